"""Our turn goes out. What is stored is, byte for byte, what is handed over to be sent.

Everything is read and checked before the one write; whatever fails leaves the vault as it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from redline.desk import documents
from redline.desk.scrubbing import require_unflagged
from redline.desk.steps import ALIKE_ENOUGH, alikeness, unrelated
from redline.desk.turn import Turn, identified, open_deal, unmoved
from redline.errors import ConflictError, UsageError
from redline.model import Contract
from redline.text import counted, safe_line
from redline.vault.files import DealFile, Direction
from redline.views import Done

if TYPE_CHECKING:
    from redline.desk.desk import Desk
    from redline.vault.deals import DealRecord


@dataclass(frozen=True, slots=True)
class Sent:
    """What `send` did, and the exact bytes to hand over."""

    done: Done
    data: bytes
    file_name: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What is known of a deal when it opens. `contact` is "Name <mail>"."""

    base: str | None = None
    value: Decimal | None = None
    currency: str = ""
    contact: str = ""


def send(desk: Desk, client: str, *, file: Path | None = None, accept_all: bool = False, terms: Terms | None = None,
         new: bool = False, force: bool = False, keep: tuple[str, ...] = (), when: datetime | None = None) -> Sent:
    """Our next turn with a client, or the first one, which opens the deal with the current base.

    Later turns need `file`, our answer as it goes out, or `accept_all`: their latest version with every tracked change
    accepted. `new` opens a deal though another client's name begins like this one. UsageError when it is not our turn;
    ConflictError when `file` has hardly anything to do with what it should follow (unless `force`).
    """
    from redline.vault.addresses import matching
    from redline.vault.deals import deal_names
    from redline.vault.slugs import name_key

    known = matching(deal_names(desk.vault), client)
    if known and new:
        if any(name_key(each.name) == name_key(client) for each in known):
            raise UsageError(f"there is a deal with {safe_line(client)} already", "Give the new client a name of its own.")
        known = ()
    if known:
        return _send_next(desk, client, file, accept_all, force, keep, when)
    return _send_first(desk, client, file, terms or Terms(), force, keep, when)


def _send_first(desk: Desk, client: str, file: Path | None, terms: Terms, force: bool, keep: tuple[str, ...],
                when: datetime | None) -> Sent:
    from redline.desk.scrubbing import internal, leaving
    from redline.vault.addresses import find_base
    from redline.vault.deals import deal_names, load_base
    from redline.vault.slugs import check_name, slug_for
    from redline.word.read import read

    name = check_name(client)
    base = load_base(desk.vault, find_base(desk.vault, terms.base))
    root = base.versions[-1]
    desk.tell(f"Preparing {base.name}, version {root.number}, for {name} …")
    before = documents.stored(desk, root.oid).contract
    if file is None:
        left = leaving(desk.vault.read(root.oid, "contract.docx"), keep, internal(desk, before, None))
        data, removed = left.data, left.told
    else:
        data, removed = documents.read_bytes(file), ()
    read_back = read(data, file.name if file else "")
    require_unflagged(read_back, file.name if file else base.name)
    _require_alike(before, read_back, file, f"{base.name}, version {root.number}", force)
    slug = slug_for(name, {each.slug for each in deal_names(desk.vault)})
    now = desk.clock()
    deal = DealFile(name, str(base.name), contacts=(terms.contact,) if terms.contact else (), value=terms.value,
                    currency=terms.currency, opened=when or now)
    contract = identified(documents.told(read_back, name, 1), before, f"{slug}@1")
    turn = Turn(slug, name, 1, Direction.SENT, desk.vault.party().party, when or now, file.name if file else f"{slug}-1.docx")
    desk.write(lambda: [turn.update(desk, contract, data, deal, None, root.oid, "")], "send")
    details = (*removed, *_carried(contract, desk.our_names))
    done = Done(f"turn 1 with {name} is stored: {base.name}, version {root.number}", details, (f"redline receive {slug} FILE.docx",))
    return Sent(done, data, turn.file_name)


