"""Clause ids: given once, carried along a redline from version to version, never given to two clauses of one text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from redline.model import ClauseId, Kind, Paragraph, Redline, view
from redline.text import fold

from .drafting import ClauseKind
from .outline import Clause, outline, structure


def assign(paragraphs: Sequence[Paragraph], seed: str) -> tuple[Paragraph, ...]:
    """Plain paragraphs with a new id for each clause. The same paragraphs and seed always give the same ids."""
    return _fresh(paragraphs, {}, seed, set())


def carry(redline: Redline, seed: str) -> tuple[Paragraph, ...]:
    """The new side of a redline, with the clause ids of its old side carried along, and new ids for new clauses.

    An id follows the words with which its clause starts: through edits, renumbering and moves; of a split clause
    the first part keeps it, of joined ones the first. A clause replaced whole by one with its label keeps the id
    too. Where paragraphs of one id are several clauses (they were read as one once), the first has it.
    """
    before, after, found, _ = _inherited(redline, lambda clause: clause.id)
    ids = {heir: clause.id for clause, heir in zip(before, found, strict=True) if heir is not None and clause.id is not None}
    used = {clause.id for clause in before if clause.id is not None}
    return _fresh(after, ids, seed, used)


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a clause: where it goes on, None where it is gone; `replaced` says that no word of its start was kept."""

    before: Clause
    after: Clause | None
    replaced: bool = False


def fates(redline: Redline) -> tuple[Fate, ...]:
    """What became of each clause of the old side. A clause goes on where its id would (`carry`), whether or not it has one.

    Indices count the paragraphs of `redline.old()` and `redline.new()`.
    """
    before, after, found, kept = _inherited(redline, lambda clause: clause)
    clauses = outline(after)
    return tuple(Fate(clause, None if heir is None else clauses[heir], heir is not None and heir not in kept)
                 for clause, heir in zip(before, found, strict=True))


def _inherited(redline: Redline, name: Callable[[Clause], object]) -> tuple[
        tuple[Clause, ...], list[Paragraph], list[int | None], frozenset[int]]:
    """(the old clauses, the new paragraphs, for each old clause the number of the new one that goes on from it, which of these
    hold words of the old one).

    Of clauses with one name the first has the heir; one without a name (None) has none.
    """
    old = list(view(redline.paragraphs, "old"))
    new = list(view(redline.paragraphs, "new"))
    before, after = [paragraph for paragraph, _ in old], [paragraph for paragraph, _ in new]
    clauses = outline(before), outline(after)
    holders = {index: place for place, (_, sources) in enumerate(new) for index in sources}
    starts = {clause.first: number for number, clause in enumerate(clauses[1])}
    links = _links(redline)
    found: list[int | None] = [None] * len(clauses[0])
    taken: set[int] = set()
    left: list[int] = []
    seen: set[object] = set()
    for number, clause in enumerate(clauses[0]):
        named = name(clause)
        if named is None or named in seen:
            continue
        seen.add(named)
        places = [holders[to] for index in old[clause.first][1] for to in links.get(index, ()) if to in holders]
        candidates = [starts[place] for place in places if place in starts]
        heir = next((heir for heir in candidates if heir not in taken and _heir(clause, clauses[1][heir])), None)
        if heir is None:
            left.append(number)
        else:
            found[number] = heir
            taken.add(heir)
    kept = frozenset(taken)
    _replaced(left, clauses, found, taken, _neighbours(old, new, links))
    return clauses[0], after, found, kept


def _heir(old: Clause, new: Clause) -> bool:
    """A clause without a label is no clause's heir but that of the opening text."""
    return (old.level is None) == (new.level is None) and old.story.partition(":")[0] == new.story.partition(":")[0]


