"""A document as one JSON object: every paragraph with its text in the final and in the original view, and what was done to it.

document    schema, kind, file, title, language · warnings: [{code, message, where}] · coverage: [{part, construct, count, note}] ·
            paragraphs (below) · changes: [{id, kind, author, date, authors, tracked, old, new, place}] · layout: [{id, what, count,
            author, date, place}] · comments: [{id, author, date, text, resolved, parent, quote, place}] · clauses: [{id, path, label,
            heading, kind, level, parent, first, last (exclusive)}] · flags
paragraphs  in document order, one for each paragraph mark that the file holds, the comments last: index, story, story_id,
            clause (its full number or null), label, label_original, text, text_original, typed, typed_original (the characters of
            a number typed by hand, which are not in the text), style, level, heading, cell, references: [{name, text, paragraph}],
            anchor (the paragraph that a note, a text box or a comment hangs on, where that is known),
            mark: {kind, author, date, change, move}, segments: [{kind, text, look, was, atom, author, date, change, move, struck}].
            `text` and what goes with it is null where the paragraph does not stand in that view; the words of a paragraph whose
            mark is missing there stand in the one they flow into. What is no text is one U+FFFC. A comment's rows also have
            comment: its id.
place       story, story_id, clause, label, paragraph (index) · original, final: {paragraph, start, end_paragraph, end}, characters
            of text_original and text of those paragraphs; start and end are equal where nothing of it stands, null where not
            even its place is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from redline.clauses.outline import Clause, outline, owners
from redline.model import Attribution, Change, Comment, Layout, Paragraph, Segment
from redline.render.json import SCHEMA, Object, cell_of, coverage_of, date_of, flag_of, notices_of
from redline.render.offsets import Range, Text
from redline.views import Comparison

_REFERENCE = "ref:"
_HANGING = ("footnote", "endnote", "textbox")


def document(view: Comparison, file: str) -> Object:
    """One version by itself; `file` is how it was asked for."""
    return _Document(view).told(file)


class _Document:
    """The parts of one object. Paragraphs are told apart by their index in the redline."""

    def __init__(self, view: Comparison) -> None:
        self.view = view
        self.paragraphs = view.redline.paragraphs
        self.original, self.final = Text(self.paragraphs, "old"), Text(self.paragraphs, "new")
        self.homes = owners(self.paragraphs, "new")
        self.old_clauses, self.old_homes = outline(self.paragraphs, "old"), owners(self.paragraphs, "old")
        self.change_of = {(span.paragraph, number): change for change in view.changes for span in change.spans
                          for number in (*range(span.first, span.last), *((-1,) if span.mark else ()))}
        self.targets = {name.casefold(): index for index in reversed(range(len(self.paragraphs)))
                        for props in (self.paragraphs[index].old, self.paragraphs[index].new) if props for name in props.anchors}

        self.anchors = dict(_anchors(self.paragraphs))

    def told(self, file: str) -> Object:
        view = self.view
        rows = [self._row(index, paragraph) for index, paragraph in enumerate(self.paragraphs)]
        for comment in view.comments:
            rows.extend(self._remark(comment, len(rows)))
        return {
            "schema": SCHEMA, "kind": "document", "file": file, "title": view.new.title, "language": view.language,
            "warnings": notices_of(view.notices), "coverage": coverage_of(view.coverage), "paragraphs": rows,
            "changes": [self._change(change) for change in view.changes], "layout": [self._layout(one) for one in view.layout],
            "comments": [self._comment(comment) for comment in view.comments],
            "clauses": [_clause(clause) for clause in view.clauses], "flags": [flag_of(flag) for flag in view.flags],
        }

    def _row(self, index: int, paragraph: Paragraph) -> Object:
        final, original = self.final.rows.get(index), self.original.rows.get(index)
        new, old = (None if row is None else row.props for row in (final, original))
        props = paragraph.props
        return {
            "index": index, **_story(props.story), "clause": self._path(index),
            "label": new and new.label, "label_original": old and old.label,
            "text": final and final.text, "text_original": original and original.text,
            "typed": new and new.typed, "typed_original": old and old.typed,
            "style": props.style, "level": props.level, "heading": props.heading, "cell": cell_of(props.cell),
            "references": self._references(paragraph),
            "anchor": self.anchors.get(props.story),
            "mark": {"kind": paragraph.mark.value, **_hand(paragraph.attribution), "change": self._id(index, -1),
                     "move": paragraph.move},
            "segments": [self._segment(segment, self._id(index, number)) for number, segment in enumerate(paragraph.segments)],
        }

    def _id(self, paragraph: int, number: int) -> str | None:
        change = self.change_of.get((paragraph, number))
        return change.id if change else None

    def _segment(self, segment: Segment, change: str | None) -> Object:
        return {
            "kind": segment.kind.value, "text": segment.text, "look": sorted(segment.look),
            "was": None if segment.was is None else sorted(segment.was), "atom": segment.atom, **_hand(segment.attribution),
            "change": change, "move": segment.move, "struck": _hand(segment.struck) if segment.struck else None,
        }

    def _references(self, paragraph: Paragraph) -> list[Object]:
        """What cross-references in a paragraph point to: the index of a paragraph, null where it is not there."""
        return [{"name": name, "text": segment.text, "paragraph": self.targets.get(name.casefold())}
                for segment in paragraph.segments for look in sorted(segment.look) if look.startswith(_REFERENCE)
                for name in (look.removeprefix(_REFERENCE),)]

    def _path(self, index: int) -> str | None:
        """The full number of the clause that a paragraph belongs to: the new one where anything of it stands there."""
        paragraph = self.paragraphs[index]
        on_new = paragraph.mark.in_new or any(segment.kind.in_new for segment in paragraph.segments)
        clauses, homes = (self.view.clauses, self.homes) if on_new else (self.old_clauses, self.old_homes)
        home = homes[index]
        path = clauses[home].path if 0 <= home < len(clauses) else ""
        anchor = self.anchors.get(paragraph.props.story)
        return path or (self._path(anchor) if anchor is not None and anchor != index else None)

    def _remark(self, comment: Comment, index: int) -> list[Object]:
        """The paragraphs of a comment."""
        who = {"author": comment.author, "date": date_of(comment.date)}
        return [{
            "index": index + number, **_story(f"comment:{comment.id}"), "clause": self._path_of(comment.paragraph), "label": "",
            "label_original": "", "text": text, "text_original": before, "typed": "", "typed_original": "", "style": "", "level": None,
            "heading": False, "cell": None, "references": [], "anchor": comment.paragraph,
            "mark": {"kind": "same", "author": None, "date": None, "change": None, "move": ""},
            "segments": [_PLAIN | {"text": text}] if text else [], "comment": comment.id, **who,
        } for number, (text, before) in enumerate(_versions(comment))]

    def _path_of(self, paragraph: int) -> str | None:
        return self._path(paragraph) if 0 <= paragraph < len(self.paragraphs) else None

    def _change(self, change: Change) -> Object:
        return {
            "id": change.id, "kind": change.kind.value, **_hand(change.attributions[0] if change.attributions else None),
            "authors": list(dict.fromkeys(one.author for one in change.attributions)), "tracked": change.tracked,
            "old": change.old_text, "new": change.new_text,
            "place": self._place(change.spans[0].paragraph, change.label, self.original.of(change), self.final.of(change)),
        }

    def _layout(self, one: Layout) -> Object:
        sides = (text.range(one.paragraph, 0, len(self.paragraphs[one.paragraph].text)) for text in (self.original, self.final))
        return {"id": one.id, "what": one.what, "count": one.count, **_hand(one.attribution),
                "place": self._place(one.paragraph, self._path(one.paragraph) or "", *sides)}

    def _comment(self, comment: Comment) -> Object:
        told = {"id": comment.id, "author": comment.author, "date": date_of(comment.date), "text": comment.text,
                "resolved": comment.resolved, "parent": comment.parent or None, "quote": comment.quote}
        if not 0 <= comment.paragraph < len(self.paragraphs):
            return told | {"place": None}
        sides = (text.range(comment.paragraph, comment.start, comment.end) for text in (self.original, self.final))
        return told | {"place": self._place(comment.paragraph, self._path(comment.paragraph) or "", *sides)}

    def _place(self, paragraph: int, label: str, original: Range | None, final: Range | None) -> Object:
        return {**_story(self.paragraphs[paragraph].props.story), "clause": label or self._path(paragraph),
                "label": self.paragraphs[paragraph].props.label, "paragraph": paragraph, "original": _range(original),
                "final": _range(final)}


_PLAIN: Object = {"kind": "same", "text": "", "look": [], "was": None, "atom": "", "author": None, "date": None, "change": None,
                  "move": "", "struck": None}


def _anchors(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[str, int]]:
    """Each note and text box with the paragraph it hangs on: the n-th sign of a kind stands for the n-th of its texts.

    Where their numbers differ (a note that two signs point to) nothing is said of the kind.
    """
    signs: dict[str, list[int]] = {kind: [] for kind in _HANGING}
    texts: dict[str, dict[str, int]] = {kind: {} for kind in _HANGING}
    for index, paragraph in enumerate(paragraphs):
        kind = paragraph.props.story.partition(":")[0]
        if kind in texts:
            texts[kind].setdefault(paragraph.props.story, index)
        for segment in paragraph.segments:
            if segment.atom in signs:
                signs[segment.atom].append(index)
    for kind in _HANGING:
        if len(signs[kind]) == len(texts[kind]):
            yield from ((story, sign) for (story, first), sign in zip(texts[kind].items(), signs[kind], strict=True) if sign < first)


def _story(story: str) -> Object:
    return {"story": story.partition(":")[0], "story_id": story}


def _hand(one: Attribution | None) -> Object:
    return {"author": one.author if one else None, "date": date_of(one.date) if one else None}


def _range(found: Range | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"paragraph": found.start[0], "start": found.start[1], "end_paragraph": found.end[0], "end": found.end[1]}


def _clause(clause: Clause) -> Object:
    return {"id": clause.id, "path": clause.path, "label": clause.label, "heading": clause.heading, "kind": clause.kind.value,
            "level": clause.level, "parent": clause.parent, "first": clause.first, "last": clause.last, "story": clause.story}


def _versions(comment: Comment) -> list[tuple[str | None, str | None]]:
    """The lines of a comment as it reads and as it read before its own tracked changes, side by side while they correspond."""
    after = comment.text.split("\n")
    before = after if comment.original is None else comment.original.split("\n")
    return list(zip_longest(after, before))
