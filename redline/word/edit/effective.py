"""What paragraphs and runs of one document look like once defaults, styles, lists and theme have had their say.

Properties are kept one by one (each side of an indent, each tab stop, each slot of a typeface), in a form that can be compared
between documents: typefaces and colours of a theme by what the theme makes of them, and nothing that says what Word does anyway.

Sources: ECMA-376 Part 1 §17.7.2 (hierarchy), §17.7.3 (toggle properties), §17.9 (lists), §17.3.2.26 (fonts), §20.1.6 (themes).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from redline.word.edit.props import one
from redline.word.package import Package
from redline.word.xml import A_NS, Element, local, number, on, value, w

TOGGLES = frozenset({"b", "bCs", "caps", "emboss", "i", "iCs", "imprint", "outline", "shadow", "smallCaps", "strike", "vanish"})
"""Toggle properties (§17.7.3): set by a paragraph style and by a character style they cancel out."""
SPLIT = frozenset({"spacing", "ind", "rFonts"})
SLOTS = {"ascii": "asciiTheme", "hAnsi": "hAnsiTheme", "eastAsia": "eastAsiaTheme", "cs": "cstheme"}
_SKIPPED = frozenset({"rPr", "sectPr", "pStyle", "rStyle", "numPr", "pPrChange", "rPrChange", "lang", "noProof", "cnfStyle",
                      "divId", "ins", "del", "moveFrom", "moveTo", "rsid", "webHidden"})
_SIDES = {"start": "left", "end": "right", "startChars": "leftChars", "endChars": "rightChars"}
_ON_BY_DEFAULT = frozenset({"widowControl", "kinsoku", "wordWrap", "overflowPunct", "autoSpaceDE", "autoSpaceDN", "adjustRightInd",
                            "snapToGrid"})
_SWITCHES = TOGGLES | _ON_BY_DEFAULT | frozenset({
    "keepNext", "keepLines", "pageBreakBefore", "suppressLineNumbers", "suppressAutoHyphens", "bidi", "contextualSpacing",
    "mirrorIndents", "suppressOverlap", "topLinePunct", "dstrike", "rtl", "cs", "specVanish", "oMath"})
USUAL: Mapping[str, str] = {
    "jc": "left", "outlineLvl": "9", "textAlignment": "auto", "textDirection": "lrTb", "textboxTightWrap": "none", "color": "auto",
    "w": "100", "kern": "0", "position": "0", "sz": "20", "szCs": "20", "highlight": "none", "u": "none", "effect": "none",
    "em": "none", "vertAlign": "baseline", "spacing/val": "0", "spacing/before": "0", "spacing/after": "0", "spacing/line": "240",
    "spacing/lineRule": "auto", "ind/left": "0", "ind/right": "0", "ind/first": "0", "spacing/beforeAutospacing": "0",
    "spacing/afterAutospacing": "0", "spacing/beforeLines": "0", "spacing/afterLines": "0", "ind/leftChars": "0",
    "ind/rightChars": "0", "ind/firstLineChars": "0", "ind/hangingChars": "0", "rFonts/ascii": "Times New Roman",
    "rFonts/hAnsi": "Times New Roman", "rFonts/eastAsia": "Times New Roman", "rFonts/cs": "Times New Roman",
}
"""What a property is where nothing in a document says so, for those that have one value (§17.3)."""
_SAME = {"jc": {"start": "left"}}
_DEPTH = 20
_PPR, _RPR, _STYLE_ID, _BASED = w("pPr"), w("rPr"), w("styleId"), w("basedOn")
_THEME_COLOUR = w("themeColor")


@dataclass(frozen=True, slots=True)
class Prop:
    """One property: what it says, for comparing, and the element that said so."""

    says: object
    element: Element | None = field(default=None, compare=False)


Props = Mapping[str, Prop]
NOTHING: Props = {}


def usual(name: str) -> str | None:
    """What Word does about a property of which nothing is said; None when that is no single value."""
    if name in _SWITCHES:
        return "1" if name in _ON_BY_DEFAULT else "0"
    return USUAL.get(name)


class Theme:
    """The typefaces and colours that a document's theme gives to their names; none without a theme."""

    def __init__(self, package: Package) -> None:
        part = next(iter(package.related(package.main, "theme")), "")
        root = package.xml(part) if part else None
        self._fonts: dict[str, str] = {}
        self._colours: dict[str, str] = {}
        for scheme in () if root is None else root.iter(f"{{{A_NS}}}fontScheme", f"{{{A_NS}}}clrScheme"):
            for child in scheme:
                if local(scheme.tag) == "clrScheme":
                    self._colours[local(child.tag)] = next((each.get("lastClr", each.get("val", "")) for each in child), "")
                else:
                    for face in child:
                        self._fonts[local(child.tag).removesuffix("Font") + local(face.tag)] = face.get("typeface", "")

    def font(self, name: str) -> str:
        """The typeface that a name such as `minorHAnsi` stands for (§17.18.96)."""
        major = name[:5]
        return self._fonts.get(major + {"EastAsia": "ea", "Bidi": "cs"}.get(name[5:], "latin"), "")

    def colour(self, name: str) -> str:
        """The colour that a name such as `accent1` stands for (§17.18.97), in the usual mapping."""
        short = {"dark1": "dk1", "text1": "dk1", "light1": "lt1", "background1": "lt1", "dark2": "dk2", "text2": "dk2", "light2": "lt2",
                 "background2": "lt2", "hyperlink": "hlink", "followedHyperlink": "folHlink"}.get(name, name)
        return self._colours.get(short, "")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Theme) and (self._fonts, self._colours) == (other._fonts, other._colours)

    __hash__ = None  # type: ignore[assignment]  # compared, never a key


