"""Driving the app in tests: open a place, press keys, read what stands on the screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from textual.pilot import Pilot
from textual.widgets import Static

from redline.tui.app import RedlineApp
from redline.tui.screens.place import Place
from redline.tui.screens.review import ReviewScreen
from redline.tui.widgets.bars import StatusLine
from redline.tui.widgets.document import Document
from redline.tui.widgets.evidence import EvidencePane
from tests.tui.fakes import FakeDesk


@dataclass
class Driver:
    """A running app, its desk, and the means to press and to look."""

    app: RedlineApp
    desk: FakeDesk
    pilot: Pilot[int]

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        await self.press(*({" ": "space", ".": "full_stop"}.get(char, char) for char in text))

    async def settle(self) -> None:
        await self.pilot.pause()
        while self.app.is_running and self.app.typing:
            await self.pilot.pause(0.01)
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    @property
    def review(self) -> ReviewScreen:
        place = self.app.places["review"]
        assert isinstance(place, ReviewScreen)
        return place

    @property
    def document(self) -> Document:
        return self.review.query_one(Document)

    @property
    def layout(self) -> str:
        return str(self.document.layout_name)

    @property
    def on_top(self) -> object:
        """The screen that is shown."""
        return self.app.screen

    @property
    def showing(self) -> str:
        """The place that is shown, "" for something laid over it."""
        return self.app.screen.place if isinstance(self.app.screen, Place) else ""

    def lines(self) -> list[str]:
        """The screen on top as lines of text."""
        return ["".join(segment.text for segment in strip) for strip in self.app.screen._compositor.render_strips()]

    def text(self) -> str:
        return "\n".join(self.lines())

    def flat(self) -> str:
        """The words on the screen on one line, frames left out."""
        return " ".join(self.text().replace("│", " ").split())

    def margin(self) -> str:
        """The signs of decisions in the margin of the page."""
        rows = (self.document.render_line(y).text for y in range(self.document.size.height))
        return "".join(row[4] for row in rows).replace(" ", "")

    def question(self) -> str:
        """What is asked by what is laid over a place."""
        return str(self.app.screen.query_one("#question", Static).visual)

    def status(self) -> str:
        return str(self.app.screen.query_one(StatusLine).visual)

    def evidence(self) -> str:
        return self.review.query_one(EvidencePane).shown.plain

    def toasts(self) -> list[str]:
        return [notification.message for notification in self.app._notifications]


@asynccontextmanager
async def opened(client: str | None = None, *, size: tuple[int, int] = (80, 24), desk: FakeDesk | None = None,
                 color: bool = True) -> AsyncIterator[Driver]:
    """The app on a fake desk, settled: on the deals, or on the review of a client."""
    desk = desk or FakeDesk()
    app = RedlineApp(desk, client=client, color=color)
    app.animation_level = "none"
    async with app.run_test(size=size, notifications=True) as pilot:
        driver = Driver(app, desk, pilot)
        await driver.settle()
        await driver.settle()
        yield driver
