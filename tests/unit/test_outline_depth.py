"""How deep the clause that starts at a paragraph lies."""

from __future__ import annotations

import pytest

from redline.word.outline import Outline, Start


def depths(*starts: Start, numbers: bool = True) -> list[int | None]:
    outline = Outline(numbers=numbers)
    return [outline.place(start)[0] for start in starts]


def test_a_number_without_a_stop_is_as_deep_as_one_with_it() -> None:
    article = Start("1", outline=0, style="heading 1", list_="a", text="Definitions")
    recital = Start("(A)", list_="b", text="The Seller owns the Shares")
    assert depths(recital, article, Start("1.1", list_="a", ilvl=1, text="Words")) == [0, 0, 1]
    assert depths(Start("1", text="Fees"), Start("1.1", text="x"), Start("2", text="Law")) == [0, 1, 0]


@pytest.mark.parametrize("words", ["AGREED TERMS", "Operative provisions", "NOW, THEREFORE, the parties agree:", "IT IS HEREBY AGREED"])
def test_the_line_that_leads_to_the_terms_is_no_article(words: str) -> None:
    assert depths(Start("(A)", text="Recital"), Start(text=words, bold=True), Start("1.", text="Fees", bold=True)) == [0, None, 0]


def test_a_short_line_after_the_word_article_is_a_heading() -> None:
    outline = Outline(numbers=True)
    assert outline.place(Start("Статья 1.", text="Термины")) == (0, True)
    assert outline.place(Start("Section 2", text="The Supplier shall pay.")) == (1, False)
