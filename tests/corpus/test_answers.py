"""Answers to real documents: what somebody made of a form is taken for what a client sent back, decided, and answered.

All accepted reads as theirs, all rejected as ours, and what was tracked leads back to what was sent; empty paragraphs do not count.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from redline.desk.answering import Against, Manner, Turn, answered
from redline.desk.documents import from_file
from redline.desk.remarking import remarked
from redline.desk.settle import Known, settled
from redline.desk.steps import turn as whole
from redline.desk.twins import margin
from redline.desk.viewing import comparison
from redline.errors import ConflictError
from redline.model import OBJECT, Attribution, Contract
from redline.views import Decision, Verdict
from redline.word.read import read
from redline.word.revisions import accept_all, reject_all
from tests.corpus.test_word_writing import PAIRS

US = Attribution("Us", datetime(2026, 3, 9, 10, tzinfo=UTC))
THEM = Attribution("Them", datetime(2026, 3, 1, tzinfo=UTC))
_TOGETHER = frozenset({
    "DX-BodyBookmarks", "openagreements-board-consent-safe-1-2", "openagreements-board-consent-safe-4-5",
    "openagreements-stockholder-consent-safe-1-2"})
"""Where words of one text box or footer, which came as a whole, or a number typed by hand and the words it goes with cannot be decided
apart: refused by name.
"""


def _turn(sent: Path, received: Path) -> Turn:
    old, new = from_file(sent), from_file(received)
    tracked = settled(new.contract, Known(old.contract))
    redline = whole(old.contract.final().paragraphs, tracked, replace(THEM, tracked=False))
    return Turn(sent.read_bytes(), received.read_bytes(), comparison(None, old, new, redline), THEM)


def _said(contract: Contract) -> tuple[list[str], set[str]]:
    """The texts of body and notes in order, and those of headers and footers."""
    rows = [(margin(each), (each.props.typed + each.text).replace(OBJECT, "")) for each in contract.paragraphs]
    return [text for aside, text in rows if text and not aside], {text for aside, text in rows if text and aside}


@pytest.mark.parametrize(("name", "sent", "received"), PAIRS, ids=[name for name, _, _ in PAIRS])
def test_an_answer_reads_as_decided_and_leads_back(name: str, sent: Path, received: Path) -> None:
    turn = _turn(sent, received)
    ours, theirs = _said(read(sent.read_bytes()).final()), _said(read(received.read_bytes()).final())
    chance = random.Random(7)
    ways: list[tuple[tuple[Verdict, ...], Against, object]] = [
        ((Verdict.ACCEPT,), "theirs", theirs), ((Verdict.REJECT,), "theirs", ours), ((Verdict.REJECT,), "ours", ours),
        ((Verdict.ACCEPT, Verdict.REJECT), "theirs", None)]
    for verdicts, against, wanted in ways:
        decisions = [Decision(one.id, chance.choice(verdicts), why="So it is.") for one in turn.view.decidable]
        try:
            data = _answer(turn, decisions, against)
        except ConflictError:
            assert wanted is None
            assert name in _TOGETHER
            continue
        assert _said(read(reject_all(data))) == (ours if against == "ours" else theirs)
        assert wanted is None or _said(read(accept_all(data))) == wanted


def _answer(turn: Turn, decisions: list[Decision], against: Against) -> bytes:
    answer = answered(turn, decisions, (), Manner(US, against), lambda _: None)
    return remarked(answer, turn.view, decisions, US, ours=True)
