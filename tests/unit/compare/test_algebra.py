"""Redlines one after the other: who wrote, who struck, and where things ended up."""

from __future__ import annotations

import pytest

from redline.compare import diff
from redline.compare.algebra import apply, canonical, compose, invert
from redline.errors import ConflictError
from redline.model import Attribution, Kind, Paragraph, Props, Redline, Segment, plain

from .documents import ANNA, BORIS, drawn, text

PAY = "The Customer shall pay the Fees within thirty days of receipt of a correct invoice."
KEEP = "The Supplier shall keep all Confidential Information secret and use it for the Services alone."
LAW = "This Agreement is governed by the laws of England and Wales and by nothing else whatsoever."


def hands(redline: Redline) -> list[tuple[str, Kind, Attribution | None]]:
    return [(segment.text, segment.kind, segment.attribution) for paragraph in redline.paragraphs
            for segment in paragraph.segments if segment.kind is not Kind.SAME]


def test_applying_to_another_text_says_where_they_part() -> None:
    redline = diff(text(PAY, KEEP), text(PAY, LAW))
    with pytest.raises(ConflictError, match="paragraph 2"):
        apply(text(PAY, "Something else."), redline)
    with pytest.raises(ConflictError, match="paragraph 3"):
        apply(text(PAY, KEEP, LAW), redline)


def test_labels_and_clause_ids_do_not_stand_in_the_way() -> None:
    redline = diff(text(PAY, label="1."), text(KEEP, label="1."))
    assert apply(text(PAY, label="7."), redline) == text(KEEP, label="1.")


def test_each_word_keeps_the_name_of_who_wrote_it() -> None:
    a, b, c = text("pay the Fees"), text("pay the agreed Fees"), text("pay the agreed net Fees")
    both = compose(diff(a, b, ANNA), diff(b, c, BORIS))
    assert hands(both) == [("agreed ", Kind.INS, ANNA), ("net ", Kind.INS, BORIS)]


def test_what_one_wrote_and_another_struck_is_gone_with_both_names() -> None:
    a, b = text("pay the Fees"), text("pay the agreed Fees")
    both = compose(diff(a, b, ANNA), diff(b, a, BORIS))
    (gone,) = [segment for segment in both.paragraphs[0].segments if segment.kind is Kind.GONE]
    assert (gone.text, gone.attribution, gone.struck) == ("agreed ", ANNA, BORIS)


def test_what_was_moved_and_then_struck_is_struck_where_it_stood() -> None:
    a, b, c = text(PAY, KEEP, LAW), text(KEEP, LAW, PAY), text(KEEP, LAW)
    both = compose(diff(a, b, ANNA), diff(b, c, BORIS))
    assert drawn(both)[0] == f"[-{PAY}-][-¶-]"
    assert both.paragraphs[0].attribution == BORIS


def test_what_was_written_and_then_moved_is_written_where_it_ended() -> None:
    a, b, c = text(KEEP, LAW), text(PAY, KEEP, LAW), text(KEEP, LAW, PAY)
    both = compose(diff(a, b, ANNA), diff(b, c, BORIS))
    assert drawn(both)[-1] == f"{{+{PAY}+}}{{+¶+}}"
    assert both.paragraphs[-1].attribution == ANNA
    assert not any(paragraph.move for paragraph in both.paragraphs)


def test_what_was_moved_twice_moved_once() -> None:
    a, b, c = text(PAY, KEEP, LAW), text(KEEP, PAY, LAW), text(KEEP, LAW, PAY)
    both = canonical(compose(diff(a, b, ANNA), diff(b, c, BORIS)))
    assert [line for line in drawn(both) if line != f"({PAY})(¶)"] == [f"<-{PAY}-><-¶->", KEEP, LAW, f"<+{PAY}+><+¶+>"]
    assert {paragraph.move for paragraph in both.paragraphs if paragraph.move} == {"m1"}


def test_a_moved_paragraph_edited_afterwards_shows_both() -> None:
    a, b, c = text(PAY, KEEP, LAW), text(KEEP, LAW, PAY), text(KEEP, LAW, PAY.replace("thirty", "sixty"))
    both = compose(diff(a, b, ANNA), diff(b, c, BORIS))
    assert drawn(both)[0] == "<-The Customer shall pay the Fees within ->[-thirty-]<- days of receipt of a correct invoice.-><-¶->"
    assert ("sixty", Kind.INS, BORIS) in hands(both)
    assert ("thirty", Kind.DEL, BORIS) in hands(both)


def test_a_move_whose_ends_differ_moves_what_they_share() -> None:
    props = Props()
    source = Paragraph((Segment(Kind.MOVE_FROM, "all of these words", attribution=ANNA, move="7"),), Kind.MOVE_FROM, props, None,
                       ANNA, "7")
    target = Paragraph((Segment(Kind.MOVE_TO, "all of those words", attribution=ANNA, move="7"),), Kind.MOVE_TO, None, props,
                       ANNA, "7")
    redline = Redline((source, plain(LAW), target))
    assert drawn(canonical(redline)) == [
        "<-all of ->[-these-]<- words-><-¶->", LAW, "<+all of +>{+those+}<+ words+><+¶+>"]


def test_a_look_changed_and_changed_back_is_unchanged() -> None:
    bold = (Paragraph((Segment(Kind.SAME, "Fees", frozenset({"bold"})),), Kind.SAME, Props(), Props()),)
    there, back = diff(text("Fees"), bold, ANNA), diff(bold, text("Fees"), BORIS)
    assert not compose(there, back).changed


def test_composing_redlines_that_do_not_meet_is_refused() -> None:
    with pytest.raises(ConflictError):
        compose(diff(text(PAY), text(KEEP)), diff(text(LAW), text(PAY)))


def test_a_mark_struck_at_the_very_end_stays_where_the_text_stays() -> None:
    last = Paragraph((Segment(Kind.SAME, PAY),), Kind.DEL, Props(), None, ANNA)
    redline = Redline((plain(LAW), last))
    assert [paragraph.text for paragraph in redline.new()] == [LAW, PAY]
    assert invert(redline).old() == redline.new()
    assert compose(redline, diff(redline.new(), text(LAW))).new() == text(LAW)


def test_the_inverse_swaps_moves_and_looks() -> None:
    a, b = text(PAY, KEEP, LAW), text(KEEP, LAW, PAY)
    assert drawn(invert(diff(a, b)))[0] == f"<+{PAY}+><+¶+>"
