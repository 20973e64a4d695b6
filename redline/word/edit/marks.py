"""Revision elements: who, when, and a number of its own; text that becomes deleted text.

Sources: ECMA-376 Part 1 §17.13.5 (w:ins, w:del and the flags in properties), §17.3.3.7 (delText), §17.16.13 (delInstrText).
"""

from __future__ import annotations

from datetime import UTC, datetime

from redline.model import Attribution
from redline.word.xml import XML_SPACE, Element, local, m, w

_AFTER_FLAGS = frozenset({w("ins"), w("del"), w("moveFrom"), w("moveTo")})
_GONE = {w("t"): w("delText"), w("instrText"): w("delInstrText")}
_SESSIONS = tuple(w(name) for name in ("rsidR", "rsidRPr", "rsidP", "rsidRDefault", "rsidTr", "rsidDel", "rsidSect"))
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


MATH_ROOTS = frozenset({m("oMath"), m("oMathPara")})


class Marker:
    """Makes revision elements for one document. What carries no author of its own is by `usual`."""

    def __init__(self, usual: Attribution, first: int) -> None:
        self._usual = usual
        self._next = first

    def new(self, tag: str, near: Element, by: Attribution | None = None) -> Element:
        """A revision element by `by`, in the tree of `near`."""
        by = by if by is not None and by.author else self._usual
        found = near.makeelement(tag)
        self.sign(found, by)
        return found

    def sign(self, element: Element, by: Attribution | None = None) -> None:
        """Write number, author and date; the date is left out where it is not known."""
        author, date = self.signature(by)
        element.set(w("id"), self.number())
        element.set(w("author"), author)
        if date:
            element.set(w("date"), date)

    def signature(self, by: Attribution | None) -> tuple[str, str]:
        """The author and the date, "" where it is not known, as they are written for a change."""
        author, date = self.author(by)
        return author, "" if date is None else date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def author(self, by: Attribution | None) -> tuple[str, datetime | None]:
        """Who signs a change, and when it was made."""
        by = by if by is not None and by.author else self._usual
        return by.author, by.date or self._usual.date

    def number(self) -> str:
        """A number that nothing in the document has yet."""
        self._next += 1
        return str(self._next - 1)

    def renumber(self, element: Element) -> None:
        """Give a copied revision a number of its own."""
        element.set(w("id"), self.number())

    def flag(self, properties: Element, tag: str, by: Attribution | None = None) -> None:
        """Put a flag into the run properties of a mark or the properties of a row, where the schema wants it."""
        if properties.tag == w("trPr"):
            change = properties.find(w("trPrChange"))
            place = len(properties) if change is None else properties.index(change)
        else:
            place = sum(1 for child in properties if child.tag in _AFTER_FLAGS)
        properties.insert(place, self.new(tag, properties, by))

    def wrap(self, paragraph: Element, tag: str, by: Attribution | None = None) -> None:
        """Wrap all runs and formulas of a paragraph; what stands in a text box in it is left to itself."""
        for element in list(paragraph.iter(w("r"), *MATH_ROOTS)):
            inner = next(each for each in element.iterancestors()
                         if each is paragraph or each.tag in (w("r"), tag, w("p")) or each.tag in MATH_ROOTS)
            if inner is not paragraph:
                continue
            previous = element.getprevious()
            if previous is None or previous.tag != tag:
                previous = self.new(tag, element, by)
                element.addprevious(previous)
            previous.append(element)

    def mark_all(self, block: Element, tag: str, by: Attribution | None = None) -> None:
        """Mark a paragraph, a row or a table with all its rows as inserted or deleted; text boxes in it are left to themselves."""
        for row in list(block.iter(w("tr"))):
            if _outside_boxes(row, block):
                self.flag(own(row, w("trPr")), w(tag), by)
        for paragraph in list(block.iter(w("p"))):
            if _outside_boxes(paragraph, block):
                self.flag(mark_of(paragraph), w(tag), by)
                self.wrap(paragraph, w(tag), by)
        if tag == "del":
            struck(block)

    def wrap_note(self, note: Element, tag: str, by: Attribution | None = None) -> None:
        """Mark all of a note, except the mark of its last paragraph, which stands or falls with the note."""
        paragraphs = list(note.iter(w("p")))
        for paragraph in paragraphs:
            self.wrap(paragraph, tag, by)
            if paragraph is not paragraphs[-1]:
                self.flag(mark_of(paragraph), tag, by)
        if tag == w("del"):
            struck(note)


def _outside_boxes(element: Element, block: Element) -> bool:
    """Whether an element below a block stands in no text box of it."""
    while element is not block:
        parent = element.getparent()
        if parent is None or parent.tag == w("txbxContent"):
            return False
        element = parent
    return True


def struck(element: Element) -> None:
    """Turn the text in deletions into deleted text, not that of text boxes in what goes."""
    for child in list(element.iter(*_GONE)):
        if next(child.iterancestors(w("del"), w("txbxContent"))).tag == w("del"):
            child.tag = _GONE[child.tag]


def protect(text: Element, *, start: bool = False, end: bool = False) -> None:
    """Have Word keep the white space at the ends that are new borders."""
    content = text.text or ""
    if (start and content[:1].isspace()) or (end and content[-1:].isspace()):
        text.set(XML_SPACE, "preserve")


def anonymous(root: Element, *, ids: bool = True) -> None:
    """Take out what ties copied elements to editing sessions and to their first place."""
    for element in root.iter():
        for name in _SESSIONS:
            element.attrib.pop(name, "")
        if ids:
            for name in ("paraId", "textId"):
                element.attrib.pop(_W14 + name, "")


def own(element: Element, tag: str) -> Element:
    """The properties of an element as its first child, made where there are none."""
    found = element.find(tag)
    if found is None:
        found = element.makeelement(tag)
        place = 1 if tag == w("trPr") and len(element) and local(element[0].tag) == "tblPrEx" else 0
        element.insert(place, found)
    return found


def mark_of(paragraph: Element) -> Element:
    """The run properties of a paragraph's mark, in their place in its properties (§17.3.1.29), made where there are none."""
    properties = own(paragraph, w("pPr"))
    found = properties.find(w("rPr"))
    if found is None:
        found = properties.makeelement(w("rPr"))
        place = next((index for index, child in enumerate(properties) if local(child.tag) in ("sectPr", "pPrChange")),
                     len(properties))
        properties.insert(place, found)
    return found
