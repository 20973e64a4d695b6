"""Deciding some changes of a real document leaves exactly the others: the file after it reads as the model says.

What a document must read like is worked out on the contract alone (a decided segment stands on both sides or on neither) and
compared with a fresh reading of the file that was written. Typed numbers are left out of account: whether "4." counts as one
depends on its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from redline.compare.changes import changes
from redline.desk.resolving import decisions, resolved
from redline.errors import ConflictError
from redline.model import Contract, Kind, Paragraph, Redline, Segment
from redline.word.read import read
from tests.corpus.test_word_reading import TRACKED
from tests.corpus.test_word_revisions import CASES

TORN = frozenset({"redlined/dx-rp051-arabic.docx", "tech-tracked/libreo__fdo65632.docx", "tech-tracked/libreo__tdf127814.docx",
                  "tech-tracked/jsv4__WC066-Textbox-Before-Ins-Mod.docx"})
"""In the first an undecided table stands between a rejected mark and what it would join; the second and the last have a note and a
text box whose anchor is decided otherwise; the third is numbers only, which become labels in their new company."""


def kind(old: bool, new: bool) -> Kind:
    return {(True, True): Kind.SAME, (False, True): Kind.INS, (True, False): Kind.DEL}.get((old, new), Kind.GONE)


def decide(was: Kind, verdict: bool | None) -> Kind:
    if verdict is None or was in (Kind.SAME, Kind.GONE):
        return kind(was.in_old, was.in_new)
    stands = was.in_new if verdict else was.in_old
    return kind(stands, stands)


def after(contract: Contract, verdicts: Mapping[str, bool]) -> Redline:
    """The redline of the document when these changes were decided."""
    found: dict[tuple[int, int], bool] = {}
    for change in changes(contract.redline):
        for span in change.spans if change.id in verdicts else ():
            numbers = [*range(span.first, span.last), *([-1] if span.mark else [])]
            found.update(((span.paragraph, number), verdicts[change.id]) for number in numbers)
    out = []
    for index, paragraph in enumerate(contract.paragraphs):
        segments = tuple(Segment(decide(each.kind, found.get((index, number))), each.text, atom=each.atom)
                         for number, each in enumerate(paragraph.segments))
        mark = decide(paragraph.mark, found.get((index, -1)))
        new = paragraph.props if mark.in_new or mark is Kind.GONE else None
        out.append(Paragraph(segments, mark, paragraph.props if mark.in_old else None, new))
    return Redline(tuple(out))


def bare(texts: list[str]) -> list[str]:
    return [found for text in texts if (found := re.sub(r"\s", "", text))]


def same(wanted: list[str], got: list[str]) -> bool:
    return len(wanted) == len(got) and all(one.endswith(other) or other.endswith(one)
                                           for one, other in zip(wanted, got, strict=True))


def check(data: bytes) -> int:
    """Decide a third of the changes each way and leave a third; how many were decided."""
    contract = read(data)
    if any(segment.kind is Kind.GONE for paragraph in contract.paragraphs for segment in paragraph.segments):
        return 0
    every = decisions(contract)
    verdicts = {each.id: number % 3 == 0 for number, each in enumerate(every) if number % 3 < 2}
    done = resolved(data, accept={name for name, yes in verdicts.items() if yes},
                    reject={name for name, yes in verdicts.items() if not yes})
    wanted, got = after(contract, {str(name): yes for name, yes in verdicts.items()}), read(done.data)
    for side in ("old", "new"):
        expected = [paragraph.text for paragraph in (wanted.old() if side == "old" else wanted.new())]
        view = got.original() if side == "old" else got.final()
        assert same(bare(expected), bare([paragraph.props.typed + paragraph.text for paragraph in view.paragraphs])), side
    return len(verdicts)


@pytest.mark.parametrize("path", [path for path in TRACKED if path not in TORN])
def test_a_real_document_with_some_changes_decided_reads_as_the_model_says(corpus: Path, path: str) -> None:
    assert check((corpus / "docs" / path).read_bytes()) >= 0


@pytest.mark.parametrize("name", [name for name in CASES if name not in ("footnote-deleted", "footnote-inserted")])
def test_a_small_case_with_some_changes_decided_reads_as_the_model_says(corpus: Path, name: str) -> None:
    assert check((corpus / "revision-cases" / f"{name}.docx").read_bytes()) >= 0


def test_what_shares_one_row_or_note_is_refused_by_name(corpus: Path) -> None:
    data = (corpus / "revision-cases" / "footnote-deleted.docx").read_bytes()
    first, second = decisions(read(data))
    with pytest.raises(ConflictError, match=str(second.id)):
        resolved(data, accept={first.id}, reject={second.id})
