"""What a person is shown: one view-model for the terminal, the TUI, HTML and JSON. Frozen values, no drawing, no I/O.

The desk makes them, the renderers draw them. A view holds everything that is drawn, so that two fronts cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from redline.model import Change, ChangeId, ChangeKind, ClauseId, Comment, Coverage, Kind, Layout, Notice, Redline
from redline.version import VersionInfo as VersionInfo

if TYPE_CHECKING:
    from redline.clauses.outline import Clause

VEILS = frozenset({"hidden", "invisible", "strike"})
"""Looks that take words away from a reader."""


class FlagKind(StrEnum):
    KILLER = "killer"
    RELIEF = "relief"
    """Words that killed a deal were struck out here."""
    UNTRACKED = "untracked"
    NOTICE = "notice"
    """Something odd in the file: hidden text, look-alike letters, a bidi override …"""
    REFERENCE = "reference"
    """A cross-reference whose target is gone, or that points somewhere else than before."""
    LANGUAGE = "language"
    """A clause in two languages was changed in one of them only."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What others agreed to where a killer came back: the deals that were won on one wording, the latest of them, its words.

    `ours` when it is the wording of our own base.
    """

    deals: tuple[str, ...]
    address: str
    date: datetime | None
    label: str
    text: str
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a clause is flagged: the killer, its deal, and which words match.

    `words` pairs character ranges: (paragraph of the redline, start, end on its new side), (start, end in `text`); `spans` the same as
    (start, end in `here`), (start, end in `text`), where `here` are the clause's own words. `score` is 0 to 1, `verdict` one of the
    matcher's words ("same", "worse figures" …), `route` what it was found by: `text` or `kind` of clause; `why` one plain sentence.
    `figures` are (here, the killer's, in whose favour it moved: `ours`, `theirs` or ""). `dismissed` says why this wording is fine.
    """

    killer: str
    title: str
    deal: str
    date: Date | None
    reason: str
    severity: str
    offer: str
    text: str
    score: float
    verdict: str
    why: str
    words: tuple[tuple[tuple[int, int, int], tuple[int, int]], ...] = ()
    route: str = ""
    here: str = ""
    spans: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    figures: tuple[tuple[str, str, str], ...] = ()
    agreed: tuple[Agreed, ...] = ()
    dismissed: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """A warning on a clause. `loud` when it came in with a change of this comparison, quiet when it stood there before.

    `paragraph` is an index into the redline's paragraphs; `code` refines a notice (`hidden-text` …). `own` says of a killer that these
    words stand in our own base.
    """

    kind: FlagKind
    loud: bool
    clause: ClauseId | None
    label: str
    paragraph: int
    message: str
    code: str = ""
    evidence: Evidence | None = None
    own: bool = False

    @property
    def same_kind(self) -> bool:
        """Whether the clause is only of a killer's kind, without its words: a watch, never an alarm."""
        return self.evidence is not None and self.evidence.route == "kind"


