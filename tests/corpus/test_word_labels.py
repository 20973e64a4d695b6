"""Labels against those written into test documents, those Word stored, and those two programs agree on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

import pytest

from redline.word.drafts import SAME
from redline.word.package import open_package
from redline.word.read import Reader
from tests.corpus.conftest import ROOT, lines

CASES = sorted((ROOT / "corpus" / "numbering-cases").glob("*.docx"))
AGREED = list(lines("docs/labels-agreed.jsonl"))
CACHED = list(lines("docs/labels-word-cached.jsonl"))


class Shown(NamedTuple):
    text: str
    label: str
    full: str


def with_markup(path: Path) -> list[Shown]:
    """Text, computed label and full number of each body paragraph as Word shows them with all mark-up visible.

    There deleted paragraphs still count beside inserted ones, which neither the original nor the final view does.
    """
    reader = Reader(open_package(path.read_bytes()))
    drafts = reader.drafts()
    for draft in drafts:
        draft.mark, draft.old_format = SAME, draft.format
    assembly = reader.assemble(drafts)
    return [Shown(found.props.typed + found.text, "" if found.props.typed else found.props.label, full)
            for found, full in zip(assembly.paragraphs, assembly.contexts, strict=True) if found.props.story == "body"]


def squash(text: str) -> str:
    return " ".join(text.split())


def number(label: str) -> str:
    """A label as far as it is a number: bullets are not."""
    label = squash(unicodedata.normalize("NFKC", label))
    return label if re.search(r"\w", label) else ""


def key(text: str) -> str:
    return re.sub(r"[\s\u200b-\u200f\u00ad\ufffc\ufeff\u2060]+", "", unicodedata.normalize("NFKC", text))[:60]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_label_is_the_one_written_in_the_text(corpus: Path, path: Path) -> None:
    wanted = []
    got = []
    for shown in with_markup(path):
        match = re.match(r"\[(.*?)\]", shown.text)
        if match and (not match[1] or re.search(r"\w", match[1])):
            wanted.append(squash(match[1]))
            got.append(squash(shown.label))
    assert wanted
    assert got == wanted


@pytest.mark.parametrize("expected", AGREED, ids=lambda item: str(item["file"]))
def test_labels_are_those_two_other_programs_agree_on(corpus: Path, expected: dict[str, object]) -> None:
    paragraphs = expected["paras"]
    assert isinstance(paragraphs, list)
    shown = with_markup(corpus / "docs" / str(expected["file"]))
    mine, theirs = [key(found.text) for found in shown], [key(found["text"]) for found in paragraphs]
    wrong = []
    for block in SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            if mine[block.a + step]:
                got, wanted = number(shown[block.a + step].label), number(paragraphs[block.b + step]["label"])
                if got != wanted:
                    wrong.append((got, wanted, theirs[block.b + step]))
    assert wrong == []


def _cached(document: dict[str, object]) -> Iterator[tuple[str, dict[str, object]]]:
    for kind in ("toc", "ref"):
        found = document[kind]
        assert isinstance(found, list)
        for target in found:
            yield kind, target


@pytest.mark.parametrize("document", CACHED, ids=lambda item: str(item["file"]))
def test_labels_are_those_word_itself_stored(corpus: Path, document: dict[str, object]) -> None:
    """A reference shows the number in full context, or as much of its end as is needed from where it stands."""
    by_text: dict[str, list[Shown]] = {}
    for shown in with_markup(corpus / "docs" / str(document["file"])):
        by_text.setdefault(squash(shown.text)[:100], []).append(shown)
    wrong = []
    for kind, target in _cached(document):
        candidates = by_text.get(str(target["text"])[:100], [])
        if len(candidates) == 1:
            label, full, wanted = (squash(text).rstrip(".:;,") for text in (
                candidates[0].label, candidates[0].full or candidates[0].label, str(target["label"])))
            bare = (re.sub(r"[^\d.\-()a-zA-Z]", "", label), re.sub(r"^[A-Za-z]+ ", "", label), re.sub(r"^[A-Za-z]+ ", "", full))
            relative = bool(label) and full.endswith(wanted) and wanted.endswith(label)
            if not (wanted in (label, full) or relative or (kind == "ref" and target.get("t") and wanted in bare)):
                wrong.append((kind, wanted, label, full))
    assert wrong == []
