"""Cross-references: what points where, on each side of the tracked changes."""

from __future__ import annotations

import pytest

from redline.codec import dump_contract, load_contract
from redline.model import Contract, Side
from redline.word.read import read
from tests.unit.word.build import R, dele, docx, field, ins, notes, p, r, row, table, textbox


def mark(name: str, *content: str, number: str = "5") -> str:
    """Content in a bookmark."""
    return start(name, number) + "".join(part if part.startswith("<") else r(part) for part in content) + end(number)


def start(name: str, number: str = "5") -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'


def end(number: str = "5") -> str:
    return f'<w:bookmarkEnd w:id="{number}"/>'


def looks(data: bytes) -> list[tuple[str, list[str]]]:
    return [(segment.text, sorted(segment.look)) for paragraph in read(data).paragraphs for segment in paragraph.segments]


def anchors(contract: Contract, side: Side) -> list[tuple[str, list[str]]]:
    """Text and targets of the paragraphs of one side that have any."""
    view = contract.final() if side == "new" else contract.original()
    return [(found.text, sorted(found.props.anchors)) for found in view.paragraphs if found.props.anchors]


@pytest.mark.parametrize("instruction", [" REF _Ref1 \\r \\h ", "PAGEREF _Ref1 \\h", " noteref _Ref1", " REF \"_Ref1\" \\w ",
                                         " _Ref1 \\* MERGEFORMAT ",
                                         ' HYPERLINK  \\l "_Ref1" \\o "a tip"'])
def test_the_result_of_a_reference_looks_like_one_to_its_bookmark(instruction: str) -> None:
    wanted = [("see ", []), ("5.1", ["ref:_Ref1"]), (" above", [])]
    assert looks(docx(p("see ", field(instruction, r("5.1")), " above"))) == wanted
    simple = instruction.replace('"', "&quot;")
    assert looks(docx(p("see ", f'<w:fldSimple w:instr="{simple}">{r("5.1")}</w:fldSimple>', " above"))) == wanted


@pytest.mark.parametrize("instruction", [" STYLEREF Heading1 ", " SEQ Table ", " REF ", " REF \\h ", " PAGE ", " DATE \\@ d ", " ", "",
                                         "= 1 + 2", "MERGEFIELD Price"])
def test_other_fields_point_nowhere(instruction: str) -> None:
    assert looks(docx(p(field(instruction, r("5.1"))))) == [("5.1", [])]


def test_a_link_field_looks_as_a_link_element_does() -> None:
    assert looks(docx(p(field(' HYPERLINK "http://a.example/" \\l "part"', r("a"))))) == [("a", ["link:http://a.example/#part"])]
    link = f'<Relationship Id="l" Type="{R}/hyperlink" Target="http://a.example/" TargetMode="External"/>'
    assert looks(docx(p(f'<w:hyperlink r:id="l" w:anchor="part">{r("a")}</w:hyperlink>'), links=link)) == [
        ("a", ["link:http://a.example/#part"])]


def test_a_link_inside_the_document_points_to_its_bookmark() -> None:
    assert looks(docx(p(f'<w:hyperlink w:anchor="_Ref1">{r("a")}</w:hyperlink>b'.replace("b", r("b"))))) == [
        ("a", ["ref:_Ref1"]), ("b", [])]


def test_a_reference_in_a_reference_ends_where_it_ends() -> None:
    inner = field("REF two", r("b"))
    assert looks(docx(p(field("REF one", r("a") + inner + r("c")), "d"))) == [
        ("a", ["ref:one"]), ("b", ["ref:two"]), ("c", ["ref:one"]), ("d", [])]


def test_a_table_of_contents_points_nowhere_that_lasts() -> None:
    line = f'<w:hyperlink w:anchor="_Toc7">{r("One")}{field("PAGEREF _Toc7", r("3"))}</w:hyperlink>'
    listing = (r(inner='<w:fldChar w:fldCharType="begin"/>') + r(inner="<w:instrText>TOC \\o</w:instrText>")
               + r(inner='<w:fldChar w:fldCharType="separate"/>'))
    named = f'<w:hyperlink w:anchor="named">{r("Two")}</w:hyperlink>'
    contract = docx(p(line), p(listing, named), p(named), p(r(inner='<w:fldChar w:fldCharType="end"/>'), named),
                    p(mark("_Toc7", "One")))
    assert looks(contract) == [("One3", []), ("Two", []), ("Two", []), ("Two", ["ref:named"]), ("One", [])]
    assert anchors(read(contract), "new") == []


