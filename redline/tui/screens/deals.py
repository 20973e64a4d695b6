"""The deals: whose turn it is and for how long, how much was changed, what is flagged; below, the turns of one deal."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from redline.errors import UsageError
from redline.text import safe_line
from redline.tui import safe
from redline.tui.board import COLUMNS, Board, Filter, summary
from redline.tui.evidence import MUTED
from redline.tui.keys import bindings
from redline.tui.protocol import DeskLike
from redline.tui.screens import asking
from redline.tui.screens.place import Place
from redline.tui.screens.taking import TakenIn, take_in
from redline.tui.status import count
from redline.tui.timeline import timeline
from redline.tui.widgets.evidence import EvidencePane
from redline.tui.widgets.grid import MANY, Grid, Order
from redline.tui.widgets.prompt import Line
from redline.views import DealRow, LogRow

REST = 0.08
"""Seconds that the cursor rests on one of very many deals before its turns are read."""


class SearchLine(Line):
    """Where a search is typed; the board follows each letter."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False), Binding("enter,down", "keep", show=False)]

    class Left(Message):
        """The reader is done; `keep` tells whether what was found stays."""

        def __init__(self, keep: bool) -> None:
            super().__init__()
            self.keep = keep

    def action_leave(self) -> None:
        self.post_message(self.Left(False))

    def action_keep(self) -> None:
        self.post_message(self.Left(True))


