"""The walk through one story of a document: its elements in order become drafts of paragraphs.

One explicit stack, no recursion: a document nested as deep as the parser allows costs a deeper stack here and nothing else.
Every element is met once. What has no meaning here is not descended into; `coverage` finds out whether text was in it.

Sources: ECMA-376 Part 1 §17.3 (paragraphs), §17.4 (tables), §17.5 (content controls), §17.13.5 (revisions).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial

from redline.model import Cell, Kind, Look
from redline.word import unseen
from redline.word.drafts import SAME, Draft, Format, Record, State, nested
from redline.word.fields import stray_fields
from redline.word.figures import CONFLICTS, KINDS, MATH_SIGNS, UNKNOWN_BACKGROUND, Figures
from redline.word.flow import Flow, OpenTable
from redline.word.inline import RPR, leading
from redline.word.layout import (
    CELL_CHANGE,
    CELL_MERGE,
    CONTROLS,
    EXCEPTION_CHANGE,
    GRID_CHANGE,
    MARK_LOOK,
    NAMES,
    PPR_CHANGE,
    ROW_CHANGE,
    SECTION_CHANGE,
    TABLE_CHANGE,
)
from redline.word.styles import NUM_PR, exact_line, numbering_ids, said, shade
from redline.word.xml import Element, m, mc, number, value, w

_PPR, _P_STYLE, _OUTLINE, _SECTION = w("pPr"), w("pStyle"), w("outlineLvl"), w("sectPr")
_SHADE, _INS, _FRAME, _SPACING = w("shd"), w("ins"), w("framePr"), w("spacing")
_CONFLICT_INS, _CONFLICT_DEL = CONFLICTS
_MARK_FLAGS = {**{tag: KINDS[tag] for tag in (_INS, w("moveTo"))}, _CONFLICT_INS: Kind.INS,
               **{tag: KINDS[tag] for tag in (w("del"), w("moveFrom"))}, _CONFLICT_DEL: Kind.DEL}


class Walker(Figures):
    """Walks stories of one part. `boxes` receives the paragraphs of text boxes, each a story of its own."""

    def walk(self, root: Element, story: str, state: State = SAME) -> list[Draft]:
        """The paragraphs below `root`, which itself stands in a state (a note whose reference was deleted)."""
        self._flow = flow = Flow(story, [])
        self._state = state
        self._muted = 0
        self._stray = stray_fields(root)
        self._stack = [(iter(root), None)]
        stack = self._stack
        while stack:
            children, leave = stack[-1]
            for element in children:
                handler = _HANDLERS.get(element.tag)
                if handler is not None:
                    self._at = element
                    handler(self, element)
                elif self._graphic:
                    self._enter(element)
                if stack[-1][0] is not children:
                    break
            else:
                stack.pop()
                if leave is not None:
                    leave()
        self._settle(flow)
        return flow.drafts

    # Blocks

    def _paragraph(self, element: Element) -> None:
        flow = self._flow
        before = self._state
        draft = Draft(flow.story, flow.cell, before, background=flow.background, cloak=flow.cloak,
                      element=element if self._trace else None)
        properties = leading(element, _PPR)
        flow.draft = draft
        flow.section = flow.section or draft
        if flow.tables:
            flow.tables[-1].first = flow.tables[-1].first or draft
        draft.mark = before
        marked = None if properties is None else self._properties(draft, properties)
        if flow.ahead or flow.waiting:
            self._arrive(flow, draft)
        self._stack.append((iter(element), partial(self._end_paragraph, flow, draft, marked)))

    def _arrive(self, flow: Flow, draft: Draft) -> None:
        """Give a paragraph what waited for one."""
        for record in flow.ahead:
            record.draft = record.draft or draft
        flow.ahead.clear()
        for anchor in flow.waiting:
            anchor.start = anchor.start or (draft, 0)
        flow.waiting.clear()

    def _end_paragraph(self, flow: Flow, draft: Draft, marked: Element | None) -> None:
        draft.flush()
        if marked is not None:
            draft.mark = self._mark(draft.state, marked)
        self.moves.paragraph_ended()
        flow.drafts.append(draft)
        flow.draft = None
        if draft.ends_section:
            flow.section = None

    def _properties(self, draft: Draft, properties: Element) -> Element | None:
        """What a `w:pPr` says, met once: its children by tag. Gives the properties of the paragraph's mark."""
        found = {child.tag: child for child in properties}
        draft.format = draft.old_format = paragraph_format(found)
        if _SECTION in found:
            draft.ends_section = True
            self._section(found[_SECTION])
        style = self.styles.get(draft.format.style)
        draft.background = shade(found.get(_SHADE)) or style.fill or draft.background
        if _FRAME in found or _SPACING in found or style.line:
            height = exact_line(found.get(_SPACING))
            draft.cloak |= (unseen.frame(found.get(_FRAME), self.found.page)
                            | unseen.squeezed(style.line if height is None else height))
        mark = found.get(RPR)
        if mark is not None:
            says, look_change = said(mark)
            draft.hidden = "hidden" in self.styles.look(draft.format.style, says, mark, "")
            if look_change is not None:
                self._record(MARK_LOOK, look_change)
        change = found.get(PPR_CHANGE)
        if change is not None:
            before = change.find(_PPR)
            draft.old_format = paragraph_format({} if before is None else {child.tag: child for child in before})
            draft.change, draft.changer = change, self.authors.of(change)
            self.found.said.add(change)
        elif NUM_PR in found:
            inserted = found[NUM_PR].find(_INS)
            if inserted is not None:
                draft.old_format = Format(draft.format.style, None, None, draft.format.outline)
                draft.change, draft.changer = inserted, self.authors.of(inserted)
        return mark

    def _section(self, element: Element) -> None:
        """The properties of a section (§17.6), which stand at its end; a change of them is told at its start."""
        change = element.find(SECTION_CHANGE)
        if change is not None:
            self._record(NAMES[SECTION_CHANGE], change).draft = self._flow.section

    def _mark(self, state: State, properties: Element | None) -> State:
        """The state of a paragraph mark from the flags in its run properties (§17.13.5.15, .20, .21, .26)."""
        found = {} if properties is None else {child.tag: child for child in properties if child.tag in _MARK_FLAGS}
        for tag, usual in _MARK_FLAGS.items() if found else ():
            if tag in found:
                kind, move = self.moves.resolve(usual, mark=True)
                state = nested(state, kind, self.authors.of(found[tag]), move)
        return state

    def _table(self, element: Element) -> None:
        flow = self._flow
        properties = element.find(w("tblPr"))
        background = flow.background
        if properties is not None:
            fill = shade(properties.find(w("shd")))
            style = value(properties.find(w("tblStyle")))
            background = fill or (UNKNOWN_BACKGROUND if style and self.styles.shaded(style) else background)
        flow.tables.append(OpenTable(flow.counters[-1], flow.cell, background))
        flow.counters[-1] += 1
        self.depth = max(self.depth, len(flow.tables))
        self._table_change(properties, TABLE_CHANGE)
        self._enter(element, partial(self._end_table, flow, element.find(f"{w('tblGrid')}/{GRID_CHANGE}")))

    def _table_change(self, properties: Element | None, tag: str) -> None:
        """Changed layout in the properties of a table, a row or a cell."""
        change = None if properties is None else properties.find(tag)
        if change is not None:
            self._flow.tables[-1].records.append(self._record(NAMES[tag], change, ahead=True))

    def _end_table(self, flow: Flow, grid: Element | None) -> None:
        """What one person changed in many cells of a table at once is one change, told where it first occurs.

        Word changes the grid of columns along with anything else of a table; by itself that is a change of its own.
        """
        table = flow.tables.pop()
        first_of: dict[object, Record] = {}
        for record in table.records:
            record.draft = first_of.setdefault((record.what, record.who), record).draft
        if grid is None:
            return
        self.found.said.add(grid)
        if table.records:
            first = table.records[0]
            self.found.layout.append(Record(self.part, first.what, first.draft, first.who, grid, silent=True))
        elif not table.tracked:
            self.found.layout.append(Record(self.part, NAMES[GRID_CHANGE], table.first, None, grid))

    def _row(self, element: Element) -> None:
        if not self._flow.tables:
            return
        table = self._flow.tables[-1]
        table.row += 1
        table.column = 0
        state = self._state
        self._table_change(element.find(w("tblPrEx")), EXCEPTION_CHANGE)
        properties = element.find(w("trPr"))
        self._table_change(properties, ROW_CHANGE)
        if properties is not None:
            table.column = number(value(properties.find(w("gridBefore"))))
            for tag in (w("ins"), w("del")):
                flag = properties.find(tag)
                if flag is not None:
                    table.tracked = True
                    state = nested(state, KINDS[tag], self.authors.of(flag))
        self._enter(element, partial(self._end_row, self._flow, self._flow.cloak, self._state))
        self._flow.cloak |= unseen.row(properties)
        self._state = state

    def _end_row(self, flow: Flow, cloak: Look, state: State) -> None:
        flow.cloak, self._state = cloak, state

    def _cell(self, element: Element) -> None:
        flow = self._flow
        if not flow.tables:
            return
        table = flow.tables[-1]
        state, span, before = self._state, 1, (flow.cell, flow.background, self._state)
        background = table.background
        properties = element.find(w("tcPr"))
        if properties is not None:
            self._table_change(properties, CELL_CHANGE)
            self._table_change(properties, CELL_MERGE)
            span = max(1, number(value(properties.find(w("gridSpan"))), 1))
            background = shade(properties.find(w("shd"))) or background
            for tag, kind in ((w("cellIns"), Kind.INS), (w("cellDel"), Kind.DEL)):
                flag = properties.find(tag)
                if flag is not None:
                    table.tracked = True
                    state = nested(state, kind, self.authors.of(flag))
        flow.cell = Cell(table.index, table.row, table.column, table.parent)
        flow.background = background
        flow.counters.append(0)
        table.column += span
        self._state = state
        self._enter(element, partial(self._end_cell, flow, before))

    def _end_cell(self, flow: Flow, before: tuple[Cell | None, str, State]) -> None:
        flow.counters.pop()
        flow.cell, flow.background, self._state = before

    def _chunk(self, element: Element) -> None:
        self.found.counts[self.part, "inserted file (altChunk)"] += 1
        self.found.notice("unread-content", "Another file is shown inside this document; its text was not read.", self.part)

    def _part_of_master(self, element: Element) -> None:
        """A master document shows other files in its place (§17.17.2.1)."""
        self.found.counts[self.part, "other document (subDoc)"] += 1
        self.found.notice("unread-content", "Another file is shown inside this document; its text was not read.", self.part)

    # Revisions

    def _tracked(self, element: Element) -> None:
        kind, move = self.moves.resolve(KINDS.get(element.tag) or CONFLICTS[element.tag])
        who = self.authors.of(element)
        if kind is Kind.INS and self._state.kind is Kind.DEL:
            self.found.notice("tracked-odd", "An insertion stands inside a deletion, which Word does not write.", self.part)
        self._enter(element, partial(self._end_tracked, self._state, self._change))
        self._state, self._change = nested(self._state, kind, who, move), element

    def _end_tracked(self, state: State, change: Element | None) -> None:
        self._state, self._change = state, change

    def _move_start(self, element: Element) -> None:
        self.moves.start(element)

    def _move_end(self, element: Element) -> None:
        self.moves.end(element)


