"""What a text speaks of: its words as stems and contract concepts, each with a sign, and who bears what.

A text is cut into segments (sentences, list items); each holds *features*: a concept of the bilingual lexicon (`#limit`), or the stem of a word that
belongs to none. A feature is negative where grammar denies it: by "not", "without", "neither … nor", "не", "без", or because the word itself
does (*unlimited*). Denying twice is affirming. Offsets always count in the text as given, so that what was matched can be shown; invisible
characters, letters of the wrong alphabet and digits read for letters do not change what a word is. Nothing here knows any killer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

import snowballstemmer

from redline.killers.lexicon import LEXICON, STOP
from redline.killers.numbers import Figure, figures

Repair = Callable[[str], str]
"""Gives the known word that an unknown one was probably meant to be (a scanner's error), or the word itself."""


@dataclass(slots=True)
class Feature:
    """One concept or stem at `start`–`end`; `sign` −1 where it is denied; `head` where a denial stands directly on it."""

    key: str
    kind: str
    start: int
    end: int
    sign: int = 1
    head: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence or list item. `bearer` is `client`, `provider`, `both` or "": who shall or may. `excepted` says that a denial in it has an
    exception ("not … without consent"), so that it is not a plain denial.
    """

    start: int
    end: int
    features: tuple[Feature, ...]
    figures: tuple[Figure, ...]
    bearer: str = ""
    excepted: bool = False
    signs: dict[str, int] = field(default_factory=dict)
    """key → bit 1 where it is affirmed, bit 2 where it is denied."""


class _Word(NamedTuple):
    stem: str
    lexemes: tuple[str, ...]
    stop: bool


class _Entry(NamedTuple):
    kind: str
    key: str
    sign: int


_INVISIBLE = "\u00ad\u200b-\u200f\u2060\u2061-\u2064\ufeff\u202a-\u202e\u2066-\u2069"
_TOKEN = re.compile(rf"[^\W_](?:[{_INVISIBLE}]*[^\W_])*|[^\w\s]")
_HIDDEN = re.compile(rf"[{_INVISIBLE}]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[a-z]")
_LOOKS = "асеорхукмтвнѕіј", "aceopxykmtbhsij"
_TO_LATIN, _TO_CYRILLIC = str.maketrans(*_LOOKS), str.maketrans(_LOOKS[1], _LOOKS[0])
_READ_LATIN, _READ_CYRILLIC = str.maketrans("015|", "olsl"), str.maketrans("036", "озб")
_ALL_LATIN_LOOKS, _ALL_CYRILLIC_LOOKS = frozenset(_LOOKS[1]), frozenset(_LOOKS[0])
_LONGEST_WORD = 40
_ROLES = ("client", "provider", "both")


@cache
def _stemmers() -> tuple[Callable[[str], str], Callable[[str], str]]:
    return snowballstemmer.stemmer("english").stemWord, snowballstemmer.stemmer("russian").stemWord


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The stem of a lower-case word in the language of its letters."""
    if len(word) > _LONGEST_WORD:
        return word
    english, russian = _stemmers()
    return russian(word) if _CYRILLIC.search(word) else english(word)


@lru_cache(maxsize=1 << 16)
def clean(token: str, cyrillic: bool) -> str:
    """A word as it was meant: compatibility forms and invisible characters undone, lower case, ё as е, one alphabet (that of most of its
    letters, or of the text where every letter could be either), digits among letters read as the letters they resemble.
    """
    word = token
    if not token.isascii():
        word = _HIDDEN.sub("", unicodedata.normalize("NFKC", token)).lower().replace("ё", "е")
    word = word.lower()
    russian, latin = len(_CYRILLIC.findall(word)), len(_LATIN.findall(word))
    if russian and latin:
        word = word.translate(_TO_CYRILLIC if russian >= latin else _TO_LATIN)
        russian, latin = (1, 0) if russian >= latin else (0, 1)
    elif latin > 1 and cyrillic and _ALL_LATIN_LOOKS.issuperset(word):
        word = word.translate(_TO_CYRILLIC)
    elif russian > 1 and not cyrillic and _ALL_CYRILLIC_LOOKS.issuperset(word):
        word = word.translate(_TO_LATIN)
    if not word.isalpha() and not word.isdigit() and sum(map(str.isalpha, word)) >= 3:
        word = word.translate(_READ_CYRILLIC if russian else _READ_LATIN)
    return word


@cache
def _lexicon() -> tuple[dict[str, str], dict[str, str], dict[str, object]]:
    """(stem → lexeme, prefix → lexeme, the tree of phrases over lexemes; its leaves stand under "")."""
    stems: dict[str, str] = {}
    prefixes: dict[str, str] = {}
    tree: dict[str, object] = {}
    for line in filter(None, map(str.strip, LEXICON.splitlines())):
        head, _, phrases = line.partition(":")
        kind, _, name = head.partition(" ")
        entry = _Entry(kind, "#" + name.lstrip("-"), -1 if name.startswith("-") else 1)
        for phrase in re.split(r"[,;]", phrases):
            node = tree
            for word in re.findall(r"[^\W_]+\*?", phrase.lower().replace("ё", "е")):
                table, form = (prefixes, word[:-1]) if word.endswith("*") else (stems, _form(word, kind in _ROLES))
                lexeme = table.setdefault(form, word if table is prefixes else "=" + form)
                node = node.setdefault(lexeme, {})  # type: ignore[assignment]
            node.setdefault("", entry)
    return stems, prefixes, tree


def _form(word: str, role: bool) -> str:
    """What a word of the lexicon is looked up by. An English role is no stem: a developer is somebody, development is not."""
    return "!" + word if role and word.isascii() else stem(word)


@lru_cache(maxsize=1 << 16)
def _word(word: str) -> _Word:
    stems, prefixes, _ = _lexicon()
    root = stem(word)
    roles = ("!" + word, "!" + word.removesuffix("s"))
    found = [(len(form), stems[form]) for form in dict.fromkeys((*roles, root)) if form in stems]
    found += [(n, prefixes[word[:n]]) for n in range(min(len(word), _LONGEST_WORD), 1, -1) if word[:n] in prefixes]
    found.sort(key=lambda pair: -pair[0])
    return _Word(root, tuple(lexeme for _, lexeme in found), word in STOP)


def known(word: str) -> bool:
    """Whether the lexicon or the grammar has a place for this lower-case word."""
    found = _word(word)
    return bool(found.lexemes) or found.stop


_BREAK = re.compile(r"[;\n\r]+\s*|(?<=[^\W\d_]{2}[.!?])[\"”»')\]]*\s+(?=[^\W\d_]|[\"“«(\d])|(?<=[\d)\]»”\"%][.!?])\s+(?=[\"“«(]?[^\W\d_a-zа-я])|\s(?=\((?:[a-hj-z]|[ivx]{1,4}|[а-я]|\d)\)\s)")
_ABBREVIATED = re.compile(r"(?:\b(?:no|nos|inc|ltd|co|corp|st|mr|mrs|ms|dr|vs|art|sec|cl|para|approx|dept|i\.e|e\.g|ст|пп|руб|коп|тыс|млн|млрд|им|ул|гор|стр|рис|див|т\.д|т\.п))\.\s*$", re.IGNORECASE)
_CHUNK = 1200


def segments(text: str, repair: Repair | None = None) -> tuple[Segment, ...]:
    """A text's segments in order. No segment is longer than about 1,200 characters, whatever the text is."""
    found = figures(text)
    cyrillic = len(_CYRILLIC.findall(text[:4000])) * 2 > sum(map(str.isalpha, text[:4000]))
    out, at = [], 0
    for start, end in _bounds(text):
        while at < len(found) and found[at].end <= start:
            at += 1
        last = at
        while last < len(found) and found[last].start < end:
            last += 1
        out.append(_segment(text, start, end, found[at:last], cyrillic, repair))
    return tuple(out)


def _bounds(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _BREAK.finditer(text):
        if not _ABBREVIATED.search(text[max(start, match.start() - 8):match.start()]):
            yield from _pieces(text, start, match.start())
            start = match.end()
    yield from _pieces(text, start, len(text))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _CHUNK:
        cut = text.rfind(" ", start + _CHUNK // 2, start + _CHUNK)
        cut = cut if cut > 0 else start + _CHUNK
        yield start, cut
        start = cut
    if text[start:end].strip():
        yield start, end


class _Mark(NamedTuple):
    """A feature in the row a segment is read as, with what grammar needs: its word, whether a comma or conjunction stands before it."""

    feature: Feature
    word: str
    new_clause: bool
    joined: bool
    after_preposition: bool


_CLAUSE = frozenset("which who whom whose unless if but provided except where when if если который которая которое которые но однако причем".split())
_JOIN = frozenset("or and nor и или либо ни".split())
_PREPOSITION = frozenset("by to of from against with for on upon under".split())
_EXCEPTING = frozenset("without unless until except only unreasonably без кроме пока только исключением".split())
_LATE_DENIALS = frozenset("neither nothing none nobody nor ничто никто ничем".split())


def _segment(text: str, start: int, end: int, numbers: tuple[Figure, ...], cyrillic: bool, repair: Repair | None) -> Segment:
    marks, words = _marks(text, start, end, numbers, cyrillic, repair)
    excepted = _deny(marks, words)
    signs: dict[str, int] = {}
    for mark in marks:
        signs[mark.feature.key] = signs.get(mark.feature.key, 0) | (1 if mark.feature.sign > 0 else 2)
    features = tuple(mark.feature for mark in marks if mark.feature.kind != "deny")
    return Segment(start, end, features, numbers, _bearer(marks), excepted, {key: bits for key, bits in signs.items() if key != "#deny"})


def _marks(text: str, start: int, end: int, numbers: tuple[Figure, ...], cyrillic: bool, repair: Repair | None) -> tuple[list[_Mark], list[str]]:
    tokens: list[tuple[str, int, int]] = []
    for match in _TOKEN.finditer(text, start, end):
        token = match.group()
        word = clean(token, cyrillic) if token[0].isalnum() else token
        if repair and len(word) > 4 and word.isalpha():
            word = repair(word)
        tokens.append((word, match.start(), match.end()))
    marks: list[_Mark] = []
    index, number, fresh, joined, preposition = 0, 0, True, False, False
    while index < len(tokens):
        word, left, right = tokens[index]
        while number < len(numbers) and numbers[number].end <= left:
            number += 1
        if number < len(numbers) and numbers[number].start <= left < numbers[number].end:
            index = _figure(marks, numbers[number], tokens, index)
            fresh = joined = preposition = False
            continue
        entry, length = _phrase(tokens, index)
        if entry is None and (not word[0].isalpha() or _word(word).stop or len(word) < 2):
            fresh = fresh or word in ",:—–(" or word in _CLAUSE
            joined, preposition = word in _JOIN or (joined and word == ","), word in _PREPOSITION or (preposition and word in ("the", "a", "any"))
            index += 1
            continue
        feature = (Feature(entry.key, entry.kind, left, tokens[index + length - 1][2], entry.sign) if entry else Feature(_word(word).stem, "", left, right))
        if feature.kind != "none":
            marks.append(_Mark(feature, word, fresh, joined, preposition))
            fresh = joined = preposition = False
        index += length
    return marks, [word for word, _, _ in tokens]


def _figure(marks: list[_Mark], figure: Figure, tokens: list[tuple[str, int, int]], index: int) -> int:
    """Put a figure in the row as its kind and its value; give the index of the token after it."""
    if figure.unit:
        marks.append(_Mark(Feature("#" + figure.kind, "figure", figure.start, figure.end), "", False, False, False))
        size = f"{figure.size:.4g}"
        marks.append(_Mark(Feature(f"={figure.kind}:{size}", "value", figure.start, figure.end), "", False, False, False))
    while index < len(tokens) and tokens[index][1] < figure.end:
        index += 1
    return index


def _phrase(tokens: list[tuple[str, int, int]], index: int) -> tuple[_Entry | None, int]:
    """The entry of the longest phrase that begins at a token, and how many tokens it takes."""
    best: tuple[_Entry | None, int] = (None, 1)
    reach: list[tuple[dict[str, object], int]] = [(_lexicon()[2], index)]
    while reach:
        node, at = reach.pop()
        leaf = node.get("")
        if isinstance(leaf, _Entry) and at - index >= best[1] and (best[0] is None or at - index > best[1]):
            best = leaf, at - index
        if at >= len(tokens) or at - index > 6:
            continue
        word = tokens[at][0]
        if word in ("-", "'", "’", "‑") and at > index:
            reach.append((node, at + 1))
            continue
        for lexeme in reversed(_word(word).lexemes):
            follow = node.get(lexeme)
            if isinstance(follow, dict):
                reach.append((follow, at + 1))
    return best


def _deny(marks: list[_Mark], words: list[str]) -> bool:
    """Turn the sign of what each denial stands on; say whether one of them has an exception."""
    denied = False
    denials = [index for index, mark in enumerate(marks) if mark.feature.kind == "deny" or (mark.feature.kind == "modal" and mark.feature.sign < 0)]
    for index in denials:
        denied |= _turn(marks, index)
    return denied and any(word in _EXCEPTING for word in words)


def _turn(marks: list[_Mark], index: int) -> bool:
    denial = marks[index]
    late = denial.word in _LATE_DENIALS and any(mark.feature.kind == "modal" for mark in marks[index + 1:])
    found = False
    for at in range(index + 1, min(len(marks), index + 12)):
        mark = marks[at]
        kind = mark.feature.kind
        if kind == "deny" or (found and not mark.joined) or (not late and mark.new_clause and at > index + 1 and not found):
            break
        if kind == "modal":
            if found:
                break
            mark.feature.sign *= -1 if mark.feature.sign > 0 else 1
            late = False
        elif not late and kind not in (*_ROLES, "hard", "soft", "figure", "value"):
            mark.feature.sign = -mark.feature.sign
            mark.feature.head = found = True
        elif kind in ("hard", "soft") and not late and at == index + 1:
            mark.feature.sign = -mark.feature.sign
    return found


_NOMINATIVE = re.compile(r"(?:чик|щик|тель|вец|нт|тор|ат)$")
_INSTRUMENTAL = re.compile(r"(?:ом|ем)$")


def _bearer(marks: list[_Mark]) -> str:
    """Who shall or may in this segment: the subject of its first predicate, else the agent of a passive.

    Russian marks the subject by the nominative; in English it stands before the predicate and after no preposition.
    """
    agent = ""
    for index, mark in enumerate(marks):
        kind = mark.feature.kind
        if kind not in _ROLES:
            continue
        if _CYRILLIC.search(mark.word):
            if kind == "both" or _NOMINATIVE.search(mark.word):
                return kind
            agent = agent or (kind if _INSTRUMENTAL.search(mark.word) else "")
        elif mark.after_preposition:
            agent = agent or kind
        elif index + 1 < len(marks) and any(follow.feature.kind in ("modal", "verb", "deny") for follow in marks[index + 1:index + 4]):
            return kind
    return agent
