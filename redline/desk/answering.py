"""Our answer to a turn, as a Word file: what was accepted in, what was rejected out, counters as our tracked changes.

What we sent last carries everything; what they changed is written onto it as tracked changes, and those are decided one by one.
The file that goes out is that carrier with a redline in two steps: what stays visible as theirs, and then what we did. Bytes in,
bytes out; nothing is stored. Every answer is read again before it is given away: what cannot be written right is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from redline.compare import diff
from redline.compare.algebra import compose
from redline.desk.carrying import LOOKS, PLACES, Written, leads, said, written
from redline.desk.carrying import Turn as Turn
from redline.desk.footprints import NUMBER, Part, parts_of
from redline.desk.steps import net
from redline.desk.twins import Twins, full_text, margin, twins
from redline.desk.verdicts import Counter, after, parted, replaced, settled
from redline.errors import ConflictError
from redline.model import Attribution, Change, ChangeId, ChangeKind, Contract, Layout, Paragraph, Redline
from redline.text import counted, safe_line
from redline.views import Comparison, Decision, Verdict
from redline.word.edit.source import Source
from redline.word.edit.write import redlined
from redline.word.layout import TYPED_NUMBER
from redline.word.read import read
from redline.word.revisions import accept_all, reject_all

Against = Literal["theirs", "ours"]


@dataclass(frozen=True, slots=True)
class Manner:
    """How it is answered: signed by whom; tracked against what they sent or what we sent last; with what they changed and we
    accept already plain (only against ours).
    """

    us: Attribution
    against: Against = "theirs"
    fold: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The file, the text in it once all is accepted, and what was left aside: differences of formatting that nobody tracked."""

    data: bytes
    contract: Contract
    formatting: int
    homes: Homes
    carried: Contract
    """The document it is written on."""


@dataclass(frozen=True, slots=True)
class Homes:
    """Where things stand: their turn written onto our document, the parts of it that each change is, and where in the text of the
    answer (all accepted) each part stands or would stand. `margins` are headers and footers that came or went with their section,
    whatever was decided about their words.
    """

    paragraphs: tuple[Paragraph, ...]
    parts: dict[str, tuple[Part, ...]]
    spots: dict[Part, tuple[int, int, int]]
    margins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Choice:
    """The ids by what becomes of them. What is not among them is accepted (what needs a decision always is)."""

    accepted: frozenset[str]
    rejected: frozenset[str]
    kept: frozenset[str]
    counters: tuple[Counter, ...]

    @property
    def countered(self) -> frozenset[str]:
        return frozenset(str(counter.change.id) for counter in self.counters)

    @property
    def struck(self) -> frozenset[str]:
        """The countered changes that took words of ours out: these stand again, before they are replaced."""
        return frozenset(str(counter.change.id) for counter in self.counters if not counter.on_theirs)


def answered(turn: Turn, decisions: Sequence[Decision], keep: Iterable[ChangeId], manner: Manner,
             tell: Callable[[str], None]) -> Answer:
    """The answer to a turn. `keep` are changes that stay tracked as theirs, to be decided later.

    Raises ConflictError when a decision cannot be carried out in the Word file, or only together with another one, and when the
    file would not read as decided; DocumentError when a file is refused.
    """
    tell("Writing their changes onto our document …")
    carried = written(turn)
    choice = _choice(carried, decisions, frozenset(map(str, keep)))
    tell("Deciding them …")
    goal, homes = _final(carried, choice, manner.us)
    _require_written(carried.unwritten - choice.rejected, turn.view, goal.contract)
    tell("Writing the answer …")
    base = _base(carried, choice, manner)
    carrier = Source(reject_all(base))
    first = _as_carried(read(base), carrier.contract, turn.them)
    mine = diff(first.new(), goal.contract.paragraphs, manner.us)
    both = net(compose(first, mine))
    if not (leads(both.old(), carrier.contract.paragraphs) and leads(both.new(), goal.contract.paragraphs)):
        both = diff(carrier.contract.paragraphs, goal.contract.paragraphs, manner.us)
    data = redlined(carrier, both, goal, manner.us)
    contract = _proven(data, carrier.contract, goal.contract)
    return Answer(data, contract, len(carried.aside - {LOOKS}), homes, carrier.contract)


def everything_accepted(sent: bytes, received: bytes, view: Comparison, tell: Callable[[str], None]) -> bytes:
    """What we sent last with all that they changed since, nothing of it tracked any more."""
    nobody = Attribution("redline")
    return answered(Turn(sent, received, view, nobody), (), (), Manner(nobody), tell).data


def _choice(written: Written, decisions: Sequence[Decision], keep: frozenset[str]) -> _Choice:
    changes = {str(one.id): one for one in written.every if isinstance(one, Change)}
    by: dict[Verdict, set[str]] = {verdict: set() for verdict in Verdict}
    counters: list[Counter] = []
    for decision in decisions:
        by[decision.verdict].add(str(decision.change))
        if decision.verdict is Verdict.COUNTER and decision.change in changes:
            counters.append(Counter(changes[decision.change], decision))
    _require_alike(written.idle, by, keep)
    known = {str(one.id) for one in written.every} - written.aside
    out = by[Verdict.REJECT] | by[Verdict.COUNTER] | keep
    if out:
        by[Verdict.REJECT].add(PLACES)
        out = out | {PLACES}
    return _Choice(frozenset(known - out), frozenset(by[Verdict.REJECT]), keep, tuple(counters))


