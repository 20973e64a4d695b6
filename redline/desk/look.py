"""Looking: any two versions, one version, the board, a log, what could be compared, what became of a clause, where time went.

Nothing here writes. Every view a front shows is made here, so that all fronts show the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from redline.desk import documents
from redline.desk.deciding import known
from redline.desk.steps import redline_between, step
from redline.desk.viewing import comparison
from redline.desk.whole import require_whole
from redline.errors import UsageError
from redline.model import Redline
from redline.text import counted, safe_line
from redline.views import Check, Comparison, Cycle, DealRow, Flag, FlagKind, HistoryRow, LogRow, VersionInfo

if TYPE_CHECKING:
    from redline.desk.desk import Desk
    from redline.desk.documents import Version
    from redline.killers.library import Killer
    from redline.vault.cards import DealCard
    from redline.vault.deals import BaseRecord, DealRecord, VersionRecord


def compare(desk: Desk | None, old: str, new: str | None = None, *, strict: bool = False) -> Comparison:
    """`old` → `new`; with one address, what that version changed against the one before it. Files need no desk.

    With `strict` a document that was not read in full is a DocumentError.
    """
    first = _loaded(desk, old, strict)
    if new is not None:
        second = _loaded(desk, new, strict)
        return comparison(desk, first, second, _between(desk, first, second))
    if desk is None or not first.oid:
        return comparison(desk, first, first, first.contract.redline)
    earlier = before(desk, first)
    view = comparison(desk, earlier, first, step(desk, earlier, first)) if earlier else \
        comparison(desk, first, first, first.contract.redline)
    return replace(view, decisions=known(desk, first.oid, view))


def _loaded(desk: Desk | None, address: str, strict: bool) -> Version:
    version = documents.load(desk, address)
    if strict:
        require_whole(version.contract, version.info.path or version.info.address)
    return version


def _between(desk: Desk | None, old: Version, new: Version) -> Redline:
    from redline.desk.steps import unrelated

    return redline_between(desk, old, new) if desk else unrelated(old.contract, new.contract)


def before(desk: Desk, version: Version) -> Version | None:
    """What a version is compared with unless told: what we sent last before it, else the version before it."""
    line = [documents.stored(desk, oid) for oid in documents.lineage(desk, version.oid)[:-1]]
    if version.info.direction == "received":
        answered = [each for each in line if each.info.direction != "received"]
        line = answered or line
    return line[-1] if line else None


def show(desk: Desk | None, address: str, *, strict: bool = False) -> Comparison:
    """One version with its own tracked changes."""
    version = _loaded(desk, address, strict)
    return comparison(desk, version, version, version.contract.redline)


def review(desk: Desk, client: str) -> Comparison:
    """The latest turn of a deal against what went before it."""
    from redline.vault.addresses import find_deal

    return compare(desk, str(find_deal(desk.vault, client).slug))


def board(desk: Desk, part: Callable[[tuple[DealRow, ...], int], None] | None = None) -> tuple[DealRow, ...]:
    """Every deal: those that wait for us first, the longest waiting first, then theirs, then the closed ones.

    Where much has to be read, `part` is given the rows so far and how many there will be; what it raises ends the reading.
    """
    from redline.vault.cards import load_cards

    now = desk.clock()

    def so_far(cards: Sequence[DealCard], total: int) -> None:
        desk.tell(f"Reading the deals: {len(cards):,} of {total:,} …")
        if part:
            part(_sorted(cards, now), total)

    return _sorted(load_cards(desk.vault, so_far), now)


def _sorted(cards: Sequence[DealCard], now: datetime) -> tuple[DealRow, ...]:
    order = {"us": 0, "them": 1, "": 2}
    rows = [_row(card, now) for card in cards]
    return tuple(sorted(rows, key=lambda row: (order[row.holder], row.since.timestamp() if row.since else 0.0, row.slug)))


_HOLDERS = {"ours": "us", "theirs": "them", "nobody": ""}


def _row(card: DealCard, now: datetime) -> DealRow:
    holder = _HOLDERS[card.whose_turn]
    counts = figures(card.summary)
    changes = counts.get("tracked", 0) + counts.get("untracked", 0)
    value = f"{_amount(card.value)} {card.currency}".strip() if card.value is not None else ""
    return DealRow(
        slug=str(card.slug), client=card.name, base=str(card.base or "their paper"), stage=str(card.outcome), holder=holder,
        since=card.since, turns=len(card.hands), changes=changes, untracked=counts.get("untracked", 0), flags=counts.get("flags", 0),
        value=value, adopted=card.adopted, reason=card.reason, now=now,
        undecided=(changes if card.undecided is None else card.undecided) if holder == "us" else 0,
    )


def _amount(value: Decimal) -> str:
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"


def figures(summary: str) -> dict[str, int]:
    """The figures of a `Redline-Summary` trailer; what is no figure is left out."""
    pairs = (item.partition("=") for item in summary.split())
    return {name: int(number) for name, _, number in pairs if number.isascii() and number.isdecimal()}


def log(desk: Desk, name: str | None = None) -> tuple[LogRow, ...]:
    """The turns of a deal, the versions of a base (`base` or `base:NAME`), or with no name everything, newest first."""
    from redline.vault.addresses import BaseAddress, find_base, find_deal, parse
    from redline.vault.deals import base_names, load_base, load_deal, load_deals

    if name is None:
        rows = [row for record in load_deals(desk.vault) for row in _deal_log(record, desk.clock())]
        rows += [row for base in base_names(desk.vault) for row in _base_log(desk, load_base(desk.vault, base))]
        return tuple(sorted(rows, key=lambda row: (row.date.timestamp() if row.date else 0.0, row.address), reverse=True))
    address = parse(name)
    if isinstance(address, BaseAddress):
        return tuple(reversed(list(_base_log(desk, load_base(desk.vault, find_base(desk.vault, address.name))))))
    return tuple(reversed(list(_deal_log(load_deal(desk.vault, find_deal(desk.vault, name).slug), desk.clock()))))


def _deal_log(record: DealRecord, now: datetime) -> Iterator[LogRow]:
    from redline.insight.cycle import days_between

    ends = [turn.date for turn in record.turns[1:]] + [record.closed or now]
    for turn, end in zip(record.turns, ends, strict=True) if record.turns else ():
        counts = figures(turn.summary)
        root = f"base:{record.base}@{record.base_version}" if turn.number == 1 and record.base else ""
        yield LogRow(f"{record.slug}@{turn.number}", turn.date, str(turn.direction), turn.party, turn.file_name, root,
                     counts.get("tracked", 0), counts.get("untracked", 0), counts.get("comments", 0), counts.get("flags", 0),
                     "them" if turn.direction == "sent" else "us", days_between(turn.date, end))
    if record.closed is not None:
        yield LogRow(str(record.slug), record.closed, str(record.outcome), "", record.reason)


def _base_log(desk: Desk, record: BaseRecord) -> Iterator[LogRow]:
    from redline.vault.deals import deal_names

    names = {each.slug: each.name for each in deal_names(desk.vault)}
    for version in record.versions:
        source = names.get(version.from_deal, str(version.from_deal)) if version.from_deal else ""
        what = "adopted" if source else "base"
        yield LogRow(f"base:{record.name}@{version.number}", version.date, what, version.party, version.file_name, source)


def versions(desk: Desk, client: str) -> tuple[VersionInfo, ...]:
    """What a deal's document can be compared with: its turns, newest first, and the versions of its base."""
    from redline.vault.addresses import find_deal
    from redline.vault.deals import load_base, load_deal

    record = load_deal(desk.vault, find_deal(desk.vault, client).slug)
    turns = [_turn_info(record, turn) for turn in reversed(record.turns)]
    if record.base is None:
        return tuple(turns)
    base = load_base(desk.vault, record.base)
    olds = [
        VersionInfo(f"base:{base.name}@{each.number}", f"{base.name}, version {each.number}", turn=each.number, direction="base",
                    date=each.date, party=each.party)
        for each in reversed(base.versions)
    ]
    return (*turns, *olds)


