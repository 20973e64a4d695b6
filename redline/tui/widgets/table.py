"""A table of rows to choose from, drawn calmly: no stripes, a quiet heading, the row under the cursor plain without colours too."""

from __future__ import annotations

from rich.text import Text
from textual.widgets import DataTable


class Table(DataTable[Text]):
    """A DataTable of cells that were made with `safe.cell`."""

    DEFAULT_CSS = """
    Table { height: 1fr; background: $background; padding: 1 1 0 1; scrollbar-size-vertical: 1; scrollbar-size-horizontal: 1; }
    Table:focus { background-tint: $foreground 0%; }
    Table > .datatable--header, Table:focus > .datatable--header {
        background: $background; background-tint: $foreground 0%; color: $foreground-muted; text-style: none;
    }
    Table:ansi > .datatable--header { background: ansi_default; text-style: underline; }
    Table:nocolor > .datatable--cursor, Table:nocolor:focus > .datatable--cursor { text-style: reverse; }
    """

    def __init__(self, name: str | None = None) -> None:
        super().__init__(cursor_type="row", cell_padding=1, id=name)
