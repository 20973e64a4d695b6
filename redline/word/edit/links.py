"""A comment at both ends of what moved, which says where the other end is: the reader of a deletion learns that the words stand
elsewhere, and the reader of an insertion that they are not new.

Each comment stands in the revision it is about: it goes with the deletion when that is accepted and with the insertion when
that is rejected. Only the body can have them; Word allows no comments in headers, footers and notes.

Sources: ECMA-376 Part 1 §17.13.4.3, .4, .5 (range and reference of a comment).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from redline.clauses.labels import full_path
from redline.model import Paragraph
from redline.text import safe_line
from redline.word.comment_parts import CommentParts
from redline.word.edit.marks import Marker
from redline.word.edit.moves import End, Move
from redline.word.edit.parts import Parts
from redline.word.edit.source import Source
from redline.word.xml import w

_PPR, _ID = w("pPr"), w("id")
_WORDS = 40


class Links:
    """Writes the comments of one document."""

    def __init__(self, old: Source, new: Source, parts: Parts, marker: Marker) -> None:
        self._old, self._new, self._parts, self._marker = old, new, parts, marker

    def write(self, moves: Sequence[Move]) -> None:
        """Say of each move, at its first paragraph on each side, where the other end is."""
        told = [move for move in moves if self._in_body(move)]
        if not told:
            return
        comments = CommentParts(self._old.package, self._parts)
        number = comments.next_number()
        for move in told:
            source, target = move.source[0], move.target[0]
            size = f" ({len(move.source)} paragraphs)" if len(move.source) > 1 else ""
            assert source.row.old is not None and target.row.new is not None
            there = _place(self._new.contract.paragraphs, target.row.new)
            here = _place(self._old.contract.paragraphs, source.row.old)
            for end, tag, text in ((source, "del", f"Moved to {there}{size}."), (target, "ins", f"Moved here from {here}{size}.")):
                self._anchor(end, w(tag), comments, number)
                comments.say(number, *self._marker.author(end.row.by), text, None)
                number += 1

    def _in_body(self, move: Move) -> bool:
        source, target = move.source[0].row.old, move.target[0].row.new
        assert source is not None and target is not None
        return self._old.lines[source].story == self._new.lines[target].story == "body"

    def _anchor(self, end: End, tag: str, comments: CommentParts, number: int) -> None:
        """Put the comment round all of a paragraph, its reference in the same revision as the words."""
        paragraph = end.element
        self._parts.tree(self._parts.name_of(paragraph))
        opening, closing = paragraph.makeelement(w("commentRangeStart")), paragraph.makeelement(w("commentRangeEnd"))
        revision = self._marker.new(tag, paragraph, end.row.by)
        reference = revision.makeelement(w("commentReference"))
        comments.styled_run(revision).append(reference)
        for marker in (opening, closing, reference):
            marker.set(_ID, str(number))
        properties = paragraph.find(_PPR)
        paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, opening)
        paragraph.extend([closing, revision])


def _place(paragraphs: Sequence[Paragraph], index: int) -> str:
    """Where a paragraph stands, in words: the number of its clause, else its heading, else what it follows."""
    labels: list[str] = []
    depth: int | None = None
    for paragraph in reversed(paragraphs[:index + 1]):
        props = paragraph.props
        if props.level is None or (depth is not None and props.level >= depth):
            continue
        if depth is None and not props.label and paragraph is not paragraphs[index]:
            return f"“{safe_line(paragraph.text, _WORDS)}”"
        depth = props.level
        labels.append(props.label)
        if not depth:
            break
    path = reduce(full_path, reversed(labels), "")
    if path:
        return path
    before = next((paragraph.text for paragraph in reversed(paragraphs[:index]) if paragraph.text.strip()), "")
    return f"after “{safe_line(before, _WORDS)}”" if before else "the beginning"
