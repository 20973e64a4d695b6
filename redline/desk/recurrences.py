"""What the library says of a document, near misses too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redline.desk import documents
from redline.desk.flags import killers, matcher, passages
from redline.views import Evidence, Hit, Tested

if TYPE_CHECKING:
    from redline.desk.desk import Desk
    from redline.killers import Match

_NEAR_MISSES = 12


def tested(desk: Desk, address: str) -> Tested:
    """What the library says of each clause of a document: flags, then the nearest misses, each surest first."""
    version = documents.load(desk, address)
    found = matcher(desk)
    hits = [Hit(clause.path, passage.places[0][1], match.flagged, _evidence(match, passage.text))
            for clause, passage in passages(version.contract.final().paragraphs, "new") if passage.text.strip()
            for match in found.near(passage.text)]
    hits.sort(key=lambda hit: (not hit.flagged, -hit.evidence.score, hit.paragraph, hit.evidence.killer))
    flagged = sum(hit.flagged for hit in hits)
    return Tested(version.info, len(killers(desk)), tuple(hits[:flagged + _NEAR_MISSES]))


def _evidence(match: Match, here: str) -> Evidence:
    killer, instance = match.killer, match.instance
    return Evidence(
        killer.id, killer.title, instance.deal or killer.deal, instance.date or killer.date, killer.reason, killer.severity, killer.offer,
        instance.text, match.score, match.verdict, match.why, route=match.route, here=here, spans=match.words,
        figures=tuple((str(theirs), str(mine), favour) for theirs, mine, favour in match.figures),
    )
