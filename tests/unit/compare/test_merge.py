"""Carrying changes over what happened meanwhile, and telling where that cannot be."""

from __future__ import annotations

from redline.compare import diff
from redline.compare.merge import merge, rebase
from redline.model import Paragraph

from .documents import ANNA, BORIS, drawn, text

PAY = "The Customer shall pay the Fees within thirty days of receipt of a correct invoice."
KEEP = "The Supplier shall keep all Confidential Information secret and use it for the Services alone."
LAW = "This Agreement is governed by the laws of England and Wales and by nothing else whatsoever."
CAP = "Neither party is liable for more than the Fees paid in the twelve months before the claim arose."


def merged(base: tuple[Paragraph, ...], mine: tuple[Paragraph, ...], theirs: tuple[Paragraph, ...]) -> list[str]:
    found, conflicts = merge(base, mine, theirs)
    assert conflicts == ()
    return [paragraph.text for paragraph in found]


def test_changes_to_different_words_of_a_clause_go_together() -> None:
    assert merged(text(PAY), text(PAY.replace("thirty", "sixty")), text(PAY.replace("correct", "proper"))) == [
        PAY.replace("thirty", "sixty").replace("correct", "proper")]


def test_the_same_change_made_by_both_is_made_once() -> None:
    sixty = text(PAY.replace("thirty", "sixty"))
    assert merge(text(PAY), sixty, sixty) == (sixty, ())


def test_two_numbers_for_one_are_a_conflict_and_theirs_stands() -> None:
    base, mine, theirs = text(LAW, PAY), text(LAW, PAY.replace("thirty", "sixty")), text(LAW, PAY.replace("thirty", "ten"))
    found, (conflict,) = merge(base, mine, theirs)
    assert found == theirs
    assert (conflict.paragraph, conflict.base, conflict.mine, conflict.theirs) == (1, "thirty", "sixty", "ten")


def test_words_that_touch_are_a_conflict_although_they_do_not_overlap() -> None:
    base = text("within 30 days of receipt of the invoice")
    mine, theirs = text("within 60 days of receipt of the invoice"), text("within 30 months of receipt of the invoice")
    found, conflicts = merge(base, mine, theirs)
    assert found == theirs
    assert len(conflicts) == 1


def test_an_edit_in_a_clause_that_is_gone_is_a_conflict() -> None:
    found, (conflict,) = merge(text(PAY, LAW), text(PAY.replace("thirty", "sixty"), LAW), text(LAW))
    assert found == text(LAW)
    assert "sixty" in conflict.mine
    assert conflict.theirs == ""


def test_both_may_strike_overlapping_words() -> None:
    base = text("pay the fair and agreed and net Fees on time")
    assert merged(base, text("pay the net Fees on time"), text("pay the fair Fees on time")) == ["pay the Fees on time"]


def test_new_clauses_of_both_at_one_place_stand_side_by_side() -> None:
    assert merged(text(PAY, LAW), text(PAY, KEEP, LAW), text(PAY, CAP, LAW)) == [PAY, CAP, KEEP, LAW]


def test_two_versions_of_one_new_clause_are_a_conflict() -> None:
    mine = KEEP.replace("alone", "only")
    found, (conflict,) = merge(text(PAY, LAW), text(PAY, mine, LAW), text(PAY, KEEP, LAW))
    assert found == text(PAY, KEEP, LAW)
    assert conflict.mine.strip() == mine


def test_an_edit_follows_its_clause_to_where_the_other_moved_it() -> None:
    base, theirs = text(PAY, KEEP, LAW), text(KEEP, LAW, PAY)
    assert merged(base, text(PAY.replace("thirty", "sixty"), KEEP, LAW), theirs) == [KEEP, LAW, PAY.replace("thirty", "sixty")]


def test_a_clause_struck_here_and_moved_there_is_struck_there() -> None:
    assert merged(text(PAY, KEEP, LAW), text(KEEP, LAW), text(KEEP, LAW, PAY)) == [KEEP, LAW]


def test_a_move_that_collides_at_one_end_stays_behind_with_both() -> None:
    base = text(PAY, KEEP, LAW)
    found, conflicts = merge(base, text(KEEP, LAW, PAY), text(PAY.replace("thirty", "ten"), KEEP, LAW))
    assert found == text(PAY.replace("thirty", "ten"), KEEP, LAW)
    assert conflicts


def test_a_rebased_change_keeps_its_author() -> None:
    base = text(PAY, LAW)
    redline, _ = rebase(diff(base, text(PAY.replace("thirty", "sixty"), LAW), ANNA), diff(base, text(KEEP, PAY, LAW), BORIS))
    assert drawn(redline)[1] == PAY.replace("thirty", "[-thirty-]{+sixty+}")
    assert redline.paragraphs[1].segments[1].attribution == ANNA
