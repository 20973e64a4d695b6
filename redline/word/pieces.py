"""The text of a paragraph by the elements it stands in: what can be cut, and what stands or falls as one.

Nothing here knows what a cut is for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from redline.word.drafts import Draft
from redline.word.edit.marks import MATH_ROOTS, protect
from redline.word.xml import Element, w

RUN, TEXT = w("r"), w("t")
_TEXTS = frozenset({TEXT, w("delText")})


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start` to `end` of a paragraph's full text, and the element they are: a child of a run, or a formula.

    Only a `text` piece can be cut.
    """

    start: int
    end: int
    node: Element
    text: bool

    @property
    def run(self) -> Element:
        """The run the piece stands in; a formula stands for itself."""
        parent = self.node.getparent()
        return parent if parent is not None and parent.tag == RUN else self.node


def pieces_of(draft: Draft) -> Iterator[Piece]:
    """The text of a draft as pieces: neighbouring characters of one element are one piece."""
    assert draft.element is not None
    last: Element | None = None
    start, divisible = 0, False
    for offset, leaf in draft.trace:
        node = _node(leaf, draft.element)
        if node is last:
            continue
        if last is not None and offset > start:
            yield Piece(start, offset, last, divisible)
        last, start, divisible = node, offset, node is leaf and leaf.tag in _TEXTS
    if last is not None and draft.length > start:
        yield Piece(start, draft.length, last, divisible)


def _node(leaf: Element, paragraph: Element) -> Element:
    """The element that stands or falls as one: what is directly in the outermost run, or the outermost formula."""
    path = [leaf]
    for parent in leaf.iterancestors():
        if parent is paragraph:
            break
        path.append(parent)
    for index in range(len(path) - 1, -1, -1):
        if path[index].tag in MATH_ROOTS:
            return path[index]
        if path[index].tag == RUN and index:
            return path[index - 1]
    return leaf


def cut_text(piece: Piece, offset: int) -> tuple[str, str]:
    """The characters of a text element before and after a place. Word does not show spaces at its ends that nobody protects:
    they are in the element and not in the offsets.
    """
    text = piece.node.text or ""
    hidden = len(text) - len(text.lstrip(" ")) if len(text) > piece.end - piece.start else 0
    return text[:hidden + offset - piece.start], text[hidden + offset - piece.start:]


def like(element: Element) -> Element:
    """An empty element with the same tag and attributes."""
    fresh = element.makeelement(element.tag)
    for name, value in element.attrib.items():
        fresh.set(name, value)
    return fresh


def cut_piece(piece: Piece, offset: int) -> tuple[Piece, Piece]:
    """Cut a text element in two, side by side in its run, and give what they hold."""
    rest = like(piece.node)
    piece.node.text, rest.text = cut_text(piece, offset)
    piece.node.addnext(rest)
    protect(piece.node, end=True)
    protect(rest, start=True)
    return Piece(piece.start, offset, piece.node, True), Piece(offset, piece.end, rest, True)
