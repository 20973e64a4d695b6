"""A redline cut into what a person decides on: changes that stand or fall together, each with an id that survives
reload.

Every changed segment and mark belongs to exactly one change (what is `gone` to none). Neighbouring paragraphs are
separate changes, so are different authors, and tracked beside untracked words; a whole row is one, and both ends of a
move are one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from redline.clauses import Clause, outline, owners
from redline.model import Attribution, Change, ChangeId, ChangeKind, Kind, Paragraph, Redline, Segment, Side, Span
from redline.text import fold

_BRIDGE = 3
"""Characters of shared spaces and signs over which two changes are still one."""

_PARTS = re.compile(r"[\w.!?;:\n\ufffc]")
"""What keeps two changes apart: a word, the end of a sentence or a line, a thing that is not text."""

Key = tuple[str, bool, str, int]


@dataclass(slots=True)
class _Group:
    """Parts of a redline that stand or fall together: (paragraph, segment) pairs; segment −1 is the mark."""

    parts: list[tuple[int, int]]
    by: Attribution | None
    format: bool = False
    move: str = ""
    row: object = None

    @property
    def key(self) -> Key | None:
        return _key(self.by)


def _key(by: Attribution | None) -> Key | None:
    return (by.author, by.tracked, by.deal, by.turn) if by else None


def changes(redline: Redline) -> tuple[Change, ...]:
    """The changes of a redline in the order of the text. Ids depend on the clause, the words and which such change it
    is there.
    """
    paragraphs = redline.paragraphs
    groups = list(_with_moves(_with_rows(_with_marks(paragraphs, _groups(paragraphs)), paragraphs)))
    homes = _Homes(paragraphs)
    seen: Counter[tuple[str, ...]] = Counter()
    out: list[Change] = []
    for group in groups:
        kind, old_text, new_text = _reading(paragraphs, group)
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


def _groups(paragraphs: Sequence[Paragraph]) -> Iterator[_Group]:
    """Neighbouring parts of each paragraph, one author's and of one nature."""
    for index, paragraph in enumerate(paragraphs):
        group: _Group | None = None
        bridge = 0
        for number, part in [*enumerate(paragraph.segments), (-1, _mark(paragraph))]:
            if part.kind is Kind.GONE:
                continue
            if part.kind is Kind.SAME:
                bridge += len(part.text)
                if number >= 0 and bridge <= _BRIDGE and not _PARTS.search(part.text):
                    continue
                if group:
                    yield group
                group = None
                continue
            fresh = _Group([(index, number)], part.attribution, part.kind is Kind.FORMAT, part.move)
            if group and _together(group, fresh, bridge):
                group.parts.append((index, number))
                group.move = group.move or fresh.move
            else:
                if group:
                    yield group
                group = fresh
            bridge = 0
        if group:
            yield group


def _mark(paragraph: Paragraph) -> Segment:
    """The mark in the shape of a segment."""
    was = frozenset[str]() if paragraph.mark is Kind.FORMAT else None
    return Segment(paragraph.mark, "", was=was, attribution=paragraph.attribution, move=paragraph.move)


def _together(group: _Group, fresh: _Group, bridge: int) -> bool:
    if group.key != fresh.key or group.format != fresh.format:
        return False
    if group.move or fresh.move:
        return not bridge and (not group.move or not fresh.move or group.move == fresh.move)
    return True


def _with_marks(paragraphs: Sequence[Paragraph], groups: Iterable[_Group]) -> Iterator[_Group]:
    """Word's way to type a new paragraph behind another: the old one's mark comes in, then the new text before the old
    mark. That mark goes with the text that follows it (and so when struck).
    """
    held: _Group | None = None
    for group in groups:
        first = group.parts[0]
        if held is not None and _follows(paragraphs, held, group):
            own = [part for part in group.parts if part[1] >= 0]
            last = [part for part in group.parts if part[1] < 0]
            yield _Group([*held.parts, *own], held.by)
            held = _Group(last, group.by) if last else None
            continue
        if held is not None:
            yield held
        alone = len(group.parts) == 1 and first[1] < 0 and paragraphs[first[0]].mark in (Kind.INS, Kind.DEL)
        held = group if alone and not group.move and paragraphs[first[0]].segments else None
        if held is None:
            yield group
    if held is not None:
        yield held


def _follows(paragraphs: Sequence[Paragraph], held: _Group, group: _Group) -> bool:
    """Whether `group` is all the text of the paragraph after the mark in `held`, in the same hand and of the same
    kind.
    """
    index = held.parts[-1][0]
    kind = paragraphs[index].mark
    following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
    if following is None or group.parts[0] != (index + 1, 0) or group.key != held.key or group.format:
        return False
    texts = [segment for segment in following.segments if segment.kind is not Kind.GONE]
    return (len([part for part in group.parts if part[1] >= 0]) == len(texts) > 0
            and all(segment.kind is kind for segment in texts) and following.mark in (kind, Kind.SAME, Kind.FORMAT))


