"""Blame as lines: the sources with their words, then each paragraph with the words that came in later, source by source."""

from __future__ import annotations

from collections.abc import Iterator

from redline.render import phrases
from redline.render.style import Ink, Painter
from redline.text import safe_line
from redline.views import Blame, BlameRow, Source

LETTERS = "·abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def letters(view: Blame) -> tuple[str, ...]:
    """A sign for each source: a dot for the first version, then letters, then numbers."""
    later = [number for number, source in enumerate(view.sources) if not source.first]
    return tuple(LETTERS[0] if source.first else (LETTERS[1:] + " ")[place] if (place := later.index(number)) < 52 else str(place + 1)
                 for number, source in enumerate(view.sources))


def source_words(source: Source, total: int) -> str:
    """ "Acme, turn 2, Jane Roe, 4 March 2026: 12 words, 3 %"."""
    share = 100 * source.words / total if total else 0.0
    where = phrases.listed([safe_line(source.title), safe_line(source.who), phrases.day(source.date)])
    return f"{where}: {phrases.number(source.words, 'word')}, {'under 1' if 0 < share < 1 else f'{share:.0f}'} %"


def heading(view: Blame) -> str:
    """What is told, and over how many versions."""
    of = f", clause {safe_line(view.clause, 60)}" if view.clause else ""
    over = f"{phrases.number(view.versions, 'version')} since {safe_line(view.first.title)}"
    return f"{safe_line(view.version.title)}{of}: {phrases.number(view.words, 'word')}, {over}"


def brought(row: BlameRow, view: Blame) -> bool:
    """Whether a paragraph has words that came in later."""
    return any(not view.sources[source].first for _, source in row.pieces)


def blame(view: Blame, painter: Painter, *, whole: bool = False) -> Iterator[str]:
    """The view; paragraphs that nobody changed only with `whole`."""
    yield from painter.wrapped([(heading(view), Ink.STRONG)])
    signs = letters(view)
    for sign, source in zip(signs, view.sources, strict=True):
        ink = Ink.DIM if source.first else Ink.PLAIN if source.tracked else Ink.ALARM
        said = source_words(source, view.words) + ("" if source.tracked else f", {phrases.UNTRACKED}")
        yield from painter.wrapped([(said, ink)], first=f"  {sign}  ", rest="     ")
    shown = [row for row in view.rows if whole or brought(row, view)]
    for row in shown:
        yield ""
        for number, (text, by) in enumerate(row.pieces):
            label = [(f"{row.label} ", Ink.STRONG)] if row.label and not number else []
            ink = Ink.DIM if view.sources[by].first else Ink.PLAIN if view.sources[by].tracked else Ink.ALARM
            if text.strip():
                yield from painter.wrapped([*label, (text.strip(), ink)], first=f"  {signs[by]}  ", rest="     ")
    hidden = len(view.rows) - len(shown)
    if hidden:
        yield ""
        said = f"{phrases.number(hidden, 'paragraph')} that nobody changed since {safe_line(view.first.title)}: --whole shows them"
        yield from painter.wrapped([(said, Ink.DIM)])
