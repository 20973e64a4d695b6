"""What of a returned file's tracked changes is news: those that were in what we sent are taken as accepted, the rest is theirs.

A client returns our answer with the tracked changes it carried, ours and perhaps older ones of his. They are no news; what he
did to them (struck our words, put his between) must stand out as his. A change is known again by who made it, when, its kind
and its words; a file without names and dates by its words. Pure functions on model values.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from redline.model import Attribution, Contract, Kind, Paragraph, Redline, Segment, merged

_TELLING = 4
"""Fewest characters by which a change is known again when its author and date are not."""


class Known:
    """The tracked changes a document carried when it went out."""

    def __init__(self, contract: Contract) -> None:
        self._signed: defaultdict[tuple[object, ...], str] = defaultdict(str)
        self._words: set[tuple[Kind, str]] = set()
        self._marks: set[tuple[object, ...]] = set()
        for paragraph in contract.paragraphs:
            if paragraph.mark is not Kind.SAME:
                self._add(paragraph.attribution, paragraph.mark, paragraph.text + "\n")
                if paragraph.attribution and paragraph.attribution.date:
                    self._marks.add(_signature(paragraph.attribution, paragraph.mark))
            for segment in paragraph.segments:
                if segment.kind is Kind.GONE:
                    self._add(segment.attribution, Kind.INS, segment.text)
                    self._add(segment.struck, Kind.DEL, segment.text)
                elif segment.kind is not Kind.SAME:
                    self._add(segment.attribution, segment.kind, segment.text)

    def _add(self, by: Attribution | None, kind: Kind, text: str) -> None:
        self._signed[_signature(by, kind)] += "\0" + text
        self._words.add((kind, text))

    def __bool__(self) -> bool:
        return bool(self._words)

    def has(self, by: Attribution | None, kind: Kind, text: str) -> bool:
        """Whether a change (or a piece of one) was there already."""
        return text in self._signed.get(_signature(by, kind), "") or (len(text) >= _TELLING and (kind, text) in self._words)


    def has_mark(self, paragraph: Paragraph, kind: Kind) -> bool:
        """Whether a paragraph's mark was changed so already, whatever became of the words before it."""
        return _signature(paragraph.attribution, kind) in self._marks or self.has(paragraph.attribution, kind, paragraph.text + "\n")


def _signature(by: Attribution | None, kind: Kind) -> tuple[object, ...]:
    return (by.author, by.date, kind) if by else ("", None, kind)


def settled(contract: Contract, known: Known) -> Redline:
    """The tracked changes of `contract` with those that are `known` accepted. New side as in `contract.redline`."""
    if not known:
        return contract.redline
    done: list[Paragraph] = []
    pending: tuple[Segment, ...] = ()
    for paragraph in contract.paragraphs:
        segments = pending + tuple(_segments(paragraph.segments, known))
        pending = ()
        kept = _mark(paragraph, known)
        if kept is None:
            pending = segments
        else:
            done.append(replace(kept, segments=merged(segments)))
    if pending and done:
        done[-1] = replace(done[-1], segments=merged(done[-1].segments + pending))
    return Redline(tuple(done))


def _segments(segments: Iterable[Segment], known: Known) -> Iterator[Segment]:
    for segment in segments:
        if segment.kind is Kind.SAME:
            yield segment
        elif segment.kind is Kind.GONE:
            if not known.has(segment.attribution, Kind.INS, segment.text):
                yield segment
            elif not known.has(segment.struck, Kind.DEL, segment.text):
                yield replace(segment, kind=Kind.DEL, attribution=segment.struck, struck=None)
        elif not known.has(segment.attribution, segment.kind, segment.text):
            yield segment
        elif segment.kind.in_new:
            yield Segment(Kind.SAME, segment.text, segment.look, atom=segment.atom)


def _mark(paragraph: Paragraph, known: Known) -> Paragraph | None:
    """The paragraph with its mark settled, None when the mark was gone already."""
    if paragraph.mark is Kind.GONE and known.has_mark(paragraph, Kind.INS):
        by = next((segment.struck for segment in paragraph.segments if segment.struck), None)
        return Paragraph(paragraph.segments, Kind.DEL, paragraph.props, None, by)
    if paragraph.mark is Kind.SAME or not known.has_mark(paragraph, paragraph.mark):
        return paragraph
    if not paragraph.mark.in_new:
        return None
    props = paragraph.props
    return Paragraph(paragraph.segments, Kind.SAME, props, props)
