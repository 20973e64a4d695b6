"""A redline paragraph as runs of ink and as gutter lines: what the document and the clause history have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from redline.model import Kind, Paragraph, Redline
from redline.render import phrases
from redline.render.parts import mark_shows, pieces
from redline.render.style import Ink, Painter, Run, wrap

INKS: dict[Kind, Ink] = {
    Kind.SAME: Ink.PLAIN, Kind.INS: Ink.INS, Kind.DEL: Ink.DEL, Kind.MOVE_FROM: Ink.MOVE_FROM, Kind.MOVE_TO: Ink.MOVE_TO,
    Kind.FORMAT: Ink.FORMAT, Kind.GONE: Ink.GONE,
}

def redline_lines(redline: Redline, painter: Painter, *, indent: str = "") -> Iterator[str]:
    """Bare paragraphs of a redline with their gutter: no clauses, no notes."""
    for paragraph in redline.paragraphs:
        yield from gutter_lines(paragraph_runs(paragraph), painter, indent)


def gutter_lines(runs: Iterable[Run], painter: Painter, indent: str = "") -> Iterator[str]:
    for line in wrap(painter.marked(runs), painter.columns - 2 - len(indent)):
        sign = gutter(ink for text, ink in line if text.strip())
        yield (indent + painter.paint(sign, _GUTTER_INKS.get(sign, Ink.PLAIN)) + " " + painter.line(line)).rstrip()


_GUTTER_INKS = {"+": Ink.INS, "−": Ink.DEL, "±": Ink.STRONG, "↔": Ink.MOVE_TO}
_BARE = {Ink.INS: "+", Ink.DEL: "−", Ink.GONE: "±", Ink.MOVE_FROM: "↔", Ink.MOVE_TO: "↔", Ink.FORMAT: "~"}


def gutter(inks: Iterable[Ink]) -> str:
    """The sign beside a line: `+`, `−`, `±` for both, `↔` for text that moved, `~` for a new look, a space for nothing."""
    signs = {_BARE[ink] for ink in inks if ink in _BARE}
    if len(signs - {"~"}) > 1:
        return "↔" if "↔" in signs else "±"
    return max(signs, key="~±−+↔".index) if signs else " "


def paragraph_runs(paragraph: Paragraph, *, formats: bool = False) -> Iterator[Run]:
    """The paragraph's text with the ink of each piece; `¶` shows where it was split or joined."""
    for segment in pieces(paragraph):
        ink = INKS[segment.kind]
        yield phrases.shown(segment), ink if formats or ink is not Ink.FORMAT else Ink.PLAIN
    if mark_shows(paragraph):
        yield "¶", INKS[paragraph.mark]
