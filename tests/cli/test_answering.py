"""Answering, end to end: they send it back, we decide, our answer goes out, they see it in Word, they return it."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from redline.model import Contract
from redline.word.read import read
from redline.word.remarks import Remark, add_comments
from tests.cli.conftest import CONTRACTS, run, state
from tests.pandoc import pandoc

ACME = CONTRACTS / "services-en/02-acme-received.docx"


@pytest.fixture
def back(sent: Path) -> Path:
    """The office, with Acme's answer received."""
    run("receive", "acme", ACME, cwd=sent)
    return sent


def view(folder: Path, version: str = "acme") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("diff", version, "--json", cwd=folder).stdout)
    return found


def ids(folder: Path) -> dict[str, str]:
    """The id of each change by the words it puts in, or else takes out."""
    return {change["new"] or change["old"]: change["id"] for change in view(folder)["changes"]}


def words(path: Path, way: str) -> str:
    return " ".join(re.findall(r"\w+", pandoc(path, "-t", "plain", "--wrap=none", f"--track-changes={way}")))


def contract(path: Path) -> Contract:
    return read(path.read_bytes())


def silently_edited(source: Path, target: Path, old: str, new: str) -> None:
    """A copy of a file in which somebody typed over a word with tracking off."""
    with zipfile.ZipFile(source) as given, zipfile.ZipFile(target, "w") as out:
        for name in given.namelist():
            data = given.read(name)
            if name == "word/document.xml":
                assert data.decode().count(old) == 1
                data = data.replace(old.encode(), new.encode())
            out.writestr(name, data)


def test_decisions_survive_and_are_counted_and_can_be_taken_back(back: Path) -> None:
    known = ids(back)
    before = state(back)
    assert "9 changes not yet decided" in run("check", "acme", cwd=back, expect=1).stdout
    done = run("decide", "acme", f"{known['£2,000,000']},{known['five (5)']}", "reject", "--why", "Too much for us.", cwd=back)
    assert "2 changes rejected" in done.stdout
    assert "7 changes undecided" in done.stdout
    shown = run("diff", "acme", cwd=back).stdout
    assert "2 decided, 7 undecided" in shown
    assert "rejected by" in shown
    assert "Too much for us." in run("diff", "acme", "--format", "md", cwd=back).stdout
    told = view(back)
    assert {decision["change"]: decision["verdict"] for decision in told["decisions"]} == {
        known["£2,000,000"]: "reject", known["five (5)"]: "reject"}
    assert len(told["undecided"]) == 7
    run("undo", cwd=back)
    assert state(back).split()[0] == before.split()[0]
    assert view(back)["decisions"] == []
    run("undo", "--redo", cwd=back)
    assert len(view(back)["decisions"]) == 2
    run("doctor", cwd=back)


def test_many_changes_are_decided_at_once_and_the_exceptions_stay(back: Path) -> None:
    known = ids(back)
    run("decide", "acme", known["£2,000,000"], "reject", cwd=back)
    before = state(back)
    tried = run("decide", "acme", "--all", "accept", "--dry-run", cwd=back)
    assert "8 changes accepted" in tried.stdout
    assert "1 change decided before stay" in tried.stdout
    assert state(back) == before
    assert "1 change accepted" in run("decide", "acme", "--author", "Priya Nair", "accept", cwd=back).stdout
    assert "1 change accepted" in run("decide", "acme", "--clause", "9", "accept", cwd=back).stdout
    assert "1 change accepted" in run("decide", "acme", "--kind", "delete", "accept", cwd=back).stdout
    assert "5 changes accepted" in run("decide", "acme", "--all", "accept", cwd=back).stdout
    assert "nothing is left to decide" in run("decide", "acme", "--all", "accept", cwd=back).stdout
    assert "not yet decided" not in run("check", "acme", cwd=back, expect=None).stdout


def test_what_cannot_be_decided_is_refused_and_changes_nothing(back: Path) -> None:
    known = ids(back)
    before = state(back)
    for arguments, said in (
        (["00000000", "accept"], "has no change 00000000"), (["--all"], "required"), ([known["five (5)"], "maybe"], "is no decision"),
        ([known["five (5)"], "counter"], "needs its words"), ([known["five (5)"], "accept", "--text", "x"], "counter only"),
        (["accept"], "not said which"), (["--all", known["five (5)"], "accept"], "not both"),
        (["--all", "counter", "--text", "x"], "cannot take the place of"), (["--clause", "99", "accept"], "no clause"),
    ):
        done = run("decide", "acme", *arguments, cwd=back, expect=2)
        assert said in done.stderr or "missing" in done.stderr, done.stderr
    assert "9 changes" in run("respond", "acme", "-o", "answer.docx", cwd=back, expect=5).stderr
    run("respond", "acme", "--fold", "-o", "answer.docx", cwd=back, expect=2)
    assert not (back / "answer.docx").exists()
    assert state(back) == before


