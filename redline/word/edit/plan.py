"""A redline as a row of paragraphs to write: which characters of which old and which new paragraph each one is made of.

A redline knows text; XML also knows things that cannot be cut (a formula, a drawing with its text box, a note with its
reference) and rows that cannot change their cells one by one. Where a redline would cut such a thing, the whole of it is
taken out and put in again, so that both sides still come out exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from redline.model import Attribution, Kind, Paragraph, Redline, Segment, Side, flows
from redline.word.edit.source import Line
from redline.word.xml import Element


@dataclass(slots=True)
class Op:
    """A stretch of text: `a` to `b` in the old paragraph, `c` to `d` in the new one; empty on the side where it is not."""

    a: int = 0
    b: int = 0
    c: int = 0
    d: int = 0
    text: str = ""
    by: Attribution | None = None

    @property
    def same(self) -> bool:
        return self.b > self.a and self.d > self.c


@dataclass(slots=True)
class Row:
    """One paragraph to write. `old` and `new` are the indices of the paragraphs it is (part of), None where there is none.

    `mark` is `same`, `del` or `ins`; a row that is only part of the old paragraph and has no mark there is put before it.
    """

    ops: list[Op]
    mark: str
    old: int | None
    new: int | None
    by: Attribution | None = None
    paragraph: Paragraph | None = None

    @property
    def whole(self) -> bool:
        """Whether it is nothing but one side's text."""
        return self.mark != "same" and (self.old is None or self.new is None)


@dataclass
class Plan:
    """The rows, in order, and the lines they are made of. `new` is empty when there is no new document.

    `notes` are references that stay while their note was empty on one side: (old, new). `moved` holds for each move of the redline
    the paragraphs that left and those that came.
    """

    rows: list[Row]
    old: Sequence[Line]
    new: Sequence[Line] = field(default=())
    notes: list[tuple[Element, Element]] = field(default_factory=list)
    moved: dict[str, tuple[list[Paragraph], list[Paragraph]]] = field(default_factory=dict)

    @cached_property
    def by_new(self) -> dict[int, list[Row]]:
        """The rows that each new paragraph is made of, once the plan is final."""
        return _grouped((row.new, row) for row in self.rows)

    def by_old(self) -> dict[int, list[Row]]:
        """The rows that each old paragraph is spread over."""
        return _grouped((row.old, row) for row in self.rows)


