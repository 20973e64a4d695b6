"""Comments that are put into a document: the words they are about, what they say, and the comments they answer.

What is there stays: other comments, tracked changes, and every part in which nothing is said. The same document and the same
remarks give the same bytes.

Sources: ECMA-376 Part 1 §17.13.4 (comments, their ranges and references).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from redline.errors import UsageError
from redline.text import safe_line
from redline.word.anchoring import Place, host
from redline.word.comment_parts import CommentParts, initials
from redline.word.edit.parts import Parts
from redline.word.package import Package, open_package
from redline.word.read import Reader
from redline.word.revisions import story_parts
from redline.word.xml import Element, w

_START, _END, _REFERENCE = w("commentRangeStart"), w("commentRangeEnd"), w("commentReference")
_NOTES = {w("footnote"): w("footnoteReference"), w("endnote"): w("endnoteReference")}


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment to be written, on the characters `start` to `end` of `Contract.paragraphs[paragraph].text`.

    `text` may have several lines, each a paragraph. With `parent`, the id of a comment of the document, it is an answer: it
    stands where that comment stands, whatever the offsets say.
    """

    paragraph: int
    start: int
    end: int
    author: str
    text: str
    date: datetime | None = None
    parent: str = ""

    @property
    def initials(self) -> str:
        """The first letters of the author's names, at most four."""
        return initials(self.author)


def add_comments(data: bytes, remarks: Sequence[Remark], name: str = "") -> bytes:
    """The document with comments added, numbered in the order of the remarks.

    Paragraphs and offsets are those of `redline.word.read.read` on the same bytes. A remark in a note or a text box stands
    where that is shown in the text; one in a header or a footer, where Word allows none, at the start of the text. One that
    holds a part of a field or a content control, and words beside it, is widened to all of it.

    Raises DocumentError when the file is refused, UsageError when a parent is no comment of it, ValueError when a remark
    lies outside the text.
    """
    return _Writer(open_package(data, name)).written(remarks) if remarks else data


class _Writer:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._parts = Parts(package)
        self._reader = Reader(package, trace=True)
        self._contract = self._reader.contract()
        self._known = {comment.id: comment for comment in self._contract.comments}
        self._places: dict[Element, Place] = {}

    def written(self, remarks: Sequence[Remark]) -> bytes:
        for remark in remarks:
            self._check(remark)
        comments = CommentParts(self._package, self._parts)
        for remark in remarks:
            self._cut(remark)
        first = comments.next_number()
        for number, remark in enumerate(remarks, first):
            answered = comments.find(self._head(remark.parent)) if remark.parent else None
            near = self._package.xml(self._package.main) if answered is None else self._anchor_of(answered)
            markers = _markers(near, comments, number)
            if answered is None:
                self._anchor(remark, *markers)
            else:
                self._beside(answered, *markers)
            comments.say(number, remark.author, remark.date, remark.text, answered)
        return self._parts.written()

    def _check(self, remark: Remark) -> None:
        if remark.parent:
            if remark.parent not in self._known:
                raise UsageError(f"There is no comment {safe_line(remark.parent, 40)} in the document to be answered.",
                                 "Answer one of the comments that the document has now.")
            return
        paragraphs = self._contract.paragraphs
        if not 0 <= remark.paragraph < len(paragraphs):
            raise ValueError(f"there is no paragraph {remark.paragraph} among {len(paragraphs)}")
        if not 0 <= remark.start <= remark.end <= len(paragraphs[remark.paragraph].text):
            raise ValueError(f"characters {remark.start} to {remark.end} lie outside paragraph {remark.paragraph}")

    def _head(self, identity: str) -> str:
        """The first comment of a thread: Word hangs every answer on it."""
        seen = {identity}
        while (parent := self._known[identity].parent) in self._known and parent not in seen:
            seen.add(parent)
            identity = parent
        return identity

    # Where

    def _cut(self, remark: Remark) -> None:
        """Make the borders of all remarks before any marker stands: a place is found by the text as it was read."""
        if remark.parent:
            return
        draft, typed = self._reader.sources[remark.paragraph]
        if draft.story == "body" and draft.element is not None:
            place = self._places.setdefault(draft.element, Place(draft.element, draft))
            place.cut(remark.start + typed)
            place.cut(remark.end + typed)

    def _anchor(self, remark: Remark, opening: Element, closing: Element, reference: Element) -> None:
        draft, typed = self._reader.sources[remark.paragraph]
        self._parts.tree(self._package.main)
        if draft.story == "body" and draft.element is not None:
            place = self._places[draft.element]
            place.surround(remark.start + typed, remark.end + typed, opening, closing, reference)
            return
        shown = None if draft.element is None else self._shown_by(draft.element)
        if shown is not None:
            Place(next(shown.iterancestors(w("p")))).surround_run(shown, opening, closing, reference)
            return
        first = next((draft.element for draft, _ in self._reader.sources if draft.story == "body"), None)
        assert first is not None
        Place(first).surround(0, 0, opening, closing, reference)

    def _shown_by(self, element: Element) -> Element | None:
        """The run in the body that holds a text box or refers to a note; None for a header or a footer."""
        shown: Element | None = None
        main = self._package.xml(self._package.main)
        while True:
            note = next(element.iterancestors(*_NOTES), None)
            outer = host(element)
            if outer is None and note is not None:
                outer = next((reference.getparent() for reference in main.iter(_NOTES[note.tag])
                              if reference.get(w("id")) == note.get(w("id"))), None)
            if outer is None:
                return shown if element.getroottree().getroot() is main else None
            shown = element = outer

    def _anchor_of(self, comment: Element) -> Element:
        """The reference of a comment that is there, or one end of its range."""
        found = self._markers_of(comment)
        return next(found[tag] for tag in (_REFERENCE, _END, _START) if tag in found)

    def _markers_of(self, comment: Element) -> dict[str, Element]:
        """What marks a comment's place in the text, by tag."""
        found: dict[str, Element] = {}
        for part in story_parts(self._package):
            for element in self._package.xml(part).iter(_START, _END, _REFERENCE):
                if element.get(w("id")) == comment.get(w("id")):
                    found.setdefault(element.tag, element)
        return found

    def _beside(self, answered: Element, opening: Element, closing: Element, reference: Element) -> None:
        """An answer has the range of the comment it answers; its own reference stands behind that one's."""
        found = self._markers_of(answered)
        anchor = self._anchor_of(answered)
        self._parts.tree(self._package.part_of(anchor.getroottree().getroot()))
        if _START in found and _END in found:
            found[_START].addnext(opening)
            found[_END].addnext(closing)
        paragraph = next(anchor.iterancestors(w("p")), None)
        if paragraph is None:
            paragraph = next(anchor.itersiblings(w("p"), preceding=True), None)
        if paragraph is None:
            paragraph = next(anchor.itersiblings(w("p")))
            anchor = paragraph
        place = Place(paragraph)
        if anchor in paragraph.iterdescendants(anchor.tag):
            place.refer(anchor, reference)
        else:
            paragraph.append(reference)


def _markers(near: Element, comments: CommentParts, number: int) -> tuple[Element, Element, Element]:
    """Start, end and reference of a comment."""
    opening, closing = near.makeelement(_START), near.makeelement(_END)
    holder = near.makeelement(w("p"))
    run = comments.styled_run(holder)
    reference = etree.SubElement(run, _REFERENCE)
    for marker in (opening, closing, reference):
        marker.set(w("id"), str(number))
    return opening, closing, run
