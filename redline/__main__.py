"""The command `redline`. Answers `--version` before anything is imported; everything else is the command line's.

This is the one module that knows both fronts: it hands the command line the function that opens the terminal UI, so that the
two never import each other.
"""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from redline.desk import Desk


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code. Without `arguments` it is the process's own, which then ends."""
    given = sys.argv[1:] if arguments is None else arguments
    if given in (["--version"], ["-V"]):
        from redline import __version__

        sys.stdout.write(f"redline {__version__}\n")
        return 0
    from redline.cli.main import run

    code = run(given, open_tui=_open_tui)
    if arguments is None:
        gc.freeze()  # what is still held goes with the process: looking for cycles in it at the end takes a tenth of a long redline's time
    return code


def _open_tui(desk: Desk, client: str | None, color: str) -> int:
    from redline.tui.app import run

    return run(desk, client=client, color=color)


if __name__ == "__main__":
    sys.exit(main())
