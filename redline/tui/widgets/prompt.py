"""A line at the foot of a page for a question that is asked often: it lies over the page, which is neither left nor laid out anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input, Static

from redline.text import clean
from redline.tui import safe


class Line(Input):
    """A line to type in. What is pasted is one line, without what could mislead or move the terminal."""

    def __init__(self, value: str = "", placeholder: str = "", name: str | None = None) -> None:
        super().__init__(value=value, placeholder=placeholder, id=name, select_on_focus=True)

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.insert_text_at_cursor(clean(event.text).replace("\n", " "))


class Prompt(Vertical):
    """Asks for a line. The answer is what was typed, None when it was left."""

    DEFAULT_CSS = """
    Prompt {
        layer: over; dock: bottom; height: 3; visibility: hidden; background: $surface; border-top: solid $primary; padding: 0 1;
    }
    Prompt #asked { color: $foreground-muted; height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    Prompt Input { border: none; height: 1; padding: 0; background: $surface; }
    Prompt Input:focus { border: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False), Binding("tab,shift+tab,up,down,pageup,pagedown", "stay", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._then: Callable[[str | None], None] | None = None
        self._back: Widget | None = None
        self.question = ""

    def compose(self) -> ComposeResult:
        yield Static(safe.content(""), id="asked")
        yield Line()

    @property
    def asking(self) -> bool:
        """Whether an answer is waited for."""
        return self._then is not None

    def ask(self, question: str, value: str, hint: str, then: Callable[[str | None], None]) -> None:
        """Ask; `then` hears the answer."""
        self.question = question
        self._then = then
        self._back = self.screen.focused
        self.query_one("#asked", Static).update(safe.content(question), layout=False)
        line = self.query_one(Line)
        line.placeholder = safe.message(hint)
        line.value = safe.message(value)
        self.visible = True
        self.screen.set_focus(line)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._close(event.value)

    def action_leave(self) -> None:
        self._close(None)

    def action_stay(self) -> None:
        """Keys that would lead elsewhere while a line is typed do nothing."""

    def _close(self, answer: str | None) -> None:
        then, self._then = self._then, None
        self.visible = False
        self.screen.set_focus(self._back)
        if then is not None:
            then(answer)
