"""Tracked changes that were in what we sent come back as accepted; what was done to them is theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from redline.desk.settle import Known, settled
from redline.model import Attribution, Contract, Kind, Paragraph, Props, Redline, Segment, plain

WHEN = datetime(2026, 3, 1, 9, tzinfo=UTC)
LATER = datetime(2026, 3, 9, 9, tzinfo=UTC)
US = Attribution("Nora", WHEN, tracked=True)
BEFORE = Attribution("Dana", WHEN, tracked=True)
THEM = Attribution("Dana", LATER, tracked=True)
PROPS = Props()


def paragraph(*segments: Segment, mark: Kind = Kind.SAME, by: Attribution | None = None) -> Paragraph:
    return Paragraph(segments, mark, PROPS if mark.in_old else None, PROPS if mark.in_new or mark is Kind.GONE else None, by)


def texts(redline: Redline) -> tuple[list[str], list[str]]:
    return [p.text for p in redline.old()], [p.text for p in redline.new()]


def settle(sent: tuple[Paragraph, ...], *back: Paragraph) -> Redline:
    return settled(Contract(back), Known(Contract(sent)))


COUNTER = paragraph(Segment(Kind.SAME, "Pay in "), Segment(Kind.DEL, "30", attribution=US), Segment(Kind.INS, "45", attribution=US),
                    Segment(Kind.SAME, " days"))


def test_our_counter_that_comes_back_is_plain_text() -> None:
    assert settle((COUNTER,), COUNTER).paragraphs == (plain("Pay in 45 days"),)


def test_their_older_change_that_we_sent_back_undecided_is_no_news() -> None:
    pending = paragraph(Segment(Kind.SAME, "a "), Segment(Kind.INS, "long ", attribution=BEFORE), Segment(Kind.SAME, "term"))
    more = replace(pending, segments=(*pending.segments, Segment(Kind.INS, " indeed", attribution=THEM)))
    found = settle((pending,), more)
    assert texts(found) == (["a long term"], ["a long term indeed"])


def test_a_change_in_our_name_that_we_did_not_send_is_news() -> None:
    found = settle((plain("a"),), paragraph(Segment(Kind.SAME, "a"), Segment(Kind.INS, "b", attribution=US)))
    assert texts(found) == (["a"], ["ab"])


def test_a_change_is_known_by_its_words_when_names_and_dates_were_taken_out() -> None:
    nobody = Attribution("Author", tracked=True)
    sent = paragraph(Segment(Kind.INS, "in writing", attribution=US))
    assert settle((sent,), paragraph(Segment(Kind.INS, "in writing", attribution=nobody))).paragraphs == (plain("in writing"),)


def test_the_same_hand_and_minute_does_not_make_other_words_known() -> None:
    sent = paragraph(Segment(Kind.INS, "in writing", attribution=BEFORE))
    found = settle((sent,), paragraph(Segment(Kind.INS, "by fax", attribution=BEFORE)))
    assert texts(found) == ([""], ["by fax"])


def test_what_they_struck_of_our_insertion_is_their_deletion() -> None:
    sent = paragraph(Segment(Kind.SAME, "cap of "), Segment(Kind.INS, "100 %", attribution=US))
    found = settle((sent,), paragraph(Segment(Kind.SAME, "cap of "), Segment(Kind.GONE, "100 %", attribution=US, struck=THEM)))
    assert texts(found) == (["cap of 100 %"], ["cap of "])
    assert found.paragraphs[0].segments[-1] == Segment(Kind.DEL, "100 %", attribution=THEM)


def test_a_mark_that_we_deleted_joins_the_next_paragraph() -> None:
    sent = (paragraph(Segment(Kind.SAME, "one "), mark=Kind.DEL, by=US), plain("two"))
    assert settle(sent, *sent).paragraphs == (plain("one two"),)


def test_a_paragraph_that_we_inserted_and_they_edited_is_ours_with_their_edit() -> None:
    sent = (paragraph(Segment(Kind.INS, "new", attribution=US), mark=Kind.INS, by=US), plain("old"))
    edited = paragraph(Segment(Kind.INS, "new", attribution=US), Segment(Kind.INS, "er", attribution=THEM), mark=Kind.INS, by=US)
    assert texts(settle(sent, edited, plain("old"))) == (["new", "old"], ["newer", "old"])


def test_a_paragraph_of_ours_that_they_struck_whole_is_their_deletion() -> None:
    sent = (paragraph(Segment(Kind.INS, "new", attribution=US), mark=Kind.INS, by=US), plain("old"))
    struck = paragraph(Segment(Kind.GONE, "new", attribution=US, struck=THEM), mark=Kind.GONE, by=US)
    found = settle(sent, struck, plain("old"))
    assert texts(found) == (["new", "old"], ["old"])
    assert found.paragraphs[0].attribution == THEM


def test_the_new_side_is_the_same_before_and_after() -> None:
    sent = (paragraph(Segment(Kind.INS, "x", attribution=US), mark=Kind.DEL, by=US), paragraph(Segment(Kind.MOVE_TO, "z", attribution=US)))
    back = Contract((
        paragraph(Segment(Kind.INS, "x", attribution=US), Segment(Kind.DEL, "y", attribution=THEM), mark=Kind.DEL, by=US),
        paragraph(Segment(Kind.MOVE_TO, "z", attribution=US), Segment(Kind.INS, "w", attribution=THEM)),
    ))
    assert settled(back, Known(Contract(sent))).new() == back.redline.new()
