"""Finding words on both sides of a redline. Pure: case and the shape of quotes and dashes do not matter, order of reading does."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from redline.model import Paragraph, Side
from redline.tui.page.index import Range, ranges

_PLAIN = str.maketrans("‘’“”«»„–—‑−\u00a0\u202f", "''\"\"\"\"\"----  ")


@dataclass(frozen=True, slots=True)
class Found:
    """Where some words stand: paragraphs in order, each with the matched characters of its whole text."""

    words: str = ""
    places: tuple[tuple[int, tuple[Range, ...]], ...] = ()

    def next(self, paragraph: int, step: int = 1) -> int | None:
        """The next (or previous) paragraph with a match after `paragraph`, beginning again at the other end."""
        numbers = [number for number, _ in self.places]
        if not numbers:
            return None
        rank = bisect_right(numbers, paragraph) if step > 0 else bisect_left(numbers, paragraph) - 1
        return numbers[rank % len(numbers)]


def find(paragraphs: tuple[Paragraph, ...], words: str) -> Found:
    """Every paragraph that has the words on its old or its new side."""
    needle = _folded(words.strip())
    if not needle:
        return Found()
    places: list[tuple[int, tuple[Range, ...]]] = []
    for number, paragraph in enumerate(paragraphs):
        hits = {hit for side in _sides(paragraph) for hit in _in(paragraph, side, needle)}
        if hits:
            places.append((number, tuple(sorted(hits))))
    return Found(words.strip(), tuple(places))


def _sides(paragraph: Paragraph) -> tuple[Side, ...]:
    return ("old", "new") if paragraph.changed else ("new",)


def _in(paragraph: Paragraph, side: Side, needle: str) -> list[Range]:
    text = _folded(paragraph.side(side))
    hits: list[Range] = []
    start = text.find(needle)
    while start >= 0:
        hits.extend(ranges(paragraph, side, start, start + len(needle)))
        start = text.find(needle, start + len(needle))
    return hits


def _folded(text: str) -> str:
    """A form of the same length to search in."""
    folded = text.translate(_PLAIN)
    lower = folded.lower()
    return lower if len(lower) == len(folded) else "".join(char.lower()[0] for char in folded)
