"""The paragraphs of one side as lines: their text as it stands there, their properties, the row they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from redline.model import Paragraph, Props, Segment, Side

Row = tuple[str, int, int]
"""Story, outermost table, row."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph on one side: its index, properties, text, and the bold or underlined words with which it begins."""

    index: int
    props: Props
    text: str
    lead: str

    @property
    def filled(self) -> bool:
        return bool(self.text.strip(" \t\n\u00a0\ufffc"))


def lines(paragraphs: Sequence[Paragraph], side: Side) -> list[Line | None]:
    """The paragraphs as they stand on one side, with what flows into them from those that lost their mark there."""
    out: list[Line | None] = []
    pending: list[Segment] = []
    place: object = None
    for index, paragraph in enumerate(paragraphs):
        if paragraph.props.container != place:
            pending, place = [], paragraph.props.container
        pending.extend(shown for segment in paragraph.segments if (shown := segment.on(side)) is not None)
        props = paragraph.old if side == "old" else paragraph.new
        if props is None or not paragraph.mark.on(side):
            out.append(None)
            continue
        out.append(Line(index, props, "".join(segment.text for segment in pending), lead_of(pending)))
        pending = []
    return out


def lead_of(segments: Sequence[Segment]) -> str:
    """The bold or underlined words with which a text begins, and the signs around them."""
    lead = ""
    for segment in segments:
        if not segment.look & {"bold", "underline"} and segment.text.strip(" .:\u00a0\t\"“”«»"):
            break
        lead += segment.text
        if len(lead) > 200:
            break
    return lead


def row_of(props: Props) -> Row | None:
    """The row of the outermost table that a paragraph stands in."""
    cell = props.cell
    while cell is not None and cell.parent is not None:
        cell = cell.parent
    return None if cell is None else (props.story, cell.table, cell.row)


def rows_of(found: Sequence[Line]) -> dict[Row, list[Line]]:
    """The lines with text of each row."""
    out: dict[Row, list[Line]] = {}
    for line in found:
        row = row_of(line.props)
        if row is not None and line.filled:
            out.setdefault(row, []).append(line)
    return out
