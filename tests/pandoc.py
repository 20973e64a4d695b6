"""pandoc as an independent reader, from the Python package `pypandoc_binary`, which carries the program: no system package needed."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def program() -> str:
    """The path of the program that the package carries."""
    found = find_spec("pypandoc")
    assert found is not None, "pypandoc_binary is not installed; `pip install --editable '.[dev]'` does it"
    assert found.origin is not None
    path = Path(found.origin).parent / "files" / ("pandoc.exe" if os.name == "nt" else "pandoc")
    assert path.is_file(), f"{path} is missing: pypandoc without its program was installed; install pypandoc_binary instead"
    return str(path)


def pandoc(*arguments: str | Path, stdin: str = "") -> str:
    """What pandoc writes to stdout for these arguments."""
    done = subprocess.run([program(), *map(str, arguments)], input=stdin, capture_output=True, encoding="utf-8", check=True, timeout=300)
    return done.stdout
