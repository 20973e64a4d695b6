"""Their turn comes in: kept as it came, compared with what we sent, reported.

Everything is read, compared and decided before the one write; whatever fails leaves the vault as it was.
"""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parseaddr
from pathlib import Path
from typing import TYPE_CHECKING

from redline.desk import documents
from redline.desk.steps import ALIKE_ENOUGH, alikeness, step
from redline.desk.turn import Turn, identified, open_deal, unmoved
from redline.desk.whole import require_whole
from redline.errors import ConflictError, UsageError
from redline.model import Contract
from redline.text import safe_line
from redline.vault.files import DealFile, Direction
from redline.views import Comparison, FlagKind, Receipt

if TYPE_CHECKING:
    from redline.desk.desk import Desk
    from redline.desk.documents import Version
    from redline.vault.deals import DealRecord

def receive(desk: Desk, client: str, path: Path, *, sender: str = "", their_paper: bool = False, force: bool = False,
            strict: bool = False, when: datetime | None = None) -> Receipt:
    """What a client sent back becomes the next turn. Reports it against what we sent.

    Files that are already stored, or are what we sent, change nothing. A document that hardly has anything to do with what we
    sent is a ConflictError unless `force`. `their_paper` opens a deal on the client's own contract. With `strict` a document that
    was not read in full is a DocumentError.
    """
    from redline.vault.addresses import matching
    from redline.vault.deals import deal_names

    data = documents.read_bytes(path)
    if not matching(deal_names(desk.vault), client):
        if not their_paper:
            raise _unknown_client(desk, client)
        return _receive_first(desk, client, path, data, sender, strict, when)
    record = open_deal(desk, client)
    if their_paper and not record.their_paper:
        raise UsageError(f"the deal with {record.name} runs on our paper", "Leave --their-paper away, or use another name.")
    if (known := _same_bytes(desk, record, data)) is not None:
        return known
    return _receive_next(desk, record, path, data, sender, force, strict, when)


def _unknown_client(desk: Desk, client: str) -> UsageError:
    from redline.vault.addresses import find_deal

    try:
        find_deal(desk.vault, client)
    except UsageError as error:
        shown = safe_line(client)
        hint = f"{error.hint[:1].upper()}{error.hint[1:].rstrip('.?')}" + ("? " if error.hint.endswith("?") else ". ")
        return UsageError(error.message, f"{hint}If they sent their own contract: "
                          f"`redline receive {shown!r} FILE --their-paper`. If we have to send first: `redline send {shown!r}`.")
    raise AssertionError("a client that cannot be matched was found")


def _read(path: Path, data: bytes, strict: bool) -> Contract:
    from redline.word.read import read

    contract = read(data, path.name)
    if strict:
        require_whole(contract, str(path))
    return contract


def _receive_first(desk: Desk, client: str, path: Path, data: bytes, sender: str, strict: bool,
                   when: datetime | None) -> Receipt:
    from redline.desk.viewing import comparison
    from redline.vault.deals import deal_names
    from redline.vault.slugs import check_name, slug_for

    name = check_name(client)
    slug = slug_for(name, {each.slug for each in deal_names(desk.vault)})
    desk.tell(f"Reading {path.name} …")
    contract = identified(documents.told(_read(path, data, strict), name, 1), None, f"{slug}@1")
    now = desk.clock()
    party = _sender(contract, sender, name, frozenset())
    turn = Turn(slug, name, 1, Direction.RECEIVED, party, when or now, path.name)
    version = turn.version(contract)
    view = comparison(desk, version, version, contract.redline)
    deal = DealFile(name, their_paper=True, contacts=(sender,) if sender else (), opened=when or now)
    desk.write(lambda: [turn.update(desk, contract, data, deal, None, None, _summary(view), sender)], "receive")
    return Receipt(name, slug, 1, not desk.dry_run, view, party,
                   next_steps=(f"redline show {slug}@1", f"redline send {slug} FILE.docx"))


