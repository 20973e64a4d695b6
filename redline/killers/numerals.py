"""Numbers in digits and in words, English and Russian, as exact values.

`DIGITS`, `WORDS` and `SCALES` are regular expressions over lower-case text with е for ё; `value_of` gives the value of
a match that has their groups. Ordinals (first, пятого) are no numbers here.
"""

from __future__ import annotations

import re
from decimal import Decimal

# fmt: off
_UNITS_EN = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten":
    10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen":
    17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}
# fmt: on
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
# Russian cardinals in every case, as stem patterns; ordinals (первый, пятого) do not match.
# fmt: off
_UNITS_RU = {
    r"од(?:ин|на|но|ного|ной|ну|ному|ним|ном)": 1, r"дв(?:а|е|ух|ум|умя)": 2, r"тр(?:и|ех|ем|емя)": 3,
    r"четыр(?:е|ех|ем|ьмя)": 4, r"пят(?:ь|и|ью)": 5, r"шест(?:ь|и|ью)": 6, r"сем(?:ь|и|ью)": 7,
    r"вос(?:емь|ьми|емью|ьмью)": 8, r"девят(?:ь|и|ью)": 9, r"десят(?:ь|и|ью)": 10, r"одиннадцат(?:ь|и|ью)":
    11, r"двенадцат(?:ь|и|ью)": 12, r"тринадцат(?:ь|и|ью)": 13, r"четырнадцат(?:ь|и|ью)": 14,
    r"пятнадцат(?:ь|и|ью)": 15, r"шестнадцат(?:ь|и|ью)": 16, r"семнадцат(?:ь|и|ью)": 17,
    r"восемнадцат(?:ь|и|ью)": 18, r"девятнадцат(?:ь|и|ью)": 19, r"двадцат(?:ь|и|ью)": 20,
    r"тридцат(?:ь|и|ью)": 30, r"сорока?": 40, r"пят(?:ьдесят|идесяти|ьюдесятью)": 50,
    r"шест(?:ьдесят|идесяти|ьюдесятью)": 60, r"сем(?:ьдесят|идесяти|ьюдесятью)": 70,
    r"вос(?:емьдесят|ьмидесяти)": 80, r"девяност[оа]": 90, r"ст[оа]": 100, r"дв(?:ести|ухсот)": 200,
    r"тр(?:иста|ехсот)": 300, r"четыр(?:еста|ехсот)": 400, r"пят(?:ьсот|исот)": 500, r"шест(?:ьсот|исот)":
    600, r"сем(?:ьсот|исот)": 700, r"вос(?:емьсот|ьмисот)": 800, r"девят(?:ьсот|исот)": 900,
}
# fmt: on
_SCALES_RU = {r"тысяч\w*|тыс": 1000, r"миллион\w*|млн": 10**6, r"миллиард\w*|млрд": 10**9}
_FRACTIONS = {r"полтора|полутора|полторы": Decimal("1.5"), r"полпроцента|половин[аыу] процента": Decimal("0.5"), r"half": Decimal("0.5")}

SPACE = "[ \t\u00a0\u202f\u2009]"
_EN_ALT = "|".join(sorted(_UNITS_EN, key=len, reverse=True))
_RU_ALT = "|".join(sorted(_UNITS_RU, key=len, reverse=True))
SCALES = "|".join(_SCALES) + "|" + "|".join(_SCALES_RU)
WORDS = (
    rf"(?:(?:{_EN_ALT}|a(?={SPACE}+(?:hundred|thousand|million)))(?:(?:-|{SPACE}+and{SPACE}+|{SPACE}+)(?:{_EN_ALT}|hundred|thousand|million|billion))*"
    rf"|(?:{_RU_ALT})(?:{SPACE}+(?:{_RU_ALT}|{'|'.join(_SCALES_RU)}))*|{'|'.join(_FRACTIONS)})(?![^\W\d_])"
)
DIGITS = r"\d{1,3}(?:[,'’ \u00a0\u202f\u2009]\d{3}(?!\d))+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
FIRST_WORDS = rf"{_EN_ALT}|hundred|thousand|{_RU_ALT}|{'|'.join(_FRACTIONS)}"
"""What a number in words may begin with."""
_RU_VALUES = [(re.compile(pattern), value) for pattern, value in _UNITS_RU.items()]
_RU_SCALES = [(re.compile(pattern), value) for pattern, value in _SCALES_RU.items()]


def value_of(match: re.Match[str]) -> Decimal | None:
    """The value of a match with the groups `digits` or `words`, and perhaps `scale`; None where they are no number."""
    groups = match.groupdict()
    value = _digits(groups["digits"]) if groups["digits"] else _in_words(groups["words"] or "")
    scale = groups.get("scale")
    return value * _scale(scale) if value is not None and scale else value


_LONGEST = 30


def _digits(digits: str) -> Decimal | None:
    """1,000 and 1 000 are a thousand, 0,5 and 0.5 a half: a comma before exactly three last digits groups, except after
    a zero.
    """
    plain = re.sub(r"['’ \u00a0\u202f\u2009]", "", digits)
    if re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", plain):
        plain = plain.replace(",", "")
    plain = plain.replace(",", ".")
    return Decimal(plain) if plain.count(".") <= 1 and len(plain) <= _LONGEST else None


def _scale(word: str) -> int:
    if word in _SCALES:
        return _SCALES[word]
    return next(value for pattern, value in _RU_SCALES if pattern.fullmatch(word))


def _in_words(words: str) -> Decimal | None:
    """The value of a row of number words, None for a row that is no number (an ordinal, a lone scale)."""
    for pattern, fraction in _FRACTIONS.items():
        if re.fullmatch(pattern, words):
            return fraction
    total = current = 0
    for word in re.split(r"[\s-]+", words):
        if word == "and":
            continue
        if word == "a":
            current = 1
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in _SCALES or any(pattern.fullmatch(word) for pattern, _ in _RU_SCALES):
            total, current = total + (current or 1) * _scale(word), 0
        else:
            value = _UNITS_EN.get(word) or next((value for pattern, value in _RU_VALUES if pattern.fullmatch(word)), None)
            if value is None:
                return None
            current += value
    return Decimal(total + current) if total + current else None
