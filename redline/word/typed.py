"""Clause numbers typed by hand: "5.2.", "(a)", "Article 5", "Статья 5", "а)".

A number at the start of a paragraph is a clause number when it looks like one and fits the others of the document: its
neighbour, its parent or its successor is there too. "30 days", "1.5 million", "01.02.2024", "(c) 2024" stay text. Nothing
here knows Word; it works on the first characters of paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

Key = tuple[str, tuple[int, ...]]
"""A way to read a number: its kind, and its parts."""

_WORDS = ("article|section|clause|schedule|exhibit|annex|appendix|attachment|chapter|part|статья|раздел|глава|приложение|"
          "пункт|часть|§§?")
_PARENTS = ("article", "section", "clause", "chapter", "part", "статья", "раздел", "глава", "пункт", "часть", "§")
"""What a heading may be called under which the numbers begin with its own: "2.1" under "Article 2"."""
_ROMAN = "[ivxlcdm]{1,7}"
_END = r"(?=$|[A-ZА-ЯЁ«“\"\[(‘'{_\uFFFC])"

_KEYWORD = re.compile(
    rf"(?P<word>{_WORDS})(?P<gap>[ \u00a0]*(?:№|No\.?)?[ \u00a0]*)(?P<number>\d{{1,3}}(?:\.\d{{1,3}}){{0,4}}|{_ROMAN}\b|[a-zа-я]\b)"
    r"(?P<tail>[ \u00a0]?[.:)](?=\s|$)|(?=[ \u00a0]*[–—-]\s)|)(?P<space>[ \u00a0]*[–—-]?\s*)", re.IGNORECASE)
_DECIMAL = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3}){0,6})(?P<tail>\.\)|[.)]?)(?P<space>\s*)")
_PAREN = re.compile(rf"(?P<open>\(?)(?P<number>\d{{1,2}}|{_ROMAN}|[a-z]{{1,2}}|[а-я])(?P<tail>\))(?P<space>\s*)", re.IGNORECASE)
_LETTER = re.compile(rf"(?P<number>{_ROMAN}|[a-zа-я])(?P<tail>\.)(?P<space>\s+)", re.IGNORECASE)
_END_SEEN = re.compile(_END)
_MONTH = re.compile(r"(?:января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|"
                    r"january|february|march|april|may|june|july|august|september|october|november|december|"
                    r"januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)\b", re.IGNORECASE)
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщыэюя"
_WORTH = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
LONGEST = 60
"""How many characters of a paragraph are enough to find its number."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A number found at the start of a text: its characters with the white space around them, and how it can be read.

    `sure` is for those that need no company: a keyword, or several parts closed by a full stop.
    """

    literal: str
    keys: tuple[Key, ...]
    sure: bool = False

    @property
    def label(self) -> str:
        """The number as it would be shown."""
        return self.literal.strip().rstrip("–—-").rstrip()


@lru_cache(maxsize=8192)
def candidate(text: str) -> Typed | None:
    """What looks like a clause number at the start of a text."""
    head = text[:LONGEST].lstrip(" \u00a0\t")
    if not head or not (head[0].isalnum() or head[0] in "(§"):
        return None
    found = (None if head[0].isdigit() else _keyword(head)) or _decimal(head) or _lettered(head)
    indent = text[:len(text[:LONGEST]) - len(head)]
    return replace(found, literal=indent + found.literal) if found and indent else found


def _keyword(head: str) -> Typed | None:
    match = _KEYWORD.match(head)
    if match is None:
        return None
    rest = head[match.end():]
    spaced = bool(match["space"]) or not rest
    if not (match["gap"] or match["word"].startswith("§")) or not (spaced or match["tail"]):
        return None
    if not match["tail"] and not match["space"].strip() and rest and not _END_SEEN.match(rest):
        return None
    if match["number"].isalpha() and match["number"].islower() and not match["tail"]:
        return None
    keys = tuple((match["word"].casefold(), numbers) for _, numbers in _readings(match["number"]))
    return Typed(match.group(), keys or ((match["word"].casefold(), (0,)),), sure=True)


def _decimal(head: str) -> Typed | None:
    match = _DECIMAL.match(head)
    if match is None:
        return None
    parts = match["number"].split(".")
    rest = head[match.end():]
    if any(len(part) > 1 and part[0] == "0" for part in parts) or int(parts[0]) > 199 or _MONTH.match(rest):
        return None
    tail, space = match["tail"], match["space"]
    if rest[:1].isdigit() or (rest and not space and not (tail and rest[0].isupper())):
        return None
    numbers = tuple(int(part) for part in parts)
    if not tail:
        if not rest or not ("\t" in space or (len(parts) > 1 and _END_SEEN.match(rest))):
            return None
        return Typed(match.group(), (("decimal", numbers),))
    if tail == ")" and len(parts) == 1:
        return Typed(match.group(), (("closed", numbers),))
    date = len(parts) == 3 and numbers[0] <= 31 and numbers[1] <= 12 and numbers[2] > 12
    return Typed(match.group(), (("decimal", numbers),), sure=len(parts) > 1 and not date and 0 not in numbers)


def _lettered(head: str) -> Typed | None:
    match = _PAREN.match(head)
    if match is not None:
        rest = head[match.end():]
        if rest and not match["space"] and not rest[0].isalpha():
            return None
        form = "paren" if match["open"] else "closed"
        return Typed(match.group(), tuple((form + kind, numbers) for kind, numbers in _readings(match["number"])))
    match = _LETTER.match(head)
    if match is None:
        return None
    return Typed(match.group(), tuple(("dot" + kind, numbers) for kind, numbers in _readings(match["number"])))


def _readings(number: str) -> list[Key]:
    """Every way to read one number: digits, letter, Roman numeral."""
    if number[0].isdigit():
        return [("", tuple(int(part) for part in number.split(".")))]
    case = "upper" if number.isupper() else "lower"
    folded = number.lower()
    found: list[Key] = []
    if len(set(folded)) == 1 and len(folded) <= 2 and "a" <= folded[0] <= "z":
        found.append((case + " letter", (ord(folded[0]) - 96 + 26 * (len(folded) - 1),)))
    if len(folded) == 1 and folded in _CYRILLIC:
        found.append((case + " cyrillic", (_CYRILLIC.index(folded) + 1,)))
    roman = _roman(folded)
    if roman:
        found.append((case + " roman", (roman,)))
    return found


def _roman(text: str) -> int:
    """The value of a well-formed Roman numeral below 50, else 0."""
    if not text or any(sign not in _WORTH for sign in text):
        return 0
    total = 0
    for sign, following in zip(text, [*text[1:], ""], strict=True):
        worth = _WORTH[sign]
        total += -worth if following and worth < _WORTH[following] else worth
    tens, units = divmod(total, 10)
    spelt = "x" * tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[units] if 0 < total < 40 else ""
    return total if spelt == text else 0


def known_numbers(label: str) -> tuple[Key, ...]:
    """How a computed label can be read, so that typed numbers that go on from it are recognised."""
    found = candidate(label)
    if found is not None:
        return found.keys
    match = _DECIMAL.fullmatch(label)
    return (("decimal", tuple(int(part) for part in match["number"].split("."))),) if match else ()


class Company:
    """All numbers of a document: what a doubtful one is judged by."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self._keys = frozenset(keys)

    def accepts(self, typed: Typed) -> bool:
        """Whether a candidate is a clause number here."""
        return typed.sure or any(self._fits(kind, numbers) for kind, numbers in typed.keys)

    def _fits(self, kind: str, numbers: tuple[int, ...]) -> bool:
        *parent, last = numbers
        if (kind, (*parent, last - 1)) in self._keys or (kind, (*parent, last + 1)) in self._keys:
            return True
        if parent:
            named = _PARENTS if kind == "decimal" else ()
            return last == 1 and any((each, tuple(parent)) in self._keys for each in (kind, *named))
        return last == 1 and not kind.startswith("dot")
