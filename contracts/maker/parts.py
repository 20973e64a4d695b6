"""The parts of a sample that follow from its form: styles, numbering, settings, fonts, properties, header and footer."""

from __future__ import annotations

import copy
from xml.sax.saxutils import escape

from contracts.maker.forms import Form, Level, Style
from contracts.maker.model import Meta
from contracts.maker.xml import XML, Element, R, W, el, root, serial

SCHEDULES = 4  # how many schedules a document may have: each gets a list that starts at 1


def styles(form: Form, language: str) -> bytes:
    """word/styles.xml (ECMA-376 Part 1 §17.7)."""
    fonts = el("rFonts", ascii=form.font, hAnsi=form.font, eastAsia=form.font, cs=form.font)
    defaults = el(
        "docDefaults",
        el(
            "rPrDefault",
            el(
                "rPr",
                fonts,
                el("sz", val=form.size),
                el("szCs", val=form.size),
                el("lang", val=language, eastAsia="en-US", bidi="ar-SA"),
            ),
        ),
        el("pPrDefault", el("pPr", el("spacing", after=120, line=form.line, lineRule="auto"))),
    )
    nodes = [_paragraph_style(style) for style in _distinct(form)]
    return serial(root("styles", defaults, *nodes, *_plain_styles()))


def _distinct(form: Form) -> list[Style]:
    by_id: dict[str, Style] = {}
    for style in form.styles.values():
        by_id.setdefault(style.id, style)
    return [by_id.pop("Normal"), *by_id.values()]


def _paragraph_style(style: Style) -> Element:
    node = el("style", el("name", val=style.name), type="paragraph", styleId=style.id)
    if style.id == "Normal":
        node.set(f"{{{W}}}default", "1")
    else:
        node.append(el("basedOn", val=style.based_on))
        if style.outline >= 0:
            node.append(el("next", val="Normal"))
    node.append(el("qFormat"))
    node.extend([_style_layout(style), _style_look(style)])
    return node


def _style_layout(style: Style) -> Element:
    layout = el("pPr")
    if style.keep_next:
        layout.append(el("keepNext"))
    if style.page_break:
        layout.append(el("pageBreakBefore"))
    if style.unnumbered:
        layout.append(el("numPr", el("numId", val=0)))
    if style.level >= 0:
        layout.append(el("numPr", el("ilvl", val=style.level) if style.level else None, el("numId", val=1)))
    layout.append(el("spacing", before=style.before, after=style.after))
    if style.left or style.unnumbered:
        layout.append(el("ind", left=style.left, firstLine=0))
    if style.align:
        layout.append(el("jc", val=style.align))
    if style.outline >= 0:
        layout.append(el("outlineLvl", val=style.outline))
    return layout


def _style_look(style: Style) -> Element:
    look = el("rPr")
    for name, on in (("b", style.bold), ("i", style.italic), ("caps", style.caps)):
        if on:
            look.append(el(name))
    if style.colour:
        look.append(el("color", val=style.colour))
    if style.size:
        look.extend([el("sz", val=style.size), el("szCs", val=style.size)])
    return look


def _plain_styles() -> list[Element]:
    """The styles every document of Word has: defaults, the table grid, header, footer and comments."""
    cells = el(
        "tblCellMar",
        *(el(side, w=width, type="dxa") for side, width in (("top", 0), ("left", 108), ("bottom", 0), ("right", 108))),
    )
    grid = el(
        "tblBorders",
        *(el(side, val="single", sz=4, space=0, color="808080") for side in ("top", "left", "bottom", "right", "insideH", "insideV")),
    )
    tabs = el("tabs", el("tab", val="center", pos=4700), el("tab", val="right", pos=9300))

    def style(kind: str, ident: str, name: str, *rest: Element, default: bool = False) -> Element:
        node = el("style", el("name", val=name), *rest, type=kind, styleId=ident)
        if default:
            node.set(f"{{{W}}}default", "1")
        return node

    small = el("rPr", el("color", val="606060"), el("sz", val=17), el("szCs", val=17))
    return [
        style("character", "DefaultParagraphFont", "Default Paragraph Font", el("uiPriority", val=1), default=True),
        style(
            "table",
            "TableNormal",
            "Normal Table",
            el("uiPriority", val=99),
            el("tblPr", el("tblInd", w=0, type="dxa"), cells),
            default=True,
        ),
        style("numbering", "NoList", "No List", el("uiPriority", val=99), default=True),
        style("table", "TableGrid", "Table Grid", el("basedOn", val="TableNormal"), el("tblPr", grid)),
        style("paragraph", "Header", "header", el("basedOn", val="Normal"), el("pPr", tabs, el("spacing", after=0)), small),
        style(
            "paragraph",
            "Footer",
            "footer",
            el("basedOn", val="Normal"),
            el("pPr", el("spacing", after=0), el("jc", val="center")),
            el("rPr", el("sz", val=17), el("szCs", val=17)),
        ),
        style(
            "paragraph",
            "CommentText",
            "annotation text",
            el("basedOn", val="Normal"),
            el("pPr", el("spacing", line=240, lineRule="auto")),
            el("rPr", el("sz", val=20), el("szCs", val=20)),
        ),
        style(
            "character",
            "CommentReference",
            "annotation reference",
            el("basedOn", val="DefaultParagraphFont"),
            el("rPr", el("sz", val=16), el("szCs", val=16)),
        ),
    ]