def test_an_answer_shows_our_changes_against_what_they_sent(back: Path) -> None:
    known = ids(back)
    run("decide", "acme", known["£2,000,000"], "counter", "--text", "£1,500,000", "--why", "We can meet you half way.", cwd=back)
    run("decide", "acme", known["five (5)"], "reject", "--why", "Three years are what we can promise.", cwd=back)
    run("decide", "acme", "--all", "accept", cwd=back)
    done = run("respond", "acme", "-o", "answer.docx", cwd=back)
    assert "7 accepted, 1 rejected, 1 countered" in done.stdout
    answer = back / "answer.docx"
    assert words(answer, "reject") == words(ACME, "accept")
    accepted = words(answer, "accept")
    assert "1 500 000" in accepted
    assert "2 000 000" not in accepted
    assert "three 3 years after it ends" in accepted
    assert "comment-start" in pandoc(answer, "-t", "native", "--track-changes=all")
    told = contract(answer)
    changed = {(segment.kind.value, segment.text) for paragraph in told.paragraphs for segment in paragraph.segments
               if segment.kind.value in ("ins", "del")}
    assert changed == {("del", "£2,000,000"), ("ins", "£1,500,000"), ("del", "five (5)"), ("ins", "three (3)")}
    comments = {comment.text.split(".")[0]: (comment.author, comment.quote) for comment in told.comments}
    assert comments["We can meet you half way"] == ("Brightwater Analytics Ltd", "£2,000,000£1,500,000")
    assert comments["Ninety days is long for us"][0] == "Ruth Callander"
    assert "acme-homewares@3" in run("log", "acme", cwd=back).stdout


def test_the_answer_is_what_is_stored_and_it_is_their_turn(back: Path) -> None:
    run("respond", "acme", "--undecided", "accept", "-o", "answer.docx", cwd=back)
    run("export", "acme@3", "-o", "again.docx", cwd=back)
    assert (back / "answer.docx").read_bytes() == (back / "again.docx").read_bytes()
    assert "theirs" in run("deals", cwd=back).stdout or "them" in run("deals", cwd=back).stdout
    assert "is ours" in run("decide", "acme", "--all", "accept", cwd=back, expect=2).stderr
    assert "is ours" in run("respond", "acme", cwd=back, expect=2).stderr
    run("undo", cwd=back)
    assert "acme-homewares@3" not in run("log", "acme", cwd=back).stdout
    assert not (view(back)["decisions"])


def test_our_file_carries_the_answer(back: Path) -> None:
    run("respond", "acme", "--undecided", "reject", "-o", "answer.docx", cwd=back)
    with zipfile.ZipFile(back / "acme-1.docx") as ours, zipfile.ZipFile(back / "answer.docx") as answer:
        for part in ("word/styles.xml", "word/numbering.xml", "word/theme/theme1.xml"):
            if part in ours.namelist():
                assert answer.read(part) == ours.read(part), part
    assert contract(back / "answer.docx").final().paragraphs[5].text == contract(back / "acme-1.docx").paragraphs[5].text


def test_against_ours_they_see_what_is_accepted_as_theirs(back: Path) -> None:
    known = ids(back)
    run("decide", "acme", known["£2,000,000"], "counter", "--text", "£1,500,000", cwd=back)
    run("respond", "acme", "--against", "ours", "--undecided", "accept", "-o", "answer.docx", "--author", "Nora Whitfield", cwd=back)
    answer = back / "answer.docx"
    assert words(answer, "reject") == words(back / "acme-1.docx", "accept")
    authors = {segment.attribution.author for paragraph in contract(answer).paragraphs for segment in paragraph.segments
               if segment.attribution and segment.kind.value != "same"}
    assert authors == {"Nora Whitfield", "Ruth Callander", "Priya Nair"}


def test_undecided_changes_can_stay_tracked_as_theirs(back: Path) -> None:
    run("decide", "acme", "--clause", "9", "reject", cwd=back)
    done = run("respond", "acme", "--undecided", "keep", "-o", "answer.docx", cwd=back)
    assert "8 left tracked as theirs" in done.stdout
    told = contract(back / "answer.docx")
    authors = {segment.attribution.author for paragraph in told.paragraphs for segment in paragraph.segments
               if segment.attribution and segment.kind.value != "same"}
    assert "Ruth Callander" in authors
    assert "three (3)" in "\n".join(paragraph.text for paragraph in told.final().paragraphs)


