"""Git's objects as bytes: blobs, trees, commits and the pack that carries them (git docs: gitformat-pack, git-commit-tree).

Pure functions. Whatever text comes in, what comes out is an object that `git fsck --strict` accepts: names in author
lines are stripped of what git's format needs for itself, trees are sorted as git sorts them, and a message always
ends in a paragraph of trailers that this module wrote, so that no text of a user can pass for one. Trailers are read
here as well, never by git's own trailer machinery, which can be told to run commands.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from redline.errors import VaultError

OID = re.compile(r"[0-9a-f]{40}")
PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
DEPTH = 3
TRAILER = re.compile(r"(Redline-[A-Za-z0-9-]{1,40}): (.*)")

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_PACK_TYPE = {"commit": 1, "tree": 2, "blob": 3}
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who and when, for a commit's author or committer. `date` knows its time zone and lies between 1970 and 2100."""

    name: str
    email: str
    date: datetime

    def __post_init__(self) -> None:
        if self.date.tzinfo is None:
            raise ValueError("a signature needs a date that knows its time zone")
        if not 0 <= self.date.timestamp() < _LATEST.timestamp():
            raise VaultError(f"the date {self.date:%Y-%m-%d} cannot be kept", "dates lie between 1970 and 2100")

    def line(self) -> bytes:
        """`name <email> seconds zone`, as git writes it."""
        minutes = int((self.date.utcoffset() or timedelta()).total_seconds() // 60)
        sign, minutes = ("-", -minutes) if minutes < 0 else ("+", minutes)
        zone = f"{sign}{minutes // 60:02}{minutes % 60:02}"
        name = _ident(self.name) or "unknown"
        return encoded(f"{name} <{_ident(self.email)}> {int(self.date.timestamp())} {zone}")


@dataclass(frozen=True, slots=True)
class CommitInfo:
    """One commit as it was written. `body` is the message without the subject and without the trailers."""

    oid: str
    parents: tuple[str, ...]
    tree: str
    author: str
    author_email: str
    author_date: datetime
    committer: str
    committer_email: str
    commit_date: datetime
    subject: str
    body: str
    trailers: tuple[tuple[str, str], ...]

    def trailer(self, key: str) -> str | None:
        """The last value of the trailer `key`, or None."""
        return next((value for name, value in reversed(self.trailers) if name == key), None)


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file in a version's tree: always mode `100644`, with a plain name (`killers/late-payment.toml`)."""

    mode: str
    oid: str
    path: str


@dataclass(frozen=True, slots=True)
class GitObject:
    """An object ready to be packed."""

    kind: str
    data: bytes

    @property
    def oid(self) -> str:
        """The object's SHA-1 name."""
        return hashlib.sha1(b"%s %d\0" % (self.kind.encode(), len(self.data)) + self.data, usedforsecurity=False).hexdigest()


def encoded(text: str) -> bytes:
    """UTF-8 without NUL; lone surrogates become question marks."""
    return text.replace("\0", "").encode("utf-8", "replace")


def one_line(text: str) -> str:
    """`text` without line breaks and control characters, blanks at the ends removed."""
    return _CONTROL.sub(" ", text).strip()


def _ident(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text.replace("<", " ").replace(">", " ")).split())[:200].strip()


def check_path(path: str) -> None:
    """Refuse a path that is not plain names of letters, digits, dots, hyphens and underscores, at most three deep."""
    parts = path.split("/")
    if len(parts) > DEPTH or not all(PART.fullmatch(part) for part in parts):
        raise VaultError(f"the vault does not keep a file called {path!r}")


def trees(files: Mapping[str, str]) -> tuple[str, list[GitObject]]:
    """The tree objects for `files` (path → blob oid), and the oid of the root among them."""
    folders: dict[str, dict[str, str]] = {}
    here: list[tuple[bytes, bytes]] = []
    for path, oid in files.items():
        head, slash, rest = path.partition("/")
        if slash:
            folders.setdefault(head, {})[rest] = oid
        else:
            here.append((head.encode(), b"100644 %s\0" % head.encode() + bytes.fromhex(oid)))
    made: list[GitObject] = []
    for name, inner in folders.items():
        if name in files:
            raise VaultError(f"{name!r} cannot be a file and a folder at once")
        oid, below = trees(inner)
        made += below
        here.append((name.encode() + b"/", b"40000 %s\0" % name.encode() + bytes.fromhex(oid)))
    root = GitObject("tree", b"".join(entry for _, entry in sorted(here)))
    return root.oid, [*made, root]


