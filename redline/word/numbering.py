"""The labels Word shows before numbered paragraphs, computed from `numbering.xml` and the styles.

`Numbering` knows the lists; `Counters` walks the paragraphs of one story in one view (original or final) and gives each its
label. A document's two views need two Counters, because paragraphs that do not stand in a view do not count there.

Sources: ECMA-376 Part 1 §17.9 (numbering; subsections at each rule), [MS-OI29500] 2.1.253 ff. (what Word does), and labels
that Word itself stored in files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from redline.word.numerals import numeral
from redline.word.styles import Style, Styles
from redline.word.xml import MC_NS, Element, number, on, value, w

LEVELS = 9

_BLANK = [("", "")] * LEVELS
_PLACE = re.compile(r"%([1-9])")
_LVL, _NUM_FMT = w("lvl"), w("numFmt")
_LONGEST = 31


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list (§17.9.6): how it counts and what its label is made of."""

    start: int = 0
    form: str = "decimal"
    custom: str = ""
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Instance:
    """A `w:num` (§17.9.15): its list, its levels with overrides applied, and where it starts anew (once)."""

    abstract: str
    levels: tuple[Level, ...]
    overrides: tuple[int | None, ...]
    anew: tuple[tuple[int, ...], ...]
    """For each level the lower ones that start anew after it (§17.9.10)."""


@dataclass(frozen=True, slots=True)
class Label:
    """A computed label. `full` is the number in full context, as REF \\w shows it; `bullet` says it is no number."""

    text: str
    full: str
    bullet: bool = False


class Numbering:
    """The numbering part of a document (None when it has none)."""

    def __init__(self, root: Element | None, styles: Styles, language: str = "en") -> None:
        self._styles = styles
        self._language = language
        self._abstracts: dict[str, Element] = {}
        self._nums: dict[int, Element] = {}
        self._instances: dict[int, Instance | None] = {}
        self._levels: dict[str, tuple[Level, ...]] = {}
        self._found: dict[tuple[str, int | None, int | None], tuple[int, int] | None] = {}
        if root is None:
            return
        for element in root.iterchildren(w("abstractNum")):
            self._abstracts.setdefault(element.get(w("abstractNumId"), ""), element)
        for element in root.iterchildren(w("num")):
            self._nums.setdefault(number(element.get(w("numId"))), element)

    def instance(self, num_id: int) -> Instance | None:
        """The list a numId stands for, or None: 0 and unknown ids mean no number (§17.9.18)."""
        if num_id not in self._instances:
            self._instances[num_id] = self._build(num_id)
        return self._instances[num_id]

    def place(self, style: str, num_id: int | None, ilvl: int | None) -> tuple[int, int] | None:
        """The (numId, level) of a paragraph from its style and its own `numPr`, or None when it has no number.

        A direct level wins; else, from the style up to the one that brings the numbering, the level that names the style
        by `pStyle` (§17.9.23) or that the style itself says; else the first.
        """
        key = (style, num_id, ilvl)
        if key not in self._found:
            self._found[key] = self._place(style, num_id, ilvl)
        return self._found[key]

    def _place(self, style: str, num_id: int | None, ilvl: int | None) -> tuple[int, int] | None:
        inherited = self._styles.get(style)
        used = inherited.num_id if num_id is None else num_id
        if not used:
            return None
        instance = self.instance(used)
        if instance is None:
            return None
        if ilvl is None:
            ilvl = _linked_level(instance, inherited)
        return (used, ilvl) if 0 <= ilvl < LEVELS else None

    def _build(self, num_id: int) -> Instance | None:
        element = self._nums.get(num_id)
        if element is None or not num_id:
            return None
        identity = value(element.find(w("abstractNumId")))
        identity = self._linked(identity)
        abstract = self._abstracts.get(identity)
        if abstract is None:
            return None
        if identity not in self._levels:
            self._levels[identity] = self._read_levels(abstract)
        levels = list(self._levels[identity])
        overrides: list[int | None] = [None] * LEVELS
        for override in element.iterchildren(w("lvlOverride")):
            index = number(override.get(w("ilvl")), -1)
            if not 0 <= index < LEVELS:
                continue
            changed, start = override.find(_LVL), override.find(w("startOverride"))
            if changed is not None:
                levels[index] = replace(self._level(changed), restart=levels[index].restart)
            if start is not None:
                overrides[index] = number(value(start))
        anew = tuple(tuple(lower for lower in range(level + 1, LEVELS) if _starts_anew(levels[lower], lower, level))
                     for level in range(LEVELS))
        return Instance(identity, tuple(levels), tuple(overrides), anew)

    def _read_levels(self, abstract: Element) -> tuple[Level, ...]:
        levels = [Level()] * LEVELS
        for child in abstract.iterchildren(_LVL):
            index = number(child.get(w("ilvl")), -1)
            if 0 <= index < LEVELS:
                levels[index] = self._level(child)
        return tuple(levels)

    def _linked(self, identity: str) -> str:
        """Follow `numStyleLink` (§17.9.21) through the numbering style to the list that holds the levels."""
        for _ in range(LEVELS):
            abstract = self._abstracts.get(identity)
            link = None if abstract is None else abstract.find(w("numStyleLink"))
            if link is None:
                break
            num = self._nums.get(self._styles.get(value(link)).num_id or 0)
            if num is None:
                break
            identity = value(num.find(w("abstractNumId")))
        return identity

    def _level(self, element: Element) -> Level:
        form, custom = _form(element)
        restart, text = element.find(w("lvlRestart")), element.find(w("lvlText"))
        language = element.find(f"{w('rPr')}/{w('lang')}")
        return Level(
            start=number(value(element.find(w("start"))), 0), form=form, custom=custom, text=value(text),
            restart=None if restart is None else number(value(restart), -1), legal=on(element.find(w("isLgl"))),
            style=value(element.find(w("pStyle"))), language=value(language) or self._language,
        )


