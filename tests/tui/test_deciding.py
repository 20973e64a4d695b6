"""Deciding in Review: every key does what the table of keys says, what is decided is stored in order, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest
from textual import events
from textual.widgets import OptionList

from redline.errors import ConflictError
from redline.tui.protocol import Act, Manner, Past, Tell
from redline.tui.screens.asking import Choose
from redline.tui.screens.counter import Counter, Editor
from redline.tui.screens.working import Told
from redline.tui.widgets.document import Document
from redline.tui.widgets.outline import Outline
from redline.tui.widgets.prompt import Line, Prompt
from redline.views import Comparison, Decision, Done, Verdict
from tests.tui import fakes
from tests.tui.driving import Driver, opened


def stored(driver: Driver) -> list[tuple[str, str]]:
    """The decisions that are stored: verdict and reason, in the order of the changes."""
    return [(one.verdict.value, one.why) for one in sorted(driver.desk.stored.get("acme@2", ()), key=lambda one: one.change)]


async def until(driver: Driver, true: Callable[[], bool]) -> None:
    """Wait for something to be shown while work goes on."""
    for _ in range(400):
        if true():
            return
        await driver.pilot.pause(0.02)


async def test_a_accepts_with_a_reason_and_goes_on_to_the_next_open_change() -> None:
    async with opened("acme", size=(100, 40)) as driver:
        assert "change 1 of 11, 11 open" in driver.status()
        await driver.press("a")
        assert driver.review.query_one(Prompt).asking
        assert "accept 1.1 Definitions  “by written agreement of bot…” put in" in driver.text()
        await driver.type("fine")
        await driver.press("enter")
        assert stored(driver) == [("accept", "fine")]
        assert "change 2 of 11, 10 open" in driver.status()
        await driver.press("N")
        assert "✓ accepted by Nora on" in driver.evidence() and "why     fine" in driver.evidence()
        assert driver.margin().startswith("✓")


async def test_r_rejects_without_a_reason_and_escape_leaves_it_undecided() -> None:
    async with opened("acme", size=(100, 40)) as driver:
        await driver.press("r", "home", "tab", "escape")
        assert not driver.review.query_one(Prompt).asking and driver.document.has_focus
        assert stored(driver) == [] and "11 open" in driver.status()
        await driver.press("r", "enter")
        assert stored(driver) == [("reject", "")]
        await driver.press("N")
        assert "✗ rejected by Nora" in driver.evidence() and "✗" in driver.margin()


async def test_a_decision_can_be_changed_and_its_reason_is_offered_again() -> None:
    async with opened("acme") as driver:
        await driver.press("a")
        await driver.type("yes")
        await driver.press("enter", "N", "a")
        assert driver.app.screen.query_one(Line).value == "yes"
        await driver.press("escape", "r", "enter")
        assert stored(driver) == [("reject", "")]


async def test_words_say_what_was_decided_where_there_is_room() -> None:
    async with opened("acme", size=(140, 45)) as driver:
        await driver.press("a", "enter")
        assert "✓ accepted" in driver.text()
        assert "open  a accepts, r rejects, c counters" in driver.evidence()


async def test_the_outline_rolls_up_what_is_decided_and_what_is_open() -> None:
    async with opened("acme", size=(140, 45)) as driver:
        await driver.press("x", "a", "enter")
        row = next(line for line in driver.lines() if "3. Fees and payment" in line)[:31]
        assert row.split()[-1].endswith("4✓1")
        await driver.press("A", "enter")
        row = next(line for line in driver.lines() if "3. Fees and payment" in line)[:31]
        assert "✓" in row
        assert driver.review.query_one(Outline).display


async def test_A_and_R_decide_the_whole_clause_and_say_how_many() -> None:
    async with opened("acme", size=(100, 40)) as driver:
        await driver.press("g")
        await driver.type("3")
        await driver.press("enter", "R")
        assert "reject 5 open changes in 3 Fees and payment" in driver.text()
        await driver.press("enter")
        assert stored(driver) == [("reject", "")] * 5 and "6 open" in driver.status()
        await driver.press("home", "A")
        assert "nothing is open in" in driver.status()


async def test_the_same_edit_elsewhere_is_decided_at_once() -> None:
    desk = fakes.FakeDesk()
    rows = [fakes.p(f"{number}.", "Pay in [-ten-]{+twenty+} days.", level=0) for number in (1, 2, 3)]
    desk.comparisons["acme"] = lambda: fakes.comparison([*rows, fakes.p("4.", "Pay in [-ten-]{+forty+} days.", level=0)],
                                                        fakes.SENT, fakes.RECEIVED)
    async with opened("acme", desk=desk, size=(100, 30)) as driver:
        await driver.press("equals_sign")
        assert isinstance(driver.on_top, Choose) and "made 3 times" in driver.text() and "reject all 3" in driver.text()
        await driver.press("down", "enter", "enter")
        assert stored(driver) == [("reject", "")] * 3 and "1 open" in driver.status()
        await driver.press("end", "equals_sign")
        assert "this edit was made here only" in driver.status()


async def test_D_decides_what_the_filter_lets_through_after_counting_it() -> None:
    async with opened("acme", size=(100, 40)) as driver:
        await driver.press("f", *["down"] * 2, "enter")
        assert "only untracked" in driver.status()
        await driver.press("D")
        assert "1 open change, untracked (1 UNTRACKED)" in driver.text()
        await driver.press("enter", "enter")
        assert stored(driver) == [("accept", "")]
        await driver.press("D")
        assert "nothing is open among the changes walked" in driver.status()
        await driver.press("f", "home", "enter", "D")
        assert "10 open changes, all there are (1 flagged)" in driver.text()


async def test_the_filter_of_open_changes_lets_go_of_what_is_decided() -> None:
    async with opened("acme", size=(100, 40)) as driver:
        await driver.press("f")
        assert "still open" in driver.text()
        await driver.press("down", "enter")
        assert "change 1 of 11, 11 open" in driver.status() and "only still open" in driver.status()
        await driver.press("a", "enter")
        assert "change 1 of 10, 10 open" in driver.status()


async def test_u_and_U_take_back_and_decide_again() -> None:
    async with opened("acme", size=(100, 40)) as driver:
        await driver.press("a", "enter", "r", "enter")
        assert len(stored(driver)) == 2
        await driver.press("u")
        assert stored(driver) == [("accept", "")] and "taken back" in driver.status() and "change 2 of 11" in driver.status()
        await driver.press("u")
        assert stored(driver) == [] and "change 1 of 11, 11 open" in driver.status()
        await driver.press("U")
        assert stored(driver) == [("accept", "")]
        await driver.press("u", "u")
        assert "there is nothing to take back" in driver.status()


async def test_an_act_that_was_no_decision_here_is_taken_back_after_a_question_only(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []

    def undo(self: fakes.FakeDesk, act: str, redo: bool) -> Done:
        taken.append(act)
        return Done("taken back: send")

    monkeypatch.setattr(fakes.FakeDesk, "past", lambda self, redo: Past("7", "send", "Globex: turn 1 [/b] sent"))
    monkeypatch.setattr(fakes.FakeDesk, "undo", undo)
    async with opened("acme", size=(100, 40)) as driver:
        await driver.press("u")
        assert isinstance(driver.on_top, Choose) and "send (Globex: turn 1 [/b] sent)?" in driver.question()
        await driver.press("enter")
        assert taken == []
        await driver.press("u", "down", "enter")
        assert taken == ["7"] and "taken back: send" in driver.toasts()


async def test_c_counters_with_an_editor_and_our_words_against_theirs() -> None:
    async with opened("acme", size=(100, 40)) as driver:
        await driver.press("x", "c")
        assert isinstance(driver.on_top, Counter)
        editor = driver.app.screen.query_one(Editor)
        assert editor.text == "The Customer shall pay each undisputed invoice within sixty (60) days of receipt."
        assert editor.selected_text == "sixty (60)"
        await driver.type("45")
        assert "±" in driver.text() and "45" in driver.text()
        await driver.press("ctrl+s")
        assert "counter 3.1 Fees and payment" in driver.text() and "with “45”" in driver.text()
        await driver.type("half way")
        await driver.press("enter")
        made = driver.desk.stored["acme@2"][0]
        assert (made.verdict.value, made.text, made.paragraph, made.why) == ("counter", "45", False, "half way")
        await driver.press("N")
        assert "⇄ countered by Nora" in driver.evidence() and "ours    45" in driver.evidence() and "⇄" in driver.margin()
        await driver.press("c")
        assert driver.app.screen.query_one(Editor).text.endswith("within 45 days of receipt.")


async def test_words_around_theirs_make_it_a_counter_of_the_whole_paragraph() -> None:
    async with opened("acme", size=(100, 40)) as driver:
        await driver.press("x", "c", "home")
        await driver.type("Save ")
        await driver.press("ctrl+s", "enter")
        made = driver.desk.stored["acme@2"][0]
        assert made.paragraph and made.text.startswith("Save The Customer shall pay")


async def test_a_counter_that_is_left_is_kept_and_one_that_says_nothing_is_refused() -> None:
    async with opened("acme", size=(100, 40)) as driver:
        await driver.press("x", "c", "ctrl+s")
        assert isinstance(driver.on_top, Counter) and "this is their wording as it is" in driver.text()
        await driver.type("45")
        await driver.press("escape")
        assert stored(driver) == []
        await driver.press("c")
        assert "within 45 days" in driver.app.screen.query_one(Editor).text


async def test_ctrl_o_starts_a_counter_from_our_words_and_from_what_we_offer() -> None:
    async with opened("acme", size=(100, 40)) as driver:
        await driver.press("x", "x", "c", "ctrl+o")
        editor = driver.app.screen.query_one(Editor)
        assert "shall not exceed the fees paid" in editor.text
        await driver.press("ctrl+o")
        assert "Twice the yearly fees, and no indirect loss." in editor.text
        await driver.press("ctrl+s", "enter")
        assert driver.desk.stored["acme@2"][0].text == "Twice the yearly fees, and no indirect loss."


async def test_what_is_pasted_into_a_counter_or_a_reason_holds_nothing_unseen() -> None:
    async with opened("acme", size=(100, 40)) as driver:
        await driver.press("x", "c")
        driver.app.post_message(events.Paste("4\u202e5\x9b [/b]\x1b[31m"))
        await driver.settle()
        assert "45 [/b][31m days" in driver.app.screen.query_one(Editor).text
        await driver.press("ctrl+s")
        driver.app.post_message(events.Paste("[/b]\x07\u200b why"))
        await driver.settle()
        assert driver.app.screen.query_one(Line).value == "[/b] why"
        await driver.press("enter")
        assert driver.desk.stored["acme@2"][0].text == "45 [/b][31m"


async def test_the_counter_of_hostile_words_leaves_out_what_cannot_be_seen_and_says_so() -> None:
    async with opened("evil", size=(100, 40)) as driver:
        for _ in range(3):
            await driver.press("n")
        await driver.press("c")
        text = driver.app.screen.query_one(Editor).text
        assert not any(char in text for char in "\x9b\u202e\u200b") and "cannot be seen are left out" in driver.flat()
        await driver.press("x", "ctrl+s", "enter")
        assert [one.text for made in driver.desk.stored.values() for one in made] == ["x"]


async def test_keys_typed_faster_than_the_desk_draws_are_all_done() -> None:
    async with opened("acme", size=(100, 40)) as driver:
        for key in ("a", "enter", "r", "n", "o", "enter", "a", "enter", "n", "a", "o", "k", "enter"):
            driver.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await driver.settle()
        await driver.settle()
        assert stored(driver) == [("accept", ""), ("reject", "no"), ("accept", ""), ("accept", "ok")]


@contextmanager
def slow_desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """A desk that stores nothing until it is let."""
    go = Event()
    real = fakes.FakeDesk.decide

    def slow(self: fakes.FakeDesk, view: Comparison, act: Act) -> tuple[Decision, ...]:
        go.wait(20)
        return real(self, view, act)

    monkeypatch.setattr(fakes.FakeDesk, "decide", slow)
    yield go
    go.set()


async def test_decisions_are_shown_while_they_wait_and_leaving_waits_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    with slow_desk(monkeypatch) as go:
        async with opened("acme", size=(100, 40)) as driver:
            for key in ("a", "enter", "r", "enter"):
                driver.app.post_message(events.Key(key, None))
            await until(driver, lambda: driver.showing == "review" and "9 open" in driver.status())
            assert "change 3 of 11, 9 open" in driver.status()
            await driver.pilot.press("N")
            assert "being stored …" in driver.evidence() and "…" in driver.margin()
            await driver.pilot.press("q", "q")
            await until(driver, lambda: "storing" in driver.status())
            assert driver.app.is_running and "storing 2 decisions first" in driver.status()
            go.set()
            await driver.settle()
            assert stored(driver) == [("accept", ""), ("reject", "")] and not driver.app.is_running


async def test_a_decision_on_a_stale_view_is_refused_shown_and_can_be_made_after_reading_again() -> None:
    async with opened("acme", size=(100, 40)) as driver:
        index = driver.review.index
        assert index is not None
        driver.desk.decide(index.comparison, Act((index.changes[5].id,), Verdict.ACCEPT))
        driver.desk.changed += 1
        driver.app.look()
        await driver.settle()
        assert "changed elsewhere: ctrl+r" in driver.text()
        await driver.press("a", "enter")
        assert any("somebody else decided it meanwhile" in toast for toast in driver.toasts())
        assert not driver.review.marks.decisions and len(stored(driver)) == 1
        await driver.press("N", "ctrl+r")
        assert "changed elsewhere" not in driver.text() and "change 1 of 11, 10 open" in driver.status()
        await driver.press("a", "enter")
        assert len(stored(driver)) == 2


async def test_a_refused_decision_does_not_take_the_next_one_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = fakes.FakeDesk.decide

    def picky(self: fakes.FakeDesk, view: Comparison, act: Act) -> tuple[Decision, ...]:
        if act.why == "no":
            raise ConflictError("not this one", "")
        return real(self, view, act)

    monkeypatch.setattr(fakes.FakeDesk, "decide", picky)
    async with opened("acme", size=(100, 40)) as driver:
        for key in ("a", "n", "o", "enter", "a", "enter"):
            driver.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await driver.settle()
        assert stored(driver) == [("accept", "")] and len(driver.review.marks.decisions) == 1


async def test_space_marks_what_was_seen_also_for_the_next_time() -> None:
    desk = fakes.FakeDesk()
    async with opened("acme", desk=desk, size=(100, 40)) as driver:
        await driver.press("space")
        assert "change 2 of 11" in driver.status() and "·" in driver.margin()
        await driver.press("N")
        assert "seen" in driver.evidence()
        await driver.press("f")
        assert "not yet seen" in driver.text()
    async with opened("acme", desk=desk, size=(100, 40)) as driver:
        assert "seen" in driver.evidence()
        await driver.press("space")
        assert desk.marked["acme@2"] == frozenset()


async def test_where_there_is_nothing_to_decide_the_keys_say_why() -> None:
    async with opened("acme", size=(100, 40)) as driver:
        await driver.press("B", "down", "enter")
        for key in ("a", "r", "c", "A", "R", "equals_sign", "D", "W"):
            await driver.press(key)
            assert driver.on_top is driver.review, key
            assert "nothing to decide in this comparison: B goes back" in driver.status()
        await driver.press("B")
        listed = driver.app.screen.query_one(OptionList)
        assert "to decide on" in driver.text()
        await driver.press(*["up"] * (listed.highlighted or 0), "enter")
        assert "11 open" in driver.status()


async def test_the_page_is_not_laid_out_anew_when_something_is_decided() -> None:
    async with opened("acme", size=(100, 40)) as driver:
        page = driver.review.query_one(Document).page
        await driver.press("a", "enter", "r", "enter", "space")
        assert driver.review.query_one(Document).page is page


async def test_an_answer_that_takes_long_can_be_stopped_and_says_what_it_does(monkeypatch: pytest.MonkeyPatch) -> None:
    go = Event()

    def slow(self: fakes.FakeDesk, client: str, manner: Manner, path: Path, tell: Tell, *, force: bool = False) -> Done:
        tell("comparing [/b] …")
        go.wait(20)
        tell("writing …")
        self.answers.append((client, manner, path))
        return Done("stored")

    monkeypatch.setattr(fakes.FakeDesk, "respond", slow)
    async with opened("acme", size=(100, 40)) as driver:
        await driver.press("D", "enter", "enter", "W")
        await driver.pilot.press("enter")
        await until(driver, lambda: "comparing [/b] …" in driver.text())
        await driver.pilot.press("escape")
        go.set()
        await driver.settle()
        assert driver.showing == "review" and "stopped; nothing was changed" in driver.status() and not driver.desk.answers


async def test_an_answer_says_how_it_is_written() -> None:
    async with opened("acme", size=(100, 40)) as driver:
        await driver.press("W", "up", "enter", "escape", "up", "up", "enter")
        assert "what we sent: they see the whole way" in driver.text() and "stays tracked as theirs" in driver.text()
        await driver.press("down", "enter", "down", "enter", "enter", "enter")
        assert "is plain there" in driver.text() and "leave it tracked as theirs" in driver.text()
        await driver.press("end", "enter")
        await driver.settle()
        assert [(client, manner) for client, manner, _ in driver.desk.answers] == [("acme", Manner("ours", True, "keep"))]
        assert any("acme-3.docx" in toast for toast in driver.toasts())


async def test_what_is_left_when_a_filter_has_nothing_open_is_said() -> None:
    async with opened("acme", size=(100, 40)) as driver:
        await driver.press("f", "down", "down", "enter", "a", "enter")
        assert "nothing more is open among these" in driver.status() and "10 open" in driver.status()


async def test_the_keys_below_the_page_can_be_clicked() -> None:
    async with opened("acme", size=(100, 40)) as driver:
        row = len(driver.lines()) - 1
        await driver.pilot.click(offset=(driver.lines()[row].index("next"), row))
        await driver.settle()
        assert "change 2 of 11" in driver.status()
        await driver.pilot.click(offset=(driver.lines()[row].index("reject"), row))
        await driver.settle()
        assert driver.review.query_one(Prompt).question.startswith("reject 2.1")


async def test_an_answer_that_cannot_be_written_says_why_and_what_to_do_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(self: fakes.FakeDesk, client: str, manner: Manner, path: Path, tell: Tell, *, force: bool = False) -> Done:
        raise ConflictError("the words of [/b] 3.1 go with 3.2", "Decide both alike.")

    monkeypatch.setattr(fakes.FakeDesk, "respond", refused)
    async with opened("acme", size=(80, 24)) as driver:
        await driver.press("D", "enter", "enter", "W", "enter")
        assert isinstance(driver.on_top, Told)
        assert "the words of [/b] 3.1 go with 3.2" in driver.text() and "Decide both alike." in driver.text()
        await driver.press("escape")
        assert driver.showing == "review" and "nothing was written" in driver.status()
