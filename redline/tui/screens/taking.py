"""Taking in what a client sent back: pick the file, read it, and say what `redline receive` says.

File names are hostile text like any other: they are shown as what they are, and a file is chosen by its place in the list, never by
the shape in which its name is shown.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from redline.errors import ConflictError, RedlineError
from redline.render import text
from redline.render.style import Painter
from redline.text import safe_line
from redline.tui import safe
from redline.tui.protocol import DeskLike
from redline.tui.screens.asking import Choice, Choose
from redline.tui.screens.place import Place
from redline.tui.screens.working import Stopped, Told, Working, trouble
from redline.tui.widgets.prompt import Line
from redline.views import Receipt

_MOST = 200
"""Names in the list; typing narrows it."""


class TakenIn(Message):
    """A turn was stored. `onward` where the user wants to see it."""

    def __init__(self, slug: str, *, onward: bool) -> None:
        super().__init__()
        self.slug = slug
        self.onward = onward


class Pick(ModalScreen[Path]):
    """A Word file, by a path that is typed, or from the list of what is there."""

    DEFAULT_CSS = """
    Pick { align: center middle; background: $background 55%; }
    Pick > Vertical { width: 92; max-width: 98%; height: auto; max-height: 90%; background: $surface; border: round $border; padding: 0 1; }
    Pick #question { padding: 0 1; text-style: bold; }
    Pick Input { border: none; height: 1; padding: 0 1; background: $background; margin: 1 0; }
    Pick Input:focus { border: none; }
    Pick OptionList { border: none; background: $surface; height: 14; padding: 0; }
    Pick OptionList > .option-list--option { padding: 0 1; }
    Pick OptionList:focus { background-tint: $foreground 0%; border: none; }
    Pick:nocolor .option-list--option-highlighted { text-style: reverse; }
    Pick #how { color: $foreground-muted; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False), Binding("down", "list(1)", show=False), Binding("up", "list(-1)", show=False),
        Binding("tab", "complete", show=False, priority=True),
    ]

    def __init__(self, question: str, folder: Path) -> None:
        super().__init__()
        self._question = question
        self._folder = folder
        self._found: list[Path] = []

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(safe.content(self._question), id="question")
            yield Line(value=safe.message(f"{self._folder}/"))
            yield OptionList()
            yield Static(safe.content("type or choose · tab completes · enter takes it · esc leaves it"), id="how")

    def on_mount(self) -> None:
        line = self.query_one(Line)
        line.focus()
        line.cursor_position = len(line.value)
        self._look(self._folder, "")

    def on_input_changed(self, event: Input.Changed) -> None:
        path = Path(event.value.replace("\0", "")).expanduser()
        if event.value.endswith("/") or not event.value:
            self._look(path, "")
        else:
            self._look(path.parent, path.name)

    @work(thread=True, exclusive=True, group="files")
    def _look(self, folder: Path, beginning: str) -> None:
        self.app.call_from_thread(self._list, folder, files(folder, beginning))

    def _list(self, folder: Path, found: list[Path]) -> None:
        self._folder, self._found = folder, found[:_MOST]
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options([Option(safe.made(_named(path))) for path in self._found])
        if self._found:
            listed.highlighted = 0

    def action_list(self, step: int) -> None:
        listed = self.query_one(OptionList)
        if self._found:
            at = 0 if listed.highlighted is None else listed.highlighted
            listed.highlighted = max(0, min(len(self._found) - 1, at + step))

    def action_complete(self) -> None:
        """Take over the name that is marked in the list."""
        at = self.query_one(OptionList).highlighted
        if at is not None and self._found:
            self._enter(self._found[at])

    def on_input_submitted(self, event: Input.Submitted) -> None:
        path = Path(event.value.replace("\0", "")).expanduser()
        at = self.query_one(OptionList).highlighted
        if path.is_file():
            self.dismiss(path)
        elif at is not None and self._found:
            self._take(self._found[at])
        else:
            self.query_one("#how", Static).update(safe.content("there is no Word file of that name", "bold $warning"))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self._take(self._found[event.option_index])

    def _take(self, path: Path) -> None:
        if path.is_dir():
            self._enter(path)
        else:
            self.dismiss(path)

    def _enter(self, path: Path) -> None:
        line = self.query_one(Line)
        line.value = safe.message(f"{path}/" if path.is_dir() else str(path))
        line.cursor_position = len(line.value)
        line.focus()


def files(folder: Path, beginning: str) -> list[Path]:
    """The Word files of a folder whose names begin so, newest first, then its folders; none of a folder that cannot be read."""
    start = beginning.casefold()
    found: list[tuple[bool, float, str, Path]] = []
    try:
        for path in folder.iterdir():
            name = path.name.casefold()
            if not name.startswith(start) or (name.startswith((".", "~$")) and not start):
                continue
            folderish = path.is_dir()
            if folderish or name.endswith(".docx"):
                found.append((folderish, 0.0 if folderish else -path.stat().st_mtime, name, path))
    except OSError:
        return []
    return [path for *_, path in sorted(found, key=lambda one: one[:3])]


def _named(path: Path) -> Content:
    return safe.parts((safe_line(path.name, 80), ""), ("/" if path.is_dir() else "", "$foreground-muted"))


def take_in(place: Place, desk: DeskLike, slug: str, client: str) -> None:
    """Ask for the file that a client sent back, read it, and say what is in it."""
    def picked(path: Path | None) -> None:
        if path is not None:
            _receive(place, desk, slug, path, force=False)

    place.app.push_screen(Pick(f"What did {safe_line(client, 40)} send back?", Path.cwd()), picked)


def _receive(place: Place, desk: DeskLike, slug: str, path: Path, *, force: bool) -> None:
    def received(found: Receipt | RedlineError | None) -> None:
        if isinstance(found, Stopped):
            place.say(found.message)
        elif isinstance(found, ConflictError) and not force:
            lines = [Choice("no", "leave it"), Choice("yes", "take it in all the same")]
            place.app.push_screen(Choose(safe_line(found.message, 300), lines), again)
        elif isinstance(found, RedlineError):
            place.say("nothing was stored")
            place.app.push_screen(Told(trouble(found), "nothing was stored · esc goes back"))
        elif found is not None:
            how = "enter opens it · esc goes back to the deals" if found.stored else "nothing was stored · esc goes back to the deals"
            place.app.push_screen(Told(receipt(found, min(86, place.size.width - 8)), how), partial(told, found))

    def again(value: str | None) -> None:
        if value == "yes":
            _receive(place, desk, slug, path, force=True)

    def told(found: Receipt, go_on: bool | None) -> None:
        place.post_message(TakenIn(found.slug, onward=bool(go_on) and found.stored))

    doing = f"Reading {safe_line(path.name, 60)} …"
    place.app.push_screen(Working(doing, lambda tell: desk.receive(slug, path, tell, force=force)), received)


def receipt(found: Receipt, width: int) -> Content:
    """What `redline receive` says of a file."""
    return safe.lines([safe.content(line) for line in text.receipt(found, Painter(color=False, width=width))])