@pytest.mark.parametrize("way", ["untouched", "accept"])
def test_they_return_our_answer_and_nothing_is_invented(back: Path, way: str) -> None:
    run("decide", "acme", "--clause", "9", "reject", "--why", "No.", cwd=back)
    run("respond", "acme", "--undecided", "accept", "-o", "answer.docx", cwd=back)
    if way == "accept":
        run("resolve", "answer.docx", "--accept", "all", "-o", "returned.docx", cwd=back)
    else:
        (back / "returned.docx").write_bytes((back / "answer.docx").read_bytes())
    receipt = json.loads(run("receive", "acme", "returned.docx", "--force", "--json", cwd=back).stdout)
    shown = receipt["comparison"]
    assert shown is None or shown["changes"] == []


def test_a_silent_edit_comes_to_light_and_goes_back_where_they_see_it(back: Path) -> None:
    run("undo", cwd=back)
    silently_edited(ACME, back / "silent.docx", "six (6) months", "nine (9) months")
    run("receive", "acme", "silent.docx", cwd=back)
    silent = [change for change in view(back)["changes"] if not change["tracked"] and change["kind"] != "format"]
    assert len(silent) == 1
    assert "1 change rejected" in run("decide", "acme", "--untracked", "reject", "--why", "It was six.", cwd=back).stdout
    run("respond", "acme", "--undecided", "accept", "-o", "answer.docx", cwd=back)
    told = contract(back / "answer.docx")
    changed = [(segment.kind.value, segment.text) for paragraph in told.paragraphs for segment in paragraph.segments
               if segment.kind.value in ("ins", "del")]
    assert changed == [("del", "nine (9)"), ("ins", "six (6)")]
    said = next(comment for comment in told.comments if comment.text == "It was six.")
    assert "six (6)" in said.quote


def test_an_answer_on_their_paper_is_written_on_their_paper(office: Path) -> None:
    run("receive", "Harrow", CONTRACTS / "their-paper/03-harrow-received-2.docx", "--their-paper", cwd=office)
    run("respond", "harrow", "--undecided", "reject", "-o", "answer.docx", cwd=office)
    assert contract(office / "answer.docx").final().paragraphs


def test_a_difference_becomes_a_word_file(tmp_path: Path) -> None:
    base = CONTRACTS / "services-en/base.docx"
    run("diff", base, ACME, "-o", "out.docx", cwd=tmp_path)
    out = tmp_path / "out.docx"
    assert words(out, "reject") == words(base, "reject")
    assert words(out, "accept") == words(ACME, "accept")
    run("diff", base, ACME, "-o", "again.docx", cwd=tmp_path)
    assert out.read_bytes() == (tmp_path / "again.docx").read_bytes()
    assert "already exists" in run("diff", base, ACME, "-o", "out.docx", cwd=tmp_path, expect=2).stderr
    assert "stays as it is" in run("diff", base, "out.docx", "-o", "out.docx", "--force", cwd=tmp_path, expect=2).stderr
    run("diff", base, ACME, "--view", "final,original", "-o", "none.docx", "--exit-code", cwd=tmp_path)
    assert not contract(tmp_path / "none.docx").redline.changed
    run("diff", base, ACME, "-o", "me.docx", "--author", "Me", "--date", "2026-01-02", "--exit-code", cwd=tmp_path, expect=1)
    people = {segment.attribution for paragraph in contract(tmp_path / "me.docx").paragraphs for segment in paragraph.segments
              if segment.attribution}
    assert {(by.author, str(by.date)) for by in people} == {("Me", "2026-01-02 00:00:00+00:00")}


def test_a_version_is_exported_clean_or_redlined(back: Path) -> None:
    assert "tracked changes" in run("export", "acme@2", "--format", "clean", "-o", "c.docx", cwd=back, expect=2).stderr
    assert "comments" in run("export", "acme@2", "--format", "clean", "--accept-all", "-o", "c.docx", cwd=back, expect=2).stderr
    run("export", "acme@2", "--format", "clean", "--accept-all", "--drop-comments", "-o", "c.docx", cwd=back)
    told = contract(back / "c.docx")
    assert not told.redline.changed
    assert not told.comments
    assert words(back / "c.docx", "accept") == words(ACME, "accept")
    run("export", "acme@2", "--format", "redline", "-o", "r.docx", cwd=back)
    assert words(back / "r.docx", "accept") == words(ACME, "accept")
    assert words(back / "r.docx", "reject") == words(back / "acme-1.docx", "accept")
    assert "Ruth Callander" in run("export", "acme@2", "--format", "text", cwd=back).stdout


