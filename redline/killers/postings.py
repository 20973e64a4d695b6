"""How much of each instance some features weigh, for all instances at once.

Apart from the matcher so that numpy is loaded only where there are killers to look for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
_PIECE = 0.7
"""From this share on a segment may be part of a window that is nearly all the instance's."""


class _Row(NamedTuple):
    """The instances that hold a feature, what it weighs in each, and whether it is a concept."""

    indexes: npt.NDArray[np.int64]
    weights: Array
    concept: bool


class Postings:
    """Instances by the features they hold. `totals` is what each weighs, `concepts` the concepts' part on the scale of
    the whole.
    """

    def __init__(self, weights: Sequence[Mapping[str, float]], totals: Sequence[float], concepts: Sequence[float]) -> None:
        self._totals, self._concepts = np.array(totals), np.array(concepts)
        rows: dict[str, tuple[list[int], list[float]]] = {}
        for index, one in enumerate(weights):
            for key, value in one.items():
                indexes, values = rows.setdefault(key, ([], []))
                indexes.append(index)
                values.append(value)
        self._rows = {key: _Row(np.array(row[0]), np.array(row[1]), key[0] in "#=") for key, row in rows.items()}

    def cover(self, keys: Iterable[str]) -> Array:
        """The share of each instance that these features weigh."""
        cover: Array = self._sum(self._held(keys)) / self._totals
        return cover

    def candidates(self, segments: Sequence[Mapping[str, float]], floor: float) -> list[int]:
        """Instances of which some run of these segments (weights of their features) may score `floor`: enough of their weight
        or of their concepts is there, or a segment is hardly more than a piece of theirs.
        """
        held = self._held(dict.fromkeys(key for segment in segments for key in segment))
        shared = self._sum(held)
        cover = shared / self._totals
        enough = (cover >= floor) | (self._sum([row for row in held if row.concept]) >= floor * self._concepts)
        for segment in segments:
            piece = self._sum(self._held(segment))
            enough |= (piece >= _PIECE * sum(segment.values())) & (shared >= 1.5) & (cover >= floor - 0.35)
        return [int(index) for index in np.flatnonzero(enough)]

    def _held(self, keys: Iterable[str]) -> list[_Row]:
        return [self._rows[key] for key in keys if key in self._rows]

    def _sum(self, rows: Sequence[_Row]) -> Array:
        if not rows:
            return np.zeros(len(self._totals))
        indexes = np.concatenate([row.indexes for row in rows])
        return np.bincount(indexes, np.concatenate([row.weights for row in rows]), len(self._totals)).astype(np.float64)
