"""Everything a terminal shows that is not a document: board, log, receipt, history, cycle, acts and errors.

Each function gives lines no wider than the painter (a table with very many columns apart); figures are plain, an empty list
says so and what to do about it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from redline.errors import RedlineError
from redline.model import Redline
from redline.render import evidence, phrases, wording
from redline.render.counting import counts
from redline.render.library import matched
from redline.render.lines import redline_lines
from redline.render.style import Column, Ink, Painter, Run, table
from redline.text import safe
from redline.views import Check, Comparison, Cycle, DealRow, Done, Flag, FlagKind, HistoryRow, LogRow, Receipt, Resolution, Stage

_SHOWN = 5
_AT_A_GLANCE = ("here", "figures", "others agreed", "offer instead")
"""What of a killer's story a receipt says; `redline diff` says all of it."""


def board(rows: Sequence[DealRow], painter: Painter, *, now: datetime) -> Iterator[str]:
    """The deals: whose turn it is and for how many days, what changed, what is flagged."""
    if not rows:
        yield painter.paint("No deals yet. Start one: redline send CLIENT", Ink.DIM)
        return
    columns = [Column("client", give=True), Column("base", give=True, drop=2), Column("stage", drop=1), Column("whose turn"),
               Column("turns", right=True, drop=3), Column("changes", right=True), Column("open", right=True),
               Column("untracked", right=True), Column("flags", right=True), Column("value", right=True, drop=4)]
    body: list[list[Run]] = []
    for row in rows:
        ours = row.holder == "us"
        body.append([
            (row.client, Ink.STRONG if ours else Ink.PLAIN), (row.base or "their paper", Ink.PLAIN),
            (row.stage + (", adopted" if row.adopted else ""), Ink.PLAIN),
            (whose_turn(row, now), Ink.STRONG if ours else Ink.PLAIN), (str(row.turns), Ink.PLAIN),
            (_figure(row.changes), Ink.PLAIN), (_figure(row.undecided), Ink.PLAIN),
            (_figure(row.untracked), Ink.ALARM if row.untracked else Ink.DIM),
            (_figure(row.flags), Ink.ALARM if row.flags else Ink.DIM), (row.value, Ink.PLAIN)])
    yield from table(painter, columns, body)


def whose_turn(row: DealRow, now: datetime) -> str:
    """"us, 3 days", "them, today"; "" when the deal is closed."""
    if not row.holder:
        return ""
    days = days_since(row.since, now)
    waited = "" if days is None else "today" if days == 0 else phrases.number(days, "day")
    return phrases.listed([row.holder, waited])


def days_since(since: datetime | None, now: datetime) -> int | None:
    """Whole days that have gone by, never less than 0; None when nobody knows. Times without a zone are taken as they are."""
    if since is None:
        return None
    if (since.tzinfo is None) != (now.tzinfo is None):
        since, now = since.replace(tzinfo=None), now.replace(tzinfo=None)
    return max((now - since).days, 0)


def _figure(count: int) -> str:
    return str(count) if count else "–"


def log(rows: Sequence[LogRow], painter: Painter) -> Iterator[str]:
    """One line a turn, base version or outcome, as given."""
    if not rows:
        yield painter.paint("Nothing has happened yet.", Ink.DIM)
        return
    columns = [Column("version"), Column("date"), Column("what", give=True), Column("who", give=True), Column("changes"),
               Column("note", give=True, drop=1)]
    body: list[list[Run]] = []
    for row in rows:
        note = phrases.listed([held(row), phrases.listed([f"from {row.source}" if row.source else "", row.note], ": ")], "; ")
        found = phrases.listed([
            f"{row.tracked} tracked" if row.tracked else "", f"{row.untracked} {phrases.UNTRACKED}" if row.untracked else "",
            phrases.number(row.comments, "comment") if row.comments else "",
            phrases.number(row.flags, "flag") if row.flags else ""])
        body.append([(row.address, Ink.STRONG), (phrases.day(row.date), Ink.DIM), (row.what, Ink.PLAIN), (row.who, Ink.PLAIN),
                     (found, Ink.ALARM if row.untracked or row.flags else Ink.PLAIN), (note, Ink.DIM)])
    yield from table(painter, columns, body)


