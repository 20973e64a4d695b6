"""What the screens ask of the desk, so that tests can put hand-made views in its place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path
from typing import Literal, Protocol

from redline.model import ChangeId, Redline
from redline.views import (
    Blame,
    Comparison,
    Cycle,
    DealRow,
    Decision,
    Done,
    HistoryRow,
    LogRow,
    Receipt,
    Tested,
    Verdict,
    VersionInfo,
)

Part = Callable[[tuple[DealRow, ...], int], None]
"""Hears of the deals read so far and how many there will be, where there is much to read; what it raises ends the reading."""


@dataclass(frozen=True, slots=True)
class KillerFields:
    """What a reader says of a killer beside its words."""

    title: str = ""
    why: str = ""
    severity: str = "negotiate"
    offer: str = ""
    burdens: str = ""
    cause: str = ""
    limits: tuple[str, ...] = ()


Tell = Callable[[str], None]
"""Hears one line before each piece of work; what it raises ends the work."""


@dataclass(frozen=True, slots=True)
class Act:
    """What is decided at once: these changes, one verdict, one reason; `text` and `paragraph` as in a `Decision`."""

    changes: tuple[ChangeId, ...]
    verdict: Verdict
    why: str = ""
    text: str = ""
    paragraph: bool = False


@dataclass(frozen=True, slots=True)
class Past:
    """An act that can be taken back or done again: its id, its verb, what it did, and the deal where it is a decision in one."""

    id: str
    verb: str
    did: str
    deal: str = ""


@dataclass(frozen=True, slots=True)
class Manner:
    """How an answer is written (see `redline respond`); `undecided` None refuses while a change waits for a decision."""

    against: Literal["theirs", "ours"] = "theirs"
    fold: bool = False
    undecided: Literal["accept", "reject", "keep"] | None = None


class InstanceLike(Protocol):
    """One wording of a killer, and where it stood."""

    @property
    def text(self) -> str: ...
    @property
    def deal(self) -> str: ...
    @property
    def turn(self) -> int: ...
    @property
    def clause(self) -> str: ...


class DismissalLike(InstanceLike, Protocol):
    """A wording that was called fine, and why."""

    @property
    def reason(self) -> str: ...


class KillerLike(Protocol):
    """A clause that cost a deal, as the library keeps it."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def deal(self) -> str: ...
    @property
    def date(self) -> Date | None: ...
    @property
    def reason(self) -> str: ...
    @property
    def severity(self) -> str: ...
    @property
    def offer(self) -> str: ...
    @property
    def burdens(self) -> str: ...
    @property
    def cause(self) -> str: ...
    @property
    def limits(self) -> Sequence[str]: ...
    @property
    def instances(self) -> Sequence[InstanceLike]: ...
    @property
    def dismissed(self) -> Sequence[DismissalLike]: ...


class DeskLike(Protocol):
    """The questions the screens ask. Each raises RedlineError with what to do about it."""

    def board(self, part: Part | None = None) -> tuple[DealRow, ...]: ...
    def log(self, name: str | None) -> tuple[LogRow, ...]: ...
    def review(self, client: str) -> Comparison: ...
    def compare(self, old: str, new: str | None) -> Comparison: ...
    def versions(self, client: str) -> tuple[VersionInfo, ...]: ...
    def killers(self) -> Sequence[KillerLike]: ...
    def add_killer(self, version: str, clause: str, fields: KillerFields) -> Done: ...
    def edit_killer(self, killer: str, fields: KillerFields) -> Done: ...
    def remove_killer(self, killer: str) -> Done: ...
    def drop_wording(self, killer: str, *, instance: int | None = None, dismissal: int | None = None) -> Done: ...
    def test_killers(self, version: str) -> Tested: ...
    def cycle(self) -> Cycle: ...
    def history(self, clause: str) -> tuple[HistoryRow, ...]: ...
    def blame(self, version: str, clause: str) -> Blame: ...

    def stamp(self) -> Hashable:
        """Another value whenever something in the vault has changed. Costs nothing, waits for nobody."""
        ...

    def decide(self, view: Comparison, act: Act) -> tuple[Decision, ...]:
        """Store a decision about changes of `view`; gives all that stand then. ConflictError where `view` is not up to date."""
        ...

    def past(self, redo: bool) -> Past | None: ...
    def undo(self, act: str, redo: bool) -> Done:
        """Take back the act of this id, or do it again. ConflictError when it is no longer the one in turn."""
        ...

    def decisions(self, view: Comparison) -> tuple[Decision, ...]: ...
    def seen(self, view: Comparison) -> frozenset[ChangeId]: ...
    def see(self, view: Comparison, changes: Collection[ChangeId]) -> bool: ...
    def offer(self, theirs: str, ours: str) -> Redline:
        """Our words against theirs."""
        ...

    def respond(self, client: str, manner: Manner, path: Path, tell: Tell, *, force: bool = False) -> Done:
        """Write and store our answer, and the file to send."""
        ...

    def receive(self, client: str, path: Path, tell: Tell, *, force: bool = False) -> Receipt: ...
