"""The board: sorted, filtered and searched with real keys and the mouse, at every size, however many deals there are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from redline.tui.board import COLUMNS, Board, Filter, summary
from redline.tui.protocol import Part
from redline.tui.screens.deals import DealsScreen
from redline.tui.timeline import held_in_all
from redline.tui.widgets.evidence import EvidencePane
from redline.tui.widgets.grid import Grid, Order, cut, fitted, widths
from redline.views import DealRow, LogRow
from tests.tui.driving import Driver, opened
from tests.tui.fakes import HOSTILE, FakeDesk

NOW = datetime(2026, 3, 10, tzinfo=UTC)


def row(number: int, **more: object) -> DealRow:
    made = DealRow(f"deal-{number}", f"Client {number}", "services", "open", "us", NOW - timedelta(days=number), 2, number % 7, 0, 0,
                   f"{number * 10:,} EUR", now=NOW)
    return replace(made, **more)  # type: ignore[arg-type]


class ManyDeals(FakeDesk):
    """A desk of very many deals, read in two parts."""

    def board(self, part: Part | None = None) -> tuple[DealRow, ...]:
        rows = tuple(row(number) for number in range(3000))
        if part:
            part(rows[:100], len(rows))
        return rows


def deals(driver: Driver) -> DealsScreen:
    place = driver.app.places["deals"]
    assert isinstance(place, DealsScreen)
    return place


def clients(driver: Driver) -> list[str]:
    return [row.client for row in deals(driver).grid.rows]


async def test_typing_a_search_narrows_the_board_letter_by_letter_and_escape_widens_it() -> None:
    async with opened() as driver:
        await driver.press("slash", "g")
        assert clients(driver) == ["Umbrella GmbH", "Globex"]
        await driver.type("lob")
        assert clients(driver) == ["Globex"] and "1 of 6 deals: “glob”" in driver.status()
        assert "Globex" in driver.text().split("─")[-1], "the turns are those of the deal that was found"
        await driver.press("enter")
        assert isinstance(driver.app.focused, Grid) and clients(driver) == ["Globex"]
        await driver.press("slash", "escape")
        assert len(clients(driver)) == 6 and not deals(driver).has_class("-search")
        await driver.press("slash", *"ромашка")
        assert clients(driver) == ["ООО «Ромашка»"]
        await driver.press("down", "q")
        assert len(clients(driver)) == 6 and driver.app.screen is deals(driver), "q takes the search away before it leaves"


async def test_a_search_that_finds_nothing_says_so() -> None:
    async with opened() as driver:
        await driver.press("slash", "x", "x", "x")
        assert clients(driver) == [] and "0 of 6 deals" in driver.status() and "no deal here" in driver.text()
        await driver.press("enter", "enter")
        assert driver.app.screen is deals(driver)


async def test_filters_add_up_and_say_how_many_they_leave() -> None:
    async with opened() as driver:
        await driver.press("f")
        assert "waiting for us" in driver.text() and "stage lost" in driver.text()
        await driver.press("down", "enter")
        assert clients(driver) == ["Acme Corp", "ООО «Ромашка»"] and "2 of 6 deals: waiting for us" in driver.status()
        board = deals(driver).board
        texts = [choice.text for choice in board.choices(deals(driver).filter)]
        await driver.press("f", *["down"] * texts.index("base services"), "enter")
        assert clients(driver) == ["Acme Corp"] and "waiting for us, services" in driver.status()
        await driver.press("f", "enter")
        assert len(clients(driver)) == 6


async def test_s_sorts_by_each_column_in_turn_and_shift_s_turns_it_round() -> None:
    async with opened(size=(140, 45)) as driver:
        for column in COLUMNS:
            await driver.press("s")
            assert deals(driver).grid.order == Order(column.name)
            assert clients(driver) == [row.client for row in sorted(
                deals(driver).rows, key=column.key or column.text, reverse=column.down)]
            assert ("▼" if column.down else "▲") in driver.lines()[2]
        await driver.press("S")
        assert deals(driver).grid.rows[0].value == ""
        await driver.press("S", "s")
        assert deals(driver).grid.order is None and clients(driver)[0] == "Acme Corp"
        await driver.press("S")
        assert deals(driver).grid.order == Order("Whose turn", True)


async def test_a_click_on_a_heading_sorts_and_one_on_a_deal_chooses_and_opens_it() -> None:
    async with opened(size=(140, 45)) as driver:
        heading = driver.lines()[2]
        await driver.pilot.click(offset=(heading.index("Flags") + 1, 2))
        await driver.settle()
        assert deals(driver).grid.order == Order("Flags") and clients(driver)[:2] == ["Acme Corp", HOSTILE[2]]
        await driver.pilot.click(offset=(heading.index("Flags") + 1, 2))
        await driver.settle()
        assert deals(driver).grid.order == Order("Flags", True)
        await driver.pilot.click(offset=(heading.index("Client") + 1, 2))
        await driver.settle()
        number = next(number for number, line in enumerate(driver.lines()) if "Ромашка" in line)
        await driver.pilot.click(offset=(4, number))
        await driver.settle()
        chosen = deals(driver).grid.row
        assert chosen is not None and chosen.slug == "romashka" and driver.app.screen is deals(driver)
        await driver.pilot.click(offset=(4, number))
        await driver.settle()
        assert driver.on_top is driver.review


async def test_the_cursor_stays_on_its_deal_when_the_order_changes() -> None:
    async with opened() as driver:
        await driver.press("down", "down", "s")
        chosen = deals(driver).grid.row
        assert chosen is not None and chosen.slug == "bilingual"


async def test_the_turns_say_who_had_the_paper_for_how_long() -> None:
    async with opened(size=(100, 30)) as driver:
        text = driver.text()
        assert "2 turns: 12 days with us, 10 days with them" in text
        assert "█ 12 days with us so far" in text and "░ 10 days with them" in text
    rows = (LogRow("a@2", None, "received", "", holder="us", days=0.4), LogRow("a@1", None, "sent", "", holder="them", days=1.5),
            LogRow("a", None, "won", ""))
    assert held_in_all(rows) == "2 turns: 0 days with us, 1 day with them" and held_in_all(()) == ""


async def test_t_gives_the_turns_more_room_and_they_scroll() -> None:
    async with opened(size=(50, 18)) as driver:
        pane = deals(driver).query_one(EvidencePane)
        before = pane.size.height
        await driver.press("J")
        assert pane.scroll_offset.y > 0
        await driver.press("K")
        assert pane.scroll_offset.y == 0
        await driver.press("t")
        assert pane.size.height > before
        await driver.press("t")
        assert pane.size.height == before


async def test_thousands_of_deals_are_drawn_only_where_they_are_seen() -> None:
    desk = ManyDeals()
    async with opened(desk=desk) as driver:
        assert "3,000 deals" in driver.status()
        await driver.press("end")
        assert "Client 2999" in driver.text() and deals(driver).grid.cursor_row == 2999
        await driver.press("pageup", "home", "pagedown")
        assert 0 < deals(driver).grid.cursor_row < 30
        await driver.press("slash", *"2998")
        assert clients(driver) == ["Client 2998"]


async def test_what_is_read_already_is_shown_while_the_rest_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, int]] = []
    take = DealsScreen._partly

    def partly(self: DealsScreen, board: Board, total: int) -> None:
        take(self, board, total)
        seen.append((len(self.grid.rows), total))

    monkeypatch.setattr(DealsScreen, "_partly", partly)
    async with opened(desk=ManyDeals()) as driver:
        assert seen == [(100, 3000)] and len(clients(driver)) == 3000


@pytest.mark.parametrize("size", [(80, 24), (140, 45), (200, 50), (40, 12)])
async def test_no_line_of_the_board_is_wider_or_raw_at_any_size(size: tuple[int, int]) -> None:
    async with opened(size=size) as driver:
        lines = driver.lines()
        assert len(lines) == size[1]
        assert "Acme" in driver.text() and "ours, 12" in driver.text()
        await driver.pilot.resize_terminal(size[0] + 30, size[1] + 5)
        await driver.settle()
        assert "ours, 12 days" in driver.text()


def test_columns_shrink_then_go_where_there_is_no_room() -> None:
    wide = widths(COLUMNS, [row(number) for number in range(3)])
    assert [COLUMNS[number].name for number, _ in fitted(COLUMNS, wide, 200)] == [column.name for column in COLUMNS]
    narrow = [COLUMNS[number].name for number, _ in fitted(COLUMNS, wide, 60)]
    assert "Value" not in narrow and "Turns" not in narrow and {"Client", "Whose turn", "Untracked", "Flags"} <= set(narrow)
    assert sum(width + 2 for _, width in fitted(COLUMNS, wide, 90)) - 2 <= 90


def test_a_cell_is_cut_to_its_cells_and_made_safe() -> None:
    assert cut("漢字漢字", 5) == "漢字…"
    assert cut("a\x1b[31m\nb", 40) == "a‹U+001B›[31m b"


def test_a_board_counts_what_it_shows() -> None:
    board = Board([row(1), row(2, holder="them", untracked=2), row(3, holder="", stage="won")])
    assert summary(board.rows) == "3 deals: 1 waiting for us, 1 with them, 1 closed"
    assert board.found(Filter(attention="untracked"))[0].slug == "deal-2"
    assert {choice.text: choice.number for choice in board.choices(Filter())}["closed"] == 1
    assert board.found(Filter(words="CLIENT won")) == (board.rows[2],)
    board.sort(Order("Value"))
    assert [each.slug for each in board.found(Filter())] == ["deal-3", "deal-2", "deal-1"]



async def test_of_very_many_deals_only_the_one_the_cursor_rests_on_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = ManyDeals()
    monkeypatch.setattr("redline.tui.screens.deals.REST", 3600)
    async with opened(desk=desk) as driver:
        await driver.press(*["down"] * 12)
        assert not [one for one in desk.asked if one.startswith("log")]
        monkeypatch.setattr("redline.tui.screens.deals.REST", 0.01)
        await driver.press("down")
        await driver.pilot.pause(0.3)
        await driver.settle()
        assert [one for one in desk.asked if one.startswith("log")] == ["log deal-13"]
        assert "turn 2, received" in driver.text()
