"""Tokens, folding, suspicious characters and safe display."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redline.text import fold, safe, safe_line, suspicious, tokens, words

odd = st.text(st.one_of(st.characters(), st.sampled_from("aА1 .,’'\u00a0\u00ad\u200b\u202e€$%-")))


@given(odd)
def test_tokens_put_together_are_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text


@given(odd)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(odd)
def test_making_safe_twice_is_making_safe_once(text: str) -> None:
    assert safe(safe(text)) == safe(text)
    assert not list(suspicious("".join(char for char in safe(text) if char.isascii())))


@pytest.mark.parametrize(("text", "whole"), [
    ("pay $1,000.50 now", "$1,000.50"), ("pay 1 000 000,00 ₽ now", "1 000 000,00 ₽"), ("a fee of 12.5% each", "12.5%"),
    ("of -5 degrees", "-5"), ("on 1 March 2024,", "1 March 2024"), ("on March 1, 2024,", "March 1, 2024"),
    ("от «1» марта 2024 г.", "«1» марта 2024"), ("by 2024-03-01.", "2024-03-01"), ("by 01.03.2024.", "01.03.2024"),
    ("see 7.2(a)", "7.2"), ("the Supplier’s duty", "Supplier’s"), ("co\u00adoperation", "co\u00adoperation"),
    ("в 5.1 договора", "5.1"), ("от 12.05.2024г.", "12.05.2024"), ("10%-20% a year", "20%"), ("from 3/4 to 1", "3/4"),
    ("a [___] blank", "___"),
])
def test_numbers_amounts_dates_and_words_are_whole_tokens(text: str, whole: str) -> None:
    assert whole in tokens(text)


@pytest.mark.parametrize(("text", "wanted"), [
    ("within 30 days.", ["within", " ", "30", " ", "days", "."]),
    ("a  b", ["a", "  ", "b"]),
    ("non-payment", ["non", "-", "payment"]),
    ("(a)", ["(", "a", ")"]),
    ("pay 30th", ["pay", " ", "30th"]),
    ("", []),
])
def test_what_is_cut(text: str, wanted: list[str]) -> None:
    assert tokens(text) == wanted


def test_words_leaves_spaces_and_signs_out() -> None:
    assert words("pay, within 30 days!") == ["pay", "within", "30", "days"]


@pytest.mark.parametrize(("one", "other"), [
    ("the “Fees”", 'THE "fees"'), ("a\u00a0b", "a  b"), ("non‑payment – now", "non-payment - now"), ("pay\u200bment", "payment"),
    ("ﬁne", "fine"), ("Расчёт", "расчет"), ("раy", "pay"), ("co\u00adoperate", "cooperate"),
])
def test_what_reads_the_same_folds_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("pay", "pays"), ("30", "60"), ("сор", "cop"), ("shall", "shall not")])
def test_what_differs_folds_differently(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(("text", "shown"), [
    ("a\x1b[31mb", "a‹U+001B›[31mb"), ("a\u202eb", "a‹RLO›b"), ("a\u009bb", "a‹U+009B›b"), ("a\u200bb", "a‹ZWSP›b"),
    ("a\tb\nc", "a\tb\nc"), ("[/] [red] 100 %", "[/] [red] 100 %"), ("tag\U000e0041", "tag‹U+E0041›"),
])
def test_what_could_mislead_becomes_visible(text: str, shown: str) -> None:
    assert safe(text) == shown


def test_a_line_is_one_line_and_not_too_long() -> None:
    assert safe_line("a\n b\tc") == "a b c"
    assert safe_line("abcdefgh", 5) == "abcd…"


@pytest.mark.parametrize(("text", "codes"), [
    ("plain", []), ("a\u202eb", ["bidi-control"]), ("a\x1bb", ["control-chars"]), ("a\u200bb", ["zero-width"]),
    ("co\u00adop", []), ("раy", ["homoglyph"]), ("👩\u200d💻", []), ("نمی\u200cخواهم", []), ("Договор о pay", []),
])
def test_suspicious_characters_have_one_stable_word_each(text: str, codes: list[str]) -> None:
    assert [code for code, _ in suspicious(text)] == codes
