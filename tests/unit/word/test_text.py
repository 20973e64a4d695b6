"""What is read as text: every story, every sign, and what is no text but must not be lost."""

from __future__ import annotations

import pytest

from redline.model import OBJECT, Cell, Contract
from redline.word.read import read
from tests.unit.word.build import (
    NAMESPACES,
    R,
    cell,
    docx,
    field,
    ins,
    notes,
    p,
    r,
    row,
    style,
    styles,
    table,
    textbox,
    texts,
)


def one(contract: Contract) -> str:
    assert len(contract.paragraphs) == 1
    return contract.paragraphs[0].text


@pytest.mark.parametrize(("inner", "text"), [
    ("<w:tab/>", "\t"), ("<w:br/>", "\n"), ('<w:br w:type="page"/>', "\n"), ("<w:cr/>", "\n"), ("<w:ptab/>", "\t"),
    ("<w:noBreakHyphen/>", "\u2011"), ("<w:softHyphen/>", "\u00ad"),
    ('<w:sym w:font="Symbol" w:char="F0B3"/>', "≥"), ('<w:sym w:font="Wingdings" w:char="F0FE"/>', "☑"),
    ('<w:sym w:font="Odd" w:char="F0FE"/>', "\uf0fe"), ("<w:lastRenderedPageBreak/>", ""),
])
def test_signs_in_a_run_are_text(inner: str, text: str) -> None:
    assert one(read(docx(p(r("a", inner=inner), "b")))) == f"a{text}b"


@pytest.mark.parametrize("wrapped", [
    "<w:hyperlink>{}</w:hyperlink>", "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
    '<w:smartTag w:element="x">{}</w:smartTag>', '<w:customXml w:element="x">{}</w:customXml>',
    '<w:fldSimple w:instr="DATE">{}</w:fldSimple>', '<w:dir w:val="rtl">{}</w:dir>', '<w:bdo w:val="rtl">{}</w:bdo>',
    "<w:ins>{}</w:ins>",
])
def test_text_is_found_inside_whatever_wraps_it(wrapped: str) -> None:
    assert one(read(docx(p("a", wrapped.format(r("b")), "c")))) == "abc"


def test_white_space_that_nobody_protects_is_trimmed_as_word_does() -> None:
    assert one(read(docx("<w:p><w:r><w:t> a </w:t></w:r><w:r><w:t xml:space='preserve'> b</w:t></w:r></w:p>"))) == "a b"


def test_a_line_feed_inside_a_text_element_is_a_space() -> None:
    assert one(read(docx("<w:p><w:r><w:t>a\nb</w:t></w:r></w:p>"))) == "a b"


def test_the_result_of_a_field_is_text_and_its_instruction_is_not() -> None:
    assert one(read(docx(p("see ", field(" REF x \\r ", r("7.2")), ".")))) == "see 7.2."


def test_a_field_in_the_instruction_of_another_stays_out_of_the_text() -> None:
    inner = field(" MERGEFIELD a ", r("hidden"))
    outer = (r(inner='<w:fldChar w:fldCharType="begin"/>') + r(inner="<w:instrText> IF </w:instrText>") + inner
             + r(inner='<w:fldChar w:fldCharType="separate"/>') + r("shown") + r(inner='<w:fldChar w:fldCharType="end"/>'))
    assert one(read(docx(p(outer)))) == "shown"


def test_a_field_that_never_ends_hides_nothing() -> None:
    assert texts(read(docx(p(r(inner='<w:fldChar w:fldCharType="begin"/>'), "one"), p("two")))) == ["one", "two"]


def test_a_check_box_shows_its_state() -> None:
    begin = ('<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar>')
    box = r(inner=begin) + r(inner="<w:instrText>FORMCHECKBOX</w:instrText>") + r(inner='<w:fldChar w:fldCharType="end"/>')
    assert one(read(docx(p(box, " yes")))) == "☒ yes"


def test_formulas_are_read_as_text() -> None:
    fraction = "<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath>"
    assert one(read(docx(p("x=", fraction)))) == "x=a/b"


def test_cells_say_where_they_stand_also_when_they_span_columns() -> None:
    data = docx(table(row(cell("a", tcpr='<w:gridSpan w:val="2"/>'), "b"), row("c", "d", "e")), table(row("f")))
    places = {paragraph.text: paragraph.props.cell for paragraph in read(data).paragraphs}
    assert places == {"a": Cell(0, 0, 0), "b": Cell(0, 0, 2), "c": Cell(0, 1, 0), "d": Cell(0, 1, 1), "e": Cell(0, 1, 2),
                      "f": Cell(1, 0, 0)}


