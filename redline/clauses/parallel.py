"""Texts of one clause in two languages, side by side: cells of a row, paragraphs one below the other, halves of one paragraph.

Works on a redline as a whole, so that a text that lost, or got, its counterpart still has its place beside it. A table counts as
bilingual only when whole columns are; two words in another alphabet make no translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice

from redline.model import Cell, Paragraph

from .languages import script
from .outline import owners

_LEAST = 60
"""Letters and signs that a column, or a text and its translation below it, must have to be taken for one."""

_RATIO = 2.5
"""A translation is at most so many times as long as its original."""

_MOST = 0.6
_LONGEST, _BREAKS = 20_000, 50
"""Characters of a paragraph, and places in it, that are looked at for a border between two languages."""

_LANGUAGES = ("English", "Russian")
_BREAK = re.compile(r"\n+|\s+/\s+|\s+\|\s+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters `start` to `end` of all the text of a paragraph, whatever their kind."""

    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Parallel:
    """What a clause says in English and in Russian; either may be empty. `clause` is an index into the new side's outline, or −1."""

    clause: int
    english: tuple[Stretch, ...]
    russian: tuple[Stretch, ...]

    def text(self, language: str) -> tuple[Stretch, ...]:
        return self.english if language == "English" else self.russian


def parallels(paragraphs: Sequence[Paragraph]) -> tuple[Parallel, ...]:
    """The parallel texts of a redline (or a plain text), in order."""
    if len({script(paragraph.text) for paragraph in paragraphs} & set(_LANGUAGES)) < 2 and not any(
            _halves(paragraph.text) for paragraph in paragraphs):
        return ()
    places = _places(paragraphs)
    owner = owners(paragraphs)
    found: list[Parallel] = []
    done: set[int] = set()
    for rows in _tables(paragraphs, places):
        columns = _columns(paragraphs, rows)
        if columns:
            for row in rows.values():
                pairs = list(_row(paragraphs, owner, row, columns))
                found.extend(pairs)
                done.update(index for _, cells in row.items() for index in cells)
    for index, paragraph in enumerate(paragraphs):
        if index not in done and (half := _halves(paragraph.text)):
            found.append(_halved(owner, index, half, len(paragraph.text)))
            done.add(index)
    found.extend(_stacked(paragraphs, places, owner, done))
    return tuple(sorted(found, key=lambda pair: min(stretch.paragraph for stretch in pair.english + pair.russian)))


Place = tuple[str, Cell | None]
Rows = dict[tuple[str, int], dict[int, list[int]]]
"""Paragraphs of a table by row, then by column; a row that is only on the old side is apart from the new one of its number."""


def _places(paragraphs: Sequence[Paragraph]) -> list[tuple[str, Place]]:
    """Each paragraph's container, by its place on the new side where it, or at least its row, is known there."""
    names: dict[Place, Place] = {}
    rows: dict[Place, Cell] = {}
    for paragraph in paragraphs:
        if paragraph.old and paragraph.new:
            names[paragraph.old.container] = paragraph.new.container
            if paragraph.old.cell and paragraph.new.cell:
                rows[_row_name(paragraph.old.container)] = paragraph.new.cell
    out = []
    for paragraph in paragraphs:
        place = paragraph.props.container
        if paragraph.new is not None or place in names:
            out.append(("new", place if paragraph.new is not None else names[place]))
        elif place[1] is not None and (row := rows.get(_row_name(place))) is not None:
            out.append(("new", (place[0], replace(row, column=place[1].column))))
        else:
            out.append(("old", place))
    return out


def _row_name(place: Place) -> Place:
    """The row of a cell, by its first column."""
    story, cell = place
    return story, None if cell is None else replace(cell, column=0)


def _tables(paragraphs: Sequence[Paragraph], places: Sequence[tuple[str, Place]]) -> list[Rows]:
    tables: dict[object, Rows] = {}
    for index, (side, (story, cell)) in enumerate(places):
        if cell is not None and paragraphs[index].text.strip():
            rows = tables.setdefault((story, cell.parent, cell.table), {})
            rows.setdefault((side, cell.row), {}).setdefault(cell.column, []).append(index)
    return list(tables.values())


