"""The XML of each primitive edit, as a person would write it by hand: old body, new body, the redline between them."""

from __future__ import annotations

import pytest
from lxml import etree

from redline.word.edit.moves import Manner
from redline.word.read import read
from redline.word.revisions import accept_all, reject_all
from redline.word.xml import w
from tests.unit.word.build import NAMESPACES, cell, docx, field, notes, p, r, row, table, textbox, texts, unzipped
from tests.unit.word.redlining import between, body, part


def _link(*content: str, anchor: str = "a") -> str:
    return f'<w:hyperlink w:anchor="{anchor}">{"".join(content)}</w:hyperlink>'


def _ins(text: str) -> str:
    return f"<w:ins><w:r><w:t>{text}</w:t></w:r></w:ins>"


def _del(text: str) -> str:
    return f"<w:del><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def _r(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def _p(*content: str, mark: str = "", ppr: str = "") -> str:
    properties = ppr + (f"<w:rPr><w:{mark}/></w:rPr>" if mark else "")
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{''.join(content)}</w:p>"


_SECTION = '<w:sectPr><w:type w:val="nextPage"/></w:sectPr>'
_CHAR = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
_OUT = (_CHAR.format("begin") + "<w:r><w:delInstrText> REF a </w:delInstrText></w:r>" + _CHAR.format("separate")
        + "<w:r><w:delText>five</w:delText></w:r>" + _CHAR.format("end"))
_IN = (_CHAR.format("begin") + "<w:r><w:instrText> REF a </w:instrText></w:r>" + _CHAR.format("separate")
       + "<w:r><w:t>six</w:t></w:r>" + _CHAR.format("end"))


@pytest.mark.parametrize(("old", "new", "wanted"), [
    pytest.param(p("The fee is due."), p("The fee is always due."),
                 _p(_r("The fee is "), _ins("always "), _r("due.")), id="text comes into a run"),
    pytest.param(p("The fee is always due."), p("The fee is due."),
                 _p(_r("The fee is "), _del("always "), _r("due.")), id="text goes from a run"),
    pytest.param(p("Due in ten days."), p("Due in twelve days."),
                 _p(_r("Due in "), _del("ten"), _ins("twelve"), _r(" days.")), id="a word takes the place of another"),
    pytest.param(p(r("The big "), r("red fox", look="<w:b/>"), r(" ran.")), p(r("The "), r("fox", look="<w:b/>"), r(" ran.")),
                 _p(_r("The "), "<w:del><w:r><w:delText>big </w:delText></w:r><w:r><w:rPr><w:b/></w:rPr><w:delText>red </w:delText>"
                    "</w:r></w:del><w:r><w:rPr><w:b/></w:rPr><w:t>fox</w:t></w:r>", _r(" ran.")), id="text goes across runs"),
    pytest.param(p("See ", _link(r("clause one")), "."), p("See ", _link(r("clause number one")), "."),
                 _p(_r("See "), _link(_r("clause "), _ins("number "), _r("one")), _r(".")), id="text comes into a link"),
    pytest.param(p("See ", _link(r("clause old one")), "."), p("See ", _link(r("clause one")), "."),
                 _p(_r("See "), _link(_r("clause "), _del("old "), _r("one")), _r(".")), id="text goes from a link"),
    pytest.param(p("See clause ", field(" REF a ", r("five")), "."), p("See clause ", field(" REF a ", r("six")), "."),
                 _p(_r("See clause "), f"<w:del>{_OUT}</w:del><w:ins>{_IN}</w:ins>", _r(".")), id="a field shows something else"),
    pytest.param(p("One thing here. Another thing there."), p("One thing here.") + p(" Another thing there."),
                 _p(_r("One thing here."), mark="ins") + _p(_r(" Another thing there.")), id="a paragraph is split"),
    pytest.param(p("One thing here.") + p(" Another thing there."), p("One thing here. Another thing there."),
                 _p(_r("One thing here."), mark="del") + _p(_r(" Another thing there.")), id="two paragraphs are joined"),
    pytest.param(p("First thing.") + p("Last thing."), p("First thing.") + p("Something else entirely", style="X") + p("Last thing."),
                 _p(_r("First thing.")) + _p(_ins("Something else entirely"), mark="ins", ppr='<w:pStyle w:val="X"/>')
                 + _p(_r("Last thing.")), id="a paragraph comes in"),
    pytest.param(p("It is due; and") + p("Last thing."), p("It is due.") + p("Something else entirely") + p("Last thing."),
                 _p(_r("It is due"), _ins("."), _del("; and")) + _p(_ins("Something else entirely"), mark="ins") + _p(_r("Last thing.")),
                 id="a paragraph comes in behind other last words"),
    pytest.param(p("First thing.") + p("Something else entirely") + p("Last thing."), p("First thing.") + p("Last thing."),
                 _p(_r("First thing.")) + _p(_del("Something else entirely"), mark="del") + _p(_r("Last thing.")),
                 id="a paragraph goes"),
    pytest.param(p("The fee is due."), p("The ", r("fee", look="<w:b/>"), " is due."),
                 _p(_r("The "), "<w:r><w:rPr><w:b/><w:rPrChange><w:rPr/></w:rPrChange></w:rPr><w:t>fee</w:t></w:r>", _r(" is due.")),
                 id="a word becomes bold"),
    pytest.param(p("The fee is due."), p("The fee is due.", ppr='<w:jc w:val="center"/>'),
                 _p(_r("The fee is due."), ppr='<w:jc w:val="center"/><w:pPrChange><w:pPr/></w:pPrChange>'),
                 id="a paragraph is centred"),
    pytest.param(p("The fee is due."), p("The fee is due.", ppr="<w:rPr><w:b/></w:rPr>"),
                 _p(_r("The fee is due."), ppr="<w:rPr><w:b/><w:rPrChange><w:rPr/></w:rPrChange></w:rPr>"),
                 id="the mark becomes bold"),
    pytest.param(p("First thing.") + p("Last thing."), p("First thing.", ppr=_SECTION) + p("Last thing."),
                 _p(_r("First thing."), ppr=f"<w:rPr><w:ins/></w:rPr>{_SECTION}") + _p(mark="del") + _p(_r("Last thing.")),
                 id="a section comes to end here"),
    pytest.param(p("First thing.", ppr=_SECTION) + p("Last thing."), p("First thing.") + p("Last thing."),
                 _p(_r("First thing."), mark="ins") + _p(ppr=f"<w:rPr><w:del/></w:rPr>{_SECTION}") + _p(_r("Last thing.")),
                 id="a section ends here no more"),
])
def test_an_edit_of_paragraphs_is_written_as_a_person_would(old: str, new: str, wanted: str) -> None:
    assert body(old, new) == wanted


