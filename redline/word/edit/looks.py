"""The look of what comes from the new document, said directly where the old document's styles would give it another one.

Definitions of styles, defaults and themes cannot be tracked in a way that every program takes back, and they stay the old
document's. A paragraph that is in both documents but whose style is defined otherwise in the new one therefore gets, tracked,
what its new style adds to or takes from the old one as properties of its own: rejecting gives the old look, accepting the new
one, and the style keeps its name.

Sources: ECMA-376 Part 1 §17.3.1.26, §17.3.2.28 (order of properties), §17.7.2 (hierarchy), §17.13.5.29, .31 (records).
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from functools import cached_property

from redline.word.edit.effective import NOTHING, SLOTS, SPLIT, Effective, Prop, Props, usual
from redline.word.edit.names import Names
from redline.word.edit.props import said
from redline.word.edit.source import Source
from redline.word.xml import VAL, Element, local, value, w

PPR, RPR, P, R = w("pPr"), w("rPr"), w("p"), w("r")
_STYLE, _CHARACTER, _TABLE_STYLE = w("pStyle"), w("rStyle"), f"{w('tblPr')}/{w('tblStyle')}"
_NUMBERED = f"{w('numPr')}/{w('numId')}"
_LEVELLED = f"{w('numPr')}/{w('ilvl')}"


def _ranks(names: str) -> Mapping[str, int]:
    """The place of each child by its tag."""
    return {w(name): index for index, name in enumerate(names.split())}


_PARAGRAPH_ORDER = _ranks(
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku "
    "wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing "
    "mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange")
_RUN_ORDER = _ranks(
    "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath")
_THEMED = tuple(w(name) for name in ("themeColor", "themeTint", "themeShade"))
_SIDES = ("top", "left", "bottom", "right", "between", "bar")
Context = tuple[str, str, str, str]
"""Style of a paragraph, style of the table round it, list and level that it names itself: all of the new document."""


class Looks:
    """What must be said directly in the old document for things of the new one to look as they did."""

    def __init__(self, old: Source, new: Source, names: Names) -> None:
        self._old, self._new, self._names = old, new, names
        self._context: tuple[Element, Context] | None = None
        self._paragraphs: dict[Context, Props] = {}
        self._runs: dict[tuple[str, str, str], Props] = {}

    @cached_property
    def _here(self) -> Effective:
        return Effective(self._old.package, self._names.styles[1], self._names.old_lists)

    @cached_property
    def _there(self) -> Effective:
        return Effective(self._new.package, self._names.styles[0], self._names.new_lists)

    @cached_property
    def differ(self) -> bool:
        """Whether a default, a style that both documents have, a list or the theme is defined in two ways at all."""
        if self._alike("styles") and self._alike("theme") and self._alike("numbering"):
            return False
        here, there = self._here, self._there
        if here.theme != there.theme or [said(each) for each in here.defaults] != [said(each) for each in there.defaults]:
            return True
        if not self._alike("numbering") and _indents(self._names.old_lists()) != _indents(self._names.new_lists()):
            return True
        return self._names.redefined()

    def _alike(self, kind: str) -> bool:
        """Whether both documents have the same part of a kind, byte by byte."""
        one, other = ([source.package.data(part) for part in source.package.related(source.package.main, kind)]
                      for source in (self._old, self._new))
        return one == other

    # Properties

    def paragraph(self, paragraph: Element, fitted: Element | None) -> Element | None:
        """The properties of a paragraph of the new document, made to fit (`fitted`), with all that its looks need."""
        if not self.differ:
            return fitted
        style, table, num, level = context = self._place(paragraph)
        if context not in self._paragraphs:
            mapped = (self._names.style(style), self._names.style(table), self._names.list_id(num), level)
            self._paragraphs[context] = _lacking(self._there.paragraph(*context), self._here.paragraph(*mapped))
        lacks = self._paragraphs[context]
        mark = self._run(context, paragraph.find(f"{PPR}/{RPR}"), None if fitted is None else fitted.find(RPR), paragraph)
        if lacks:
            fitted = self._complete(fitted if fitted is not None else paragraph.makeelement(PPR), lacks, _PARAGRAPH_ORDER)
        if mark is not None and mark.getparent() is None and len(mark):
            fitted = fitted if fitted is not None else paragraph.makeelement(PPR)
            _put(fitted, mark, _PARAGRAPH_ORDER)
        return fitted

    def run(self, run: Element, fitted: Element | None) -> Element | None:
        """The same for the properties of a run."""
        if not self.differ:
            return fitted
        paragraph = next(run.iterancestors(P), None)
        return fitted if paragraph is None else self._run(self._place(paragraph), run.find(RPR), fitted, run)

    def _run(self, context: Context, own: Element | None, fitted: Element | None, near: Element) -> Element | None:
        character = value(own.find(_CHARACTER)) if own is not None else ""
        key = (context[0], character, context[1])
        if key not in self._runs:
            self._runs[key] = _lacking(self._there.run(*key), self._here.run(*(self._names.style(each) for each in key)))
        if fitted is not None:
            self._own_theme(fitted)
        lacks = self._runs[key]
        if not lacks:
            return fitted
        return self._complete(fitted if fitted is not None else near.makeelement(RPR), lacks, _RUN_ORDER)

    def whole(self, element: Element, copy: Element) -> None:
        """The same for all paragraphs and runs in a copy of an element of the new document, made to fit."""
        if not self.differ:
            return
        for there, here in list(zip(element.iter(P, R), copy.iter(P, R), strict=True)):
            name = PPR if here.tag == P else RPR
            own = here.find(name)
            found = self.paragraph(there, own) if here.tag == P else self.run(there, own)
            if own is None and found is not None:
                here.insert(0, found)

    def brought(self, style: str, identity: str) -> None:
        """Have a style that came along (`style` in the new document) give the look that it gave there."""
        copy = self._names.styles[1][identity]
        kind = copy.get(w("type"), "")
        self._here.forget()
        pairs = []
        if kind == "paragraph":
            pairs = [(PPR, self._there.paragraph(style), self._here.paragraph(identity), _PARAGRAPH_ORDER),
                     (RPR, self._there.run(style), self._here.run(identity), _RUN_ORDER)]
        elif kind == "character":
            pairs = [(RPR, self._there.character(style), self._here.character(identity), _RUN_ORDER)]
        for name, wanted, found, order in pairs:
            lacks = _lacking(wanted, found)
            own = copy.find(name)
            if own is None and lacks:
                own = copy.makeelement(name)
                after = [child for child in copy if local(child.tag) in ("tblPr", "trPr", "tcPr", "tblStylePr") or (
                    name == PPR and child.tag == RPR)]
                copy.insert(copy.index(after[0]) if after else len(copy), own)
            if own is not None:
                self._own_theme(own)
                self._complete(own, lacks, order, anew=True)
        self._here.forget()

    def _place(self, paragraph: Element) -> Context:
        """What decides about the looks of a paragraph and its runs."""
        if self._context is None or self._context[0] is not paragraph:
            own = paragraph.find(PPR)
            table = next(paragraph.iterancestors(w("tbl"), w("txbxContent")), None)
            style = "" if table is None else value(table.find(_TABLE_STYLE))
            if own is None:
                context = ("", style, "", "")
            else:
                context = (value(own.find(_STYLE)), style, value(own.find(_NUMBERED)), value(own.find(_LEVELLED)))
            self._context = (paragraph, context)
        return self._context[1]

    # Writing

    def _complete(self, properties: Element, lacks: Props, order: Mapping[str, int], *, anew: bool = False) -> Element:
        """Say what is lacking and not said directly; with `anew` also what is said already."""
        direct = frozenset() if anew else frozenset(self._here.props(properties))
        for name, prop in lacks.items():
            if name not in direct:
                _say(properties, name, prop, order)
        self._own_theme(properties)
        return properties

    def _own_theme(self, properties: Element) -> None:
        """Typefaces and colours of a theme by their own names, where the old document's theme has others."""
        here, there = self._here.theme, self._there.theme
        if here == there:
            return
        fonts, colour = properties.find(w("rFonts")), properties.find(w("color"))
        for slot, theme in SLOTS.items() if fonts is not None else ():
            name = fonts.get(w(theme), "")  # type: ignore[union-attr]  # there are fonts
            if name and here.font(name) != there.font(name) and there.font(name):
                del fonts.attrib[w(theme)]  # type: ignore[union-attr]
                fonts.set(w(slot), there.font(name))  # type: ignore[union-attr]
        if colour is not None and here.colour(colour.get(_THEMED[0], "")) != there.colour(colour.get(_THEMED[0], "")):
            for each in _THEMED:
                colour.attrib.pop(each, "")


