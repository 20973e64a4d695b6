"""How a version is spoken of. Apart from the other views, for whoever reads or writes a document needs this one alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class VersionInfo:
    """One version as people speak of it: `acme@2`, "Acme, turn 2, received". `path` only for a file outside the vault."""

    address: str
    title: str
    deal: str = ""
    turn: int = 0
    direction: str = ""
    date: datetime | None = None
    party: str = ""
    path: str = ""
