"""`blame`, `stats` and `log` as they are typed: who brought in which words, how long each stretch took, who had the paper."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import CONTRACTS, run


def test_blame_names_the_turn_each_word_came_in(demo: Path) -> None:
    text = run("blame", "base:services", cwd=demo).stdout
    assert "services, version 4" in text and "versions since services, version 1" in text
    assert "Acme Homewares, turn 2, Ruth Callander" in text and "that nobody changed since services, version 1" in text
    found = json.loads(run("blame", "base:services", "--json", cwd=demo).stdout)
    assert found["words"] == sum(source["words"] for source in found["sources"]) > 1000
    assert [source["first"] for source in found["sources"]].count(True) == 1
    whole = "".join(piece["text"] for row in found["rows"] for piece in row["pieces"])
    shown = json.loads(run("show", "base:services", "--json", cwd=demo).stdout)
    words = "".join(paragraph["text"] for paragraph in shown["paragraphs"] if paragraph["text"].strip())
    assert whole.split() == words.split()


def test_blame_of_a_clause_shows_all_of_it_and_tells_silent_edits(demo: Path) -> None:
    text = run("blame", "dunmore", "--clause", "11.3", cwd=demo).stdout
    assert "clause 11.3" in text and "Dunmore Robotics, turn 2" in text
    assert "UNTRACKED" in run("blame", "dunmore", cwd=demo).stdout


def test_a_file_has_no_past_and_a_clause_that_is_not_there_is_said(demo: Path) -> None:
    done = run("blame", CONTRACTS / "services-en/base.docx", cwd=demo, expect=2)
    assert "nobody knows where its words came from" in done.stderr
    assert "no clause" in run("blame", "base:services", "--clause", "99.9", cwd=demo, expect=2).stderr


def test_stages_and_turns_say_how_long_and_over_how_many(demo: Path) -> None:
    text = run("stats", cwd=demo).stdout
    assert "turn 1, with them" in text and "░" in text and "█" in text and "median days" in text
    found = json.loads(run("stats", "--json", cwd=demo).stdout)
    assert {"with us", "with them", "in all", "turn 1, with them"} <= {stage["name"] for stage in found["stages"]}
    assert all(stage["deals"] and stage["shortest"] <= stage["median"] <= stage["longest"] for stage in found["stages"])
    log = run("log", "bellhaven", cwd=demo).stdout
    assert "them 14 days" in log and "us 7 days" in log


def test_the_board_counts_what_is_still_open(sent: Path) -> None:
    run("receive", "acme", CONTRACTS / "services-en/02-acme-received.docx", cwd=sent)

    def row() -> dict[str, object]:
        found: dict[str, object] = json.loads(run("deals", "--json", cwd=sent).stdout)["deals"][0]
        return found

    changes = row()["changes"]
    assert isinstance(changes, int) and changes > 1 and row()["undecided"] == changes
    run("decide", "acme", "--clause", "8.3", "accept", cwd=sent)
    after = row()["undecided"]
    assert isinstance(after, int) and 0 < after < changes
    run("undo", cwd=sent)
    assert row()["undecided"] == changes
    run("decide", "acme", "--all", "reject", cwd=sent)
    assert row()["undecided"] == 0
