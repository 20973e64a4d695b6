"""The parts that hold comments, written: what is said, who answers whom, who is who.

`comments` is made where there is none; of the parts that extend it, those are filled that the document has, and the one
that says who answers whom is made when an answer needs it.

Sources: ECMA-376 Part 1 §17.13.4.2, .6 (comment, comments); [MS-DOCX] 2.5.4 (commentsExtended, commentsIds,
commentsExtensible, people).
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from datetime import UTC, datetime

from lxml import etree

from redline.word.edit.parts import Parts
from redline.word.package import Package
from redline.word.revisions import story_parts
from redline.word.xml import MC_NS, R_NS, W14_NS, W15_NS, W16CID_NS, W_NS, XML_SPACE, Element, mc, number, value, w

_PARA_ID = f"{{{W14_NS}}}paraId"
_EX, _CID = f"{{{W15_NS}}}", f"{{{W16CID_NS}}}"
_CEX = "{http://schemas.microsoft.com/office/word/2018/wordml/cex}"
_EXTENDED = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_PARA_IDS = re.compile(rb"\b(?:paraId|durableId)=[\"']([0-9A-Fa-f]{1,8})[\"']")
_FORBIDDEN = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (§2.2 there)."""
_MOST = 0x7FFFFFFE
_STYLES = ("annotation reference", "annotation text")


class CommentParts:
    """The comment parts of one package."""

    def __init__(self, package: Package, parts: Parts) -> None:
        self._package = package
        self._parts = parts
        self._styles = _style_ids(package)
        self._used: set[int] = set()
        for part in package.parts:
            if part.endswith(".xml") and (part in story_parts(package) or "comments" in part):
                self._used.update(int(found, 16) for found in _PARA_IDS.findall(package.data(part)))
        part = next(iter(package.related(package.main, "comments")), "")
        self.root = self._parts.tree(part) if part else self._made()
        self._extended = self._tree("commentsExtended")
        self._ids, self._extensible, self._people = map(self._tree, ("commentsIds", "commentsExtensible", "people"))

    def _tree(self, kind: str) -> Element | None:
        part = next(iter(self._package.related(self._package.main, kind)), None)
        return None if part is None else self._parts.tree(part)

    def _made(self) -> Element:
        root = etree.Element(w("comments"), nsmap={"w": W_NS, "w14": W14_NS, "mc": MC_NS})
        root.set(mc("Ignorable"), "w14")
        self._add("comments", f"{R_NS}/comments", root)
        return root

    def _add(self, name: str, kind: str, root: Element) -> None:
        main = self._package.main
        part = self._parts.free(posixpath.join(posixpath.dirname(main), f"{name}.xml"))
        self._parts.add(part, root, f"{_TYPE}{name}+xml")
        self._parts.link(main, kind, part)

    def next_number(self) -> int:
        """A `w:id` that no comment has."""
        return max((number(element.get(w("id")), -1) for element in self.root), default=-1) + 1

    def find(self, identity: str) -> Element | None:
        """The element of a comment by the id under which it was read: its durable id, or else its `w:id`."""
        wanted = numbers_by_id(self._package).get(identity)
        return next((element for element in self.root.iterchildren(w("comment")) if element.get(w("id")) == wanted), None)

    def say(self, identity: int, author: str, date: datetime | None, text: str, answered: Element | None) -> None:
        """Write a comment, as an answer to another one's element where one is given."""
        comment = etree.SubElement(self.root, w("comment"))
        author = clean(author)
        comment.set(w("id"), str(identity))
        comment.set(w("author"), author)
        if date is not None:
            comment.set(w("date"), _utc(date))
        if initials(author):
            comment.set(w("initials"), initials(author))
        for index, line in enumerate(clean(text).split("\n")):
            self._paragraph(comment, line, first=not index)
        self._extend(comment, author, date, answered)

    def _paragraph(self, comment: Element, line: str, *, first: bool) -> None:
        paragraph = etree.SubElement(comment, w("p"))
        if "annotation text" in self._styles:
            properties = etree.SubElement(paragraph, w("pPr"))
            etree.SubElement(properties, w("pStyle")).set(w("val"), self._styles["annotation text"])
        if first:
            etree.SubElement(self.styled_run(paragraph), w("annotationRef"))
        run = etree.SubElement(paragraph, w("r"))
        for index, piece in enumerate(line.split("\t")):
            if index:
                etree.SubElement(run, w("tab"))
            if piece:
                text = etree.SubElement(run, w("t"))
                text.text = piece
                text.set(XML_SPACE, "preserve")

    def styled_run(self, parent: Element) -> Element:
        """A run in the style of comment references, as far as the document has that style; the last child of `parent`."""
        run = etree.SubElement(parent, w("r"))
        if "annotation reference" in self._styles:
            properties = etree.SubElement(run, w("rPr"))
            etree.SubElement(properties, w("rStyle")).set(w("val"), self._styles["annotation reference"])
        return run

    # The parts that extend comments

    def _extend(self, comment: Element, author: str, date: datetime | None, answered: Element | None) -> None:
        if answered is not None and self._extended is None:
            self._extended = etree.Element(f"{_EX}commentsEx", nsmap={"w15": W15_NS, "mc": MC_NS})
            self._extended.set(mc("Ignorable"), "w15")
            self._add("commentsExtended", _EXTENDED, self._extended)
        if self._extended is not None or self._ids is not None:
            for each in self.root.iterchildren(w("comment")):
                self._paragraph_id(each)
        if self._extended is not None:
            parent = "" if answered is None else self._entry(answered)
            self._entry(comment, parent)
        if self._ids is not None:
            entry = etree.SubElement(self._ids, f"{_CID}commentId")
            entry.set(f"{_CID}paraId", self._paragraph_id(comment))
            durable = self._fresh(comment, "durable")
            entry.set(f"{_CID}durableId", durable)
            if self._extensible is not None:
                more = etree.SubElement(self._extensible, f"{_CEX}commentExtensible")
                more.set(f"{_CEX}durableId", durable)
                if date is not None:
                    more.set(f"{_CEX}dateUtc", _utc(date))
        self._introduce(author)

    def _entry(self, comment: Element, parent: str = "") -> str:
        """The id under which a comment is known in the thread part; written there where it is missing."""
        assert self._extended is not None
        identity = self._paragraph_id(comment)
        if not any(entry.get(f"{_EX}paraId") == identity for entry in self._extended):
            entry = etree.SubElement(self._extended, f"{_EX}commentEx")
            entry.set(f"{_EX}paraId", identity)
            if parent:
                entry.set(f"{_EX}paraIdParent", parent)
            entry.set(f"{_EX}done", "0")
        return identity

    def _paragraph_id(self, comment: Element) -> str:
        """The id of the last paragraph of a comment, made where it has none."""
        paragraphs = list(comment.iter(w("p")))
        last = paragraphs[-1] if paragraphs else etree.SubElement(comment, w("p"))
        found = last.get(_PARA_ID)
        if not found:
            found = self._fresh(comment, "paragraph")
            self._parts.allow(_ALLOWED)
            last.set(_PARA_ID, found)
        return found

    def _fresh(self, comment: Element, use: str) -> str:
        """Eight hexadecimal digits below 80000000 that nothing has yet, the same for the same comment in the same document."""
        said = "\0".join([use, comment.get(w("id"), ""), comment.get(w("author"), ""), *map(str, comment.itertext())])
        found = int.from_bytes(hashlib.sha256(said.encode()).digest()[:4], "big") % _MOST + 1
        while found in self._used:
            found = found % _MOST + 1
        self._used.add(found)
        return f"{found:08X}"

    def _introduce(self, author: str) -> None:
        """Name a person in the list of people, where the document has one."""
        if self._people is None or not author or any(each.get(f"{_EX}author") == author for each in self._people):
            return
        person = etree.SubElement(self._people, f"{_EX}person")
        person.set(f"{_EX}author", author)
        presence = etree.SubElement(person, f"{_EX}presenceInfo")
        presence.set(f"{_EX}providerId", "None")
        presence.set(f"{_EX}userId", author)


