"""The values everything else speaks in: contracts, redlines, changes. Frozen, validated when built, no I/O.

A document is a row of paragraphs; a paragraph is segments of text closed by a *mark* that carries its properties (label,
style, place). A redline has the same shape, only that segments and marks say whether they stand in the old text, in the new
one, or in both. So a Word file with tracked changes *is* a redline, and so is the difference of two versions. A mark that is
missing on one side joins its paragraph to the front of the next one there, as ECMA-376 Part 1 §17.13.5.15 and .20 have it.

Nothing here compares, reads or draws; a value is never changed after it was made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Literal, Self

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in a text for one thing that is not text (a picture, a note reference); `Segment.atom` says which."""

Look = frozenset[str]
"""How a run looks, as far as a reader of contracts cares: `bold`, `italic`, `underline`, `strike`, `caps`, `hidden` …"""

PLAIN: Look = frozenset()

Side = Literal["old", "new"]


class _Id(str):
    """A string that is an identifier: checked against `pattern` when built."""

    pattern = re.compile(r".+", re.DOTALL)
    __slots__ = ()

    def __new__(cls, value: str) -> Self:
        if not cls.pattern.fullmatch(value):
            raise ValueError(f"not a {cls.__name__}: {value!r}")
        return super().__new__(cls, value)


class ClauseId(_Id):
    """Stays with a clause through renumbering, moves and deals: `c` and eight hexadecimal digits."""

    pattern = re.compile(r"c[0-9a-f]{8}")
    __slots__ = ()


class ChangeId(_Id):
    """Names a change so that it survives reload: eight hexadecimal digits, from its clause, its words and their place."""

    pattern = re.compile(r"[0-9a-f]{8}")
    __slots__ = ()


class Slug(_Id):
    """A deal's or a base's name where git needs one."""

    pattern = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?")
    __slots__ = ()


class Kind(StrEnum):
    """What a segment or a paragraph mark is in a redline."""

    SAME = "same"
    INS = "ins"
    DEL = "del"
    MOVE_FROM = "move_from"
    MOVE_TO = "move_to"
    FORMAT = "format"
    """On both sides; only how it looks (a segment) or its properties (a mark) changed."""
    GONE = "gone"
    """On neither side: one person put it in, another took it out again (Word nests `w:del` in `w:ins`)."""

    @property
    def in_old(self) -> bool:
        return self in _OLD

    @property
    def in_new(self) -> bool:
        return self in _NEW

    def on(self, side: Side) -> bool:
        return self.in_old if side == "old" else self.in_new

    @property
    def inverse(self) -> Kind:
        return _INVERSE.get(self, self)


_OLD = frozenset({Kind.SAME, Kind.DEL, Kind.MOVE_FROM, Kind.FORMAT})
_NEW = frozenset({Kind.SAME, Kind.INS, Kind.MOVE_TO, Kind.FORMAT})
_INVERSE = {Kind.INS: Kind.DEL, Kind.DEL: Kind.INS, Kind.MOVE_FROM: Kind.MOVE_TO, Kind.MOVE_TO: Kind.MOVE_FROM}


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who made a change, when, in which turn of which deal, and whether Word's track changes admitted to it.

    What we changed ourselves between two turns counts as tracked: nobody hid it from us. `author` and `date` are empty/None
    where the file does not say; `deal` is the client's display name, `turn` 0 when unknown.
    """

    author: str = ""
    date: datetime | None = None
    deal: str = ""
    turn: int = 0
    tracked: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text of one kind, one look and one attribution.

    `was` is the look on the old side (only for `format`). `atom` says what the single U+FFFC in `text` stands for, so that
    two different pictures differ. `struck` is who took a `gone` segment out again. `move` pairs a move's two ends.
    """

    kind: Kind
    text: str
    look: Look = PLAIN
    was: Look | None = None
    atom: str = ""
    attribution: Attribution | None = None
    struck: Attribution | None = None
    move: str = ""

    def __post_init__(self) -> None:
        if self.atom and self.text != OBJECT:
            raise ValueError("an atom's text is one object replacement character")
        if (self.was is not None) != (self.kind is Kind.FORMAT):
            raise ValueError("only a format segment has an old look")

    def on(self, side: Side) -> Segment | None:
        """This segment as plain text on one side, or None where it does not stand there."""
        if not self.kind.on(side):
            return None
        look = self.was if side == "old" and self.was is not None else self.look
        if self.kind is Kind.SAME and self.attribution is None:
            return self
        return Segment(Kind.SAME, self.text, look, atom=self.atom)

    @property
    def nature(self) -> tuple[object, ...]:
        """Everything but the text."""
        return (self.kind, self.look, self.was, self.atom, self.attribution, self.struck, self.move)

    @property
    def inverse(self) -> Segment:
        if self.kind is Kind.FORMAT:
            assert self.was is not None
            return replace(self, look=self.was, was=self.look)
        return replace(self, kind=self.kind.inverse)


@dataclass(frozen=True, slots=True)
class Cell:
    """Where in a table a paragraph stands: the table's number in its story (or in the outer cell), row and column, from 0."""

    table: int
    row: int
    column: int
    parent: Cell | None = None


