"""The line of places above a page, the title of what is shown, and the line that says where the reader is."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from redline.tui import safe
from redline.tui.keys import PLACE_TITLES, PLACES, TABLE


class Tab(Static):
    """A place to go to, by its number or by a click."""

    class Picked(Message):
        def __init__(self, place: str) -> None:
            super().__init__()
            self.place = place

    def __init__(self, place: str, current: bool) -> None:
        number = PLACES.index(place) + 1
        style = "bold $primary" if current else "$foreground-muted"
        label = safe.parts((f"{number} ", "$foreground-muted"), (PLACE_TITLES[place], f"{style} underline" if current else style))
        super().__init__(safe.made(label), classes="-current" if current else "")
        self._place = place

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Picked(self._place))


class TopBar(Horizontal):
    """The name of the house, the four places, and at the right what is open."""

    DEFAULT_CSS = """
    TopBar { height: 1; background: $surface; padding: 0 1; }
    TopBar Static { width: auto; margin-right: 2; }
    TopBar #subject {
        width: 1fr; text-align: right; margin-right: 0; color: $foreground-muted; text-wrap: nowrap; text-overflow: ellipsis;
    }
    TopBar #changed { display: none; margin: 0 0 0 2; }
    TopBar.-changed #changed { display: block; }
    """

    def __init__(self, place: str) -> None:
        super().__init__()
        self._place = place

    def compose(self) -> ComposeResult:
        yield Static(safe.content("redline", "bold"))
        for place in PLACES:
            yield Tab(place, place == self._place)
        yield Static(safe.content(""), id="subject")
        yield Static(safe.content("changed elsewhere: ctrl+r", "bold $warning"), id="changed")

    def warn(self, changed: bool) -> None:
        """Say that the vault is no longer what is shown."""
        self.set_class(changed, "-changed")

    def subject(self, text: str) -> None:
        """Say at the right what is open."""
        self.query_one("#subject", Static).update(safe.content(text))


class StatusLine(Static):
    """Where the reader is, and what is hidden from view."""

    DEFAULT_CSS = """
    StatusLine { height: 1; background: $panel; padding: 0 1; color: $foreground; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def say(self, content: Content) -> None:
        self.update(safe.made(content), layout=False)


class Hints(Static):
    """The keys most used in a place, as many as there is room for; each can be clicked. Made once: what has the focus does not matter."""

    DEFAULT_CSS = """
    Hints { height: 1; background: $surface; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, place: str) -> None:
        self._keys = [("screen.", key) for key in TABLE[place] if key.hint] + [("app.", key) for key in TABLE["everywhere"] if key.hint]
        words: list[safe.Part] = []
        for _, key in self._keys:
            words += [(key.shown, "bold $primary"), (f" {key.hint} ", "$foreground-muted")]
        super().__init__(safe.parts(*words))

    async def on_click(self, event: events.Click) -> None:
        at = event.x - 1
        for target, key in self._keys:
            at -= len(key.shown) + len(key.hint) + 2
            if at < 0:
                await self.app.run_action(f"{target}{key.action}", self.screen)
                return
