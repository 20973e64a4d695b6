"""What a person decides on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from redline.clauses.identity import assign
from redline.compare import diff
from redline.compare.algebra import compose
from redline.compare.changes import changes
from redline.model import Attribution, Change, ChangeKind, Kind, Paragraph, Props, Redline, Segment, Span, plain

from .documents import ANNA, BORIS, clause, table, text

PAY = "The Customer shall pay the Fees within thirty days of receipt of a correct invoice."
KEEP = "The Supplier shall keep all Confidential Information secret and use it for the Services alone."
LAW = "This Agreement is governed by the laws of England and Wales and by nothing else whatsoever."


def told(redline: Redline) -> list[tuple[ChangeKind, str, str]]:
    return [(change.kind, change.old_text, change.new_text) for change in changes(redline)]


def by(kind: Kind, words: str, author: Attribution) -> Segment:
    return Segment(kind, words, attribution=author)


def paragraph(*segments: Segment, mark: Kind = Kind.SAME, author: Attribution | None = None) -> Paragraph:
    return Paragraph(segments, mark, Props() if mark.in_old else None, Props() if mark.in_new else None, author)


def test_words_out_and_in_at_one_place_are_one_replacement() -> None:
    assert told(diff(text(PAY), text(PAY.replace("thirty", "sixty")))) == [(ChangeKind.REPLACE, "thirty", "sixty")]


def test_changes_with_a_word_between_them_are_two() -> None:
    new = PAY.replace("thirty", "sixty").replace("receipt", "delivery")
    assert told(diff(text(PAY), text(new))) == [(ChangeKind.REPLACE, "thirty", "sixty"),
                                                (ChangeKind.REPLACE, "receipt", "delivery")]


def test_a_shared_comma_does_not_part_a_change_but_a_full_stop_does() -> None:
    def around(sign: str) -> Redline:
        return Redline((paragraph(by(Kind.DEL, "red", ANNA), Segment(Kind.SAME, sign), by(Kind.INS, "blue", ANNA)),))

    assert told(around(", ")) == [(ChangeKind.REPLACE, "red, ", ", blue")]
    assert told(around(". ")) == [(ChangeKind.DELETE, "red", ""), (ChangeKind.INSERT, "", "blue")]


def test_two_authors_make_two_changes_of_neighbouring_words() -> None:
    redline = Redline((paragraph(by(Kind.DEL, "red", ANNA), by(Kind.INS, "blue", BORIS)),))
    assert told(redline) == [(ChangeKind.DELETE, "red", ""), (ChangeKind.INSERT, "", "blue")]


def test_a_tracked_and_an_untracked_edit_are_two_changes() -> None:
    quiet = replace(ANNA, tracked=False)
    found = changes(Redline((paragraph(by(Kind.INS, "red ", ANNA), by(Kind.INS, "blue ", quiet)),)))
    assert [change.tracked for change in found] == [True, False]


def test_one_author_at_two_minutes_is_still_one_change() -> None:
    later = replace(ANNA, date=datetime(2024, 3, 1, 12, 1))
    (change,) = changes(Redline((paragraph(by(Kind.DEL, "red", ANNA), by(Kind.INS, "blue", later)),)))
    assert change.attributions == (ANNA, later)


def test_a_whole_paragraph_with_its_mark_is_one_change() -> None:
    (change,) = changes(diff(text(PAY, LAW), text(PAY, KEEP, LAW)))
    assert (change.kind, change.new_text, change.spans) == (ChangeKind.INSERT, KEEP, (Span(1, 0, 1, True),))


def test_neighbouring_new_paragraphs_are_decided_one_by_one() -> None:
    assert [change.new_text for change in changes(diff(text(LAW), text(LAW, PAY, KEEP)))] == [PAY, KEEP]


def test_a_paragraph_typed_after_enter_takes_the_mark_before_it_along() -> None:
    redline = Redline((
        paragraph(Segment(Kind.SAME, PAY), mark=Kind.INS, author=ANNA),
        paragraph(by(Kind.INS, KEEP, ANNA), mark=Kind.INS, author=ANNA),
        paragraph(by(Kind.INS, LAW, ANNA)),
    ))
    found = changes(redline)
    assert [change.new_text for change in found] == [KEEP, LAW]
    assert found[0].spans == (Span(0, 1, 1, True), Span(1, 0, 1, False))


def test_a_split_and_a_join_are_changes_of_a_line_end() -> None:
    assert told(diff(text(f"{PAY} {KEEP}"), text(PAY, KEEP))) == [(ChangeKind.REPLACE, " ", "\n")]
    assert told(diff(text(PAY, KEEP), text(PAY + KEEP))) == [(ChangeKind.DELETE, "\n", "")]


def test_a_row_is_one_change() -> None:
    old = table(("Phase", "Fee"), ("Build", "200"))
    new = table(("Phase", "Fee"), ("Design", "100"), ("Test", "300"), ("Build", "200"))
    found = changes(diff(old, new, ANNA))
    assert [(change.kind, change.new_text) for change in found] == [
        (ChangeKind.INSERT, "Design\n100"), (ChangeKind.INSERT, "Test\n300")]


def test_new_words_in_one_cell_are_no_row() -> None:
    found = changes(diff(table(("Phase", "Fee")), (*table(("Phase", "Fee"))[:1], *table(("Phase", "New fee"))[1:])))
    assert [(change.kind, len(change.spans)) for change in found] == [(ChangeKind.REPLACE, 1)]


def test_both_ends_of_a_move_and_the_edits_inside_are_one_change() -> None:
    edited = PAY.replace("thirty", "sixty")
    (change,) = changes(diff(text(PAY, KEEP, LAW), text(KEEP, LAW, edited), ANNA))
    assert (change.kind, change.old_text, change.new_text) == (ChangeKind.MOVE, PAY, edited)
    assert change.spans == (Span(0, 0, 3, True), Span(3, 0, 3, True))


def test_a_change_of_look_says_so() -> None:
    bold = Paragraph((Segment(Kind.SAME, "Fees", frozenset({"bold"})),), Kind.SAME, Props(), Props())
    assert told(diff(text("Fees"), [bold])) == [(ChangeKind.FORMAT, "Fees", "Fees")]


def test_what_is_gone_is_nobodys_to_decide() -> None:
    a, b = text("pay the Fees"), text("pay the agreed Fees")
    assert changes(compose(diff(a, b, ANNA), diff(b, a, BORIS))) == ()


def numbered(*words: str) -> tuple[Paragraph, ...]:
    return assign([clause(f"{number}.", line) for number, line in enumerate(words, 1)], "seed")


def ids(found: tuple[Change, ...]) -> dict[str, str]:
    return {change.new_text: change.id for change in found}


def test_an_id_survives_changes_elsewhere() -> None:
    old = numbered(PAY, KEEP, LAW)
    sixty = [plain(p.text.replace("thirty", "sixty"), p.props) for p in old]
    more = [plain(p.text.replace("thirty", "sixty").replace("secret", "safe"), p.props) for p in old]
    assert ids(changes(diff(old, sixty)))["sixty"] == ids(changes(diff(old, more)))["sixty"]


def test_the_same_edit_twice_in_a_clause_has_two_ids() -> None:
    (one, two) = changes(diff(text("the Fees and again the Fees of both"), text("the Costs and again the Costs of both")))
    assert (one.old_text, two.old_text) == ("Fees", "Fees")
    assert one.id != two.id


def test_a_change_says_in_which_clause_it_stands() -> None:
    old = (clause("7.", "Payment"), clause("7.2", PAY, 1))
    (change,) = changes(diff(old, (old[0], clause("7.2", PAY.replace("thirty", "sixty"), 1))))
    assert (change.label, change.clause) == ("7.2", None)
