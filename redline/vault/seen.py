"""Which changes of a turn a reader has seen, kept beside the repository so that reading goes on tomorrow where it stopped.

These are marks for reading and no decisions: they are not versioned, `undo` does not know them, a copy of the vault does not carry
them, and a file that is gone or damaged means that nothing was seen. Changes are named by their ids, which an edit changes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from redline.model import ChangeId, Slug

FOLDER = "redline-seen"
_LARGEST = 4 * 1024 * 1024


def read(vault: Path, slug: Slug, turn: int) -> frozenset[ChangeId]:
    """The changes of a turn that were seen; none where nothing sound is kept."""
    path = vault / FOLDER / f"{slug}.json"
    try:
        if path.is_symlink() or path.stat().st_size > _LARGEST:
            return frozenset()
        told = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return frozenset()
    if not isinstance(told, dict) or told.get("turn") != turn or not isinstance(told.get("seen"), list):
        return frozenset()
    return frozenset(ChangeId(one) for one in told["seen"] if isinstance(one, str) and ChangeId.pattern.fullmatch(one))


def write(vault: Path, slug: Slug, turn: int, seen: Collection[ChangeId]) -> bool:
    """Keep these and no others for a deal, whole or not at all. False where the folder cannot be written to."""
    folder = vault / FOLDER
    fresh = folder / f"{slug}.{os.getpid()}.new"
    try:
        folder.mkdir(exist_ok=True)
        fresh.write_text(json.dumps({"schema": 1, "turn": turn, "seen": sorted(seen)}, indent=0) + "\n", encoding="utf-8")
        fresh.replace(folder / f"{slug}.json")
    except OSError:
        with suppress(OSError):
            fresh.unlink()
        return False
    return True
