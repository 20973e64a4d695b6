"""Where paragraphs, rows and tables stand in the document that is written.

Old blocks stay where they are; new ones are put behind what comes before them in the plan, in the place that corresponds to
theirs: the same cell, the same table, the same story. A row or a table that is wholly new is copied as one.

Sources: ECMA-376 Part 1 §17.13.5.16 (an inserted row), §17.4 (tables), §17.2.2 (what a body holds).
"""

from __future__ import annotations

from redline.model import Attribution
from redline.word.edit.bring import Bringer
from redline.word.edit.marks import Marker, own
from redline.word.edit.notes import note_of
from redline.word.edit.parts import Parts
from redline.word.edit.plan import Plan
from redline.word.edit.source import Source
from redline.word.surgery import SDT_CONTENT, TBL, TC, TR, WRAPPERS, P
from redline.word.xml import Element, w

CONTAINERS = frozenset({TC, w("body"), w("hdr"), w("ftr"), w("footnote"), w("endnote"), w("comment"), w("txbxContent")})
_STRUCTURE = CONTAINERS | {TR, TBL}
_AHEAD = frozenset({w("tcPr"), w("tblPr"), w("tblGrid"), w("tblPrEx"), w("trPr")})


def places(element: Element) -> list[Element]:
    """The cells, rows and tables round an element and the root of its story, nearest first."""
    found = []
    for parent in element.iterancestors():
        if parent.tag in _STRUCTURE:
            found.append(parent)
            if parent.tag in CONTAINERS and parent.tag != TC:
                break
    return found


class Blocks:
    """Puts new blocks into the old document."""

    def __init__(self, plan: Plan, old: Source, new: Source | None, parts: Parts, marker: Marker, bringer: Bringer | None) -> None:
        self._plan, self._old, self._new, self._parts, self._marker, self._bringer = plan, old, new, parts, marker, bringer
        self._cursor: dict[Element, Element] = {}
        self._ahead: dict[Element, Element] = {}
        self._copied: dict[Element, Element] = {}
        self.homes: dict[Element, Element] = {}
        """Cells, rows, tables and stories of the new document → those of the old one."""
        if new is not None:
            self.homes[_body(new)] = _body(old)
            for reference, mate in plan.notes:
                self._share(note_of(old.package, reference), note_of(new.package, mate))
        for row in plan.rows if plan.new else ():
            if row.old is not None and row.new is not None and row.mark == "same":
                here, there = places(plan.old[row.old].element), places(plan.new[row.new].element)
                if [each.tag for each in here] == [each.tag for each in there]:
                    for one, other in zip(here, there, strict=True):
                        self.homes.setdefault(other, one)

    def _share(self, here: Element | None, there: Element | None) -> None:
        if here is not None and there is not None:
            self.homes[there] = here

    def passed(self, block: Element) -> None:
        """A block of the old document, or one just put in, is the last one so far in all that holds it; but not before what was
        put in behind the table that it stands in: new tables and old rows may take turns.
        """
        last = block
        for place in places(block):
            if self._ahead.get(place) is not last:
                self._ahead.pop(place, None)
                self._cursor[place] = last
            last = place

    def home_of(self, around: list[Element]) -> Element | None:
        """The nearest of some places of the new document that the old one has too."""
        return next((self.homes[place] for place in around if place in self.homes), None)

    def put(self, paragraph: Element, j: int | None, by: Attribution | None) -> bool:
        """Put in a new paragraph, or the new row or table it stands in; False when it came in with one already."""
        if j is None or not self._plan.new:
            self._behind(next(iter(self._cursor)), paragraph, inside=True)
            return True
        source = self._plan.new[j].element
        around = places(source)
        if any(place in self._copied for place in around):
            return False
        if self.home_of(around) is None:
            raise AssertionError(f"no place for a new paragraph in {around[-1].tag}")
        known = next(index for index, place in enumerate(around) if place in self.homes)
        place, inner = self.homes[around[known]], around[known - 1] if known else None
        if inner is None:
            self._behind(place, paragraph, inside=next(source.iterancestors(SDT_CONTENT), None) is not None)
            return True
        if inner.tag == TC:
            self._behind(self._cell(place, inner), paragraph, inside=True)
            return True
        assert self._bringer is not None
        copy = self._copied[inner] = self._bringer.fitting(inner, self._parts.name_of(place))
        self._behind(place, copy, inside=False)
        self._marker.mark_all(copy, "ins", by)
        return True

    def copy_of(self, paragraph: Element) -> Element | None:
        """The copy of a paragraph of the new document that came in with its row or table, None for any other."""
        for place in places(paragraph):
            if place in self._copied:
                at = next(index for index, each in enumerate(place.iter(P)) if each is paragraph)
                return next(each for index, each in enumerate(self._copied[place].iter(P)) if index == at)
        return None

    def _cell(self, row: Element, cell: Element) -> Element:
        """The cell of an old row in the same place as one of the new row."""
        cells = [each for each in row.iter(TC) if next(each.iterancestors(TR)) is row]
        others = list(next(cell.iterancestors(TR)).iter(TC))
        return cells[min(others.index(cell), len(cells) - 1)]

    def _behind(self, place: Element, block: Element, *, inside: bool) -> None:
        """Put a block behind the last one in a place, or first where there is none yet."""
        last = self._cursor.get(place)
        if last is None:
            index = sum(1 for child in place if child.tag in _AHEAD)
            place.insert(index, block)
        else:
            while not inside and _wrapped_last(last, place):
                last = _parent(last)
            last.addnext(block)
        ahead = self._ahead.get(place, last)
        self.passed(block)
        if ahead is not None:
            self._ahead[place] = ahead

    def flag_row(self, row: Element, tag: str, by: Attribution | None) -> None:
        """Mark a row as inserted or deleted (§17.13.5.12, .16)."""
        self._marker.flag(own(row, w("trPr")), tag, by)


def _body(source: Source) -> Element:
    found = source.package.xml(source.package.main).find(w("body"))
    assert found is not None
    return found


def _wrapped_last(element: Element, place: Element) -> bool:
    """Whether an element is the last block of a content control within `place`."""
    parent = element.getparent()
    return parent is not None and parent is not place and parent.tag in WRAPPERS and _is_last(element)


def _parent(element: Element) -> Element:
    parent = element.getparent()
    assert parent is not None
    return parent


def _is_last(element: Element) -> bool:
    return not any(following.tag in (P, TBL, TR) or following.tag in WRAPPERS for following in element.itersiblings())


def paragraph_like(near: Element, properties: Element | None) -> Element:
    """A new paragraph with these properties."""
    fresh = near.makeelement(P)
    if properties is not None:
        fresh.append(properties)
    return fresh


def bare_properties(properties: Element | None) -> Element | None:
    """Properties without section and mark: what a split-off paragraph may have too."""
    if properties is not None:
        for child in [child for child in properties if child.tag in (w("sectPr"), w("pPrChange"))]:
            properties.remove(child)
    return properties
