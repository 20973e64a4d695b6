"""References in Word files, from the field in the document to what a person is told."""

from __future__ import annotations

from redline.compare import diff
from redline.compare.changes import changes
from redline.desk.references import reference_flags
from redline.word.read import read
from tests.unit.word.build import docx, field, p, r

PAY = "Payment. The Customer shall pay the Fees within thirty days of receipt of a correct invoice."
KEEP = "Secrecy. The Supplier shall keep all Confidential Information secret and use it for the Services alone."
LAW = "Law. This Agreement is governed by the laws of England and Wales and by nothing else whatsoever."
ERROR = "Error! Reference source not found."


def clause(number: int, words: str, name: str = "") -> str:
    mark = (f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>', f'<w:bookmarkEnd w:id="{number}"/>') if name else ("", "")
    return p(f"{number}. ", mark[0], r(words), mark[1]) if name else p(f"{number}. {words}")


def subject(number: int, name: str, shown: str) -> str:
    return p(f"{number}. Subject to clause ", field(f" REF {name} \\r \\h ", r(shown)), " all is well.")


OLD = docx(clause(1, PAY, "_Ref1"), clause(2, KEEP, "_Ref2"), subject(3, "_Ref1", "1"))


def told(new: bytes) -> tuple[list[str], list[tuple[bool, str]]]:
    redline = diff(read(OLD).final().paragraphs, read(new).final().paragraphs)
    found = changes(redline)
    return [change.kind.value for change in found], [(flag.loud, flag.message) for flag in reference_flags(redline, found)]


def test_a_field_that_was_updated_after_renumbering_is_no_change_of_words() -> None:
    new = docx(clause(1, LAW), clause(2, PAY, "_Ref1"), clause(3, KEEP, "_Ref2"), subject(4, "_Ref1", "2"))
    assert told(new) == (["insert", "format"], [])


def test_a_field_that_was_turned_to_another_clause_is_told_however_it_looks() -> None:
    new = docx(clause(1, PAY, "_Ref1"), clause(2, KEEP, "_Ref2"), subject(3, "_Ref2", "1"))
    assert told(new) == (["replace"], [(True, "the reference “1” led to 1 Payment and now leads to 2 Secrecy")])


def test_a_field_whose_clause_was_struck_is_told_with_what_it_led_to() -> None:
    kinds, flags = told(docx(clause(1, KEEP, "_Ref2"), subject(2, "_Ref1", ERROR)))
    assert kinds == ["delete", "replace"]
    assert flags == [(True, f"a reference has lost its target and reads “{ERROR}”; it led to 1 Payment")]
    _, flags = told(docx(clause(1, KEEP, "_Ref2"), subject(2, "_Ref1", "1")))
    assert flags == [(True, "the reference “1” leads to nothing any more: 1 Payment is gone")]
