"""Markdown renders literally and diffs by the sentence. pandoc says what a reader would see."""

from __future__ import annotations

import difflib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redline.model import Cell, Contract, Kind, Paragraph, Segment, plain
from redline.render import markdown
from redline.render.critic import CRITIC, escape, lines
from redline.render.sentences import sentences
from redline.views import Comparison
from tests.golden import samples
from tests.golden.samples import minus, paragraph, plus
from tests.pandoc import pandoc


def rendered(source: str) -> str:
    """What a GFM reader sees, as plain words."""
    return pandoc("-f", "gfm", "-t", "plain", "--wrap=none", stdin=source)


def words(text: str) -> list[str]:
    return text.replace("\u00a0", " ").split()


@pytest.mark.parametrize(("text", "expected"), [
    ("Pay in time (e.g. by wire). See No. 5 and Sec. 5.2. The end.",
     ["Pay in time (e.g. by wire). ", "See No. 5 and Sec. 5.2. ", "The end."]),
    ("Acme Inc. and J. R. Smith, a U.S. Person, agree. Done.", ["Acme Inc. and J. R. Smith, a U.S. Person, agree. ", "Done."]),
    ("Оплата по п. 5.2, т.е. сразу. Акты, счета и т.д. Иное — нет.",
     ["Оплата по п. 5.2, т.е. сразу. ", "Акты, счета и т.д. ", "Иное — нет."]),
    ("Договор от 5 мая 2026 г. Стороны: г. Москва, ООО «Ромашка». Цена 5 руб. Срок год.",
     ["Договор от 5 мая 2026 г. ", "Стороны: г. Москва, ООО «Ромашка». ", "Цена 5 руб. ", "Срок год."]),
    ("He said “Stop.” Then (see below.) Fine! 5 copies? Yes", ["He said “Stop.” ", "Then (see below.) ", "Fine! ", "5 copies? ", "Yes"]),
    ("1. First. no capital follows. Second", ["1. First. no capital follows. ", "Second"]),
    ("first line\nsecond line", ["first line\n", "second line"]),
])
def test_a_text_is_cut_into_sentences_as_a_reader_would(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(st.sampled_from("aA. !?…)»”\n1гп№é字。")))
def test_sentences_put_together_are_the_text(text: str) -> None:
    assert "".join(sentences(text)) == text
    assert all(sentences(text))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(st.sampled_from("ab1. *_`[](){}<>#+-=~|\\&;!$:^@\"'/"), min_size=1, max_size=30), min_size=8, max_size=8))
def test_escaped_text_renders_literally(texts: list[str]) -> None:
    texts = [f"x{text}y" for text in texts] + [f"{text}y" for text in texts]
    source = "\n\n".join(escape(text, lead=True) for text in texts)
    assert words(rendered(source)) == words(" ".join(texts))


def test_specials_of_a_contract_render_literally() -> None:
    for text in ("[Client Name] pays $5 or $10 (see [Annex](x) and [^1])", "Signed: ______ Date: ______", "_________",
                 "# 5", "1. one", "- dash", "a_b_c and _c_ **x**", "{++ fake ++} {-- fake --}", "AT&amp;T <b>bold</b> C:\\temp\\",
                 "~~gone~~ `code` | pipe |", "[x]: http://example.invalid", "--- ", "===", "> quoted"):
        assert words(rendered(escape(text, lead=True) + "\n")) == words(text), text


def test_blanks_and_placeholders_stay_readable_in_the_raw_text() -> None:
    assert escape("[Client Name], signed ______ on 30.5.") == "[Client Name], signed ______ on 30.5."


@pytest.mark.parametrize("view", [samples.english(), samples.russian(), samples.bilingual()])
def test_a_contract_s_words_all_come_back_through_markdown(view: Comparison) -> None:
    final = Contract(view.redline.new(), title="Services Agreement")
    found = words(rendered(markdown.contract(final)))
    for one in final.paragraphs:
        wanted = words(one.props.label + " " + one.text.replace("\ufffc", "‹picture›"))
        assert any(found[at:at + len(wanted)] == wanted for at in range(len(found))), wanted


def test_hostile_text_comes_back_as_the_words_it_is() -> None:
    from redline.text import safe

    text = samples.HOSTILE
    assert words(rendered(markdown.contract(Contract((plain(text),))))) == words(safe(text))


def test_one_changed_sentence_is_one_changed_line() -> None:
    text = "The fee is due. It is paid within 30 days. Late fees bear interest."
    before = markdown.contract(Contract((plain(text), plain("Other."))))
    after = markdown.contract(Contract((plain(text.replace("30", "60")), plain("Other."))))
    changed = [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]
    assert changed == ["- It is paid within 30 days.", "+ It is paid within 60 days."]


def test_pending_changes_stand_in_critic_markup_and_never_cross_a_line() -> None:
    found = lines(paragraph("One. ", minus("Two. Three. "), plus("Four. "), "Five."), CRITIC)
    assert found == ["One.", "{--Two. --}", "{--Three. --}", "{++Four. ++}", "Five."]


def test_a_contract_that_writes_critic_markup_itself_cannot_fake_a_change() -> None:
    found = markdown.contract(Contract((plain("{++not inserted++} {--not deleted--}"),)))
    assert "{++" not in found.replace(r"\{", "")
    assert "++}" not in found.replace(r"\}", "")


def test_the_readable_copy_is_the_same_each_time() -> None:
    assert markdown.contract(samples.contract()) == markdown.contract(samples.contract())


def test_short_tables_are_pipes_and_long_ones_are_read_cell_by_cell() -> None:
    short = markdown.contract(Contract((_cell("Fee | net", 0, 0), _cell("€ 5", 0, 1), _cell("Tax", 1, 0))))
    assert short == "| Fee \\| net | € 5 |\n| --- | --- |\n| Tax |  |\n"
    long = markdown.contract(Contract((_cell("word " * 30 + "End. Next.", 0, 0), _cell("Слово.", 0, 1))))
    assert long == ("word " * 30) + "End.\nNext.\n\n> Слово.\n"


def _cell(text: str, row: int, column: int) -> Paragraph:
    return paragraph(text, cell=Cell(0, row, column))


def test_a_line_break_in_a_paragraph_is_a_hard_break() -> None:
    assert markdown.contract(Contract((plain("By:\nName\n"),))) == "By:\\\nName\n"


def test_a_title_that_is_a_paragraph_is_not_said_twice() -> None:
    contract = Contract((plain("Agreement"), plain("Text.")), title="Agreement")
    assert markdown.contract(contract) == "# Agreement\n\nText.\n"


def test_comments_are_listed_with_their_clause_and_answers_below() -> None:
    found = markdown.contract(samples.contract())
    assert "- Jane Roe, 2026-03-04, on 4.1 “thirty (30)”: Our policy is 60 days.\n  - Smith LLP, 2026-03-05: Agreed" in found


def test_an_empty_contract_is_an_empty_page() -> None:
    assert markdown.contract(Contract(())) == "\n"


def test_text_put_in_and_taken_out_again_is_not_lost() -> None:
    found = markdown.contract(Contract((paragraph("a ", Segment(Kind.GONE, "b", attribution=samples.JANE), " c"),)))
    assert "{--b--}" in found