@dataclass(frozen=True, slots=True)
class Props:
    """What a paragraph's mark carries.

    `story` is `body`, `header:1`, `footnote:2` …: texts that do not flow into each other. `label` is the number Word shows
    ("7.2", "(a)"), `typed` the literal characters when it was typed by hand (taken out of the text). `level` is the depth of
    the clause that starts here, 0 an article, None where no clause starts. `clause` is the clause the paragraph belongs to.
    `anchors` are the bookmarks here that something in the document points to; two paragraphs do not differ by them.
    """

    story: str = "body"
    cell: Cell | None = None
    style: str = ""
    label: str = ""
    typed: str = ""
    level: int | None = None
    heading: bool = False
    clause: ClauseId | None = None
    anchors: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def container(self) -> tuple[str, Cell | None]:
        """What text cannot flow out of: the story, or the table cell within it."""
        return (self.story, self.cell)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Segments closed by a mark. In a plain text everything is `same` and `old` equals `new`.

    `old` and `new` are the mark's properties on each side, None where it does not stand there (a `gone` mark keeps them in
    `new` so that it can be shown). `attribution` is the mark's own.
    """

    segments: tuple[Segment, ...]
    mark: Kind = Kind.SAME
    old: Props | None = None
    new: Props | None = None
    attribution: Attribution | None = None
    move: str = ""

    def __post_init__(self) -> None:
        if (self.old is not None) != self.mark.in_old:
            raise ValueError(f"a {self.mark} mark and old properties do not go together")
        if (self.new is not None) != (self.mark.in_new or self.mark is Kind.GONE):
            raise ValueError(f"a {self.mark} mark and new properties do not go together")

    @property
    def props(self) -> Props:
        """The newest properties there are."""
        props = self.new or self.old
        assert props is not None
        return props

    @property
    def text(self) -> str:
        """All characters, whatever their kind: what comment offsets count in."""
        return "".join(segment.text for segment in self.segments)

    def side(self, side: Side) -> str:
        """The characters that stand on one side (the paragraph may be joined to the next one there)."""
        return "".join(segment.text for segment in self.segments if segment.kind.on(side))

    @property
    def changed(self) -> bool:
        """Whether anything but the label or the place in a table differs."""
        return self.mark is not Kind.SAME or any(segment.kind is not Kind.SAME for segment in self.segments)

    @property
    def inverse(self) -> Paragraph:
        if self.mark is Kind.GONE:
            return replace(self, segments=tuple(segment.inverse for segment in self.segments))
        return Paragraph(tuple(segment.inverse for segment in self.segments), self.mark.inverse, self.new, self.old,
                         self.attribution, self.move)


def plain(text: str, props: Props | None = None) -> Paragraph:
    """A paragraph without changes."""
    props = props or Props()
    return Paragraph((Segment(Kind.SAME, text),) if text else (), Kind.SAME, props, props)


@dataclass(frozen=True, slots=True)
class Redline:
    """Old → new. `old()` and `new()` give each side as plain paragraphs."""

    paragraphs: tuple[Paragraph, ...]

    def old(self) -> tuple[Paragraph, ...]:
        return tuple(paragraph for paragraph, _ in view(self.paragraphs, "old"))

    def new(self) -> tuple[Paragraph, ...]:
        return tuple(paragraph for paragraph, _ in view(self.paragraphs, "new"))

    @property
    def changed(self) -> bool:
        return any(paragraph.changed for paragraph in self.paragraphs)

    @property
    def inverse(self) -> Redline:
        return Redline(tuple(paragraph.inverse for paragraph in self.paragraphs))


def view(paragraphs: Iterable[Paragraph], side: Side) -> Iterator[tuple[Paragraph, tuple[int, ...]]]:
    """One side of a redline as plain paragraphs, each with the indices of the redline paragraphs it was made from: see `flows`."""
    return ((_plain(segments, props), sources) for segments, props, sources in flows(paragraphs, side))


def flows(paragraphs: Iterable[Paragraph], side: Side) -> Iterator[tuple[list[Segment], Props, tuple[int, ...]]]:
    """What makes each paragraph of one side of a redline: its segments, its properties, and the redline paragraphs they come from.

    A paragraph whose mark is missing on that side flows into the next one of the same container, over rows and paragraphs
    that do not stand on that side at all. Where there is none, it stays a paragraph if it has text, else it goes (what Word
    does at the end of a cell, a note or the document).
    """
    rows = tuple(paragraphs)
    places = _places(rows)
    pending: list[Segment] = []
    sources: list[int] = []
    last = -1
    for index, paragraph in enumerate(rows):
        found = [shown for segment in paragraph.segments if (shown := segment.on(side)) is not None]
        stands = paragraph.mark.on(side)
        if pending and places[last] != places[index]:
            if not found and not stands:
                continue
            yield pending, rows[last].props, tuple(sources)
            pending, sources = [], []
        pending.extend(found)
        sources.append(index)
        last = index
        mark = paragraph.old if side == "old" else paragraph.new
        if stands and mark is not None:
            yield pending, mark, tuple(sources)
            pending, sources = [], []
    if pending:
        yield pending, rows[last].props, tuple(sources)


def _places(paragraphs: tuple[Paragraph, ...]) -> list[tuple[str, Cell | None]]:
    """The container of each paragraph, by its name on the new side where the old one's name is known there."""
    names = {paragraph.old.container: paragraph.new.container for paragraph in paragraphs if paragraph.old and paragraph.new}
    places = []
    for paragraph in paragraphs:
        place = paragraph.props.container
        places.append(place if paragraph.new is not None else names.get(place, place))
    return places


