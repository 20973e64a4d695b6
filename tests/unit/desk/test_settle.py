"""Our own tracked changes come back as accepted; what they did to them is theirs."""

from __future__ import annotations

from redline.desk.settle import settled
from redline.model import Attribution, Contract, Kind, Paragraph, Props, Redline, Segment, plain

US = Attribution("Nora", tracked=True)
THEM = Attribution("Dana", tracked=True)
OURS = frozenset({"Nora"})
PROPS = Props()


def paragraph(*segments: Segment, mark: Kind = Kind.SAME, by: Attribution | None = None) -> Paragraph:
    return Paragraph(segments, mark, PROPS if mark.in_old else None, PROPS if mark.in_new or mark is Kind.GONE else None, by)


def texts(redline: Redline) -> tuple[list[str], list[str]]:
    return [p.text for p in redline.old()], [p.text for p in redline.new()]


def settle(*paragraphs: Paragraph) -> Redline:
    return settled(Contract(paragraphs), OURS)


def test_our_insertion_is_plain_text_and_our_deletion_is_gone() -> None:
    found = settle(paragraph(Segment(Kind.SAME, "Pay in "), Segment(Kind.DEL, "30", attribution=US),
                             Segment(Kind.INS, "45", attribution=US), Segment(Kind.SAME, " days")))
    assert found.paragraphs == (plain("Pay in 45 days"),)


def test_their_change_beside_ours_stays_theirs() -> None:
    found = settle(paragraph(Segment(Kind.INS, "45", attribution=US), Segment(Kind.DEL, " days", attribution=THEM)))
    assert texts(found) == (["45 days"], ["45"])
    assert found.paragraphs[0].segments[-1].attribution == THEM


def test_what_they_struck_of_our_insertion_is_their_deletion() -> None:
    found = settle(paragraph(Segment(Kind.SAME, "cap of "), Segment(Kind.GONE, "100 %", attribution=US, struck=THEM)))
    assert texts(found) == (["cap of 100 %"], ["cap of "])
    assert found.paragraphs[0].segments[-1] == Segment(Kind.DEL, "100 %", attribution=THEM)


def test_what_we_struck_of_their_insertion_was_never_there() -> None:
    assert settle(paragraph(Segment(Kind.SAME, "a"), Segment(Kind.GONE, "b", attribution=THEM, struck=US))).paragraphs == (plain("a"),)


def test_a_mark_that_we_deleted_joins_the_next_paragraph() -> None:
    found = settle(paragraph(Segment(Kind.SAME, "one "), mark=Kind.DEL, by=US), paragraph(Segment(Kind.SAME, "two")))
    assert found.paragraphs == (plain("one two"),)


def test_a_paragraph_that_we_inserted_is_plain() -> None:
    found = settle(paragraph(Segment(Kind.INS, "new", attribution=US), mark=Kind.INS, by=US), plain("old"))
    assert found.paragraphs == (plain("new"), plain("old"))


def test_the_new_side_is_the_same_before_and_after() -> None:
    contract = Contract((
        paragraph(Segment(Kind.INS, "x", attribution=US), Segment(Kind.DEL, "y", attribution=THEM), mark=Kind.DEL, by=US),
        paragraph(Segment(Kind.MOVE_TO, "z", attribution=US), Segment(Kind.INS, "w", attribution=THEM)),
    ))
    assert settled(contract, OURS).new() == contract.redline.new()