def _require_alike(idle: frozenset[str], by: dict[Verdict, set[str]], keep: frozenset[str]) -> None:
    """ConflictError where changes that undo each other are not all accepted, or all rejected, or all left."""
    if idle and not any(idle <= decided for decided in (by[Verdict.ACCEPT], by[Verdict.REJECT], keep)):
        raise ConflictError(f"{counted(len(idle), 'change')} undo each other and can only be decided together: {', '.join(sorted(idle))}",
                            "Accept all of them, or reject all of them.")


def _require_written(wanted: frozenset[str], view: Comparison, goal: Contract) -> None:
    """ConflictError for a change of a header that is to stand and did not come with its section."""
    there = "\n".join(full_text(paragraph) for paragraph in goal.paragraphs if margin(paragraph))
    for change in view.changes:
        if change.id in wanted and not all(line in there for line in change.new_text.split("\n")):
            raise ConflictError(f"the header or footer of change {change.id}, “{said(change)}”, has no place in our document",
                                f"Reject it (`redline decide CLIENT {change.id} reject`) and put it into the answer in Word, or answer in "
                                f"Word and hand the file to `redline send CLIENT FILE`.")


def _base(written: Written, choice: _Choice, manner: Manner) -> bytes:
    """Our document with what stays visible as theirs tracked, and everything else plain."""
    out = choice.rejected | choice.countered
    if manner.against == "theirs":
        return written.resolved(choice.accepted | out, (), rest="keep")
    return written.resolved(choice.accepted if manner.fold else (), out, rest="keep")


def _as_carried(told: Contract, carrier: Contract, them: Attribution) -> Redline:
    """What stays tracked as theirs, from the document that carries it: some ends of paragraphs cannot go from a Word file, so that it
    may read otherwise than is told. Then who of them did what is not known any more.
    """
    found = told.redline
    return found if leads(found.old(), carrier.paragraphs) else diff(carrier.paragraphs, found.new(), them)


def _final(written: Written, choice: _Choice, us: Attribution) -> tuple[Source, Homes]:
    """The document as it reads once our answer is accepted, and where things stand in it."""
    theirs = choice.accepted | choice.kept | (choice.countered - choice.struck)
    source = Source(accept_all(written.resolved(theirs, choice.rejected | choice.struck)))
    paragraphs = written.contract.paragraphs
    changes = tuple(one for one in written.every if isinstance(one, Change))
    verdicts = {part: str(change.id) in theirs for change in sorted(changes, key=lambda each: each.kind is not ChangeKind.FORMAT)
                for part in parts_of(change.spans)}
    verdicts.update({(one.paragraph, NUMBER): str(one.id) in theirs for one in written.every
                     if isinstance(one, Layout) and one.what == TYPED_NUMBER and str(one.id) not in written.aside})
    parts = {str(change.id): tuple(parts_of(change.spans)) for change in changes}
    done = settled(paragraphs, verdicts)
    pairs = _read_as(done.paragraphs, source.contract.paragraphs)
    found = pairs.places
    ends: tuple[tuple[int, int], ...] = ()
    if choice.counters:
        plain, done = done, settled(paragraphs, verdicts, choice.counters)
        words = [counter.decision.text for counter in choice.counters]
        made = replaced(plain, done, source.contract.paragraphs, found, words)
        source = Source(accept_all(redlined(source, made.redline, None, us)))
        now = _read_as(made.redline.new(), source.contract.paragraphs).places
        found = {index: made.places[place] for index, place in now.items() if place in made.places}
    there = {place: index for index, place in found.items()}
    if done.ends:
        ends = tuple((there[place], at) for place, at in done.ends)
        source = Source(accept_all(redlined(source, parted(source.contract.paragraphs, ends), None, us)))
    spots = {part: after(_standing(spot, there), ends) for part, spot in done.spots.items()}
    return source, Homes(paragraphs, parts, spots, tuple(each.text for each in pairs.apart if margin(each)))


def _read_as(decided: Sequence[Paragraph], found: Sequence[Paragraph]) -> Twins:
    """Which paragraph of what was decided each paragraph of the file is. ConflictError when one of them says something else; a note
    goes with what refers to it, a header or footer with its section.
    """
    pairs = twins(decided, found)
    _require_nothing(*(each for each in pairs.lost if not margin(each) and not each.props.story.startswith(("footnote", "endnote"))),
                     *(each for each in pairs.strange if not margin(each)))
    return pairs


def _standing(spot: tuple[int, int, int], there: dict[int, int]) -> tuple[int, int, int]:
    """A spot by the paragraphs of the file; what is not there stands at the start of what came before."""
    place, start, end = spot
    if place in there:
        return (there[place], start, end)
    return (there[max((each for each in there if each < place), default=min(there, default=0))], 0, 0) if there else (0, 0, 0)


def _proven(data: bytes, before: Contract, after: Contract) -> Contract:
    """The answer as it will be read. ConflictError when it does not say on both sides what it should."""
    contract = read(data)
    for found, wanted, resolve in ((contract.original(), before, reject_all), (contract.final(), after, accept_all)):
        if twins(wanted.paragraphs, found.paragraphs).apart:  # headers of a section that goes are told until it is gone
            _require_same(read(resolve(data)).paragraphs, wanted.paragraphs)
    return contract


def _require_same(found: Sequence[Paragraph], wanted: Sequence[Paragraph]) -> None:
    _require_nothing(*twins(wanted, found).apart)


def _require_nothing(*apart: Paragraph) -> None:
    if apart:
        raise ConflictError(f"the answer would not read as decided, first at “{safe_line(full_text(apart[0]), 60)}”",
                            "Nothing was written. Answer in Word and hand the file to `redline send CLIENT FILE`.")
