"""The outline's badges, clauses that went, full numbers, and what evidence says of moves and paragraph borders. No widgets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redline.errors import UsageError
from redline.model import Change, ChangeId, ChangeKind, Kind, Span
from redline.tui.evidence import evidence
from redline.tui.leave import change_as_text
from redline.tui.page.index import Index
from redline.tui.palette import begins
from redline.tui.screens.review import named
from redline.tui.walk import Filter, Spot, Walk
from redline.tui.widgets.outline import badges, title
from redline.views import Comparison
from tests.tui import fakes


def _compared(*rows: object) -> Comparison:
    return fakes.comparison(list(rows), fakes.SENT, fakes.RECEIVED)  # type: ignore[arg-type]


def _number(index: Index, words: str) -> int:
    return next(number for number in range(len(index.clauses)) if title(index, number).startswith(words))


def test_badges_count_each_change_once_and_add_up() -> None:
    index = Index(fakes.english())
    found = badges(index)
    top = sum(found[number].changes for number, clause in enumerate(index.clauses) if clause.parent is None)
    assert top == len(Walk(index, Filter()).changes) == 11


def test_a_deleted_clause_stands_struck_with_its_own_change() -> None:
    index = Index(_compared(
        fakes.p("1.", "Fees", level=0, heading=True), fakes.p("1.1", "The fee is due at once.", level=1),
        fakes.p("1.2", "[-No fee is due for a month.-]", level=1, mark=Kind.DEL),
        fakes.p("1.2", "The fee grows by [-two-]{+ten+} per cent.", level=1, was="1.3"),
    ))
    found = badges(index)
    gone = _number(index, "1.2 No fee")
    assert gone in index.gone and found[gone].changes == 1
    assert index.clauses[gone].parent == 0
    assert found[_number(index, "1.1")].changes == 0
    assert found[_number(index, "1.2 The fee grows")].changes == 1
    assert found[0].changes == 2
    assert "1.2 Fees" in evidence(index, Walk(index, Filter()).into(gone), 100).plain


def test_a_clause_that_went_is_found_by_its_old_number() -> None:
    index = Index(_compared(
        fakes.p("1.", "Fees", level=0, heading=True), fakes.p("1.1", "[-No fee is due for a month.-]", level=1, mark=Kind.DEL),
    ))
    assert named(index, "1.1").first == 1 and named(index, "Fees").first == 0
    with pytest.raises(UsageError):
        named(index, "9.9")


def test_a_clause_that_moved_away_is_left_struck_and_the_move_is_one_sentence() -> None:
    index = Index(fakes.english())
    gone = [number for number in index.gone if index.clauses[number].label == "4.1"]
    assert len(gone) == 1
    move = next(number for number, one in enumerate(index.changes) if one.kind is ChangeKind.MOVE)
    assert badges(index)[gone[0]].changes == 0
    assert badges(index)[index.clause_of[index.place(move)[0]]].changes >= 1
    told = evidence(index, Spot(index.place(move)[0], move), 100).plain
    assert "4.1 Confidentiality → 6.2 Term and termination: moved by Jane Roe on 4 Mar 2026, turn 2" in told
    assert told.count("4.1") == 1
    assert Walk(index, Filter()).into(gone[0]).paragraph == index.clauses[gone[0]].first


def test_a_number_that_says_the_one_above_it_says_it_once() -> None:
    index = Index(_compared(
        fakes.p("B.", "Price", level=0, heading=True), fakes.p("B.2", "Buyer pays in [-forty-]{+ninety+} days.", level=1),
    ))
    told = evidence(index, Walk(index, Filter()).first(), 100).plain
    assert told.startswith("B.2 Price ")
    assert "Clause B.2 Price" in change_as_text(index, 0)


def _border(kind: ChangeKind, mark: Kind) -> Index:
    rows = (fakes.p("1.", "One sentence.", level=0, mark=mark), fakes.p("", "Another."))
    texts = ("", "\n") if kind is ChangeKind.INSERT else ("\n", "")
    change = Change(ChangeId("00000001"), kind, *texts, None, "1", (Span(0, 1, 1, True),), (fakes.JANE,))
    return Index(replace(_compared(*rows), changes=(change,)))


def test_a_border_between_paragraphs_that_came_or_went_is_told_in_words() -> None:
    split, joined = _border(ChangeKind.INSERT, Kind.INS), _border(ChangeKind.DELETE, Kind.DEL)
    assert "paragraph split in two" in evidence(split, Spot(0, 0), 100).plain
    assert "two paragraphs joined" in evidence(joined, Spot(0, 0), 100).plain
    assert "two paragraphs joined" in change_as_text(joined, 0)


def test_two_silent_edits_of_a_paragraph_are_each_led_to_by_their_own_flag() -> None:
    index = Index(_compared(fakes.p("1.", "[-a-]{+b+} in ten [!-(10)-]{!+(40)+} days, at least [!-two-]{!+six+} days.", level=0)))
    walk = Walk(index, Filter())
    first = walk.flag(Spot(), 1)
    assert first is not None
    second = walk.flag(first, 1)
    assert second is not None and walk.flag(second, 1) is None
    assert [index.changes[spot.change].new_text for spot in (first, second)] == ["(40)", "six"]
    assert [walk.rank(first), walk.rank(second)] == [2, 3]


def test_the_palette_puts_the_beginnings_of_words_first() -> None:
    assert begins("next ch", "next change  (n)") > begins("next ch", "the next one reached")
    assert begins("5.", "go to 5. Liability") and not begins("5.", "go to 3.5 Fees")