def _starts_anew(level: Level, own: int, after: int) -> bool:
    """Whether a level starts anew after a higher one: after any, or after the one it names and those above that."""
    return level.restart is None or not 0 <= level.restart <= own or after < level.restart


def _linked_level(instance: Instance, style: Style) -> int:
    """The level of a list for a style: the nearest in its chain that a level names, or that names a level."""
    linked = {level.style: index for index, level in reversed(list(enumerate(instance.levels))) if level.style}
    for name, own in style.numbered:
        if name in linked:
            return linked[name]
        if own is not None:
            return own
    return style.ilvl or 0


def _form(level: Element) -> tuple[str, str]:
    """A level's number format, which a newer Word may put into an AlternateContent (`custom` with a pattern)."""
    found = level.find(_NUM_FMT)
    choice = level.find(f"{{{MC_NS}}}AlternateContent/{{{MC_NS}}}Choice/{_NUM_FMT}")
    if choice is not None:
        found = choice
    return value(found, "decimal"), "" if found is None else found.get(w("format"), "")


@dataclass
class Counters:
    """The running numbers of one story in one view. Numbers belong to the list, not to the numId (§17.9.15)."""

    numbering: Numbering
    _values: dict[str, list[int | None]] = field(default_factory=dict)
    _labels: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    _started: set[tuple[int, int]] = field(default_factory=set)

    def next(self, num_id: int, ilvl: int) -> Label:
        """Count one paragraph at a level of a list and give its label."""
        instance = self.numbering.instance(num_id)
        if instance is None:
            return Label("", "")
        values = self._values.setdefault(instance.abstract, [None] * LEVELS)
        self._count(instance, values, num_id, ilvl)
        level = instance.levels[ilvl]
        text = _expand(instance, values, ilvl)
        shown = self._labels.setdefault(instance.abstract, [("", "")] * LEVELS)
        shown[ilvl] = (text, level.text)
        for upper in range(ilvl):
            if not shown[upper][0]:
                shown[upper] = (_expand(instance, values, upper), instance.levels[upper].text)
        shown[ilvl + 1:] = _BLANK[ilvl + 1:]
        return Label(text, _full(shown, ilvl), level.form == "bullet")

    def _count(self, instance: Instance, values: list[int | None], num_id: int, ilvl: int) -> None:
        """Upper levels not used yet are entered with their start value, this one goes on, lower ones may start anew."""
        for upper in range(ilvl):
            if values[upper] is None:
                values[upper] = self._first(instance, num_id, upper)
        running = values[ilvl]
        override = instance.overrides[ilvl]
        if override is not None and (num_id, ilvl) not in self._started:
            values[ilvl] = override
        else:
            values[ilvl] = instance.levels[ilvl].start if running is None else running + 1
        self._started.add((num_id, ilvl))
        for lower in instance.anew[ilvl]:
            values[lower] = None

    def _first(self, instance: Instance, num_id: int, level: int) -> int:
        override = instance.overrides[level]
        if override is not None and (num_id, level) not in self._started:
            self._started.add((num_id, level))
            return override
        return instance.levels[level].start


def _expand(instance: Instance, values: list[int | None], ilvl: int) -> str:
    """A level's `lvlText` with the numbers filled in (§17.9.11). One that names a deeper level is void ([MS-OI29500])."""
    level = instance.levels[ilvl]
    if level.form == "bullet":
        return level.text
    if _deepest(level.text) > ilvl:
        return ""
    out = ""
    for piece in _pieces(level.text):
        if isinstance(piece, str):
            out += piece
            continue
        named, count = instance.levels[piece], values[piece]
        form = "decimal" if level.legal and named.form not in ("none", "bullet") else named.form
        out += numeral(named.start if count is None else count, form, named.language, named.custom)
    return out[:_LONGEST]


@lru_cache(maxsize=1024)
def _pieces(pattern: str) -> tuple[str | int, ...]:
    """A `lvlText` as its literal texts and the levels (from 0) whose numbers stand between them."""
    parts = _PLACE.split(pattern)
    return tuple(int(part) - 1 if index % 2 else part for index, part in enumerate(parts) if part)


@lru_cache(maxsize=1024)
def _deepest(pattern: str) -> int:
    return max(_named(pattern), default=-1)


@lru_cache(maxsize=1024)
def _named(pattern: str) -> frozenset[int]:
    """The levels (from 0) that a `lvlText` names."""
    return frozenset(piece for piece in _pieces(pattern) if isinstance(piece, int))


def _full(shown: list[tuple[str, str]], ilvl: int) -> str:
    """The number in full context: own label, prefixed by the labels of upper levels that its text does not name."""
    text, pattern = shown[ilvl]
    out = text.rstrip(".")
    named = _named(pattern)
    for upper in range(ilvl - 1, -1, -1):
        if upper in named or not shown[upper][0]:
            continue
        out = shown[upper][0].rstrip(".") + out
        named |= _named(shown[upper][1])
    return out
