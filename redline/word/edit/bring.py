"""What inserted content needs from the document it comes from: styles, lists, links, pictures, notes.

Copies are made fit to stand in the old document: their ids are its ids. A style or a list that both documents have is not
brought twice; lists that paragraphs of both documents share are taken to be the same list, whatever their numbers.

Sources: ECMA-376 Part 1 §17.7 (styles), §17.9 (numbering), §17.11 (notes), Part 2 §6.5 (relationships).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from functools import cached_property

from redline.word.edit.inline import PPR, RPR
from redline.word.edit.looks import Looks
from redline.word.edit.marks import Marker, anonymous, protect
from redline.word.edit.names import STYLED, Names
from redline.word.edit.notes import NOTES, Notes
from redline.word.edit.parts import Parts, links
from redline.word.edit.plan import Plan
from redline.word.edit.source import Line, Source
from redline.word.pieces import RUN, Piece, cut_text, like
from redline.word.xml import O_NS, R_NS, VAL, Element, w

_DROPPED = tuple(w(name) for name in (
    "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference", "permStart", "permEnd",
    "proofErr", "lastRenderedPageBreak", "annotationRef"))
_MARGINS = (w("headerReference"), w("footerReference"))
_SECTION = w("sectPr")
_BOOKMARK, _BOOKMARK_END = w("bookmarkStart"), w("bookmarkEnd")
_FIELD, _TYPE, _LINK = w("fldChar"), w("fldCharType"), w("hyperlink")
_REL_ID = f"{{{O_NS}}}relid"
_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


class Bringer:
    """Copies from one document into the parts of another."""

    def __init__(self, old: Source, new: Source, parts: Parts, plan: Plan, marker: Marker) -> None:
        self._old, self._new, self._parts, self._plan, self._marker = old, new, parts, plan, marker
        self.names = Names(old, new, parts, plan)
        self.looks = Looks(old, new, self.names)
        self.names.brought = self.looks.brought
        self._copied: dict[str, str] = {}
        self._drawings = 0
        self.notes = Notes(old.package, new.package, parts, marker)
        self.margin: Callable[[Element], str] = lambda _: ""
        """The part to show for a header or footer of the new document."""
        parts.allow(new.package.xml(new.package.main))

    # Copies

    def fitting(self, element: Element, part: str) -> Element:
        """A copy of an element of the new document that may stand in `part` of the old one."""
        home = self._new.part_of(element)
        copy = deepcopy(element)
        copy.tail = None
        anonymous(copy)
        for marker in list(copy.iter(*_DROPPED)):
            _out(marker)
        for each in copy.iter():
            self._fit(each, home, part)
        self.looks.whole(element, copy)
        return copy

    def _fit(self, each: Element, home: str, part: str) -> None:
        if each.tag in STYLED:
            each.set(VAL, self.names.style(each.get(VAL, "")))
        elif each.tag == w("numId"):
            each.set(VAL, self.names.list_id(each.get(VAL, "")))
        elif each.tag in NOTES:
            each.set(w("id"), self.notes.bring(each, self.fitting))
        elif each.tag == _DOC_PR:
            each.set("id", str(self._drawing_id()))
        for name, value in list(each.attrib.items()):
            if str(name).startswith(f"{{{R_NS}}}") or name == _REL_ID:
                link = self._link(home, part, str(value), margin=each.tag in _MARGINS)
                if link:
                    each.set(str(name), link)
                else:
                    del each.attrib[name]

    def _drawing_id(self) -> int:
        if not self._drawings:
            ids = [int(found.get("id", "0")) for name in self._old.package.parts if self._old.package.is_parsed(name)
                   for found in self._old.package.xml(name).iter(_DOC_PR) if found.get("id", "").isdecimal()]
            self._drawings = max(ids, default=0)
        self._drawings += 1
        return self._drawings

    def text(self, j: int, start: int, end: int, part: str) -> list[Element]:
        """Characters of a paragraph of the new document as runs, links and formulas; fields that lie wholly in them whole."""
        line = self._plan.new[j]
        anchors = self._anchors(line) if start == 0 and end == line.length else {}
        out: list[Element] = []
        shell: Element | None = None
        for run, pieces in self._runs(line, start, end):
            copy = self._run(run, pieces, start, end, part)
            around = _shell(run, line, start, end)
            if around is None:
                out.append(copy)
            elif around is shell:
                out[-1].append(copy)
            else:
                out.append(self.fitting_shell(like(around), self._new.part_of(run), part))
                out[-1].append(copy)
            shell = around
            for marker in anchors.pop(run, ()):
                out.append(marker)
                shell = None
        return [*anchors.pop(line.element, ()), *out, *(marker for found in anchors.values() for marker in found)]

    def _anchors(self, line: Line) -> dict[Element, list[Element]]:
        """Bookmarks that something points to and the old document lacks: after which run (the paragraph: first of all) they stand."""
        wanted = {each.get(w("id")): each for each in line.element.iter(_BOOKMARK)
                  if each.get(w("name")) in line.paragraph.props.anchors and each.get(w("name")) not in self._bookmarks}
        found: dict[Element, list[Element]] = {}
        last, open_ = line.element, {}
        for each in line.element.iter(RUN, _BOOKMARK, _BOOKMARK_END) if wanted else ():
            identity = each.get(w("id"))
            if each.tag == RUN:
                last = each
            elif each.tag == _BOOKMARK and identity in wanted:
                open_[identity] = (last, like(each))
            elif each.tag == _BOOKMARK_END and identity in open_:
                place, start = open_.pop(identity)
                end = like(each)
                self._bookmarks.add(start.get(w("name")))
                start.set(w("id"), self._marker.number())
                end.set(w("id"), start.get(w("id"), ""))
                found.setdefault(place, []).append(start)
                found.setdefault(last, []).append(end)
        return found

    @cached_property
    def _bookmarks(self) -> set[str | None]:
        """The names of bookmarks that are taken."""
        return {each.get(w("name")) for name in self._old.package.parts if self._old.package.is_parsed(name)
                for each in self._old.package.xml(name).iter(_BOOKMARK)}

    def fitting_shell(self, element: Element, home: str, part: str) -> Element:
        """The same element without content, fit to stand in `part`."""
        anonymous(element)
        self._fit(element, home, part)
        return element

    def _runs(self, line: Line, start: int, end: int) -> Iterator[tuple[Element, list[Piece]]]:
        """The runs of a stretch with the pieces in it, and those of fields of which the whole result is in it."""
        pieces: dict[Element, list[Piece]] = {}
        for piece in line.pieces:
            if piece.start < end and piece.end > start:
                pieces.setdefault(piece.run, []).append(piece)
        whole = start == 0 and end == line.length
        fields = set(_field_runs(line, start, end))
        if not whole and not fields:
            yield from pieces.items()
            return
        for element in line.element.iter():
            if element in pieces:
                yield element, pieces[element]
            elif element in fields and not any(parent in pieces for parent in element.iterancestors()):
                yield element, []

    def _run(self, run: Element, pieces: Sequence[Piece], start: int, end: int, part: str) -> Element:
        if run.tag != RUN:
            return self.fitting(run, part)
        nodes = {piece.node: piece for piece in pieces}
        shell = run.makeelement(RUN)
        for child in run:
            piece = nodes.get(child)
            if child.tag in _DROPPED or (pieces and piece is None and child.tag != RPR):
                continue
            copy = self.fitting(child, part)
            if piece is not None and piece.text:
                _keep(copy, piece, start, end)
            shell.append(copy)
        look = self.looks.run(run, shell.find(RPR))
        if look is not None and look.getparent() is None:
            shell.insert(0, look)
        return shell

    def properties(self, j: int, part: str) -> Element | None:
        """The properties of a paragraph of the new document, fit to stand in `part`."""
        paragraph = self._plan.new[j].element
        found = paragraph.find(PPR)
        return self.looks.paragraph(paragraph, None if found is None else self.fitting(found, part))

    def paragraph_look(self, j: int, part: str) -> Element | None:
        """The same without the section that ends with the paragraph."""
        paragraph = self._plan.new[j].element
        found = paragraph.find(PPR)
        if found is None:
            return self.looks.paragraph(paragraph, None)
        shell = like(found)
        shell.extend(self.fitting(child, part) for child in found if child.tag != _SECTION)
        return self.looks.paragraph(paragraph, shell)

    def run_look(self, run: Element, part: str) -> Element | None:
        """The properties of a run of the new document, fit to stand in `part`."""
        found = run.find(RPR)
        return self.looks.run(run, None if found is None else self.fitting(found, part))

    # Links and parts

    def _link(self, home: str, part: str, identity: str, *, margin: bool = False) -> str:
        element = links(self._new.package, home).get(identity)
        if element is None:
            return ""
        kind = element.get("Type", "")
        relationship = self._new.package.relationships(home)[identity]
        if relationship.external:
            return self._parts.link(part, kind, element.get("Target", ""), external=True)
        if relationship.target not in self._new.package:
            return ""
        if margin:
            return self._parts.link(part, kind, self.margin(self._new.package.xml(relationship.target)))
        return self._parts.link(part, kind, self._part(relationship.target))

    def _part(self, name: str) -> str:
        """A part of the new package in the old one: the same bytes under the same name, or a copy with what it links to."""
        if name in self._copied:
            return self._copied[name]
        data = self._new.package.data(name)
        old = self._old.package
        if name in old and old.data(name) == data:
            self._copied[name] = name
            return name
        same = next((each for each in old.parts if each.rpartition(".")[2] == name.rpartition(".")[2] and "/media/" in each
                     and "/media/" in name and old.data(each) == data), "")
        fresh = self._copied[name] = same or self._parts.free(name)
        if not same:
            self._parts.add(fresh, data, self._new.package.content_type(name))
            for identity, element in links(self._new.package, name).items():
                relationship = self._new.package.relationships(name)[identity]
                target = element.get("Target", "")
                if relationship.external or relationship.target in self._new.package:
                    self._parts.relink(fresh, identity, element.get("Type", ""),
                                       target if relationship.external else self._part(relationship.target),
                                       external=relationship.external)
        return fresh


def _shell(run: Element, line: Line, start: int, end: int) -> Element | None:
    """The link a run stands in, or the simple field if all of it comes along."""
    for parent in run.iterancestors():
        if parent is line.element:
            return None
        if parent.tag == _LINK:
            return parent
        if parent.tag == w("fldSimple"):
            inside = [piece for piece in line.pieces if parent in piece.node.iterancestors()]
            return parent if all(start <= piece.start and piece.end <= end for piece in inside) else None
    return None


def _keep(text: Element, piece: Piece, start: int, end: int) -> None:
    """Leave in a copied text only what stands between two places."""
    if end < piece.end:
        text.text = cut_text(piece, end)[0]
    if start > piece.start:
        text.text = (text.text or "")[len(cut_text(piece, start)[0]):]
    protect(text, start=start > piece.start, end=end < piece.end)


def _out(marker: Element) -> None:
    parent = marker.getparent()
    if parent is not None:
        parent.remove(marker)


def _own_runs(paragraph: Element) -> Iterator[Element]:
    for run in paragraph.iter(RUN):
        parent = next(each for each in run.iterancestors() if each is paragraph or each.tag == RUN)
        if parent is paragraph:
            yield run


def _field_runs(line: Line, start: int, end: int) -> Iterator[Element]:
    """The runs of the fields that lie wholly between two places of a paragraph."""
    if next(line.element.iter(_FIELD), None) is None:
        return
    pieces: dict[Element, list[Piece]] = {}
    for piece in line.pieces:
        pieces.setdefault(piece.run, []).append(piece)
    whole = start == 0 and end == line.length
    open_: list[list[Element]] = []
    for run in _own_runs(line.element):
        kinds = [child.get(_TYPE) for child in run.iter(_FIELD)]
        if "begin" in kinds:
            open_.append([])
        for runs in open_:
            runs.append(run)
        if "end" in kinds and open_:
            runs = open_.pop()
            results = [piece for each in runs for piece in pieces.get(each, ())]
            if whole or (results and all(start <= piece.start and piece.end <= end for piece in results)):
                yield from runs
