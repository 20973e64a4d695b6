"""The desk as a Textual app: four places, one palette, and the way back.

The app owns the places and the colours, nothing else; each place asks the desk for itself.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import ClassVar

from textual.binding import BindingType
from textual.command import Provider

from redline.desk import Desk
from redline.errors import RedlineError, UsageError
from redline.tui import safe
from redline.tui.clerk import Clerk
from redline.tui.keys import bindings
from redline.tui.palette import Everything
from redline.tui.protocol import DeskLike
from redline.tui.screens.asking import Keys
from redline.tui.screens.deals import DealsScreen
from redline.tui.screens.insight import InsightScreen
from redline.tui.screens.killers import KillersScreen
from redline.tui.screens.place import Place
from redline.tui.screens.review import ReviewScreen
from redline.tui.settings import Settings
from redline.tui.status import count
from redline.tui.theme import DEFAULT, THEMES
from redline.tui.turnstile import Turnstile
from redline.tui.widgets.bars import Tab

LOOKS_EVERY = 2.0
"""Seconds between two looks at whether the vault was changed by another program."""


class RedlineApp(Turnstile):
    """The desk. `client` opens Review at once; `color` False draws without any colour; `settings` keep what is chosen for later."""

    TITLE = "redline"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {Everything}
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("everywhere")]
    CSS = """
    Toast { max-width: 72; background: $panel; }
    ToastRack { margin-bottom: 2; }
    """

    NOTIFICATION_TIMEOUT = 3

    def __init__(self, desk: DeskLike, *, client: str | None = None, color: bool = True, settings: Settings | None = None) -> None:
        with _no_color(not color):
            super().__init__(ansi_color=None if color else True)
        self.desk = desk
        self.settings = settings
        self._client = client
        self._came_for_history = False
        self.clerk = Clerk(self)
        self.places: dict[str, Place] = {
            "deals": DealsScreen(desk), "review": ReviewScreen(desk), "killers": KillersScreen(desk), "insight": InsightScreen(desk),
        }

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self.settings.theme() if self.settings else DEFAULT
        for name, place in self.places.items():
            self.add_mode(name, partial(_same, place))
        if self._client:
            self.open(self._client)
        else:
            self.switch_mode("deals")
        self.set_interval(LOOKS_EVERY, self.look)

    def look(self) -> None:
        """Say so when somebody else has changed the vault."""
        if isinstance(self.screen, Place) and not self.clerk.waiting:
            self.screen.look()

    def action_colors(self, name: str) -> None:
        """Draw in a theme, and keep the choice."""
        self.theme = name
        try:
            if self.settings:
                self.settings.remember(name)
        except RedlineError as error:
            self.notify(safe.message(f"{error.message}\n{error.hint}"), severity="warning", markup=False)

    def open(self, client: str) -> None:
        """Go to Review with a deal's latest turn."""
        review = self.places["review"]
        assert isinstance(review, ReviewScreen)
        review.expect(client)
        self.switch_mode("review")
        self.call_after_refresh(review.open, client)

    def on_deals_screen_opened(self, event: DealsScreen.Opened) -> None:
        self.open(event.slug)

    def on_review_screen_history_wanted(self, event: ReviewScreen.HistoryWanted) -> None:
        insight = self.places["insight"]
        assert isinstance(insight, InsightScreen)
        self._came_for_history = True
        self.switch_mode("insight")
        self.call_after_refresh(insight.show_history, event.wanted)

    def on_tab_picked(self, event: Tab.Picked) -> None:
        self.action_place(event.place)

    def action_place(self, name: str) -> None:
        self._came_for_history = False
        self.switch_mode(name)

    def action_keys(self) -> None:
        if isinstance(self.screen, Place):
            self.push_screen(Keys(self.screen.place))

    async def action_back(self) -> None:
        """Close what is open, go back to the clause whose history was asked for, or to the deals, and from there leave."""
        screen = self.screen
        if isinstance(screen, Place) and screen.back():
            return
        if isinstance(screen, InsightScreen) and self._came_for_history:
            self.action_place("review")
        elif isinstance(screen, Place) and screen.place != "deals":
            self.action_place("deals")
        else:
            await self.action_quit()

    async def action_quit(self) -> None:
        """Leave, once everything that was decided is stored."""
        if self.clerk.waiting and isinstance(self.screen, Place):
            self.screen.say(f"storing {count(self.clerk.waiting, 'decision')} first …")
        self.clerk.when_done(partial(self.exit, 0))


@contextmanager
def _no_color(wanted: bool) -> Iterator[None]:
    """`NO_COLOR` as wanted while Textual is set up, which is when it reads it."""
    before = os.environ.pop("NO_COLOR", None)
    if wanted:
        os.environ["NO_COLOR"] = "1"
    try:
        yield
    finally:
        os.environ.pop("NO_COLOR", None)
        if before is not None:
            os.environ["NO_COLOR"] = before


def _same(place: Place) -> Place:
    return place


def run(desk: Desk, *, client: str | None = None, color: str = "auto") -> int:
    """Show the desk until the user leaves; gives the exit code.

    `color` is auto, always or never; never, and auto under `NO_COLOR`, draw with weight, underline, strike and reverse alone.
    Raises UsageError where there is no terminal to draw on, and for a client that there is no deal with.
    """
    from redline.tui.overdesk import OverDesk

    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        raise UsageError("there is no terminal to draw on", "use the commands: `redline deals`, `redline diff`, `redline log`")
    colored = color == "always" or (color == "auto" and not os.environ.get("NO_COLOR"))
    asked = OverDesk(desk)
    if client:
        asked.versions(client)
    return RedlineApp(asked, client=client, color=colored, settings=Settings.of_user()).run() or 0