def _columns(paragraphs: Sequence[Paragraph], rows: Rows) -> tuple[int, int] | None:
    """(English column, Russian column) of a table that is bilingual."""
    sizes: dict[tuple[int, str], int] = {}
    written: dict[int, int] = {}
    for row in rows.values():
        for column, cells in row.items():
            text = "\n".join(paragraphs[index].text for index in cells)
            written[column] = written.get(column, 0) + len(text)
            sizes[column, script(text)] = sizes.get((column, script(text)), 0) + len(text)
    best = [max(((size, column) for (column, language), size in sizes.items()
                 if language == wanted and size >= _MOST * written[column]), default=(0, -1)) for wanted in _LANGUAGES]
    (one, english), (other, russian) = best
    if min(one, other) < _LEAST or not _alike(one, other):
        return None
    both = sum(english in row and russian in row for row in rows.values())
    either = sum(english in row or russian in row for row in rows.values())
    return (english, russian) if both >= _MOST * either else None


def _alike(one: int, other: int) -> bool:
    return max(one, other) <= _RATIO * min(one, other)


def _row(paragraphs: Sequence[Paragraph], owner: Sequence[int], row: dict[int, list[int]],
         columns: tuple[int, int]) -> Iterator[Parallel]:
    """The pairs of a row: clause by clause where both cells hold the same clauses, else cell by cell; paragraph by paragraph
    where both have equally many.
    """
    english, russian = (row.get(column, []) for column in columns)
    if not english and not russian:
        return
    clauses = list(dict.fromkeys(owner[index] for index in english + russian))
    if {owner[index] for index in english} != {owner[index] for index in russian}:
        standing = [owner[index] for index in sorted(english + russian) if paragraphs[index].mark.in_new]
        yield Parallel(standing[0] if standing else clauses[0], _whole(paragraphs, english), _whole(paragraphs, russian))
        return
    for clause in clauses:
        one, other = ([index for index in side if owner[index] == clause] for side in (english, russian))
        if len(one) == len(other):
            yield from (Parallel(clause, _whole(paragraphs, [a]), _whole(paragraphs, [b])) for a, b in zip(one, other, strict=True))
        else:
            yield Parallel(clause, _whole(paragraphs, one), _whole(paragraphs, other))


def _whole(paragraphs: Sequence[Paragraph], indices: Sequence[int]) -> tuple[Stretch, ...]:
    return tuple(Stretch(index, 0, len(paragraphs[index].text)) for index in indices)


def _halves(text: str) -> tuple[int, int, str] | None:
    """(end of the first half, start of the second, language of the first) of a paragraph that says it in both languages."""
    if not 8 <= len(text) <= _LONGEST:
        return None
    for match in islice(_BREAK.finditer(text), _BREAKS):
        one, other = script(text[:match.start()]), script(text[match.end():])
        if one and other and one != other and _alike(match.start(), len(text) - match.end()):
            return match.start(), match.end(), one
    return None


def _halved(owner: Sequence[int], index: int, half: tuple[int, int, str], length: int) -> Parallel:
    end, start, language = half
    one, other = (Stretch(index, 0, end),), (Stretch(index, start, length),)
    return Parallel(owner[index], *((one, other) if language == "English" else (other, one)))


def _stacked(paragraphs: Sequence[Paragraph], places: Sequence[tuple[str, Place]], owner: Sequence[int],
             done: set[int]) -> Iterator[Parallel]:
    """Paragraphs that stand in one language and then in the other, where that is the habit of their cell or of the text."""
    for place, group in groupby((index for index in range(len(paragraphs)) if index not in done), key=lambda index: places[index]):
        runs = _runs(paragraphs, [index for index in group if paragraphs[index].text.strip()])
        pairs = []
        at = 0
        while at + 1 < len(runs):
            sizes = [sum(len(paragraphs[index].text) for index in runs[at + step][1]) for step in (0, 1)]
            if _alike(*sizes):
                pairs.append((runs[at], runs[at + 1]))
                at += 1
            at += 1
        paired = sum(len(paragraphs[index].text) for pair in pairs for _, indices in pair for index in indices)
        whole = sum(len(paragraphs[index].text) for _, indices in runs for index in indices)
        least = 1 if place[1][1] is not None else 3
        if len(pairs) < least or paired < max(_MOST * whole, 2 * _LEAST):
            continue
        for one, other in pairs:
            texts = {language: _whole(paragraphs, indices) for language, indices in (one, other)}
            yield Parallel(owner[one[1][0]], texts["English"], texts["Russian"])


def _runs(paragraphs: Sequence[Paragraph], indices: Sequence[int]) -> list[tuple[str, list[int]]]:
    """Neighbouring paragraphs in one language; those without letters go with what stands before them."""
    runs: list[tuple[str, list[int]]] = []
    for index in indices:
        language = script(paragraphs[index].text)
        if runs and (not language or language == runs[-1][0]):
            runs[-1][1].append(index)
        elif language:
            runs.append((language, [index]))
    return runs
