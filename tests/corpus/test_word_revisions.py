"""Accepting and rejecting on documents: small cases of every element, and every tracked document there is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from redline.model import Contract
from redline.word.package import Package, open_package
from redline.word.read import read
from redline.word.revisions import accept_all, reject_all
from redline.word.scrub import scrub
from redline.word.xml import M_NS, W_NS, Element, m, w
from tests.corpus.conftest import CORPUS, ROOT
from tests.corpus.test_word_reading import CONTRACTS, TRACKED

CASES: dict[str, Any] = (json.loads((CORPUS / "revision-cases" / "expected.json").read_text(encoding="utf8"))
                         if ROOT.exists() else {})
SIDES = {"accept": accept_all, "reject": reject_all}
LEFT = re.compile(rb"<w:(ins|del|moveFrom|moveTo|cellIns|cellDel|cellMerge|numberingChange|delText|delInstrText|\w+Change|"
                  rb"(?:moveFrom|moveTo|customXml\w+)Range(?:Start|End))[ />]")
STORY = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")


def paragraphs(root: Element) -> list[str]:
    """The texts of paragraphs in the XML, text boxes apart: read here once more, by other means than the reader's."""
    found = []
    for paragraph in root.iter(w("p")):
        if any(parent.tag == w("txbxContent") for parent in paragraph.iterancestors()):
            continue
        text = " ".join("".join(_pieces(paragraph)).replace("\u00a0", " ").split(" ")).strip()
        text = re.sub(" +", " ", text)
        if text:
            found.append(text)
    return found


def _pieces(paragraph: Element) -> Iterator[str]:
    for element in paragraph.iter(w("t"), m("t"), w("tab"), w("br")):
        parents = [parent.tag for parent in element.iterancestors()]
        if w("txbxContent") not in parents and (element.tag != w("tab") or parents[0] == w("r")):
            yield {w("tab"): "\t", w("br"): "\n"}.get(element.tag, element.text or "")


def untracked(package: Package) -> bool:
    return not any(STORY.fullmatch(part) and LEFT.search(package.data(part)) for part in package.parts)


@pytest.mark.parametrize("side", ["accept", "reject"])
@pytest.mark.parametrize("name", list(CASES))
def test_a_small_case_is_resolved_by_the_standard(corpus: Path, name: str, side: str) -> None:
    data = (corpus / "revision-cases" / f"{name}.docx").read_bytes()
    wanted = CASES[name][side]
    package = open_package(SIDES[side](data))
    root = package.xml(package.main)
    assert untracked(package)
    assert paragraphs(root) == [re.sub("[ \u00a0]+", " ", text).strip() for text in wanted["paras"]]
    for path, count in wanted["xpath"].items():
        assert root.xpath(f"count({path})", namespaces={"w": W_NS, "m": M_NS}) == count, path
    for part, texts in wanted["part"].items():
        assert paragraphs(package.xml(part)) == texts


@pytest.mark.parametrize("side", ["accept", "reject"])
@pytest.mark.parametrize("file", TRACKED)
def test_a_resolved_document_reads_as_that_view_of_the_tracked_one(corpus: Path, file: str, side: str) -> None:
    data = (corpus / "docs" / file).read_bytes()
    before = read(data)
    resolved = SIDES[side](data)
    after = read(resolved)
    assert untracked(open_package(resolved))
    assert not after.redline.changed
    assert _texts(after) == _texts(before.final() if side == "accept" else before.original())


def _texts(contract: Contract) -> list[str]:
    """The texts of body and notes; headers go with sections, and text boxes with what holds them."""
    return [paragraph.props.typed + paragraph.text for paragraph in contract.paragraphs
            if (paragraph.props.typed + paragraph.text).strip() and paragraph.props.story.startswith(("body", "foot", "end"))
            and not paragraph.props.story.startswith("footer")]


@pytest.mark.parametrize("file", CONTRACTS)
def test_scrubbing_keeps_the_text_and_takes_the_names(corpus: Path, file: str) -> None:
    data = (corpus / "docs" / file).read_bytes()
    clean, _ = scrub(data)
    before, after = read(data), read(clean)
    assert (after.paragraphs, after.comments) == (before.paragraphs, before.comments)
    assert scrub(clean) == (clean, ())
