"""Laws of scrubbing and of comments over real documents, held against our reader and against pandoc."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from redline.model import Contract
from redline.word.package import open_package
from redline.word.read import read
from redline.word.remarks import Remark, add_comments
from redline.word.scrub import scrub, scrubbed
from tests.corpus.conftest import CORPUS
from tests.corpus.words import pandoc_words

DOCUMENTS = sorted(str(path.relative_to(CORPUS / "docs")) for path in (CORPUS / "docs").rglob("*.docx"))
TRACKED = [file for file in DOCUMENTS if file.startswith(("redlined", "tech-tracked"))]
WHEN = datetime(2026, 1, 1, tzinfo=UTC)
_PERSONAL = re.compile(rb'<dc:creator>[^<]|<cp:lastModifiedBy>[^<]|w:rsid\w*="|<w:rsids|w:attachedTemplate|providerId="(?!None)')


def contents(data: bytes) -> dict[str, bytes]:
    package = open_package(data)
    return {part: package.data(part) for part in package.parts}


@pytest.mark.parametrize("file", DOCUMENTS)
def test_scrubbing_changes_no_text_and_doing_it_twice_changes_nothing(corpus: Path, file: str) -> None:
    data = (corpus / "docs" / file).read_bytes()
    found = scrubbed(data, keep=["hidden"])
    before, after = read(data), read(found.data)
    assert (after.paragraphs, after.comments, after.layout) == (before.paragraphs, before.comments, before.layout)
    again = scrubbed(found.data, keep=["hidden"])
    assert (again.data, again.removed, again.left) == (found.data, (), found.left)


@pytest.mark.parametrize("file", DOCUMENTS)
def test_what_names_people_and_machines_is_gone_or_told_and_other_parts_keep_their_bytes(corpus: Path, file: str) -> None:
    data = (corpus / "docs" / file).read_bytes()
    found = scrubbed(data)
    before, clean = contents(data), contents(found.data)
    told = " ".join(each.words for each in found.left)
    for part, content in clean.items():
        if part.endswith((".xml", ".rels")) and not part.startswith("customXml/") and "which the text shows" not in told:
            assert not _PERSONAL.search(content), part
    assert set(clean) <= set(before)
    for part in ("word/theme/theme1.xml", "word/fontTable.xml", "word/webSettings.xml"):
        assert part not in clean or clean[part] == before[part]
    settings = [re.findall(rb"<w:(?:documentProtection|trackRevisions|compat)\b[^>]*>", parts.get("word/settings.xml", b""))
                for parts in (before, clean)]
    assert settings[0] == settings[1]


@pytest.mark.parametrize("file", DOCUMENTS[::6])
def test_pandoc_reads_the_same_words_before_and_after(corpus: Path, tmp_path: Path, file: str) -> None:
    path = corpus / "docs" / file
    clean = tmp_path / "clean.docx"
    clean.write_bytes(scrub(path.read_bytes(), also=["pictures"], keep=["hidden"])[0])
    assert pandoc_words(clean, "accept") == pandoc_words(path, "accept")


@pytest.mark.parametrize("file", DOCUMENTS[::4])
def test_without_hidden_text_all_that_is_visible_stays(corpus: Path, file: str) -> None:
    data = (corpus / "docs" / file).read_bytes()
    clean = scrub(data)[0]
    assert scrub(clean) == (clean, ())
    assert list(_visible(read(clean))) == list(_visible(read(data)))


def _visible(contract: Contract) -> Iterator[str]:
    """What is not hidden, paragraph by paragraph, pictures by their kind alone."""
    for paragraph in contract.paragraphs:
        text = "".join(segment.text for segment in paragraph.segments if "hidden" not in segment.look)
        if text:
            yield text


@pytest.mark.parametrize("file", DOCUMENTS)
def test_comments_stand_where_they_were_put_and_change_nothing_else(corpus: Path, file: str) -> None:
    data = (corpus / "docs" / file).read_bytes()
    contract = read(data)
    remarks = list(_remarks(contract, random.Random(file)))
    written = add_comments(data, remarks)
    found = read(written)
    assert found.paragraphs == contract.paragraphs
    mine = {comment.text: comment for comment in found.comments if comment.author == "Ann Author" and comment.date == WHEN}
    assert len(mine) == len(remarks)
    assert [comment for comment in found.comments if comment.text not in mine] == list(contract.comments)
    for remark in remarks:
        comment = mine[remark.text]
        if remark.parent:
            assert comment.parent
        elif contract.paragraphs[remark.paragraph].props.story == "body":
            assert comment.paragraph == remark.paragraph
            assert comment.start <= remark.start and comment.end >= remark.end
    assert add_comments(data, remarks) == written


def _remarks(contract: Contract, chance: random.Random) -> Iterator[Remark]:
    """Six remarks anywhere, and answers to the first comments."""
    for number in range(6):
        index = chance.randrange(len(contract.paragraphs))
        length = len(contract.paragraphs[index].text)
        start = chance.randint(0, length)
        end = chance.randint(start, min(length, start + chance.choice([0, 5, 40, 400])))
        yield Remark(index, start, end, "Ann Author", f"Question {number}?\nFor this reason.", WHEN)
    for number, comment in enumerate(contract.comments[:3]):
        yield Remark(0, 0, 0, "Ann Author", f"Answer {number}.", WHEN, comment.id)


@pytest.mark.parametrize("file", TRACKED[::6])
def test_pandoc_reads_the_same_words_with_comments_in_them(corpus: Path, tmp_path: Path, file: str) -> None:
    path = corpus / "docs" / file
    data = path.read_bytes()
    remarks = list(_remarks(read(data), random.Random(file)))
    commented = tmp_path / "commented.docx"
    commented.write_bytes(add_comments(data, remarks))
    for mode in ("accept", "reject"):
        assert pandoc_words(commented, mode) == pandoc_words(path, mode)
