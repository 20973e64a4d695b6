"""Find the killers of a library in a text: the same clause in other words, in the other language, buried, split, or
disguised.

Windows of one to three segments (as many as the killer has, if that is more) are compared with each instance by how
much of its weight they cover; rare words and contract concepts weigh most. So burying and splitting do not dilute. Two
routes have thresholds of their own, the same *text* and the same *kind* of clause. Matching is deterministic, local,
and linear in the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from redline.killers.concepts import Segment, segments
from redline.killers.explain import TEXT_FLAG, Found, Match, explained
from redline.killers.kinds import Evidence, kinds, usual
from redline.killers.library import Killer
from redline.killers.prepared import Prepared, language, prepare
from redline.killers.sensitivity import LEVELS, Sensitivity
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
_PLAIN = 1.5
"""From this strength on a clause is plainly of a kind."""
_OTHER_KIND = 0.75
"""What likeness of words counts where the clause is plainly of another kind."""
_ANY_KIND = 0.7
"""From this likeness on the kind of clause is not asked for."""
_WORDS = 0.4
"""What the killer's own words count beside the kind of clause."""
_USUAL = 0.6
"""What a kind counts that most contracts hold."""
_QUIETER = 0.75
"""The most that the same kind of clause scores: less than a near-copy."""
_BLOCK = 12
_MOST = 40


class Matcher:
    """The killers made ready to be looked for. Building costs about a millisecond a killer."""

    def __init__(self, killers: Sequence[Killer], sensitivity: Sensitivity = "normal") -> None:
        from redline.killers.postings import Postings

        self._level = LEVELS[sensitivity]
        self._known = _pooled([prepare(killer, instance) for killer in killers for instance in killer.instances])
        self._index = {id(one): index for index, one in enumerate(self._known)}
        self._slips = Slips(one.instance.text for one in self._known)
        self._reach = max((_longest(one) for one in self._known), default=0)
        self._kinds: dict[str, list[tuple[int, float]]] = {}
        for index, one in enumerate(self._known):
            for kind, value in one.kinds.items():
                self._kinds.setdefault(kind, []).append((index, value))
        concepts = [(one.concepts + _OTHER_LANGUAGE * (one.total - one.concepts)) * OTHER_FLAG / TEXT_FLAG for one in self._known]
        self._postings = Postings([one.weights for one in self._known], [one.total for one in self._known], concepts)

    @property
    def expected(self) -> float:
        """False flags to expect in a contract of about a hundred clauses."""
        return self._level.expected

    def match(self, text: str) -> tuple[Match, ...]:
        """The killers that came back in a text, best first: what a user is warned of."""
        return tuple(match for match in self.near(text, min(self._level.text, self._level.kind)) if match.flagged)

    def near(self, text: str, floor: float = NEAR) -> tuple[Match, ...]:
        """The same with near misses down to `floor`. One match a killer: its best instance."""
        parts = segments(text, self._slips.repair)
        best: dict[str, Match] = {}
        for found in self._both(text, parts, floor):
            if found.score < floor:
                continue
            match = explained(text, parts, found, self._level)
            held = best.get(match.killer.id)
            if match.score >= floor:
                best[match.killer.id] = match if held is None else _better(held, match)
        return tuple(sorted(best.values(), key=lambda match: (not match.flagged, -match.score, match.killer.id)))

    def across(self, texts: Sequence[str], floor: float = NEAR) -> tuple[tuple[Match, ...], ...]:
        """`near` for the clauses of one document, in their order. What is only of a killer's kind is flagged where it is
        so most plainly: the document has many clauses, and one is enough to warn.
        """
        found = [self.near(text, floor) for text in texts]
        most: dict[str, float] = {}
        for match in (match for matches in found for match in matches if match.flagged and match.route == "kind"):
            most[_cause(match.killer)] = max(most.get(_cause(match.killer), 0.0), match.score)
        return tuple(tuple(_settled(match, most) for match in matches) for matches in found) if self._level.plainest else tuple(found)

    def _both(self, text: str, parts: Sequence[Segment], floor: float) -> Iterator[Found]:
        """What each instance finds, by its text and by its kind."""
        here = kinds(text, parts)
        plain = any(evidence.strength >= 1 for evidence in here.values())
        shares = self._shares(here)
        for found in self._found(parts, floor):
            if (
                (plain or found.known.plain)
                and found.known.kinds
                and self._index[id(found.known)] not in shares
                and found.score < _ANY_KIND
            ):
                found = replace(found, score=found.score * _OTHER_KIND)
            yield found
        if not shares:
            return
        cover = self._postings.cover(dict.fromkeys(key for part in parts for key in part.signs))
        for index, (share, kind) in shares.items():
            one = self._known[index]
            score = _QUIETER * (share + _WORDS * float(cover[index])) / (1 + _WORDS)
            if score >= floor:
                yield Found(one, here[kind].first, here[kind].last, score, float(cover[index]), "kind", kind)

    def _shares(self, here: Mapping[str, Evidence]) -> dict[int, tuple[float, str]]:
        """How plainly a text of these kinds is of an instance's kind, and of which."""
        rows: dict[int, list[tuple[float, str]]] = {}
        for kind, evidence in here.items():
            strength = min(1.0, evidence.strength / _PLAIN) * (_USUAL if usual(kind) else 1.0)
            for index, value in self._kinds.get(kind, ()):
                rows.setdefault(index, []).append((strength * value, kind))
        out: dict[int, tuple[float, str]] = {}
        for index, row in rows.items():
            one = self._known[index]
            share, kind = max(row)
            out[index] = (sum(value for value, _ in row) / sum(one.kinds.values()) if one.note else share), kind
        return out

    def _found(self, parts: Sequence[Segment], floor: float) -> Iterator[Found]:
        """The best window of every instance that shares enough with some stretch of the text."""
        best: dict[int, Found] = {}
        for start in range(0, max(1, len(parts)), _BLOCK):
            block = parts[start : start + _BLOCK + self._reach]
            for index in self._postings.candidates([_weights(part) for part in block], floor):
                found = _best_window(self._known[index], block, start)
                if found and (index not in best or found.score > best[index].score):
                    best[index] = found
        yield from (best[index] for index in sorted(best))


