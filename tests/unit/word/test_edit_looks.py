"""Styles that two documents define in two ways: the look of each side comes out, and what cannot be tracked stays."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redline.word.read import read
from redline.word.revisions import accept_all, reject_all
from tests.looks import score
from tests.unit.word.build import NAMESPACES, R, docx, level, numbering, p, r, style, styles, unzipped
from tests.unit.word.redlining import between, part

_TEXT = p("The fee is due.", style="Body")


def _styled(*found: str, defaults: str = "", body: str = _TEXT) -> bytes:
    said = f"<w:docDefaults>{defaults}</w:docDefaults>" if defaults else ""
    return docx(body, styles=styles(said, *found))


def _body(data: bytes) -> str:
    return part(data, "word/document.xml").removeprefix("<w:body>").removesuffix("<w:sectPr/></w:body>")


_SMALL = style("Body", inner='<w:pPr><w:spacing w:after="120"/></w:pPr><w:rPr><w:sz w:val="18"/></w:rPr>')
_LARGE = style("Body", inner='<w:pPr><w:spacing w:after="240"/><w:jc w:val="both"/></w:pPr><w:rPr><w:b/><w:sz w:val="24"/></w:rPr>')


def test_what_a_style_now_says_otherwise_is_said_directly_and_tracked() -> None:
    redline = between(_styled(_SMALL), _styled(_LARGE))
    look = '<w:b w:val="1"/><w:sz w:val="24"/>'
    changed = f"<w:rPr>{look}<w:rPrChange><w:rPr/></w:rPrChange></w:rPr>"
    assert _body(redline) == (
        f'<w:p><w:pPr><w:pStyle w:val="Body"/><w:spacing w:after="240"/><w:jc w:val="both"/>{changed}'
        '<w:pPrChange><w:pPr><w:pStyle w:val="Body"/></w:pPr></w:pPrChange></w:pPr>'
        f"<w:r>{changed}<w:t>The fee is due.</w:t></w:r></w:p>")
    assert unzipped(redline)["word/styles.xml"] == unzipped(_styled(_SMALL))["word/styles.xml"]


def test_what_a_style_says_no_more_is_taken_back_directly() -> None:
    redline = between(_styled(_LARGE), _styled(style("Body")))
    assert '<w:spacing w:after="0"/><w:jc w:val="left"/>' in _body(redline)
    assert '<w:b w:val="0"/><w:sz w:val="20"/>' in _body(redline)


def test_what_a_paragraph_or_a_run_says_itself_is_left_to_it() -> None:
    own = p(r("The fee is due.", look='<w:b w:val="0"/><w:sz w:val="30"/>'), style="Body", ppr='<w:spacing w:after="10"/>')
    text = _body(between(_styled(_SMALL, body=own), _styled(_LARGE, body=own)))
    assert '<w:r><w:rPr><w:b w:val="0"/><w:sz w:val="30"/></w:rPr><w:t>The fee is due.</w:t></w:r>' in text
    assert '<w:spacing w:after="10"/><w:jc w:val="both"/>' in text


def test_styles_that_say_the_same_in_another_way_change_nothing() -> None:
    old = style("Body", inner='<w:pPr><w:spacing w:after="0"/></w:pPr><w:rPr><w:b w:val="false"/><w:color w:val="auto"/></w:rPr>')
    new = style("Body", inner='<w:uiPriority w:val="1"/><w:qFormat/>')
    assert unzipped(between(_styled(old), _styled(new))) == unzipped(_styled(old))


def test_text_that_comes_in_looks_as_it_does_where_it_comes_from() -> None:
    new = _styled(_LARGE, body=_TEXT + p("Something else entirely.", style="Body"))
    assert score(accept_all(between(_styled(_SMALL), new)), new).whole


_GRID = style("Grid", kind="table", inner='<w:pPr><w:spacing w:after="0"/></w:pPr><w:tblPr/>')
_TABLE = ('<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/></w:tblPr><w:tblGrid/><w:tr><w:tc><w:tcPr/>'
          f"{p('In a cell.')}</w:tc></w:tr></w:tbl>{p('After it.')}")


def test_what_a_table_style_decides_in_both_documents_is_not_touched_by_other_defaults() -> None:
    old, new = (_styled(_GRID, body=_TABLE, defaults=f'<w:pPrDefault><w:pPr><w:spacing w:after="{after}"/></w:pPr></w:pPrDefault>')
                for after in ("100", "200"))
    text = _body(between(old, new))
    assert p("In a cell.").replace(' xml:space="preserve"', "") in text
    assert text.count("<w:pPrChange>") == 1
    assert score(accept_all(between(old, new)), new).whole


def test_a_table_style_that_differs_comes_along_under_a_name_of_its_own() -> None:
    other = _GRID.replace("<w:tblPr/>", '<w:tblPr><w:tblCellMar><w:left w:w="300" w:type="dxa"/></w:tblCellMar></w:tblPr>')
    redline = between(_styled(_GRID, body=_TABLE), _styled(other, body=_TABLE))
    assert ('<w:tblPr><w:tblStyle w:val="Grid2"/><w:tblPrChange><w:tblPr><w:tblStyle w:val="Grid"/></w:tblPr></w:tblPrChange></w:tblPr>'
            in _body(redline))
    assert '<w:name w:val="Grid (2)"/>' in unzipped(redline)["word/styles.xml"].decode()


def test_a_style_that_comes_along_gives_the_look_it_gave_at_home() -> None:
    fonts = '<w:rPrDefault><w:rPr><w:rFonts w:ascii="{0}" w:hAnsi="{0}"/></w:rPr></w:rPrDefault>'
    old = _styled(style("Body"), defaults=fonts.format("Arial"))
    new = _styled(style("Body"), style("Note", inner="<w:rPr><w:i/></w:rPr>"), defaults=fonts.format("Georgia"),
                  body=_TEXT + p("Note well.", style="Note"))
    redline = between(old, new)
    assert '<w:rFonts w:ascii="Georgia" w:hAnsi="Georgia"/><w:i/>' in unzipped(redline)["word/styles.xml"].decode()
    assert "<w:ins><w:r><w:t>Note well.</w:t></w:r></w:ins>" in _body(redline)
    assert score(accept_all(redline), new).whole


def test_a_style_that_comes_along_takes_no_name_that_the_old_document_uses_for_nothing() -> None:
    old = _styled(style("Body", based="Lost"))
    new = _styled(style("Body"), style("Lost", name="Lost", inner="<w:rPr><w:b/></w:rPr>"), body=_TEXT + p("Bold.", style="Lost"))
    redline = between(old, new)
    assert score(reject_all(redline), old).whole
    assert score(accept_all(redline), new).whole


def _themed(face: str) -> bytes:
    theme = ('<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:fontScheme><a:minorFont>'
             f'<a:latin typeface="{face}"/></a:minorFont></a:fontScheme></a:themeElements></a:theme>')
    look = '<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/>'
    return docx(p(r("The fee is due.", look=look)), styles=styles(style("Body")), extra={"word/theme/theme1.xml": theme.encode()},
                links=f'<Relationship Id="rT" Type="{R}/theme" Target="theme/theme1.xml"/>')


def test_a_typeface_of_another_theme_is_called_by_its_name() -> None:
    assert '<w:rFonts w:ascii="Georgia" w:hAnsi="Georgia"/><w:rPrChange><w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme=' in _body(
        between(_themed("Arial"), _themed("Georgia")))


def test_an_indent_that_a_list_gives_otherwise_is_said_directly() -> None:
    old, new = (docx(p("First thing.", num="1/0"), styles=styles(), numbering=numbering(level(0, "%1.", extra="").replace(
        "</w:lvl>", f'<w:pPr><w:ind w:left="{left}" w:hanging="360"/></w:pPr></w:lvl>'))) for left in ("720", "1080"))
    redline = between(old, new)
    assert '<w:ind w:left="1080"/>' in _body(redline)
    assert [paragraph.props.label for paragraph in read(accept_all(redline)).paragraphs] == ["1."]
    assert score(accept_all(redline), new).whole


_RUN = st.lists(st.sampled_from([
    "<w:b/>", "<w:i/>", '<w:b w:val="0"/>', "<w:caps/>", '<w:color w:val="FF0000"/>', '<w:sz w:val="30"/>', '<w:u w:val="single"/>',
    '<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>', '<w:rFonts w:ascii="Georgia"/>', '<w:highlight w:val="yellow"/>']), max_size=3).map(
        lambda found: "".join(_ordered(found, "rFonts b i caps color sz highlight u")))
_PARAGRAPH = st.lists(st.sampled_from([
    '<w:spacing w:after="100"/>', '<w:spacing w:before="50" w:line="300" w:lineRule="exact"/>', '<w:ind w:left="500" w:hanging="100"/>',
    '<w:ind w:firstLine="300"/>', '<w:jc w:val="center"/>', "<w:keepNext/>", '<w:widowControl w:val="0"/>',
    '<w:tabs><w:tab w:val="left" w:pos="900"/></w:tabs>', '<w:tabs><w:tab w:val="clear" w:pos="900"/></w:tabs>']), max_size=3).map(
        lambda found: "".join(_ordered(found, "keepNext widowControl tabs spacing ind jc")))


def _ordered(found: list[str], order: str) -> list[str]:
    """One property of each kind, in the order of the schema."""
    names = order.split()
    kinds = {each[3:].partition(" ")[0].rstrip("/>"): each for each in found}
    return [kinds[name] for name in names if name in kinds]


@st.composite
def _sheets(draw: st.DrawFn) -> str:
    """A style part in which `Body` is based on `Base`, beside a character style."""
    inner = [f"<w:pPr>{draw(_PARAGRAPH)}</w:pPr><w:rPr>{draw(_RUN)}</w:rPr>" for _ in range(2)]
    defaults = (f"<w:docDefaults><w:rPrDefault><w:rPr>{draw(_RUN)}</w:rPr></w:rPrDefault>"
                f"<w:pPrDefault><w:pPr>{draw(_PARAGRAPH)}</w:pPr></w:pPrDefault></w:docDefaults>")
    return styles(defaults, style("Base", inner=inner[0]), style("Body", based="Base", inner=inner[1]),
                  style("Strong", kind="character", inner=f"<w:rPr>{draw(_RUN)}</w:rPr>"))


_STRONG = '<w:rStyle w:val="Strong"/>'


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_sheets(), _sheets(), _RUN, _RUN)
def test_each_side_looks_as_its_own_styles_have_it(old: str, new: str, look: str, other: str) -> None:
    before = docx(p("Plain. ", r("Strong words ", look=_STRONG + look), "here.", style="Body") + p("Last."), styles=old)
    after = docx(p("Plain. ", r("Strong words ", look=_STRONG + other), "here and there.", style="Body") + p("New one.", style="Base")
                 + p("Last."), styles=new)
    redline = between(before, after)
    assert score(reject_all(redline), before).whole
    assert score(accept_all(redline), after).whole


@pytest.mark.parametrize("kind", ["none", "other"])
def test_a_document_without_styles_gets_the_looks_all_the_same(kind: str) -> None:
    bare = docx(_TEXT)
    styled = _styled(_LARGE)
    old, new = (bare, styled) if kind == "none" else (styled, bare)
    redline = between(old, new)
    assert score(reject_all(redline), old).whole
    assert score(accept_all(redline), new).whole


def test_a_header_that_a_section_shows_in_the_place_of_another_has_the_size_it_has_there() -> None:
    def shows(name: str) -> str:
        return f'<w:headerReference w:type="default" r:id="rId_{name}"/>'

    def header(size: int) -> str:
        mark = f'<w:rPr><w:sz w:val="{size}"/></w:rPr>'
        return f"<w:hdr {NAMESPACES}>{p(ppr=mark)}</w:hdr>"

    def headed(first: str) -> bytes:
        return docx(p("One."), p("Two.", ppr=f"<w:sectPr>{shows(first)}</w:sectPr>"), p("Three."), section=shows("header"),
                    header=header(20), extra={"word/header2.xml": header(40).encode()},
                    links=f'<Relationship Id="rId_second" Type="{R}/header" Target="/word/header2.xml"/>')

    old, new = headed("second"), headed("header")
    redline = between(old, new)
    assert score(reject_all(redline), old).whole
    assert score(accept_all(redline), new).whole
    assert score(accept_all(redline), old).right_marks < score(reject_all(redline), old).right_marks
