"""One key after the other: the next is handed on when all that the one before it began is there, a screen that it opened too.

Textual hands a key to what has the focus at that moment and runs its binding later, so that keys typed fast go where their forerunner
has just left, and are lost. A message of no meaning is sent after each key, the same way; when it is back, the key has been handled.
"""

from __future__ import annotations

import time
from collections import deque

from textual import events
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump

_PATIENCE = 2.0
"""Seconds after which a key that is still being handled no longer holds up the next."""


class Passed(Message):
    """Goes up from where a key went."""

    def __init__(self, number: int, through: MessagePump) -> None:
        super().__init__()
        self.number = number
        self.through = through


class Turnstile(App[int]):
    """An app that loses no key."""

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._typed: deque[events.Key] = deque()
        self._number = 0
        self._key: events.Key | None = None
        self._since = 0.0

    @property
    def typing(self) -> bool:
        """Whether a key is still being handled, or waits."""
        return bool(self._key or self._typed)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and not event.is_forwarded:
            self._typed.append(event)
            if self._key is None:
                await self._next()
            else:
                self.set_timer(_PATIENCE, self._hurry)
            return
        await super().on_event(event)
        if event is self._key:
            self._follow()

    async def _next(self) -> None:
        """Hand on the key that was typed first."""
        self._key = self._typed.popleft()
        self._number += 1
        self._since = time.monotonic()
        target = self._target()
        key = self._key
        await super().on_event(key)
        if key.is_forwarded:
            self._send(target)
        else:
            self._follow()

    async def _hurry(self) -> None:
        """Go on where the way back was cut off: what held the key was closed by it."""
        if self._typed and time.monotonic() - self._since > _PATIENCE:
            await self._next()

    def _target(self) -> MessagePump:
        return self.focused or self.screen if self._screen_stack else self

    def _send(self, target: MessagePump) -> None:
        if not target.post_message(Passed(self._number, target)):
            self.post_message(Passed(self._number, self))

    def _follow(self) -> None:
        """The key is back: wait for what it opened."""
        self._number += 1
        self._send(self._target())

    async def on_passed(self, event: Passed) -> None:
        if event.number != self._number or self._key is None:
            return
        if event.through is not self._target() and event.through is not self:
            self._follow()
            return
        self._key = None
        if self._typed:
            await self._next()
