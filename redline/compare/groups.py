"""Parts of a redline that stand or fall together: neighbouring segments and marks of one hand and one nature.

Every changed segment and mark belongs to exactly one group (what is `gone` to none). Neighbouring paragraphs are separate, so are
different authors, and tracked beside untracked words; a whole row is one group, and both ends of a move are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from redline.model import Attribution, Kind, Paragraph, Segment, Side

_BRIDGE = 3
"""Characters of shared spaces and signs over which two changes are still one."""

_PARTS = re.compile(r"[\w.!?;:\n\ufffc]")
"""What keeps two changes apart: a word, the end of a sentence or a line, a thing that is not text."""

Key = tuple[str, bool, str, int]


@dataclass(slots=True)
class Group:
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


def groups(paragraphs: Sequence[Paragraph]) -> list[Group]:
    """All groups, in the order of the text."""
    return list(_with_moves(_with_rows(_with_marks(paragraphs, _neighbours(paragraphs)), paragraphs)))


def _neighbours(paragraphs: Sequence[Paragraph]) -> Iterator[Group]:
    """Neighbouring parts of each paragraph, one author's and of one nature."""
    for index, paragraph in enumerate(paragraphs):
        group: Group | None = None
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
            fresh = Group([(index, number)], part.attribution, part.kind is Kind.FORMAT, part.move)
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


def _together(group: Group, fresh: Group, bridge: int) -> bool:
    if group.key != fresh.key or group.format != fresh.format:
        return False
    if group.move or fresh.move:
        return not bridge and (not group.move or not fresh.move or group.move == fresh.move)
    return True


def _with_marks(paragraphs: Sequence[Paragraph], groups: Iterable[Group]) -> Iterator[Group]:
    """Word's way to type a new paragraph behind another: the old one's mark comes in, then the new text before the old
    mark. That mark goes with the text that follows it (and so when struck).
    """
    held: Group | None = None
    for group in groups:
        first = group.parts[0]
        if held is not None and _follows(paragraphs, held, group):
            own = [part for part in group.parts if part[1] >= 0]
            last = [part for part in group.parts if part[1] < 0]
            yield Group([*held.parts, *own], held.by)
            held = Group(last, group.by) if last else None
            continue
        if held is not None:
            yield held
        alone = len(group.parts) == 1 and first[1] < 0 and paragraphs[first[0]].mark in (Kind.INS, Kind.DEL)
        held = group if alone and not group.move and paragraphs[first[0]].segments else None
        if held is None:
            yield group
    if held is not None:
        yield held


def _follows(paragraphs: Sequence[Paragraph], held: Group, group: Group) -> bool:
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


def _with_rows(groups: Iterable[Group], paragraphs: Sequence[Paragraph]) -> list[Group]:
    """Whole rows that came in or went out as one change each."""
    found = list(groups)
    whole = {group.parts[0][0]: group for group in found if _whole(paragraphs, group)}
    out: list[Group] = []
    last: Group | None = None
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


def _whole(paragraphs: Sequence[Paragraph], group: Group) -> bool:
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


def _row_is_whole(paragraphs: Sequence[Paragraph], index: int, whole: dict[int, Group]) -> bool:
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


def _with_moves(groups: Iterable[Group]) -> Iterator[Group]:
    """Both ends of a move as one change, where its first end stands."""
    found = list(groups)
    together: dict[str, Group] = {}
    for group in found:
        if group.move in together and together[group.move].key == group.key:
            together[group.move].parts.extend(group.parts)
            continue
        if group.move:
            together.setdefault(group.move, group)
        yield group
