"""A contract made of markup and control characters is shown literally, or as visible marks, wherever it is shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.events import Paste

from redline.text import safe
from redline.tui.widgets.prompt import Prompt
from tests.tui.driving import Driver, opened
from tests.tui.fakes import HOSTILE, FakeDesk, hostile

_RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def _clean(driver: Driver) -> None:
    assert not _RAW.search(driver.text()), _RAW.findall(driver.text())
    for toast in driver.toasts():
        assert not _RAW.search(toast)


async def test_the_page_the_outline_and_the_evidence_show_it_literally() -> None:
    for size in ((80, 60), (160, 60)):
        async with opened("evil", size=size) as driver:
            text = driver.text()
            _clean(driver)
            assert "[Client Name] Heading" in text
            assert "[@click=app.quit]press me[/]" in text
            assert "‹RLO›" in text and "‹U+009B›" in text
            for _ in range(len(HOSTILE) * 2):
                await driver.press("n")
                _clean(driver)
            for key in ("x", "x", "X", "s", "s", "s", "w", "right_square_bracket", "home", "end"):
                await driver.press(key)
                _clean(driver)
            assert driver.app.is_running


async def test_every_hostile_text_is_on_the_page_whole() -> None:
    async with opened("evil", size=(200, 120)) as driver:
        await driver.press("s", "s", "s")
        seen = driver.text().replace("\n", " ")
        for bad in HOSTILE:
            assert safe(bad) in seen, bad


async def test_the_evidence_shows_names_reasons_and_comments_literally() -> None:
    async with opened("evil", size=(120, 60)) as driver:
        await driver.press("x")
        known = driver.evidence()
        assert "[/b]" in known and "[@click=app.quit]press me[/]" in known and "a‹U+009B›31mb" in known


async def test_lists_to_choose_from_show_it_literally() -> None:
    async with opened("evil", size=(100, 60)) as driver:
        await driver.press("f")
        assert "by [/b]" in driver.text() and "by x‹RLO›gnp.exe" in driver.text()
        _clean(driver)
        await driver.press("escape", "B")
        assert "[/b]" in driver.text()
        _clean(driver)
        await driver.press("escape")
        assert driver.app.screen is driver.review


async def test_the_palette_shows_it_literally() -> None:
    async with opened("evil", size=(120, 60)) as driver:
        await driver.press("ctrl+p")
        await driver.type("go to")
        await driver.settle()
        assert "[Client Name]" in driver.text() and "[/b]" in driver.text()
        _clean(driver)


async def test_the_board_the_killers_and_insight_show_it_literally() -> None:
    async with opened(size=(140, 50)) as driver:
        assert "[@click=app.quit]press me[/]" in driver.text()
        await driver.press("down", "down", "down")
        assert "[/b]" in driver.text()
        _clean(driver)
        await driver.press("3", "down")
        assert "a‹U+009B›31mb" in driver.text()
        _clean(driver)
        await driver.press("4")
        assert "[Client Name]" in driver.text()
        _clean(driver)


async def test_what_the_killers_say_and_whose_words_they_are_show_it_literally() -> None:
    async with opened(size=(140, 50)) as driver:
        await driver.press("3", "t", "enter")
        assert "here:   [/b] without limit" in driver.text() and "[@click=app.quit]press me[/]" in driver.text()
        _clean(driver)
        await driver.press("q", "down", "e")
        assert "[@click=app.quit]press me[/]" in driver.text()
        _clean(driver)
        await driver.press("escape", "D")
        assert "[@click=app.quit]press me[/]" in driver.text()
        await driver.press("escape", "4", "b", "enter")
        assert "[Client Name], [/b]" in driver.text() and "[@click=app.quit]press me[/]" in driver.text()
        _clean(driver)
        await driver.press("1", "slash", "left_square_bracket")
        assert "[@click=app.quit]press me[/]" in driver.text()
        _clean(driver)
        assert driver.app.is_running


async def test_an_error_that_names_it_shows_it_literally() -> None:
    async with opened(HOSTILE[1] + HOSTILE[4], size=(100, 30)) as driver:
        assert "[/b]" in driver.text()
        _clean(driver)


async def test_a_click_on_a_link_in_a_contract_does_nothing() -> None:
    async with opened("evil", size=(100, 60)) as driver:
        for number, line in enumerate(driver.lines()):
            if "@click=app.quit" in line:
                await driver.pilot.click(offset=(line.index("@click"), number))
                await driver.settle()
        assert driver.app.is_running


async def test_what_is_copied_has_no_raw_control_characters() -> None:
    async with opened("evil") as driver:
        for _ in range(len(hostile().changes)):
            await driver.press("y", "n")
            assert not _RAW.search(driver.app.clipboard)


async def test_a_search_for_markup_finds_it() -> None:
    desk = FakeDesk()
    async with opened("evil", desk=desk, size=(100, 40)) as driver:
        await driver.press("slash", "left_square_bracket", "slash", "b", "right_square_bracket", "enter")
        assert driver.review.found.words == "[/b]" and driver.review.found.places
        _clean(driver)


async def test_what_is_asked_before_deciding_shows_it_literally() -> None:
    async with opened("evil", size=(120, 50)) as driver:
        for key in ("n", "n", "n"):
            await driver.press(key)
        for key in ("a", "A", "D", "c", "W"):
            await driver.press(key)
            assert driver.showing == "" or driver.review.query_one(Prompt).asking
            _clean(driver)
            await driver.press("escape")
        await driver.press("a")
        driver.app.post_message(Paste("[/b] \x9b31m\u202e"))
        await driver.press("enter", "N")
        assert "why     [/b] 31m" in driver.evidence()
        _clean(driver)


async def test_what_came_of_a_file_and_its_name_are_shown_literally(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with opened(size=(120, 50)) as driver:
        await driver.press("down", "down", "down", "i")
        _clean(driver)
        Path("[@click=app.quit] \x1b[31m.docx").write_text("x")
        await driver.press("ctrl+u")
        driver.app.post_message(Paste(f"{Path.cwd()}/"))
        await driver.settle()
        assert "[@click=app.quit] ‹U+001B›[31m.docx" in driver.text()
        await driver.press("enter")
        assert driver.showing == "" and "Acme Corp" in driver.text()
        _clean(driver)
        await driver.press("escape")
        assert driver.showing == "deals" and driver.desk.asked.count("board") >= 2
