"""Comments: what they say, what they are about, who answers whom."""

from __future__ import annotations

from redline.codec import dump_contract, load_contract
from redline.word.read import read
from tests.unit.word.build import NAMESPACES, about, comment, comments, dele, docx, ins, p, r, row, table


def test_a_comment_is_on_the_characters_of_its_range() -> None:
    contract = read(docx(p("a ", about(0, "few words"), " z"), comments=comments(comment(0, "Why?", who="Bob"))))
    found = contract.comments[0]
    assert (found.author, found.text, found.quote) == ("Bob", "Why?", "few words")
    assert contract.paragraphs[found.paragraph].text[found.start:found.end] == "few words"
    assert found.date is not None and found.date.year == 2024


def test_offsets_count_all_characters_and_move_with_the_view() -> None:
    contract = read(docx(p(dele("xx"), ins("y"), about(0, "word")), comments=comments(comment(0, "?"))))
    assert (contract.comments[0].start, contract.comments[0].end) == (3, 7)
    for view in (contract.original(), contract.final()):
        found = view.comments[0]
        assert view.paragraphs[found.paragraph].text[found.start:found.end] == "word"


def test_offsets_do_not_count_a_typed_number() -> None:
    contract = read(docx(p("1.1. ", about(0, "Fees")), comments=comments(comment(0, "?"))))
    found = contract.comments[0]
    assert contract.paragraphs[0].text[found.start:found.end] == "Fees"


def test_a_range_over_paragraphs_stands_on_the_first_and_quotes_all() -> None:
    data = docx(p("a ", '<w:commentRangeStart w:id="0"/>', "b"), p("c"),
                p("d", '<w:commentRangeEnd w:id="0"/>', r(inner='<w:commentReference w:id="0"/>'), "e"),
                comments=comments(comment(0, "?")))
    found = read(data).comments[0]
    assert (found.paragraph, found.start, found.end, found.quote) == (0, 2, 3, "b\nc\nd")


def test_a_range_may_start_and_end_between_paragraphs() -> None:
    data = docx(p("a"), '<w:commentRangeStart w:id="0"/>', p("b"), '<w:commentRangeEnd w:id="0"/>',
                p(r(inner='<w:commentReference w:id="0"/>')), comments=comments(comment(0, "?")))
    found = read(data).comments[0]
    assert (found.paragraph, found.quote) == (1, "b")


def test_a_comment_without_a_range_stands_at_its_reference() -> None:
    data = docx(table(row("x")), p("abc", r(inner='<w:commentReference w:id="0"/>'), "d"), comments=comments(comment(0, "?")))
    found = read(data).comments[0]
    assert (found.paragraph, found.start, found.end) == (1, 3, 3)


def test_answers_name_what_they_answer_and_threads_can_be_resolved() -> None:
    extended = (f'<w15:commentsEx {NAMESPACES}><w15:commentEx w15:paraId="0A" w15:done="1"/>'
                '<w15:commentEx w15:paraId="0B" w15:paraIdParent="0A" w15:done="0"/></w15:commentsEx>')
    part = comments(comment(0, "Why?", para="0A"), comment(1, "Because.", who="Bob", para="0B"))
    first, second = read(docx(p(about(0, "x"), about(1)), comments=part, extended=extended)).comments
    assert (first.parent, first.resolved) == ("", True)
    assert (second.parent, second.resolved) == (first.id, False)


def test_a_comment_without_a_paragraph_id_is_nobodys_parent() -> None:
    data = docx(p(about(0, "x"), about(1, "y")), comments=comments(comment(0, "old"), comment(1, "new", para="00000002")))
    assert [found.parent for found in read(data).comments] == ["", ""]


def test_a_durable_id_goes_before_a_running_number() -> None:
    ids = f'<w16cid:commentsIds {NAMESPACES}><w16cid:commentId w16cid:paraId="0A" w16cid:durableId="2F1"/></w16cid:commentsIds>'
    data = docx(p(about(0, "x")), comments=comments(comment(0, "?", para="0A")), ids=ids)
    assert [found.id for found in read(data).comments] == ["2F1"]


def test_a_comment_that_stands_nowhere_is_reported() -> None:
    contract = read(docx(p("x"), comments=comments(comment(0, "lost words"))))
    assert contract.comments == ()
    assert [item.construct for item in contract.coverage] == ["comment without a place in the text"]


def test_a_comment_keeps_what_it_said_before_its_own_tracked_changes() -> None:
    words = comment(1, "why").replace("</w:p>", f"{dele(' not')}{ins(' so')}</w:p>")
    found = read(docx(p("a", about(1, "b"), about(2, "c")), comments=comments(words, comment(2, "plain")))).comments
    assert [(one.text, one.original) for one in found] == [("why so", "why not"), ("plain", None)]
    contract = read(docx(p(about(1, "b")), comments=comments(words)))
    assert load_contract(dump_contract(contract)) == contract


def test_a_comment_changed_under_tracking_is_told() -> None:
    part = comments(comment(0, "x").replace("</w:p>", ins("y") + "</w:p>"))
    found = read(docx(p(about(0, "x")), comments=part))
    assert (found.comments[0].text, found.comments[0].original) == ("xy", "x")
    assert "comment-tracked" in {notice.code for notice in found.notices}
