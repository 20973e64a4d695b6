"""What left its place and stands elsewhere: paragraphs, rows, tables, and whole blocks of neighbours as one move.

Only what can be recognised moves: short and repeated texts ("Intentionally omitted") do so with the block around
them, never alone. A moved paragraph may have been edited on the way.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .align import FLOOR, chain, likeness
from .units import Unit

ALIKE = 0.62
"""Likeness from which a paragraph that stands elsewhere is the same one, moved and edited."""

SURE = 0.85
"""Likeness from which nothing else need be asked."""

OWN = 0.35
"""Below that: share of the longer text's rare word runs that both must hold, for stock phrases do not make two
paragraphs one.
"""

_SHINGLE = 3
_COMMON = 40
_TRIES = 4


@dataclass(frozen=True, slots=True)
class Loose:
    """A unit without a counterpart in its place. Units of one `gap` stand between the same neighbours, in order."""

    unit: Unit
    gap: int


@dataclass(frozen=True, slots=True)
class Move:
    """One move: pairs of (index in the loose old units, index in the loose new ones), in order."""

    pairs: tuple[tuple[int, int], ...]


def moves(old: Sequence[Loose], new: Sequence[Loose], repeated: Iterable[str], document: Sequence[Unit]) -> list[Move]:
    """The moves between what is loose on both sides, in the order of the old document.

    `repeated` holds the fingerprints that occur more than once in either document; `document` the paragraphs of the
    old one, which say how common a run of words is.
    """
    twice = set(repeated)
    pairs = _exact(old, new, twice)
    pairs.update(_edited(old, new, pairs, twice, document))
    return _blocks(old, new, pairs)


def _exact(old: Sequence[Loose], new: Sequence[Loose], twice: set[str]) -> dict[int, int]:
    places: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for j, loose in enumerate(new):
        places[_key(loose)].append(j)
    sources: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for i, loose in enumerate(old):
        sources[_key(loose)].append(i)
    return {
        found[0]: places[key][0] for key, found in sources.items()
        if len(found) == 1 and len(places.get(key, ())) == 1 and key[2] not in twice and not old[found[0]].unit.trivial
    }


def _key(loose: Loose) -> tuple[str, str, str]:
    unit = loose.unit
    return unit.source[unit.first].props.story, unit.kind, unit.fingerprint


def _edited(old: Sequence[Loose], new: Sequence[Loose], taken: dict[int, int], twice: set[str],
            document: Sequence[Unit]) -> dict[int, int]:
    """Paragraphs that are alike enough, the most alike first. Candidates share rare runs of words."""
    used = set(taken.values())
    left = [i for i, loose in enumerate(old) if i not in taken and _movable(loose, twice)]
    right = [j for j, loose in enumerate(new) if j not in used and _movable(loose, twice)]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j in right:
        for shingle in _shingles(new[j].unit):
            holders[shingle].append(j)
    scored: list[tuple[float, int, int]] = []
    for i in left:
        votes: Counter[int] = Counter()
        for shingle in _shingles(old[i].unit):
            found = holders.get(shingle, ())
            if len(found) <= _COMMON:
                votes.update(found)
        for j, _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))[:_TRIES]:
            score = likeness(old[i].unit, new[j].unit)
            if score >= ALIKE and _key(old[i])[0] == _key(new[j])[0]:
                scored.append((score, i, j))
    out: dict[int, int] = {}
    doubtful = [unit for score, i, j in scored if score < SURE for unit in (old[i].unit, new[j].unit)]
    common = _commonness(document, doubtful) if doubtful else {}
    for score, i, j in sorted(scored, key=lambda entry: (-entry[0], entry[1], entry[2])):
        if i not in out and j not in used and (score >= SURE or _own(old[i].unit, new[j].unit, common) >= OWN):
            out[i] = j
            used.add(j)
    return out


def _movable(loose: Loose, twice: set[str]) -> bool:
    return loose.unit.kind == "p" and not loose.unit.trivial and loose.unit.fingerprint not in twice


def _shingles(unit: Unit) -> set[tuple[str, ...]]:
    row = unit.words
    return set(zip(*(row[index:] for index in range(_SHINGLE)), strict=False))


def _commonness(document: Sequence[Unit], units: Iterable[Unit]) -> dict[tuple[str, ...], int]:
    """In how many paragraphs of a document each run of words stands that some units hold."""
    asked = {shingle for unit in units for shingle in _shingles(unit)}
    return Counter(shingle for unit in document for shingle in asked.intersection(_shingles(unit)))


def _own(old: Unit, new: Unit, common: dict[tuple[str, ...], int]) -> float:
    """Share of word runs that both units hold, each counted the less the commoner it is in the document."""
    here, there = _shingles(old), _shingles(new)
    weights = {shingle: 1.0 / (1 + common.get(shingle, 0)) for shingle in sorted(here | there)}
    shared = sum(weights[shingle] for shingle in sorted(here & there))
    return shared / max(sum(weights[shingle] for shingle in sorted(side)) for side in (here, there))


def _blocks(old: Sequence[Loose], new: Sequence[Loose], pairs: dict[int, int]) -> list[Move]:
    """Join moves that are neighbours on both sides, taking along what stands between and around them."""
    out: list[list[tuple[int, int]]] = []
    ordered = sorted(pairs.items())
    used_old, used_new = set(pairs), set(pairs.values())
    for i, j in ordered:
        if out and _neighbours(old, new, out[-1][-1], (i, j)):
            out[-1].extend(_between(old, new, out[-1][-1], (i, j), used_old, used_new))
            out[-1].append((i, j))
        else:
            out.append([(i, j)])
    for block in out:
        for pair in block:
            used_old.add(pair[0])
            used_new.add(pair[1])
        _grow(old, new, block, used_old, used_new)
    return [Move(tuple(block)) for block in out]


def _neighbours(old: Sequence[Loose], new: Sequence[Loose], last: tuple[int, int], pair: tuple[int, int]) -> bool:
    return (old[last[0]].gap == old[pair[0]].gap and new[last[1]].gap == new[pair[1]].gap and last[1] < pair[1]
            and pair[0] - last[0] <= 4 and pair[1] - last[1] <= 4)


def _between(old: Sequence[Loose], new: Sequence[Loose], last: tuple[int, int], pair: tuple[int, int],
             used_old: set[int], used_new: set[int]) -> list[tuple[int, int]]:
    scored = []
    for i in range(last[0] + 1, pair[0]):
        for j in range(last[1] + 1, pair[1]):
            if i not in used_old and j not in used_new and old[i].unit.kind == new[j].unit.kind:
                score = likeness(old[i].unit, new[j].unit)
                if score >= FLOOR and (old[i].unit.kind == "p" or score == 1.0):
                    scored.append((i, j, score))
    return chain(scored)


def _grow(old: Sequence[Loose], new: Sequence[Loose], block: list[tuple[int, int]],
          used_old: set[int], used_new: set[int]) -> None:
    """Take equal neighbours along at both ends: the short heading of a moved section, its "Reserved"."""
    for end, step in ((0, -1), (-1, 1)):
        i, j = block[end][0] + step, block[end][1] + step
        while (0 <= i < len(old) and 0 <= j < len(new) and i not in used_old and j not in used_new
               and old[i].gap == old[i - step].gap and new[j].gap == new[j - step].gap
               and old[i].unit.kind == new[j].unit.kind and old[i].unit.fingerprint == new[j].unit.fingerprint):
            block.insert(0, (i, j)) if step < 0 else block.append((i, j))
            used_old.add(i)
            used_new.add(j)
            i, j = i + step, j + step
