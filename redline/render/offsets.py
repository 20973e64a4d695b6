"""Where something stands in the text a person reads: rows and characters of the original and of the final text.

A redline paragraph whose mark is missing on one side flows into a later one there (`model.view`); what is read there is one
row, counted at the last redline paragraph it is made of. Offsets count Unicode characters from the start of that row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from redline.model import Change, Kind, Paragraph, Side, view

Point = tuple[int, int]
"""(the redline paragraph at which a row is counted, characters from its start)."""


@dataclass(frozen=True, slots=True)
class Range:
    """Characters of one side's text; of an empty one only the place is known, between two characters."""

    start: Point
    end: Point


class Text:
    """One side of a redline as rows: what each one says, and where the parts of the redline stand in them."""

    def __init__(self, paragraphs: Sequence[Paragraph], side: Side) -> None:
        self.side = side
        self.rows: dict[int, Paragraph] = {}
        self._paragraphs = paragraphs
        self._homes: dict[int, Point] = {}
        for row, sources in view(paragraphs, side):
            self.rows[sources[-1]] = row
            offset = 0
            for index in sources:
                length = len(paragraphs[index].side(side))
                if length or paragraphs[index].props.container == paragraphs[sources[-1]].props.container:
                    self._homes[index] = (sources[-1], offset)
                offset += length

    def point(self, paragraph: int, offset: int) -> Point | None:
        """A place in all the text of a redline paragraph (`Paragraph.text`); None where nothing of its container is left."""
        home = self._homes.get(paragraph)
        if home is None:
            return None
        for segment in self._paragraphs[paragraph].segments:
            if offset <= 0:
                break
            if segment.kind.on(self.side):
                home = (home[0], home[1] + min(offset, len(segment.text)))
            offset -= len(segment.text)
        return home

    def range(self, paragraph: int, start: int, end: int) -> Range | None:
        """Characters `start` to `end` of all the text of a redline paragraph."""
        first, last = self.point(paragraph, start), self.point(paragraph, end)
        return None if first is None or last is None else Range(first, last)

    def of(self, change: Change) -> Range | None:
        """From the first to the last character of a change that stands on this side; where it would stand when none does.

        Of a move only the end on this side counts.
        """
        found: list[Range] = []
        first: Range | None = None
        for span in change.spans:
            segments = self._paragraphs[span.paragraph].segments
            mark = self._paragraphs[span.paragraph].mark
            offset = sum(len(segment.text) for segment in segments[:span.first])
            first = first or self.range(span.paragraph, offset, offset)
            for segment in segments[span.first:span.last]:
                here = self.range(span.paragraph, offset, offset + len(segment.text))
                offset += len(segment.text)
                if here is not None and segment.kind.on(self.side) and segment.kind is not Kind.SAME:
                    found.append(here)
            here = self.range(span.paragraph, offset, offset)
            if span.mark and here is not None and mark.on(self.side) and not found:
                found.append(here)
        return Range(min(one.start for one in found), max(one.end for one in found)) if found else first
