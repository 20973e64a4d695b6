"""Where cross-references lead: to which paragraph on each side, and whether that is the same one.

The number a reference shows follows every renumbering; what counts is the bookmark it names (`ref:NAME` in the look of its words)
and the paragraph that holds it (`Props.anchors`). Word keeps no bookmark's name apart by the case of its letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from redline.model import Kind, Look, Paragraph, Segment, Side

_PREFIX = "ref:"


def leads_to(look: Look) -> str:
    """The name of the bookmark that words of this look lead to, folded; "" where they are no reference."""
    return next((item.removeprefix(_PREFIX).casefold() for item in look if item.startswith(_PREFIX)), "")


@dataclass(slots=True)
class Targets:
    """The paragraphs of a redline that references lead to, by folded name."""

    paragraphs: Sequence[Paragraph]
    old: dict[str, int] = field(init=False)
    new: dict[str, int] = field(init=False)
    _goals: dict[int, int] = field(init=False)
    """For the source of each move the paragraph where it ended."""

    def __post_init__(self) -> None:
        self.old, self.new, self._goals = {}, {}, {}
        moves: dict[str, tuple[list[int], list[int]]] = {}
        for index, paragraph in enumerate(self.paragraphs):
            for props, found in ((paragraph.old, self.old), (paragraph.new if paragraph.mark.in_new else None, self.new)):
                for name in props.anchors if props is not None else ():
                    found.setdefault(name.casefold(), index)
            if paragraph.mark in (Kind.MOVE_FROM, Kind.MOVE_TO):
                moves.setdefault(paragraph.move, ([], []))[paragraph.mark is Kind.MOVE_TO].append(index)
        for sources, goals in moves.values():
            self._goals.update(zip(sources, goals, strict=False))

    def on(self, side: Side, name: str) -> int | None:
        """The paragraph that a name leads to on one side."""
        return (self.old if side == "old" else self.new).get(name)

    def same(self, old: str, new: str) -> bool:
        """Whether a name on the old side and one on the new side lead to one and the same paragraph."""
        here, there = self.old.get(old), self.new.get(new)
        return here is not None and there is not None and (here == there or self.after(here) == there)

    def after(self, index: int) -> int | None:
        """Where a paragraph of the old side stands on the new one: in its place, or where it was moved to."""
        return index if self.paragraphs[index].mark.in_new else self._goals.get(index)


def renumbered(segments: Iterable[Segment], targets: Targets) -> bool | None:
    """Whether changed words are references that lead where they led, and all else is equal; False where all else is equal and
    they lead elsewhere, None where there is more to it, or no reference, or none that leads anywhere.
    """
    old, new = _read(segments := tuple(segments), "old"), _read(segments, "new")
    if old[0] != new[0] or not old[1] or len(old[1]) != len(new[1]):
        return None
    if not any(targets.on("old", name) is not None for name in old[1]) and not any(targets.on("new", name) is not None for name in new[1]):
        return None
    return all(targets.same(one, other) for one, other in zip(old[1], new[1], strict=True))


def _read(segments: Iterable[Segment], side: Side) -> tuple[str, list[str]]:
    """(the words with a mark for each reference, the names the references lead to) on one side."""
    text, names = "", list[str]()
    last = ""
    for segment in segments:
        shown = segment.on(side)
        if shown is None:
            continue
        name = leads_to(shown.look)
        if name and name != last:
            names.append(name)
            text += "\0"
        elif not name:
            text += shown.text
        last = name
    return text, names
