"""Scoring files goes through the matcher, and a bad row is one clear error."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from redline.errors import UsageError
from redline.killers.score import score_files

KILLER = {"killer_id": "k-1", "group": "g", "text": "The Customer shall pay each invoice within ninety (90) days of receipt.", "lang": "en"}
SAME = {"cand_id": "c-1", "contract_id": "x", "text": "Each invoice shall be paid by the Client within 90 days of its receipt."}
OTHER = {"cand_id": "c-2", "contract_id": "x", "text": "The parties are independent contractors."}


def _lines(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_return_is_scored_and_flagged_and_a_stranger_is_left_out(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    score_files(_lines(tmp_path / "k", KILLER), _lines(tmp_path / "c", SAME, OTHER), out)
    (row,) = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert (row["killer_id"], row["cand_id"], row["flag"]) == ("k-1", "c-1", True)
    assert 0.5 < row["score"] <= 1


def test_a_repeated_killer_is_scored_by_its_own_name(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    score_files(_lines(tmp_path / "k", KILLER, {**KILLER, "killer_id": "k-2"}), _lines(tmp_path / "c", SAME), out)
    assert {json.loads(line)["killer_id"] for line in out.read_text(encoding="utf-8").splitlines()} == {"k-1", "k-2"}


@pytest.mark.parametrize(
    "row", ["", [], 3, {"killer_id": "x"}, {"text": "x"}, {"killer_id": 1, "text": "x"}, {"killer_id": "x", "text": " "}]
)
def test_a_bad_row_is_an_error_that_names_the_line(tmp_path: Path, row: object) -> None:
    with pytest.raises(UsageError, match="line 2"):
        score_files(_lines(tmp_path / "k", KILLER, row), _lines(tmp_path / "c", SAME), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_what_is_no_json_or_no_file_is_an_error(tmp_path: Path) -> None:
    bad = tmp_path / "bad"
    bad.write_bytes(b"{\n")
    with pytest.raises(UsageError, match="line 1: not JSON"):
        score_files(bad, bad, tmp_path / "out")
    with pytest.raises(UsageError, match="cannot be read"):
        score_files(tmp_path / "none", bad, tmp_path / "out")
    with pytest.raises(UsageError, match="cannot be written"):
        score_files(_lines(tmp_path / "k", KILLER), _lines(tmp_path / "c", SAME), tmp_path / "no" / "out")
