"""Bad input: one clear error with the next step, the right exit code, and the vault as it was."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import CONTRACTS, run, state

ACME = CONTRACTS / "services-en/02-acme-received.docx"


def refused(folder: Path, *arguments: str | Path, code: int, says: str, hint: str = "") -> None:
    """The command ends with `code`, says so on stderr, prints no data, and leaves the vault alone."""
    before = state(folder)
    done = run(*arguments, cwd=folder, expect=code)
    assert says in done.stderr
    assert hint in done.stderr
    assert done.stdout == ""
    assert state(folder) == before


def test_a_missing_file(sent: Path) -> None:
    refused(sent, "receive", "acme", "nowhere.docx", code=3, says="there is no file nowhere.docx", hint="Check the name")


def test_a_folder_instead_of_a_file(sent: Path) -> None:
    (sent / "inbox.docx").mkdir()
    refused(sent, "receive", "acme", "inbox.docx", code=3, says="inbox.docx is a folder")


def test_a_file_that_is_no_word_document(sent: Path) -> None:
    (sent / "scan.docx").write_bytes(b"%PDF-1.7 not a contract")
    refused(sent, "receive", "acme", "scan.docx", code=3, says="scan.docx")


def test_an_unknown_client(sent: Path) -> None:
    refused(sent, "receive", "acne", ACME, code=2, says="there is no client 'acne'", hint="Acme Homewares")


def test_an_unknown_version(sent: Path) -> None:
    refused(sent, "show", "acme@7", code=2, says="has no version 7", hint="redline log")


def test_a_folder_without_a_vault(tmp_path: Path) -> None:
    done = run("deals", cwd=tmp_path, expect=4)
    assert "there is no vault" in done.stderr
    assert "redline init" in done.stderr


def test_two_names_without_a_vault(tmp_path: Path) -> None:
    done = run("diff", "acme@1", "acme@2", cwd=tmp_path, expect=4)
    assert "there is no vault here" in done.stderr


def test_the_same_file_twice_changes_nothing_and_says_so(sent: Path) -> None:
    run("receive", "acme", ACME, cwd=sent)
    before = state(sent)
    done = run("receive", "acme", ACME, cwd=sent)
    assert "acme-homewares@2" in done.stdout
    assert "nothing was stored" in done.stdout
    assert state(sent) == before


def test_our_own_file_unchanged_is_told_apart(sent: Path) -> None:
    before = state(sent)
    done = run("receive", "acme", "acme-1.docx", cwd=sent)
    assert "acme-homewares@1" in done.stdout
    assert state(sent) == before


def test_a_file_that_has_nothing_to_do_with_what_we_sent(sent: Path) -> None:
    stranger = CONTRACTS / "their-paper/01-harrow-received.docx"
    refused(sent, "receive", "acme", stranger, code=5, says="% of the words", hint="--their-paper")


def test_a_file_of_another_client(sent: Path) -> None:
    run("receive", "acme", ACME, cwd=sent)
    run("send", "Bellhaven", "-o", "b.docx", cwd=sent)
    refused(sent, "receive", "bellhaven", ACME, code=2, says="turn 2 of the deal with Acme Homewares", hint="receive acme-homewares")


def test_an_output_file_that_exists_is_not_replaced(sent: Path) -> None:
    (sent / "b.docx").write_text("mine")
    refused(sent, "send", "Bellhaven", "-o", "b.docx", code=2, says="b.docx already exists", hint="--force")
    assert (sent / "b.docx").read_text() == "mine"


def test_sending_twice_before_an_answer(sent: Path) -> None:
    refused(sent, "send", "acme", code=2, says="has had turn 1 since", hint="wait for theirs")


def test_a_clause_that_is_not_there(sent: Path) -> None:
    refused(sent, "lost", "acme", "--clause", "99.9", "--why", "x", code=2, says="99.9")


def test_a_closed_deal_takes_no_more_turns(sent: Path) -> None:
    run("won", "acme", cwd=sent)
    refused(sent, "receive", "acme", ACME, code=2, says="was won on", hint="redline undo")


def test_adopting_where_the_base_has_moved(sent: Path) -> None:
    run("send", "Bellhaven", "-o", "b.docx", cwd=sent)
    run("receive", "acme", ACME, cwd=sent)
    run("won", "acme", cwd=sent)
    run("adopt", "acme", cwd=sent)
    run("won", "bellhaven", cwd=sent)
    refused(sent, "adopt", "bellhaven", code=5, says="services has moved on", hint="Nothing was changed")


def test_adopting_silent_changes_needs_a_person(office: Path) -> None:
    run("base", CONTRACTS / "bilingual/base.docx", cwd=office)
    run("send", "Larch", "-o", "larch.docx", cwd=office)
    run("receive", "larch", CONTRACTS / "bilingual/05-larch-received.docx", cwd=office)
    run("won", "larch", cwd=office)
    refused(office, "adopt", "larch", code=5, says="made with tracking off", hint="--force")


@pytest.mark.parametrize(("arguments", "says"), [
    (("dif",), "did you mean diff"),
    (("send",), "missing: CLIENT"),
    (("diff", "--format", "pdf", "a", "b"), "invalid choice"),
    (("lost", "acme"), "--why"),
])
def test_usage_errors_name_the_help(arguments: tuple[str, ...], says: str, tmp_path: Path) -> None:
    done = run(*arguments, cwd=tmp_path, expect=2)
    assert says in done.stderr
    assert "--help" in done.stderr


def test_a_broken_vault_is_an_error_not_a_missing_one(sent: Path) -> None:
    (sent / "vault" / "HEAD").write_text("ref: nonsense")
    done = run("deals", cwd=sent, expect=4)
    assert "damaged" in done.stderr


def test_init_refuses_a_folder_that_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "letter.txt").write_text("x")
    done = run("init", "--party", "Us", cwd=tmp_path, expect=2)
    assert "is not empty" in done.stderr


def test_names_of_clients_never_become_options_or_paths(sent: Path) -> None:
    for name in ("../../etc", "--upload-pack=x", "a/b", "[/b]", "Ромашка \u202e ООО"):
        run("send", "--new", "-o", "out.docx", "--force", "--", name, cwd=sent)
    done = run("deals", "--json", cwd=sent)
    assert "etc" in done.stdout
    assert "\u202e" not in done.stdout
    assert not (sent.parent / "etc").exists()


def test_errors_come_as_json_when_asked_for(sent: Path) -> None:
    done = run("show", "acme@7", "--json", cwd=sent, expect=2)
    assert done.stderr.lstrip().startswith("{")
    assert '"schema": 1' in done.stderr


def test_a_reader_that_goes_away_is_no_error(demo: Path) -> None:
    import subprocess
    import sys

    from tests.cli.conftest import ROOT

    with subprocess.Popen([sys.executable, "-m", "redline", "log"], cwd=demo, env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_a_full_disk_or_missing_folder_for_the_output_stops_before_the_turn_is_stored(sent: Path) -> None:
    refused(sent, "send", "Bellhaven", "-o", "no/such/folder/b.docx", code=2, says="there is no folder")


def test_a_copy_of_the_vault_works_like_the_vault(sent: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    other.mkdir()
    shutil.copytree(sent / "vault", other / "vault")
    assert run("deals", cwd=other).stdout == run("deals", cwd=sent).stdout


def test_bytes_that_are_no_text_are_refused(sent: Path) -> None:
    refused(sent, "killers", "add", "one two three \udcff four", "--why", "x", code=2, says="no text")


def test_a_dry_run_says_what_would_be_done_and_stores_nothing(sent: Path) -> None:
    before = state(sent)
    for arguments in (("base", CONTRACTS / "bilingual/base.docx", "--name", "two"), ("send", "Bellhaven", "-o", "b.docx"),
                      ("receive", "acme", ACME), ("won", "acme"), ("lost", "acme", "--clause", "11.3", "--why", "x"),
                      ("killers", "add", "One two three four.", "--why", "x"), ("undo",)):
        done = run(*arguments, "--dry-run", cwd=sent)
        assert done.stdout, arguments
        assert state(sent) == before, arguments
    assert not (sent / "b.docx").exists()
