"""Tracked paragraph marks that cannot go, because there is nothing their text could flow into.

Source: ECMA-376 Part 1 §17.13.5.15 and .20 (deleted and inserted marks), §17.4.65 (a cell ends with a paragraph).
"""

from __future__ import annotations

from redline.model import Kind, Side
from redline.word.drafts import SAME, Draft

_BOTH_OR_NEITHER = (Kind.SAME, Kind.FORMAT, Kind.GONE)
_AHEAD = 500
"""How many paragraphs are looked at for one that a mark could flow into; a hostile file may have any number."""


def settled(drafts: list[Draft]) -> list[Draft]:
    """The same drafts; a mark that has nothing to flow into on the side where it does not stand stays on both sides.

    So it is before a table and at the end of a cell or a story, if there is text left on that side; and a cell keeps one
    paragraph whatever goes (§17.13.5.15, .20; §17.4.65).
    """
    for index, draft in enumerate(drafts):
        kind = draft.mark.kind
        if kind in _BOTH_OR_NEITHER or draft.state.kind is not Kind.SAME:
            continue
        side: Side = "new" if kind.in_old else "old"
        following = next((each for each in drafts[index + 1:index + _AHEAD] if _there(each, side)), None)
        if following is not None and following.cell == draft.cell:
            continue
        if _flows(drafts, index, side) or (draft.cell is not None and _alone(drafts, index, side)):
            draft.mark = SAME
    return drafts


def _there(draft: Draft, side: Side) -> bool:
    return draft.mark.kind.on(side) or any(segment.kind.on(side) for segment in draft.segments)


def _flows(drafts: list[Draft], index: int, side: Side) -> bool:
    """Whether text of one side stands in front of this mark, in its paragraph or in those that flow into it."""
    cell = drafts[index].cell
    for draft in reversed(drafts[max(0, index - _AHEAD):index + 1]):
        if draft.cell != cell or (draft is not drafts[index] and draft.mark.kind.on(side)):
            return False
        if any(segment.kind.on(side) for segment in draft.segments):
            return True
    return False


def _alone(drafts: list[Draft], index: int, side: Side) -> bool:
    """Whether no other paragraph of the cell stands on that side."""
    cell = drafts[index].cell
    around = drafts[max(0, index - _AHEAD):index + _AHEAD]
    return not any(each.cell == cell and each is not drafts[index] and _there(each, side) for each in around)
