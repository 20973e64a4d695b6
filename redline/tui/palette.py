"""The command palette: everything a key does, by its name; the deals and the clauses too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Protocol, runtime_checkable

from rich.text import Text
from textual.command import DiscoveryHit, Hit, Hits, Provider

from redline.text import safe_line
from redline.tui import safe
from redline.tui.board import Filter
from redline.tui.keys import TABLE
from redline.tui.screens.deals import DealsScreen
from redline.tui.screens.place import Place
from redline.tui.screens.review import ReviewScreen
from redline.tui.widgets.outline import title

_MOST = 400
"""Clauses offered by name."""
_MOST_DEALS = 50
COLOURS = {"redline-dark": "dark, blue and orange", "redline-light": "light", "redline-colorblind": "safe for the colour-blind",
           "redline-contrast": "high contrast"}


@runtime_checkable
class HasPlaces(Protocol):
    """The app, as far as the palette needs it."""

    places: dict[str, Place]


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the palette offers."""

    text: str
    run: Callable[[], object]
    always: bool = True


class Everything(Provider):
    """What can be done here."""

    async def discover(self) -> Hits:
        for command in self._commands():
            if command.always:
                yield DiscoveryHit(safe.as_cell(_shown(command)), command.run, command.text)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for command in self._commands(query):
            score = matcher.match(command.text) + begins(query, command.text)
            if score > 0:
                yield Hit(score, safe.as_cell(_shown(command)), command.run, command.text)

    def _commands(self, query: str = "") -> Iterator[Command]:
        place = self.screen
        name = place.place if isinstance(place, Place) else ""
        for part in (name, "everywhere"):
            for key in TABLE.get(part, ()):
                if key.action != "command_palette":
                    target = "app." if part == "everywhere" else "screen."
                    yield Command(f"{key.does}  ({key.shown})", partial(self.app.run_action, f"{target}{key.action}", place))
        for theme, says in COLOURS.items():
            yield Command(f"colours: {says}", partial(self.app.run_action, f"app.colors('{theme}')"))
        yield from self._deals(query)
        yield from self._clauses()

    def _deals(self, query: str) -> Iterator[Command]:
        """The deals that a query could mean; there may be too many to weigh them all."""
        board = self.app.places["deals"] if isinstance(self.app, HasPlaces) else None
        if not isinstance(board, DealsScreen) or not query:
            return
        words = " ".join(word for word in query.split() if word.casefold() not in ("open", "the", "deal"))
        for row in board.board.found(Filter(words=words))[:_MOST_DEALS]:
            yield Command(f"open the deal {safe_line(row.client)}", partial(self._open, row.slug), always=False)

    def _open(self, slug: str) -> None:
        self.app.post_message(DealsScreen.Opened(slug))

    def _clauses(self) -> Iterator[Command]:
        review = self.screen
        if isinstance(review, ReviewScreen) and review.index is not None:
            for number in range(min(_MOST, len(review.index.clauses))):
                yield Command(f"go to {title(review.index, number)}", partial(review.go_into, number), always=False)


def begins(query: str, text: str) -> float:
    """What a text gains where each word of a query begins one of its words: enough to stand before every looser match."""
    asked, words = query.casefold().split(), text.casefold().replace("(", " ").split()
    return 10.0 if asked and all(any(word.startswith(one) for word in words) for one in asked) else 0.0


def _shown(command: Command) -> Text:
    return safe.cell(command.text)
