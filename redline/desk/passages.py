"""The words of each clause on one side of a redline, and where in its paragraphs they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redline.model import Paragraph, Side

if TYPE_CHECKING:
    from redline.clauses.outline import Clause


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause's own words on one side of a redline, and where each stretch of them stands in its paragraphs."""

    text: str
    places: tuple[tuple[int, int], ...]
    """(offset in `text`, paragraph), ascending."""

    def place(self, start: int, end: int) -> tuple[int, int, int]:
        """The paragraph and offsets of a range of `text`, cut at the end of the paragraph it starts in."""
        base, paragraph = max((place for place in self.places if place[0] <= start), default=self.places[0])
        after = min((offset for offset, _ in self.places if offset > base), default=len(self.text) + 1)
        return paragraph, start - base, max(start - base, min(end, after - 1) - base)


def passages(paragraphs: Sequence[Paragraph], side: Side) -> tuple[tuple[Clause, Passage], ...]:
    """Each clause of one side with its own words (not its sub-clauses'); the cells that repeat it in another language too."""
    from redline.clauses.outline import outline, owners

    clauses = outline(paragraphs, side)
    texts, places = ["" for _ in clauses], [list[tuple[int, int]]() for _ in clauses]
    for index, owner in enumerate(owners(paragraphs, side)):
        part = paragraphs[index].side(side)
        if owner >= 0 and part:
            places[owner].append((len(texts[owner]), index))
            texts[owner] += part + ("\n" if paragraphs[index].mark.on(side) else "")
    return tuple((clause, Passage(text, tuple(where))) for clause, text, where in zip(clauses, texts, places, strict=True))


def whole_clause(told: Sequence[tuple[Clause, Passage]], clause: Clause) -> str:
    """The words of a clause with everything below it, a line each; "" where it has none of its own."""
    clauses = [each for each, _ in told]
    return "\n".join(text for index in below(clauses, clauses.index(clause)) if (text := told[index][1].text.strip()))


def below(clauses: Sequence[Clause], index: int) -> list[int]:
    """A clause and everything below it, as indices."""
    inside = {index}
    for number, each in enumerate(clauses):
        if each.parent in inside:
            inside.add(number)
    return sorted(inside)


def joined(parts: Sequence[Passage]) -> Passage:
    """Passages that follow each other as one, a line each."""
    text, places = "", list[tuple[int, int]]()
    for part in parts:
        text += "" if not text or text.endswith("\n") else "\n"
        places += [(len(text) + offset, paragraph) for offset, paragraph in part.places]
        text += part.text
    return Passage(text, tuple(places))
