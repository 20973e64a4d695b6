"""Makes the pictures in this folder: the real desk on a fresh demo vault, as SVG.

    python docs/pictures/make.py
"""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from redline.desk import Desk, demo
from redline.tui.pictures import shoot
from redline.vault.objects import Signature

HERE = Path(__file__).resolve().parent
TODAY = datetime.fromisoformat("2026-06-15T09:00:00+01:00")
"""Pictures must not change from day to day: the board counts its days up to here."""

KEYS = ("r", *"No price watch.", "enter", "a", "enter", "x")
"""What was decided before the picture of Review is taken: the first change rejected, the second accepted; then the next flag."""


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "demo"
        demo.build(folder, print)
        with Desk.open(folder) as desk:
            desk.clock = lambda: TODAY
            desk.person = Signature("Nora Whitfield", "", TODAY)
            for path in shoot(desk, HERE, "glasswing", KEYS):
                print(path)


if __name__ == "__main__":
    main()
