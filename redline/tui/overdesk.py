"""The real desk behind the screens: each question as the screens ask it, one at a time.

The desk may be used by one thread at once, so a lock is held while it answers. The screens say themselves what is being
read: a line that the desk told on the way would stand on the terminal after the reader left. Nothing else in this room imports
the desk.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from redline.desk import Desk, blaming, look, recording, recurrences
from redline.tui.protocol import KillerFields, KillerLike, Part
from redline.views import Blame, Comparison, Cycle, DealRow, Done, HistoryRow, LogRow, Tested, VersionInfo


def _silent(_line: str) -> None:
    return None


class OverDesk:
    """The real desk, one question at a time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        desk.tell = _silent
        self._lock = Lock()

    def board(self, part: Part | None = None) -> tuple[DealRow, ...]:
        with self._lock:
            return look.board(self._desk, part)

    def log(self, name: str | None) -> tuple[LogRow, ...]:
        with self._lock:
            return look.log(self._desk, name)

    def review(self, client: str) -> Comparison:
        with self._lock:
            return look.review(self._desk, client)

    def compare(self, old: str, new: str | None) -> Comparison:
        with self._lock:
            return look.compare(self._desk, old, new)

    def versions(self, client: str) -> tuple[VersionInfo, ...]:
        with self._lock:
            return look.versions(self._desk, client)

    def killers(self) -> Sequence[KillerLike]:
        with self._lock:
            return look.killers(self._desk)

    def add_killer(self, version: str, clause: str, fields: KillerFields) -> Done:
        facts = recording.Facts(fields.severity, fields.offer, fields.burdens, fields.cause, fields.title, fields.limits)
        with self._lock:
            return recording.add(self._desk, recording.Words(version, clause), fields.why, facts)

    def edit_killer(self, killer: str, fields: KillerFields) -> Done:
        with self._lock:
            return recording.edit(self._desk, killer, title=fields.title, why=fields.why, severity=fields.severity, offer=fields.offer,
                                  burdens=fields.burdens, cause=fields.cause, limits=fields.limits)

    def remove_killer(self, killer: str) -> Done:
        with self._lock:
            return recording.remove(self._desk, killer)

    def drop_wording(self, killer: str, *, instance: int | None = None, dismissal: int | None = None) -> Done:
        with self._lock:
            return recording.edit(self._desk, killer, drop_instance=instance, drop_dismissal=dismissal)

    def test_killers(self, version: str) -> Tested:
        with self._lock:
            return recurrences.tested(self._desk, version)

    def cycle(self) -> Cycle:
        with self._lock:
            return look.cycle(self._desk)

    def history(self, clause: str) -> tuple[HistoryRow, ...]:
        with self._lock:
            return look.history(self._desk, clause)

    def blame(self, version: str, clause: str) -> Blame:
        with self._lock:
            return blaming.blame(self._desk, version, clause)
