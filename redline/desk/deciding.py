"""Deciding what becomes of the changes a client sent back: accept, reject, or something else instead.

A decision is about one change of the latest turn, by its id, which stays the same each time the turn is looked at. Deciding is one
act on the deal's line: `undo` takes it back, also tomorrow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING

from redline.errors import ConflictError, UsageError
from redline.model import Change, ChangeId, ChangeKind, Kind, Layout, Paragraph, Props, Redline, Segment, Slug
from redline.text import counted, safe_line
from redline.vault.files import Direction
from redline.views import Comparison, Decision, Done, Verdict

if TYPE_CHECKING:
    from redline.desk.desk import Desk
    from redline.vault.deals import DealRecord
    from redline.vault.decisions import DecisionsFile

_PAST = {Verdict.ACCEPT: "accepted", Verdict.REJECT: "rejected", Verdict.COUNTER: "countered"}


@dataclass(frozen=True, slots=True)
class Choice:
    """Which changes are decided on: by id, or all that fit every one of the other words. `clause` is a label or words of a heading."""

    ids: tuple[str, ...] = ()
    every: bool = False
    author: str = ""
    clause: str = ""
    kind: str = ""
    untracked: bool = False

    @property
    def bulk(self) -> bool:
        return self.every or self.untracked or bool(self.author or self.clause or self.kind)


def decide(desk: Desk, client: str, choice: Choice, verdict: Verdict, *, text: str = "", paragraph: bool = False, why: str = "",
           when: datetime | None = None, seen: Comparison | None = None) -> Done:
    """Decide changes of the client's latest turn. Where they are chosen by their kind, those decided already are left as they are.

    `seen` is the comparison somebody decides from, with the decisions that stood then; it is not made anew. ConflictError when the
    turn is no longer the latest, or one of the changes was decided otherwise since. UsageError when there is nothing to decide, an id
    is unknown or nothing fits, and for a counter without a text.
    """
    from redline.desk.turn import open_deal, unmoved
    from redline.vault.deals import DEAL, UNDECIDED
    from redline.vault.decisions import NAME
    from redline.vault.store import RefUpdate

    record = open_deal(desk, client)
    _require_received(record)
    file = stored(desk, record)
    if seen is not None and seen.new.address != f"{record.slug}@{len(record.turns)}":
        raise ConflictError(f"there is a newer turn of {record.name} than {seen.new.title}; nothing was stored", "Read it again.")
    view = seen or _view(desk, record)
    found, decided = _chosen(view, choice)
    if seen is not None:
        _require_fresh(seen, file, found)
    _require_possible(found, choice, verdict, text)
    author = desk.signature(when)
    made = tuple(Decision(one.id, verdict, why.strip(), text, paragraph, author.name, author.date) for one in found)
    left = _undecided(view, made)
    if made:
        subject = f"{safe_line(record.name)}: {counted(len(made), 'change')} {_PAST[verdict]}"
        desk.write(lambda: [RefUpdate(record.ref, unmoved(desk, record), {NAME: file.with_decisions(made).to_bytes()}, subject, author,
                                      body=why.strip(), trailers=((DEAL, str(record.slug)), (UNDECIDED, str(left))))], "decide")
    return _done(record, made, verdict, decided, left)


def stored(desk: Desk, record: DealRecord, turn: int | None = None) -> DecisionsFile:
    """The decisions about a received turn of a deal, the latest unless told; none where nothing was decided yet."""
    from redline.vault.decisions import NAME, DecisionsFile

    number = turn or len(record.turns)
    at = record.tip if number >= len(record.turns) else record.turns[number].oid
    data = desk.vault.read_if_there(at, NAME)
    file = DecisionsFile.from_bytes(data, f"{NAME} of {record.slug}") if data else DecisionsFile(number)
    return file if file.turn == number else DecisionsFile(number)


def known(desk: Desk, oid: str, view: Comparison) -> tuple[Decision, ...] | None:
    """The decisions that a comparison of a received turn shows, None where the version is no received turn.

    Those about changes that are not there (any more) are left out.
    """
    from redline.vault.deals import load_deal

    if view.new.direction != Direction.RECEIVED.value:
        return None
    record = load_deal(desk.vault, Slug(view.new.address.partition("@")[0]))
    number = next((turn.number for turn in record.turns if turn.oid == oid), None)
    if number is None:
        return None
    there = {one.id for one in view.decidable}
    return tuple(each for each in stored(desk, record, number).decisions if each.change in there)


def current(desk: Desk, view: Comparison) -> tuple[Decision, ...]:
    """The decisions that stand now about the changes of a received turn that was compared before."""
    from redline.vault.deals import load_deal

    record = load_deal(desk.vault, Slug(view.new.address.partition("@")[0]))
    there = {one.id for one in view.decidable}
    return tuple(each for each in stored(desk, record, view.new.turn).decisions if each.change in there)


def closed(desk: Desk, view: Comparison) -> bool:
    """Whether the deal whose turn was compared has ended, so that nothing is decided about it any more."""
    from redline.vault.deals import load_deal

    return bool(view.new.deal) and load_deal(desk.vault, Slug(view.new.address.partition("@")[0])).closed is not None


def offered(theirs: str, ours: str) -> Redline:
    """Their words against what we would put in their place, as a reader sees it; each line is a paragraph."""
    from redline.compare import diff
    from redline.compare.draw import paired

    def rows(text: str) -> tuple[Paragraph, ...]:
        return tuple(Paragraph((Segment(Kind.SAME, line),) if line else (), Kind.SAME, Props(), Props()) for line in text.split("\n"))

    old, new = rows(theirs), rows(ours)
    return Redline(tuple(paired(old, new, None))) if len(old) == len(new) == 1 else diff(old, new, None)


def _view(desk: Desk, record: DealRecord) -> Comparison:
    from redline.desk.look import compare

    return compare(desk, f"{record.slug}@{len(record.turns)}")


def _require_received(record: DealRecord) -> None:
    if record.turns[-1].direction is not Direction.RECEIVED:
        raise UsageError(f"there is nothing of {record.name}'s to decide: turn {len(record.turns)} is ours",
                         f"When their answer is there: `redline receive {record.slug} FILE.docx`.")


def _require_fresh(seen: Comparison, file: DecisionsFile, found: Sequence[Change | Layout]) -> None:
    """ConflictError when one of the changes is decided otherwise than it was when somebody looked."""
    then, now = ({each.change: each for each in decisions} for decisions in (seen.decisions or (), file.decisions))
    for one in found:
        there = now.get(one.id)
        if there != then.get(one.id):
            what = f"was {_PAST[there.verdict]} by {safe_line(there.by) or 'somebody'}" if there else "had its decision taken back"
            where = one.label if isinstance(one, Change) and one.label else one.id
            raise ConflictError(f"{safe_line(where)} {what} meanwhile; nothing was stored", "Read it again, and decide then.")


def _chosen(view: Comparison, choice: Choice) -> tuple[list[Change | Layout], int]:
    """What fits, and how many of that were left out because they are decided already (only where nothing is named by id)."""
    every = view.decidable
    if choice.ids:
        there = {str(one.id): one for one in every}
        for name in choice.ids:
            if name not in there:
                raise _unknown(name, there, view)
        return [there[name] for name in dict.fromkeys(choice.ids)], 0
    if not choice.bulk:
        raise UsageError("it is not said which changes", "Name their ids, or say --all, --author, --clause, --kind or --untracked.")
    fitting = [one for one in every if _fits(one, choice, _inside(view, choice.clause), view)]
    done = {decision.change for decision in view.decisions or ()}
    fresh = [one for one in fitting if one.id not in done]
    return fresh, len(fitting) - len(fresh)


def _unknown(name: str, there: dict[str, Change | Layout], view: Comparison) -> UsageError:
    near = get_close_matches(name, there, 3)
    meant = f"Did you mean {' or '.join(near)}? " if near else ""
    return UsageError(f"{view.new.title} has no change {safe_line(name)}; it has {counted(len(there), 'change')}",
                      f"{meant}`redline diff {view.new.address}` shows them with their ids.")


def _inside(view: Comparison, clause: str) -> frozenset[int] | None:
    """The paragraphs of a clause and of what is below it, None when no clause is asked for."""
    from redline.clauses.naming import find

    if not clause:
        return None
    wanted = find(view.clauses, clause)
    numbers = {view.clauses.index(wanted)}
    for number, one in enumerate(view.clauses):
        if one.parent in numbers:
            numbers.add(number)
    return frozenset(index for number in numbers for index in range(view.clauses[number].first, view.clauses[number].last))


def _fits(one: Change | Layout, choice: Choice, inside: frozenset[int] | None, view: Comparison) -> bool:
    change = one if isinstance(one, Change) else None
    people = (change.attributions if change else (one.attribution,) if isinstance(one, Layout) and one.attribution else ())
    if choice.author and not any(by.author.casefold() == choice.author.casefold() for by in people):
        return False
    if choice.kind and (change.kind if change else ChangeKind.FORMAT) != choice.kind:
        return False
    if choice.untracked and (change is None or change not in view.untracked):
        return False
    at = {span.paragraph for span in change.spans} if change else {one.paragraph} if isinstance(one, Layout) else set()
    return inside is None or bool(at & inside)


def _require_possible(found: Sequence[Change | Layout], choice: Choice, verdict: Verdict, text: str) -> None:
    if verdict is Verdict.COUNTER:
        if not text.strip():
            raise UsageError("a counter needs its words", "Say them with --text '…', or --file FILE.")
        if any(isinstance(one, Layout) or one.kind is ChangeKind.FORMAT for one in found):
            raise UsageError("a change of formatting has no words to counter", "Accept or reject it.")
        if choice.bulk and len(found) > 1:
            raise UsageError(f"one text cannot take the place of {counted(len(found), 'change')}", "Name one change by its id.")
    elif text:
        raise UsageError("a text goes with a counter only", "Say `counter`, or leave --text and --file away; reasons go with --why.")


def _undecided(view: Comparison, made: Sequence[Decision]) -> int:
    done: set[ChangeId] = {decision.change for decision in made}
    return sum(change.id not in done for change in view.undecided)


def _done(record: DealRecord, made: Sequence[Decision], verdict: Verdict, decided: int, left: int) -> Done:
    details = [f"{counted(decided, 'change')} decided before stay as they are"] if decided else []
    details.append(f"{counted(left, 'change')} undecided" if left else "nothing is left to decide")
    steps = (f"redline diff {record.slug}",) if left else (f"redline respond {record.slug} -o ANSWER.docx",)
    return Done(f"{record.name}, turn {len(record.turns)}: {counted(len(made), 'change')} {_PAST[verdict]}", tuple(details), steps)
