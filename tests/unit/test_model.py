"""The values: what may be built, and how each side of a redline reads."""

from __future__ import annotations

import pytest

from redline.model import (
    Attribution,
    Cell,
    Change,
    ChangeId,
    ChangeKind,
    ClauseId,
    Comment,
    Contract,
    Kind,
    Paragraph,
    Props,
    Redline,
    Segment,
    Slug,
    merged,
    plain,
    view,
)

ANNA = Attribution("Anna", tracked=True)
HERE = Props(label="1.", level=0)
THERE = Props(label="2.", level=0)


def paragraph(*parts: tuple[Kind, str], mark: Kind = Kind.SAME, props: Props = HERE) -> Paragraph:
    segments = tuple(Segment(kind, text, was=frozenset({"bold"}) if kind is Kind.FORMAT else None) for kind, text in parts)
    return Paragraph(segments, mark, props if mark.in_old else None, props if mark.in_new or mark is Kind.GONE else None)


def sides(*paragraphs: Paragraph) -> tuple[list[str], list[str]]:
    redline = Redline(paragraphs)
    return [p.text for p in redline.old()], [p.text for p in redline.new()]


@pytest.mark.parametrize(("kind", "good", "bad"), [
    (ClauseId, "c0123abcd", "0123abcd"), (ChangeId, "0123abcd", "0123abcg"), (Slug, "acme-2", "-acme"), (Slug, "a", "Acme"),
    (Slug, "a" * 48, "a" * 49), (Slug, "a1", ""),
])
def test_an_id_is_checked_when_built(kind: type[ClauseId] | type[ChangeId] | type[Slug], good: str, bad: str) -> None:
    assert kind(good) == good
    with pytest.raises(ValueError, match="not a"):
        kind(bad)


def test_a_mark_and_its_properties_must_go_together() -> None:
    for mark, old, new in [(Kind.SAME, HERE, None), (Kind.INS, HERE, HERE), (Kind.DEL, HERE, HERE), (Kind.GONE, None, None)]:
        with pytest.raises(ValueError, match="do not go together"):
            Paragraph((), mark, old, new)


def test_only_a_format_segment_has_an_old_look_and_only_one_sign_can_be_an_atom() -> None:
    with pytest.raises(ValueError, match="old look"):
        Segment(Kind.SAME, "a", was=frozenset())
    with pytest.raises(ValueError, match="old look"):
        Segment(Kind.FORMAT, "a")
    with pytest.raises(ValueError, match="atom"):
        Segment(Kind.SAME, "ab", atom="image")


def test_each_side_reads_what_stands_there() -> None:
    line = paragraph((Kind.SAME, "pay "), (Kind.DEL, "30"), (Kind.INS, "60"), (Kind.GONE, "90"), (Kind.FORMAT, " days"))
    assert sides(line) == (["pay 30 days"], ["pay 60 days"])
    assert Redline((line,)).old()[0].segments[-1].look == frozenset({"bold"})


def test_a_missing_mark_joins_the_next_paragraph_whose_properties_stay() -> None:
    redline = Redline((paragraph((Kind.SAME, "one "), mark=Kind.DEL), paragraph((Kind.SAME, "two"), props=THERE)))
    assert [(p.text, p.props) for p in redline.new()] == [("one two", THERE)]
    assert [p.text for p in redline.old()] == ["one ", "two"]


def test_several_missing_marks_join_in_a_chain() -> None:
    assert sides(paragraph((Kind.SAME, "a"), mark=Kind.INS), paragraph((Kind.SAME, "b"), mark=Kind.INS),
                 paragraph((Kind.SAME, "c"))) == (["abc"], ["a", "b", "c"])


def test_a_paragraph_that_was_inserted_whole_is_not_there_before() -> None:
    assert sides(paragraph((Kind.SAME, "a")), paragraph((Kind.INS, "b"), mark=Kind.INS)) == (["a"], ["a", "b"])


