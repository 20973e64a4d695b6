"""A document whose text can be followed back to its XML, character by character."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from redline.model import Paragraph
from redline.word.drafts import Draft
from redline.word.package import Package, open_package
from redline.word.pieces import Piece, pieces_of
from redline.word.read import Reader
from redline.word.surgery import P
from redline.word.xml import Element, w

_FLAT = frozenset(w(name) for name in ("t", "tab", "br", "cr", "ptab", "noBreakHyphen", "softHyphen", "sym"))
_RUBY = frozenset({w("rt"), w("rubyBase")})
_SESSION = re.compile(rb' (?:w:rsid\w*|w14:(?:paraId|textId))="[^"]*"')


@dataclass(slots=True)
class Line:
    """One paragraph of a contract and its element. Offsets count from its first character, a typed number included.

    Text that is drawn (a watermark) has no paragraph: its `element` is an empty one that stands nowhere.
    """

    paragraph: Paragraph
    element: Element
    draft: Draft
    typed: int
    _pieces: list[Piece] | None = None
    _solid: bool | None = None

    @property
    def drawn(self) -> bool:
        """Whether it is part of a picture, in which nothing can be written."""
        return self.draft.element is None

    @property
    def pieces(self) -> list[Piece]:
        """The text as pieces, found when they are first asked for."""
        if self._pieces is None:
            self._pieces = list(pieces_of(self.draft))
        return self._pieces

    @property
    def solid(self) -> bool:
        """Whether there may be anything but plain text in it."""
        if self._solid is None:
            self._solid = any(leaf.tag not in _FLAT or leaf.getparent().getparent().tag in _RUBY  # type: ignore[union-attr]
                              for _, leaf in self.draft.trace)
        return self._solid

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
    """A document without tracked changes, from its bytes or opened already. Its trees may be changed: they are its own."""

    def __init__(self, document: bytes | Package, name: str = "") -> None:
        self.package = document if isinstance(document, Package) else open_package(document, name)
        self._reader = Reader(self.package, trace=True)
        self.contract = self._reader.contract()
        self.styles = self._reader.styles
        self._drafts = self._reader.sources

    @cached_property
    def lines(self) -> list[Line]:
        """The paragraphs of the contract, in its order."""
        out = []
        for paragraph, (draft, typed) in zip(self.contract.paragraphs, self._drafts, strict=True):
            out.append(Line(paragraph, etree.Element(P) if draft.element is None else draft.element, draft, typed))
        return out

    def part_of(self, element: Element) -> str:
        """The name of the part an element stands in."""
        return self.package.part_of(element.getroottree().getroot())
