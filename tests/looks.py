"""How the text of a document looks after defaults, table, paragraph and character styles, lists and theme: read straight from the
XML by the rules of ECMA-376 Part 1 §17.7.2, beside the program and without it (only the text itself is redline's reading).

What a document says and what it leaves to a program's defaults (§17.3) count as the same; language, proofing, editing sessions
and the names of styles do not count. Conditional formats of tables are not resolved.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from redline.word.edit.source import Source
from redline.word.xml import VAL, Element, local, r, w

Look = frozenset[tuple[str, str]]


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


_SKIPPED = _names("lang noProof rStyle rPrChange pPrChange pStyle sectPr rPr cnfStyle webHidden rsid numPr divId")
_TOGGLES = _names("b bCs caps emboss i iCs imprint outline shadow smallCaps strike vanish")
_OFF = _TOGGLES | _names(
    "keepNext keepLines pageBreakBefore suppressLineNumbers suppressAutoHyphens bidi contextualSpacing mirrorIndents suppressOverlap "
    "topLinePunct dstrike rtl cs specVanish oMath")
_ON = _names("widowControl kinsoku wordWrap overflowPunct autoSpaceDE autoSpaceDN adjustRightInd snapToGrid")
_USUAL = {"jc": "left", "outlineLvl": "9", "textAlignment": "auto", "textDirection": "lrTb", "color": "auto", "w": "100", "kern": "0",
          "position": "0", "sz": "20", "szCs": "20", "highlight": "none", "u": "none", "effect": "none", "em": "none",
          "vertAlign": "baseline", "spacing/line": "240", "spacing/lineRule": "auto", "shd": "clear auto auto"}
_SLOTS = {"ascii": "asciiTheme", "hAnsi": "hAnsiTheme", "eastAsia": "eastAsiaTheme", "cs": "cstheme"}


@dataclass(frozen=True)
class Shown:
    """One paragraph: where it stands, what it says, its own look, that of its mark, and that of each stretch of text."""

    story: str
    text: str
    look: Look
    mark: Look
    runs: tuple[tuple[str, Look], ...]


def shown(data: bytes) -> list[Shown]:
    """The paragraphs of a document without tracked changes; headers and footers last, section by section as they are shown."""
    source = Source(data)
    cascade = _Cascade(source)
    out: list[Shown] = []
    margins: dict[str, list[Shown]] = {}
    for line in source.lines:
        text = line.paragraph.props.typed + line.paragraph.text
        runs: list[tuple[str, Look]] = []
        for piece in line.pieces:
            look = cascade.run(line.element, piece.run.find(w("rPr")) if piece.run.tag == w("r") else None)
            if runs and runs[-1][1] == look:
                runs[-1] = (runs[-1][0] + text[piece.start:piece.end], look)
            else:
                runs.append((text[piece.start:piece.end], look))
        mark = line.element.find(f"{w('pPr')}/{w('rPr')}")
        home = margins.setdefault(source.part_of(line.element), []) if line.story.startswith(("header", "footer")) else out
        home.append(Shown(line.story, text, cascade.paragraph(line.element), cascade.run(line.element, mark), tuple(runs)))
    return [*out, *(replace(each, story=f"{place}:") for place, part in _margins(source) for each in margins.get(part, ()))]


def _margins(source: Source) -> Iterator[tuple[str, str]]:
    """(section, kind and role, the part it shows there) in order; what a section does not name it has from the one before (§17.10.1)."""
    package, shown_ = source.package, dict[str, str]()
    links = package.relationships(package.main)
    for number, section in enumerate(package.xml(package.main).iter(w("sectPr"))):
        for each in section.iter(w("headerReference"), w("footerReference")):
            shown_[f"{local(each.tag)} {each.get(w('type'), 'default')}"] = links[each.get(r("id"), "")].target
        yield from ((f"{number} {place}", part) for place, part in sorted(shown_.items()))


@dataclass
class Score:
    """How many runs, paragraphs and marks of the wanted document are there, and how many look as they should."""

    runs: int = 0
    right_runs: int = 0
    paragraphs: int = 0
    right_paragraphs: int = 0
    right_marks: int = 0

    @property
    def whole(self) -> bool:
        return self.runs == self.right_runs and self.paragraphs == self.right_paragraphs == self.right_marks

    def add(self, other: Score) -> None:
        for name in vars(self):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def score(data: bytes, wanted: bytes) -> Score:
    """How much of `wanted` looks the same in `data`, paragraph by paragraph of the same text."""
    found = Score()
    for one, other in paired(shown(data), shown(wanted)):
        found.runs += len(other.runs)
        found.right_runs += sum(run in one.runs for run in other.runs)
        found.paragraphs += 1
        found.right_paragraphs += one.look == other.look
        found.right_marks += one.mark == other.mark
    return found


def paired(one: list[Shown], other: list[Shown]) -> Iterator[tuple[Shown, Shown]]:
    """The paragraphs of two readings of the same text, in order."""
    here, there = ([(each.story.partition(":")[0], each.text) for each in side] for side in (one, other))
    if here == there:
        yield from zip(one, other, strict=True)
        return
    for i, j, size in difflib.SequenceMatcher(None, here, there, autojunk=False).get_matching_blocks():
        yield from zip(one[i:i + size], other[j:j + size], strict=True)


class _Cascade:
    def __init__(self, source: Source) -> None:
        package = source.package
        roots = [next((package.xml(part) for part in package.related(package.main, kind)), None)
                 for kind in ("styles", "numbering", "theme")]
        self._styles = {each.get(w("styleId"), ""): each for each in ([] if roots[0] is None else roots[0].findall(w("style")))}
        self._numbering = roots[1]
        self._usual = next((identity for identity, each in self._styles.items() if each.get(w("type")) == "paragraph"
                            and each.get(w("default")) in ("1", "true", "on")), "")
        self._fonts: dict[str, str] = {}
        for scheme in () if roots[2] is None else roots[2].iter("{*}majorFont", "{*}minorFont"):
            self._fonts.update({local(scheme.tag)[:5] + local(face.tag): face.get("typeface", "") for face in scheme})
        defaults = None if roots[0] is None else roots[0].find(w("docDefaults"))
        self._defaults = {name: None if defaults is None else defaults.find(f"{w(name + 'Default')}/{w(name)}") for name in ("pPr", "rPr")}

    def paragraph(self, paragraph: Element) -> Look:
        own = paragraph.find(w("pPr"))
        said = self._said(self._defaults["pPr"])
        for style in self._chain(_table(paragraph)):
            said.update(self._said(style.find(w("pPr"))))
        for style in self._chain(self._style(own)):
            properties = style.find(w("pPr"))
            said.update(self._said(self._level(properties, style.get(w("styleId"), ""))))
            said.update(self._said(properties))
        said.update(self._said(self._level(own, "")))
        said.update(self._said(own))
        return _look(said)

    def run(self, paragraph: Element, own: Element | None) -> Look:
        said = self._said(self._defaults["rPr"])
        toggled: dict[str, bool] = {}
        character = None if own is None else own.find(w("rStyle"))
        for name in (_table(paragraph), self._style(paragraph.find(w("pPr"))), "" if character is None else character.get(VAL, "")):
            layer: dict[str, str] = {}
            for style in self._chain(name):
                layer.update(self._said(style.find(w("rPr"))))
            for each in _TOGGLES & layer.keys():
                toggled[each] = toggled.get(each, False) != (layer.pop(each) == "1")
            said.update(layer)
        said.update({name: "1" for name, set_ in toggled.items() if set_})
        said.update(self._said(own))
        return _look(said)

    def _style(self, properties: Element | None) -> str:
        style = None if properties is None else properties.find(w("pStyle"))
        return self._usual if style is None or style.get(VAL) not in self._styles else style.get(VAL, "")

    def _chain(self, identity: str) -> list[Element]:
        chain: list[Element] = []
        while identity in self._styles and self._styles[identity] not in chain:
            chain.insert(0, self._styles[identity])
            base = chain[0].find(w("basedOn"))
            identity = "" if base is None else base.get(VAL, "")
        return chain

    def _level(self, properties: Element | None, style: str) -> Element | None:
        """The paragraph properties of the level of a list that some properties name."""
        num = None if properties is None else properties.find(f"{w('numPr')}/{w('numId')}")
        if num is None or self._numbering is None or properties is None:
            return None
        level = properties.find(f"{w('numPr')}/{w('ilvl')}")
        instance = next((each for each in self._numbering.findall(w("num")) if each.get(w("numId")) == num.get(VAL)), None)
        link = None if instance is None else instance.find(w("abstractNumId"))
        if instance is None or link is None:
            return None
        homes = [*instance.findall(w("lvlOverride")),
                 *(each for each in self._numbering.findall(w("abstractNum")) if each.get(w("abstractNumId")) == link.get(VAL))]
        for home in homes if style else ():
            for each in home.findall(w("lvl")):
                named = each.find(w("pStyle"))
                if named is not None and named.get(VAL) == style:
                    return each.find(w("pPr"))
        wanted = "0" if level is None else level.get(VAL)
        return next((each.find(w("pPr")) for home in homes for each in home.findall(w("lvl")) if each.get(w("ilvl")) == wanted), None)

    def _said(self, properties: Element | None) -> dict[str, str]:
        said: dict[str, str] = {}
        for child in () if properties is None else properties:
            name = local(child.tag)
            values = {local(str(key)): str(text) for key, text in child.attrib.items()}
            if name in _SKIPPED:
                continue
            if name in _OFF | _ON:
                said[name] = "0" if values.get("val") in ("0", "false", "off") else "1"
            elif name == "rFonts":
                said.update({f"rFonts/{slot}": self._font(values.get(theme, "")) if theme in values else values[slot]
                             for slot, theme in _SLOTS.items() if theme in values or slot in values})
            elif name == "ind":
                said.update(_indent(values))
            elif name == "spacing":
                said.update({f"spacing/{key}": text for key, text in values.items()})
            elif name == "tabs":
                said.update({f"tabs/{tab.get(w('pos'))}": " ".join(sorted(str(text) for text in tab.attrib.values()))
                             if tab.get(VAL) != "clear" else "" for tab in child})
            elif name in ("color", "jc", "shd"):
                said[name] = {"jc": values.get("val", ""), "color": values.get("val", ""),
                              "shd": " ".join(values.get(key, "auto") for key in ("val", "color", "fill"))}[name].replace("start", "left")
            else:
                said[name] = str(sorted(values.items())) + "".join(
                    f"{local(each.tag)}{sorted(each.attrib.items())}" for each in child.iterdescendants()) if len(child) or len(
                        values) != 1 else values.get("val", str(values))
        return said

    def _font(self, name: str) -> str:
        return self._fonts.get(name[:5] + {"EastAsia": "ea", "Bidi": "cs"}.get(name[5:], "latin"), "")


def _indent(values: dict[str, str]) -> dict[str, str]:
    said = {f"ind/{key.replace('start', 'left').replace('end', 'right')}": text for key, text in values.items()
            if key not in ("firstLine", "hanging")}
    if "hanging" in values or "firstLine" in values:
        said["ind/first"] = "-" + values["hanging"] if values.get("hanging", "0") != "0" else values.get("firstLine", "0")
    return said


def _table(paragraph: Element) -> str:
    table = next(paragraph.iterancestors(w("tbl"), w("txbxContent")), None)
    style = None if table is None else table.find(f"{w('tblPr')}/{w('tblStyle')}")
    return "" if style is None else style.get(VAL, "")


def _look(said: dict[str, str]) -> Look:
    """What differs from what a program does when nothing is said."""
    return frozenset((name, text) for name, text in said.items() if text != _default(name) and text != "")


def _default(name: str) -> str:
    if name.startswith("rFonts/"):
        return "Times New Roman"
    return _USUAL.get(name, "1" if name in _ON else "0" if name in _OFF or name.startswith(("spacing/", "ind/")) else "")
