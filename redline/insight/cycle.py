"""Where the time of the paper went: how long each deal's document lay with us and with them.

The clock of a deal starts with its first turn and stops when it is won or lost; an open deal is counted up to now but kept out
of the medians. Between two turns the document lies with whoever received it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median

from redline.views import Cycle, CycleRow, Stage

_DAY = 86_400.0
_TURNS = 6
"""Turns that have a stage of their own; later ones are too few to say anything."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """A deal's turns as (when, "sent" or "received") in order, and when it was closed (None while open)."""

    deal: str
    turns: tuple[tuple[datetime, str], ...]
    closed: datetime | None
    outcome: str


def cycle(timelines: Sequence[Timeline], now: datetime) -> Cycle:
    """Days with us and with them, a row per deal, longest first, the medians over closed deals, and each stage with its range."""
    rows = sorted((_row(timeline, now) for timeline in timelines if timeline.turns), key=lambda row: (-row.total, row.deal))
    closed = [row for row in rows if not row.open]
    totals = [row.total for row in closed]
    return Cycle(
        rows=tuple(rows),
        closed=len(closed),
        median_total=median(totals) if totals else None,
        median_ours=median(row.ours for row in closed) if closed else None,
        median_theirs=median(row.theirs for row in closed) if closed else None,
        shortest=min(totals, default=None),
        longest=max(totals, default=None),
        stages=(*_wholes(closed), *_turns(timelines)),
    )


def _wholes(closed: Sequence[CycleRow]) -> Iterator[Stage]:
    """Both sides and all of it, over closed deals."""
    ways = (("with us", "us", [row.ours for row in closed]), ("with them", "them", [row.theirs for row in closed]),
            ("in all", "", [row.total for row in closed]))
    for name, holder, days in ways:
        if days:
            yield Stage(name, holder, len(days), median(days), min(days), max(days))


def _turns(timelines: Sequence[Timeline]) -> Iterator[Stage]:
    """Each turn until the next one, over all deals in which the next one came."""
    found: dict[tuple[int, str], list[float]] = {}
    for timeline in timelines:
        for number, ((start, direction), (end, _)) in enumerate(pairwise(timeline.turns), 1):
            if number <= _TURNS:
                found.setdefault((number, "them" if direction == "sent" else "us"), []).append(days_between(start, end))
    for (number, holder), days in sorted(found.items()):
        yield Stage(f"turn {number}, with {holder}", holder, len(days), median(days), min(days), max(days))


def days_between(start: datetime, end: datetime) -> float:
    """The days from one moment to a later one, never less than 0."""
    return max(0.0, (end - start).total_seconds() / _DAY)


def _row(timeline: Timeline, now: datetime) -> CycleRow:
    spent = {"sent": 0.0, "received": 0.0}
    ends = [when for when, _ in timeline.turns[1:]] + [timeline.closed or now]
    for (start, direction), end in zip(timeline.turns, ends, strict=True):
        spent[direction] += days_between(start, end)
    return CycleRow(
        deal=timeline.deal,
        outcome=timeline.outcome,
        turns=len(timeline.turns),
        ours=spent["received"],
        theirs=spent["sent"],
        total=spent["sent"] + spent["received"],
        open=timeline.closed is None,
    )
