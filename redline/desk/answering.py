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
from redline.desk.footprints import MARK, Part, full_text, matched, parts_of
from redline.desk.steps import net
from redline.desk.verdicts import Counter, after, parted, replaced, settled
from redline.errors import ConflictError
from redline.model import Attribution, Change, ChangeId, ChangeKind, Contract, Kind, Layout, Paragraph, Redline, Span
from redline.text import counted, safe_line
from redline.views import Comparison, Decision, Verdict
from redline.word.edit.source import Source
from redline.word.edit.write import redlined
from redline.word.read import read
from redline.word.revisions import Rest, accept_all, reject_all, resolve_chosen

Against = Literal["theirs", "ours"]
_NOBODY = ChangeId("00000000")


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


@dataclass(frozen=True, slots=True)
class Homes:
    """Where things stand: their turn written onto our document, the parts of it that each change is, and where in the text of the
    answer (all accepted) each part stands or would stand.
    """

    paragraphs: tuple[Paragraph, ...]
    parts: dict[str, tuple[Part, ...]]
    spots: dict[Part, tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class _Written:
    """Their turn as tracked changes in our document, and all there is to decide in it."""

    data: bytes
    contract: Contract
    every: tuple[Change | Layout, ...]
    rest: Rest
    aside: frozenset[str]

    def resolved(self, accept: Iterable[str], reject: Iterable[str], *, rest: Rest | None = None) -> bytes:
        """The document with these decided; the others, and what belongs to no change, as `rest` says (usual: all of it goes)."""
        known = {str(one.id) for one in self.every}
        return resolve_chosen(self.data, self.every, known & set(accept), (known & set(reject)) | self.aside, rest or self.rest)


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
    final, homes = _final(written, choice, manner.us)
    tell("Writing the answer …")
    base = _base(written, choice, manner)
    told = read(base)
    first = Redline(told.paragraphs)
    carrier = Source(reject_all(base))
    goal = Source(final)
    mine = diff(told.final().paragraphs, goal.contract.paragraphs, manner.us)
    data = redlined(carrier, net(compose(first, mine)), goal, manner.us)
    contract = _proven(data, carrier.contract, goal.contract)
    return Answer(data, contract, len(written.aside - {_NOBODY}), homes)


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
        data, rest = redlined(ours, net(view.redline), theirs, turn.them), "reject"
    contract = read(data)
    found = matched(view.redline.paragraphs, view.changes, contract.paragraphs)
    _require_found(found.missing)
    loose = _loose(contract.paragraphs, found.loose)
    layout = contract.layout if turn.sent is None else _known(contract, view)
    aside = frozenset({str(one.id) for one in contract.layout} - {str(one.id) for one in layout})
    strays = tuple(replace(one, id=ChangeId(one.id)) for one in contract.layout if one not in layout)
    return _Written(data, contract, (*found.changes, *loose, *layout, *strays), "accept" if rest == "accept" else "reject",
                    aside | {str(one.id) for one in loose})


def _require_found(missing: Sequence[Change]) -> None:
    lost = [change for change in missing if change.kind is not ChangeKind.FORMAT]
    if lost:
        first = lost[0]
        words = safe_line(first.new_text or first.old_text, 40)
        raise ConflictError(f"{counted(len(lost), 'change')} cannot be found again in our document, first {first.id} “{words}”",
                            "Answer in Word and hand the file to `redline send CLIENT FILE`.")


def _loose(paragraphs: Sequence[Paragraph], parts: Sequence[Part]) -> tuple[Change, ...]:
    """What differs and was not shown as a change stays as it is in our document: formatting, a formula or a picture that reads the
    same. ConflictError for words.
    """
    read_as = {Kind.INS: "", Kind.DEL: ""}
    for index, number in parts:
        kind = paragraphs[index].mark if number == MARK else paragraphs[index].segments[number].kind
        if kind in read_as:
            read_as[kind] += "\n" if number == MARK else paragraphs[index].segments[number].text
    if read_as[Kind.INS] != read_as[Kind.DEL]:
        words = safe_line(paragraphs[parts[0][0]].text, 40)
        raise ConflictError(f"our document and theirs differ in a way that no change tells, in “{words}”",
                            "Answer in Word and hand the file to `redline send CLIENT FILE`.")
    spans = tuple(Span(index, len(paragraphs[index].segments), len(paragraphs[index].segments), True) if number == MARK
                  else Span(index, number, number + 1) for index, number in parts)
    return (Change(_NOBODY, ChangeKind.FORMAT, "", "", None, "", spans),) if spans else ()


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
    return _Choice(frozenset(known - out), frozenset(by[Verdict.REJECT]), keep, tuple(counters))


def _base(written: _Written, choice: _Choice, manner: Manner) -> bytes:
    """Our document with what stays visible as theirs tracked, and everything else plain."""
    out = choice.rejected | choice.countered
    if manner.against == "theirs":
        return written.resolved(choice.accepted | out, (), rest="keep")
    return written.resolved(choice.accepted if manner.fold else (), out, rest="keep")


def _final(written: _Written, choice: _Choice, us: Attribution) -> tuple[bytes, Homes]:
    """The document as it reads once our answer is accepted."""
    theirs = choice.accepted | choice.kept | (choice.countered - choice.struck)
    data = accept_all(written.resolved(theirs, choice.rejected | choice.struck))
    paragraphs = written.contract.paragraphs
    changes = tuple(one for one in written.every if isinstance(one, Change))
    verdicts = {part: str(change.id) in theirs for change in changes for part in parts_of(change.spans)}
    homes = Homes(paragraphs, {str(change.id): tuple(parts_of(change.spans)) for change in changes}, settled(paragraphs, verdicts).spots)
    if not choice.counters:
        return data, homes
    source = Source(data)
    plain = settled(paragraphs, verdicts)
    _require_same(plain.paragraphs, source.contract.paragraphs)
    done = settled(paragraphs, verdicts, choice.counters)
    data = accept_all(redlined(source, replaced(plain, done, source.contract.paragraphs), None, us))
    if done.ends:
        source = Source(data)
        data = accept_all(redlined(source, parted(source.contract.paragraphs, done.ends), None, us))
    return data, replace(homes, spots={part: after(spot, done.ends) for part, spot in done.spots.items()})


def _proven(data: bytes, before: Contract, after: Contract) -> Contract:
    """The answer as it will be read. ConflictError when it does not say on both sides what it should."""
    contract = read(data)
    _require_same(contract.original().paragraphs, before.paragraphs)
    _require_same(contract.final().paragraphs, after.paragraphs)
    return contract


def _require_same(found: Sequence[Paragraph], wanted: Sequence[Paragraph]) -> None:
    here, there = [full_text(paragraph) for paragraph in found], [full_text(paragraph) for paragraph in wanted]
    if here == there:
        return
    at = next((index for index, (one, other) in enumerate(zip(here, there, strict=False)) if one != other), min(len(here), len(there)))
    words = safe_line((there if at < len(there) else here)[at], 60)
    raise ConflictError(f"the answer would not read as decided, first at “{words}”",
                        "Nothing was written. Answer in Word and hand the file to `redline send CLIENT FILE`.")