def held(row: LogRow) -> str:
    """ "us 12 days": who had the paper from then on, and for how long."""
    return f"{row.holder} {phrases.number(int(row.days), 'day')}" if row.holder and row.days is not None else ""


def receipt(receipt: Receipt, painter: Painter) -> Iterator[str]:
    """What came in, at a glance: who tracked what, what nobody tracked, comments, killers, and what to type next."""
    yield from painter.wrapped([(f"{receipt.deal}, turn {receipt.turn}", Ink.STRONG),
                                (f" from {receipt.sender}" if receipt.sender else "", Ink.PLAIN),
                                ("" if receipt.stored else " — nothing was stored", Ink.ALARM)])
    if receipt.same_as:
        yield from painter.wrapped([(f"This is {receipt.same_as}, word for word.", Ink.PLAIN)], first="  ")
    if receipt.alike is not None and receipt.alike < 0.5 and not receipt.same_as:
        share = round(receipt.alike * 100)
        yield from painter.wrapped([(f"! Only {share} % of what we sent is still in it.", Ink.ALARM)], first="  ")
    if receipt.comparison is None:
        if not receipt.same_as:
            yield from painter.wrapped([("Their own paper: there is nothing of ours to compare it with.", Ink.PLAIN)], first="  ")
    else:
        yield from _received(receipt.comparison, painter)
    yield from _next(receipt.next_steps, painter)


def _received(view: Comparison, painter: Painter) -> Iterator[str]:
    found = counts(view)
    own = phrases.alone(view)
    if own:
        clauses = phrases.number(sum(clause.level is not None for clause in view.clauses), "clause")
        yield from painter.wrapped([(f"their own contract, {clauses}", Ink.PLAIN)], first="  ", rest="    ")
    for name, count in found.tracked:
        text = f"{phrases.number(count, 'change')} tracked by {name or 'an unnamed author'}"
        yield from painter.wrapped([(text, Ink.PLAIN)], first="  ", rest="    ")
    if found.untracked:
        text = f"{phrases.number(found.untracked, f'{phrases.UNTRACKED} change')}: Word shows nothing of this"
        yield from painter.wrapped([("! " + text, Ink.ALARM)], first="  ", rest="    ")
        for change in view.untracked[:_SHOWN]:
            where = wording.place(change, view)
            runs = [(where + "  " if where else "", Ink.STRONG), (wording.in_words(change, view), Ink.PLAIN)]
            yield from painter.wrapped(runs, first="      ")
        if found.untracked > _SHOWN:
            yield f"      … {found.untracked - _SHOWN} more"
    elif found.changes and not own:
        yield "  nothing untracked"
    if not found.changes and not own:
        yield "  no words changed"
    if found.comments:
        yield f"  {phrases.number(found.comments, 'comment')}"
    yield from _flags(view, found.quiet_killers, painter)
    for gap in view.coverage:
        yield from painter.wrapped([(f"Not fully read: {phrases.coverage_words(gap)}", Ink.PLAIN)], first="  ", rest="    ")


def _flags(view: Comparison, quiet: int, painter: Painter) -> Iterator[str]:
    for flag in view.flags:
        if flag.kind is not FlagKind.UNTRACKED:
            yield from _flag(flag, painter)
    if quiet:
        said = f"{phrases.number(quiet, 'killer')} in words that stood there before or are ours (`redline diff --all` shows them)"
        yield from painter.wrapped([(said, Ink.DIM)], first="  ", rest="    ")


