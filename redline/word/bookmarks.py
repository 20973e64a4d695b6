"""Which paragraph a cross-reference leads to: the bookmarks that something points to, found on each side.

A bookmark names a stretch of text. On a side where nothing of that text stands the bookmark does not stand either, whatever
the elements themselves say: Word takes it out together with the last of its text. Names are the same in any case of letters,
and of several with one name the first that stands counts.

Sources: ECMA-376 Part 1 §17.13.6 (bookmarks), §17.16.5.51 (REF).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from redline.model import Side
from redline.word.drafts import Bookmark, Draft, Findings

_FARTHEST = 50
"""How many paragraphs one bookmark is followed through where nothing stands; a hostile file may hold any number of both."""


def place_targets(drafts: Sequence[Draft], findings: Findings) -> None:
    """Give each draft the names, as the pointers spell them, of the bookmarks in it that something points to."""
    if not findings.targets:
        return
    wanted = [bookmark for bookmark in findings.bookmarks if bookmark.name.casefold() in findings.targets]
    sides: tuple[Side, Side] = ("old", "new")
    for side in sides:
        placed: set[str] = set()
        found: dict[int, set[str]] = {}
        places = _Side(drafts, side)
        for bookmark in wanted:
            name = bookmark.name.casefold()
            home = None if name in placed else places.home(bookmark)
            if home is None:
                continue
            placed.add(name)
            found.setdefault(home, set()).update(findings.targets[name])
        for home, names in found.items():
            if side == "old":
                drafts[home].anchors_old = frozenset(names)
            else:
                drafts[home].anchors_new = frozenset(names)


class _Side:
    """The drafts as they stand on one side."""

    def __init__(self, drafts: Sequence[Draft], side: Side) -> None:
        self._drafts = drafts
        self._side: Side = side
        self._order = {id(draft): index for index, draft in enumerate(drafts)}
        self._standing: dict[int, tuple[list[int], list[int]]] = {}

    def home(self, bookmark: Bookmark) -> int | None:
        """The index of the draft whose mark closes the paragraph a bookmark starts in, None where it does not stand."""
        if bookmark.start is None or id(bookmark.start[0]) not in self._order:
            return None
        first, offset = bookmark.start
        last, end = bookmark.end or (first, first.length)
        if last.story != first.story or id(last) not in self._order:
            last, end = first, first.length
        here, there = self._order[id(first)], self._order[id(last)]
        if here == there and end <= offset:
            alive = bookmark.state.kind.on(self._side) and (first.mark.kind.on(self._side) or self._text(here, 0, first.length))
            return self._closing(here) if alive else None
        for index in range(here, min(there, here + _FARTHEST) + 1):
            draft = self._drafts[index]
            start, stop = (offset if index == here else 0), (end if index == there else draft.length)
            if self._text(index, start, stop) or (index < there and draft.mark.kind.on(self._side)):
                return self._closing(index)
        return None

    def _closing(self, index: int) -> int:
        """The index of the draft whose mark ends the paragraph that text of one draft belongs to."""
        for following in range(index + 1, min(index + _FARTHEST, len(self._drafts))):
            draft, next_ = self._drafts[index], self._drafts[following]
            if draft.mark.kind.on(self._side) or (next_.story, next_.cell) != (draft.story, draft.cell):
                break
            index = following
        return index

    def _text(self, index: int, start: int, end: int) -> bool:
        """Whether any character of a draft between two offsets stands."""
        if index not in self._standing:
            offsets, standing = [0], [0]
            for segment in self._drafts[index].segments:
                offsets.append(offsets[-1] + len(segment.text))
                standing.append(standing[-1] + segment.kind.on(self._side))
            self._standing[index] = offsets, standing
        offsets, standing = self._standing[index]
        first, last = bisect_right(offsets, start) - 1, bisect_left(offsets, end)
        return start < end and standing[min(last, len(standing) - 1)] > standing[max(first, 0)]
