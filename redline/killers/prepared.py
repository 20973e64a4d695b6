"""An instance of a killer made ready to be compared: its segments, what each of its features weighs, what stands beside what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from redline.killers.concepts import Segment, segments
from redline.killers.kinds import kinds
from redline.killers.library import Instance, Killer
from redline.killers.weights import weight
from redline.killers.words import ROLES

_NOTE = 16
"""A text of more words than this that says anything is a clause, even if nobody shall or may do anything in it."""
_BESIDE = 0.35
"""What a kind counts that the clause shows and the reason does not name."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """`weights` and `classes` (of features) by feature key; `total` weighs all of them, `concepts` those that any language shares;
    `pairs` are neighbours. `kinds` says what the clause hurts by, 1 for the foremost; `note`: it is no clause but names one.
    `plain`: its own words show the foremost kind.
    """

    killer: Killer
    instance: Instance
    segments: tuple[Segment, ...]
    weights: Mapping[str, float]
    classes: Mapping[str, str]
    total: float
    concepts: float
    pairs: frozenset[tuple[str, str]]
    language: str
    kinds: Mapping[str, float]
    note: bool
    plain: bool


def prepare(killer: Killer, instance: Instance) -> Prepared:
    """Read an instance once, so that it can be compared with every text."""
    parts = segments(instance.text)
    classes = {feature.key: feature.kind for part in parts for feature in part.features}
    weights = {key: weight(key, kind) for key, kind in classes.items()}
    concepts = sum(value for key, value in weights.items() if key.startswith(("#", "=")))
    row = [feature.key for part in parts for feature in part.features]
    note = not any(feature.kind in ("modal", *ROLES) for part in parts for feature in part.features) and len(row) <= _NOTE
    hurts = _hurts(instance.text, parts, killer.reason, note)
    return Prepared(
        killer,
        instance,
        parts,
        weights,
        classes,
        sum(weights.values()) or 1.0,
        concepts or 1.0,
        frozenset(pairwise(row)),
        language(parts),
        hurts,
        note,
        any(found.strength >= 1 and hurts.get(kind, 0.0) >= 1 for kind, found in kinds(instance.text, parts, note=note).items()),
    )


def _hurts(text: str, parts: Sequence[Segment], reason: str, note: bool) -> dict[str, float]:
    """What a clause is, by kind. A clause says much; where the reason names what hurt, the rest counts little."""
    said = {kind: min(1.0, found.strength) for kind, found in kinds(reason, segments(reason), note=True).items()} if reason else {}
    found = {kind: min(1.0, evidence.strength) for kind, evidence in kinds(text, parts, note=note).items()}
    if said:
        found = {kind: _BESIDE * value for kind, value in found.items()} | said
    most = max(found.values(), default=1.0)
    return {kind: value / most for kind, value in found.items()}


def language(parts: Sequence[Segment]) -> str:
    """`ru` where most words outside the lexicon are Cyrillic, else `en`."""
    stems = [feature.key for part in parts for feature in part.features if not feature.key.startswith(("#", "="))]
    return "ru" if sum(key[0] >= "\u0400" for key in stems) * 2 > len(stems) else "en"
