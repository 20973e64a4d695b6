"""Word files by themselves, without a vault: shown as one JSON object a line, counted, listed, and settled in copies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.chain import docx, run_of
from tests.cli.conftest import CONTRACTS, run, state

ACME = CONTRACTS / "services-en/02-acme-received.docx"
BASE = CONTRACTS / "services-en/base.docx"
DATE = "2026-01-01T10:00:00Z"


def tracked(kind: str, text: str, author: str = "Jane") -> str:
    inner = run_of(text) if kind == "ins" else f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'
    return f'<w:{kind} w:id="1" w:author="{author}" w:date="{DATE}">{inner}</w:{kind}>'


def mark(kind: str) -> str:
    return f'<w:pPr><w:rPr><w:{kind} w:id="2" w:author="Jane" w:date="{DATE}"/></w:rPr></w:pPr>'


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder with a file in which a number was replaced, two paragraphs were joined and one was put in."""
    (tmp_path / "small.docx").write_bytes(docx([
        run_of("1. Pay within ") + tracked("del", "30") + tracked("ins", "60") + run_of(" days."),
        mark("del") + run_of("Keep it secret, "), run_of("always."),
        mark("ins") + tracked("ins", "New words."), run_of("The end."),
    ]))
    return tmp_path


def shown(folder: Path, *names: str | Path, expect: int = 0) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run("show", *names, "--json", cwd=folder, expect=expect).stdout.splitlines()]


def test_a_file_is_one_line_with_the_text_of_both_views(small: Path) -> None:
    (document,) = shown(small, "small.docx")
    assert (document["schema"], document["file"], document["warnings"], document["coverage"]) == (1, "small.docx", [], [])
    rows = [(row["story"], row["label"], row["text"], row["label_original"], row["text_original"]) for row in document["paragraphs"]]
    assert rows == [
        ("body", "1.", "Pay within 60 days.", "1.", "Pay within 30 days."),
        ("body", None, None, "", "Keep it secret, "),
        ("body", "", "Keep it secret, always.", "", "always."),
        ("body", "", "New words.", None, None),
        ("body", "", "The end.", "", "The end."),
    ]
    assert [row["typed"] for row in document["paragraphs"]][:1] == ["1. "]


def test_each_segment_says_who_when_and_which_change_it_belongs_to(small: Path) -> None:
    (document,) = shown(small, "small.docx")
    segments = document["paragraphs"][0]["segments"]
    assert [(one["kind"], one["text"], one["author"]) for one in segments] == [
        ("same", "Pay within ", None), ("del", "30", "Jane"), ("ins", "60", "Jane"), ("same", " days.", None)]
    assert segments[1]["date"] == "2026-01-01T10:00:00+00:00"
    assert segments[1]["change"] == segments[2]["change"] == document["changes"][0]["id"]


def test_the_place_of_a_change_counts_the_characters_of_both_texts(small: Path) -> None:
    (document,) = shown(small, "small.docx")
    rows = document["paragraphs"]
    first, joined, new = document["changes"]
    for key, side, words in (("text_original", "original", "30"), ("text", "final", "60")):
        at = first["place"][side]
        assert rows[at["paragraph"]][key][at["start"]:at["end"]] == words
    assert first["place"]["clause"] == "1"
    assert joined["place"]["final"] == {"paragraph": 2, "start": 16, "end_paragraph": 2, "end": 16}
    assert new["kind"] == "insert"
    assert new["place"]["original"] == {"paragraph": 4, "start": 0, "end_paragraph": 4, "end": 0}


def test_comments_are_paragraphs_of_their_own_with_their_thread(tmp_path: Path) -> None:
    (document,) = shown(tmp_path, ACME)
    texts = {row["text"] for row in document["paragraphs"] if row["story"] == "comment"}
    assert texts == {line for comment in document["comments"] for line in comment["text"].split("\n")}
    assert texts
    for comment in document["comments"]:
        at = comment["place"]["final"]
        assert document["paragraphs"][at["paragraph"]]["text"][at["start"]:at["end"]] == comment["quote"]
        assert comment["parent"] is None or comment["parent"] in {one["id"] for one in document["comments"]}


def test_a_refused_file_does_not_stop_the_others(small: Path) -> None:
    (small / "scan.docx").write_bytes(b"%PDF-1.7 not a contract")
    done = run("show", "scan.docx", "small.docx", "nowhere.docx", ACME, "--json", cwd=small, expect=3)
    assert [json.loads(line)["file"] for line in done.stdout.splitlines()] == ["small.docx", str(ACME)]
    assert [(error["file"], error["code"]) for error in map(json.loads, done.stderr.splitlines())] == [
        ("scan.docx", "not-docx"), ("nowhere.docx", "missing")]


