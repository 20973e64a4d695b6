"""The desk end to end, on a real vault: what is decided, countered, taken back, answered and taken in is in the vault afterwards."""

from __future__ import annotations

import os
import pty
import select
import shutil
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import cast

import pytest

from redline.desk import Desk, deciding, look
from redline.desk.bases import add_base
from redline.desk.receiving import receive
from redline.desk.sending import send
from redline.render import text
from redline.render.style import Painter
from redline.tui.app import RedlineApp
from redline.tui.overdesk import OverDesk
from redline.tui.screens.answer import Answer
from redline.tui.screens.counter import Editor
from redline.tui.screens.taking import Pick, files
from redline.tui.screens.working import Told
from redline.views import Decision, Verdict
from redline.word.read import read
from tests.tui.driving import Driver
from tests.tui.fakes import FakeDesk

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ROOT / "contracts/services-en"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault in which Acme has sent the services agreement back."""
    folder = tmp_path_factory.mktemp("built") / "vault"
    with Desk.create(folder, "Brightwater Analytics Ltd", ("Nora Whitfield",)) as desk:
        add_base(desk, SERVICES / "base.docx", "services")
        send(desk, "Acme Homewares")
        receive(desk, "acme", SERVICES / "02-acme-received.docx")
    return folder


@pytest.fixture
def vault(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, and a folder to work in."""
    folder = tmp_path / "vault"
    shutil.copytree(built, folder)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return folder


@asynccontextmanager
async def at_the_desk(vault: Path, client: str | None = "acme", size: tuple[int, int] = (110, 40)) -> AsyncIterator[Driver]:
    with Desk.open(vault) as desk:
        app = RedlineApp(OverDesk(desk), client=client)
        app.animation_level = "none"
        async with app.run_test(size=size, notifications=True) as pilot:
            driver = Driver(app, cast(FakeDesk, app.desk), pilot)
            await driver.settle()
            await driver.settle()
            yield driver


def decisions(vault: Path) -> tuple[Decision, ...]:
    """What another program reads in the vault."""
    with Desk.open(vault) as desk:
        return look.review(desk, "acme").decisions or ()


async def test_a_deal_goes_from_received_to_answered(vault: Path) -> None:
    async with at_the_desk(vault) as driver:
        assert "change 1 of 9, 9 open" in driver.status()
        await driver.press("a")
        await driver.type("fine")
        await driver.press("enter", "r", "enter")
        assert [one.verdict for one in sorted(decisions(vault), key=lambda one: one.why)] == [Verdict.REJECT, Verdict.ACCEPT]
        await driver.press("c")
        editor = driver.app.screen.query_one(Editor)
        words = editor.selected_text
        assert words
        await driver.type("some months")
        await driver.press("ctrl+s", "enter")
        assert [one.text for one in decisions(vault) if one.verdict is Verdict.COUNTER] == ["some months"]
        await driver.press("D", "enter", "enter")
        assert "none open" in driver.status()
        await driver.press("W")
        assert isinstance(driver.on_top, Answer) and "acme-homewares-3.docx" in driver.text()
        await driver.press("enter")
        await driver.settle()
        path = Path("acme-homewares-3.docx").resolve()
        assert any(str(path) in toast for toast in driver.toasts())
        assert "turn 3, sent" in driver.text()
        answer = read(path.read_bytes(), "answer")
        assert any("some months" in one.text for one in answer.final().paragraphs)
        await driver.press("a")
        assert "turn 3 is ours, they have it" in driver.status()
    with Desk.open(vault) as desk:
        assert [row.what for row in look.log(desk, "acme")][:2] == ["sent", "received"]
        assert desk.vault.read("refs/heads/deal/acme-homewares", "contract.docx") == path.read_bytes()


async def test_an_answer_never_takes_the_place_of_a_file_unasked(vault: Path) -> None:
    Path("acme-homewares-3.docx").write_text("mine")
    async with at_the_desk(vault) as driver:
        await driver.press("W")
        assert "acme-homewares-3-2.docx" in driver.text() and "Still open: 9" in driver.text()
        await driver.press("enter")
        assert "9 still open: say above what becomes of that" in driver.text()
        await driver.press("space", "down", "enter")
        await driver.press("end", "ctrl+u")
        await driver.type("acme-homewares-3")
        await driver.press("enter", "enter")
        assert "is there already" in driver.question()
        await driver.press("enter")
        assert Path("acme-homewares-3.docx").read_text() == "mine" and "nothing was written" in driver.status()
        assert len(decisions(vault)) == 0


async def test_undo_reaches_into_yesterday_and_redo_does_it_again(vault: Path) -> None:
    async with at_the_desk(vault) as driver:
        await driver.press("a", "enter")
    async with at_the_desk(vault) as driver:
        assert "8 open" in driver.status()
        await driver.press("u")
        assert "taken back: Acme Homewares: 1 change accepted" in driver.status() and decisions(vault) == ()
        await driver.press("u")
        assert "The last act was no decision here. Take back: receive" in driver.question()
        await driver.press("enter")
    async with at_the_desk(vault) as driver:
        await driver.press("U")
        assert len(decisions(vault)) == 1 and "8 open" in driver.status()


