"""Writes a document of the model as the bytes of a .docx: the body, the comments and the package around them.

The same document always gives the same members in the same order with the same dates. Every revision and range id is
unique in the file, and every range that is opened is closed.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, field

from lxml import etree

from contracts.maker import parts
from contracts.maker.forms import FORMS, Form
from contracts.maker.model import Doc, Look, Para, Row, Span, Stamp, Table, Tracks
from contracts.maker.xml import W14, W15, Element, el, root, serial

TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
MEMBERS = {  # name: content type, relationship id and type (of the main document)
    "word/styles.xml": ("styles", "rIdStyles", RELS + "styles"),
    "word/numbering.xml": ("numbering", "rIdNumbering", RELS + "numbering"),
    "word/settings.xml": ("settings", "rIdSettings", RELS + "settings"),
    "word/fontTable.xml": ("fontTable", "rIdFonts", RELS + "fontTable"),
    "word/header1.xml": ("header", "rIdHeader", RELS + "header"),
    "word/footer1.xml": ("footer", "rIdFooter", RELS + "footer"),
    "word/comments.xml": ("comments", "rIdComments", RELS + "comments"),
    "word/commentsExtended.xml": (
        "commentsExtended",
        "rIdCommentsEx",
        "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
    ),
}


@dataclass
class Body:
    """The state of writing one body: the ids given so far and the bookmarks that are wanted."""

    doc: Doc
    form: Form
    wanted: set[str]
    next_id: int = 1
    schedule: int = 0
    numbers: dict[str, int] = field(default_factory=dict)

    def fresh(self) -> int:
        """An id no other revision, bookmark or range of the file has."""
        self.next_id += 1
        return self.next_id

    def stamped(self, name: str, stamp: Stamp, *children: Element) -> Element:
        """A revision element with id, author and date."""
        return el(name, *children, id=self.fresh(), author=stamp.author, date=stamp.date)


def write(doc: Doc, wanted: set[str]) -> bytes:
    """The .docx of a document; `wanted` are the anchors that get a bookmark."""
    form = FORMS[doc.meta.form]
    body = _body(Body(doc, form, wanted))
    stamps = sorted({(s.date, s.author) for s in all_stamps(doc)} | {(c.date, c.author) for c in doc.comments})
    changed, author = stamps[-1] if stamps else (doc.meta.created, doc.meta.creator)
    members = {
        "word/document.xml": serial(body),
        "word/styles.xml": parts.styles(form, doc.meta.language),
        "word/settings.xml": parts.settings(doc.meta.language, bool(all_stamps(doc))),
        "word/fontTable.xml": parts.fonts(form),
        "word/header1.xml": parts.header(doc.meta),
        "word/footer1.xml": parts.footer(doc.meta),
        "docProps/core.xml": parts.core(doc.meta, author, changed),
        "docProps/app.xml": parts.app(),
    }
    if form.levels:
        members["word/numbering.xml"] = parts.numbering(form)
    if doc.comments:
        members["word/comments.xml"], members["word/commentsExtended.xml"] = _comments(doc)
    return _package(members)


def all_stamps(doc: Doc) -> list[Stamp]:
    """Every stamp in the document, repeated where it marks several parts."""
    out: list[Stamp | None] = []

    def see(tracks: Tracks) -> None:
        out.extend([tracks.ins, tracks.dele, tracks.moved_from, tracks.moved_to])

    for _, row in doc.rows():
        see(row.tracks)
    for para in doc.paras():
        see(para.mark)
        for span in para.spans:
            see(span.tracks)
            out.append(span.was[1] if span.was else None)
    return [stamp for stamp in out if stamp is not None]


def _body(state: Body) -> Element:
    body = el("body")
    blocks = state.doc.blocks
    for at, block in enumerate(blocks):
        if isinstance(block, Table):
            body.append(_table(state, block))
            continue
        before = blocks[at - 1] if at else None
        after = blocks[at + 1] if at + 1 < len(blocks) else None
        node = _para(state, block, isinstance(before, Table))
        ends = _move_ranges(state, node, block, before, after)
        body.append(node)
        body.extend(ends)
    body.append(parts.section(state.form))
    return root("document", body)


def _move_ranges(state: Body, node: Element, para: Para, before: object, after: object) -> list[Element]:
    """Opens a move range inside the first paragraph of a move; the range ends to put behind the last (§17.13.5.23-28)."""
    ends = []
    for name, stamp in (("moveFrom", para.mark.moved_from), ("moveTo", para.mark.moved_to)):
        if stamp is None:
            continue
        key = name + stamp.edit
        side = "moved_from" if name == "moveFrom" else "moved_to"
        if not _same_move(before, side, stamp):
            state.numbers[key] = state.fresh()
            move = state.numbers.setdefault(stamp.edit, len([k for k in state.numbers if "move" not in k]) + 1)
            start = el(name + "RangeStart", id=state.numbers[key], author=stamp.author, date=stamp.date, name=f"move{100000 + move}")
            node.insert(1 if len(node) and node[0].tag.endswith("}pPr") else 0, start)
        if not _same_move(after, side, stamp):
            ends.append(el(name + "RangeEnd", id=state.numbers[key]))
    return ends


def _same_move(block: object, side: str, stamp: Stamp) -> bool:
    other = getattr(block.mark, side) if isinstance(block, Para) else None
    return other is not None and other.edit == stamp.edit


def _table(state: Body, table: Table) -> Element:
    _, right, _, left = state.form.margins
    width = 11906 - left - right
    grid = [width * part // 100 for part in table.widths]
    node = el(
        "tbl",
        el(
            "tblPr",
            el("tblStyle", val="TableGrid"),
            el("tblW", w=sum(grid), type="dxa"),
            el("tblLayout", type="fixed"),
            el("tblLook", val="04A0"),
        ),
        el("tblGrid", *(el("gridCol", w=size) for size in grid)),
    )
    for count, row in enumerate(table.rows):
        node.append(_row(state, row, grid, count < table.headers))
    return node


def _row(state: Body, row: Row, grid: list[int], header: bool) -> Element:
    layout = el("trPr", el("cantSplit"))
    if header:
        layout.append(el("tblHeader"))
    for name, stamp in (("ins", row.tracks.ins), ("del", row.tracks.dele)):
        if stamp is not None:
            layout.append(state.stamped(name, stamp))
    node = el("tr", layout)
    for cell, size in zip(row.cells, grid, strict=True):
        shade = el("shd", val="clear", color="auto", fill="E7EAEE") if header else None
        node.append(el("tc", el("tcPr", el("tcW", w=size, type="dxa"), shade), *(_para(state, p) for p in cell)))
    return node


def _para(state: Body, para: Para, under_table: bool = False) -> Element:
    node = el("p", _para_layout(state, para, under_table))
    marks = [name for name in para.anchors if name in state.wanted and not para.mark.moved_from]
    opened = [(name, state.fresh()) for name in marks]
    for name, ident in opened:
        node.append(el("bookmarkStart", id=ident, name=bookmark(name)))
    for group in _grouped(para.spans):
        node.extend(_spans(state, group))
    for _, ident in reversed(opened):
        node.append(el("bookmarkEnd", id=ident))
    return node


def _para_layout(state: Body, para: Para, under_table: bool) -> Element | None:
    style = state.form.styles[para.kind].id
    layout = el("pPr", el("pStyle", val=style) if style != "Normal" else None)
    if para.kind == "schedule":
        state.schedule += 1
    place = state.form.level_of(para.kind)
    if place is not None and not place[0][place[1]].style:
        num = 1 if place[0] is state.form.levels else 1 + max(state.schedule, 1)
        layout.append(el("numPr", el("ilvl", val=place[1]), el("numId", val=num)))
    if under_table and para.kind != "schedule":
        layout.append(el("spacing", before=200))
    marks = el("rPr")
    for name, stamp in (
        ("ins", para.mark.ins),
        ("del", para.mark.dele),
        ("moveFrom", para.mark.moved_from),
        ("moveTo", para.mark.moved_to),
    ):
        if stamp is not None:
            marks.append(state.stamped(name, stamp))
    if len(marks):
        layout.append(marks)
    return layout if len(layout) else None


def _grouped(spans: list[Span]) -> list[list[Span]]:
    """Neighbouring spans with the same tracks, which share one revision element."""
    groups: list[list[Span]] = []
    for span in spans:
        if groups and groups[-1][0].tracks == span.tracks:
            groups[-1].append(span)
        else:
            groups.append([span])
    return groups


def _spans(state: Body, group: list[Span]) -> list[Element]:
    tracks = group[0].tracks
    nodes = [node for span in group for node in _span(state, span)]
    for name, stamp in (("del", tracks.dele), ("ins", tracks.ins), ("moveFrom", tracks.moved_from), ("moveTo", tracks.moved_to)):
        if stamp is not None:
            nodes = [state.stamped(name, stamp, *nodes)]
    return nodes


def _span(state: Body, span: Span) -> list[Element]:
    if span.kind in ("open", "close"):
        return _comment_ends(state.doc, span)
    deleted = span.tracks.dele is not None
    look = _look(span.look)
    if span.was is not None:
        look = look if look is not None else el("rPr")
        look.append(state.stamped("rPrChange", span.was[1], _look(span.was[0]) or el("rPr")))
    if span.kind == "ref":
        return parts.field(f" REF {bookmark(span.target)} \\r \\h ", span.text, look, deleted)
    return [parts.run(span.text, "delText" if deleted else "t", look)]


def _look(look: Look) -> Element | None:
    node = el("rPr", el("b") if look.bold else None, el("i") if look.italic else None, el("u", val="single") if look.underline else None)
    return node if len(node) else None


def bookmark(anchor: str) -> str:
    """The hidden bookmark name of an anchor, of the kind Word makes for cross-references."""
    return f"_Ref{zlib.crc32(anchor.encode()) % 900000000 + 100000000}"


def _comment_ends(doc: Doc, span: Span) -> list[Element]:
    """One end of the range of a comment and, as Word does, of each of its replies."""
    idents = [at for at, c in enumerate(doc.comments) if span.target in (c.name, c.parent)]
    if span.kind == "open":
        return [el("commentRangeStart", id=ident) for ident in idents]
    out = []
    for ident in idents:
        look = el("rPr", el("rStyle", val="CommentReference"))
        out += [el("commentRangeEnd", id=ident), el("r", look, el("commentReference", id=ident))]
    return out


def _comments(doc: Doc) -> tuple[bytes, bytes]:
    """word/comments.xml and word/commentsExtended.xml ([MS-DOCX] 2.5.4); a thread hangs on the paragraph ids."""
    idents = {c.name: f"{0x2A000000 + zlib.crc32(c.name.encode()) % 0x10000000:08X}" for c in doc.comments}
    comments, extended = root("comments"), etree.Element(f"{{{W15}}}commentsEx", nsmap={"w15": W15})
    for at, comment in enumerate(doc.comments):
        mark = el("r", el("rPr", el("rStyle", val="CommentReference")), el("annotationRef"))
        para = el("p", el("pPr", el("pStyle", val="CommentText")), mark, parts.run(comment.text))
        para.set(f"{{{W14}}}paraId", idents[comment.name])
        comments.append(el("comment", para, id=at, author=comment.author, date=comment.date, initials=comment.initials))
        entry = etree.SubElement(extended, f"{{{W15}}}commentEx")
        entry.set(f"{{{W15}}}paraId", idents[comment.name])
        if comment.parent:
            entry.set(f"{{{W15}}}paraIdParent", idents[comment.parent])
        entry.set(f"{{{W15}}}done", str(int(comment.done)))
    return serial(comments), etree.tostring(extended, xml_declaration=True, encoding="UTF-8", standalone=True)


def _package(members: dict[str, bytes]) -> bytes:
    kinds = [(name, kind) for name, (kind, _, _) in MEMBERS.items() if name in members]
    types = "".join(f'<Override PartName="/{name}" ContentType="{TYPES}{kind}+xml"/>' for name, kind in kinds)
    links = "".join(
        f'<Relationship Id="{ident}" Type="{kind}" Target="{name[5:]}"/>' for name, (_, ident, kind) in MEMBERS.items() if name in members
    )
    package = "http://schemas.openxmlformats.org/package/2006/"
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    everything = {
        **members,
        "[Content_Types].xml": (
            f'{declaration}<Types xmlns="{package}content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{TYPES}document.main+xml"/>{types}'
            '<Override PartName="/docProps/core.xml" '
            'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
            '<Override PartName="/docProps/app.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>'
        ).encode(),
        "_rels/.rels": (
            f'{declaration}<Relationships xmlns="{package}relationships">'
            f'<Relationship Id="rId1" Type="{RELS}officeDocument" Target="word/document.xml"/>'
            f'<Relationship Id="rId2" Type="{package}relationships/metadata/core-properties" '
            'Target="docProps/core.xml"/>'
            f'<Relationship Id="rId3" Type="{RELS}extended-properties" Target="docProps/app.xml"/>'
            "</Relationships>"
        ).encode(),
        "word/_rels/document.xml.rels": (f'{declaration}<Relationships xmlns="{package}relationships">{links}</Relationships>').encode(),
    }
    return _zipped(everything)


def _zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(members):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            archive.writestr(info, members[name])
    return out.getvalue()
