"""The outline of a text as a lawyer would draw it: which paragraphs make a clause, what it is, and what it is called.

A clause starts at each paragraph that has a level (a heading, a numbered paragraph), at each defined term, and where the parties,
the recitals and the signatures begin; it holds what follows up to the next start. The text before the first start is the opening.
Table rows belong to the clause around them unless one starts in the row; then the row's other cells are its translations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from redline.model import ClauseId, Paragraph, Props, Side
from redline.text import fold

from . import drafting
from .drafting import ClauseKind
from .labels import full_path
from .languages import script
from .lines import Line, Row, lines, row_of, rows_of
from .parts import Part, parts
from .titles import heading_of, tabled_term


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause and its own stretch, paragraphs `first` to `last` (exclusive), sub-clauses not included.

    `path` is the full label ("7.2(a)" where the paragraph shows "(a)"; a definition without a number has that of the clause
    around it); `parent` an index into the outline; `heading` the words that name it, if any: for a definition its term. A cell
    that repeats a clause in another language may stand outside the stretch: ask `owners`.
    """

    id: ClauseId | None
    label: str
    heading: str
    level: int | None
    first: int
    last: int
    parent: int | None
    story: str
    path: str
    kind: ClauseKind = ClauseKind.CLAUSE


def outline(paragraphs: Sequence[Paragraph], side: Side = "new") -> tuple[Clause, ...]:
    """The clauses that stand on one side, in order. Indices count the paragraphs given, whatever their kind."""
    return structure(paragraphs, side)[0]


def owners(paragraphs: Sequence[Paragraph], side: Side = "new") -> tuple[int, ...]:
    """For each paragraph the index of its clause in `outline(paragraphs, side)`; −1 where there is none yet."""
    return structure(paragraphs, side)[1]


def path(clause: Clause) -> str:
    """The full label: "7.2(a)" where Word shows "(a)"."""
    return clause.path


def structure(paragraphs: Sequence[Paragraph], side: Side) -> tuple[tuple[Clause, ...], tuple[int, ...]]:
    """(`outline`, `owners`) of one side."""
    read = lines(paragraphs, side)
    body = [line for line in read if line is not None and line.props.story == "body"]
    reading = _Reading(parts(body), rows_of(body))
    for line in read:
        reading.take(line)
    return tuple(reading.ended()), tuple(reading.owner)


_ALONE = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,4}\.?")
_HEAD = 200
_PARTS = re.compile(r"\W*\d+\.\d")


