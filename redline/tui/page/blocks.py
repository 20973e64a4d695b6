"""What stands beside what: the paragraphs of a redline as blocks, each a row of cells, each cell some flows of text.

A flow is one paragraph as it is shown: one paragraph of the redline, or on a clean page several that run together on that
side. A block outside a table has one cell. Nothing is left out: every paragraph is in exactly one flow, unless it does not
stand on the side that a clean page shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from redline.model import Paragraph, Props, Side, view
from redline.tui.page.index import Index, titled

Flow = tuple[int, ...]
"""Indices of the redline paragraphs that run together into one shown paragraph."""


@dataclass(frozen=True, slots=True)
class Block:
    """One thing on the page. `story` is set on a line that announces where header, footnote … texts begin."""

    cells: tuple[tuple[Flow, ...], ...]
    story: str = ""
    heading: bool = False
    level: int | None = None

    @property
    def paragraphs(self) -> Iterator[int]:
        return (number for cell in self.cells for flow in cell for number in flow)

    @property
    def first(self) -> int:
        return next(self.paragraphs, -1)


def blocks(index: Index, side: Side | None) -> tuple[Block, ...]:
    """The blocks of a whole redline (`side` None) or of one clean side, in the order of the document."""
    out: list[Block] = []
    story = "body"
    row: list[tuple[Flow, Paragraph]] = []
    for flow, paragraph in _flows(index, side):
        if row and not _same_row(row[-1][1], paragraph):
            out.append(_row(row))
            row = []
        if paragraph.props.story != story:
            story = paragraph.props.story
            out.append(Block((), story=story_name(story)))
        if paragraph.props.cell is not None:
            row.append((flow, paragraph))
        else:
            out.append(Block(((flow,),), heading=titled(paragraph), level=paragraph.props.level))
    if row:
        out.append(_row(row))
    return tuple(out)


def _flows(index: Index, side: Side | None) -> Iterable[tuple[Flow, Paragraph]]:
    if side is None:
        return (((number,), paragraph) for number, paragraph in enumerate(index.paragraphs))
    return ((sources, paragraph) for paragraph, sources in view(index.paragraphs, side))


def _same_row(before: Paragraph, after: Paragraph) -> bool:
    """Whether two paragraphs that follow each other stand in one row of one table, on every side that both are on."""
    last, new = before.props, after.props
    if last.cell is None or new.cell is None or last.story != new.story:
        return False
    if (last.cell.table, last.cell.parent) != (new.cell.table, new.cell.parent) or new.cell.column < last.cell.column:
        return False
    return _row_agrees(before.old, after.old) and _row_agrees(before.new, after.new) and (
        last.cell.row == new.cell.row or not _both(before, after)
    )


def _both(before: Paragraph, after: Paragraph) -> bool:
    return bool((before.old and after.old) or (before.new and after.new))


def _row_agrees(one: Props | None, other: Props | None) -> bool:
    if one is None or other is None or one.cell is None or other.cell is None:
        return True
    return one.cell.row == other.cell.row


def _row(found: list[tuple[Flow, Paragraph]]) -> Block:
    cells: list[list[Flow]] = []
    column = -1
    for flow, paragraph in found:
        cell = paragraph.props.cell
        assert cell is not None
        if cell.column != column:
            cells.append([])
            column = cell.column
        cells[-1].append(flow)
    return Block(tuple(tuple(cell) for cell in cells), heading=any(titled(one) for _, one in found))


_STORIES = {"header": "Header", "footer": "Footer", "footnote": "Footnote", "endnote": "Endnote", "textbox": "Text box",
            "comment": "Comment", "body": "Text"}


def story_name(story: str) -> str:
    """`footnote:2` as a person would say it: "Footnote 2"."""
    name, _, number = story.partition(":")
    return f"{_STORIES.get(name, name.capitalize())} {number}".strip()
