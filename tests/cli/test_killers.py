"""The library of killers on the command line: every verb, undone and dry, with its errors, and traded between vaults."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CONTRACTS, run, state

CAP = "The Supplier's liability under this Agreement shall be unlimited."
PAY = "The Customer shall pay each invoice within ninety (90) banking days of its receipt."


def library(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("killers", "--json", cwd=folder).stdout)["killers"]
    return found


def add(folder: Path, text: str, why: str = "It hurt.", *more: str) -> str:
    """Add a killer by its words; its id."""
    before = {killer["id"] for killer in library(folder)}
    run("killers", "add", "--text", text, "--why", why, *more, cwd=folder)
    (new,) = {killer["id"] for killer in library(folder)} - before
    return str(new)


def refused(folder: Path, *arguments: str | Path, says: str, hint: str = "", code: int = 2, stdin: str = "") -> None:
    before = state(folder)
    done = run("killers", *arguments, cwd=folder, expect=code, stdin=stdin)
    assert says in done.stderr
    assert hint in done.stderr
    assert state(folder) == before


def test_a_killer_is_added_from_a_clause_of_a_version_with_all_that_is_known(sent: Path) -> None:
    out = run("killers", "add", "acme@1", "--clause", "11.3", "--why", "No insurer covers it.", "--severity", "walk away", "--offer",
              "A cap of the yearly charges.", "--burdens", "provider", "--limit", "more than 100 %", "--cause", "no cap", cwd=sent).stdout
    (killer,) = library(sent)
    assert killer["id"] in out
    assert (killer["deal"], killer["turn"], killer["clause"]) == ("Acme Homewares", 1, "11.3")
    assert (killer["severity"], killer["burdens"], killer["limits"], killer["cause"]) == (
        "walk away", "provider", ["more than 100 %"], "no cap")
    assert "shall not exceed" in killer["instances"][0]["text"]
    assert killer["language"] == "en"
    refused(sent, "add", "acme@1", "--clause", "11.3", "--why", "again", says=f"killer {killer['id']} already")
    run("undo", cwd=sent)
    assert library(sent) == []


def test_a_killer_is_added_from_a_base_a_file_of_words_and_stdin(sent: Path) -> None:
    run("killers", "add", "base@1", "--clause", "6.3", "--why", "Late money.", cwd=sent)
    (sent / "clause.txt").write_text("\ufeff" + PAY, encoding="utf-8")
    run("killers", "add", "--file", "clause.txt", "--why", "Slow.", "--title", "Ninety days", cwd=sent)
    run("killers", "add", "--file", "-", "--why", "No cap.", "--language", "en", cwd=sent, stdin=CAP)
    found = {killer["reason"]: killer for killer in library(sent)}
    assert found["Slow."]["title"] == "Ninety days"
    assert found["Slow."]["instances"][0]["text"] == PAY
    assert found["No cap."]["instances"][0]["text"] == CAP
    assert found["Late money."]["deal"] == ""


REFUSALS: list[tuple[tuple[str, ...], str]] = [
    (("add", "--why", "x"), "which words"),
    (("add", "acme@1", "--clause", "99.9", "--why", "x"), "99.9"),
    (("add", "--clause", "7.2", "--why", "x"), "one of a version"),
    (("add", "acme@1", "--text", CAP, "--why", "x"), "given twice"),
    (("add", "--text", "too short", "--why", "x"), "too short"),
    (("add", "--text", CAP, "--why", " "), "needs a reason"),
    (("add", "--text", CAP, "--why", "x", "--severity", "dire"), "no severity"),
    (("add", "--text", CAP, "--why", "x", "--burdens", "them"), "no side"),
    (("add", "--text", CAP, "--why", "x", "--limit", "soon"), "no limit"),
    (("add", "--text", CAP, "--why", "x", "--language", "klingon"), "no language"),
    (("add", "--text", "word " * 20_000, "--why", "x"), "characters"),
    (("add", "--file", "nowhere.txt", "--why", "x"), "nowhere.txt cannot be read"),
    (("add", "--file", "acme-1.docx", "--why", "x"), "no text"),
    (("edit", "k00000000", "--why", "x"), "is no killer"),
    (("show", "nothing"), "is no killer"),
    (("merge", "k00000000"), "another one"),
    (("frobnicate",), "there is no command"),
]


def test_what_cannot_be_done_is_one_clear_error(sent: Path) -> None:
    for arguments, says in REFUSALS:
        refused(sent, *arguments, says=says)


def test_every_field_is_edited_and_undone(office: Path) -> None:
    name = add(office, PAY)
    run("killers", "edit", name, "--title", "Slow money", "--why", "The bank said no.", "--severity", "watch", "--offer", "Thirty days.",
        "--burdens", "provider", "--cause", "late", "--limit", "more than 45 days", "--limit", "more than 1 % per day", "--language", "en",
        cwd=office)
    (killer,) = library(office)
    assert (killer["title"], killer["reason"], killer["severity"], killer["offer"]) == (
        "Slow money", "The bank said no.", "watch", "Thirty days.")
    assert killer["limits"] == ["more than 45 days", "more than 1 % per day"]
    run("killers", "edit", "slow", "--no-limits", "--offer", "", cwd=office)
    assert (library(office)[0]["limits"], library(office)[0]["offer"]) == ([], "")
    assert "already" in run("killers", "edit", "slow", "--offer", "", cwd=office).stdout
    run("undo", cwd=office)
    run("undo", cwd=office)
    assert library(office)[0]["title"] == "It hurt."
    refused(office, "edit", name, "--drop-instance", "1", says="only words", hint="killers remove")


def test_several_examples_sharpen_a_cause_and_can_be_taken_out_again(sent: Path) -> None:
    name = add(sent, PAY)
    run("killers", "confirm", name, "acme@1", "--clause", "6.3", cwd=sent)
    shown = json.loads(run("killers", "show", name, "--json", cwd=sent).stdout)
    assert shown["kind"] == "killer"
    instances = shown["killer"]["instances"]
    assert [(one["deal"], one["turn"], one["clause"]) for one in instances] == [("", 0, ""), ("Acme Homewares", 1, "6.3")]
    assert "already" in run("killers", "confirm", name, "acme@1", "--clause", "6.3", cwd=sent).stdout
    run("killers", "edit", name, "--drop-instance", "2", cwd=sent)
    assert [one["text"] for one in library(sent)[0]["instances"]] == [PAY]


def test_a_wording_called_fine_is_silent_and_so_are_its_near_copies_but_never_the_killer_itself(office: Path) -> None:
    name = add(office, CAP)
    fraud = "The Supplier's liability for fraud and wilful misconduct under this Agreement shall be unlimited."
    done = run("killers", "dismiss", name, "--text", fraud, "--why", "The law says so anyway.", cwd=office)
    assert "no longer flagged" in done.stdout
    (dismissed,) = library(office)[0]["dismissed"]
    assert (dismissed["text"], dismissed["reason"]) == (fraud, "The law says so anyway.")
    assert "The law says so anyway." in run("killers", "show", name, cwd=office).stdout
    refused(office, "dismiss", name, "--text", CAP, "--why", "fine", says="very words")
    refused(office, "dismiss", name, "--text", CAP.replace("this Agreement", "the Contract"), "--why", "fine", says="nearly the words")
    refused(office, "dismiss", name, "--text", fraud, "--why", "  ", says="needs a reason")
    back = run("killers", "confirm", name, "--text", fraud, cwd=office)
    assert "taken back" in back.stdout
    assert library(office)[0]["dismissed"] == []


def test_killers_of_one_cause_are_offered_for_merging_and_merged(office: Path) -> None:
    one = add(office, CAP, "No ceiling.")
    done = run("killers", "add", "--text", "The liability of the Contractor under the Contract is uncapped.", "--why", "No insurer.",
               "--severity", "walk away", cwd=office)
    assert "seem to have one cause" in done.stdout
    command = next(line.strip() for line in done.stdout.splitlines() if "killers merge" in line)
    assert "1 pair" in run("killers", "merge", cwd=office).stdout
    run(*command.split()[1:], cwd=office)
    (killer,) = library(office)
    assert killer["id"] == one
    assert len(killer["instances"]) == 2
    assert killer["severity"] == "walk away"
    assert "no two killers" in run("killers", "merge", cwd=office).stdout
    run("undo", cwd=office)
    assert len(library(office)) == 2
    refused(office, "merge", one, one, says="the same killer")


def test_an_ambiguous_name_lists_the_candidates(office: Path) -> None:
    add(office, CAP, "Liability without end.")
    add(office, PAY, "Liability to wait.")
    refused(office, "remove", "liability", says="several killers", hint="Liability to wait.")


def test_what_is_removed_stays_in_the_history(office: Path) -> None:
    import subprocess

    name = add(office, CAP)
    run("killers", "remove", name, cwd=office)
    assert library(office) == []
    kept = subprocess.run(["git", "-C", str(office / "vault"), "show", f"main~1:killers/{name}.toml"], capture_output=True, check=True)
    assert tomllib.loads(kept.stdout.decode())["reason"] == "It hurt."


def test_nothing_is_stored_in_a_dry_run(office: Path) -> None:
    name, other = add(office, CAP), add(office, PAY)
    (office / "k.toml").write_text(run("killers", "export", cwd=office).stdout.replace("It hurt.", "It hurt badly."))
    before = state(office)
    for arguments in (("edit", name, "--why", "x"), ("remove", name), ("confirm", name, "--text", "One two three."), ("merge", name, other),
                      ("dismiss", name, "--text", "One two three.", "--why", "x"), ("import", "k.toml"),
                      ("add", "--text", "One two three.", "--why", "x")):
        done = run("killers", *arguments, "--dry-run", "--json", cwd=office)
        assert json.loads(done.stdout)["kind"] == "done", arguments
        assert "nothing was stored" in done.stderr
        assert state(office) == before, arguments


def test_killers_travel_to_another_vault_whole(office: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    name = add(office, CAP, "No ceiling.", "--burdens", "provider", "--limit", "more than 100 %")
    run("killers", "dismiss", name, "--text", "Each party insures itself as the law demands.", "--why", "Fine.", cwd=office)
    add(office, PAY)
    run("killers", "export", "-o", "all.toml", cwd=office)
    run("killers", "export", name, "-o", "folder/", cwd=office)
    assert [path.name for path in (office / "folder").iterdir()] == [f"{name}.toml"]
    other = tmp_path_factory.mktemp("other")
    run("init", "--party", "Second Ltd", cwd=other)
    assert "2 killers taken" in run("killers", "import", office / "all.toml", cwd=other).stdout
    assert library(other) == library(office)
    again = run("killers", "import", office / "folder", cwd=other)
    assert "already" in again.stdout
    run("undo", cwd=other)
    assert library(other) == []
    run("killers", "import", "-", cwd=other, stdin=(office / "folder" / f"{name}.toml").read_text())
    assert [killer["id"] for killer in library(other)] == [name]
    done = run("killers", "export", "-o", "all.toml", cwd=office, expect=2)
    assert "already exists" in done.stderr


def test_an_import_offers_to_merge_what_is_alike(office: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    add(office, CAP)
    other = tmp_path_factory.mktemp("other")
    run("init", "--party", "Second Ltd", cwd=other)
    add(other, "The liability of the Contractor under the Contract is uncapped.")
    bundle = run("killers", "export", cwd=office).stdout
    assert "redline killers merge" in run("killers", "import", "-", cwd=other, stdin=bundle).stdout


def test_a_hostile_file_is_one_error_and_nothing_is_taken_in(office: Path) -> None:
    good = 'id = "k00000001"\n[[instances]]\ntext = "One two three."\n'
    for text, says in (("not toml", "not a TOML file"), (good.replace("k00000001", "../../evil"), "id is not"),
                       (good.replace("One two three.", "word " * 20_000), "characters")):
        (office / "evil.toml").write_text(text)
        refused(office, "import", "evil.toml", says=says, hint="Nothing was changed")


def test_an_import_that_cannot_be_read_is_one_error(office: Path) -> None:
    (office / "empty").mkdir()
    (office / "big.toml").write_bytes(b"#" * (5 << 20))
    (office / "latin.toml").write_bytes(b'a = "\xff"')
    refused(office, "import", "nowhere.toml", says="does not exist")
    refused(office, "import", "empty", says="holds no .toml file")
    refused(office, "import", "big.toml", says="4 MB")
    refused(office, "import", "latin.toml", says="not a TOML file")
    refused(office, "export", says="empty")


def test_one_bad_file_in_a_folder_stops_all_of_it(office: Path) -> None:
    (office / "in").mkdir()
    (office / "in" / "a.toml").write_text('id = "k00000001"\n[[instances]]\ntext = "One two three."\n')
    (office / "in" / "b.toml").write_text("nonsense")
    refused(office, "import", "in", says="b.toml")


def test_a_title_that_plays_tricks_is_shown_harmlessly(office: Path) -> None:
    (office / "k.toml").write_text('id = "k00000001"\ntitle = "\\u001b[31mred\\u202e"\n[[instances]]\ntext = "One \\u001b[2J three."\n')
    run("killers", "import", "k.toml", cwd=office)
    for command in (("killers",), ("killers", "show", "k00000001"), ("killers", "--json"), ("killers", "export")):
        out = run(*command, cwd=office).stdout
        assert "\x1b" not in out, command
        assert "\u202e" not in out, command


def test_a_document_is_tested_with_near_misses_and_scores(demo: Path) -> None:
    file = CONTRACTS / "services-en/07-dunmore-received.docx"
    found = json.loads(run("killers", "test", file, "--json", cwd=demo).stdout)
    assert found["kind"] == "killers-test"
    assert "Dunmore Robotics" in {flag["evidence"]["deal"] for flag in found["flags"]}
    flag = next(flag for flag in found["flags"] if flag["evidence"]["deal"] == "Dunmore Robotics")
    evidence = flag["evidence"]
    assert evidence["verdict"] == "same"
    assert evidence["route"] in ("text", "kind")
    assert evidence["score"] > 0.9
    for span in evidence["spans"]:
        assert evidence["here"][span["start"]:span["end"]].strip()
        assert evidence["text"][span["killer_start"]:span["killer_end"]].strip()
    assert all(not near["flagged"] for near in found["near"])
    shown = run("killers", "test", file, cwd=demo).stdout
    assert "near miss" in shown
    assert "{=" in shown


def test_the_story_of_a_killer_tells_where_it_came_back(demo: Path) -> None:
    name = next(killer["id"] for killer in library(demo) if killer["deal"] == "Dunmore Robotics")
    rows = json.loads(run("killers", "show", name, "--json", cwd=demo).stdout)["came_back"]
    assert [row["deal"] for row in rows] == ["Glasswing Media"]
    assert (rows[0]["address"], rows[0]["label"], rows[0]["outcome"]) == ("glasswing-media@2", "11.3", "open")
    assert "Glasswing Media" in run("killers", "show", name, cwd=demo).stdout


def test_rows_are_scored_without_a_vault(tmp_path: Path) -> None:
    (tmp_path / "k.jsonl").write_text(json.dumps({"killer_id": "a", "group": "cap", "text": CAP}) + "\n")
    rows = [{"cand_id": "same", "text": CAP}, {"cand_id": "other", "text": "The Supplier delivers the goods to the warehouse on Monday."}]
    (tmp_path / "c.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    run("killers", "score", "k.jsonl", "c.jsonl", "-o", "s.jsonl", cwd=tmp_path)
    scores = [json.loads(line) for line in (tmp_path / "s.jsonl").read_text().splitlines()]
    assert {(row["cand_id"], row["flag"]) for row in scores if row["flag"]} == {("same", True)}
    done = run("killers", "score", "c.jsonl", "c.jsonl", "-o", "s.jsonl", cwd=tmp_path, expect=2)
    assert "no killer_id" in done.stderr


def test_a_copy_with_flags_is_for_us_only(demo: Path, tmp_path: Path) -> None:
    out = tmp_path / "for-us.docx"
    done = run("export", "glasswing@2", "--flags", "-o", out, cwd=demo)
    assert "redline refuses to send this copy" in done.stderr
    refusal = run("send", "glasswing", out, "--force", "--dry-run", cwd=demo, expect=5)
    assert "internal comment" in refusal.stderr
    for wrong in (("--flags",), ("--flags", "-o", tmp_path / "x.html"), ("--flags", "--format", "clean", "-o", tmp_path / "x.docx")):
        assert "flags become comments in a Word file" in run("export", "glasswing@2", *wrong, cwd=demo, expect=2).stderr


def test_a_sensitivity_that_is_none_is_refused_before_anything_is_done(office: Path) -> None:
    add(office, CAP)
    assert "normal" in run("killers", "sensitivity", cwd=office).stdout
    assert "already" in run("killers", "sensitivity", "normal", cwd=office).stdout
    for wrong in (("killers", "sensitivity", "loud"), ("killers", "sensitivity", "7"),
                  ("killers", "test", CONTRACTS / "services-en/base.docx", "--sensitivity", "loud")):
        assert "no sensitivity" in run(*wrong, cwd=office, expect=2).stderr
