"""Text that nobody sees: what hides it, and that an odd but visible layout is no trick."""

from __future__ import annotations

import pytest

from redline.word.read import read
from tests.unit.word.build import docx, p, r, row, style, table
from tests.unit.word.build import styles as style_part

WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
PAGE = '<w:pgSz w:w="11906" w:h="16838"/>'


def codes(*body: str, styles: str = style_part()) -> list[str]:
    found = read(docx(*body, section=PAGE, styles=styles)).notices
    return [notice.code for notice in found if notice.code != "off-body-text"]


def drawing(x: int = 0, y: int = 0, width: int = 3_000_000, height: int = 900_000, *, base: str = "column", extra: str = "",
            inside: str = "", words: str = "secret") -> str:
    """A text box in a floating drawing; lengths in EMU."""
    return (f'<w:r><w:drawing><wp:anchor xmlns:wp="{WP}"><wp:positionH relativeFrom="{base}"><wp:posOffset>{x}</wp:posOffset>'
            f'</wp:positionH><wp:positionV relativeFrom="{base}"><wp:posOffset>{y}</wp:posOffset></wp:positionV>'
            f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="1" name="x"{extra}/><a:graphic xmlns:a="{A}">'
            f'<wps:txbx xmlns:wps="{WPS}"><w:txbxContent>{p(words)}</w:txbxContent></wps:txbx>{inside}</a:graphic>'
            "</wp:anchor></w:drawing></w:r>")


def vml(shape: str) -> str:
    return (f'<w:r><w:pict><v:shape style="{shape}"><v:textbox><w:txbxContent>{p("secret")}</w:txbxContent></v:textbox></v:shape>'
            "</w:pict></w:r>")


@pytest.mark.parametrize("box", [
    drawing(x=-9_000_000), drawing(x=8_000_000), drawing(y=12_000_000, base="page"), drawing(x=-3_000_001, base="page"),
    vml("position:absolute;margin-left:-900pt;margin-top:0;width:200pt;height:20pt"),
    vml("position:absolute; left:0; top:30in; width:20cm; height:1cm"),
])
def test_a_text_box_beside_the_page_is_told_and_its_text_marked(box: str) -> None:
    assert codes(p("a", box)) == ["off-page-text"]
    found = read(docx(p("a", box), section=PAGE)).paragraphs
    assert [sorted(segment.look) for paragraph in found for segment in paragraph.segments if segment.text == "secret"] == [["off-page"]]


@pytest.mark.parametrize("box", [
    drawing(), drawing(x=-400_000, y=-300_000), drawing(x=0, base="page"), drawing(x=-3_000_001), drawing(x=-9_000_000, words=" "),
    vml("position:absolute;margin-left:100pt;margin-top:-20pt;width:200pt;height:20pt"), vml("width:200pt"), vml("left:x;;top"),
    drawing(height=100, inside=f'<wps:bodyPr xmlns:wps="{WPS}"><a:spAutoFit/></wps:bodyPr>'),
])
def test_a_text_box_on_or_near_the_page_is_not(box: str) -> None:
    assert codes(p("a", box)) == []


def test_a_hidden_or_tiny_shape_hides_its_text() -> None:
    assert codes(p("a", drawing(extra=' hidden="1"'))) == ["hidden-text"]
    assert codes(p("a", vml("visibility:hidden;width:9pt"))) == ["hidden-text"]
    assert codes(p("a", drawing(height=1000))) == ["invisible-text"]


@pytest.mark.parametrize(("frame", "found"), [
    ('w:x="-20000" w:hAnchor="page"', ["off-page-text"]), ('w:y="20000"', ["off-page-text"]), ('w:x="-2000" w:w="1500"', []),
    ('w:w="3000" w:hSpace="180" w:wrap="around" w:vAnchor="page" w:hAnchor="page" w:x="1000" w:y="900"', []),
])
def test_a_frame_beside_the_page_is_told(frame: str, found: list[str]) -> None:
    assert codes(p("a", ppr=f"<w:framePr {frame}/>")) == found


@pytest.mark.parametrize(("spacing", "found"), [
    ('w:line="1" w:lineRule="exact"', ["invisible-text"]), ('w:line="240" w:lineRule="exact"', []), ('w:line="20"', []),
    ('w:line="20" w:lineRule="atLeast"', [])])
def test_a_line_without_height_hides_its_text(spacing: str, found: list[str]) -> None:
    assert codes(p("a", ppr=f"<w:spacing {spacing}/>")) == found
    flat = style_part(style("Flat", inner=f"<w:pPr><w:spacing {spacing}/></w:pPr>"))
    assert codes(p("a", style="Flat"), styles=flat) == found
    assert codes(p("a", style="Flat", ppr='<w:spacing w:line="300" w:lineRule="auto"/>'), styles=flat) == []


def test_a_row_without_height_hides_its_text() -> None:
    assert codes(table(row("a", trpr='<w:trHeight w:val="10" w:hRule="exact"/>'), row("b")), p()) == ["invisible-text"]
    assert codes(table(row("a", trpr='<w:trHeight w:val="10"/>'), row("b")), p()) == []


W14 = "http://schemas.microsoft.com/office/word/2010/wordml"


@pytest.mark.parametrize(("look", "found"), [
    ('<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>', True), ('<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>', False),
    ('<w:color w:val="auto" w:themeColor="background1"/>', True), ('<w:color w:val="auto" w:themeColor="text1"/>', False),
    ('<w:color w:val="BFBFBF" w:themeColor="background1" w:themeShade="BF"/>', False),
    ('<w:w w:val="1"/>', True), ('<w:w w:val="90"/>', False), ('<w:sz w:val="2"/>', True), ('<w:sz w:val="12"/>', False),
    (f'<w14:textFill xmlns:w14="{W14}"><w14:noFill/></w14:textFill>', True),
    (f'<w14:textFill xmlns:w14="{W14}"><w14:solidFill><w14:srgbClr w14:val="FEFEFE"/></w14:solidFill></w14:textFill>', True),
    (f'<w14:textFill xmlns:w14="{W14}"><w14:solidFill><w14:srgbClr w14:val="FF0000"/></w14:solidFill></w14:textFill>', False),
    (f'<w14:textFill xmlns:w14="{W14}"><w14:solidFill><w14:schemeClr w14:val="bg1"/></w14:solidFill></w14:textFill>', True),
])
def test_letters_in_the_colour_of_what_is_behind_them_or_too_small_are_told(look: str, found: bool) -> None:
    assert codes(p("a", r("b", look=look))) == ["invisible-text"] * found


@pytest.mark.parametrize(("body", "code"), [
    (p("secret", ppr='<w:ind w:left="-20000"/>'), "off-page-text"),
    (table(row("secret", trpr="<w:hidden/>")) + p("z"), "hidden-text"),
    (p("The C\u03bfmpany shall pay."), "homoglyph"),
])
def test_an_indent_a_hidden_row_and_a_greek_letter_are_told(body: str, code: str) -> None:
    assert code in codes(body)


@pytest.mark.parametrize("body", [
    p("hanging", ppr='<w:ind w:left="720" w:hanging="720"/>'), p("into the margin", ppr='<w:ind w:left="-1440"/>'),
    table(row("seen", trpr='<w:hidden w:val="0"/>')) + p("z"), p("\u0394t is 5 \u03bcs at \u03b1-level"),
])
def test_usual_indents_rows_and_greek_signs_are_no_tricks(body: str) -> None:
    assert codes(body) == []