def tree_entries(data: bytes, where: str) -> list[tuple[str, str, str]]:
    """(mode, name, oid) of a tree object; VaultError on anything but plain files and folders with plain names."""
    entries: list[tuple[str, str, str]] = []
    position = 0
    while position < len(data):
        space, end = data.find(b" ", position), data.find(b"\0", position)
        if not position < space < end or end + 21 > len(data):
            raise VaultError(f"{where} holds a damaged folder listing")
        mode, name = data[position:space].decode("ascii", "replace"), data[space + 1 : end].decode("utf-8", "replace")
        if mode not in ("100644", "40000") or not PART.fullmatch(name):
            raise VaultError(
                f"{where} holds an entry that no vault holds: {name!r} (mode {mode})",
                "this vault was changed by something else than redline; do not use it",
            )
        entries.append((mode, name, data[end + 1 : end + 21].hex()))
        position = end + 21
    return entries


def message(subject: str, body: str, trailers: Iterable[tuple[str, str]]) -> bytes:
    """Subject, body and trailers as one commit message. There is always at least one trailer."""
    lines = []
    for key, value in trailers:
        line = f"{key}: {one_line(value)}"
        if not TRAILER.fullmatch(line):
            raise ValueError(f"not a trailer of ours: {key!r}")
        lines.append(line)
    if not lines:
        raise ValueError("a commit of a vault needs a trailer")
    body = "\n".join(_CONTROL.sub(" ", line).rstrip() for line in body.splitlines()).strip("\n")
    parts = [one_line(subject) or "(no subject)", body, "\n".join(lines)]
    return encoded("\n\n".join(part for part in parts if part) + "\n")


def commit(tree: str, parents: Iterable[str], author: Signature, committer: Signature, text: bytes) -> GitObject:
    """A commit object; `text` is what `message` gave."""
    lines = [f"tree {tree}".encode(), *(f"parent {oid}".encode() for oid in parents)]
    lines += [b"author " + author.line(), b"committer " + committer.line()]
    return GitObject("commit", b"\n".join(lines) + b"\n\n" + text)


def pack(objects: Iterable[GitObject]) -> bytes:
    """A version-2 pack of whole objects, for `git unpack-objects` (gitformat-pack)."""
    chosen = {item.oid: item for item in objects}
    chunks = [b"PACK" + struct.pack(">II", 2, len(chosen))]
    for item in chosen.values():
        size = len(item.data)
        byte = _PACK_TYPE[item.kind] << 4 | size & 0x0F
        size >>= 4
        head = bytearray()
        while size:
            head.append(byte | 0x80)
            byte, size = size & 0x7F, size >> 7
        head.append(byte)
        chunks += [bytes(head), zlib.compress(item.data, 1)]
    body = b"".join(chunks)
    return body + hashlib.sha1(body, usedforsecurity=False).digest()


_PERSON = re.compile(r"(?:author|committer) (.*?) ?<([^<>\n]*)> (\d{1,15}) ([+-])(\d\d)(\d\d)", re.DOTALL)


def _signature(line: str, where: str) -> tuple[str, str, datetime]:
    match = _PERSON.fullmatch(line)
    if match is None:
        raise VaultError(f"the version {where} has a damaged author line")
    name, email, seconds, sign, hours, minutes = match.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == "-" else 1)
    if int(seconds) >= _LATEST.timestamp() or abs(offset) >= timedelta(days=1):
        raise VaultError(f"the version {where} has an impossible date")
    return name, email, datetime.fromtimestamp(int(seconds), timezone(offset))


def parse_commit(oid: str, data: bytes) -> CommitInfo:
    """A commit object's content as CommitInfo; VaultError when it is not one."""
    head, _, text = data.decode("utf-8", "replace").partition("\n\n")
    lines = head.split("\n")
    tree = lines[0].removeprefix("tree ") if lines else ""
    parents = tuple(line.removeprefix("parent ") for line in lines[1:] if line.startswith("parent "))
    author = next((line for line in lines if line.startswith("author ")), "")
    committer = next((line for line in lines if line.startswith("committer ")), "")
    if not all(OID.fullmatch(each) for each in (tree, *parents)):
        raise VaultError(f"the version {oid[:10]} is damaged")
    subject, body, trailers = split_message(text)
    return CommitInfo(
        oid, parents, tree, *_signature(author, oid[:10]), *_signature(committer, oid[:10]), subject, body, trailers
    )


def split_message(text: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Subject, body and trailers. Trailers are the last paragraph, when it is all `Redline-…: value` and not the only one."""
    paragraphs = text.strip("\n").split("\n\n")
    subject, rest = paragraphs[0].replace("\n", " "), paragraphs[1:]
    found = [TRAILER.fullmatch(line) for line in rest[-1].split("\n")] if rest else []
    matches = [match for match in found if match is not None]
    if not matches or len(matches) != len(found):
        return subject, "\n\n".join(rest).strip("\n"), ()
    return subject, "\n\n".join(rest[:-1]).strip("\n"), tuple((match[1], match[2]) for match in matches)
