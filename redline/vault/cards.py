"""All deals at a glance: what a board, a clock and a list of names need of each, without its turns.

What was read before is taken from the index; the rest is read in rounds, so that the first deals are there at once and a reader
who leaves has lost nothing. A card says the same as the deal's record (`deals.load_deal`), whichever way it came.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from redline.model import Slug
from redline.vault import index
from redline.vault.deals import DealRecord, Roots, Whose, named, read_deals, roots_of, since, turn_of
from redline.vault.files import Direction, Outcome
from redline.vault.index import Entry
from redline.vault.reading import Reader
from redline.vault.store import DEALS

ROUND = 250
"""Deals read at once where the index knows them not."""
WORTH = 40
"""New entries from which on the index is written again; fewer are read again as quickly as they are written."""


Hand = tuple[datetime, Direction]


@dataclass(frozen=True, slots=True)
class DealCard:
    """A deal in one line. `hands` says of each turn when it was handed over and which way, in order; `summary` holds
    the figures of the latest turn. Everything else is as in `DealRecord`.
    """

    slug: Slug
    tip: str
    name: str
    outcome: Outcome
    base: Slug | None
    closed: datetime | None
    since: datetime
    hands: tuple[Hand, ...]
    reason: str
    value: Decimal | None
    currency: str
    summary: str
    undecided: int | None
    adopted: bool

    @property
    def whose_turn(self) -> Whose:
        return turn_of(self.outcome, self.hands[-1][1] if self.hands else None)


Deal = tuple[Slug, str]
"""(slug, tip)."""

Part = Callable[[Sequence[DealCard], int], None]
"""Hears of the cards read so far, and how many there are in all."""


def load_cards(vault: Reader, part: Part | None = None) -> tuple[DealCard, ...]:
    """Every deal's card, sorted by slug. `part` is told after each round of reading; what it raises ends the reading."""
    heads = vault.refs("refs/heads/")
    deals, roots = named(heads, DEALS), roots_of(vault, heads)
    kept = index.read(vault.folder)
    entries = {deal: kept[deal] for deal in deals if deal in kept}
    cards = {deal: card for deal, entry in entries.items() if (card := _card(entry, roots))}
    missing = [deal for deal in deals if deal not in cards]
    try:
        for start in range(0, len(missing), ROUND):
            if part and start:
                part(_in_order(deals, cards), len(deals))
            for record in read_deals(vault, missing[start : start + ROUND], roots):
                entry = _entry(record)
                card = _card(entry, roots)
                assert card is not None, "what was just read makes sense"
                entries[record.slug, record.tip], cards[record.slug, record.tip] = entry, card
    finally:
        if sum(deal in cards for deal in missing) >= WORTH:
            index.write(vault.folder, entries.values())
    return _in_order(deals, cards)


def _in_order(deals: list[Deal], cards: dict[Deal, DealCard]) -> tuple[DealCard, ...]:
    return tuple(cards[deal] for deal in deals if deal in cards)


def _entry(record: DealRecord) -> Entry:
    """What follows of a deal from its own commits alone."""
    return Entry(
        slug=record.slug,
        tip=record.tip,
        name=record.name,
        outcome=record.outcome.value,
        base=record.named_base,
        root=record.root or "",
        opened=record.opened.isoformat(),
        closed=record.closed.isoformat() if record.closed else "",
        reason=record.reason,
        value="" if record.value is None else str(record.value),
        currency=record.currency,
        hands=",".join(f"{turn.date.isoformat()} {turn.direction.value}" for turn in record.turns),
        summary=record.turns[-1].summary if record.turns else "",
        undecided=-1 if record.undecided is None else record.undecided,
        line=" ".join(record.line),
    )


def _card(entry: Entry, roots: Roots) -> DealCard | None:
    """The card of a deal that was kept, None where the entry makes no sense."""
    try:
        outcome = Outcome(entry.outcome)
        hands = tuple(_hand(each) for each in entry.hands.split(",")) if entry.hands else ()
        opened, closed = _moment(entry.opened), _moment(entry.closed) if entry.closed else None
        value = Decimal(entry.value) if entry.value else None
    except (ValueError, KeyError, InvalidOperation):
        return None
    return DealCard(
        slug=Slug(entry.slug),
        tip=entry.tip,
        name=entry.name,
        outcome=outcome,
        base=roots.base_of(entry.root, entry.base)[0],
        closed=closed,
        since=since(outcome, closed, hands[-1][0] if hands else opened),
        hands=hands,
        reason=entry.reason,
        value=value,
        currency=entry.currency,
        summary=entry.summary,
        undecided=None if entry.undecided < 0 else entry.undecided,
        adopted=bool(roots.adopted) and not roots.adopted.isdisjoint(entry.line.split(" ")),
    )


_DIRECTIONS = {each.value: each for each in Direction}


def _hand(text: str) -> Hand:
    date, _, direction = text.partition(" ")
    return _moment(date), _DIRECTIONS[direction]


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a date without its zone")
    return moment
