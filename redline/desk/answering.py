"""Our answer to a turn, as a Word file: what was accepted in, what was rejected out, counters as our tracked changes.

What we sent last carries everything; what they changed is written onto it as tracked changes, and those are decided one by one.
The file that goes out is that carrier with a redline in two steps: what stays visible as theirs, and then what we did. Bytes in,
bytes out; nothing is stored. Every answer is read again before it is given away: what cannot be written right is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from redline.compare import compose, diff
from redline.desk.footprints import MARK, NUMBER, Part, matched, parts_of, renumbered
from redline.desk.steps import net
from redline.desk.twins import Twins, full_text, margin, twins
from redline.desk.verdicts import Counter, after, parted, replaced, settled
from redline.errors import ConflictError
from redline.model import Attribution, Change, ChangeId, ChangeKind, Contract, Kind, Layout, Paragraph, Redline, Span
from redline.text import counted, safe_line
from redline.views import Comparison, Decision, Verdict
from redline.word.edit.source import Source
from redline.word.edit.write import redlined
from redline.word.layout import STRUCK, TYPED_NUMBER
from redline.word.read import read
from redline.word.revisions import Rest, accept_all, reject_all, resolve_chosen

Against = Literal["theirs", "ours"]
_LOOKS, _PLACES = ChangeId("00000000"), ChangeId("00000001")
"""What nobody was shown: other looks, and words that stand elsewhere on the page."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What is answered: the file we sent last (None when they began), the file they sent back, and what was shown of it."""

    sent: bytes | None
    received: bytes
    view: Comparison
    them: Attribution


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
class _Written:
    """Their turn as tracked changes in our document, and all there is to decide in it."""

    data: bytes
    contract: Contract
    every: tuple[Change | Layout, ...]
    rest: Rest
    aside: frozenset[str]
    unwritten: frozenset[str]
    """Changes of headers and footers that it cannot show."""

    def resolved(self, accept: Iterable[str], reject: Iterable[str], *, rest: Rest | None = None) -> bytes:
        """The document with these decided; the others, and what belongs to no change, as `rest` says (usual: all of it goes).

        Words that one of them put in and another took out again stay out.
        """
        known = {str(one.id) for one in self.every}
        struck = {str(one.id) for one in self.every if isinstance(one, Layout) and one.what == STRUCK}
        out = (known & set(reject)) | self.aside
        return resolve_chosen(self.data, self.every, known & set(accept) | struck, out - struck, rest or self.rest, yielding=True)


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
    written = _written(turn)
    choice = _choice(written, decisions, frozenset(map(str, keep)))
    tell("Deciding them …")
    goal, homes = _final(written, choice, manner.us)
    _require_written(written.unwritten - choice.rejected, turn.view, goal.contract)
    tell("Writing the answer …")
    base = _base(written, choice, manner)
    carrier = Source(reject_all(base))
    first = _as_carried(read(base), carrier.contract, turn.them)
    mine = diff(first.new(), goal.contract.paragraphs, manner.us)
    both = net(compose(first, mine))
    if not (_leads(both.old(), carrier.contract.paragraphs) and _leads(both.new(), goal.contract.paragraphs)):
        both = diff(carrier.contract.paragraphs, goal.contract.paragraphs, manner.us)
    data = redlined(carrier, both, goal, manner.us)
    contract = _proven(data, carrier.contract, goal.contract)
    return Answer(data, contract, len(written.aside - {_LOOKS}), homes, carrier.contract)


def everything_accepted(sent: bytes, received: bytes, view: Comparison, tell: Callable[[str], None]) -> bytes:
    """What we sent last with all that they changed since, nothing of it tracked any more."""
    nobody = Attribution("redline")
    return answered(Turn(sent, received, view, nobody), (), (), Manner(nobody), tell).data


def _written(turn: Turn) -> _Written:
    """Their turn on our document. Where they began, on theirs: there is no other."""
    view = turn.view
    if turn.sent is None:
        data, rest = turn.received, "accept"
    else:
        ours, theirs = Source(accept_all(turn.sent)), Source(accept_all(turn.received))
        shown = net(view.redline)
        if not (_leads(shown.old(), ours.contract.paragraphs) and _leads(shown.new(), theirs.contract.paragraphs)):
            shown = diff(ours.contract.paragraphs, theirs.contract.paragraphs, turn.them)
        data, rest = redlined(ours, shown, theirs, turn.them), "reject"
    contract = read(data)
    found = matched(view.redline.paragraphs, view.changes, contract.paragraphs)
    unwritten = _in_margins(found.missing, view)
    loose = _loose(contract.paragraphs, found.loose)
    layout = contract.layout if turn.sent is None else _known(contract, view)
    numbers = {one.paragraph for one in layout if one.what == TYPED_NUMBER}
    changes = renumbered(found.changes, contract.paragraphs, numbers)
    aside = frozenset({str(one.id) for one in contract.layout} - {str(one.id) for one in layout})
    strays = tuple(replace(one, id=ChangeId(one.id)) for one in contract.layout if one not in layout)
    return _Written(data, contract, (*changes, *loose, *layout, *strays), "accept" if rest == "accept" else "reject",
                    aside | {str(one.id) for one in loose if one.id == _LOOKS}, unwritten)


