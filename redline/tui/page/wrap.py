"""Breaking a text into lines of a given width in terminal cells. Pure and exact: what is measured is what is drawn."""

from __future__ import annotations

import re
from functools import lru_cache

from rich.cells import cell_len, get_character_cell_size

Slice = tuple[int, int]
"""Where a line starts and ends in the text, without the white space it was broken at."""

_ODD = re.compile("[^\x20-\x7e\xa0-\u02ff\u0370-\u0482\u048a-\u0590\u2010-\u2027\u2030-\u205e‹›€₽№™−]")


@lru_cache(maxsize=64)
def _breaker(width: int) -> re.Pattern[str]:
    return re.compile(rf"(.{{1,{width}}})(?: +|$)|(.{{1,{width}}})")


def wrap(text: str, width: int) -> tuple[Slice, ...]:
    """The lines of `text`: broken at spaces, inside a word only when it is wider than the line; at least one line.

    Line feeds break always. A no-break space does not break.
    """
    width = max(1, width)
    if len(text) <= width and "\n" not in text and (text.isascii() or not _ODD.search(text)):
        return ((0, len(text)),)
    out: list[Slice] = []
    start = 0
    for part in text.split("\n"):
        out.extend(_part(part, start, width))
        start += len(part) + 1
    return tuple(out)


def _part(part: str, start: int, width: int) -> list[Slice]:
    if not part:
        return [(start, start)]
    if part.isascii() or not _ODD.search(part):
        return [
            (start + match.start(), start + match.end(1 if match.group(1) is not None else 2))
            for match in _breaker(width).finditer(part)
        ]
    return _slow(part, start, width)


def _slow(part: str, start: int, width: int) -> list[Slice]:
    """The same by cells, for text with wide or combining characters."""
    out: list[Slice] = []
    first = used = 0
    space = -1
    for index, char in enumerate(part):
        size = get_character_cell_size(char)
        if used + size > width and index > first and char != " ":
            end = space if space > first else index
            out.append((start + first, start + end))
            first = end + 1 if end == space else end
            while first < index and part[first] == " ":
                first += 1
            used = cell_len(part[first:index])
            space = -1
        if char == " ":
            space = index if (index and part[index - 1] != " ") or space < 0 else space
        used += size
    out.append((start + first, start + max(first, len(part.rstrip(" ")))))
    return out


def width_of(text: str) -> int:
    """How many terminal cells a text takes."""
    return len(text) if text.isascii() else cell_len(text)
