"""A table of any number of rows that draws only those in sight: a heading that stays, a cursor, columns that fit the width.

Rows are values of any kind; a column says what stands in its cell, by which it sorts, and which one goes first where there is no
room. A text reaches the terminal through `safe_line` alone. The grid does not sort and knows no deal: who shows it does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from redline.text import safe_line
from redline.tui.page.wrap import width_of

R = TypeVar("R")
GAP = 2
MANY = 1000
MARGIN = 2
ARROW = 2
"""Cells that the sign of the order takes behind the name of a column; before figures it stands in the gap."""


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column. `width` cuts its texts (0: never), `least` is what it may shrink to; of the columns with a `drop` the highest goes
    first. `key` is what it sorts by (its text, unless told), `down` whether the largest comes first.
    """

    name: str
    text: Callable[[R], str]
    right: bool = False
    width: int = 0
    least: int = 0
    drop: int = 0
    loud: Callable[[R], bool] = lambda row: False
    key: Callable[[R], Any] | None = None
    down: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """By which column the rows stand, and whether the other way round than it does by itself."""

    column: str
    turned: bool = False


def fitted(columns: Sequence[Column[Any]], widths: Sequence[int], room: int) -> list[tuple[int, int]]:
    """(number, width) of the columns that are shown in `room` cells: some shrink, then some go, then the first is cut."""
    shown = list(range(len(columns)))

    def needed(least: bool) -> int:
        wide = sum(min(widths[n], columns[n].least) if least and columns[n].least else widths[n] for n in shown)
        return wide + GAP * (len(shown) - 1)

    while needed(True) > room and (going := max(shown, key=lambda n: (columns[n].drop, n))) and columns[going].drop:
        shown.remove(going)
    over = max(0, needed(False) - room)
    out: list[tuple[int, int]] = []
    for number in shown:
        give = min(over, max(0, widths[number] - columns[number].least)) if columns[number].least else 0
        over -= give
        out.append((number, widths[number] - give))
    return out


def widths(columns: Sequence[Column[R]], rows: Sequence[R]) -> list[int]:
    """How many cells the texts and the name of each column need. Of very many rows a column with a `width` takes all of that."""
    out: list[int] = []
    for column in columns:
        if column.width and len(rows) > MANY:
            out.append(max(_named(column), column.width))
            continue
        longest = max((column.text(row) for row in rows), key=len, default="")
        wide = width_of(safe_line(longest))
        out.append(max(_named(column), min(wide, column.width) if column.width else wide))
    return out


def _named(column: Column[Any]) -> int:
    return len(column.name) + (0 if column.right else ARROW)


