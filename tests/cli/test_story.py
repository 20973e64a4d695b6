"""The story, end to end: what the demo's vault knows, asked by the real command and checked with plain git and pandoc."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import CONTRACTS, run, state
from tests.pandoc import pandoc


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", str(folder / "vault"), *arguments], capture_output=True, text=True, check=True).stdout


@pytest.fixture
def copy(demo: Path, tmp_path: Path) -> Path:
    """A demo that may be changed."""
    shutil.copytree(demo / "vault", tmp_path / "vault")
    return tmp_path


def test_without_a_terminal_the_demo_prints_the_tour_and_builds_only_once(tmp_path: Path) -> None:
    first = run("demo", cwd=tmp_path)
    assert "is built" in first.stderr
    assert "$ redline deals" in first.stdout
    again = run("demo", cwd=tmp_path)
    assert "is built" not in again.stderr
    assert [line for line in again.stdout.splitlines() if "days" not in line] == [
        line for line in first.stdout.splitlines() if "days" not in line
    ]


def test_plain_git_finds_a_sound_repository_that_reads_well(demo: Path, tmp_path: Path) -> None:
    assert git(demo, "fsck", "--strict", "--full") == ""
    assert git(demo, "rev-parse", "--is-bare-repository").strip() == "true"
    stat = git(demo, "log", "--stat", "--format=%an | %s", "deal/dunmore-robotics")
    assert "Ilse Brandt | Dunmore Robotics: turn 2 received" in stat
    assert "contract.md" in stat
    subprocess.run(["git", "clone", "--quiet", str(demo / "vault"), str(tmp_path / "clone"), "--branch", "deal/dunmore-robotics"],
                   check=True, capture_output=True)
    assert (tmp_path / "clone/contract.docx").read_bytes() == (CONTRACTS / "services-en/07-dunmore-received.docx").read_bytes()
    names = {path.name for path in (tmp_path / "clone").iterdir()}
    assert names == {".git", "contract.docx", "contract.md", "contract.json", "version.json", "deal.toml"}


def test_a_git_diff_of_the_readable_text_shows_the_silent_edit_in_one_line(demo: Path) -> None:
    changed = git(demo, "diff", "--unified=0", "deal/dunmore-robotics^{/turn 1 sent}", "deal/dunmore-robotics", "--", "contract.md")
    lines = [line for line in changed.splitlines() if "sixty" in line or "thirty (30)" in line]
    assert len(lines) == 2
    assert all("pay each invoice" in line for line in lines)


def test_received_bytes_are_kept_exactly(demo: Path) -> None:
    out = demo.parent / "exact.docx"
    run("export", "acme@2", "-o", out, "--force", cwd=demo)
    assert out.read_bytes() == (CONTRACTS / "services-en/02-acme-received.docx").read_bytes()


def test_the_silent_thirty_to_sixty_days_is_the_one_untracked_change(demo: Path) -> None:
    view = json.loads(run("diff", "dunmore", "--json", cwd=demo).stdout)
    untracked = [change for change in view["changes"] if change["by"] and not change["tracked"]]
    assert len(untracked) == 1
    assert "thirty" in untracked[0]["old"]
    assert "sixty" in untracked[0]["new"]
    assert untracked[0]["label"] == "6.3"
    assert "UNTRACKED" in run("diff", "dunmore", "--only", "untracked", cwd=demo).stdout


def test_two_reviewers_are_told_apart(demo: Path) -> None:
    out = run("diff", "bellhaven@2", cwd=demo).stdout
    authors = re.search(r"(\d+) tracked by (.+?), (\d+) by (.+?)[ ,·\n]", out)
    assert authors is not None, out[:400]


def test_killers_come_back_in_other_words_with_the_deal_they_cost(demo: Path) -> None:
    """The path from a loss to a flag. The samples are worded so that the matcher finds them: this measures nothing of it."""
    for client, deals in (("glasswing", {"Corvid Retail Group", "Dunmore Robotics"}), ("маяк", {"Заречье-Агро"})):
        view = json.loads(run("diff", client, "--json", cwd=demo).stdout)
        found = {flag["evidence"]["deal"] for flag in view["flags"] if flag["kind"] == "killer" and flag["loud"]}
        assert deals <= found, (client, found)


def test_harmless_look_alikes_stay_quiet(demo: Path) -> None:
    for version in ("fennimore@2", "bellhaven@2", "acme@2"):
        view = json.loads(run("diff", version, "--json", cwd=demo).stdout)
        assert [flag["message"] for flag in view["flags"] if flag["kind"] == "killer" and flag["loud"]] == [], version


def test_the_log_of_the_base_names_who_each_step_came_from(demo: Path) -> None:
    rows = json.loads(run("log", "base:services", "--json", cwd=demo).stdout)["rows"]
    assert [row["source"] for row in reversed(rows)] == ["", "Acme Homewares", "Bellhaven Logistics", "Fennimore Foods"]


def test_words_of_three_clients_are_told_apart_in_the_newest_base(demo: Path) -> None:
    view = json.loads(run("diff", "base:services@1", "base:services@4", "--json", cwd=demo).stdout)
    deals = {each["deal"] for change in view["changes"] for each in change["by"]}
    assert {"Acme Homewares", "Bellhaven Logistics", "Fennimore Foods"} <= deals


def test_an_adopted_base_stays_our_own_document(demo: Path, tmp_path: Path) -> None:
    """What the client's Word left in his file (his name, his settings, his parts) does not get into our base."""
    files = []
    for number in (1, 2):
        out = tmp_path / f"{number}.docx"
        assert run("export", f"base:services@{number}", "-o", str(out), cwd=demo).returncode == 0
        with zipfile.ZipFile(out) as package:
            files.append({name: package.read(name) for name in package.namelist()})
    first, second = files
    assert first["word/styles.xml"] == second["word/styles.xml"]
    assert set(second) <= set(first)
    assert first["word/document.xml"] != second["word/document.xml"]


