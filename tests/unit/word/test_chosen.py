"""Accepting and rejecting chosen changes on the document itself."""

from __future__ import annotations

import pytest

from redline.desk.resolving import decisions, resolved
from redline.errors import ConflictError, UsageError
from redline.model import Change, Layout
from redline.word.read import read
from tests.unit.word.build import by, cell, dele, docx, ins, move, notes, p, r, row, table, textbox, texts, unzipped, zipped


def ids(data: bytes) -> dict[str, str]:
    """The id of each change by its words, old and new."""
    return {f"{each.old_text}>{each.new_text}": str(each.id) for each in decisions(read(data)) if isinstance(each, Change)}


def main(data: bytes) -> str:
    return unzipped(data)["word/document.xml"].decode()


def test_one_change_is_accepted_and_its_neighbour_stays_tracked() -> None:
    data = docx(p("a ", ins("new"), " sentence with ", dele("old"), " words"))
    done = resolved(data, accept={ids(data)[">new"]})
    assert texts(read(done.data), "old") == ["a new sentence with old words"]
    assert texts(read(done.data)) == ["a new sentence with  words"]
    assert (done.accepted, done.rejected, done.left) == (1, 0, 1)


def test_rejecting_one_change_puts_its_words_back_as_words() -> None:
    data = docx(p("a ", dele("b"), " whole ", dele("c"), " d"))
    found = main(resolved(data, reject={ids(data)["b>"]}).data)
    assert '<w:t xml:space="preserve">b</w:t>' in found
    assert '<w:delText xml:space="preserve">c</w:delText>' in found


def test_all_but_one() -> None:
    data = docx(p("a ", ins("b"), " whole ", ins("c")))
    done = resolved(data, accept={"all"}, reject={ids(data)[">b"]})
    assert texts(read(done.data)) == ["a  whole c"]
    assert not read(done.data).redline.changed
    assert (done.accepted, done.rejected, done.left) == (1, 1, 0)


def test_a_replacement_is_decided_as_one() -> None:
    data = docx(p("in ", dele("30"), ins("60"), " days"))
    assert texts(read(resolved(data, accept={ids(data)["30>60"]}).data), "old") == ["in 60 days"]


def test_accepting_an_insertion_leaves_what_another_struck_in_it_as_a_deletion() -> None:
    data = docx(p("a ", ins(r("b "), dele("c ", who="Bob"), who="Ann"), "d"))
    done = read(resolved(data, accept=set(ids(data).values())).data)
    assert texts(done, "old") == ["a b c d"]
    assert texts(done) == ["a b d"]


def test_what_another_struck_out_of_an_insertion_is_decided_by_itself() -> None:
    data = docx(p("a ", ins(r("two "), dele("hundred ", who="Bob"), r("days"), who="Ann")))
    struck = next(each for each in decisions(read(data)) if isinstance(each, Layout))
    assert struck.attribution is not None
    assert struck.attribution.author == "Bob"
    kept = read(resolved(data, accept={"all"}, reject={struck.id}).data)
    assert texts(kept) == ["a two hundred days"]
    assert not kept.redline.changed
    only = read(resolved(data, reject={struck.id}).data)
    assert (texts(only, "old"), texts(only)) == (["a "], ["a two hundred days"])


def test_a_row_goes_with_its_text_and_another_row_stays_tracked() -> None:
    data = docx(table(row("a"), row(cell(p(ins("b"))), flag="ins"), row(cell(p(ins("c"))), flag="ins")) + p("z"))
    first, _ = decisions(read(data))
    done = read(resolved(data, reject={first.id}).data)
    assert texts(done) == ["a", "c", "z"]
    assert texts(done, "old") == ["a", "z"]
    assert len(decisions(done)) == 1


def test_both_ends_of_a_move_are_decided_at_once_and_leave_no_range() -> None:
    data = docx(p(move("From", "x"), "y", ins("k")), p("z", move("To", "x")))
    moved = next(each for each in decisions(read(data)) if isinstance(each, Change) and each.kind.value == "move")
    found = resolved(data, reject={moved.id}).data
    assert texts(read(found)) == ["xyk", "z"]
    assert "move" not in main(found)
    assert "w:ins " in main(found)