def _turn_info(record: DealRecord, turn: VersionRecord) -> VersionInfo:
    return VersionInfo(f"{record.slug}@{turn.number}", f"{record.name}, turn {turn.number}, {turn.direction}", record.name, turn.number,
                       str(turn.direction), turn.date, turn.party)


def killers(desk: Desk) -> tuple[Killer, ...]:
    """The library of killers."""
    from redline.desk.library import killers as library

    return library(desk)


def cycle(desk: Desk) -> Cycle:
    """How long the paper lay with us and with them, for every deal and in the middle of the closed ones."""
    from redline.insight.cycle import Timeline
    from redline.insight.cycle import cycle as counted_cycle
    from redline.vault.cards import load_cards

    lines = [
        Timeline(card.name, tuple((date, str(direction)) for date, direction in card.hands), card.closed, str(card.outcome))
        for card in load_cards(desk.vault)
    ]
    return counted_cycle(lines, desk.clock())


def history(desk: Desk, clause: str) -> tuple[HistoryRow, ...]:
    """What every client made of a clause of a base, oldest first.

    `clause` is a number or words of a heading in a base's newest version ("7.2", "base:nda 7.2"). UsageError when there is none.
    """
    from redline.clauses.naming import find
    from redline.clauses.outline import outline
    from redline.insight.history import Step
    from redline.insight.history import history as told_history
    from redline.vault.addresses import find_base, parse
    from redline.vault.deals import load_base, load_deals

    head, _, rest = clause.partition(" ")
    name, query = (head.partition(":")[2].partition("@")[0], rest) if head.startswith("base") and rest else (None, clause)
    parse(f"base:{name}" if name else "base")
    base = load_base(desk.vault, find_base(desk.vault, name))
    newest = documents.stored(desk, base.versions[-1].oid).contract.final().paragraphs
    wanted = find(outline(newest), query).id
    if wanted is None:
        raise UsageError(f"{safe_line(clause)} is not in a clause", "Name a numbered or headed clause.")
    steps: list[Step] = []
    for record in load_deals(desk.vault):
        if record.base != base.name:
            continue
        for older, newer in pairwise(record.turns):
            first, second = documents.stored(desk, older.oid), documents.stored(desk, newer.oid)
            steps.append(Step(record.name, second.info, step(desk, first, second), str(record.outcome), record.reason))
    return told_history(wanted, steps)


