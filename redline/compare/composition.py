"""How two redlines, one after the other, become one: stretch by stretch, with moves followed through both.

A move's two ends hold the same text (`stream.matched` sees to that), so what happened to a word at one end is known
at the other: moved and then deleted is deleted at its source; inserted and then moved is inserted where it ended up;
moved twice is one move. Words in between that neither side keeps are `gone`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from redline.model import Attribution, Kind, Segment

from .stream import Item, ordered, run, turned

Stretch = tuple[Item | None, Item | None]
"""The same stretch of the middle text in both redlines; None on a side where it is not in the middle text."""


def zipped(first: Sequence[Item], second: Sequence[Item]) -> Iterator[Stretch]:
    """Items of both redlines cut to the same stretches of the text between them, in order."""
    i = j = 0
    one: Item | None = None
    other: Item | None = None
    while True:
        rows: tuple[list[Item], list[Item]] = ([], [])
        while one is None and i < len(first):
            one = first[i] if first[i].kind.in_new else None
            rows[0].extend(() if one else (first[i],))
            i += 1
        while other is None and j < len(second):
            other = second[j] if second[j].kind.in_old else None
            rows[1].extend(() if other else (second[j],))
            j += 1
        firsts = {id(item) for item in rows[0]}
        yield from ((item, None) if id(item) in firsts else (None, item) for item in ordered(rows))
        if one is None or other is None:
            return
        size = min(one.size, other.size)
        yield one.first(size), other.first(size)
        one = one.rest(size) if size < one.size else None
        other = other.rest(size) if size < other.size else None


@dataclass(frozen=True, slots=True)
class _Fate:
    """What became of `size` characters of a move at its other end, as the other redline has it."""

    size: int
    kind: Kind
    by: Attribution | None
    move: str


class Composition:
    """The items of a composed redline. `stretches` are those of `zipped`."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self._stretches = stretches
        self._after: dict[str, list[_Fate]] = {}
        self._before: dict[str, list[_Fate]] = {}
        for one, other in stretches:
            if one is None or other is None:
                continue
            if one.kind is Kind.MOVE_TO:
                fates = self._after.setdefault(one.move, [])
                fates.append(_Fate(one.size, other.kind, other.attribution, other.move))
            if other.kind is Kind.MOVE_FROM:
                fates = self._before.setdefault(other.move, [])
                fates.append(_Fate(one.size, one.kind, one.attribution, one.move))

    def items(self) -> Iterator[Item]:
        for one, other in self._stretches:
            if one is not None and other is not None:
                yield _both(one, other)
            elif one is not None:
                yield from self._source(one) if one.kind is Kind.MOVE_FROM else (one,)
            elif other is not None:
                yield from self._target(other) if other.kind is Kind.MOVE_TO else (other,)

    def _source(self, item: Item) -> Iterator[Item]:
        """Where a move of the first redline set out: did the second keep, delete or move on what arrived?"""
        for piece, fate in _split(item, self._after.get(item.move, [])):
            if fate.kind is Kind.DEL:
                yield turned(piece, Kind.DEL, attribution=fate.by)
            else:
                yield turned(piece, Kind.MOVE_FROM, move=_name(item.move, fate.move))

    def _target(self, item: Item) -> Iterator[Item]:
        """Where a move of the second redline ended: had the first written, moved or merely left what set out?"""
        for piece, fate in _split(item, self._before.get(item.move, [])):
            if fate.kind is Kind.INS:
                yield turned(piece, Kind.INS, attribution=fate.by)
            else:
                yield turned(piece, Kind.MOVE_TO, move=_name(fate.move, item.move))


def _name(first: str, second: str) -> str:
    """A name that no move of either redline has alone: parts are told apart by the bar."""
    return f"{first}|{second}"


def _split(item: Item, fates: list[_Fate]) -> Iterator[tuple[Item, _Fate]]:
    """Cut an item along the next fates of its move, and use them up."""
    rest: Item | None = item
    while rest is not None:
        fate = fates[0]
        size = min(rest.size, fate.size)
        yield rest.first(size), fate
        rest = rest.rest(size) if size < rest.size else None
        if size < fate.size:
            fates[0] = replace(fate, size=fate.size - size)
        else:
            fates.pop(0)


def _both(one: Item, other: Item) -> Item:
    """A stretch that stands in the text between both redlines."""
    if one.segment is None or other.segment is None:
        return _mark(one, other)
    if not one.kind.in_old:
        if not other.kind.in_new:
            return turned(one, Kind.GONE, struck=other.attribution)
        return run(replace(one.segment, look=other.segment.look, move=_name(one.move, "") if one.move else ""))
    text, atom, was = one.segment.text, one.segment.atom, one.look_before
    if not other.kind.in_new:
        move = _name("", other.move) if other.move else ""
        return run(Segment(other.kind, text, was, atom=atom, attribution=other.attribution, move=move))
    if Kind.FORMAT not in (one.kind, other.kind):
        return one
    by = other.attribution if other.kind is Kind.FORMAT else one.attribution
    return run(Segment(Kind.FORMAT, text, other.segment.look, was=was, atom=atom, attribution=by))


def _mark(one: Item, other: Item) -> Item:
    if not one.kind.in_old:
        if not other.kind.in_new:
            return replace(one, kind=Kind.GONE, move="")
        return replace(one, new=other.new, move=_name(one.move, "") if one.move else "")
    if not other.kind.in_new:
        return replace(other, old=one.old, move=_name("", other.move) if other.move else "")
    kind = Kind.FORMAT if Kind.FORMAT in (one.kind, other.kind) else Kind.SAME
    by = other.attribution if other.kind is Kind.FORMAT else one.attribution
    return Item(kind, None, one.old, other.new, by)