def test_several_files_are_shown_one_after_the_other_with_their_names(small: Path) -> None:
    out = run("show", "small.docx", ACME, cwd=small).stdout
    assert out.index("small.docx") < out.index("[-30-]") < out.index("02-acme-received.docx")


def test_a_version_of_the_vault_is_shown_like_a_file(demo: Path) -> None:
    (document,) = shown(demo, "dunmore@2")
    assert document["kind"] == "document"
    assert any("sixty" in (row["text"] or "") for row in document["paragraphs"])
    assert json.loads(run("diff", "dunmore@2", "--json", cwd=demo).stdout)["kind"] == "comparison"


def test_coverage_says_what_was_read_story_by_story(small: Path) -> None:
    done = json.loads(run("show", "small.docx", "--coverage", "--json", cwd=small).stdout)
    assert done["read"] == [{"story": "body", "texts": 1, "paragraphs": 5, "words": 12, "tracked": 3, "layout": 0, "comments": 0}]
    assert done["not_read"] == []
    assert "Nothing was left unread." in run("show", "small.docx", "--coverage", cwd=small).stdout


ALTCHUNK = '<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId9"/>'


def partly_unread() -> bytes:
    """A file that pulls another file in, which is not read."""
    return docx([run_of("1. Pay within thirty days."), f"</w:p>{ALTCHUNK}<w:p>" + run_of("2. Keep it secret.")])


def test_what_was_not_read_is_named_and_refused_when_asked_for(tmp_path: Path) -> None:
    (tmp_path / "part.docx").write_bytes(partly_unread())
    assert "altChunk" in run("show", "part.docx", "--coverage", cwd=tmp_path).stdout
    for arguments in (("show", "part.docx"), ("diff", "part.docx", ACME), ("diff", ACME, "part.docx"), ("check", "part.docx"),
                      ("resolve", "part.docx", "--accept", "all", "-o", "out.docx")):
        done = run(*arguments, "--strict", cwd=tmp_path, expect=3)
        assert done.stdout == ""
        assert "part.docx was not read in full: word/document.xml: inserted file (altChunk)" in done.stderr
    assert not (tmp_path / "out.docx").exists()


def test_a_strict_receive_stores_nothing_of_a_file_that_was_not_read_in_full(office: Path) -> None:
    (office / "base.docx").write_bytes(docx([run_of("1. Pay within thirty days."), run_of("2. Keep it secret.")]))
    run("base", "base.docx", "--name", "services", cwd=office)
    run("send", "Acme", "-o", "out.docx", cwd=office)
    (office / "part.docx").write_bytes(partly_unread())
    before = state(office)
    assert "was not read in full" in run("receive", "acme", "part.docx", "--strict", cwd=office, expect=3).stderr
    assert state(office) == before
    run("receive", "acme", "part.docx", cwd=office)


def listed(folder: Path, name: str | Path) -> list[str]:
    return [line.split()[0] for line in run("show", name, "--changes", cwd=folder).stdout.splitlines()[2:]]


def test_all_or_chosen_changes_are_settled_in_a_copy(small: Path) -> None:
    before = (small / "small.docx").read_bytes()
    first, joined, new = listed(small, "small.docx")
    run("resolve", "small.docx", "--accept", first, "--reject", new, "-o", "some.docx", cwd=small)
    assert listed(small, "some.docx") == [joined]
    run("resolve", "small.docx", "--accept", "all", "--reject", first, "-o", "most.docx", cwd=small)
    (most,) = shown(small, "most.docx")
    assert [row["text"] for row in most["paragraphs"]] == ["Pay within 30 days.", "Keep it secret, always.", "New words.", "The end."]
    assert most["changes"] == []
    assert (small / "small.docx").read_bytes() == before


def test_several_files_are_settled_into_a_folder_and_agree_with_their_views(small: Path) -> None:
    for way, key in (("accept", "text"), ("reject", "text_original")):
        run("resolve", "small.docx", ACME, f"--{way}", "all", "-o", way, cwd=small)
        for name, source in (("small.docx", "small.docx"), (ACME.name, str(ACME))):
            (settled,), (whole,) = shown(small, f"{way}/{name}"), shown(small, source)
            assert [row["text"] for row in settled["paragraphs"]] == [row[key] for row in whole["paragraphs"] if row[key] is not None]