def _in_margins(missing: Sequence[Change], view: Comparison) -> frozenset[str]:
    """The changes of headers and footers that our document cannot show, because it has other sections. ConflictError for others that
    are not found in it.
    """
    words = [change for change in missing if change.kind is not ChangeKind.FORMAT]
    lost = [change for change in words if not all(margin(view.redline.paragraphs[span.paragraph]) for span in change.spans)]
    if lost:
        first = lost[0]
        raise ConflictError(f"{counted(len(lost), 'change')} cannot be found again in our document, first {first.id} “{_said(first)}”",
                            "Answer in Word and hand the file to `redline send CLIENT FILE`.")
    return frozenset(str(change.id) for change in words)


def _said(change: Change) -> str:
    return safe_line(change.new_text or change.old_text, 40)


def _loose(paragraphs: Sequence[Paragraph], parts: Sequence[Part]) -> tuple[Change, ...]:
    """What differs and was not shown as a change: looks, which stay as in our document, and words that stand on both sides and had
    to be put elsewhere: these are theirs only where all of theirs is accepted. ConflictError for words of one side only.
    """
    read_as = {Kind.INS: "", Kind.DEL: ""}
    for segment in (paragraphs[index].segments[number] for index, number in parts if number != MARK and not margin(paragraphs[index])):
        if segment.kind in read_as and not segment.atom:
            read_as[segment.kind] += segment.text
    if _letters(read_as[Kind.INS]) != _letters(read_as[Kind.DEL]):
        words = safe_line(paragraphs[parts[0][0]].text, 40)
        raise ConflictError(f"our document and theirs differ in a way that no change tells, in “{words}”",
                            "Answer in Word and hand the file to `redline send CLIENT FILE`.")
    found: dict[ChangeId, list[Span]] = {}
    for index, number in parts:
        row = paragraphs[index]
        kind = row.mark if number == MARK else row.segments[number].kind
        count = len(row.segments)
        found.setdefault(_LOOKS if kind is Kind.FORMAT else _PLACES, []).append(
            Span(index, count, count, True) if number == MARK else Span(index, number, number + 1))
    return tuple(Change(identity, ChangeKind.FORMAT if identity == _LOOKS else ChangeKind.REPLACE, "", "", None, "", tuple(spans))
                 for identity, spans in found.items())


def _letters(text: str) -> list[str]:
    return sorted(text.replace(" ", ""))


def _known(contract: Contract, view: Comparison) -> tuple[Layout, ...]:
    """The changes of layout in our document that they tracked in theirs, under the ids by which they were shown."""
    shown = {(one.what, view.redline.paragraphs[one.paragraph].side("new")): one for one in view.layout}
    return tuple(one for one in contract.layout if (one.what, contract.paragraphs[one.paragraph].side("new")) in shown)


def _choice(written: _Written, decisions: Sequence[Decision], keep: frozenset[str]) -> _Choice:
    changes = {str(one.id): one for one in written.every if isinstance(one, Change)}
    by: dict[Verdict, set[str]] = {verdict: set() for verdict in Verdict}
    counters: list[Counter] = []
    for decision in decisions:
        by[decision.verdict].add(str(decision.change))
        if decision.verdict is Verdict.COUNTER and decision.change in changes:
            counters.append(Counter(changes[decision.change], decision))
    known = {str(one.id) for one in written.every} - written.aside
    out = by[Verdict.REJECT] | by[Verdict.COUNTER] | keep
    if out:
        by[Verdict.REJECT].add(_PLACES)
        out = out | {_PLACES}
    return _Choice(frozenset(known - out), frozenset(by[Verdict.REJECT]), keep, tuple(counters))


def _require_written(wanted: frozenset[str], view: Comparison, goal: Contract) -> None:
    """ConflictError for a change of a header that is to stand and did not come with its section."""
    there = "\n".join(full_text(paragraph) for paragraph in goal.paragraphs if margin(paragraph))
    for change in view.changes:
        if change.id in wanted and not all(line in there for line in change.new_text.split("\n")):
            raise ConflictError(f"the header or footer of change {change.id}, “{_said(change)}”, has no place in our document",
                                f"Reject it (`redline decide CLIENT {change.id} reject`) and put it into the answer in Word, or answer in "
                                f"Word and hand the file to `redline send CLIENT FILE`.")


def _base(written: _Written, choice: _Choice, manner: Manner) -> bytes:
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
    return found if _leads(found.old(), carrier.paragraphs) else diff(carrier.paragraphs, found.new(), them)


def _leads(found: Sequence[Paragraph], wanted: Sequence[Paragraph]) -> bool:
    """Whether two readings agree, also on what is a number typed by hand and what is text."""
    return [(each.props.typed, each.text) for each in found] == [(each.props.typed, each.text) for each in wanted]


def _final(written: _Written, choice: _Choice, us: Attribution) -> tuple[Source, Homes]:
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
        said = [counter.decision.text for counter in choice.counters]
        made = replaced(plain, done, source.contract.paragraphs, found, said)
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