class Verdict(StrEnum):
    """What we decided about a change."""

    ACCEPT = "accept"
    REJECT = "reject"
    COUNTER = "counter"
    """Neither their words nor ours, but other ones."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody of ours decided about a change of words, of look or of layout, and why.

    `text` is what we offer instead (only for a counter): in place of the change's words, or with `paragraph` of all the paragraph.
    """

    change: ChangeId
    verdict: Verdict
    why: str = ""
    text: str = ""
    paragraph: bool = False
    by: str = ""
    date: datetime | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Old against new, ready to be drawn. `changes`, `flags`, `comments` and `clauses` index `redline.paragraphs`.

    `decisions` are ours about `changes` and `layout`, None where there is nothing to decide (this is not what a client did in a turn).
    """

    old: VersionInfo
    new: VersionInfo
    redline: Redline
    changes: tuple[Change, ...]
    clauses: tuple[Clause, ...]
    flags: tuple[Flag, ...] = ()
    comments: tuple[Comment, ...] = ()
    notices: tuple[Notice, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    language: str = ""
    layout: tuple[Layout, ...] = ()
    decisions: tuple[Decision, ...] | None = None

    @property
    def decidable(self) -> tuple[Change | Layout, ...]:
        """Everything that can be decided on by its id."""
        return (*self.changes, *self.layout)

    @property
    def undecided(self) -> tuple[Change, ...]:
        """The changes that wait for a decision: those of words, and those of look that hide or strike words."""
        if self.decisions is None:
            return ()
        done = {decision.change for decision in self.decisions}
        return tuple(change for change in self.changes if change.id not in done
                     and (change.kind is not ChangeKind.FORMAT or self._veils(change)))

    def _veils(self, change: Change) -> bool:
        return any(segment.was is not None and bool((segment.was ^ segment.look) & VEILS) for span in change.spans
                   for segment in self.redline.paragraphs[span.paragraph].segments[span.first:span.last])

    @property
    def untracked(self) -> tuple[Change, ...]:
        """Changes of words that somebody made and Word's track changes do not admit to.

        The difference of two files that say nothing about who changed what has no attributions: nobody hid anything there.
        """
        return tuple(
            change for change in self.changes
            if change.attributions and not change.tracked and change.kind is not ChangeKind.FORMAT
        )

    @property
    def renumbered(self) -> int:
        """How many paragraphs kept their words and got another number."""
        return sum(
            1 for paragraph in self.redline.paragraphs
            if paragraph.mark is Kind.SAME and paragraph.old and paragraph.new and paragraph.old.label != paragraph.new.label
        )

    def authors(self) -> Iterator[tuple[str, int]]:
        """Who made how many tracked changes of words, most first."""
        counts: dict[str, int] = {}
        for change in self.changes:
            if change.tracked and change.kind is not ChangeKind.FORMAT:
                name = change.attributions[0].author
                counts[name] = counts.get(name, 0) + 1
        yield from sorted(counts.items(), key=lambda item: (-item[1], item[0]))


@dataclass(frozen=True, slots=True)
class Receipt:
    """What `receive` says: the whole turn against what we sent, and what to type next.

    `same_as` names the version the file is byte for byte or word for word, "" when it is a new one. `alike` is how much of
    what we sent is still there, 0 to 1; None when there was nothing to compare with (their own paper).
    """

    deal: str
    slug: str
    turn: int
    stored: bool
    comparison: Comparison | None
    sender: str = ""
    same_as: str = ""
    alike: float | None = None
    next_steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DealRow:
    """One line of the board. `holder` is "us", "them" or "" when closed; `since` when that began; `now` when it was looked up.

    `changes`, `untracked` and `flags` are of the latest turn; `undecided` of its changes wait for us, none where it is not our turn.
    """

    slug: str
    client: str
    base: str
    stage: str
    holder: str
    since: datetime | None
    turns: int
    changes: int
    untracked: int
    flags: int
    value: str = ""
    adopted: bool = False
    reason: str = ""
    now: datetime | None = None
    undecided: int = 0


@dataclass(frozen=True, slots=True)
class LogRow:
    """One line of a log: a turn, a base version or an outcome. `source` names the deal an adopted version came from.

    `holder` is who had the paper from then on ("us", "them", "" when nobody), and `days` for how long, until the next hand-over, the
    end, or now.
    """

    address: str
    date: datetime | None
    what: str
    who: str
    note: str = ""
    source: str = ""
    tracked: int = 0
    untracked: int = 0
    comments: int = 0
    flags: int = 0
    holder: str = ""
    days: float | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """What still stands between a version and a signature, one line each; none when nothing does. `notes` are worth knowing and
    stand in no way: killers in our own base, and wordings that were called fine.
    """

    version: VersionInfo
    points: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What an act that shows no document did: one sentence, details, and what to do next."""

    message: str
    details: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """A file whose tracked changes were decided: where it was read and written ("" for stdout), and how many changes went which way."""

    file: str
    output: str
    accepted: int
    rejected: int
    left: int


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """What one deal made of a clause at one turn, and how that deal ended ("open", "won", "lost").

    `redline` is against the version before it in that deal, restricted to the clause.
    """

    deal: str
    address: str
    date: datetime | None
    who: str
    label: str
    redline: Redline
    outcome: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A killer in a turn that a client sent: where, how surely, and what became of it. `fate` is a phrase: "still in it", "gone
    from turn 4 on". `outcome` is how the deal stands ("open", "won", "lost").
    """

    deal: str
    address: str
    date: datetime | None
    label: str
    text: str
    score: float
    verdict: str
    outcome: str
    fate: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause beside a killer: flagged, or a near miss that only a test shows."""

    label: str
    paragraph: int
    flagged: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Tested:
    """A document under the library of `killers` killers: what is flagged, then near misses, surest first. `sensitivity` is the level
    asked for, `expected` what it means in false alarms, "" where nobody measured it.
    """

    version: VersionInfo
    killers: int
    hits: tuple[Hit, ...]
    sensitivity: str = ""
    expected: str = ""


@dataclass(frozen=True, slots=True)
class CycleRow:
    """How long a deal's paper took, in days: with us, with them, in all. `open` while it still runs."""

    deal: str
    outcome: str
    turns: int
    ours: float
    theirs: float
    total: float
    open: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """How long one stretch of the way took: over how many deals, the median and the range in days. `holder` is who had the paper
    then ("us", "them", "" for both).
    """

    name: str
    holder: str
    deals: int
    median: float
    shortest: float
    longest: float


@dataclass(frozen=True, slots=True)
class Cycle:
    """Time the paper took over all deals. Medians are None where there is nothing to count; N is always said with them."""

    rows: tuple[CycleRow, ...]
    closed: int
    median_total: float | None
    median_ours: float | None
    median_theirs: float | None
    shortest: float | None
    longest: float | None
    stages: tuple[Stage, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where words of a version came from: the version they stood in first, who put them there and when, and how many words.

    `first` for the version that the line begins with, whose words nobody changed; `tracked` whether Word's track changes admitted to it.
    """

    title: str
    who: str
    date: datetime | None
    tracked: bool
    words: int
    first: bool = False


@dataclass(frozen=True, slots=True)
class BlameRow:
    """One paragraph of a version: its label, and its text in pieces (text, index into the sources)."""

    label: str
    heading: bool
    pieces: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Blame:
    """Who brought in which words of a version. `clause` is the one asked for, "" for all; `versions` is how many were composed.

    The sources stand in the order of their words, most first; the counts are of the rows that are shown.
    """

    version: VersionInfo
    first: VersionInfo
    versions: int
    clause: str
    sources: tuple[Source, ...]
    rows: tuple[BlameRow, ...]

    @property
    def words(self) -> int:
        return sum(source.words for source in self.sources)
