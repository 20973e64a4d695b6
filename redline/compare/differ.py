"""Old paragraphs and new paragraphs → a redline: what stays is paired, what moved is followed, the rest is out and in.

The redline's old side is the old text and its new side the new one, to the character and the look; nothing is guessed
from labels, so renumbering alone changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import LCSseq

from redline.model import Attribution, Paragraph, Redline

from . import draw
from .align import likeness, match
from .moves import Loose, moves
from .units import Unit, stories

_TAKEN = 0.7


def diff(old: Sequence[Paragraph], new: Sequence[Paragraph], attribution: Attribution | None = None) -> Redline:
    """The redline from `old` to `new`, two rows of plain paragraphs (what `Redline.old` and `Redline.new` give).

    Every changed segment and mark carries `attribution`. The law: `diff(a, b).old() == a` and `diff(a, b).new() == b`.
    """
    plan = _Plan()
    _walk(stories(old), stories(new), plan)
    ends = _follow(plan, [Unit("p", old, index, index + 1) for index in range(len(old))])
    out: list[Paragraph] = []
    sources: dict[int, Paragraph] = {}
    targets: dict[int, Paragraph] = {}
    for i, j, name in ends:
        sources[i], targets[j] = draw.moved(old[i], new[j], name, attribution)
    for here, there in plan.steps:
        if not there:
            out.extend(sources.get(i) or draw.deleted(old[i], attribution) for i in here)
        elif not here:
            out.extend(targets.get(j) or draw.inserted(new[j], attribution) for j in there)
        elif len(here) == len(there) == 1 and old[here[0]] == new[there[0]]:
            out.append(draw.unchanged(old[here[0]], new[there[0]]))
        else:
            out.extend(draw.paired([old[i] for i in here], [new[j] for j in there], attribution))
    return Redline(tuple(out))


@dataclass(slots=True)
class _Plan:
    """Steps of (old indices, new indices) in order, and the units that found no counterpart."""

    steps: list[tuple[range, range]] = field(default_factory=list)
    old: list[Loose] = field(default_factory=list)
    new: list[Loose] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    gap: int = 0

    def loose(self, old: Sequence[Unit], new: Sequence[Unit]) -> None:
        for unit in old:
            self.steps.append((range(unit.first, unit.last), range(0)))
            self.old.append(Loose(unit, self.gap))
        for unit in new:
            self.steps.append((range(0), range(unit.first, unit.last)))
            self.new.append(Loose(unit, self.gap))


def _walk(old: Sequence[Unit], new: Sequence[Unit], plan: _Plan) -> None:
    """Put the units of one level side by side, then go into those that were paired."""
    for side in (old, new):
        counted = Counter(unit.fingerprint for unit in side)
        plan.seen.update(fingerprint for fingerprint, count in counted.items() if count > 1)
    groups = _grouped(old, new, _pairs(old, new))
    i = j = 0
    for here, there in [*groups, (range(len(old), len(old)), range(len(new), len(new)))]:
        _gap(old[i:here.start], new[j:there.start], plan)
        plan.gap += 1
        i, j = here.stop, there.stop
        if not here:
            continue
        one, other = old[here.start], new[there.start]
        if one.kind == "p":
            plan.steps.append((range(one.first, old[i - 1].last), range(other.first, new[j - 1].last)))
        else:
            _walk(one.parts, other.parts, plan)
            plan.gap += 1


def _gap(old: Sequence[Unit], new: Sequence[Unit], plan: _Plan) -> None:
    """What found no counterpart between two pairs. Words that are all there, only cut or joined anew, stay."""
    units = [*old, *new]
    if len(units) > 2 and 1 in (len(old), len(new)) and all(unit.kind == "p" for unit in units):
        before, after = ("".join(unit.source[unit.first].text for unit in side) for side in (old, new))
        if before == after and before.strip() and len({_place(unit) for unit in old}) == len({_place(unit) for unit in new}) == 1:
            plan.steps.append((range(old[0].first, old[-1].last), range(new[0].first, new[-1].last)))
            return
    plan.loose(old, new)


def _pairs(old: Sequence[Unit], new: Sequence[Unit]) -> list[tuple[int, int]]:
    if len(old) == len(new) and all(unit.kind == "c" for unit in old):
        return [(index, index) for index in range(len(old))]
    pairs = match(old, new)
    if not pairs and old and new and old[-1].kind == new[-1].kind == "p" and old[-1].depth and new[-1].depth:
        return [(len(old) - 1, len(new) - 1)]
    return pairs


def _grouped(old: Sequence[Unit], new: Sequence[Unit], pairs: list[tuple[int, int]]) -> list[tuple[range, range]]:
    """Pairs widened to splits and joins where a neighbour without counterpart holds the rest of the words."""
    out: list[tuple[range, range]] = []
    for index, (i, j) in enumerate(pairs):
        floor = (out[-1][0].stop, out[-1][1].stop) if out else (0, 0)
        ceiling = pairs[index + 1] if index + 1 < len(pairs) else (len(old), len(new))
        here, there = range(i, i + 1), range(j, j + 1)
        if old[i].kind == "p" and old[i].fingerprint != new[j].fingerprint:
            there = _widened(old[i], new, there, floor[1], ceiling[1])
            if len(there) == 1:
                here = _widened(new[j], old, here, floor[0], ceiling[0])
        out.append((here, there))
    return out


def _widened(whole: Unit, units: Sequence[Unit], parts: range, floor: int, ceiling: int) -> range:
    """The stretch around `parts` that holds the words of `whole`, within what is free on both sides."""
    if likeness(whole, units[parts.start]) == 1.0:
        return parts
    for step in (1, -1):
        while True:
            index = parts.stop if step > 0 else parts.start - 1
            if not floor <= index < ceiling or not _holds(whole, units, parts, index):
                break
            parts = range(min(parts.start, index), max(parts.stop, index + 1))
    return parts


def _holds(whole: Unit, units: Sequence[Unit], parts: range, index: int) -> bool:
    unit = units[index]
    first = units[parts.start]
    if unit.kind != "p" or len(unit.words) < 2 or _place(unit) != _place(whole) or _place(first) != _place(whole):
        return False
    now = [word for part in parts for word in units[part].words]
    then = [*now, *unit.words] if index >= parts.stop else [*unit.words, *now]
    gain = LCSseq.similarity(whole.words, then) - LCSseq.similarity(whole.words, now)
    return gain >= _TAKEN * len(unit.words)


def _place(unit: Unit) -> object:
    return unit.source[unit.first].props.container


def _follow(plan: _Plan, document: Sequence[Unit]) -> list[tuple[int, int, str]]:
    """(old index, new index, name of the move) of every paragraph that moved."""
    out: list[tuple[int, int, str]] = []
    for number, move in enumerate(moves(plan.old, plan.new, plan.seen, document), 1):
        for i, j in move.pairs:
            here, there = plan.old[i].unit, plan.new[j].unit
            out.extend((a, b, f"m{number}") for a, b in zip(range(here.first, here.last), range(there.first, there.last),
                                                            strict=True))
    return out