def _grouped(pairs: Iterable[tuple[int | None, Row]]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for index, row in pairs:
        if index is not None:
            found.setdefault(index, []).append(row)
    return found


def plan(redline: Redline, old: Sequence[Line], new: Sequence[Line] = ()) -> Plan:
    """The rows of a redline whose old side is `old` and, where there is a new document, whose new side is `new`.

    What is drawn has no row: it goes and comes with its picture.
    """
    rows = redline.paragraphs
    olds, news = _homes(rows, "old"), _homes(rows, "new")
    at_old: dict[int, int] = {}
    at_new: dict[int, int] = {}
    out: list[Row] = []
    for index, paragraph in enumerate(rows):
        k, j = olds.get(index), news.get(index)
        mark = "same" if paragraph.mark.in_old and paragraph.mark.in_new else \
            "del" if paragraph.mark.in_old else "ins" if paragraph.mark.in_new else ""
        if not mark and k is None and j is None:
            continue
        if (k is not None and old[k].drawn) or (j is not None and new and new[j].drawn):
            continue
        ops = _typed(old, new, paragraph, k if k is not None and k not in at_old else None,
                     j if j is not None and j not in at_new else None)
        for segment in paragraph.segments:
            ops.extend(_ops(segment, k, j, at_old, at_new, old, new))
        if k is not None:
            at_old.setdefault(k, old[k].typed)
        if j is not None:
            at_new.setdefault(j, new[j].typed if new else 0)
        out.append(Row(tidy(ops), mark or ("del" if k is not None else "ins"), k, j, paragraph.attribution, paragraph))
    return Plan(out, old, new, moved=_moved(rows))


def _moved(rows: Sequence[Paragraph]) -> dict[str, tuple[list[Paragraph], list[Paragraph]]]:
    """By the name of each move, the paragraphs that left and those that came."""
    found: dict[str, tuple[list[Paragraph], list[Paragraph]]] = {}
    for paragraph in rows:
        if paragraph.move and paragraph.mark in (Kind.MOVE_FROM, Kind.MOVE_TO):
            found.setdefault(paragraph.move, ([], []))[paragraph.mark is Kind.MOVE_TO].append(paragraph)
    return found


def _homes(rows: Sequence[Paragraph], side: Side) -> dict[int, int]:
    """The index, on one side, of the paragraph that each row has text or its mark in."""
    return {index: count for count, (_, _, sources) in enumerate(flows(rows, side)) for index in sources
            if rows[index].mark.on(side) or any(segment.kind.on(side) for segment in rows[index].segments)}


def _typed(old: Sequence[Line], new: Sequence[Line], paragraph: Paragraph, k: int | None, j: int | None) -> list[Op]:
    """Typed numbers are labels to a redline and text in a file: the ops for those with which paragraphs start here."""
    before = old[k].typed if k is not None else 0
    after = new[j].typed if new and j is not None else 0
    if not before and not after:
        return []
    here = old[k].paragraph.props.typed if k is not None and before else ""
    if not new and k is not None and j is not None:
        return [Op(0, before, 0, before, here)]
    there = new[j].paragraph.props.typed if j is not None and after else ""
    if k is not None and j is not None and here == there:
        return [Op(0, before, 0, after, here)]
    by = paragraph.attribution or next((each.attribution for each in paragraph.segments if each.attribution), None)
    tail = 0 if k is None or j is None else _common_tail(here, there)
    ops = [Op(0, before - tail, text=here, by=by), Op(c=0, d=after - tail, text=there, by=by),
           Op(before - tail, before, after - tail, after)]
    return [op for op in ops if op.b > op.a or op.d > op.c]


def _common_tail(one: str, other: str) -> int:
    count = 0
    while count < min(len(one), len(other)) and one[-1 - count] == other[-1 - count] and not one[-1 - count].isalnum():
        count += 1
    return count


def _ops(segment: Segment, k: int | None, j: int | None, at_old: dict[int, int], at_new: dict[int, int],
         old: Sequence[Line], new: Sequence[Line]) -> Iterator[Op]:
    size, by = len(segment.text), segment.attribution
    a = b = c = d = 0
    if segment.kind.in_old and k is not None:
        a = at_old.setdefault(k, old[k].typed)
        b = at_old[k] = a + size
    if segment.kind.in_new and j is not None:
        c = at_new.setdefault(j, new[j].typed if new else 0)
        d = at_new[j] = c + size
    if segment.kind is Kind.FORMAT and _links(segment.look) != _links(segment.was or frozenset()):
        yield Op(a, b, text=segment.text, by=by)
        yield Op(c=c, d=d, text=segment.text, by=by)
    elif b > a or d > c:
        yield Op(a, b, c, d, segment.text, by if segment.kind is not Kind.SAME else None)


def _links(look: Iterable[str]) -> set[str]:
    """Where text leads: a run cannot change that, it is put in again inside the other link or field."""
    return {name for name in look if name.startswith(("link:", "ref:"))}


def tidy(ops: Iterable[Op]) -> list[Op]:
    """Neighbours joined; between two stretches that stay, what goes out comes before what comes in."""
    out: list[Op] = []
    gone: list[Op] = []
    come: list[Op] = []
    for op in [*ops, None]:
        if op is not None and not op.same:
            (gone if op.b > op.a else come).append(op)
            continue
        for run in (gone, come):
            for each in run:
                _append(out, each)
            run.clear()
        if op is not None:
            _append(out, op)
    return out


def _append(out: list[Op], op: Op) -> None:
    last = out[-1] if out else None
    if last is not None and last.same == op.same and (last.b > last.a) == (op.b > op.a) and last.by == op.by \
            and last.b == op.a and last.d == op.c:
        out[-1] = replace(last, b=op.b, d=op.d, text=last.text + op.text)
    elif last is not None and not last.same and not op.same and last.by == op.by and (
            (last.b > last.a and op.b > op.a and last.b == op.a) or (last.d > last.c and op.d > op.c and last.d == op.c)):
        out[-1] = replace(last, b=op.b if op.b > op.a else last.b, d=op.d if op.d > op.c else last.d, text=last.text + op.text)
    else:
        out.append(op)


def apart(row: Row, a: int, b: int) -> None:
    """Take old characters `a` to `b` of a row out and put what stays of them in again."""
    out: list[Op] = []
    for op in row.ops:
        if not op.same or op.b <= a or op.a >= b:
            out.append(op)
            continue
        first, last = max(a, op.a) - op.a, min(b, op.b) - op.a
        if first:
            out.append(replace(op, b=op.a + first, d=op.c + first, text=op.text[:first]))
        out.append(Op(op.a + first, op.a + last, text=op.text[first:last], by=op.by or row.by))
        out.append(Op(c=op.c + first, d=op.c + last, text=op.text[first:last], by=op.by or row.by))
        if last < op.b - op.a:
            out.append(replace(op, a=op.a + last, c=op.c + last, text=op.text[last:]))
    row.ops = tidy(out)
