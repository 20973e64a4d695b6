"""Styles: what a paragraph or a run gets from its style, from the styles that one is based on, and from the defaults.

Only what a reader of contracts needs is resolved: names, numbering, outline level, and the look of text. Chains of styles
are followed once and kept; a chain that runs in a circle is cut and remembered.

Sources: ECMA-376 Part 1 §17.7.2 (hierarchy), §17.7.3 (toggle properties), §17.7.4.3 (basedOn), §17.3.2 (run properties).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from redline.model import PLAIN, Look
from redline.word.xml import VAL, W14_NS, Element, number, on, value, w

INVISIBLE = "invisible"
"""Look of text that cannot be seen though it is not hidden: of the colour of its background, or too small."""

_TOGGLES = {
    w("b"): "bold", w("i"): "italic", w("strike"): "strike", w("dstrike"): "strike", w("caps"): "caps",
    w("smallCaps"): "smallcaps", w("vanish"): "hidden", w("specVanish"): "hidden",
}
_U, _HIGHLIGHT, _VERTICAL, _COLOR, _SHADE, _SIZE = (w("u"), w("highlight"), w("vertAlign"), w("color"), w("shd"), w("sz"))
_FILL, _THEME_FILL = w("fill"), w("themeFill")
_RPR, _PPR, _STYLE, _STYLE_ID = w("rPr"), w("pPr"), w("style"), w("styleId")
NUM_PR, _NUM_ID, _ILVL = w("numPr"), w("numId"), w("ilvl")
R_STYLE, RPR_CHANGE = w("rStyle"), w("rPrChange")
_SCALE, _TEXT_FILL = w("w"), f"{{{W14_NS}}}textFill"
_READ = frozenset({*_TOGGLES, _U, _HIGHLIGHT, _VERTICAL, _COLOR, _SHADE, _SIZE, _SCALE, _TEXT_FILL, R_STYLE})
_TINY, _NARROW = 5, 10
_NO_COLOUR = "none"
_PAPER = frozenset({"background1", "light1", "bg1", "lt1"})
_HIGHLIGHTS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF", "red": "FF0000",
    "yellow": "FFFF00", "white": "FFFFFF", "darkBlue": "00008B", "darkCyan": "008B8B", "darkGreen": "006400",
    "darkMagenta": "800080", "darkRed": "8B0000", "darkYellow": "808000", "darkGray": "A9A9A9", "lightGray": "D3D3D3",
}
"""Colours of w:highlight (§17.18.40)."""
_LONGEST_CHAIN = 50
_VERTICALS = {"superscript": "superscript", "subscript": "subscript"}


@dataclass(frozen=True, slots=True)
class Font:
    """Run properties as far as they were said: the toggles by look name, and the rest where given ("" not said)."""

    toggles: tuple[tuple[str, bool], ...] = ()
    underline: str = ""
    highlight: str = ""
    vertical: str = ""
    color: str = ""
    fill: str = ""
    size: int = 0
    scale: int = 0

    def over(self, base: Font, *, xor: bool = False) -> Font:
        """These properties on top of others. With `xor` toggles set in both cancel out (§17.7.3)."""
        toggles = dict(base.toggles)
        for name, set_ in self.toggles:
            toggles[name] = (set_ != toggles.get(name, False)) if xor else set_
        return Font(tuple(sorted(toggles.items())), self.underline or base.underline, self.highlight or base.highlight,
                    self.vertical or base.vertical, self.color or base.color, self.fill or base.fill,
                    self.size or base.size, self.scale or base.scale)

    def look(self, background: str = "FFFFFF") -> Look:
        """The names of what a reader would see, on a background of that colour ("" when it is not known)."""
        names = {name for name, set_ in self.toggles if set_}
        if self.underline not in ("", "none"):
            names.add("underline")
        if self.highlight not in ("", "none"):
            names.add("highlight")
        if self.vertical in _VERTICALS:
            names.add(_VERTICALS[self.vertical])
        if self._unseen(background):
            names.add(INVISIBLE)
        return frozenset(names) if names else PLAIN

    def _unseen(self, background: str) -> bool:
        if 0 < self.size < _TINY or 0 < self.scale < _NARROW or self.color == _NO_COLOUR:
            return True
        highlight = "" if self.highlight == "none" else self.highlight
        return bool(self.color) and _same_colour(self.color, _HIGHLIGHTS.get(highlight, highlight) or self.fill or background)


def _same_colour(first: str, second: str) -> bool:
    """Whether two colours of six hexadecimal digits can hardly be told apart."""
    try:
        one, two = bytes.fromhex(first), bytes.fromhex(second)
    except ValueError:
        return False
    return len(one) == len(two) == 3 and max(abs(a - b) for a, b in zip(one, two, strict=True)) < 16


NO_FONT = Font()

Said = tuple[object, ...]
"""Run properties as they are written, as far as they are read: runs that say the same look the same."""


UNSAID: tuple[Said, None] = ((), None)


def said(properties: Element | None) -> tuple[Said, Element | None]:
    """What one `w:rPr` says, and the record of its tracked change."""
    change: Element | None = None
    found: list[object] = []
    if properties is not None:
        for child in properties:
            tag = child.tag
            if tag in _READ:
                found.append((tag, *child.items()) if tag != _TEXT_FILL else tuple(
                    (each.tag, *each.items()) for each in child.iter()))
            elif tag == RPR_CHANGE:
                change = child
    return tuple(found), change


def font(properties: Element | None) -> Font:
    """What one `w:rPr` says (its change record, `w:rPrChange`, is not looked into)."""
    if properties is None or not len(properties):
        return NO_FONT
    toggles: dict[str, bool] = {}
    said: dict[str, str] = {}
    for child in properties:
        tag = child.tag
        name = _TOGGLES.get(tag)
        if name is not None:
            toggles[name] = toggles.get(name, False) or on(child)
        elif tag in (_U, _HIGHLIGHT, _VERTICAL, _SIZE, _SCALE):
            said[tag] = child.get(VAL, "")
        elif tag == _COLOR:
            said.setdefault(tag, _colour(child))
        elif tag == _TEXT_FILL:
            said[_COLOR] = _text_fill(child) or said.get(_COLOR, "")
        elif tag == _SHADE:
            said[tag] = shade(child)
    if not toggles and not said:
        return NO_FONT
    return Font(tuple(sorted(toggles.items())), said.get(_U, ""), said.get(_HIGHLIGHT, ""), said.get(_VERTICAL, ""),
                said.get(_COLOR, ""), said.get(_SHADE, ""), number(said.get(_SIZE)), number(said.get(_SCALE)))


def _colour(element: Element) -> str:
    """The colour of a `w:color` (§17.3.2.6); a theme's background is taken for white."""
    theme = element.get(w("themeColor"))
    if theme in _PAPER and element.get(w("themeTint")) is None and element.get(w("themeShade")) is None:
        return "FFFFFF"
    return element.get(VAL, "")


