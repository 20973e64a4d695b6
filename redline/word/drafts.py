"""What the walk through a document leaves behind: paragraphs not yet labelled, and what was met on the way.

These are the reader's own working values; they change while a document is read and never leave the room.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from redline.model import OBJECT, PLAIN, Attribution, Cell, Kind, Look, Notice, Segment
from redline.word.unseen import LETTER, Page
from redline.word.xml import Element


class State(NamedTuple):
    """In which tracked changes something stands: its kind, who made it, who struck it again, and the move's name."""

    kind: Kind = Kind.SAME
    who: Attribution | None = None
    struck: Attribution | None = None
    move: str = ""


SAME = State()


def nested(outer: State, kind: Kind, who: Attribution | None, move: str = "") -> State:
    """The state of what stands in a tracked change that itself stands in another (ECMA-376 Part 1 §17.13.5).

    It is in the original (final) text if both are; where only one explains why it is missing, that one names it. What is
    in neither was put in by one and struck by the other.
    """
    if (kind.in_old and kind.in_new) or outer.kind is Kind.GONE:
        return outer
    if outer.kind.in_old and outer.kind.in_new:
        return State(kind, who, None, move)
    old, new = outer.kind.in_old and kind.in_old, outer.kind.in_new and kind.in_new
    if old or new:
        return State(kind, who, None, move)
    if outer.kind.in_new:
        return State(Kind.GONE, outer.who, who)
    return State(Kind.GONE, who, outer.who)


@dataclass(frozen=True, slots=True)
class Format:
    """What a paragraph's properties say, as far as it is read: the style's id, direct numbering and outline level."""

    style: str = ""
    num_id: int | None = None
    ilvl: int | None = None
    outline: int | None = None


@dataclass(slots=True)
class Draft:
    """A paragraph being read. `old_format` differs from `format` where a tracked change of properties, `change`, says so.

    `cloak` is the look that all text gets from where it stands. `words` counts the texts added, atoms apart. `anchors_old` and
    `anchors_new` are the bookmarks here, on each side, that something points to. Where a trace was asked for, `element` is its
    `w:p` and `trace` says from which element the text from an offset on came.
    """

    story: str
    cell: Cell | None
    state: State
    format: Format = Format()
    old_format: Format = Format()
    change: Element | None = None
    changer: Attribution | None = None
    mark: State = SAME
    background: str = "FFFFFF"
    cloak: Look = PLAIN
    ends_section: bool = False
    hidden: bool = False
    segments: list[Segment] = field(default_factory=list)
    length: int = 0
    words: int = 0
    anchors_old: frozenset[str] = frozenset()
    anchors_new: frozenset[str] = frozenset()
    element: Element | None = None
    trace: list[tuple[int, Element]] = field(default_factory=list)
    _key: tuple[State, Look, Look | None, Attribution | None] | None = None
    _texts: list[str] = field(default_factory=list)

    def add(self, text: str, state: State, look: Look, was: Look | None, who: Attribution | None) -> None:
        """Text in a state; `was` is its old look, by `who`, where only the look changed."""
        key = (state, look, was, who)
        if key != self._key:
            self.flush()
            self._key = key
        self._texts.append(text)
        self.length += len(text)
        self.words += 1

    def atom(self, atom: str, state: State) -> None:
        """One thing that is not text."""
        self.flush()
        self.segments.append(Segment(state.kind, OBJECT, PLAIN, None, atom, state.who, state.struck, state.move))
        self.length += 1

    def flush(self) -> None:
        """Make a segment of the texts collected so far."""
        if self._texts and self._key is not None:
            state, look, was, who = self._key
            text = "".join(self._texts)
            if was is not None and state.kind is Kind.SAME:
                self.segments.append(Segment(Kind.FORMAT, text, look, was, "", who))
            else:
                self.segments.append(Segment(state.kind, text, look, None, "", state.who, state.struck, state.move))
            self._texts = []
        self._key = None


@dataclass(slots=True)
class Anchor:
    """Where a comment's range starts and ends: a paragraph and a place in its text each."""

    start: tuple[Draft, int] | None = None
    end: tuple[Draft, int] | None = None
    reference: tuple[Draft, int] | None = None


@dataclass(slots=True)
class Bookmark(Anchor):
    """A bookmark (§17.13.6): the stretch of text it names, and in which tracked changes its start stands."""

    name: str = ""
    state: State = SAME


@dataclass(slots=True)
class Record:
    """A tracked change of something that is no word and no look of words: one element, and the paragraph it is in.

    The element is None where it is only known with a trace.

    A `silent` one is a side effect of the others of its kind there: it goes with them and is not counted.
    """

    part: str
    what: str
    draft: Draft | None
    who: Attribution | None
    element: Element | None
    silent: bool = False


@dataclass(slots=True)
class Findings:
    """What the walk met besides paragraphs, over all parts of a document."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(part, construct) → how often something was met that the values of a contract cannot say."""
    layout: list[Record] = field(default_factory=list)
    said: set[Element] = field(default_factory=set)
    """Elements of tracked properties that segments, marks or the layout tell of."""
    notices: dict[str, Notice] = field(default_factory=dict)
    anchors: dict[str, Anchor] = field(default_factory=dict)
    notes: list[tuple[str, str, State]] = field(default_factory=list)
    """(kind, id, state) of each reference to a footnote or an endnote, in order."""
    bookmarks: list[Bookmark] = field(default_factory=list)
    targets: dict[str, set[str]] = field(default_factory=dict)
    """What something points to: the bookmarks' names as the pointers spell them, by the name in small letters."""
    texts: dict[str, list[str]] = field(default_factory=dict)
    """part → every text element that was read there."""
    passed: dict[str, list[Element]] = field(default_factory=dict)
    """part → elements left aside because they repeat what was read (the other branch of an AlternateContent)."""
    textboxes: int = 0
    page: Page = LETTER

    def notice(self, code: str, message: str, where: str = "") -> None:
        """Keep the first notice of a code."""
        self.notices.setdefault(code, Notice(code, message, where))
