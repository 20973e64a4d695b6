"""The deals: whose turn it is and for how long, how much was changed, what is flagged; below, the turns of one deal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from redline.text import safe_line
from redline.tui import safe
from redline.tui.evidence import LOUD, MUTED, day
from redline.tui.keys import bindings
from redline.tui.protocol import DeskLike
from redline.tui.screens.place import Place
from redline.tui.screens.taking import TakenIn, take_in
from redline.tui.status import count
from redline.tui.times import held
from redline.tui.widgets.table import Table
from redline.views import DealRow, LogRow

WIDE_FROM = 100


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the board: what stands in its cells, whether figures, and from which width of terminal it is shown."""

    name: str
    text: Callable[[DealRow], str]
    right: bool = False
    loud: Callable[[DealRow], bool] = lambda row: False
    width: int = 0
    wide: bool = False


class DealsScreen(Place):
    """The board."""

    place = "deals"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("deals")]
    CSS = """
    DealsScreen #turns { height: 40%; border-top: solid $border; padding: 0 2; background: $surface; scrollbar-size-vertical: 1; }
    DealsScreen #empty { display: none; padding: 2 4; height: 1fr; }
    DealsScreen.-empty Table, DealsScreen.-empty #turns { display: none; }
    DealsScreen.-empty #empty { display: block; }
    """

    class Opened(Message):
        """A deal was opened."""

        def __init__(self, slug: str) -> None:
            super().__init__()
            self.slug = slug

    def __init__(self, desk: DeskLike) -> None:
        super().__init__(desk)
        self.rows: tuple[DealRow, ...] = ()
        self._logs: dict[str, tuple[LogRow, ...]] = {}
        self._slug = ""
        self._wide = False

    def body(self) -> ComposeResult:
        yield Table()
        yield Static(safe.made(_EMPTY), id="empty")
        with VerticalScroll(id="turns", can_focus=False):
            yield Static(safe.content(""), id="timeline")

    def on_mount(self) -> None:
        self.query_one(Table).focus()
        self.action_reload()

    def on_resize(self, event: events.Resize) -> None:
        if (event.size.width >= WIDE_FROM) != self._wide:
            self._wide = event.size.width >= WIDE_FROM
            self._fill()

    def action_reload(self) -> None:
        self._logs = {}
        self.ask(self.desk.board, self._show, "reading the vault …", fresh=True)

    def on_screen_resume(self) -> None:
        """Read the board again where something was done since, from here or elsewhere."""
        if self.stamp is not None and self.stamp != self.desk.stamp():
            self.action_reload()

    def action_receive(self) -> None:
        row = self._row(self._slug)
        if row is None:
            self.say("open a deal first: redline send CLIENT, or redline receive CLIENT FILE --their-paper")
        else:
            take_in(self, self.desk, row.slug, row.client)

    def on_taken_in(self, event: TakenIn) -> None:
        self.action_reload()
        if event.onward:
            self.post_message(self.Opened(event.slug))

    def _show(self, rows: tuple[DealRow, ...]) -> None:
        self.rows = rows
        self.set_class(not rows, "-empty")
        self.say(summary(rows))
        self._fill()
        if rows:
            self._timeline(rows[self.query_one(Table).cursor_row].slug)
        else:
            self.ask(lambda: self.desk.log(None), self._empty, "looking for bases …")

    def _empty(self, rows: tuple[LogRow, ...]) -> None:
        """Say what to do first: without a base, or with one that was never sent."""
        bases = list(dict.fromkeys(row.address.partition("@")[0].partition(":")[2] for row in rows if row.address.startswith("base")))
        self.query_one("#empty", Static).update(safe.made(only_bases(bases) if bases else _EMPTY))
        self.say(summary(()))

    def _fill(self) -> None:
        """Draw the board in the columns there is room for, the cursor on the deal it was on."""
        table = self.query_one(Table)
        before = self._slug
        columns = [column for column in COLUMNS if self._wide or not column.wide]
        table.clear(columns=True)
        for column in columns:
            table.add_column(safe.cell(column.name, right=column.right), key=column.name)
        for row in self.rows:
            table.add_row(*(safe.as_cell(cell(row, column, self._wide)) for column in columns), key=row.slug)
        slugs = [row.slug for row in self.rows]
        if before in slugs:
            table.move_cursor(row=slugs.index(before))

    def on_data_table_row_highlighted(self, event: Table.RowHighlighted) -> None:
        if event.row_key is not None and event.row_key.value is not None:
            self._timeline(event.row_key.value)

    def _timeline(self, slug: str) -> None:
        self._slug = slug
        if slug in self._logs:
            self.query_one("#timeline", Static).update(safe.made(timeline(self._row(slug), self._logs[slug])))
            return

        def told(rows: tuple[LogRow, ...]) -> None:
            self._logs[slug] = rows
            self.say(summary(self.rows))
            if self._slug == slug:
                self.query_one("#timeline", Static).update(safe.made(timeline(self._row(slug), rows)))

        self.ask(lambda: self.desk.log(slug), told, "reading the turns …")

    def _row(self, slug: str) -> DealRow | None:
        return next((row for row in self.rows if row.slug == slug), None)

    def on_data_table_row_selected(self, event: Table.RowSelected) -> None:
        if event.row_key.value is not None:
            self.post_message(self.Opened(event.row_key.value))

    def action_open(self) -> None:
        if self._slug and self.rows:
            self.post_message(self.Opened(self._slug))