def _lacking(wanted: Props, found: Props) -> Props:
    """What must be said for `found` to become `wanted`: a property, or that there is none."""
    if wanted == found:
        return NOTHING
    lacks = {name: prop for name, prop in wanted.items() if name not in found or found[name] != prop}
    lacks.update((name, Prop(None, found[name].element)) for name in found if name not in wanted)
    return lacks


def _indents(root: Element | None) -> list[object]:
    """What each level of each list says about its paragraphs."""
    return [] if root is None else [said(each.find(PPR)) for each in root.iter(w("lvl"))]


def _say(properties: Element, name: str, prop: Prop, order: Mapping[str, int]) -> None:
    """Put one property in its place."""
    group, _, key = name.partition("/")
    if group in SPLIT and key:
        says = prop.says if prop.says is not None else usual(name)
        if says is not None:
            _attribute(_held(properties, group, order), group, key, str(says))
    elif group == "tabs":
        tabs = _held(properties, group, order)
        tab = tabs.makeelement(w("tab")) if prop.says is None or prop.element is None else deepcopy(prop.element)
        if prop.says is None:
            tab.set(VAL, "clear")
            tab.set(w("pos"), key)
        tabs.append(tab)
        tabs[:] = sorted(tabs, key=lambda each: int(each.get(w("pos"), "0") or 0))
    else:
        made = _made(properties, name, prop)
        if made is not None:
            known = properties.find(made.tag)
            if known is not None:
                properties.remove(known)
            _put(properties, made, order)


