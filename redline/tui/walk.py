"""Where the reader is in a comparison, and where a key takes them: pure, no widgets.

A spot is a paragraph, with the change or the flag the reader came for. Moving never wraps round: at an end it says so by
returning None, and the reader stays.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from redline.model import Change, ChangeKind
from redline.tui.marks import Marks
from redline.tui.page.index import Index

NOTHING = Marks()
KINDS: dict[str, tuple[ChangeKind, ...]] = {
    "insertions": (ChangeKind.INSERT,),
    "deletions": (ChangeKind.DELETE,),
    "replacements": (ChangeKind.REPLACE,),
    "moves": (ChangeKind.MOVE,),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which changes the reader walks. `noise` lets changes of format only through; the rest narrows."""

    person: str = ""
    kind: str = ""
    untracked: bool = False
    flagged: bool = False
    commented: bool = False
    open: bool = False
    decided: bool = False
    unseen: bool = False
    noise: bool = False

    @property
    def says(self) -> str:
        """The filter in words, "" when it lets everything through."""
        words = [self.kind]
        words.append("untracked" if self.untracked else "")
        words.append("flagged" if self.flagged else "")
        words.append("with comments" if self.commented else "")
        words.append("still open" if self.open else "decided" if self.decided else "not yet seen" if self.unseen else "")
        words.append(f"by {self.person}" if self.person else "")
        return ", ".join(word for word in words if word)

    @property
    def follows(self) -> bool:
        """Whether it lets other changes through once something is decided or seen."""
        return self.open or self.decided or self.unseen

    def lets(self, index: Index, number: int, marks: Marks) -> bool:
        """Whether a change is walked."""
        change = index.changes[number]
        return (
            (not self.open or change.id not in marks.decisions)
            and (not self.decided or change.id in marks.decisions)
            and (not self.unseen or change.id not in marks.seen)
            and (self.noise or change.kind is not ChangeKind.FORMAT)
            and (not self.kind or change.kind in KINDS[self.kind])
            and (not self.untracked or index.untracked(change))
            and (not self.flagged or any(index.flags_in.get(span.paragraph) for span in change.spans))
            and (not self.commented or any(index.comments_in.get(span.paragraph) for span in change.spans))
            and (not self.person or self.person in people(change))
        )


def people(change: Change) -> tuple[str, ...]:
    """Who made a change, each once."""
    return tuple(dict.fromkeys(who.author for who in change.attributions if who.author))


@dataclass(frozen=True, slots=True)
class Spot:
    """A paragraph, and the number of the change or flag the reader is on (-1 for none).

    The paragraph is -1, before the text, at a flag that is about the whole file.
    """

    paragraph: int = 0
    change: int = -1
    flag: int = -1


