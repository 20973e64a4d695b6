"""The deals: whose turn it is and for how long, how much was changed, what is flagged; below, the turns of one deal."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.coordinate import Coordinate
from textual.message import Message
from textual.widgets import DataTable, Static

from redline.text import safe_line
from redline.tui import safe
from redline.tui.evidence import LOUD, MUTED, day
from redline.tui.keys import bindings
from redline.tui.protocol import DeskLike
from redline.tui.screens.place import Place
from redline.tui.status import count
from redline.tui.times import held
from redline.views import DealRow, LogRow

_COLUMNS = ("Client", "Base", "Stage", "Whose turn", "Turns", "Changes", "Untracked", "Flags", "Value")
_RIGHT = frozenset({"Turns", "Changes", "Untracked", "Flags", "Value"})


class DealsScreen(Place):
    """The board."""

    place = "deals"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("deals")]
    CSS = """
    DealsScreen DataTable { height: 1fr; background: $background; padding: 1 1 0 1; scrollbar-size-vertical: 1; scrollbar-size-horizontal: 1; }
    DealsScreen DataTable > .datatable--header { background: $background; color: $foreground-muted; text-style: none; }
    DealsScreen #turns { height: 40%; border-top: solid $border; padding: 0 2; background: $surface; scrollbar-size-vertical: 1; }
    DealsScreen #empty { display: none; padding: 2 4; height: 1fr; }
    DealsScreen.-empty DataTable, DealsScreen.-empty #turns { display: none; }
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

    def body(self) -> ComposeResult:
        table: DataTable[Text] = DataTable(cursor_type="row", cell_padding=1, zebra_stripes=False)
        for column in _COLUMNS:
            table.add_column(safe.cell(column, right=column in _RIGHT), key=column)
        yield table
        yield Static(safe.made(_EMPTY), id="empty")
        with VerticalScroll(id="turns", can_focus=False):
            yield Static(safe.content(""), id="timeline")

    def on_mount(self) -> None:
        self.query_one(DataTable).focus()
        self.action_reload()

    def action_reload(self) -> None:
        self._logs = {}
        self.ask(self.desk.board, self._show, "reading the vault …")

    def _show(self, rows: tuple[DealRow, ...]) -> None:
        self.rows = rows
        table = self.query_one(DataTable)
        before = self._slug
        table.clear()
        for row in rows:
            table.add_row(*(safe.as_cell(one) for one in cells(row)), key=row.slug)
        self.set_class(not rows, "-empty")
        slugs = [row.slug for row in rows]
        if before in slugs:
            table.cursor_coordinate = Coordinate(slugs.index(before), 0)
        self.say(summary(rows))
        if rows:
            self._timeline(slugs[table.cursor_row])

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
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

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        if event.row_key.value is not None:
            self.post_message(self.Opened(event.row_key.value))

    def action_open(self) -> None:
        if self._slug and self.rows:
            self.post_message(self.Opened(self._slug))


def cells(row: DealRow) -> list[Text]:
    """A deal as the cells of the board."""
    closed = not row.holder
    quiet = "dim" if closed else ""
    whose = {"us": "ours", "them": "theirs"}.get(row.holder, "closed")
    turn = safe.cell(f"{whose} {held(row.since)}".strip(), "bold" if row.holder == "us" else quiet)
    return [
        safe.cell(row.client, "bold" if not closed else "dim", width=22), safe.cell(row.base, quiet, width=12),
        safe.cell(row.stage + (" · adopted" if row.adopted else ""), quiet, width=18), turn,
        safe.cell(str(row.turns or ""), quiet, right=True), safe.cell(str(row.changes or ""), quiet, right=True),
        safe.cell(f"U {row.untracked}" if row.untracked else "", "bold", right=True),
        safe.cell(f"! {row.flags}" if row.flags else "", "bold", right=True), safe.cell(row.value, quiet, width=16, right=True),
    ]


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
            (f"{day(one.date):>11}  ", MUTED), (safe_line(one.what, 28), "bold"), (f"  {safe_line(one.who, 28)}", ""),
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


_EMPTY = safe.lines([
    safe.parts(("No deal yet.", "bold")),
    safe.parts(("", "")),
    safe.parts(("Put your contract in:        ", MUTED), ("redline base contract.docx", "bold")),
    safe.parts(("Send it to a client:         ", MUTED), ("redline send acme", "bold")),
    safe.parts(("Take in what comes back:     ", MUTED), ("redline receive acme returned.docx", "bold")),
    safe.parts(("See it with sample contracts:", MUTED), (" redline demo", "bold")),
])
