"""What a text speaks of: its words as stems and contract concepts, each with a sign, and who bears what.

A text is cut into segments (sentences, list items); each holds *features*: a concept of the bilingual lexicon
(`#limit`), or the stem of a word that belongs to none. A feature is negative where grammar denies it, or because the
word itself does (*unlimited*); denying twice is affirming. Offsets always count in the text as given, so that what was
matched can be shown. Nothing here knows any killer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from redline.killers.grammar import ARTICLES, CLAUSE, JOIN, PREPOSITION, Feature, Mark, bearers, deny
from redline.killers.numbers import Figure, figures
from redline.killers.words import CYRILLIC, INVISIBLE, clean, look_up, phrase

Repair = Callable[[str], str]
"""Gives the known word that an unknown one was probably meant to be (a scanner's error), or the word itself."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence or list item at `start`–`end`. `bearer` is `client`, `provider`, `both` or "": who shall or may.
    `excepted`: a denial in it has an exception, so that it is no plain denial. `signs`: key → bit 1 where it is
    affirmed, bit 2 where it is denied. `words` are all words as they were meant.
    """

    start: int
    end: int
    features: tuple[Feature, ...]
    figures: tuple[Figure, ...]
    bearers: tuple[str, ...] = ()
    excepted: bool = False
    signs: dict[str, int] = field(default_factory=dict)
    words: tuple[str, ...] = ()


_TOKEN = re.compile(rf"[^\W_](?:[{INVISIBLE}]*[^\W_])*|[^\w\s]")
_BREAK = re.compile(
    r"""[;\n\r]+\s*
      | (?<=[^\W\d_]{2}[.!?])["”»')\]]*\s+(?=[^\W\d_]|["“«(\d])
      | (?<=[\d)\]»”"%][.!?])\s+(?=["“«(]?[^\W\d_a-zа-я])
      | \s(?=\((?:[a-hj-z]|[ivx]{1,4}|[а-я])\)\s)""",
    re.VERBOSE,
)
_ABBREVIATED = re.compile(
    r"\b(?:no|nos|inc|ltd|co|corp|st|mr|mrs|ms|dr|vs|art|sec|cl|para|approx|dept|ст|пп|руб|коп|тыс|млн|млрд|им|ул|гор|стр|рис|см)\.\s*$",
    re.IGNORECASE,
)
_LONGEST = 1200
_SAMPLE = 4000


def segments(text: str, repair: Repair | None = None) -> tuple[Segment, ...]:
    """A text's segments in order. No segment is longer than about 1,200 characters, whatever the text is."""
    found = figures(text)
    sample = text[:_SAMPLE]
    cyrillic = len(CYRILLIC.findall(sample)) * 2 > sum(map(str.isalpha, sample))
    out, at = [], 0
    for start, end in _bounds(text):
        while at < len(found) and found[at].end <= start:
            at += 1
        last = at
        while last < len(found) and found[last].start < end:
            last += 1
        tokens = [(_word(match.group(), cyrillic, repair), match.start(), match.end()) for match in _TOKEN.finditer(text, start, end)]
        out.append(_segment(start, end, tokens, found[at:last]))
    return tuple(out)


def _bounds(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _BREAK.finditer(text):
        if not _ABBREVIATED.search(text[max(start, match.start() - 8) : match.start()]):
            yield from _pieces(text, start, match.start())
            start = match.end()
    yield from _pieces(text, start, len(text))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        cut = cut if cut > 0 else start + _LONGEST
        yield start, cut
        start = cut
    if text[start:end].strip():
        yield start, end


def _word(token: str, cyrillic: bool, repair: Repair | None) -> str:
    if not token[0].isalnum():
        return token
    word = clean(token, cyrillic)
    return repair(word) if repair and len(word) > 4 and word.isalpha() else word


_Token = tuple[str, int, int]


def _segment(start: int, end: int, tokens: Sequence[_Token], numbers: tuple[Figure, ...]) -> Segment:
    words = [word for word, _, _ in tokens]
    marks = list(_marks(tokens, words, numbers))
    excepted = deny(marks, words)
    signs: dict[str, int] = {}
    for mark in marks:
        signs[mark.feature.key] = signs.get(mark.feature.key, 0) | (1 if mark.feature.sign > 0 else 2)
    signs.pop("#deny", None)
    features = tuple(mark.feature for mark in marks if mark.feature.kind != "deny")
    plain = tuple(word for word in words if word[0].isalnum())
    return Segment(start, end, features, numbers, bearers(marks, words), excepted, signs, plain)


def _marks(tokens: Sequence[_Token], words: Sequence[str], numbers: Sequence[Figure]) -> Iterator[Mark]:
    index, number = 0, 0
    fresh, joined, preposition = True, False, ""
    while index < len(tokens):
        word, left, right = tokens[index]
        while number < len(numbers) and numbers[number].end <= left:
            number += 1
        if number < len(numbers) and numbers[number].start <= left:
            yield from _figure(numbers[number], index)
            while index < len(tokens) and tokens[index][1] < numbers[number].end:
                index += 1
            fresh, joined, preposition = False, False, ""
            continue
        entry, length = phrase(words, index) if word[0].isalnum() else (None, 1)
        if entry is None and (not word[0].isalpha() or len(word) < 2 or look_up(word).stop):
            fresh = fresh or word in ",:—–(" or word in CLAUSE
            joined = word in JOIN or (joined and word == ",")
            preposition = word if word in PREPOSITION else preposition if word in ARTICLES else ""
        elif entry is None or entry.kind != "none":
            key, kind, sign = (entry.key, entry.kind, entry.sign) if entry else (look_up(word).stem, "", 1)
            yield Mark(
                Feature(key, kind, left, tokens[index + length - 1][2] if entry else right, sign), word, fresh, joined, preposition, index
            )
            ending = words[index + length - 1]
            fresh, joined, preposition = False, False, ending if length > 1 and ending in PREPOSITION else ""
        index += length


def _figure(figure: Figure, index: int) -> Iterator[Mark]:
    """A figure as two features: its kind (`#time`) and its value (`=time:90`, in days)."""
    if figure.unit:
        yield Mark(Feature("#" + figure.kind, "figure", figure.start, figure.end), "", at=index)
        yield Mark(Feature(f"={figure.kind}:{figure.size:.4g}", "value", figure.start, figure.end), "", at=index)
