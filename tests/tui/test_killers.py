"""The library of killers: read, edited, tested and thinned out with real keys; a killer made from a clause."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

from textual.widgets import Input, OptionList

from redline.desk import Desk
from redline.tui.overdesk import OverDesk
from redline.tui.protocol import KillerFields
from redline.tui.screens.asking import Choose
from redline.tui.screens.killing import EditKiller, NewKiller, Pick
from redline.tui.widgets.evidence import EvidencePane
from redline.views import Done
from tests.tui.driving import Driver, opened


def shown(driver: Driver) -> str:
    return driver.app.screen.query_one(EvidencePane).shown.plain


async def test_a_killer_is_shown_with_its_words_its_limits_and_what_was_called_fine() -> None:
    for size in ((80, 24), (140, 45), (200, 50)):
        async with opened(size=size) as driver:
            await driver.press("3")
            told = shown(driver)
            assert "cost us Initech" in told and "more than 200 % of the fees" in told and "Bad for\nus, who provide" in told
            assert "Called fine  Globex turn 2 11.4\nLiability for fraud is unlimited.\nbecause: fraud cannot be capped anyway" in told
            await driver.pilot.resize_terminal(70, 20)
            await driver.settle()
            assert "Liability without a limit" in driver.text()


async def test_what_is_said_of_a_killer_is_edited_and_nothing_typed_is_lost_when_it_is_refused() -> None:
    async with opened(size=(80, 24)) as driver:
        await driver.press("3", "e")
        form = driver.app.screen
        assert isinstance(form, EditKiller) and form.fields().severity == "walk away"
        assert form.fields() == KillerFields("Liability without a limit", "Our insurer refused to cover it and the board walked away after "
                                             "three weeks.", "walk away", "Twice the yearly fees, and no indirect loss.", "provider",
                                             "uncapped", ("more than 200 % of the fees",))
        form.query_one("#why", Input).value = ""
        await driver.press("enter")
        assert driver.on_top is form and "a killer needs a reason [b]" in driver.text()
        await driver.type("too much")
        await driver.press("down", "down", "down", "down")
        assert isinstance(driver.app.focused, Pick) and driver.app.focused.id == "severity"
        await driver.press("right", "left", "space", "down", "right")
        await driver.press("enter")
        assert not isinstance(driver.on_top, EditKiller)
        killer, said = driver.desk.said[-1]
        assert (killer, said.why, said.severity, said.burdens) == ("k0000001", "too much", "negotiate", "both")
        assert "killer k0000001 is changed" in driver.status()


async def test_leaving_the_form_stores_nothing() -> None:
    async with opened() as driver:
        await driver.press("3", "e", "x", "escape")
        assert driver.on_top is driver.app.places["killers"] and not driver.desk.said


async def test_a_killer_is_removed_only_when_it_is_meant() -> None:
    async with opened() as driver:
        await driver.press("3", "D")
        assert isinstance(driver.app.screen, Choose) and "Remove Liability without a limit?" in driver.text()
        await driver.press("enter")
        assert not driver.desk.removed
        await driver.press("D", "down", "enter")
        assert driver.desk.removed == {"k0000001"}
        assert driver.app.screen.query_one(OptionList).option_count == 1 and "no longer looked for" in driver.status()


async def test_a_wording_that_was_called_fine_is_taken_back() -> None:
    async with opened() as driver:
        await driver.press("3", "x")
        assert "called fine: Liability for fraud" in driver.text()
        await driver.press("enter")
        assert "drop k0000001 None 1" in driver.desk.asked
        await driver.press("down", "x")
        assert "one wording" in driver.status()


async def test_any_version_is_tested_and_near_misses_say_why() -> None:
    async with opened(size=(140, 45)) as driver:
        await driver.press("3", "t")
        await driver.type("acme")
        await driver.press("enter")
        assert "test acme" in driver.desk.asked and "1 flag, 1 near miss, of 2 killers" in driver.status()
        told = shown(driver)
        assert "! KILLER  11.3  83 %  Liability without a limit" in told and "figure: 90 here, 45 there, worse for us" in told
        assert "near miss  [Client Name]  40 %" in told and "This says the reverse." in told and "here:   [/b] without limit" in told
        await driver.press("q")
        assert "Called fine" in shown(driver) and driver.on_top is driver.app.places["killers"]
        await driver.press("q")
        assert driver.on_top is driver.app.places["deals"]


async def test_the_clause_in_view_becomes_a_killer_of_the_version_it_stands_in() -> None:
    async with opened(client="acme") as driver:
        await driver.press("x", "exclamation_mark")
        assert isinstance(driver.app.screen, NewKiller)
        await driver.type("It cost us Hooli")
        await driver.press("enter")
        assert [(where.split()[0], fields.why) for where, fields in driver.desk.said] == [("acme@2", "It cost us Hooli")]
        assert driver.on_top is driver.app.places["review"]


async def test_a_version_nobody_knows_is_one_message() -> None:
    async with opened() as driver:
        await driver.press("3", "t")
        await driver.type("nobody")
        await driver.press("enter")
        assert "there is no deal [nobody]" in driver.status()


async def test_v_gives_all_the_room_to_what_is_told_and_it_scrolls() -> None:
    async with opened(size=(60, 16)) as driver:
        await driver.press("3")
        pane = driver.app.screen.query_one(EvidencePane)
        before = pane.size.height
        await driver.press("v")
        assert pane.size.height > before
        await driver.press("J")
        assert pane.scroll_offset.y > 0
        await driver.press("K", "v")
        assert pane.scroll_offset.y == 0 and pane.size.height == before


async def test_a_killer_is_made_from_a_clause() -> None:
    made: list[Done | None] = []
    async with opened() as driver:
        driver.app.push_screen(NewKiller(driver.desk, "acme@2", "c0000001", "11.3 [Client Name]"), made.append)
        await driver.settle()
        assert "A killer from clause 11.3 [Client Name]" in driver.text()
        await driver.type("no cap")
        await driver.press("enter")
        assert driver.desk.said == [("acme@2 c0000001", KillerFields(why="no cap"))]
        assert made == [Done("killer k0000009 is in the library")]


async def test_the_real_desk_keeps_what_the_form_says(demo: Path, tmp_path: Path) -> None:
    copytree(demo, tmp_path / "demo")
    with Desk.open(tmp_path / "demo") as desk:
        over = OverDesk(desk)
        known = len(over.killers())
        before = over.killers()[0]
        over.edit_killer(before.id, KillerFields("Shorter", "why not", "watch", "a cap", "provider", "caps", ("more than 45 days",)))
        after = over.killers()[0]
        assert (after.title, after.reason, after.severity, after.offer, after.burdens, after.cause, tuple(after.limits)) == (
            "Shorter", "why not", "watch", "a cap", "provider", "caps", ("more than 45 days",))
        assert after.instances == before.instances
        made = over.add_killer("base:services", "11.2", KillerFields("Prices", "they froze them", "walk away", burdens="both"))
        assert "is in the library" in made.message and len(over.killers()) == known + 1
        found = over.test_killers("glasswing")
        assert found.killers == known + 1 and any(hit.flagged for hit in found.hits) and any(not hit.flagged for hit in found.hits)
        over.remove_killer(before.id)
        assert len(over.killers()) == known and before.id not in {killer.id for killer in over.killers()}
