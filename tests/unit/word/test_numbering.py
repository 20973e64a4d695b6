"""Labels as Word shows them, in both views, and numbers typed by hand."""

from __future__ import annotations

import pytest

from redline.model import Kind
from redline.word.numerals import numeral
from redline.word.read import read
from redline.word.typed import Company, candidate
from tests.unit.word.build import by, dele, docx, ins, labelled, level, numbering, p, row, style, styles, table

LEGAL = numbering(level(0, "%1."), level(1, "%1.%2"), level(2, "(%3)", "lowerLetter"))


@pytest.mark.parametrize(("form", "count", "wanted"), [
    ("decimal", 12, "12"), ("decimalZero", 7, "07"), ("lowerLetter", 28, "bb"), ("upperLetter", 3, "C"),
    ("lowerRoman", 14, "xiv"), ("upperRoman", 1994, "MCMXCIV"), ("russianLower", 10, "к"), ("russianUpper", 29, "Я"),
    ("ordinal", 22, "22nd"), ("ordinal", 112, "112th"), ("cardinalText", 21, "Twenty-one"), ("ordinalText", 12, "Twelfth"),
    ("ordinalText", 40, "Fortieth"), ("none", 5, ""), ("unheardOf", 5, "5"), ("hex", 255, "FF"), ("chineseCounting", 12, "十二"),
])
def test_numbers_are_written_in_the_formats_of_word(form: str, count: int, wanted: str) -> None:
    assert numeral(count, form) == wanted


@pytest.mark.parametrize(("language", "form", "count", "wanted"), [
    ("ru-RU", "cardinalText", 21, "Двадцать один"), ("ru-RU", "ordinalText", 3, "Третий"),
    ("ru-RU", "ordinalText", 55, "Пятьдесят пятый"),
    ("ru-RU", "ordinalText", 140, "Сто сороковой"), ("ru-RU", "ordinal", 2, "2-й"),
    ("fr-FR", "ordinal", 1, "1er"), ("fr-FR", "cardinalText", 71, "Soixante et onze"),
    ("fr-FR", "cardinalText", 99, "Quatre-vingt-dix-neuf"),
    ("fr-FR", "cardinalText", 80, "Quatre-vingts"), ("de-DE", "ordinal", 3, "3."),
])
def test_numbers_in_words_follow_the_language(language: str, form: str, count: int, wanted: str) -> None:
    assert numeral(count, form, language) == wanted


def test_levels_count_and_start_anew_below_a_higher_one() -> None:
    data = docx(p("a", num="1"), p("b", num="1/1"), p("c", num="1/2"), p("d", num="1/2"), p("e", num="1/1"), p("f", num="1"),
                p("g", num="1/1"), numbering=LEGAL)
    assert labelled(read(data)) == ["1.|a", "1.1|b", "(a)|c", "(b)|d", "1.2|e", "2.|f", "2.1|g"]


def test_a_lower_level_used_first_uses_up_the_upper_one() -> None:
    data = docx(p("a", num="1/1"), p("b", num="1"), numbering=LEGAL)
    assert labelled(read(data)) == ["1.1|a", "2.|b"]


def test_a_start_override_starts_once() -> None:
    part = numbering(level(0, "%1."), nums={1: "", 2: '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'})
    data = docx(p("a", num="1"), p("b", num="2"), p("c", num="1"), p("d", num="2"), numbering=part)
    assert labelled(read(data)) == ["1.|a", "5.|b", "6.|c", "7.|d"]


