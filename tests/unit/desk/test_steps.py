"""How one version became another."""

from __future__ import annotations

from redline.desk.steps import net, turn, unrelated
from redline.model import Attribution, Contract, Kind, Paragraph, Props, Redline, Segment, plain

JANE = Attribution("Jane", tracked=True)
SILENT = Attribution("Acme", deal="Acme", turn=2)
P = Props()


def paragraph(*segments: Segment) -> Paragraph:
    return Paragraph(segments, Kind.SAME, P, P)


def marks(redline: Redline) -> list[tuple[str, str, bool | None]]:
    """(kind, text, tracked) of everything that is not the same."""
    return [(segment.kind.value, segment.text, segment.attribution.tracked if segment.attribution else None)
            for each in redline.paragraphs for segment in each.segments if segment.kind is not Kind.SAME]


def test_a_turn_tells_the_silent_edit_from_the_tracked_one() -> None:
    sent = (plain("Pay within 30 days of the invoice. Interest is due at 4% a year."),)
    back = Redline((paragraph(Segment(Kind.SAME, "Pay within 60 days of the invoice. Interest is due at "),
                              Segment(Kind.DEL, "4%", attribution=JANE), Segment(Kind.INS, "2%", attribution=JANE),
                              Segment(Kind.SAME, " a year.")),))
    found = turn(sent, back, SILENT)
    assert marks(found) == [("del", "30", False), ("ins", "60", False), ("del", "4%", True), ("ins", "2%", True)]
    assert found.old() == sent
    assert found.new() == back.new()


def test_two_clean_files_accuse_nobody() -> None:
    found = unrelated(Contract((plain("Pay within 30 days."),)), Contract((plain("Pay within 60 days."),)))
    assert marks(found) == [("del", "30", None), ("ins", "60", None)]


def test_a_file_with_tracked_changes_accuses_what_it_did_not_track() -> None:
    net_days = (Segment(Kind.SAME, "Pay within 60 days"), Segment(Kind.INS, " net", attribution=JANE), Segment(Kind.SAME, "."))
    new = Contract((paragraph(*net_days),))
    found = unrelated(Contract((plain("Pay within 30 days."),)), new)
    assert marks(found) == [("del", "30", False), ("ins", "60", False), ("ins", " net", True)]


def test_what_went_and_came_back_is_no_change() -> None:
    found = net(Redline((paragraph(Segment(Kind.SAME, "is "), Segment(Kind.DEL, "not ", attribution=SILENT),
                                   Segment(Kind.INS, "not ", attribution=JANE), Segment(Kind.SAME, "due")),)))
    assert found.paragraphs == (plain("is not due"),)


def test_what_came_and_went_leaves_no_trace() -> None:
    gone = Segment(Kind.GONE, "for now", attribution=JANE, struck=SILENT)
    redline = Redline((Paragraph((Segment(Kind.SAME, "a"), gone), Kind.GONE, None, P), plain("b")))
    assert net(redline).paragraphs == (plain("ab"),)
    assert net(redline).old() == redline.old()
    assert net(redline).new() == redline.new()
