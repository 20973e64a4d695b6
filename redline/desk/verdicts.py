"""A redline with its changes decided, as plain paragraphs: what the text is once accepted, rejected and countered.

The same is done to the Word file itself (`redline.word.revisions.resolve_chosen`); here it is done to the words, where a counter can
be put in. Pure functions on model values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from redline.desk.footprints import MARK, NUMBER, Part, begins, parts_of
from redline.desk.twins import full_text
from redline.errors import ConflictError
from redline.model import PLAIN, Change, Kind, Paragraph, Redline, Segment, view
from redline.text import safe_line
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


Spot = tuple[int, int, int]
"""(paragraph, from, to) in a text."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The text that is left, and where in it each segment of the redline stands or would stand.

    `sources` are the redline's paragraphs that each paragraph was made of. A counter's line ends are characters in it; `ends` says
    where: (paragraph, offset). `parted` makes paragraphs of them.
    """

    paragraphs: tuple[Paragraph, ...]
    sources: tuple[tuple[int, ...], ...]
    spots: dict[Part, Spot]
    ends: tuple[tuple[int, int], ...] = ()


def settled(paragraphs: Sequence[Paragraph], verdicts: Mapping[Part, bool], counters: Sequence[Counter] = ()) -> Settled:
    """The new side of a redline of which each changed segment and mark was accepted (True) or not; counters put in.

    A part without a verdict is rejected. A counter's own parts need the verdict that leaves the words it replaces.
    """
    rows = [_decided(index, paragraph, verdicts) for index, paragraph in enumerate(paragraphs)]
    written = [_put_in(counter, rows) for counter in counters]
    done = tuple(rows)
    spots = _spots(done)
    ends = [(spots[part][0], spots[part][1] + at) for counter, part in zip(counters, written, strict=True)
            for at, char in enumerate(counter.decision.text) if char == "\n"]
    found = tuple(view(done, "new"))
    return Settled(tuple(paragraph for paragraph, _ in found), tuple(sources for _, sources in found), spots, tuple(sorted(ends)))


@dataclass(frozen=True, slots=True)
class Made:
    """What puts counters into a file, and which paragraph of the text each one of the file is then."""

    redline: Redline
    places: dict[int, int]


def replaced(before: Settled, now: Settled, old: Sequence[Paragraph], twins: Mapping[int, int],
             counters: Sequence[str]) -> Made:
    """From the text without the counters to that with them, paragraph by paragraph.

    `old` is the first text as its file has it, `twins` says which paragraph of `before` each one of it is: there may be more in the
    file, and less. ConflictError when a counter stands in what is not there.
    """
    homes = {source: index for index, sources in enumerate(before.sources) for source in sources}
    there = {place: index for index, place in twins.items()}
    rows: list[Paragraph] = []
    found: dict[int, int] = {}
    done = gone = 0
    for number, (paragraph, sources) in enumerate(zip(now.paragraphs, now.sources, strict=True)):
        places = list(dict.fromkeys(homes[source] for source in sources if source in homes))
        olds = [there[place] for place in places if place in there]
        if not olds:
            if any(words and words in paragraph.text for words in counters):
                raise ConflictError(f"the words that “{safe_line(paragraph.text, 60)}” would stand in go with what else is decided",
                                    "Decide the note or the header it stands in otherwise, or withdraw the counter.")
            continue
        if olds[0] < done:
            continue  # a header that several sections share, which is done
        rows += old[done:olds[0]]
        rows += _changed(old[olds[0]:olds[-1] + 1], paragraph)
        gone += olds[-1] - olds[0]
        done = olds[-1] + 1
        found[len(rows) - 1 - gone] = number
    return Made(Redline((*rows, *old[done:])), found)


def _changed(olds: Sequence[Paragraph], paragraph: Paragraph) -> list[Paragraph]:
    """The rows that make one paragraph of these."""
    from redline.compare.draw import paired

    *gone, last = olds
    rows = [Paragraph(tuple(replace(each, kind=Kind.DEL) for each in one.segments), Kind.DEL, one.props, None) for one in gone]
    if full_text(last) == full_text(paragraph):
        return [*rows, last]
    here, there = last.props.typed, paragraph.props.typed
    number = here.removesuffix(there)
    segments = _cut(paragraph.segments, len(number) if paragraph.text.startswith(number) else 0)[1]
    if there and not here and last.text.startswith(there):
        segments = (Segment(Kind.SAME, there), *segments)
    return rows + paired([last], [replace(paragraph, segments=segments, old=last.old, new=last.new)], None)


def parted(before: Sequence[Paragraph], ends: Sequence[tuple[int, int]]) -> Redline:
    """A redline that makes paragraphs of the lines that `ends` tells apart, each with the properties of the one it was in."""
    rows: list[Paragraph] = []
    for index, paragraph in enumerate(before):
        left, at = paragraph.segments, 0
        for place in [offset for number, offset in ends if number == index]:
            head, rest = _cut(left, place - at)
            gone, left = _cut(rest, 1)
            struck = tuple(replace(segment, kind=Kind.DEL) for segment in gone)
            rows.append(Paragraph((*head, *struck), Kind.INS, None, paragraph.props))
            at = place + 1
        rows.append(replace(paragraph, segments=left))
    return Redline(tuple(rows))


def after(spot: Spot, ends: Sequence[tuple[int, int]]) -> Spot:
    """Where a stretch stands once the lines are paragraphs; what holds several lines is only its first one."""
    paragraph, start, end = spot
    earlier = [place for place in ends if place < (paragraph, start)]
    base = max((offset + 1 for number, offset in earlier if number == paragraph), default=0)
    limit = min((offset for number, offset in ends if number == paragraph and offset >= start), default=end)
    return (paragraph + len(earlier), start - base, min(end, limit) - base)


def _cut(segments: tuple[Segment, ...], size: int) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    head: list[Segment] = []
    for index, segment in enumerate(segments):
        if size <= 0:
            return tuple(head), segments[index:]
        if size < len(segment.text):
            first, last = replace(segment, text=segment.text[:size]), replace(segment, text=segment.text[size:])
            return (*head, first), (last, *segments[index + 1:])
        head.append(segment)
        size -= len(segment.text)
    return tuple(head), ()


def _spots(rows: tuple[Paragraph, ...]) -> dict[Part, Spot]:
    found: dict[Part, Spot] = {}
    for place, (_, sources) in enumerate(view(rows, "new")):
        at = 0
        for index in sources:
            for number, segment in enumerate(rows[index].segments):
                end = at + (len(segment.text) if segment.kind.in_new else 0)
                found[index, number] = (place, at, end)
                at = end
            found[index, MARK] = (place, at, at)
    return found


def _decided(index: int, paragraph: Paragraph, verdicts: Mapping[Part, bool]) -> Paragraph:
    segments = tuple(_shown(segment, verdicts.get((index, number), False)) for number, segment in enumerate(paragraph.segments))
    accepted = verdicts.get((index, MARK), False)
    stands = paragraph.new if accepted else paragraph.old
    if paragraph.mark is Kind.GONE or stands is None:
        return Paragraph(segments, Kind.DEL, paragraph.props, None)
    if paragraph.old is not None and paragraph.new is not None and paragraph.old.typed != paragraph.new.typed:
        counted_in = verdicts.get((index, 0 if begins(paragraph) else NUMBER), False)
        stands = replace(stands, typed=(paragraph.new if counted_in else paragraph.old).typed)
    return Paragraph(segments, Kind.SAME, stands, stands)


def _shown(segment: Segment, accepted: bool) -> Segment:
    """What stands as it stands, what does not as gone, so that segments keep their numbers."""
    shown = segment.on("new" if accepted else "old")
    return shown if shown is not None else _silent(segment)


def _put_in(counter: Counter, rows: list[Paragraph]) -> Part:
    """Write a counter into the rows; gives the part it is there."""
    parts = sorted({part for part in parts_of(counter.change.spans) if part[1] != NUMBER},
                   key=lambda part: (part[0], part[1] == MARK, part[1]))
    if counter.decision.paragraph:
        first = parts[0][0]
        parts = [(first, number) for number in range(len(rows[first].segments))] or [(first, MARK)]
    place = next((part for part in parts if _stands(rows, part)), parts[0])
    for index, number in _covered(parts):
        segments = rows[index].segments
        rows[index] = replace(rows[index], segments=(*segments[:number], _silent(segments[number]), *segments[number + 1:]))
    for index in {index for index, number in parts if number == MARK} - {place[0]}:
        rows[index] = Paragraph(rows[index].segments, Kind.DEL, rows[index].props, None)
    return _write(counter.decision.text, place, rows)


def _stands(rows: Sequence[Paragraph], part: Part) -> bool:
    index, number = part
    return number != MARK and rows[index].segments[number].kind is Kind.SAME


def _covered(parts: Sequence[Part]) -> Iterator[Part]:
    """The segments of a change, with those between them in the same paragraph."""
    numbers: dict[int, list[int]] = {}
    for index, number in parts:
        if number != MARK:
            numbers.setdefault(index, []).append(number)
    for index, found in numbers.items():
        yield from ((index, number) for number in range(min(found), max(found) + 1))


def _silent(segment: Segment) -> Segment:
    return Segment(Kind.GONE, segment.text, segment.look, atom=segment.atom)


def _write(text: str, place: Part, rows: list[Paragraph]) -> Part:
    """A text in place of a segment that is gone, or at the end of the paragraph."""
    index, number = place
    segments = rows[index].segments
    at = len(segments) if number == MARK else number
    look = segments[at].look if at < len(segments) else PLAIN
    rows[index] = replace(rows[index], segments=(*segments[:at], Segment(Kind.SAME, text, look), *segments[at + 1:]))
    return index, at
