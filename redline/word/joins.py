"""Paragraph marks that go: their paragraph flows into the next one of the same container.

Source: ECMA-376 Part 1 §17.13.5.15 and .20 (deleted and inserted marks). By the standard the next paragraph's mark survives,
and its properties with it; where there is no next paragraph, Word keeps a paragraph that still has text.
"""

from __future__ import annotations

from redline.word.surgery import MARKERS, TBL, P, neighbour, next_paragraph, remove_with_wrapper
from redline.word.xml import Element, w

_PPR = w("pPr")
_RANGES = tuple(w(f"{kind}Range{end}") for kind in ("moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom",
                                                     "customXmlMoveTo") for end in ("Start", "End"))


def join(paragraph: Element) -> None:
    """Move a paragraph's content to the front of the next one; without a next one it stays unless it is empty."""
    target = next_paragraph(paragraph)
    content = [child for child in paragraph if child.tag != _PPR]
    if target is not None:
        content.extend(_markers_after(paragraph))
        place = 1 if len(target) and target[0].tag == _PPR else 0
        target[place:place] = content
        remove_with_wrapper(paragraph)
    elif all(child.tag in MARKERS or child.tag in _RANGES for child in content) and _dispensable(paragraph):
        for child in content:
            paragraph.addprevious(child)
        remove_with_wrapper(paragraph)


def _markers_after(paragraph: Element) -> list[Element]:
    """Ends of ranges between this paragraph and the next block: they follow the text that is moved past them."""
    found: list[Element] = []
    following = paragraph.getnext()
    while following is not None and (following.tag in MARKERS or following.tag in _RANGES):
        if following.tag in MARKERS:
            found.append(following)
        following = following.getnext()
    return found


def _dispensable(paragraph: Element) -> bool:
    """Whether a place may do without this empty paragraph: not between two tables, nor as the last thing of a story,
    cell or note unless another paragraph comes before it.
    """
    before, after = neighbour(paragraph, previous=True), neighbour(paragraph, previous=False)
    if after is not None and after.tag == TBL:
        return before is None or before.tag != TBL
    return before is not None and before.tag == P
