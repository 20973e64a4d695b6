"""Who brought in which words: pure, over a composed redline."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from redline.compare import diff
from redline.compare.algebra import compose
from redline.insight.blame import blame
from redline.model import Attribution, Kind, Paragraph, Props, Redline, Segment
from redline.render import blame as drawn
from redline.render.style import Painter
from redline.views import VersionInfo

FIRST = VersionInfo("base:nda@1", "nda, version 1", party="Us Ltd", date=datetime(2025, 1, 1, tzinfo=UTC))
LAST = VersionInfo("acme@3", "Acme, turn 3, received")
JANE = Attribution("Jane", datetime(2025, 3, 1, tzinfo=UTC), "Acme", 2, True)
BOB = Attribution("Bob", datetime(2025, 5, 1, tzinfo=UTC), "Acme", 3, False)


def text(*lines: str) -> tuple[Paragraph, ...]:
    rows = [(line, Props(label=f"{number}.")) for number, line in enumerate(lines, 1)]
    return tuple(Paragraph((Segment(Kind.SAME, line),), Kind.SAME, props, props) for line, props in rows)


def told(redline: Redline) -> list[tuple[str, list[tuple[str, str]]]]:
    found = blame(LAST, FIRST, 3, redline, {})
    return [(row.label, [(piece, found.sources[source].who if not found.sources[source].first else "") for piece, source in row.pieces])
            for row in found.rows]


def test_every_word_knows_the_turn_it_came_in_and_what_went_is_not_there() -> None:
    one = text("The fee is ten euro.", "Nothing here.")
    two = text("The monthly fee is ten euro.", "Nothing here.")
    three = text("The monthly fee is twelve euro.", "Nothing here.")
    redline = compose(diff(one, two, JANE), diff(two, three, BOB))
    assert told(redline) == [
        ("1.", [("The ", ""), ("monthly ", "Jane"), ("fee is ", ""), ("twelve", "Bob"), (" euro.", "")]),
        ("2.", [("Nothing here.", "")])]
    found = blame(LAST, FIRST, 3, redline, {})
    assert [(source.title, source.words, source.tracked, source.first) for source in found.sources] == [
        ("nda, version 1", 6, True, True), ("Acme, turn 2", 1, True, False), ("Acme, turn 3", 1, False, False)]
    assert found.words == 8 == sum(len(one.text.split()) for one in three)


def test_the_text_is_that_of_the_version_whatever_came_and_went() -> None:
    one, two = text("a b c d", "e f", "g h"), text("a x c", "g h", "e f y")
    three = text("x c z", "g h e f y")
    found = blame(LAST, FIRST, 3, compose(diff(one, two, JANE), diff(two, three, BOB)), {})
    assert ["".join(piece for piece, _ in row.pieces) for row in found.rows] == [each.text for each in three]


def test_words_that_were_only_moved_or_dressed_up_are_their_first_authors() -> None:
    moved = Paragraph((Segment(Kind.MOVE_TO, "moved words", attribution=JANE, move="1"),), Kind.MOVE_TO, None, Props(), JANE, move="1")
    bold = Paragraph((Segment(Kind.FORMAT, "bold words", frozenset({"bold"}), frozenset(), attribution=BOB),), Kind.SAME, Props(), Props())
    assert told(Redline((moved, bold))) == [("", [("moved words", "")]), ("", [("bold words", "")])]


def test_a_paragraph_whose_end_is_gone_flows_into_the_next_and_space_alone_is_nobodys() -> None:
    first = Paragraph((Segment(Kind.SAME, "one"),), Kind.DEL, Props(), None, JANE)
    second = Paragraph((Segment(Kind.INS, " ", attribution=BOB), Segment(Kind.SAME, "two")), Kind.SAME, Props(), Props())
    assert told(Redline((first, second))) == [("", [("one two", "")])]


def test_only_what_is_asked_for_is_counted() -> None:
    redline = diff(text("a b", "c d"), text("a b x", "c d y z"), JANE)
    found = blame(LAST, FIRST, 2, redline, {}, "2.", {1})
    assert [row.label for row in found.rows] == ["2."] and found.words == 4 and found.clause == "2."


def test_lines_name_each_source_by_a_sign_and_hide_what_nobody_changed() -> None:
    redline = diff(text("The fee is ten euro.", "Nothing here."), text("The fee is ten and a half euro.", "Nothing here."), BOB)
    view = blame(LAST, FIRST, 2, redline, {})
    lines = list(drawn.blame(view, Painter(width=60)))
    assert lines[0] == "Acme, turn 3, received: 10 words, 2 versions since nda,"
    assert "  a  Acme, turn 3, Bob, 2025-05-01: 3 words, 30 %, UNTRACKED" in lines
    assert "  ·  1. The fee is ten" in lines and "  a  and a half" in lines and "  ·  euro." in lines
    assert lines[-2].startswith("1 paragraph that nobody changed") and not any("Nothing here" in line for line in lines)
    assert any("Nothing here" in line for line in drawn.blame(view, Painter(width=60), whole=True))


def test_more_sources_than_letters_have_numbers() -> None:
    words = [Segment(Kind.INS, f"word{number}", attribution=replace(JANE, turn=number)) for number in range(60)]
    view = blame(LAST, FIRST, 60, Redline((Paragraph(tuple(words), Kind.INS, None, Props(), JANE),)), {})
    assert len(set(drawn.letters(view))) == 60 and {"a", "Z", "60"} <= set(drawn.letters(view))
