"""The board as a reader wants it: its columns, what is filtered and searched, by what it is sorted. Pure: rows in, rows out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from redline.text import fold, safe_line
from redline.tui.status import count
from redline.tui.times import held
from redline.tui.widgets.grid import Column, Order, widths
from redline.views import DealRow

HOLDERS = {"us": "waiting for us", "them": "with them", "": "closed"}
ATTENTION = {"untracked": "with untracked edits", "flags": "with flags", "undecided": "with changes open"}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which deals are shown; None and "" stand for all. `attention` names a figure that is not 0, `words` are searched for."""

    holder: str | None = None
    stage: str = ""
    base: str = ""
    attention: str = ""
    words: str = ""

    def fits(self, row: DealRow) -> bool:
        return ((self.holder is None or row.holder == self.holder) and (not self.stage or row.stage == self.stage)
                and (not self.base or row.base == self.base) and (not self.attention or bool(getattr(row, self.attention))))

    @property
    def says(self) -> str:
        """What is filtered, in words; "" where nothing is."""
        parts = [HOLDERS[self.holder] if self.holder is not None else "", self.stage, self.base, ATTENTION.get(self.attention, "")]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter on offer: what is written, the filter, how many deals it leaves."""

    text: str
    filter: Filter
    number: int


class Board:
    """All deals, sorted and searched. Sorting is done once for an order, searching for each letter typed."""

    def __init__(self, rows: Sequence[DealRow], order: Order | None = None) -> None:
        self.rows = tuple(rows)
        self.widths = widths(COLUMNS, self.rows)
        self._texts: dict[str, str] = {}
        self._sorted = self.rows
        self.sort(order)

    def prepare(self) -> None:
        """Make the texts ready that are searched."""
        self._texts = {row.slug: fold(f"{row.client} {row.slug} {row.base} {row.stage} {row.reason}") for row in self.rows}

    def sort(self, order: Order | None) -> None:
        """Put the deals in an order; None is that of the board: whose turn it is, the longest waiting first."""
        self.order = order
        self._sorted = self.rows
        if order is not None:
            column = next(each for each in COLUMNS if each.name == order.column)
            key = column.key or column.text
            self._sorted = tuple(sorted(self.rows, key=key, reverse=column.down != order.turned))

    def found(self, wanted: Filter) -> tuple[DealRow, ...]:
        """The deals that a filter leaves; each of its words is somewhere in a deal's names, its base, its stage or its reason."""
        words = fold(wanted.words).split()
        if words and not self._texts:
            self.prepare()
        plain = wanted == Filter(words=wanted.words)
        return tuple(row for row in self._sorted if (plain or wanted.fits(row))
                     and (not words or all(word in self._texts[row.slug] for word in words)))

    def choices(self, now: Filter) -> tuple[Choice, ...]:
        """The filters on offer: each with the rest of the one that is on."""
        stages, bases = Counter(row.stage for row in self.rows), Counter(row.base for row in self.rows)
        offered = [("all deals", Filter(words=now.words))]
        offered += [(text, replace(now, holder=holder)) for holder, text in HOLDERS.items()]
        offered += [(f"stage {stage}", replace(now, stage=stage)) for stage, _ in stages.most_common()]
        offered += [(f"base {safe_line(base, 30)}", replace(now, base=base)) for base, _ in bases.most_common(12)]
        offered += [(text, replace(now, attention=name)) for name, text in ATTENTION.items()]
        found = (Choice(text, one, len(self.found(one))) for text, one in offered)
        return tuple(each for each in found if each.number or each.text == "all deals")

    def summary(self, shown: Sequence[DealRow], wanted: Filter) -> str:
        """The board in one sentence: what is shown of how many."""
        if shown is self._sorted or len(shown) == len(self.rows):
            return summary(self.rows)
        said = ", ".join(part for part in (wanted.says, f"“{safe_line(wanted.words, 24)}”" if wanted.words else "") if part)
        return f"{len(shown):,} of {count(len(self.rows), 'deal')}: {said}"


def whose(row: DealRow) -> str:
    """Whose turn it is, and for how long."""
    days = held(row.since, row.now)
    if not row.holder:
        return f"closed {days}{' ago' if days and days != 'today' else ''}".strip()
    return f"{'ours' if row.holder == 'us' else 'theirs'}, {days}".rstrip(", ")


def _worth(row: DealRow) -> tuple[str, float]:
    """A value sorts within its currency: sums of different money are not compared."""
    amount, _, currency = row.value.partition(" ")
    return currency, float(amount.replace(",", "") or 0)


def _waited(row: DealRow) -> tuple[int, float]:
    return {"us": 0, "them": 1, "": 2}[row.holder], row.since.timestamp() if row.since else 0.0


COLUMNS: tuple[Column[DealRow], ...] = (
    Column("Client", lambda row: row.client, width=32, least=12, loud=lambda row: row.holder == "us", key=lambda row: fold(row.client)),
    Column("Base", lambda row: row.base, width=16, drop=3, key=lambda row: fold(row.base)),
    Column("Stage", lambda row: row.stage + (", adopted" if row.adopted else ""), width=14),
    Column("Whose turn", whose, width=20, loud=lambda row: row.holder == "us", key=_waited),
    Column("Turns", lambda row: str(row.turns or ""), right=True, drop=4, key=lambda row: row.turns, down=True),
    Column("Changes", lambda row: str(row.changes or ""), right=True, drop=2, key=lambda row: row.changes, down=True),
    Column("Open", lambda row: str(row.undecided or ""), right=True, key=lambda row: row.undecided, down=True),
    Column("Untracked", lambda row: f"U {row.untracked}" if row.untracked else "", right=True, loud=lambda row: True,
           key=lambda row: row.untracked, down=True),
    Column("Flags", lambda row: f"! {row.flags}" if row.flags else "", right=True, loud=lambda row: True, key=lambda row: row.flags,
           down=True),
    Column("Value", lambda row: row.value, right=True, width=18, drop=5, key=_worth, down=True),
)


def summary(rows: Sequence[DealRow]) -> str:
    """The board in one sentence."""
    if not rows:
        return "no deal yet"
    holders = Counter(row.holder for row in rows)
    return (f"{len(rows):,} deal{'' if len(rows) == 1 else 's'}: {holders['us']:,} waiting for us, {holders['them']:,} with them, "
            f"{holders['']:,} closed")
