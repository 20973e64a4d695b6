"""Where a paragraph was put in or taken out, say so of that paragraph, not of its neighbour's mark.

Typing Enter at the end of clause 2.6 and then a new clause leaves a file in which the *mark* of 2.6 is inserted and the new
words end in the old mark of 2.6. The same two texts come out when the old mark stays with 2.6 and the new words bring a mark
of their own, and this is how a person tells it. `slide` moves such marks; both sides read as before. A change of format is
somebody's: where the paragraphs differ in style and the file holds no such change, the mark that stays is the same one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from redline.model import Kind, Paragraph, Props


def slide(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The same redline with marks slid back over wholly inserted or wholly deleted paragraphs. Texts and indices stay."""
    out = list(paragraphs)
    for kind in (Kind.INS, Kind.DEL):
        index = 0
        while index < len(out):
            last = _run(out, index, kind)
            if last > index:
                _slid(out, index, last, kind)
            index = last + 1
    return tuple(out)


def _run(paragraphs: Sequence[Paragraph], first: int, kind: Kind) -> int:
    """The last paragraph of a run that can slide, `first` when there is none.

    `first` has kept words and a mark of `kind`; those after it hold only words of `kind`; the last one's mark is kept.
    """
    if paragraphs[first].mark is not kind or not any(segment.kind.in_old and segment.kind.in_new
                                                     for segment in paragraphs[first].segments):
        return first
    place = paragraphs[first].props.container
    for index in range(first + 1, len(paragraphs)):
        paragraph = paragraphs[index]
        if paragraph.props.container != place or not paragraph.segments:
            return first
        if any(segment.kind not in (kind, Kind.GONE) for segment in paragraph.segments):
            return first
        if paragraph.mark in (Kind.SAME, Kind.FORMAT):
            return index
        if paragraph.mark is not kind:
            return first
    return first


def _slid(paragraphs: list[Paragraph], first: int, last: int, kind: Kind) -> None:
    """Give the kept mark of `last` to `first`, and each paragraph after it the mark before it."""
    kept = paragraphs[last]
    for index in range(last, first, -1):
        by = paragraphs[index - 1].attribution
        own = paragraphs[index]
        paragraphs[index] = (
            replace(own, mark=kind, old=None, attribution=by) if kind is Kind.INS else replace(own, mark=kind, new=None, attribution=by)
        )
    head = paragraphs[first]
    old, new = (kept.old, head.new) if kind is Kind.INS else (head.old, kept.new)
    assert old is not None
    assert new is not None
    mark = Kind.SAME if kept.mark is Kind.SAME or _alike(old, new) else Kind.FORMAT
    paragraphs[first] = replace(head, mark=mark, old=old, new=new, attribution=None if mark is Kind.SAME else kept.attribution)


def _alike(old: Props, new: Props) -> bool:
    return (old.style, old.heading, old.level) == (new.style, new.heading, new.level)