def paragraph_format(properties: Mapping[str, Element]) -> Format:
    """Style, direct numbering and outline level from the children of one `w:pPr` by tag."""
    outline = properties.get(_OUTLINE)
    num_id, ilvl = numbering_ids(properties.get(NUM_PR))
    return _shared(value(properties.get(_P_STYLE)), num_id, ilvl, None if outline is None else number(value(outline), 9))


@lru_cache(maxsize=4096)
def _shared(style: str, num_id: int | None, ilvl: int | None, outline: int | None) -> Format:
    return Format(style, num_id, ilvl, outline)


def _constant(text: str) -> Callable[[Walker, Element], None]:
    def handle(walker: Walker, element: Element) -> None:
        walker._add(text)
    return handle


_HANDLERS: dict[str, Callable[[Walker, Element], None]] = {
    w("p"): Walker._paragraph, w("r"): Walker._run, w("t"): Walker._text, w("delText"): Walker._text,
    w("tbl"): Walker._table, w("tr"): Walker._row, w("tc"): Walker._cell, w("altChunk"): Walker._chunk,
    w("tab"): _constant("\t"), w("ptab"): _constant("\t"), w("br"): _constant("\n"), w("cr"): _constant("\n"),
    w("noBreakHyphen"): _constant("\N{NON-BREAKING HYPHEN}"), w("softHyphen"): _constant("\N{SOFT HYPHEN}"),
    w("sym"): Walker._symbol, w("footnoteReference"): Walker._note, w("endnoteReference"): Walker._note,
    w("fldChar"): Walker._field_char, w("instrText"): Walker._field_code, w("delInstrText"): Walker._field_code,
    w("fldSimple"): Walker._simple_field, w("hyperlink"): Walker._hyperlink,
    w("commentRangeStart"): Walker._comment_start, w("commentRangeEnd"): Walker._comment_end,
    w("commentReference"): Walker._comment_reference,
    w("bookmarkStart"): Walker._bookmark_start, w("bookmarkEnd"): Walker._bookmark_end,
    w("moveFromRangeStart"): Walker._move_start, w("moveToRangeStart"): Walker._move_start,
    w("moveFromRangeEnd"): Walker._move_end, w("moveToRangeEnd"): Walker._move_end,
    w("drawing"): Walker._graphics, w("pict"): Walker._graphics, w("object"): Walker._graphics,
    w("txbxContent"): Walker._textbox, mc("AlternateContent"): Walker._alternates,
    w("subDoc"): Walker._part_of_master, w("sectPr"): Walker._section, w("sdtPr"): Walker._control_properties,
    m("r"): Walker._math_run, m("t"): Walker._text, m("d"): Walker._delimited,
}
_HANDLERS.update(dict.fromkeys((*KINDS, *CONFLICTS), Walker._tracked))
_HANDLERS.update(dict.fromkeys(CONTROLS, Walker._control))
_HANDLERS.update(dict.fromkeys(MATH_SIGNS, Walker._math_part))
_HANDLERS.update({w(name): Walker._enter for name in (
    "sdt", "sdtContent", "customXml", "smartTag", "dir", "bdo", "ruby", "rubyBase", "body")})
_HANDLERS.update({m(name): Walker._math for name in (
    "acc", "bar", "box", "borderBox", "eqArr", "f", "func", "groupChr", "limLow", "limUpp", "m", "nary", "phant", "rad",
    "sPre", "sSub", "sSubSup", "sSup")})
_HANDLERS.update({m(name): Walker._enter for name in ("oMath", "oMathPara", "e", "fName", "lim", "mr", "num")})
