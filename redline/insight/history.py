"""What became of one clause: every turn of every deal that changed it, in the order of time, with how the deal ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from redline.model import ClauseId, Paragraph, Redline
from redline.views import HistoryRow, VersionInfo


@dataclass(frozen=True, slots=True)
class Step:
    """One turn: the version it led to, its redline against the turn before, and how its deal stands."""

    deal: str
    version: VersionInfo
    redline: Redline
    outcome: str
    reason: str = ""


def history(clause: ClauseId, steps: Sequence[Step]) -> tuple[HistoryRow, ...]:
    """The steps that changed the clause, oldest first; each row's redline holds the clause's paragraphs only."""
    rows = [row for step in steps if (row := _row(clause, step)) is not None]
    return tuple(sorted(rows, key=lambda row: (row.date.timestamp() if row.date else 0.0, row.deal, row.address)))


def _row(clause: ClauseId, step: Step) -> HistoryRow | None:
    inside = tuple(paragraph for paragraph in step.redline.paragraphs if _belongs(paragraph, clause))
    if not any(paragraph.changed for paragraph in inside):
        return None
    label = next((paragraph.props.label for paragraph in inside if paragraph.props.label), "")
    version = step.version
    return HistoryRow(step.deal, version.address, version.date, version.party, label, Redline(inside), step.outcome, step.reason)


def _belongs(paragraph: Paragraph, clause: ClauseId) -> bool:
    return any(props is not None and props.clause == clause for props in (paragraph.old, paragraph.new))
