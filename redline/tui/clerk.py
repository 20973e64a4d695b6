"""Stores what the user decided, one act after the other, while the user goes on: nothing is lost, nothing waits.

Acts are stored in the order they were given, each whole or not at all. Whoever leaves the desk waits until the last one is stored.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from textual.app import App

from redline.errors import RedlineError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Job(Generic[T]):
    """Something to be stored: `run` in a thread, then `done` or `failed` on the app."""

    run: Callable[[], T]
    done: Callable[[T], None]
    failed: Callable[[RedlineError], None]


class Clerk:
    """A queue of acts and the one thread that stores them."""

    def __init__(self, app: App[int]) -> None:
        self._app = app
        self._jobs: deque[Job[object]] = deque()
        self._at_it = False
        self._after: Callable[[], None] | None = None

    @property
    def waiting(self) -> int:
        """How many acts are not stored yet."""
        return len(self._jobs)

    def put(self, job: Job[object]) -> None:
        """Store this too, after everything that was given before."""
        self._jobs.append(job)
        if not self._at_it:
            self._at_it = True
            self._app.run_worker(self._work, thread=True, group="clerk", name="storing", exit_on_error=True)

    def when_done(self, then: Callable[[], None]) -> None:
        """Call `then` once everything is stored: at once, if it is."""
        if self._at_it:
            self._after = then
        else:
            then()

    def _work(self) -> None:
        more = True
        while more:
            job = self._jobs[0]
            try:
                found = job.run()
            except RedlineError as error:
                more = self._app.call_from_thread(self._finish, job.failed, error)
            else:
                more = self._app.call_from_thread(self._finish, job.done, found)

    def _finish(self, then: Callable[[T], None], found: T) -> bool:
        """On the app: the act at the head is stored, or was refused. Whether this thread goes on: once it was told to stop, the next
        act has a thread of its own.
        """
        self._jobs.popleft()
        then(found)
        more = self._at_it = bool(self._jobs)
        if not more and self._after is not None:
            after, self._after = self._after, None
            after()
        return more
