"""Where the time went."""

from __future__ import annotations

from datetime import UTC, datetime

from redline.insight.cycle import Timeline, cycle


def day(number: int) -> datetime:
    return datetime(2026, 3, number, 12, tzinfo=UTC)


def test_a_document_lies_with_whoever_received_it_last() -> None:
    timeline = Timeline("Acme", ((day(1), "sent"), (day(5), "received"), (day(6), "sent")), day(16), "won")
    row = cycle([timeline], day(20)).rows[0]
    assert (row.theirs, row.ours, row.total, row.open) == (14.0, 1.0, 15.0, False)


def test_an_open_deal_is_shown_but_kept_out_of_the_medians() -> None:
    closed = Timeline("Acme", ((day(1), "sent"),), day(3), "lost")
    open_ = Timeline("Beta", ((day(1), "sent"),), None, "open")
    found = cycle([closed, open_], day(31))
    assert [row.deal for row in found.rows] == ["Beta", "Acme"]
    assert (found.closed, found.median_total, found.longest) == (1, 2.0, 2.0)


def test_without_closed_deals_there_is_no_median() -> None:
    found = cycle([], day(1))
    assert (found.rows, found.closed, found.median_total, found.shortest) == ((), 0, None, None)


def test_a_clock_that_runs_backwards_counts_nothing() -> None:
    row = cycle([Timeline("Acme", ((day(9), "sent"), (day(5), "received")), day(6), "won")], day(20)).rows[0]
    assert (row.theirs, row.ours) == (0.0, 1.0)


def test_each_stage_says_its_median_its_range_and_how_many_deals_it_stands_on() -> None:
    found = cycle([
        Timeline("A", ((day(1), "sent"), (day(5), "received"), (day(6), "sent")), day(10), "won"),
        Timeline("B", ((day(1), "sent"), (day(11), "received")), None, "open"),
        Timeline("C", (), None, "open"),
    ], day(31))
    stages = {stage.name: (stage.holder, stage.deals, stage.median, stage.shortest, stage.longest) for stage in found.stages}
    assert stages == {
        "with us": ("us", 1, 1.0, 1.0, 1.0), "with them": ("them", 1, 8.0, 8.0, 8.0), "in all": ("", 1, 9.0, 9.0, 9.0),
        "turn 1, with them": ("them", 2, 7.0, 4.0, 10.0), "turn 2, with us": ("us", 1, 1.0, 1.0, 1.0)}
    assert cycle([], day(1)).stages == ()
