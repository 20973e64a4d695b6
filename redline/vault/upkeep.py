"""Keeps a growing vault fast: packs refs and loose objects now and then. Never drops an object, never fails a write.

Loose objects are packed first, the pack is synced, and only then the loose copies go (git-repack without `-d`,
git-prune-packed); unreachable objects stay, because they may belong to a writer that has not moved its ref yet.
"""

from __future__ import annotations

import re
from pathlib import Path

from redline.vault.plumbing import Plumbing
from redline.vault.syncing import sync_folder

SAMPLE = 10
"""Loose objects in one of the 256 folders that make tidying worth while: some 2,500 in all, a few hundred versions."""

PACKS = 20


def is_due(folder: Path) -> bool:
    """Whether so much lies about loose that packing pays. Looks at one folder, as git-gc does."""
    sample = folder / "objects" / "17"
    return sample.is_dir() and sum(1 for _ in sample.iterdir()) >= SAMPLE


def tidy(git: Plumbing) -> bool:
    """Pack refs and loose objects, and all packs into one when there are many. False when another program was at it."""
    folder = git.folder
    if git.attempt("pack-refs", "--all").code:
        return False
    sync_folder(folder)
    if git.attempt("repack", "-l", "-q").code:
        return False
    sync_folder(folder / "objects" / "pack")
    if git.attempt("prune-packed", "-q").code:
        return False
    packs = [path for path in (folder / "objects" / "pack").iterdir() if re.fullmatch(r"pack-[0-9a-f]+\.pack", path.name)]
    return len(packs) <= PACKS or _merge(git)


def _merge(git: Plumbing) -> bool:
    """All packs into one, unreachable objects included (`-k`); the old ones go only after the new one is synced."""
    if git.attempt("repack", "-a", "-k", "-l", "-q").code:
        return False
    sync_folder(git.folder / "objects" / "pack")
    return git.attempt("repack", "-a", "-d", "-k", "-l", "-q").code == 0
