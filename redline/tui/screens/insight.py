"""Insight: how long the paper took, deal by deal, and what every client made of one clause."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from redline.errors import UsageError
from redline.model import Kind, Redline
from redline.text import safe_line
from redline.tui import safe
from redline.tui.evidence import MUTED, day
from redline.tui.keys import bindings
from redline.tui.page.pieces import Piece, Tone, shown
from redline.tui.page.runs import lines, sign
from redline.tui.protocol import DeskLike
from redline.tui.screens.asking import Ask, Choice, Choose
from redline.tui.screens.place import Place
from redline.tui.status import count
from redline.tui.widgets.evidence import EvidencePane
from redline.tui.widgets.table import Table
from redline.views import Cycle, CycleRow, DealRow, HistoryRow

_COLUMNS = ("Deal", "Ended", "Turns", "Days", "with us", "with them", "█ us  ░ them")
_BAR = 24


@dataclass(frozen=True, slots=True)
class Wanted:
    """The clause whose history a reader wants: the deal's slug, the clause's id, what it is called, whether this turn brought it."""

    slug: str
    clause: str
    name: str
    new: bool = False


class InsightScreen(Place):
    """Time and history."""

    place = "insight"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("insight")]
    CSS = """
    InsightScreen #medians { padding: 1 2 0 2; height: auto; }
    InsightScreen #past { height: 50%; border-top: solid $border; }
    """

    def __init__(self, desk: DeskLike) -> None:
        super().__init__(desk)
        self.clause = ""
        self._remark = ""

    def body(self) -> ComposeResult:
        yield Static(safe.content(""), id="medians")
        table = Table()
        for number, column in enumerate(_COLUMNS):
            table.add_column(safe.cell(column, right=2 <= number <= 5), key=str(number))
        yield table
        yield EvidencePane("past")

    def on_mount(self) -> None:
        self.query_one(Table).focus()
        self.query_one(EvidencePane).show(
            lambda _: safe.content("Press h to see what every client made of a clause, and how it ended.", MUTED)
        )
        self.action_reload()

    def action_reload(self) -> None:
        self.ask(self.desk.cycle, self._show, "counting the days …", fresh=True)

    def _show(self, cycle: Cycle) -> None:
        self.query_one("#medians", Static).update(safe.made(medians(cycle)))
        table = self.query_one(Table)
        table.clear()
        longest = max((row.total for row in cycle.rows), default=0.0)
        for row in cycle.rows:
            table.add_row(*(safe.as_cell(one) for one in _cells(row, longest)))
        self.say(self._remark or count(len(cycle.rows), "deal"))

    def action_history(self) -> None:
        self.ask(self.desk.board, self._ask_base, "looking for bases …")

    def _ask_base(self, rows: tuple[DealRow, ...]) -> None:
        """Let the user choose the base where there are several."""
        bases = list(dict.fromkeys(row.base for row in rows if " " not in row.base))
        self.say("")
        if len(bases) < 2:
            self._ask_clause("")
            return

        def picked(base: str | None) -> None:
            if base:
                self._ask_clause(base)

        choices = [Choice(base, base, count(sum(row.base == base for row in rows), "deal")) for base in bases]
        self.app.push_screen(Choose("A clause of which base?", choices), picked)

    def _ask_clause(self, base: str) -> None:
        def typed(words: str | None) -> None:
            if words:
                self.clause = words
                self._look_up(f"base:{base} {words}" if base else words)

        self.app.push_screen(Ask("History of which clause? Its number or words of its heading", self.clause), typed)

    def show_history(self, wanted: Wanted) -> None:
        """Show what became of a clause of the base that a client's deal stands on."""
        self.clause = wanted.name

        def asked() -> tuple[HistoryRow, ...] | str:
            base = next((row.base for row in self.desk.board() if row.slug == wanted.slug), "")
            if not base or " " in base:
                return "this deal stands on their own paper: there is no base whose clauses others had too"
            try:
                return self.desk.history(f"base:{base} {wanted.clause}")
            except UsageError:
                return f"new in this {'turn' if wanted.new else 'deal'}: no earlier client had it"

        self._look(asked)

    def action_scroll_history(self, step: int) -> None:
        self.query_one(EvidencePane).scroll_relative(y=step * 3, animate=False)

    def _look_up(self, query: str) -> None:
        self._look(lambda: self.desk.history(query))

    def _look(self, question: Callable[[], tuple[HistoryRow, ...] | str]) -> None:
        self.ask(question, self._told, "looking through the deals …", group="history")

    def _told(self, rows: tuple[HistoryRow, ...] | str) -> None:
        """Show the history, or the sentence that says why there is none."""
        said = rows if isinstance(rows, str) else f"{count(len(rows), 'turn')} touched it"
        self.query_one(EvidencePane).show(partial(history, self.clause, rows))
        self._remark = f"{safe_line(self.clause, 30)}: {said}"
        self.say(self._remark)