def _text_fill(element: Element) -> str:
    """What a `w14:textFill` ([MS-DOCX] 2.6.1.35) fills letters with: a colour, `none`, "" where it is neither."""
    for child in element.iter():
        kind = child.tag.rpartition("}")[2]
        name = child.get(f"{{{W14_NS}}}val", "")
        if kind == "noFill" or (kind == "alpha" and number(name) >= 95_000):
            return _NO_COLOUR
        if kind == "srgbClr" and not len(child):
            return name
        if kind == "schemeClr" and name in _PAPER and not len(child):
            return "FFFFFF"
    return ""


def shade(element: Element | None) -> str:
    """The fill of a `w:shd` (§17.3.5) as six digits, `theme` for a theme's colour, "" for none."""
    if element is None:
        return ""
    if element.get(_THEME_FILL):
        return "theme"
    fill = element.get(_FILL, "")
    return "" if fill == "auto" else fill


def exact_line(spacing: Element | None) -> int | None:
    """The exact height of lines (§17.3.1.33), 0 where it is not exact, None where nothing is said."""
    if spacing is None or spacing.get(w("line")) is None:
        return None
    return number(spacing.get(w("line"))) if spacing.get(w("lineRule")) == "exact" else 0


@dataclass(frozen=True, slots=True)
class Style:
    """One style with everything it is based on. `num_id`, `ilvl`, `outline` are None where nothing in the chain says.

    `line` is the exact height of its lines, 0 where it is not exact.
    """

    id: str
    name: str
    font: Font = NO_FONT
    fill: str = ""
    num_id: int | None = None
    ilvl: int | None = None
    outline: int | None = None
    line: int | None = None
    numbered: tuple[tuple[str, int | None], ...] = ()
    """(id, its own level or None) from this style up to the one that brings the numbering; a list may name any of them."""


