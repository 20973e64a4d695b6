"""Carry a redline over what happened meanwhile: the three-way case, on one row of characters with marks among them.

Two wills meet where both change the same words, or words that touch within a paragraph: then neither is guessed at.
The words stay as the other redline left them and a `Conflict` says what each side wants. Nothing is ever dropped
without one, except that a change of look goes with the words it was on.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from redline.model import ClauseId, Kind, Paragraph, Props, Redline, Segment

from .algebra import agree, tidy
from .collisions import Edit, Track, collisions
from .differ import diff
from .stream import Item, flat, folded, matched, renamed, run, settled


@dataclass(frozen=True, slots=True)
class Conflict:
    """Where two redlines want different things: the text both started from, what the rebased one wanted (`mine`), what
    the other made of it (`theirs`, which stands). `paragraph` is an index into the rebased redline's old side.
    """

    paragraph: int
    clause: ClauseId | None
    base: str
    mine: str
    theirs: str


def rebase(redline: Redline, over: Redline) -> tuple[Redline, tuple[Conflict, ...]]:
    """`redline` leads from a to b and `over` from a to c; the result leads from c to d, with the changes of `redline`.

    What both did alike, in whatever steps, is done already; what collides is left as `over` has it, and told. A
    move keeps together: if one end collides, neither is carried. Raises `ConflictError` if the two do not start
    from the same text.
    """
    one, other = Redline(settled(redline.paragraphs)), Redline(settled(over.paragraphs))
    agree(one.old(), other.old())
    mine, theirs = Track(matched(flat(one.paragraphs))), Track(matched(flat(other.paragraphs)))
    hulls, idle = collisions(mine, theirs)
    writer = _Writer(mine, theirs, idle)
    out = Redline(folded(renamed(tidy(item) for item in writer.items())))
    props = [paragraph.props for paragraph in other.new()]
    found = (_conflict(hull, mine, theirs, writer, props) for hull in hulls)
    return out, tuple(conflict for conflict in found if conflict.mine != conflict.theirs)


def merge(base: Sequence[Paragraph], mine: Sequence[Paragraph], theirs: Sequence[Paragraph],
          ) -> tuple[tuple[Paragraph, ...], tuple[Conflict, ...]]:
    """`theirs` with what `mine` changed in `base`, and where that could not be."""
    redline, conflicts = rebase(diff(base, mine), diff(base, theirs))
    return redline.new(), conflicts


def _conflict(hull: tuple[int, int], mine: Track, theirs: Track, writer: _Writer, props: Sequence[Props]) -> Conflict:
    paragraph = min(writer.place(hull[0]), max(0, len(props) - 1))
    return Conflict(paragraph, props[paragraph].clause if props else None, mine.text[hull[0]:hull[1]],
                    mine.new_text(*hull), theirs.new_text(*hull))


class _Writer:
    """Writes the carried redline: what stands in c, with the edits that are not `idle` where their words are now."""

    def __init__(self, mine: Track, theirs: Track, idle: set[int]) -> None:
        self._theirs = theirs
        self._old = [(position, item) for position, item in mine.items if item.kind.in_old]
        self._starts = [position for position, _ in self._old]
        self._idle = [mine.home.get(index) in idle for index, (_, item) in enumerate(mine.items) if item.kind.in_old]
        active = [edit for edit in mine.edits if edit.number not in idle and edit.come]
        self._riding = {edit.number for edit in active if theirs.carries(edit)}
        self._flats = deque(edit for edit in active if edit.start == edit.end and edit.number not in self._riding)
        self._at: dict[int, list[Edit]] = {}
        for edit in active:
            if edit.start < edit.end or edit.number in self._riding:
                self._at.setdefault(edit.end, []).append(edit)
        self._positions: list[int] = []
        self._marks: list[int] = []

    def place(self, position: int) -> int:
        """The index of the paragraph of c in which a position of the common text stands, or stood."""
        index = bisect_right(self._positions, position) - 1
        return self._marks[index] if index >= 0 else 0

    def items(self) -> Iterator[Item]:
        origins = {move: deque(spans) for move, spans in self._theirs.origins.items()}
        marks = 0
        for position, item in self._theirs.items:
            self._positions.append(position)
            self._marks.append(marks)
            marks += item.segment is None and item.kind.in_new
            if item.kind.in_old:
                yield from self._flush(position)
                if item.kind.in_new:
                    yield from self._kept(position, item, moved=False)
            elif item.kind is Kind.MOVE_TO:
                yield from self._arrived(item, origins[item.move])
            elif item.kind.in_new:
                yield _standing(item)
        yield from self._flush(None)

    def _flush(self, position: int | None) -> Iterator[Item]:
        while self._flats and (position is None or self._flats[0].start <= position):
            yield from self._flats.popleft().come

    def _arrived(self, item: Item, spans: deque[tuple[int, int]]) -> Iterator[Item]:
        rest: Item | None = item
        while rest is not None:
            start, end = spans.popleft()
            size = min(rest.size, end - start)
            yield from self._kept(start, rest.first(size), moved=True)
            if start + size < end:
                spans.appendleft((start + size, end))
            rest = rest.rest(size) if size < rest.size else None

    def _kept(self, position: int, item: Item, moved: bool) -> Iterator[Item]:
        """Words of the common text that stand in c, cut along `mine`."""
        rest: Item | None = item
        while rest is not None:
            if moved:
                yield from (piece for edit in self._at.get(position, ()) if edit.start == edit.end for piece in edit.come)
            else:
                yield from self._flush(position)
            index = bisect_right(self._starts, position) - 1
            start, wanted = self._old[index]
            size = min(rest.size, start + wanted.size - position)
            yield _standing(rest.first(size)) if self._idle[index] else _wanted(rest.first(size), wanted)
            position += size
            yield from (piece for edit in self._at.get(position, ()) if edit.start < edit.end for piece in edit.come)
            rest = rest.rest(size) if size < rest.size else None


def _standing(item: Item) -> Item:
    """An item of c as it stands there."""
    if item.segment is None:
        return Item(Kind.SAME, None, item.new, item.new)
    return run(Segment(Kind.SAME, item.segment.text, item.segment.look, atom=item.segment.atom))


def _wanted(item: Item, wanted: Item) -> Item:
    """An item of c with what `mine` makes of it."""
    if item.segment is None or wanted.segment is None:
        return _wanted_mark(item, wanted)
    text, atom, look = item.segment.text, item.segment.atom, item.segment.look
    if not wanted.kind.in_new:
        return run(Segment(wanted.kind, text, look, atom=atom, attribution=wanted.attribution, move=wanted.move))
    if wanted.kind is Kind.FORMAT:
        return run(Segment(Kind.FORMAT, text, wanted.segment.look, was=look, atom=atom, attribution=wanted.attribution))
    return _standing(item)


def _wanted_mark(item: Item, wanted: Item) -> Item:
    assert item.new is not None
    if not wanted.kind.in_new:
        return Item(wanted.kind, None, item.new, None, wanted.attribution, wanted.move)
    assert wanted.old is not None and wanted.new is not None
    if item.new == wanted.old:
        props = wanted.new
    elif wanted.kind is Kind.FORMAT:
        props = replace(item.new, style=wanted.new.style, heading=wanted.new.heading, level=wanted.new.level)
    else:
        props = item.new
    return Item(wanted.kind, None, item.new, props, wanted.attribution)
