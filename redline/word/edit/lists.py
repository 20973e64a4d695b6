"""The lists of a document as they are written: which paragraph names which, and what a list counts.

Sources: ECMA-376 Part 1 §17.9 (numbering).
"""

from __future__ import annotations

from redline.word.edit.source import Source
from redline.word.package import Package
from redline.word.xml import VAL, Element, value, w

_NUM_PR, _NUM_ID, _LEVEL = w("numPr"), w("numId"), w("ilvl")


def nums(source: Source) -> dict[Element, tuple[str, str]]:
    """(list, level) that each paragraph names itself, where it does."""
    found = {}
    for part in source.package.parts:
        if source.package.is_parsed(part):
            for each in source.package.xml(part).iter(_NUM_PR):
                paragraph = each.getparent().getparent()  # type: ignore[union-attr]
                num, level = each.find(_NUM_ID), each.find(_LEVEL)
                if num is not None and paragraph is not None:
                    found[paragraph] = (num.get(VAL, ""), value(level, "0"))
    return found


def numbering(package: Package) -> Element | None:
    """The lists of a document."""
    part = next(iter(package.related(package.main, "numbering")), "")
    return package.xml(part) if part else None


def instance(root: Element, num: str) -> Element | None:
    """A list by its number (§17.9.15)."""
    return next((each for each in root.iterchildren(w("num")) if each.get(w("numId")) == num), None)


def abstract(root: Element, num: str) -> Element | None:
    """How the list of a number counts (§17.9.1)."""
    found = instance(root, num)
    wanted = "" if found is None else value(found.find(w("abstractNumId")))
    return next((each for each in root.iterchildren(w("abstractNum")) if each.get(w("abstractNumId")) == wanted), None)


def levels(abstract: Element) -> list[tuple[str, tuple[str, ...]]]:
    """What counts of a list: format, text and start of each level."""
    return [(level.get(w("ilvl"), ""), tuple(value(each) for name in ("numFmt", "lvlText", "start", "lvlRestart", "isLgl")
                                             for each in level.iterchildren(w(name))))
            for level in abstract.iterchildren(w("lvl"))]


def overrides(root: Element, num: str) -> list[tuple[str, str]]:
    """The levels that one list starts elsewhere or counts otherwise."""
    found = instance(root, num)
    return [(each.get(w("ilvl"), ""), value(each.find(w("startOverride")), "-")) for each in
            (() if found is None else found.iterchildren(w("lvlOverride")))]
