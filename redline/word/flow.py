"""Where a walk through a document stands: the story, the table, the field that are open at the point reached."""

from __future__ import annotations

from dataclasses import dataclass, field

from redline.model import PLAIN, Cell, Look
from redline.word.drafts import Anchor, Draft
from redline.word.xml import Element


@dataclass(slots=True)
class OpenTable:
    """The table being walked through: its number, the place reached, and where it stands."""

    index: int
    parent: Cell | None
    background: str
    row: int = -1
    column: int = 0


@dataclass(slots=True)
class OpenField:
    """An open complex field (§17.16.18): its instruction so far, whether its result has begun, and where that leads.

    `listing` says that the result lists parts of the document, such as a table of contents.
    """

    begin: Element
    instruction: list[str] = field(default_factory=list)
    result: bool = False
    leads: Look = PLAIN
    listing: bool = False


@dataclass(slots=True)
class Flow:
    """One story while it is walked: text boxes open a new one in the middle of another."""

    story: str
    drafts: list[Draft]
    cell: Cell | None = None
    background: str = "FFFFFF"
    counters: list[int] = field(default_factory=lambda: [0])
    tables: list[OpenTable] = field(default_factory=list)
    fields: list[OpenField] = field(default_factory=list)
    draft: Draft | None = None
    waiting: list[Anchor] = field(default_factory=list)
