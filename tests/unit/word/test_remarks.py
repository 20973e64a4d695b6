"""Comments are written where they belong, and read back by us and by others."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redline.errors import UsageError
from redline.model import Contract
from redline.word.package import open_package
from redline.word.read import read
from redline.word.remarks import Remark, add_comments
from redline.word.revisions import accept_all, reject_all
from redline.word.xml import Element, local, w
from tests.unit.word.build import (
    NAMESPACES,
    R,
    about,
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
    unzipped,
)

WHEN = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def on(data: bytes, words: str, text: str = "Why?", *, who: str = "Ann Author", nth: int = 0) -> Remark:
    """A remark on words, wherever they stand first."""
    found = [(index, paragraph.text.index(words)) for index, paragraph in enumerate(read(data).paragraphs) if words in paragraph.text]
    index, start = found[nth]
    return Remark(index, start, start + len(words), who, text, WHEN)


def body(data: bytes) -> Element:
    package = open_package(data)
    return package.xml(package.main)


def order(data: bytes) -> str:
    """The text of the body with the markers of comments: `[0 … ]0` for a range, `*0` for its reference, `{` … `}` for ins and del."""
    out = []

    def walk(element: Element) -> None:
        name = local(element.tag)
        sign = {"commentRangeStart": "[", "commentRangeEnd": "]", "commentReference": "*"}.get(name, "")
        out.append(f"{sign}{element.get(w('id'))}" if sign else "")
        if name in ("t", "delText"):
            out.append(element.text or "")
        shell = name in ("ins", "del", "hyperlink", "sdt")
        out.append("{" * shell)
        out.append("<" if element.get(w("fldCharType")) == "begin" else ">" if element.get(w("fldCharType")) == "end" else "")
        for child in element:
            walk(child)
        out.append("}" * shell)

    walk(body(data))
    return "".join(out)


def unchanged(before: bytes, after: bytes) -> Contract:
    """The text is what it was; gives the new contract."""
    found = read(after)
    assert found.paragraphs == read(before).paragraphs
    return found


def test_a_comment_stands_on_its_words_and_says_what_it_says() -> None:
    data = docx(p("The Seller pays the fees."))
    written = add_comments(data, [on(data, "Seller pays")])
    assert order(written) == "The [0Seller pays]0*0 the fees."
    found = unchanged(data, written).comments[0]
    assert (found.author, found.text, found.quote, found.date, found.parent) == ("Ann Author", "Why?", "Seller pays", WHEN, "")


def test_the_same_remarks_give_the_same_bytes_and_no_remark_gives_the_document() -> None:
    data = docx(p("a b c"))
    remarks = [on(data, "b"), on(data, "c")]
    assert add_comments(data, remarks) == add_comments(data, remarks)
    assert add_comments(data, []) == data


def test_other_parts_keep_their_bytes() -> None:
    data = docx(p("a b"), header=f"<w:hdr {NAMESPACES}>{p('h')}</w:hdr>", styles=styles(style("x")))
    before, after = unzipped(data), unzipped(add_comments(data, [on(data, "b")]))
    changed = {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert {part for part in before if before[part] != after[part]} == changed
    assert set(after) - set(before) == {"word/comments.xml"}


def test_python_docx_reads_text_author_and_words() -> None:
    data = docx(p("one two three"))
    document = python_docx.Document(io.BytesIO(add_comments(data, [on(data, "two", "First line\nsecond")])))
    found = next(iter(document.comments))
    assert (found.author, found.initials, found.text, found.timestamp) == ("Ann Author", "AA", "First line\nsecond", WHEN)
    assert document.paragraphs[0].text == "one two three"


def test_the_borders_of_many_comments_in_one_run_all_hold() -> None:
    data = docx(p(r("abcdefgh", look="<w:b/>")))
    quotes = ["cd", "abcdefgh", "de", "h", "a", "cd"]
    remarks = [on(data, words) for words in quotes]
    found = unchanged(data, add_comments(data, remarks)).comments
    assert [one.quote for one in found] == quotes


def test_offsets_do_not_count_a_typed_number() -> None:
    data = docx(p("1.1. Fees are due."), p("1.2. Taxes"))
    written = add_comments(data, [on(data, "Fees")])
    assert order(written).startswith("1.1. [0Fees]0*0 are due.")
    assert read(written).comments[0].quote == "Fees"


def test_a_comment_on_a_whole_tracked_change_stands_round_it() -> None:
    data = docx(p("a ", dele("old"), ins("new"), " z"))
    assert order(add_comments(data, [on(data, "oldnew")])) == "a [0{old}{new}]0*0 z"
    assert order(add_comments(data, [on(data, "new")])) == "a {old}[0{new}]0*0 z"


def test_the_reference_never_stands_in_a_tracked_change_a_link_or_a_content_control() -> None:
    inside = [ins("one two"), f'<w:hyperlink w:anchor="x">{r("one two")}</w:hyperlink>',
              f"<w:sdt><w:sdtPr/><w:sdtContent>{r('one two')}</w:sdtContent></w:sdt>"]
    for part in inside:
        data = docx(p("a ", part, " z"))
        written = add_comments(data, [on(data, "one")])
        assert order(written) == "a [0{one]0 two}*0 z"
        assert unchanged(data, written).comments[0].quote == "one"


def test_a_comment_on_deleted_words_can_be_cut_out_of_them() -> None:
    data = docx(p(dele("one two three")))
    written = add_comments(data, [on(data, "two")])
    assert order(written) == "{one [0two]0 three}*0"
    assert unchanged(data, written).comments[0].quote == "two"


def test_a_comment_that_covers_a_field_stands_round_all_of_it() -> None:
    data = docx(p("see ", field("REF x", r("Clause 5")), " here"))
    assert order(add_comments(data, [on(data, "Clause 5")])) == "see [0<Clause 5>]0*0 here"
    assert order(add_comments(data, [on(data, "Clause 5 here")])) == "see [0<Clause 5> here]0*0"


def test_a_field_is_never_cut_in_two() -> None:
    data = docx(p("see ", field("REF x", r("Clause 5")), " here"))
    assert order(add_comments(data, [on(data, "5 here")])) == "see [0<Clause 5> here]0*0"
    within = add_comments(data, [on(data, "5")])
    assert order(within) == "see <Clause [05]0>*0 here"
    assert unchanged(data, within).comments[0].quote == "5"


def test_a_simple_field_and_a_content_control_are_never_cut_in_two() -> None:
    for whole in (f'<w:fldSimple w:instr="REF x">{r("Clause 5")}</w:fldSimple>',
                  f"<w:sdt><w:sdtPr/><w:sdtContent>{r('Clause 5')}</w:sdtContent></w:sdt>"):
        data = docx(p("see ", whole, " here"))
        assert order(add_comments(data, [on(data, "5 here")])).replace("{", "").replace("}", "") == "see [0Clause 5 here]0*0"
        within = add_comments(data, [on(data, "5")])
        assert unchanged(data, within).comments[0].quote == "5"
        assert order(within).endswith("*0 here")


def test_a_comment_on_nothing_stands_at_a_point_also_in_an_empty_paragraph() -> None:
    data = docx(p("ab"), p(ppr="<w:keepNext/>"))
    written = add_comments(data, [Remark(0, 1, 1, "Ann", "here"), Remark(1, 0, 0, "Ann", "there"), Remark(0, 0, 0, "Ann", "first")])
    assert [(one.paragraph, one.start, one.end) for one in read(written).comments] == [(0, 1, 1), (1, 0, 0), (0, 0, 0)]


def test_words_in_tables_can_be_commented() -> None:
    data = docx(table(row("one", "two words")))
    assert unchanged(data, add_comments(data, [on(data, "words")])).comments[0].quote == "words"


def test_a_remark_in_a_note_or_a_text_box_stands_where_that_is_shown() -> None:
    data = docx(p("Text", r(inner='<w:footnoteReference w:id="2"/>'), " goes on"), p("box: ", textbox(p("inside"))),
                footnotes=notes("footnote", {2: p("a note")}))
    found = unchanged(data, add_comments(data, [on(data, "a note"), on(data, "inside")])).comments
    assert [(one.paragraph, one.start) for one in found] == [(0, 4), (1, 5)]


def test_a_remark_in_a_header_stands_at_the_start_of_the_text() -> None:
    data = docx(p("Text"), section='<w:headerReference w:type="default" r:id="rId_header"/>',
                header=f"<w:hdr {NAMESPACES}>{p('Draft 1')}</w:hdr>")
    found = unchanged(data, add_comments(data, [on(data, "Draft")])).comments[0]
    assert (found.paragraph, found.start, found.end) == (0, 0, 0)


def test_an_answer_joins_the_thread_and_its_range() -> None:
    data = docx(p("a ", about(3, "few words"), " z"), comments=comments(comment(3, "Why?", who="Bob")))
    asked = read(data).comments[0]
    written = add_comments(data, [Remark(0, 0, 0, "Ann", "Because.", WHEN, asked.id)])
    assert order(written) == "a [3[4few words]3]4*3*4 z"
    first, second = unchanged(data, written).comments
    assert (second.parent, second.quote, second.text) == (first.id, "few words", "Because.")


def test_an_answer_to_an_answer_hangs_on_the_first_comment() -> None:
    extended = (f'<w15:commentsEx {NAMESPACES}><w15:commentEx w15:paraId="0A" w15:done="1"/>'
                '<w15:commentEx w15:paraId="0B" w15:paraIdParent="0A" w15:done="0"/></w15:commentsEx>')
    part = comments(comment(0, "Why?", para="0A"), comment(1, "Because.", who="Bob", para="0B"))
    data = docx(p(about(0, "x"), about(1)), comments=part, extended=extended)
    found = read(add_comments(data, [Remark(0, 0, 0, "Ann", "So?", None, read(data).comments[1].id)])).comments
    assert [(one.parent, one.resolved) for one in found] == [("", True), (found[0].id, False), (found[0].id, False)]


def test_the_parts_that_extend_comments_are_filled_where_they_are() -> None:
    ids = f'<w16cid:commentsIds {NAMESPACES}><w16cid:commentId w16cid:paraId="0A" w16cid:durableId="2F1"/></w16cid:commentsIds>'
    data = docx(p(about(0, "x"), " word"), comments=comments(comment(0, "?", para="0A")), ids=ids)
    found = read(add_comments(data, [on(data, "word")])).comments
    assert found[0].id == "2F1" and len(found[1].id) == 8 and int(found[1].id, 16) < 0x80000000


def test_styles_for_comments_are_used_only_where_the_document_has_them() -> None:
    plain = docx(p("x"))
    assert b"rStyle" not in b"".join(unzipped(add_comments(plain, [on(plain, "x")])).values())
    known = styles(style("Kommentar", name="annotation text"), style("Zeichen", name="annotation reference", kind="character"))
    styled = unzipped(add_comments(docx(p("x"), styles=known), [on(plain, "x")]))
    assert b'<w:pStyle w:val="Kommentar"/>' in styled["word/comments.xml"]
    assert b'<w:rStyle w:val="Zeichen"/>' in styled["word/document.xml"]


def test_what_xml_cannot_hold_is_left_out() -> None:
    data = docx(p("x"))
    found = read(add_comments(data, [on(data, "x", "a\0b\x0b & <c>\td", who="A\x01nn")])).comments[0]
    assert (found.text, found.author) == ("ab & <c>\td", "Ann")


def test_a_copied_record_of_a_changed_look_gets_a_number_of_its_own() -> None:
    look = '<w:b/><w:rPrChange w:id="5" w:author="Bob"><w:rPr/></w:rPrChange>'
    data = docx(p(r("one two", look=look)))
    written = add_comments(data, [on(data, "two")])
    assert len({change.get(w("id")) for change in body(written).iter(w("rPrChange"))}) == 2
    assert unchanged(data, written).comments[0].quote == "two"


def test_a_parent_that_is_not_there_and_words_that_are_not_there_are_refused() -> None:
    data = docx(p("x"))
    with pytest.raises(UsageError, match="no comment 7"):
        add_comments(data, [Remark(0, 0, 0, "Ann", "?", None, "7")])
    for remark in (Remark(1, 0, 0, "Ann", "?"), Remark(0, 0, 9, "Ann", "?"), Remark(0, -1, 0, "Ann", "?")):
        with pytest.raises(ValueError, match=r"paragraph"):
            add_comments(data, [remark])


def test_people_are_listed_where_a_list_is() -> None:
    people = f'<w15:people {NAMESPACES}><w15:person w15:author="Bob"/></w15:people>'
    links = f'<Relationship Id="pp" Type="{R}/people" Target="people.xml"/>'
    data = docx(p("x"), links=links, extra={"word/people.xml": people.encode()})
    written = unzipped(add_comments(data, [on(data, "x"), on(data, "x")]))["word/people.xml"]
    assert written.count(b'w15:author="Ann Author"') == 1


WORDS = st.text("ab ", min_size=1, max_size=6)
PIECES = st.one_of(WORDS, WORDS.map(r), WORDS.map(ins), WORDS.map(dele), WORDS.map(lambda text: field("REF x", r(text))),
                   WORDS.map(lambda text: ins(r(text), field("REF x", r("7")))), st.just(r(inner="<w:tab/>")),
                   WORDS.map(lambda text: f'<w:hyperlink w:anchor="x">{r(text)}</w:hyperlink>'),
                   WORDS.map(lambda text: f"<w:sdt><w:sdtPr/><w:sdtContent>{r(text)}</w:sdtContent></w:sdt>"),
                   st.just('<w:bookmarkStart w:id="1" w:name="x"/>'))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(PIECES, max_size=5), min_size=1, max_size=3), st.data())
def test_whatever_the_document_comments_stand_on_their_words(paragraphs: list[list[str]], data: st.DataObject) -> None:
    document = docx(*(p(*pieces) for pieces in paragraphs))
    contract = read(document)
    remarks = []
    for number in range(data.draw(st.integers(1, 4))):
        index = data.draw(st.integers(0, len(contract.paragraphs) - 1))
        start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(contract.paragraphs[index].text))] * 2)))
        remarks.append(Remark(index, start, end, "Ann", str(number)))
    written = add_comments(document, remarks)
    found = unchanged(document, written).comments
    assert [one.text for one in found] == [remark.text for remark in remarks]
    for one, remark in zip(found, remarks, strict=True):
        assert one.paragraph == remark.paragraph and one.start <= remark.start and one.end >= remark.end
    main = body(written)
    body_paragraphs = list(main.iter(w("p")))
    runs = [run.getparent() for run in main.iter(w("commentReference"))]
    assert all(run is not None and run.getparent() in set(body_paragraphs) for run in runs)
    for view in (accept_all, reject_all):
        assert len(read(view(written)).comments) == len(remarks)