def _cells(*texts: str) -> str:
    return "".join(f"<w:tc><w:tcPr/>{_p(text)}</w:tc>" for text in texts)


def _flagged(mark: str, *texts: str) -> str:
    cells = "".join(f"<w:tc><w:tcPr/>{_p(text, mark=mark)}</w:tc>" for text in texts)
    return f"<w:tr><w:trPr><w:{mark}/></w:trPr>{cells}</w:tr>"


_AB, _CD = f"<w:tr>{_cells(_r('a'), _r('b'))}</w:tr>", f"<w:tr>{_cells(_r('c'), _r('d'))}</w:tr>"
_START, _END = p("Before.") + "<w:tbl><w:tblPr/><w:tblGrid/>", "</w:tbl>" + p("After.")


@pytest.mark.parametrize(("old", "new", "wanted"), [
    pytest.param(table(row("a", "b"), row("c", "d")), table(row("a", "b"), row("new", "cells"), row("c", "d")),
                 _AB + _flagged("ins", _ins("new"), _ins("cells")) + _CD, id="a row comes in"),
    pytest.param(table(row("a", "b"), row("gone", "cells"), row("c", "d")), table(row("a", "b"), row("c", "d")),
                 _AB + _flagged("del", _del("gone"), _del("cells")) + _CD, id="a row goes"),
    pytest.param(table(row("one a", "b"), row("c", "d")), table(row("two a", "b"), row("c", "d")),
                 f"<w:tr>{_cells(_del('one') + _ins('two') + _r(' a'), _r('b'))}</w:tr>" + _CD, id="a cell changes"),
    pytest.param("", table(row("a", "b")), _flagged("ins", _ins("a"), _ins("b")), id="a table comes in"),
    pytest.param(table(row("a", "b")), "", _flagged("del", _del("a"), _del("b")), id="a table goes"),
])
def test_an_edit_of_tables_is_written_as_a_person_would(old: str, new: str, wanted: str) -> None:
    found = body(*(p("Before.") + content + p("After.") for content in (old, new)))
    assert found == (_START + wanted + _END).replace(' xml:space="preserve"', "")


def _note(number: int) -> str:
    return r(inner=f'<w:footnoteReference w:id="{number}"/>')


_ONE = docx(p("One.", _note(1)) + p("Two."), footnotes=notes("footnote", {1: p("A note.")}))
_TWO = docx(p("One.", _note(1)) + p("Two.", _note(2)), footnotes=notes("footnote", {1: p("A note."), 2: p("Another.")}))


@pytest.mark.parametrize(("old", "new", "tag", "text"), [(_ONE, _TWO, "ins", _ins("Another.")), (_TWO, _ONE, "del", _del("Another."))])
def test_a_note_comes_and_goes_with_its_reference(old: bytes, new: bytes, tag: str, text: str) -> None:
    redline = between(old, new)
    assert f"{_r('Two.')}<w:{tag}>{_note(2)}</w:{tag}>" in part(redline, "word/document.xml")
    assert part(redline, "word/footnotes.xml").endswith(f'<w:footnote w:id="2">{_p(text)}</w:footnote>')


def test_notes_of_a_document_that_had_none_share_one_part() -> None:
    redline = between(docx(p("One.") + p("Two.")), _TWO)
    assert [name for name in unzipped(redline) if "footnotes" in name] == ["word/footnotes.xml"]
    assert _texts(redline) == {"1": "A note.", "2": "Another."}


