"""Finding things in a comparison: which change a segment belongs to, what stands in a paragraph, where a clause begins.

Built once for a comparison, in time linear in its size; never changed afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from redline.clauses.outline import Clause
from redline.model import Change, ChangeKind, Comment, Layout, Paragraph, Side
from redline.tui.page.places import Places
from redline.views import Comparison, Flag, FlagKind

Range = tuple[int, int]
"""Characters `start` to `end` (exclusive) of `Paragraph.text`, whatever their kind."""


@dataclass(frozen=True, slots=True)
class Ends:
    """The two ends of a move: the clause's number, and the first paragraph (-1 where that end is missing)."""

    source: str = ""
    target: str = ""
    leaves: int = -1
    arrives: int = -1


class Index:
    """A comparison with everything in it to be found by paragraph, segment and clause. `weighty` are the numbers of the changes that ask
    for a decision.
    """

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.paragraphs = comparison.redline.paragraphs
        self.changes = comparison.changes
        self._untracked = frozenset(change.id for change in comparison.untracked)
        heavy = {change.id for change in replace(comparison, decisions=()).undecided}
        self.weighty = tuple(number for number, change in enumerate(self.changes) if change.id in heavy)
        self.change_of: dict[tuple[int, int], int] = {}
        self.mark_of: dict[int, int] = {}
        self.changes_in: dict[int, tuple[int, ...]] = {}
        self._place_changes()
        self.flags_in = _by_paragraph((flag.paragraph, number) for number, flag in enumerate(comparison.flags))
        self.comments_in = _by_paragraph(
            (comment.paragraph, number) for number, comment in enumerate(comparison.comments)
        )
        self.layout_in = _by_paragraph((one.paragraph, number) for number, one in enumerate(comparison.layout))
        places = Places(self.paragraphs, comparison.clauses)
        self.clauses = places.clauses
        self.gone = places.gone
        self.clause_of = places.of
        self._members = _by_paragraph((clause, paragraph) for paragraph, clause in enumerate(self.clause_of))
        self.moves = self._moves()
        self.killer_words = self._killer_words()
        self.change_of_flag = self._silent()

    def _place_changes(self) -> None:
        found: defaultdict[int, list[int]] = defaultdict(list)
        for number, change in enumerate(self.changes):
            for span in change.spans:
                for segment in range(span.first, span.last):
                    self.change_of[span.paragraph, segment] = number
                if span.mark:
                    self.mark_of[span.paragraph] = number
                if number not in found[span.paragraph]:
                    found[span.paragraph].append(number)
        self.changes_in = {paragraph: tuple(numbers) for paragraph, numbers in found.items()}

    def _moves(self) -> dict[str, Ends]:
        sources: dict[str, tuple[str, int]] = {}
        targets: dict[str, tuple[str, int]] = {}
        for number, paragraph in enumerate(self.paragraphs):
            names = {segment.move for segment in paragraph.segments} | {paragraph.move}
            for name in names - {""}:
                if _leaves(paragraph, name):
                    sources.setdefault(name, (self._called(number, "old"), number))
                else:
                    targets.setdefault(name, (self._called(number, "new"), number))
        found: dict[str, Ends] = {}
        for name in sources | targets:
            (source, leaves), (target, arrives) = sources.get(name, ("", -1)), targets.get(name, ("", -1))
            found[name] = Ends(source, target, leaves, arrives)
        return found

    def _called(self, paragraph: int, side: Side) -> str:
        """The full number of the clause at an end of a move, on the side where that end stands."""
        clause = self.clause_at(paragraph)
        if clause is None or (side == "old" and self.clause_of[paragraph] not in self.gone):
            return self.label(paragraph, side)
        return clause.path or self.label(paragraph, side)

    def _silent(self) -> dict[int, int]:
        """The change each flag of an untracked edit is about: the k-th such flag of a paragraph, its k-th untracked change."""
        waiting: defaultdict[int, list[int]] = defaultdict(list)
        for number, change in enumerate(self.changes):
            if change.id in self._untracked and change.spans:
                waiting[change.spans[0].paragraph].append(number)
        found: dict[int, int] = {}
        for flag, one in enumerate(self.comparison.flags):
            if one.kind is FlagKind.UNTRACKED and waiting.get(one.paragraph):
                found[flag] = waiting[one.paragraph].pop(0)
        return found

    def _killer_words(self) -> dict[int, tuple[Range, ...]]:
        found: defaultdict[int, list[Range]] = defaultdict(list)
        for flag in self.comparison.flags:
            if flag.kind is FlagKind.KILLER and flag.evidence:
                for (paragraph, start, end), _ in flag.evidence.words:
                    if 0 <= paragraph < len(self.paragraphs):
                        found[paragraph].extend(ranges(self.paragraphs[paragraph], "new", start, end))
        return {paragraph: tuple(sorted(spans)) for paragraph, spans in found.items()}

    def label(self, paragraph: int, side: Side = "new") -> str:
        """The number Word shows for the clause around a paragraph, its own one first; "" where there is none."""
        one = self.paragraphs[paragraph]
        props = (one.old if side == "old" else one.new) or one.props
        if props.label:
            return props.label
        clause = self.clause_at(paragraph)
        return clause.label if clause else ""

    def clause_at(self, paragraph: int) -> Clause | None:
        number = self.clause_of[paragraph] if 0 <= paragraph < len(self.clause_of) else -1
        return self.clauses[number] if 0 <= number < len(self.clauses) else None

    def members(self, clause: int) -> tuple[int, ...]:
        """The paragraphs of a clause, its sub-clauses' not among them."""
        return self._members.get(clause, ())

    def below(self, clause: int) -> frozenset[int]:
        """The numbers of a clause and of all clauses below it."""
        found = {clause}
        for number in range(clause + 1, len(self.clauses)):
            if self.clauses[number].parent in found:
                found.add(number)
        return frozenset(found)

    def heading_at(self, paragraph: int) -> str:
        """The heading over a paragraph: its clause's own, or the nearest above it; "" for none."""
        clause = self.clause_at(paragraph)
        while clause is not None:
            if titled(self.paragraphs[clause.first]):
                return clause.heading
            clause = self.clauses[clause.parent] if clause.parent is not None else None
        return ""

    def place(self, change: int) -> tuple[int, int]:
        """Where a change begins: (paragraph, segment). A move begins where it arrives, so that it is read in its new place; a
        new paragraph at its words, not at the mark that came in before them.
        """
        spans = self.changes[change].spans
        if not spans:
            return (0, 0)
        span = next((one for one in spans if one.last > one.first), spans[0])
        if self.changes[change].kind is ChangeKind.MOVE:
            span = next((one for one in spans if self._arrives(one.paragraph)), span)
        return (span.paragraph, span.first)

    def _arrives(self, paragraph: int) -> bool:
        one = self.paragraphs[paragraph]
        return one.mark.value == "move_to" or any(segment.kind.value == "move_to" for segment in one.segments)

    def flags_at(self, paragraph: int) -> tuple[Flag, ...]:
        """The flags on a paragraph, and those on its clause as a whole."""
        numbers = self.flags_in.get(paragraph, ())
        if self.clause_at(paragraph) is not None:
            near = self._members[self.clause_of[paragraph]]
            numbers += tuple(n for other in near if other != paragraph for n in self.flags_in.get(other, ()))
        return tuple(self.comparison.flags[number] for number in numbers)

    def layout_at(self, paragraph: int) -> tuple[Layout, ...]:
        """The changes of layout on a paragraph."""
        return tuple(self.comparison.layout[number] for number in self.layout_in.get(paragraph, ()))

    def only_format(self, change: int) -> bool:
        """Whether a change, by its number, is one of formatting; not so for −1."""
        return change >= 0 and self.changes[change].kind is ChangeKind.FORMAT

    def thread_at(self, paragraph: int) -> tuple[Comment, ...]:
        """The comments on a paragraph, answers after what they answer."""
        here = [self.comparison.comments[number] for number in self.comments_in.get(paragraph, ())]
        heads = [comment for comment in here if not comment.parent]
        known = {comment.id for comment in heads}
        out: list[Comment] = []
        for head in heads:
            out.append(head)
            out.extend(comment for comment in here if comment.parent == head.id)
        out.extend(comment for comment in here if comment.parent and comment.parent not in known)
        return tuple(out)

    def untracked(self, change: Change) -> bool:
        """Whether a change of words was made with track changes off."""
        return change.id in self._untracked