def test_a_style_brings_its_level_and_its_children_inherit_it() -> None:
    part = numbering(level(0, "%1."), level(1, "%1.%2", extra='<w:pStyle w:val="H2"/>'))
    sheet = styles(style("H1", inner='<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
                   style("H2", inner='<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'), style("H2x", based="H2"))
    data = docx(p("a", style="H1"), p("b", style="H2"), p("c", style="H2x"), numbering=part, styles=sheet)
    assert labelled(read(data)) == ["1.|a", "1.1|b", "1.2|c"]


def test_number_zero_switches_off_and_an_unknown_list_gives_no_label() -> None:
    sheet = styles(style("H1", inner='<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'))
    data = docx(p("a", style="H1"), p("b", style="H1", num="0"), p("c", num="77"), p("d", style="H1"), numbering=LEGAL, styles=sheet)
    assert labelled(read(data)) == ["1.|a", "|b", "|c", "2.|d"]


def test_a_bullet_is_shown_plainly_and_starts_no_clause() -> None:
    paragraph = read(docx(p("a", num="1"), numbering=numbering(level(0, "\uf0b7", "bullet")))).paragraphs[0]
    assert (paragraph.props.label, paragraph.props.level) == ("•", None)


def test_a_deleted_clause_renumbers_the_rest_in_the_final_view_only() -> None:
    data = docx(p("a", num="1"), p(dele("b"), num="1", mark="del"), p("c", num="1"), numbering=LEGAL)
    contract = read(data)
    assert labelled(contract, "old") == ["1.|a", "2.|b", "3.|c"]
    assert labelled(contract, "new") == ["1.|a", "2.|c"]
    assert contract.paragraphs[2].mark is Kind.SAME


def test_an_inserted_clause_counts_in_the_final_view_only() -> None:
    data = docx(p("a", num="1"), p(ins("b"), num="1", mark="ins"), p("c", num="1"), numbering=LEGAL)
    assert labelled(read(data), "old") == ["1.|a", "2.|c"]
    assert labelled(read(data), "new") == ["1.|a", "2.|b", "3.|c"]


def test_a_number_that_was_put_on_is_a_format_change_of_the_mark() -> None:
    properties = f'<w:numPr><w:numId w:val="1"/><w:ins {by("Ann")}/></w:numPr>'
    paragraph = read(docx(p("a", ppr=properties), numbering=LEGAL)).paragraphs[0]
    assert paragraph.mark is Kind.FORMAT
    assert paragraph.old is not None and paragraph.new is not None
    assert (paragraph.old.label, paragraph.new.label) == ("", "1.")


def test_a_section_break_alone_and_a_hidden_paragraph_are_not_numbered() -> None:
    from tests.unit.word.build import r

    hidden = p(r("x", look="<w:vanish/>"), num="1", ppr="<w:rPr><w:vanish/></w:rPr>")
    data = docx(p("a", num="1"), p(num="1", ppr="<w:sectPr/>"), hidden, p("b", num="1"), numbering=LEGAL)
    assert labelled(read(data)) == ["1.|a", "|", "|x", "2.|b"]


@pytest.mark.parametrize("text", [
    "30 days after receipt", "1.5 million dollars", "2024 was a year", "01.02.2024 Moscow", "12.05.24 Date", "(c) 2024 Acme",
    "1,000 EUR", "10.000 Euro", "5 working days", "12 мая 2024 г.", "1. января", "A. Smith, director", "+7 495 123-45-67",
    "Section 5 applies to all", "Article 5 of the Treaty", "i. e. something", "12.30 Uhr", "I agree", "(30) days",
    "part a of the whole", "2.5 Mbps",
])
def test_a_number_that_belongs_to_the_text_stays_there(text: str) -> None:
    paragraph = read(docx(p(text))).paragraphs[0]
    assert (paragraph.text, paragraph.props.label, paragraph.props.typed) == (text, "", "")


@pytest.mark.parametrize(("text", "label", "rest"), [
    ("5.2. Fees", "5.2.", "Fees"), ("5.2.Исполнитель обязан", "5.2.", "Исполнитель обязан"), ("1. Fees", "1.", "Fees"),
    ("(a) the fees", "(a)", "the fees"), ("а) услуги", "а)", "услуги"), ("1) fees", "1)", "fees"),
    ("Article 5. Fees", "Article 5.", "Fees"), ("ARTICLE IV", "ARTICLE IV", ""), ("Section 5 Fees", "Section 5", "Fees"),
    ("Статья 5. Оплата", "Статья 5.", "Оплата"), ("§ 5 Zahlung", "§ 5", "Zahlung"), ("Schedule 1 – Prices", "Schedule 1", "Prices"),
    ("Приложение № 1", "Приложение № 1", ""), ("\t(a)\tThe fees", "(a)", "The fees"), ("1\u00a0.5. x", "", "1\u00a0.5. x"),
])
def test_a_typed_clause_number_becomes_the_label(text: str, label: str, rest: str) -> None:
    props = read(docx(p(text))).paragraphs[0].props
    paragraph = read(docx(p(text))).paragraphs[0]
    assert (props.label, paragraph.text) == (label, rest)
    assert props.typed + paragraph.text == text


def test_a_doubtful_number_needs_company() -> None:
    alone, together = candidate("2.5 Fees"), Company([("decimal", (2, 4))])
    assert alone is not None
    assert not Company(alone.keys).accepts(alone)
    assert together.accepts(alone)


def test_a_typed_number_goes_on_from_an_automatic_one() -> None:
    data = docx(p("a", num="1"), p("2. b"), p("5. c"), numbering=LEGAL)
    assert labelled(read(data)) == ["1.|a", "2.|b", "|5. c"]


def test_a_number_that_was_retyped_has_a_label_on_each_side() -> None:
    contract = read(docx(p("1. a"), p("2. b"), p(dele("3."), ins("4."), " c")))
    last = contract.paragraphs[-1]
    assert last.old is not None and last.new is not None
    assert (last.old.label, last.new.label, last.text, last.mark) == ("3.", "4.", "c", Kind.SAME)


def test_a_number_that_stands_on_one_side_only_stays_text() -> None:
    contract = read(docx(p("1. a"), p(ins("2. "), "b")))
    assert contract.paragraphs[1].text == "2. b"


def test_a_number_in_the_middle_of_a_joined_paragraph_is_not_lost() -> None:
    contract = read(docx(p("1. one, ", mark="del"), p("2. two"), p("3. three")))
    assert [paragraph.props.typed + paragraph.text for paragraph in contract.final().paragraphs] == ["1. one, 2. two", "3. three"]


def test_depth_follows_the_levels_of_a_list() -> None:
    data = docx(p("a", num="1"), p("b", num="1/1"), p("c", num="1/2"), p("d", num="1"), p("plain"), numbering=LEGAL)
    assert [paragraph.props.level for paragraph in read(data).paragraphs] == [0, 1, 2, 0, None]


def test_depth_of_typed_numbers_follows_their_kind() -> None:
    lines = ["Article 1. Terms", "1.1. a", "(a) b", "(i) c", "(ii) d", "(b) e", "1.2. f", "Article 2. More"]
    assert [paragraph.props.level for paragraph in read(docx(*map(p, lines))).paragraphs] == [0, 1, 2, 3, 3, 2, 1, 0]


def test_parts_stand_below_schedules_and_schedules_beside_articles() -> None:
    lines = ["1. Fees", "2. Term", "Schedule 1", "Part A", "1. x", "Part B", "Schedule 2", "Приложение № 3", "Часть А"]
    assert [paragraph.props.level for paragraph in read(docx(*map(p, lines))).paragraphs] == [0, 0, 0, 1, 2, 1, 0, 0, 1]


def test_the_letter_i_after_h_is_a_letter() -> None:
    lines = [f"({sign}) x" for sign in "abcdefghij"]
    assert {paragraph.props.level for paragraph in read(docx(*map(p, lines))).paragraphs} == {0}


def test_headings_come_from_outline_levels_and_from_short_bold_lines() -> None:
    from tests.unit.word.build import r

    sheet = styles(style("H", name="heading 1", inner='<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'))
    data = docx(p("Fees", style="H"), p("1. x"), p(r("Term", look="<w:b/>")), p("A sentence."), styles=sheet)
    assert [(found.props.heading, found.props.level) for found in read(data).paragraphs] == [
        (True, 0), (False, 1), (True, 1), (False, None)]


def test_a_whole_paragraph_with_an_outline_level_is_a_clause_but_no_heading() -> None:
    sheet = styles(style("C", name="clause 2", inner='<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'))
    data = docx(p("1. Fees"), p("1.1. The client shall pay all invoices at once.", style="C"),
                p("Plain text that goes on for a while.", style="C"), styles=sheet)
    assert [(found.props.heading, found.props.level) for found in read(data).paragraphs] == [(False, 0), (False, 1), (False, None)]


def test_names_on_the_front_page_start_no_clause() -> None:
    data = docx(p("SERVICES AGREEMENT"), p("ACME LIMITED"), p("1. Fees"), p("2. Term"))
    assert [found.props.level for found in read(data).paragraphs] == [None, None, 0, 0]


def test_numbers_in_table_cells_are_labels_and_figures_are_not() -> None:
    data = docx(table(row("1.1. Fees", "1.1. Оплата"), row("1.2. Term", "1.2. Срок"), row("1.5", "2.5 %")))
    assert labelled(read(data)) == ["1.1.|Fees", "1.1.|Оплата", "1.2.|Term", "1.2.|Срок", "|1.5", "|2.5 %"]


W_LINK = ('<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Legal"/></w:abstractNum>'
          '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num></w:numbering>')


def test_a_list_that_borrows_its_levels_from_a_list_style_counts_with_it() -> None:
    part = numbering(level(0, "%1."), level(1, "%1.%2")).replace("</w:numbering>", W_LINK)
    sheet = styles(style("Legal", kind="numbering", inner='<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'))
    data = docx(p("a", num="5"), p("b", num="5/1"), p("c", num="1"), numbering=part, styles=sheet)
    assert labelled(read(data)) == ["1.|a", "1.1|b", "2.|c"]


@pytest.mark.parametrize(("extra", "wanted"), [
    ('<w:lvlRestart w:val="0"/>', ["1.|a", "1.1|b", "2.|c", "2.2|d"]), ("", ["1.|a", "1.1|b", "2.|c", "2.1|d"])])
def test_a_level_may_go_on_below_a_new_article(extra: str, wanted: list[str]) -> None:
    part = numbering(level(0, "%1."), level(1, "%1.%2", extra=extra))
    assert labelled(read(docx(p("a", num="1"), p("b", num="1/1"), p("c", num="1"), p("d", num="1/1"), numbering=part))) == wanted


def test_legal_numbers_turn_roman_articles_into_figures_below() -> None:
    part = numbering(level(0, "Article %1.", "upperRoman"), level(1, "%1.%2", "lowerLetter", "<w:isLgl/>"))
    data = docx(p("a", num="1"), p("b", num="1"), p("c", num="1/1"), numbering=part)
    assert labelled(read(data)) == ["Article I.|a", "Article II.|b", "2.1|c"]


@pytest.mark.parametrize(("extra", "text"), [
    ('<w:suff w:val="nothing"/>', "%1)"), ('<w:suff w:val="space"/>', "%1)"), ('<w:lvlJc w:val="right"/>', "%1)"),
    ('<w:lvlPicBulletId w:val="0"/>', "%1)")])
def test_what_follows_a_number_and_where_it_stands_is_no_part_of_it(extra: str, text: str) -> None:
    assert labelled(read(docx(p("a", num="1"), numbering=numbering(level(0, text, extra=extra))))) == ["1)|a"]


@pytest.mark.parametrize(("form", "wanted"), [
    ("decimalZero", ["01", "02"]), ("decimalEnclosedParen", ["(1)", "(2)"]), ("decimalEnclosedCircle", ["①", "②"]),
    ("numberInDash", ["- 1 -", "- 2 -"]), ("chicago", ["*", "†"]), ("hebrew1", ["א", "ב"]), ("russianUpper", ["А", "Б"]),
    ("none", ["", ""]), ("ordinalText", ["First", "Second"])])
def test_formats_that_contracts_use(form: str, wanted: list[str]) -> None:
    data = docx(p("a", num="1"), p("b", num="1"), numbering=numbering(level(0, "%1", form)))
    assert [paragraph.props.label for paragraph in read(data).paragraphs] == wanted


def test_numbers_in_words_are_in_the_language_of_the_text() -> None:
    lang = '<w:rPr><w:lang w:val="ru-RU"/></w:rPr>'
    sheet = styles('<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/>' + lang + "</w:style>")
    data = docx(p("a", num="1"), numbering=numbering(level(0, "%1", "ordinalText")), styles=sheet)
    assert read(data).paragraphs[0].props.label == "Первый"


def test_a_number_that_was_put_in_is_there_in_the_final_view_only() -> None:
    inserted = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/><w:ins {by("Ann")}/></w:numPr>'
    contract = read(docx(p("a", ppr=inserted), p("b", num="1"), numbering=LEGAL))
    assert (labelled(contract, "old"), labelled(contract, "new")) == (["|a", "1.|b"], ["1.|a", "2.|b"])


def test_a_text_box_counts_for_itself() -> None:
    from tests.unit.word.build import textbox

    data = docx(p("a", num="1"), p(textbox(p("box", num="1"))), p("b", num="1"), numbering=LEGAL)
    assert labelled(read(data)) == ["1.|a", "|\ufffc", "2.|b", "1.|box"]


def test_a_deleted_paragraph_counts_in_the_original_with_the_list_it_was_in() -> None:
    change = f'<w:pPrChange {by("Ann")}><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange>'
    gone = p(dele("two"), ppr=f"<w:rPr><w:del {by('Ann')}/></w:rPr>{change}")
    found = read(docx(p("one", num="1"), gone, p("three", num="1"), numbering=numbering(level(0, "%1."))))
    assert labelled(found, "old") == ["1.|one", "2.|two", "3.|three"]
    assert labelled(found) == ["1.|one", "2.|three"]


@pytest.mark.parametrize("text", ["", " "])
def test_a_bullet_without_a_sign_is_none(text: str) -> None:
    assert labelled(read(docx(p("on", num="1"), numbering=numbering(level(0, text, "bullet"))))) == ["|on"]
