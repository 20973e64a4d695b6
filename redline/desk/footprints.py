"""Where a change stands in the two texts it leads between: so that what a person was shown is found again in a Word file.

A redline that was shown and the file it was written to say the same with other segments. Both lead from the same old text to the
same new one, so each changed segment and mark has its place there: (side, paragraph, from, to). What stands in the place of a
change belongs to it. Pure functions on model values; nothing is guessed from words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from redline.desk.twins import full_text, margin, twins
from redline.errors import ConflictError
from redline.model import Change, Kind, Paragraph, Side, Span, view
from redline.text import safe_line

MARK = -1
"""The number of a paragraph's mark among its segments."""

NUMBER = -2
"""The number of what was typed in front of a paragraph to number it: a part where nothing else of the paragraph says who changed it."""

Part = tuple[int, int]
"""(paragraph, segment), the segment `MARK` for the mark, `NUMBER` for a typed number."""

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


def parts_of(spans: Iterable[Span]) -> Iterator[Part]:
    """The segments and marks of spans, also those between that did not change. An empty span is the number in front."""
    for span in spans:
        yield from ((span.paragraph, number) for number in range(span.first, span.last))
        if span.mark:
            yield span.paragraph, MARK
        elif span.first == span.last:
            yield span.paragraph, NUMBER


def changed(paragraphs: Sequence[Paragraph], part: Part) -> bool:
    """Whether a segment or mark differs between the sides."""
    return _kind(paragraphs, part) not in (Kind.SAME, Kind.GONE)


def matched(shown: Sequence[Paragraph], changes: Iterable[Change], there: Sequence[Paragraph]) -> Matched:
    """Changes of the redline `shown`, found in the redline `there`, which leads from the same text to the same text.

    Something that stands in the places of two changes is given to both; what had to be taken out and put in again beside a
    change, because it cannot be cut, is given to that. ConflictError when the texts are not the same.
    """
    homes_of = {side: _agree(shown, there, side) for side in SIDES}
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
            homes[part] = {name for side, place, start, end in stands if place in homes_of[side]
                           for first, last, name in owners[side, homes_of[side][place]] if max(start, first) < min(end, last)}
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
        near = owned.get(index) or (_behind(there, index, owned) if number == MARK else None) or _instead(there, index, owned)
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


def _instead(there: Sequence[Paragraph], index: int, owned: dict[int, list[Part]]) -> list[Part] | None:
    """The changes of the paragraph beside that takes the place of this one, or whose place this one takes."""
    row = there[index]
    for near in (index + 1, index - 1):
        if near in owned and {row.mark, there[near].mark} == {Kind.INS, Kind.DEL} \
                and there[near].props.container == row.props.container:
            return owned[near]
    return None


def _order(paragraphs: Sequence[Paragraph], part: Part) -> int:
    return len(paragraphs[part[0]].segments) if part[1] == MARK else part[1]


def _kind(paragraphs: Sequence[Paragraph], part: Part) -> Kind:
    if part[1] == NUMBER:
        return Kind.FORMAT
    return paragraphs[part[0]].mark if part[1] == MARK else paragraphs[part[0]].segments[part[1]].kind


def _spans(parts: Iterable[Part], paragraphs: Sequence[Paragraph]) -> Iterator[Span]:
    for index, number in sorted(set(parts)):
        count = len(paragraphs[index].segments)
        yield Span(index, count, count, True) if number == MARK else Span(index, number, number + 1)


def _agree(shown: Sequence[Paragraph], there: Sequence[Paragraph], side: Side) -> dict[int, int]:
    """Which paragraph that was shown each paragraph there is, on one side. ConflictError when they do not say the same; headers and
    footers may be where their section is not.
    """
    found = twins(*([paragraph for paragraph, _ in view(tuple(rows), side)] for rows in (shown, there)))
    apart = next((paragraph for paragraph in found.apart if not margin(paragraph)), None)
    if apart is not None:
        raise ConflictError(f"the {side} text does not read the same once it is written into our document: "
                            f"“{safe_line(full_text(apart), 60)}”", "Answer in Word and hand the file to `redline send CLIENT FILE`.")
    return found.places


def renumbered(changes: Sequence[Change], paragraphs: Sequence[Paragraph], known: Collection[int]) -> tuple[Change, ...]:
    """The same changes with the numbers typed by hand that went up or down with them.

    Where nothing but its number says that a paragraph changed, what was put in or taken out before it is the cause, else what
    comes after it. The numbers of the `known` paragraphs are decided by themselves.
    """
    causes = [(part[0], index) for index, change in enumerate(changes) for part in parts_of(change.spans)
              if part[1] == MARK and _kind(paragraphs, part) in (Kind.INS, Kind.DEL)]
    more: defaultdict[int, list[Span]] = defaultdict(list)
    for index, paragraph in enumerate(paragraphs):
        old, new = paragraph.old, paragraph.new
        if old is None or new is None or old.typed == new.typed or begins(paragraph) or index in known:
            continue
        before = [cause for cause in causes if cause[0] < index] or causes
        if before:
            more[(before[-1] if before is not causes else before[0])[1]].append(Span(index, 0, 0))
    return tuple(replace(change, spans=(*change.spans, *more[index])) for index, change in enumerate(changes))


def begins(paragraph: Paragraph) -> bool:
    """Whether a change of words stands right behind the number: the number belongs to it."""
    first = next(iter(paragraph.segments), None)
    return first is not None and first.kind not in (Kind.SAME, Kind.GONE, Kind.FORMAT)
