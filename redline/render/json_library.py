"""Killers as JSON for programs: the list, one with its story, a document under test, the evidence of a flag."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from redline.views import Evidence, Hit, Recurrence

if TYPE_CHECKING:
    from redline.killers.library import Dismissal, Instance, Killer

Object = dict[str, Any]


def _date(when: date | None) -> str | None:
    return when.isoformat() if when else None


def killer_of(killer: Killer) -> Object:
    """A killer with all that its file holds."""
    return {
        "id": killer.id, "title": killer.title, "deal": killer.deal, "deal_slug": killer.deal_slug, "turn": killer.turn,
        "clause": killer.clause, "date": _date(killer.date), "reason": killer.reason, "severity": killer.severity,
        "offer": killer.offer, "burdens": killer.burdens, "cause": killer.cause, "limits": list(killer.limits),
        "language": killer.language,
        "instances": [{**_place(one), "language": one.language} for one in killer.instances],
        "dismissed": [{**_place(one), "reason": one.reason} for one in killer.dismissed],
    }


def _place(one: Instance | Dismissal) -> Object:
    return {"text": one.text, "deal": one.deal, "turn": one.turn, "clause": one.clause, "date": _date(one.date)}


def recurrences(rows: Sequence[Recurrence]) -> list[Object]:
    """Where a killer came back."""
    return [{"deal": row.deal, "address": row.address, "date": _date(row.date), "label": row.label, "text": row.text,
             "score": round(row.score, 4), "verdict": row.verdict, "outcome": row.outcome, "fate": row.fate, "reason": row.reason}
            for row in rows]


def hit_of(hit: Hit) -> Object:
    """A clause beside a killer."""
    return {"label": hit.label, "paragraph": hit.paragraph, "flagged": hit.flagged, "evidence": evidence_of(hit.evidence)}


def evidence_of(found: Evidence | None) -> Object | None:
    """Why a clause is flagged."""
    if found is None:
        return None
    return {
        "killer": found.killer, "title": found.title, "deal": found.deal, "date": _date(found.date), "reason": found.reason,
        "severity": found.severity, "offer": found.offer, "text": found.text, "score": round(found.score, 4),
        "verdict": found.verdict, "route": found.route, "why": found.why, "dismissed": found.dismissed, "here": found.here,
        "words": [{"paragraph": paragraph, "start": start, "end": end, "killer_start": first, "killer_end": last}
                  for (paragraph, start, end), (first, last) in found.words],
        "spans": [{"start": start, "end": end, "killer_start": first, "killer_end": last}
                  for (start, end), (first, last) in found.spans],
        "figures": [{"here": here, "killer": mine, "favour": favour} for here, mine, favour in found.figures],
        "agreed": [{"deals": list(one.deals), "address": one.address, "date": _date(one.date), "label": one.label, "text": one.text,
                    "ours": one.ours} for one in found.agreed],
    }
