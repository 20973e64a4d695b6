"""What is laid over a place for a moment: a list to choose from, a line to type, the page of keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from redline.text import safe_line
from redline.tui import safe
from redline.tui.keys import TABLE
from redline.tui.page.wrap import width_of
from redline.tui.widgets.prompt import Line


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a list: what is chosen, what is written, and a quiet remark beside it."""

    value: str
    text: str
    remark: str = ""


class Choose(ModalScreen[str]):
    """A list to choose from. Gives the chosen value, "" for none."""

    DEFAULT_CSS = """
    Choose { align: center middle; background: $background 55%; }
    Choose > Vertical {
        width: 72; max-width: 94%; height: auto; max-height: 80%; background: $surface; border: round $border; padding: 0 1;
    }
    Choose #question { padding: 0 1; text-style: bold; }
    Choose OptionList { border: none; background: $surface; height: auto; max-height: 18; padding: 0; margin: 1 0 0 0; }
    Choose OptionList > .option-list--option { padding: 0 1; }
    Choose OptionList:focus { background-tint: $foreground 0%; border: none; }
    Choose:nocolor .option-list--option-highlighted { text-style: reverse; }
    Choose #how { color: $foreground-muted; padding: 0 1; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss('')", show=False)]

    def __init__(self, question: str, choices: Sequence[Choice], current: str = "") -> None:
        super().__init__()
        self._question = question
        self._choices = tuple(choices)
        self._current = current

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(safe.content(self._question), id="question")
            yield OptionList(*(Option(safe.made(_choice(choice))) for choice in self._choices))
            yield Static(safe.content("enter chooses · esc leaves it"), id="how")

    def on_mount(self) -> None:
        values = [choice.value for choice in self._choices]
        if self._current in values:
            self.query_one(OptionList).highlighted = values.index(self._current)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._choices[event.option_index].value)


def _choice(choice: Choice) -> Content:
    text = safe_line(choice.text, 52)
    return safe.parts((text + " " * (54 - width_of(text)), ""), (safe_line(choice.remark, 20), "$foreground-muted"))


class Ask(ModalScreen[str]):
    """A line to type at the foot of the page. Gives what was typed, "" for nothing, None when it was left."""

    DEFAULT_CSS = """
    Ask { align: center bottom; background: $background 0%; }
    Ask > Vertical { height: 3; background: $surface; border-top: solid $primary; padding: 0 1; margin-bottom: 0; }
    Ask #question { color: $foreground-muted; height: 1; }
    Ask Input { border: none; height: 1; padding: 0; background: $surface; }
    Ask Input:focus { border: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]

    def __init__(self, question: str, value: str = "") -> None:
        super().__init__()
        self._question = question
        self._value = value

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(safe.content(self._question), id="question")
            yield Line(value=safe.message(self._value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value)


class Keys(ModalScreen[None]):
    """Every key of a place and of all places."""

    DEFAULT_CSS = """
    Keys { align: center middle; background: $background 55%; }
    Keys > VerticalScroll {
        width: 78; max-width: 98%; height: auto; max-height: 92%; background: $surface; border: round $border; padding: 0 2;
        scrollbar-size-vertical: 1;
    }
    Keys .part { text-style: bold; color: $primary; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark", "dismiss(None)", show=False),
        Binding("down,j", "scroll(1)", show=False), Binding("up,k", "scroll(-1)", show=False),
    ]

    def __init__(self, place: str) -> None:
        super().__init__()
        self._place = place

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            for part, heading in ((self._place, self._place.capitalize()), ("everywhere", "Everywhere")):
                yield Static(safe.content(heading), classes="part")
                yield Static(safe.lines([_key(key.shown, key.does) for key in TABLE[part]]))
            if self._place == "review":
                yield Static(safe.content("In the margin"), classes="part")
                yield Static(safe.lines([_key(sign, says) for sign, says in SIGNS]))
            yield Static(safe.content(""))

    def action_scroll(self, step: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=step, animate=False)


SIGNS = (
    ("+  −", "put in (underlined) and taken out (struck)"),
    ("±", "both on one line"),
    ("↔", "moved, from here or to here"),
    ("~", "only the look or the number changed"),
    ("×", "put in by one, taken out again by another"),
    ("U", "untracked: Word's track changes do not show it"),
    ("!", "a clause that cost a deal"),
    ("?", "something odd in the file"),
    ('"', "a comment"),
    ("¦", "on a clean page: something changed in this paragraph"),
    ("✓ ✗ ⇄", "we accepted it, rejected it, countered it"),
    ("÷", "decided in part, or each on this line in its own way"),
    ("·", "seen"),
)


def _key(shown: str, does: str) -> Content:
    return safe.parts((f"{shown:>8}  ", "bold $primary"), (does, ""))
