"""A redline with its changes of formatting taken as done: what is drawn while they are hidden, and only counted.

Spaces, the shape of quotes and dashes, empty paragraphs and looks are as they stand on the new side; changes of words stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from redline.model import Change, ChangeKind, Kind, Paragraph, Segment


def quiet(paragraphs: Sequence[Paragraph], changes: Sequence[Change]) -> tuple[Paragraph | None, ...]:
    """Each paragraph without its changes of formatting; None for an empty one that was taken out."""
    silenced = {(span.paragraph, number) for change in changes if change.kind is ChangeKind.FORMAT for span in change.spans
                for number in (*range(span.first, span.last), *((-1,) if span.mark else ()))}
    touched = {index for index, _ in silenced}
    return tuple(_quieted(index, paragraph, silenced) if index in touched else paragraph for index, paragraph in enumerate(paragraphs))


def _quieted(index: int, paragraph: Paragraph, silenced: set[tuple[int, int]]) -> Paragraph | None:
    kept = tuple(_kept(index, paragraph, silenced))
    if (index, -1) not in silenced or paragraph.mark in (Kind.SAME, Kind.FORMAT):
        return replace(paragraph, segments=kept)
    if paragraph.mark is Kind.INS:
        return Paragraph(kept, Kind.SAME, paragraph.new, paragraph.new)
    return replace(paragraph, segments=kept) if kept else None


def _kept(index: int, paragraph: Paragraph, silenced: set[tuple[int, int]]) -> Iterator[Segment]:
    for number, segment in enumerate(paragraph.segments):
        if (index, number) not in silenced or segment.kind in (Kind.SAME, Kind.GONE):
            yield segment
        elif segment.kind.in_new:
            yield Segment(Kind.SAME, segment.text, segment.look, atom=segment.atom)
