"""A comparison laid out for one width: heights for every block at once, lines only for those that are looked at.

A page is made anew when anything that changes where text stands (width, layout, noise, search) changes; the change under the
cursor does not. Line numbers count from 0 and `height` is exact, so that a scroll bar never jumps.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal

from redline.model import Kind, Side
from redline.text import safe_line
from redline.tui.page.blocks import Block, Flow, blocks
from redline.tui.page.index import Index, Range
from redline.tui.page.pieces import Piece, Taste, Tone, pieces
from redline.tui.page.runs import cell_width, headed, padded, sign, sign_tone, sliced
from redline.tui.page.wrap import Slice, width_of, wrap
from redline.views import FlagKind

Layout = Literal["inline", "sides", "old", "new"]
LAYOUTS: tuple[Layout, ...] = ("inline", "sides", "old", "new")
LAYOUT_NAMES: dict[Layout, str] = {"inline": "inline", "sides": "side by side", "old": "clean old", "new": "clean new"}

MARGIN = 6
"""Cells left of the text: cursor bar, `!` or `"`, `U`, sign, what we decided, space."""
_LABEL_MOST = 7
_BLANK = Tone("blank")


@dataclass(frozen=True, slots=True)
class Look:
    """Everything about a page that decides where its text stands. `airy` puts an empty line after every paragraph."""

    width: int
    layout: Layout = "inline"
    noise: bool = False
    airy: bool = True
    found: tuple[tuple[int, tuple[Range, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: what stands in the margin, the runs of text, and the changes on it."""

    runs: tuple[Piece, ...] = ()
    sign: str = " "
    flag: str = " "
    untracked: bool = False
    changes: frozenset[int] = field(default=frozenset())
    block: int = -1


EMPTY = Line()


