"""The desk: an open vault, a clock and somebody to tell about progress. Every use case takes one.

A desk is used by one thread at a time. Documents that were read once are kept, so that a second look costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from redline.desk.documents import Version
    from redline.killers import Killer, Matcher
    from redline.model import Redline
    from redline.vault.objects import Signature
    from redline.vault.store import RefUpdate, Vault


def _now() -> datetime:
    return datetime.now().astimezone()


def _silent(_line: str) -> None:
    return None


class Desk:
    """An open vault with what the use cases share. Use it in `with`.

    `clock` gives now, with a time zone; `tell` hears one line before each piece of work that may take a while. With `dry_run`
    everything is read and decided as ever, and nothing is stored. `sensitivity` is how readily killers are seen, "" for the vault's
    own setting.
    """

    def __init__(
        self, vault: Vault, *, clock: Callable[[], datetime] = _now, tell: Callable[[str], None] = _silent
    ) -> None:
        self.vault = vault
        self.person: Signature | None = None
        self.clock = clock
        self.tell = tell
        self.dry_run = False
        self.sensitivity = ""
        self.versions: dict[str, Version] = {}
        self.steps: dict[tuple[str, str], Redline] = {}
        self.libraries: dict[str, tuple[Killer, ...]] = {}
        self.matchers: dict[str, Matcher] = {}

    @classmethod
    def open(cls, start: Path | None = None, *, tell: Callable[[str], None] = _silent) -> Desk:
        """The desk on the vault found from `start` (the current folder when None). VaultError when there is none."""
        from redline.vault.store import Vault

        return cls(Vault.find(start), tell=tell)

    @classmethod
    def create(
        cls, folder: Path, party: str, names: tuple[str, ...] = (), *, tell: Callable[[str], None] = _silent
    ) -> Desk:
        """A desk on a new vault in `folder`, which must be missing or empty."""
        from redline.vault.files import VaultFile
        from redline.vault.store import Vault

        return cls(Vault.create(folder, VaultFile(party, names)), tell=tell)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.vault.close()

    def write(self, build: Callable[[], Sequence[RefUpdate]], act: str, *, attempts: int = 20) -> None:
        """Store what `build` gives as one act; when somebody was faster, it is asked again. Checked only, in a dry run."""
        if self.dry_run:
            build()
        else:
            self.vault.transact(build, act, attempts=attempts)

    @property
    def our_names(self) -> frozenset[str]:
        """The author names that mean us in Word's track changes, our party's own among them."""
        party = self.vault.party()
        return frozenset((party.party, *party.names))

    def signature(self, when: datetime | None = None) -> Signature:
        """Who does what is done at this desk (`person` when set, else git's user), and when: by its clock unless told."""
        return replace(self.person or self.vault.user(), date=when or self.clock())
