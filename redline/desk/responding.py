"""Our answer written from the decisions, and stored as our next turn: byte for byte what is handed over to be sent.

Everything is decided, written and checked before the one write; whatever fails leaves the vault as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from redline.desk import deciding, documents
from redline.desk.answering import Against, Answer, Manner, Turn, answered
from redline.desk.remarking import remarked
from redline.desk.sending import Sent
from redline.desk.turn import Turn as Stored
from redline.desk.turn import identified, open_deal, unmoved
from redline.errors import ConflictError, UsageError
from redline.model import Attribution, ChangeId
from redline.text import counted, safe_line
from redline.vault.files import Direction
from redline.views import Comparison, Decision, Done, Verdict

if TYPE_CHECKING:
    from redline.desk.desk import Desk
    from redline.desk.scrubbing import Left
    from redline.vault.deals import DealRecord

Undecided = Literal["accept", "reject", "keep"]


@dataclass(frozen=True, slots=True)
class Style:
    """How to answer: what our changes are tracked against, whether what we accept is plain there, what becomes of changes without a
    decision (None: they are not to be there), who signs ("" for our party), and the kinds of personal data that are to stay.
    """

    against: Against = "theirs"
    fold: bool = False
    undecided: Undecided | None = None
    author: str = ""
    keep: tuple[str, ...] = ()


def _anywhere(_name: str) -> None:
    return None


def respond(desk: Desk, client: str, style: Style | None = None, *, when: datetime | None = None,
            place: Callable[[str], None] = _anywhere) -> Sent:
    """Write and store our answer to the client's latest turn. `place` hears the file's name before anything is stored, and may refuse.

    Raises UsageError when it is not our turn; ConflictError while changes are undecided (unless `style` says what becomes of them),
    and when a decision cannot be carried out in the Word file.
    """
    from redline.desk.look import compare
    from redline.desk.scrubbing import flag_comments, internal, leaving
    from redline.word.read import read

    style = style or Style()
    if style.fold and style.against == "theirs":
        raise UsageError("against what they sent, what we accept is always plain", "Leave --fold away, or add --against ours.")
    record = open_deal(desk, client)
    place(_file_name(record))
    received = record.turns[-1]
    if received.direction is not Direction.RECEIVED:
        raise UsageError(f"there is nothing of {record.name}'s to answer: turn {received.number} is ours",
                         f"When their answer is there: `redline receive {record.slug} FILE.docx`.")
    view = compare(desk, f"{record.slug}@{received.number}")
    decisions, keep = _all_decided(view, deciding.stored(desk, record).decisions, style)
    now = desk.clock()
    us = Attribution(style.author or desk.vault.party().party, when or now)
    answer, data = _written(desk, record, view, decisions, keep, Manner(us, style.against, style.fold))
    hidden = internal(desk, answer.carried, record)
    if flag_comments(documents.stored(desk, received.oid).contract):
        hidden |= flag_comments(read(data))
    left = leaving(data, style.keep, hidden)
    return _stored(desk, record, left, when or now, _details(view, decisions, keep, answer, us, desk.our_names))


def _file_name(record: DealRecord) -> str:
    return f"{record.slug}-{len(record.turns) + 1}.docx"


def _all_decided(view: Comparison, decisions: Sequence[Decision], style: Style) -> tuple[tuple[Decision, ...], tuple[ChangeId, ...]]:
    """Every decision, and what stays undecided on purpose. ConflictError while a change waits for one."""
    there = {one.id for one in view.decidable}
    made = tuple(decision for decision in decisions if decision.change in there)
    if view.undecided and style.undecided is None:
        first = view.undecided[0]
        raise ConflictError(
            f"{counted(len(view.undecided), 'change')} of {view.new.title} {'is' if len(view.undecided) == 1 else 'are'} undecided, "
            f"first {first.id} in {first.label or 'the opening'}",
            f"Decide with `redline decide {view.new.address.partition('@')[0]} {first.id} accept`, all with --all; or say what becomes "
            f"of them: --undecided accept, reject or keep.")
    done = {decision.change for decision in made}
    open_ones = tuple(one.id for one in view.decidable if one.id not in done)
    if style.undecided == "keep":
        return made, open_ones
    verdict = Verdict.REJECT if style.undecided == "reject" else Verdict.ACCEPT
    return (*made, *(Decision(change, verdict) for change in open_ones)), ()


def _written(desk: Desk, record: DealRecord, view: Comparison, decisions: Sequence[Decision], keep: Sequence[ChangeId],
             manner: Manner) -> tuple[Answer, bytes]:
    received, sent = record.turns[-1], record.latest(Direction.SENT)
    turn = Turn(desk.vault.read(sent.oid, "contract.docx") if sent else None, desk.vault.read(received.oid, "contract.docx"), view,
                Attribution(received.party, received.date))
    answer = answered(turn, decisions, keep, manner, desk.tell)
    return answer, remarked(answer, view, decisions, manner.us, ours=sent is not None)


def _stored(desk: Desk, record: DealRecord, left: Left, when: datetime, details: tuple[str, ...]) -> Sent:
    from redline.desk.scrubbing import require_unflagged
    from redline.word.read import read

    data = left.data
    number = len(record.turns) + 1
    contract = documents.told(read(data), record.name, number)
    require_unflagged(contract, "the answer")
    contract = identified(contract, documents.stored(desk, record.turns[-1].oid).contract, f"{record.slug}@{number}")
    turn = Stored(record.slug, record.name, number, Direction.SENT, desk.vault.party().party, when, _file_name(record))
    desk.tell("Storing …")
    desk.write(lambda: [turn.update(desk, contract, data, None, unmoved(desk, record), None, "")], "respond")
    done = Done(f"turn {number} with {record.name} is stored", (*details, *left.told), (f"redline receive {record.slug} FILE.docx",))
    return Sent(done, data, turn.file_name)


def _details(view: Comparison, decisions: Sequence[Decision], keep: Sequence[ChangeId], answer: Answer, us: Attribution,
             ours: frozenset[str]) -> tuple[str, ...]:
    counts = [(sum(one.verdict is verdict for one in decisions), word) for verdict, word in
              ((Verdict.ACCEPT, "accepted"), (Verdict.REJECT, "rejected"), (Verdict.COUNTER, "countered"))]
    counts.append((len(keep), "left tracked as theirs"))
    details = [f"{counted(len(view.changes) + len(view.layout), 'change')} of theirs: "
               + (", ".join(f"{count} {word}" for count, word in counts if count) or "nothing to decide")]
    if answer.formatting:
        details.append(f"{counted(answer.formatting, 'difference')} of layout that nobody tracked stay as in our document")
    if answer.homes.margins:
        first = safe_line(next(filter(None, answer.homes.margins), ""), 40)
        details.append(f"a header or footer came or went with its section, whatever was decided of it: look at “{first}”")
    if us.author not in ours:
        details.append(f"signed by {us.author}, whom the vault does not know as one of us")
    return tuple(details)
