"""The pane of evidence: a text of any length that is changed at every key without laying the screen out anew."""

from __future__ import annotations

from collections.abc import Callable

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from redline.tui import safe

PADDING = 1


class EvidencePane(ScrollView, can_focus=False):
    """Shows what a function of the width gives; asks it again when the width changes."""

    DEFAULT_CSS = """
    EvidencePane { background: $surface; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    """

    def __init__(self, name: str | None = None) -> None:
        super().__init__(id=name)
        self._make: Callable[[int], Content] | None = None
        self._strips: list[Strip] = []
        self._base: Style | None = None
        self.shown = safe.content("")

    def show(self, make: Callable[[int], Content]) -> None:
        """Show another text, from its beginning."""
        self._make = make
        self._draw()
        self.scroll_to(y=0, animate=False, force=True)

    def _draw(self) -> None:
        width = self.size.width - 2 * PADDING - 1
        if self._make is None or width <= 0:
            return
        self.shown = self._make(width)
        self._strips = Visual.to_strips(self, self.shown, width, None, self.visual_style)
        self.virtual_size = Size(self.size.width, len(self._strips))
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        self._draw()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._draw()

    def render_lines(self, crop: Region) -> list[Strip]:
        self._base = self.rich_style  # Asked once for all lines: it is worked out anew each time.
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        base = self._base or self.rich_style
        number = self.scroll_offset.y + y
        if number >= len(self._strips):
            return Strip.blank(self.size.width, base)
        if y == self.size.height - 1 > 0 and number < len(self._strips) - 1:
            rest = len(self._strips) - number
            more = Segment(f" … {rest} more lines: J, and v for more room", base + Style(dim=True))
            return Strip([more]).adjust_cell_length(self.size.width, base)
        return Strip.join([Strip.blank(PADDING, base), self._strips[number]]).extend_cell_length(self.size.width, base)
