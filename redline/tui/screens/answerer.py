"""Review: what comes after deciding: take it back, say what was seen, write our answer.

Undo is the desk's: it takes back the last act in the vault, also yesterday's. Here it does so at once only where that was a decision in
the deal that is shown; for anything else it asks.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from redline.errors import RedlineError
from redline.text import safe_line
from redline.tui import safe
from redline.tui.marks import to_decide
from redline.tui.protocol import Past
from redline.tui.screens.answer import Answer, Wanted, free
from redline.tui.screens.asking import Choice, Choose
from redline.tui.screens.decider import Decider
from redline.tui.screens.working import Stopped, Told, Working, trouble
from redline.tui.walk import Spot
from redline.tui.widgets.document import Document
from redline.views import Comparison, Decision, Done


class Answerer(Decider):
    """One comparison, decided, answered."""

    # Taking back

    def action_undo(self) -> None:
        self._past(False)

    def action_redo(self) -> None:
        self._past(True)

    def _past(self, redo: bool) -> None:
        """Take back the last decision here, or do it again; ask first where the last act was something else."""
        if self.index is None:
            return
        view, slug = self.index.comparison, self.slug

        def run() -> tuple[Past | None, tuple[Decision, ...] | None]:
            past = self.desk.past(redo)
            if past is None or past.deal != slug or view.decisions is None:
                return past, None
            self.desk.undo(past.id, redo)
            return past, self.desk.decisions(view)

        def done(found: tuple[Past | None, tuple[Decision, ...] | None]) -> None:
            past, decisions = found
            if decisions is not None:
                assert past is not None
                self._returned(view, decisions, f"{'done again' if redo else 'taken back'}: {safe_line(past.did, 60)}")
            elif past is None:
                self._status("there is nothing to do again" if redo else "there is nothing to take back")
            else:
                self._ask_past(past, redo)

        self._put(run, done)

    def _returned(self, view: Comparison, decisions: tuple[Decision, ...], remark: str) -> None:
        """Show what stands after something was taken back, and go to the first change that it was about."""
        where = view.new.address
        before = {one.change: one for one in self._stored.get(where, ())}
        after = {one.change: one for one in decisions}
        if self.index is not None and self.index.comparison is view:
            other = {change for change in before.keys() | after.keys() if before.get(change) != after.get(change)}
            number = next((n for n, one in enumerate(self.index.changes) if one.id in other), None)
            if number is not None:
                self.spot = Spot(self.index.place(number)[0], number)
                self.query_one(Document).go(self.spot)
        self._known(where, decisions)
        self._status(remark)

    def _ask_past(self, past: Past, redo: bool) -> None:
        verb = "Do again" if redo else "Take back"

        def picked(value: str | None) -> None:
            if value == "yes":
                slug = self.slug
                self._put(lambda: self.desk.undo(past.id, redo), lambda done: self._undone(slug, done.message))

        question = f"The last act was no decision here. {verb}: {past.verb} ({safe_line(past.did, 120)})?"
        self.app.push_screen(Choose(question, [Choice("no", "leave it"), Choice("yes", verb.lower())]), picked)

    def _undone(self, slug: str, message: str) -> None:
        self.notify(safe.message(message), markup=False)
        self.open(slug)

    # Seen

    def action_seen(self) -> None:
        change = self._here()
        if change is None or self.index is None:
            return
        seen = self.marks.seen ^ {change.id}
        comparison = self.index.comparison
        self._mark(replace(self.marks, seen=seen))
        if self.marks.asked:
            self._put(lambda: self.desk.see(comparison, seen), lambda kept: None)
        if change.id in seen and self.walk is not None:
            self._step(self.walk.change(self.spot, 1), "seen; that was the last change")

    # Answering

    def action_answer(self) -> None:
        if not self._able():
            return
        assert self.index is not None
        new = self.index.comparison.new
        if self.clerk.waiting:
            self.clerk.when_done(self.action_answer)
            self._status("storing what was decided first …")
            return
        path = free(Path.cwd(), f"{self.slug}-{new.turn + 1}.docx")
        left = len(to_decide(self.index, self.marks))
        self.app.push_screen(Answer(f"Answer {safe_line(new.title, 60)}", left, path), self._wanted)

    def _wanted(self, wanted: Wanted | None) -> None:
        if wanted is None:
            self._status("nothing was written")
        elif wanted.path.exists():
            self._ask_over(wanted)
        else:
            self._write(wanted, force=False)

    def _ask_over(self, wanted: Wanted) -> None:
        """Another file is never replaced unasked."""
        def picked(value: str | None) -> None:
            if value == "yes":
                self._write(wanted, force=True)
            else:
                self._status("nothing was written")

        lines = [Choice("no", "leave it as it is"), Choice("yes", "replace it")]
        self.app.push_screen(Choose(f"{safe_line(str(wanted.path), 200)} is there already.", lines), picked)

    def _write(self, wanted: Wanted, *, force: bool) -> None:
        client, path = self.slug, wanted.path

        def written(found: Done | RedlineError | None) -> None:
            if isinstance(found, Stopped):
                self._status(found.message)
            elif isinstance(found, RedlineError):
                self._status("nothing was written")
                self.app.push_screen(Told(trouble(found), "nothing was written · esc goes back"))
            elif found is not None:
                self.notify(safe.message("\n".join((f"written: {path}", found.message, *found.details))), markup=False, timeout=12)
                self.open(client)

        self.app.push_screen(Working(f"Writing {safe_line(path.name)} …", lambda tell: self.desk.respond(
            client, wanted.manner, path, tell, force=force)), written)
