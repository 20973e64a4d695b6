"""How deep the clause that starts at a paragraph lies, and whether the paragraph is a heading.

Numbers of one automatic list keep the order of its levels, headings that of their outline levels; between different kinds of
numbers their usual order decides (articles, 1, 1.1, 1), (a), (i), (A), (1)), except that a list which begins anew stands
below what it follows. Depth is relative: a document that starts with "1.1" starts at depth 0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from redline.clauses.terms import opens_terms
from redline.word.typed import Key, candidate, known_numbers

Rank = tuple[int, int]

_HEADING_STYLE = re.compile(r"(?:heading|заголовок|title|название|überschrift|titre)\b", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.;:,!?]\s*$")
_LONGEST_HEADING = 120
_FEW_WORDS = 6
_DECIMALS = 1
_RANKS = {"closed": 2, "lower letter": 3, "lower cyrillic": 3, "lower roman": 4, "upper letter": 5, "upper cyrillic": 5,
          "paren": 6}
_KEYWORDS = {"schedule": 0, "exhibit": 0, "annex": 0, "appendix": 0, "attachment": 0, "приложение": 0, "part": 1, "часть": 1,
             "chapter": 1, "глава": 1, "раздел": 1, "article": 2, "статья": 2}
_FORM = re.compile(r"^(?:paren|closed|dot)(?=.)")
_DOTTED = {"dotupper roman": (0, 5), "dotupper letter": (0, 6), "dotupper cyrillic": (0, 6)}


@dataclass(frozen=True, slots=True)
class Start:
    """What is known about a paragraph: its label, its list and level there, its outline level, its text's look."""

    label: str = ""
    bullet: bool = False
    list_: str = ""
    ilvl: int = 0
    outline: int | None = None
    style: str = ""
    text: str = ""
    bold: bool = False
    in_table: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    rank: Rank
    kind: str
    number: tuple[int, ...]
    list_: str
    ilvl: int
    outline: int | None


class Outline:
    """The clauses open at the point reached, in one view of one story.

    Where a story has `numbers`, lines that only look like headings start no clause before the first real start: the title
    and the names of the parties come there.
    """

    def __init__(self, *, numbers: bool = False) -> None:
        self._open: list[_Entry] = []
        self._waiting = numbers

    def place(self, start: Start) -> tuple[int | None, bool]:
        """(depth, is a heading) of the next paragraph; the depth is None where no clause starts."""
        heading = is_heading(start)
        if start.bullet or not (start.label or heading) or (not start.label and opens_terms(start.text)):
            return None, heading
        if self._waiting and not start.label and start.outline is None:
            return None, heading
        self._waiting = False
        entry = self._entry(start)
        del self._open[self._cut(entry):]
        self._open.append(entry)
        return len(self._open) - 1, heading

    def _entry(self, start: Start) -> _Entry:
        kind, number = self._reading(start.label)
        if not start.label:
            rank = (0, start.outline) if start.outline is not None else (_DECIMALS, 1)
        elif kind == "decimal":
            rank = (_DECIMALS, len(number))
        elif kind in _DOTTED:
            rank = _DOTTED[kind]
        else:
            bare = _FORM.sub("", kind)
            named = (0, _KEYWORDS.get(kind, 3)) if number else (7, 0)
            rank = (_RANKS[bare], start.ilvl if start.list_ else 0) if bare in _RANKS else named
        return _Entry(rank, kind, number, start.list_, start.ilvl, start.outline)

    def _reading(self, label: str) -> Key:
        """The likeliest way to read a label: the one that goes on from an open clause, else the last (Roman) one."""
        found = candidate(label) or candidate(label + " X")
        keys = found.keys if found is not None else known_numbers(label)
        for kind, number in keys:
            if any(entry.kind == kind and entry.number and number and entry.number[-1] + 1 == number[-1]
                   for entry in self._open):
                return kind, number
        return keys[-1] if keys else ("", ())

    def _cut(self, entry: _Entry) -> int:
        """How many of the open clauses the new one lies in."""
        if entry.outline is not None:
            outlines = [index for index, open_ in enumerate(self._open) if open_.outline is not None]
            if outlines:
                deeper = (index for index in outlines if (self._open[index].outline or 0) >= (entry.outline or 0))
                return next(deeper, outlines[-1] + 1)
        if entry.list_:
            same = [index for index, open_ in enumerate(self._open) if open_.list_ == entry.list_]
            if same:
                return next((index for index in same if self._open[index].ilvl >= entry.ilvl), same[-1] + 1)
        if entry.kind and entry.rank[0] > _DECIMALS:
            for index, open_ in enumerate(self._open):
                if open_.kind == entry.kind:
                    return index
            if entry.number and entry.number[-1] == 1:
                return len(self._open)
        for index, open_ in enumerate(self._open):
            if open_.rank > entry.rank or (open_.rank == entry.rank and not self._below(open_, entry)):
                return index
        return len(self._open)

    @staticmethod
    def _below(open_: _Entry, entry: _Entry) -> bool:
        """Whether an entry of equal rank belongs into a numbered heading: a list that begins anew below it."""
        return (open_.outline is not None and entry.outline is None and bool(open_.number) and bool(entry.number)
                and entry.number <= open_.number)


def is_heading(start: Start) -> bool:
    """A short line that is no sentence and is set off: by its style or outline level, by bold type, or by capitals.

    An outline level alone does not make one: many contracts give it to whole paragraphs so that they are numbered.
    """
    text = start.text.strip()
    if not text or len(text) > _LONGEST_HEADING or start.bullet:
        return False
    if _ENDS_SENTENCE.search(text) and not (text.count(".") == 1 and text[-1] == "." and len(text.split()) <= _FEW_WORDS):
        return False
    letters = [char for char in text if char.isalpha()]
    if not letters or letters[0].islower():
        return False
    if _HEADING_STYLE.match(start.style):
        return True
    if start.label and start.label.split()[0].casefold() in _KEYWORDS and not _ENDS_SENTENCE.search(text):
        return True
    if start.in_table and not start.label:
        return False
    return start.outline is not None or (len(letters) > 3 and (start.bold or all(char.isupper() for char in letters)))
