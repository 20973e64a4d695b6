"""A tiny language for Word documents: `docx(p("one ", ins("two")))` is a .docx as bytes.

Everything is a string of WordprocessingML; `docx` wraps the body, adds the parts that are named and zips them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

from redline.model import Contract, Side

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
REL = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MAIN_TYPE = f"{WORD_TYPE}.document.main+xml"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:w16cid="http://schemas.microsoft.com/office/word/2016/wordml/cid" '
    'xmlns:w16du="http://schemas.microsoft.com/office/word/2023/wordml/word16du" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
DATE = "2024-05-01T10:00:00Z"


def by(author: str, extra: str = "") -> str:
    """The attributes of a tracked change."""
    return f'w:id="1" w:author="{author}" w:date="{DATE}"{extra}'


def t(text: str) -> str:
    return "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else "" for part in text.split("\t"))


def r(text: str = "", *, look: str = "", inner: str = "") -> str:
    """A run: `look` is the inside of its properties, `inner` goes after the text."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f"<w:r>{properties}{t(text) if text else ''}{inner}</w:r>"


def ins(*content: str, who: str = "Ann") -> str:
    return f"<w:ins {by(who)}>{_runs(content)}</w:ins>"


def dele(*content: str, who: str = "Ann") -> str:
    return f"<w:del {by(who)}>{_runs(content).replace('<w:t ', '<w:delText ').replace('</w:t>', '</w:delText>')}</w:del>"


def move(direction: str, text: str, name: str = "m1", who: str = "Ann") -> str:
    """One end of a move, with its range: `direction` is From or To."""
    number = "7" if direction == "From" else "8"
    return (f'<w:move{direction}RangeStart w:id="{number}" w:name="{name}" w:author="{who}" w:date="{DATE}"/>'
            f"<w:move{direction} {by(who)}>{r(text)}</w:move{direction}>"
            f'<w:move{direction}RangeEnd w:id="{number}"/>')


def _runs(content: tuple[str, ...]) -> str:
    return "".join(part if part.startswith("<") else r(part) for part in content)


def p(*content: str, style: str = "", num: str = "", mark: str = "", ppr: str = "") -> str:
    """A paragraph: plain strings become runs. `num` is "numId" or "numId/level", `mark` flags of the mark ("ins del")."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num:
        number, _, level = num.partition("/")
        inner = f'<w:ilvl w:val="{level}"/>' if level else ""
        properties += f'<w:numPr>{inner}<w:numId w:val="{number}"/></w:numPr>'
    if mark:
        flags = "".join(f"<w:{flag} {by('Ann')}/>" for flag in mark.split())
        properties += f"<w:rPr>{flags}</w:rPr>"
    properties += ppr
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{_runs(content)}</w:p>"


def cell(*blocks: str, tcpr: str = "") -> str:
    inside = "".join(block if block.startswith("<w:") else p(block) for block in blocks)
    return f"<w:tc><w:tcPr>{tcpr}</w:tcPr>{inside}</w:tc>"


def row(*cells: str, flag: str = "", trpr: str = "") -> str:
    """A row of cells or plain strings; `flag` is ins or del."""
    trpr += f"<w:{flag} {by('Ann')}/>" if flag else ""
    inside = "".join(found if found.startswith("<w:tc>") else cell(found) for found in cells)
    return f"<w:tr>{f'<w:trPr>{trpr}</w:trPr>' if trpr else ''}{inside}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def field(instruction: str, result: str) -> str:
    """A complex field; `result` is runs."""
    return (r(inner='<w:fldChar w:fldCharType="begin"/>') + r(inner=f"<w:instrText>{escape(instruction)}</w:instrText>")
            + r(inner='<w:fldChar w:fldCharType="separate"/>') + result + r(inner='<w:fldChar w:fldCharType="end"/>'))


def textbox(*blocks: str) -> str:
    """A run with a text box, in both the branches that Word writes."""
    content = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    return ("<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><a:graphic><wps:txbx>"
            f"{content}</wps:txbx></a:graphic></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
            f"{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>")


def level(ilvl: int, text: str, form: str = "decimal", extra: str = "") -> str:
    return (f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}'
            f'<w:lvlText w:val="{text}"/></w:lvl>')


def numbering(*levels: str, nums: Mapping[int, str] | None = None) -> str:
    """A numbering part with one list; `nums` gives the overrides of each numId (one plain num when left out)."""
    inside = "".join(f'<w:num w:numId="{key}"><w:abstractNumId w:val="0"/>{overrides}</w:num>'
                     for key, overrides in (nums or {1: ""}).items())
    return (f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
            f"{inside}</w:numbering>")


def style(identity: str, *, name: str = "", based: str = "", inner: str = "", kind: str = "paragraph") -> str:
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="{kind}" w:styleId="{identity}"><w:name w:val="{name or identity}"/>{base}{inner}</w:style>'


def styles(*found: str) -> str:
    return f"<w:styles {NAMESPACES}>{''.join(found)}</w:styles>"


def notes(kind: str, found: Mapping[int, str]) -> str:
    """A part of footnotes or endnotes."""
    inside = "".join(f'<w:{kind} w:id="{key}">{blocks}</w:{kind}>' for key, blocks in found.items())
    return f"<w:{kind}s {NAMESPACES}>{inside}</w:{kind}s>"


def comments(*found: str) -> str:
    return f"<w:comments {NAMESPACES}>{''.join(found)}</w:comments>"


def comment(identity: int, text: str, *, who: str = "Ann", para: str = "") -> str:
    mark = f' w14:paraId="{para}"' if para else ""
    return f'<w:comment w:id="{identity}" w:author="{who}" w:date="{DATE}"><w:p{mark}>{r(text)}</w:p></w:comment>'


def about(identity: int, *content: str) -> str:
    """Content with a comment's range round it and its reference after it."""
    return (f'<w:commentRangeStart w:id="{identity}"/>{_runs(content)}<w:commentRangeEnd w:id="{identity}"/>'
            + r(inner=f'<w:commentReference w:id="{identity}"/>'))