def _send_next(desk: Desk, client: str, file: Path | None, accept_all: bool, force: bool, keep: tuple[str, ...],
               when: datetime | None) -> Sent:
    from redline.word.read import read

    record = open_deal(desk, client)
    latest = record.turns[-1]
    if file is None and (latest.direction is Direction.SENT or not accept_all):
        raise _nothing_to_send(record)
    before = documents.stored(desk, latest.oid)
    data, removed = (documents.read_bytes(file), ()) if file else _accepted(desk, record, keep)
    same = next((turn for turn in record.turns if turn.sha256 == documents.sha256(data)), None)
    if same is not None and same.direction is Direction.SENT:
        raise UsageError(f"this file is turn {same.number}, which was sent already", "Nothing was changed.")
    number = len(record.turns) + 1
    read_back = read(data, file.name if file else "")
    require_unflagged(read_back, file.name if file else before.info.title)
    _require_alike(before.contract, read_back, file, before.info.title, force)
    contract = documents.told(read_back, record.name, number)
    contract = identified(contract, before.contract, f"{record.slug}@{number}")
    now = desk.clock()
    turn = Turn(record.slug, record.name, number, Direction.SENT, desk.vault.party().party, when or now,
                 file.name if file else f"{record.slug}-{number}.docx")
    desk.write(lambda: [turn.update(desk, contract, data, None, unmoved(desk, record), None, "")], "send")
    done = Done(f"turn {number} with {record.name} is stored", (*removed, *_carried(contract, desk.our_names)),
                (f"redline receive {record.slug} FILE.docx",))
    return Sent(done, data, turn.file_name)


def _require_alike(before: Contract, now: Contract, file: Path | None, what: str, force: bool) -> None:
    """ConflictError for a file that is something else than an edited `what`."""
    if file is None or force:
        return
    alike = alikeness(unrelated(before, now))
    if alike < ALIKE_ENOUGH:
        raise ConflictError(f"{file.name} keeps only {alike:.0%} of the words of {what}; it does not look like it",
                            "Nothing was changed. If it is what you mean to send: add --force.")


def _carried(contract: Contract, ours: frozenset[str]) -> tuple[str, ...]:
    """What the client will see beside the words: tracked changes and comments, and whose."""
    details = []
    authors = sorted({by.author or "an unnamed author" for paragraph in contract.paragraphs if paragraph.changed
                      for by in (paragraph.attribution, *(segment.attribution for segment in paragraph.segments)) if by})
    if authors:
        strange = [name for name in authors if name not in ours]
        warn = f"; not ours: {', '.join(strange)}" if strange else ""
        details.append(f"it carries tracked changes by {', '.join(authors)}{warn}")
    if contract.comments:
        details.append(f"it carries {counted(len(contract.comments), 'comment')}, which they will read")
    return tuple(safe_line(detail) for detail in details)


def _accepted(desk: Desk, record: DealRecord, keep: tuple[str, ...]) -> tuple[bytes, tuple[str, ...]]:
    """Their latest turn with every change accepted, written on what we sent last; on their file where we sent none yet."""
    from redline.desk.answering import everything_accepted
    from redline.desk.look import compare
    from redline.desk.scrubbing import leaving
    from redline.word.revisions import accept_all

    received, sent = record.turns[-1], record.latest(Direction.SENT)
    data = desk.vault.read(received.oid, "contract.docx")
    if sent is not None:
        view = compare(desk, f"{record.slug}@{received.number}")
        data = everything_accepted(desk.vault.read(sent.oid, "contract.docx"), data, view, desk.tell)
    left = leaving(accept_all(data, drop_comments=True), keep)
    return left.data, left.told


def _nothing_to_send(record: DealRecord) -> UsageError:
    if record.turns[-1].direction is Direction.SENT:
        return UsageError(f"{record.name} has had turn {len(record.turns)} since {record.turns[-1].date:%Y-%m-%d}",
                          f"Hand over a newer file with `redline send {record.slug} FILE.docx`, or wait for theirs. "
                          f"For another client whose name begins like this, add --new.")
    return UsageError(f"the answer to {record.name} is not written yet",
                      f"Answer in Word and run `redline send {record.slug} FILE.docx`, or send their wording back accepted "
                      f"with `redline send {record.slug} --accept-all -o FILE.docx`.")
