"""Pictures of the desk for people who have not seen it yet: the real screens, drawn as SVG without a terminal.

The pictures name no host: a viewer takes its own fixed-width font.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from redline.desk import Desk
from redline.tui.app import RedlineApp
from redline.tui.overdesk import OverDesk
from redline.tui.protocol import DeskLike

_FACES = re.compile(r"@font-face\s*\{[^}]*\}")
_REMARKS = re.compile(r"\s*<!--.*?-->", re.DOTALL)
_COMMENTS = re.compile(r"<!--.*?-->", re.DOTALL)
_FONTS = "ui-monospace, 'Cascadia Mono', 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace"


@dataclass(frozen=True, slots=True)
class Picture:
    """What to show: a file name, the size of the terminal, the place, and the keys pressed before."""

    name: str
    size: tuple[int, int]
    client: str = ""
    keys: Sequence[str] = ()


def shoot(desk: Desk, folder: Path, client: str = "", keys: Sequence[str] = ("x",)) -> list[Path]:
    """Write pictures of Deals and of Review (of one deal; the first of the board if none is named), there after some `keys`, which do
    what they do on any desk. Gives the files.

    `deals.svg` and `review.svg` are 140 columns wide, `deals-80.svg` and `review-80.svg` 80.
    """
    over = OverDesk(desk)
    name = client or next((row.slug for row in over.board()), "")
    return asyncio.run(draw(over, folder, plan(name, keys)))


def plan(client: str, keys: Sequence[str] = ("x",)) -> list[Picture]:
    """The pictures for a vault: of the board, and of a deal, on its first flag unless told."""
    out = [Picture("deals", (140, 36)), Picture("deals-80", (80, 24))]
    if client:
        out += [Picture("review", (140, 45), client, keys), Picture("review-80", (80, 24), client, ("x",))]
    return out


async def draw(desk: DeskLike, folder: Path, pictures: Sequence[Picture]) -> list[Path]:
    """Draw each picture into its file."""
    folder.mkdir(parents=True, exist_ok=True)
    return [await _one(desk, folder, picture) for picture in pictures]


async def _one(desk: DeskLike, folder: Path, picture: Picture) -> Path:
    app = RedlineApp(desk, client=picture.client or None)
    app.animation_level = "none"
    async with app.run_test(size=picture.size) as pilot:
        await pilot.pause()
        for key in ("", *picture.keys):
            if key:
                await pilot.press(key)
            await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.pause()
            while app.typing:
                await pilot.pause(0.01)
        svg = app.export_screenshot(title="redline", simplify=True)
    path = folder / f"{picture.name}.svg"
    path.write_text(hostless(svg), encoding="utf-8")
    return path


def hostless(svg: str) -> str:
    """A picture that loads nothing: fonts from elsewhere taken out, spaces kept."""
    svg = _REMARKS.sub("", _FACES.sub("", svg)).replace("font-family: Fira Code, monospace", f"font-family: {_FONTS}")
    svg = re.sub(r"font-family:\s*\"?Fira Code\"?[^;}]*", f"font-family: {_FONTS}", svg)
    return svg.replace("<svg ", '<svg xml:space="preserve" ', 1)