def _with_rows(groups: Iterable[_Group], paragraphs: Sequence[Paragraph]) -> list[_Group]:
    """Whole rows that came in or went out as one change each."""
    found = list(groups)
    whole = {group.parts[0][0]: group for group in found if _whole(paragraphs, group)}
    out: list[_Group] = []
    last: _Group | None = None
    for group in found:
        index = group.parts[0][0]
        if index not in whole or not _row_is_whole(paragraphs, index, whole):
            out.append(group)
            last = None
            continue
        group.row = _row(paragraphs[index])
        if last is not None and last.row == group.row and last.key == group.key:
            last.parts.extend(group.parts)
        else:
            out.append(group)
            last = group
    return out


def _whole(paragraphs: Sequence[Paragraph], group: _Group) -> bool:
    """Whether the group is all of one paragraph, inserted or deleted with its mark."""
    index = group.parts[0][0]
    paragraph = paragraphs[index]
    if paragraph.props.cell is None or group.parts[-1] != (index, -1) or paragraph.mark not in (Kind.INS, Kind.DEL):
        return False
    kept = [segment for segment in paragraph.segments if segment.kind is not Kind.GONE]
    return len(group.parts) == len(kept) + 1 and all(segment.kind is paragraph.mark for segment in kept)


def _row(paragraph: Paragraph) -> object:
    cell = paragraph.props.cell
    return None if cell is None else (paragraph.props.story, cell.parent, cell.table, cell.row, paragraph.mark)


def _row_is_whole(paragraphs: Sequence[Paragraph], index: int, whole: dict[int, _Group]) -> bool:
    """Whether all paragraphs of the row were inserted, or deleted, as wholes by one hand."""
    row, key = _row(paragraphs[index]), whole[index].key
    side: Side = "new" if paragraphs[index].mark is Kind.INS else "old"
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(paragraphs) and _row_on(paragraphs[at], side) == _row_on(paragraphs[index], side):
            if at not in whole or _row(paragraphs[at]) != row or whole[at].key != key:
                return False
            at += step
    return True


def _row_on(paragraph: Paragraph, side: Side) -> object:
    props = (paragraph.old if side == "old" else paragraph.new) or paragraph.props
    if not paragraph.mark.on(side) or props.cell is None:
        return None
    return (props.story, props.cell.parent, props.cell.table, props.cell.row)


def _with_moves(groups: Iterable[_Group]) -> Iterator[_Group]:
    """Both ends of a move as one change, where its first end stands."""
    found = list(groups)
    together: dict[str, _Group] = {}
    for group in found:
        if group.move in together and together[group.move].key == group.key:
            together[group.move].parts.extend(group.parts)
            continue
        if group.move:
            together.setdefault(group.move, group)
        yield group


def _reading(paragraphs: Sequence[Paragraph], group: _Group) -> tuple[ChangeKind, str, str]:
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
    if {Kind.MOVE_FROM, Kind.MOVE_TO} <= kinds:
        return ChangeKind.MOVE, before.rstrip("\n"), after.rstrip("\n")
    if _only_spacing(paragraphs, group, before, after):
        return ChangeKind.FORMAT, before, after
    gone, come = any(kind.in_old for kind in kinds), any(kind.in_new for kind in kinds)
    kind = ChangeKind.REPLACE if gone and come else ChangeKind.DELETE if gone else ChangeKind.INSERT
    if kind is ChangeKind.REPLACE:
        return kind, before, after
    return kind, _bare(before) if gone else "", _bare(after) if come else ""


_PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "«": '"', "»": '"', "„": '"', "‑": "-", "–": "-", "—": "-"})


def _only_spacing(paragraphs: Sequence[Paragraph], group: _Group, before: str, after: str) -> bool:
    """Whether only spaces, or the shape of quotes and dashes, differ, or an empty paragraph came or went.

    Letters that merely look alike do differ; so does a paragraph that is split or joined.
    """
    for index, number in group.parts:
        if number < 0 and any(segment.kind is not Kind.GONE for segment in paragraphs[index].segments):
            return False
    return before.translate(_PLAIN).split() == after.translate(_PLAIN).split()


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


def _people(paragraphs: Sequence[Paragraph], group: _Group) -> tuple[Attribution, ...]:
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
        self.new = (outline(self.paragraphs, "new"), owners(self.paragraphs, "new"))
        self.old = (outline(self.paragraphs, "old"), owners(self.paragraphs, "old"))

    def of(self, index: int) -> Clause | None:
        paragraph = self.paragraphs[index]
        on_new = paragraph.mark.in_new or any(segment.kind.in_new for segment in paragraph.segments)
        clauses, owner = self.new if on_new else self.old
        return clauses[owner[index]] if owner[index] >= 0 else None

