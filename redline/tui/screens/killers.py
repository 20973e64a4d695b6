"""The clauses that cost a deal: a list, beside it one in full, and what the library says of any version or file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from redline.text import safe_line
from redline.tui import safe
from redline.tui.evidence import MUTED
from redline.tui.keys import bindings
from redline.tui.library import line, preview, tally, tested
from redline.tui.protocol import DeskLike, KillerLike
from redline.tui.screens.asking import Ask, Choice, Choose
from redline.tui.screens.killing import EditKiller
from redline.tui.screens.place import Place
from redline.tui.status import count
from redline.tui.widgets.evidence import EvidencePane
from redline.views import Done, Tested


class KillersScreen(Place):
    """The library."""

    place = "killers"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("killers")]
    CSS = """
    KillersScreen OptionList:focus { background-tint: $foreground 0%; }
    KillersScreen OptionList { width: 40%; height: 1fr; border: none; border-right: solid $border; background: $background; padding: 1 1; }
    KillersScreen OptionList > .option-list--option { padding: 0 1 1 1; }
    KillersScreen #preview { height: 1fr; width: 1fr; background: $background; margin: 1 0 0 1; }
    KillersScreen:nocolor .option-list--option-highlighted { text-style: reverse; }
    KillersScreen.-narrow #both { layout: vertical; }
    KillersScreen.-narrow OptionList { width: 1fr; height: 40%; border-right: none; border-bottom: solid $border; }
    KillersScreen.-more OptionList { display: none; }
    """

    def __init__(self, desk: DeskLike) -> None:
        super().__init__(desk)
        self.killers: Sequence[KillerLike] = ()
        self.tested: Tested | None = None
        self._asked = "base"
        self._remark = ""

    def body(self) -> ComposeResult:
        with Horizontal(id="both"):
            yield OptionList()
            yield EvidencePane("preview")

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()
        self.action_reload()

    def action_reload(self) -> None:
        self.ask(self.desk.killers, self._show, "reading the killers …", fresh=True)

    @property
    def killer(self) -> KillerLike | None:
        """The one under the cursor."""
        number = self.query_one(OptionList).highlighted
        return self.killers[number] if number is not None and number < len(self.killers) else None

    def _show(self, killers: Sequence[KillerLike]) -> None:
        before = self.killer.id if self.killer else ""
        self.killers = killers
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options([Option(safe.made(line(killer))) for killer in killers])
        self.say(self._remark or (count(len(killers), "killer") if killers else "no killer yet"))
        self._remark = ""
        if killers:
            listed.highlighted = next((number for number, killer in enumerate(killers) if killer.id == before), 0)
        else:
            self.query_one(EvidencePane).show(lambda _: _NONE)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self.tested = None
        self.query_one(EvidencePane).show(partial(preview, self.killers[event.option_index]))

    def action_edit(self) -> None:
        if self.killer:
            self.app.push_screen(EditKiller(self.desk, self.killer), self._done)

    def action_remove(self) -> None:
        killer = self.killer
        if killer is None:
            return

        def picked(answer: str | None) -> None:
            if answer == "yes":
                self.ask(partial(self.desk.remove_killer, killer.id), self._done, "removing …")

        choices = [Choice("", "keep it"), Choice("yes", "no longer look for it", "undo brings it back")]
        self.app.push_screen(Choose(f"Remove {safe_line(killer.title, 50)}?", choices), picked)

    def action_drop(self) -> None:
        """Choose a wording that was called fine, or one of several of its own, and take it out."""
        killer = self.killer
        if killer is None:
            return
        fine = [Choice(f"d{number}", f"called fine: {safe_line(one.text, 40)}") for number, one in enumerate(killer.dismissed, 1)]
        own = [Choice(f"i{number}", f"its words: {safe_line(one.text, 40)}") for number, one in enumerate(killer.instances, 1)]
        choices = fine + (own if len(own) > 1 else [])
        if not choices:
            self.say("it has one wording and nothing that was called fine")
            return

        def picked(answer: str | None) -> None:
            if answer:
                number = int(answer[1:])
                drop = partial(self.desk.drop_wording, killer.id, **{"dismissal" if answer[0] == "d" else "instance": number})
                self.ask(drop, self._done, "taking it out …")

        self.app.push_screen(Choose("Take out which wording?", choices), picked)

    def _done(self, done: Done | None) -> None:
        if done is not None:
            self._remark = done.message
            self.action_reload()

    def action_test(self) -> None:
        def typed(words: str | None) -> None:
            if words and words.strip():
                self._asked = words.strip()
                self.ask(partial(self.desk.test_killers, self._asked), self._tested, "looking for killers …", group="test")

        self.app.push_screen(Ask("Test what? A version or a file: base, acme@2, their-paper.docx", self._asked), typed)

    def _tested(self, found: Tested) -> None:
        self.tested = found
        self.query_one(EvidencePane).show(partial(tested, found))
        self.say(f"{safe_line(found.version.title, 40)}: {tally(found)}")

    def action_more(self) -> None:
        self.toggle_class("-more")

    def action_scroll_preview(self, step: int) -> None:
        self.query_one(EvidencePane).scroll_relative(y=step * 3, animate=False)

    def back(self) -> bool:
        """From the test of a document to the killer under the cursor."""
        if self.tested is None:
            return False
        self.tested = None
        if self.killer:
            self.query_one(EvidencePane).show(partial(preview, self.killer))
        return True


_NONE: Content = safe.lines([
    safe.parts(("No killer yet.", "bold")),
    safe.parts(("", "")),
    safe.parts(("When a deal dies on a clause, say so, and it will be known when it comes back:", MUTED)),
    safe.parts(('redline lost acme --clause 7.2 --why "uncapped liability"', "bold")),
])
