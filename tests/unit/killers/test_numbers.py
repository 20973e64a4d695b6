"""Figures are read by value and unit, in digits and in words, in both languages."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redline.killers import figures

CASES = [
    ("within thirty (30) days", "30 days", "at most"),
    ("in 90 (девяноста) банковских дней", "90 banking days", ""),
    ("в течение пятнадцати рабочих дней", "15 business days", "at most"),
    ("0,5 % от цены Договора за каждый день просрочки", "0.5 % a day", ""),
    ("0.5% of the Contract price per day of delay", "0.5 % a day", ""),
    ("up to US$1,000,000 per year", "1000000 USD a year", "at most"),
    ("не более 10 млн руб.", "10000000 RUB", "at most"),
    ("one hundred and eighty (180) days' notice", "180 days", ""),
    ("at least ten (10) percent of the costs", "10 %", "at least"),
    ("for five-year terms", "5 years", ""),
    ("не менее трёх лет", "3 years", "at least"),
    ("exceeding one year", "1 year", "more than"),
    ("полпроцента", "0.5 %", ""),
    ("в течение полутора лет", "1.5 years", "at most"),
    ("сто двадцать процентов", "120 %", ""),
    ("a hundred thousand dollars", "100000 USD", ""),
    ("1 000 000 рублей в месяц", "1000000 RUB a month", ""),
    ("ten percent (10%) of the monthly fee", "10 %", ""),
    ("12 (двенадцати) месяцев", "12 months", ""),
    ("€ 2.5 million", "2500000 EUR", ""),
]


@pytest.mark.parametrize(("text", "shown", "direction"), CASES)
def test_a_figure_is_read_by_value_and_unit(text: str, shown: str, direction: str) -> None:
    (figure,) = figures(text)
    assert str(figure).removesuffix(" a month" if "monthly" in text else "\0") == shown
    assert figure.direction == direction
    assert text[figure.start : figure.end].strip() == text[figure.start : figure.end]


@pytest.mark.parametrize(
    "text",
    [
        "pursuant to Section 8.6",
        "см. п. 12",
        "on 21 December 2006",
        "от 21.12.2006",
        "7.2 Payment",
        "one party to the other",
        "в одностороннем порядке",
        "Стороны, пятого числа",
        "Exhibit 10",
    ],
)
def test_a_number_that_only_names_something_is_no_figure(text: str) -> None:
    assert not [figure for figure in figures(text) if figure.unit]


def test_words_and_digits_that_disagree_are_both_given() -> None:
    assert [figure.value for figure in figures("one hundred and eighty (246) days")] == [Decimal(180), Decimal(246)]


def test_banking_days_are_longer_than_calendar_days() -> None:
    banking, calendar = figures("90 банковских дней, 90 календарных дней")
    assert banking.kind == calendar.kind == "time"
    assert banking.size > calendar.size


@given(st.text(max_size=300))
def test_any_text_is_read_and_every_figure_lies_in_it(text: str) -> None:
    for figure in figures(text):
        assert 0 <= figure.start < figure.end <= len(text)
        assert figure.value >= 0


@given(st.integers(1, 999_999))
def test_digits_are_read_back_however_they_are_grouped(number: int) -> None:
    for shown in (str(number), f"{number:,}", f"{number:,}".replace(",", "\u00a0")):
        assert [figure.value for figure in figures(f"up to {shown} days")] == [Decimal(number)]
