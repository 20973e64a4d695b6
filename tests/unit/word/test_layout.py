"""Tracked changes that are neither words nor a look of words: each is told, by whom, and where."""

from __future__ import annotations

import pytest

from redline.codec import dump_contract, load_contract
from redline.model import Kind
from redline.word.package import open_package
from redline.word.read import Reader, read
from tests.unit.word.build import about as remark
from tests.unit.word.build import (
    by,
    cell,
    comment,
    comments,
    dele,
    docx,
    field,
    ins,
    notes,
    p,
    r,
    row,
    style,
    styles,
    table,
    textbox,
)


def change(tag: str, before: str = "", who: str = "Ann") -> str:
    """The record of changed properties `tag`, which were `before`."""
    return f"<w:{tag}Change {by(who)}><w:{tag}>{before}</w:{tag}></w:{tag}Change>"


def told(data: bytes) -> list[tuple[str, int, str, int]]:
    """(what, paragraph, author, count) of each entry; nothing else may be told of as not read."""
    contract = read(data)
    assert contract.coverage == ()
    return [(one.what, one.paragraph, one.attribution.author if one.attribution else "-", one.count) for one in contract.layout]


@pytest.mark.parametrize(("now", "before", "what"), [
    ('<w:sz w:val="30"/>', "", "size"),
    ('<w:rFonts w:ascii="Arial"/><w:sz w:val="30"/>', '<w:sz w:val="20"/>', "size and typeface"),
    ('<w:color w:val="111111"/>', '<w:color w:val="222222"/>', "colour"),
    ("", '<w:lang w:val="ru-RU"/>', "language"),
    ('<w:rFonts w:ascii="A"/><w:sz w:val="18"/><w:lang/>', "", "language, size and typeface"),
    ("<w:outline/>", "", "look of text"),
    ("", "", "look of text"),
])
def test_a_changed_font_is_layout_and_named(now: str, before: str, what: str) -> None:
    data = docx(p("a"), p(r("x", look=f"{now}{change('rPr', before)}")))
    assert told(data) == [(what, 1, "Ann", 1)]
    assert read(data).paragraphs[1].segments[0].kind is Kind.SAME


@pytest.mark.parametrize(("now", "before", "what"), [
    ('<w:jc w:val="both"/>', '<w:jc w:val="left"/>', "alignment"),
    ('<w:spacing w:after="0"/><w:ind w:left="7"/>', "", "indents and spacing"),
    ("<w:bidi/>", "", "paragraph layout"),
])
def test_changed_paragraph_properties_are_layout_and_named(now: str, before: str, what: str) -> None:
    assert told(docx(p("a", ppr=now + change("pPr", before)))) == [(what, 0, "Ann", 1)]


def test_a_look_changed_in_text_that_was_put_in_is_layout() -> None:
    assert told(docx(p("a", ins(r("b", look=f"<w:b/>{change('rPr', who='Bob')}"))))) == [("look of text", 0, "Bob", 1)]


def test_a_look_changed_where_there_is_no_text_is_layout() -> None:
    assert told(docx(p(r(look=f"<w:b/>{change('rPr')}")))) == [("look of text", 0, "Ann", 1)]


def test_a_changed_look_or_style_that_text_tells_of_is_not_layout() -> None:
    data = docx(p(r("b", look=f"<w:b/>{change('rPr')}"), style="H", ppr=change("pPr")), styles=styles(style("H")))
    assert told(data) == []
    found = read(data).paragraphs[0]
    assert (found.mark, found.segments[0].kind) == (Kind.FORMAT, Kind.FORMAT)


def test_a_style_changed_on_a_paragraph_that_was_put_in_is_layout() -> None:
    data = docx(p("b", style="H", mark="ins", ppr=change("pPr")), p("c"), styles=styles(style("H")))
    assert told(data) == [("style", 0, "Ann", 1)]


