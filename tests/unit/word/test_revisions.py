"""Accepting and rejecting on the document itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redline.word.read import read
from redline.word.revisions import accept_all, reject_all
from tests.unit.word.build import (
    NAMESPACES,
    about,
    by,
    cell,
    comment,
    comments,
    dele,
    docx,
    field,
    ins,
    move,
    notes,
    p,
    r,
    row,
    table,
    texts,
    unzipped,
)


def both(*body: str) -> tuple[list[str], list[str]]:
    """The texts after accepting and after rejecting."""
    data = docx(*body)
    return texts(read(accept_all(data))), texts(read(reject_all(data)))


def main(data: bytes) -> str:
    return unzipped(data)["word/document.xml"].decode()


@pytest.mark.parametrize(("body", "accepted", "rejected"), [
    (p("a ", dele("old"), ins("new")), ["a new"], ["a old"]),
    (p("a ", ins(r("b "), dele("c "))), ["a b "], ["a "]),
    (p("one ", mark="del") + p("two"), ["one two"], ["one ", "two"]),
    (p("one ", mark="ins") + p("two"), ["one ", "two"], ["one two"]),
    (p("a", mark="del") + p("b", mark="del") + p("c"), ["abc"], ["a", "b", "c"]),
    (p("one", mark="del") + table(row("c")) + p("two"), ["one", "c", "two"], ["one", "c", "two"]),
    (table(row("a"), row("b", flag="del")) + p(), ["a"], ["a", "b"]),
    (table(row("a", flag="ins")) + p("z"), ["a", "z"], ["z"]),
    (table(row("a", cell("b", tcpr=f"<w:cellDel {by('A')}/>"))) + p(), ["a"], ["a", "b"]),
    (p(move("From", "x"), "y") + p("z", move("To", "x")), ["y", "zx"], ["xy", "z"]),
    (p(field(" REF x ", dele("7.2") + ins("7.3"))), ["7.3"], ["7.2"]),
    (p("<w:hyperlink>" + ins("link") + "</w:hyperlink>", "z"), ["linkz"], ["z"]),
])
def test_accepting_gives_the_final_text_and_rejecting_the_original(body: str, accepted: list[str], rejected: list[str]) -> None:
    assert both(body) == (accepted, rejected)


@pytest.mark.parametrize("resolve", [accept_all, reject_all])
def test_nothing_tracked_is_left_and_doing_it_again_changes_nothing(resolve: Callable[[bytes], bytes]) -> None:
    data = docx(p("a", dele("b"), ins("c"), mark="ins"), p(move("From", "d")), p(move("To", "d")),
                table(row("e", flag="ins"), row("f", flag="del")), p("g"))
    once = resolve(data)
    assert not read(once).redline.changed
    assert "w:author" not in main(once)
    assert resolve(once) == once


def test_a_part_without_a_tracked_change_is_the_same_bytes() -> None:
    data = docx(p(ins("a")), styles=f"<w:styles   {NAMESPACES} />", footnotes=notes("footnote", {}))
    before, after = unzipped(data), unzipped(accept_all(data))
    assert {name for name in before if before[name] != after[name]} == {"word/document.xml"}


def test_a_rejected_look_is_the_stored_one_and_the_mark_keeps_its_flags() -> None:
    change = f"<w:b/><w:rPrChange {by('A')}><w:rPr><w:i/></w:rPr></w:rPrChange>"
    mark = f"<w:rPr><w:del {by('A')}/><w:b/><w:rPrChange {by('A')}><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr>"
    data = docx(p(r("x", look=change), ppr=mark), p("y"))
    assert "<w:rPr><w:i/></w:rPr>" in main(reject_all(data))
    assert texts(read(accept_all(data))) == ["xy"]
    assert texts(read(reject_all(data))) == ["x", "y"]


def test_rejected_paragraph_properties_keep_the_section_break() -> None:
    properties = f'<w:ind w:left="9"/><w:sectPr/><w:pPrChange {by("A")}><w:pPr><w:jc w:val="end"/></w:pPr></w:pPrChange>'
    found = main(reject_all(docx(p("x", ppr=properties))))
    assert '<w:pPr><w:jc w:val="end"/><w:sectPr/></w:pPr>' in found


def test_a_deleted_note_and_a_deleted_comment_go_with_their_references() -> None:
    data = docx(p("a", dele(r(inner='<w:footnoteReference w:id="1"/>')), dele(about(0, "b"))),
                footnotes=notes("footnote", {1: p("note"), 2: p("other")}), comments=comments(comment(0, "?"), comment(1, "!")))
    accepted = unzipped(accept_all(data))
    assert b"note" not in accepted["word/footnotes.xml"].replace(b"footnote", b"")
    assert b"other" in accepted["word/footnotes.xml"]
    assert b"?</w:t>" not in accepted["word/comments.xml"]
    assert b"commentRange" not in accepted["word/document.xml"]
    assert read(reject_all(data)).comments[0].text == "?"


def test_comments_can_be_dropped_with_everything_that_names_them() -> None:
    data = docx(p(about(0, "x"), ins("y")), comments=comments(comment(0, "secret")), header=f"<w:hdr {NAMESPACES}/>")
    files = unzipped(accept_all(data, drop_comments=True))
    assert "word/comments.xml" not in files
    assert not any(b"omment" in content for content in files.values())
    assert "word/header1.xml" in files


def test_a_link_of_which_nothing_is_left_goes() -> None:
    found = main(reject_all(docx(p("a"), p('<w:hyperlink w:anchor="b">' + ins("link") + "</w:hyperlink>"), p("c"))))
    assert "hyperlink" not in found


def test_a_bookmark_that_straddles_deleted_text_stays_whole() -> None:
    start, end = '<w:bookmarkStart w:id="5" w:name="b"/>', '<w:bookmarkEnd w:id="5"/>'
    found = main(accept_all(docx(p(dele(start + r("x")), "y", end))))
    assert found.index("bookmarkStart") < found.index("bookmarkEnd")


def test_half_a_deleted_field_takes_its_other_half_along() -> None:
    start = r(inner='<w:fldChar w:fldCharType="begin"/>') + r(inner="<w:instrText>REF x</w:instrText>")
    rest = r(inner='<w:fldChar w:fldCharType="separate"/>') + r("7") + r(inner='<w:fldChar w:fldCharType="end"/>')
    found = main(accept_all(docx(p(dele(start), rest))))
    assert "fldChar" not in found


def test_a_cell_never_loses_its_last_paragraph() -> None:
    found = main(accept_all(docx(table(row(cell(p(dele("x"), mark="del")))), p("y"))))
    assert "<w:p/></w:tc>" in found


def test_an_empty_paragraph_between_two_tables_stays() -> None:
    found = main(accept_all(docx(table(row("a")), p(dele("x"), mark="del"), table(row("b")), p())))
    assert found.count("<w:tbl>") == 2
    assert "</w:tbl><w:tbl>" not in found


def test_a_content_control_that_was_put_in_goes_without_its_text() -> None:
    begin, end = '<w:customXmlInsRangeStart w:id="3"/>', '<w:customXmlInsRangeEnd w:id="3"/>'
    control = f"{begin}<w:sdt><w:sdtPr/><w:sdtContent>{end}{r('x')}</w:sdtContent></w:sdt>"
    data = docx(p("a", control))
    assert "w:sdt" in main(accept_all(data))
    assert "w:sdt" not in main(reject_all(data))
    assert texts(read(reject_all(data))) == ["ax"]


WORDS = st.text(st.sampled_from("abc "), min_size=1, max_size=4)
LEAF = st.builds(r, WORDS)
TRACKED = st.one_of(LEAF, st.builds(ins, LEAF), st.builds(dele, LEAF),
                    st.builds(lambda one, two: ins(one, dele(two, who="Bob")), LEAF, LEAF))
MARK = st.sampled_from(["", "", "", "ins", "del", "ins del"])
PARAGRAPH = st.builds(lambda runs, mark: p(*runs, mark=mark), st.lists(TRACKED, max_size=4), MARK)
CELL = st.builds(lambda blocks, last: cell(*blocks, p(last)), st.lists(PARAGRAPH, max_size=2), LEAF)
ROW = st.builds(lambda cells, flag: row(*cells, flag=flag), st.lists(CELL, min_size=1, max_size=2),
                st.sampled_from(["", "", "ins", "del"]))
TABLE = st.builds(lambda rows: table(row("always"), *rows), st.lists(ROW, max_size=3))
CONTROL = st.builds(lambda inside: f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>", PARAGRAPH)
BODY = st.lists(st.one_of(PARAGRAPH, PARAGRAPH, CONTROL, TABLE), max_size=7)


@settings(max_examples=150, deadline=None)
@given(BODY)
def test_reading_a_resolved_document_is_reading_that_side(body: list[str]) -> None:
    """Two ways to the same text: the reader's views, and accepting or rejecting in the XML."""
    data = docx(*body, p("end"))
    contract = read(data)
    assert texts(read(accept_all(data))) == texts(contract, "new")
    assert texts(read(reject_all(data))) == texts(contract, "old")
