"""A document whose text can be followed back to its XML, character by character."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from redline.model import Paragraph
from redline.word.drafts import Draft
from redline.word.edit.marks import MATH_ROOTS
from redline.word.package import open_package
from redline.word.read import Reader
from redline.word.xml import Element, w

RUN, TEXT = w("r"), w("t")
_FLAT = frozenset(w(name) for name in ("t", "tab", "br", "cr", "ptab", "noBreakHyphen", "softHyphen", "sym"))
_RUBY = frozenset({w("rt"), w("rubyBase")})
_SESSION = re.compile(rb' (?:w:rsid\w*|w14:(?:paraId|textId))="[^"]*"')


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


@dataclass(slots=True)
class Line:
    """One paragraph of a contract and its element. Offsets count from its first character, a typed number included."""

    paragraph: Paragraph
    element: Element
    draft: Draft
    typed: int
    _pieces: list[Piece] | None = None

    @property
    def pieces(self) -> list[Piece]:
        """The text as pieces, found when they are first asked for."""
        if self._pieces is None:
            self._pieces = list(_pieces(self.draft))
        return self._pieces

    @property
    def solid(self) -> bool:
        """Whether there may be anything but plain text in it."""
        return any(leaf.tag not in _FLAT or leaf.getparent().getparent().tag in _RUBY  # type: ignore[union-attr]
                   for _, leaf in self.draft.trace)

    @property
    def key(self) -> bytes:
        """The paragraph as it is written, without what ties it to an editing session."""
        return _SESSION.sub(b"", etree.tostring(self.element, with_tail=False))

    @property
    def length(self) -> int:
        return self.draft.length

    @property
    def story(self) -> str:
        return self.draft.story


class Source:
    """An opened document without tracked changes. Its trees may be changed: they are its own."""

    def __init__(self, data: bytes, name: str = "") -> None:
        self.package = open_package(data, name)
        self._reader = Reader(self.package, trace=True)
        self.contract = self._reader.contract()
        self.styles = self._reader.styles
        self._drafts = self._reader.sources

    @cached_property
    def lines(self) -> list[Line]:
        """The paragraphs of the contract, in its order."""
        out = []
        for paragraph, (draft, typed) in zip(self.contract.paragraphs, self._drafts, strict=True):
            assert draft.element is not None
            out.append(Line(paragraph, draft.element, draft, typed))
        return out

    def part_of(self, element: Element) -> str:
        """The name of the part an element stands in."""
        return self.package.part_of(element.getroottree().getroot())


def _pieces(draft: Draft) -> Iterator[Piece]:
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
        last, start, divisible = node, offset, node is leaf and leaf.tag == TEXT
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
