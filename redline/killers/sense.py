"""Whether two texts about the same thing say it in the same sense: denied or affirmed, borne by whom, how hard, with
which figures.

The rules are those of grammar and of contract law, not of samples: a predicate affirmed here and denied there is the
reverse; the same duty on the other side is another party's; an absolute word lost and a qualification gained is a
softening; a longer payment term or a higher penalty is worse for who provides. A verdict never says that a text is
harmless, only what differs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from redline.killers.concepts import Segment
from redline.killers.grammar import Feature
from redline.killers.numbers import Figure
from redline.killers.weights import weight

Verdict = Literal["same", "worse figures", "milder figures", "reversed", "other party", "softened"]
Favour = Literal["ours", "theirs", ""]
FigurePair = tuple[Figure, Figure, Favour]
"""(theirs, the killer's, in whose favour theirs moved)."""

_CONFLICT = 0.1
"""Share of the common weight that must stand denied on one side only, before the whole counts as reversed."""
_HEAD = 0.7
"""What the word that a denial stands on weighs at least: a predicate turned round turns the clause round, however
common the verb.
"""
_MATERIAL = 0.6
"""A figure at most this part of the killer's (on the good side) changes what the clause costs."""
_OPPOSITE = {"client": "provider", "provider": "client"}


@dataclass(frozen=True, slots=True)
class Sense:
    """The verdict, how the figures pair up, and what a person may read about it."""

    verdict: Verdict
    figures: tuple[FigurePair, ...]
    softer: int
    material: bool
    detail: str


def judge(killer: Sequence[Segment], theirs: Sequence[Segment], provider: bool = True) -> Sense:
    """The sense of `theirs` beside the killer's. `provider` says that the user is the one who provides."""
    mine, other = _signs(killer), _signs(theirs)
    kinds = {feature.key: feature.kind for segment in (*killer, *theirs) for feature in segment.features}
    pairs = tuple(_pairs(killer, theirs, provider))
    gained, lost = _softer(mine, other, kinds, killer, theirs)
    worse = any(favour == "theirs" for _, _, favour in pairs)
    milder = [pair for pair in pairs if pair[2] == "ours"]
    material = bool(milder) and not worse and any(_materially(pair) for pair in milder)
    denied = _denied(mine, other, kinds, killer, theirs)
    if denied:
        return Sense("reversed", pairs, gained, material, denied)
    if _other_party(killer, theirs):
        return Sense("other party", pairs, gained, material, "the other side bears it here")
    if gained and lost and gained + lost >= 3:
        return Sense("softened", pairs, gained, material, "absolute words are gone and qualifications were added")
    if material or (milder and not worse):
        return Sense("milder figures", pairs, gained, material, "")
    return Sense("worse figures" if worse else "same", pairs, gained, material, "")


def _signs(segments: Sequence[Segment]) -> dict[str, int]:
    out: dict[str, int] = {}
    for segment in segments:
        for key, bits in segment.signs.items():
            out[key] = out.get(key, 0) | bits
    return out


def _denied(
    mine: Mapping[str, int], other: Mapping[str, int], kinds: Mapping[str, str], killer: Sequence[Segment], theirs: Sequence[Segment]
) -> str:
    """What is denied on one side and affirmed on the other, in words; "" where that is not the gist."""
    heads = {feature.key for segment in (*killer, *theirs) for feature in segment.features if feature.head}
    shared = {
        key: max(weight(key, kinds[key]), _HEAD if key in heads else 0.0)
        for key in sorted(mine.keys() & other.keys())
        if kinds.get(key) in ("verb", "thing", "hard", "")
    }
    clash = sorted((key for key in shared if not mine[key] & other[key]), key=lambda key: (-shared[key], key))
    conflict = sum(shared[key] for key in clash)
    agreed = sum(value for key, value in shared.items() if mine[key] == other[key] == 2)
    if any(segment.excepted for segment in killer) != any(segment.excepted for segment in theirs) and "#only" in mine.keys() ^ other.keys():
        return ""
    if clash and conflict > agreed and conflict >= _CONFLICT * sum(shared.values()):
        return f"“{clash[0].lstrip('#')}” is {'denied' if other[clash[0]] == 2 else 'affirmed'} here"
    return ""


def _overlap(first: Segment, second: Segment) -> float:
    kinds = {feature.key: feature.kind for feature in first.features}
    return sum(weight(key, kinds.get(key, "")) for key in first.signs.keys() & second.signs.keys())


def _other_party(killer: Sequence[Segment], theirs: Sequence[Segment]) -> bool:
    """Whether the same predicate has the opposite side for its subject, in the pair of segments that have most in common."""
    if not killer or not theirs:
        return False
    _, first, second = max(((_overlap(a, b), i, j) for i, a in enumerate(killer) for j, b in enumerate(theirs)), key=lambda row: row[0])
    mine, other = killer[first], theirs[second]
    if not mine.bearers or not other.bearers or _OPPOSITE.get(mine.bearers[0]) != other.bearers[0]:
        return False
    if mine.bearers[0] in other.bearers or other.bearers[0] in mine.bearers:
        return False
    predicates = {feature.key for feature in mine.features if feature.kind == "verb"} & {
        feature.key for feature in other.features if feature.kind == "verb"
    }
    modals = {(feature.key, feature.sign) for feature in mine.features if feature.kind == "modal"} & {
        (feature.key, feature.sign) for feature in other.features if feature.kind == "modal"
    }
    return bool(modals) or bool(predicates)


def _softer(
    mine: Mapping[str, int], other: Mapping[str, int], kinds: Mapping[str, str], killer: Sequence[Segment], theirs: Sequence[Segment]
) -> tuple[int, int]:
    """(qualifications gained, absolutes lost)."""
    gained = sum(kind == "soft" and key in other and key not in mine for key, kind in kinds.items())
    lost = sum(kind == "hard" and key in mine and key not in other for key, kind in kinds.items())
    if other.get("#limit", 0) & 1 and not mine.get("#limit", 0) & 1:
        gained += 1
        lost += bool(mine.get("#limit", 0) & 2)
    gained += any("both" in segment.bearers for segment in theirs) and not any("both" in segment.bearers for segment in killer)
    lost += any(
        mine[key] == 2 and key not in other for key in ("#reimburse", "#pay", "#expense", "#consent", "#notify", "#limit") if key in mine
    )
    cost = {_payer(segment) for segment in killer} - {""}, {_payer(segment) for segment in theirs} - {""}
    gained += bool(cost[0] and cost[1] and not cost[0] & cost[1])
    return gained, lost


def _payer(segment: Segment) -> str:
    """At whose expense, where a segment says so."""
    for index, feature in enumerate(segment.features):
        if feature.key == "#expense":
            near = segment.features[max(0, index - 1) : index] + segment.features[index + 1 : index + 2]
            for other in near:
                if other.kind in _OPPOSITE:
                    return other.kind
    return ""


def _materially(pair: FigurePair) -> bool:
    theirs, mine = _sizes(pair[0], pair[1])
    low, high = sorted((float(theirs), float(mine)))
    return high > 0 and low / high <= _MATERIAL


def _sizes(first: Figure, second: Figure) -> tuple[float, float]:
    if bool(first.per) == bool(second.per):
        return float(first.size), float(second.size)
    return float(first.value), float(second.value)


def _pairs(killer: Sequence[Segment], theirs: Sequence[Segment], provider: bool) -> list[FigurePair]:
    """Each figure of the killer with the figure of the same kind that is most like it; every one of theirs is used once."""
    free = [figure for segment in theirs for figure in segment.figures if figure.unit]
    out: list[FigurePair] = []
    for segment in killer:
        for mine in segment.figures:
            same = [figure for figure in free if figure.kind == mine.kind]
            if not mine.unit or not same:
                continue
            found = min(same, key=lambda figure: (_distance(figure, mine), figure.start))
            free.remove(found)
            out.append((found, mine, _favour(found, mine, segment.features, provider)))
    return out


def _distance(first: Figure, second: Figure) -> float:
    one, two = _sizes(first, second)
    return abs(one - two) / max(one, two, 1e-9) + (0.5 if first.per != second.per else 0.0)


def _favour(theirs: Figure, mine: Figure, features: Sequence[Feature], provider: bool) -> Favour:
    new, old = _sizes(theirs, mine)
    rising = _rising(mine, {feature.key for feature in features})
    if rising is None or abs(new - old) <= 0.02 * max(abs(new), abs(old)):
        return ""
    worse = (new > old) == rising
    return "theirs" if worse == provider else "ours"


_LONGER_IS_WORSE = frozenset(
    [
        "#compete",
        "#exclusive",
        "#warrant",
        "#warranty period",
        "#guarantee",
        "#survive",
        "#confidential",
        "#renew",
        "#employ",
        "#escrow",
        "#store",
        "#delay",
        "#withhold",
        "#term",
        "#end",
    ]
)
_SHORTER_IS_WORSE = frozenset(
    ["#repair", "#respond", "#provide", "#replace", "#report", "#refund", "#perform", "#notify", "#terminate", "#audit", "#ahead"]
)


def _rising(figure: Figure, about: set[str]) -> bool | None:
    """Whether more is worse for who provides: longer to be paid, bound or warranted; shorter to repair, answer or be
    told; more penalty, discount or cap; less advance or price increase. None where the words do not say.
    """
    if figure.kind != "time":
        return None if not figure.kind else not about & {"#increase", "#advance", "#index"}
    if "#penalty" in about and "#pay" in about:
        return False
    if about & {"#pay", "#invoice"} and not about & {"#refund"}:
        return True
    if "#renew" in about:
        return True
    if about & {"#notify", "#ahead"} and about & {"#terminate", "#audit", "#change", "#increase"}:
        return False
    if about & {"#repair", "#respond", "#replace", "#provide", "#report"} and figure.direction == "at most":
        return False
    if about & _LONGER_IS_WORSE:
        return True
    return False if about & _SHORTER_IS_WORSE else None
