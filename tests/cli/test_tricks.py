"""What a client may try, by accident or not, and what must be said of it. Documents of a line or two, made here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.chain import docx, run_of
from tests.cli.conftest import CONTRACTS, run, state

CLAUSE = "1. The Customer shall pay each invoice within thirty days of its receipt."
OTHER = "2. The Supplier keeps all rights in its own materials and tools."
DATE = "2026-01-01T10:00:00Z"


def tracked(kind: str, text: str, author: str, date: str = DATE) -> str:
    inner = run_of(text) if kind == "ins" else f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'
    return f'<w:{kind} w:id="1" w:author="{author}" w:date="{date}">{inner}</w:{kind}>'


@pytest.fixture
def deal(office: Path) -> Path:
    """The office, with a contract of two clauses sent to Acme."""
    (office / "base.docx").write_bytes(docx([run_of(CLAUSE), run_of(OTHER)]))
    run("base", "base.docx", "--name", "services", cwd=office)
    run("send", "Acme", "-o", "out.docx", cwd=office)
    return office


def received(folder: Path, *paragraphs: str) -> dict[str, Any]:
    (folder / "back.docx").write_bytes(docx(list(paragraphs)))
    receipt: dict[str, Any] = json.loads(run("receive", "acme", "back.docx", "--json", cwd=folder).stdout)
    comparison: dict[str, Any] = receipt["comparison"]
    return comparison


def test_hidden_words_are_told_of(deal: Path) -> None:
    hidden = f'<w:r><w:rPr><w:vanish/></w:rPr><w:t xml:space="preserve">{OTHER}</w:t></w:r>'
    view = received(deal, run_of(CLAUSE), hidden)
    assert any("was hidden" in flag["message"] for flag in view["flags"])


def test_words_struck_by_their_format_are_told_of(deal: Path) -> None:
    struck = f'<w:r><w:rPr><w:strike/></w:rPr><w:t xml:space="preserve">{OTHER}</w:t></w:r>'
    view = received(deal, run_of(CLAUSE), struck)
    assert any("struck through by its format" in flag["message"] for flag in view["flags"])


def test_a_change_in_our_name_that_we_did_not_make_is_told_of(deal: Path) -> None:
    view = received(deal, run_of(CLAUSE) + tracked("ins", " The Supplier pays the postage.", "Nora Whitfield"), run_of(OTHER))
    assert any("in the name of Nora Whitfield, but not in what we sent" in flag["message"] for flag in view["flags"])


def test_spaces_and_quotes_alone_are_no_change_of_words(deal: Path) -> None:
    view = received(deal, run_of(CLAUSE.replace("thirty days", "thirty\u00a0days")), run_of(OTHER))
    assert (view["counts"]["changes"], view["counts"]["untracked"]) == (0, 0)
    assert view["counts"]["formats"] == 1


def test_a_letter_that_only_looks_alike_is_a_change_of_words(deal: Path) -> None:
    view = received(deal, run_of(CLAUSE.replace("receipt", "rec\u0435ipt")), run_of(OTHER))
    assert view["counts"]["untracked"] == 1


def test_changes_that_we_sent_back_undecided_are_no_news(deal: Path) -> None:
    theirs = tracked("ins", " Interest is due.", "Jane")
    received(deal, run_of(CLAUSE) + theirs, run_of(OTHER))
    ours = tracked("ins", " No interest on small sums.", "Nora Whitfield", "2026-01-05T10:00:00Z")
    (deal / "answer.docx").write_bytes(docx([run_of(CLAUSE) + theirs + ours, run_of(OTHER)]))
    run("send", "acme", "answer.docx", cwd=deal)
    more = tracked("ins", " Agreed.", "Jane", "2026-01-09T10:00:00Z")
    view = received(deal, run_of(CLAUSE) + theirs + ours + more, run_of(OTHER))
    assert view["counts"]["untracked"] == 0
    assert [change["new"] for change in view["changes"]] == [" Agreed."]


def test_a_counter_of_ours_that_was_rejected_in_silence_is_untracked(deal: Path) -> None:
    received(deal, run_of(CLAUSE) + tracked("ins", " Interest is due.", "Jane"), run_of(OTHER))
    ours = tracked("ins", " No interest on small sums.", "Nora Whitfield", "2026-01-05T10:00:00Z")
    (deal / "answer.docx").write_bytes(docx([run_of(CLAUSE) + ours, run_of(OTHER)]))
    run("send", "acme", "answer.docx", cwd=deal)
    view = received(deal, run_of(CLAUSE), run_of(OTHER))
    assert [(change["old"], change["tracked"]) for change in view["changes"]] == [(" No interest on small sums.", False)]


def test_a_base_with_somebodys_changes_in_it_is_refused(office: Path) -> None:
    before = state(office)
    done = run("base", CONTRACTS / "services-en/02-acme-received.docx", cwd=office, expect=5)
    assert "with tracked changes and 2 comments, which every client would see" in done.stderr
    assert state(office) == before


def test_what_leaves_with_somebodys_changes_in_it_is_said(deal: Path) -> None:
    received(deal, run_of(CLAUSE) + tracked("ins", " Interest is due.", "Jane"), run_of(OTHER))
    theirs = tracked("ins", " Interest is due.", "Jane")
    (deal / "answer.docx").write_bytes(docx([run_of(CLAUSE) + theirs, run_of(OTHER) + run_of(" Yes.")]))
    assert "tracked changes by Jane; not ours: Jane" in run("send", "acme", "answer.docx", cwd=deal).stdout


def test_a_first_file_that_is_not_the_base_is_held_back(deal: Path) -> None:
    stranger = CONTRACTS / "their-paper/01-harrow-received.docx"
    before = state(deal)
    assert "of the words of services, version 1" in run("send", "Bellhaven", stranger, cwd=deal, expect=5).stderr
    assert state(deal) == before


def test_an_open_deal_is_not_adopted(deal: Path) -> None:
    assert "is still open; nothing was agreed" in run("adopt", "acme", cwd=deal, expect=2).stderr


def test_the_ending_of_a_name_says_how_to_write(deal: Path) -> None:
    run("diff", "acme", "-o", "d.html", cwd=deal)
    assert (deal / "d.html").read_text(encoding="utf-8").lower().startswith("<!doctype html>")
    run("diff", "acme", "-o", "d.docx", cwd=deal)
    assert (deal / "d.docx").read_bytes().startswith(b"PK")
    assert "Word file" in run("show", "acme", "-o", "s.docx", cwd=deal, expect=2).stderr
    assert not (deal / "s.docx").exists()


def test_a_full_disk_under_the_output_is_one_clear_error(deal: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    import subprocess
    import sys

    from tests.cli.conftest import ROOT

    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([sys.executable, "-m", "redline", "deals"], cwd=deal, env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
                              stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("redline: the output cannot be written")
    assert "Traceback" not in done.stderr


def test_the_doctor_tells_a_sound_vault_from_a_damaged_one(deal: Path) -> None:
    assert "is sound" in run("doctor", cwd=deal).stdout
    blob = max((deal / "vault/objects").glob("[0-9a-f][0-9a-f]/*"), key=lambda path: path.stat().st_size)
    blob.chmod(0o644)
    blob.write_bytes(blob.read_bytes()[:20])
    done = run("doctor", cwd=deal, expect=None)
    assert done.returncode in (1, 4)