class DealsScreen(Place):
    """The board."""

    place = "deals"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("deals")]
    CSS = """
    DealsScreen Grid { padding: 0; margin: 1 0 0 0; }
    DealsScreen #turns { height: 40%; border-top: solid $border; }
    DealsScreen.-turns Grid { height: 6; }
    DealsScreen.-turns #turns { height: 1fr; }
    DealsScreen #empty { display: none; padding: 2 4; height: 1fr; }
    DealsScreen.-empty Grid, DealsScreen.-empty #turns { display: none; }
    DealsScreen.-empty #empty { display: block; }
    DealsScreen SearchLine { display: none; border: none; height: 1; padding: 0 1; background: $surface; }
    DealsScreen SearchLine:focus { border: none; }
    DealsScreen.-search SearchLine { display: block; }
    """

    class Opened(Message):
        """A deal was opened."""

        def __init__(self, slug: str) -> None:
            super().__init__()
            self.slug = slug

    def __init__(self, desk: DeskLike) -> None:
        super().__init__(desk)
        self.board = Board(())
        self.filter = Filter()
        self._order: Order | None = None
        self._logs: dict[str, tuple[LogRow, ...]] = {}
        self._slug = ""
        self._rest: Timer | None = None

    @property
    def rows(self) -> tuple[DealRow, ...]:
        return self.board.rows

    @property
    def grid(self) -> Grid[DealRow]:
        return self.query_one(Grid)

    def body(self) -> ComposeResult:
        yield Grid(COLUMNS, quiet=lambda row: not row.holder)
        yield Static(safe.made(_EMPTY), id="empty")
        yield EvidencePane("turns")
        yield SearchLine(placeholder="search: client, base, stage, reason")

    def on_mount(self) -> None:
        self.grid.focus()
        self.action_reload()

    def action_reload(self) -> None:
        self._logs = {}
        self.ask(self._read, self._show, "reading the vault …", fresh=True)

    def on_screen_resume(self) -> None:
        """Read the board again where something was done since, from here or elsewhere."""
        if self.stamp is not None and self.stamp != self.desk.stamp():
            self.action_reload()

    def action_receive(self) -> None:
        row = self.grid.row
        if row is None:
            self.say("open a deal first: redline send CLIENT, or redline receive CLIENT FILE --their-paper")
        else:
            take_in(self, self.desk, row.slug, row.client)

    def on_taken_in(self, event: TakenIn) -> None:
        self.action_reload()
        if event.onward:
            self.post_message(self.Opened(event.slug))

    def _read(self) -> Board:
        """The board, in a thread; what is there already is shown while the rest is read."""
        worker = get_current_worker()

        def so_far(rows: tuple[DealRow, ...], total: int) -> None:
            if worker.is_cancelled:
                raise UsageError("another question took the place of this one")
            self.app.call_from_thread(self._partly, Board(rows, self._order), total)

        return Board(self.desk.board(so_far), self._order)

    def _partly(self, board: Board, total: int) -> None:
        self._take(board)
        self.say(f"reading the deals: {len(board.rows):,} of {total:,} …", MUTED)

    def _show(self, board: Board) -> None:
        self._take(board)
        if board.rows:
            self.run_worker(board.prepare, thread=True, group="search")
            self._say()
            self._timeline()
        else:
            self.ask(lambda: self.desk.log(None), self._empty, "looking for bases …")

    def _take(self, board: Board) -> None:
        if board.order != self._order:
            board.sort(self._order)
        self.board = board
        self.set_class(not board.rows, "-empty")
        self.grid.measured(board.widths)
        self._fill()

    def _empty(self, rows: tuple[LogRow, ...]) -> None:
        """Say what to do first: without a base, or with one that was never sent."""
        bases = list(dict.fromkeys(row.address.partition("@")[0].partition(":")[2] for row in rows if row.address.startswith("base")))
        self.query_one("#empty", Static).update(safe.made(only_bases(bases) if bases else _EMPTY))
        self.say(summary(()))

    def _fill(self) -> None:
        """Show what the filter leaves, the cursor on the deal it was on."""
        rows = self.board.found(self.filter)
        here = next((number for number, row in enumerate(rows) if row.slug == self._slug), 0)
        self.grid.show(rows, here, self.board.order)

    def _say(self) -> None:
        said = self.board.summary(self.grid.rows, self.filter)
        order = self.board.order
        self.say(f"{said}  by {order.column.lower()}{', reversed' if order.turned else ''}" if order else said)

    def _filtered(self, wanted: Filter) -> None:
        self.filter = wanted
        self._fill()
        self._say()
        self._timeline()

    def on_grid_moved(self) -> None:
        self._timeline()

    def on_grid_selected(self) -> None:
        self.action_open()

    def on_grid_heading_picked(self, event: Grid.HeadingPicked) -> None:
        now = self._order
        turned = now is not None and now.column == event.column and not now.turned
        self._sorted(Order(event.column, turned))

    def action_sort(self) -> None:
        """By the next column in sight; after the last one as the board stands by itself."""
        names = [*self.grid.shown, ""]
        name = names[(names.index(self._order.column) + 1) % len(names)] if self._order and self._order.column in names else names[0]
        self._sorted(Order(name) if name else None)

    def action_turn(self) -> None:
        self._sorted(Order(self._order.column, not self._order.turned) if self._order else Order("Whose turn", True))

    def _sorted(self, order: Order | None) -> None:
        self._order = order
        self.board.sort(order)
        self._fill()
        self._say()

    def action_filter(self) -> None:
        choices = self.board.choices(self.filter)
        offered = [asking.Choice(str(number), one.text, count(one.number, "deal")) for number, one in enumerate(choices)]

        def picked(number: str | None) -> None:
            if number:
                self._filtered(choices[int(number)].filter)

        self.app.push_screen(asking.Choose("Which deals?", offered), picked)

    def action_search(self) -> None:
        self.add_class("-search")
        self.query_one(SearchLine).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._filtered(Filter(self.filter.holder, self.filter.stage, self.filter.base, self.filter.attention, event.value))

    def on_search_line_left(self, event: SearchLine.Left) -> None:
        line = self.query_one(SearchLine)
        if not event.keep:
            line.value = ""
        self.set_class(bool(line.value), "-search")
        self.grid.focus()

    def back(self) -> bool:
        """Show all deals again, where only some are shown."""
        if self.filter == Filter():
            return False
        self.query_one(SearchLine).value = ""
        self.remove_class("-search")
        self._filtered(Filter())
        return True

    def _timeline(self) -> None:
        """Show the turns of the deal under the cursor; of very many deals only where it comes to rest."""
        row = self.grid.row
        if self._rest is not None:
            self._rest.stop()
        self._slug = row.slug if row else ""
        pane = self.query_one("#turns", EvidencePane)
        if row is None:
            pane.show(lambda _: safe.content("no deal here", MUTED))
        elif row.slug in self._logs:
            pane.show(partial(timeline, row, self._logs[row.slug]))
        elif len(self.rows) <= MANY:
            self._fetch(row)
        else:
            pane.show(partial(timeline, row, ()))
            self._rest = self.set_timer(REST, partial(self._fetch, row))

    def _fetch(self, row: DealRow) -> None:
        self.ask(partial(self.desk.log, row.slug), partial(self._told, row), "", group="turns")

    def _told(self, row: DealRow, rows: tuple[LogRow, ...]) -> None:
        self._logs[row.slug] = rows
        if self._slug == row.slug:
            self.query_one("#turns", EvidencePane).show(partial(timeline, row, rows))

    def action_turns(self) -> None:
        self.toggle_class("-turns")

    def action_scroll_turns(self, step: int) -> None:
        self.query_one("#turns", EvidencePane).scroll_relative(y=step * 3, animate=False)

    def action_open(self) -> None:
        if self._slug and self.grid.rows:
            self.post_message(self.Opened(self._slug))


def only_bases(bases: list[str]) -> Content:
    """What to do in a vault that has bases and no deal yet."""
    names = ", ".join(safe_line(name, 24) for name in bases if name)
    return safe.lines([
        safe.parts(("No deal yet.", "bold"), (f"  {count(len(bases), 'base')}{': ' + names if names else ''}", MUTED)),
        safe.parts(("", "")),
        safe.parts(("Send it to a client:         ", MUTED), ("redline send acme", "bold")),
        safe.parts(("Take in what comes back:     ", MUTED), ("redline receive acme returned.docx", "bold")),
    ])


_EMPTY = safe.lines([
    safe.parts(("No deal yet.", "bold")),
    safe.parts(("", "")),
    safe.parts(("Put your contract in:        ", MUTED), ("redline base contract.docx", "bold")),
    safe.parts(("Send it to a client:         ", MUTED), ("redline send acme", "bold")),
    safe.parts(("Take in what comes back:     ", MUTED), ("redline receive acme returned.docx", "bold")),
    safe.parts(("See it with sample contracts:", MUTED), (" redline demo", "bold")),
])
