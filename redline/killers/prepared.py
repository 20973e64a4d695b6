"""An instance of a killer made ready to be compared: its segments, what each of its features weighs, what stands beside what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from redline.killers.concepts import Segment, segments
from redline.killers.library import Instance, Killer
from redline.killers.weights import weight


@dataclass(frozen=True, slots=True)
class Prepared:
    """`weights` and `kinds` by feature key; `total` weighs all of them, `concepts` those that any language shares;
    `pairs` are neighbours.
    """

    killer: Killer
    instance: Instance
    segments: tuple[Segment, ...]
    weights: Mapping[str, float]
    kinds: Mapping[str, str]
    total: float
    concepts: float
    pairs: frozenset[tuple[str, str]]
    language: str


def prepare(killer: Killer, instance: Instance) -> Prepared:
    """Read an instance once, so that it can be compared with every text."""
    parts = segments(instance.text)
    kinds = {feature.key: feature.kind for part in parts for feature in part.features}
    weights = {key: weight(key, kind) for key, kind in kinds.items()}
    concepts = sum(value for key, value in weights.items() if key.startswith(("#", "=")))
    row = [feature.key for part in parts for feature in part.features]
    return Prepared(
        killer, instance, parts, weights, kinds, sum(weights.values()) or 1.0, concepts or 1.0, frozenset(pairwise(row)), language(parts)
    )


def language(parts: Sequence[Segment]) -> str:
    """`ru` where most words outside the lexicon are Cyrillic, else `en`."""
    stems = [feature.key for part in parts for feature in part.features if not feature.key.startswith(("#", "="))]
    return "ru" if sum(key[0] >= "\u0400" for key in stems) * 2 > len(stems) else "en"
