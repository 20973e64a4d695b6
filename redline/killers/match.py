"""Find the killers of a library in a text: the same clause in other words, in the other language, buried, split, or
disguised.

Windows of one to three segments (as many as the killer has, if that is more) are compared with each instance by how
much of its weight they cover; rare words and contract concepts weigh most. So burying and splitting do not dilute. Two
routes have thresholds of their own, the same *text* and the same *kind* of clause. Matching is deterministic, local,
and linear in the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from redline.killers.concepts import Segment, segments
from redline.killers.explain import TEXT_FLAG, Found, Match, explained
from redline.killers.library import Killer
from redline.killers.prepared import Prepared, language, prepare
from redline.killers.slips import Slips
from redline.killers.weights import weight

KIND_FLAG = 0.68
"""The same for its concepts alone, where the words differ."""
OTHER_FLAG = 0.5
"""The same where the text is in the other language, so that its words could not come back."""
NEAR = 0.3
"""Below this score nothing is told, not even as a near miss."""
_OTHER_LANGUAGE = 0.3
"""What a word outside the lexicon weighs on the kind route, beside one inside."""
_DENSE = 0.45
"""Share of the window that must be the killer's, or of the killer's neighbouring pairs that must be kept, for the full score."""
_BLOCK = 12
_MOST = 40


class Matcher:
    """The killers made ready to be looked for. Building costs about a millisecond a killer."""

    def __init__(self, killers: Sequence[Killer]) -> None:
        self._known = tuple(prepare(killer, instance) for killer in killers for instance in killer.instances)
        self._slips = Slips(one.instance.text for one in self._known)
        self._reach = max((_longest(one) for one in self._known), default=0)
        self._postings: dict[str, list[tuple[int, float]]] = {}
        for index, one in enumerate(self._known):
            for key, value in one.weights.items():
                self._postings.setdefault(key, []).append((index, value))

    def match(self, text: str) -> tuple[Match, ...]:
        """The killers that came back in a text, best first: what a user is warned of."""
        return tuple(match for match in self.near(text, TEXT_FLAG) if match.flagged)

    def near(self, text: str, floor: float = NEAR) -> tuple[Match, ...]:
        """The same with near misses down to `floor`. One match a killer: its best instance."""
        parts = segments(text, self._slips.repair)
        best: dict[str, Match] = {}
        for found in self._found(parts, floor):
            if found.score < floor:
                continue
            match = explained(text, parts, found)
            held = best.get(match.killer.id)
            if match.score >= floor and (held is None or (match.flagged, match.score) > (held.flagged, held.score)):
                best[match.killer.id] = match
        return tuple(sorted(best.values(), key=lambda match: (not match.flagged, -match.score, match.killer.id)))

    def _found(self, parts: Sequence[Segment], floor: float) -> Iterator[Found]:
        """The best window of every instance that shares enough with some stretch of the text."""
        best: dict[int, Found] = {}
        for start in range(0, max(1, len(parts)), _BLOCK):
            block = parts[start : start + _BLOCK + self._reach]
            for index in self._candidates(block, min(0.3, floor)):
                found = _best_window(self._known[index], block, start)
                if found and (index not in best or found.score > best[index].score):
                    best[index] = found
        yield from (best[index] for index in sorted(best))

    def _candidates(self, block: Sequence[Segment], least: float) -> list[int]:
        """Instances of whose weight the block holds enough to matter."""
        sums: dict[int, float] = {}
        for key in dict.fromkeys(key for part in block for key in part.signs):
            for index, value in self._postings.get(key, ()):
                sums[index] = sums.get(index, 0.0) + value
        return sorted(index for index, value in sums.items() if value >= least * self._known[index].total or value >= 2.5)


def _longest(one: Prepared) -> int:
    """The most segments that a window for this instance may have."""
    return max(3, min(_MOST, len(one.segments) + 1))


def _best_window(one: Prepared, block: Sequence[Segment], start: int) -> Found | None:
    best: Found | None = None
    hits = [part.signs.keys() & one.weights.keys() for part in block]
    for first in range(len(block)):
        if not hits[first]:
            continue
        shared: set[str] = set()
        for last in range(first + 1, min(len(block), first + _longest(one)) + 1):
            if last - 1 > first and not hits[last - 1] - shared:
                continue
            shared |= hits[last - 1]
            found = _scored(one, block[first:last], shared, start + first, start + last)
            if best is None or found.score > best.score + 1e-9:
                best = found
    return best


def _scored(one: Prepared, window: Sequence[Segment], shared: set[str], first: int, last: int) -> Found:
    """How much of the instance the window covers, on whichever route is stronger."""
    weights = one.weights
    common_weight = sum(weights[key] for key in shared)
    concept_weight = sum(weights[key] for key in shared if key.startswith(("#", "=")))
    cover = common_weight / one.total
    features = [feature for part in window for feature in part.features]
    text = kind = 0.7 * cover
    if cover >= 0.25:
        row = [feature.key for feature in features]
        order = len({pair for pair in pairwise(row) if pair in one.pairs})
        own = {feature.key: weight(feature.key, feature.kind) for feature in features}
        inside = common_weight / (sum(own.values()) or 1.0)
        dense = 0.7 + 0.3 * min(1.0, max(inside, order / max(1, len(one.pairs))) / _DENSE)
        text = cover * dense
        kind = _kind(one, shared, concept_weight, window) * dense
        if inside > 0.8 and common_weight > 1.5 and 2 * order >= len(row) - 1:
            text = max(text, min(1.0, 0.35 + cover))
    return Found(one, first, last, max(text, kind), cover, "text" if text >= kind else "kind")


def _kind(one: Prepared, shared: set[str], common_weight: float, window: Sequence[Segment]) -> float:
    """How much of the instance's concepts alone the window covers, on the scale of the text route; 0 where too few say
    anything.
    """
    telling = sum(key.startswith("#") and one.weights[key] >= 0.35 and one.kinds[key] in ("verb", "thing", "hard") for key in shared)
    if telling < 3:
        return 0.0
    flag = KIND_FLAG if one.language == language(window) else OTHER_FLAG
    return common_weight / (one.concepts + _OTHER_LANGUAGE * (one.total - one.concepts)) * TEXT_FLAG / flag
