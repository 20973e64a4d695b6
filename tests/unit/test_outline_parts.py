"""The parts of a contract that no number announces: parties, recitals, definitions, signatures, schedules."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redline.clauses.drafting import ClauseKind
from redline.clauses.identity import assign, carry
from redline.clauses.naming import find
from redline.clauses.outline import Clause, outline, owners
from redline.compare import diff
from redline.model import Cell, ClauseId, Kind, Paragraph, Props, Segment, plain

LAW = "This Agreement is governed by the laws of England and Wales and by nothing else whatsoever."
BOLD = frozenset({"bold"})


def line(words: str, label: str = "", level: int | None = None, *, heading: bool = False, cell: Cell | None = None) -> Paragraph:
    level = 0 if label and level is None else level
    return plain(words, Props(label=label, level=level, heading=heading, cell=cell))


def run_in(term: str, rest: str, label: str = "", level: int | None = None) -> Paragraph:
    props = Props(label=label, level=level)
    return Paragraph((Segment(Kind.SAME, term, BOLD), Segment(Kind.SAME, rest)), Kind.SAME, props, props)


def row(number: int, *cells: str, table: int = 0) -> list[Paragraph]:
    return [plain(words, Props(cell=Cell(table, number, column))) for column, words in enumerate(cells)]


def shown(paragraphs: list[Paragraph]) -> list[tuple[str, str, str, int | None]]:
    return [(clause.kind.value, clause.label, clause.heading, clause.level) for clause in outline(paragraphs)]


def kinds(paragraphs: list[Paragraph]) -> list[tuple[str, str]]:
    return [(clause.kind.value, clause.heading) for clause in outline(paragraphs) if clause.kind is not ClauseKind.CLAUSE]


def by_heading(paragraphs: list[Paragraph], heading: str) -> Clause:
    return next(clause for clause in outline(paragraphs) if clause.heading == heading)


FEES = [line("Fees", "1.", heading=True), line("The Customer pays.", "1.1", 1)]


@pytest.mark.parametrize("words", [
    "This Agreement is made on 1 March between Alpha Ltd (the “Supplier”) and Beta plc (the “Customer”).",
    "THIS AGREEMENT is entered into by and between Alpha Ltd and Beta plc, each a company registered in England.",
    "Alpha Ltd, of 3 Row Lane, Leeds (“Buyer”), orders services from Beta plc (“Vendor”) on these terms.",
    "ООО «Альфа», именуемое в дальнейшем «Исполнитель», в лице директора, с одной стороны, и ООО «Бета» заключили договор.",
])
def test_the_sentence_that_names_the_parties_begins_their_block(words: str) -> None:
    found = outline([line("Services Agreement"), line(words), *FEES])
    assert [clause.kind for clause in found[:2]] == [ClauseKind.OPENING, ClauseKind.PARTIES]
    assert found[1].heading in ("Parties", "Стороны")
    assert (found[1].level, found[2].parent) == (0, None)


def test_numbered_parties_stand_within_the_parties_and_lettered_recitals_within_the_recitals() -> None:
    found = shown([line("Agreement"), line("BETWEEN"), line("Alpha Ltd (the “Supplier”); and", "(1)"),
                   line("Beta plc (the “Customer”).", "(2)"), line("BACKGROUND"), line("Alpha makes reports.", "(A)"),
                   line("Agreed terms"), *FEES])
    assert found == [("opening", "", "", None), ("parties", "", "Parties", 0), ("clause", "(1)", "", 1), ("clause", "(2)", "", 1),
                     ("recitals", "", "BACKGROUND", 0), ("clause", "(A)", "", 1), ("clause", "1.", "Fees", 0), ("clause", "1.1", "", 1)]


def test_the_parties_named_on_a_cover_do_not_hide_the_block_that_describes_them() -> None:
    found = kinds([line("Agreement"), line("between"), line("Alpha Ltd"), line("and"), line("Beta plc"),
                   line("Parties", heading=True), line("Alpha Ltd, of 3 Row Lane (the “Supplier”)"), *FEES])
    assert found == [("opening", ""), ("parties", "Parties")]


def test_a_cover_page_that_speaks_of_the_parties_does_not_name_them() -> None:
    assert kinds([*row(0, "Framework", "This order form is made under the terms between Alpha Ltd and Beta plc of 1 March."), *FEES]) \
        == [("opening", "")]


def test_whereas_begins_the_recitals_and_a_clause_may_use_the_word() -> None:
    found = kinds([line("Consent"), line("WHEREAS, the Board wishes to raise money; and"), *FEES,
                   line("Whereas the Supplier is late, it pays.", "2.", 0)])
    assert found == [("opening", ""), ("recitals", "Recitals")]


DEFINED = [
    ("“Affiliate” means a company under common control.", "Affiliate"),
    ("\"Business Day\" has the meaning given in clause 2.", "Business Day"),
    ("The term “Fees” shall mean the sums due.", "Fees"),
    ("“Protected Health Information” or “PHI” has the meaning given to it under the law.", "Protected Health Information, PHI"),
    ("«Услуги» означают услуги по сбору данных.", "Услуги"),
    ("«Отчёт» (далее также – Документ) означает документ.", "Отчёт"),
]


@pytest.mark.parametrize(("words", "term"), DEFINED)
def test_a_defined_term_is_an_item_with_the_term_as_its_heading(words: str, term: str) -> None:
    found = outline([line("Terms", "1.", heading=True), line("In this Agreement:", "1.1", 1), line(words), line("Next", "1.2", 1)])
    assert (found[2].kind, found[2].heading, found[2].level, found[2].path) == (ClauseKind.DEFINITION, term, 2, "1.1")
    assert found[3].parent == 0


def test_a_bold_term_needs_no_quotes_and_a_dash_only_counts_among_definitions() -> None:
    dashed = line("«Акт» – акт об оказанных услугах;")
    assert kinds([line("x", "1."), run_in("Business Day", " means a day on which banks are open.")])[-1] == ("definition", "Business Day")
    assert kinds([line("Термины", "1.", heading=True), dashed])[-1] == ("definition", "Акт")
    assert kinds([line("Оплата", "1.", heading=True), dashed]) == []


def test_numbered_definitions_keep_their_numbers() -> None:
    found = outline([line("Definitions", "4.", heading=True), line("“Input” means what is put in.", "4.1", 1)])
    assert (found[1].kind, found[1].label, found[1].heading, found[1].path) == (ClauseKind.DEFINITION, "4.1", "Input", "4.1")


def test_what_is_listed_below_a_definition_belongs_to_it() -> None:
    found = outline([line("Definitions", "1.", heading=True), line("“Event” means:"), line("a flood;", "(a)", 1), line("a fire.", "(b)", 1),
                     line("“Fees” means the sums due."), line("Law", "2.", heading=True)])
    assert [(clause.heading or clause.label, clause.parent) for clause in found] == [
        ("Definitions", None), ("Event", 0), ("(a)", 1), ("(b)", 1), ("Fees", 0), ("Law", None)]


def test_rows_of_a_table_of_definitions_are_items() -> None:
    paragraphs = [line("Definitions", "1.", heading=True), *row(0, "Term", "Meaning"),
                  *row(1, "Business Day", "a day on which banks are open"), *row(2, "Fees", "the sums that are due under clause 5")]
    assert kinds(paragraphs) == [("definition", "Business Day"), ("definition", "Fees")]
    assert owners(paragraphs) == (0, 0, 0, 1, 1, 2, 2)


def test_a_sentence_that_uses_a_quoted_word_is_no_definition() -> None:
    assert kinds([line("Terms", "1.", heading=True), line("“Including” is followed by examples."),
                  line("The words “in particular” introduce examples.")]) == []


@pytest.mark.parametrize("head", ["Signatures", "SIGNATURE PAGE", "Details and signatures", "Подписи сторон", "АДРЕСА И РЕКВИЗИТЫ СТОРОН",
                                  "IN WITNESS WHEREOF, the parties have executed this Agreement.",
                                  "By signing this Agreement, each party agrees to it.", "Signed for and on behalf of Alpha Ltd"])
def test_the_signature_block_is_an_item(head: str) -> None:
    paragraphs = [*FEES, line(head), line("Alpha Ltd"), line("By: ____________"), line("Name:"), line("Title:")]
    found = outline(paragraphs)[-1]
    assert (found.kind, found.level, found.first, found.last) == (ClauseKind.SIGNATURE, 0, 2, 7)
    assert found.heading


def test_lines_to_sign_on_are_enough() -> None:
    found = outline([*FEES, *row(0, "", "PROVIDER"), *row(1, "Signature", ""), *row(2, "Print Name", ""), *row(3, "Date", "")])[-1]
    assert (found.kind, found.heading, found.last - found.first) == (ClauseKind.SIGNATURE, "Signatures", 7)


def test_a_signatory_of_his_own_heading_stays_in_the_block() -> None:
    found = shown([*FEES, line("Signatures", level=0, heading=True), line("By: ________"), line("Employee", level=0, heading=True),
                   line("Signature: ________"), line("Date:")])
    assert [kind for kind, *_ in found] == ["clause", "clause", "signature"]


def test_a_clause_about_signatures_is_a_clause() -> None:
    assert kinds([*FEES, line("Electronic Signature", "2.", heading=True), line("This may be signed electronically.", "2.1", 1),
                  line("Notices", "3.", heading=True)]) == []


def test_what_follows_the_signatures_of_one_form_is_another() -> None:
    after = [line("Cover page of the second form"), *[line(f"line {number}") for number in range(9)]]
    found = shown([*FEES, line("Signatures"), *row(0, "Signature", "x"), *row(1, "Name", "y"), *after])
    assert [kind for kind, *_ in found] == ["clause", "clause", "signature", "clause"]
    assert found[-1][2] == "Cover page of the second form"


@pytest.mark.parametrize("label", ["Schedule 1", "Exhibit A", "Annex 2", "Appendix B", "Приложение № 1"])
def test_schedules_say_what_they_are(label: str) -> None:
    assert outline([line("Scope", label, heading=True)])[0].kind is ClauseKind.SCHEDULE


def test_headings_without_a_look_of_their_own_name_a_numbered_clause() -> None:
    assert outline([line("Force Majeure. Neither party is liable for a delay.", "9.1")])[0].heading == "Force Majeure"
    assert outline([line("The Supplier shall perform. It shall also report.", "9.1")])[0].heading == ""


def test_bold_words_that_end_in_no_stop_are_no_heading() -> None:
    assert outline([run_in("Provider", " may not keep any copies.", "(b)", 0)])[0].heading == ""
    assert outline([run_in("Term.", " Provider may not.", "2.", 0)])[0].heading == "Term"


def test_a_number_finds_the_clause_and_not_the_definitions_in_it() -> None:
    found = outline([line("In this Agreement:", "1.1"), line("“Fees” means the sums due."), line("“Term” means a year.")])
    assert find(found, "1.1").first == 0
    assert find(found, "fees").heading == "Fees"


def test_both_languages_of_a_row_make_one_definition_and_one_parties_block() -> None:
    parties = row(0, "Alpha Ltd (the “Supplier”) and the company named below (the “Client”) agree as follows.",
                  "Альфа (далее – «Исполнитель») и названная ниже компания (далее – «Клиент») договорились о следующем.")
    terms = row(2, "“Fees” means the sums due under this Agreement.", "«Плата» означает суммы, которые причитаются по Договору.")
    paragraphs = [*parties, line("Definitions", "1.", heading=True), *terms]
    assert owners(paragraphs) == (0, 0, 1, 2, 2)
    assert [clause.kind for clause in outline(paragraphs)] == [ClauseKind.PARTIES, ClauseKind.CLAUSE, ClauseKind.DEFINITION]


def test_a_definition_keeps_its_id_when_its_words_and_its_neighbours_change() -> None:
    def text(*terms: str) -> list[Paragraph]:
        return [line("Definitions", "1.", heading=True), *[line(term) for term in terms], line(LAW, "2.")]

    def ids(paragraphs: tuple[Paragraph, ...]) -> dict[str, ClauseId | None]:
        return {clause.heading: clause.id for clause in outline(paragraphs) if clause.kind is ClauseKind.DEFINITION}

    fees, term = "“Fees” means the sums that are due under clause 5.", "“Term” means the period of this Agreement."
    old = assign(text(fees, term), "seed")
    new = carry(diff(old, text("“Affiliate” means a company under common control.", term, fees.replace("5", "7"))), "next")
    assert (ids(new)["Fees"], ids(new)["Term"]) == (ids(old)["Fees"], ids(old)["Term"])
    assert ids(new)["Affiliate"] not in ids(old).values()
    assert len(set(ids(new).values())) == 3


def test_an_id_that_several_clauses_share_goes_to_the_first_of_them() -> None:
    paragraphs = assign([line("In this Agreement:", "1.1"), line("“Fees” means the sums due."), line(LAW, "2.")], "seed")
    shared = paragraphs[0].props.clause
    once = [replace(one, old=replace(one.props, clause=shared), new=replace(one.props, clause=shared)) if index < 2 else one
            for index, one in enumerate(paragraphs)]
    found = [clause.id for clause in outline(carry(diff(once, once), "next"))]
    assert len(set(found)) == 3
    assert found[0] == shared


def test_each_side_of_a_redline_has_the_parts_of_its_own_text() -> None:
    old = [line("Definitions", "1.", heading=True), line("“Fees” means the sums due under clause 5 of this text.")]
    redline = diff(old, old[:1])
    assert [clause.kind.value for clause in outline(redline.paragraphs, "old")] == ["clause", "definition"]
    assert [clause.kind.value for clause in outline(redline.paragraphs, "new")] == ["clause"]


def test_a_number_of_several_parts_ends_the_definitions_before_it() -> None:
    found = outline([line("Definitions", "2.", heading=True), line("Goods – the products named in the order."),
                     line("Batch: the Goods of one order."), line("Other terms are read as the law reads them.", "2.2", 1)])
    assert [(clause.heading, clause.parent) for clause in found] == [("Definitions", None), ("Goods", 0), ("Batch", 0), ("", 0)]


@pytest.mark.parametrize(("words", "label"), [("Schedule 1 to the Agreement of 1 March", "Schedule 1"),
                                              ("Приложение № 1 к Договору поставки № 12", "Приложение № 1")])
def test_a_schedule_that_names_its_contract_holds_what_follows(words: str, label: str) -> None:
    found = outline([*FEES, line(words), line("SPECIFICATION", level=0, heading=True), line("Roses", "1.", 0)])[2:]
    assert [(clause.kind.value, clause.path, clause.level) for clause in found] == [
        ("schedule", label, 0), ("clause", label, 1), ("clause", f"{label}.1", 1)]


@pytest.mark.parametrize("words", ["Приложение № 1 к Договору – Спецификация;", "Приложение № 1 «Состав услуг»",
                                   "Schedule 1 to be agreed."])
def test_a_list_of_schedules_is_no_schedule(words: str) -> None:
    assert all(clause.kind is ClauseKind.CLAUSE for clause in outline([*FEES, line(words)]))


def test_a_number_alone_in_the_first_cell_starts_the_clause_of_a_bilingual_row() -> None:
    paragraphs = [*row(0, "1", "PAYMENT", "ОПЛАТА"), *row(1, "1.1.", "The Client pays in full.", "Заказчик платит полностью."),
                  *row(2, "2", "LAW", "ПРАВО")]
    assert [(clause.label, clause.path, clause.level) for clause in outline(paragraphs)] == [
        ("1", "1", 0), ("1.1.", "1.1", 1), ("2", "2", 0)]
    assert outline([line("x"), *row(0, "1", "Desk", "200"), *row(1, "2", "Chair", "100")])[-1].kind is ClauseKind.OPENING


def test_a_clause_said_again_in_the_other_language_below_is_one_clause() -> None:
    paragraphs = [line("Payment", "1.", heading=True), line("Оплата", "1.", heading=True), line("The Client pays.", "1.1", 1),
                  line("Заказчик платит.", "1.1", 1), line("in time;", "(a)", 2), line("в срок;", "(a)", 2), line("Signatures"),
                  line("By: ____"), line("Name:")]
    assert owners(paragraphs) == (0, 0, 1, 1, 2, 2, 3, 3, 3)
    assert [clause.path for clause in outline([line("Fees", "1."), line("Costs", "1.")])] == ["1", "1"]


@pytest.mark.parametrize("head", ["PARTIES", "BETWEEN:"])
def test_numbered_names_on_a_cover_belong_to_the_opening(head: str) -> None:
    found = shown([line("DATED 1 March"), line("ALPHA LIMITED", "(1)", 0, heading=True), line("BETA LIMITED", "(2)", 0, heading=True),
                   line("SUPPLY AGREEMENT", "", 0, heading=True), line("THIS AGREEMENT is dated 1 March"), line(head, "", 0, heading=True),
                   line("Alpha Limited (the “Supplier”); and", "(1)", 1), line("Beta Limited (the “Buyer”).", "(2)", 1),
                   line("BACKGROUND", "", 0, heading=True), line("Alpha sells goods.", "(A)", 1), *FEES])
    assert [kind for kind, *_ in found] == ["opening", "parties", "clause", "clause", "recitals", "clause", "clause", "clause"]
    assert found[0] == ("opening", "", "", None)


def test_a_number_in_brackets_before_other_numbers_is_no_cover() -> None:
    found = shown([line("Rules"), line("First rule.", "(1)", 0), line("Fees", "1.", 0, heading=True), line("Parties", "", 0, heading=True)])
    assert [kind for kind, *_ in found] == ["opening", "clause", "clause", "clause"]


@pytest.mark.parametrize("block", [
    ["Berlin, ________", "__________________   __________________", "Supplier   Customer"],
    ["For Alpha Ltd:", "Name: ______________", "Title: ______________", "For Beta Ltd:", "Name: ______________", "Title: ____________"],
    ["For Alpha Ltd: Name: ____ Title: ____", "For Beta Ltd: Name: ____ Title: ____"],
    ["Поставщик", "Должность: __________", "Ф.И.О. __________"],
])
@pytest.mark.parametrize("after", [[], [line("Prices", "Schedule 1", 0, heading=True), line("The price is fixed.", "1.", 1)]])
def test_blanks_to_sign_on_at_the_end_are_a_signature_block(block: list[str], after: list[Paragraph]) -> None:
    found = outline([*FEES, *map(line, block), *after])
    (signed,) = [clause for clause in found if clause.kind is ClauseKind.SIGNATURE]
    assert (signed.first, signed.last, signed.level) == (2, 2 + len(block), 0)


@pytest.mark.parametrize("block", [
    ["The price in figures:", "______________",
     "The Customer fills this in and then sends the form back to the Supplier within ten days of receipt."],
    ["Contact", "Name: ______________", "E-mail: ______________"],
])
def test_blanks_to_fill_in_are_none(block: list[str]) -> None:
    assert kinds([*FEES, *map(line, block)]) == []
    assert kinds([*FEES, *map(line, block), line("Term", "2.", 0, heading=True)]) == []
