"""How two versions of a document are put side by side: what stays, splits, joins, moves, comes and goes."""

from __future__ import annotations

from dataclasses import replace

from redline.compare import diff
from redline.model import Cell, Kind, Paragraph, Props, plain

from .documents import ANNA, clause, drawn, table, text

PAY = "The Customer shall pay the Fees within thirty days of receipt of a correct invoice."
KEEP = "The Supplier shall keep all Confidential Information secret and use it for the Services alone."
CAP = "Neither party is liable for more than the Fees paid in the twelve months before the claim arose."
LAW = "This Agreement is governed by the laws of England and Wales and by nothing else whatsoever."


def lines(old: tuple[Paragraph, ...], new: tuple[Paragraph, ...]) -> list[str]:
    redline = diff(old, new)
    assert redline.old() == old
    assert redline.new() == new
    return drawn(redline)


def test_renumbering_is_no_change() -> None:
    old = (clause("1.", PAY), clause("2.", KEEP))
    new = (clause("2.", PAY), clause("3.", KEEP))
    redline = diff(old, new)
    assert not redline.changed
    assert redline.new() == new


def test_a_new_level_style_or_heading_is_a_change_of_format() -> None:
    redline = diff([clause("1.", PAY)], [clause("1.1", PAY, 1)], ANNA)
    assert redline.paragraphs[0].mark is Kind.FORMAT
    assert redline.paragraphs[0].attribution == ANNA


def test_unrelated_paragraphs_go_out_and_come_in_whole() -> None:
    assert lines(text(PAY, KEEP), text(PAY, LAW)) == [PAY, f"[-{KEEP}-][-¶-]", f"{{+{LAW}+}}{{+¶+}}"]


def test_a_word_changed_does_not_replace_the_paragraph() -> None:
    assert lines(text(PAY, CAP), text(PAY.replace("thirty", "sixty"), CAP))[0] == PAY.replace("thirty", "[-thirty-]{+sixty+}")


def test_an_abridged_clause_is_struck_in_part_not_replaced() -> None:
    long = PAY + " " + CAP + " " + KEEP + " " + LAW
    assert lines(text(LAW, long), text(LAW, PAY)) == [LAW, f"{PAY}[- {CAP} {KEEP} {LAW}-]"]


def test_a_definition_keeps_its_term() -> None:
    old = text(PAY, "“Trade Secrets” has the meaning given in the Uniform Act of 1996.", KEEP)
    new = text(PAY, "“Trade Secrets” means what qualifies under applicable law.", KEEP)
    assert lines(old, new)[1].startswith("“Trade Secrets” [-has")


def test_a_clause_rewritten_alone_between_its_neighbours_is_one_clause() -> None:
    old = "Where the covenant is tied to the sale of a business it is weighed as a balance of the need of the buyer and of the public."
    new = "Where the covenant is tied to the sale of a business the Employee shall not compete with it in any manner at all within it."
    (shown,) = lines(text(PAY, old, KEEP), text(PAY, new, KEEP))[1:-1]
    assert shown.startswith("Where the covenant is tied to the sale of a business ")


def test_few_paragraphs_between_the_same_neighbours_need_little_to_be_one() -> None:
    old = text(PAY, "Contract dated January 15, 2025 is hereby executed.", "Reference: see Clause 4.2 for warranty terms.", KEEP)
    new = text(PAY, "Agreement effective January 15, 2025 is now in force.", "Reference: refer to Clause 4.2 on warranty duties.", KEEP)
    assert len(lines(old, new)) == 4


def test_a_heading_replaced_between_the_same_neighbours_is_one_heading() -> None:
    assert lines(text(PAY, "Charges", KEEP), text(PAY, "Fees", KEEP))[1] == "[-Charges-]{+Fees+}"


def test_a_split_inserts_a_mark_and_nothing_else() -> None:
    assert lines(text(LAW, f"{PAY} {KEEP}"), text(LAW, PAY, KEEP)) == [LAW, f"{PAY}[- -]{{+¶+}}", KEEP]


def test_a_paragraph_split_in_three_keeps_its_words() -> None:
    parts = lines(text(f"{PAY}{KEEP}{CAP}"), text(PAY, KEEP, CAP))
    assert parts == [f"{PAY}{{+¶+}}", f"{KEEP}{{+¶+}}", CAP]


def test_a_join_deletes_a_mark_and_nothing_else() -> None:
    assert lines(text(PAY, KEEP, LAW), text(f"{PAY} {KEEP}", LAW)) == [f"{PAY}{{+ +}}[-¶-]", KEEP, LAW]


def test_a_moved_paragraph_is_one_move() -> None:
    old, new = text(PAY, KEEP, CAP, LAW), text(KEEP, CAP, LAW, PAY)
    assert lines(old, new) == [f"<-{PAY}-><-¶->", KEEP, CAP, LAW, f"<+{PAY}+><+¶+>"]