def _cause(killer: Killer) -> str:
    return killer.cause or killer.id


def _pooled(known: Sequence[Prepared]) -> tuple[Prepared, ...]:
    """What several clauses of one cause have in common is what hurt: a kind counts as the share of them that shows it."""
    causes: dict[str, list[Prepared]] = {}
    for one in known:
        causes.setdefault(_cause(one.killer), []).append(one)
    shared = {}
    for cause, row in causes.items():
        sums: dict[str, float] = {}
        for kind, value in ((kind, value) for one in row for kind, value in one.kinds.items()):
            sums[kind] = sums.get(kind, 0.0) + value
        most = max(sums.values(), default=1.0)
        shared[cause] = {kind: value / most for kind, value in sums.items()}
    return tuple(replace(one, kinds=shared[_cause(one.killer)]) if len(causes[_cause(one.killer)]) > 1 else one for one in known)


def _better(first: Match, second: Match) -> Match:
    """The one to tell: a flag before none, the same text before the same kind. It scores as the stronger of both."""
    best = max(first, second, key=lambda match: (match.flagged, match.route == "text" and match.flagged, match.score))
    return best if best.score >= max(first.score, second.score) else replace(best, score=max(first.score, second.score))


def _settled(match: Match, most: dict[str, float]) -> Match:
    if not match.flagged or match.route != "kind" or match.score >= most[_cause(match.killer)]:
        return match
    return replace(match, flagged=False)


def _weights(part: Segment) -> dict[str, float]:
    return {feature.key: weight(feature.key, feature.kind) for feature in part.features}


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
    return Found(one, first, last, max(text, kind), cover, "text")


def _kind(one: Prepared, shared: set[str], common_weight: float, window: Sequence[Segment]) -> float:
    """How much of the instance's concepts alone the window covers, on the scale of the text route; 0 where too few say
    anything.
    """
    telling = sum(key.startswith("#") and one.weights[key] >= 0.35 and one.classes[key] in ("verb", "thing", "hard") for key in shared)
    if telling < 3:
        return 0.0
    flag = KIND_FLAG if one.language == language(window) else OTHER_FLAG
    return common_weight / (one.concepts + _OTHER_LANGUAGE * (one.total - one.concepts)) * TEXT_FLAG / flag
