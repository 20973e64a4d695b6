"""The painter: colour, marks, display width, wrapping. The only module that writes terminal control sequences.

Meaning never hangs on hue. Without colour each kind of change has marks of its own (`MARKS`); with colour a deletion is
struck, an insertion underlined, and the gutter says it a third time. Contract text is not escaped for the marks: a contract
that itself says `{+` reads a little oddly without colour, and the gutter and the lines below still tell what changed.
Nothing passes the painter raw: `Painter.paint` shows control and bidi characters through `redline.text.safe`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import groupby

from redline.text import safe


class Ink(StrEnum):
    """How a piece of text is drawn."""

    PLAIN = "plain"
    INS = "ins"
    DEL = "del"
    MOVE_FROM = "move_from"
    MOVE_TO = "move_to"
    FORMAT = "format"
    GONE = "gone"
    MATCH = "match"
    DIM = "dim"
    STRONG = "strong"
    ALARM = "alarm"


MARKS: dict[Ink, tuple[str, str]] = {
    Ink.INS: ("{+", "+}"),
    Ink.DEL: ("[-", "-]"),
    Ink.MOVE_TO: ("{>", ">}"),
    Ink.MOVE_FROM: ("[<", "<]"),
    Ink.FORMAT: ("{~", "~}"),
    Ink.GONE: ("{+[-", "-]+}"),
    Ink.MATCH: ("{=", "=}"),
}
"""What stands around a change where there is no colour: inserted, deleted, moved here, moved away, only its look, put in by
one person and struck by another; and around words that say the same here and in a killer."""

_SGR: dict[Ink, str] = {
    Ink.INS: "4;38;5;33",
    Ink.DEL: "9;38;5;166",
    Ink.MOVE_TO: "1;4;38;5;33",
    Ink.MOVE_FROM: "2;9;38;5;166",
    Ink.FORMAT: "3",
    Ink.GONE: "2;9",
    Ink.MATCH: "1;4",
    Ink.DIM: "2",
    Ink.STRONG: "1",
    Ink.ALARM: "1;38;5;166",
}

Run = tuple[str, Ink]
"""A piece of text and its ink."""

_HOLD = "\x00"
"""Stands for a space at which a line must not be broken (beside a mark). `safe` text never holds it."""


@dataclass(frozen=True, slots=True)
class Painter:
    """`color` allows ANSI SGR sequences; `width` is the number of columns (at least 20 are used)."""

    color: bool = False
    width: int = 80

    @property
    def columns(self) -> int:
        return max(self.width, 20)

    def paint(self, text: str, ink: Ink = Ink.PLAIN) -> str:
        """One piece of text, made safe, in its ink. Without colour the ink is not seen."""
        text = safe(text)
        return f"\x1b[{_SGR[ink]}m{text}\x1b[0m" if self.color and ink in _SGR and text else text

    def line(self, runs: Iterable[Run]) -> str:
        """Painted runs, neighbours of one ink as one piece."""
        return "".join(self.paint("".join(text for text, _ in same).replace(_HOLD, " "), ink)
                       for ink, same in groupby(runs, key=lambda run: run[1]))

    def marked(self, runs: Iterable[Run]) -> list[Run]:
        """Runs as they will be seen: without colour the changed ones get their marks; tabs become spaces."""
        out: list[Run] = []
        for text, ink in runs:
            text = safe(text).replace("\t", "    ")
            if not self.color and ink in MARKS:
                before, after = MARKS[ink]
                text = before + _held(text) + after
            out.append((text, ink))
        return out

    def wrapped(self, runs: Iterable[Run], *, first: str = "", rest: str | None = None) -> list[str]:
        """Painted lines no wider than the painter, the first one starting with `first`, the others with `rest`."""
        rest = first if rest is None else rest
        lines = wrap([(safe(text), ink) for text, ink in runs], self.columns - max(width_of(first), width_of(rest)))
        return [(rest if number else first) + self.line(line) for number, line in enumerate(lines)]


def _held(text: str) -> str:
    """The same text with unbreakable spaces at both ends, so that a mark never stands alone at the end of a line."""
    inner = text.strip(" ")
    if not inner:
        return _HOLD * len(text)
    left = len(text) - len(text.lstrip(" "))
    return _HOLD * left + inner + _HOLD * (len(text) - left - len(inner))


@lru_cache(maxsize=4096)
def _char_width(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def width_of(text: str) -> int:
    """Terminal columns of a text on one line: 2 for wide and fullwidth characters (Unicode UAX #11), 0 for combining ones."""
    return len(text) if text.isascii() else sum(map(_char_width, text))


def fit(text: str, width: int) -> str:
    """A text on one line, made safe and cut to `width` columns with an ellipsis."""
    text = " ".join(safe(text).split())
    if width_of(text) <= width:
        return text
    return _cut(text, width - 1)[0].rstrip() + "…"


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Cut or filled with spaces to exactly `width` columns."""
    text = fit(text, width)
    fill = " " * (width - width_of(text))
    return fill + text if right else text + fill


def _cut(text: str, width: int) -> tuple[str, str]:
    """The longest beginning that fits in `width` columns (at least one character) and what is left."""
    used = 0
    for index, char in enumerate(text):
        used += _char_width(char)
        if used > width and index:
            return text[:index], text[index:]
    return text, ""


_PIECE = re.compile(r"\n| +|[^ \n]+")


class _Wrapper:
    """Lines of runs, filled word by word. A word may consist of runs of several inks."""

    def __init__(self, width: int) -> None:
        self.width = max(width, 8)
        self.lines: list[list[Run]] = []
        self.line: list[Run] = []
        self.word: list[Run] = []
        self.gap: Run | None = None
        self.used = 0

    def end_word(self) -> None:
        size = sum(width_of(text) for text, _ in self.word)
        gap = len(self.gap[0]) if self.gap else 0
        if not self.word:
            return
        if self.used and self.used + gap + size > self.width:
            self.end_line()
        elif self.gap:
            self.line.append(self.gap)
            self.used += gap
        for text, ink in self.word:
            self._append(text, ink)
        self.word, self.gap = [], None

    def _append(self, text: str, ink: Ink) -> None:
        while self.used + width_of(text) > self.width:
            room = self.width - self.used
            if self.used and room < _char_width(text[0]):
                self.end_line()
                continue
            piece, text = _cut(text, room)
            self.line.append((piece, ink))
            if not text:
                break
            self.end_line()
        if text:
            self.line.append((text, ink))
            self.used += width_of(text)

    def end_line(self) -> None:
        self.lines.append(self.line)
        self.line, self.used, self.gap = [], 0, None


def wrap(runs: Iterable[Run], width: int) -> list[list[Run]]:
    """Runs in lines of at most `width` columns, broken at spaces and line feeds, inside a word only when it is too long."""
    wrapper = _Wrapper(width)
    for text, ink in runs:
        for piece in _PIECE.findall(text):
            if piece == "\n":
                wrapper.end_word()
                wrapper.end_line()
            elif piece[0] == " ":
                wrapper.end_word()
                wrapper.gap = (piece, ink) if wrapper.line else None
            else:
                wrapper.word.append((piece, ink))
    wrapper.end_word()
    if wrapper.line or not wrapper.lines:
        wrapper.end_line()
    return wrapper.lines


_NARROW = 14


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. Where the table is too wide, columns with `give` are cut (not below 14 columns), and those with
    `drop` are left out, the highest first.
    """

    title: str
    right: bool = False
    give: bool = False
    drop: int = 0


def table(painter: Painter, columns: Sequence[Column], rows: Sequence[Sequence[Run]]) -> list[str]:
    """Aligned lines, the titles dim on top. What had to be cut ends with an ellipsis."""
    natural = [max([width_of(column.title), *(width_of(fit(row[number][0], 10_000)) for row in rows)])
               for number, column in enumerate(columns)]
    kept, widths = _widths(columns, natural, painter.columns)
    lines = []
    for row in [[(column.title, Ink.DIM) for column in columns], *rows]:
        cells = [(pad(row[number][0], width, right=columns[number].right), row[number][1])
                 for number, width in zip(kept, widths, strict=True)]
        text, ink = cells[-1]
        cells[-1] = (text.rstrip(), ink)
        lines.append("  ".join(painter.paint(text, ink) for text, ink in cells).rstrip())
    return lines


def _widths(columns: Sequence[Column], natural: Sequence[int], room: int) -> tuple[list[int], list[int]]:
    """Which columns are drawn, and how wide."""
    least = [min(width, _NARROW) if column.give else width for width, column in zip(natural, columns, strict=True)]
    kept = list(range(len(columns)))
    while sum(least[number] + 2 for number in kept) - 2 > room:
        dropped = [number for number in kept if columns[number].drop]
        if not dropped:
            break
        kept.remove(max(dropped, key=lambda number: columns[number].drop))
    widths = [natural[number] for number in kept]
    while sum(widths) + 2 * (len(widths) - 1) > room:
        givers = [place for place, number in enumerate(kept) if widths[place] > least[number]]
        if not givers:
            break
        widths[max(givers, key=lambda place: widths[place])] -= 1
    return kept, widths