def _plain(segments: list[Segment], props: Props) -> Paragraph:
    return Paragraph(merged(segments), Kind.SAME, props, props)


def merged(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """The same segments with empty ones dropped and equal neighbours joined (atoms stay alone)."""
    out: list[Segment] = []
    for segment in segments:
        if not segment.text:
            continue
        if out and not segment.atom and not out[-1].atom and out[-1].nature == segment.nature:
            out[-1] = replace(segment, text=out[-1].text + segment.text)
        else:
            out.append(segment)
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark in the margin, on the characters `start`–`end` of `Contract.paragraphs[paragraph].text`.

    `parent` is the id of the comment it answers, "" for the first of a thread; `quote` is the text it is about. `original` is
    the text before tracked changes in the comment itself, None where there are none.
    """

    id: str
    author: str
    date: datetime | None
    text: str
    paragraph: int
    start: int
    end: int
    quote: str = ""
    parent: str = ""
    resolved: bool = False
    original: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """A tracked change of something that is no word and no look of words: page set-up, a table's columns, spacing, a typeface.

    `what` says it in plain words; it stands in (a table or a section: starts at) `Contract.paragraphs[paragraph]`. `count` are
    the records in the file that one person made there of one kind; they are decided together, by `id`.
    """

    id: ChangeId
    what: str
    paragraph: int
    attribution: Attribution | None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Coverage:
    """Something in the file that was not read, or not fully: the part, the construct, how often, and what that means."""

    part: str
    construct: str
    count: int
    note: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something odd in a file that a person should know: `code` is one stable word (`hidden-text`, `bidi-control` …)."""

    code: str
    message: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Contract:
    """A document as it was read: its paragraphs with its own tracked changes, comments, and what was not read."""

    paragraphs: tuple[Paragraph, ...]
    comments: tuple[Comment, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    notices: tuple[Notice, ...] = ()
    title: str = ""
    language: str = ""
    layout: tuple[Layout, ...] = ()

    @property
    def redline(self) -> Redline:
        """The document's own tracked changes."""
        return Redline(self.paragraphs)

    def original(self) -> Contract:
        """The document with every tracked change rejected."""
        return self._view("old")

    def final(self) -> Contract:
        """The document with every tracked change accepted."""
        return self._view("new")

    def _view(self, side: Side) -> Contract:
        paragraphs: list[Paragraph] = []
        home: dict[int, tuple[int, int]] = {}
        for paragraph, sources in view(self.paragraphs, side):
            offset = 0
            for index in sources:
                home[index] = (len(paragraphs), offset)
                offset += len(self.paragraphs[index].side(side))
            paragraphs.append(paragraph)
        comments = tuple(
            self._moved(comment, side, home[comment.paragraph]) for comment in self.comments if comment.paragraph in home
        )
        return replace(self, paragraphs=tuple(paragraphs), comments=comments, layout=())

    def _moved(self, comment: Comment, side: Side, home: tuple[int, int]) -> Comment:
        index, offset = home
        segments = self.paragraphs[comment.paragraph].segments
        return replace(comment, paragraph=index, start=offset + _offset(segments, comment.start, side),
                       end=offset + _offset(segments, comment.end, side))


def _offset(segments: tuple[Segment, ...], position: int, side: Side) -> int:
    """How many characters before `position` (in the whole text) stand on one side."""
    count = 0
    for segment in segments:
        taken = min(position, len(segment.text))
        if segment.kind.on(side):
            count += taken
        position -= taken
        if position <= 0:
            break
    return count


class ChangeKind(StrEnum):
    INSERT = "insert"
    DELETE = "delete"
    REPLACE = "replace"
    MOVE = "move"
    FORMAT = "format"
    """Only the look, spaces, empty paragraphs, or the shape of quotes and dashes."""


@dataclass(frozen=True, slots=True)
class Span:
    """Segments `first` to `last` (exclusive) of one redline paragraph, and whether its mark belongs to the change too."""

    paragraph: int
    first: int
    last: int
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """The unit a person decides on: neighbouring segments of a redline that stand or fall together.

    `clause` and `label` say where ("" and None before the first clause). A move has the spans of both its ends.
    """

    id: ChangeId
    kind: ChangeKind
    old_text: str
    new_text: str
    clause: ClauseId | None
    label: str
    spans: tuple[Span, ...]
    attributions: tuple[Attribution, ...] = field(default=())

    @property
    def tracked(self) -> bool:
        """Whether Word's track changes admit to all of it."""
        return bool(self.attributions) and all(attribution.tracked for attribution in self.attributions)
