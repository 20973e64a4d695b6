"""What of an edited paragraph is our counter, and what the margin says of decisions. No widgets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redline.errors import UsageError
from redline.model import ChangeKind, Kind, Segment
from redline.tui.countering import Draft, draft, openings
from redline.tui.marks import MIXED, Marks, alike, to_decide
from redline.tui.page.index import Index
from redline.tui.protocol import Act
from redline.views import Decision, Verdict
from tests.tui import fakes


def index(*texts: str) -> Index:
    rows = [fakes.p(f"{number}.", text, level=0) for number, text in enumerate(texts, 1)]
    return Index(replace(fakes.comparison(rows, fakes.SENT, fakes.RECEIVED), decisions=()))


def test_other_words_in_the_place_of_theirs_are_a_counter_of_the_change_alone() -> None:
    one = index("Pay in [-ten-]{+sixty+} days or [-two-]{+three+}.")
    found = draft(one, one.changes[0])
    assert found == Draft("Pay in ", "sixty", " days or three.")
    assert found.counter("Pay in forty days or three.") == ("forty", False)
    assert found.counter("Pay within forty days or three.") == ("Pay within forty days or three.", True)


def test_what_says_nothing_new_is_no_counter() -> None:
    found = Draft("Pay in ", "sixty", " days.")
    for text, says in (("Pay in sixty days.", "their wording as it is"), ("  ", "needs its words")):
        with pytest.raises(UsageError, match=says):
            found.counter(text)
    assert found.counter("Pay in  days.") == ("Pay in  days.", True)


def test_words_they_took_out_are_countered_where_they_stood() -> None:
    one = index("We pay[- in ten days-].")
    found = draft(one, one.changes[0])
    assert found == Draft("We pay", "", ".")
    assert found.counter("We pay in time.") == (" in time", False)


def test_a_paragraph_they_struck_opens_with_our_words() -> None:
    rows = [fakes.p("1.", "[-We pay in ten days.-]", level=0, mark=Kind.DEL), fakes.p("2.", "Other.", level=0)]
    found = Index(fakes.comparison(rows, fakes.SENT, fakes.RECEIVED))
    assert draft(found, found.changes[0]).words == "We pay in ten days."


def test_what_stands_beside_a_picture_or_moved_is_countered_by_itself() -> None:
    one = index("See  and pay in [-ten-]{+sixty+} days.")
    row = one.paragraphs[0]
    framed = replace(row, segments=(Segment(Kind.SAME, "\ufffc", atom="image:1"), *row.segments))
    change = replace(one.changes[0], spans=tuple(replace(span, first=span.first + 1, last=span.last + 1) for span in one.changes[0].spans))
    found = draft(Index(replace(one.comparison, redline=replace(one.comparison.redline, paragraphs=(framed,)), changes=(change,))), change)
    assert "picture" in found.fixed and "\ufffc" not in found.text
    with pytest.raises(UsageError, match="only their own words"):
        found.counter("Otherwise.")
    moved = Index(fakes.english())
    change = next(one for one in moved.changes if one.kind is ChangeKind.MOVE)
    assert draft(moved, change).before == "" and draft(moved, change).fixed


def test_a_change_of_formatting_has_no_words_to_counter() -> None:
    found = Index(fakes.english())
    with pytest.raises(UsageError, match="no words to counter"):
        draft(found, next(one for one in found.changes if one.kind is ChangeKind.FORMAT))


def test_an_editor_opens_with_what_was_offered_before_then_theirs_then_ours() -> None:
    one = index("Pay in [-ten-]{+sixty+} days.")
    made = Decision(one.changes[0].id, Verdict.COUNTER, text="forty")
    found = draft(one, one.changes[0])
    assert openings(one, one.changes[0], found, None) == ["Pay in sixty days.", "Pay in ten days."]
    assert openings(one, one.changes[0], found, made)[0] == "Pay in forty days."


def test_marks_put_what_waits_on_top_of_what_is_stored_and_an_edit_is_open_and_unseen() -> None:
    one = index("a [-b-]{+c+}", "d [-e-]{+f+}")
    first, second = (change.id for change in one.changes)
    marks = Marks.of(one.comparison, [Decision(first, Verdict.ACCEPT)], [Act((second,), Verdict.REJECT)], frozenset({first}))
    assert to_decide(one, marks) == [] and marks.storing == {second}
    assert marks.sign([one.changes[0]]) == ("✓", "accepted") and marks.sign([one.changes[1]]) == ("…", "storing")
    edited = index("a [-b-]{+c+}", "d [-e-]{+g+}")
    changed = replace(edited.changes[1], id=type(first)("ffffffff"))
    assert marks.sign([changed]) == (" ", "") and marks.sign([one.changes[0], changed]) == (MIXED, "1 of 2")


def test_the_same_edit_is_found_wherever_it_was_made() -> None:
    one = index("Pay in [-ten-]{+sixty+} days.", "Pay in [-ten-]{+forty+} days.", "Answer in [-ten-]{+sixty+} hours.")
    assert alike(one, 0) == [0, 2]