def test_a_changed_paragraph_mark_and_its_text_are_two_entries() -> None:
    size = f'<w:sz w:val="30"/>{change("rPr")}'
    assert told(docx(p(r("a", look=size), r("b", look=size), ppr=f"<w:rPr>{size}</w:rPr>"))) == [
        ("look of a paragraph mark", 0, "Ann", 1), ("size", 0, "Ann", 2)]


def test_records_of_two_people_are_two_entries() -> None:
    size = '<w:sz w:val="30"/>'
    assert told(docx(p(r("a", look=size + change("rPr")), r("b", look=size + change("rPr", who="Bob"))))) == [
        ("size", 0, "Ann", 1), ("size", 0, "Bob", 1)]


def test_a_section_is_told_at_its_start() -> None:
    middle = f"<w:sectPr>{change('sectPr')}</w:sectPr>"
    data = docx(p("one"), p("two", ppr=middle), p("three"), table(row("four")), p("five"), section=change("sectPr", who="Bob"))
    assert told(data) == [("page set-up", 0, "Ann", 1), ("page set-up", 2, "Bob", 1)]


def test_tables_rows_and_cells_are_told_at_their_first_paragraph() -> None:
    first = row("a", "b", trpr=change("trPr"))
    second = row("c", cell("d", tcpr=change("tcPr")), cell("e", tcpr=f'<w:cellMerge {by("Bob")} w:vMerge="rest"/>'))
    exception = second.replace("<w:tr>", f"<w:tr><w:tblPrEx>{change('tblPrEx')}</w:tblPrEx>")
    data = docx(p("before"), table(first, exception).replace("<w:tblPr/>", f"<w:tblPr>{change('tblPr')}</w:tblPr>"))
    assert told(data) == [("table layout", 1, "Ann", 2), ("row layout", 1, "Ann", 1), ("cell layout", 4, "Ann", 1),
                          ("merged cells", 5, "Bob", 1)]


def test_what_was_changed_in_many_cells_at_once_is_one_entry() -> None:
    def merged(part: str, text: str) -> str:
        return cell(text, tcpr=f'<w:cellMerge {by("Ann")} w:vMerge="{part}"/>')

    old = f'<w:cellMerge {by("Ann")} w:vMerge="rest"/>'
    data = docx(p("x"), table(row("a", merged("rest", "b")), row("c", merged("cont", "")), row(cell("e", tcpr=change("tcPr", old)), "f")))
    assert told(data) == [("merged cells", 2, "Ann", 2), ("cell layout", 5, "Ann", 1)]


def test_the_grid_goes_with_what_changed_in_its_table() -> None:
    grid = '<w:tblGrid><w:tblGridChange w:id="3"><w:tblGrid/></w:tblGridChange></w:tblGrid>'
    data = docx(table(row("a", trpr=change("trPr"))).replace("<w:tblGrid/>", grid), p())
    assert told(data) == [("row layout", 0, "Ann", 1)]
    reader = Reader(open_package(data))
    (entry,) = reader.contract().layout
    assert [element.tag.rpartition("}")[2] for element in reader.layout_elements[entry.id]] == ["trPrChange", "tblGridChange"]
    assert told(docx(table(row("a"), row("b", flag="ins")).replace("<w:tblGrid/>", grid), p())) == []
    assert told(docx(p("x"), table(row("a")).replace("<w:tblGrid/>", grid), p())) == [("column widths", 1, "-", 1)]


def test_controls_put_in_or_taken_out_round_text_that_stays_are_told() -> None:
    def control(kind: str, number: int) -> str:
        return (f'<w:customXml{kind}RangeStart w:id="{number}" w:author="Ann"/><w:sdt><w:sdtContent>'
                f'<w:customXml{kind}RangeEnd w:id="{number}"/>{r("x")}</w:sdtContent></w:sdt>')

    data = docx(p(control("Ins", 1), control("Del", 2)), p(control("MoveFrom", 3)), p(control("MoveTo", 4)))
    assert told(data) == [("content control put in", 0, "Ann", 1), ("content control taken out", 0, "Ann", 1),
                          ("content control moved away", 1, "Ann", 1), ("content control moved here", 2, "Ann", 1)]