@dataclass(slots=True)
class _Reading:
    """The outline as far as it was read. `current` is −1 before the first clause of a story."""

    parts: dict[int, Part]
    rows: dict[Row, list[Line]]
    found: list[Clause] = field(default_factory=list)
    owner: list[int] = field(default_factory=list)
    current: int = -1
    story: str = ""
    row: Row | None = None
    in_row: dict[str, int] = field(default_factory=dict)
    """Which clauses began in the row so far: by label, by kind, by number for definitions without a label."""
    row_first: int = 0
    """How many clauses there were before the row."""
    terms: dict[int, int] = field(default_factory=dict)
    """How many such definitions began in each column of the row."""
    heads: dict[int, str] = field(default_factory=dict)
    """How the text of each clause begins."""
    attached: set[int] = field(default_factory=set)
    """Schedules whose number is part of a line: "Schedule 1 to the Agreement"."""
    defining: set[int] = field(default_factory=set)
    """Clauses that say that definitions follow."""

    def take(self, line: Line | None) -> None:
        """The next paragraph; None where it does not stand on this side."""
        if line is not None:
            row = row_of(line.props)
            if row != self.row:
                self.row, self.in_row, self.terms, self.row_first = row, {}, {}, len(self.found)
            if line.props.story != self.story:
                self.story, self.current = line.props.story, -1
            if not self._starts(line) and self.current < 0:
                self._begin(line, None, "", ClauseKind.OPENING, None)
            if line.text.rstrip().endswith(":") and (drafting.defines(line.text) or drafting.heads_definitions(line.text[:80])):
                self.defining.add(self.current)
        self.owner.append(self.current if self.current >= 0 else len(self.found) - 1)

    def ended(self) -> list[Clause]:
        """The clauses with their stretches."""
        out = []
        for number, clause in enumerate(self.found):
            last = clause.first
            while last < len(self.owner) and self.owner[last] == number:
                last += 1
            out.append(replace(clause, last=last))
        return out

    def _starts(self, line: Line) -> bool:
        """Begin the clause that starts at a line, or go back to the one that it translates; False where neither."""
        props, part = line.props, self.parts.get(line.index)
        if part is not None and part.kind is not None:
            name = fold(props.label) or part.kind.value
            if not self._known(name) and not self._translates(line, part.kind):
                self._start(line, part.heading, part.kind, self._level(line, part.kind))
                self.in_row[name] = self.current
            return True
        if part is not None and (part.cover or not props.label):
            return False
        if props.story == "body" and not props.label and props.cell is None and (label := drafting.attached(line.text)):
            self._begin(line, 0, "", ClauseKind.SCHEDULE, None, label=label)
            return True
        if props.level is None and (label := self._numbered_row(line)):
            level = label.strip(".").count(".")
            self._start(line, "", ClauseKind.CLAUSE, level, label=label)
            return True
        term = self._term(line) if props.story == "body" and line.filled else ""
        if props.level is None:
            return bool(term) and self._define(line, term)
        if not (props.label and (self._known(fold(props.label)) or self._translates(line))):
            kind = ClauseKind.DEFINITION if term else ClauseKind.CLAUSE
            self._start(line, term, kind, self._under(props, props.level, inside=part is not None))
        if self.row is not None and props.label:
            self.in_row.setdefault(fold(props.label), self.current)
        return True

    def _known(self, name: str) -> bool:
        """Whether the row already began this clause in another cell; then the paragraph is its translation."""
        known = self.in_row.get(name) if self.row is not None else None
        if known is not None:
            self.current = known
        return known is not None

    def _translates(self, line: Line, kind: ClauseKind | None = None) -> bool:
        """Whether a paragraph says in the other language, below it, what a clause that is still open says under the same number."""
        for at in self._chain() if self.row is None else ():
            clause = self.found[at]
            same = clause.kind is kind if kind is not None else bool(clause.label) and clause.label == line.props.label
            if same and {script(self.heads[at]), script(line.text[:_HEAD])} == {"English", "Russian"}:
                self.current = at
                return True
        return False

    def _numbered_row(self, line: Line) -> str:
        """The number that stands alone in the first cell of a row, where the others say the clause in two languages."""
        label = line.text.strip()
        if self.row is None or len(label) > 12 or not _ALONE.fullmatch(label):
            return ""
        row = self.rows.get(self.row, [])
        told = {script(other.text) for other in row[1:]}
        return label if row and row[0] is line and {"English", "Russian"} <= told else ""

    def _define(self, line: Line, term: str) -> bool:
        """An unnumbered definition; the n-th one in another cell of a row is the translation of the n-th in the first."""
        if self.row is not None and line.props.cell is not None:
            count = self.terms[line.props.cell.column] = self.terms.get(line.props.cell.column, 0) + 1
            if self._known(f"\x00{count}"):
                return True
            now = self.found[self.current] if self.current >= self.row_first else None
            if now and now.label and not now.heading:
                self.found[self.current] = replace(now, heading=term, kind=ClauseKind.DEFINITION)
                self.in_row[f"\x00{count}"] = self.current
                return True
            self.in_row[f"\x00{count}"] = len(self.found)
        loose = [at for at in self._chain() if self._loose(at)]
        around = self.found[loose[-1]].parent if loose else next(self._chain(), None)
        if around is not None and self.found[around].level is None:
            around = None
        level = 0 if around is None else (self.found[around].level or 0) + 1
        self._begin(line, level, term, ClauseKind.DEFINITION, around)
        return True

    def _loose(self, at: int) -> bool:
        """Whether a clause is a definition without a number."""
        return self.found[at].kind is ClauseKind.DEFINITION and not self.found[at].label

    def _chain(self) -> Iterator[int]:
        """The current clause and those around it."""
        at: int | None = self.current if self.current >= 0 else None
        while at is not None:
            yield at
            at = self.found[at].parent

    def _under(self, props: Props, level: int, *, inside: bool) -> int:
        """The depth of a start that the numbers know: one more below an unnumbered definition or schedule, and within the parties
        and recitals. A number of several parts says itself that it is no part of a definition.
        """
        for at in self._chain():
            clause = self.found[at]
            if self._loose(at) and (clause.level or 0) <= level and props.label and not _PARTS.match(props.label):
                return level + 1
            if clause.kind is ClauseKind.SCHEDULE and at in self.attached and not drafting.is_schedule(props.label, ""):
                return level + 1
            if inside and clause.kind in (ClauseKind.PARTIES, ClauseKind.RECITALS):
                return max(level, (clause.level or 0) + 1)
        return level

    def _level(self, line: Line, kind: ClauseKind) -> int:
        """The depth of parties, recitals and signatures: on top, but for the signatures of a schedule."""
        if line.props.level is not None and line.props.label:
            return line.props.level
        top = [self.found[at].kind for at in self._chain()][-1:]
        return 1 if kind is ClauseKind.SIGNATURE and top == [ClauseKind.SCHEDULE] else 0

    def _start(self, line: Line, heading: str, kind: ClauseKind, level: int, *, label: str = "") -> None:
        """Begin a clause below the last one that is less deep."""
        chain = self._below_last(line.props.story)
        parent = next((at for at in chain if self.found[at].level is not None and (self.found[at].level or 0) < level), None)
        self._begin(line, level, heading, kind, parent, label=label)

    def _below_last(self, story: str) -> Iterator[int]:
        at: int | None = len(self.found) - 1 if self.found and self.found[-1].story == story else None
        while at is not None:
            yield at
            at = self.found[at].parent

    def _begin(self, line: Line, level: int | None, heading: str, kind: ClauseKind, parent: int | None, *, label: str = "") -> None:
        props = line.props
        if label and kind is ClauseKind.SCHEDULE:
            self.attached.add(len(self.found))
        self.heads[len(self.found)] = line.text[:_HEAD]
        label = label or (props.label if level is not None else "")
        if level is not None and not heading:
            heading = heading_of(line)
        if kind is ClauseKind.CLAUSE and drafting.is_schedule(label, heading if props.heading else ""):
            kind = ClauseKind.SCHEDULE
        above = self.found[parent].path if parent is not None else ""
        self.found.append(Clause(props.clause, label, heading, level, line.index, line.index + 1, parent, props.story,
                                 full_path(above, label), kind))
        self.current = len(self.found) - 1
        if level is not None and kind is not ClauseKind.DEFINITION and drafting.heads_definitions(heading):
            self.defining.add(self.current)

    def _term(self, line: Line) -> str:
        """The term that is defined at a line, or ""."""
        context = any(at in self.defining for at in self._chain())
        if not context and not line.lead and line.text.lstrip()[:1] not in "\"“”„«'‘tTтТ":
            return ""
        found = drafting.defined_term(line.text, line.lead, context=context)
        if found or not context or self.row is None:
            return found
        return tabled_term(line, self.rows.get(self.row, ()))