def test_a_nested_table_stands_in_its_cell_and_the_cell_goes_on_after_it() -> None:
    data = docx(table(row(cell("a", table(row("b")), "c"))), p("d"))
    outer = Cell(0, 0, 0)
    assert [paragraph.props.cell for paragraph in read(data).paragraphs] == [outer, Cell(0, 0, 0, outer), outer, None]


def test_rows_and_cells_inside_content_controls_are_found() -> None:
    control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    data = docx(table(control.format(row("a", "b")), row(control.format(cell("c")), "d")))
    assert texts(read(data)) == ["a", "b", "c", "d"]


def test_sixty_nested_tables_are_read_without_recursion_and_told() -> None:
    inside = p("deep")
    for _ in range(60):
        inside = f"<w:tbl><w:tr><w:tc>{inside}</w:tc></w:tr></w:tbl>"
    contract = read(docx(inside))
    assert texts(contract) == ["deep"]
    assert [notice.code for notice in contract.notices] == ["deep-nesting"]


def test_notes_are_stories_of_their_own_and_numbered_by_their_references() -> None:
    reference = '<w:footnoteReference w:id="{}"/>'
    data = docx(p("x", r(inner=reference.format(9)), r(inner=reference.format(4))),
                footnotes=notes("footnote", {4: p("four"), 9: p("nine")}))
    contract = read(data)
    assert [(found.props.story, found.text) for found in contract.paragraphs] == [
        ("body", f"x{OBJECT}{OBJECT}"), ("footnote:1", "nine"), ("footnote:2", "four")]
    assert {segment.atom for segment in contract.paragraphs[0].segments} == {"", "footnote"}
    assert [notice.code for notice in contract.notices] == ["off-body-text"]


def test_a_note_without_a_reference_is_not_text_but_is_reported() -> None:
    contract = read(docx(p("x"), footnotes=notes("footnote", {4: p("orphan words")})))
    assert texts(contract) == ["x"]
    assert [(item.part, item.construct) for item in contract.coverage] == [("word/footnotes.xml", "note without a reference")]


def test_headers_and_footers_that_sections_use_are_read() -> None:
    contract = read(docx(p("x"), section='<w:headerReference r:id="rId_header"/><w:footerReference r:id="rId_footer"/>',
                         header=_margin("hdr", "head"), footer=_margin("ftr", "foot")))
    assert [(found.props.story, found.text) for found in contract.paragraphs] == [
        ("body", "x"), ("header:1", "head"), ("footer:1", "foot")]


def test_a_header_that_no_section_uses_is_reported() -> None:
    contract = read(docx(p("x"), header=_margin("hdr", "head")))
    assert [item.construct for item in contract.coverage] == ["header that no section uses"]


def _margin(tag: str, text: str) -> str:
    from tests.unit.word.build import NAMESPACES

    return f"<w:{tag} {NAMESPACES}>{p(text)}</w:{tag}>"


def test_a_text_box_is_read_once_as_a_story_of_its_own_after_the_one_it_stands_in() -> None:
    contract = read(docx(p("a", textbox(p("boxed")), "b"), p("c")))
    assert [(found.props.story, found.text) for found in contract.paragraphs] == [
        ("body", f"a{OBJECT}b"), ("body", "c"), ("textbox:1", "boxed")]
    assert contract.coverage == ()


def test_a_text_box_that_was_inserted_is_inserted_with_all_its_text() -> None:
    contract = read(docx(p("a", ins(textbox(p("boxed"))))))
    assert texts(contract, "old") == ["a"]
    assert texts(contract, "new") == [f"a{OBJECT}", "boxed"]


def test_equal_pictures_are_equal_atoms_and_others_differ() -> None:
    links = "".join(f'<Relationship Id="p{index}" Type="{R}/image" Target="media/{index}.png"/>' for index in (1, 2, 3))
    picture = '<w:drawing><a:graphic><a:blip r:embed="p{}"/></a:graphic></w:drawing>'
    data = docx(p(*(r(inner=picture.format(index)) for index in (1, 2, 3))), links=links,
                extra={"word/media/1.png": b"one", "word/media/2.png": b"one", "word/media/3.png": b"two"})
    first, second, third = (segment.atom for segment in read(data).paragraphs[0].segments)
    assert first == second != third
    assert first.startswith("image:")


@pytest.mark.parametrize(("look", "name"), [
    ("<w:b/>", "bold"), ('<w:b w:val="1"/>', "bold"), ("<w:i/>", "italic"), ('<w:u w:val="single"/>', "underline"),
    ("<w:strike/>", "strike"), ("<w:caps/>", "caps"), ("<w:vanish/>", "hidden"),
    ('<w:vertAlign w:val="superscript"/>', "superscript"), ('<w:color w:val="FFFFFF"/>', "invisible"),
    ('<w:sz w:val="2"/>', "invisible"),
])
def test_looks_that_matter_are_named(look: str, name: str) -> None:
    assert read(docx(p(r("x", look=look)))).paragraphs[0].segments[0].look == {name}


