"""Whether a wording was called fine: it, or a near-copy of it, stands among a killer's dismissals.

A near-copy says all that the other says and nothing beside, in the same sense and with the same figures. A near-copy of the
killer's own words is never silenced, whatever was dismissed.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from redline.killers.explain import COPY
from redline.killers.library import Dismissal, Killer, new_killer
from redline.killers.match import Matcher
from redline.killers.numbers import figures
from redline.text import fold

_NOTHING_BESIDE = 0.95
"""Share of a text's weight that must stand in what was dismissed: a short rider is enough to make a wording a new one."""


def silenced(killer: Killer, text: str) -> Dismissal | None:
    """The dismissal that silences `killer` on `text`, None where it is to be told."""
    if not killer.dismissed or own_words(killer, text):
        return None
    same = fold(text)
    exact = next((one for one in killer.dismissed if fold(one.text) == same), None)
    return exact or next((one for one in killer.dismissed if _copies(one.text, text)), None)


def own_words(killer: Killer, text: str) -> bool:
    """Whether a text is a near-copy of what cost a deal: no dismissal silences that."""
    same = fold(text)
    return any(fold(one.text) == same or _copies(one.text, text) for one in killer.instances)


def _copies(known: str, text: str) -> bool:
    return _amounts(known) == _amounts(text) and _covers(known, text, COPY) and _covers(text, known, _NOTHING_BESIDE)


def _covers(known: str, text: str, least: float) -> bool:
    return any(match.score >= least and match.verdict == "same" for match in _matcher(known).near(text))


@lru_cache(maxsize=512)
def _amounts(text: str) -> frozenset[tuple[str, Decimal]]:
    return frozenset((figure.kind, figure.size) for figure in figures(text) if figure.unit)


@lru_cache(maxsize=512)
def _matcher(text: str) -> Matcher:
    return Matcher([new_killer(text)])
