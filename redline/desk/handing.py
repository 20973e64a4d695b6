"""Files that are written for a person to hand over: whole or not at all, and never over another one unasked."""

from __future__ import annotations

import os
from pathlib import Path

from redline.errors import UsageError


def require_free(path: Path, *, force: bool = False) -> None:
    """UsageError when a file cannot be written there: it exists (unless `force`), or its folder does not."""
    if path.is_dir():
        raise UsageError(f"{path} is a folder", "Name a file in it.")
    if path.exists() and not force:
        raise UsageError(f"{path} already exists", "Name another file with -o, or add --force to replace it.")
    if not path.parent.is_dir():
        raise UsageError(f"there is no folder {path.parent}", "Make it first, or name another with -o.")


def write_file(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write a file whole or not at all; UsageError where it cannot be written."""
    require_free(path, force=force)
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        partial.write_bytes(data)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise UsageError(f"cannot write {path}: {error.strerror or error}", "Check the folder and the free space.") from error