@pytest.mark.parametrize("look", ['<w:b w:val="0"/>', '<w:u w:val="none"/>', '<w:color w:val="auto"/>', '<w:sz w:val="18"/>',
                                  '<w:color w:val="FFFFFF"/><w:shd w:fill="000080"/>',
                                  '<w:color w:val="FFFFFF"/><w:highlight w:val="none"/><w:shd w:fill="112233"/>'])
def test_looks_that_are_switched_off_or_can_be_seen_are_plain(look: str) -> None:
    assert not read(docx(p(r("x", look=look)))).paragraphs[0].segments[0].look


def test_white_text_in_a_dark_cell_can_be_seen() -> None:
    white = p(r("x", look='<w:color w:val="FFFFFF"/>'))
    dark = read(docx(table(row(cell(white, tcpr='<w:shd w:fill="1F3864"/>')))))
    assert not dark.paragraphs[0].segments[0].look
    assert [notice.code for notice in read(docx(table(row(cell(white))))).notices] == ["invisible-text"]


def test_a_look_comes_from_styles_and_toggles_of_two_styles_cancel_out() -> None:
    part = styles(style("A", inner="<w:rPr><w:b/><w:vanish/></w:rPr>"), style("B", based="A"),
                  style("C", kind="character", inner="<w:rPr><w:b/></w:rPr>"))
    contract = read(docx(p(r("x"), r("y", look='<w:rStyle w:val="C"/>'), style="B"), styles=part))
    assert [set(segment.look) for segment in contract.paragraphs[0].segments] == [{"bold", "hidden"}, {"hidden"}]
    assert [notice.code for notice in contract.notices] == ["hidden-text"]


def test_a_style_based_on_itself_is_cut_and_told() -> None:
    part = styles(style("A", based="B"), style("B", based="A"))
    contract = read(docx(p("x", style="A"), styles=part))
    assert texts(contract) == ["x"]
    assert [notice.code for notice in contract.notices] == ["style-cycle"]


@pytest.mark.parametrize(("text", "wanted"), [
    ("lia\u200bbility", ["zero-width"]), ("\u202esyad 03", ["bidi-control"]), ("li\u0430bility", ["homoglyph"]),
    ("x\u009b31m", ["control-chars"]), ("Wörter – “quoted” № 5", []), ("soft\u00adhyphen", []),
])
def test_misleading_characters_are_told_and_kept(text: str, wanted: list[str]) -> None:
    contract = read(docx(p(text)))
    assert one(contract) == text
    assert [notice.code for notice in contract.notices] == wanted


def test_a_field_that_starts_programs_is_told() -> None:
    contract = read(docx(p('<w:fldSimple w:instr="DDEAUTO c:\\\\x.exe">' + r("x") + "</w:fldSimple>")))
    assert [notice.code for notice in contract.notices] == ["dde-field"]


def test_an_inserted_file_is_told_and_reported() -> None:
    contract = read(docx(p("x"), '<w:altChunk r:id="c"/>'))
    assert [notice.code for notice in contract.notices] == ["unread-content"]
    assert [item.construct for item in contract.coverage] == ["inserted file (altChunk)"]


def test_text_in_an_element_nobody_knows_is_reported_and_not_lost_in_silence() -> None:
    contract = read(docx(p("x", "<w:mystery>" + r("secret words") + "</w:mystery>")))
    assert [(item.construct, item.note) for item in contract.coverage] == [("text in mystery", "text not read, 2 words")]


def test_a_paragraph_as_long_as_a_library_is_refused() -> None:
    from redline.errors import DocumentError

    with pytest.raises(DocumentError) as caught:
        read(docx(p("word " * 300_000)))
    assert caught.value.code == "too-large"


def test_title_and_language_are_guessed() -> None:
    titled = read(docx(p("Intro"), p("Services Agreement", style="T"), styles=styles(style("T", name="Title"))))
    assert (titled.title, titled.language) == ("Services Agreement", "en")
    assert read(docx(p("ДОГОВОР ОКАЗАНИЯ УСЛУГ"), p("Исполнитель обязуется оказать услуги."))).title == "ДОГОВОР ОКАЗАНИЯ УСЛУГ"
    assert read(docx(p("Стороны"))).language == "ru"
    assert read(docx(p("Стороны договорились"), p("The parties agree"))).language == "en+ru"
    assert read(docx(p("1 2 3"))).language == ""


