"""A redline of two versions as everything that is shown of it: changes, clauses, flags, comments and layout in their places."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from redline.model import Comment, Layout, Redline, view
from redline.views import Comparison

if TYPE_CHECKING:
    from redline.desk.desk import Desk
    from redline.desk.documents import Version


def comparison(desk: Desk | None, old: Version, new: Version, redline: Redline) -> Comparison:
    """Everything that is shown of old → new."""
    from redline.clauses.outline import outline
    from redline.compare.changes import changes
    from redline.desk.flags import flags

    clauses = outline(redline.paragraphs)
    own = redline.paragraphs is new.contract.paragraphs
    bare = Comparison(old.info, new.info, redline, changes(redline), clauses, comments=_comments(new, redline, own=own),
                      notices=new.contract.notices, coverage=new.contract.coverage, language=new.contract.language,
                      layout=new.contract.layout if own else _layout(old, new, redline))
    return replace(bare, flags=flags(desk, bare, old, new))


def _layout(old: Version, new: Version, redline: Redline) -> tuple[Layout, ...]:
    """What they did to the layout that stood not in `old` already, placed on the paragraphs of the redline.

    As with words, what we send is told by its outcome.
    """
    if new.info.direction not in ("received", ""):
        return ()
    rows = [sources[-1] for _, sources in view(redline.paragraphs, "new")]
    homes: dict[int, int] = {}
    for row, (_, sources) in zip(rows, view(new.contract.paragraphs, "new"), strict=True):
        homes.update(dict.fromkeys(sources, row))
    known = {one.id for one in old.contract.layout}
    news = [one for one in new.contract.layout if one.id not in known and one.paragraph in homes]
    return tuple(replace(one, paragraph=homes[one.paragraph]) for one in news)


def _comments(version: Version, redline: Redline, *, own: bool) -> tuple[Comment, ...]:
    """The version's comments, placed on the paragraphs and characters of the redline.

    On the version's `own` redline those on words that are struck out stay where they are; elsewhere they have no place.
    """
    homes = [sources for _, sources in view(redline.paragraphs, "new")]
    placed: list[Comment] = []
    final = version.contract.final()
    for comment in final.comments:
        if comment.paragraph < len(homes):
            start = _place(redline, homes[comment.paragraph], comment.start)
            end = _place(redline, homes[comment.paragraph], comment.end)
            last = end[1] if end[0] == start[0] else len(redline.paragraphs[start[0]].text)
            quote = final.paragraphs[comment.paragraph].text[comment.start:comment.end] or comment.quote
            placed.append(replace(comment, paragraph=start[0], start=start[1], end=max(start[1], last), quote=quote))
    if not own:
        return tuple(placed)
    known = {comment.id: comment for comment in placed}
    return tuple(replace(comment, quote=known.get(comment.id, comment).quote) for comment in version.contract.comments)


def _place(redline: Redline, sources: tuple[int, ...], offset: int) -> tuple[int, int]:
    """(paragraph, offset in all its text) of a character of the new side."""
    for index in sources:
        length = len(redline.paragraphs[index].side("new"))
        if offset <= length:
            break
        offset -= length
    position = 0
    for segment in redline.paragraphs[index].segments:
        if segment.kind.in_new:
            if offset <= len(segment.text):
                return index, position + offset
            offset -= len(segment.text)
        position += len(segment.text)
    return index, position
