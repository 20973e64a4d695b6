"""Review: a reader that asks and takes away. Filters, search, another version, the clause's history; a copy, a page to send.

What moves the reader and what is shown lives in `reader`; here is what a list or a line is opened for.
"""

from __future__ import annotations

from dataclasses import replace

from textual.message import Message

from redline.clauses import naming
from redline.clauses.outline import Clause
from redline.errors import RedlineError, UsageError
from redline.tui import leave, safe
from redline.tui.page.index import Index
from redline.tui.screens.answerer import Answerer
from redline.tui.screens.asking import Ask, Choice, Choose
from redline.tui.screens.insight import Wanted
from redline.tui.screens.killing import NewKiller
from redline.tui.search import find
from redline.tui.status import choices
from redline.tui.walk import Spot
from redline.views import Comparison, Done, VersionInfo


class ReviewScreen(Answerer):
    """The heart of the desk."""

    class HistoryWanted(Message):
        """The reader wants to see what every client made of a clause."""

        def __init__(self, wanted: Wanted) -> None:
            super().__init__()
            self.wanted = wanted

    home = ""
    """The address of what went before the turn."""

    def open(self, client: str) -> None:
        self.against = ""
        super().open(client)

    def show(self, comparison: Comparison) -> None:
        if not self.against:
            self.home = comparison.old.address
        super().show(comparison)

    def show_again(self, comparison: Comparison) -> None:
        """Show a comparison that was read again: the same filter, and the change the reader was on."""
        change = self.index.changes[self.spot.change].id if self.index is not None and self.spot.change >= 0 else None
        kept, before = self.filter, self.spot
        self.show(comparison)
        assert self.index is not None
        number = next((n for n, one in enumerate(self.index.changes) if one.id == change), -1)
        last = len(self.index.paragraphs) - 1
        self.spot = Spot(self.index.place(number)[0], number) if number >= 0 else Spot(min(before.paragraph, last))
        self._set_filter(kept)

    def action_reload(self) -> None:
        """Read the vault again, and stay where the reader is."""
        if self.index is not None:
            self._read("reading it again …", keep=True)
        elif self.client:
            self.open(self.client)

    def _read(self, doing: str, *, keep: bool = False) -> None:
        assert self.index is not None
        slug, against, new = self.slug, self.against, self.index.comparison.new.address
        question = (lambda: self.desk.compare(against, new)) if against else (lambda: self.desk.review(slug))
        self.ask(question, self.show_again if keep else self.show, doing, fresh=True)

    # Asking

    def action_filter(self) -> None:
        if self.index is None:
            return
        chosen = choices(self.index, self.marks)

        def picked(value: str | None) -> None:
            if value:
                self._set_filter(replace(chosen[int(value) - 1][1], noise=self.noise))

        lines = [Choice(str(number), text, remark) for number, (text, _, remark) in enumerate(chosen, 1)]
        now = next((str(n) for n, (_, one, _) in enumerate(chosen, 1) if replace(one, noise=self.noise) == self.filter), "")
        self.app.push_screen(Choose("Which changes do you want to walk?", lines, now), picked)

    def action_search(self) -> None:
        def typed(words: str | None) -> None:
            if words and self.index is not None:
                self.found = find(self.index.paragraphs, words)
                self._redraw()
                self._jump(self.found.next(self.spot.paragraph - 1))

        self.app.push_screen(Ask("Find in the old and the new text", self.found.words), typed)

    def action_again(self, step: int) -> None:
        if self.found.words:
            self._jump(self.found.next(self.spot.paragraph, step))
        else:
            self.action_search()

    def _jump(self, paragraph: int | None) -> None:
        if paragraph is None:
            self._status(f"“{self.found.words}” stands on neither side")
        elif self.walk is not None:
            self.go(self.walk.at(paragraph))

    def action_clause_by_name(self) -> None:
        def typed(words: str | None) -> None:
            if words and self.index is not None:
                try:
                    clause = named(self.index, words)
                except RedlineError as error:
                    self.failed(error)
                else:
                    self.go_into(self.index.clause_of[clause.first])

        self.app.push_screen(Ask("Go to a clause: its number or words of its heading"), typed)

    def action_compare(self) -> None:
        if self.index is not None and self.client:
            client = self.slug
            self.ask(lambda: self.desk.versions(client), self._offer_versions, "looking for versions …")

    def _offer_versions(self, versions: tuple[VersionInfo, ...]) -> None:
        self._status()
        assert self.index is not None
        new = self.index.comparison.new.address

        def picked(address: str | None) -> None:
            if address:
                self.against = "" if address == home else address
                self._read("comparing …")

        home = self.home
        lines = [Choice(one.address, one.title, "to decide on" if one.address == home else one.address)
                 for one in versions if one.address != new]
        self.app.push_screen(
            Choose(f"Compare {self.index.comparison.new.title} with", lines, self.index.comparison.old.address), picked
        )

    def action_history(self) -> None:
        clause = self.index.clause_at(self.spot.paragraph) if self.index is not None else None
        if clause is None or clause.id is None:
            self._status("this clause has no history")
        else:
            new = not self.index.paragraphs[clause.first].mark.in_old if self.index is not None else False
            name = f"{clause.path} {clause.heading}".strip()
            self.post_message(self.HistoryWanted(Wanted(self.slug, str(clause.id), name, new)))

    def action_killer(self) -> None:
        """Have this clause remembered as one that costs deals, in the version in which it stands."""
        clause = self.index.clause_at(self.spot.paragraph) if self.index is not None else None
        if self.index is None or clause is None or clause.id is None:
            self._status("this place has no clause to remember")
            return
        comparison = self.index.comparison
        stands = comparison.new if self.index.paragraphs[clause.first].mark.in_new else comparison.old

        def made(done: Done | None) -> None:
            if done is not None:
                self.notify(safe.message(done.message), markup=False)
                self.action_reload()

        name = f"{clause.path} {clause.heading}".strip()
        self.app.push_screen(NewKiller(self.desk, stands.address, str(clause.id), name), made)

    # Taking away

    def action_copy(self) -> None:
        if self.index is None or self.spot.change < 0:
            self._status("there is no change here to copy")
            return
        text = leave.change_as_text(self.index, self.spot.change)
        self.app.copy_to_clipboard(text)
        self._leave(lambda: leave.copied(text), "copied; also in {}")

    def action_export(self) -> None:
        if self.index is not None:
            comparison = self.index.comparison
            self._leave(lambda: leave.exported(comparison), "written to {}")

    def _leave(self, write: leave.Writer, says: str) -> None:
        try:
            path = write()
        except RedlineError as error:
            self.failed(error)
        else:
            self.notify(safe.message(says.format(path)), markup=False)
            self._status(says.format(path.name))


def named(index: Index, words: str) -> Clause:
    """The clause a reader means: one of the new text, else one that went, by its old number. UsageError when there is none."""
    try:
        return naming.find(index.comparison.clauses, words)
    except UsageError:
        gone = [index.clauses[number] for number in sorted(index.gone)]
        asked = words.strip().rstrip(".")
        found = next((one for one in gone if one.path and asked in (one.path, one.label.rstrip("."))), None)
        if found is None:
            raise
        return found
