"""The clauses that cost a deal: a list, and beside it one with its deal, its reason, what we offer, and its words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from redline.text import safe_line
from redline.tui import safe
from redline.tui.evidence import MUTED, day
from redline.tui.keys import bindings
from redline.tui.protocol import DeskLike, KillerLike
from redline.tui.screens.place import Place
from redline.tui.status import count


class KillersScreen(Place):
    """The library."""

    place = "killers"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("killers")]
    CSS = """
    KillersScreen OptionList:focus { background-tint: $foreground 0%; }
    KillersScreen OptionList { width: 40%; height: 1fr; border: none; border-right: solid $border; background: $background; padding: 1 1; }
    KillersScreen OptionList > .option-list--option { padding: 0 1 1 1; }
    KillersScreen #preview { padding: 1 2; height: 1fr; width: 1fr; }
    KillersScreen:nocolor .option-list--option-highlighted { text-style: reverse; }
    KillersScreen.-narrow #both { layout: vertical; }
    KillersScreen.-narrow OptionList { width: 1fr; height: 40%; border-right: none; border-bottom: solid $border; }
    """

    def __init__(self, desk: DeskLike) -> None:
        super().__init__(desk)
        self.killers: Sequence[KillerLike] = ()

    def body(self) -> ComposeResult:
        with Horizontal(id="both"):
            yield OptionList()
            with VerticalScroll(id="preview", can_focus=False):
                yield Static(safe.content(""), id="killer")

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()
        self.action_reload()

    def action_reload(self) -> None:
        self.ask(self.desk.killers, self._show, "reading the killers …", fresh=True)

    def _show(self, killers: Sequence[KillerLike]) -> None:
        self.killers = killers
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options([Option(safe.made(_line(killer))) for killer in killers])
        self.say(count(len(killers), "killer") if killers else "no killer yet")
        if killers:
            listed.highlighted = 0
        else:
            self.query_one("#killer", Static).update(safe.made(_NONE))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self.query_one("#killer", Static).update(safe.made(preview(self.killers[event.option_index])))


def _line(killer: KillerLike) -> Content:
    return safe.parts((safe_line(killer.title), "bold"), (f"\n{safe_line(killer.deal)}  {day(killer.date)}", MUTED))


def preview(killer: KillerLike) -> Content:
    """A killer in full."""
    rows = [
        safe.parts((safe_line(killer.title), "bold")),
        safe.parts((" · ".join(word for word in (
            f"cost us {safe_line(killer.deal)}" if killer.deal else "", day(killer.date), safe_line(killer.severity)) if word), MUTED)),
        safe.parts(("", "")),
    ]
    for name, text in (("Why", killer.reason), ("We offer", killer.offer)):
        if text:
            rows += [safe.parts((name, "bold $primary")), safe.parts((text, "")), safe.parts(("", ""))]
    for number, instance in enumerate(killer.instances, 1):
        name = "Its words" if len(killer.instances) == 1 else f"Its words, {number} of {len(killer.instances)}"
        rows += [safe.parts((name, "bold $primary")), safe.parts((instance.text, "")), safe.parts(("", ""))]
    return safe.lines(rows)


_NONE = safe.lines([
    safe.parts(("No killer yet.", "bold")),
    safe.parts(("", "")),
    safe.parts(("When a deal dies on a clause, say so, and it will be known when it comes back:", MUTED)),
    safe.parts(('redline lost acme --clause 7.2 --why "uncapped liability"', "bold")),
])