def medians(cycle: Cycle) -> Content:
    """The time over all closed deals; always with how many there are."""
    if cycle.median_total is None:
        return safe.parts(("No deal is closed yet", "bold"), (", so there is nothing to count.", MUTED))
    with_us = f"{cycle.median_ours:.0f} of them with us" if cycle.median_ours is not None else ""
    with_them = f"{cycle.median_theirs:.0f} with them" if cycle.median_theirs is not None else ""
    span = f"{cycle.shortest:.0f} to {cycle.longest:.0f} days" if cycle.shortest is not None and cycle.longest is not None else ""
    rest = ", ".join(word for word in (with_us, with_them) if word)
    return safe.parts(
        (f"{cycle.median_total:.0f} days", "bold"), (" is the median time the paper took", ""), (f" ({rest})" if rest else "", MUTED),
        (f"; {count(cycle.closed, 'closed deal')}, {span}", MUTED),
    )


def _cells(row: CycleRow, longest: float) -> list[Text]:
    quiet = "" if row.open else "dim"
    scale = _BAR / longest if longest else 0.0
    ours, theirs = round(row.ours * scale), round(row.theirs * scale)
    return [
        safe.cell(row.deal, "bold", width=24), safe.cell("open" if row.open else row.outcome, quiet),
        safe.cell(str(row.turns), right=True), safe.cell(f"{row.total:.0f}", "bold", right=True),
        safe.cell(f"{row.ours:.0f}", right=True), safe.cell(f"{row.theirs:.0f}", right=True),
        safe.cell("█" * ours + "░" * theirs),
    ]


def history(clause: str, rows: tuple[HistoryRow, ...] | str, width: int) -> Content:
    """What each deal made of a clause, and how that deal ended; or a sentence instead."""
    out = [safe.parts((f"Clause {safe_line(clause, 80)}", "bold")), safe.parts(("", ""))]
    if isinstance(rows, str):
        return safe.lines([*out, safe.content(rows)])
    if not rows:
        out.append(safe.parts(("no deal has touched it", MUTED)))
    for row in rows:
        ended = f"{row.outcome}{': ' + safe_line(row.reason, 120) if row.reason else ''}"
        out.append(safe.parts(
            (f"{day(row.date):>11}  ", MUTED), (safe_line(row.deal), "bold"), (f"  {safe_line(row.label)}", ""),
            (f"  {safe_line(row.who)}", MUTED), (f"  {ended}", "bold" if row.outcome == "lost" else MUTED),
        ))
        out.extend(_redline(row.redline, width))
        out.append(safe.parts(("", "")))
    return safe.lines(out)


_INDENT = 13
_STYLES = {"ins": "underline $primary", "del": "strike $warning", "move_to": "underline italic", "move_from": "strike italic"}


def _redline(redline: Redline, width: int) -> Iterator[Content]:
    for paragraph in redline.paragraphs:
        pieces = [Piece(shown(one.text), Tone(one.kind.value)) for one in paragraph.segments if one.kind is not Kind.GONE]
        for runs in lines(pieces, max(20, width - _INDENT)):
            mark = sign(run.tone.kind for run in runs)
            yield safe.parts(
                (f"{mark:>{_INDENT - 2}}  ", "bold"), *((run.text, _STYLES.get(run.tone.kind, "")) for run in runs)
            )