def test_a_paragraph_knows_what_points_to_it_in_any_case_of_letters() -> None:
    contract = read(docx(p(mark("_Ref1", "Payment")), p(mark("unused", "Other", number="6")), p(field("REF _REF1", r("1")))))
    assert anchors(contract, "new") == [("Payment", ["_REF1"])]


def test_a_bookmark_between_paragraphs_belongs_to_the_next_one() -> None:
    contract = read(docx(p("a"), start("x"), p("b"), p("c"), end(), p(field("REF x", r("b")))))
    assert anchors(contract, "new") == [("b", ["x"])]


def test_of_bookmarks_with_one_name_the_first_counts() -> None:
    contract = read(docx(p("a", mark("x", "1")), p("b", mark("X", "2", number="6")), p(field("REF x", r("1")))))
    assert anchors(contract, "new") == [("a1", ["x"])]


def test_a_bookmark_stands_where_its_text_stands() -> None:
    pointer = p(field("REF x", r("1")))
    deleted = read(docx(p("a", mark("x", dele("gone"))), pointer))
    assert (anchors(deleted, "old"), anchors(deleted, "new")) == ([("agone", ["x"])], [])
    inserted = read(docx(p("a", mark("x", ins("new"))), pointer))
    assert (anchors(inserted, "old"), anchors(inserted, "new")) == ([], [("anew", ["x"])])


def test_a_bookmark_moves_with_its_text() -> None:
    """The old text with its bookmark is deleted and a second one of that name is put in elsewhere."""
    contract = read(docx(p(mark("x", dele("text")), mark="del"), p("between"), p(mark("x", ins("text"), number="6"), mark="ins"),
                         p(field("REF x", r("1")))))
    assert (anchors(contract, "old"), anchors(contract, "new")) == ([("text", ["x"])], [("text", ["x"])])
    assert [paragraph.old.anchors if paragraph.old else None for paragraph in contract.paragraphs[:3]] == [{"x"}, set(), None]
    assert [paragraph.new.anchors if paragraph.new else None for paragraph in contract.paragraphs[:3]] == [None, set(), {"x"}]


def test_a_bookmark_in_a_joined_paragraph_is_with_the_mark_that_closes_it() -> None:
    contract = read(docx(p(mark("x", "a"), mark="del"), p("b"), p(field("REF x", r("1")))))
    assert (anchors(contract, "old"), anchors(contract, "new")) == ([("a", ["x"])], [("ab", ["x"])])


def test_an_empty_bookmark_marks_its_paragraph() -> None:
    pointer = p(field("REF x", r("1")))
    assert anchors(read(docx(p(mark("x"), "a"), pointer)), "new") == [("a", ["x"])]
    assert anchors(read(docx(p(mark("x"), dele("a"), mark="del"), p("b"), pointer)), "new") == []


def test_a_bookmark_may_start_in_a_row_or_a_note_and_never_end() -> None:
    pointers = p(field("REF one", r("1")), field("REF two", r("2")), r(inner='<w:footnoteReference w:id="2"/>'))
    contract = read(docx(table(row("a"), row(f"<w:p>{start('one')}{r('b')}</w:p>", flag="del")), pointers,
                         footnotes=notes("footnote", {2: p(mark("two", "note"))})))
    assert (anchors(contract, "old"), anchors(contract, "new")) == ([("b", ["one"]), ("note", ["two"])], [("note", ["two"])])


def test_a_reference_to_nothing_still_looks_like_one() -> None:
    data = docx(p(field("REF lost", r("Error! Reference source not found."))))
    assert looks(data) == [("Error! Reference source not found.", ["ref:lost"])]
    assert anchors(read(data), "new") == []


def test_a_text_box_in_a_link_does_not_lead_anywhere() -> None:
    assert ("box", []) in looks(docx(p(f'<w:hyperlink w:anchor="x">{textbox(p("box"))}</w:hyperlink>')))


def test_what_points_where_on_each_side_is_kept_with_a_contract() -> None:
    contract = read(docx(p("a", mark("x", dele("gone"))), p(field("REF x", r("1")))))
    again = load_contract(dump_contract(contract))
    assert (anchors(again, "old"), anchors(again, "new")) == (anchors(contract, "old"), anchors(contract, "new")) != ([], [])
