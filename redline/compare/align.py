"""Which unit of the old document is which unit of the new one, in order.

Units whose fingerprint is unique on both sides anchor the alignment; the heaviest increasing chain of anchors is the
spine. Between anchors the same is done again with what is unique there; what then remains is paired in order by
likeness, never below a floor, so that unrelated paragraphs are shown out and in rather than word by word. Time is
linear in the number of units, apart from the units of one gap.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import Indel

from .units import Unit

FLOOR = 0.5
"""Likeness from which two units between the same neighbours are one unit, edited."""

_FLOORS = {"p": FLOOR, "t": 0.3, "r": 0.4, "c": 0.4}
_ALL_PAIRS = 900
_COMMON = 12
_SHORT = 8

Pair = tuple[int, int]


def likeness(old: Unit, new: Unit) -> float:
    """Share of words, in order, that two units have in common (0 to 1)."""
    if old.fingerprint == new.fingerprint:
        return 1.0
    return float(Indel.normalized_similarity(old.words, new.words))


def match(old: Sequence[Unit], new: Sequence[Unit]) -> list[Pair]:
    """Pairs of indices, increasing on both sides: the units that are one on both sides and did not leave their place.
    """
    spine, elsewhere = _spine(old, new)
    away_old, away_new = {i for i, _ in elsewhere}, {j for _, j in elsewhere}
    pairs: list[Pair] = []
    for (i0, j0), (i1, j1) in _gaps(spine, len(old), len(new)):
        pairs.extend(_fill(old, new, [i for i in range(i0, i1) if i not in away_old],
                           [j for j in range(j0, j1) if j not in away_new]))
        if i1 < len(old) and j1 < len(new):
            pairs.append((i1, j1))
    return pairs


def chain(pairs: Iterable[tuple[int, int, float]]) -> list[Pair]:
    """The heaviest chain that increases on both sides, of (old, new, weight) triples. O(n log n)."""
    ordered = sorted(pairs, key=lambda pair: (pair[0], -pair[1]))
    ranks = sorted({j for _, j, _ in ordered})
    best: list[tuple[float, int]] = [(0.0, -1)] * (len(ranks) + 1)
    before: list[int] = []
    for index, (_, j, weight) in enumerate(ordered):
        rank = bisect_left(ranks, j)
        total, previous = _prefix(best, rank)
        before.append(previous)
        _raise(best, rank + 1, (total + weight, index))
    _, index = _prefix(best, len(ranks))
    out: list[Pair] = []
    while index >= 0:
        out.append(ordered[index][:2])
        index = before[index]
    return out[::-1]


def _prefix(tree: list[tuple[float, int]], position: int) -> tuple[float, int]:
    found = (0.0, -1)
    while position > 0:
        if tree[position][0] > found[0]:
            found = tree[position]
        position -= position & -position
    return found


def _raise(tree: list[tuple[float, int]], position: int, value: tuple[float, int]) -> None:
    while position < len(tree):
        if value[0] > tree[position][0]:
            tree[position] = value
        position += position & -position


def _gaps(spine: Sequence[Pair], old: int, new: int) -> Iterator[tuple[Pair, Pair]]:
    i0 = j0 = 0
    for i, j in [*spine, (old, new)]:
        yield (i0, j0), (i, j)
        i0, j0 = i + 1, j + 1


def _spine(old: Sequence[Unit], new: Sequence[Unit]) -> tuple[list[Pair], list[Pair]]:
    """(pairs of equal fingerprints in order, pairs that are surely one unit but stand elsewhere)."""
    spine: list[Pair] = []
    elsewhere: list[Pair] = []
    work = [((0, 0), (len(old), len(new)))]
    while work:
        (i0, j0), (i1, j1) = work.pop()
        while i0 < i1 and j0 < j1 and _equal(old[i0], new[j0]):
            spine.append((i0, j0))
            i0, j0 = i0 + 1, j0 + 1
        while i0 < i1 and j0 < j1 and _equal(old[i1 - 1], new[j1 - 1]):
            i1, j1 = i1 - 1, j1 - 1
            spine.append((i1, j1))
        anchors = _anchors(old, new, (i0, j0), (i1, j1))
        chosen = chain((i, j, 1.0 + old[i].weight) for i, j in anchors)
        kept = set(chosen)
        elsewhere.extend(pair for pair in anchors if pair not in kept and not old[pair[0]].trivial)
        spine.extend(chosen)
        if chosen:
            work.extend(((i0 + a0, j0 + b0), (i0 + a1, j0 + b1)) for (a0, b0), (a1, b1)
                        in _gaps([(i - i0, j - j0) for i, j in chosen], i1 - i0, j1 - j0) if a0 < a1 and b0 < b1)
    return sorted(spine), elsewhere


def _equal(old: Unit, new: Unit) -> bool:
    return old.kind == new.kind and old.fingerprint == new.fingerprint


def _anchors(old: Sequence[Unit], new: Sequence[Unit], start: Pair, end: Pair) -> list[Pair]:
    """Units whose fingerprint occurs once on each side between `start` and `end`."""
    here: dict[tuple[str, str], list[int]] = defaultdict(list)
    there: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i in range(start[0], end[0]):
        here[old[i].kind, old[i].fingerprint].append(i)
    for j in range(start[1], end[1]):
        there[new[j].kind, new[j].fingerprint].append(j)
    return [(found[0], there[key][0]) for key, found in here.items()
            if key[1] and len(found) == 1 and len(there.get(key, ())) == 1]


def _fill(old: Sequence[Unit], new: Sequence[Unit], left: list[int], right: list[int]) -> list[Pair]:
    """Pair what is left between two anchors, in order, by likeness above the floor of its kind."""
    scored = []
    for i, j in _candidates(old, new, left, right):
        score = _score(old[i], new[j])
        if score >= _FLOORS.get(old[i].kind, 0.0) or _only(old, new, left, right, i, j):
            scored.append((i, j, score * (8 + min(old[i].weight, new[j].weight)) + _bonus(old[i], new[j])))
    return chain(scored)


def _score(old: Unit, new: Unit) -> float:
    """Likeness, or, where one unit may be a part of the other (a split, a join), how much of the shorter the longer
    holds.
    """
    score = likeness(old, new)
    shorter, longer = sorted((len(old.words), len(new.words)))
    if old.kind == "p" and score < FLOOR and shorter >= _SHORT and shorter * 5 >= longer:
        shared = score * (shorter + longer) / 2
        return shared / shorter * 0.6 if shared >= 0.9 * shorter else score
    return score


def _only(old: Sequence[Unit], new: Sequence[Unit], left: list[int], right: list[int], i: int, j: int) -> bool:
    """Whether two short units are one because they alone stand between the same neighbours and look like one."""
    if len(left) != 1 or len(right) != 1:
        return False
    one, other = old[i], new[j]
    if one.kind != "p":
        return one.kind in ("c", "t") or one.kind.startswith("s:") or len(one.parts) == len(other.parts)
    here, there = one.source[one.first].props, other.source[other.first].props
    if max(len(one.words), len(other.words)) > _SHORT or not (one.fingerprint and other.fingerprint):
        return here.cell is not None and not (one.words and other.words)
    return (here.style, here.level, here.heading) == (there.style, there.level, there.heading)


def _bonus(old: Unit, new: Unit) -> float:
    """Breaks ties among equal texts in favour of the same label and level."""
    here, there = old.source[old.first].props, new.source[new.first].props
    return 1.0 * (here.label == there.label and here.typed == there.typed) + 0.5 * (here.level == there.level)


def _candidates(old: Sequence[Unit], new: Sequence[Unit], left: list[int], right: list[int]) -> Iterator[Pair]:
    """Pairs worth measuring: all of them in a small gap, else those that share rare words, or stand alike in line."""
    if len(left) * len(right) <= _ALL_PAIRS:
        yield from ((i, j) for i in left for j in right if old[i].kind == new[j].kind)
        return
    holders: dict[str, list[int]] = defaultdict(list)
    for j in right:
        for word in set(new[j].words):
            holders[word].append(j)
    seen: dict[str, int] = defaultdict(int)
    prints: dict[str, list[int]] = defaultdict(list)
    for j in right:
        prints[new[j].fingerprint].append(j)
    for i in left:
        yield from ((i, j) for j in _near(old[i], holders, prints, seen) if old[i].kind == new[j].kind)


def _near(unit: Unit, holders: dict[str, list[int]], prints: dict[str, list[int]], seen: dict[str, int]) -> list[int]:
    twins = prints.get(unit.fingerprint)
    if twins:
        at = seen[unit.fingerprint]
        seen[unit.fingerprint] += 1
        return twins[max(0, at - _COMMON):at + _COMMON]
    votes: Counter[int] = Counter()
    for word in set(unit.words):
        found = holders.get(word, ())
        if 0 < len(found) <= 200:
            for j in found:
                votes[j] += 1 + _COMMON // len(found)
    return [j for j, _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))[:_COMMON]]