def test_a_control_that_goes_is_one_change_though_both_its_tags_say_so() -> None:
    def round_(content: str, number: int) -> str:
        return (f'<w:customXmlDelRangeStart w:id="{number}" w:author="Ann" w:date="2024-01-01T00:00:00Z"/>{content}'
                f'<w:customXmlDelRangeEnd w:id="{number}"/>')

    opening, closing = round_("<w:sdt><w:sdtContent>", 1), round_("</w:sdtContent></w:sdt>", 2)
    data = docx(p("a"), opening, p("b"), p("c"), closing, p("d"))
    assert told(data) == [("content control taken out", 1, "Ann", 1)]
    reader = Reader(open_package(data))
    (entry,) = reader.contract().layout
    assert len(reader.layout_elements[entry.id]) == 2


def test_a_field_changed_in_nothing_but_its_code_is_told_once() -> None:
    code = (ins(r(inner='<w:fldChar w:fldCharType="begin"/>')) + ins(r(inner="<w:instrText>XE term</w:instrText>"))
            + ins(r(inner='<w:fldChar w:fldCharType="end"/>')))
    data = docx(p("a"), p(code))
    assert [(one.what, one.paragraph) for one in read(data).layout] == [("field code", 1)]
    assert told(docx(p(field("REF x", dele("1") + ins("2"))))) == []


def test_stories_beyond_the_body_are_told_of_too() -> None:
    size = f'<w:sz w:val="30"/>{change("rPr")}'
    note = r(inner='<w:footnoteReference w:id="2"/>')
    data = docx(p("a", note, textbox(p(r("box", look=size)))), footnotes=notes("footnote", {2: p(r("note", look=size))}))
    assert told(data) == [("size", 1, "Ann", 1), ("size", 2, "Ann", 1)]


def test_what_stands_where_no_text_is_shown_is_counted() -> None:
    size = f'<w:sz w:val="30"/>{change("rPr")}'
    unused = read(docx(p("a"), footnotes=notes("footnote", {2: p(r(look=size))})))
    assert [(item.construct, item.count) for item in unused.coverage] == [("look of text", 1)]
    remarks = comments(comment(1, "why").replace("<w:t ", f"<w:rPr>{size}</w:rPr><w:t ", 1))
    inside = read(docx(p("a", remark(1, "b")), comments=remarks))
    assert [(item.part, item.construct, item.count) for item in inside.coverage] == [("word/comments.xml", "size", 1)]


def test_ids_are_of_what_changed_and_not_of_where() -> None:
    size = f'<w:sz w:val="30"/>{change("rPr")}'
    first = read(docx(p(r("a", look=size)), p(r("b", look=size)), p(r("a", look=size)))).layout
    later = read(docx(p("new"), p(r("a", look=size)), p(r("b", look=size)), p(r("a", look=size)))).layout
    assert [one.id for one in first] == [one.id for one in later]
    assert len({one.id for one in first}) == 3


def test_layout_is_kept_with_a_contract() -> None:
    contract = read(docx(p(r("a", look=f'<w:sz w:val="30"/>{change("rPr")}'))))
    assert contract.layout
    assert load_contract(dump_contract(contract)) == contract


def test_a_number_typed_anew_is_told_and_one_that_comes_with_its_text_is_not() -> None:
    clauses = [p("5.1. Alpha beta"), p("5.2. Gamma delta")]
    anew = docx(*clauses, p(dele("5.3."), ins("5.4."), " Epsilon"))
    assert told(anew) == [("number typed by hand", 2, "Ann", 2)]
    reader = Reader(open_package(anew), trace=True)
    (entry,) = reader.contract().layout
    assert [element.tag.rpartition("}")[2] for element in reader.layout_elements[entry.id]] == ["del", "ins"]
    assert entry == read(anew).layout[0]
    assert told(docx(*clauses, p(ins("5.3. Epsilon"), mark="ins"), p("5.3. Zeta"))) == []
    assert told(docx(*clauses, p(dele("5.3. Epsilon"), ins("5.4. Zeta")))) == []
