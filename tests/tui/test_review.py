"""Review: every key does what the table of keys says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from textual.events import MouseScrollUp
from textual.widgets import Input, OptionList

from redline.errors import UsageError
from redline.model import ChangeId, ChangeKind, Layout
from redline.tui import leave
from redline.tui.keys import PLACES, TABLE
from redline.tui.screens.asking import Ask, Choose, Keys
from redline.tui.widgets.outline import Outline
from redline.views import Comparison, Flag, FlagKind, HistoryRow
from tests.tui import fakes
from tests.tui.driving import opened


async def test_review_opens_on_the_first_change_and_says_so() -> None:
    async with opened("acme") as driver:
        assert "review acme" in driver.desk.asked
        assert "change 1 of 11" in driver.status()
        assert "1 UNTRACKED" in driver.text()
        assert "by written agreement of both" in driver.text()
        assert "Jane Roe put this in on 4 Mar 2026" in driver.evidence()


async def test_n_and_N_walk_the_changes_and_stop_at_the_ends() -> None:
    async with opened("acme") as driver:
        await driver.press("n", "n")
        assert "change 3 of 11" in driver.status()
        await driver.press("N")
        assert "change 2 of 11" in driver.status()
        await driver.press("N", "N")
        assert "that was the first change" in driver.status()
        await driver.press(*["n"] * 12)
        assert "change 11 of 11" in driver.status()
        assert "that was the last change" in driver.status()


async def test_every_change_is_in_sight_when_it_is_walked_to() -> None:
    for size in ((80, 24), (140, 45)):
        async with opened("acme", size=size) as driver:
            for _ in range(11):
                page, spot = driver.document.page, driver.review.spot
                assert page is not None
                top, _ = page.lines_of(spot.change)
                assert driver.document.scroll_offset.y <= top < driver.document.scroll_offset.y + driver.document.size.height
                await driver.press("n")


async def test_brackets_walk_the_clauses_and_the_outline_follows() -> None:
    async with opened("acme", size=(140, 45)) as driver:
        await driver.press("home", "right_square_bracket")
        assert driver.review.spot.paragraph == 1
        await driver.press(*["right_square_bracket"] * 3)
        node = driver.review.query_one(Outline).cursor_node
        assert node is not None and node.data is not None and node.data.title.startswith("1.2")
        await driver.press("left_square_bracket")
        assert driver.review.spot.paragraph == 3


async def test_x_and_X_walk_the_flags_and_the_evidence_tells_why() -> None:
    async with opened("acme", size=(140, 45)) as driver:
        await driver.press("x")
        assert "flag 1 of 2" in driver.status()
        assert "UNTRACKED" in driver.evidence()
        assert "thirty days is too short" in driver.evidence()
        assert "Agreed, see also 3.2" in driver.evidence()
        await driver.press("x")
        known = driver.evidence()
        assert "KILLER came back" in known and "Initech" in known and "12 Sep 2025" in known
        assert "Our insurer refused" in known and "Twice the yearly fees" in known
        assert "whether direct or indirect" in known.replace("\n", " ") or "direct or" in known
        await driver.press("x")
        assert "that was the last flag" in driver.status()
        await driver.press("X")
        assert "flag 1 of 2" in driver.status()


async def test_s_goes_through_the_four_layouts() -> None:
    async with opened("acme") as driver:
        seen = [driver.layout]
        for _ in range(4):
            await driver.press("s")
            seen.append(driver.layout)
        assert seen == ["inline", "sides", "old", "new", "inline"]


async def test_a_clean_page_shows_no_other_side() -> None:
    async with opened("acme", size=(100, 60)) as driver:
        await driver.press("s", "s", "x")
        assert "thirty (30)" in _page(driver.lines()) and "sixty (60)" not in _page(driver.lines())
        assert "clean old" in driver.status()
        await driver.press("s")
        assert "sixty (60)" in _page(driver.lines()) and "thirty (30)" not in _page(driver.lines())


def _page(lines: list[str]) -> str:
    return "\n".join(lines[2:40])


async def test_the_layout_follows_the_width_until_one_is_chosen() -> None:
    async with opened("acme", size=(100, 30)) as driver:
        assert driver.layout == "inline"
        await driver.pilot.resize_terminal(150, 40)
        await driver.settle()
        assert driver.layout == "sides"
        await driver.press("s")
        await driver.pilot.resize_terminal(90, 24)
        await driver.settle()
        assert driver.layout == "old"


async def test_resizing_keeps_the_change_in_sight_and_evidence_finds_its_place() -> None:
    async with opened("acme", size=(80, 24)) as driver:
        await driver.press(*["n"] * 8)
        for size in ((200, 50), (40, 12), (140, 45), (80, 24), (120, 30)):
            await driver.pilot.resize_terminal(*size)
            await driver.settle()
            page = driver.document.page
            assert page is not None
            top, _ = page.lines_of(driver.review.spot.change)
            assert driver.document.scroll_offset.y <= top < driver.document.scroll_offset.y + driver.document.size.height
            right = driver.review.query_one("#middle").has_class("-right")
            assert right == (size[0] >= 180)
            assert driver.review.has_class("-overlay") == (size[0] < 100)


async def test_w_shows_what_is_only_format_or_number_and_says_how_much_is_hidden() -> None:
    async with opened("acme", size=(100, 60)) as driver:
        assert "1 format, 2 renumbered hidden (w)" in driver.status()
        assert "(was 2.2)" not in driver.text()
        await driver.press("w")
        assert "1 format, 2 renumbered shown (w)" in driver.status()
        assert "of 12" in driver.status()
        assert "(was 2.2)" in driver.text()
        await driver.press("w")
        assert "of 11" in driver.status()


async def test_w_shows_what_was_done_to_the_layout_and_by_whom() -> None:
    desk = fakes.FakeDesk()
    layout = (Layout(ChangeId("1a500001"), "paragraph layout", 0, fakes.JANE), Layout(ChangeId("1a500002"), "page set-up", 0, None, 3))
    desk.comparisons["laid"] = lambda: replace(fakes.english(), layout=layout)
    async with opened("laid", desk=desk, size=(120, 60)) as driver:
        assert "3 format, 2 renumbered hidden (w)" in driver.status()
        assert "3 of formatting" in driver.text()
        await driver.press("home")
        assert "page set-up" not in driver.text()
        await driver.press("w", "home")
        assert "[paragraph layout]" in driver.text()
        assert "page set-up (3 records) changed" in driver.evidence()
        assert f"paragraph layout changed  {fakes.JANE.author}" in driver.evidence()


async def test_f_offers_filters_with_counts_and_walks_only_those() -> None:
    async with opened("acme") as driver:
        await driver.press("f")
        assert isinstance(driver.app.screen, Choose)
        assert "by Smith LLP" in driver.text()
        await driver.press("down", "down", "enter")
        assert "change 1 of 1" in driver.status()
        assert "only untracked (of 11)" in driver.status()
        index = driver.review.index
        assert index is not None and index.untracked(index.changes[driver.review.spot.change])
        await driver.press("f", "home", "enter")
        assert "of 11" in driver.status()


async def test_escape_leaves_a_list_without_a_choice() -> None:
    async with opened("acme") as driver:
        await driver.press("f", "escape")
        assert driver.on_top is driver.review
        assert "of 11" in driver.status()


async def test_slash_searches_both_sides_and_semicolon_comma_and_enter_repeat() -> None:
    async with opened("acme") as driver:
        await driver.press("slash")
        assert isinstance(driver.app.screen, Ask)
        await driver.type("thirty")
        await driver.press("enter")
        places = [number for number, _ in driver.review.found.places]
        assert len(places) == 2
        assert driver.review.spot.paragraph == places[0]
        await driver.press("semicolon")
        assert driver.review.spot.paragraph == places[1]
        await driver.press("comma")
        assert driver.review.spot.paragraph == places[0]
        await driver.press("enter")
        assert driver.review.spot.paragraph == places[1]
        assert "/thirty" in driver.status()


async def test_words_that_stand_nowhere_are_said_to() -> None:
    async with opened("acme") as driver:
        await driver.press("slash")
        await driver.type("zebra")
        await driver.press("enter")
        assert "“zebra” stands on neither side" in driver.status()


async def test_g_goes_to_a_clause_by_number_and_by_words_and_says_when_there_is_none() -> None:
    async with opened("acme") as driver:
        await driver.press("g")
        await driver.type("5.1")
        await driver.press("enter")
        index = driver.review.index
        assert index is not None
        assert index.paragraphs[driver.review.spot.paragraph].props.label == "5.1"
        await driver.press("g")
        await driver.type("confidentiality")
        await driver.press("enter")
        assert index.paragraphs[driver.review.spot.paragraph].props.label == "4."
        await driver.press("g")
        await driver.type("99.9")
        await driver.press("enter")
        assert driver.toasts()


async def test_o_and_tab_show_the_outline_over_the_page_when_narrow_and_enter_goes_there() -> None:
    async with opened("acme") as driver:
        outline = driver.review.query_one(Outline)
        assert not outline.display
        await driver.press("o")
        assert outline.display and outline.has_focus
        await driver.press("tab")
        assert not outline.display and driver.document.has_focus
        await driver.press("o", "down", "down", "enter")
        assert not outline.display and driver.document.has_focus
        assert driver.review.spot.paragraph > 3


async def test_the_outline_stays_beside_the_page_when_there_is_room() -> None:
    async with opened("acme", size=(140, 45)) as driver:
        outline = driver.review.query_one(Outline)
        assert outline.display
        await driver.press("o")
        assert outline.has_focus and outline.display
        await driver.press("o")
        assert driver.document.has_focus and outline.display


async def test_the_outline_has_badges_that_count_what_is_below() -> None:
    async with opened("acme", size=(140, 45)) as driver:
        row = next(line for line in driver.lines() if "3. Fees and payment" in line and "▾" in line)[:31]
        assert row.split()[-2:] == ['U"', "5"]
        assert any("5. Liability" in line and "!" in line[:33] for line in driver.lines())


async def test_B_compares_with_another_version() -> None:
    async with opened("acme") as driver:
        await driver.press("B")
        assert isinstance(driver.app.screen, Choose)
        assert "our base, version 3" in driver.text()
        options = driver.app.screen.query_one(OptionList)
        assert options.highlighted == 0  # what it is compared with now
        await driver.press("down", "enter")
        assert "compare base@3 acme@2" in driver.desk.asked
        assert "our base, version 3 → turn 2, received" in driver.text()


async def test_home_end_and_page_keys_move_through_the_document() -> None:
    async with opened("acme") as driver:
        await driver.press("end")
        index = driver.review.index
        assert index is not None and driver.review.spot.paragraph == len(index.paragraphs) - 1
        bottom = driver.document.scroll_offset.y
        await driver.press("pageup")
        assert driver.document.scroll_offset.y < bottom
        await driver.press("home")
        assert driver.document.scroll_offset.y == 0
        await driver.press("pagedown")
        assert driver.document.scroll_offset.y > 0
        here = driver.document.scroll_offset.y
        await driver.press("down")
        assert driver.document.scroll_offset.y == here + 1
        await driver.press("up")
        assert driver.document.scroll_offset.y == here


async def test_v_J_and_K_give_room_to_the_evidence_and_scroll_it() -> None:
    async with opened("acme") as driver:
        await driver.press("x", "x")
        pane = driver.review.query_one("#evidence")
        small = pane.size.height
        await driver.press("J")
        assert pane.scroll_offset.y > 0
        await driver.press("K")
        assert pane.scroll_offset.y == 0
        await driver.press("v")
        assert pane.size.height > small
        await driver.press("v")
        assert pane.size.height == small


async def test_m_and_M_walk_the_comments() -> None:
    async with opened("acme") as driver:
        await driver.press("m")
        assert "Jane Roe" in driver.evidence() and "pays twice a month" in driver.evidence()
        await driver.press("m")
        assert "that was the last comment" in driver.status()
        await driver.press("home", "M")
        assert "that was the first comment" in driver.status()
        await driver.press("end", "M")
        assert "pays twice a month" in driver.evidence()


async def test_q_returns_from_the_history_to_the_clause_it_was_asked_for() -> None:
    async with opened("acme", size=(120, 40)) as driver:
        await driver.press("x")
        spot = driver.review.spot
        await driver.press("h")
        await driver.settle()
        assert "Globex" in driver.text() and "40" in driver.text()
        await driver.press("q")
        assert driver.on_top is driver.review and driver.review.spot == spot
        await driver.press("4", "escape")
        assert driver.on_top is driver.app.places["deals"]


async def test_the_history_of_a_deal_opened_by_a_short_name_is_that_of_its_base() -> None:
    desk = fakes.FakeDesk()
    desk.comparisons["ac"] = fakes.english
    async with opened("ac", desk=desk) as driver:
        await driver.press("x", "h")
        await driver.settle()
        assert any(asked.startswith("history base:services c") for asked in desk.asked)


async def test_a_clause_that_no_earlier_client_had_is_said_to_be_new(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(self: fakes.FakeDesk, clause: str) -> tuple[HistoryRow, ...]:
        raise UsageError(f"no clause {clause}")

    monkeypatch.setattr(fakes.FakeDesk, "history", unknown)
    async with opened("acme", size=(120, 40)) as driver:
        await driver.press("x", "h")
        await driver.settle()
        assert "new in this deal: no earlier client had it" in driver.text()
        assert "c0000" not in driver.text() and not driver.toasts()


async def test_what_is_odd_in_the_whole_file_is_counted_and_reached_first() -> None:
    desk = fakes.FakeDesk()
    flags = tuple(Flag(FlagKind.NOTICE, True, None, "", -1, message) for message in ("hidden text", "a bidi override"))
    desk.comparisons["odd"] = lambda: replace(fakes.english(), flags=flags + fakes.english().flags)
    async with opened("odd", desk=desk, size=(100, 30)) as driver:
        assert "2 notices" in driver.text()
        await driver.press("n", "x")
        assert "flag 1 of 4" in driver.status() and "hidden text" in driver.evidence()
        await driver.press("n", "x")
        assert "flag 2 of 4" in driver.status() and "bidi override" in driver.evidence()
        await driver.press("x")
        assert "flag 3 of 4" in driver.status() and "UNTRACKED" in driver.evidence()
        await driver.press("X")
        assert "flag 2 of 4" in driver.status()


async def test_the_header_counts_the_changes_that_are_walked() -> None:
    async with opened("acme", size=(120, 30)) as driver:
        assert "11 changes" in driver.text() and "1 of formatting" in driver.text()
        assert "of 11" in driver.status()


async def test_a_jump_to_a_clause_makes_its_first_change_the_current_one() -> None:
    async with opened("acme") as driver:
        await driver.press("g")
        await driver.type("6.1")
        await driver.press("enter", "y")
        assert "thirty" in driver.app.clipboard
        assert "change 9 of 11" in driver.status() or "change 10 of 11" in driver.status()


async def test_a_page_that_is_being_read_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = Event()

    def slow(self: fakes.FakeDesk, client: str) -> Comparison:
        answered.wait(20)
        return fakes.english()

    monkeypatch.setattr(fakes.FakeDesk, "review", slow)
    async with opened() as driver:
        await driver.pilot.press("enter")
        await driver.pilot.pause(0.3)
        assert "reading acme …" in driver.lines()[1]
        assert "No deal is open" not in driver.text()
        answered.set()
        await driver.settle()
        assert "11 changes" in driver.lines()[1]


async def test_evidence_that_is_cut_says_so_in_its_last_line() -> None:
    async with opened("acme") as driver:
        await driver.press("x", "x")
        assert "more lines: J, and v for more room" in driver.text()
        await driver.press(*["J"] * 12)
        assert "more lines: J" not in driver.text()


async def test_h_shows_what_every_client_made_of_the_clause() -> None:
    async with opened("acme", size=(120, 40)) as driver:
        await driver.press("x", "h")
        await driver.settle()
        assert driver.on_top is driver.app.places["insight"]
        assert any(asked.startswith("history base:services c") for asked in driver.desk.asked)
        assert "lost: uncapped liability" in driver.text()


async def test_y_copies_the_change_and_says_where_the_file_is() -> None:
    async with opened("acme") as driver:
        await driver.press("x", "y")
        assert "thirty (30)" in driver.app.clipboard and "UNTRACKED" in driver.app.clipboard
        toast = driver.toasts()[-1]
        assert "change" in driver.lines()[-2] and "copied" in "".join(driver.lines()[:-2])
        path = Path(toast.rsplit(" ", 1)[-1])
        assert path.read_text(encoding="utf-8") == driver.app.clipboard
        assert path.parent.stat().st_mode & 0o077 == 0


async def test_e_writes_a_page_that_was_not_there_and_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with opened("acme") as driver:
        await driver.press("e", "e")
        files = sorted(tmp_path.glob("*.html"))
        assert len(files) == 2
        assert str(files[0]) in "".join(driver.toasts()) or files[0].name in "".join(driver.toasts())
        assert "sixty (60)" in files[0].read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_to_gives_one_error(tmp_path: Path) -> None:
    from redline.errors import UsageError

    with pytest.raises(UsageError):
        leave.exported(fakes.english(), tmp_path / "nowhere")


async def test_the_mouse_scrolls_chooses_and_picks_a_clause() -> None:
    async with opened("acme", size=(140, 45)) as driver:
        await driver.press("x", "n")
        row = next(number for number, line in enumerate(driver.lines()) if "sixty (60)" in line)
        column = driver.lines()[row].index("sixty (60)") + 2
        await driver.pilot.click(offset=(column, row))
        await driver.settle()
        index = driver.review.index
        assert index is not None and index.changes[driver.review.spot.change].new_text == "sixty (60)"
        row = next(number for number, line in enumerate(driver.lines()) if "7.2 Notices" in line[:33])
        await driver.pilot.click(offset=(8, row))
        await driver.settle()
        assert index.paragraphs[driver.review.spot.paragraph].props.label == "7.2"
        before = driver.document.scroll_offset.y
        driver.document.post_message(MouseScrollUp(driver.document, 2, 2, 0, -1, 0, False, False, False))
        await driver.settle()
        assert driver.document.scroll_offset.y < before
        await driver.pilot.click(offset=(4, 0))
        await driver.pilot.click(offset=(11, 0))
        await driver.settle()
        assert driver.on_top is driver.app.places["deals"]


async def test_q_closes_what_is_open_then_goes_back_then_leaves() -> None:
    async with opened("acme") as driver:
        await driver.press("o", "q")
        assert not driver.review.query_one(Outline).display
        await driver.press("v", "q")
        assert driver.on_top is driver.review
        await driver.press("q")
        assert driver.on_top is driver.app.places["deals"]
        await driver.press("q")
        assert driver.app.return_code == 0 and not driver.app.is_running


async def test_question_mark_shows_every_key_of_the_place() -> None:
    async with opened("acme", size=(100, 60)) as driver:
        await driver.press("question_mark")
        assert isinstance(driver.app.screen, Keys)
        text = driver.text()
        for part in ("review", "everywhere"):
            for key in TABLE[part]:
                assert key.does in text, key
        await driver.press("escape")
        assert driver.on_top is driver.review


def test_no_line_of_help_is_too_long_for_a_small_terminal() -> None:
    for keys in TABLE.values():
        for key in keys:
            assert len(key.does) <= 58, key.does


async def test_the_palette_finds_actions_deals_and_clauses() -> None:
    async with opened("acme", size=(100, 40)) as driver:
        await driver.press("ctrl+p")
        await driver.type("5.")
        await driver.settle()
        assert "go to 5. Liability" in driver.text()
        await driver.press("escape")
        assert driver.on_top is driver.review
        await driver.press("ctrl+p")
        await driver.type("next change")
        await driver.settle()
        await driver.press("down", "enter")
        assert "change 2 of 11" in driver.status()


@pytest.mark.parametrize("place", PLACES)
async def test_every_action_of_a_place_is_in_the_palette_and_on_the_page_of_keys(place: str) -> None:
    async with opened("acme", size=(100, 90)) as driver:
        await driver.press(str(PLACES.index(place) + 1), "question_mark")
        text = driver.text()
        await driver.press("escape", "ctrl+p")
        await driver.settle()
        shown = "\n".join(str(option.prompt) for option in driver.app.screen.query_one(OptionList).options)
        for part in (place, "everywhere"):
            for key in TABLE[part]:
                assert key.does in text, key
                assert key.does in shown or key.action == "command_palette", key


async def test_a_comparison_without_changes_says_so() -> None:
    desk = fakes.FakeDesk()
    desk.comparisons["same"] = lambda: fakes.comparison([fakes.p("1.", "Nothing new", level=0)], fakes.SENT, fakes.RECEIVED)
    async with opened("same", desk=desk) as driver:
        await driver.press("n", "N", "x", "X", "y")
        assert "no change" in driver.status()
        assert "no change, flag or comment here" in driver.evidence()


async def test_review_without_a_deal_says_where_to_go() -> None:
    async with opened() as driver:
        await driver.press("2", "n", "x", "right_square_bracket", "s", "w", "f", "B", "y", "e", "home", "end", "semicolon")
        assert "No deal is open" in driver.text()


async def test_a_deal_that_does_not_exist_is_one_message_with_what_to_do() -> None:
    async with opened("nobody") as driver:
        assert any("there is no deal [nobody]" in toast and "redline deals" in toast for toast in driver.toasts())
        assert "there is no deal [nobody]" in driver.text()


async def test_a_change_of_format_only_is_walked_when_shown() -> None:
    async with opened("acme") as driver:
        await driver.press("w", *["n"] * 3)
        index = driver.review.index
        assert index is not None and index.changes[driver.review.spot.change].kind is ChangeKind.FORMAT
        assert "changed how this looks" in driver.evidence()


async def test_what_was_typed_is_offered_again() -> None:
    async with opened("acme") as driver:
        await driver.press("slash")
        await driver.type("supplier")
        await driver.press("enter", "slash")
        assert driver.app.screen.query_one(Input).value == "supplier"