def test_nothing_is_written_over_and_no_mistake_goes_unsaid(small: Path) -> None:
    (small / "mine.docx").write_text("mine")
    for arguments, code, says in (
        (("small.docx", "--accept", "all", "-o", "mine.docx"), 2, "mine.docx already exists"),
        (("small.docx", "--accept", "all", "-o", "small.docx", "--force"), 2, "it stays as it is"),
        (("small.docx", "-o", "out.docx"), 2, "not said what to accept or reject"),
        (("small.docx", ACME, "--accept", "1234abcd", "-o", "out"), 2, "one file at a time"),
        (("small.docx", ACME, "--accept", "all", "-o", "-"), 2, "only one file"),
        (("small.docx", ACME, "--accept", "all", "-o", "mine.docx"), 2, "is not a folder"),
        (("small.docx", "--accept", "1234abcd", "-o", "out.docx"), 2, "has no change 1234abcd"),
        (("nowhere.docx", "--accept", "all", "-o", "out.docx"), 3, "there is no file"),
    ):
        done = run("resolve", *arguments, cwd=small, expect=code)
        assert says in done.stderr, arguments
        assert done.stdout == ""
    assert sorted(path.name for path in small.iterdir()) == ["mine.docx", "small.docx"]
    assert (small / "mine.docx").read_text() == "mine"


def test_an_unknown_id_names_the_nearest_ones(small: Path) -> None:
    known = listed(small, "small.docx")[0]
    wrong = known[:-1] + ("0" if known[-1] != "0" else "1")
    done = run("resolve", "small.docx", "--accept", wrong, "-o", "out.docx", cwd=small, expect=2)
    assert known in done.stderr
    assert "--changes" in done.stderr


def test_a_new_clause_typed_after_another_is_settled_by_the_id_it_is_shown_with(tmp_path: Path) -> None:
    """Word gives the new words the old paragraph's mark, and the old words a new one; they are shown, and settled, as one."""
    (tmp_path / "typed.docx").write_bytes(docx([
        mark("ins") + run_of("1. Pay in time."), mark("ins") + tracked("ins", "2. No interest is due."),
        tracked("ins", "3. No fee is due."), run_of("4. The end."),
    ]))
    ids = listed(tmp_path, "typed.docx")
    for name in ids:
        run("resolve", "typed.docx", "--accept", name, "--reject", "all", "-o", f"{name}.docx", cwd=tmp_path)
        (settled,), (whole,) = shown(tmp_path, f"{name}.docx"), shown(tmp_path, "typed.docx")
        change = next(one for one in whole["changes"] if one["id"] == name)
        assert change["new"] in "\n".join(row["typed"] + row["text"] for row in settled["paragraphs"])
        assert len(settled["paragraphs"]) < 4
    run("resolve", "typed.docx", "--accept", ",".join(ids), "-o", "all.docx", cwd=tmp_path)
    assert len(shown(tmp_path, "all.docx")[0]["paragraphs"]) == 4


def test_formatting_and_layout_of_a_turn_are_counted_and_shown_when_asked_for(office: Path) -> None:
    spaced = (f'<w:pPr><w:spacing w:after="240"/><w:pPrChange w:id="9" w:author="Jane" w:date="{DATE}"><w:pPr/></w:pPrChange></w:pPr>')
    bold = f'<w:r><w:rPr><w:b/><w:rPrChange w:id="8" w:author="Jane" w:date="{DATE}"><w:rPr/></w:rPrChange></w:rPr><w:t>secret</w:t></w:r>'
    (office / "base.docx").write_bytes(docx([run_of("1. Pay within thirty days."), run_of("2. Keep it secret.")]))
    run("base", "base.docx", "--name", "services", cwd=office)
    run("send", "Acme", "-o", "out.docx", cwd=office)
    (office / "back.docx").write_bytes(docx([spaced + run_of("1. Pay within thirty days."), run_of("2. Keep it ") + bold + run_of(".")]))
    run("receive", "acme", "back.docx", cwd=office)
    for arguments in (("diff", "acme"), ("show", "back.docx")):
        hidden, shown = (run(*arguments, *more, cwd=office).stdout for more in ((), ("--all",)))
        assert "2 changes of formatting hidden: --all shows them" in hidden
        assert "spacing" not in hidden
        assert "format: spacing · Jane, 2026-01-01" in shown
        assert "from plain to bold" in shown
    told = json.loads(run("diff", "acme", "--json", cwd=office).stdout)
    assert (told["counts"]["changes"], told["counts"]["formats"], told["counts"]["layout"]) == (0, 1, 1)
