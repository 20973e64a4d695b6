"""Two redlines of one text side by side: what each takes out and puts in, and where they want different things.

Positions count the characters of the common text, a paragraph mark as one. Two edits collide where they touch the
same words, or touch each other within a paragraph; paragraphs put in at the same place by both stand side by side
unless they are alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Indel

from redline.model import Kind
from redline.text import words

from .stream import Item, content

Stretch = tuple[int, int]

_ALIKE = 0.5
_NEAR = 2


@dataclass(slots=True)
class Edit:
    """Characters `start` to `end` are taken out and `come` is put in; `moves` are the moves it is an end of."""

    number: int
    start: int
    end: int
    come: list[Item] = field(default_factory=list)
    moves: set[str] = field(default_factory=set)

    @property
    def block(self) -> bool:
        """Whether only whole paragraphs come in, and nothing goes out."""
        return self.start == self.end and bool(self.come) and self.come[-1].segment is None


class Track:
    """A redline's items with their positions, and its edits; an edit takes out no more than one paragraph."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items: list[tuple[int, Item]] = []
        self.edits: list[Edit] = []
        self.home: dict[int, int] = {}
        self.origins: dict[str, list[Stretch]] = {}
        self.marks: set[int] = {0}
        texts: list[str] = []
        edit: Edit | None = None
        position = 0
        for index, item in enumerate(items):
            self.items.append((position, item))
            stays = item.kind.in_old and item.kind.in_new
            if not stays and item.kind is not Kind.GONE:
                if edit is None or (edit.block and item.kind.in_old):
                    edit = self._begin(position)
                self._add(edit, index, item)
            if item.kind.in_old:
                if item.kind is Kind.MOVE_FROM:
                    self.origins.setdefault(item.move, []).append((position, position + item.size))
                texts.append(item.signature[0])
                position += item.size
                if edit and not stays:
                    edit.end = position
                if item.segment is None:
                    self.marks.add(position)
            if stays or (item.segment is None and item.kind.in_old):
                edit = None
        self.text = "".join(texts)
        self.away = list(_merged(span for spans in self.origins.values() for span in spans))

    def _begin(self, position: int) -> Edit:
        self.edits.append(Edit(len(self.edits), position, position))
        return self.edits[-1]

    def _add(self, edit: Edit, index: int, item: Item) -> None:
        self.home[index] = edit.number
        if item.move:
            edit.moves.add(item.move)
        if item.kind.in_new:
            edit.come.append(item)

    def carries(self, edit: Edit) -> bool:
        """Whether an edit of the other redline lies inside words that this one only moved, so that it goes along."""
        flat = edit.start == edit.end
        return not edit.moves and any(
            start < edit.start < end if flat else start <= edit.start and edit.end <= end for start, end in self.away)

    def new_text(self, start: int, end: int) -> str:
        """What stands on the new side for a stretch, with what was put in at its borders."""
        out: list[str] = []
        for position, item in self.items:
            if item.kind.in_new and not item.kind.in_old:
                out.append(item.signature[0] if start <= position <= end else "")
            elif item.kind.in_new:
                out.append(item.signature[0][max(0, start - position):max(0, end - position)])
        return "".join(out)


def _merged(spans: Iterator[Stretch]) -> Iterator[Stretch]:
    last: Stretch | None = None
    for start, end in sorted(spans):
        if last is not None and last[1] == start:
            last = (last[0], end)
            continue
        if last is not None:
            yield last
        last = (start, end)
    if last is not None:
        yield last


def collisions(mine: Track, theirs: Track) -> tuple[list[Stretch], set[int]]:
    """(stretches in which the two want different things, numbers of the edits of `mine` not to be carried: those in
    such a stretch, and those that the other side made too). A move with one end in a stretch stays behind with
    both.
    """
    near = list(_near(mine.edits, theirs.edits))
    done = {one.number for one, other in near if _same(one, other)}
    hulls = [(min(one.start, other.start), max(one.end, other.end)) for one, other in near
             if not _same(one, other) and _collide(one, other, mine, theirs)]
    broken = {move for edit in mine.edits for move in edit.moves if edit.number in done} & {
        move for edit in mine.edits for move in edit.moves if edit.number not in done}
    hulls = _joined(hulls)
    while True:
        inside = [edit for edit in mine.edits if edit.moves & broken or any(_within(edit, hull) for hull in hulls)]
        known = broken | {move for edit in inside for move in edit.moves}
        wider = _joined([*hulls, *((edit.start, edit.end) for edit in inside)])
        if wider == hulls and known == broken:
            return hulls, done | {edit.number for edit in inside}
        hulls, broken = wider, known


def _within(edit: Edit, hull: Stretch) -> bool:
    overlaps = max(edit.start, hull[0]) < min(edit.end, hull[1])
    return overlaps or (hull[0] <= edit.start and edit.end <= hull[1])


def _joined(hulls: Sequence[Stretch]) -> list[Stretch]:
    out: list[Stretch] = []
    for start, end in sorted(set(hulls)):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif not out or out[-1][1] != end:
            out.append((start, end))
    return out


def _near(mine: Sequence[Edit], theirs: Sequence[Edit]) -> Iterator[tuple[Edit, Edit]]:
    """Pairs of edits that overlap or stand next to each other."""
    first = 0
    for one in mine:
        while first < len(theirs) and theirs[first].end + _NEAR < one.start:
            first += 1
        index = first
        while index < len(theirs) and theirs[index].start <= one.end + _NEAR:
            yield one, theirs[index]
            index += 1


def _same(one: Edit, other: Edit) -> bool:
    return ((one.start, one.end, bool(one.moves)) == (other.start, other.end, bool(other.moves))
            and content(one.come) == content(other.come))


def _collide(one: Edit, other: Edit, mine: Track, theirs: Track) -> bool:
    overlap = max(one.start, other.start) < min(one.end, other.end)
    inside = other.start < one.start == one.end < other.end or one.start < other.start == other.end < one.end
    if overlap or inside:
        return not theirs.carries(one) and bool(inside or one.come or other.come or one.moves or other.moves)
    between = mine.text[min(one.end, other.end):max(one.start, other.start)]
    if between:
        return bool(one.come and other.come) and not between.strip(" \t\u00a0")
    if not (one.come or other.come):
        return False
    touch = max(one.start, other.start)
    return _meet(one, other, touch) if touch in mine.marks else True


def _meet(one: Edit, other: Edit, touch: int) -> bool:
    """Whether edits that touch at the border of two paragraphs get in each other's way."""
    flats = [edit for edit in (one, other) if edit.start == edit.end]
    if len(flats) == 2:
        return not (one.block and other.block) or _alike(one, other)
    return any(not edit.block and (other if edit is one else one).start == touch for edit in flats)


def _alike(one: Edit, other: Edit) -> bool:
    texts = [words("".join(item.signature[0] for item in edit.come)) for edit in (one, other)]
    return float(Indel.normalized_similarity(*texts)) >= _ALIKE
