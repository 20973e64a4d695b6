"""The real desk behind the screens: each question as the screens ask it, one at a time.

The desk may be used by one thread at once, so a lock is held while it answers. The screens say themselves what is being
read: a line that the desk told on the way would stand on the terminal after the reader left. Nothing else in this room imports
the desk.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Lock

from redline.desk import Desk, blaming, deciding, look, marking, outcomes, receiving, recording, recurrences, responding
from redline.desk.handing import require_free, write_file
from redline.model import ChangeId, Redline
from redline.tui.protocol import Act, KillerFields, KillerLike, Manner, Part, Past, Tell
from redline.views import Blame, Comparison, Cycle, DealRow, Decision, Done, HistoryRow, LogRow, Receipt, Tested, VersionInfo


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
            view = look.review(self._desk, client)
            return replace(view, decisions=None) if not view.decisions and deciding.closed(self._desk, view) else view

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

    def stamp(self) -> tuple[int, ...]:
        return self._desk.vault.stamp()

    # Acts

    def decide(self, view: Comparison, act: Act) -> tuple[Decision, ...]:
        with self._lock:
            choice = deciding.Choice(tuple(str(one) for one in act.changes))
            slug = view.new.address.partition("@")[0]
            deciding.decide(self._desk, slug, choice, act.verdict, text=act.text, paragraph=act.paragraph, why=act.why, seen=view)
            return deciding.current(self._desk, view)

    def decisions(self, view: Comparison) -> tuple[Decision, ...]:
        with self._lock:
            return deciding.current(self._desk, view)

    def past(self, redo: bool) -> Past | None:
        with self._lock:
            act = outcomes.upcoming(self._desk, redo=redo)
        if act is None:
            return None
        deals = [ref.rpartition("/")[2] for ref in act.refs if "/deal/" in ref]
        decided = act.verb == "decide" and len(act.refs) == len(deals) == 1
        return Past(act.id, act.verb, "; ".join(act.subjects), deals[0] if decided else "")

    def undo(self, act: str, redo: bool) -> Done:
        with self._lock:
            return outcomes.redo(self._desk, act) if redo else outcomes.undo(self._desk, act)

    def seen(self, view: Comparison) -> frozenset[ChangeId]:
        return marking.seen(self._desk, view)

    def see(self, view: Comparison, changes: Collection[ChangeId]) -> bool:
        return marking.see(self._desk, view, changes)

    def offer(self, theirs: str, ours: str) -> Redline:
        return deciding.offered(theirs, ours)

    def respond(self, client: str, manner: Manner, path: Path, tell: Tell, *, force: bool = False) -> Done:
        style = responding.Style(manner.against, manner.fold, manner.undecided)
        with self._telling(tell):
            sent = responding.respond(self._desk, client, style, place=lambda _: require_free(path, force=force))
            write_file(path, sent.data, force=force)
            return sent.done

    def receive(self, client: str, path: Path, tell: Tell, *, force: bool = False) -> Receipt:
        with self._telling(tell):
            return receiving.receive(self._desk, client, path, force=force)

    @contextmanager
    def _telling(self, tell: Tell) -> Iterator[None]:
        """The desk for one long act, of which `tell` hears."""
        with self._lock:
            self._desk.tell = tell
            try:
                yield
            finally:
                self._desk.tell = _silent
