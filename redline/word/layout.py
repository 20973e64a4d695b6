"""Tracked changes that are neither words nor a look of words: what they are called, and how records become entries.

A record is one element of the file. Records of one kind that one person made at one time in one paragraph are one entry, as
they are one thing to decide.

Sources: ECMA-376 Part 1 §17.13.5.29 (pPrChange), .31 (rPrChange), .32 (sectPrChange), .33 to .37 (tables), .3 (cellMerge),
.4 to .11 (controls).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from redline.model import Attribution, ChangeId, Layout, Paragraph
from redline.text import fold
from redline.word.drafts import Record
from redline.word.xml import Element, w

RPR_CHANGE, PPR_CHANGE, SECTION_CHANGE, GRID_CHANGE = w("rPrChange"), w("pPrChange"), w("sectPrChange"), w("tblGridChange")
TABLE_CHANGE, EXCEPTION_CHANGE, ROW_CHANGE, CELL_CHANGE = w("tblPrChange"), w("tblPrExChange"), w("trPrChange"), w("tcPrChange")
CELL_MERGE = w("cellMerge")

NAMES = {
    RPR_CHANGE: "look of text", PPR_CHANGE: "paragraph layout", SECTION_CHANGE: "page set-up", GRID_CHANGE: "column widths",
    TABLE_CHANGE: "table layout", EXCEPTION_CHANGE: "table layout", ROW_CHANGE: "row layout", CELL_CHANGE: "cell layout",
    CELL_MERGE: "merged cells",
}
CONTROLS = {
    w("customXmlInsRangeStart"): "content control put in", w("customXmlDelRangeStart"): "content control taken out",
    w("customXmlMoveFromRangeStart"): "content control moved away", w("customXmlMoveToRangeStart"): "content control moved here",
}
MARK_LOOK, FORMULA_LOOK, CONTROL_LOOK = "look of a paragraph mark", "look of a formula", "look of a content control"
FIELD_CODE, TYPED_NUMBER = "field code", "number typed by hand"
STRUCK = "words struck out of another change"
"""A deletion inside an insertion: in neither text, and still something to decide on by itself."""
_FONT = {"rFonts": "typeface", "sz": "size", "szCs": "size", "color": "colour", "lang": "language", "noProof": "language",
         "spacing": "spacing of letters", "w": "spacing of letters", "kern": "spacing of letters", "position": "spacing of letters",
         "rStyle": "character style", "shd": "shading", "bdr": "borders"}
_PARAGRAPH = {"ind": "indents", "mirrorIndents": "indents", "spacing": "spacing", "contextualSpacing": "spacing",
              "jc": "alignment", "tabs": "tab stops", "keepNext": "page breaks", "keepLines": "page breaks",
              "pageBreakBefore": "page breaks", "widowControl": "page breaks", "pBdr": "borders", "shd": "shading",
              "numPr": "numbering", "pStyle": "style", "outlineLvl": "outline level"}
_ENOUGH = 1_000
"""How many characters of its paragraph tell an entry from its like."""
_UNSAID = frozenset({"rPrChange", "pPrChange", "rPr", "sectPr", "ins", "del", "moveFrom", "moveTo"})


def look_changed(now: Element | None, before: Element | None) -> str:
    """What differs between two `w:rPr`: "typeface and size"."""
    return _difference(now, before, _FONT, NAMES[RPR_CHANGE])


def paragraph_changed(now: Element | None, before: Element | None) -> str:
    """What differs between two `w:pPr`: "indents and alignment"."""
    return _difference(now, before, _PARAGRAPH, NAMES[PPR_CHANGE])


def _difference(now: Element | None, before: Element | None, names: Mapping[str, str], usual: str) -> str:
    one, other = _said(now), _said(before)
    changed = [tag for tag in {**one, **other} if one.get(tag) != other.get(tag)]
    found = sorted({names.get(tag, usual) for tag in changed})
    if not found or usual in found:
        return usual
    return " and ".join(filter(None, (", ".join(found[:-1]), found[-1])))


def _said(properties: Element | None) -> dict[str, list[object]]:
    """Each property by its name, with all that its element and those in it say."""
    if properties is None:
        return {}
    return {name: [(element.tag, sorted(element.attrib.items())) for element in child.iter()]
            for child in properties if (name := child.tag.rpartition("}")[2]) not in _UNSAID}


def _identity(name: str) -> ChangeId:
    import hashlib

    return ChangeId(hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8])


def entries(records: Sequence[Record], homes: Mapping[int, tuple[int, int]],
            paragraphs: Sequence[Paragraph]) -> tuple[tuple[Layout, ...], dict[ChangeId, list[Element]], list[Record]]:
    """The entries in the order of their paragraphs, the elements behind each, and the records that stand in no paragraph."""
    groups: dict[tuple[int, str, Attribution | None], list[Record]] = {}
    homeless: list[Record] = []
    for record in records:
        if record.draft is None or id(record.draft) not in homes:
            homeless.append(record)
        else:
            groups.setdefault((homes[id(record.draft)][0], record.what, record.who), []).append(record)
    layout: list[Layout] = []
    elements: dict[ChangeId, list[Element]] = {}
    equals: Counter[str] = Counter()
    texts: dict[int, str] = {}
    for (index, what, who), group in sorted(groups.items(), key=lambda item: item[0][0]):
        date = who.date.isoformat() if who is not None and who.date is not None else ""
        if index not in texts:
            texts[index] = fold(paragraphs[index].text[:_ENOUGH])
        name = "\0".join((what, who.author if who is not None else "", date, texts[index]))
        identity = _identity(f"{name}\0{equals[name]}")
        equals[name] += 1
        if identity in elements:
            continue
        layout.append(Layout(identity, what, index, who, sum(not record.silent for record in group) or 1))
        elements[identity] = [record.element for record in group if record.element is not None]
    return tuple(layout), elements, homeless
