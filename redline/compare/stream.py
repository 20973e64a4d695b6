"""A redline as one flat row of runs of text and paragraph marks, on which the algebra is simple arithmetic.

An item stands on the old side, the new side, both or neither. `flat` and `folded` are inverse to each other;
`settled` first makes explicit what `model.view` does at the end of a cell or a story: a mark that cannot be taken
away there stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from redline.model import Attribution, Kind, Look, Paragraph, Props, Segment, Side, merged, view
from redline.text import tokens

from . import words


@dataclass(frozen=True, slots=True)
class Item:
    """A run of text (`segment`), or the mark that closes a paragraph (`old` and `new` as in `Paragraph`)."""

    kind: Kind
    segment: Segment | None = None
    old: Props | None = None
    new: Props | None = None
    attribution: Attribution | None = None
    move: str = ""

    @property
    def size(self) -> int:
        """Characters of a run; a mark counts as one."""
        return len(self.segment.text) if self.segment else 1

    def first(self, size: int) -> Item:
        return self if size == self.size else self._with_text(0, size)

    def rest(self, size: int) -> Item:
        return self._with_text(size, self.size)

    def _with_text(self, start: int, end: int) -> Item:
        assert self.segment is not None
        return run(replace(self.segment, text=self.segment.text[start:end]))

    @property
    def look_before(self) -> Look:
        """How a run looks on the old side."""
        assert self.segment is not None
        return self.segment.look if self.segment.was is None else self.segment.was

    @property
    def signature(self) -> tuple[str, str]:
        """What must be equal for two items to be the same thing: the text and, for an atom, its name; a mark is a line
        end.
        """
        return (self.segment.text, self.segment.atom) if self.segment else ("\n", "mark")


def run(segment: Segment) -> Item:
    return Item(segment.kind, segment, attribution=segment.attribution, move=segment.move)


def flat(paragraphs: Iterable[Paragraph]) -> list[Item]:
    """The items of settled paragraphs, in order."""
    out: list[Item] = []
    for paragraph in paragraphs:
        out.extend(run(segment) for segment in paragraph.segments if segment.text)
        out.append(Item(paragraph.mark, None, paragraph.old, paragraph.new, paragraph.attribution, paragraph.move))
    return out


def folded(items: Iterable[Item]) -> tuple[Paragraph, ...]:
    """Paragraphs again; neighbouring runs that are alike become one. Only what is gone may stand after the last mark."""
    out: list[Paragraph] = []
    pending: list[Segment] = []
    for item in items:
        if item.segment is not None:
            pending.append(item.segment)
            continue
        out.append(Paragraph(merged(pending), item.kind, item.old, item.new, item.attribution, item.move))
        pending = []
    if any(segment.kind is not Kind.GONE for segment in pending):
        raise ValueError("text after the last mark")
    if pending and out:
        out[-1] = replace(out[-1], segments=merged([*out[-1].segments, *pending]))
    return tuple(out)


def ordered(rows: Sequence[Sequence[Item]]) -> list[Item]:
    """Rows of items that share one place in a text, as one row: what ends the paragraph before the place first, then whole
    paragraphs, then what begins the paragraph after it; so no row's text strays into a paragraph of another's.
    """
    heads, wholes, tails = [], [], []
    for row in rows:
        marks = [index + 1 for index, item in enumerate(row) if item.segment is None]
        first, last = (marks[0], marks[-1]) if marks else (0, 0)
        heads.append(row[:first])
        wholes.append(row[first:last])
        tails.append(row[last:])
    return [item for part in (heads, wholes, tails) for row in part for item in row]


def settled(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The same redline, with every paragraph that stays on a side for want of a next one keeping its mark there."""
    kept: dict[int, list[Side]] = {}
    sides: tuple[Side, ...] = ("old", "new")
    for side in sides:
        for _, sources in view(paragraphs, side):
            if not paragraphs[sources[-1]].mark.on(side):
                kept.setdefault(sources[-1], []).append(side)
    if not kept:
        return tuple(paragraphs)
    return tuple(_kept(paragraph, kept.get(index, ())) for index, paragraph in enumerate(paragraphs))


def _kept(paragraph: Paragraph, sides: Sequence[Side]) -> Paragraph:
    if not sides:
        return paragraph
    props = paragraph.props
    old = props if paragraph.mark.in_old or "old" in sides else None
    new = props if paragraph.mark.in_new or "new" in sides else None
    kind = Kind.SAME if old and new else Kind.DEL if old else Kind.INS
    by = None if kind is Kind.SAME else paragraph.attribution
    return Paragraph(paragraph.segments, kind, old, new, by)


def matched(items: Sequence[Item]) -> list[Item]:
    """The same items, with every move's two ends holding the same text: words that stand at one end only (a move
    edited on the way, half a move) are deleted or inserted there instead.
    """
    ends: dict[str, tuple[list[int], list[int]]] = {}
    for index, item in enumerate(items):
        if item.kind in (Kind.MOVE_FROM, Kind.MOVE_TO):
            ends.setdefault(item.move, ([], []))[item.kind is Kind.MOVE_TO].append(index)
    fixed: dict[int, list[Item]] = {}
    for here, there in ends.values():
        if content(items[index] for index in here) != content(items[index] for index in there):
            fixed.update(_shared(items, here, there))
    return [item for index, original in enumerate(items) for item in fixed.get(index, (original,))]


def content(items: Iterable[Item]) -> list[tuple[str, str]]:
    """What items hold, character by character: what two ends of a move have in common."""
    return [(char, item.signature[1]) for item in items for char in item.signature[0]]


def _shared(items: Sequence[Item], here: Sequence[int], there: Sequence[int]) -> dict[int, list[Item]]:
    """The items of an uneven move: cut so that what both ends share still moves."""
    pieces = [[(index, piece) for index in side for piece in _pieces(items[index])] for side in (here, there)]
    rows = [[words.Token("\x00".join(piece.signature), 0, piece.size) for _, piece in side] for side in pieces]
    out: dict[int, list[Item]] = {index: [] for index in (*here, *there)}
    lost: tuple[set[int], set[int]] = (set(), set())
    for hunk in words.hunks(*rows):
        lost[0].update(range(hunk.a0, hunk.a1))
        lost[1].update(range(hunk.b0, hunk.b1))
    for side, gone, kind in zip(pieces, lost, (Kind.DEL, Kind.INS), strict=True):
        for position, (index, piece) in enumerate(side):
            out[index].append(turned(piece, kind) if position in gone else piece)
    return out


def _pieces(item: Item) -> list[Item]:
    """A run cut into its tokens; a mark is one piece."""
    if item.segment is None or item.segment.atom:
        return [item]
    return [run(replace(item.segment, text=text)) for text in tokens(item.segment.text)]


def turned(item: Item, kind: Kind, **changes: object) -> Item:
    """A moved, deleted or inserted item as another kind, out of its move unless `changes` name one."""
    fields: dict[str, object] = {"kind": kind, "move": "", **changes}
    if item.segment is not None:
        return run(replace(item.segment, **fields))  # type: ignore[arg-type]
    fields.pop("struck", None)
    return replace(item, **fields)  # type: ignore[arg-type]


def renamed(items: Iterable[Item]) -> list[Item]:
    """The moves numbered in the order in which they are first met."""
    names: dict[str, str] = {}
    out: list[Item] = []
    for item in items:
        if item.move:
            name = names.setdefault(item.move, f"m{len(names) + 1}")
            item = run(replace(item.segment, move=name)) if item.segment else replace(item, move=name)
        out.append(item)
    return out
