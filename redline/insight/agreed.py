"""What others agreed to where a killer came back: their words, those that several of them signed first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from redline.text import fold
from redline.views import Agreed, VersionInfo


@dataclass(frozen=True, slots=True)
class Settled:
    """A clause as it stands in what was agreed with somebody."""

    deal: str
    version: VersionInfo
    label: str
    text: str


def agreed(clauses: Sequence[Settled], own: Collection[str]) -> tuple[Agreed, ...]:
    """The wordings, most deals first, then the newest. `own` are the folded clauses of our base."""
    groups: dict[str, list[Settled]] = {}
    for one in sorted(clauses, key=_when, reverse=True):
        groups.setdefault(fold(one.text), []).append(one)
    found = [
        Agreed(tuple(dict.fromkeys(one.deal for one in group)), group[0].version.address, group[0].version.date, group[0].label,
               group[0].text, key in own)
        for key, group in groups.items()
    ]
    return tuple(sorted(found, key=lambda one: -len(one.deals)))


def _when(one: Settled) -> tuple[float, str]:
    return one.version.date.timestamp() if one.version.date else 0.0, one.version.address
