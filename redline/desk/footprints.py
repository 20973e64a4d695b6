"""Where a change stands in the two texts it leads between: so that what a person was shown is found again in a Word file.

A redline that was shown and the file it was written to say the same with other segments. Both lead from the same old text to the
same new one, so each changed segment and mark has its place there: (side, paragraph, from, to). What stands in the place of a
change belongs to it. Pure functions on model values; nothing is guessed from words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from redline.errors import ConflictError
from redline.model import Change, Kind, Paragraph, Side, Span, view
from redline.text import safe_line

MARK = -1
"""The number of a paragraph's mark among its segments."""

Part = tuple[int, int]
"""(paragraph, segment), the segment `MARK` for the mark."""

Place = tuple[Side, int, int, int]
"""A stretch of one side's text: (side, paragraph there, from, to); a mark is the character after its paragraph's last one."""

SIDES: tuple[Side, Side] = ("old", "new")


@dataclass(frozen=True, slots=True)
class Matched:
    """The changes a person was shown, with their spans in another redline.

    `loose` is what differs there and belongs to none of them, `missing` the changes of which nothing is there.
    """

    changes: tuple[Change, ...]
    loose: tuple[Part, ...]
    missing: tuple[Change, ...]

    def owners(self) -> dict[Part, list[str]]:
        """Which changes each segment and mark belongs to."""
        found: defaultdict[Part, list[str]] = defaultdict(list)
        for change in self.changes:
            for part in parts_of(change.spans):
                found[part].append(str(change.id))
        return found


def places(paragraphs: Sequence[Paragraph]) -> dict[Part, list[Place]]:
    """Where every segment and mark stands on the sides it stands on. A number typed by hand counts, whether it was read as one or not."""
    rows = tuple(paragraphs)
    found: defaultdict[Part, list[Place]] = defaultdict(list)
    for side in SIDES:
        for place, (paragraph, sources) in enumerate(view(rows, side)):
            at = len(paragraph.props.typed)
            for index in sources:
                for number, segment in enumerate(rows[index].segments):
                    if segment.kind.on(side):
                        found[index, number].append((side, place, at, at + len(segment.text)))
                        at += len(segment.text)
                if rows[index].mark.on(side):
                    found[index, MARK].append((side, place, at, at + 1))
    return found


def full_text(paragraph: Paragraph) -> str:
    """A plain paragraph's text with the number that was typed in front of it."""
    return paragraph.props.typed + paragraph.text


def parts_of(spans: Iterable[Span]) -> Iterator[Part]:
    """The segments and marks of spans, also those between that did not change."""
    for span in spans:
        yield from ((span.paragraph, number) for number in range(span.first, span.last))
        if span.mark:
            yield span.paragraph, MARK


def changed(paragraphs: Sequence[Paragraph], part: Part) -> bool:
    """Whether a segment or mark differs between the sides."""
    return _kind(paragraphs, part) not in (Kind.SAME, Kind.GONE)


def matched(shown: Sequence[Paragraph], changes: Iterable[Change], there: Sequence[Paragraph]) -> Matched:
    """Changes of the redline `shown`, found in the redline `there`, which leads from the same text to the same text.

    Something that stands in the places of two changes is given to both; what had to be taken out and put in again beside a
    change, because it cannot be cut, is given to that. ConflictError when the texts are not the same.
    """
    _agree(shown, there)
    here = places(shown)
    owners: defaultdict[tuple[Side, int], list[tuple[int, int, str]]] = defaultdict(list)
    changes = tuple(changes)
    for change in changes:
        for part in parts_of(change.spans):
            if changed(shown, part):
                for side, place, start, end in here[part]:
                    owners[side, place].append((start, end, str(change.id)))
    homes: dict[Part, set[str]] = {}
    for part, stands in places(there).items():
        if changed(there, part):
            homes[part] = {name for side, place, start, end in stands for first, last, name in owners[side, place]
                           if max(start, first) < min(end, last)}
    loose = _taken_in(homes, there)
    found: defaultdict[str, list[Part]] = defaultdict(list)
    for part, names in homes.items():
        for name in names:
            found[name].append(part)
    kept = tuple(replace(change, spans=tuple(_spans(found[change.id], there))) for change in changes if found[change.id])
    return Matched(kept, loose, tuple(change for change in changes if not found[change.id]))


def _taken_in(homes: dict[Part, set[str]], there: Sequence[Paragraph]) -> tuple[Part, ...]:
    """Give words without an owner to the nearest change of their paragraph; gives what is left without one."""
    owned: defaultdict[int, list[Part]] = defaultdict(list)
    for part, names in homes.items():
        if names:
            owned[part[0]].append(part)
    loose: list[Part] = []
    for (index, number), names in sorted(homes.items()):
        if names:
            continue
        near = owned.get(index) or (_behind(there, index, owned) if number == MARK else None)
        if near and _kind(there, (index, number)) is not Kind.FORMAT:
            at = _order(there, (index, number))
            homes[index, number] = homes[min(near, key=lambda part: abs(_order(there, part) - at))]
        else:
            loose.append((index, number))
    return tuple(loose)


def _behind(there: Sequence[Paragraph], index: int, owned: dict[int, list[Part]]) -> list[Part] | None:
    """The changes of the next paragraph when it begins as this one ends: the end belongs to the words that come after it."""
    after = owned.get(index + 1)
    first = next(iter(there[index + 1].segments), None) if after else None
    return after if first is not None and first.kind is there[index].mark else None


def _order(paragraphs: Sequence[Paragraph], part: Part) -> int:
    return len(paragraphs[part[0]].segments) if part[1] == MARK else part[1]


def _kind(paragraphs: Sequence[Paragraph], part: Part) -> Kind:
    return paragraphs[part[0]].mark if part[1] == MARK else paragraphs[part[0]].segments[part[1]].kind


def _spans(parts: Iterable[Part], paragraphs: Sequence[Paragraph]) -> Iterator[Span]:
    for index, number in sorted(set(parts)):
        count = len(paragraphs[index].segments)
        yield Span(index, count, count, True) if number == MARK else Span(index, number, number + 1)


def _agree(shown: Sequence[Paragraph], there: Sequence[Paragraph]) -> None:
    for side in SIDES:
        ours = [full_text(paragraph) for paragraph, _ in view(tuple(shown), side)]
        theirs = [full_text(paragraph) for paragraph, _ in view(tuple(there), side)]
        if ours == theirs:
            continue
        at = next((index for index, (one, other) in enumerate(zip(ours, theirs, strict=False)) if one != other),
                  min(len(ours), len(theirs)))
        words = safe_line(ours[at] if at < len(ours) else theirs[at], 60)
        raise ConflictError(f"the {side} text does not read the same once it is written into our document: “{words}”",
                            "Answer in Word and hand the file to `redline send CLIENT FILE`.")