def test_an_adopted_base_reads_as_pandoc_reads_the_accepted_file(demo: Path, tmp_path: Path) -> None:
    run("export", "base:services@2", "-o", tmp_path / "base2.docx", cwd=demo)

    def text(path: Path, *options: str) -> str:
        return pandoc(path, "-t", "plain", "--wrap=none", *options)

    assert text(tmp_path / "base2.docx") == text(CONTRACTS / "services-en/02-acme-received.docx", "--track-changes=accept")


def test_an_edit_in_one_column_stays_in_that_column(demo: Path) -> None:
    view = json.loads(run("diff", "kestrel@2", "--json", cwd=demo).stdout)
    by_clause: dict[str, list[str]] = {}
    for change in view["changes"]:
        by_clause.setdefault(change["label"], []).append(change["new"])
    assert len(by_clause["5.2"]) == 1, "the time to pay was changed in English only"
    assert re.search("[а-я]", by_clause["5.2"][0]) is None
    assert len(by_clause["9.2"]) == 2, "the notice was changed in both languages"


def test_check_fails_while_something_is_open(demo: Path) -> None:
    done = run("check", "dunmore", cwd=demo, expect=1)
    assert "with track changes off" in done.stdout
    assert "not yet decided" in done.stdout
    run("check", "base:services@1", cwd=demo)


def test_undo_takes_back_a_loss_with_its_killers_and_redo_brings_them_again(copy: Path) -> None:
    before = state(copy)
    killers = run("killers", "--json", cwd=copy).stdout
    run("lost", "glasswing", "--clause", "11.3", "--why", "No limit again.", cwd=copy)
    assert run("killers", "--json", cwd=copy).stdout != killers
    after = state(copy)
    run("undo", cwd=copy)
    assert [line for line in state(copy).splitlines() if "undone" not in line] == before.splitlines()
    run("undo", "--redo", cwd=copy)
    assert state(copy) == after


