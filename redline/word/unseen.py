"""Where a text stands so that nobody sees it: beside the page, in a shape that is hidden, in a line or row without height.

Each question is answered with a look, which the text there gets beside its own. Lengths are twentieths of a point. Only what
is far outside or next to nothing counts: an odd layout is no trick.

Sources: ECMA-376 Part 1 §17.3.1.11 (framePr), §17.3.1.33 (line), §17.4.80 (row height), §20.4.2.3 (anchor), §20.4.2.5 (docPr);
Part 4 §19.1.2.19 (VML shapes, their `style`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from redline.model import PLAIN, Look
from redline.word.styles import INVISIBLE
from redline.word.xml import V_NS, Element, number, on, value, w

OFF_PAGE: Look = frozenset({"off-page"})
_HIDDEN: Look = frozenset({"hidden"})
_TOO_SMALL: Look = frozenset({INVISIBLE})
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_FIT = "{http://schemas.openxmlformats.org/drawingml/2006/main}spAutoFit"
_EMU = 635
_SLACK = 4_320
"""How far what is placed by a margin, a column or a paragraph may lie before the page's edge: three inches."""
_LEAST = 60
_UNITS = {"pt": 20.0, "in": 1440.0, "cm": 566.9, "mm": 56.69, "px": 15.0, "pc": 240.0, "": 20.0}
_LENGTH = re.compile(r"(-?\d{1,7}(?:\.\d{1,6})?)([a-z]{0,2})")


class Page(NamedTuple):
    """The size of the largest page of a document; Letter where it does not say."""

    width: int = 12_240
    height: int = 15_840


LETTER = Page()


def largest_page(body: Element) -> Page:
    """The largest width and the largest height of any section's page."""
    sizes = [(number(size.get(w("w"))), number(size.get(w("h")))) for size in body.iter(w("pgSz"))]
    return Page(max([width for width, _ in sizes if width > 0], default=LETTER.width),
                max([height for _, height in sizes if height > 0], default=LETTER.height))


def frame(properties: Element | None, page: Page) -> Look:
    """A paragraph in a frame beside the page."""
    if properties is None:
        return PLAIN
    for place, size, anchor, edge in (("x", "w", "hAnchor", page.width), ("y", "h", "vAnchor", page.height)):
        by_page = properties.get(w(anchor)) == "page"
        if _outside(number(properties.get(w(place))), number(properties.get(w(size))) or edge, edge, by_page):
            return OFF_PAGE
    return PLAIN


def indented(indent: Element | None, page: Page) -> Look:
    """A paragraph moved off the page by its indent (§17.3.1.12)."""
    if indent is None:
        return PLAIN
    left = number(indent.get(w("left")) or indent.get(w("start")))
    return OFF_PAGE if left <= -page.width or left >= page.width else PLAIN


def squeezed(height: int | None) -> Look:
    """Lines so low that nothing of their text can be seen."""
    return _TOO_SMALL if height is not None and 0 < height < _LEAST else PLAIN


def row(properties: Element | None) -> Look:
    """A row that is hidden (§17.4.21), or of an exact height that is next to nothing."""
    if properties is not None and on(properties.find(w("hidden"))):
        return _HIDDEN
    height = None if properties is None else properties.find(w("trHeight"))
    return squeezed(number(value(height))) if height is not None and height.get(w("hRule")) == "exact" else PLAIN


def graphic(element: Element, page: Page) -> Look:
    """A drawing or a VML picture that is hidden, beside the page, or too small for the text in it."""
    anchor = next(element.iterchildren(f"{_WP}anchor", f"{_WP}inline"), None)
    if anchor is not None:
        return _drawing(anchor, page)
    shape = next((child for child in element if child.tag.startswith(f"{{{V_NS}}}") and child.get("style")), None)
    return PLAIN if shape is None else _shape(shape.get("style", ""), page)


def _drawing(anchor: Element, page: Page) -> Look:
    about, extent = anchor.find(f"{_WP}docPr"), anchor.find(f"{_WP}extent")
    if about is not None and about.get("hidden") in ("1", "true"):
        return _HIDDEN
    sizes = [_UNKNOWN if extent is None else number(extent.get(name)) // _EMU for name in ("cx", "cy")]
    for name, size, edge in (("positionH", sizes[0], page.width), ("positionV", sizes[1], page.height)):
        position = anchor.find(f"{_WP}{name}")
        offset = None if position is None else position.find(f"{_WP}posOffset")
        if position is not None and offset is not None and _outside(
                number(offset.text) // _EMU, size, edge, position.get("relativeFrom") == "page"):
            return OFF_PAGE
    return _TOO_SMALL if min(sizes) < _LEAST and next(anchor.iter(_FIT), None) is None else PLAIN


_UNKNOWN = 1_440


def _shape(style: str, page: Page) -> Look:
    said = dict(part.strip().split(":", 1) for part in style.lower().split(";") if ":" in part)
    if said.get("visibility", "").strip() == "hidden":
        return _HIDDEN
    if said.get("position", "").strip() != "absolute":
        return PLAIN
    for side, size, edge in (("left", "width", page.width), ("top", "height", page.height)):
        offset = _length(said.get(side, "")) + _length(said.get(f"margin-{side}", ""))
        relative = said.get("mso-position-" + ("horizontal" if side == "left" else "vertical") + "-relative", "").strip()
        if _outside(offset, _length(said.get(size, "")) or edge, edge, relative == "page"):
            return OFF_PAGE
    return PLAIN


def _length(text: str) -> int:
    match = _LENGTH.fullmatch(text.strip())
    return 0 if match is None else int(float(match[1]) * _UNITS.get(match[2], 20.0))


def _outside(offset: int, size: int, edge: int, by_page: bool) -> bool:
    return offset >= edge or (offset < 0 and offset + max(size, 0) <= (0 if by_page else -_SLACK))