_ALLOWED = etree.Element("root", nsmap={"w14": W14_NS, "mc": MC_NS})
_ALLOWED.set(mc("Ignorable"), "w14")


def numbers_by_id(package: Package) -> dict[str, str]:
    """The `w:id` of each comment by the id under which it is read: its durable id, or else that number itself."""
    durable = {entry.get(f"{_CID}paraId"): entry.get(f"{_CID}durableId")
               for part in package.related(package.main, "commentsIds") for entry in package.xml(part)}
    found: dict[str, str] = {}
    for part in package.related(package.main, "comments")[:1]:
        for element in package.xml(part).iterchildren(w("comment")):
            last = [paragraph.get(_PARA_ID, "") for paragraph in element.iter(w("p"))][-1:]
            own = element.get(w("id"), "")
            found.setdefault((durable.get(last[0]) if last and last[0] else None) or own, own)
    return found


def clean(text: str) -> str:
    """A text as XML can hold it: one kind of line end, and no control characters."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def initials(author: str) -> str:
    """The first letters of an author's names, at most four."""
    return "".join(word[0] for word in author.split() if word[0].isalnum())[:4].upper()


def _utc(date: datetime) -> str:
    return (date if date.tzinfo is None else date.astimezone(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _style_ids(package: Package) -> dict[str, str]:
    """The ids of the styles for comments that the document has, by their built-in names."""
    found: dict[str, str] = {}
    for part in package.related(package.main, "styles"):
        for style in package.xml(part).iterchildren(w("style")):
            name = value(style.find(w("name"))).casefold()
            if name in _STYLES and style.get(w("styleId")):
                found.setdefault(name, style.get(w("styleId"), ""))
    return found
