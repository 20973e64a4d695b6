"""Makes what was written survive a power cut: the contents of files, and the names in folders (fsync(2))."""

from __future__ import annotations

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` survive a power cut, where the system can sync folders (fsync(2))."""
    if os.name == "nt" or not folder.is_dir():
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """The same for everything below a new folder, and for its own name."""
    for base, _, names in os.walk(folder):
        for name in names:
            with (Path(base) / name).open("rb+") as file:
                os.fsync(file.fileno())
        sync_folder(Path(base))
    sync_folder(folder.parent)