def titled(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a title to a reader: styled as a heading, and short. Many forms give whole sub-clauses a heading's
    style for the sake of its numbers.
    """
    if not paragraph.props.heading or len(paragraph.text) > 160:
        return False
    text = paragraph.side("new") or paragraph.side("old")
    return len(text) <= 80 and not text.rstrip().endswith((".", ";", ":", ","))


def _leaves(paragraph: Paragraph, name: str) -> bool:
    if paragraph.move == name and paragraph.mark.value == "move_from":
        return True
    return any(segment.move == name and segment.kind.value == "move_from" for segment in paragraph.segments)


def _by_paragraph(pairs: Iterable[tuple[int, int]]) -> dict[int, tuple[int, ...]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for paragraph, number in pairs:
        found[paragraph].append(number)
    return {paragraph: tuple(numbers) for paragraph, numbers in found.items()}


def ranges(paragraph: Paragraph, side: Side, start: int, end: int) -> Iterator[Range]:
    """Characters `start`–`end` of one side of a paragraph as ranges of its whole text (several where the other side stands
    between them)."""
    offset = position = 0
    for segment in paragraph.segments:
        length = len(segment.text)
        if segment.kind.on(side):
            low, high = max(start, position), min(end, position + length)
            if low < high:
                yield (offset + low - position, offset + high - position)
            position += length
        offset += length
