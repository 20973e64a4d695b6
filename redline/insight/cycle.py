"""Where the time of the paper went: how long each deal's document lay with us and with them.

The clock of a deal starts with its first turn and stops when it is won or lost; an open deal is counted up to now but kept out
of the medians. Between two turns the document lies with whoever received it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from redline.views import Cycle, CycleRow

_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Timeline:
    """A deal's turns as (when, "sent" or "received") in order, and when it was closed (None while open)."""

    deal: str
    turns: tuple[tuple[datetime, str], ...]
    closed: datetime | None
    outcome: str


def cycle(timelines: Sequence[Timeline], now: datetime) -> Cycle:
    """Days with us and with them, a row per deal, longest first, and the medians over closed deals."""
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
    )


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
