"""Moves as Word writes them: two named ranges, one round what left its place, one round where it came to.

A move is written so only when all of it is right: whole paragraphs of plain text in the body, the same words at both ends, one
hand, a date, every range opened and closed once, none inside another. Anything else stays what it was before, deleted at one
place and inserted at the other. What was edited on the way is marked inside the second range: words that came in are an
insertion, words that went are a deletion in what was moved.

Sources: ECMA-376 Part 1 §17.13.5.21 to .28 (moves), §17.13.5.14, .18 (what is changed inside them); [MS-OI29500] 2.1.327 (Word
lets no range of a move overlap another).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Literal

from redline.model import Attribution, Kind
from redline.word.edit.carried import arrange, carried, copied, measured, plain
from redline.word.edit.marks import Marker
from redline.word.edit.plan import Op, Plan, Row
from redline.word.surgery import MARKERS, TBL, WRAPPERS, P
from redline.word.xml import Element, w

Manner = Literal["plain", "linked", "ranges"]
"""How moves are told: not at all, by a comment at both ends, or as Word's moves."""

_BODY, _FIELD, _TYPE, _NAME, _ID = w("body"), w("fldChar"), w("fldCharType"), w("name"), w("id")
_PPR, _RPR = w("pPr"), w("rPr")
_PLAIN = {"From": w("del"), "To": w("ins")}
"""What each end is before it is a move's."""
_GONE = {w("delText"): w("t"), w("delInstrText"): w("instrText")}


@dataclass(frozen=True, slots=True)
class End:
    """One paragraph at one end of a move: the row it is and the element that was written for it."""

    row: Row
    element: Element


@dataclass(slots=True)
class Move:
    """A move of the redline: the paragraphs that left and those that came, in order.

    `pairs` are those of which both ends were written; none where the move changed their number.
    """

    name: str
    source: list[End] = field(default_factory=list)
    target: list[End] = field(default_factory=list)
    pairs: list[tuple[End, End]] = field(default_factory=list)


def found(plan: Plan, written: Callable[[Row], Element | None]) -> list[Move]:
    """The moves of a plan of which both ends were written, in order. `written` gives the paragraph of a row that came."""
    rows = {id(row.paragraph): row for row in plan.rows if row.paragraph is not None}
    moves: list[Move] = []
    for name, (goes, comes) in plan.moved.items():
        source, target = ([_end(rows.get(id(each)), plan, written) for each in side] for side in (goes, comes))
        pairs = [(one, other) for one, other in zip(source, target, strict=True) if one and other] if len(source) == len(target) else []
        moves.append(Move(name, [end for end in source if end], [end for end in target if end], pairs))
    return [move for move in moves if move.source and move.target]


def _end(row: Row | None, plan: Plan, written: Callable[[Row], Element | None]) -> End | None:
    """The end of a move that a row is, None where it became something else."""
    if row is None or row.paragraph is None:
        return None
    if row.paragraph.mark is Kind.MOVE_FROM and row.old is not None:
        return End(row, plan.old[row.old].element)
    element = written(row) if row.paragraph.mark is Kind.MOVE_TO and row.new is not None else None
    return End(row, element) if element is not None else None


@dataclass(slots=True)
class _Pair:
    """A paragraph at both ends of a move that can be written as moved, and what became of its words.

    `late` are the ends ("From", "To") where it is the last of all, which keeps its mark: the mark before it goes or comes instead.
    """

    source: Element
    target: Element
    ops: list[Op]
    row: Row
    by: Attribution | None
    late: frozenset[str]


