"""A redline cut into what a person decides on: changes that stand or fall together, each with an id that survives
reload.

What stands or falls together is in `groups`; here each group gets its kind, its words before and after, its clause and its id. A
change that only follows a renumbering, or looks otherwise, is no change of words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from redline.clauses.outline import Clause, structure
from redline.model import Attribution, Change, ChangeId, ChangeKind, Kind, Paragraph, Redline, Segment, Span
from redline.text import fold

from .groups import Group, groups
from .references import Targets, renumbered


def changes(redline: Redline) -> tuple[Change, ...]:
    """The changes of a redline in the order of the text. Ids depend on the clause, the words and which such change it
    is there.
    """
    paragraphs = redline.paragraphs
    homes, targets = _Homes(paragraphs), Targets(paragraphs)
    seen: Counter[tuple[str, ...]] = Counter()
    out: list[Change] = []
    for group in groups(paragraphs):
        kind, old_text, new_text = _reading(paragraphs, group, targets)
        clause = homes.of(next((index for index, number in group.parts if number >= 0), group.parts[0][0]))
        anchor = str(clause.id or fold(clause.path)) if clause else ""
        nature = (anchor, str(kind), old_text, new_text)
        seen[nature] += 1
        digest = sha256("\x00".join((*nature, str(seen[nature]))).encode("utf-8", "surrogatepass")).hexdigest()
        out.append(Change(ChangeId(digest[:8]), kind, old_text, new_text, clause.id if clause else None,
                          clause.path if clause else "", tuple(_spans(group.parts, paragraphs)), _people(paragraphs, group)))
    return _told_apart(out)


def _told_apart(found: list[Change]) -> tuple[Change, ...]:
    """Ids that two changes happen to share are hashed on until they differ."""
    used: set[str] = set()
    out: list[Change] = []
    for change in found:
        name = str(change.id)
        while name in used:
            name = sha256(name.encode()).hexdigest()[:8]
        used.add(name)
        out.append(change if name == change.id else replace(change, id=ChangeId(name)))
    return tuple(out)


def _reading(paragraphs: Sequence[Paragraph], group: Group, targets: Targets) -> tuple[ChangeKind, str, str]:
    """(kind, the words before, the words after). Marks are line ends; a bridge of shared signs counts on both sides."""
    old: list[str] = []
    new: list[str] = []
    for span in _spans(group.parts, paragraphs):
        paragraph = paragraphs[span.paragraph]
        for segment in paragraph.segments[span.first:span.last]:
            old.append(segment.text if segment.kind.in_old else "")
            new.append(segment.text if segment.kind.in_new else "")
        if span.mark:
            old.append("\n" if paragraph.mark.in_old else "")
            new.append("\n" if paragraph.mark.in_new else "")
    before, after = "".join(old), "".join(new)
    if all(number < 0 for _, number in group.parts) and group.format:
        before, after = (paragraphs[group.parts[0][0]].side(side) for side in ("old", "new"))
    kinds = {_kind_of(paragraphs, part) for part in group.parts}
    if group.format:
        return ChangeKind.FORMAT, before.rstrip("\n"), after.rstrip("\n")
    follows = renumbered(_words(paragraphs, group), targets) if all(number >= 0 for _, number in group.parts) else None
    if follows:
        return ChangeKind.FORMAT, before, after
    if {Kind.MOVE_FROM, Kind.MOVE_TO} <= kinds:
        return ChangeKind.MOVE, before.rstrip("\n"), after.rstrip("\n")
    if follows is None and _only_spacing(paragraphs, group, before, after):
        return ChangeKind.FORMAT, before, after
    gone, come = any(kind.in_old for kind in kinds), any(kind.in_new for kind in kinds)
    kind = ChangeKind.REPLACE if gone and come else ChangeKind.DELETE if gone else ChangeKind.INSERT
    if kind is ChangeKind.REPLACE:
        return kind, before, after
    return kind, _bare(before) if gone else "", _bare(after) if come else ""


_PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "«": '"', "»": '"', "„": '"', "‑": "-", "–": "-", "—": "-"})


def _only_spacing(paragraphs: Sequence[Paragraph], group: Group, before: str, after: str) -> bool:
    """Whether only spaces, or the shape of quotes and dashes, differ, or an empty paragraph came or went.

    Letters that merely look alike do differ; so does a paragraph that is split or joined.
    """
    for index, number in group.parts:
        if number < 0 and any(segment.kind is not Kind.GONE for segment in paragraphs[index].segments):
            return False
    return before.translate(_PLAIN).split() == after.translate(_PLAIN).split()


def _words(paragraphs: Sequence[Paragraph], group: Group) -> Iterator[Segment]:
    """The segments of a group, with those it bridges."""
    for span in _spans(group.parts, paragraphs):
        yield from paragraphs[span.paragraph].segments[span.first:span.last]


def _bare(text: str) -> str:
    """Without the line ends around it, unless it is a line end."""
    return text.strip("\n") or text


def _kind_of(paragraphs: Sequence[Paragraph], part: tuple[int, int]) -> Kind:
    paragraph = paragraphs[part[0]]
    return paragraph.mark if part[1] < 0 else paragraph.segments[part[1]].kind


def _spans(parts: Sequence[tuple[int, int]], paragraphs: Sequence[Paragraph]) -> Iterator[Span]:
    """The parts as spans, in order; shared and `gone` text between two parts is inside, another's change is not."""
    by_paragraph: dict[int, list[int]] = {}
    for index, number in parts:
        by_paragraph.setdefault(index, []).append(number)
    for index, numbers in by_paragraph.items():
        segments = paragraphs[index].segments
        runs: list[list[int]] = []
        for number in (number for number in numbers if number >= 0):
            between = segments[runs[-1][-1] + 1:number] if runs else ()
            if runs and all(segment.kind in (Kind.SAME, Kind.GONE) for segment in between):
                runs[-1].append(number)
            else:
                runs.append([number])
        marked = -1 in numbers
        for run in runs:
            yield Span(index, run[0], run[-1] + 1, marked and run is runs[-1])
        if marked and not runs:
            yield Span(index, len(segments), len(segments), True)


def _people(paragraphs: Sequence[Paragraph], group: Group) -> tuple[Attribution, ...]:
    found: dict[Attribution, None] = {}
    for index, number in group.parts:
        by = paragraphs[index].attribution if number < 0 else paragraphs[index].segments[number].attribution
        if by is not None:
            found.setdefault(by)
    return tuple(found)


@dataclass(slots=True)
class _Homes:
    """The clause in which each paragraph of a redline stands: the new one where it stands there, else the old one."""

    paragraphs: Sequence[Paragraph]
    new: tuple[tuple[Clause, ...], tuple[int, ...]] = field(init=False)
    old: tuple[tuple[Clause, ...], tuple[int, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self.new = structure(self.paragraphs, "new")
        self.old = structure(self.paragraphs, "old")

    def of(self, index: int) -> Clause | None:
        paragraph = self.paragraphs[index]
        on_new = paragraph.mark.in_new or any(segment.kind.in_new for segment in paragraph.segments)
        clauses, owner = self.new if on_new else self.old
        return clauses[owner[index]] if owner[index] >= 0 else None
