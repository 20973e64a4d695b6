"""How much a shared concept or stem says: rare ones much, those of every clause little.

The shares come from counting public contracts (see the head of rarity.txt); what was not seen there is as rare as can
be. Grammar outweighs counting: who and may or must stand in every clause whatever they are called, so they say little
about its matter.
"""

from __future__ import annotations

import math
from functools import cache, lru_cache
from importlib.resources import files

from redline.killers.words import commonplace

_FIXED = {"client": 0.15, "provider": 0.15, "both": 0.15, "modal": 0.1, "soft": 0.35, "figure": 0.3, "value": 0.8}


@cache
def _shares() -> dict[str, float]:
    rows = files("redline.killers").joinpath("rarity.txt").read_text(encoding="utf-8").splitlines()
    return {key: float(share) / 1000 for share, key in (row.split("\t") for row in rows if row and not row.startswith("#"))}


def common(stem: str) -> bool:
    """Whether contracts use this stem or concept all the time."""
    return stem in _shares()


@lru_cache(maxsize=1 << 16)
def weight(key: str, kind: str) -> float:
    """Between 0.1 (in every clause) and 1 (in one of four hundred or fewer)."""
    if kind in _FIXED:
        return _FIXED[kind]
    if commonplace(key):
        return 0.3
    share = _shares().get(key, 0.0)
    return max(0.1, min(1.0, math.log(share) / math.log(0.0025))) if share else 1.0