def check(desk: Desk | None, address: str, *, strict: bool = False) -> Check:
    """What still stands between a version and a signature, in words; no points when nothing does."""
    from redline.compare.changes import changes

    view = compare(desk, address, strict=strict)
    points = [_point(flag) for flag in view.flags if flag.kind is not FlagKind.RELIEF and not _stands(flag)]
    if view.decisions is not None:
        undecided, what = len(view.undecided), "change"
    else:
        undecided = sum(change.tracked for change in changes(documents.load(desk, view.new.address).contract.redline))
        what = "tracked change"
    if undecided:
        points.append(f"{counted(undecided, what)} not yet decided")
    return Check(view.new, tuple(points), tuple(_point(flag) for flag in view.flags if _stands(flag)))


def _stands(flag: Flag) -> bool:
    """Whether a killer stands in no way: our own base's, a wording that was called fine, or only the same kind of clause."""
    return flag.kind is FlagKind.KILLER and not flag.loud and (flag.own or flag.same_kind or flag.code == "dismissed")


def _point(flag: Flag) -> str:
    own = " (in our own base)" if flag.own else ""
    return f"{flag.label} {flag.message}{own}".strip()


def tracked(data: bytes) -> bool:
    """Whether a Word file holds tracked changes, of words, looks or layout."""
    from redline.word.read import read

    contract = read(data)
    return contract.redline.changed or bool(contract.layout)


def doctor(desk: Desk) -> Check:
    """What is wrong with the vault itself: objects, checksums of documents, lines, forgotten locks. Reads everything."""
    from redline.vault.check import check as examine

    desk.tell("Examining everything that is stored …")
    points = tuple(f"{finding.where}: {finding.message}" for finding in examine(desk.vault))
    return Check(VersionInfo("vault", f"the vault in {desk.vault.folder}"), points)
