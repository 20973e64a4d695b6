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

from rapidfuzz.distance import Indel, LCSseq

from .units import Unit

FLOOR = 0.5
"""Likeness from which two units between the same neighbours are one unit, edited."""

ALONE = 0.3
"""The same where each side has just one: a clause rewritten under its heading."""

FEW = 0.4
"""The same where there are few of them."""

_FEW_PAIRS = 9
_FLOORS = {"p": FLOOR, "t": 0.3, "r": 0.4, "c": 0.4}
_ALL_PAIRS = 900
_COMMON = 12
_SHORT = 8
_HELD = 0.7
_RUN = 3

Pair = tuple[int, int]


def likeness(old: Unit, new: Unit) -> float:
    """Share of words that two units have in common (0 to 1), in order but for tables and stories, whose parts follow."""
    if old.fingerprint == new.fingerprint:
        return 1.0
    if old.kind not in ("p", "r", "c"):
        shared = Counter(old.words) & Counter(new.words)
        return 2 * shared.total() / max(1, len(old.words) + len(new.words))
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
    """Pair what is left between two anchors, in order, by likeness above the floor of its kind; then what is left
    between these.

    A lone pair of which one stands for the other is not measured: two whole stories would be, word by word.
    """
    if len(left) == len(right) == 1 and _stands_for(old[left[0]], new[right[0]]):
        return [(left[0], right[0])]
    scored = []
    weaker: dict[int, list[tuple[int, float, float]]] = defaultdict(list)
    for i, j in _candidates(old, new, left, right):
        score = _score(old[i], new[j])
        weight = score * (8 + min(old[i].weight, new[j].weight)) + _bonus(old[i], new[j])
        if score >= _FLOORS.get(old[i].kind, 0.0):
            scored.append((i, j, weight))
        if score >= ALONE and old[i].kind == "p" and old[i].fingerprint:
            weaker[i].append((j, score, weight))
    pairs = _anchored(chain(scored), old, new, left, right)
    out: list[Pair] = []
    for (i0, j0), (i1, j1) in _gaps(pairs, left[-1] + 1 if left else 0, right[-1] + 1 if right else 0):
        here, there = [i for i in left if i0 <= i < i1], [j for j in right if j0 <= j < j1]
        floor = _floor(old, new, here, there)
        more = chain((i, j, weight) for i in here for j, score, weight in weaker.get(i, ()) if score >= floor and j0 <= j < j1)
        if not more and len(here) == len(there) == 1 and _stands_for(old[here[0]], new[there[0]]):
            more = [(here[0], there[0])]
        out.extend(more)
        if (i1, j1) in pairs:
            out.append((i1, j1))
    return out


def _floor(old: Sequence[Unit], new: Sequence[Unit], left: list[int], right: list[int]) -> float:
    """Likeness from which paragraphs are one: the fewer there are between the same neighbours, the less must speak for them."""
    here, there = sum(bool(old[i].fingerprint) for i in left), sum(bool(new[j].fingerprint) for j in right)
    return ALONE if here == there == 1 else FEW if here * there <= _FEW_PAIRS else FLOOR


def _anchored(pairs: list[Pair], old: Sequence[Unit], new: Sequence[Unit], left: list[int], right: list[int]) -> list[Pair]:
    """Without empty paragraphs that were paired though nothing beside them was: they say nothing about the place."""
    kept = {(i, j) for i, j in pairs if old[i].fingerprint or old[i].depth}
    if left and right:
        kept |= {(left[0] - 1, right[0] - 1), (left[-1] + 1, right[-1] + 1)}
    for row, step in ((pairs, -1), (pairs[::-1], 1)):
        for i, j in row:
            if (i + step, j + step) in kept:
                kept.add((i, j))
    return [pair for pair in pairs if pair in kept]


def _score(old: Unit, new: Unit) -> float:
    """Likeness; or more, where a row keeps what it is about, a definition its term, or one paragraph most of the other."""
    score = likeness(old, new)
    if old.kind == "r" and len(old.parts) == len(new.parts) > 1 and any(char.isalpha() for char in old.parts[0].fingerprint):
        pairs = zip(old.parts, new.parts, strict=True)
        return max(score, sum(likeness(one, other) for one, other in pairs) / len(old.parts))
    if old.kind == "p" and score < FLOOR:
        if old.term and old.term == new.term:
            return FLOOR
        return max(score, FLOOR * _held(old.words, new.words) / _HELD)
    return score


def _held(old: Sequence[str], new: Sequence[str]) -> float:
    """Share of the shorter text that the longer one holds in runs of words (an abridged clause, a part of a split one)."""
    shorter, longer = sorted((len(old), len(new)))
    if shorter < _SHORT or shorter * 8 < longer:
        return 0.0
    blocks = LCSseq.opcodes(old, new) if LCSseq.similarity(old, new) >= _HELD * shorter else ()
    return sum(block.src_end - block.src_start for block in blocks
               if block.tag == "equal" and block.src_end - block.src_start >= _RUN) / shorter


def _stands_for(one: Unit, other: Unit) -> bool:
    """Whether a unit that alone stands between the same neighbours as another is that one, replaced: a heading, a cell.
    Longer texts that share nothing are not.
    """
    if one.kind != other.kind:
        return False
    if one.kind != "p":
        return one.kind in ("c", "t") or one.kind.startswith("s:")
    here, there = one.source[one.first].props, other.source[other.first].props
    if not (one.fingerprint and other.fingerprint):
        return here.cell is not None and not (one.words and other.words)
    alike = (here.style, here.level, here.heading) == (there.style, there.level, there.heading)
    return alike and max(len(one.words), len(other.words)) <= _SHORT


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
