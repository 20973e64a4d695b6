"""No revision element of any document is overlooked: the XML is searched here once more, by other means than the reader's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from redline.model import Attribution, Contract, Kind
from redline.word.package import open_package
from tests.corpus.conftest import ROOT
from tests.corpus.test_word_reading import TRACKED, contract

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
RUNS = {f"{W}ins": {Kind.INS, Kind.GONE}, f"{W}moveTo": {Kind.MOVE_TO, Kind.INS, Kind.GONE},
        f"{W}del": {Kind.DEL, Kind.GONE}, f"{W}moveFrom": {Kind.MOVE_FROM, Kind.DEL, Kind.GONE}}
HOLDERS = {"rPr", "trPr", "numPr", "ctrlPr", "tcPr"}
LAYOUT = {"sectPrChange": "page set-up", "tblPrChange": "table layout", "tblPrExChange": "table layout", "trPrChange": "row layout",
          "tcPrChange": "cell layout", "cellMerge": "merged cells", "customXmlInsRangeStart": "content control put in",
          "customXmlDelRangeStart": "content control taken out", "customXmlMoveFromRangeStart": "content control moved away",
          "customXmlMoveToRangeStart": "content control moved here"}
CASES = sorted(path.name for path in (ROOT / "revision-cases").glob("*.docx")) if ROOT.exists() else []
FILES = [f"docs/{file}" for file in TRACKED] + [f"revision-cases/{name}" for name in CASES]


def stories(path: Path) -> Iterator[tuple[str, etree._Element]]:
    package = open_package(path.read_bytes())
    for part in package.parts:
        if re.fullmatch(r"word/(document\d*|header\d*|footer\d*|footnotes|endnotes)\.xml", part):
            yield part, etree.fromstring(package.data(part))


def local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def parent(element: etree._Element) -> str:
    above = element.getparent()
    return "" if above is None else local(above)


def shown(element: etree._Element) -> bool:
    """Whether an element is not the repetition of another for older programs."""
    return not any(parent.tag == FALLBACK for parent in element.iterancestors())


def squash(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def people(found: Contract) -> set[str]:
    """Everybody whom a reading names."""
    who: list[Attribution | None] = [one.attribution for one in found.layout]
    for paragraph in found.paragraphs:
        who.append(paragraph.attribution)
        for segment in paragraph.segments:
            who += (segment.attribution, segment.struck)
    return {one.author for one in who if one is not None}


def formatters(found: Contract) -> set[str]:
    """Everybody who changed how something looks."""
    who = [segment.attribution for paragraph in found.paragraphs for segment in paragraph.segments if segment.kind is Kind.FORMAT]
    who += [paragraph.attribution for paragraph in found.paragraphs if paragraph.mark is Kind.FORMAT]
    return {one.author for one in (*who, *(one.attribution for one in found.layout)) if one is not None}


@pytest.mark.parametrize("file", FILES)
def test_every_tracked_text_is_read_as_what_it_is(corpus: Path, file: str) -> None:
    found = contract(corpus / file)
    kinds = (Kind.INS, Kind.DEL, Kind.MOVE_FROM, Kind.MOVE_TO, Kind.GONE)
    read = [squash("".join(segment.text for paragraph in found.paragraphs for segment in paragraph.segments
                           if segment.kind is kind)) for kind in kinds]
    # A typed number goes with its paragraph, or is an entry of its own.
    numbered = {one.paragraph for one in found.layout if one.what == "number typed by hand"}
    read += [squash(props.typed) for index, paragraph in enumerate(found.paragraphs) for props in (paragraph.old, paragraph.new)
             if props and (index in numbered or paragraph.mark is not Kind.SAME)]
    uncovered = {item.part for item in found.coverage}
    lost = [(part, local(change), text.text) for part, root in stories(corpus / file) if part not in uncovered
            for change in root.iter(*RUNS) if parent(change) not in HOLDERS and shown(change)
            for text in change.iter(f"{W}t", f"{W}delText") if not any(squash(text.text or "") in words for words in read)]
    assert lost == []


@pytest.mark.parametrize("file", FILES)
def test_every_revision_element_is_told_of_under_its_author(corpus: Path, file: str) -> None:
    found = contract(corpus / file)
    named, formats, told = people(found), formatters(found), {one.what for one in found.layout}
    lost = []
    for part, root in stories(corpus / file):
        counted = {item.construct for item in found.coverage if item.part == part}
        for element in root.iter("{*}*"):
            name, author = local(element), element.get(f"{W}author", "")
            if not shown(element):
                continue
            missing = name in LAYOUT and LAYOUT[name] not in told | counted
            missing |= name in ("rPrChange", "pPrChange") and author not in formats and not counted
            missing |= name in ("cellIns", "cellDel") and author not in named
            missing |= name in ("ins", "del", "moveFrom", "moveTo") and author not in named and any(
                text.text for text in element.iter(f"{W}t", f"{W}delText", f"{W}instrText"))
            if missing:
                lost.append((part, name, author))
    assert lost == []
