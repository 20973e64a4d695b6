"""Cutting a text into sentences, so that a line diff of a contract is a diff of sentences.

`"".join(sentences(text)) == text` always. The rules are those of English and Russian contracts: a full stop after "No.", "e.g.",
«п.», «т.е.» or an initial ends nothing; after a year's «г.» it may. When in doubt nothing is cut: a long line is better than a
sentence torn in two.
"""

from __future__ import annotations

import re

_STOP = re.compile(r"(?P<stop>[.!?…]+)[)\]»”\"’']*\s+|[。！？]|\n")
_NEXT = re.compile(r"[(\[«“\"„‘'‹]*(?P<char>.)", re.DOTALL)
_ACRONYM = re.compile(r"(?:[A-ZА-ЯЁ]\.)+[A-ZА-ЯЁ]")
_BEFORE = re.compile(r"[\w.№-]+$")

_NEVER = frozenset((
    "no", "nos", "art", "arts", "sec", "secs", "cl", "cls", "para", "paras", "reg", "regs", "mr", "mrs", "ms", "dr", "prof",
    "messrs", "st", "vs", "cf", "approx", "fig", "vol", "ed", "p", "pp", "dept", "est", "incl", "excl", "viz", "co", "bros", "ref",
    "tel", "ext", "e.g", "i.e", "c.f",
    "№", "п", "пп", "ст", "ч", "абз", "подп", "разд", "гл", "прил", "табл", "рис", "см", "ср", "им", "ул", "просп", "пер", "наб",
    "стр", "корп", "кв", "оф", "пом", "обл", "тел", "тов", "гр", "исп", "экз", "ред", "напр", "англ", "нем", "фр", "т.е", "т.к",
    "т.н", "т.о",
))
"""Words that a stop belongs to wherever they stand, without that last stop."""


def sentences(text: str) -> list[str]:
    """The sentences in order, each with the white space that follows it. A line feed ends a sentence too."""
    out: list[str] = []
    start = 0
    for match in _STOP.finditer(text):
        if match.end() < len(text) and _ends(text, start, match):
            out.append(text[start:match.end()])
            start = match.end()
    if start < len(text):
        out.append(text[start:])
    return out


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    stop = match["stop"]
    if stop is None:
        return True
    after = _NEXT.match(text, match.end())
    if after is None or not (after["char"].isupper() or after["char"].isdigit()):
        return False
    return stop != "." or not _abbreviated(text[start:match.start("stop")], after["char"].isdigit())


def _abbreviated(before: str, number_follows: bool) -> bool:
    """Whether the full stop after `before` belongs to an abbreviation, an initial or a number in front."""
    found = _BEFORE.search(before)
    if found is None:
        return False
    word = found.group().casefold()
    if word in _NEVER or _ACRONYM.fullmatch(found.group()):
        return True
    if word == "г":
        return number_follows or not before[:found.start()].rstrip().endswith(tuple("0123456789»\""))
    if len(word) == 1 and word.isalpha():
        return True
    return found.start() == 0 and not any(char.isalpha() for char in word)
