"""Which elements of a document's XML a chosen set of changes stands for.

A person decides on changes of a contract; the file holds revision elements. An element is *touched* by every change whose
text or mark stands in it, and *owned* by those of them that its author made (by all when none of them is). It is resolved
when all its owners were decided the same way; a change that shares an element with one that was not decided is refused by
name, because half an element cannot be accepted. The changes in a note or a text box follow the change that the note's
reference or the box itself stands in.

Nothing here changes a document. Sources: ECMA-376 Part 1 §17.13.5, Part 3 §9 (both branches of an AlternateContent hold the
same revisions), §17.11.14 (a note shares the fate of its reference).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from typing import Literal

from redline.errors import ConflictError
from redline.model import Change, ChangeKind, Kind, Layout, Paragraph, Span
from redline.text import counted
from redline.word.authors import Authors
from redline.word.drafts import Draft
from redline.word.read import Reader
from redline.word.resolve import CONTROL_RANGES, FLAGS, PROPERTY_CHANGES, Verdict
from redline.word.surgery import TC, TR
from redline.word.xml import Element, m, mc, w

Rest = Literal["accept", "reject", "keep"]
Decided = Change | Layout

_RUN_CHANGE, _MARK_FORMATS = f"{w('rPr')}/{w('rPrChange')}", (f"{w('pPr')}/{w('pPrChange')}", f"{w('pPr')}/{w('numPr')}/{w('ins')}")
_MARK, _ROW, _CELL = f"{w('pPr')}/{w('rPr')}", w("trPr"), w("tcPr")
_CELL_FLAGS = frozenset({w("cellIns"), w("cellDel")})
_COMING = frozenset({w("ins"), w("moveTo"), w("cellIns")})
_BOX = w("txbxContent")
_NOTES = {w("footnote"): w("footnoteReference"), w("endnote"): w("endnoteReference")}
_MATH = m("")
_REVISIONS = (*FLAGS, *PROPERTY_CHANGES, *CONTROL_RANGES, *_CELL_FLAGS, w("cellMerge"))
_SHAPE = (w("trPr"), w("tcPr"), w("tblPr"), w("tblPrEx"))
_SHAPE_CHANGES = FLAGS | _CELL_FLAGS | {w("cellMerge"), w("tblPrChange"), w("tcPrChange"), w("trPrChange"), w("tblPrExChange")}


@dataclass(slots=True)
class _Touch:
    """The ids of the changes that touch an element: those its author made, the others, and those inside a note or a
    text box that it takes along.
    """

    own: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    inside: set[str] = field(default_factory=set)

    @property
    def owners(self) -> set[str]:
        return self.own or self.others or self.inside


def verdicts(reader: Reader, paragraphs: tuple[Paragraph, ...], every: Iterable[Decided], accepted: Collection[str],
             rejected: Collection[str], rest: Rest, roots: Sequence[Element], *, yielding: bool = False) -> Verdict:
    """What to do with each revision element when the changes with these ids are decided and the rest is treated as said.

    `reader` has read the document with `trace`, `paragraphs` are its contract's, `every` all its changes and layouts, `roots`
    the trees of its stories. With `yielding` layout and looks go with the words they stand on, a row stands while anything in it
    does, and what is in a note is decided by itself, as far as the note stands.
    Raises ConflictError when a decided change stands or falls together with one that was not decided alike.
    """
    index = _Index(reader, paragraphs)
    words: set[str] = set()
    looks: set[str] = set()
    for change in every:
        index.add(change)
        if isinstance(change, Change):
            (looks if change.kind is ChangeKind.FORMAT else words).add(str(change.id))
    usual = {"accept": True, "reject": False, "keep": None}[rest]
    found: dict[Element, bool | None] = {}
    for element, touch in index.touched.items():
        if yielding:
            together = touch.owners & words or touch.owners & looks or touch.owners
        else:
            together = touch.owners | {name for name in touch.inside if name in accepted or name in rejected}
        verdict_of = {name: True if name in accepted else False if name in rejected else usual for name in together}
        different = set(verdict_of.values())
        if len(different) > 1 and yielding:
            different = _yielded(element, different, looks=not together & words)
        if len(different) > 1:
            raise _torn(verdict_of)
        found[element] = different.pop()
    for root in roots:
        _grids(root, found)
        _twins(root, found)
    return lambda element: found.get(element, usual)


def _yielded(element: Element, different: set[bool | None], *, looks: bool) -> set[bool | None]:
    """One verdict where there were several: a row or cell stands while one of its changes wants it to; looks stay as they were."""
    parent = element.getparent()
    shape = parent is not None and parent.tag in (_ROW, _CELL)
    if not looks and not shape:
        return different
    stands = shape and element.tag in _COMING
    return {stands} if stands in different else {None}


def _torn(verdict_of: dict[str, bool | None]) -> ConflictError:
    words = {True: "accepted", False: "rejected", None: "left as it is"}
    said = "; ".join(f"{name} would be {words[verdict]}" for name, verdict in sorted(verdict_of.items()))
    return ConflictError(f"{counted(len(verdict_of), 'change')} of this document can only be decided together: {said}",
                         "They came as one (a text box, a header, a row): accept all of them, or reject all of them.")


class _Index:
    """Collects which changes touch which revision elements."""

    def __init__(self, reader: Reader, paragraphs: tuple[Paragraph, ...]) -> None:
        self._reader = reader
        self._paragraphs = paragraphs
        self._authors = Authors()
        self._references: dict[tuple[str, str], list[Element]] | None = None
        self.touched: dict[Element, _Touch] = {}

    def add(self, change: Decided) -> None:
        """Enter a change under every element it stands in."""
        if isinstance(change, Layout):
            for element in self._reader.layout_elements.get(change.id, ()):
                self._touch(element).own.add(change.id)
            return
        for span in change.spans:
            for element, who, beyond in self._elements(span):
                if beyond:
                    self._touch(element).inside.add(change.id)
                elif self._authors.of(element).author == who:
                    self._touch(element).own.add(change.id)
                else:
                    self._touch(element).others.add(change.id)

    def _touch(self, element: Element) -> _Touch:
        return self.touched.setdefault(element, _Touch())

    def _elements(self, span: Span) -> Iterator[tuple[Element, str, bool]]:
        """The revision elements of a span, each with the author of what stands in it there; True beyond its note or box."""
        paragraph = self._paragraphs[span.paragraph]
        draft, removed = self._reader.sources[span.paragraph]
        if removed and not span.first and _numbered(paragraph, span):
            yield from ((element, self._authors.of(element).author, beyond) for leaf in _leaves(draft, 0, removed)
                        for element, beyond in self._around(leaf))
        offset = removed + sum(len(segment.text) for segment in paragraph.segments[:span.first])
        for segment in paragraph.segments[span.first:span.last]:
            end = offset + len(segment.text)
            if segment.kind not in (Kind.SAME, Kind.GONE):
                who = segment.attribution.author if segment.attribution else ""
                for leaf in _leaves(draft, offset, end):
                    for element, beyond in _run_format(leaf) if segment.kind is Kind.FORMAT else self._around(leaf):
                        yield element, who, beyond
            offset = end
        if span.mark and draft.element is not None:
            who = paragraph.attribution.author if paragraph.attribution else ""
            formats = paragraph.mark is Kind.FORMAT
            for element, beyond in _mark_format(draft.element) if formats else self._round_mark(draft.element):
                yield element, who, beyond

    def _round_mark(self, paragraph: Element) -> Iterator[tuple[Element, bool]]:
        yield from ((flag, False) for flag in _flags(paragraph.find(_MARK), FLAGS))
        yield from self._around(paragraph)

    def _around(self, element: Element) -> Iterator[tuple[Element, bool]]:
        """The tracked changes an element stands in; True from where its text box ends, or what refers to its note begins."""
        beyond = False
        for parent in element.iterancestors():
            found: list[Element] = []
            if parent.tag in FLAGS:
                found = [parent]
            elif parent.tag == TR:
                found = _flags(parent.find(_ROW), FLAGS)
            elif parent.tag == TC:
                found = _flags(parent.find(_CELL), _CELL_FLAGS)
            elif parent.tag.startswith(_MATH):
                found = [flag for control in parent.iterfind(f"*/{m('ctrlPr')}") for flag in _flags(control, FLAGS)]
            elif parent.tag == _BOX:
                beyond = True
            elif parent.tag in _NOTES:
                references = self._referring(parent)
                yield from ((each, True) for each, _ in (self._around(references[0]) if len(references) == 1 else ()))
            yield from ((each, beyond) for each in found)

    def _referring(self, note: Element) -> list[Element]:
        if self._references is None:
            self._references = {}
            package = self._reader.package
            for element in package.xml(package.main).iter(*_NOTES.values()):
                self._references.setdefault((element.tag, element.get(w("id"), "")), []).append(element)
        return self._references.get((_NOTES[note.tag], note.get(w("id"), "")), [])


def _numbered(paragraph: Paragraph, span: Span) -> bool:
    """Whether a span at the start of a paragraph takes along the number that was typed there; an empty one is only that."""
    if span.first == span.last:
        return not span.mark or not paragraph.segments
    return paragraph.segments[0].kind in (Kind.INS, Kind.DEL, Kind.MOVE_FROM, Kind.MOVE_TO)


def _leaves(draft: Draft, start: int, end: int) -> Iterator[Element]:
    """The elements from which the characters `start` to `end` of a draft came."""
    offsets = [offset for offset, _ in draft.trace]
    first = max(0, bisect_right(offsets, start) - 1)
    for offset, element in draft.trace[first:]:
        if offset >= end:
            break
        yield element


def _flags(properties: Element | None, tags: Set[str]) -> list[Element]:
    return [] if properties is None else [child for child in properties if child.tag in tags]


def _run_format(leaf: Element) -> list[tuple[Element, bool]]:
    run = leaf if leaf.tag == w("r") else next(leaf.iterancestors(w("r")), None)
    change = None if run is None else run.find(_RUN_CHANGE)
    return [] if change is None else [(change, False)]


def _mark_format(paragraph: Element) -> list[tuple[Element, bool]]:
    return [(found, False) for path in _MARK_FORMATS if (found := paragraph.find(path)) is not None]


def _grids(root: Element, found: dict[Element, bool | None]) -> None:
    """A table's old columns are nobody's change: they go when nothing else in the table's shape is left undecided."""
    for change in root.iter(w("tblGridChange")):
        table = next(change.iterancestors(w("tbl")), None)
        if table is None or change in found:
            continue
        shape = [found.get(child) for properties in table.iter(*_SHAPE) for child in _flags(properties, _SHAPE_CHANGES)]
        if shape and None not in shape:
            found[change] = any(shape)


def _twins(root: Element, found: dict[Element, bool | None]) -> None:
    """What was decided in one branch of an AlternateContent holds for the same revisions in the others."""
    for alternates in root.iter(mc("AlternateContent")):
        branches = [list(branch.iter(*_REVISIONS)) for branch in alternates]
        read = next((branch for branch in branches if any(element in found for element in branch)), None)
        for branch in branches if read is not None else ():
            if read is not None and branch is not read and [each.tag for each in branch] == [each.tag for each in read]:
                found.update((twin, found[element]) for twin, element in zip(branch, read, strict=True) if element in found)