class Grid(ScrollView, Generic[R], can_focus=True):
    """The table. `row` is the one under the cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"grid--heading", "grid--cursor", "grid--loud", "grid--quiet"}
    DEFAULT_CSS = """
    Grid { height: 1fr; background: $background; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    Grid > .grid--heading { color: $foreground-muted; background: $background; }
    Grid > .grid--cursor { background: $block-cursor-blurred-background; color: $block-cursor-blurred-foreground; }
    Grid:focus > .grid--cursor { background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold; }
    Grid > .grid--loud { color: $warning; text-style: bold; }
    Grid > .grid--quiet { color: $foreground-muted; }
    Grid:ansi > .grid--heading { text-style: underline; }
    Grid:nocolor > .grid--cursor, Grid:nocolor:focus > .grid--cursor { text-style: reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False), Binding("down,j", "move(1)", show=False), Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False), Binding("home", "end(-1)", show=False), Binding("end", "end(1)", show=False),
    ]

    class Moved(Message):
        """The cursor stands on another row."""

    class Selected(Message):
        """The row under the cursor was chosen by a second click."""

    class HeadingPicked(Message):
        """The heading of a column was clicked."""

        def __init__(self, column: str) -> None:
            super().__init__()
            self.column = column

    def __init__(self, columns: Sequence[Column[R]], quiet: Callable[[R], bool] = lambda row: False, name: str | None = None) -> None:
        super().__init__(id=name)
        self.columns = tuple(columns)
        self.rows: Sequence[R] = ()
        self.cursor_row = 0
        self.order: Order | None = None
        self._quiet = quiet
        self._widths = [_named(column) for column in columns]
        self._fit: list[tuple[int, int]] = []

    @property
    def row(self) -> R | None:
        return self.rows[self.cursor_row] if 0 <= self.cursor_row < len(self.rows) else None

    def measured(self, wide: Sequence[int]) -> None:
        """Take as much room for each column as `widths` found that its texts need."""
        self._widths = list(wide)
        self._lay()

    def show(self, rows: Sequence[R], cursor: int = 0, order: Order | None = None) -> None:
        """Show these rows, in the order they come in, the cursor on one of them."""
        self.rows, self.order = rows, order
        self.cursor_row = max(0, min(cursor, len(rows) - 1))
        self.virtual_size = Size(self.size.width, len(rows) + 1)
        self._into_sight()
        self.refresh()

    def _lay(self) -> None:
        self._fit = fitted(self.columns, self._widths, self.size.width - MARGIN - 1)
        self.refresh()

    @property
    def shown(self) -> tuple[str, ...]:
        """The names of the columns there is room for."""
        return tuple(self.columns[number].name for number, _ in self._fit)

    def on_resize(self, event: events.Resize) -> None:
        self.virtual_size = Size(event.size.width, len(self.rows) + 1)
        self._lay()
        self._into_sight()

    def action_move(self, step: int) -> None:
        self.move_to(self.cursor_row + step)

    def action_page(self, step: int) -> None:
        self.move_to(self.cursor_row + step * max(1, self.size.height - 2))

    def action_end(self, step: int) -> None:
        self.move_to(0 if step < 0 else len(self.rows) - 1)

    def move_to(self, row: int) -> None:
        """Put the cursor on a row."""
        row = max(0, min(row, len(self.rows) - 1))
        if row == self.cursor_row:
            return
        before, self.cursor_row = self.cursor_row, row
        top = self.scroll_offset.y
        self._into_sight()
        if self.scroll_offset.y == top:
            self.refresh(*(Region(0, number - top + 1, self.size.width, 1) for number in (before, row)))
        else:
            self.refresh()
        self.post_message(self.Moved())

    def _into_sight(self) -> None:
        page, top = self.size.height - 1, self.scroll_offset.y
        if page <= 0:
            return
        y = self.cursor_row if self.cursor_row < top else max(top, self.cursor_row - page + 1)
        if y != top:
            self.scroll_to(y=y, animate=False, force=True, immediate=True)

    def on_click(self, event: events.Click) -> None:
        if event.y == 0:
            picked = self._column_at(event.x)
            if picked:
                self.post_message(self.HeadingPicked(picked))
            return
        number = self.scroll_offset.y + event.y - 1
        if number < len(self.rows):
            if number == self.cursor_row:
                self.post_message(self.Selected())
            self.move_to(number)

    def _column_at(self, x: int) -> str:
        left = MARGIN // 2
        for number, width in self._fit:
            if left <= x < left + width + GAP:
                return self.columns[number].name
            left += width + GAP
        return ""

    def render_line(self, y: int) -> Strip:
        base = self.rich_style
        if y == 0:
            return self._line([(self.columns[n].name, "") for n, _ in self._fit], base + self.get_component_rich_style("grid--heading"),
                              heading=True)
        number = self.scroll_offset.y + y - 1
        if number >= len(self.rows):
            return Strip.blank(self.size.width, base)
        row = self.rows[number]
        under = number == self.cursor_row
        quiet = "grid--quiet" if self._quiet(row) else ""
        cells = [(self.columns[n].text(row), "grid--loud" if self.columns[n].loud(row) else quiet) for n, _ in self._fit]
        return self._line(cells, base + self.get_component_rich_style("grid--cursor") if under else base, under)

    def _line(self, cells: Sequence[tuple[str, str]], base: Style, under: bool = False, *, heading: bool = False) -> Strip:
        segments = [Segment(" " * (MARGIN // 2), base)]
        for place, ((number, width), (text, style)) in enumerate(zip(self._fit, cells, strict=True)):
            column = self.columns[number]
            sign = self._sign(column) if heading else ""
            shown = cut(f"{text} {sign}" if sign and not column.right else text, width)
            space = " " * (width - width_of(shown))
            ink = Style(bold=True) if style == "grid--loud" and under else self._ink(style)
            gap = f"{sign if column.right else '':>{GAP}}" if place else ""
            segments += [Segment(gap, base), Segment(space + shown if column.right else shown + space, base + ink if ink else base)]
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def _sign(self, column: Column[R]) -> str:
        """Which way the rows are sorted by a column, "" where they are not."""
        if self.order is None or self.order.column != column.name:
            return ""
        return "▼" if column.down != self.order.turned else "▲"

    def _ink(self, style: str) -> Style | None:
        if not style:
            return None
        found = self.get_component_rich_style(style)
        return Style(color=found.color, bold=found.bold, dim=found.dim)


def cut(text: str, width: int) -> str:
    """A text on one line, safe to be shown, no wider than `width` cells."""
    line = safe_line(text, width)
    while width_of(line) > width:
        line = line[:-2] + "…" if len(line) > 1 else ""
    return line
