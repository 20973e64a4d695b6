"""One redline onto one document: `redlined` gives the .docx that shows it.

The old document is the carrier. Rejecting everything in the result gives the old text, accepting everything the new one; parts
and paragraphs that did not change keep their bytes, and the same input gives the same bytes.
"""

from __future__ import annotations

from copy import deepcopy
from functools import partial

from lxml import etree

from redline.model import Attribution, Redline
from redline.word.edit.blocks import Blocks, bare_properties, paragraph_like, places
from redline.word.edit.bring import Bringer
from redline.word.edit.firm import firm
from redline.word.edit.inline import PPR, RPR, Editor, run_like
from redline.word.edit.margins import SECTION, Margins, section_of
from redline.word.edit.marks import Marker, mark_of
from redline.word.edit.moves import Manner, Ranges, found
from redline.word.edit.notes import NOTES, note_of
from redline.word.edit.parts import Parts
from redline.word.edit.pictures import shows
from redline.word.edit.plan import Op, Plan, Row, plan
from redline.word.edit.props import change_mark, change_paragraph, change_runs, change_table_like, said
from redline.word.edit.same import tidy_revisions
from redline.word.edit.source import Line, Source
from redline.word.pieces import RUN, Piece
from redline.word.surgery import TBL, TC, TR
from redline.word.xml import VAL, W_NS, Element, number, w

_POINTERS = (w("headerReference"), w("footerReference"), w("printerSettings"))
_OWN = (w("rPr"), w("sectPr"))
_TABLE_STYLE = w("tblStyle")
_IDS = etree.XPath("//@w:id", namespaces={"w": W_NS}, smart_strings=False)


def redlined(old: Source, redline: Redline, new: Source | None, by: Attribution, moves: Manner = "plain") -> bytes:
    """`old` with `redline` as tracked changes, what is new taken from `new`, or in the look of its neighbours without it.

    `redline` leads from the contract of `old` to that of `new`; both have no tracked changes of their own. Changes are signed
    with their own attribution where they have an author, else with `by`. `moves` says how what moved is told: `plain` as a deletion
    and an insertion, `linked` with a comment at both ends that names the other one, `ranges` as a move of Word's where that can be
    written without fault, else linked.
    """
    return _Writer(old, redline, new, by).written(moves)