_PARTS = {
    "styles": ("word/styles.xml", "styles"), "numbering": ("word/numbering.xml", "numbering"),
    "footnotes": ("word/footnotes.xml", "footnotes"), "endnotes": ("word/endnotes.xml", "endnotes"),
    "comments": ("word/comments.xml", "comments"), "settings": ("word/settings.xml", "settings"),
    "header": ("word/header1.xml", "header"), "footer": ("word/footer1.xml", "footer"),
    "extended": ("word/commentsExtended.xml", "commentsExtended"), "ids": ("word/commentsIds.xml", "commentsIds"),
}


def docx(*body: str, section: str = "", extra: Mapping[str, bytes] | None = None, main_type: str = MAIN_TYPE,
         links: str = "", **parts: str) -> bytes:
    """A document. Named parts (`styles=…`, `footnotes=…`, `header=…`) are linked by `rId_<name>`; `links` adds links."""
    names = {name: _PARTS[name] for name in parts}
    files: dict[str, bytes] = {
        "[Content_Types].xml": _types(main_type, names).encode(),
        "_rels/.rels": _relations(f'<Relationship Id="m" Type="{R}/officeDocument" Target="word/document.xml"/>'),
        "word/document.xml": (f"<w:document {NAMESPACES}><w:body>{''.join(body)}<w:sectPr>{section}</w:sectPr></w:body>"
                              "</w:document>").encode(),
        "word/_rels/document.xml.rels": _relations("".join(
            f'<Relationship Id="rId_{name}" Type="{R}/{kind}" Target="/{path}"/>' for name, (path, kind) in names.items())
            + links),
    }
    files.update({names[name][0]: content.encode() for name, content in parts.items()})
    files.update(extra or {})
    return zipped(files)


def zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _types(main_type: str, names: Mapping[str, tuple[str, str]]) -> str:
    overrides = "".join(f'<Override PartName="/{path}" ContentType="{WORD_TYPE}.{kind}+xml"/>'
                        for path, kind in names.values())
    return (f'<Types xmlns="{TYPES}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main_type}"/>{overrides}</Types>')


def _relations(inside: str) -> bytes:
    return f'<Relationships xmlns="{REL}">{inside}</Relationships>'.encode()


def texts(contract: Contract, side: Side = "new") -> list[str]:
    """The texts of one side with typed numbers put back, empty ones left out."""
    view = contract.final() if side == "new" else contract.original()
    return [paragraph.props.typed + paragraph.text for paragraph in view.paragraphs if paragraph.props.typed + paragraph.text]


def labelled(contract: Contract, side: Side = "new") -> list[str]:
    """Label and text of each paragraph on one side, with a bar between them."""
    view = contract.final() if side == "new" else contract.original()
    return [f"{paragraph.props.label}|{paragraph.text}" for paragraph in view.paragraphs]