def test_a_moved_and_edited_paragraph_shows_both() -> None:
    edited = PAY.replace("thirty", "sixty")
    found = lines(text(PAY, KEEP, CAP, LAW), text(KEEP, CAP, LAW, edited))
    assert found[0] == "<-The Customer shall pay the Fees within ->[-thirty-]<- days of receipt of a correct invoice.-><-¶->"
    assert found[-1] == "<+The Customer shall pay the Fees within +>{+sixty+}<+ days of receipt of a correct invoice.+><+¶+>"


def test_a_section_moves_as_one_with_its_heading_and_its_reserved_clause() -> None:
    old = text("Payment", PAY, "Reserved.", CAP, "Secrecy", KEEP, LAW, PAY.upper() + " Twice.", KEEP.upper() + " Thrice.",
               LAW.upper() + " Always.")
    new = (*old[4:], *old[:4])
    redline = diff(old, new)
    moved = [paragraph for paragraph in redline.paragraphs if paragraph.mark is Kind.MOVE_FROM]
    assert [paragraph.side("old") for paragraph in moved] == [paragraph.text for paragraph in old[:4]]
    assert {paragraph.move for paragraph in moved} == {"m1"}


def test_short_and_repeated_paragraphs_are_not_moves() -> None:
    repeated = "This clause has been intentionally left out by the parties hereto."
    old = text("Reserved.", PAY, repeated, KEEP, CAP, repeated, LAW)
    new = text(PAY, KEEP, repeated, CAP, LAW, repeated, "Reserved.")
    assert not any(paragraph.move for paragraph in diff(old, new).paragraphs)


def test_two_clauses_of_the_same_stock_phrases_are_not_one_that_moved() -> None:
    stock = ", without prejudice to any other right or remedy, in accordance with Applicable Law. Any waiver must be in writing"
    filler = [f"Clause number {number} speaks of matter {number * 7} and of nothing else at all{stock}" for number in range(12)]
    old = text(f"The Licensor shall maintain the Software{stock}", *filler)
    new = text(*filler, f"The Receiving Party may suspend all Deliverables{stock}")
    assert not any(paragraph.move for paragraph in diff(old, new).paragraphs)


def test_a_row_inserted_into_a_table_leaves_the_other_rows_alone() -> None:
    old = table(("Phase", "Fee"), ("Design", "100"), ("Build", "200"))
    new = table(("Phase", "Fee"), ("Design", "100"), ("Test", "300"), ("Build", "200"))
    assert lines(old, new) == ["Phase", "Fee", "Design", "100", "{+Test+}{+¶+}", "{+300+}{+¶+}", "Build", "200"]


def test_a_cell_is_compared_with_the_cell_of_its_row() -> None:
    old = table(("Phase", "Fee"), ("Design", "57,226"), ("Build", "57,226"))
    new = table(("Phase", "Fee"), ("Design", "57,226"), ("Build", "12,345"))
    assert lines(old, new)[-2:] == ["Build", "[-57,226-]{+12,345+}"]


def test_a_column_put_in_is_put_in() -> None:
    old = table(("Design", "100 euros"), ("Build", "200 euros"))
    new = table(("Design", "in May", "100 euros"), ("Build", "in June", "200 euros"))
    assert lines(old, new) == ["Design", "{+in May+}{+¶+}", "100 euros", "Build", "{+in June+}{+¶+}", "200 euros"]


def test_text_in_a_table_inside_a_cell_is_compared_there() -> None:
    outer = Cell(0, 0, 0)

    def inside(words: str) -> tuple[Paragraph, ...]:
        return plain("Fees are:", Props(cell=outer)), plain(words, Props(cell=Cell(0, 0, 0, outer))), plain("", Props(cell=outer))

    assert lines(inside("100 euros"), inside("200 euros")) == ["Fees are:", "[-100-]{+200+} euros", ""]


def test_a_footnote_put_in_before_another_does_not_change_that_one() -> None:
    body = text(PAY)
    old = (*body, *text("See the Schedule.", story="footnote:1"))
    new = (*body, *text("As amended in May.", story="footnote:1"), *text("See the Schedule.", story="footnote:2"))
    assert lines(old, new) == [PAY, "{+As amended in May.+}{+¶+}", "See the Schedule."]


def test_nothing_moves_between_stories() -> None:
    note = replace(Props(), story="footnote:1")
    old, new = (plain(PAY), plain(KEEP), plain(LAW, note)), (plain(KEEP), plain(LAW, note), plain(PAY, note))
    assert not any(paragraph.move for paragraph in diff(old, new).paragraphs)


def test_quotes_and_spaces_do_not_hide_that_a_paragraph_stayed() -> None:
    assert lines(text('the "Fees"', PAY), text("the “Fees”", PAY))[0] == 'the [-"-]{+“+}Fees[-"-]{+”+}'