class Ranges:
    """Writes the moves of one document as ranges."""

    def __init__(self, plan: Plan, written: Mapping[int, Element], marker: Marker) -> None:
        self._plan, self._marker = plan, marker
        self._olds, self._news = plan.by_old(), plan.by_new
        self._whole = {plan.old[row.old].element for row in plan.rows if row.old is not None and row.whole and row.mark == "del"
                       and len(self._olds[row.old]) == 1} | set(written.values())
        self._names: set[str] = set()
        self._inside: set[Element] = set()

    def write(self, moves: Sequence[Move]) -> list[Move]:
        """Turn deletions and insertions into moves; those that were left as they are."""
        left: list[Move] = []
        owners = {end.element: move.name for move in moves for end in (*move.source, *move.target)}
        if moves:
            body = moves[0].source[0].element.getroottree().getroot()
            self._names = {each.get(_NAME, "") for each in body.iter(w("bookmarkStart"))}
            self._inside = _in_fields(body)
        for move in moves:
            runs = self._runs(move, owners)
            for run in runs:
                self._range(run)
            if not runs:
                left.append(move)
        return left

    # What can be written

    def _runs(self, move: Move, owners: Mapping[Element, str]) -> list[list[_Pair]]:
        """The paragraphs that can be written as moved, those in a row on both sides together."""
        runs: list[list[_Pair]] = []
        for source, target in move.pairs:
            pair = self._pair(source, target)
            if pair is None:
                continue
            last = runs[-1][-1] if runs else None
            if last is not None and self._signed(last.by) == self._signed(pair.by) and self._follows(
                    last.source, pair.source, move, owners) and self._follows(last.target, pair.target, move, owners):
                runs[-1].append(pair)
            else:
                runs.append([pair])
        return [run for run in runs if all(self._before(run, kind, owners) is not None for kind in run[-1].late)]

    def _before(self, run: Sequence[_Pair], kind: str, owners: Mapping[Element, str]) -> Element | None:
        """The paragraph in front of one end of a move, if its mark went or came with that end and nothing else claims it."""
        before = (run[0].source if kind == "From" else run[0].target).getprevious()
        flag = None if before is None or before.tag != P or before in owners or before in self._inside else before.find(
            f"{_PPR}/{_RPR}/{_PLAIN[kind]}")
        if flag is None or (flag.get(w("author"), ""), flag.get(w("date"), "")) != self._signed(run[0].by):
            return None
        return before

    def _signed(self, by: Attribution | None) -> tuple[str, str]:
        return self._marker.signature(by)

    def _pair(self, source: End, target: End) -> _Pair | None:
        """The two ends of one paragraph, None where they cannot be written as a move."""
        by, (here, there) = source.row.by, (source.row, target.row)
        assert here.old is not None and there.new is not None
        late = frozenset(kind for kind, row in (("From", here), ("To", there)) if row.mark == "same")
        if any(op.same for row in (here, there) for op in row.ops) or not (here.whole or "From" in late) or not (
                there.whole or "To" in late):
            return None
        if not self._signed(by)[1] or self._signed(by) != self._signed(there.by):
            return None
        if len(self._olds[here.old]) > 1 or len(self._news[there.new]) > 1 or not self._plan.new:
            return None
        for kind, end in (("From", source), ("To", target)):
            parent = end.element.getparent()
            if parent is None or parent.tag != _BODY or end.element in self._inside or _last(end.element) != (kind in late) or not plain(
                    end.element, _PLAIN[kind], late=kind in late):
                return None
        ops = carried(here, there, self._plan, lambda each: self._signed(each) == self._signed(by))
        if ops is None or (any(not op.same for op in ops) and measured(target.element) != self._plan.new[there.new].length):
            return None
        return _Pair(source.element, target.element, ops, here, by, late)

    def _follows(self, one: Element, other: Element, move: Move, owners: Mapping[Element, str]) -> bool:
        """Whether between two paragraphs stands only what one range may hold: paragraphs that come or go whole."""
        following = one.getnext()
        while following is not None and following is not other:
            if following.tag not in MARKERS and (following not in self._whole or owners.get(following, move.name) != move.name):
                return False
            following = following.getnext()
        return following is other

    # Writing

    def _range(self, run: Sequence[_Pair]) -> None:
        name = self._name()
        for pair in run:
            self._arrive(pair)
            self._leave(pair)
        by = run[0].by
        for kind, first, last in (("From", run[0].source, run[-1].source), ("To", run[0].target, run[-1].target)):
            start = self._marker.new(w(f"move{kind}RangeStart"), first, by)
            start.set(_NAME, name)
            end = first.makeelement(w(f"move{kind}RangeEnd"))
            end.set(_ID, start.get(_ID, ""))
            if kind in run[-1].late:
                before = first.getprevious()
                assert before is not None
                before.append(start)
                _mark(before, kind)
                last.append(end)
            else:
                first.insert(1, start)
                last.addnext(end)

    def _name(self) -> str:
        """A name that no bookmark and no other move has."""
        name = next(name for name in (f"move{number}" for number in count(1)) if name not in self._names)
        self._names.add(name)
        return name

    def _arrive(self, pair: _Pair) -> None:
        """The end to which it came: moved text, with what was edited in it."""
        assert pair.row.old is not None
        line = self._plan.old[pair.row.old]
        arrange(pair.target, pair.ops, self._marker, pair.by, lambda op: copied(line, op.a, op.b, self._marker))
        _mark(pair.target, "To")

    def _leave(self, pair: _Pair) -> None:
        """The end from which it went: all its text is moved text, signed by who moved it."""
        for wrapper in [each for each in pair.source.iter(w("del")) if len(each)]:
            wrapper.tag = w("moveFrom")
            self._marker.sign(wrapper, pair.by)
            for text in list(wrapper.iter(*_GONE)):
                text.tag = _GONE[text.tag]
        _mark(pair.source, "From")


def _last(paragraph: Element) -> bool:
    """Whether a paragraph of the body is the last block there, whose mark can neither go nor come."""
    return not any(following.tag == TBL or following.tag in WRAPPERS or following.tag == P for following in paragraph.itersiblings())


def _mark(paragraph: Element, kind: str) -> None:
    """Have a mark that went or came be one that moved."""
    flag = paragraph.find(f"{_PPR}/{_RPR}/{_PLAIN[kind]}")
    if flag is not None:
        flag.tag = w(f"move{kind}")


def _in_fields(root: Element) -> set[Element]:
    """The paragraphs that begin inside a field (a table of contents): its result is made anew by Word."""
    found: set[Element] = set()
    depth = 0
    for each in root.iter(P, _FIELD):
        if each.tag == P:
            if depth > 0:
                found.add(each)
        else:
            depth += {"begin": 1, "end": -1}.get(each.get(_TYPE, ""), 0)
    return found
