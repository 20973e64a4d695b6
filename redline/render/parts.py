"""Small questions about redline paragraphs that every renderer asks: what is shown of one, which row, which thread, which move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from redline.model import Cell, Comment, Kind, Paragraph, Redline, Segment, Side

MOVES = (Kind.MOVE_FROM, Kind.MOVE_TO)

_ATOMS = {"image": "picture", "picture": "picture", "footnote": "footnote", "endnote": "endnote", "ole": "embedded object",
          "math": "formula", "chart": "chart"}
_SIDES: tuple[Side, Side] = ("new", "old")


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment and the answers to it, in the order of the file."""

    comment: Comment
    replies: tuple[Comment, ...] = ()


def newest(paragraph: Paragraph) -> str:
    """The paragraph's text on the new side, or on the old one when all of it is gone."""
    return paragraph.side("new") or paragraph.side("old")


def atom_name(segment: Segment) -> str:
    """What stands for something that is not text: "‹picture›"."""
    kind = segment.atom.partition(":")[0]
    return f"‹{_ATOMS.get(kind, kind or 'object')}›"


def worded(segment: Segment) -> str:
    """The segment's text, a thing that is not text by its name."""
    return atom_name(segment) if segment.atom else segment.text


def readable(paragraph: Paragraph) -> str:
    """What `newest` gives, things that are not text by their names."""
    for side in _SIDES:
        if any(segment.text and segment.kind.on(side) for segment in paragraph.segments):
            return "".join(worded(segment) for segment in paragraph.segments if segment.kind.on(side))
    return ""


def is_heading(paragraph: Paragraph) -> bool:
    """Whether it is drawn as a heading. Many contracts give whole clauses a heading's style for its number; those are not."""
    text = newest(paragraph).strip()
    if not paragraph.props.heading or not text or len(text) > 100:
        return False
    return not text.endswith((";", ",", ":")) and not (text.endswith(".") and len(text) > 40)


def rows_of(paragraphs: Sequence[Paragraph]) -> tuple[tuple[int, int] | None, ...]:
    """(table, row) of the outermost table around each paragraph, both counted through the whole redline; None outside tables.

    The cells of a deleted row are numbered as in the old text, the others as in the new one, so the numbers of two rows can be
    equal: a row ends where the number of its side changes or the columns begin again.
    """
    out: list[tuple[int, int] | None] = []
    table, row = -1, -1
    seen: dict[bool, Cell] = {}
    last: Cell | None = None
    story = ""
    for paragraph in paragraphs:
        cells = cells_of(paragraph)
        if not cells or paragraph.props.story != story:
            seen, last, story = {}, None, paragraph.props.story
        if not cells:
            out.append(None)
            continue
        cell, side = cells[0], paragraph.new is None
        before = seen.get(side)
        if last is None or (before is not None and before.table != cell.table):
            table, row, seen = table + 1, row + 1, {}
        elif cell.column < last.column or (before is not None and before.row != cell.row):
            row, seen = row + 1, {}
        seen[side] = last = cell
        out.append((table, row))
    return tuple(out)


def cells_of(paragraph: Paragraph) -> tuple[Cell, ...]:
    """The cells around a paragraph, outermost first."""
    chain: list[Cell] = []
    cell = paragraph.props.cell
    while cell is not None:
        chain.append(cell)
        cell = cell.parent
    return tuple(reversed(chain))


def threads_of(comments: Sequence[Comment]) -> dict[int, list[Thread]]:
    """Threads by paragraph. An answer to a comment that is not there starts a thread of its own."""
    known = {comment.id: comment for comment in comments}
    replies: dict[str, list[Comment]] = {}
    for comment in comments:
        root = _root(comment, known)
        if root is not comment:
            replies.setdefault(root.id, []).append(comment)
    threads: dict[int, list[Thread]] = {}
    for comment in comments:
        if _root(comment, known) is comment:
            threads.setdefault(comment.paragraph, []).append(Thread(comment, tuple(replies.get(comment.id, ()))))
    return threads


def _root(comment: Comment, known: Mapping[str, Comment]) -> Comment:
    seen = {comment.id}
    root = comment
    while root.parent in known and root.parent not in seen:
        root = known[root.parent]
        seen.add(root.id)
    return comment if root.parent in seen else root


def move_ends(redline: Redline) -> list[tuple[int, int]]:
    """For each move the first paragraph it left and the first one it came to; a move with one end only is left out."""
    ends: tuple[dict[str, int], dict[str, int]] = ({}, {})
    for index, paragraph in enumerate(redline.paragraphs):
        for kind, move in [(paragraph.mark, paragraph.move), *((s.kind, s.move) for s in paragraph.segments)]:
            if move and kind in MOVES:
                ends[kind is Kind.MOVE_TO].setdefault(move, index)
    return [(source, ends[1][move]) for move, source in ends[0].items() if move in ends[1]]


def pieces(paragraph: Paragraph) -> tuple[Segment, ...]:
    """The segments as they are drawn: neighbours that differ in nothing a reader is shown are joined, empty ones dropped."""
    out: list[Segment] = []
    for segment in paragraph.segments:
        if not segment.text:
            continue
        last = out[-1] if out else None
        if last and not last.atom and not segment.atom and _alike(last, segment):
            out[-1] = Segment(segment.kind, last.text + segment.text, segment.look, segment.was,
                              attribution=segment.attribution, struck=segment.struck, move=segment.move)
        else:
            out.append(segment)
    return tuple(out)


def _alike(one: Segment, other: Segment) -> bool:
    if one.kind is not other.kind or (one.kind is Kind.FORMAT and (one.look, one.was) != (other.look, other.was)):
        return False
    hidden = ("hidden" in one.look) == ("hidden" in other.look)
    return hidden and (one.attribution, one.struck, one.move) == (other.attribution, other.struck, other.move)


def mark_shows(paragraph: Paragraph) -> bool:
    """Whether the paragraph mark's own change has to be drawn: a split, a join or an empty line, not a whole paragraph."""
    mark = paragraph.mark
    if mark in (Kind.SAME, Kind.FORMAT):
        return False
    kinds = [segment.kind for segment in paragraph.segments if segment.text]
    if not kinds:
        return True
    if mark is Kind.GONE:
        return any(kind is not Kind.GONE for kind in kinds)
    return any(kind.in_old if mark.in_new else kind.in_new for kind in kinds)
