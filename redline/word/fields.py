"""Complex fields (ECMA-376 Part 1 §17.16.18): which of their characters have lost their partner."""

from __future__ import annotations

from redline.word.xml import Element, w

FIELD_CHAR = w("fldChar")
FIELD_TYPE = w("fldCharType")


def stray_fields(root: Element) -> set[Element]:
    """Field characters without a partner, below `root`: a begin without an end, an end or a separator without a begin."""
    open_: list[list[Element]] = []
    stray: set[Element] = set()
    for element in root.iter(FIELD_CHAR):
        kind = element.get(FIELD_TYPE)
        if kind == "begin":
            open_.append([element])
        elif not open_:
            stray.add(element)
        elif kind == "end":
            open_.pop()
        else:
            open_[-1].append(element)
    return stray.union(*open_)
