"""What a clause is, what it is called, and how its id stays with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redline.clauses.identity import assign, carry
from redline.clauses.naming import find
from redline.clauses.outline import outline, owners, path
from redline.compare import diff
from redline.compare.identity import carry_contract
from redline.errors import UsageError
from redline.model import Attribution, Cell, ClauseId, Contract, Kind, Paragraph, Props, Segment, plain

ANNA = Attribution("Anna", tracked=True)
PAY = "The Customer shall pay the Fees within thirty days of receipt of a correct invoice."
KEEP = "The Supplier shall keep all Confidential Information secret and use it for the Services alone."
CAP = "Neither party is liable for more than the Fees paid in the twelve months before the claim arose."
LAW = "This Agreement is governed by the laws of England and Wales and by nothing else whatsoever."


def clause(label: str, words: str, level: int = 0, **props: object) -> Paragraph:
    return plain(words, Props(label=label, level=level, **props))  # type: ignore[arg-type]


CONTRACT = (
    plain("Between Alpha and Beta"),
    clause("7.", "Payment", heading=True),
    clause("7.2", PAY, 1),
    plain("This also holds for costs."),
    clause("(a)", CAP, 2),
    clause("8.", "Secrecy", heading=True),
    clause("8.1", KEEP, 1),
)


def test_a_clause_holds_what_follows_it_up_to_the_next() -> None:
    found = outline(CONTRACT)
    assert [(clause.label, clause.first, clause.last) for clause in found] == [
        ("", 0, 1), ("7.", 1, 2), ("7.2", 2, 4), ("(a)", 4, 5), ("8.", 5, 6), ("8.1", 6, 7)]
    assert [clause.parent for clause in found] == [None, None, 1, 2, None, 4]
    assert owners(CONTRACT) == (0, 1, 2, 2, 3, 4, 5)


def test_a_full_label_says_what_is_above_it() -> None:
    assert [path(clause) for clause in outline(CONTRACT)] == ["", "7", "7.2", "7.2(a)", "8", "8.1"]


@pytest.mark.parametrize(("labels", "wanted"), [
    (("1.", "a.", "i."), "1.a.i"),
    (("Article II", "2.1", "(b)"), "2.1(b)"),
    (("5.", "5.1.", "5.1.а"), "5.1.а"),
    (("3", "–", "(c)"), "3(c)"),
    (("1.", "Schedule 2", "1.2"), "1.2"),
    (("Раздел 4", "1)", "а)"), "Раздел 4.1).а)"),
    (("Part B", "B.2"), "Part B.2"),
    (("A.", "A.4"), "A.4"),
    (("7.", "(a)", "(a)(i)"), "7(a)(i)"),
    (("7.", "B.2"), "7.B.2"),
    (("1", "1"), "1.1"),
])
def test_full_labels_of_other_ways_to_number(labels: tuple[str, ...], wanted: str) -> None:
    assert outline([clause(label, "Text", level) for level, label in enumerate(labels)])[-1].path == wanted


def test_a_run_in_heading_is_the_bold_words_up_to_the_stop() -> None:
    segments = (Segment(Kind.SAME, "Term.", frozenset({"bold"})), Segment(Kind.SAME, " It lasts a year."))
    props = Props(label="2.", level=0)
    assert outline([Paragraph(segments, Kind.SAME, props, props)])[0].heading == "Term"


def test_each_side_of_a_redline_has_its_own_clauses() -> None:
    redline = diff([clause("1.", PAY), clause("2.", KEEP)], [clause("1.", KEEP)])
    assert [c.label for c in outline(redline.paragraphs, "old")] == ["1.", "2."]
    assert [c.label for c in outline(redline.paragraphs, "new")] == ["1."]


def test_a_story_begins_anew() -> None:
    found = outline([clause("1.", PAY), plain("Page 1", Props(story="footer:1"))])
    assert [(c.story, c.label) for c in found] == [("body", "1."), ("footer:1", "")]


def row(number: int, *cells: tuple[str, str]) -> list[Paragraph]:
    return [plain(words, Props(cell=Cell(0, number, column), typed=label, label=label, level=0 if label else None))
            for column, (label, words) in enumerate(cells)]


def test_table_rows_belong_to_the_clause_around_them() -> None:
    assert owners([clause("1.", PAY), *row(0, ("", "Phase"), ("", "Fee"))]) == (0, 0, 0)


def test_a_row_in_two_languages_is_one_clause() -> None:
    paragraphs = [*row(0, ("1.", "Fees are due."), ("1.", "Оплата производится.")), *row(1, ("2.", "Law"), ("2.", "Право"))]
    assert [c.label for c in outline(paragraphs)] == ["1.", "2."]
    assert owners(paragraphs) == (0, 0, 1, 1)


def test_several_clauses_in_a_row_find_their_translations() -> None:
    def cell(column: int, *lines: tuple[str, int, str]) -> list[Paragraph]:
        return [clause(label, words, level, cell=Cell(0, 0, column)) for label, level, words in lines]

    paragraphs = [*cell(0, ("1.", 0, "Fees"), ("(a)", 1, "due"), ("(b)", 1, "late")),
                  *cell(1, ("1.", 0, "Оплата"), ("(a)", 1, "срок"), ("(b)", 1, "пени"))]
    assert owners(paragraphs) == (0, 1, 2, 0, 1, 2)


def test_a_clause_is_found_by_id_label_full_label_or_heading() -> None:
    found = outline(assign(CONTRACT, "seed"))
    assert find(found, "7.2").heading == ""
    assert find(found, "clause 7.2").path == "7.2"
    assert find(found, "7.2 (A)").label == "(a)"
    assert find(found, "secrecy").path == "8"
    assert found[3].id is not None
    assert find(found, found[3].id).path == "7.2(a)"


def test_what_is_not_found_or_not_clear_names_the_candidates() -> None:
    twice = outline([clause("1.", "Fees", heading=True), clause("2.", "Late Fees", heading=True), clause("3.", PAY)])
    assert find(twice, "fees").path == "1"
    with pytest.raises(UsageError) as missing:
        find(twice, "9.9")
    assert "1 Fees" in missing.value.hint
    many = outline([clause("(a)", "x", heading=True), clause("(a)", "y", heading=True)])
    with pytest.raises(UsageError, match="several"):
        find(many, "(a)")


def test_the_same_text_and_seed_give_the_same_ids_and_another_seed_others() -> None:
    one, again, other = (assign(CONTRACT, seed) for seed in ("a", "a", "b"))
    assert one == again
    assert not {p.props.clause for p in one} & {p.props.clause for p in other}
    assert [p.props.clause for p in one][2] == [p.props.clause for p in one][3]
    assert len({p.props.clause for p in one}) == 6


def ids(paragraphs: tuple[Paragraph, ...]) -> dict[str, ClauseId | None]:
    return {paragraph.text: paragraph.props.clause for paragraph in paragraphs}


def carried(old: tuple[Paragraph, ...], new: tuple[Paragraph, ...]) -> tuple[dict[str, ClauseId | None], dict[str, ClauseId | None]]:
    named = assign(old, "seed")
    return ids(named), ids(carry(diff(named, new), "next"))


def test_an_id_stays_through_renumbering_and_edits() -> None:
    edited = PAY.replace("thirty", "sixty")
    old, new = carried((clause("1.", PAY), clause("2.", KEEP)), (clause("1.", LAW), clause("2.", edited), clause("3.", KEEP)))
    assert (new[edited], new[KEEP]) == (old[PAY], old[KEEP])
    assert new[LAW] not in old.values()


def test_an_id_goes_along_with_a_move() -> None:
    old, new = carried((clause("1.", PAY), clause("2.", KEEP), clause("3.", LAW)),
                       (clause("1.", KEEP), clause("2.", LAW), clause("3.", PAY)))
    assert new == old


def test_the_first_part_of_a_split_clause_keeps_the_id() -> None:
    old, new = carried((clause("1.", f"{PAY} {KEEP}"), clause("2.", LAW)), (clause("1.", PAY), clause("2.", KEEP), clause("3.", LAW)))
    assert new[PAY] == old[f"{PAY} {KEEP}"]
    assert new[KEEP] not in old.values()
    assert new[LAW] == old[LAW]


def test_joined_clauses_keep_the_id_of_the_first() -> None:
    old, new = carried((clause("1.", PAY), clause("2.", KEEP), clause("3.", LAW)), (clause("1.", f"{PAY} {KEEP}"), clause("2.", LAW)))
    assert new == {f"{PAY} {KEEP}": old[PAY], LAW: old[LAW]}


def test_a_clause_rewritten_under_its_number_is_the_same_clause() -> None:
    old, new = carried((clause("1.", PAY), clause("2.", KEEP), clause("3.", LAW)),
                       (clause("1.", PAY), clause("2.", CAP), clause("3.", LAW)))
    assert new[CAP] == old[KEEP]


def test_another_clause_in_its_place_is_not() -> None:
    old, new = carried((clause("1.", PAY), clause("2.", KEEP)), (clause("1.", PAY), clause("5.", CAP)))
    assert new[CAP] not in old.values()


def test_an_id_is_never_given_twice() -> None:
    doubled = (clause("1.", PAY), clause("2.", PAY), clause("3.", PAY))
    named = assign(doubled[:1], "seed")
    found = [p.props.clause for p in carry(diff(named, doubled), "next")]
    assert len(set(found)) == 3
    assert named[0].props.clause in found


def test_a_read_contract_gets_ids_on_both_sides() -> None:
    named = assign((clause("1.", PAY), clause("2.", KEEP), clause("3.", LAW)), "seed")
    gone = Paragraph((Segment(Kind.DEL, KEEP, attribution=ANNA),), Kind.DEL, Props(label="2.", level=0), None, ANNA)
    fresh = Paragraph((Segment(Kind.INS, CAP, attribution=ANNA),), Kind.INS, None, Props(label="2.", level=0), ANNA)
    more = Paragraph((Segment(Kind.INS, "And so on.", attribution=ANNA),), Kind.INS, None, Props(), ANNA)
    contract = Contract((clause("1.", PAY), gone, fresh, more, clause("3.", LAW)))
    found = carry_contract(contract, named, "turn 2").paragraphs
    assert [p.old.clause for p in found if p.old] == [p.props.clause for p in named]
    assert found[3].new is not None
    assert found[2].new is not None
    assert found[3].new.clause == found[2].new.clause
    assert found[4].old == replace(found[4].new or Props(), clause=named[2].props.clause)
    assert [p.text for p in found] == [p.text for p in contract.paragraphs]


def test_a_contract_without_a_past_gets_new_ids() -> None:
    found = carry_contract(Contract(CONTRACT), (), "base").paragraphs
    assert all(p.props.clause for p in found)
    assert found == carry_contract(Contract(CONTRACT), (), "base").paragraphs