class Walk:
    """The changes that a filter lets through, in reading order, and the ways between them."""

    def __init__(self, index: Index, chosen: Filter, marks: Marks = NOTHING) -> None:
        self.index = index
        self.filter = chosen
        self.changes = sorted(
            (number for number in range(len(index.changes)) if chosen.lets(index, number, marks)),
            key=lambda number: (*index.place(number), number),
        )
        self._places = [index.place(number) for number in self.changes]
        self._rank = {number: rank for rank, number in enumerate(self.changes)}
        self.commented = sorted(index.comments_in)
        flags = index.comparison.flags
        self._flag_places = sorted((self._flagged(number).paragraph, number) for number in range(len(flags)))
        self.flags = [number for _, number in self._flag_places]

    @property
    def hidden(self) -> int:
        """How many changes the filter keeps from being walked."""
        return len(self.index.changes) - len(self.changes)

    def rank(self, spot: Spot) -> int | None:
        """The place of the spot's change among those walked, from 1."""
        rank = self._rank.get(spot.change)
        return None if rank is None else rank + 1

    def first(self) -> Spot:
        """Where reading starts: the first change, or the top."""
        return self._on_change(self.changes[0]) if self.changes else Spot()

    def last(self) -> Spot:
        return self._on_change(self.changes[-1]) if self.changes else Spot(max(0, len(self.index.paragraphs) - 1))

    def change(self, spot: Spot, step: int) -> Spot | None:
        """The next (`step` 1) or previous (-1) change."""
        rank = self._rank.get(spot.change)
        if rank is None:
            ahead = bisect_left(self._places, (spot.paragraph, 0))
            rank = ahead if step > 0 else ahead - 1
        else:
            rank += step
        return self._on_change(self.changes[rank]) if 0 <= rank < len(self.changes) else None

    def onward(self, spot: Spot, waiting: frozenset[int]) -> Spot | None:
        """The next of the changes walked that is among those `waiting`, beginning again at the top; None when none is."""
        here = self._rank.get(spot.change)
        start = bisect_left(self._places, (spot.paragraph, 0)) if here is None else here + 1
        order = [*self.changes[start:], *self.changes[:start]]
        found = next((number for number in order if number in waiting and number != spot.change), None)
        return None if found is None else self._on_change(found)

    def flag(self, spot: Spot, step: int, seen: frozenset[int] = frozenset()) -> Spot | None:
        """The next or previous flag: a killer, an untracked edit, something odd in the file.

        Those about the whole file come first, wherever the reader stands, as long as there is one that was not `seen`.
        """
        unseen = [number for paragraph, number in self._flag_places if paragraph < 0 and number not in seen]
        if step > 0 and spot.flag < 0 and unseen:
            return self._flagged(unseen[0])
        if spot.flag in self.flags:
            rank = self.flags.index(spot.flag) + step
        elif step > 0:
            rank = bisect_left(self._flag_places, (spot.paragraph, -1))
        else:
            rank = bisect_left(self._flag_places, (spot.paragraph, -1)) - 1
        return self._flagged(self.flags[rank]) if 0 <= rank < len(self.flags) else None

    def _flagged(self, number: int) -> Spot:
        """Where a flag is read: on the change it is about, else on its paragraph."""
        change = self.index.change_of_flag.get(number, -1)
        if change >= 0:
            return Spot(self.index.place(change)[0], change, number)
        paragraph = self.index.comparison.flags[number].paragraph
        return replace(self.at(paragraph), flag=number) if paragraph >= 0 else Spot(-1, -1, number)

    def comment(self, spot: Spot, step: int) -> Spot | None:
        """The next or previous paragraph with comments."""
        rank = bisect_right(self.commented, spot.paragraph) if step > 0 else bisect_left(self.commented, spot.paragraph) - 1
        return self.at(self.commented[rank]) if 0 <= rank < len(self.commented) else None

    def clause(self, spot: Spot, step: int) -> Spot | None:
        """The first paragraph of the next clause; backwards first the beginning of this one."""
        starts = sorted({clause.first for clause in self.index.clauses})
        rank = bisect_right(starts, spot.paragraph) if step > 0 else bisect_left(starts, spot.paragraph) - 1
        return Spot(starts[rank]) if 0 <= rank < len(starts) else None

    def at(self, paragraph: int) -> Spot:
        """A paragraph with its first walked change, if it has one."""
        found = [number for number in self.index.changes_in.get(paragraph, ()) if number in self._rank]
        return Spot(paragraph, min(found, key=self._rank.__getitem__) if found else -1)

    def into(self, clause: int) -> Spot:
        """A clause's first walked change, or its beginning where it has none."""
        found = [
            number for paragraph in self.index.members(clause) for number in self.index.changes_in.get(paragraph, ())
            if number in self._rank
        ]
        first = self.index.clauses[clause].first
        if not found:
            return Spot(first)
        number = min(found, key=self._rank.__getitem__)
        paragraph = self.index.place(number)[0]
        return Spot(paragraph if self.index.clause_of[paragraph] == clause else first, number)

    def kept(self, spot: Spot) -> Spot:
        """The same spot under this filter: on its change if that is still walked, else on the next one."""
        if spot.change < 0 or spot.change in self._rank:
            return spot
        return self.change(replace(spot, change=-1), 1) or self.last() if self.changes else replace(spot, change=-1)

    def _on_change(self, number: int) -> Spot:
        return Spot(self.index.place(number)[0], number)