def test_what_cannot_join_stays_if_it_has_text_and_goes_if_it_has_none() -> None:
    cell = Props(cell=Cell(0, 0, 0))
    assert sides(paragraph((Kind.SAME, "a"), mark=Kind.DEL), paragraph((Kind.SAME, "b"), props=cell))[1] == ["a", "b"]
    assert sides(paragraph((Kind.DEL, "a"), mark=Kind.DEL), paragraph((Kind.SAME, "b"), props=cell))[1] == ["b"]
    assert sides(paragraph((Kind.SAME, "a"), mark=Kind.DEL))[1] == ["a"]
    assert sides(paragraph((Kind.SAME, "a"), mark=Kind.INS), paragraph((Kind.SAME, "b"), props=Props(story="header:1")))[0] == [
        "a", "b"]


def test_a_table_that_does_not_stand_on_a_side_does_not_keep_the_halves_of_a_paragraph_apart() -> None:
    cell = Props(cell=Cell(0, 0, 0))
    halves = (paragraph((Kind.SAME, "one "), mark=Kind.INS), paragraph((Kind.INS, "x"), mark=Kind.INS, props=cell),
              paragraph((Kind.SAME, "two"), props=THERE))
    assert sides(*halves) == (["one two"], ["one ", "x", "two"])


def test_a_cell_that_changed_its_place_is_still_one_cell() -> None:
    old, new = Props(cell=Cell(0, 1, 0)), Props(cell=Cell(0, 2, 0))
    first = Paragraph((Segment(Kind.SAME, "one "),), Kind.DEL, old, None)
    assert sides(first, Paragraph((Segment(Kind.SAME, "two"),), Kind.SAME, old, new)) == (["one ", "two"], ["one two"])


def test_a_view_says_from_which_paragraphs_each_was_made() -> None:
    rows = (paragraph((Kind.SAME, "a"), mark=Kind.INS), paragraph((Kind.SAME, "b")), paragraph((Kind.SAME, "c")))
    assert [sources for _, sources in view(rows, "old")] == [(0, 1), (2,)]


def test_the_inverse_swaps_what_came_and_what_went() -> None:
    line = paragraph((Kind.DEL, "30"), (Kind.INS, "60"), (Kind.MOVE_FROM, "x"), (Kind.MOVE_TO, "y"), (Kind.FORMAT, "z"))
    redline = Redline((line, paragraph((Kind.SAME, "w"), mark=Kind.INS), paragraph((Kind.SAME, "v"))))
    assert redline.inverse.old() == redline.new()
    assert redline.inverse.new() == redline.old()
    assert redline.inverse.inverse == redline


def test_equal_neighbours_are_one_segment_and_atoms_stay_alone() -> None:
    picture = Segment(Kind.SAME, "\ufffc", atom="image 1")
    row = [Segment(Kind.SAME, "a"), Segment(Kind.SAME, ""), Segment(Kind.SAME, "b"), picture, picture, Segment(Kind.INS, "c")]
    assert [segment.text for segment in merged(row)] == ["ab", "\ufffc", "\ufffc", "c"]


def test_a_changed_label_is_no_change() -> None:
    assert not Redline((Paragraph((), Kind.SAME, HERE, THERE),)).changed
    assert Redline((paragraph((Kind.SAME, "a"), mark=Kind.INS),)).changed


def test_comments_keep_their_words_on_each_side() -> None:
    line = paragraph((Kind.SAME, "pay "), (Kind.DEL, "thirty"), (Kind.INS, "sixty"), (Kind.SAME, " days"))
    before = paragraph((Kind.SAME, "We "), mark=Kind.INS)
    start = len("pay thirtysixty ")
    contract = Contract((before, line), (Comment("1", "Anna", None, "why?", 1, start, start + 4, "days"),))
    for version in (contract.original(), contract.final()):
        comment = version.comments[0]
        assert version.paragraphs[comment.paragraph].text[comment.start:comment.end] == "days"


def test_a_change_is_tracked_only_if_all_of_it_is() -> None:
    def change(*people: Attribution) -> Change:
        return Change(ChangeId("0" * 8), ChangeKind.INSERT, "", "a", None, "", (), people)

    assert change(ANNA).tracked
    assert not change(ANNA, Attribution("Boris")).tracked
    assert not change().tracked


def test_a_plain_paragraph_reads_the_same_on_both_sides() -> None:
    line = plain("text", HERE)
    assert Redline((line,)).old() == Redline((line,)).new() == (line,)
    assert plain("").segments == ()