class Page:
    """The lines of a comparison in one look."""

    def __init__(self, index: Index, look: Look) -> None:
        self.index = index
        self.look = look
        self._side: Side | None = {"old": "old", "new": "new"}.get(look.layout)  # type: ignore[assignment]
        self._found = dict(look.found)
        self.blocks = blocks(index, self._side)
        self._changed = [paragraph.changed for paragraph in index.paragraphs]
        self._texts: dict[tuple[Flow, Side | None], tuple[tuple[Piece, ...], str]] = {}
        self._wraps: dict[tuple[Flow, Side | None, int], tuple[Slice, ...]] = {}
        self._drawn: dict[int, tuple[Line, ...]] = {}
        self._label_width = self._labels()
        tall = [self._height(block) for block in self.blocks]
        self._starts = [0, *accumulate(height + self._gap(number, tall) for number, height in enumerate(tall))]
        self._block_of = {paragraph: number for number, block in enumerate(self.blocks) for paragraph in block.paragraphs}

    @property
    def height(self) -> int:
        return self._starts[-1]

    def line(self, number: int) -> Line:
        """The line at `number`; an empty one outside the page."""
        block = self.block_at(number)
        if block < 0:
            return EMPTY
        lines = self.draw(block)
        inside = number - self._starts[block]
        return lines[inside] if inside < len(lines) else EMPTY

    def block_at(self, number: int) -> int:
        """Which block a line belongs to, -1 outside the page."""
        if not 0 <= number < self.height:
            return -1
        return bisect_right(self._starts, number) - 1

    def top_of(self, paragraph: int) -> int:
        """The first line of the block that holds a paragraph; of the nearest one before, where this side has not got it."""
        while paragraph > 0 and paragraph not in self._block_of:
            paragraph -= 1
        return self._starts[self._block_of.get(paragraph, 0)]

    def lines_of(self, change: int, at: int = -1) -> tuple[int, int]:
        """The first and last line that show a change, beginning where it is to be read (in the paragraph `at` if it is in that
        one too); the paragraph's where none does.
        """
        paragraph = at if change in self.index.changes_in.get(at, ()) else self.index.place(change)[0]
        block = self._block_of.get(paragraph, -1)
        top = self.top_of(paragraph)
        if block < 0:
            return (top, top)
        lines = self.draw(block)
        shown = [number for number, line in enumerate(lines) if change in line.changes]
        return (top + shown[0], top + shown[-1]) if shown else (top, top + max(0, len(lines) - 1))

    def draw(self, number: int) -> tuple[Line, ...]:
        """The lines of one block, without the empty ones after it."""
        if number not in self._drawn:
            if len(self._drawn) > 512:
                self._drawn.clear()
            self._drawn[number] = tuple(self._lines(number))
        return self._drawn[number]

    # What stands where

    def _labels(self) -> int:
        """The width of the labels' column: for nearly all of them. A longer one stands in front of its text."""
        sizes = sorted(
            width_of(safe_line(one.props.label)) for one in self.index.paragraphs if one.props.cell is None and one.props.label
        )
        return min(_LABEL_MOST, sizes[int(len(sizes) * 0.88)]) + 1 if sizes else 0

    def _height(self, block: Block) -> int:
        if block.story:
            return 1
        if self.look.layout == "sides":
            return max(1, self._tall(block, "old", self._half), self._tall(block, "new", self._half))
        return max(1, self._tall(block, self._side, self.look.width - MARGIN))

    def _gap(self, number: int, tall: list[int]) -> int:
        """The empty lines after a block; the rows of a table of single lines stand close."""
        if number + 1 >= len(self.blocks):
            return 1
        block, after = self.blocks[number], self.blocks[number + 1]
        if after.heading or after.story:
            return 1
        if len(block.cells) > 1 and len(after.cells) > 1:
            return 0 if tall[number] == tall[number + 1] == 1 else 1
        return 1 if self.look.airy else 0

    @property
    def _half(self) -> int:
        return max(1, (self.look.width - MARGIN - 4) // 2)

    def _tall(self, block: Block, side: Side | None, width: int) -> int:
        each = cell_width(len(block.cells), width)
        heights = [sum(self._flow_height(flow, block, side, each or width) for flow in cell) for cell in block.cells]
        return max(heights, default=0) if each else sum(heights)

    def _flow_height(self, flow: Flow, block: Block, side: Side | None, width: int) -> int:
        if not self._stands(flow, side):
            return 0
        return len(self._wrap(flow, side, width - self._hang(flow, block, side)))

    def _stands(self, flow: Flow, side: Side | None) -> bool:
        """Whether there is anything to show of a flow on a side of a side-by-side page."""
        if side is None or self._side is not None:
            return True
        return self.index.paragraphs[flow[0]].mark.on(side) or bool(self._text(flow, side)[1])

    def _hang(self, flow: Flow, block: Block, side: Side | None) -> int:
        """How far the text of a flow stands in from the left: the label's column and the depth of the clause."""
        if self._hangs(flow):
            depth = min(3, max(0, (block.level or 0) - 1)) * 2 if self.look.width >= 72 else 0
            return self._label_width + depth
        label = self._label(flow, side)
        return width_of(label) + 1 if label else 0

    def _hangs(self, flow: Flow) -> bool:
        """Whether a flow's label stands in the column of labels: outside tables."""
        return self.index.paragraphs[flow[0]].props.cell is None

    def _label(self, flow: Flow, side: Side | None) -> str:
        last = self.index.paragraphs[flow[-1]]
        props = (last.old if side == "old" else last.new) or last.props
        return safe_line(props.label, 0 if self._hangs(flow) else _LABEL_MOST)

    def _text(self, flow: Flow, side: Side | None) -> tuple[tuple[Piece, ...], str]:
        key = (flow, self._shared(flow, side))
        if key not in self._texts:
            taste = Taste(key[1], self._side is not None, self.look.noise)
            found = tuple(
                piece for number in flow for piece in pieces(self.index, number, taste, self._found.get(number, ()))
            )
            if self._hangs(flow) and width_of(label := self._label(flow, side)) >= max(2, self._label_width):
                found = (Piece(f"{label}  ", Tone("label")), *found)
            self._texts[key] = (found, "".join(piece.text for piece in found))
        return self._texts[key]

    def _shared(self, flow: Flow, side: Side | None) -> Side | None:
        """The side whose text a flow shows: an unchanged one reads the same on both, and is worked out once."""
        if side is None or self._side is not None or self._changed[flow[0]]:
            return side
        return "new"

    def _wrap(self, flow: Flow, side: Side | None, width: int) -> tuple[Slice, ...]:
        key = (flow, self._shared(flow, side), width)
        if key not in self._wraps:
            self._wraps[key] = wrap(self._text(flow, side)[1], width)
        return self._wraps[key]

    # Drawing

    def _lines(self, number: int) -> Iterator[Line]:
        block = self.blocks[number]
        if block.story:
            yield Line((Piece(f"─── {safe_line(block.story)} ───", Tone("note")),), block=number)
            return
        whole = self.look.width - MARGIN
        rows = self._both_sides(block) if self.look.layout == "sides" else self._cells(block, self._side, whole)
        for place, runs in enumerate(rows):
            yield self._line(number, block, place, runs)

    def _line(self, number: int, block: Block, place: int, runs: list[Piece]) -> Line:
        changes = frozenset(run.tone.change for run in runs if run.tone.change >= 0)
        if self.look.layout == "sides":
            shown = sign(run.tone.kind for run in runs if run.tone.kind in ("del", "move_from", "format"))
        elif self._side is not None:
            shown = "¦" if any(self.index.changes_in.get(paragraph) for paragraph in block.paragraphs) else " "
        else:
            shown = sign(run.tone.kind for run in runs)
        untracked = any(self.index.untracked(self.index.changes[change]) for change in changes)
        return Line(tuple(runs), shown, self._flag(block) if place == 0 else " ", untracked, changes, number)

    def _flag(self, block: Block) -> str:
        flags = [self.index.comparison.flags[n] for p in block.paragraphs for n in self.index.flags_in.get(p, ())]
        if any(flag.kind is FlagKind.KILLER for flag in flags):
            return "!"
        if any(flag.kind is FlagKind.NOTICE for flag in flags):
            return "?"
        return '"' if any(self.index.comments_in.get(paragraph) for paragraph in block.paragraphs) else " "

    def _both_sides(self, block: Block) -> Iterator[list[Piece]]:
        left = list(self._cells(block, "old", self._half))
        right = list(self._cells(block, "new", self._half))
        for place in range(max(1, len(left), len(right))):
            one = padded(left[place] if place < len(left) else [], self._half)
            other = right[place] if place < len(right) else []
            shown = sign(run.tone.kind for run in other)
            yield [*one, Piece(" │", Tone("rule")), Piece(shown, Tone(sign_tone(shown))), Piece(" ", _BLANK), *other]

    def _cells(self, block: Block, side: Side | None, width: int) -> Iterator[list[Piece]]:
        """The lines of a block's cells beside each other, or under each other where they would be too narrow."""
        each = cell_width(len(block.cells), width)
        columns = [
            [line for flow in cell for line in self._flow(flow, block, side, each or width)] for cell in block.cells
        ]
        if not each:
            yield from (line for column in columns for line in column)
            return
        for place in range(max(map(len, columns), default=0)):
            row: list[Piece] = []
            for number, column in enumerate(columns):
                if number:
                    row = [*row, Piece(" │ ", Tone("rule"))]
                runs = column[place] if place < len(column) else []
                row.extend(runs if number == len(columns) - 1 else padded(runs, each))
            yield row

    def _flow(self, flow: Flow, block: Block, side: Side | None, width: int) -> Iterator[list[Piece]]:
        if not self._stands(flow, side):
            return
        found, _ = self._text(flow, side)
        hang = self._hang(flow, block, side)
        label = self._label_piece(flow, block, side)
        for place, runs in enumerate(sliced(found, self._wrap(flow, side, width - hang))):
            if not hang:  # No label anywhere, or none in this cell.
                yield runs
            elif place == 0:
                yield [*padded([label], hang), *(headed(runs) if block.heading else runs)]
            else:
                yield [Piece(" " * hang, _BLANK), *(headed(runs) if block.heading else runs)]

    def _label_piece(self, flow: Flow, block: Block, side: Side | None) -> Piece:
        last = self.index.paragraphs[flow[-1]]
        kind = "label"
        if self._side is None and last.mark in (Kind.INS, Kind.DEL, Kind.MOVE_FROM, Kind.MOVE_TO):
            kind = f"label_{last.mark.value}"
        label = self._label(flow, side)
        fits = not self._hangs(flow) or width_of(label) < self._label_width
        return Piece(label if fits else "", Tone(kind, frozenset({"bold"}) if block.heading else frozenset()))
