"""Who brought in which words: a version's text, each word with the turn it came in.

What is handed in is the composed redline from the version its line begins with to this one, so that nothing forgets who. A word that
was put in belongs to whoever put it in, also where somebody moved it later; moving or dressing up words brings in none. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from redline.model import Attribution, Kind, Paragraph, Props, Redline, Segment
from redline.views import Blame, BlameRow, Source, VersionInfo

Key = tuple[str, int, str, bool]
"""(deal, turn, author, tracked); the words of the first version have none."""


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    heading: bool
    pieces: tuple[tuple[str, Attribution | None], ...]


def blame(version: VersionInfo, first: VersionInfo, versions: int, redline: Redline, names: dict[str, str], clause: str = "",
          inside: Collection[int] | None = None) -> Blame:
    """The paragraphs of `version` (those among `inside`, numbers in the redline, unless None) and where their words came from.

    `names` gives the title of a version that is no turn of a deal by its number as text.
    """
    rows = [row for row in _rows(redline.paragraphs, inside) if any(text.strip() for text, _ in row.pieces)]
    words: Counter[Key | None] = Counter()
    who: dict[Key | None, Attribution] = {}
    for row in rows:
        for text, by in row.pieces:
            key = _key(by)
            words[key] += len(text.split())
            if by is not None and (key not in who or _earlier(by, who[key])):
                who[key] = by
    keys: list[Key | None] = [key for key, _ in sorted(words.items(), key=lambda item: (-item[1], str(item[0])))]
    place = {key: number for number, key in enumerate(keys)}
    sources = tuple(_source(key, who.get(key), words[key], first, names) for key in keys)
    return Blame(version, first, versions, clause, sources, tuple(
        BlameRow(row.label, row.heading, tuple((text, place[_key(by)]) for text, by in row.pieces)) for row in rows))


def _rows(paragraphs: tuple[Paragraph, ...], inside: Collection[int] | None) -> Iterator[_Row]:
    """The new side's paragraphs; one whose mark is gone flows into the next."""
    pending: list[tuple[str, Attribution | None]] = []
    wanted = False
    for number, paragraph in enumerate(paragraphs):
        found = [(segment.text, _by(segment)) for segment in paragraph.segments if segment.kind.in_new]
        wanted |= bool(found) and (inside is None or number in inside)
        pending.extend(found)
        if paragraph.mark.in_new and paragraph.new is not None:
            if wanted:
                yield _row(paragraph.new, pending)
            pending, wanted = [], False
    if wanted:
        yield _row(paragraphs[-1].props, pending)


def _row(props: Props, pieces: list[tuple[str, Attribution | None]]) -> _Row:
    """A paragraph's pieces; space alone belongs to what stands before it."""
    joined: list[tuple[str, Attribution | None]] = []
    for text, by in pieces:
        if joined and (_key(joined[-1][1]) == _key(by) or not text.strip()):
            joined[-1] = (joined[-1][0] + text, joined[-1][1])
        else:
            joined.append((text, by))
    return _Row(props.label, props.heading, tuple(joined))


def _by(segment: Segment) -> Attribution | None:
    return (segment.attribution or Attribution()) if segment.kind is Kind.INS else None


def _key(by: Attribution | None) -> Key | None:
    return (by.deal, by.turn, by.author, by.tracked) if by is not None else None


def _earlier(one: Attribution, other: Attribution) -> bool:
    return one.date is not None and (other.date is None or one.date.timestamp() < other.date.timestamp())


def _source(key: Key | None, by: Attribution | None, words: int, first: VersionInfo, names: dict[str, str]) -> Source:
    if key is None or by is None:
        return Source(first.title or first.address, first.party, first.date, True, words, True)
    deal, turn, author, tracked = key
    title = f"{deal}, turn {turn}" if deal else names.get(str(turn), f"version {turn}")
    return Source(title, author, by.date, tracked, words)
