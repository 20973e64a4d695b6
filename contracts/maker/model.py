"""The document a sample is made from: blocks of paragraphs and tables, with tracked changes as stamps on their parts.

A span, a paragraph mark or a table row may carry the stamp of whoever inserted, deleted or moved it. Parts without a
stamp are plain text. The model knows nothing of XML; `settle` gives the text that stays after accepting or rejecting.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

Choice = Literal["accept", "reject", "keep"]


@dataclass(frozen=True)
class Stamp:
    """Who made a tracked change, when (ISO 8601 with zone), and the name of the edit that it belongs to."""

    author: str
    date: str
    edit: str


@dataclass(frozen=True)
class Look:
    """Character formatting, as far as the samples use it."""

    bold: bool = False
    italic: bool = False
    underline: bool = False


@dataclass(frozen=True)
class Tracks:
    """The tracked changes a span, a paragraph mark or a row is part of; an inserted part may be deleted as well."""

    ins: Stamp | None = None
    dele: Stamp | None = None
    moved_from: Stamp | None = None
    moved_to: Stamp | None = None

    @property
    def leaves(self) -> bool:
        """True when accepting everything removes the part."""
        return self.dele is not None or self.moved_from is not None

    @property
    def comes(self) -> bool:
        """True when rejecting everything removes the part."""
        return self.ins is not None or self.moved_to is not None


@dataclass(frozen=True)
class Span:
    """A run of equally formatted text, a cross-reference (text is its cached result), or one end of a comment range."""

    text: str
    look: Look = Look()
    kind: Literal["text", "ref", "open", "close"] = "text"
    target: str = ""
    tracks: Tracks = Tracks()
    was: tuple[Look, Stamp] | None = None


@dataclass
class Para:
    """A paragraph; `kind` is the notation's kind (h1, body, …), `mark` the changes on its paragraph mark."""

    kind: str
    spans: list[Span]
    anchors: list[str] = field(default_factory=list)
    mark: Tracks = Tracks()

    def live_text(self) -> str:
        """The text with every tracked change accepted."""
        return "".join(s.text for s in self.spans if not s.tracks.leaves)


@dataclass
class Row:
    """A table row: each cell a list of paragraphs."""

    cells: list[list[Para]]
    tracks: Tracks = Tracks()


@dataclass
class Table:
    """A table with column widths in per cent of the text width; the first `headers` rows repeat on each page."""

    widths: list[int]
    rows: list[Row]
    headers: int = 0


@dataclass(frozen=True)
class Comment:
    """A comment or (with a parent) a reply; `done` is Word's Resolve."""

    name: str
    author: str
    initials: str
    date: str
    text: str
    parent: str = ""
    done: bool = False


@dataclass(frozen=True)
class Meta:
    """What the document says about itself, and the form (styles and numbering) it is dressed in."""

    title: str
    form: str
    header: str
    footer: str
    creator: str
    created: str
    language: str


@dataclass
class Doc:
    """A whole document."""

    meta: Meta
    blocks: list[Para | Table]
    comments: list[Comment] = field(default_factory=list)

    def paras(self) -> Iterator[Para]:
        """Every paragraph in reading order, those in tables included."""
        for _, para in self.placed():
            yield para

    def placed(self) -> Iterator[tuple[list[Para | Table] | list[Para], Para]]:
        """Every paragraph together with the list (body or cell) that holds it."""
        for block in list(self.blocks):
            if isinstance(block, Para):
                yield self.blocks, block
            else:
                for row in block.rows:
                    for cell in row.cells:
                        for para in list(cell):
                            yield cell, para

    def rows(self) -> Iterator[tuple[Table, Row]]:
        """Every table row with its table."""
        for block in self.blocks:
            if isinstance(block, Table):
                for row in block.rows:
                    yield block, row


def settle(doc: Doc, choose: Callable[[Stamp], Choice], comments: bool = False) -> Doc:
    """A copy of `doc` with each tracked change accepted, rejected or kept as `choose` says for its stamp.

    A paragraph whose mark goes is joined to the front of the next one, which keeps its own properties
    (ECMA-376 Part 1 §17.13.5.15). Comments are dropped unless `comments` is true.
    """
    work = copy.deepcopy(doc)
    blocks = _settle_blocks(work.blocks, choose)
    kept = list(work.comments) if comments else []
    if not comments:
        for _, para in Doc(work.meta, blocks).placed():
            para.spans = _join_equal([s for s in para.spans if s.kind not in ("open", "close")])
    return Doc(work.meta, blocks, kept)


def accept_all(doc: Doc) -> Doc:
    """The text with every change accepted, without comments."""
    return settle(doc, lambda _: "accept")


def reject_all(doc: Doc) -> Doc:
    """The text with every change rejected, without comments."""
    return settle(doc, lambda _: "reject")


def _settle_tracks(tracks: Tracks, choose: Callable[[Stamp], Choice]) -> Tracks | None:
    """The tracks that remain, or None when the part itself goes."""
    for name, gone_when in (("ins", "reject"), ("moved_to", "reject"), ("dele", "accept"), ("moved_from", "accept")):
        stamp: Stamp | None = getattr(tracks, name)
        if stamp is None:
            continue
        choice = choose(stamp)
        if choice == gone_when:
            return None
        if choice != "keep":
            tracks = replace(tracks, **{name: None})
    return tracks


def _settle_spans(spans: list[Span], choose: Callable[[Stamp], Choice]) -> list[Span]:
    out = []
    for span in spans:
        tracks = _settle_tracks(span.tracks, choose)
        if tracks is None:
            continue
        span = replace(span, tracks=tracks)
        if span.was is not None:
            choice = choose(span.was[1])
            if choice != "keep":
                span = replace(span, look=span.was[0] if choice == "reject" else span.look, was=None)
        out.append(span)
    return _join_equal(out)


def _join_equal(spans: list[Span]) -> list[Span]:
    """Neighbouring spans that differ in nothing but their text become one, and empty ones go."""
    out: list[Span] = []
    for span in spans:
        if span.kind == "text" and not span.text:
            continue
        if out and span.kind == out[-1].kind == "text" and replace(span, text="") == replace(out[-1], text=""):
            out[-1] = replace(span, text=out[-1].text + span.text)
        else:
            out.append(span)
    return out


def _settle_blocks(blocks: list[Para | Table], choose: Callable[[Stamp], Choice]) -> list[Para | Table]:
    out: list[Para | Table] = []
    carry: list[Span] = []
    names: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            if carry:
                raise ValueError("a removed paragraph mark stands before a table")
            block.rows = _settle_rows(block.rows, choose)
            out += [block] if block.rows else []
            continue
        block.spans = _join_equal(carry + _settle_spans(block.spans, choose))
        block.anchors = names + block.anchors
        mark = _settle_tracks(block.mark, choose)
        if mark is None:
            carry, names = block.spans, (block.anchors if block.live_text() else [])
        else:
            block.mark, carry, names = mark, [], []
            out.append(block)
    if carry:
        raise ValueError("a removed paragraph mark stands last")
    return out


def _settle_rows(rows: list[Row], choose: Callable[[Stamp], Choice]) -> list[Row]:
    out = []
    for row in rows:
        tracks = _settle_tracks(row.tracks, choose)
        if tracks is None:
            continue
        row.tracks = tracks
        row.cells = [_settle_cell(cell, choose) for cell in row.cells]
        out.append(row)
    return out


def _settle_cell(cell: list[Para], choose: Callable[[Stamp], Choice]) -> list[Para]:
    blocks: list[Para | Table] = list(cell)
    return [block for block in _settle_blocks(blocks, choose) if isinstance(block, Para)]
