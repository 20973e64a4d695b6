"""What we decided, as it is kept."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from redline.errors import VaultError
from redline.model import ChangeId
from redline.vault.decisions import DecisionsFile
from redline.views import Decision, Verdict

NO = Decision(ChangeId("0a1b2c3d"), Verdict.REJECT, why="Too much.", by="Nora", date=datetime(2026, 3, 9, 10, tzinfo=UTC))
OTHER = Decision(ChangeId("0000000f"), Verdict.COUNTER, text="one\ntwo", paragraph=True)


def test_decisions_are_read_as_they_were_written_sorted_by_change() -> None:
    file = DecisionsFile(2, (NO, OTHER))
    assert DecisionsFile.from_bytes(file.to_bytes()) == DecisionsFile(2, (OTHER, NO))
    assert file.to_bytes() == DecisionsFile(2, (OTHER, NO)).to_bytes()


def test_a_newer_decision_takes_the_place_of_an_older_one() -> None:
    changed = Decision(NO.change, Verdict.ACCEPT)
    assert DecisionsFile(2, (NO, OTHER)).with_decisions((changed,)).decisions == (changed, OTHER)


def test_what_a_later_version_adds_is_written_back() -> None:
    table = json.loads(DecisionsFile(2, (NO,)).to_bytes()) | {"mood": "calm"}
    kept = DecisionsFile.from_bytes(json.dumps(table).encode())
    assert json.loads(kept.to_bytes())["mood"] == "calm"


@pytest.mark.parametrize(("text", "said"), [
    (b"[]", "not a table"), (b"{", "cannot be read"), (b'{"schema": 9, "turn": 1}', "newer"), (b'{"schema": 1}', "'turn' is missing"),
    (b'{"schema": 1, "turn": 1, "decisions": [{"change": "x", "verdict": "accept"}]}', "not the id"),
    (b'{"schema": 1, "turn": 1, "decisions": [{"change": "0a1b2c3d", "verdict": "perhaps"}]}', "not accept"),
])
def test_what_is_damaged_is_named(text: bytes, said: str) -> None:
    with pytest.raises(VaultError, match=said):
        DecisionsFile.from_bytes(text)