class _Writer:
    def __init__(self, old: Source, redline: Redline, new: Source | None, by: Attribution) -> None:
        self._old, self._new = old, new
        self._plan: Plan = plan(redline, old.lines, new.lines if new else ())
        self._margins = Margins(self._plan, old, new) if new is not None else None
        if new is not None:
            firm(self._plan, by, shows(old), shows(new))
        self._marker = Marker(by, _first_id(old))
        self._parts = Parts(old.package)
        self._bringer = Bringer(old, new, self._parts, self._plan, self._marker) if new else None
        self._blocks = Blocks(self._plan, old, new, self._parts, self._marker, self._bringer)
        if self._bringer is not None and self._margins is not None:
            self._bringer.margin = partial(self._margins.part_for, parts=self._parts, bringer=self._bringer, marker=self._marker)
            self._blocks.homes.update(self._margins.mates)
        self._by_old = self._plan.by_old()
        self._still: set[int] = set()
        self._edges: dict[int, Element | None] = {}
        self._placed: dict[int, Element] = {}

    def written(self, manner: Manner) -> bytes:
        if self._margins is not None and self._bringer is not None:
            self._margins.write(self._parts, self._bringer, self._marker)
        seen: set[int] = set()
        for row in self._plan.rows:
            if row.old is None:
                self._new_paragraph(row)
                continue
            if row.old not in seen:
                seen.add(row.old)
                self._edit(row.old)
            self._old_paragraph(row)
        self._rows()
        self._tables()
        self._section()
        if manner != "plain":
            self._moves(manner)
        if self._bringer is not None:
            self._bringer.notes.in_order()
        for part, root in self._parts.touched():
            if part in self._old.package and root.tag.startswith(w("")):
                tidy_revisions(root, self._marker)
        return self._parts.written()

    # Paragraphs

    def _touch(self, element: Element) -> str:
        part = self._parts.name_of(element)
        self._parts.tree(part)
        return part

    def _new_paragraph(self, row: Row) -> None:
        """A paragraph that is wholly new."""
        part = self._part_for(row)
        element = self._fresh(row, part)
        for op in row.ops:
            element.extend(self._content(op, row, part, None))
        self._marker.wrap(element, w("ins"), row.by)
        self._marker.flag(mark_of(element), w("ins"), row.by)
        if self._blocks.put(element, row.new, row.by):
            self._touch(element)
            self._placed[id(row)] = element

    def _part_for(self, row: Row) -> str:
        """The part a new paragraph will stand in."""
        if row.new is not None and self._plan.new:
            place = self._blocks.home_of(places(self._plan.new[row.new].element))
            if place is not None:
                return self._parts.name_of(place)
        return self._old.package.main

    def _fresh(self, row: Row, part: str) -> Element:
        """An empty paragraph with the properties of the row's new paragraph (without one: of its old one)."""
        near = self._parts.tree(part)
        if self._bringer is not None and row.new is not None:
            found = self._bringer.properties(row.new, part)
            return paragraph_like(near, found if row.mark != "del" else bare_properties(found))
        found = None if row.old is None else self._plan.old[row.old].element.find(PPR)
        return paragraph_like(near, bare_properties(deepcopy(found)) if found is not None else None)

    def _content(self, op: Op, row: Row, part: str, near: Piece | None) -> list[Element]:
        """The runs that come in with a stretch."""
        if self._bringer is not None and row.new is not None:
            return self._bringer.text(row.new, op.c, op.d, part)
        return [run_like(op.text, near, self._parts.tree(part))]

    def _edit(self, k: int) -> None:
        """Everything inside an old paragraph."""
        rows = self._by_old[k]
        line = self._plan.old[k]
        if self._unchanged(rows):
            return
        looks = [look for row in rows for op in row.ops if op.same for look in self._looks(op, row)]
        if len(rows) == 1 and rows[0].mark == "same" and not looks and all(op.same for op in rows[0].ops):
            return
        part = self._touch(line.element)
        editor = Editor(line, self._marker)
        for offset in sorted({place for row in rows for op in row.ops if op.b > op.a for place in (op.a, op.b)}
                             | {place for start, end, _ in looks for place in (start, end)}):
            editor.cut(offset)
        for start, end, properties in looks:
            for run in dict.fromkeys(piece.run for piece in editor.pieces if start <= piece.start and piece.end <= end):
                if run.tag == RUN:
                    change_runs(run, properties, self._marker, None)
        at = 0
        behind: Element | None = None
        for row in rows:
            for op in row.ops:
                if op.b > op.a:
                    at, behind = op.b, None
                    if not op.same:
                        editor.strike(op.a, op.b, op.by)
                        self._strike_notes(line, op)
                else:
                    near = next((piece for piece in reversed(editor.pieces) if piece.end <= at), None) or next(
                        iter(editor.pieces), None)
                    behind = editor.insert(at, self._content(op, row, part, near), op.by, behind)
            if row is not rows[-1]:
                edge = editor.edge(at, behind)
                self._edges[id(row)] = edge
                behind = edge if behind is not None else None
        gone = [(op.a, op.b) for row in rows for op in row.ops if op.b > op.a and not op.same]
        whole = len(rows) == 1 and rows[0].mark == "del" and rows[0].new is None
        editor.strike_fields(lambda offset: any(a <= offset < b for a, b in gone), rows[0].by, whole=whole)

    def _unchanged(self, rows: list[Row]) -> bool:
        """Whether a paragraph is written in the same way on both sides and means the same."""
        row = rows[0]
        if len(rows) > 1 or row.mark != "same" or row.old is None or row.new is None or not all(op.same for op in row.ops) \
                or self._bringer is None or len(self._plan.by_new[row.new]) > 1:
            return False
        there = self._plan.new[row.new]
        if self._plan.old[row.old].key != there.key or self._bringer.looks.differ \
                or self._bringer.names.strange(there.element.find(PPR)):
            return False
        self._still.add(id(row))
        return True

    def _strike_notes(self, line: Line, op: Op) -> None:
        """The notes whose references go are deleted with all they say (§17.11.14)."""
        for piece in line.pieces:
            if piece.node.tag in NOTES and op.a <= piece.start and piece.end <= op.b:
                note = note_of(self._old.package, piece.node)
                if note is not None:
                    self._touch(note)
                    self._marker.wrap_note(note, w("del"), op.by)

    def _looks(self, op: Op, row: Row) -> list[tuple[int, int, Element | None]]:
        """The stretches of what stays whose runs have other properties now: (from, to, new properties)."""
        if self._bringer is None or row.new is None or row.old is None:
            return []
        out: list[tuple[int, int, Element | None]] = []
        olds = [piece for piece in self._plan.old[row.old].pieces if piece.start < op.b and piece.end > op.a]
        news = [piece for piece in self._plan.new[row.new].pieces if piece.start < op.d and piece.end > op.c]
        shift = op.a - op.c
        i = j = 0
        while i < len(olds) and j < len(news):
            one, other = olds[i], news[j]
            start, end = max(one.start, other.start + shift, op.a), min(one.end, other.end + shift, op.b)
            if start < end and one.run.tag == RUN and other.run.tag == RUN:
                before, after = one.run.find(RPR), other.run.find(RPR)
                if (said(before) != said(after) or self._bringer.looks.differ) and said(before) != said(
                        fit := self._bringer.run_look(other.run, self._parts.name_of(one.run))):
                    if out and out[-1][1] == start and said(out[-1][2]) == said(fit):
                        out[-1] = (out[-1][0], end, fit)
                    else:
                        out.append((start, end, fit))
            if one.end <= other.end + shift:
                i += 1
            if other.end + shift <= one.end:
                j += 1
        return out

    def _fitted(self, properties: Element | None, near: Element) -> Element | None:
        assert self._bringer is not None
        return None if properties is None else self._bringer.fitting(properties, self._parts.name_of(near))

    def _old_paragraph(self, row: Row) -> None:
        """The paragraph that a row is: the old one itself, or one with the beginning of its content in front of it."""
        assert row.old is not None
        line = self._plan.old[row.old]
        if row is self._by_old[row.old][-1] and row.mark != "ins":
            if row.mark == "del":
                self._touch(line.element)
                self._marker.flag(mark_of(line.element), w("del"), row.by)
            elif row.new is not None and self._bringer is not None and id(row) not in self._still:
                here, there = section_of(line.element), section_of(self._plan.new[row.new].element)
                if (here is None) != (there is None):
                    self._broken(line, row)
                else:
                    self._properties(line, row)
                    self._sections(line.element.find(PPR), here, there)
            self._blocks.passed(line.element)
            return
        fresh = self._fresh(row, self._touch(line.element))
        edge = self._edges.get(id(row))
        if edge is not None:
            while (holder := edge.getparent()) is not None and holder is not line.element:  # the end of a field that was struck since
                edge = holder
            content = [child for child in line.element if child.tag != PPR]
            fresh.extend(content[:content.index(edge) + 1])
        self._marker.flag(mark_of(fresh), w("ins"), row.by)
        line.element.addprevious(fresh)
        self._blocks.passed(fresh)

    def _broken(self, line: Line, row: Row) -> None:
        """A section begins or ends to end with a paragraph, which no record can tell: one paragraph takes the place of another."""
        fresh = self._fresh(row, self._touch(line.element))
        fresh.extend([child for child in line.element if child.tag != PPR])
        self._marker.flag(mark_of(fresh), w("ins"), row.by)
        self._marker.flag(mark_of(line.element), w("del"), row.by)
        line.element.addprevious(fresh)

    def _properties(self, line: Line, row: Row) -> None:
        """The properties of a paragraph that stands on both sides."""
        if self._bringer is None or row.new is None:
            return
        old, new = line.element.find(PPR), self._plan.new[row.new].element.find(PPR)
        marks = [None if each is None else each.find(RPR) for each in (old, new)]
        if said(old, _OWN) == said(new, _OWN) and said(marks[0]) == said(marks[1]) and not self._bringer.looks.differ \
                and not self._bringer.names.strange(new):
            return
        fit = self._bringer.paragraph_look(row.new, self._parts.name_of(line.element))
        mark = None if fit is None else fit.find(RPR)
        if said(marks[0]) != said(mark):
            self._touch(line.element)
            change_mark(line.element, mark, self._marker, row.by)
            old = line.element.find(PPR)
        if said(old, _OWN) != said(fit, _OWN):
            self._touch(line.element)
            change_paragraph(line.element, fit, self._marker, row.by)

    # Rows, tables, sections

    def _rows(self) -> None:
        """Rows of which nothing is left are deleted as rows."""
        left: dict[Element, bool] = {}
        for row in self._plan.rows:
            if row.old is not None:
                for place in places(self._plan.old[row.old].element):
                    if place.tag == TR:
                        left[place] = left.get(place, False) or row.mark != "del"
        for place, stays in left.items():
            if not stays:
                self._touch(place)
                self._blocks.flag_row(place, w("del"), None)

    def _tables(self) -> None:
        """Properties of tables, rows and cells that stand on both sides."""
        for there, here in self._blocks.homes.items():
            names = {TBL: ("tblPr",), TR: ("trPr",), TC: ("tcPr",)}.get(here.tag, ())
            for name in names:
                old, new = here.find(w(name)), there.find(w(name))
                if (said(old) != said(new) or self._restyled(new)) and said(old) != said(fit := self._fitted(new, here)):
                    self._touch(here)
                    change_table_like(here, name, fit, self._marker, None)

    def _moves(self, manner: Manner) -> None:
        """What moved, told as such; only once everything stands in its place."""
        moves = found(self._plan, self._element)
        if manner == "ranges":
            moves = Ranges(self._plan, self._placed, self._marker).write(moves)
        if moves and self._new is not None:
            from redline.word.edit.links import Links

            Links(self._old, self._new, self._parts, self._marker).write(moves)

    def _element(self, row: Row) -> Element | None:
        """The paragraph that was written for one that came, also where it came in with its table or took the place of the last one."""
        if row.new is None or not self._plan.new:
            return None
        if row.old is not None:
            return self._plan.old[row.old].element if row is self._by_old[row.old][-1] and row.mark != "ins" else None
        return self._placed.get(id(row)) if id(row) in self._placed else self._blocks.copy_of(self._plan.new[row.new].element)

    def _restyled(self, properties: Element | None) -> bool:
        """Whether the style that a table's properties name is another one in the old document."""
        style = None if properties is None or self._bringer is None else properties.find(_TABLE_STYLE)
        return style is not None and self._bringer is not None and self._bringer.names.style(style.get(VAL, "")) != style.get(VAL)

    def _section(self) -> None:
        """The last section's page set-up."""
        if self._new is None:
            return
        body, other = (source.package.xml(source.package.main).find(w("body")) for source in (self._old, self._new))
        if body is not None and other is not None and other.find(SECTION) is not None:
            if body.find(SECTION) is None:
                body.append(body.makeelement(SECTION))
            self._sections(body, body.find(SECTION), other.find(SECTION))

    def _sections(self, holder: Element | None, here: Element | None, there: Element | None) -> None:
        """The page set-up of a section that stands on both sides."""
        if holder is None or here is None or there is None or said(here, _POINTERS) == said(there, _POINTERS):
            return
        self._touch(holder)
        fit = deepcopy(there)
        for child in [child for child in fit if child.tag in _POINTERS]:
            fit.remove(child)
        change_table_like(holder, "sectPr", fit, self._marker, None)


def _first_id(source: Source) -> int:
    """A number above every id of the old document's ranges and revisions."""
    package = source.package
    roots = [package.xml(part) for part in package.parts if package.is_parsed(part)]
    found = [_IDS(root) for root in roots]
    return 1 + max((number(str(identity)) for ids in found if isinstance(ids, list) for identity in ids), default=0)
