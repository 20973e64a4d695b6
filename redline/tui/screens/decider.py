"""Review: a reader that decides: accept, reject, counter, one change or many.

What was decided is shown at once and stored by the clerk in the order it was given; the decisions that stand are those the desk gives
back. Nothing is decided without a line that says what, where a reason can be typed and escape leaves everything as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar, cast

from redline.errors import RedlineError
from redline.model import Change, ChangeId
from redline.text import safe_line
from redline.tui.clerk import Clerk, Job
from redline.tui.countering import Draft, draft, openings
from redline.tui.evidence import place_of
from redline.tui.marks import Marks, alike, to_decide
from redline.tui.protocol import Act, DeskLike
from redline.tui.screens.asking import Choice, Choose
from redline.tui.screens.counter import Counter
from redline.tui.screens.reader import Reader
from redline.tui.status import count
from redline.tui.walk import Walk
from redline.tui.widgets.document import Document
from redline.tui.widgets.outline import Outline
from redline.tui.widgets.prompt import Prompt
from redline.views import Comparison, Decision, FlagKind, Verdict

T = TypeVar("T")


class Decider(Reader):
    """One comparison, decided change by change."""

    against = ""
    """The address it is compared with, "" for what went before it, on which is decided."""

    def __init__(self, desk: DeskLike) -> None:
        super().__init__(desk)
        self._stored: dict[str, tuple[Decision, ...]] = {}
        self._waiting: list[tuple[str, Act]] = []
        self._drafts: dict[ChangeId, str] = {}

    @property
    def clerk(self) -> Clerk:
        """Who stores what is decided here."""
        return cast(Clerk, self.app.clerk)  # type: ignore[attr-defined]

    @property
    def slug(self) -> str:
        """The deal's own name in addresses, whatever the client was called when it was opened."""
        assert self.index is not None
        return self.index.comparison.new.address.partition("@")[0]

    # What stands

    def marks_of(self, comparison: Comparison) -> Marks:
        where = comparison.new.address
        asked = comparison.decisions is not None
        if asked:
            late = where in self._stored
            self._stored[where] = comparison.decisions or ()
            if late:  # Something may have been stored while this was being read.
                self._put(lambda: self.desk.decisions(comparison), partial(self._known, where))
        waiting = [act for at, act in self._waiting if at == where] if asked else []
        seen = self.desk.seen(comparison) if asked else frozenset()
        return Marks.of(comparison, self._stored.get(where, ()) if asked else (), waiting, seen)

    def _known(self, where: str, decisions: tuple[Decision, ...]) -> None:
        """These decisions stand now."""
        self._stored[where] = decisions
        if self.index is not None and self.index.comparison.new.address == where and self.marks.asked:
            waiting = [act for at, act in self._waiting if at == where]
            said = self.said
            self._mark(Marks.of(self.index.comparison, decisions, waiting, self.marks.seen))
            self._status(said)

    def _mark(self, marks: Marks) -> None:
        """Show what we think of the changes now."""
        assert self.index is not None and self.walk is not None
        self.marks = marks
        self.query_one(Document).mark(marks)
        self.query_one(Outline).count(self.index, marks)
        if self.filter.follows:
            self.walk = Walk(self.index, self.filter, marks)
        self._follow()

    # Deciding

    def action_decide(self, verdict: str) -> None:
        if self._able() and self._here() is not None:
            self._ask_why([self.spot.change], Verdict(verdict), self._named(self.spot.change))

    def action_clause_decide(self, verdict: str) -> None:
        if not self._able():
            return
        assert self.index is not None
        clause = self.index.clause_of[self.spot.paragraph] if 0 <= self.spot.paragraph < len(self.index.clause_of) else -1
        if clause < 0:
            self._status("there is no clause here")
            return
        inside = self.index.below(clause)
        found = [number for number in self._open() if self.index.clause_of[self.index.place(number)[0]] in inside]
        where = place_of(self.index, self.index.clauses[clause].first)
        if found:
            only = f", only {self.filter.says}" if self.filter.says else ""
            self._ask_why(found, Verdict(verdict), f"{count(len(found), 'open change')} in {where}{only}")
        else:
            self._status(f"nothing is open in {where}")

    def action_alike(self) -> None:
        change = self._here() if self._able() else None
        if change is None or self.index is None:
            return
        same = alike(self.index, self.spot.change)
        if len(same) < 2:
            self._status("this edit was made here only")
            return
        made = self.marks.decisions.get(change.id)
        what = f"the same edit, made {len(same)} times: {self._named(self.spot.change)}"
        self._choose_verdict(same, what, made if made is not None and made.text and not made.paragraph else None)

    def action_bulk(self) -> None:
        if not self._able():
            return
        found = self._open()
        if found:
            self._choose_verdict(found, f"{count(len(found), 'open change')}, {self.filter.says or 'all there are'}", None)
        else:
            self._status("nothing is open among the changes walked")

    def _choose_verdict(self, numbers: Sequence[int], what: str, counter: Decision | None) -> None:
        """Let the user say what becomes of many, after saying how many and how many of them are flagged or untracked."""
        assert self.index is not None
        lines = [Choice(one.value, f"{one.value} {'all ' + str(len(numbers)) if len(numbers) > 1 else 'it'}")
                 for one in (Verdict.ACCEPT, Verdict.REJECT)]
        if counter is not None:
            lines.append(Choice("counter", f"counter all {len(numbers)} with “{safe_line(counter.text, 24)}”"))

        def picked(value: str | None) -> None:
            if value:
                self._ask_why(numbers, Verdict(value), what, counter.text if counter and value == "counter" else "")

        self.app.push_screen(Choose(f"{what}{self._oddly(numbers)}", lines), picked)

    def _oddly(self, numbers: Sequence[int]) -> str:
        """How many of these changes are untracked, and how many are flagged for something else."""
        assert self.index is not None
        untracked = sum(self.index.untracked(self.index.changes[number]) for number in numbers)
        flagged = sum(any(flag.kind is not FlagKind.UNTRACKED for span in self.index.changes[number].spans
                          for flag in self.index.flags_at(span.paragraph)) for number in numbers)
        words = ", ".join(word for word in (f"{untracked} UNTRACKED" if untracked else "", f"{flagged} flagged" if flagged else "") if word)
        return f" ({words})" if words else ""

    def _ask_why(self, numbers: Sequence[int], verdict: Verdict, what: str, text: str = "", paragraph: bool = False) -> None:
        """Ask for a reason, and decide."""
        assert self.index is not None
        changes = tuple(self.index.changes[number].id for number in numbers)
        known = self.marks.decisions.get(changes[0]) if len(changes) == 1 else None

        def typed(why: str | None) -> None:
            if why is not None:
                self._decide(Act(changes, verdict, why.strip(), text, paragraph))

        old = known.why if known is not None and known.verdict is verdict else ""
        hint = "why? enter without a reason is fine, esc leaves it as it was"
        self.query_one(Prompt).ask(f"{verdict.value} {what}", old, hint, typed)

    def _decide(self, act: Act) -> None:
        """Show a decision, hand it to the clerk, and go on to the next change that waits."""
        assert self.index is not None and self.walk is not None
        view, where = self.index.comparison, self.index.comparison.new.address
        self._waiting.append((where, act))

        def run() -> tuple[Decision, ...]:
            return self.desk.decide(replace(view, decisions=self._stored.get(where, ())), act)

        def done(decisions: tuple[Decision, ...]) -> None:
            self._waiting.remove((where, act))
            self._known(where, decisions)

        def failed(error: RedlineError) -> None:
            self._waiting.remove((where, act))
            self._known(where, self._stored.get(where, ()))
            self.failed(error)

        marks = Marks.of(view, self._stored.get(where, ()), [one for at, one in self._waiting if at == where], self.marks.seen)
        waiting = frozenset(to_decide(self.index, marks))
        onward = self.walk.onward(self.spot, waiting)
        if onward is not None:
            self.spot = onward
            self.query_one(Document).go(onward)
        self._mark(marks)
        if not waiting:
            self._status("all is decided: W writes our answer")
        elif onward is None:
            self._status("nothing more is open among these")
        self._put(run, done, failed)

    def _put(self, run: Callable[[], T], done: Callable[[T], None], failed: Callable[[RedlineError], None] | None = None) -> None:
        """Let the clerk do something to the vault. What changes it from here does not make the place stale."""
        def doing() -> T:
            before = self.desk.stamp()
            try:
                return run()
            finally:
                if self.stamp == before:
                    self.stamp = self.desk.stamp()

        self.clerk.put(cast(Job[object], Job(doing, done, failed or self.failed)))

    # Countering

    def action_counter(self) -> None:
        change = self._here() if self._able() else None
        if change is None or self.index is None:
            return
        try:
            found = draft(self.index, change)
        except RedlineError as error:
            self.failed(error)
            return
        number, made = self.spot.change, self.marks.decisions.get(change.id)
        texts = openings(self.index, change, found, made)
        if change.id in self._drafts:
            texts.insert(0, self._drafts[change.id])

        def keep(words: str) -> None:
            self._drafts[change.id] = words

        def written(words: str | None) -> None:
            if words is not None:
                self._countered(number, found, words)

        self.app.push_screen(Counter(f"counter {self._named(number)}", found, texts, self.desk.offer, keep), written)

    def _countered(self, number: int, found: Draft, words: str) -> None:
        text, paragraph = found.counter(words)
        self._ask_why([number], Verdict.COUNTER, f"{self._named(number)} with “{safe_line(text, 40)}”", text, paragraph)

    # What can be decided

    def _able(self) -> bool:
        """Whether there is anything to decide here; says so where there is not."""
        if self.index is None:
            return False
        if self.marks.asked:
            return True
        new = self.index.comparison.new
        if new.direction == "sent":
            self._status(f"nothing to decide: turn {new.turn} is ours, they have it")
        elif self.against:
            self._status("nothing to decide in this comparison: B goes back to what they changed")
        else:
            self._status("nothing to decide: the deal is closed, or nothing was sent before")
        return False

    def _here(self) -> Change | None:
        if self.index is None or not 0 <= self.spot.change < len(self.index.changes):
            self._status("there is no change here")
            return None
        return self.index.changes[self.spot.change]

    def _open(self) -> list[int]:
        """The changes walked that have no decision."""
        assert self.index is not None and self.walk is not None
        return [number for number in self.walk.changes if self.index.changes[number].id not in self.marks.decisions]

    def _named(self, number: int) -> str:
        """A change in a few words."""
        assert self.index is not None
        change = self.index.changes[number]
        old, new = safe_line(change.old_text, 28), safe_line(change.new_text, 28)
        words = f"“{old}” → “{new}”" if old and new else f"“{new or old}” {'put in' if new else 'taken out'}" if new or old else ""
        return f"{place_of(self.index, self.index.place(number)[0], change.label)}  {words}".strip()
