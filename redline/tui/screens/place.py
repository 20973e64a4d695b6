"""What the four places have in common: the bar above, the line of keys below, and how the desk is asked.

A question to the desk runs in a thread and says so meanwhile; an error becomes one message with what to do next.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.screen import Screen
from textual.worker import get_current_worker

from redline.errors import RedlineError
from redline.text import safe_line
from redline.tui import safe
from redline.tui.protocol import DeskLike
from redline.tui.widgets.bars import Hints, StatusLine, TopBar

T = TypeVar("T")


class Place(Screen[None]):
    """A place of the desk."""

    place: ClassVar[str] = ""
    stamp: Hashable = None
    """What the vault was like when it was read for this place, None where that does not matter."""

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 (Textual declares it on the instance)
        (0, "-narrow"), (100, "-medium"), (120, "-wide"), (170, "-vast"),
    ]

    def __init__(self, desk: DeskLike) -> None:
        super().__init__()
        self.desk = desk

    def compose(self) -> ComposeResult:
        yield TopBar(self.place)
        yield from self.body()
        yield StatusLine(safe.content(""))
        yield Hints(self.place)

    def body(self) -> ComposeResult:
        """The part of the place between the bars."""
        raise NotImplementedError

    def back(self) -> bool:
        """Close what is open here; False where nothing is, and the reader leaves the place."""
        return False

    def say(self, text: str, style: str = "") -> None:
        """One sentence on the line below the page."""
        self.query_one(StatusLine).say(safe.content(text, style))

    def ask(self, question: Callable[[], T], then: Callable[[T], None], doing: str, group: str = "", *, fresh: bool = False) -> None:
        """Ask the desk in a thread; `then` gets the answer here. A newer question of the same place (and group) replaces an
        older one. With no `doing` nothing is said meanwhile; with `fresh` the answer is all that the place shows, as the vault is now.
        """
        if fresh:
            then = partial(self._fresh, self.desk.stamp(), then)
        if doing:
            self.say(doing, "$foreground-muted")
        self.run_worker(partial(self._answer, question, then), thread=True, exclusive=True, group=group or self.place, name=doing)

    def _answer(self, question: Callable[[], T], then: Callable[[T], None]) -> None:
        worker = get_current_worker()
        try:
            answer = question()
        except RedlineError as error:
            if not worker.is_cancelled:
                self.app.call_from_thread(self.failed, error)
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(then, answer)

    def _fresh(self, stamp: Hashable, then: Callable[[T], None], answer: T) -> None:
        self.stamp = stamp
        self.look()
        then(answer)

    def look(self) -> None:
        """Show whether the vault was changed by somebody else since it was read for this place."""
        for bar in self.query(TopBar):
            bar.warn(self.stamp is not None and self.desk.stamp() != self.stamp)

    def failed(self, error: RedlineError) -> None:
        """Say what went wrong and what to do about it."""
        self.query_one(StatusLine).say(safe.parts((safe_line(error.message), "bold $warning"), (f"  {safe_line(error.hint)}", "")))
        text = f"{error.message}\n{error.hint}" if error.hint else error.message
        self.notify(safe.message(text), severity="warning", markup=False, timeout=8)
