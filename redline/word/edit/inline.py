"""The inside of one old paragraph: its runs are cut at the borders of changes, wrapped where they go, and joined by what comes.

An edited paragraph may be spread over several rows of the plan: the content before a new border moves into a paragraph of its
own in front. Everything that is not text (fields, bookmarks, comment ranges) stays with the text before it; a field goes when
all of its result goes.

Sources: ECMA-376 Part 1 §17.13.5.14, .18 (what w:del and w:ins may hold), §17.16.18 (fields), §17.16.22 (hyperlinks).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy

from redline.model import Attribution
from redline.word.edit.marks import Marker, protect, struck
from redline.word.edit.source import Line
from redline.word.pieces import RUN, TEXT, Piece, cut_piece, like
from redline.word.xml import Element, w

PPR, RPR = w("pPr"), w("rPr")
_FIELD, _TYPE = w("fldChar"), w("fldCharType")
_DEL, _INS, _SHELLS = w("del"), w("ins"), (w("hyperlink"), w("fldSimple"))
_BREAKS = {"\t": w("tab"), "\n": w("br")}
_CLOSERS = frozenset({w("bookmarkEnd"), w("commentRangeEnd"), w("permEnd"), w("proofErr")})


class Editor:
    """Edits one old paragraph."""

    def __init__(self, line: Line, marker: Marker) -> None:
        self.line = line
        self._marker = marker
        self._pieces = [*line.pieces]

    @property
    def pieces(self) -> Sequence[Piece]:
        return self._pieces

    # Cutting

    def cut(self, offset: int) -> None:
        """Make a border between runs at a place in the text."""
        for index, piece in enumerate(self._pieces):
            if piece.start < offset < piece.end and piece.text:
                self._pieces[index:index + 1] = cut_piece(piece, offset)
                index += 1
                piece = self._pieces[index]
            if piece.start == offset:
                before = self._pieces[index - 1] if index else None
                if before is not None and before.run is piece.run and piece.run.tag == RUN:
                    _split_run(piece)
                return

    # What goes

    def strike(self, start: int, end: int, by: Attribution | None) -> None:
        """Wrap the runs of a stretch in deletions."""
        runs = list(dict.fromkeys(piece.run for piece in self._pieces if start <= piece.start and piece.end <= end))
        self._wrap(runs, _DEL, by)

    def _wrap(self, runs: Sequence[Element], tag: str, by: Attribution | None) -> None:
        """Wrap runs; neighbours share one wrapper."""
        wrapper: Element | None = None
        for run in runs:
            if run.getparent() is None or run.getparent().tag in (_DEL, _INS):  # type: ignore[union-attr]
                continue
            if wrapper is None or wrapper.getnext() is not run:
                wrapper = self._marker.new(tag, run, by)
                run.addprevious(wrapper)
            wrapper.append(run)
            if tag == _DEL:
                struck(run)

    def strike_fields(self, gone: Callable[[int], bool], by: Attribution | None, *, whole: bool) -> None:
        """Fields whose whole result goes, go with it; with `whole` everything that is left in the paragraph goes."""
        if whole:
            self._wrap([run for run in self.line.element.iter(RUN) if self._own(run)], _DEL, by)
            return
        for runs, results in self.fields():
            if results and all(gone(piece.start) for piece in results):
                self._wrap(runs, _DEL, by)

    def _own(self, run: Element) -> bool:
        """Whether a run is this paragraph's, not that of a text box in it or a part of another run."""
        for parent in run.iterancestors():
            if parent is self.line.element:
                return True
            if parent.tag == RUN:
                return False
        return False

    def fields(self) -> list[tuple[list[Element], list[Piece]]]:
        """(runs, pieces of the result) of each complex field that lies wholly in this paragraph."""
        if next(self.line.element.iter(_FIELD), None) is None:
            return []
        pieces: dict[Element, list[Piece]] = {}
        for piece in self._pieces:
            pieces.setdefault(piece.run, []).append(piece)
        open_: list[tuple[list[Element], list[Piece]]] = []
        found: list[tuple[list[Element], list[Piece]]] = []
        for run in [run for run in self.line.element.iter(RUN) if self._own(run)]:
            kinds = [child.get(_TYPE) for child in run.iter(_FIELD)]
            if "begin" in kinds:
                open_.append(([], []))
            for runs, results in open_:
                runs.append(run)
                results.extend(pieces.get(run, ()))
            if "end" in kinds and open_:
                found.append(open_.pop())
        return found

    # What comes

    def insert(self, offset: int, content: Sequence[Element], by: Attribution | None, behind: Element | None) -> Element | None:
        """Put runs (and links, formulas) in front of the character at `offset`, as an insertion; the last element is returned.

        `behind` is what was last put in at the same place.
        """
        place = behind if behind is not None else self._place_at(offset)
        link = None if place is None else next((each for each in place.iterancestors(*_SHELLS)), None)
        if link is not None and place is not None:
            if all(each.tag == link.tag and each.attrib == link.attrib for each in content) or (
                    link.tag != _SHELLS[0] and not any(each.tag in _SHELLS for each in content)):
                content = [inner for each in content for inner in (each if each.tag in _SHELLS else (each,))]
            else:
                while place.tag not in _SHELLS:
                    place = _cut_wrapper(place)
        inserted = self._inserted(content, by)
        for element in reversed(inserted):
            if place is None:
                first = self.line.element.find(PPR)
                self.line.element.insert(0 if first is None else self.line.element.index(first) + 1, element)
            else:
                place.addnext(element)
        return inserted[-1] if inserted else behind

    def _place_at(self, offset: int) -> Element | None:
        before = next((piece for piece in reversed(self._pieces) if piece.end <= offset), None)
        after = next((piece for piece in self._pieces if piece.start >= offset), None)
        return self._place(before, after)

    def _inserted(self, content: Sequence[Element], by: Attribution | None) -> list[Element]:
        """Content in insertions. A link or a simple field cannot stand in one: the insertion goes inside it."""
        out: list[Element] = []
        for element in content:
            if element.tag in _SHELLS:
                children = self._inserted(list(element), by)
                element.extend(children)
                out.append(element)
                continue
            if not out or out[-1].tag != _INS:
                out.append(self._marker.new(_INS, self.line.element, by))
            out[-1].append(element)
        return out

    def _place(self, before: Piece | None, after: Piece | None) -> Element | None:
        """What the new content stands behind: inside a link or control only when both neighbours are in it."""
        if before is None:
            return None
        element = _top(before.run)
        inside = set() if after is None else set(_top(after.run).iterancestors())
        while element.getparent() is not None and element.getparent() is not self.line.element \
                and element.getparent() not in inside:
            element = element.getparent()  # type: ignore[assignment]
        limit = None if after is None else _top(after.run)
        following = element.getnext()
        while following is not None and following is not limit and (
                following.tag in _CLOSERS or _ends_field(following) or (following.tag in (_DEL,) and _follows(following, limit))):
            element = following
            following = element.getnext()
        return element

    # Borders between paragraphs

    def edge(self, offset: int, behind: Element | None) -> Element | None:
        """The last child of the paragraph that belongs before `offset`, None when nothing does. Cuts wrappers if it must."""
        place = behind if behind is not None else self._place_at(offset)
        while place is not None and place.getparent() is not self.line.element:
            place = _cut_wrapper(place)
        return place


