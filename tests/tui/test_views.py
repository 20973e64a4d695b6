"""What stands on the screen in each place outside Review, at 80×24 and 140×45, line by line.

`GOLDEN=write` writes the texts anew.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from redline.tui.protocol import Part
from redline.views import DealRow
from tests.tui.driving import opened
from tests.tui.fakes import FakeDesk

EXPECTED = Path(__file__).parent / "expected"
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
VIEWS: dict[str, tuple[str, ...]] = {
    "deals": (), "deals-found": ("slash", "g", "enter", "s"), "killers": ("3",), "killers-tested": ("3", "t", "enter"), "insight": ("4",),
    "insight-history": ("4", "h", "enter", "3", "enter"), "insight-blame": ("4", "b", "enter"),
}


class StillDesk(FakeDesk):
    """A desk on which no time goes by."""

    def board(self, part: Part | None = None) -> tuple[DealRow, ...]:
        return tuple(replace(row, now=self.now) for row in super().board(part))


@pytest.mark.parametrize("size", [(80, 24), (140, 45)], ids=["80", "140"])
@pytest.mark.parametrize("name", list(VIEWS))
async def test_a_view_reads_as_before(name: str, size: tuple[int, int]) -> None:
    async with opened(size=size, desk=StillDesk(NOW)) as driver:
        await driver.press(*VIEWS[name])
        await driver.settle()
        found = "\n".join(line.rstrip() for line in driver.lines()) + "\n"
    path = EXPECTED / f"{name}-{size[0]}.txt"
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == found
