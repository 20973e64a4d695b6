"""Every document of the corpus is read, and what other programs find in it is found."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from redline.errors import DocumentError
from redline.model import Contract, Kind
from redline.word.package import open_package
from redline.word.read import read
from tests.corpus.conftest import lines, rows
from tests.corpus.words import norm, pandoc_words, word_counts

DOCS = [row["file"] for row in rows("docs/manifest.tsv")]
CONTRACTS = [file for file in DOCS if file.startswith(("contract/", "redlined/"))]
TRACKED = [file for file in DOCS if file.startswith(("redlined/", "tech-tracked/"))]
AGREED = list(lines("docs/resolve-agreed.jsonl"))
HOSTILE = rows("hostile/manifest.tsv")
UNREADABLE = re.compile(r"text not read")
# What a section or a reference does not use, Word does not show; building blocks are not part of the document.
UNSHOWN = ("header that no section uses", "footer that no section uses", "note without a reference",
           "building blocks (glossary)", "comment without a place in the text")


@cache
def contract(path: Path) -> Contract:
    return read(path.read_bytes(), path.name)


def shown(found: Contract) -> str:
    """Labels and texts; a note's reference parts words."""
    return "\n".join(f"{paragraph.props.label} {paragraph.props.typed}"
                     + "".join(" " if segment.atom.endswith("note") else segment.text for segment in paragraph.segments)
                     for paragraph in found.paragraphs)


@pytest.mark.parametrize("file", DOCS)
def test_a_real_document_is_read_without_an_error(corpus: Path, file: str) -> None:
    found = contract(corpus / "docs" / file)
    assert found.paragraphs
    assert all(comment.paragraph < len(found.paragraphs) for comment in found.comments)
    for comment in found.comments:
        assert 0 <= comment.start <= comment.end <= len(found.paragraphs[comment.paragraph].text)


@pytest.mark.parametrize("file", CONTRACTS)
def test_nothing_that_word_shows_in_a_contract_is_left_out(corpus: Path, file: str) -> None:
    lost = [item for item in contract(corpus / "docs" / file).coverage
            if UNREADABLE.search(item.note) and item.construct not in UNSHOWN]
    assert lost == []


@pytest.mark.parametrize("mode", ["accept", "reject"])
@pytest.mark.parametrize("file", CONTRACTS + [file for file in TRACKED if file not in CONTRACTS])
def test_every_word_pandoc_reads_is_read(corpus: Path, file: str, mode: str) -> None:
    found = contract(corpus / "docs" / file)
    view = found.final() if mode == "accept" else found.original()
    missing = pandoc_words(corpus / "docs" / file, mode) - word_counts(shown(view))
    # pandoc keeps the text of rows that were put in or taken out, unless its runs say so too.
    for paragraph in found.paragraphs:
        if paragraph.props.cell is not None and paragraph.mark is not Kind.SAME:
            missing -= word_counts(paragraph.text)
    assert Counter({word: count for word, count in missing.items() if len(word) < LONGEST}) == Counter()


# In such a row pandoc also glues words together (tdf123054); no word is as long as that.
LONGEST = 60


@pytest.mark.parametrize("expected", AGREED, ids=lambda item: f"{item['file']}-{item['mode']}")
def test_paragraphs_are_those_two_other_programs_agree_on(corpus: Path, expected: dict[str, object]) -> None:
    found = contract(corpus / "docs" / str(expected["file"]))
    view = found.final() if expected["mode"] == "accept" else found.original()
    got = [norm(paragraph.props.typed + paragraph.text) for paragraph in view.paragraphs if paragraph.props.story == "body"]
    texts = expected["paras"]
    assert isinstance(texts, list)
    assert [text for text in got if text] == [text for text in map(norm, texts) if text]


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case["file"])
def test_a_hostile_file_gets_the_right_answer(corpus: Path, case: dict[str, str]) -> None:
    data = (corpus / "hostile" / case["file"]).read_bytes()
    try:
        found = read(data, case["file"])
    except DocumentError as error:
        assert (case["expected"], case["code"]) == ("REFUSE", error.code)
        assert error.hint
        return
    codes = [notice.code for notice in found.notices]
    if case["code"] == "metadata":
        from redline.word.scrub import scrub

        assert codes == []
        assert scrub(data)[1]
    elif case["expected"] == "ACCEPT":
        assert codes == []
    else:
        assert (case["expected"], case["code"] in codes) == ("WARN", True)


@pytest.mark.parametrize("file", DOCS)
def test_writing_without_changes_keeps_every_part(corpus: Path, file: str) -> None:
    package = open_package((corpus / "docs" / file).read_bytes())
    again = open_package(package.write())
    assert {part: again.data(part) for part in again.parts} == {part: package.data(part) for part in package.parts}


def test_a_document_of_a_hundred_pages_is_read_in_no_time(corpus: Path) -> None:
    """A ceiling against accidents, far above what it takes."""
    import time

    data = (corpus / "large" / "a.docx").read_bytes()
    start = time.process_time()
    read(data)
    assert time.process_time() - start < 2
