"""A redline for paper: the same change with no word struck that is put in again beside it.

On the screen a rewritten sentence reads best when it is replaced as one; of a Word file it is asked that it marks no more than
what changed, as Word's own comparison does. `fine` looks into each deletion that an insertion by the same hand stands next to, and
lets stay what both hold. Both sides read as before; marks of paragraphs, moves and who changed what are not touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from redline.model import Kind, Paragraph, Redline, Segment, merged

from .draw import drawn


def fine(redline: Redline) -> Redline:
    """The same redline, marking less."""
    return Redline(tuple(_paragraph(paragraph) for paragraph in redline.paragraphs))


def _paragraph(paragraph: Paragraph) -> Paragraph:
    kinds = {segment.kind for segment in paragraph.segments}
    if not {Kind.DEL, Kind.INS} <= kinds:
        return paragraph
    return replace(paragraph, segments=merged(_segments(paragraph.segments)))


def _segments(segments: Sequence[Segment]) -> Iterator[Segment]:
    for (changed, by), group in groupby(segments, lambda segment: (segment.kind in (Kind.DEL, Kind.INS), segment.attribution)):
        row = list(group)
        gone, come = ([segment for segment in row if segment.kind is kind] for kind in (Kind.DEL, Kind.INS))
        if changed and gone and come:
            yield from drawn(gone, come, by, fine=True)
        else:
            yield from row
