"""How our answer is to be written: what it is tracked against, what becomes of what is still open, and into which file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from redline.text import safe_line
from redline.tui import safe
from redline.tui.protocol import Manner
from redline.tui.screens.asking import Ask

_AGAINST = {"theirs": "what they sent: they see what we did to it", "ours": "what we sent: they see the whole way from there"}
_OPEN = {None: "refuse to answer", "accept": "accept it", "reject": "reject it", "keep": "leave it tracked as theirs"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """An answer as it is to be written."""

    manner: Manner
    path: Path


class Answer(ModalScreen[Wanted]):
    """Asks how. enter on a row changes it, on the last one writes."""

    DEFAULT_CSS = """
    Answer { align: center middle; background: $background 55%; }
    Answer > Vertical { width: 92; max-width: 98%; height: auto; background: $surface; border: round $border; padding: 0 1; }
    Answer #question { padding: 0 1; text-style: bold; }
    Answer OptionList { border: none; background: $surface; height: auto; padding: 0; margin: 1 0 0 0; }
    Answer OptionList > .option-list--option { padding: 0 1; }
    Answer OptionList:focus { background-tint: $foreground 0%; border: none; }
    Answer:nocolor .option-list--option-highlighted { text-style: reverse; }
    Answer #how { color: $foreground-muted; padding: 0 1; margin-top: 1; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", show=False), Binding("space,right", "change", show=False),
    ]

    def __init__(self, title: str, left: int, path: Path) -> None:
        super().__init__()
        self._title = title
        self._left = left
        self.manner = Manner()
        self.path = path

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(safe.content(self._title), id="question")
            yield OptionList()
            yield Static(safe.content("enter changes a line, on the last one it writes · esc leaves it"), id="how")

    def on_mount(self) -> None:
        self._fill(len(self._rows()) - 1)
        self.query_one(OptionList).focus()

    def _rows(self) -> list[tuple[str, Content]]:
        """What can be said, by name; what does not matter now is left out."""
        rows = [("against", _row("Tracked against", _AGAINST[self.manner.against]))]
        if self.manner.against == "ours":
            rows.append(("fold", _row("What we accept", "is plain there" if self.manner.fold else "stays tracked as theirs")))
        if self._left:
            rows.append(("undecided", _row(f"Still open: {self._left}", _OPEN[self.manner.undecided])))
        return [*rows, ("file", _row("File", f"{safe_line(self.path.name, 40)}  in {self.path.parent}")), ("write", _row("Write it", ""))]

    def _fill(self, at: int) -> None:
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options([Option(safe.made(content)) for _, content in self._rows()])
        listed.highlighted = at

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self._choose(event.option_index)

    def action_change(self) -> None:
        at = self.query_one(OptionList).highlighted
        if at is not None and at < len(self._rows()) - 1:
            self._choose(at)

    def _choose(self, at: int) -> None:
        name = self._rows()[at][0]
        if name == "against":
            self.manner = Manner("ours" if self.manner.against == "theirs" else "theirs", False, self.manner.undecided)
        elif name == "fold":
            self.manner = replace(self.manner, fold=not self.manner.fold)
        elif name == "undecided":
            order = list(_OPEN)
            chosen = order[(order.index(self.manner.undecided) + 1) % len(order)]
            self.manner = replace(self.manner, undecided=chosen)  # type: ignore[arg-type]
        elif name == "file":
            self.app.push_screen(Ask("Write it to which file?", str(self.path)), self._named)
            return
        else:
            self._write()
            return
        self._fill(at)

    def _named(self, words: str | None) -> None:
        if words and "\0" not in words:
            path = Path(words).expanduser()
            self.path = path if path.suffix else path.with_suffix(".docx")
            self._fill([name for name, _ in self._rows()].index("write"))

    def _write(self) -> None:
        if self._left and self.manner.undecided is None:
            said = f"{self._left} still open: say above what becomes of that, or go back and decide."
            self.query_one("#how", Static).update(safe.content(said, "bold $warning"))
            self.query_one(OptionList).highlighted = [name for name, _ in self._rows()].index("undecided")
        else:
            self.dismiss(Wanted(self.manner, self.path))


def _row(name: str, value: str) -> Content:
    return safe.parts((f"{name:<18}", "$foreground-muted" if value else "bold"), (safe_line(value, 68), ""))


def free(folder: Path, name: str) -> Path:
    """A path in a folder that is not taken, as close to the name as can be."""
    path = folder / name
    number = 2
    while path.exists():
        path = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
        number += 1
    return path