def _top(run: Element) -> Element:
    """A run, or the revision that wraps it."""
    parent = run.getparent()
    return parent if parent is not None and parent.tag in (_DEL, _INS) else run


def _follows(element: Element, limit: Element | None) -> bool:
    """Whether a deletion holds field characters only, which belong to what stands before it."""
    return limit is not element and next(element.iter(w("delText")), None) is None and next(element.iter(_FIELD), None) is not None


def _ends_field(element: Element) -> bool:
    """Whether a run is nothing but the end of a field."""
    if element.tag != RUN:
        return False
    content = [child for child in element if child.tag != RPR]
    return bool(content) and all(child.tag == _FIELD and child.get(_TYPE) == "end" for child in content)


def _split_run(piece: Piece) -> None:
    """Have a run begin with this piece; what stood before it stays in the old one."""
    run, node = piece.run, piece.node
    fresh = like(run)
    properties = run.find(RPR)
    if properties is not None:
        fresh.append(deepcopy(properties))
    rest = [node, *node.itersiblings()]
    run.addnext(fresh)
    fresh.extend(rest)


def _cut_wrapper(place: Element) -> Element:
    """Split the wrapper round an element behind it; the first half is returned."""
    wrapper = place.getparent()
    assert wrapper is not None
    rest = list(place.itersiblings())
    if rest:
        fresh = like(wrapper)
        wrapper.addnext(fresh)
        fresh.extend(rest)
    return wrapper


def run_like(text: str, near: Piece | None, root: Element) -> Element:
    """A run of text in the look of its neighbour."""
    run = root.makeelement(RUN)
    properties = None if near is None or near.run.tag != RUN else near.run.find(RPR)
    if properties is not None:
        copy = deepcopy(properties)
        for child in [child for child in copy if child.tag in (w("rPrChange"),)]:
            copy.remove(child)
        run.append(copy)
    kept = ""
    for char in [*text, ""]:
        if char and char not in _BREAKS:
            kept += char
            continue
        if kept:
            element = run.makeelement(TEXT)
            element.text = kept
            protect(element, start=True, end=True)
            run.append(element)
            kept = ""
        if char:
            run.append(run.makeelement(_BREAKS[char]))
    return run
