"""The vault: a bare git repository whose every version is one commit, written so that a power cut or a rival cannot harm it.

It knows bytes and refs; what the bytes mean is other people's affair. A write builds all objects in memory, hands
them to git as one pack, syncs, moves the refs in one transaction that names the values they must have had, and syncs
again. Until the refs move nothing has happened. There is no index, no work tree and no lock that outlives a process.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from redline.errors import NoVaultError, UsageError, VaultError
from redline.vault import guard, objects, upkeep
from redline.vault.files import VaultFile
from redline.vault.objects import GitObject, Signature
from redline.vault.plumbing import Outcome, Plumbing, last_words, user_identity
from redline.vault.reading import REF, Reader
from redline.vault.syncing import sync_folder, sync_tree

MAIN = "refs/heads/main"
BASES = "refs/heads/base/"
DEALS = "refs/heads/deal/"
UNDONE = "refs/undone/"
ACT = "Redline-Act"

_VERB = re.compile(r"[a-z][a-z-]{0,30}")
_NOBODY = "0" * 40


@dataclass(frozen=True, slots=True)
class RefUpdate:
    """One new commit on one ref.

    `files` are changes to the tree of the first parent: path → bytes, or None to remove; with `replace_all` they are
    the whole tree. `expected_old` is what the ref must hold, None when it must not exist. `parents` defaults to
    `expected_old`. `committer` defaults to the person at the keyboard, now.
    """

    ref: str
    expected_old: str | None
    files: Mapping[str, bytes | None]
    subject: str
    author: Signature
    body: str = ""
    trailers: tuple[tuple[str, str], ...] = ()
    parents: tuple[str, ...] | None = None
    replace_all: bool = False
    committer: Signature | None = None

    def __post_init__(self) -> None:
        if not REF.fullmatch(self.ref):
            raise VaultError(f"{self.ref!r} is not a place in a vault")
        for path in self.files:
            objects.check_path(path)
        if not all(objects.OID.fullmatch(oid) for oid in self.all_parents):
            raise ValueError("parents are 40 hexadecimal digits")

    @property
    def all_parents(self) -> tuple[str, ...]:
        """The parents of the new commit."""
        if self.parents is not None:
            return self.parents
        return (self.expected_old,) if self.expected_old else ()


@dataclass(frozen=True, slots=True)
class RefMove:
    """`ref` from `old` to `new`; None stands for "does not exist"."""

    ref: str
    old: str | None
    new: str | None


class LostRaceError(VaultError):
    """Somebody else moved a ref in the meantime (git-update-ref, old value differs). Read again and retry."""


def new_act_id() -> str:
    """Names an act so that later ones sort after earlier ones: UTC time to the microsecond and four random digits."""
    return f"{datetime.now(UTC):%Y%m%dt%H%M%S%f}-{secrets.token_hex(2)}"


class Vault(Reader):
    """An open vault; use it in `with`. One per process is enough: it holds one git child process for reading."""

    def __init__(self, folder: Path, plumbing: Plumbing) -> None:
        super().__init__(folder, plumbing)
        self._user: tuple[str, str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @classmethod
    def create(cls, path: Path, party: VaultFile, user: Signature | None = None) -> Vault:
        """Make the folder `path` (missing or empty) a vault that knows our party; UsageError when something is in the way."""
        folder = path.expanduser().resolve()
        if folder.exists() and not folder.is_dir():
            raise UsageError(f"{folder} is a file", "choose another folder for the vault")
        if folder.is_dir() and any(folder.iterdir()):
            what = "is a vault already" if guard.looks_like_a_vault(folder) else "is not empty"
            raise UsageError(f"{folder} {what}", "choose a new or an empty folder")
        existed = folder.is_dir()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise VaultError(f"{folder} cannot be made: {error.strerror}", "choose another folder") from error
        plumbing = Plumbing(folder)
        try:
            plumbing.require_version()
            plumbing.run("init", "--quiet", "--bare", "--template=", "--initial-branch=main", "--object-format=sha1")
            with (folder / "config").open("a", encoding="utf-8", newline="\n") as config:
                config.write("[core]\n\tfsync = all\n")
            sync_tree(folder)
            vault = cls(folder, plumbing)
            author = user or vault.user()
            first = RefUpdate(MAIN, None, {"redline.toml": party.to_bytes()}, "Start the vault", author, committer=author)
            vault.write([first], "init")
        except BaseException:
            plumbing.close()
            _remove_inside(folder, itself=not existed)
            raise
        return vault

    @classmethod
    def open(cls, path: Path) -> Vault:
        """Open the vault at `path`; VaultError when there is none, when it is damaged, or when it carries what could do harm."""
        folder = path.expanduser().resolve()
        guard.inspect(folder)
        vault = cls(folder, Plumbing(folder))
        try:
            vault.party()
        except BaseException:
            vault.close()
            raise
        return vault

    @classmethod
    def find(cls, start: Path | None = None) -> Vault:
        """The vault that `guard.locate` finds from `start`; NoVaultError when there is none."""
        folder = guard.locate(start)
        if folder is None:
            here = (start or Path.cwd()).expanduser().resolve()
            raise NoVaultError(f"there is no vault at or above {here}", "`redline init` makes one, `redline demo` shows one")
        return cls.open(folder)

    def party(self) -> VaultFile:
        """Our party, from `redline.toml`; VaultError when the vault is none of ours or of a format still unknown."""
        data = self.read_if_there(MAIN, "redline.toml")
        if data is None:
            raise VaultError(f"{self.folder} is a git repository without a readable redline.toml: no vault, or a damaged one",
                             "If it was your vault, restore it from a copy. `redline init DIR` makes a new one elsewhere.")
        return VaultFile.from_bytes(data)

    def user(self) -> Signature:
        """The person at the keyboard, now."""
        if self._user is None:
            self._user = user_identity()
        return Signature(*self._user, datetime.now().astimezone())

    def write(self, updates: Sequence[RefUpdate], reason: str) -> dict[str, str]:
        """Write one commit for each update and move all the refs, or change nothing. Gives ref → new oid.

        `reason` is the verb of the act ("send", "adopt"), which `undo_last` can take back as a whole. Raises
        LostRaceError when a ref no longer holds `expected_old`.
        """
        if not _VERB.fullmatch(reason):
            raise ValueError(f"not a verb: {reason!r}")
        if len({update.ref for update in updates}) != len(updates):
            raise ValueError("one write moves a ref once")
        self.git.require_version()
        act = f"{new_act_id()} {reason}" + (f" over {len(updates)}" if len(updates) > 1 else "")
        made: list[GitObject] = []
        moves: list[RefMove] = []
        for update in updates:
            commit, parts = self._build(update, (ACT, act))
            made += [*parts, commit]
            moves.append(RefMove(update.ref, update.expected_old, commit.oid))
        self._store(made)
        self.move(moves)
        if upkeep.is_due(self.folder):
            upkeep.tidy(self.git)
        return {move.ref: move.new for move in moves if move.new}

    def transact(self, build: Callable[[], Sequence[RefUpdate]], reason: str, *, attempts: int = 20) -> dict[str, str]:
        """Call `build` and write what it gives; when somebody was faster, call it again. `build` reads the vault afresh."""
        for _ in range(attempts):
            try:
                return self.write(build(), reason)
            except LostRaceError as error:
                lost = error
        raise VaultError(f"the vault was busy: {lost.message}", "wait until the other redline has finished and try again")

    def _build(self, update: RefUpdate, act: tuple[str, str]) -> tuple[GitObject, list[GitObject]]:
        parents = update.all_parents
        tree: dict[str, str] = {}
        if parents and not update.replace_all:
            tree = {entry.path: entry.oid for entry in self.files(parents[0])}
        parts: list[GitObject] = []
        for path, data in update.files.items():
            if data is None:
                tree.pop(path, None)
                continue
            blob = GitObject("blob", data)
            parts.append(blob)
            tree[path] = blob.oid
        root, folders = objects.trees(tree)
        text = objects.message(update.subject, update.body, (*update.trailers, act))
        commit = objects.commit(root, parents, update.author, update.committer or self.user(), text)
        return commit, parts + folders

    def _store(self, made: Sequence[GitObject]) -> None:
        """Objects into the object store, synced down to the folders that name them."""
        self.git.run("unpack-objects", "-q", "--strict", stdin=objects.pack(made))
        store = self.folder / "objects"
        for name in sorted({item.oid[:2] for item in made}):
            sync_folder(store / name)
        sync_folder(store)

    def move(self, moves: Sequence[RefMove]) -> None:
        """Move, make or delete refs in one transaction, each only if it still holds `old` (git-update-ref, --stdin)."""
        lines = ["start"]
        for move in moves:
            if not REF.fullmatch(move.ref):
                raise VaultError(f"{move.ref!r} is not a place in a vault")
            if move.new is None:
                lines.append(f"delete {move.ref} {move.old or _NOBODY}")
            else:
                lines.append(f"update {move.ref} {move.new} {move.old or _NOBODY}")
        lines += ["prepare", "commit", ""]
        outcome = self.git.attempt("update-ref", "--no-deref", "--stdin", stdin="\n".join(lines).encode())
        if outcome.code:
            raise self._refusal(outcome)
        folders = {Path(move.ref).parents[number] for move in moves for number in range(len(Path(move.ref).parents))}
        for folder in sorted(folders, reverse=True):
            sync_folder(self.folder / folder)

    def _refusal(self, outcome: Outcome) -> VaultError:
        """What a failed transaction means: a race that was lost, a lock left behind, or real trouble."""
        words = last_words(outcome.err)
        lock = re.search(r"Unable to create '([^']+\.lock)': File exists", outcome.err)
        if lock:
            return LostRaceError(f"another program holds {lock[1]}")
        if re.search(r"but expected|already exists|unable to resolve reference|reference is missing", outcome.err):
            return LostRaceError("somebody else changed the same line at the same moment")
        return VaultError(f"the vault could not be changed: {words}", "`redline doctor` examines the vault")


def _remove_inside(folder: Path, *, itself: bool) -> None:
    """Take away a vault that could not be finished."""
    if itself:
        shutil.rmtree(folder)
        return
    for entry in folder.iterdir():
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