def _receive_next(desk: Desk, record: DealRecord, path: Path, data: bytes, sender: str, force: bool,
                  strict: bool, when: datetime | None) -> Receipt:
    from redline.desk.viewing import comparison

    sent = record.latest(Direction.SENT) or record.turns[-1]
    before = documents.stored(desk, sent.oid)
    number = len(record.turns) + 1
    desk.tell(f"Reading {path.name} …")
    contract = documents.told(_read(path, data, strict), record.name, number)
    contract = identified(contract, before.contract, f"{record.slug}@{number}")
    party = _sender(contract, sender, record.name, desk.our_names)
    now = desk.clock()
    turn = Turn(record.slug, record.name, number, Direction.RECEIVED, party, when or now, path.name)
    version = turn.version(contract)
    redline = step(desk, before, version)
    alike = alikeness(redline)
    if alike < ALIKE_ENOUGH and not force:
        raise _unrelated(record, path, before, alike)
    view = comparison(desk, before, version, redline)
    if not redline.changed and not view.renumbered and not contract.comments and not force:
        return Receipt(record.name, record.slug, sent.number, False, view, party, before.info.address, alike,
                       (f"redline receive {record.slug} {_typed(path)} --force   (to record it as a turn all the same)",))
    desk.tell("Storing …")
    desk.write(lambda: [turn.update(desk, contract, data, None, unmoved(desk, record), None, _summary(view), sender)], "receive")
    return Receipt(record.name, record.slug, number, not desk.dry_run, view, party, "", alike, _after_receive(desk, record.slug, view))


def _after_receive(desk: Desk, slug: str, view: Comparison) -> tuple[str, ...]:
    if desk.dry_run:
        return (f"redline receive {slug} FILE   (without --dry-run, to store it)",)
    steps = [f"redline review {slug}", f"redline diff {slug}"]
    if view.untracked:
        steps.append(f"redline diff {slug} --only untracked")
    return (*steps, f"redline decide {slug} CHANGE accept   (or reject, or counter --text …)", f"redline respond {slug} -o ANSWER.docx")


def _typed(path: Path) -> str:
    text = safe_line(str(path))
    return text if re.fullmatch(r"[\w./\\:-]+", text) else f"'{text}'"


def _unrelated(record: DealRecord, path: Path, before: Version, alike: float) -> ConflictError:
    return ConflictError(
        f"{path.name} keeps only {alike:.0%} of the words of {before.info.title}; it does not look like an answer to it",
        f"If it is {record.name}'s own contract: `redline receive 'NEW NAME' {_typed(path)} --their-paper` opens a deal on it. "
        f"If it is their answer all the same: add --force.",
    )


def _same_bytes(desk: Desk, record: DealRecord, data: bytes) -> Receipt | None:
    """A receipt that says the file is known, None for a new one. UsageError when it belongs to another deal."""
    from redline.vault.deals import load_deals

    digest = documents.sha256(data)
    for deal in load_deals(desk.vault):
        for turn in deal.turns:
            if turn.sha256 != digest:
                continue
            if deal.slug == record.slug:
                return Receipt(deal.name, deal.slug, turn.number, False, None, turn.party, f"{deal.slug}@{turn.number}", 1.0,
                               (f"redline show {deal.slug}@{turn.number}",))
            if turn.direction is Direction.RECEIVED:
                raise UsageError(f"this file is turn {turn.number} of the deal with {deal.name}",
                                 f"Nothing was changed. Did you mean `redline receive {deal.slug}`?")
    return None


def _summary(view: Comparison) -> str:
    tracked = sum(count for _, count in view.authors())
    loud = sum(flag.loud and flag.kind is FlagKind.KILLER for flag in view.flags)
    return f"tracked={tracked} untracked={len(view.untracked)} comments={len(view.comments)} flags={loud}"


def _sender(contract: Contract, sender: str, client: str, ours: frozenset[str]) -> str:
    """Who handed it over: whoever is named, else the author of most of their tracked changes, else the client."""
    if sender:
        return parseaddr(sender)[0] or sender
    counts: dict[str, int] = {}
    for paragraph in contract.paragraphs:
        for item in (*(segment.attribution for segment in paragraph.segments), paragraph.attribution):
            if item and item.author and item.author not in ours:
                counts[item.author] = counts.get(item.author, 0) + 1
    return min(counts, key=lambda name: (-counts[name], name)) if counts else client