def test_the_same_bytes_give_the_same_contract() -> None:
    data = docx(p("a", ins("b")), table(row("c")))
    assert read(data) == read(data)


def bare(instruction: str, data: str = "") -> str:
    """A field without a stored result."""
    return (r(inner=f'<w:fldChar w:fldCharType="begin">{data}</w:fldChar>') + r(inner=f"<w:instrText>{instruction}</w:instrText>")
            + r(inner='<w:fldChar w:fldCharType="end"/>'))


CHOICES = '<w:ffData><w:ddList>{}<w:listEntry w:val="net 30"/><w:listEntry w:val="net 60"/></w:ddList></w:ffData>'


@pytest.mark.parametrize(("field_", "shown"), [
    (bare(" MACROBUTTON NoMacro [Click and type the Buyer] "), "[Click and type the Buyer]"),
    (bare(" MACROBUTTON NoMacro"), ""),
    (bare("FORMDROPDOWN", CHOICES.format('<w:result w:val="1"/>')), "net 60"), (bare("FORMDROPDOWN", CHOICES.format("")), "net 30"),
    (bare("FORMDROPDOWN", CHOICES.format('<w:result w:val="9"/>')), ""),
    (bare('SYMBOL 211 \\f "Symbol"'), "©"), (bare("SYMBOL 169"), "©"), (bare("SYMBOL 0x20AC \\u"), "€"), (bare("SYMBOL x"), "x"),
    (bare("PAGE"), ""),
])
def test_a_field_without_a_stored_result_shows_what_its_instruction_says(field_: str, shown: str) -> None:
    contract = read(docx(p("a ", field_, " z")))
    assert texts(contract) == [f"a {shown} z"]
    assert contract.coverage == ()


def test_a_number_that_only_word_works_out_is_told_of() -> None:
    contract = read(docx(p(bare("LISTNUM LegalDefault \\l 2"), "\tThe parties")))
    assert [(item.construct, item.count) for item in contract.coverage] == [("field without a stored result (LISTNUM)", 1)]


@pytest.mark.parametrize(("instruction", "told"), [
    ('INCLUDETEXT "\\\\\\\\evil\\\\share\\\\x.docx"', True), ("LINK Excel.Sheet.12 https://a.example/x", True),
    ('INCLUDEPICTURE "C:\\\\Users\\\\me\\\\logo.png"', False), ("REF x", False)])
def test_a_field_that_loads_from_another_machine_is_told_of(instruction: str, told: bool) -> None:
    assert [notice.code for notice in read(docx(p(field(instruction, r("x"))))).notices] == ["external-rel"] * told


def test_word_art_such_as_a_watermark_is_text() -> None:
    shape = '<w:r><w:pict><v:shape><v:textpath string="DRAFT"/></v:shape></w:pict></w:r>'
    contract = read(docx(p("a"), section='<w:headerReference w:type="default" r:id="rId_header"/>',
                         header=f"<w:hdr {NAMESPACES}>{p(shape)}</w:hdr>"))
    assert [(found.props.story, found.text) for found in contract.paragraphs] == [
        ("body", "a"), ("header:1", "\ufffc"), ("textbox:1", "DRAFT")]


def test_another_document_shown_inside_this_one_is_told_of() -> None:
    contract = read(docx(p("a"), p('<w:subDoc r:id="x"/>')))
    assert [notice.code for notice in contract.notices] == ["unread-content"]


def alternates(requires: str, choice: str, fallback: str = "") -> str:
    other = f"<mc:Fallback>{r(fallback)}</mc:Fallback>" if fallback else ""
    return f'<mc:AlternateContent><mc:Choice Requires="{requires}">{r(choice)}</mc:Choice>{other}</mc:AlternateContent>'


def test_a_choice_counts_only_if_word_understands_what_it_requires() -> None:
    future = '<w:p xmlns:zz="http://example.org/future">'
    assert texts(read(docx(future + alternates("w14", "ten", "ten thousand") + "</w:p>"))) == ["ten"]
    assert texts(read(docx(future + alternates("zz", "ten", "ten thousand") + "</w:p>"))) == ["ten thousand"]
    assert texts(read(docx(future + r("a") + alternates("zz", "ten") + "</w:p>"))) == ["a"]


def test_other_words_for_older_programs_are_told() -> None:
    codes = {notice.code for notice in read(docx(p(alternates("w14", "ten", "ten thousand")))).notices}
    assert "two-texts" in codes
    assert "two-texts" not in {notice.code for notice in read(docx(p(alternates("w14", "ten", "ten")))).notices}
