"""A document as programs are told of it: rows of both views, places of changes, what hangs on what."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from redline.model import OBJECT, Cell, Change, ChangeId, ChangeKind, Comment, Kind, Layout, Paragraph, Props, Redline, Segment, Span
from redline.render import json
from redline.render.document import document
from redline.render.offsets import Text
from tests.golden.samples import JANE, minus, paragraph, plus, view

KINDS = [Kind.SAME, Kind.INS, Kind.DEL, Kind.GONE]


def told(*paragraphs: Paragraph, **extra: Any) -> dict[str, Any]:
    return document(view(paragraphs, **extra), "a.docx")


def test_a_text_is_told_where_its_paragraph_ends_in_each_view() -> None:
    rows = told(paragraph("One, ", mark=Kind.DEL, who=JANE), paragraph("two"), paragraph(" three", mark=Kind.INS, who=JANE),
                paragraph("four"))["paragraphs"]
    assert [row["text"] for row in rows] == [None, "One, two", " three", "four"]
    assert [row["text_original"] for row in rows] == ["One, ", "two", None, " threefour"]


def test_what_was_put_in_and_struck_again_stands_in_neither_view_but_in_the_segments() -> None:
    (row,) = told(paragraph("a", Segment(Kind.GONE, "b", attribution=JANE), "c"))["paragraphs"]
    assert (row["text"], row["text_original"], [one["kind"] for one in row["segments"]]) == ("ac", "ac", ["same", "gone", "same"])


def test_an_old_number_is_told_beside_the_new_one() -> None:
    (row,) = told(paragraph("Term.", label="3.", was="2.", level=0))["paragraphs"]
    assert (row["label"], row["label_original"], row["clause"]) == ("3.", "2.", "3")


def test_a_struck_clause_keeps_its_old_number_as_its_place() -> None:
    found = told(paragraph("Stays.", label="1.", level=0), paragraph(minus("Goes."), label="2.", level=0, mark=Kind.DEL, who=JANE))
    assert found["paragraphs"][1]["clause"] == "2"
    assert found["changes"][0]["place"]["final"] is None
    assert found["changes"][0]["place"]["original"] == {"paragraph": 1, "start": 0, "end_paragraph": 1, "end": 5}


def test_words_in_a_cell_never_have_a_place_in_the_next_cell() -> None:
    found = told(paragraph(plus("new"), mark=Kind.INS, who=JANE, cell=Cell(0, 0, 0)), paragraph("old", cell=Cell(0, 0, 1)))
    assert found["changes"][0]["place"]["original"] is None


def test_a_note_belongs_to_the_clause_that_its_sign_stands_in() -> None:
    sign = Segment(Kind.SAME, OBJECT, atom="footnote")
    rows = told(paragraph("Pay", sign, label="1.", level=0), paragraph("Keep", sign, label="2.", level=0),
                paragraph("In euros.", story="footnote:1"), paragraph("For ever.", story="footnote:2"))["paragraphs"]
    assert [(row["story"], row["clause"], row["anchor"]) for row in rows[2:]] == [("footnote", "1", 0), ("footnote", "2", 1)]


def test_a_comment_with_tracked_changes_of_its_own_is_told_as_it_was_too() -> None:
    comments = [Comment("7", "Jane", None, "First, new.", 0, 4, 7, original="First.\nGone.")]
    found = told(paragraph("One two", label="1.", level=0), comments=comments)
    assert [(row["text"], row["text_original"]) for row in found["paragraphs"][1:]] == [
        ("First, new.", "First."), (None, "Gone.")]


def test_a_comment_is_told_line_by_line_after_all_other_texts() -> None:
    comments = [Comment("7", "Jane", None, "First.\nSecond.", 0, 4, 7, "two", "", True),
                Comment("8", "Ann", None, "Yes.", 0, 4, 7, "two", "7")]
    found = told(paragraph("One two", label="1.", level=0), comments=comments)
    rows = found["paragraphs"]
    assert [(row["story"], row["story_id"], row["text"], row["clause"]) for row in rows[1:]] == [
        ("comment", "comment:7", "First.", "1"), ("comment", "comment:7", "Second.", "1"), ("comment", "comment:8", "Yes.", "1")]
    assert [row["index"] for row in rows] == [0, 1, 2, 3]
    assert [(one["resolved"], one["parent"]) for one in found["comments"]] == [(True, None), (False, "7")]


def test_a_reference_is_told_with_the_paragraph_it_leads_to() -> None:
    target = paragraph("Term.", label="2.", level=0)
    assert target.new is not None
    props = Props(label="2.", level=0, anchors=frozenset({"_Ref1"}))
    shown = view([paragraph("See ", Segment(Kind.SAME, "2", frozenset({"ref:_ref1"})), Segment(Kind.SAME, "9", frozenset({"ref:gone"}))),
                  Paragraph((Segment(Kind.SAME, "Term."),), Kind.SAME, props, props)])
    assert document(shown, "a.docx")["paragraphs"][0]["references"] == [
        {"name": "_ref1", "text": "2", "paragraph": 1}, {"name": "gone", "text": "9", "paragraph": None}]


def test_a_change_of_layout_is_told_with_who_and_where() -> None:
    found = told(paragraph("One", label="1.", level=0), layout=[Layout(ChangeId("0000000a"), "page set-up", 0, JANE, 2)])
    (one,) = found["layout"]
    assert (one["what"], one["count"], one["author"], one["place"]["clause"]) == ("page set-up", 2, "Jane Roe", "1")


def test_one_line_holds_one_document_whatever_is_in_it() -> None:
    line = json.line(told(paragraph("a\nb\u2028c\r\x85d\ud800")))
    assert line.isprintable()
    assert len(line.splitlines()) == 1


@st.composite
def redlines(draw: st.DrawFn) -> list[Paragraph]:
    def one() -> Paragraph:
        mark = draw(st.sampled_from(KINDS))
        props = Props(cell=draw(st.sampled_from([None, None, Cell(0, 0, 0), Cell(0, 0, 1)])))
        segments = tuple(Segment(draw(st.sampled_from(KINDS)), text) for text in draw(st.lists(st.text("ab", min_size=1), max_size=3)))
        return Paragraph(segments, mark, props if mark.in_old else None, props if mark.in_new or mark is Kind.GONE else None)
    return [one() for _ in range(draw(st.integers(1, 6)))]


@given(redlines())
def test_every_segment_is_found_again_at_its_place(paragraphs: list[Paragraph]) -> None:
    for side in ("old", "new"):
        text = Text(paragraphs, side)
        for index, one in enumerate(paragraphs):
            offset = 0
            for number, segment in enumerate(one.segments):
                place = text.range(index, offset, offset + len(segment.text))
                offset += len(segment.text)
                if segment.kind.on(side):
                    assert place is not None
                    assert place.start[0] == place.end[0]
                    assert text.rows[place.start[0]].text[place.start[1]:place.end[1]] == segment.text
                    alone = Change(ChangeId("00000000"), ChangeKind.REPLACE, "", "", None, "", (Span(index, number, number + 1),))
                    assert segment.kind is Kind.SAME or text.of(alone) == place


@given(redlines())
def test_the_rows_of_each_view_are_the_paragraphs_of_that_view(paragraphs: list[Paragraph]) -> None:
    redline = Redline(tuple(paragraphs))
    for side, wanted in (("old", redline.old()), ("new", redline.new())):
        assert [row.text for _, row in sorted(Text(paragraphs, "old" if side == "old" else "new").rows.items())] == [
            one.text for one in wanted]