def _flag(flag: Flag, painter: Painter) -> Iterator[str]:
    if not flag.loud:
        return
    ink = Ink.STRONG if flag.kind is FlagKind.RELIEF else Ink.ALARM
    sign = "✓" if flag.kind is FlagKind.RELIEF else "!"
    name = f"{sign} {phrases.flag_name(flag)}" + (f" in {flag.label}" if flag.label else "")
    yield from painter.wrapped([(name + "  ", ink), (phrases.flag_text(flag), Ink.PLAIN)], first="  ", rest="      ")
    if flag.evidence and flag.kind is FlagKind.KILLER:
        for name, pieces in evidence.facts(flag):
            if name in _AT_A_GLANCE:
                yield from painter.wrapped([(f"{name}: ", Ink.DIM), *matched(pieces, painter)], first="      ", rest="        ")


def _next(steps: Sequence[str], painter: Painter) -> Iterator[str]:
    if steps:
        yield painter.paint("Next:", Ink.DIM)
        for step in steps:
            yield "  " + painter.paint(step, Ink.STRONG)


def done(done: Done, painter: Painter) -> Iterator[str]:
    """One sentence, its details, and what to do next."""
    yield from painter.wrapped([(done.message, Ink.STRONG)])
    for detail in done.details:
        yield from painter.wrapped([(detail, Ink.PLAIN)], first="  ", rest="    ")
    yield from _next(done.next_steps, painter)


def resolution(done: Resolution, painter: Painter) -> Iterator[str]:
    """A file whose tracked changes were decided, in one sentence."""
    parts = [f"{count} {word}" for count, word in ((done.accepted, "accepted"), (done.rejected, "rejected"), (done.left, "left as it was"
             if done.left == 1 else "left as they were")) if count]
    total = done.accepted + done.rejected + done.left
    said = f"{phrases.number(total, 'tracked change')}: {phrases.listed(parts)}" if total else "no tracked changes in it"
    yield from painter.wrapped([(f"{done.output or done.file}  ", Ink.STRONG), (said, Ink.PLAIN)], rest="  ")


def check(check: Check, painter: Painter) -> Iterator[str]:
    """What still stands between a version and a signature."""
    name = check.version.title or check.version.address
    said = f"{phrases.number(len(check.points), 'point')} open" if check.points else "nothing is open"
    yield from painter.wrapped([(f"{name}: {said}", Ink.STRONG)])
    for point in check.points:
        yield from painter.wrapped([(point, Ink.PLAIN)], first="  ", rest="    ")
    for note in check.notes:
        yield from painter.wrapped([("note: ", Ink.DIM), (note, Ink.PLAIN)], first="  ", rest="    ")


def history(rows: Sequence[HistoryRow], painter: Painter) -> Iterator[str]:
    """What each deal made of a clause, turn by turn, and how the deal ended."""
    if not rows:
        yield painter.paint("Nobody has changed this clause.", Ink.DIM)
        return
    yield from painter.wrapped([(history_words(rows), Ink.DIM)])
    deal = None
    for row in rows:
        if row.deal != deal:
            yield ""
            outcome = phrases.listed([row.outcome, row.reason], ": ")
            yield from painter.wrapped([(row.deal, Ink.STRONG), (f"  {outcome}", _OUTCOMES.get(row.outcome, Ink.DIM))], rest="  ")
        deal = row.deal
        turn = phrases.listed([row.address, phrases.day(row.date), row.who, row.label])
        yield from painter.wrapped([(turn, Ink.DIM)], first="  ")
        yield from redline_lines(_worded(row.redline), painter, indent="    ")


