"""Looking into a vault: refs, versions and files, always by full ref name or object id, never starting a process per ref."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from redline.errors import VaultError
from redline.vault import objects
from redline.vault.objects import CommitInfo, FileEntry
from redline.vault.plumbing import Plumbing

REF = re.compile(
    r"(?:refs/heads|refs/undone/[0-9a-z-]{1,60}/heads)/(?:main|(?:base|deal)/[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?)"
)
"""Every place a vault may have: its own knowledge, the lines of bases and deals, and what was taken back."""


class Reader:
    """Reads the bare repository at `folder`. Holds one git child process once something was read."""

    def __init__(self, folder: Path, plumbing: Plumbing) -> None:
        self.folder = folder
        self.git = plumbing

    def close(self) -> None:
        """End git's child process. The vault can still be used; it starts another."""
        self.git.close()

    def stamp(self) -> tuple[int, ...]:
        """Something that is another whenever a line moved, began or ended, told by a few folders' times: no process, no lock.

        A ref is written as a new file that takes the old one's place, so that the time of its folder changes with it.
        """
        places = ("packed-refs", "refs/heads", "refs/heads/base", "refs/heads/deal")
        found = []
        for place in places:
            try:
                found.append((self.folder / place).stat().st_mtime_ns)
            except OSError:
                found.append(0)
        return tuple(found)

    def refs(self, prefix: str = "refs/heads/") -> dict[str, str]:
        """Full ref name → commit oid below `prefix` (a folder of refs or one full ref). Odd names and links are refused."""
        if not re.fullmatch(r"refs/[a-z0-9/.-]*", prefix):
            raise ValueError(f"not a ref prefix: {prefix!r}")
        form = "--format=%(objectname) %(objecttype) %(symref)%00%(refname)"
        out = self.git.run("for-each-ref", form, "--end-of-options", prefix).decode("utf-8", "replace")
        found: dict[str, str] = {}
        for line in out.splitlines():
            head, _, name = line.partition("\0")
            oid, kind, link = head.split(" ", 2)
            if link or kind != "commit":
                raise VaultError(f"the vault's ref {name!r} is not a plain line of versions", "`redline doctor` examines it")
            found[name] = oid
        return found

    def tips(self, prefix: str = "refs/heads/") -> list[tuple[str, CommitInfo]]:
        """(ref, commit) for every ref below `prefix`, in two processes."""
        found = self.refs(prefix)
        data = self.git.objects(list(found.values()))
        lost = next((ref for ref, each in zip(found, data, strict=True) if each is None), None)
        if lost:
            raise VaultError(f"the vault lacks the newest version of {lost}", "`redline doctor` says what else is missing")
        return [(ref, objects.parse_commit(oid, each or b"")) for (ref, oid), each in zip(found.items(), data, strict=True)]

    def tip(self, ref: str) -> str | None:
        """The commit `ref` holds, None when it does not exist."""
        if not REF.fullmatch(ref):
            raise VaultError(f"{ref!r} is not a place in a vault")
        found = self.git.object(ref)
        return found[0] if found else None

    def commit(self, oid: str) -> CommitInfo:
        """One commit, without starting a process."""
        _, kind, data = self._object(oid)
        if kind != "commit":
            raise VaultError(f"{oid[:10]} is not a version")
        return objects.parse_commit(oid, data)

    def commits(self, *starts: str, limit: int | None = None, first_parent: bool = True) -> tuple[CommitInfo, ...]:
        """Commits reachable from `starts` (oids or full refs), children before parents, in one process.

        With `first_parent` the line of one ref; without, everything that went into it. Several starts come in no
        promised order.
        """
        if not starts:
            return ()
        if not all(objects.OID.fullmatch(start) or REF.fullmatch(start) for start in starts):
            raise ValueError("commits start from full refs or object ids")
        options = ["--header", "--first-parent" if first_parent else "--topo-order"]
        options += [f"--max-count={limit}"] if limit is not None else []
        out = self.git.run("rev-list", *options, "--stdin", stdin="".join(f"{each}\n" for each in starts).encode())
        return tuple(_header(record) for record in out.split(b"\0") if record)

    def read(self, oid: str, path: str) -> bytes:
        """The bytes of `path` in the version `oid` (or at the ref `oid`); VaultError when there is no such file."""
        data = self.read_if_there(oid, path)
        if data is None:
            raise VaultError(f"the version {oid[:10]} holds no {path}", "`redline doctor` examines the vault")
        return data

    def read_if_there(self, oid: str, path: str) -> bytes | None:
        """The bytes of `path` in a version, None when the version or the file does not exist."""
        objects.check_path(path)
        if not (objects.OID.fullmatch(oid) or REF.fullmatch(oid)):
            raise ValueError(f"not a version: {oid!r}")
        found = self.git.object(f"{oid}:{path}")
        return found[2] if found and found[1] == "blob" else None

    def read_many(self, wanted: Sequence[tuple[str, str]]) -> list[bytes | None]:
        """The bytes for (oid, path) pairs in one process, None for what does not exist. All are held in memory."""
        for oid, path in wanted:
            objects.check_path(path)
            if not objects.OID.fullmatch(oid):
                raise ValueError(f"not a version: {oid!r}")
        return self.git.objects([f"{oid}:{path}" for oid, path in wanted])

    def files(self, oid: str) -> tuple[FileEntry, ...]:
        """The files of a version, sorted by path; VaultError on odd names, links and anything that is not a plain file."""
        return tuple(sorted(self._entries(self.commit(oid).tree, ""), key=lambda entry: entry.path))

    def _entries(self, tree: str, prefix: str) -> list[FileEntry]:
        if prefix.count("/") >= objects.DEPTH:
            raise VaultError("the vault holds folders nested too deep")
        _, kind, data = self._object(tree)
        if kind != "tree":
            raise VaultError(f"{tree[:10]} is not a folder of the vault")
        found: list[FileEntry] = []
        for mode, name, oid in objects.tree_entries(data, f"the version's folder /{prefix}"):
            if mode == "40000":
                found += self._entries(oid, f"{prefix}{name}/")
            else:
                found.append(FileEntry(mode, oid, prefix + name))
        return found

    def _object(self, oid: str) -> tuple[str, str, bytes]:
        if not objects.OID.fullmatch(oid):
            raise ValueError(f"not an object id: {oid!r}")
        found = self.git.object(oid)
        if found is None:
            raise VaultError(f"the vault lacks the object {oid[:10]}", "`redline doctor` says what else is missing")
        return found


def _header(record: bytes) -> CommitInfo:
    """One record of `rev-list --header`: the oid, the raw headers, and the message indented by four blanks."""
    oid, _, rest = record.partition(b"\n")
    head, _, text = rest.partition(b"\n\n")
    lines = (line.removeprefix(b"    ") for line in text.split(b"\n"))
    return objects.parse_commit(oid.decode("ascii", "replace"), head + b"\n\n" + b"\n".join(lines))