async def test_what_another_program_does_is_noticed_and_never_written_over(vault: Path) -> None:
    async with at_the_desk(vault) as driver:
        index = driver.review.index
        assert index is not None
        first = str(index.changes[driver.review.spot.change].id)
        with Desk.open(vault) as other:
            deciding.decide(other, "acme", deciding.Choice((first,)), Verdict.REJECT, why="elsewhere")
        driver.app.look()
        await driver.settle()
        assert "changed elsewhere: ctrl+r" in driver.text()
        await driver.press("a", "enter")
        assert any("rejected by" in toast and "meanwhile; nothing was stored" in toast for toast in driver.toasts())
        assert [one.why for one in decisions(vault)] == ["elsewhere"]
        await driver.press("r", "enter")  # on another change, of which nobody else has decided
        assert len(decisions(vault)) == 2
        await driver.press("ctrl+r")
        assert "changed elsewhere" not in driver.text() and "7 open" in driver.status()


async def test_a_decision_about_a_turn_that_is_no_longer_the_latest_is_refused(vault: Path) -> None:
    async with at_the_desk(vault) as driver:
        with Desk.open(vault) as other:
            send(other, "acme", file=SERVICES / "02-acme-received.docx", force=True)
        await driver.press("a", "enter")
        assert any("nothing" in toast and ("newer turn" in toast or "is ours" in toast) for toast in driver.toasts())
        await driver.press("ctrl+r")
        assert "turn 3, sent" in driver.text()


async def test_what_was_seen_is_seen_tomorrow(vault: Path) -> None:
    async with at_the_desk(vault) as driver:
        await driver.press("space", "space")
        marked = driver.review.marks.seen
        assert len(marked) == 2
    async with at_the_desk(vault) as driver:
        assert driver.review.marks.seen == marked
        (vault / "redline-seen/acme-homewares.json").write_text('{"turn": 2, "seen": ["../../x", 7, "[/b]"]}')
        await driver.press("ctrl+r")
        assert driver.review.marks.seen == frozenset()


async def test_a_file_is_taken_in_from_the_board_with_the_summary_of_receive(vault: Path, tmp_path: Path) -> None:
    with Desk.open(vault) as desk:
        deciding.decide(desk, "acme", deciding.Choice(every=True), Verdict.ACCEPT)
        send(desk, "Bellhaven Logistics")
    inbox = tmp_path / "here"
    name = "[@click=app.quit] \u202e[b].docx"
    shutil.copyfile(SERVICES / "03-bellhaven-received.docx", inbox / name)
    async with at_the_desk(vault, None) as driver:
        row = next(number for number, one in enumerate(driver.app.places["deals"].rows) if one.slug.startswith("bell"))  # type: ignore[attr-defined]
        await driver.press(*["down"] * row, "i")
        assert isinstance(driver.on_top, Pick) and "What did Bellhaven Logistics send back?" in driver.text()
        assert "[@click=app.quit] ‹RLO›[b].docx" in driver.text()
        await driver.press("enter")
        await driver.settle()
        assert isinstance(driver.on_top, Told)
        with Desk.open(vault) as desk:
            assert look.versions(desk, "bellhaven")[0].direction == "received"
            known = receive(desk, "bellhaven", inbox / name)
        assert "changes tracked by" in driver.flat()
        head = next(iter(text.receipt(known, Painter(color=False, width=86)))).split(" from")[0]
        assert head in driver.flat()
        await driver.press("enter")
        await driver.settle()
        assert driver.showing == "review" and "Bellhaven Logistics" in driver.text()


async def test_a_file_that_is_no_document_is_one_message_and_changes_nothing(vault: Path, tmp_path: Path) -> None:
    (tmp_path / "here/bad.docx").write_text("no document")
    async with at_the_desk(vault, None) as driver:
        await driver.press("i", "enter")
        await driver.settle()
        assert isinstance(driver.on_top, Told) and "bad.docx" in driver.flat()
        await driver.press("escape")
        assert driver.showing == "deals" and "nothing was stored" in driver.status()
    assert len(decisions(vault)) == 0


def test_files_to_pick_are_word_files_and_folders_the_newest_first(tmp_path: Path) -> None:
    for number, name in enumerate(("old.docx", "new.DOCX", "~$new.docx", ".hidden.docx", "notes.txt")):
        (tmp_path / name).write_text("x")
        os.utime(tmp_path / name, (number, number))
    (tmp_path / "sub").mkdir()
    assert [path.name for path in files(tmp_path, "")] == ["new.DOCX", "old.docx", "sub"]
    assert [path.name for path in files(tmp_path, "OL")] == ["old.docx"]
    assert files(tmp_path / "nowhere", "") == []


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_what_was_decided_outlives_a_desk_that_is_killed(vault: Path) -> None:
    """Keys typed at once into a real terminal; the desk is killed as soon as the last decision is stored."""
    program = [sys.executable, "-m", "redline", "-C", str(vault), "review", "acme"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30",
                   "TEXTUAL_ANIMATIONS": "none"}
    child, terminal = pty.fork()
    if child == 0:
        os.execve(sys.executable, program, environment)
    try:
        _watch(terminal, lambda shown: b"9 open" in shown)
        os.write(terminal, b"a\rrno\ra\r")
        _watch(terminal, lambda _: len(decisions(vault)) == 3)
    finally:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.close(terminal)
        os.waitpid(child, 0)
    assert sorted((one.verdict.value, one.why) for one in decisions(vault)) == [("accept", ""), ("accept", ""), ("reject", "no")]


def _watch(terminal: int, true: Callable[[bytes], bool]) -> None:
    """Read what a terminal shows until something is true."""
    shown = b""
    end = time.monotonic() + 90
    while time.monotonic() < end and not true(shown):
        ready, _, _ = select.select([terminal], [], [], 0.2)
        if ready:
            shown += os.read(terminal, 65536)
    assert true(shown), shown[-2000:]