def _made(properties: Element, name: str, prop: Prop) -> Element | None:
    """The element that says a property, or that there is none."""
    if prop.says is not None and prop.element is not None:
        copy = deepcopy(prop.element)
        copy.tail = None
        return copy
    says = prop.says if prop.says is not None else usual(name)
    if says is not None:
        return _valued(properties, name, str(says))
    if name == "shd":
        return _valued(properties, name, "clear", color="auto", fill="auto")
    if name == "bdr":
        return _valued(properties, name, "none", sz="0", space="0", color="auto")
    if name == "pBdr" and prop.element is not None:
        sides = properties.makeelement(w(name))
        sides.extend(_valued(properties, side, "none", sz="0", space="0", color="auto") for side in _SIDES
                     if prop.element.find(w(side)) is not None)
        return sides
    return None


def _valued(near: Element, name: str, says: str, **others: str) -> Element:
    made = near.makeelement(w(name))
    made.set(VAL, says)
    for key, text in others.items():
        made.set(w(key), text)
    return made


def _attribute(element: Element, group: str, key: str, says: str) -> None:
    """Say one side of an indent, one slot of a typeface."""
    if group == "ind" and key == "first":
        for each in ("firstLine", "hanging"):
            element.attrib.pop(w(each), "")
        element.set(w("hanging" if says.startswith("-") else "firstLine"), says.lstrip("-"))
        return
    if group == "rFonts":
        element.attrib.pop(w(SLOTS[key]), "")
    for other, same in (("left", "start"), ("right", "end")):
        if group == "ind" and key.startswith(other):
            element.attrib.pop(w(key.replace(other, same)), "")
    element.set(w(key), says)


def _held(properties: Element, name: str, order: Mapping[str, int]) -> Element:
    """A child of properties by name, made in its place where there is none."""
    found = properties.find(w(name))
    if found is None:
        found = properties.makeelement(w(name))
        _put(properties, found, order)
    return found


def _put(properties: Element, child: Element, order: Mapping[str, int]) -> None:
    """Put a child in front of what comes after it in the schema."""
    last = len(order)
    rank = order.get(child.tag, last)
    place = next((index for index, each in enumerate(properties) if order.get(each.tag, last) > rank), len(properties))
    properties.insert(place, child)