def test_notes_stand_in_the_order_of_their_references() -> None:
    notes_ = {1: p("A note."), 2: p("Another."), 3: p("A third.")}
    redline = between(_ONE, docx(p("Nought.", _note(2)) + p("One.", _note(1)) + p("Two.", _note(3)), footnotes=notes("footnote", notes_)))
    assert list(_texts(redline).values()) == ["Another.", "A note.", "A third."]


def _texts(data: bytes) -> dict[str, str]:
    """What each called note of a package says by id, in the order of the part."""
    root = etree.fromstring(unzipped(data)["word/footnotes.xml"])
    found = {note.get(w("id"), ""): "".join(text.text or "" for text in note.iter(w("t"))) for note in root}
    return {identity: text for identity, text in found.items() if text}


_HEADED = '<w:headerReference w:type="default" r:id="rId_header"/>'


def _header(text: str) -> str:
    return f"<w:hdr {NAMESPACES}>{p(text)}</w:hdr>"


def test_a_header_is_edited_in_its_part() -> None:
    redline = between(docx(p("One."), section=_HEADED, header=_header("Draft one")),
                      docx(p("One."), section=_HEADED, header=_header("Draft two")))
    assert part(redline, "word/header1.xml") == _p(_r("Draft "), _del("one"), _ins("two"))
    assert "w:ins" not in part(redline, "word/document.xml")


def test_both_copies_of_a_text_box_tell_of_the_edit() -> None:
    assert body(p("A ", textbox(p("in a box"))), p("A ", textbox(p("in a big box")))).count(
        _p(_r("in a "), _ins("big "), _r("box"))) == 2


def test_a_row_that_comes_into_a_table_in_a_text_box_goes_as_a_row() -> None:
    def boxed(*rows: str) -> bytes:
        return docx(p("A ", textbox(table(*(row(each) for each in rows)) + p())))

    redline = between(boxed("one", "two"), boxed("one", "two", "three"))
    assert [paragraph.text for paragraph in read(reject_all(redline)).paragraphs] == ["A \ufffc", "one", "two", ""]
    assert [paragraph.text for paragraph in read(accept_all(redline)).paragraphs] == ["A \ufffc", "one", "two", "three", ""]


def test_a_formula_comes_in_where_it_stands_among_the_words() -> None:
    formula = '<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>'
    redline = between(docx(p("One.")), docx(p("One.") + p("Let ", formula, " be it.")))
    assert [paragraph.text for paragraph in read(accept_all(redline)).paragraphs] == ["One.", "Let x be it."]


def test_a_link_that_differs_is_not_put_into_the_old_one() -> None:
    assert body(p("See ", _link(r("clause one")), "."), p("See ", _link(r("clause "), anchor="a"), _link(r("new "), anchor="b"),
                                                         _link(r("one")), ".")) == _p(
        _r("See "), _link(_r("clause ")), _link(_ins("new "), anchor="b"), _link(_r("one")), _r("."))


@pytest.mark.parametrize("manner", ["plain", "linked", "ranges"])
def test_a_watermark_stays_where_it_is_the_same_and_is_another_picture_where_it_is_not(manner: Manner) -> None:
    def marked(word: str, text: str) -> bytes:
        shape = f'<w:r><w:pict><v:shape><v:textpath string="{word}"/></v:shape></w:pict></w:r>'
        return docx(p(text), section=_HEADED, header=f"<w:hdr {NAMESPACES}>{p(shape)}</w:hdr>")

    def header(data: bytes) -> bytes:
        return next(content for name, content in unzipped(data).items() if "header" in name and "<w:hdr" in content.decode())

    draft, final = marked("DRAFT", "one"), marked("FINAL", "two")
    assert header(between(draft, marked("DRAFT", "two"), manner)) == header(draft)
    redline = between(draft, final, manner)
    assert [paragraph.text for paragraph in read(reject_all(redline)).paragraphs] == ["one", "\ufffc", "DRAFT"]
    assert [paragraph.text for paragraph in read(accept_all(redline)).paragraphs] == ["two", "\ufffc", "FINAL"]


def test_new_tables_and_old_rows_that_take_turns_keep_the_order_of_the_new_document() -> None:
    def grid(*rows: tuple[str, ...]) -> str:
        return table(*(row(*(cell(p(words)) for words in cells)) for cells in rows))

    old = p("Signed") + grid(("", "COMPANY", "", "EMPLOYEE"), ("Signature", "", "", ""), ("Print Name", "Acme", "", "Ann"),
                             ("Title", "", "", ""), ("Date", "", "", ""))
    new = p("Signed") + grid(("COMPANY", "Acme"), ("Signature", ""), ("Signatory Name", "Bob"), ("Title", "CEO"), ("Date", "")) + p("") \
        + grid(("", "EMPLOYEE"), ("Signature", ""), ("Print Name", "Ann"), ("Date", ""))
    data = between(docx(old), docx(new))
    assert texts(read(accept_all(data))) == texts(read(docx(new)))
    assert texts(read(reject_all(data))) == texts(read(docx(old)))
