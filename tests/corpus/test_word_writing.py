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
from redline.word.xml import VAL, Element, w
from tests.corpus.conftest import CORPUS, rows
from tests.unit.word.build import unzipped
from tests.unit.word.redlining import BY

_EMPTY_ON_REJECT = frozenset({
    "SD-empty-to-content", "openagreements-employee-ip-inventions-assignment-5-6", "openagreements-employee-ip-inventions-assignment-7-8",
    "openagreements-employment-offer-letter-3-4", "common-paper-cloud-service-agreement-1-2", "WC-2060", "WC-2050"})
"""Where the old text ends in a table or is empty: Word has a paragraph there all the same, which stays when the new ones go; a
note without a paragraph; a paragraph whose mark goes in front of a table with an emptied link in it."""
_STYLED = frozenset({"openagreements-board-consent-safe-6-7", "openagreements-stockholder-consent-safe-6-7",
                     "openagreements-employee-ip-inventions-assignment-7-8", "openagreements-employment-offer-letter-4-5",
                     "common-paper-cloud-service-agreement-1-2", "common-paper-mutual-nda-1-2",
                     "openagreements-employment-offer-letter-2-3", "ST-safe-us-vs-cayman", "DX-BodyBookmarks"})
"""The two documents define a style of the same name in two ways. It stays the old one's: definitions are not tracked."""


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
    looks = name not in _STYLED
    assert _said(Source(accept_all(redline)).contract, spared, looks) == _said(Source(after).contract, spared, looks)


def _said(contract: Contract, spared: bool, looks: bool = True) -> tuple[list[object], Counter[tuple[str, str]]]:
    """The paragraphs with label, cell and looks; the texts of headers and footers, which a section may share or repeat."""
    body: list[object] = []
    margins: dict[str, str] = {}
    for paragraph in contract.paragraphs:
        if paragraph.props.story.startswith(("header", "footer")):
            margins[paragraph.props.story] = margins.get(paragraph.props.story, "") + paragraph.text
        elif not spared or paragraph.text or paragraph.props.typed:
            body.append(_one(paragraph, looks))
    return body, Counter(sorted({(story.partition(":")[0], text) for story, text in margins.items() if text}))


def _one(paragraph: Paragraph, looks: bool) -> tuple[object, ...]:
    props = paragraph.props
    return (props.story, props.cell, props.label, props.typed, paragraph.text,
            [(each.text, each.look, each.atom) for each in paragraph.segments] if looks else [])


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
def test_runs_look_as_they_did_on_each_side(name: str, old: Path, new: Path) -> None:
    before, after, redline = _redline(old, new)
    assert _differing(reject_all(redline), before) == 0
    if name not in _STYLED:
        assert _differing(accept_all(redline), after) == 0


def _differing(data: bytes, wanted: bytes) -> int:
    """How many characters have other run properties, all but language and proofing, after resolving styles."""
    one, other = (_characters(Source(each)) for each in (data, wanted))
    return sum((other - one).values())


def _characters(source: Source) -> Counter[tuple[str, object]]:
    resolver = _Resolver(source)
    found: Counter[tuple[str, object]] = Counter()
    for line in source.lines:
        text = line.paragraph.props.typed + line.paragraph.text
        for piece in line.pieces:
            found[text, resolver.run(line.element, piece.run)] += piece.end - piece.start
    return found


class _Resolver:
    """Run properties after defaults, paragraph style and character style (§17.7.2), toggles as they are written."""

    def __init__(self, source: Source) -> None:
        package = source.package
        part = next(iter(package.related(package.main, "styles")), "")
        self._root = package.xml(part) if part else None
        found = () if self._root is None else self._root.iterchildren(w("style"))
        self._styles = {each.get(w("styleId"), ""): each for each in found}
        self._usual = next((identity for identity, each in self._styles.items() if each.get(w("default")) in ("1", "true", "on")
                            and each.get(w("type")) == "paragraph"), "")

    def run(self, paragraph: Element, run: Element) -> object:
        said: dict[str, object] = {}
        if self._root is not None:
            said.update(_properties(self._root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")))
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        said.update(self._style(self._usual if style is None or style.get(VAL) not in self._styles else style.get(VAL, "")))
        own = run.find(w("rPr"))
        character = None if own is None else own.find(w("rStyle"))
        said.update({} if character is None else self._style(character.get(VAL, "")))
        said.update(_properties(own))
        return frozenset(said.items())

    def _style(self, identity: str, depth: int = 0) -> dict[str, object]:
        style = self._styles.get(identity)
        if style is None or depth > 20:
            return {}
        base = style.find(w("basedOn"))
        return {**({} if base is None else self._style(base.get(VAL, ""), depth + 1)), **_properties(style.find(w("rPr")))}


def _properties(element: Element | None) -> dict[str, object]:
    skipped = (w("lang"), w("noProof"), w("rStyle"), w("rPrChange"))
    return {each.tag: tuple(sorted((str(name), str(value)) for name, value in each.attrib.items()))
            for each in (() if element is None else element) if each.tag not in skipped}


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
