"""Marks slid to where a person sees the change."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from redline.compare.changes import changes
from redline.compare.slide import slide
from redline.model import Attribution, ChangeKind, Kind, Paragraph, Props, Redline, Segment

JANE = Attribution("Jane", tracked=True)
A, B = Props(label="2.6", level=1), Props(label="2.7", level=1)


def test_a_clause_typed_after_another_is_the_inserted_one() -> None:
    typed = (
        Paragraph((Segment(Kind.SAME, "Old clause."),), Kind.INS, None, A, JANE),
        Paragraph((Segment(Kind.INS, "New clause.", attribution=JANE),), Kind.SAME, A, B),
    )
    assert slide(typed) == (
        Paragraph((Segment(Kind.SAME, "Old clause."),), Kind.SAME, A, A),
        Paragraph((Segment(Kind.INS, "New clause.", attribution=JANE),), Kind.INS, None, B, JANE),
    )


def test_a_clause_deleted_with_the_mark_before_it_is_the_deleted_one() -> None:
    struck = (
        Paragraph((Segment(Kind.SAME, "Stays."),), Kind.DEL, A, None, JANE),
        Paragraph((Segment(Kind.DEL, "Goes.", attribution=JANE),), Kind.SAME, B, A),
    )
    assert slide(struck) == (
        Paragraph((Segment(Kind.SAME, "Stays."),), Kind.SAME, A, A),
        Paragraph((Segment(Kind.DEL, "Goes.", attribution=JANE),), Kind.DEL, B, None, JANE),
    )


def test_a_new_paragraph_in_another_style_changes_nobody_s_format() -> None:
    title, body = Props(style="Heading 1", heading=True), Props(style="Body Text")
    new = Paragraph((Segment(Kind.INS, "New words.", attribution=JANE),), Kind.SAME, body, body)
    slid = slide((Paragraph((Segment(Kind.SAME, "Title"),), Kind.INS, None, title, JANE), new))
    assert [paragraph.mark for paragraph in slid] == [Kind.SAME, Kind.INS]
    assert [change.kind for change in changes(Redline(slid))] == [ChangeKind.INSERT]


def test_a_format_that_was_changed_with_the_new_paragraph_is_its_author_s() -> None:
    title, body = Props(style="Heading 1", heading=True), Props(style="Body Text")
    new = Paragraph((Segment(Kind.INS, "New words.", attribution=JANE),), Kind.FORMAT, body, title, JANE)
    slid = slide((Paragraph((Segment(Kind.SAME, "Title"),), Kind.INS, None, title, JANE), new))
    assert (slid[0].mark, slid[0].attribution) == (Kind.FORMAT, JANE)


def test_a_split_of_old_words_stays_a_split() -> None:
    split = (
        Paragraph((Segment(Kind.SAME, "First half. "),), Kind.INS, None, A, JANE),
        Paragraph((Segment(Kind.SAME, "Second half."),), Kind.SAME, A, B),
    )
    assert slide(split) == split


def test_a_mark_never_leaves_its_story() -> None:
    note = Props(story="footnote:1")
    across = (
        Paragraph((Segment(Kind.SAME, "Body."),), Kind.INS, None, A, JANE),
        Paragraph((Segment(Kind.INS, "Note."),), Kind.SAME, note, note),
    )
    assert slide(across) == across


kinds = st.sampled_from([Kind.SAME, Kind.INS, Kind.DEL, Kind.GONE])


@st.composite
def paragraphs(draw: st.DrawFn) -> Paragraph:
    mark = draw(kinds)
    props = st.sampled_from([A, B])
    segments = tuple(Segment(draw(kinds), draw(st.text("ab ", min_size=1, max_size=4))) for _ in range(draw(st.integers(0, 2))))
    return Paragraph(segments, mark, draw(props) if mark.in_old else None, draw(props) if mark.in_new or mark is Kind.GONE else None)


@given(st.lists(paragraphs(), max_size=6))
def test_both_sides_read_as_before(given_: list[Paragraph]) -> None:
    slid = Redline(slide(given_))
    assert (slid.old(), slid.new()) == (Redline(tuple(given_)).old(), Redline(tuple(given_)).new())


@given(st.lists(paragraphs(), max_size=6))
def test_sliding_twice_is_sliding_once(given_: list[Paragraph]) -> None:
    assert slide(slide(given_)) == slide(given_)