def history_words(rows: Sequence[HistoryRow]) -> str:
    """How many turns of how many deals touched a clause, from when to when, and how those deals ended."""
    ends = {row.deal: row.outcome for row in rows}
    found = list(ends.values())
    counted = [f"{found.count(outcome)} {outcome}" for outcome in ("won", "lost", "open") if outcome in found]
    dates = [row.date for row in rows if row.date]
    span = f"{phrases.day(min(dates, key=datetime.timestamp))} to {phrases.day(max(dates, key=datetime.timestamp))}" if dates else ""
    said = f"{phrases.number(len(rows), 'turn')} of {phrases.number(len(ends), 'deal')} touched it"
    return f"{phrases.listed([said, span])}: {phrases.listed(counted)}"


_OUTCOMES = {"lost": Ink.ALARM, "won": Ink.STRONG}


def _worded(redline: Redline) -> Redline:
    changed = tuple(paragraph for paragraph in redline.paragraphs if paragraph.changed)
    return Redline(changed) if changed else redline


def cycle(cycle: Cycle, painter: Painter) -> Iterator[str]:
    """How long the paper took, deal by deal and in the middle; the number of deals is always said with a median."""
    if not cycle.rows:
        yield painter.paint("No deals yet, so nothing to count.", Ink.DIM)
        return
    columns = [Column("deal", give=True), Column("outcome"), Column("turns", right=True), Column("days with us", right=True),
               Column("with them", right=True), Column("in all", right=True)]
    yield from table(painter, columns, [
        [(row.deal, Ink.PLAIN), (row.outcome, Ink.PLAIN), (str(row.turns), Ink.PLAIN), (f"{row.ours:.1f}", Ink.PLAIN),
         (f"{row.theirs:.1f}", Ink.PLAIN), (f"{row.total:.1f}" + ("+" if row.open else ""), Ink.PLAIN)] for row in cycle.rows])
    yield ""
    yield from stages(cycle.stages, painter)
    for line in cycle_words(cycle):
        yield from painter.wrapped([(line, Ink.PLAIN)])


BARS = {"us": "█", "them": "░", "": "▒"}
"""What a bar is drawn with: who had the paper is told by its shape."""
_BAR = 24


def stages(found: Sequence[Stage], painter: Painter) -> Iterator[str]:
    """Each stretch of the way as a bar of its median, with its range and the number of deals it stands on."""
    longest = max((stage.median for stage in found), default=0.0)
    columns = [Column("stage"), Column("median days", right=True), Column(""), Column("range", right=True), Column("deals", right=True)]
    if found:
        yield from table(painter, columns, [
            [(stage.name, Ink.PLAIN), (f"{stage.median:.1f}", Ink.STRONG), (bar(stage, longest, _BAR), Ink.PLAIN),
             (f"{stage.shortest:.1f}–{stage.longest:.1f}", Ink.PLAIN), (str(stage.deals), Ink.PLAIN)] for stage in found])
        yield ""


def bar(stage: Stage, longest: float, room: int) -> str:
    """The median of a stage as a bar, `longest` filling the room; at least one cell for more than nothing."""
    size = round(room * stage.median / longest) if longest else 0
    return BARS[stage.holder] * (max(1, size) if stage.median else 0)


def cycle_words(cycle: Cycle) -> Iterator[str]:
    """The sums in sentences."""
    if cycle.median_total is None:
        yield f"{phrases.number(cycle.closed, 'closed deal')}: too few for a median."
        return
    span = f" ({cycle.shortest:.1f} to {cycle.longest:.1f})" if cycle.shortest is not None and cycle.longest is not None else ""
    yield f"Median over {phrases.number(cycle.closed, 'closed deal')}: {cycle.median_total:.1f} days on paper{span}."
    shares = ((cycle.median_ours, "us"), (cycle.median_theirs, "them"))
    parts = [f"{days:.1f} with {name}" for days, name in shares if days is not None]
    if parts:
        yield f"Of these, in the median, {phrases.listed(parts)}."


def error(error: RedlineError) -> str:
    """What went wrong, and below it what to do."""
    hint = "".join(f"\n  {line}" for line in safe(error.hint).splitlines())
    return f"redline: {safe(error.message)}{hint}"
