"""Taking elements out of a document's XML without leaving it torn: pairs of markers stay pairs, wrappers go with their last
content, and what follows or precedes a block is found through content controls.

Nothing here knows what a tracked change is.
"""

from __future__ import annotations

from collections.abc import Iterable

from redline.word.xml import Element, w

P, TBL, TR, TC, SDT_CONTENT = w("p"), w("tbl"), w("tr"), w("tc"), w("sdtContent")
WRAPPERS = frozenset({w("sdt"), SDT_CONTENT, w("customXml")})
"""Elements that stand round blocks and are none themselves (§17.5)."""

_WRAPPER_PROPERTIES = (w("sdtPr"), w("sdtEndPr"), w("customXmlPr"))
_PAIRS = {w("bookmarkStart"): w("bookmarkEnd"), w("permStart"): w("permEnd"),
          w("commentRangeStart"): w("commentRangeEnd")}
_PAIRED = tuple(_PAIRS) + tuple(_PAIRS.values())
MARKERS = frozenset(_PAIRED) | {w("proofErr")}


def remove(element: Element) -> None:
    """Take an element out of its parent."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def unwrap(element: Element, children: Iterable[Element] | None = None) -> None:
    """Put an element's children (or those given) in its place."""
    for child in list(element if children is None else children):
        element.addprevious(child)
    remove(element)


def drop(element: Element) -> None:
    """Take an element out with its content, leaving behind markers whose other end stands elsewhere."""
    inside: dict[tuple[str, str], Element] = {}
    for marker in element.iter(*_PAIRED):
        kind = _PAIRS.get(marker.tag, marker.tag)
        key = (kind, marker.get(w("id"), ""))
        if key in inside:
            del inside[key]
        else:
            inside[key] = marker
    for marker in inside.values():
        element.addprevious(marker)
    remove(element)


def remove_with_wrapper(element: Element) -> None:
    """Take an element out, and the content control round it when it held nothing else."""
    while True:
        parent = element.getparent()
        drop(element)
        if parent is None or parent.tag not in WRAPPERS or any(
                child.tag not in MARKERS for child in parent if child.tag not in _WRAPPER_PROPERTIES):
            return
        element = parent


def next_paragraph(paragraph: Element) -> Element | None:
    """The paragraph that follows in the same container, looking into and out of content controls but past no table."""
    element = paragraph
    while True:
        following = element.getnext()
        while following is None:
            parent = element.getparent()
            if parent is None or parent.tag not in WRAPPERS:
                return None
            element = parent
            following = element.getnext()
        element = following
        while element.tag in WRAPPERS and len(element):
            element = element[0]
        if element.tag == P:
            return element
        if element.tag in (TBL, w("sectPr"), w("altChunk")):
            return None


def neighbour(element: Element, *, previous: bool) -> Element | None:
    """The block before or after, passing over markers and out of content controls."""
    while True:
        found = element.getprevious() if previous else element.getnext()
        if found is None:
            parent = element.getparent()
            if parent is None or parent.tag not in WRAPPERS:
                return None
            element = parent
        elif found.tag in (P, TBL):
            return found
        else:
            element = found
