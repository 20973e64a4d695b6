"""Answers where Word cannot decide two changes apart, or cannot track one: headers, notes, rows of tables, numbers typed by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from redline.desk.answering import Manner, Turn, answered
from redline.desk.documents import of_file
from redline.desk.remarking import remarked
from redline.desk.steps import turn as whole
from redline.desk.twins import twins
from redline.desk.viewing import comparison
from redline.errors import ConflictError
from redline.model import Attribution, Change, ChangeKind, Props, plain
from redline.views import Decision, Verdict
from redline.word.read import read
from redline.word.revisions import accept_all, reject_all
from tests.unit.word.build import NAMESPACES, docx, notes, p, r, row, table, texts

US = Attribution("Nora Whitfield", datetime(2026, 3, 9, 10, tzinfo=UTC))
THEM = Attribution("Acme", datetime(2026, 3, 1, tzinfo=UTC))
REFERENCE = r(inner='<w:footnoteReference w:id="2"/>')


def turn(sent: bytes, received: bytes) -> Turn:
    old, new = (of_file(Path(name), read(data)) for name, data in (("sent.docx", sent), ("received.docx", received)))
    redline = whole(old.contract.final().paragraphs, new.contract.redline, Attribution("Acme", tracked=False))
    return Turn(sent, received, comparison(None, old, new, redline), THEM)


def outcome(of: Turn, accepted: set[str], **counters: str) -> tuple[list[str], list[str]]:
    """What the answer reads as, accepted and rejected. `accepted` are words of the changes to accept, the others are rejected."""
    decisions = [_decided(change, accepted) for change in of.view.changes]
    for words, text in counters.items():
        change = next(each for each in of.view.changes if words in each.new_text)
        decisions = [each for each in decisions if each.change != change.id] + [Decision(change.id, Verdict.COUNTER, text=text)]
    data = remarked(answered(of, decisions, (), Manner(US), lambda _: None), of.view, decisions, US, ours=True)
    return texts(read(accept_all(data))), texts(read(reject_all(data)))


def _decided(change: Change, accepted: set[str]) -> Decision:
    words = change.new_text + change.old_text
    return Decision(change.id, Verdict.ACCEPT if any(each in words for each in accepted) else Verdict.REJECT, why="So it is.")


def test_a_note_is_decided_by_itself_while_what_refers_to_it_stands() -> None:
    def file(*, noted: bool) -> bytes:
        return docx(p("We pay", REFERENCE if noted else r(" "), "at once."), p("The end of it."),
                    footnotes=notes("footnote", {2: p("Within a day.")} if noted else {}))

    of = turn(file(noted=False), file(noted=True))
    inside = next(change for change in of.view.changes if "Within a day" in change.new_text)
    assert len(of.view.changes) > 1
    gone, before = outcome(of, {"Within a day"})
    assert not any("Within a day" in text for text in gone)
    assert before == texts(read(of.received))
    other = {change.new_text + change.old_text for change in of.view.changes if change is not inside}
    assert outcome(of, other | {"Within"})[0] == texts(read(of.received))
    with pytest.raises(ConflictError, match="go with what else is decided"):
        outcome(of, set(), Within="Within a week.")


def test_a_row_stands_while_one_of_its_cells_is_wanted() -> None:
    base = [row("Fee", "One hundred"), row("Term", "Two years")]
    of = turn(docx(table(*base), p("End.")), docx(table(*base, row("Deposit wanted", "Late interest")), p("End.")))
    words = [change for change in of.view.changes if change.kind is not ChangeKind.FORMAT]
    for change in words:
        now, before = outcome(of, {change.new_text.split("\n")[0]})
        assert set(change.new_text.split("\n")) <= set(now)
        assert before == texts(read(of.received))


def _header(text: str) -> str:
    return f"<w:hdr {NAMESPACES}>{p(text)}</w:hdr>"


_SHOWN = '<w:headerReference w:type="default" r:id="rId_header"/>'


def test_a_header_comes_and_goes_with_its_decision() -> None:
    plain_one = docx(p("One thing."), p("Another thing."))
    headed = docx(p("One thing."), p("Another thing now."), header=_header("Confidential"), section=_SHOWN)
    of = turn(plain_one, headed)
    assert outcome(of, {"Confidential", "now"})[0] == ["One thing.", "Another thing now.", "Confidential"]
    assert outcome(of, {"now"})[0] == ["One thing.", "Another thing now."]
    assert outcome(of, {"now"})[1] == ["One thing.", "Another thing now.", "Confidential"]
    back = turn(headed, plain_one)
    assert outcome(back, {"Confidential"})[0] == ["One thing.", "Another thing now."]
    assert outcome(back, set())[0] == ["One thing.", "Another thing now.", "Confidential"]


def test_numbers_typed_by_hand_go_with_what_was_put_in_before_them() -> None:
    def file(*clauses: str) -> bytes:
        return docx(*(p(f"{number}. {clause}") for number, clause in enumerate(clauses, 1)))

    of = turn(file("Fees are due.", "Term is two years.", "Law is English."),
              file("Fees are due.", "Interest is owed.", "Term is two years.", "Law is Scots."))
    assert outcome(of, {"Interest", "Scots", "English"})[0] == texts(read(of.received))
    assert outcome(of, set())[0] == texts(read(of.sent or b""))
    assert outcome(of, {"Scots", "English"})[0] == ["1. Fees are due.", "2. Term is two years.", "3. Law is Scots."]
    assert outcome(of, {"Interest"})[0][-1] == "4. Law is English."


def test_two_readings_are_paired_by_what_they_say() -> None:
    def said(text: str, story: str = "body") -> object:
        return plain(text, Props(story=story))

    one = [said("A"), said(""), said("B"), said("H", "header:1"), said("K", "header:2")]
    other = [said("A"), said("B"), said(""), said("K", "header:1"), said("H", "header:2"), said("H", "header:3")]
    found = twins(one, other)  # type: ignore[arg-type]
    assert not found.apart
    assert (found.places[1], found.places[3], found.places[4], found.places[5]) == (2, 4, 3, 3)
    assert [each.text for each in twins(one, other[1:]).lost] == ["A"]  # type: ignore[arg-type]
    assert [each.text for each in twins(one[:-1], other).strange] == ["K"]  # type: ignore[arg-type]
