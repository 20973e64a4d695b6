"""Which paragraph a cross-reference leads to: the bookmarks that something points to, found on each side.

A bookmark names a stretch of text. On a side where nothing of that text stands the bookmark does not stand either, whatever
the elements themselves say: Word takes it out together with the last of its text. Names are the same in any case of letters,
and of several with one name the first that stands counts.

Sources: ECMA-376 Part 1 §17.13.6 (bookmarks), §17.16.5.51 (REF).
"""

from __future__ import annotations

from collections.abc import Sequence

from redline.model import Side
from redline.word.drafts import Bookmark, Draft, Findings

_FARTHEST = 200
"""How many paragraphs one bookmark is followed through where nothing stands; a hostile file may hold any number of both."""


def place_targets(drafts: Sequence[Draft], findings: Findings) -> None:
    """Give each draft the names, as the pointers spell them, of the bookmarks in it that something points to."""
    if not findings.targets:
        return
    order = {id(draft): index for index, draft in enumerate(drafts)}
    wanted = [bookmark for bookmark in findings.bookmarks if bookmark.name.casefold() in findings.targets]
    sides: tuple[Side, Side] = ("old", "new")
    for side in sides:
        placed: set[str] = set()
        for bookmark in wanted:
            name = bookmark.name.casefold()
            home = None if name in placed else _home(bookmark, side, drafts, order)
            if home is None:
                continue
            placed.add(name)
            if side == "old":
                home.anchors_old |= findings.targets[name]
            else:
                home.anchors_new |= findings.targets[name]


def _home(bookmark: Bookmark, side: Side, drafts: Sequence[Draft], order: dict[int, int]) -> Draft | None:
    """The draft whose mark closes the paragraph a bookmark starts in on one side, None where it does not stand."""
    if bookmark.start is None or id(bookmark.start[0]) not in order:
        return None
    first, offset = bookmark.start
    last, end = bookmark.end or (first, first.length)
    if last.story != first.story or id(last) not in order:
        last, end = first, first.length
    here, there = order[id(first)], order[id(last)]
    if here == there and end <= offset:
        alive = bookmark.state.kind.on(side) and (first.mark.kind.on(side) or _text(first, side, 0, first.length))
        return _closing(here, side, drafts) if alive else None
    for index in range(here, min(there, here + _FARTHEST) + 1):
        draft = drafts[index]
        start, stop = (offset if index == here else 0), (end if index == there else draft.length)
        if _text(draft, side, start, stop) or (index < there and draft.mark.kind.on(side)):
            return _closing(index, side, drafts)
    return None


def _closing(index: int, side: Side, drafts: Sequence[Draft]) -> Draft:
    """The draft whose mark ends the paragraph that text of one draft belongs to on one side."""
    draft = drafts[index]
    for following in drafts[index + 1:index + _FARTHEST]:
        if draft.mark.kind.on(side) or (following.story, following.cell) != (draft.story, draft.cell):
            break
        draft = following
    return draft


def _text(draft: Draft, side: Side, start: int, end: int) -> bool:
    """Whether any character between two offsets stands on one side."""
    offset = 0
    for segment in draft.segments:
        if offset >= end:
            break
        following = offset + len(segment.text)
        if following > start and segment.kind.on(side):
            return True
        offset = following
    return False
