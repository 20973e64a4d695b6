"""Texts of a clause in two languages, side by side."""

from __future__ import annotations

from redline.clauses.parallel import parallels
from redline.compare import diff
from redline.model import Cell, Paragraph, Props, plain

EN = ("The Client shall pay each invoice within twenty days.", "Each party bears the charges of its own bank.",
      "This Agreement is governed by the law of England.")
RU = ("Клиент оплачивает каждый счёт в течение двадцати дней.", "Каждая Сторона несёт расходы своего банка.",
      "Настоящий Договор регулируется правом Англии.")


def cell(number: int, column: int, words: str, label: str = "") -> Paragraph:
    return plain(words, Props(cell=Cell(0, number, column), label=label, level=0 if label else None))


def table(*rows: tuple[str, ...], labels: bool = False) -> list[Paragraph]:
    return [cell(number, column, words, f"{number + 1}." if labels and column < 2 else "")
            for number, cells in enumerate(rows) for column, words in enumerate(cells)]


def pairs(paragraphs: list[Paragraph]) -> list[tuple[list[str], list[str]]]:
    def words(stretches: object) -> list[str]:
        return [paragraphs[one.paragraph].text[one.start:one.end] for one in stretches]  # type: ignore[attr-defined]

    return [(words(pair.english), words(pair.russian)) for pair in parallels(paragraphs)]


def test_the_columns_of_a_bilingual_table_are_parallel_row_by_row() -> None:
    expected = [([one], [other]) for one, other in zip(EN, RU, strict=True)]
    assert pairs(table(*zip(EN, RU, strict=True))) == expected
    assert pairs(table(*zip(RU, EN, strict=True))) == expected
    assert [pair.clause for pair in parallels(table(*zip(EN, RU, strict=True), labels=True))] == [0, 1, 2]


def test_a_column_of_numbers_does_not_disturb() -> None:
    rows = [(f"{number}.", one, other) for number, (one, other) in enumerate(zip(EN, RU, strict=True), 1)]
    assert pairs(table(*rows)) == [([one], [other]) for one, other in zip(EN, RU, strict=True)]


def test_several_clauses_in_one_row_are_paired_by_their_numbers() -> None:
    paragraphs = [cell(0, column, words, f"{number}.") for column, side in enumerate((EN, RU)) for number, words in enumerate(side, 1)]
    assert pairs(paragraphs) == [([one], [other]) for one, other in zip(EN, RU, strict=True)]


def test_cells_that_do_not_hold_the_same_clauses_are_paired_as_wholes() -> None:
    paragraphs = [cell(0, 0, EN[0], "1."), cell(0, 0, EN[1], "2."), cell(0, 1, RU[0]), cell(0, 1, RU[1])]
    assert pairs(paragraphs) == [(list(EN[:2]), list(RU[:2]))]


def test_a_list_of_products_with_a_description_in_another_alphabet_is_no_translation() -> None:
    assert pairs(table(("HP M404", "Принтер лазерный чёрно-белый для рабочих групп до двадцати человек"),
                       ("HP M500", "Принтер цветной для малых отделов и домашних кабинетов"))) == []
    assert pairs(table(("Name", "Иван Петров"), ("City", "Москва"))) == []


def test_a_row_that_is_only_on_one_side_of_a_redline_still_has_its_pair() -> None:
    old, new = table(*zip(EN, RU, strict=True)), table(*zip(EN[:2], RU[:2], strict=True))
    assert len(parallels(diff(old, new).paragraphs)) == 3
    emptied = table(*zip(EN, (*RU[:2], ""), strict=True))
    found = parallels(diff(old, emptied).paragraphs)
    assert [(len(pair.english), len(pair.russian)) for pair in found] == [(1, 1), (1, 1), (1, 1)]


def test_an_english_row_added_without_russian_has_an_empty_pair() -> None:
    found = pairs(table(*zip(EN, RU, strict=True), ("Results of tests are always secret.", "")))
    assert found[-1] == (["Results of tests are always secret."], [])


def test_both_languages_in_one_paragraph_are_told_apart_at_the_break() -> None:
    assert pairs([plain(f"{EN[0]}\n{RU[0]}")]) == [([EN[0]], [RU[0]])]
    assert pairs([plain("Договор поставки / Supply Agreement")]) == [(["Supply Agreement"], ["Договор поставки"])]


def test_paragraphs_one_below_the_other_are_pairs_where_that_is_the_habit_of_the_text() -> None:
    stacked = [plain(words) for both in zip(EN, RU, strict=True) for words in both]
    assert pairs(stacked) == [([one], [other]) for one, other in zip(EN, RU, strict=True)]
    assert pairs([*(plain(words) for words in (*EN, *EN)), plain(RU[0]), plain(EN[1])]) == []
    assert pairs([cell(0, 0, EN[0]), cell(0, 0, EN[1]), cell(0, 0, RU[0]), cell(0, 0, RU[1])]) == [(list(EN[:2]), list(RU[:2]))]


def test_a_text_in_one_language_has_no_parallels() -> None:
    assert parallels([plain(words) for words in EN]) == ()
