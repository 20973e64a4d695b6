"""Insight: how long the paper took, what every client made of one clause, and who brought in which words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from redline.errors import UsageError
from redline.text import safe_line
from redline.tui import safe
from redline.tui.evidence import MUTED
from redline.tui.keys import bindings
from redline.tui.past import blame, history, stages
from redline.tui.protocol import DeskLike
from redline.tui.screens.asking import Ask, Choice, Choose
from redline.tui.screens.place import Place
from redline.tui.status import count
from redline.tui.widgets.evidence import EvidencePane
from redline.tui.widgets.grid import Column, Grid, widths
from redline.views import Blame, Cycle, CycleRow, DealRow, HistoryRow

_BAR = 24


def columns(longest: float) -> tuple[Column[CycleRow], ...]:
    """The columns of the deals; the bar of the longest one fills its room."""
    scale = _BAR / longest if longest else 0.0
    return (
        Column("Deal", lambda row: row.deal, width=28, least=12),
        Column("Ended", lambda row: "open" if row.open else row.outcome),
        Column("Turns", lambda row: str(row.turns), right=True, drop=2),
        Column("Days", lambda row: f"{row.total:.0f}", right=True),
        Column("with us", lambda row: f"{row.ours:.0f}", right=True),
        Column("with them", lambda row: f"{row.theirs:.0f}", right=True),
        Column("█ us, ░ them", lambda row: "█" * round(row.ours * scale) + "░" * round(row.theirs * scale), width=_BAR, drop=1),
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """The clause whose history a reader wants: the deal's slug, the clause's id, what it is called, whether this turn brought it."""

    slug: str
    clause: str
    name: str
    new: bool = False


class InsightScreen(Place):
    """Time, history and blame."""

    place = "insight"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("insight")]
    CSS = """
    InsightScreen #medians { padding: 1 2 0 1; height: auto; }
    InsightScreen Grid { margin: 1 0 0 0; }
    InsightScreen #past { height: 50%; border-top: solid $border; }
    InsightScreen.-more Grid { height: 4; }
    InsightScreen.-more #past { height: 1fr; }
    """

    def __init__(self, desk: DeskLike) -> None:
        super().__init__(desk)
        self.clause = ""
        self.cycle: Cycle | None = None
        self.past: tuple[HistoryRow, ...] | str = ()
        self.origins: Blame | None = None
        self._asked = "base"
        self._remark = ""

    def body(self) -> ComposeResult:
        yield Static(safe.content(""), id="medians")
        yield Grid(columns(0.0), quiet=lambda row: not row.open)
        yield EvidencePane("past")

    def on_mount(self) -> None:
        self.query_one(Grid).focus()
        self.action_reload()

    def action_reload(self) -> None:
        self.ask(self.desk.cycle, self._show, "counting the days …", fresh=True)

    def _show(self, cycle: Cycle) -> None:
        self.query_one("#medians", Static).update(safe.made(medians(cycle)))
        first, self.cycle = self.cycle is None, cycle
        grid = self.query_one(Grid)
        grid.columns = columns(max((row.total for row in cycle.rows), default=0.0))
        grid.measured(widths(grid.columns, cycle.rows))
        grid.show(cycle.rows, grid.cursor_row)
        if first and not self._remark:
            self.action_times()
        self.say(self._remark or count(len(cycle.rows), "deal"))

    def action_times(self) -> None:
        if self.cycle is not None:
            self._pane(partial(stages, self.cycle))

    def _pane(self, make: Callable[[int], Content]) -> None:
        self.query_one(EvidencePane).show(make)

    def action_more(self) -> None:
        self.toggle_class("-more")

    def action_history(self) -> None:
        self.ask(self.desk.board, self._ask_base, "looking for bases …")

    def _ask_base(self, rows: Sequence[DealRow]) -> None:
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

    def _look_up(self, query: str) -> None:
        self._look(lambda: self.desk.history(query))

    def _look(self, question: Callable[[], tuple[HistoryRow, ...] | str]) -> None:
        self.ask(question, self._told, "looking through the deals …", group="history")

    def _told(self, rows: tuple[HistoryRow, ...] | str) -> None:
        """Show the history, or the sentence that says why there is none."""
        said = rows if isinstance(rows, str) else f"{count(len(rows), 'turn')} touched it"
        self.past = rows
        self._pane(partial(history, self.clause, rows))
        self._remark = f"{safe_line(self.clause, 30)}: {said}"
        self.say(self._remark)

    def action_blame(self) -> None:
        def typed(words: str | None) -> None:
            if words and words.strip():
                self._asked = words.strip()
                version, _, clause = self._asked.partition(" ")
                self.ask(lambda: self.desk.blame(version, clause.strip()), self._blamed, "asking each version …", group="history")

        self.app.push_screen(Ask("Whose words? A version, and a clause if you like: base, acme@2, base:nda 7.2", self._asked), typed)

    def _blamed(self, found: Blame) -> None:
        self.origins = found
        self._pane(partial(blame, found))
        self._remark = f"{safe_line(found.version.title, 40)}: {count(len(found.sources), 'source')} of {count(found.words, 'word')}"
        self.say(self._remark)

    def action_scroll_history(self, step: int) -> None:
        self.query_one(EvidencePane).scroll_relative(y=step * 3, animate=False)


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
