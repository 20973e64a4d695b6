"""What of a file's tracked changes is news: our own, which we sent along, are taken as accepted; theirs stay to be decided.

A client returns our answer with our tracked changes still in it. They are no change of his, and what he did to them (struck
our words, put his between) must stand out as his. Pure functions on model values.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from redline.model import Attribution, Contract, Kind, Paragraph, Redline, Segment, merged


def settled(contract: Contract, ours: frozenset[str]) -> Redline:
    """The tracked changes of `contract` with those by authors in `ours` accepted. New side as in `contract.redline`."""
    done: list[Paragraph] = []
    pending: tuple[Segment, ...] = ()
    for paragraph in contract.paragraphs:
        segments = pending + tuple(_segments(paragraph.segments, ours))
        pending = ()
        kept = _mark(paragraph, ours)
        if kept is None:
            pending = segments
        else:
            done.append(replace(kept, segments=merged(segments)))
    if pending and done:
        done[-1] = replace(done[-1], segments=merged(done[-1].segments + pending))
    return Redline(tuple(done))


def _is_ours(attribution: Attribution | None, ours: frozenset[str]) -> bool:
    return attribution is not None and attribution.author in ours


def _segments(segments: Iterable[Segment], ours: frozenset[str]) -> Iterable[Segment]:
    for segment in segments:
        mine = _is_ours(segment.attribution, ours)
        if segment.kind is Kind.GONE:
            struck_by_us = _is_ours(segment.struck, ours)
            if mine and not struck_by_us:
                yield replace(segment, kind=Kind.DEL, attribution=segment.struck, struck=None)
            elif not mine and not struck_by_us:
                yield segment
        elif not mine:
            yield segment
        elif segment.kind.in_new:
            yield Segment(Kind.SAME, segment.text, segment.look, atom=segment.atom)


def _mark(paragraph: Paragraph, ours: frozenset[str]) -> Paragraph | None:
    """The paragraph with its mark settled, None when the mark is gone by our own doing."""
    if paragraph.mark is Kind.SAME or not _is_ours(paragraph.attribution, ours):
        return paragraph
    if not paragraph.mark.in_new:
        return None
    props = paragraph.props
    return Paragraph(paragraph.segments, Kind.SAME, props, props)
