"""Where the markers of a comment go: in front of one character of a paragraph and behind another one.

Runs are cut where a marker falls into them. A marker stands as far out as it can without passing text: outside tracked
changes, links and content controls that the range covers whole. A field is never cut in two: a range that holds some of a
field's result and something beside it is widened to all of the field, one that lies within a result stays there.

Sources: ECMA-376 Part 1 §17.13.4.3, .4, .5 (range and reference of a comment), §17.16.18 (fields), §17.13.5.14, .18 (what
w:del and w:ins may hold).
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from redline.word.drafts import Draft
from redline.word.pieces import RUN, cut_piece, like, pieces_of
from redline.word.xml import Element, w

RPR = w("rPr")
_WHOLES = (w("fldSimple"), w("sdt"))
_FIELD, _TYPE = w("fldChar"), w("fldCharType")
_SILENT = frozenset({w("rPr"), w("pPr"), w("sdtPr"), w("sdtEndPr"), w("smartTagPr"), w("customXmlPr"), w("proofErr"), w("bookmarkStart"),
                     w("bookmarkEnd"), w("commentRangeStart"), w("commentRangeEnd"), w("permStart"), w("permEnd")})
"""What a marker may pass: it shows nothing."""


@dataclass(slots=True)
class _Field:
    """A field or a content control in one paragraph: its ends, and which leaves (first, behind the last) its result is."""

    begin: Element
    end: Element
    first: int
    last: int


class Place:
    """A paragraph into which comments are put; offsets count all of its characters, its typed number included."""

    def __init__(self, element: Element, draft: Draft | None = None) -> None:
        self.element = element
        self._pieces = [] if draft is None else list(pieces_of(draft))

    def cut(self, offset: int) -> None:
        """Make a border between two text elements at an offset."""
        for index, piece in enumerate(self._pieces):
            if piece.start < offset < piece.end and piece.text:
                self._pieces[index:index + 1] = cut_piece(piece, offset)
                return

    def surround(self, start: int, end: int, opening: Element, closing: Element, reference: Element) -> None:
        """Put the markers of one comment round the characters `start` to `end`; at one point where there are none between."""
        inside = [index for index, piece in enumerate(self._pieces) if piece.start < end and piece.end > start]
        if not inside:
            self._at_point(start, opening, closing, reference)
            return
        first, last = self._pieces[inside[0]].node, self._pieces[inside[-1]].node
        for field in self._fields():
            from_, to = field.first <= inside[0] < field.last, field.first <= inside[-1] < field.last
            whole = inside[0] <= field.first and inside[-1] >= field.last - 1
            if from_ and (not to or whole):
                first = field.begin
            if to and (not from_ or whole):
                last = field.end
        tail = _run_to(last)
        head = self._out(_run_from(first), backwards=True)
        tail = self._out(tail, backwards=False)
        head.addprevious(opening)
        tail.addnext(closing)
        self.refer(closing, reference)

    def surround_run(self, run: Element, opening: Element, closing: Element, reference: Element) -> None:
        """Put the markers round a run of the paragraph that shows something which is no text of it."""
        self._out(run, backwards=True).addprevious(opening)
        self._out(run, backwards=False).addnext(closing)
        self.refer(closing, reference)

    def _at_point(self, offset: int, opening: Element, closing: Element, reference: Element) -> None:
        """A comment on no characters: behind the text before it, or at the start of the paragraph."""
        before = [piece for piece in self._pieces if piece.end <= offset]
        if before:
            self._out(_run_to(before[-1].node), backwards=False).addnext(opening)
        else:
            properties = self.element.find(w("pPr"))
            self.element.insert(0 if properties is None else self.element.index(properties) + 1, opening)
        opening.addnext(closing)
        self.refer(closing, reference)

    def refer(self, marker: Element, reference: Element) -> None:
        """Put the run of a reference behind a marker, outside of everything that could take it along, and of fields."""
        place = self._top(marker)
        order = {element: index for index, element in enumerate(self.element.iter())}
        for field in self._fields():
            behind = max(order[element] for element in place.iter())
            if order[field.begin] <= behind < order[field.end]:
                place = self._top(field.end)
        place.addnext(reference)

    def _top(self, element: Element) -> Element:
        """The child of the paragraph in which an element stands."""
        while (parent := element.getparent()) is not None and parent is not self.element:
            element = parent
        return element

    def _out(self, element: Element, *, backwards: bool) -> Element:
        """The farthest element outwards at whose border the same text begins (or ends)."""
        while (parent := element.getparent()) is not None and parent is not self.element:
            if any(sibling.tag not in _SILENT for sibling in element.itersiblings(preceding=backwards)):
                break
            element = parent
        return element

    def _fields(self) -> list[_Field]:
        """The fields and content controls that lie wholly in this paragraph, inner ones first."""
        if next(self.element.iter(_FIELD, *_WHOLES), None) is None:
            return []
        nodes = {piece.node: index for index, piece in enumerate(self._pieces)}
        found = [*self._complex(nodes), *self._simple(nodes)]
        return sorted(found, key=lambda field: field.last - field.first)

    def _complex(self, nodes: dict[Element, int]) -> Iterator[_Field]:
        open_: list[tuple[Element, int]] = []
        count = 0
        for element in self.element.iter(*{node.tag for node in nodes}, _FIELD):
            if element in nodes:
                count = nodes[element] + 1
            elif element.tag == _FIELD and next(element.iterancestors(w("p"))) is self.element:
                if element.get(_TYPE) == "begin":
                    open_.append((element, count))
                elif element.get(_TYPE) == "end" and open_:
                    begin, first = open_.pop()
                    yield _Field(begin, element, first, count)

    def _simple(self, nodes: dict[Element, int]) -> Iterator[_Field]:
        for element in self.element.iter(*_WHOLES):
            inside = [nodes[each] for each in element.iter() if each in nodes]
            if inside:
                yield _Field(element, element, inside[0], inside[-1] + 1)


def host(element: Element) -> Element | None:
    """What shows a paragraph of a text box: the run, in another paragraph, that holds the box; None for any other paragraph."""
    box = next(element.iterancestors(w("txbxContent")), None)
    found: Element | None = None
    for parent in () if box is None else box.iterancestors():
        if parent.tag == w("p"):
            break
        if parent.tag == RUN:
            found = parent
    return found


def _run_from(node: Element) -> Element:
    """The run that begins with a node, cut off from what stands before it in its run; a formula itself."""
    run = node.getparent()
    if run is None or run.tag != RUN:
        return node
    before = [child for child in run if child.tag != RPR]
    if before and before[0] is not node:
        head = like(run)
        properties = run.find(RPR)
        if properties is not None:
            head.append(_copied(properties))
        head.extend(before[:before.index(node)])
        run.addprevious(head)
    return run


def _run_to(node: Element) -> Element:
    """The run that ends with a node, what follows in its run cut off; a formula itself."""
    run = node.getparent()
    if run is None or run.tag != RUN:
        return node
    following = node.getnext()
    if following is None:
        return run
    _run_from(following)
    before = run.getprevious()
    assert before is not None
    return before


def _copied(properties: Element) -> Element:
    """A copy of run properties. A tracked change in them gets another number, free in its part: numbers are unique."""
    copy = deepcopy(properties)
    change = copy.find(w("rPrChange"))
    if change is not None:
        root = properties.getroottree().getroot()
        numbers = [int(number) for element in root.iter() if (number := element.get(w("id"), "")).isdecimal()]
        change.set(w("id"), str(max(numbers, default=0) + 1))
    return copy