def test_what_is_kept_of_personal_data_is_said_by_name(sent: Path) -> None:
    run("send", "Bellhaven", "-o", "kept.docx", "--keep", "properties,title", cwd=sent)
    with zipfile.ZipFile(sent / "kept.docx") as kept, zipfile.ZipFile(CONTRACTS / "services-en/base.docx") as base:
        assert kept.read("docProps/core.xml") == base.read("docProps/core.xml")
    assert "What can be kept" in run("send", "Corvid", "-o", "c.docx", "--keep", "secrets", cwd=sent, expect=2).stderr


def test_a_decision_may_stand_before_or_after_the_changes(back: Path) -> None:
    known = ids(back)
    assert "1 change accepted" in run("decide", "acme", "accept", known["five (5)"], "--why", "Fine.", cwd=back).stdout
    assert "1 change countered" in run("decide", "acme", known["£2,000,000"], "counter", "--with", "£1,500,000", cwd=back).stdout
    assert "cannot be decided at once" in run("decide", "acme", "accept", known["five (5)"], "reject", cwd=back, expect=2).stderr
    assert "`redline decide CLIENT CHANGE accept`" in run("decide", "acme", known["five (5)"], cwd=back, expect=2).stderr


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_what_is_exported_for_them_leaves_without_personal_data_and_says_so(back: Path) -> None:
    made = run("export", "acme@2", "--format", "clean", "--accept-all", "--drop-comments", "-o", "c.docx", cwd=back)
    assert re.search(r"\d+ kinds? of personal data removed before it leaves.*-v names", made.stderr)
    assert len(made.stderr.splitlines()) == 2
    assert b"<dc:creator>" not in parts(back / "c.docx").get("docProps/core.xml", b"")
    named = run("export", "base", "--format", "clean", "-o", "b.docx", "-v", cwd=back).stderr
    assert "  removed before it leaves: the author" in named
    run("export", "base", "--format", "clean", "-o", "k.docx", "--keep", "properties,title", cwd=back)
    assert parts(back / "k.docx")["docProps/core.xml"] == parts(CONTRACTS / "services-en/base.docx")["docProps/core.xml"]
    run("diff", "base", "acme@2", "-o", "d.docx", cwd=back)
    assert "personal data" in run("diff", "base", "acme@2", "-o", "d.docx", "--force", cwd=back).stderr
    assert "personal data" not in run("diff", CONTRACTS / "services-en/base.docx", ACME, "-o", "e.docx", cwd=back).stderr
    assert words(back / "d.docx", "accept") == words(back / "e.docx", "accept")
    run("export", "acme@2", "--format", "docx", "-o", "x.docx", cwd=back)
    assert (back / "x.docx").read_bytes() == ACME.read_bytes()
    assert "--keep is for" in run("export", "acme@2", "--format", "docx", "--keep", "title", "-o", "y.docx", cwd=back, expect=2).stderr


def test_comments_of_ours_that_were_never_sent_stay_at_home(office: Path) -> None:
    base = CONTRACTS / "services-en/base.docx"
    noted = add_comments(base.read_bytes(), [Remark(5, 0, 1, "Nora Whitfield", "Our lowest price is lower.")])
    (office / "noted.docx").write_bytes(noted)
    run("base", "noted.docx", "--name", "services", "--force", cwd=office)
    done = run("send", "Acme Homewares", "-o", "acme-1.docx", cwd=office)
    assert "1 internal comment" in done.stdout
    assert not contract(office / "acme-1.docx").comments
    run("send", "Bellhaven", "-o", "kept.docx", "--keep", "comments", cwd=office)
    assert [comment.text for comment in contract(office / "kept.docx").comments] == ["Our lowest price is lower."]
    run("export", "bellhaven@1", "--format", "redline", "-o", "sent-before.docx", cwd=office)
    assert not contract(office / "sent-before.docx").comments
    run("diff", "bellhaven@1", "base", "-o", "from-theirs.docx", cwd=office)
    assert [comment.text for comment in contract(office / "from-theirs.docx").comments] == ["Our lowest price is lower."]
    run("diff", "base", "bellhaven@1", "-o", "from-base.docx", cwd=office)
    assert not contract(office / "from-base.docx").comments
