"""The page of a comparison: a Line-API view that draws only the lines it shows.

It holds no document text of its own; `redline.tui.page` says what stands on a line, this turns it into a strip. Strips are
kept by everything that changes their pixels. Moving the cursor redraws the lines in sight and measures nothing anew.
"""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from redline.tui.marks import Marks
from redline.tui.page.index import Index
from redline.tui.page.page import MARGIN, Layout, Line, Look, Page
from redline.tui.search import Found
from redline.tui.theme import Paint
from redline.tui.walk import NOTHING, Spot

NOTE = 13
"""Cells right of the text for what was decided, in words: where there is something to decide, and room for it."""
NOTES_FROM = 96
AIRY_FROM = 30
"""Rows of terminal from which paragraphs are set apart by an empty line."""


class Document(ScrollView, can_focus=True):
    """A redline, drawn for the width there is."""

    DEFAULT_CSS = """
    Document { background: $background; overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll_up", show=False), Binding("down,j", "scroll_down", show=False),
        Binding("pageup", "page_up", show=False), Binding("pagedown", "page_down", show=False),
    ]

    class Chosen(Message):
        """A paragraph, and perhaps a change in it, was clicked."""

        def __init__(self, paragraph: int, change: int) -> None:
            super().__init__()
            self.paragraph = paragraph
            self.change = change

    def __init__(self, name: str | None = None) -> None:
        super().__init__(id=name)
        self._index: Index | None = None
        self._page: Page | None = None
        self._look = Look(80)
        self._spot = Spot()
        self._marks = NOTHING
        self._note = 0
        self._base: Style | None = None
        self._serial = 0
        self._stale = False
        self._strips: LRUCache[tuple[object, ...], Strip] = LRUCache(2048)
        self._paint = Paint("redline-dark", False)

    # What is shown

    @property
    def page(self) -> Page | None:
        return self._page

    @property
    def layout_name(self) -> Layout:
        return self._look.layout

    def show(self, index: Index | None, layout: Layout, noise: bool, found: Found, spot: Spot, *, resizing: bool = False) -> None:
        """Show a comparison (or nothing) and bring a spot into sight. `resizing` when another width is on its way."""
        self._stale = resizing
        if resizing:
            self._page = self._page if index is self._index else None
        self._index = index
        self._spot = spot
        self._look = replace(self._look, layout=layout, noise=noise, found=found.places)
        if not resizing:
            self._lay_out()
            self._reveal(force=True)

    def mark(self, marks: Marks) -> None:
        """Show other decisions; where text stands does not depend on them."""
        lay = marks.asked != self._marks.asked
        self._marks = marks
        if lay and not self._stale and self._page is not None:
            self._lay_out()
        self.refresh()

    def go(self, spot: Spot) -> None:
        """Move the cursor, scrolling only as far as needed."""
        self._spot = spot
        self._reveal()
        self.refresh()

    def _lay_out(self) -> None:
        width = self.size.width
        if width <= 0:
            return
        self._stale = False
        self._note = NOTE if self._marks.asked and width >= NOTES_FROM else 0
        self._look = replace(self._look, width=self._room(width), airy=self.app.size.height >= AIRY_FROM)
        self._page = Page(self._index, self._look) if self._index else None
        self._serial += 1
        self.virtual_size = Size(width, self._page.height if self._page else 0)
        self.refresh()

    def _room(self, width: int) -> int:
        """Cells for margin and text in a pane of this width."""
        return max(MARGIN + 8, width - 1 - (NOTE if self._marks.asked and width >= NOTES_FROM else 0))

    def _reveal(self, force: bool = False) -> None:
        """Scroll so that the spot stands a little above the middle, unless it is in sight already."""
        if self._page is None:
            return
        height = max(1, self.size.height)
        if self._spot.change >= 0:
            top, bottom = self._page.lines_of(self._spot.change, self._spot.paragraph)
        else:
            top = bottom = self._page.top_of(self._spot.paragraph)
        seen = self.scroll_offset.y
        if force or top < seen + 1 or min(bottom, top + height - 3) > seen + height - 2:
            target = top - height // 4 if bottom >= height - 2 else 0
            self.scroll_to(y=max(0, target), animate=False, force=True)

    def on_resize(self, event: events.Resize) -> None:
        if self._stale or self._page is None or self._page.look.width != self._room(event.size.width):
            self._lay_out()
        self._reveal(force=True)

    def restyle(self, theme: str, plain: bool) -> None:
        """Draw in another theme."""
        self._paint = Paint(theme, plain)
        self.refresh()

    # Drawing

    def render_lines(self, crop: Region) -> list[Strip]:
        self._base = self.rich_style  # Asked once for all lines: it is worked out anew each time.
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        number = self.scroll_offset.y + y
        width = self.size.width
        base = self._base or self.rich_style
        if self._page is None:
            return Strip.blank(width, base)
        line = self._page.line(number)
        current = self._spot.change if self._spot.change in line.changes else -1
        here = line.block >= 0 and self._here(line)
        mark = self._marks.sign(self._index.changes[one] for one in sorted(line.changes)) if line.changes and self._index else (" ", "")
        key = (self._serial, number, width, current, here, self.has_focus, self._paint.key, base, mark)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strip(line, current, here, width, base, mark)
            self._strips[key] = strip
        return strip

    def _here(self, line: Line) -> bool:
        """Whether the cursor bar stands at a line: on the lines of its change, or on the whole paragraph without one."""
        if self._spot.change >= 0:
            return self._spot.change in line.changes
        assert self._page is not None
        return self._spot.paragraph in self._page.blocks[line.block].paragraphs

    def _strip(self, line: Line, current: int, here: bool, width: int, base: Style, mark: tuple[str, str]) -> Strip:
        paint = self._paint
        segments = [
            Segment("▌" if here else " ", paint.bar if self.has_focus else paint.dim),
            Segment(line.flag, paint.loud if line.flag != '"' else paint.dim),
            Segment("U" if line.untracked else " ", paint.loud),
            Segment(line.sign, paint.sign(line.sign)),
            Segment(mark[0], paint.done),
            Segment(" "),
        ]
        segments += [
            Segment(run.text, paint.tone(run.tone, run.tone.change >= 0 and run.tone.change == current))
            for run in line.runs
        ]
        strip = Strip(segments)
        if self._note and mark[1]:
            said = Segment(f" {mark[0]} {mark[1]}", paint.done)
            strip = Strip([*strip.adjust_cell_length(width - self._note, base), said])
        return strip.apply_style(base).adjust_cell_length(width, base)

    def on_click(self, event: events.Click) -> None:
        if self._page is None:
            return
        number = self.scroll_offset.y + event.y
        block = self._page.block_at(number)
        paragraphs = list(self._page.blocks[block].paragraphs) if block >= 0 else []
        if paragraphs:
            self.post_message(self.Chosen(paragraphs[0], self._change_under(number, event.x)))

    def _change_under(self, number: int, x: int) -> int:
        """The change at a cell of a line, else the first on the line, else the first of the block."""
        assert self._page is not None
        line = self._page.line(number)
        at = MARGIN
        for run in line.runs:
            at += Segment(run.text).cell_length
            if x < at and run.tone.change >= 0:
                return run.tone.change
            if x < at:
                break
        if line.changes:
            return min(line.changes)
        drawn = [change for one in self._page.draw(line.block) for change in sorted(one.changes)] if line.block >= 0 else []
        return drawn[0] if drawn else -1
