"""The parts of a document that can be put side by side: stories, paragraphs, tables, rows and cells.

A unit is a stretch of neighbouring paragraphs. Its fingerprint is the folded text, so that quotes, case and spacing
do not hide that two units are one; labels and numbers that Word computes play no part. Everything here is derived
from a row of plain paragraphs and refers to it by index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from redline.model import Cell, Paragraph
from redline.text import fold, words


@dataclass(frozen=True)
class Unit:
    """Paragraphs `first` to `last` (exclusive) of `source`; `kind` is `p`, `t`, `r`, `c` (paragraph, table, row, cell)
    or `s:` and the family of a story. `depth` counts the tables around the unit's contents.
    """

    kind: str
    source: Sequence[Paragraph]
    first: int
    last: int
    depth: int = 0

    @property
    def paragraphs(self) -> Sequence[Paragraph]:
        return self.source[self.first:self.last]

    @cached_property
    def fingerprint(self) -> str:
        """Folded text, one line for each paragraph."""
        if self.kind == "p":
            return fold(self.source[self.first].text)
        return "\n".join(fold(paragraph.text) for paragraph in self.paragraphs)

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(words(self.fingerprint))

    @property
    def term(self) -> str:
        """What a paragraph that begins with a quoted term defines, "" for any other."""
        return self.fingerprint[1:].partition('"')[0] if self.fingerprint.startswith('"') else ""

    @property
    def weight(self) -> int:
        """How much text there is to go by."""
        return len(self.fingerprint)

    @property
    def trivial(self) -> bool:
        """Too little text to be recognised anywhere else than in its place."""
        return len(self.fingerprint) < 30 or len(self.words) < 5

    @cached_property
    def parts(self) -> list[Unit]:
        """The units inside: rows of a table, cells of a row, paragraphs and tables of a cell or a story."""
        if self.kind == "t":
            return list(self._cut("r", lambda cell: cell.row))
        if self.kind == "r":
            return list(self._cut("c", lambda cell: cell.column))
        if self.kind == "p":
            return []
        return list(self._blocks())

    def _cut(self, kind: str, key: Callable[[Cell], int]) -> Iterator[Unit]:
        depth = self.depth - 1
        yield from (
            Unit(kind, self.source, first, last, self.depth)
            for first, last in _runs(self.first, self.last, lambda index: key(_chain(self.source[index])[depth]))
        )

    def _blocks(self) -> Iterator[Unit]:
        depth = self.depth
        for first, last in _runs(self.first, self.last, lambda index: _table(self.source[index], depth)):
            if _table(self.source[first], depth) is None:
                yield from (Unit("p", self.source, index, index + 1, depth) for index in range(first, last))
            else:
                yield Unit("t", self.source, first, last, depth + 1)


def stories(paragraphs: Sequence[Paragraph]) -> list[Unit]:
    """The stories of a document in order, as units."""
    return [
        Unit("s:" + paragraphs[first].props.story.partition(":")[0], paragraphs, first, last)
        for first, last in _runs(0, len(paragraphs), lambda index: paragraphs[index].props.story)
    ]


def _runs(first: int, last: int, key: Callable[[int], object]) -> Iterator[tuple[int, int]]:
    for _, group in groupby(range(first, last), key):
        indices = list(group)
        yield indices[0], indices[-1] + 1


def _chain(paragraph: Paragraph) -> list[Cell]:
    """The cells around a paragraph, outermost first."""
    chain = []
    cell = paragraph.props.cell
    while cell is not None:
        chain.append(cell)
        cell = cell.parent
    return chain[::-1]


def _table(paragraph: Paragraph, depth: int) -> int | None:
    chain = _chain(paragraph)
    return chain[depth].table if len(chain) > depth else None
