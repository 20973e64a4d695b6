"""Footnotes and endnotes: the note a reference means, and notes of the new document that come along.

There is one part for each kind (§11.3.2, §11.3.4): what comes along joins the old document's, or one that is made for the first.
Notes stand in the order of their references there: Word finds them by id, other programs count.

Sources: ECMA-376 Part 1 §17.11 (notes), §17.11.17 (their types).
"""

from __future__ import annotations

from collections.abc import Callable

from redline.word.edit.marks import Marker
from redline.word.edit.parts import Parts, blank
from redline.word.package import Package
from redline.word.xml import Element, number, w

NOTES = {w("footnoteReference"): "footnote", w("endnoteReference"): "endnote"}
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}s"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}s+xml"
_ID, _TYPE = w("id"), w("type")


def note_of(package: Package, reference: Element) -> Element | None:
    """The note that a reference leads to."""
    for part in package.related(package.main, f"{NOTES[reference.tag]}s"):
        for note in package.xml(part):
            if note.get(_ID) == reference.get(_ID):
                return note
    return None


class Notes:
    """Brings notes of one document into another."""

    def __init__(self, old: Package, new: Package, parts: Parts, marker: Marker) -> None:
        self._old, self._new, self._parts, self._marker = old, new, parts, marker
        self._homes: dict[str, str] = {}
        self._brought: dict[tuple[str, str], str] = {}

    def bring(self, reference: Element, fitting: Callable[[Element, str], Element]) -> str:
        """The id that the note of a reference has in the old document, where it is put in. `fitting` copies an element for a part."""
        kind, identity = NOTES[reference.tag], reference.get(_ID, "")
        if (kind, identity) in self._brought:
            return self._brought[kind, identity]
        note = note_of(self._new, reference)
        if note is None:
            return identity
        part = self._home(kind, note, fitting)
        root = self._parts.tree(part)
        fresh = self._brought[kind, identity] = str(max((number(each.get(_ID)) for each in root), default=0) + 1)
        copy = fitting(note, part)
        copy.set(_ID, fresh)
        self._marker.wrap_note(copy, w("ins"))
        root.append(copy)
        return fresh

    def _home(self, kind: str, note: Element, fitting: Callable[[Element, str], Element]) -> str:
        """The part for notes; where there is none, an empty one with the separators of the new document's."""
        if kind not in self._homes:
            self._homes[kind] = next(iter(self._old.related(self._old.main, f"{kind}s")), "")
        if not self._homes[kind]:
            name = self._homes[kind] = self._parts.free(f"word/{kind}s.xml")
            theirs = note.getroottree().getroot()
            root = blank(theirs)
            self._parts.add(name, root, _CONTENT.format(kind))
            self._parts.link(self._old.main, _RELATION.format(kind), name)
            for each in theirs:
                if each.get(_TYPE, "normal") != "normal":
                    root.append(fitting(each, name))
        return self._homes[kind]

    def in_order(self) -> None:
        """Put the notes in the order of their references, where any came along."""
        body = self._parts.peek(self._old.main)
        for tag, kind in NOTES.items():
            if not any(found == kind for found, _ in self._brought):
                continue
            places = {reference.get(_ID): place for place, reference in enumerate(body.iter(tag))}
            root = self._parts.tree(self._homes[kind])
            called = [note for note in root if note.get(_ID) in places]
            wanted = sorted(called, key=lambda note: places[note.get(_ID)])
            seats = [root.index(note) for note in called]
            for seat, note in zip(seats, wanted, strict=True):
                root.insert(seat, note)
