"""What goes when text goes: notes without a reference, comments without a reference, and what those leave behind.

Sources: ECMA-376 Part 1 §17.11 (notes), §17.13.4 (comments); [MS-DOCX] 2.5.4 (the parts that extend comments).
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from redline.word.package import CONTENT_TYPES, Package
from redline.word.surgery import remove
from redline.word.xml import W14_NS, W15_NS, W16CID_NS, Element, w

_ID = w("id")
_PARA_ID = f"{{{W14_NS}}}paraId"
_EX_ID, _EX_PARENT = f"{{{W15_NS}}}paraId", f"{{{W15_NS}}}paraIdParent"
_CID_ID, _CID_DURABLE = f"{{{W16CID_NS}}}paraId", f"{{{W16CID_NS}}}durableId"
_CEX_DURABLE = "{http://schemas.microsoft.com/office/word/2018/wordml/cex}durableId"
_RANGES = (w("commentRangeStart"), w("commentRangeEnd"))
_COMMENT_KINDS = ("comments", "commentsExtended", "commentsIds", "commentsExtensible")
_REFERENCES = {w("footnoteReference"): "footnotes", w("endnoteReference"): "endnotes", w("commentReference"): "comments"}


class Cleaner:
    """Keeps the trees of a package that changed (`trees`) and the parts that go (`dropped`)."""

    def __init__(self, package: Package, trees: dict[str, Element]) -> None:
        self._package = package
        self.trees = trees
        self.dropped: set[str] = set()
        self._before = self._references()

    def _references(self) -> set[tuple[str, str]]:
        """(kind, id) of every reference in the parts that may change."""
        return {(_REFERENCES[element.tag], element.get(_ID, "")) for root in self.trees.values()
                for element in root.iter(*_REFERENCES)}

    def tree(self, part: str) -> Element:
        """A part's root that may be changed; it is written anew."""
        if part not in self.trees:
            self.trees[part] = deepcopy(self._package.xml(part))
        return self.trees[part]

    def follow_references(self) -> None:
        """Take out the notes and comments whose references have gone since the start."""
        lost = self._before - self._references()
        for kind in ("footnotes", "endnotes"):
            ids = {identity for found, identity in lost if found == kind}
            for part in self._package.related(self._package.main, kind) if ids else ():
                for note in list(self.tree(part)):
                    if note.get(_ID) in ids:
                        remove(note)
        comments = {identity for found, identity in lost if found == "comments"}
        if comments:
            self._remove_comments(comments)

    def _remove_comments(self, ids: set[str]) -> None:
        for root in list(self.trees.values()):
            for marker in list(root.iter(*_RANGES)):
                if marker.get(_ID) in ids:
                    remove(marker)
        paragraphs: set[str] = set()
        for part in self._package.related(self._package.main, "comments"):
            for comment in list(self.tree(part)):
                if comment.get(_ID) in ids:
                    paragraphs.update(paragraph.get(_PARA_ID, "") for paragraph in comment.iter(w("p")))
                    remove(comment)
        self._remove_extensions(paragraphs - {""})

    def _remove_extensions(self, paragraphs: set[str]) -> None:
        """The entries that extend removed comments; an answer to one of them becomes a comment of its own."""
        durable: set[str] = set()
        for part in self._package.related(self._package.main, "commentsIds"):
            for entry in list(self.tree(part)):
                if entry.get(_CID_ID) in paragraphs:
                    durable.add(entry.get(_CID_DURABLE, ""))
                    remove(entry)
        for part in self._package.related(self._package.main, "commentsExtended"):
            for entry in list(self.tree(part)):
                if entry.get(_EX_ID) in paragraphs:
                    remove(entry)
                elif entry.get(_EX_PARENT) in paragraphs:
                    del entry.attrib[_EX_PARENT]
        for part in self._package.related(self._package.main, "commentsExtensible"):
            for entry in list(self.tree(part)):
                if entry.get(_CEX_DURABLE) in durable:
                    remove(entry)

    def drop_comments(self, parts: Iterable[str]) -> None:
        """Take out all comments: their ranges and references, their parts, and what names those parts."""
        for part in parts:
            found = self._package.xml(part) if part not in self.trees else self.trees[part]
            if next(found.iter(*_RANGES, w("commentReference")), None) is not None:
                root = self.tree(part)
                for marker in list(root.iter(*_RANGES, w("commentReference"))):
                    _remove_marker(marker)
        gone = {part for kind in _COMMENT_KINDS for part in self._package.related(self._package.main, kind)}
        self.drop_parts(gone)

    def drop_parts(self, parts: set[str]) -> None:
        """Take parts out of the package: their bytes, their own links, the links to them, their content types."""
        parts = {part for part in parts if part in self._package}
        if not parts:
            return
        for part in parts:
            self.trees.pop(part, None)
            folder, _, file = part.rpartition("/")
            self.dropped |= {part, f"{folder}/_rels/{file}.rels".lstrip("/")}
        self.dropped &= set(self._package.parts)
        types = self.tree(CONTENT_TYPES)
        for element in list(types):
            if element.get("PartName", "").lstrip("/").casefold() in {part.casefold() for part in parts}:
                remove(element)
        for relations in [part for part in self._package.parts if part.endswith(".rels") and part not in self.dropped]:
            self._drop_links(relations, parts)

    def _drop_links(self, relations: str, parts: set[str]) -> None:
        folder, _, file = relations.rpartition("_rels/")
        source = folder + file.removesuffix(".rels")
        self.drop_links_by_id(source, {link.id for link in self._package.relationships(source).values()
                                       if not link.external and link.target in parts})

    def drop_links_by_id(self, source: str, ids: set[str]) -> None:
        """Take out links of a part by their ids."""
        folder, _, file = source.rpartition("/")
        relations = f"{folder}/_rels/{file}.rels".lstrip("/")
        if ids and relations in self._package:
            for element in list(self.tree(relations)):
                if element.get("Id") in ids:
                    remove(element)


def _remove_marker(marker: Element) -> None:
    """Take out a marker, and the run that held nothing else than a comment's reference."""
    run = marker.getparent()
    remove(marker)
    if run is not None and run.tag == w("r") and all(child.tag == w("rPr") for child in run):
        holder = run.getparent()
        remove(run)
        if holder is not None and not len(holder) and holder.tag in (w("ins"), w("del"), w("moveFrom"), w("moveTo")):
            remove(holder)