def _links(redline: Redline) -> dict[int, list[int]]:
    """For each redline paragraph those that hold, on the new side, what it holds on the old: itself, or a move's other
    end.
    """
    out: dict[int, list[int]] = {}
    ends: dict[str, tuple[list[int], list[int]]] = {}
    for index, paragraph in enumerate(redline.paragraphs):
        if paragraph.mark in (Kind.SAME, Kind.FORMAT) or any(
                segment.kind in (Kind.SAME, Kind.FORMAT) for segment in paragraph.segments):
            out.setdefault(index, []).append(index)
        if paragraph.mark in (Kind.MOVE_FROM, Kind.MOVE_TO):
            ends.setdefault(paragraph.move, ([], []))[paragraph.mark is Kind.MOVE_TO].append(index)
    for here, there in ends.values():
        for source, target in zip(here, there, strict=False):
            out.setdefault(source, []).append(target)
    return out


Viewed = list[tuple[Paragraph, tuple[int, ...]]]


def _neighbours(old: Viewed, new: Viewed, links: dict[int, list[int]]) -> tuple[list[int], list[int]]:
    """For each old and each new paragraph the number of the stretch between two kept marks in which it stands."""
    kept = sorted(index for index, targets in links.items() if index in targets)
    rank = {index: number for number, index in enumerate(kept, 1)}
    out: tuple[list[int], list[int]] = ([], [])
    for side, places in zip((old, new), out, strict=True):
        last = 0
        for _, sources in side:
            last = max([last, *(rank.get(index, 0) for index in sources)])
            places.append(last)
    return out


def _replaced(left: list[int], clauses: tuple[tuple[Clause, ...], tuple[Clause, ...]], found: list[int | None], taken: set[int],
              stretch: tuple[list[int], list[int]]) -> None:
    """A clause that went out where one with the same label and level came in goes on there; an unnumbered definition only in one
    of the same term.
    """
    free: dict[tuple[int, int | None, str, str], int] = {}
    for number, clause in enumerate(clauses[1]):
        if number not in taken:
            free.setdefault((stretch[1][clause.first], clause.level, fold(clause.path), _own(clause)), number)
    for number in left:
        clause = clauses[0][number]
        heir = free.pop((stretch[0][clause.first], clause.level, fold(clause.path), _own(clause)), None)
        if heir is not None and _heir(clause, clauses[1][heir]):
            found[number] = heir


def _own(clause: Clause) -> str:
    """What tells an unnumbered part from those that share its full label."""
    if clause.label or clause.kind is ClauseKind.CLAUSE:
        return ""
    return f"{clause.kind} {fold(clause.heading)}" if clause.kind is ClauseKind.DEFINITION else str(clause.kind)


def _fresh(paragraphs: Sequence[Paragraph], ids: dict[int, ClauseId], seed: str, used: set[ClauseId]) -> tuple[Paragraph, ...]:
    """The paragraphs with the ids given by clause number, and new ones, not in `used`, for the other clauses."""
    clauses, owner = structure(paragraphs, "new")
    taken = used | set(ids.values())
    named: list[ClauseId] = []
    for number, clause in enumerate(clauses):
        found = ids.get(number) or _new_id(seed, number, fold(paragraphs[clause.first].text), taken)
        taken.add(found)
        named.append(found)
    return tuple(_with(paragraph, named[number]) for paragraph, number in zip(paragraphs, owner, strict=True))


def _new_id(seed: str, ordinal: int, text: str, taken: set[ClauseId]) -> ClauseId:
    attempt = 0
    while True:
        digest = sha256("\x00".join((seed, str(ordinal), text, str(attempt))).encode("utf-8", "surrogatepass")).hexdigest()
        found = ClauseId("c" + digest[:8])
        if found not in taken:
            return found
        attempt += 1


def _with(paragraph: Paragraph, clause: ClauseId) -> Paragraph:
    assert paragraph.old is not None and paragraph.new is not None
    props = replace(paragraph.new, clause=clause)
    return replace(paragraph, old=props if paragraph.old == paragraph.new else replace(paragraph.old, clause=clause), new=props)
