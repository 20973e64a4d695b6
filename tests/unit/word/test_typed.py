"""Numbers typed by hand under headings that are numbered in another way."""

from __future__ import annotations

import pytest

from redline.word.read import read
from tests.unit.word.build import docx, p


def labels(*lines: str) -> list[str]:
    return [paragraph.props.label for paragraph in read(docx(*map(p, lines))).paragraphs]


@pytest.mark.parametrize(("head", "number"), [("Article 2 – Price", "2.1"), ("Статья 2. Цена", "2.1"), ("Section III Term", "3.1"),
                                              ("Раздел 4. Сроки", "4.1")])
def test_the_first_number_under_a_named_heading_needs_no_neighbour(head: str, number: str) -> None:
    assert labels(head, f"{number} The price is fixed.")[1] == number


@pytest.mark.parametrize("text", ["2.1 Million Euro is the price.", "3.1 The term.", "2.2 Other words."])
def test_a_number_that_is_not_the_first_under_any_heading_stays_text(text: str) -> None:
    assert labels("Article 1. Price", text)[1] == ""
