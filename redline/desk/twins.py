"""The same text read from two files: which paragraph of the one is which of the other.

Body and notes stand in the same order, only empty paragraphs may be more or fewer. Headers and footers stand in parts of their own,
which a file may order otherwise, repeat or leave empty: they are known again by what they say. Pure functions on model values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from redline.model import Paragraph

MARGINS = ("header", "footer")


@dataclass(frozen=True, slots=True)
class Twins:
    """`places` leads from the index of a paragraph of the second reading to that in the first one; `lost` are the paragraphs with text
    that only the first one has, `strange` those that only the second one has.
    """

    places: dict[int, int]
    lost: tuple[Paragraph, ...] = ()
    strange: tuple[Paragraph, ...] = ()

    @property
    def apart(self) -> tuple[Paragraph, ...]:
        """What only one of them has; nothing where they say the same."""
        return self.lost + self.strange


def full_text(paragraph: Paragraph) -> str:
    """A plain paragraph's text with the number that was typed in front of it."""
    return paragraph.props.typed + paragraph.text


def twins(first: Sequence[Paragraph], second: Sequence[Paragraph]) -> Twins:
    """The paragraphs of two readings, both plain."""
    ours, theirs = [full_text(each) for each in first], [full_text(each) for each in second]
    if ours == theirs:
        return Twins({index: index for index in range(len(ours))})
    found = dict(_in_order(first, second, ours, theirs))
    margins, told = _in_margins(first, second, ours, theirs)
    found.update(margins)
    met = told | set(found.values())
    return Twins(found, tuple(each for index, each in enumerate(first) if ours[index] and index not in met),
                 tuple(each for index, each in enumerate(second) if theirs[index] and index not in found))


def _in_order(first: Sequence[Paragraph], second: Sequence[Paragraph], ours: Sequence[str],
              theirs: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of body and notes: (second, first)."""
    here, there = ([index for index, each in enumerate(rows) if not margin(each) and texts[index]]
                   for rows, texts in ((first, ours), (second, theirs)))
    blocks = SequenceMatcher(None, [ours[index] for index in here], [theirs[index] for index in there], autojunk=False)
    pairs = [pair for start, begin, size in blocks.get_matching_blocks()
             for pair in zip(there[begin:begin + size], here[start:start + size], strict=True)]
    yield from pairs
    last = (-1, -1)
    for pair in (*pairs, (len(theirs), len(ours))):
        yield from zip(_empty(second, theirs, last[0] + 1, pair[0]), _empty(first, ours, last[1] + 1, pair[1]), strict=False)
        last = pair


def _empty(rows: Sequence[Paragraph], texts: Sequence[str], start: int, end: int) -> list[int]:
    """The empty paragraphs of body and notes between two others."""
    return [index for index in range(start, end) if not texts[index] and not margin(rows[index])]


def _in_margins(first: Sequence[Paragraph], second: Sequence[Paragraph], ours: Sequence[str],
                theirs: Sequence[str]) -> tuple[dict[int, int], set[int]]:
    """Pairs of headers and footers, and those of the first reading of which there is one that says the same."""
    here, there = _stories(first, ours), _stories(second, theirs)
    free = set(here)
    found: dict[int, int] = {}
    told: set[int] = set()
    for story, rows in there.items():
        texts = [theirs[index] for index in rows]
        alike = [name for name, each in here.items() if [ours[index] for index in each] == texts and _sort(name) == _sort(story)]
        told.update(index for name in alike for index in here[name])
        if alike:
            chosen = story if story in alike else next((name for name in alike if name in free), alike[0])
            free.discard(chosen)
            found.update(zip(rows, here[chosen], strict=True))
    return found, told


def _stories(paragraphs: Sequence[Paragraph], texts: Sequence[str]) -> dict[str, list[int]]:
    """The paragraphs with text of each header and footer."""
    found: dict[str, list[int]] = {}
    for index, paragraph in enumerate(paragraphs):
        if margin(paragraph) and texts[index]:
            found.setdefault(paragraph.props.story, []).append(index)
    return found


def margin(paragraph: Paragraph) -> bool:
    """Whether it stands in a header or a footer."""
    return paragraph.props.story.startswith(MARGINS)


def _sort(story: str) -> str:
    return story.partition(":")[0]
