"""Laws of the writer over documents made by chance: rejecting gives the old one, accepting the new one, for our reader and pandoc."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redline.model import Paragraph
from redline.word.read import read
from redline.word.revisions import accept_all, reject_all
from tests.pandoc import pandoc
from tests.unit.word.build import cell, docx, field, level, notes, numbering, p, r, row, table, unzipped
from tests.unit.word.redlining import between

_NUMBERING = numbering(level(0, "%1."), level(1, "%1.%2"), nums={1: "", 2: ""})
_NOTES = notes("footnote", {number: p(f"Note {number}.") for number in (1, 2, 3)})
_WORDS = st.sampled_from(["the", "Supplier", "shall", "pay", "Fees", "within", "thirty days", "of", "unless",
                          "Договор", "срок", "5.1", "(a)"])
_LOOKS = st.sampled_from(["", "", "", "<w:b/>", "<w:i/>", '<w:u w:val="single"/>'])


@st.composite
def runs(draw: st.DrawFn, links: bool = True) -> str:
    """What stands in a paragraph."""
    out = []
    for _ in range(draw(st.integers(0, 3))):
        words = " ".join(draw(st.lists(_WORDS, min_size=1, max_size=5))) + " "
        kind = draw(st.sampled_from(["run", "run", "run", "run", "field", "link" if links else "run"]))
        run = r(words, look=draw(_LOOKS))
        out.append(run if kind == "run" else f'<w:hyperlink w:anchor="x">{run}</w:hyperlink>' if kind == "link"
                   else field(" REF x ", r("five")))
    return "".join(out) + r("end.")


@st.composite
def paragraphs(draw: st.DrawFn, links: bool = True) -> str:
    form = draw(st.sampled_from(["", "", "", "1/0", "1/1", "2/0"]))
    ppr = draw(st.sampled_from(["", "", "", '<w:jc w:val="center"/>', "<w:rPr><w:b/></w:rPr>"]))
    return p(draw(runs(links)), num=form, ppr=ppr)


@st.composite
def tables(draw: st.DrawFn) -> str:
    columns = draw(st.integers(1, 2))
    return table(*[row(*[cell(draw(paragraphs(links=False))) for _ in range(columns)]) for _ in range(draw(st.integers(1, 3)))])


_BLOCKS = {True: paragraphs(), False: st.one_of(*[paragraphs(links=False)] * 3, tables())}
"""With links, or with tables: in front of a table an emptied link would keep its paragraph."""


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str, str]:
    """An old document, and a new one that grew out of it. Tables never touch: Word would fuse them."""
    links = draw(st.booleans())
    old = draw(st.lists(_BLOCKS[links], max_size=7))
    new = list(old)
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(new)))
        kind = draw(st.sampled_from(["put", "take", "change", "move", "note"]))
        if kind == "put" or place == len(new):
            new.insert(place, draw(_BLOCKS[links]))
        elif kind == "take":
            del new[place]
        elif kind == "change":
            new[place] = draw(paragraphs(links)) if "<w:tbl>" not in new[place] else new[place].replace("end.", draw(_WORDS), 1)
        elif kind == "note" and "<w:tbl>" not in new[place] and "Reference" not in "".join(new):
            new[place] = new[place].replace("</w:p>", r(inner='<w:footnoteReference w:id="2"/>') + "</w:p>")
        else:
            new.insert(draw(st.integers(0, len(new) - 1)), new.pop(place))
    return _body(old), _body(new)


def _body(blocks: list[str]) -> str:
    out: list[str] = []
    for block in blocks:
        if out and "<w:tbl>" in block and "<w:tbl>" in out[-1]:
            out.append(p("Between."))
        out.append(block)
    return "".join([*out, p("The end of it.")])


def _document(body: str) -> bytes:
    return docx(body, numbering=_NUMBERING, footnotes=_NOTES)


def _said(data: bytes) -> list[tuple[object, ...]]:
    return [_one(paragraph) for paragraph in read(data).paragraphs]


def _one(paragraph: Paragraph) -> tuple[object, ...]:
    props = paragraph.props
    return props.story, props.cell, props.label, props.typed, [(each.text, each.look, each.atom) for each in paragraph.segments]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(pairs())
def test_rejecting_a_redline_gives_the_old_document_and_accepting_it_the_new_one(pair: tuple[str, str]) -> None:
    old, new = (_document(body) for body in pair)
    redline = between(old, new)
    assert _said(reject_all(redline)) == _said(old)
    assert _said(accept_all(redline)) == _said(new)
    assert between(old, new) == redline


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("redlines")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(pairs())
def test_pandoc_reads_both_sides_of_a_redline(folder: Path, pair: tuple[str, str]) -> None:
    old, new = (_document(body) for body in pair)
    redline = between(old, new)
    assert _pandoc(folder, redline, "reject") == _pandoc(folder, old, "accept")
    assert _pandoc(folder, redline, "accept") == _pandoc(folder, new, "accept")


def _pandoc(folder: Path, data: bytes, mode: str) -> str:
    """All words pandoc reads, without white space: it puts a space where a mark goes. It ignores tracked rows: rows that are
    wholly empty do not count.
    """
    path = folder / "document.docx"
    path.write_bytes(data)
    tree = json.loads(pandoc("-f", "docx", "-t", "json", f"--track-changes={mode}", path))
    out: list[str] = []
    todo: list[object] = [tree["blocks"]]
    while todo:
        node = todo.pop()
        if isinstance(node, list):
            todo.extend(reversed(node))
        elif isinstance(node, dict):
            out.append(str(node["c"]) if node.get("t") == "Str" else "")
            todo.append(node.get("c"))
    return "".join(out)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(pairs())
def test_a_document_compared_with_itself_keeps_the_bytes_of_its_parts(pair: tuple[str, str]) -> None:
    old = _document(pair[0])
    assert unzipped(between(old, old)) == unzipped(old)
