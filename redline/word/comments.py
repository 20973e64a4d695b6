"""Comments: their text, their threads, and the characters they are about.

Sources: ECMA-376 Part 1 §17.13.4 (comments and their ranges); [MS-DOCX] 2.5.4.1 (commentEx: paraId, paraIdParent, done),
2.5.4.3 (commentId: durableId). A thread hangs on the last paragraph of a comment.
"""

from __future__ import annotations

from collections.abc import Callable

from redline.model import Comment, Paragraph
from redline.word.assemble import Assembly
from redline.word.authors import moment
from redline.word.drafts import Anchor, Draft
from redline.word.package import Package
from redline.word.xml import W14_NS, W15_NS, W16CID_NS, W16DU_NS, Element, w

_PARA_ID = f"{{{W14_NS}}}paraId"
_LONGEST_QUOTE = 2_000


class Comments:
    """The comment parts that belong to one main part."""

    def __init__(self, package: Package, texts_of: Callable[[str, Element], tuple[str, str]]) -> None:
        self._package = package
        self._texts_of = texts_of
        self._part = next(iter(package.related(package.main, "comments")), "")
        self._durable = self._by_paragraph("commentsIds", f"{{{W16CID_NS}}}paraId", f"{{{W16CID_NS}}}durableId")
        self._parents = self._by_paragraph("commentsExtended", f"{{{W15_NS}}}paraId", f"{{{W15_NS}}}paraIdParent")
        self._done = self._by_paragraph("commentsExtended", f"{{{W15_NS}}}paraId", f"{{{W15_NS}}}done")

    def read(self, anchors: dict[str, Anchor], assembly: Assembly) -> tuple[Comment, ...]:
        """All comments that stand somewhere in the text, in the order of the comments part."""
        if not self._part:
            return ()
        found: list[tuple[Element, str, str]] = []
        names: dict[str, str] = {}
        for element in self._package.xml(self._part).iterchildren(w("comment")):
            paragraphs = [paragraph.get(_PARA_ID, "") for paragraph in element.iter(w("p"))]
            last = paragraphs[-1] if paragraphs else ""
            identity = self._durable.get(last) or element.get(w("id")) or ""
            names[last] = identity
            found.append((element, last, identity))
        names.pop("", None)
        comments: list[Comment] = []
        seen: set[str] = set()
        for element, last, identity in found:
            anchor = anchors.get(element.get(w("id"), ""))
            place = None if anchor is None else _place(anchor, assembly)
            if place is None or identity in seen:
                continue
            seen.add(identity)
            parent = names.get(self._parents.get(last, ""), "") if last else ""
            comments.append(self._comment(element, identity, place, parent if parent != identity else "", last))
        return tuple(comments)

    def _comment(self, element: Element, identity: str, place: tuple[int, int, int, str], parent: str,
                 last: str) -> Comment:
        paragraph, start, end, quote = place
        date = element.get(f"{{{W16DU_NS}}}dateUtc") or element.get(w("date")) or ""
        before, after = self._texts_of(self._part, element)
        return Comment(identity, element.get(w("author"), ""), moment(date), after, paragraph, start, end, quote, parent,
                       self._done.get(last, "0") in ("1", "true", "on"), None if before == after else before)

    def _by_paragraph(self, kind: str, key: str, attribute: str) -> dict[str, str]:
        """An attribute of one of the parts that extend comments, by the paragraph id it is about."""
        found: dict[str, str] = {}
        for part in self._package.related(self._package.main, kind):
            for element in self._package.xml(part):
                value = element.get(attribute)
                if value:
                    found.setdefault(element.get(key, ""), value)
        found.pop("", None)
        return found


def _place(anchor: Anchor, assembly: Assembly) -> tuple[int, int, int, str] | None:
    """(paragraph, start, end, quote) of a comment: its range in the first paragraph that it touches, or its reference."""
    start = _position(anchor.start or anchor.reference or anchor.end, assembly)
    end = _position(anchor.end or anchor.reference or anchor.start, assembly)
    if start is None or end is None:
        return None
    paragraphs = assembly.paragraphs
    if end < start:
        end = start
    (first, from_), (last, to) = start, end
    if first < last and from_ == len(paragraphs[first].text):
        first, from_ = first + 1, 0
    if first == last:
        return first, from_, max(from_, to), paragraphs[first].text[from_:to]
    quote = _quote(paragraphs, first, from_, last, to)
    return first, from_, len(paragraphs[first].text), quote


def _quote(paragraphs: list[Paragraph], first: int, start: int, last: int, end: int) -> str:
    texts = [paragraphs[first].text[start:]]
    length = len(texts[0])
    for index in range(first + 1, last):
        if length > _LONGEST_QUOTE:
            break
        texts.append(paragraphs[index].text)
        length += len(texts[-1]) + 1
    return "\n".join([*texts, paragraphs[last].text[:end]])[:_LONGEST_QUOTE]


def _position(place: tuple[Draft, int] | None, assembly: Assembly) -> tuple[int, int] | None:
    """A place in a draft as (paragraph, offset), after its typed number was taken out of the text."""
    if place is None or id(place[0]) not in assembly.homes:
        return None
    index, removed = assembly.homes[id(place[0])]
    return index, max(0, place[1] - removed)
