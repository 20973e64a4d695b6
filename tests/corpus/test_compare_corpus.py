"""Comparing real documents: successive versions of contract forms, pairs of other comparers, and pairs with known edits."""

from __future__ import annotations

import csv
import json
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import pytest

from redline.clauses.identity import carry
from redline.clauses.outline import outline
from redline.compare import diff
from redline.compare.algebra import apply, canonical, compose, invert
from redline.compare.changes import changes
from redline.compare.identity import carry_contract
from redline.errors import RedlineError
from redline.model import Contract, Kind, Paragraph, Redline
from redline.word.read import read

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not at hand")


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def _series() -> list[tuple[str, str]]:
    rows = _rows(CORPUS / "docs" / "series.tsv")
    return [(f"docs/{one['file']}", f"docs/{two['file']}") for one, two in pairwise(rows)
            if one["series"] == two["series"]]


def _pairs() -> list[tuple[str, str]]:
    found = {(f"pairs/{row['left']}", f"pairs/{row['right']}") for row in _rows(CORPUS / "pairs" / "pairs.tsv")}
    return sorted(found)


@lru_cache(maxsize=8)
def _contract(name: str) -> Contract:
    try:
        return read((CORPUS / name).read_bytes())
    except RedlineError as error:
        pytest.skip(f"{name} is refused: {error.message}")


def _text(name: str) -> tuple[Paragraph, ...]:
    return _contract(name).final().paragraphs


@pytest.mark.parametrize(("old", "new"), _series() + _pairs())
def test_a_redline_of_two_real_versions_has_them_as_its_sides(old: str, new: str) -> None:
    a, b = _text(old), _text(new)
    redline = diff(a, b)
    assert redline.old() == a
    assert apply(a, redline) == b
    assert apply(b, invert(redline)) == a
    form = canonical(compose(redline, diff(b, b)))
    assert (form.old(), form.new()) == (a, b)


@pytest.mark.parametrize(("old", "new"), _series())
def test_clauses_of_a_series_keep_their_ids_and_no_id_is_given_twice(old: str, new: str) -> None:
    named = carry(diff((), _text(old)), "base")
    carried = carry(diff(named, _text(new)), "next")
    for paragraphs in (named, carried):
        found = [clause.id for clause in outline(paragraphs)]
        assert None not in found
        assert len(set(found)) == len(found)
    if any(paragraph.mark is Kind.SAME and paragraph.text for paragraph in diff(named, _text(new)).paragraphs):
        assert {clause.id for clause in outline(carried)} & {clause.id for clause in outline(named)}


@pytest.mark.parametrize("path", sorted((CORPUS / "docs" / "redlined").glob("*.docx")), ids=lambda path: path.name)
def test_real_tracked_changes_compose_invert_and_are_cut_into_changes(path: Path) -> None:
    try:
        contract = carry_contract(read(path.read_bytes()), (), "base")
    except RedlineError as error:
        pytest.skip(f"{path.name} is refused: {error.message}")
    redline = contract.redline
    inverse = invert(redline)
    assert (inverse.old(), inverse.new()) == (redline.new(), redline.old())
    form = canonical(redline)
    assert (form.old(), form.new()) == (redline.old(), redline.new())
    found = changes(redline)
    assert bool(found) == any(_decidable(paragraph) for paragraph in redline.paragraphs)
    assert len({change.id for change in found}) == len(found)


def _decidable(paragraph: Paragraph) -> bool:
    return any(kind not in (Kind.SAME, Kind.GONE) for kind in (paragraph.mark, *(segment.kind for segment in paragraph.segments)))


@pytest.mark.parametrize(("name", "moves"), [("large", 5), ("large-hard", 16)])
def test_no_more_is_marked_than_was_edited_and_every_move_is_found(name: str, moves: int) -> None:
    truth = json.loads((CORPUS / name / "edits.json").read_text("utf-8"))["summary"]
    redline = diff(_text(f"{name}/a.docx"), _text(f"{name}/b.docx"))
    ratio = _marked(redline) / (truth["deleted"] + truth["inserted"])
    assert 0.98 <= ratio <= 1.02
    assert len({paragraph.move for paragraph in redline.paragraphs if paragraph.move}) == moves


def _marked(redline: Redline) -> int:
    return sum(len(segment.text) for paragraph in redline.paragraphs for segment in paragraph.segments
               if segment.kind in (Kind.INS, Kind.DEL))
