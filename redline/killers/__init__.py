"""Clauses that cost deals, and whether one of them has come back in a text.

`Killer` and its TOML form, figures by value and unit, and the `Matcher`. Pure: no files but the matcher's own tables,
no network, no models.
"""

from redline.killers.explain import Match
from redline.killers.library import Burdens, Dismissal, Instance, Killer, KillerId, Severity, from_toml, language_of, new_killer, to_toml
from redline.killers.match import Matcher
from redline.killers.numbers import Figure, figures
from redline.killers.sense import Favour, Verdict
from redline.killers.sensitivity import LEVELS, Sensitivity

__all__ = [
    "LEVELS",
    "Burdens",
    "Dismissal",
    "Favour",
    "Figure",
    "Instance",
    "Killer",
    "KillerId",
    "Match",
    "Matcher",
    "Sensitivity",
    "Severity",
    "Verdict",
    "figures",
    "from_toml",
    "language_of",
    "new_killer",
    "to_toml",
]