class Effective:
    """The look of one document's text. `styles` may grow, and then `forget` is due."""

    def __init__(self, package: Package, styles: Mapping[str, Element], numbering: Callable[[], Element | None]) -> None:
        self._styles, self._numbering = styles, numbering
        self.theme = Theme(package)
        part = next(iter(package.related(package.main, "styles")), "")
        defaults = package.xml(part).find(w("docDefaults")) if part else None
        self.defaults = tuple(None if defaults is None else defaults.find(f"{w(f'{name}Default')}/{w(name)}") for name in ("pPr", "rPr"))
        self._known: dict[tuple[str, ...], Props] = {}

    def forget(self) -> None:
        """Look again at styles that have changed."""
        self._known.clear()

    @cached_property
    def usual(self) -> Mapping[str, str]:
        """The default style of each type (§17.7.4.17)."""
        found: dict[str, str] = {}
        for identity, style in self._styles.items():
            if style.get(w("default")) in ("1", "true", "on"):
                found.setdefault(style.get(w("type"), ""), identity)
        return found

    # What looks add up to

    def paragraph(self, style: str, table: str = "", num: str = "", level: str = "") -> Props:
        """A paragraph's properties before its own ones, in a table of some style, in a list that it names itself."""
        key = ("p", style, table, num, level)
        if key not in self._known:
            found = {**self.props(self.defaults[0])}
            for each in self._chain(table, "table"):
                found.update(self.props(each.find(_PPR)))
            for each in self._chain(style, "paragraph"):
                own = each.find(_PPR)
                found.update(self._list(own, each))
                found.update(self.props(own))
            if num:
                found.update(self.props(self._level(num, level or "0")))
            self._known[key] = _plain(found)
        return self._known[key]

    def run(self, style: str, character: str = "", table: str = "") -> Props:
        """A run's properties before its own ones; `style` is its paragraph's."""
        key = ("r", style, character, table)
        if key not in self._known:
            found = {**self.props(self.defaults[1])}
            toggled: dict[str, bool] = {}
            for kind, identity in (("table", table), ("paragraph", style), ("character", character)):
                layer: dict[str, Prop] = {}
                for each in self._chain(identity, kind):
                    layer.update(self.props(each.find(_RPR)))
                for name in TOGGLES & layer.keys():
                    toggled[name] = toggled.get(name, False) != (layer.pop(name).says == "1")
                found.update(layer)
            for name, set_ in toggled.items():
                found[name] = Prop("1" if set_ or (name in found and found[name].says == "1") else "0")
            self._known[key] = _plain(found)
        return self._known[key]

    def character(self, style: str) -> Props:
        """What a character style says with all it is based on."""
        found: dict[str, Prop] = {}
        for each in self._chain(style, "character"):
            found.update(self.props(each.find(_RPR)))
        return found

    def _chain(self, style: str, kind: str) -> list[Element]:
        """A style and those it is based on, the first of all first; the default paragraph style for an unknown one."""
        if kind == "paragraph" and style not in self._styles:
            style = self.usual.get(kind, "")
        found: list[Element] = []
        while style in self._styles and len(found) < _DEPTH and self._styles[style] not in found:
            found.append(self._styles[style])
            style = value(found[-1].find(_BASED))
        return found[::-1]

    # Lists

    def _list(self, properties: Element | None, style: Element) -> Props:
        """What the list that a style names says about its paragraphs; the level that names the style counts (§17.9.23)."""
        numbering = None if properties is None else properties.find(w("numPr"))
        if numbering is None or numbering.find(w("numId")) is None:
            return NOTHING
        num = value(numbering.find(w("numId")))
        abstract = self._abstract(num)
        for level in () if abstract is None else abstract.iterchildren(w("lvl")):
            if value(level.find(w("pStyle")), "-") == style.get(_STYLE_ID):
                return self.props(level.find(_PPR))
        return self.props(self._level(num, value(numbering.find(w("ilvl")), "0")))

    def _level(self, num: str, level: str) -> Element | None:
        """The paragraph properties of a level of a list (§17.9.6), as it is overridden (§17.9.8)."""
        instance, abstract = self._instance(num), self._abstract(num)
        homes = [] if instance is None else list(instance.iterchildren(w("lvlOverride")))
        for home in [*homes, *([] if abstract is None else [abstract])]:
            for each in home.iterchildren(w("lvl")):
                if each.get(w("ilvl")) == level:
                    return each.find(_PPR)
        return None

    def _instance(self, num: str) -> Element | None:
        root = self._numbering()
        return None if root is None else next((each for each in root.iterchildren(w("num")) if each.get(w("numId")) == num), None)

    def _abstract(self, num: str, depth: int = 0) -> Element | None:
        root, instance = self._numbering(), self._instance(num)
        if root is None or instance is None or depth > _DEPTH:
            return None
        wanted = value(instance.find(w("abstractNumId")))
        found = next((each for each in root.iterchildren(w("abstractNum")) if each.get(w("abstractNumId")) == wanted), None)
        link = value(None if found is None else found.find(w("numStyleLink")))
        other = self._styles.get(link)
        named = None if other is None else other.find(f"{_PPR}/{w('numPr')}/{w('numId')}")
        return found if named is None else self._abstract(value(named), depth + 1)

    # One set of properties

    def props(self, element: Element | None) -> dict[str, Prop]:
        """What a `pPr` or an `rPr` itself says."""
        found: dict[str, Prop] = {}
        for child in () if element is None else element:
            name = local(child.tag)
            if name in _SKIPPED:
                continue
            if name == "tabs":
                for tab in child:
                    off = value(tab) == "clear"
                    found[f"tabs/{tab.get(w('pos'), '')}"] = Prop(None if off else one(tab), tab)
            elif name in SPLIT and child.tag == w(name):
                found.update((f"{name}/{key}", Prop(says, child)) for key, says in self._split(name, child))
            else:
                found[name] = Prop(self._says(name, child), child)
        return found

    def _split(self, name: str, element: Element) -> Iterator[tuple[str, object]]:
        said = {_SIDES.get(local(str(key)), local(str(key))): str(text) for key, text in element.attrib.items()}
        if name == "rFonts":
            for slot, theme in SLOTS.items():
                if theme in said or slot in said:
                    yield slot, self.theme.font(said[theme]) if theme in said else said[slot]
            return
        if name == "ind" and ("hanging" in said or "firstLine" in said):
            hanging, first = said.pop("hanging", ""), said.pop("firstLine", "0")
            yield "first", str(-number(hanging) if hanging else number(first))
        for key, text in said.items():
            yield key, {"true": "1", "on": "1", "false": "0", "off": "0"}.get(text, text)

    def _says(self, name: str, element: Element) -> object:
        if name in _SWITCHES:
            return "1" if on(element) else "0"
        theme = element.get(_THEME_COLOUR)
        if name == "color" and theme is not None and self.theme.colour(theme):
            return (self.theme.colour(theme), element.get(w("themeTint")), element.get(w("themeShade")))
        if name in USUAL and (name != "u" or len(element.attrib) == 1):
            return _SAME.get(name, {}).get(value(element), value(element))
        return one(element)


def _plain(found: Mapping[str, Prop]) -> Props:
    """Properties without what says nothing, or what Word does anyway."""
    return {name: prop for name, prop in found.items() if prop.says not in (None, "", usual(name)) and not _nothing(name, prop.element)}


def _nothing(name: str, element: Element | None) -> bool:
    """Whether borders or a shading are none."""
    if element is None:
        return False
    if name == "shd":
        return value(element) in ("clear", "nil", "") and element.get(w("fill"), "auto") == "auto" and element.get(w("themeFill")) is None
    sides = list(element) if name == "pBdr" else [element] if name == "bdr" else []
    return bool(name in ("pBdr", "bdr")) and all(value(side) in ("none", "nil") for side in sides)
