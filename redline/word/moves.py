"""Moves: which deleted text is the same as which inserted text, because Word says so.

A move's two ends share a name on `moveFromRangeStart` and `moveToRangeStart`; a start and an end share an id (ECMA-376 Part 1
§17.13.5.23 to .28). An end whose other end is missing is only a deletion or an insertion.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from redline.model import Kind
from redline.word.drafts import Findings
from redline.word.xml import Element, w

_FROM, _TO = w("moveFromRangeStart"), w("moveToRangeStart")
_FROM_END = w("moveFromRangeEnd")
_NAME, _ID = w("name"), w("id")
_INNERMOST = 8
"""How many open ranges are looked at: Word does not nest them, and a hostile file may leave any number open."""
_PLAIN = {Kind.MOVE_FROM: Kind.DEL, Kind.MOVE_TO: Kind.INS}


class Moves:
    """The moves of one part, and which of them are open at the point reached."""

    def __init__(self, root: Element, findings: Findings) -> None:
        starts = {element.get(_NAME, "") for element in root.iter(_FROM)}
        ends = dict.fromkeys(element.get(_NAME, "") for element in root.iter(_TO))
        self._names = {name: f"move{count}" for count, name in enumerate((name for name in ends if name in starts), 1)}
        self._open: dict[Kind, dict[str, str]] = {Kind.MOVE_FROM: {}, Kind.MOVE_TO: {}}
        self._ended: dict[Kind, str] = {}
        self._findings = findings

    def start(self, element: Element) -> None:
        """A range begins."""
        kind = Kind.MOVE_FROM if element.tag == _FROM else Kind.MOVE_TO
        self._open[kind][element.get(_ID, "")] = element.get(_NAME, "")

    def end(self, element: Element) -> None:
        """A range ends; a mark at the end of the same paragraph still belongs to it."""
        kind = Kind.MOVE_FROM if element.tag == _FROM_END else Kind.MOVE_TO
        name = self._open[kind].pop(element.get(_ID, ""), None)
        if name is not None:
            self._ended[kind] = name

    def paragraph_ended(self) -> None:
        """What ended in this paragraph is over."""
        self._ended.clear()

    def resolve(self, kind: Kind, *, mark: bool = False) -> tuple[Kind, str]:
        """A kind of change with its move's name here; a move without its other end becomes a deletion or insertion."""
        if kind not in _PLAIN:
            return kind, ""
        candidates: Iterator[str] = islice(reversed(self._open[kind].values()), _INNERMOST)
        if mark and not self._open[kind] and kind in self._ended:
            candidates = iter((self._ended[kind],))
        move = next((self._names[name] for name in candidates if name in self._names), "")
        if move:
            return kind, move
        self._findings.notice("tracked-odd", "A move has only one end; it is shown as a deletion or an insertion.")
        return _PLAIN[kind], ""
