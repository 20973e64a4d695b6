"""A redline with its changes decided, as plain paragraphs: what the text is once accepted, rejected and countered.

The same is done to the Word file itself (`redline.word.revisions.resolve_chosen`); here it is done to the words, where a counter can
be put in. Pure functions on model values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from redline.desk.footprints import MARK, Part, parts_of
from redline.model import PLAIN, Change, Kind, Paragraph, Redline, Segment, merged, view
from redline.views import Decision


@dataclass(frozen=True, slots=True)
class Counter:
    """What takes the place of a change: its parts in the redline, and the decision that says with what."""

    change: Change
    decision: Decision

    @property
    def on_theirs(self) -> bool:
        """Whether it takes the place of words of theirs; else of ours, which they struck out."""
        return bool(self.change.new_text.strip()) or not self.change.old_text.strip()


@dataclass(frozen=True, slots=True)
class Settled:
    """The text that is left, and where in it each segment of the redline stands or would stand: (paragraph, from, to)."""

    paragraphs: tuple[Paragraph, ...]
    spots: dict[Part, tuple[int, int, int]]


def settled(paragraphs: Sequence[Paragraph], verdicts: Mapping[Part, bool], counters: Sequence[Counter] = ()) -> Settled:
    """The new side of a redline of which each changed segment and mark was accepted (True) or not; counters put in.

    A part without a verdict is rejected. A counter's own parts need the verdict that leaves the words it replaces.
    """
    rows = [_decided(index, paragraph, verdicts) for index, paragraph in enumerate(paragraphs)]
    more: dict[int, list[Paragraph]] = {}
    for counter in counters:
        _put_in(counter, rows, more)
    flat: list[tuple[int, Paragraph]] = []
    for index, row in enumerate(rows):
        flat += [(-1, line) for line in more.get(index, ())] + [(index, row)]
    done = tuple(row for _, row in flat)
    return Settled(Redline(done).new(), _spots(done, [index for index, _ in flat]))


def _spots(rows: tuple[Paragraph, ...], names: Sequence[int]) -> dict[Part, tuple[int, int, int]]:
    found: dict[Part, tuple[int, int, int]] = {}
    for place, (_, sources) in enumerate(view(rows, "new")):
        at = 0
        for index in sources:
            for number, segment in enumerate(rows[index].segments):
                end = at + (len(segment.text) if segment.kind.in_new else 0)
                found[names[index], number] = (place, at, end)
                at = end
            found[names[index], MARK] = (place, at, at)
    return found


def _decided(index: int, paragraph: Paragraph, verdicts: Mapping[Part, bool]) -> Paragraph:
    segments = tuple(_shown(segment, verdicts.get((index, number), False)) for number, segment in enumerate(paragraph.segments))
    accepted = verdicts.get((index, MARK), False)
    stands = paragraph.new if accepted else paragraph.old
    if paragraph.mark is Kind.GONE or stands is None:
        return Paragraph(segments, Kind.DEL, paragraph.props, None)
    return Paragraph(segments, Kind.SAME, stands, stands)


def _shown(segment: Segment, accepted: bool) -> Segment:
    """What stands as it stands, what does not as gone, so that segments keep their numbers."""
    shown = segment.on("new" if accepted else "old")
    return shown if shown is not None else Segment(Kind.GONE, segment.text, segment.look, atom=segment.atom)


def _put_in(counter: Counter, rows: list[Paragraph], more: dict[int, list[Paragraph]]) -> None:
    parts = sorted(set(parts_of(counter.change.spans)), key=lambda part: (part[0], part[1] == MARK, part[1]))
    if counter.decision.paragraph:
        first = next(index for index, _ in parts)
        parts = [(first, number) for number in range(len(rows[first].segments))]
    place = next((part for part in parts if _stands(rows, part)), parts[0])
    for index, number in _covered(parts, rows):
        _silence(rows, index, number)
    for index in {index for index, number in parts if number == MARK} - {place[0]}:
        rows[index] = Paragraph(rows[index].segments, Kind.DEL, rows[index].props, None)
    _write(counter.decision.text, place, rows, more)


def _stands(rows: Sequence[Paragraph], part: Part) -> bool:
    index, number = part
    return number != MARK and rows[index].segments[number].kind is Kind.SAME


def _covered(parts: Sequence[Part], rows: Sequence[Paragraph]) -> Iterator[Part]:
    """The segments of a change, with those between them in the same paragraph."""
    numbers: dict[int, list[int]] = {}
    for index, number in parts:
        if number != MARK:
            numbers.setdefault(index, []).append(number)
    for index, found in numbers.items():
        yield from ((index, number) for number in range(min(found), max(found) + 1))


def _silence(rows: list[Paragraph], index: int, number: int) -> None:
    segments = list(rows[index].segments)
    segments[number] = replace(segments[number], kind=Kind.GONE)
    rows[index] = replace(rows[index], segments=tuple(segments))


def _write(text: str, place: Part, rows: list[Paragraph], more: dict[int, list[Paragraph]]) -> None:
    """The lines of a text in front of a segment; each but the last is a paragraph like the one it stands in."""
    index, number = place
    row = rows[index]
    at = len(row.segments) if number == MARK else number
    look = row.segments[at].look if at < len(row.segments) else PLAIN
    *lines, last = text.split("\n")
    head = row.segments[:at]
    for line in lines:
        more.setdefault(index, []).append(Paragraph(merged((*head, Segment(Kind.SAME, line, look))), Kind.SAME, row.props, row.props))
        head = tuple(replace(segment, kind=Kind.GONE) for segment in head)
    written = Segment(Kind.SAME, last, look)
    at = min(at, len(head))
    rows[index] = replace(row, segments=(*head, *_joined(written, row.segments[at:])))


def _joined(written: Segment, rest: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """The written words in the first silenced segment's place, so that the others keep their numbers."""
    if rest and rest[0].kind is Kind.GONE:
        return (written, *rest[1:])
    return (written, *rest)
