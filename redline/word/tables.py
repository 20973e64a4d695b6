"""Tables, their rows and cells, and what was changed in their layout.

Sources: ECMA-376 Part 1 §17.4 (tables), §17.13.5.1 to .3, .12, .16, .33 to .37 (their tracked changes).
"""

from __future__ import annotations

from functools import partial

from redline.model import Cell, Kind, Look
from redline.word import unseen
from redline.word.drafts import Record, State, nested
from redline.word.figures import KINDS, UNKNOWN_BACKGROUND, Figures
from redline.word.flow import Flow, OpenTable
from redline.word.layout import CELL_CHANGE, CELL_MERGE, EXCEPTION_CHANGE, GRID_CHANGE, NAMES, ROW_CHANGE, TABLE_CHANGE
from redline.word.styles import shade
from redline.word.xml import Element, number, value, w


class Tables(Figures):
    """The point reached, and the tables that are open there."""

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