def numbering(form: Form) -> bytes:
    """word/numbering.xml (§17.9): list 1 is the clauses, list 2 and on the schedules, one restarted `num` each."""
    abstract, nums = [], []
    if form.levels:
        abstract.append(_abstract(0, form.levels, "4A6B1C20"))
        nums.append(el("num", el("abstractNumId", val=0), numId=1))
    if form.schedule_levels:
        abstract.append(_abstract(1, form.schedule_levels, "5D7E2F31"))
        for count in range(SCHEDULES):
            restart = el("lvlOverride", el("startOverride", val=1), ilvl=0)
            nums.append(el("num", el("abstractNumId", val=1), restart, numId=2 + count))
    return serial(root("numbering", *abstract, *nums))


def _abstract(ident: int, levels: tuple[Level, ...], nsid: str) -> Element:
    node = el(
        "abstractNum",
        el("nsid", val=nsid),
        el("multiLevelType", val="multilevel"),
        el("tmpl", val=nsid[::-1]),
        abstractNumId=ident,
    )
    for depth, level in enumerate(levels):
        node.append(
            el(
                "lvl",
                el("start", val=1),
                el("numFmt", val=level.fmt),
                el("pStyle", val=level.style) if level.style else None,
                el("suff", val="space") if not level.hanging else None,
                el("lvlText", val=level.text),
                el("lvlJc", val="left"),
                el("pPr", el("ind", left=level.left, hanging=level.hanging)),
                ilvl=depth,
            )
        )
    return node


def settings(language: str, tracking: bool) -> bytes:
    """word/settings.xml (§17.15.1), in compatibility mode 15."""
    uri = "http://schemas.microsoft.com/office/word"
    return serial(
        root(
            "settings",
            el("zoom", percent=100),
            *([el("trackRevisions")] if tracking else []),
            el("defaultTabStop", val=720),
            el("characterSpacingControl", val="doNotCompress"),
            el("compat", el("compatSetting", name="compatibilityMode", uri=uri, val=15)),
            el("themeFontLang", val=language),
            el("decimalSymbol", val="," if language == "ru-RU" else "."),
            el("listSeparator", val=";" if language == "ru-RU" else ","),
        )
    )


def fonts(form: Form) -> bytes:
    """word/fontTable.xml (§17.8)."""
    family = "swiss" if form.font == "Arial" else "roman"
    return serial(
        root(
            "fonts",
            el(
                "font",
                el("charset", val="CC" if form.font != "Georgia" else "00"),
                el("family", val=family),
                el("pitch", val="variable"),
                name=form.font,
            ),
        )
    )


def header(meta: Meta) -> bytes:
    """word/header1.xml: the short title, with a rule below."""
    rule = el("pBdr", el("bottom", val="single", sz=4, space=4, color="A0A0A0"))
    return serial(root("hdr", el("p", el("pPr", el("pStyle", val="Header"), rule), run(meta.header))))


def footer(meta: Meta) -> bytes:
    """word/footer1.xml: the footer text with §PAGE§ and §NUMPAGES§ as fields."""
    para = el("p", el("pPr", el("pStyle", val="Footer")))
    for number, piece in enumerate(meta.footer.split("§")):
        if number % 2:
            para.extend(field(f" {piece} ", "1"))
        elif piece:
            para.append(run(piece))
    return serial(root("ftr", para))


def run(text: str, name: str = "t", look: Element | None = None) -> Element:
    """A run of text (w:t, or w:delText and the like)."""
    leaf = el(name)
    leaf.text = text
    leaf.set(f"{{{XML}}}space", "preserve")
    return el("r", look, leaf)


def field(code: str, shown: str, look: Element | None = None, deleted: bool = False) -> list[Element]:
    """The runs of a complex field (§17.16.18), each with a copy of `look`."""

    def copied() -> Element | None:
        return copy.deepcopy(look)

    instruction = run(code, "delInstrText" if deleted else "instrText", copied())
    return [
        el("r", copied(), el("fldChar", fldCharType="begin")),
        instruction,
        el("r", copied(), el("fldChar", fldCharType="separate")),
        run(shown, "delText" if deleted else "t", copied()),
        el("r", copied(), el("fldChar", fldCharType="end")),
    ]


def core(meta: Meta, changed_by: str, changed: str) -> bytes:
    """docProps/core.xml (ECMA-376 Part 2 §11)."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(meta.title)}</dc:title><dc:creator>{escape(meta.creator)}</dc:creator>"
        f"<cp:lastModifiedBy>{escape(changed_by)}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{meta.created}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{changed}</dcterms:modified>'
        "</cp:coreProperties>"
    ).encode()


def app() -> bytes:
    """docProps/app.xml (§22.2)."""
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties '
        b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        b"<Application>Microsoft Office Word</Application><AppVersion>16.0000</AppVersion></Properties>"
    )


def section(form: Form) -> Element:
    """The last section's properties: A4, the form's margins, the header and the footer."""
    top, right, bottom, left = form.margins
    refs = [el("headerReference", type="default"), el("footerReference", type="default")]
    for ref, ident in zip(refs, ("rIdHeader", "rIdFooter"), strict=True):
        ref.set(f"{{{R}}}id", ident)
    return el(
        "sectPr",
        *refs,
        el("pgSz", w=11906, h=16838),
        el("pgMar", top=top, right=right, bottom=bottom, left=left, header=600, footer=500, gutter=0),
    )
