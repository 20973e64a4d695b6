"""Deals, Killers, Insight, and the way between them."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import cast

import pytest
from textual.widgets import OptionList

from redline.desk import Desk
from redline.errors import UsageError, VaultError
from redline.tui.app import run
from redline.tui.keys import TABLE
from redline.tui.palette import Everything
from redline.tui.screens.asking import Keys
from redline.tui.times import held
from redline.tui.widgets.evidence import EvidencePane
from redline.tui.widgets.grid import Grid
from redline.views import Comparison, LogRow
from tests.tui.driving import opened
from tests.tui.fakes import FakeDesk, english


async def test_the_board_says_whose_turn_and_for_how_long() -> None:
    async with opened() as driver:
        text = driver.text()
        assert "ours, 12 days" in text and "theirs, 20 days" in text and "closed 60 days ago" in text
        assert "U 1" in text and "! 2" in text
        assert "6 deals: 2 waiting for us, 2 with them, 2 closed" in driver.status()


async def test_a_wide_board_has_base_turns_and_value_too() -> None:
    async with opened(size=(140, 45)) as driver:
        assert "48,000 EUR" in driver.text() and "services-ru" in driver.text()
        await driver.pilot.resize_terminal(80, 24)
        await driver.settle()
        assert "48,000 EUR" not in driver.text() and "Acme Corp" in driver.text()


async def test_the_turns_of_the_deal_under_the_cursor_are_shown() -> None:
    async with opened() as driver:
        assert "turn 2, received" in driver.text() and "1 UNTRACKED" in driver.text()
        await driver.press("down")
        assert "log romashka" in driver.desk.asked
        await driver.press("up", "down")
        assert driver.desk.asked.count("log romashka") == 1


async def test_enter_opens_the_review_of_the_deal() -> None:
    async with opened() as driver:
        await driver.press("down", "enter")
        await driver.settle()
        assert driver.app.screen is driver.review
        assert "review romashka" in driver.desk.asked
        assert "сорока пяти" in driver.text()


async def test_r_reads_the_vault_again_and_keeps_the_cursor() -> None:
    async with opened() as driver:
        await driver.press("down", "r")
        assert driver.desk.asked.count("board") == 2
        assert driver.app.screen.query_one(Grid).cursor_row == 1


async def test_an_empty_vault_says_what_to_do() -> None:
    desk = FakeDesk()
    desk.empty = True
    async with opened(desk=desk) as driver:
        assert "redline base contract.docx" in driver.text()
        await driver.press("enter")
        assert driver.app.screen is driver.app.places["deals"]


async def test_a_vault_with_a_base_and_no_deal_says_to_send_it(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = FakeDesk()
    desk.empty = True
    monkeypatch.setattr(FakeDesk, "log", lambda self, name: (LogRow("base:services@1", None, "base", "you"),))
    async with opened(desk=desk) as driver:
        assert "1 base: services" in driver.text() and "redline send acme" in driver.text()
        assert "redline base contract.docx" not in driver.text()


async def test_numbers_lead_to_the_places() -> None:
    async with opened() as driver:
        for key, name in (("2", "review"), ("3", "killers"), ("4", "insight"), ("1", "deals")):
            await driver.press(key)
            assert driver.app.screen is driver.app.places[name]
            await driver.press("question_mark")
            assert isinstance(driver.app.screen, Keys)
            await driver.press("q")


async def test_killers_are_listed_and_shown_in_full() -> None:
    for size in ((80, 24), (120, 40)):
        async with opened(size=size) as driver:
            await driver.press("3")
            text = driver.text()
            assert "Liability without a limit" in text and "Our insurer refused" in text
            await driver.press("down")
            assert driver.app.screen.query_one(OptionList).highlighted == 1
            assert "[/b]" in driver.app.screen.query_one(EvidencePane).shown.plain
            await driver.press("r")
            assert driver.desk.asked.count("killers") == 2


async def test_insight_shows_time_with_its_count_and_the_history_of_a_clause() -> None:
    async with opened(size=(120, 40)) as driver:
        await driver.press("4")
        assert "2 closed deals" in driver.text() and "median" in driver.text()
        await driver.press("h")
        assert "services-ru" in driver.text()
        await driver.press("enter")
        await driver.type("3.1")
        await driver.press("enter")
        assert "history base:services 3.1" in driver.desk.asked
        assert "lost: uncapped liability" in driver.text() and "sixty (60)" in driver.text()
        await driver.press("r")
        assert driver.desk.asked.count("cycle") == 2
        await driver.press("q")
        assert driver.app.screen is driver.app.places["deals"]


async def test_a_long_history_is_read_on_and_back() -> None:
    async with opened(size=(60, 16)) as driver:
        await driver.press("4", "h", "enter")
        await driver.type("3.1")
        await driver.press("enter")
        pane = driver.app.screen.query_one(EvidencePane)
        await driver.press("J")
        below = pane.scroll_offset.y
        await driver.press("K")
        assert pane.scroll_offset.y < below


async def test_insight_says_whose_words_a_version_is_made_of() -> None:
    async with opened(size=(120, 40)) as driver:
        await driver.press("4")
        assert "How long each stretch took" in driver.text() and "12 to 31" in driver.text() and "4 deals" in driver.text()
        await driver.press("b", *["backspace"] * 4)
        await driver.type("acme 3.1")
        await driver.press("enter")
        assert "blame acme 3.1" in driver.desk.asked and "3 sources of 132 words" in driver.status()
        pane = driver.app.screen.query_one(EvidencePane)
        assert "  a  Acme Corp, turn 2, Jane Roe, 2026-03-04: 9 words, 7 %" in pane.shown.plain and "UNTRACKED" in pane.shown.plain
        assert "  ·  3.1 The liability of the Supplier is" in pane.shown.plain and "  a  unlimited" in pane.shown.plain
        before = pane.size.height
        await driver.press("v")
        assert pane.size.height > before
        await driver.press("v", "t")
        assert pane.size.height == before and "How long each stretch took" in pane.shown.plain


async def test_the_palette_finds_a_deal_among_thousands_and_every_key_of_a_place() -> None:
    async with opened() as driver:
        await driver.press("ctrl+p")
        await driver.type("open umbr")
        await driver.settle()
        assert "open the deal Umbrella GmbH" in driver.text()
        await driver.press("escape")
    for place, key in (("deals", "1"), ("killers", "3"), ("insight", "4")):
        async with opened() as driver:
            await driver.press(key)
            offered = {command.text for command in Everything(driver.app.screen)._commands()}
            assert {f"{one.does}  ({one.shown})" for one in TABLE[place]} <= offered


async def test_a_slow_vault_does_not_keep_the_reader_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = Event()

    def slow(self: FakeDesk, client: str) -> Comparison:
        answered.wait(20)
        return english()

    monkeypatch.setattr(FakeDesk, "review", slow)
    async with opened() as driver:
        await driver.pilot.press("enter")
        await driver.pilot.pause(0.3)
        assert "reading acme …" in driver.status()
        await driver.pilot.press("3")
        await driver.pilot.pause(0.3)
        assert driver.app.screen is driver.app.places["killers"]
        answered.set()
        await driver.settle()
        await driver.press("2")
        assert "change 1 of 11" in driver.status()


async def test_a_vault_that_fails_is_one_message_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: FakeDesk, part: object = None) -> None:
        raise VaultError("the vault [x] is locked", "try again")

    monkeypatch.setattr(FakeDesk, "board", broken)
    async with opened() as driver:
        assert "the vault [x] is locked" in driver.status()
        assert driver.toasts() == ["the vault [x] is locked\ntry again"]


def test_days_are_counted_in_words() -> None:
    now = datetime(2026, 3, 10, tzinfo=UTC)
    assert held(now - timedelta(hours=3), now) == "today"
    assert held(now - timedelta(days=1, hours=2), now) == "1 day"
    assert held(now - timedelta(days=12), now) == "12 days"
    assert held(now + timedelta(days=1), now) == "today"
    assert held(datetime(2026, 3, 8), now) == "2 days"
    assert held(None) == ""


def test_without_a_terminal_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    with pytest.raises(UsageError, match="no terminal"):
        run(None)  # type: ignore[arg-type]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


class QuietDesk:
    """A desk without a single deal."""

    tell: Callable[[str], None] = print


def test_a_terminal_that_cannot_be_drawn_on_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdin", "stdout"):
        monkeypatch.setattr(sys, name, Terminal())
    monkeypatch.setenv("TERM", "dumb")
    with pytest.raises(UsageError, match="no terminal"):
        run(cast(Desk, QuietDesk()))


def test_a_client_nobody_knows_is_an_error_before_anything_is_drawn(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    def unknown(desk: object, client: str) -> None:
        raise UsageError(f"no deal {client}")

    monkeypatch.setattr("redline.desk.look.versions", unknown)
    out = Terminal()
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setenv("TERM", "xterm-256color")
    desk = QuietDesk()
    with pytest.raises(UsageError, match="no deal nobody"):
        run(cast(Desk, desk), client="nobody")
    desk.tell("a line of progress")
    assert not out.getvalue()


async def test_without_colour_nothing_has_one_and_the_cursor_still_shows() -> None:
    async with opened("acme", size=(100, 30), color=False) as driver:
        assert driver.app.no_color and driver.app.native_ansi_color
        styles = [segment.style for y in range(driver.document.size.height) for segment in driver.document.render_line(y)]
        assert any(style is not None and style.reverse and style.underline for style in styles)
        drawn = [segment.style for strip in driver.app.screen._compositor.render_strips() for segment in strip if segment.style]
        assert all(style.color is None or style.color.is_default for style in drawn)
        assert all(style.bgcolor is None or style.bgcolor.is_default for style in drawn)


async def test_with_colour_changes_have_two_hues_and_two_shapes() -> None:
    async with opened("acme", size=(100, 30)) as driver:
        await driver.press("n", "n", "n")
        styles = [segment.style for y in range(driver.document.size.height) for segment in driver.document.render_line(y) if segment.style]
        struck, lined = ({str(s.color) for s in styles if s.strike}, {str(s.color) for s in styles if s.underline})
        assert struck and lined and not struck & lined