def test_a_rejected_mark_joins_paragraphs_while_another_stays_tracked() -> None:
    data = docx(p("one ", mark="ins") + p("two ", mark="ins") + p("three"))
    first, _ = decisions(read(data))
    done = read(resolved(data, reject={first.id}).data)
    assert texts(done) == ["one two ", "three"]
    assert texts(done, "old") == ["one two three"]


def test_a_look_is_decided_by_itself() -> None:
    change = f"<w:b/><w:rPrChange {by('A')}><w:rPr><w:i/></w:rPr></w:rPrChange>"
    data = docx(p(r("x", look=change), " and ", ins("y")))
    look = next(each for each in decisions(read(data)) if isinstance(each, Change) and each.kind.value == "format")
    found = main(resolved(data, reject={look.id}).data)
    assert "<w:rPr><w:i/></w:rPr>" in found
    assert "w:ins " in found


def test_a_note_goes_with_its_reference() -> None:
    data = docx(p("a", dele(r(inner='<w:footnoteReference w:id="1"/>'))), footnotes=notes("footnote", {1: p("note")}))
    reference = decisions(read(data))[0]
    done = resolved(data, accept={reference.id})
    assert texts(read(done.data)) == ["a"]


def test_what_cannot_be_told_apart_is_refused_by_name() -> None:
    data = docx(p("a", dele(r(inner='<w:footnoteReference w:id="1"/>'))), footnotes=notes("footnote", {1: p("note")}))
    reference, note = decisions(read(data))
    with pytest.raises(ConflictError, match=str(note.id)):
        resolved(data, accept={reference.id}, reject={note.id})


def test_an_inserted_cell_is_decided_with_its_words() -> None:
    data = docx(table(row("a", cell("b", tcpr=f"<w:cellIns {by('Ann')}/>"))) + p(ins("z")))
    first = decisions(read(data))[0]
    assert texts(read(resolved(data, reject={first.id}).data)) == ["a", "z"]


def test_a_text_box_is_decided_in_both_branches() -> None:
    data = docx(p("a", textbox(p("in ", ins("box")))))
    found = main(resolved(data, accept=set(ids(data).values())).data)
    assert "<w:ins" not in found
    assert found.count("box</w:t>") == main(data).count("box</w:t>")


def test_an_unknown_id_is_an_error_that_names_the_nearest() -> None:
    data = docx(p("a", ins("b")))
    (name,) = ids(data).values()
    with pytest.raises(UsageError, match="has no change") as caught:
        resolved(data, "x.docx", accept={name[:-1] + ("0" if name[-1] != "0" else "1")})
    assert name in caught.value.hint
    with pytest.raises(UsageError, match="accepted and rejected"):
        resolved(data, accept={name}, reject={name})


def test_a_part_in_utf_16_is_resolved_too() -> None:
    files = unzipped(docx(p("a", ins("b"), dele("c"))))
    files["word/document.xml"] = files["word/document.xml"].decode().encode("utf-16")
    data = zipped(files)
    assert texts(read(resolved(data, accept={"all"}).data)) == ["ab"]
    assert texts(read(resolved(data, reject={"all"}).data)) == ["ac"]


def test_a_part_in_which_nothing_was_decided_keeps_its_bytes() -> None:
    data = docx(p("a", ins("b"), r(inner='<w:footnoteReference w:id="1"/>')), footnotes=notes("footnote", {1: p("note", ins("!"))}))
    before, after = unzipped(data), unzipped(resolved(data, accept={ids(data)[">b"]}).data)
    assert {name for name in before if before[name] != after[name]} == {"word/document.xml"}


def test_what_is_left_is_counted_in_the_written_document() -> None:
    data = docx(p("a", dele(r(inner='<w:footnoteReference w:id="1"/>')), " word ", ins("b")), footnotes=notes("footnote", {1: p("note")}))
    reference = decisions(read(data))[0]
    assert resolved(data, accept={reference.id}).left == 1