def cell(row: DealRow, column: Column, wide: bool) -> Text:
    """What the board says about a deal in one column."""
    closed = "" if row.holder else "dim"
    width = column.width if wide else min(column.width, 20)
    return safe.cell(column.text(row), "bold" if column.loud(row) else closed, width=width, right=column.right)


def whose(row: DealRow) -> str:
    """Whose turn it is, and for how long."""
    days = held(row.since, row.now)
    if not row.holder:
        return f"closed {days}{' ago' if days and days != 'today' else ''}".strip()
    return f"{'ours' if row.holder == 'us' else 'theirs'}, {days}".rstrip(", ")


def _turn(row: LogRow) -> str:
    """ "turn 2, " in front of what happened, where the address of the row is a turn."""
    number = row.address.rpartition("@")[2]
    return f"turn {number}, " if number.isdecimal() and "turn" not in row.what else ""


COLUMNS = (
    Column("Client", lambda row: row.client, loud=lambda row: bool(row.holder), width=28),
    Column("Base", lambda row: row.base, width=14, wide=True),
    Column("Stage", lambda row: row.stage, width=10),
    Column("Whose turn", whose, loud=lambda row: row.holder == "us", width=19),
    Column("Adopted", lambda row: "yes" if row.adopted else "", wide=True),
    Column("Turns", lambda row: str(row.turns or ""), right=True, wide=True),
    Column("Changes", lambda row: str(row.changes or ""), right=True),
    Column("Untracked", lambda row: f"U {row.untracked}" if row.untracked else "", right=True, loud=lambda row: True),
    Column("Flags", lambda row: f"! {row.flags}" if row.flags else "", right=True, loud=lambda row: True),
    Column("Value", lambda row: row.value, right=True, width=18, wide=True),
)


def summary(rows: tuple[DealRow, ...]) -> str:
    """The board in one sentence."""
    if not rows:
        return "no deal yet"
    ours = sum(row.holder == "us" for row in rows)
    theirs = sum(row.holder == "them" for row in rows)
    closed = len(rows) - ours - theirs
    return f"{count(len(rows), 'deal')}: {ours} waiting for us, {theirs} with them, {closed} closed"


def timeline(row: DealRow | None, rows: tuple[LogRow, ...]) -> Content:
    """The turns of a deal, newest first, each with who held it and what came of it."""
    lines: list[Content] = []
    if row is not None:
        head: list[safe.Part] = [(safe_line(row.client), "bold"), (f"  {safe_line(row.stage)}", MUTED)]
        if row.reason:
            head.append((f"  {safe_line(row.reason)}", ""))
        lines.append(safe.parts(*head))
    for one in rows:
        said: list[safe.Part] = [
            (f"{day(one.date):>11}  ", MUTED), (f"{_turn(one)}{safe_line(one.what, 28)}", "bold"), (f"  {safe_line(one.who, 28)}", ""),
        ]
        counts = [count(one.tracked, "tracked", "tracked") if one.tracked else "",
                  count(one.comments, "comment") if one.comments else ""]
        told = ", ".join(word for word in counts if word)
        said.append((f"  {told}" if told else "", MUTED))
        said.append((f"  {one.untracked} UNTRACKED" if one.untracked else "", LOUD))
        said.append((f"  ! {count(one.flags, 'flag')}" if one.flags else "", LOUD))
        if one.note:
            said.append((f"  {safe_line(one.note, 60)}", MUTED))
        lines.append(safe.parts(*said))
    return safe.lines(lines)


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
