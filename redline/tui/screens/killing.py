"""A form for a killer: to make one from a clause, or to change what is said of one. It stays open until the desk has stored it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from redline.errors import RedlineError
from redline.tui import safe
from redline.tui.protocol import DeskLike, KillerFields, KillerLike
from redline.tui.widgets.prompt import Line
from redline.views import Done

SEVERITIES = ("walk away", "negotiate", "watch")
BURDENS = ("", "client", "provider", "both")
_SAID = {"": "not said"}
_LINES = (("title", "Title"), ("why", "Why"), ("offer", "We offer"), ("cause", "Cause"), ("limits", "Hurts from"))
_HINTS = {"title": "a short name", "why": "what it did to us; you read it when it comes back", "offer": "what we offer instead",
          "cause": "killers of one cause are looked for together", "limits": "more than 45 days; at least 0.1 % per day"}


class Pick(Static, can_focus=True):
    """One of a few words, changed with the arrow keys, blank or a click."""

    DEFAULT_CSS = """
    Pick { width: 1fr; height: 1; padding: 0 1; }
    Pick:focus { background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold; }
    Pick:nocolor:focus { text-style: reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("right,space", "step(1)", show=False), Binding("left", "step(-1)", show=False)]

    def __init__(self, choices: tuple[str, ...], value: str, name: str) -> None:
        super().__init__(safe.content(""), id=name)
        self._choices = choices
        self.value = value if value in choices else choices[0]

    def on_mount(self) -> None:
        self.action_step(0)

    def on_click(self, event: events.Click) -> None:
        self.action_step(1)

    def action_step(self, step: int) -> None:
        self.value = self._choices[(self._choices.index(self.value) + step) % len(self._choices)]
        self.update(safe.parts(("‹ ", "$foreground-muted"), (_SAID.get(self.value, self.value), ""), (" ›", "$foreground-muted")))


class KillerForm(ModalScreen[Done]):
    """Asks what is to be said of a killer and gives it to `act`, in a thread. Gives what was done, None when it was left.

    What `act` refuses is said in the form, and nothing typed is lost.
    """

    DEFAULT_CSS = """
    KillerForm { align: center middle; background: $background 55%; }
    KillerForm > Vertical {
        width: 84; max-width: 98%; height: auto; max-height: 96%; background: $surface; border: round $border; padding: 0 1;
    }
    KillerForm VerticalScroll { height: auto; max-height: 16; }
    KillerForm Horizontal { height: 1; margin-bottom: 1; }
    KillerForm #question { text-style: bold; padding: 0 1; margin-bottom: 1; }
    KillerForm .name { width: 12; color: $foreground-muted; padding: 0 1; }
    KillerForm Input { border: none; height: 1; padding: 0 1; width: 1fr; background: $panel; }
    KillerForm Input:focus { border: none; background: $block-cursor-background; color: $block-cursor-foreground; }
    KillerForm Input:nocolor:focus { text-style: underline; }
    KillerForm #said { padding: 0 1; color: $warning; text-style: bold; height: auto; }
    KillerForm #how { color: $foreground-muted; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False), Binding("enter,ctrl+s", "store", show=False, priority=True),
        Binding("down", "app.focus_next", show=False), Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, question: str, fields: KillerFields, act: Callable[[KillerFields], Done]) -> None:
        super().__init__()
        self._question = question
        self._fields = fields
        self._act = act
        self._busy = False

    def compose(self) -> ComposeResult:
        values = {"title": self._fields.title, "why": self._fields.why, "offer": self._fields.offer, "cause": self._fields.cause,
                  "limits": "; ".join(self._fields.limits)}
        with Vertical():
            yield Static(safe.content(self._question), id="question")
            with VerticalScroll(can_focus=False):
                for name, shown in _LINES:
                    with Horizontal():
                        yield Static(safe.content(shown), classes="name")
                        yield Line(safe.message(values[name]), _HINTS[name], name)
                for name, shown, choices, value in (("severity", "How bad", SEVERITIES, self._fields.severity),
                                                    ("burdens", "Bad for", BURDENS, self._fields.burdens)):
                    with Horizontal():
                        yield Static(safe.content(shown), classes="name")
                        yield Pick(choices, value, name)
            yield Static(safe.content(""), id="said")
            yield Static(safe.content("enter stores it · tab or arrows go on · esc leaves it"), id="how")

    def on_mount(self) -> None:
        self.query_one("#why", Input).focus()

    def fields(self) -> KillerFields:
        """What is typed."""
        typed = {name: self.query_one(f"#{name}", Input).value.strip() for name, _ in _LINES}
        limits = tuple(part.strip() for part in typed["limits"].split(";") if part.strip())
        return KillerFields(typed["title"], typed["why"], self.query_one("#severity", Pick).value, typed["offer"],
                            self.query_one("#burdens", Pick).value, typed["cause"], limits)

    def action_store(self) -> None:
        if self._busy:
            return
        self._busy = True
        self._say("storing …")
        fields = self.fields()
        self.run_worker(lambda: self._store(fields), thread=True, group="store")

    def _store(self, fields: KillerFields) -> None:
        try:
            done = self._act(fields)
        except RedlineError as error:
            self.app.call_from_thread(self._refused, f"{error.message}\n{error.hint}".strip())
            return
        self.app.call_from_thread(self.dismiss, done)

    def _refused(self, why: str) -> None:
        self._busy = False
        self._say(why)

    def _say(self, text: str) -> None:
        self.query_one("#said", Static).update(safe.content(text))


class NewKiller(KillerForm):
    """Makes a killer from a clause of a version: `version` an address, `clause` its id, number or heading, `name` what it is called."""

    def __init__(self, desk: DeskLike, version: str, clause: str, name: str = "") -> None:
        super().__init__(f"A killer from clause {name or clause}", KillerFields(), lambda fields: desk.add_killer(version, clause, fields))


class EditKiller(KillerForm):
    """Changes what is said of a killer; its words stay."""

    def __init__(self, desk: DeskLike, killer: KillerLike) -> None:
        fields = KillerFields(killer.title, killer.reason, killer.severity, killer.offer, killer.burdens, killer.cause,
                              tuple(killer.limits))
        super().__init__(f"Killer {killer.id}", fields, lambda said: desk.edit_killer(killer.id, said))
