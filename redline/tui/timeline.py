"""The turns of a deal, newest first: who handed the paper over, what was in it, and who had it then for how long. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from redline.text import safe_line
from redline.tui import safe
from redline.tui.evidence import LOUD, MUTED, day
from redline.tui.status import count
from redline.views import DealRow, LogRow

BARS = {"us": "█", "them": "░"}
"""The sign for each of the two who can have the paper; they differ in shape."""
_DATE = 13
_LONGEST = 24


def timeline(row: DealRow, rows: tuple[LogRow, ...], width: int) -> Content:
    """A deal and its turns, in `width` cells."""
    head: list[safe.Part] = [(safe_line(row.client, 60), "bold"), (f"  {safe_line(row.stage)}", MUTED)]
    if row.reason:
        head.append((f"  {safe_line(row.reason, 120)}", ""))
    lines = [safe.parts(*head), safe.parts((held_in_all(rows), MUTED))]
    longest = max((one.days or 0.0 for one in rows), default=0.0)
    room = max(4, min(_LONGEST, width - _DATE - 34))
    for number, one in enumerate(rows):
        lines.extend(_turn(one, number == 0 and bool(row.holder), longest, room))
    return safe.lines(lines)


def _turn(one: LogRow, latest: bool, longest: float, room: int) -> Iterator[Content]:
    if one.holder and one.days is not None:
        bar = BARS[one.holder] * max(1, round(room * one.days / longest)) if longest else ""
        until = " so far" if latest else ""
        yield safe.parts((" " * _DATE, ""), (bar, ""), (f" {days(one.days)} with {one.holder}{until}", MUTED))
    said: list[safe.Part] = [
        (f"{day(one.date):>11}  ", MUTED), (f"{_number(one)}{safe_line(one.what, 28)}", "bold"), (f"  {safe_line(one.who, 28)}", ""),
    ]
    counts = [count(one.tracked, "tracked", "tracked") if one.tracked else "", count(one.comments, "comment") if one.comments else ""]
    told = ", ".join(word for word in counts if word)
    said.append((f"  {told}" if told else "", MUTED))
    said.append((f"  {one.untracked} UNTRACKED" if one.untracked else "", LOUD))
    said.append((f"  ! {count(one.flags, 'flag')}" if one.flags else "", LOUD))
    if one.note:
        said.append((f"  {safe_line(one.note, 60)}", MUTED))
    yield safe.parts(*said)


def held_in_all(rows: tuple[LogRow, ...]) -> str:
    """How long the paper lay with whom, over all turns."""
    turns = [one for one in rows if one.holder and one.days is not None]
    ours, theirs = (sum(one.days or 0.0 for one in turns if one.holder == who) for who in ("us", "them"))
    return f"{count(len(turns), 'turn')}: {days(ours)} with us, {days(theirs)} with them" if turns else ""


def days(number: float) -> str:
    """ "0 days", "1 day", "12 days": whole days that went by."""
    return count(int(number), "day")


def _number(row: LogRow) -> str:
    """ "turn 2, " in front of what happened, where the address of the row is a turn."""
    number = row.address.rpartition("@")[2]
    return f"turn {number}, " if number.isdecimal() and "turn" not in row.what else ""
