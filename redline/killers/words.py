"""Words as they were meant, their stems, and the phrases of the bilingual lexicon they belong to.

A disguised word is still the word: invisible characters, letters of the wrong alphabet and digits read for letters do
not change it. The lexicon itself is lexicon.txt; its head explains its lines. Everything is cached by word, so a text
costs its distinct words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import snowballstemmer

ROLES = ("client", "provider", "both")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
INVISIBLE = "\u00ad\u200b-\u200f\u2060\u2061-\u2064\ufeff\u202a-\u202e\u2066-\u2069"
LONGEST_WORD = 40
"""No contract has a longer word; longer ones are taken as they are."""
_LONGEST_PHRASE = 6
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_HIDDEN = re.compile(rf"[{INVISIBLE}]")
_LATIN = re.compile(r"[a-z]")
_LOOKS = "асеорхукмтвнѕіј", "aceopxykmtbhsij"
_ONLY_CYRILLIC, _ONLY_LATIN = re.compile(rf"[\u0400-\u04ff](?<![{_LOOKS[0]}])"), re.compile(rf"[a-z](?<![{_LOOKS[1]}])")
_TO_LATIN, _TO_CYRILLIC = str.maketrans(*_LOOKS), str.maketrans(_LOOKS[1], _LOOKS[0])
_READ_LATIN, _READ_CYRILLIC = str.maketrans("015|", "olsl"), str.maketrans("013468", "олзчбв")


class Entry(NamedTuple):
    """A concept as a phrase of the lexicon names it: its kind, its key (`#limit`) and at which pole."""

    kind: str
    key: str
    sign: int


class Word(NamedTuple):
    """A lower-case word: its stem, the forms of the lexicon it answers to (longest first), and whether it is grammar only."""

    stem: str
    lexemes: tuple[str, ...]
    stop: bool


@dataclass(slots=True)
class _Node:
    """A point in the tree of phrases: what ends here, and what may follow."""

    entry: Entry | None = None
    next: dict[str, _Node] = field(default_factory=dict)


class _Lexicon(NamedTuple):
    stems: dict[str, str]
    prefixes: dict[str, str]
    phrases: _Node
    stop: frozenset[str]
    common: frozenset[str]


@cache
def _stemmers() -> tuple[Callable[[str], str], Callable[[str], str]]:
    return snowballstemmer.stemmer("english").stemWord, snowballstemmer.stemmer("russian").stemWord


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The stem of a lower-case word in the language of its letters."""
    if len(word) > LONGEST_WORD:
        return word
    english, russian = _stemmers()
    return russian(word) if CYRILLIC.search(word) else english(word)


@lru_cache(maxsize=1 << 16)
def clean(token: str, cyrillic: bool) -> str:
    """A word as it was meant, in lower case and with е for ё: compatibility forms and invisible characters undone, one
    alphabet (that of most of its letters, or the text's where every letter could be either), digits among letters read
    as the letters they resemble.
    """
    word = token.lower() if token.isascii() else _HIDDEN.sub("", unicodedata.normalize("NFKC", token)).lower().replace("ё", "е")
    russian, latin = bool(CYRILLIC.search(word)), bool(_LATIN.search(word))
    if russian and latin:
        russian = bool(_ONLY_CYRILLIC.search(word)) or (cyrillic and not _ONLY_LATIN.search(word))
        word = word.translate(_TO_CYRILLIC if russian else _TO_LATIN)
    elif latin and cyrillic and len(word) > 1 and not _ONLY_LATIN.search(word):
        word, russian = word.translate(_TO_CYRILLIC), True
    elif russian and not cyrillic and len(word) > 1 and not _ONLY_CYRILLIC.search(word):
        word, russian = word.translate(_TO_LATIN), False
    if not word.isalpha() and sum(map(str.isalpha, word)) * 2 > len(word) and not _ORDINAL.fullmatch(word):
        word = word.translate(_READ_CYRILLIC if russian else _READ_LATIN)
    return word


@cache
def _lexicon() -> _Lexicon:
    stems: dict[str, str] = {}
    prefixes: dict[str, str] = {}
    plain: dict[str, set[str]] = {"stop": set(), "common": set()}
    root = _Node()
    for kind, name, phrases in _lines():
        entry = Entry(kind, "#" + name.removeprefix("-"), -1 if name.startswith("-") else 1)
        for phrase in phrases:
            if kind in plain:
                plain[kind].update(phrase)
                continue
            node = root
            for word in phrase:
                table, form = (prefixes, word[:-1]) if word.endswith("*") else (stems, _form(word, kind))
                node = node.next.setdefault(table.setdefault(form, word if table is prefixes else "=" + form), _Node())
            node.entry = node.entry or entry
    return _Lexicon(stems, prefixes, root, frozenset(plain["stop"]), frozenset(map(stem, plain["common"])))


def _lines() -> Iterator[tuple[str, str, list[list[str]]]]:
    text = files("redline.killers").joinpath("lexicon.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            head, _, phrases = line.partition(":")
            kind, _, name = head.partition(" ")
            yield kind, name, [re.findall(r"[^\W_]+\*?", phrase.lower().replace("ё", "е")) for phrase in re.split(r"[,;]", phrases)]


def _form(word: str, kind: str) -> str:
    """What a word of the lexicon is looked up by. An English role is no stem: a developer is somebody, development is not."""
    return "!" + word if kind in ROLES and word.isascii() else stem(word)


@lru_cache(maxsize=1 << 16)
def look_up(word: str) -> Word:
    """What the lexicon says of a lower-case word."""
    lexicon = _lexicon()
    root = stem(word)
    forms = dict.fromkeys(("!" + word, "!" + word.removesuffix("s"), root))
    found = [(len(form), lexicon.stems[form]) for form in forms if form in lexicon.stems]
    starts = (word[:length] for length in range(min(len(word), LONGEST_WORD), 1, -1))
    found += [(len(start), lexicon.prefixes[start]) for start in starts if start in lexicon.prefixes]
    found.sort(key=lambda pair: -pair[0])
    return Word(root, tuple(lexeme for _, lexeme in found), word in lexicon.stop)


def commonplace(root: str) -> bool:
    """Whether the lexicon says that contracts use words of this stem all the time."""
    return root in _lexicon().common


def known(word: str) -> bool:
    """Whether the lexicon has a place for this lower-case word."""
    found = look_up(word)
    return bool(found.lexemes) or found.stop


@lru_cache(maxsize=1 << 16)
def _starts(word: str) -> tuple[_Node, ...]:
    """Where in the tree of phrases a word may begin."""
    first = _lexicon().phrases.next
    return tuple(first[lexeme] for lexeme in look_up(word).lexemes if lexeme in first)


def phrase(words: Sequence[str], index: int) -> tuple[Entry | None, int]:
    """The longest phrase of the lexicon that begins at a word, and how many words it takes (hyphens and apostrophes
    inside count).
    """
    best: Entry | None = None
    length = 1
    starts = _starts(words[index])
    if not starts:
        return best, length
    if len(starts) == 1 and not starts[0].next:
        return starts[0].entry, length
    reach = [(node, index + 1) for node in reversed(starts)]
    while reach:
        node, at = reach.pop()
        if node.entry and (best is None or at - index > length):
            best, length = node.entry, at - index
        if at >= len(words) or at - index > _LONGEST_PHRASE:
            continue
        if at > index and words[at] in ("-", "'", "’", "‑"):
            reach.append((node, at + 1))
            continue
        for lexeme in reversed(look_up(words[at]).lexemes):
            if lexeme in node.next:
                reach.append((node.next[lexeme], at + 1))
    return best, length
