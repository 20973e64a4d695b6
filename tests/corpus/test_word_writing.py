"""Redlines of real documents: rejecting gives the old one and accepting the new one, run by run.

Pairs of small documents from the tests of well-known comparers, and successive versions of real contract forms.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from redline.compare import diff
from redline.model import Contract, Kind, Paragraph
from redline.word.edit.source import Source
from redline.word.edit.write import redlined
from redline.word.revisions import accept_all, reject_all
from redline.word.xml import w
from tests.corpus.conftest import CORPUS, rows
from tests.looks import score
from tests.unit.word.build import unzipped
from tests.unit.word.redlining import BY

_EMPTY_ON_REJECT = frozenset({
    "SD-empty-to-content", "openagreements-employee-ip-inventions-assignment-5-6", "openagreements-employee-ip-inventions-assignment-7-8",
    "openagreements-employment-offer-letter-3-4", "common-paper-cloud-service-agreement-1-2", "WC-2060", "WC-2050"})
"""Where the old text ends in a table or is empty: Word has a paragraph there all the same, which stays when the new ones go; a
note without a paragraph; a paragraph whose mark goes in front of a table with an emptied link in it."""



def _pairs() -> Iterator[tuple[str, Path, Path]]:
    for found in rows("pairs/pairs.tsv"):
        yield found["id"], CORPUS / "pairs" / found["left"], CORPUS / "pairs" / found["right"]
    versions: dict[str, list[tuple[int, Path]]] = {}
    for found in rows("docs/series.tsv"):
        versions.setdefault(found["series"], []).append((int(found["version"]), CORPUS / "docs" / found["file"]))
    for series, files in sorted(versions.items()):
        files.sort()
        for (first, old), (second, new) in pairwise(files):
            yield f"{series}-{first}-{second}", old, new


PAIRS = list(_pairs())
each_pair = pytest.mark.parametrize(("name", "old", "new"), PAIRS, ids=[name for name, _, _ in PAIRS])


@cache
def _redline(old: Path, new: Path) -> tuple[bytes, bytes, bytes]:
    """Both documents without tracked changes, and the redline between them."""
    before, after = accept_all(old.read_bytes()), accept_all(new.read_bytes())
    here, there = Source(before), Source(after)
    return before, after, redlined(here, diff(here.contract.paragraphs, there.contract.paragraphs), there, BY)


@each_pair
def test_our_reader_reads_both_sides_of_a_redline(name: str, old: Path, new: Path) -> None:
    before, after, redline = _redline(old, new)
    spared = name in _EMPTY_ON_REJECT
    assert _said(Source(reject_all(redline)).contract, spared) == _said(Source(before).contract, spared)
    assert _said(Source(accept_all(redline)).contract, spared) == _said(Source(after).contract, spared)


def _said(contract: Contract, spared: bool) -> tuple[list[object], Counter[tuple[str, str]]]:
    """The paragraphs with label, cell and looks; the texts of headers and footers, which a section may share or repeat."""
    body: list[object] = []
    margins: dict[str, str] = {}
    for paragraph in contract.paragraphs:
        if paragraph.props.story.startswith(("header", "footer")):
            margins[paragraph.props.story] = margins.get(paragraph.props.story, "") + paragraph.text
        elif not spared or paragraph.text or paragraph.props.typed:
            body.append(_one(paragraph))
    return body, Counter(sorted({(story.partition(":")[0], text) for story, text in margins.items() if text}))


def _one(paragraph: Paragraph) -> tuple[object, ...]:
    props = paragraph.props
    return (props.story, props.cell, props.label, props.typed, paragraph.text,
            [(each.text, each.look, each.atom) for each in paragraph.segments])


@each_pair
def test_a_redline_keeps_the_bytes_of_what_does_not_change_and_is_the_same_each_time(name: str, old: Path, new: Path) -> None:
    before, after, redline = _redline(old, new)
    parts = unzipped(redline)
    assert set(unzipped(before)) <= set(parts)
    here, there = Source(before), Source(after)
    assert redlined(here, diff(here.contract.paragraphs, there.contract.paragraphs), there, BY) == redline
    again = Source(before)
    same = redlined(again, diff(again.contract.paragraphs, Source(before).contract.paragraphs), Source(before), BY)
    assert unzipped(same) == unzipped(before), name


@each_pair
def test_the_numbers_of_changes_are_unique_and_deleted_text_is_told_apart(name: str, old: Path, new: Path) -> None:
    taken: Counter[str] = Counter()
    for part, data in unzipped(_redline(old, new)[2]).items():
        if re.fullmatch(r"word/(document|header|footer|footnotes|endnotes)\d*\.xml", part):
            for element in etree.fromstring(data).iter():
                if element.get(w("author")) is not None:
                    taken[element.get(w("id"), "")] += 1
                if element.tag in (w("t"), w("delText")):
                    near = next((each.tag for each in element.iterancestors(w("del"), w("txbxContent"), w("p"))), "")
                    assert (element.tag == w("delText")) == (near == w("del")), name
    assert max(taken.values(), default=1) == 1, name


@each_pair
def test_text_looks_as_it_did_on_each_side(name: str, old: Path, new: Path) -> None:
    before, after, redline = _redline(old, new)
    for found, wanted in ((reject_all(redline), before), (accept_all(redline), after)):
        measured = score(found, wanted)
        assert measured.whole


@pytest.mark.parametrize("name", ["large", "large-hard"])
def test_the_writer_marks_no_more_than_the_redline_does(name: str, corpus: Path) -> None:
    here, there = (Source((corpus / name / f"{side}.docx").read_bytes()) for side in "ab")
    redline = diff(here.contract.paragraphs, there.contract.paragraphs)
    wanted = sum(len(segment.text) for paragraph in redline.paragraphs for segment in paragraph.segments
                 if segment.kind not in (Kind.SAME, Kind.FORMAT))
    typed = sum(len(paragraph.props.typed) for paragraph in redline.paragraphs if not paragraph.mark.in_old or not paragraph.mark.in_new)
    marked = 0
    for part, data in unzipped(redlined(here, redline, there, BY)).items():
        if part.startswith("word/") and part.endswith(".xml"):
            for element in etree.fromstring(data).iter(w("ins"), w("del")):
                marked += sum(len(text.text or "") for text in element.iter(w("t"), w("delText")))
    assert marked <= wanted + typed
