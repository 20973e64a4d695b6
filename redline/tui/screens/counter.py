"""The counter: their paragraph in an editor, and below it our words against theirs as they are typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea
from textual.widgets.text_area import Edit, EditResult

from redline.errors import UsageError
from redline.model import Redline
from redline.text import clean
from redline.tui import safe
from redline.tui.countering import Draft, drawn
from redline.tui.widgets.evidence import EvidencePane


class Editor(TextArea):
    """An editor that takes in nothing a person cannot see."""

    def edit(self, edit: Edit) -> EditResult:
        edit.text = clean(edit.text)
        return super().edit(edit)


class Counter(ModalScreen[str]):
    """Gives the edited text, None when it was left; what was typed is kept either way."""

    DEFAULT_CSS = """
    Counter { align: center middle; background: $background 55%; }
    Counter > Vertical { width: 100; max-width: 98%; height: 90%; background: $surface; border: round $border; padding: 0 1; }
    Counter #what { height: auto; max-height: 3; padding: 0 1; text-style: bold; }
    Counter TextArea { height: 1fr; border: none; padding: 0 1; background: $background; margin: 1 0 0 0; }
    Counter TextArea:focus { border: none; }
    Counter:nocolor .text-area--cursor, Counter:nocolor .text-area--selection { text-style: reverse; }
    Counter #against { height: 1fr; border-top: solid $border; }
    Counter #how { height: auto; color: $foreground-muted; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "store", show=False, priority=True), Binding("escape", "leave", show=False, priority=True),
        Binding("ctrl+o", "other", show=False, priority=True),
    ]

    def __init__(self, what: str, draft: Draft, texts: Sequence[str], compare: Callable[[str, str], Redline],
                 keep: Callable[[str], None]) -> None:
        """`texts` are what can be started from, the first one shown; `compare` sets ours against theirs, `keep` hears what was typed."""
        super().__init__()
        self._what = what
        self._draft = draft
        self._text = texts[0]
        self._texts = tuple(dict.fromkeys(texts))
        self._compare = compare
        self._keep = keep

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(safe.content(self._what), id="what")
            yield Editor(safe.message(self._text), soft_wrap=True, tab_behavior="focus", show_line_numbers=False)
            yield EvidencePane("against")
            yield Static(safe.content(self._how()), id="how")

    def _how(self) -> str:
        said = ["ctrl+s goes on · ctrl+o starts from ours · esc leaves it and keeps what you wrote"]
        if self._draft.lost:
            said.append(f"{self._draft.lost} characters of theirs that cannot be seen are left out")
        if self._draft.fixed:
            said.append(f"only their own words: {self._draft.fixed}")
        return ". ".join(said)

    def on_mount(self) -> None:
        editor = self.query_one(Editor)
        if self._text == self._draft.text:
            start, end = len(self._draft.before), len(self._draft.before) + len(self._draft.words)
            editor.selection = editor.selection.__class__(_place(self._text, start), _place(self._text, end))
        editor.focus()
        self._show()

    def on_text_area_changed(self) -> None:
        self._show()

    def _show(self) -> None:
        ours = self.query_one(Editor).text
        found = self._compare(self._draft.text, ours)
        self.query_one("#against", EvidencePane).show(lambda width: _against(found, width))

    def on_resize(self, event: events.Resize) -> None:
        self.query_one(Editor).scroll_cursor_visible()

    def action_store(self) -> None:
        text = self.query_one(Editor).text
        try:
            self._draft.counter(text)
        except UsageError as error:
            self.query_one("#how", Static).update(safe.parts((error.message, "bold $warning"), (f"  {error.hint}", "")))
        else:
            self._keep(text)
            self.dismiss(text)

    def action_other(self) -> None:
        """Start from the next text: theirs, ours, what we offer where a clause cost a deal."""
        editor = self.query_one(Editor)
        at = self._texts.index(editor.text) if editor.text in self._texts else 0
        editor.text = safe.message(self._texts[(at + 1) % len(self._texts)])

    def action_leave(self) -> None:
        self._keep(self.query_one(Editor).text)
        self.dismiss(None)


def _against(redline: Redline, width: int) -> Content:
    return safe.lines([safe.parts(("ours against theirs", "$foreground-muted")), *drawn(redline, width)])


def _place(text: str, offset: int) -> tuple[int, int]:
    """The row and column of a character."""
    before = text[:offset]
    return (before.count("\n"), offset - (before.rfind("\n") + 1))
