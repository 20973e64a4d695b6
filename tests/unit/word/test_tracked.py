"""Tracked changes as they are read: kinds, who and when, marks, rows, moves, formatting."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from redline.model import Kind
from redline.word.read import read
from tests.unit.word.build import DATE, by, cell, dele, docx, field, ins, move, notes, p, r, row, table, texts


def kinds(data: bytes) -> list[tuple[str, str]]:
    return [(segment.kind.value, segment.text) for paragraph in read(data).paragraphs for segment in paragraph.segments]


def marks(data: bytes) -> list[str]:
    return [paragraph.mark.value for paragraph in read(data).paragraphs]


def test_insertions_and_deletions_have_their_author_and_date() -> None:
    segments = read(docx(p("a ", dele("old", who="Ann"), ins("new", who="Bob"), " z"))).paragraphs[0].segments
    assert [(segment.kind.value, segment.text) for segment in segments] == [
        ("same", "a "), ("del", "old"), ("ins", "new"), ("same", " z")]
    who = [segment.attribution for segment in segments]
    assert who[0] is None
    assert who[1] is not None and who[2] is not None
    assert (who[1].author, who[2].author) == ("Ann", "Bob")
    assert who[1].date == datetime(2024, 5, 1, 10, tzinfo=UTC)
    assert who[1].tracked


def test_the_true_time_goes_before_the_local_one() -> None:
    change = f'<w:ins w:id="1" w:author="A" w:date="{DATE}" w16du:dateUtc="2024-05-01T08:00:00Z">{r("x")}</w:ins>'
    who = read(docx(p(change))).paragraphs[0].segments[0].attribution
    assert who is not None and who.date == datetime(2024, 5, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize("date", ["", 'w:date="yesterday"', 'w:date="0001-01-01T00:00:00+14:00"'])
def test_missing_or_odd_authors_and_dates_are_borne(date: str) -> None:
    who = read(docx(p(f'<w:ins w:id="1" {date}>{r("x")}</w:ins>'))).paragraphs[0].segments[0].attribution
    assert who is not None and (who.author, who.date) == ("", None)


def test_what_one_put_in_and_another_struck_is_on_neither_side() -> None:
    contract = read(docx(p("a ", ins(r("b "), dele("c ", who="Bob"), r("d"), who="Ann"))))
    gone = contract.paragraphs[0].segments[2]
    assert gone.kind is Kind.GONE
    assert gone.attribution is not None and gone.struck is not None
    assert (gone.attribution.author, gone.struck.author) == ("Ann", "Bob")
    assert (texts(contract, "old"), texts(contract, "new")) == (["a "], ["a b d"])


def test_an_insertion_inside_a_deletion_is_on_neither_side_and_told() -> None:
    contract = read(docx(p("a ", dele(r("b "), ins("c "), r("d")))))
    assert (texts(contract, "old"), texts(contract, "new")) == (["a b d"], ["a "])
    assert [notice.code for notice in contract.notices] == ["tracked-odd"]


def test_a_deleted_paragraph_mark_joins_the_next_paragraph() -> None:
    data = docx(p("one ", mark="del"), p("two"), p("three"))
    assert marks(data) == ["del", "same", "same"]
    assert texts(read(data), "new") == ["one two", "three"]
    assert texts(read(data), "old") == ["one ", "two", "three"]


def test_an_inserted_paragraph_mark_splits_one() -> None:
    data = docx(p("one ", mark="ins"), p("two"))
    assert (texts(read(data), "old"), texts(read(data), "new")) == (["one two"], ["one ", "two"])


def test_a_mark_put_in_and_struck_again_is_gone() -> None:
    data = docx(p("one ", mark="ins del"), p("two"))
    assert marks(data) == ["gone", "same"]
    assert texts(read(data), "old") == texts(read(data), "new") == ["one two"]


def test_a_deleted_mark_before_a_table_leaves_the_text_a_paragraph() -> None:
    assert texts(read(docx(p("one", mark="del"), table(row("cell")), p("two")))) == ["one", "cell", "two"]


@pytest.mark.parametrize(("flag", "old", "new"), [("ins", ["a"], ["a", "b"]), ("del", ["a", "b"], ["a"])])
def test_a_tracked_row_takes_its_text_with_it_even_when_that_is_unmarked(flag: str, old: list[str], new: list[str]) -> None:
    contract = read(docx(table(row("a"), row(cell(p("b", style="Normal")), flag=flag)), p()))
    assert (texts(contract, "old"), texts(contract, "new")) == (old, new)
    assert contract.paragraphs[1].mark.value == flag


@pytest.mark.parametrize(("flag", "old", "new"), [("cellIns", ["a"], ["a", "b"]), ("cellDel", ["a", "b"], ["a"])])
def test_a_tracked_cell_takes_its_text_with_it(flag: str, old: list[str], new: list[str]) -> None:
    contract = read(docx(table(row("a", cell("b", tcpr=f"<w:{flag} {by('Ann')}/>")))))
    assert (texts(contract, "old"), texts(contract, "new")) == (old, new)


def test_text_inserted_into_a_deleted_row_is_gone() -> None:
    assert kinds(docx(table(row(cell(p("a", ins("b"))), flag="del"), row("c")))) == [("del", "a"), ("gone", "b"), ("same", "c")]


def test_both_ends_of_a_move_share_a_name() -> None:
    segments = [segment for paragraph in read(docx(p(move("From", "x"), "y"), p("z", move("To", "x")))).paragraphs
                for segment in paragraph.segments]
    assert [(segment.kind.value, segment.text, segment.move) for segment in segments] == [
        ("move_from", "x", "move1"), ("same", "y", ""), ("same", "z", ""), ("move_to", "x", "move1")]


def test_a_moved_mark_belongs_to_its_move() -> None:
    data = docx(p(move("From", "x"), mark="moveFrom"), p("y"), p(move("To", "x"), mark="moveTo"), p("z"))
    contract = read(data)
    assert [(paragraph.mark.value, paragraph.move) for paragraph in contract.paragraphs] == [
        ("move_from", "move1"), ("same", ""), ("move_to", "move1"), ("same", "")]
    assert (texts(contract, "old"), texts(contract, "new")) == (["x", "y", "z"], ["y", "x", "z"])


def test_half_a_move_is_a_deletion_and_told() -> None:
    contract = read(docx(p(move("From", "x"), "y")))
    assert contract.paragraphs[0].segments[0].kind is Kind.DEL
    assert [notice.code for notice in contract.notices] == ["tracked-odd"]


def test_text_struck_at_the_target_of_a_move_is_gone_there() -> None:
    target = move("To", "x").replace("</w:moveTo>", dele("y", who="Bob") + "</w:moveTo>")
    assert kinds(docx(p(move("From", "xy")), p(target))) == [("move_from", "xy"), ("move_to", "x"), ("gone", "y")]


def test_a_changed_look_is_a_format_segment_with_the_old_look() -> None:
    change = f"<w:b/><w:rPrChange {by('Bob')}><w:rPr><w:i/></w:rPr></w:rPrChange>"
    segment = read(docx(p(r("x", look=change)))).paragraphs[0].segments[0]
    assert segment.kind is Kind.FORMAT
    assert (segment.look, segment.was) == (frozenset({"bold"}), frozenset({"italic"}))
    assert segment.attribution is not None and segment.attribution.author == "Bob"


def test_a_changed_style_is_a_format_mark_and_a_changed_indent_is_layout() -> None:
    change = f"<w:pPrChange {by('Ann')}><w:pPr/></w:pPrChange>"
    contract = read(docx(p("x", style="Heading1", ppr=change), p("y", ppr=f"<w:ind/>{change}"),
                         styles=_heading()))
    first, second = contract.paragraphs
    assert first.mark is Kind.FORMAT and first.old is not None and first.new is not None
    assert (first.old.style, first.new.style) == ("", "heading 1")
    assert second.mark is Kind.SAME
    assert [(item.what, item.paragraph) for item in contract.layout] == [("indents", 1)]


def _heading() -> str:
    from tests.unit.word.build import style, styles

    return styles(style("Heading1", name="heading 1", inner='<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'))


def test_the_changed_result_of_a_field_is_a_change_of_text() -> None:
    data = docx(p(field(" REF x ", dele("7.2") + ins("7.3"))))
    assert kinds(data) == [("del", "7.2"), ("ins", "7.3")]


def test_a_note_goes_with_its_deleted_reference() -> None:
    data = docx(p("a", dele(r(inner='<w:footnoteReference w:id="1"/>'))),
                footnotes=notes("footnote", {1: p("note")}))
    contract = read(data)
    assert [found.text for found in contract.original().paragraphs if found.props.story != "body"] == ["note"]
    assert [found.text for found in contract.final().paragraphs if found.props.story != "body"] == []


def test_a_deleted_formula_is_deleted_text() -> None:
    control = f"<m:fPr><m:ctrlPr><w:del {by('A')}/></m:ctrlPr></m:fPr>"
    formula = f"<m:oMath><m:f>{control}<m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
    contract = read(docx(p("a ", formula)))
    assert (texts(contract, "old"), texts(contract, "new")) == (["a 1/2"], ["a "])


@pytest.mark.parametrize(("tag", "old", "new"), [("ins", ["ab"], ["a", "b"]), ("del", ["a", "b"], ["ab"])])
def test_a_conflicting_mark_is_one_put_in_or_taken_out(tag: str, old: list[str], new: list[str]) -> None:
    flag = f"<w14:conflict{tag.capitalize()} {by('Ann')}/>"
    contract = read(docx(p("a", ppr=f"<w:rPr>{flag}</w:rPr>"), p("b")))
    assert (texts(contract, "old"), texts(contract, "new")) == (old, new)


def test_a_run_of_a_formula_may_say_itself_that_it_was_put_in() -> None:
    run = f"<m:oMath><m:r><m:t>x</m:t></m:r><m:r><w:ins {by('Ann')}><w:rPr/></w:ins><m:t>+1</m:t></m:r></m:oMath>"
    assert kinds(docx(p(run))) == [("same", "x"), ("ins", "+1")]


def test_a_mark_with_nothing_to_flow_into_stays() -> None:
    found = read(docx(p("one", mark="del"), table(row(cell(p(dele("x"), mark="del")))), p("two")))
    assert [paragraph.text for paragraph in found.final().paragraphs] == ["one", "", "two"]
    assert [paragraph.text for paragraph in found.original().paragraphs] == ["one", "x", "two"]


def test_an_empty_paragraph_at_the_end_goes_with_its_mark() -> None:
    found = read(docx(table(row(cell(p("a"), p(dele("x"), mark="del")))), p("two")))
    assert [paragraph.text for paragraph in found.final().paragraphs] == ["a", "two"]
