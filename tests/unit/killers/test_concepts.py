"""Words in disguise are the same words, denials stand on what grammar says, and the bearer is the subject."""

from __future__ import annotations

import pytest

from redline.killers.concepts import Segment, segments
from redline.killers.words import clean, known


def _one(text: str) -> Segment:
    (segment,) = segments(text)
    return segment


def _sign(text: str, key: str) -> int:
    return {1: 1, 2: -1, 3: 0}[_one(text).signs[key]]


@pytest.mark.parametrize(
    ("token", "cyrillic", "meant"),
    [
        ("Lia\u200bbi\u00adlity", False, "liability"),
        ("dоgоvоr", False, "dogovor"),
        ("дoгoвop", True, "договор"),
        ("PACXOД", True, "расход"),
        ("qua1ity", False, "quality"),
        ("6ез", True, "без"),
        ("2nd", False, "2nd"),
        ("Ёлка", True, "елка"),
        ("ｆｅｅ", False, "fee"),
    ],
)
def test_a_disguised_word_is_the_word(token: str, cyrillic: bool, meant: str) -> None:
    assert clean(token, cyrillic) == meant


@pytest.mark.parametrize(
    ("english", "russian", "key"),
    [
        ("penalty", "неустойка", "#penalty"),
        ("the Supplier", "Исполнителю", "#provider"),
        ("unlimited", "неограниченная", "#limit"),
        ("hold harmless", "имущественные потери", "#indemnity"),
        ("third parties", "третьим лицам", "#third party"),
        ("at any time", "в любой момент", "#any time"),
        ("terminate", "отказаться от исполнения", "#terminate"),
    ],
)
def test_both_languages_meet_in_one_concept(english: str, russian: str, key: str) -> None:
    assert key in _one(english).signs
    assert key in _one(russian).signs


def test_development_is_nobody() -> None:
    assert "#provider" not in _one("development of the system").signs
    assert "#provider" in _one("the Developers").signs


@pytest.mark.parametrize(
    ("text", "key", "sign"),
    [
        ("The Supplier shall be liable", "#liability", 1),
        ("Liability shall be unlimited", "#limit", -1),
        ("Liability shall not be unlimited", "#limit", 1),
        ("Liability shall not be limited", "#limit", -1),
        ("Neither the Customer nor its agents may audit the books", "#audit", -1),
        ("The Customer may terminate without compensation", "#reimburse", -1),
        ("Assignment of the claims is prohibited", "#transfer", -1),
        ("The Client is free to assign the claims", "#transfer", 1),
        ("no later than the date of payment", "#pay", 1),
        ("including without limitation the fees", "#price", 1),
        ("Исполнитель не возмещает убытки", "#reimburse", -1),
        ("Заказчик не вправе удерживать оплату", "#withhold", -1),
        ("не возмещая расходы", "#reimburse", -1),
        ("Уступка прав не допускается", "#transfer", -1),
        ("Размер неустойки не ограничивается", "#limit", -1),
        ("размер неустойки не более десятой части цены", "#limit", 1),
        ("Оплата производится не позднее срока", "#pay", 1),
    ],
)
def test_a_denial_turns_what_it_stands_on(text: str, key: str, sign: int) -> None:
    assert _sign(text, key) == sign


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The Supplier shall indemnify the Customer", "provider"),
        ("The Customer may audit the Supplier's books", "client"),
        ("The invoice shall be paid by the Customer", "client"),
        ("The Supplier shall be paid within a month", ""),
        ("Either party may terminate the Agreement", "both"),
        ("The Supplier's liability shall be unlimited", "provider"),
        ("Without the Customer's consent the Supplier may not assign", "provider"),
        ("Исполнитель уплачивает Заказчику неустойку", "provider"),
        ("Исполнителю запрещается разглашать сведения", ""),
        ("Заказчику Исполнитель передаёт права", "provider"),
        ("Оплата производится Заказчиком", "client"),
        ("Стороны вправе расторгнуть договор", "both"),
        ("Cremer shall pay Ultragenyx", ""),
    ],
)
def test_the_bearer_is_the_subject_or_the_agent(text: str, who: str) -> None:
    assert _one(text).bearers[:1] == ((who,) if who else ())


def test_a_text_is_cut_at_sentences_and_list_items_but_not_at_abbreviations() -> None:
    parts = segments("The parties agree: (a) Acme Inc. shall pay; (b) no later than No. 5 says. It is final.")
    assert len(parts) == 4
    assert all(part.start < part.end for part in parts)


def test_no_segment_is_endless() -> None:
    assert max(part.end - part.start for part in segments("word " * 5000)) <= 1300


def test_grammar_and_concepts_are_known_and_names_are_not() -> None:
    assert known("shall") and known("неустойкой") and known("the")
    assert not known("ultragenyx")
