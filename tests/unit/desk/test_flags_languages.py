"""Warnings on clauses that were changed in one of their two languages only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redline.compare import diff
from redline.desk.languages import language_flags
from redline.model import Cell, Kind, Paragraph, Props, Redline, plain
from redline.views import FlagKind

EN = ["The Client shall pay each invoice within twenty (20) days.", "Each party bears the charges of its own bank."]
RU = ["Клиент оплачивает каждый счёт в течение 20 (двадцати) дней.", "Каждая Сторона несёт расходы своего банка."]


def table(english: list[str], russian: list[str]) -> list[Paragraph]:
    return [plain(words, Props(cell=Cell(0, number, column), label=f"{number + 1}.", level=0))
            for number, both in enumerate(zip(english, russian, strict=True)) for column, words in enumerate(both)]


def told(english: list[str], russian: list[str]) -> list[tuple[str, str]]:
    found = list(language_flags(diff(table(EN, RU), table(english, russian))))
    assert all(flag.loud and flag.kind is FlagKind.LANGUAGE for flag in found)
    return [(flag.label, flag.message) for flag in found]


def test_a_change_in_one_language_is_told_with_the_clause() -> None:
    assert told([EN[0], "The Client bears the charges of its own bank."], RU) == [
        ("2", "changed in English only; the Russian text still says what it said")]
    assert told(EN, [RU[0], "Клиент несёт расходы своего банка."]) == [
        ("2", "changed in Russian only; the English text still says what it said")]


def test_figures_changed_in_one_language_are_told_with_the_figures() -> None:
    assert told([EN[0].replace("twenty (20)", "thirty (30)"), EN[1]], RU) == [
        ("1", "changed from 20 days to 30 days in English only; the Russian text still says what it said")]


def test_a_change_in_both_languages_raises_nothing() -> None:
    assert told([EN[0].replace("twenty (20)", "thirty (30)"), EN[1]], [RU[0].replace("20 (двадцати)", "30 (тридцати)"), RU[1]]) == []


def test_figures_that_changed_in_one_language_are_told_though_words_changed_in_both() -> None:
    assert told([EN[0].replace("twenty (20)", "thirty (30)"), EN[1]], [RU[0].replace("каждый счёт", "все счета"), RU[1]]) == [
        ("1", "changed from 20 days to 30 days in English only; the figures of the Russian text are as they were")]


def test_figures_that_became_different_ones_are_told() -> None:
    assert told([EN[0].replace("twenty (20)", "thirty (30)"), EN[1]], [RU[0].replace("20 (двадцати)", "60 (шестидесяти)"), RU[1]]) == [
        ("1", "the figures became 30 days in English, but 60 days in Russian")]


@pytest.mark.parametrize("english", ["Each party bears the charges of it's own bank", "Each party bears the charges of its own  bank.",
                                     "Each party bears charges of its own bank.", "Each party bears the chrages of its own bank."])
def test_signs_spaces_articles_and_slips_need_no_counterpart(english: str) -> None:
    if "it's" in english:
        english = english.replace("it's", "its")
    assert told([EN[0], english], RU) == []


@pytest.mark.parametrize(("was", "now"), [("employer", "employee"), ("insured", "insurer"), ("material", "immaterial"), ("and", "or")])
def test_a_word_that_means_something_else_is_no_slip(was: str, now: str) -> None:
    old = table([EN[0], f"The {was} bears the charges of each bank."], RU)
    assert list(language_flags(diff(old, table([EN[0], f"The {now} bears the charges of each bank."], RU))))


def test_a_text_taken_out_or_added_in_one_language_is_told() -> None:
    assert told([EN[0], ""], RU) == [("2", "taken out in English only; the Russian text still stands")]
    more = told([*EN, "Results of tests are always secret."], [*RU, ""])
    assert more == [("3", "added in English only; there is no Russian text beside it")]
    assert told([*EN, "Results of tests are secret."], [*RU, "Результаты испытаний секретны."]) == []


def test_a_row_taken_out_in_both_languages_raises_nothing() -> None:
    assert told(EN[:1], RU[:1]) == []


def test_renumbered_references_in_one_language_raise_nothing() -> None:
    assert list(language_flags(diff(table(EN, RU), table(EN, RU)))) == []


def test_figures_that_disagree_as_they_did_before_are_told_quietly() -> None:
    text = table([EN[0].replace("twenty (20)", "thirty (30)"), EN[1]], RU)
    (flag,) = language_flags(diff(text, text))
    assert (flag.loud, flag.label, flag.message) == (False, "1", "the English text says 30 days, the Russian text 20 days")


def test_a_year_and_twelve_months_agree() -> None:
    text = table(["This Agreement lasts one (1) year from the date of signature.", EN[1]],
                 ["Договор действует 12 (двенадцать) месяцев со дня подписания.", RU[1]])
    assert list(language_flags(diff(text, text))) == []


@pytest.mark.parametrize("emptied", [0, 1])
def test_a_cell_that_was_emptied_beside_a_full_one_was_taken_out_in_one_language(emptied: int) -> None:
    paragraphs = table(EN, RU)
    languages = ("English", "Russian") if emptied == 0 else ("Russian", "English")
    cell = paragraphs[2 + emptied]
    went = Paragraph(tuple(replace(segment, kind=Kind.DEL) for segment in cell.segments), Kind.DEL, cell.old, None)
    redline = Redline(tuple(went if paragraph is cell else paragraph for paragraph in paragraphs))
    assert [(flag.loud, flag.label, flag.message) for flag in language_flags(redline)] == [
        (True, "2", f"taken out in {languages[0]} only; the {languages[1]} text still stands")]


def test_a_row_that_was_taken_out_raises_nothing() -> None:
    gone = [Paragraph(tuple(replace(segment, kind=Kind.DEL) for segment in each.segments), Kind.DEL, each.old, None)
            for each in table(EN, RU)[2:]]
    assert list(language_flags(Redline((*table(EN, RU)[:2], *gone)))) == []
