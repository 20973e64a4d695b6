"""Where a walk through a document stands: the story, the table, the field that are open at the point reached."""

from __future__ import annotations

from dataclasses import dataclass, field

from redline.model import PLAIN, Cell, Look
from redline.word.drafts import Anchor, Draft, Record
from redline.word.xml import Element


@dataclass(slots=True)
class OpenTable:
    """The table being walked through: its number, the place reached, where it stands, and its tracked layout.

    `tracked` says that rows or cells were put in or taken out.
    """

    index: int
    parent: Cell | None
    background: str
    row: int = -1
    column: int = 0
    tracked: bool = False
    first: Draft | None = None
    records: list[Record] = field(default_factory=list)


@dataclass(slots=True)
class OpenField:
    """An open complex field (§17.16.18): its instruction so far, whether its result has begun, and where that leads.

    `before` is where the text round the field leads. `listing` says that it is, or stands in, a field that lists parts of
    the document, such as a table of contents. `changes` are the tracked
    changes which the field apart from its result stands in, `shown` says whether any of its result is tracked.
    """

    begin: Element
    instruction: list[str] = field(default_factory=list)
    result: bool = False
    leads: Look = PLAIN
    before: Look = PLAIN
    listing: bool = False
    changes: list[Element] = field(default_factory=list)
    shown: bool = False


@dataclass(slots=True)
class Flow:
    """One story while it is walked: text boxes open a new one in the middle of another.

    `cloak` is the look that all text gets from where it stands. `waiting` and `ahead` are what the next paragraph will get;
    `section` is the first paragraph of the section reached.
    """

    story: str
    drafts: list[Draft]
    cell: Cell | None = None
    background: str = "FFFFFF"
    cloak: Look = PLAIN
    counters: list[int] = field(default_factory=lambda: [0])
    tables: list[OpenTable] = field(default_factory=list)
    fields: list[OpenField] = field(default_factory=list)
    draft: Draft | None = None
    waiting: list[Anchor] = field(default_factory=list)
    ahead: list[Record] = field(default_factory=list)
    section: Draft | None = None
