"""Long work, laid over a place: what is being done, a way to leave it, and afterwards what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import LoadingIndicator, Static

from redline.errors import RedlineError
from redline.tui import safe
from redline.tui.protocol import Tell

T = TypeVar("T")


class Stopped(RedlineError):
    """The user has left the work; nothing was changed."""


class Working(ModalScreen[T | RedlineError], Generic[T]):
    """Runs `work` in a thread and shows what it tells. Gives its answer or its error, a `Stopped` when the user left it in time."""

    DEFAULT_CSS = """
    Working { align: center middle; background: $background 55%; }
    Working > Vertical { width: 72; max-width: 94%; height: auto; background: $surface; border: round $border; padding: 0 2; }
    Working #doing { text-style: bold; }
    Working LoadingIndicator { height: 1; color: $primary; background: $surface; }
    Working #step, Working #how { color: $foreground-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "stop", show=False)]

    def __init__(self, doing: str, work: Callable[[Tell], T]) -> None:
        super().__init__()
        self._doing = doing
        self._work = work
        self._stopped = False

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(safe.content(self._doing), id="doing")
            yield LoadingIndicator()
            yield Static(safe.content("…"), id="step")
            yield Static(safe.content("esc stops it before anything is stored"), id="how")

    def on_mount(self) -> None:
        self.app.run_worker(self._run, thread=True, name=self._doing)  # It is not cut off when this screen goes.

    def _run(self) -> None:
        found: T | RedlineError
        try:
            found = self._work(self._tell)
        except RedlineError as error:
            found = error
        self.app.call_from_thread(self.dismiss, found)

    def _tell(self, line: str) -> None:
        if self._stopped:
            raise Stopped("stopped; nothing was changed")
        self.app.call_from_thread(self._step, line)

    def _step(self, line: str) -> None:
        self.query_one("#step", Static).update(safe.content(line))

    def action_stop(self) -> None:
        self._stopped = True
        self.query_one("#how", Static).update(safe.content("stopping at the next step …"))


def trouble(error: RedlineError) -> Content:
    """What went wrong with a long piece of work, and what to do about it, in full."""
    return safe.lines([safe.content(error.message, "bold $warning"), *([safe.content(error.hint)] if error.hint else [])])


class Told(ModalScreen[bool]):
    """What came of something, in full. Gives True for enter, which goes on; False when it was left."""

    DEFAULT_CSS = """
    Told { align: center middle; background: $background 55%; }
    Told > Vertical { width: 92; max-width: 98%; height: auto; max-height: 92%; background: $surface; border: round $border; padding: 0 2; }
    Told VerticalScroll { height: auto; max-height: 30; scrollbar-size-vertical: 1; }
    Told #how { color: $foreground-muted; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "dismiss(True)", show=False, priority=True), Binding("escape,q", "dismiss(False)", show=False),
        Binding("down,j", "scroll(1)", show=False), Binding("up,k", "scroll(-1)", show=False),
    ]

    def __init__(self, content: Content, how: str) -> None:
        super().__init__()
        self._content = content
        self._how = how

    def compose(self) -> ComposeResult:
        with Vertical():
            with VerticalScroll():
                yield Static(safe.made(self._content))
            yield Static(safe.content(self._how), id="how")

    def action_scroll(self, step: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=step, animate=False)