def test_a_killer_can_be_added_listed_tested_and_removed(copy: Path) -> None:
    run("killers", "add", "harrow@1", "--clause", "D.1", "--why", "They take our tools.", cwd=copy, expect=None)
    run("killers", "add", "The Supplier waives every right to suspend the Services for late payment.", "--why", "No leverage.",
        cwd=copy)
    killers = json.loads(run("killers", "list", "--json", cwd=copy).stdout)["killers"]
    mine = [killer for killer in killers if killer["reason"] == "No leverage."]
    assert len(mine) == 1
    run("killers", "remove", mine[0]["id"], cwd=copy)
    assert mine[0]["id"] not in run("killers", cwd=copy).stdout
    assert "Dunmore" in run("killers", "test", CONTRACTS / "services-en/07-dunmore-received.docx", cwd=copy).stdout


def test_every_format_of_a_comparison_says_the_same_changes(demo: Path, tmp_path: Path) -> None:
    for kind in ("html", "md"):
        run("diff", "dunmore", "--format", kind, "-o", tmp_path / f"d.{kind}", cwd=demo)
    assert "sixty (60)" in (tmp_path / "d.html").read_text(encoding="utf-8")
    assert "sixty (60)" in (tmp_path / "d.md").read_text(encoding="utf-8")
    assert "http" not in (tmp_path / "d.html").read_text(encoding="utf-8").replace("http-equiv", "")


def test_exit_code_tells_of_differences(demo: Path) -> None:
    run("diff", "acme@1", "acme@2", "--exit-code", cwd=demo, expect=1)
    run("diff", "acme@1", "base:services@1", "--exit-code", cwd=demo)


def test_history_and_stats_tell_of_all_clients(demo: Path) -> None:
    out = run("history", "base:services", "11.3", cwd=demo).stdout
    assert "Dunmore Robotics" in out
    assert "lost" in out
    stats = json.loads(run("stats", "--json", cwd=demo).stdout)
    assert stats["closed"] == 9


def test_the_chain_of_thirty(tmp_path: Path) -> None:
    """Thirty clients, each with one edit that is adopted, and every edit still knows whose it is."""
    from tests.cli.chain import build

    build(tmp_path, 30)
    rows = json.loads(run("log", "base:services", "--json", cwd=tmp_path).stdout)["rows"]
    assert [row["source"] for row in rows][:3] == ["Client 30", "Client 29", "Client 28"]
    assert len(rows) == 31
    view = json.loads(run("diff", "base:services@1", "base:services@31", "--json", cwd=tmp_path).stdout)
    found = {(each["deal"], change["new"].strip()) for change in view["changes"] for each in change["by"]}
    assert {(f"Client {number}", f"Word{number}.") for number in range(1, 31)} <= {(deal, text) for deal, text in found}


def test_a_second_file_before_our_answer_is_compared_with_what_we_sent(tmp_path: Path) -> None:
    from redline.desk import Desk, bases, receiving, sending
    from tests.cli.chain import docx, run_of

    clause = "1. The Customer shall pay each invoice within thirty days of its receipt."
    added = '<w:ins w:id="1" w:author="Jane" w:date="2026-01-01T10:00:00Z">{}</w:ins>'
    (tmp_path / "base.docx").write_bytes(docx([run_of(clause)]))
    for number, words in ((1, " Interest is due."), (2, " Interest is not due.")):
        (tmp_path / f"back{number}.docx").write_bytes(docx([run_of(clause) + added.format(run_of(words))]))
    with Desk.create(tmp_path / "vault", "Us") as desk:
        bases.add_base(desk, tmp_path / "base.docx", "services")
        sending.send(desk, "Acme")
        receiving.receive(desk, "Acme", tmp_path / "back1.docx")
        receiving.receive(desk, "Acme", tmp_path / "back2.docx")
    for command in (("diff", "acme"), ("diff", "base", "acme@3")):
        view = json.loads(run(*command, "--json", cwd=tmp_path).stdout)
        assert [(change["new"], change["tracked"]) for change in view["changes"]] == [(" Interest is not due.", True)], command
    again = json.loads(run("diff", "acme@2", "acme@3", "--json", cwd=tmp_path).stdout)
    assert [change["new"] for change in again["changes"]] == ["not "]
