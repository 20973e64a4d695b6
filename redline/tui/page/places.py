"""The clauses of a comparison as a reader meets them: those of the new text, and between them those that went.

A clause went when its first paragraph stands nowhere in the new text: it was deleted, or moved away. It keeps its old number
and its place among the others, so that what happened to it is told of it and not of its neighbour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from redline.clauses.outline import Clause, outline, owners
from redline.model import Paragraph

_SIGNS = (".", "(", "-")


class Places:
    """Clauses in reading order (`parent` counts in them), the numbers of those that went, and each paragraph's clause."""

    def __init__(self, paragraphs: Sequence[Paragraph], clauses: Sequence[Clause]) -> None:
        stays = [stands(one) for one in paragraphs]
        new_of = owners(paragraphs)
        if all(stays):
            self.clauses = _named(clauses)
            self.gone: frozenset[int] = frozenset()
            self.of: tuple[int, ...] = new_of
            return
        olds, old_of = outline(paragraphs, "old"), owners(paragraphs, "old")
        heads = _heads(olds, old_of, stays)
        went = {number for number, head in enumerate(heads) if head < 0}
        order = sorted([(one.first, 0, n) for n, one in enumerate(clauses)] + [(olds[n].first, 1, n) for n in went])
        rank = {(which, n): place for place, (_, which, n) in enumerate(order)}

        def home(old: int) -> int:
            """Where an old clause is told of: under its own number if it went, else with the new one that holds its beginning."""
            if old in went:
                return rank[1, old]
            return rank.get((0, new_of[heads[old]]), -1) if old >= 0 else -1

        found = []
        for place, (_, which, n) in enumerate(order):
            clause = olds[n] if which else clauses[n]
            above = -1 if clause.parent is None else home(clause.parent) if which else rank[0, clause.parent]
            found.append(replace(clause, parent=above if 0 <= above < place else None))
        self.clauses = _named(found)
        self.gone = frozenset(rank[1, n] for n in went)
        self.of = tuple(
            rank.get((0, new_of[p]), -1) if stays[p] or old_of[p] < 0 else home(old_of[p]) for p in range(len(paragraphs))
        )


def stands(paragraph: Paragraph) -> bool:
    """Whether anything of a paragraph is in the new text, or it never was in the old one."""
    return (
        paragraph.mark.in_new or not paragraph.mark.in_old or any(segment.kind.in_new for segment in paragraph.segments)
    )


def _heads(olds: Sequence[Clause], old_of: Sequence[int], stays: Sequence[bool]) -> list[int]:
    """The paragraph by which each old clause lives on, -1 where it went. A text before the first clause has no head of its own:
    it lives on in any of its paragraphs.
    """
    heads = [one.first if stays[one.first] else -1 for one in olds]
    for paragraph, old in enumerate(old_of):
        if old >= 0 and heads[old] < 0 and olds[old].level is None and stays[paragraph]:
            heads[old] = paragraph
    return heads


def _named(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """The clauses with their full numbers, none said twice: "B.2" below "B", not "B.B.2"."""
    out: list[Clause] = []
    for clause in clauses:
        above = out[clause.parent] if clause.parent is not None else None
        label, own = clause.label.strip().rstrip("."), above.label.strip().rstrip(".") if above else ""
        if above and own and label.startswith(tuple(own + sign for sign in _SIGNS)) and above.path.endswith(own):
            clause = replace(clause, path=above.path[:len(above.path) - len(own)] + label)
        out.append(clause)
    return tuple(out)
