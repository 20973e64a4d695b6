"""What two rows of tokens share, by weight: of all the ways to keep words in order, the one that keeps most of what says something.

The shortest edit counts a space and an "and" like any word, so in a sentence that was rewritten it may keep three of those and
strike "trade secrets" only to put it in again. Here words weigh what they are long, weak ones half, and a word whose neighbour
stays too a little more. Used for stretches in which a text was rewritten only; time grows with the pairs of equal words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from .align import Pair, chain

_MOST = 6000
"""Pairs of equal words above which nothing is weighed: such a stretch is no sentence."""


def weightiest(old: Sequence[tuple[str, float]], new: Sequence[tuple[str, float]]) -> list[Pair] | None:
    """The pairs of indices that stay, of two rows of (word, weight); what weighs nothing is left out. None where the rows are too
    long for it.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for j, (key, weight) in enumerate(new):
        if weight:
            places[key].append(j)
    pairs = [(i, j) for i, (key, weight) in enumerate(old) if weight for j in places.get(key, ())]
    if len(pairs) > _MOST:
        return None
    equal = set(pairs)
    return chain((i, j, old[i][1] * (1.1 if _beside(equal, i, j) else 1.0)) for i, j in pairs)


def _beside(equal: set[Pair], i: int, j: int) -> bool:
    """Whether the next word on either hand is equal as well (words stand a space apart)."""
    return (i - 2, j - 2) in equal or (i + 2, j + 2) in equal
