"""What was read of each deal, kept in one file beside the repository, so that ten thousand deals need not be read again.

An entry follows from the commit that the deal's ref holds and from nothing else, so that it cannot grow stale: whoever moves a ref
gives the deal another key. The file is replaced whole, by rename. One that is cut, altered, too large or of another format is as
good as none, and a folder that cannot be written to is read without one; no question needs it to be answered. Nothing is ever kept
here that is not in git.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

NAME = "redline-index"
FORMAT = b"redline index 1"
"""To be raised whenever entries are made in another way."""

LARGEST = 256 * 1024 * 1024
_OLD = 60.0
"""Seconds after which a half-written file was left behind by a program that was stopped."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is kept of a deal. Texts are "" where there is nothing; dates are in ISO 8601.

    `base` is what deal.toml names; `root` the commit it grew from, `line` its own commits, oldest first, with a blank between;
    `hands` its turns in order as "DATE DIRECTION", separated by commas; `summary` the figures of the latest turn, `undecided` how
    many changes waited after the last decision, −1 where nothing was decided.
    """

    slug: str
    tip: str
    name: str
    outcome: str
    base: str
    root: str
    opened: str
    closed: str
    reason: str
    value: str
    currency: str
    hands: str
    summary: str
    undecided: int
    line: str


_SHAPE = (*(str,) * 13, int, str)
_values = attrgetter(*Entry.__slots__)


def read(folder: Path) -> dict[tuple[str, str], Entry]:
    """The entries kept for the vault in `folder` by (slug, tip); none where there is no sound file."""
    path = folder / NAME
    try:
        if path.is_symlink() or path.stat().st_size > LARGEST:
            return {}
        head, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return {}
    if head != _head(body):
        return {}
    try:
        rows = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(rows, list) or not all(isinstance(row, list) and tuple(map(type, row)) == _SHAPE for row in rows):
        return {}
    return {(row[0], row[1]): Entry(*row) for row in rows}


def write(folder: Path, entries: Iterable[Entry]) -> bool:
    """Keep these entries and no others. False where another program is at it, or the folder cannot be written to."""
    body = json.dumps([_values(entry) for entry in entries], ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    path, fresh = folder / NAME, folder / f"{NAME}.new"
    try:
        with fresh.open("xb") as file:
            file.write(_head(body) + b"\n" + body)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        _forget(fresh)
        return False
    except OSError:
        with suppress(OSError):
            fresh.unlink()
        return False
    try:
        fresh.replace(path)
    except OSError:
        with suppress(OSError):
            fresh.unlink()
        return False
    return True


def _head(body: bytes) -> bytes:
    return FORMAT + b" " + hashlib.sha256(body).hexdigest().encode()


def _forget(path: Path) -> None:
    """Take away what a stopped program left half written, so that the next one can write."""
    with suppress(OSError):
        if time.time() - path.stat().st_mtime > _OLD:
            path.unlink()