class Styles:
    """The style part of a document (None when it has none)."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._resolved: dict[str, Style] = {}
        self._looks: dict[tuple[str, str, Said], Look] = {}
        self.circular: set[str] = set()
        self.default = ""
        self.defaults = NO_FONT
        if root is None:
            return
        self.defaults = font(root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{_RPR}"))
        for element in root.iterchildren(_STYLE):
            self._elements.setdefault(element.get(_STYLE_ID, ""), element)
            if element.get(w("type")) == "paragraph" and element.get(w("default")) in ("1", "true", "on"):
                self.default = self.default or element.get(_STYLE_ID, "")

    def get(self, style: str) -> Style:
        """A style by its id; the default paragraph style for "" or an unknown id."""
        if style not in self._elements:
            style = self.default
        if style in self._resolved:
            return self._resolved[style]
        found = Style("", "")
        chain: list[Element] = []
        for element in self._chain(style):
            known = self._resolved.get(element.get(_STYLE_ID, ""))
            if known is not None:
                found = known
                break
            chain.append(element)
        for element in reversed(chain):
            found = self._resolved[element.get(_STYLE_ID, "")] = _derived(found, element)
        return self._resolved.setdefault(style, found)

    def shaded(self, style: str) -> bool:
        """Whether a table style fills cells with any colour, in any of its conditions."""
        return any(shade(fill) for element in self._chain(style) for fill in element.iter(_SHADE))

    def _chain(self, style: str) -> Iterator[Element]:
        """The style, the one it is based on, and so on, until there is none, it comes round again, or it never ends."""
        seen: set[str] = set()
        while style in self._elements and len(seen) < _LONGEST_CHAIN:
            if style in seen:
                self.circular.add(style)
                return
            seen.add(style)
            element = self._elements[style]
            yield element
            style = value(element.find(w("basedOn")))

    def look(self, paragraph: str, says: Said, properties: Element | None, background: str) -> Look:
        """How a run looks in a paragraph of a style, on a background; `says` is what its properties say."""
        key = (paragraph, background, says)
        found = self._looks.get(key)
        if found is None:
            character = "" if properties is None else value(properties.find(R_STYLE))
            found = self._looks[key] = self._effective(paragraph, character, font(properties)).look(background)
        return found

    def _effective(self, paragraph: str, character: str, direct: Font) -> Font:
        """A run's properties: defaults, paragraph style, character style (toggles cancel out), direct ones."""
        found = self.get(paragraph).font.over(self.defaults)
        if character in self._elements:
            found = self.get(character).font.over(found, xor=True)
        return direct.over(found)


def _derived(base: Style, element: Element) -> Style:
    """A style on top of the one it is based on."""
    identity = element.get(_STYLE_ID, "")
    properties = element.find(_PPR)
    found = replace(base, id=identity, name=value(element.find(w("name"))), font=font(element.find(_RPR)).over(base.font),
                    numbered=((identity, None), *base.numbered)[:_LONGEST_CHAIN])
    if properties is None:
        return found
    num_id, ilvl = numbering_of(properties)
    outline = properties.find(w("outlineLvl"))
    height = exact_line(properties.find(w("spacing")))
    own = ((identity, ilvl),)
    if num_id is not None:
        found = replace(found, num_id=num_id, numbered=own)
    elif ilvl is not None:
        found = replace(found, numbered=(own + base.numbered)[:_LONGEST_CHAIN])
    return replace(found, ilvl=base.ilvl if ilvl is None else ilvl, fill=shade(properties.find(_SHADE)) or base.fill,
                   outline=base.outline if outline is None else number(value(outline), 9),
                   line=base.line if height is None else height)


def numbering_of(properties: Element | None) -> tuple[int | None, int | None]:
    """(numId, ilvl) said by one `w:pPr`; they are inherited separately, so each may be None (§17.9.18, §17.9.3)."""
    return numbering_ids(None if properties is None else properties.find(NUM_PR))


def numbering_ids(numbering: Element | None) -> tuple[int | None, int | None]:
    """(numId, ilvl) of one `w:numPr`."""
    if numbering is None:
        return None, None
    num_id = ilvl = None
    for child in numbering:
        if child.tag == _NUM_ID:
            num_id = number(child.get(VAL))
        elif child.tag == _ILVL:
            ilvl = number(child.get(VAL))
    return num_id, ilvl
