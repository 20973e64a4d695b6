"""Warnings on clauses in two languages: what was changed in one of them only, and figures that changed in one of them only.

A correction of spelling or punctuation needs no counterpart; a change of words does, and a change of figures always. Words are
compared within one language and never translated, figures by their value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rapidfuzz.distance import OSA

from redline.clauses.outline import outline
from redline.clauses.parallel import Parallel, Stretch, parallels
from redline.compare.references import leads_to
from redline.model import Paragraph, Redline, Side
from redline.text import fold, words
from redline.views import Flag, FlagKind

_LANGUAGES = ("English", "Russian")
_ARTICLES = frozenset(("a", "an", "the"))
_LEAST = 5
_ALIKE = Decimal("0.02")
"""Twelve months are a year, thirty days a month."""


@dataclass(frozen=True, slots=True)
class _Edit:
    """What became of a clause's text in one language."""

    old: str
    new: str
    paragraph: int

    @property
    def telling(self) -> bool:
        """Whether words changed, and not only how they are spelt."""
        return not _spelling(self.old, self.new)

    @property
    def figures(self) -> tuple[Counter[str], Counter[str]]:
        """(figures that went, figures that came)."""
        from redline.killers.numbers import figures

        if self.old == self.new:
            return Counter(), Counter()
        before, after = (Counter(str(figure) for figure in figures(text)) for text in (self.old, self.new))
        return before - after, after - before


def language_flags(redline: Redline) -> Iterator[Flag]:
    """A loud warning for each clause (or row) that was changed in one language only, a quiet one where figures disagree as before."""
    paragraphs = redline.paragraphs
    clauses = outline(paragraphs)
    for pair in parallels(paragraphs):
        edits = _edit(paragraphs, pair, "English"), _edit(paragraphs, pair, "Russian")
        loud = _judged(*edits)
        found = loud or _disagreeing(*edits)
        if found is not None:
            clause = clauses[pair.clause] if pair.clause >= 0 else None
            yield Flag(FlagKind.LANGUAGE, loud is not None, clause.id if clause else None, clause.path if clause else "", found[1],
                       found[0], found[2])


def _edit(paragraphs: Sequence[Paragraph], pair: Parallel, language: str) -> _Edit:
    stretches = pair.text(language)
    old, new = ("\n".join(_text(paragraphs[stretch.paragraph], stretch, side) for stretch in stretches) for side in _SIDES)
    changed = (stretch.paragraph for stretch in stretches if paragraphs[stretch.paragraph].changed)
    return _Edit(old, new, next(changed, stretches[0].paragraph if stretches else -1))


_SIDES: tuple[Side, Side] = ("old", "new")


def _text(paragraph: Paragraph, stretch: Stretch, side: Side) -> str:
    """What a stretch says on one side; the numbers that references show are left out."""
    out, position = "", 0
    for segment in paragraph.segments:
        first, last = max(stretch.start - position, 0), stretch.end - position
        position += len(segment.text)
        shown = segment.on(side)
        if shown is not None and last > 0 and not leads_to(shown.look):
            out += shown.text[first:last]
    return out


def _judged(english: _Edit, russian: _Edit) -> tuple[str, int, str] | None:
    """(message, paragraph, code) where the two edits do not go together."""
    edits = dict(zip(_LANGUAGES, (english, russian), strict=True))
    told = [language for language in _LANGUAGES if edits[language].telling]
    if len(told) == 1:
        one, other = told[0], _LANGUAGES[told[0] == "English"]
        return _only(edits[one], one, edits[other], other), edits[one].paragraph, "one-language"
    if len(told) == 2 and any(len(words(edit.old)) for edit in edits.values()):
        here, there = english.figures, russian.figures
        if here != there and bool(sum(here, Counter())) != bool(sum(there, Counter())):
            one = "English" if sum(here, Counter()) else "Russian"
            other = _LANGUAGES[one == "English"]
            return f"{_figures(edits[one])} in {one} only; the figures of the {other} text are as they were", edits[one].paragraph, \
                "one-language-figures"
        if here != there and here[0] == there[0]:
            return f"the figures became {_listed(here[1])} in English, but {_listed(there[1])} in Russian", english.paragraph, \
                "one-language-figures"
    return None


def _disagreeing(english: _Edit, russian: _Edit) -> tuple[str, int, str] | None:
    """Times, percentages and sums that are not the same in both languages, where both name equally many of a kind."""
    from redline.killers.numbers import figures

    here, there = ([figure for figure in figures(edit.new) if figure.kind] for edit in (english, russian))
    for kind in dict.fromkeys(figure.kind for figure in here):
        one, other = ([figure for figure in side if figure.kind == kind] for side in (here, there))
        sizes = zip(sorted(figure.size for figure in one), sorted(figure.size for figure in other), strict=False)
        if len(one) == len(other) and any(abs(a - b) > _ALIKE * max(a, b) for a, b in sizes):
            said = ", ".join(dict.fromkeys(map(str, one))), ", ".join(dict.fromkeys(map(str, other)))
            return f"the English text says {said[0]}, the Russian text {said[1]}", english.paragraph, "languages-differ"
    return None


def _only(edit: _Edit, language: str, other: _Edit, missing: str) -> str:
    if not words(other.new):
        return f"{'added' if not words(edit.old) else 'changed'} in {language} only; there is no {missing} text beside it"
    if not words(edit.new):
        return f"taken out in {language} only; the {missing} text still stands"
    gone, come = edit.figures
    what = f"{_figures(edit)} in {language} only" if gone or come else f"changed in {language} only"
    return f"{what}; the {missing} text still says what it said"


def _figures(edit: _Edit) -> str:
    gone, come = edit.figures
    if gone and come:
        return f"changed from {_listed(gone)} to {_listed(come)}"
    return f"the figure {_listed(come)} was added" if come else f"the figure {_listed(gone)} was taken out"


def _listed(figures: Counter[str]) -> str:
    return ", ".join(dict.fromkeys(figures)) or "nothing"


def _spelling(old: str, new: str) -> bool:
    """Whether two texts differ by no more than signs, spaces, articles, or single letters within words."""
    before, after = ([word for word in words(fold(text)) if word not in _ARTICLES] for text in (old, new))
    return len(before) == len(after) and all(_slip(one, other) for one, other in zip(before, after, strict=True))


def _slip(one: str, other: str) -> bool:
    """Whether a word is another one with a slip inside: both begin and end alike, so that "employee" is not "employer"."""
    if one == other:
        return True
    return (min(len(one), len(other)) >= _LEAST and one[0] == other[0] and one[-1] == other[-1] and one.isalpha() and other.isalpha()
            and OSA.distance(one, other) <= 1)
