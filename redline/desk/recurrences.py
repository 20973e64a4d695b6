"""Where a killer came back, with what outcome; and what the library says of a document, near misses too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from redline.desk import documents
from redline.desk.killerflags import evidence_of, matches
from redline.desk.library import find, killers, matcher
from redline.desk.own import base_versions, clauses_of
from redline.desk.passages import Passage, passages
from redline.desk.tuning import expected, level
from redline.text import fold
from redline.views import Hit, Recurrence, Tested

if TYPE_CHECKING:
    from redline.clauses.outline import Clause
    from redline.desk.desk import Desk
    from redline.desk.documents import Version
    from redline.killers import Match, Matcher
    from redline.killers.library import Killer
    from redline.vault.deals import DealRecord, VersionRecord

_NEAR_MISSES = 12
_FLOOR = 0.15
"""Score from which on a clause is a near miss that is only not flagged because of its sense or its figures."""


def story(desk: Desk, name: str) -> tuple[Killer, tuple[Recurrence, ...]]:
    """The killer that is meant, and every deal in which a client brought it back, oldest first."""
    from redline.killers import Matcher
    from redline.vault.deals import load_deals

    killer = find(desk, name)
    alone = Matcher([killer])
    own = frozenset(fold(text) for version in base_versions(desk) for text in clauses_of(version))
    recorded = {(one.deal, one.turn) for one in killer.instances}
    rows = [row for record in load_deals(desk.vault) for row in _came_back(desk, killer, alone, record, own)
            if (row.deal, int(row.address.partition("@")[2])) not in recorded]
    return killer, tuple(sorted(rows, key=lambda row: (row.date.timestamp() if row.date else 0.0, row.address, row.label)))


def _came_back(desk: Desk, killer: Killer, alone: Matcher, record: DealRecord, own: frozenset[str]) -> Iterator[Recurrence]:
    """The first turn of theirs in which each clause of a deal was the killer, unless the words are ours."""
    seen: set[str] = set(own)
    here = {turn.number: list(_flagged(killer, alone, documents.stored(desk, turn.oid))) for turn in record.turns}
    told: set[str] = set()
    for turn in record.turns:
        for clause, passage, match in here[turn.number]:
            words = fold(passage.text)
            name = str(clause.id or words)
            if str(turn.direction) == "received" and words not in seen and name not in told:
                told.add(name)
                yield Recurrence(record.name, f"{record.slug}@{turn.number}", turn.date, clause.path, passage.text.strip(), match.score,
                                 match.verdict, str(record.outcome), _fate(record, turn, here), record.reason)
            seen.add(words)


def _flagged(killer: Killer, alone: Matcher, version: Version) -> Iterator[tuple[Clause, Passage, Match]]:
    from redline.killers.dismissals import silenced

    for found in matches(alone, version.contract.final().paragraphs, "new"):
        if silenced(killer, found.passage.text) is None:
            yield found.clause, found.passage, found.match


def _fate(record: DealRecord, since: VersionRecord, here: dict[int, list[tuple[Clause, Passage, Match]]]) -> str:
    gone = next((turn for turn in record.turns if turn.number > since.number and not here[turn.number]), None)
    return f"gone from turn {gone.number} on" if gone and not here[record.turns[-1].number] else "still in it"


def tested(desk: Desk, address: str) -> Tested:
    """What the library says of each clause of a document: flags, then the nearest misses, each surest first."""
    from redline.killers.dismissals import silenced
    from redline.killers.match import NEAR

    version = documents.load(desk, address)
    found = matcher(desk)
    paragraphs = version.contract.final().paragraphs
    hits: list[Hit] = []
    for each in matches(found, paragraphs, "new"):
        fine = silenced(each.match.killer, each.passage.text)
        evidence = evidence_of(each.match, each.passage.text, fine.reason if fine else "")
        hits.append(Hit(each.clause.path, each.passage.places[0][1], fine is None, evidence))
    for clause, passage in passages(paragraphs, "new"):
        for match in found.near(passage.text, _FLOOR) if passage.text.strip() else ():
            if not match.flagged and (match.verdict != "same" or match.score >= NEAR):
                hits.append(Hit(clause.path, passage.places[0][1], False, evidence_of(match, passage.text)))
    hits.sort(key=lambda hit: (not hit.flagged, not hit.evidence.dismissed, -hit.evidence.score, hit.paragraph, hit.evidence.killer))
    flagged = sum(hit.flagged or bool(hit.evidence.dismissed) for hit in hits)
    asked = level(desk)
    return Tested(version.info, len(killers(desk)), tuple(hits[:flagged + _NEAR_MISSES]), str(asked), expected(asked))
