"""Every view of the desk and the command beside it tell the same: the same rows, the same figures, on a real vault."""

from __future__ import annotations

import io
import json
import re
import shlex
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from redline.cli.main import run
from redline.cli.parser import build
from redline.desk import Desk
from redline.render import json as told
from redline.tui.app import RedlineApp
from redline.tui.keys import PLACE_TITLES
from redline.tui.overdesk import OverDesk
from redline.tui.screens.deals import DealsScreen
from redline.tui.screens.insight import InsightScreen
from redline.tui.screens.killers import KillersScreen
from redline.tui.widgets.evidence import EvidencePane
from tests.tui.driving import Driver
from tests.tui.fakes import FakeDesk

DOCS = (Path(__file__).resolve().parents[2] / "docs/desk.md").read_text(encoding="utf-8")


def printed(folder: Path, *words: str) -> str:
    """What a command prints on stdout."""
    out = io.StringIO()
    with redirect_stdout(out):
        assert run([*words, "-C", str(folder), "--quiet"], open_tui=lambda *_: 1) == 0
    return out.getvalue()


def data(folder: Path, *words: str) -> Any:
    return json.loads(printed(folder, *words, "--json"))


def plain(view: object) -> Any:
    """A view as a command prints it."""
    return json.loads(told.dumps(view))  # type: ignore[arg-type]


def near(value: Any) -> Any:
    """The same without what the clock moves on between two looks: whole days stay."""
    if isinstance(value, dict):
        return {key: near(one) for key, one in value.items() if key not in ("days", "now")}
    if isinstance(value, list):
        return [near(one) for one in value]
    return round(value, 1) if isinstance(value, float) else value


@pytest.mark.usefixtures("hermetic_git")
async def test_each_view_says_what_its_command_says(demo: Path) -> None:
    with Desk.open(demo) as desk:
        app = RedlineApp(OverDesk(desk))
        app.animation_level = "none"
        async with app.run_test(size=(140, 45), notifications=True) as pilot:
            driver = Driver(app, FakeDesk(), pilot)
            await driver.settle()
            await driver.settle()
            await _deals(driver, demo)
            await _review(driver, demo)
            await _killers(driver, demo)
            await _insight(driver, demo)


async def _deals(driver: Driver, demo: Path) -> None:
    place = driver.app.places["deals"]
    assert isinstance(place, DealsScreen) and len(place.rows) >= 5
    assert near(plain(told.board(place.rows))) == near(data(demo, "deals"))
    lines = printed(demo, "deals", "--color", "never").splitlines()
    assert len(lines) == 1 + len(place.rows)
    for row, line in zip(place.rows, lines[1:], strict=True):
        figures = [str(figure) if figure else "–" for figure in (row.changes, row.undecided, row.untracked, row.flags)]
        assert row.client.split()[0] in line and re.search(r"\s+".join(map(re.escape, figures)), line), line
    for row in place.rows[:3]:
        await driver.settle()
        assert place.grid.row == row
        assert near(plain(told.log(place._logs[row.slug]))) == near(data(demo, "log", row.slug))
        await driver.press("down")


async def _review(driver: Driver, demo: Path) -> None:
    driver.app.open("dunmore")
    await driver.settle()
    await driver.settle()
    index = driver.review.index
    assert index is not None and index.changes
    shown, printed_ = plain(told.comparison(index.comparison)), data(demo, "diff", "dunmore")
    for apart in ("decisions", "undecided"):  # What is decided may move on while a comparison stays.
        shown.pop(apart), printed_.pop(apart)
    assert shown == printed_


async def _killers(driver: Driver, demo: Path) -> None:
    await driver.press("3")
    place = driver.app.places["killers"]
    assert isinstance(place, KillersScreen) and place.killers
    assert plain(told.killers(place.killers)) == data(demo, "killers")  # type: ignore[arg-type]


async def _insight(driver: Driver, demo: Path) -> None:
    await driver.press("4")
    await driver.settle()
    place = driver.app.places["insight"]
    assert isinstance(place, InsightScreen) and place.cycle is not None and len(place.cycle.stages) > 3
    assert near(plain(told.cycle(place.cycle))) == near(data(demo, "stats"))
    shown = place.query_one(EvidencePane).shown.plain
    for stage in place.cycle.stages:
        assert re.search(rf"{stage.name} .*{stage.median:.1f} days.*{stage.deals} deal", shown), stage
    place._look_up("base:services 11.3")
    await driver.settle()
    assert place.past and not isinstance(place.past, str)
    assert plain(told.history(place.past)) == data(demo, "history", "base:services", "11.3")
    await driver.press("b", *["backspace"] * 10)
    await driver.type("base:services")
    await driver.press("enter")
    await driver.settle()
    assert place.origins is not None and len(place.origins.sources) > 1
    assert plain(told.blame(place.origins)) == data(demo, "blame", "base:services")


def test_the_table_of_pairs_names_every_place_and_commands_that_exist() -> None:
    table = DOCS.partition("| in the desk | on the command line |")[2].partition("\n\n")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line.startswith("|")][1:]
    assert {title for title in PLACE_TITLES.values() if any(row[0].startswith(title) for row in rows)} == set(PLACE_TITLES.values())
    parser = build()
    for row in rows:
        commands = re.findall(r"`redline ([^`]*)`", row[1])
        assert commands, row
        for command in commands:
            assert parser.parse_args(shlex.split(command.replace("CLIENT", "acme"))).handler


def test_every_key_of_deals_killers_and_insight_is_told_of_in_the_docs() -> None:
    from redline.tui.keys import TABLE

    for place in ("deals", "killers", "insight"):
        part = DOCS.partition(f"## {place.capitalize()}\n")[2].partition("\n## ")[0]
        for key in TABLE[place]:
            assert f"`{key.shown}`" in part, (place, key.shown)
