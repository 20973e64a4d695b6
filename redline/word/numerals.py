"""Numbers as Word writes them in labels: the number formats of ECMA-376 Part 1 §17.18.59 that documents use.

What is not known is written in decimal, as Word does for formats it does not support. Nothing here reads a document.
"""

from __future__ import annotations

from collections.abc import Callable

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_HEBREW = "אבגדהוזחטיכלמנסעפצקרשת"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹貳參肆伍陸柒捌玖"
_KOREAN = "영일이삼사오육칠팔구"
_SYMBOLS = "*†‡§"

_UNITS = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]
_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
             "twelve": "twelfth"}
_UNITS_FR = [
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
]
_TENS_FR = ["", "", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt"]


_UNITS_RU = [
    "ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять", "одиннадцать", "двенадцать",
    "тринадцать", "четырнадцать", "пятнадцать", "шестнадцать", "семнадцать", "восемнадцать", "девятнадцать",
]
_TENS_RU = ["", "", "двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто"]
_HUNDREDS_RU = ["", "сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот"]
_ORDINALS_RU = {
    "ноль": "нулевой", "один": "первый", "два": "второй", "три": "третий", "четыре": "четвертый", "шесть": "шестой",
    "семь": "седьмой", "восемь": "восьмой", "сорок": "сороковой", "пятьдесят": "пятидесятый", "шестьдесят": "шестидесятый",
    "семьдесят": "семидесятый", "восемьдесят": "восьмидесятый", "девяносто": "девяностый", "сто": "сотый", "двести": "двухсотый",
    "триста": "трехсотый", "четыреста": "четырехсотый", "пятьсот": "пятисотый", "шестьсот": "шестисотый",
    "семьсот": "семисотый", "восемьсот": "восьмисотый", "девятьсот": "девятисотый",
}


def numeral(count: int, form: str, language: str = "en", custom: str = "") -> str:
    """`count` in a number format. `custom` is the pattern of the format `custom` ("001, 002, 003, ...")."""
    if form == "decimal":
        return str(count)
    if form == "custom":
        return str(count).zfill(len(custom.partition(",")[0].strip()))
    if form in ("none", "bullet"):
        return ""
    write = _FORMATS.get(form)
    if write is None or count < 0:
        return str(count)
    return write(count, language.partition("-")[0].lower())


def _roman(count: int) -> str:
    out = ""
    if not 0 < count < 32768:
        return str(count) if count else ""
    for worth, sign in _ROMAN:
        times, count = divmod(count, worth)
        out += sign * times
    return out


def _repeated(count: int, alphabet: str) -> str:
    """a … z, aa, bb …: after the last letter the letters are doubled (§17.18.59 lowerLetter)."""
    if count < 1:
        return ""
    times, index = divmod(count - 1, len(alphabet))
    return alphabet[index] * min(times + 1, 64)


def _cycled(count: int, signs: str) -> str:
    return signs[(count - 1) % len(signs)] if count else ""


def _ordinal(count: int, language: str) -> str:
    if language == "fr":
        return f"{count}er" if count == 1 else f"{count}e"
    if language in ("de", "cs", "pl", "da", "nb", "fi"):
        return f"{count}."
    if language in ("es", "it", "pt"):
        return f"{count}º"
    if language == "ru":
        return f"{count}-й"
    teen = 10 < count % 100 < 14
    return f"{count}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(count % 10, 'th')}"


def _english(count: int) -> str:
    if count < 20:
        return _UNITS[count]
    if count < 100:
        tens, rest = divmod(count, 10)
        return _TENS[tens] + (f"-{_UNITS[rest]}" if rest else "")
    if count < 1000:
        hundreds, rest = divmod(count, 100)
        return f"{_UNITS[hundreds]} hundred" + (f" {_english(rest)}" if rest else "")
    thousands, rest = divmod(count, 1000)
    return f"{_english(thousands)} thousand" + (f" {_english(rest)}" if rest else "")


def _french(count: int) -> str:
    if count < 20:
        return _UNITS_FR[count]
    if count < 100:
        tens, rest = divmod(count, 10)
        if tens in (7, 9):
            rest += 10
        stem = _TENS_FR[tens]
        if not rest:
            return stem + ("s" if tens == 8 else "")
        joiner = " et " if rest in (1, 11) and tens < 8 else "-"
        return f"{stem}{joiner}{_UNITS_FR[rest]}"
    hundreds, rest = divmod(count, 100)
    stem = "cent" if hundreds == 1 else f"{_french(hundreds)} cent" + ("" if rest else "s")
    return stem + (f" {_french(rest)}" if rest else "")


def _russian(count: int) -> str:
    hundreds, rest = divmod(count, 100)
    tens, units = divmod(rest, 10) if rest > 19 else (0, rest)
    words = (_HUNDREDS_RU[hundreds], _TENS_RU[tens], _UNITS_RU[units] if units or not count else "")
    return " ".join(filter(None, words))


def _cardinal(count: int, language: str) -> str:
    if count >= 10**6:
        return str(count)
    spell = {"fr": _french, "ru": _russian}.get(language, _english)
    words = spell(count) if count < 1000 else _english(count)
    return words[:1].upper() + words[1:]


def _ordinal_text(count: int, language: str) -> str:
    if count >= 10**6:
        return str(count)
    if language == "ru" and count < 1000:
        first, _, last = _russian(count).rpartition(" ")
        words = f"{first} {_ORDINALS_RU.get(last) or last.removesuffix('ь') + 'ый'}".strip()
        return words[:1].upper() + words[1:]
    words = _english(count)
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[cut:]
    last = _ORDINALS.get(last) or (last[:-1] + "ieth" if last.endswith("y") else last + "th")
    words = words[:cut] + last
    return words[:1].upper() + words[1:]


def _counted(count: int, digits: str, tens: str, *, one_ten: bool = False) -> str:
    """East Asian counting with words for ten and hundred, up to 999; above, digit by digit."""
    if not 0 < count < 1000:
        return "".join(digits[int(digit)] for digit in str(count))
    hundreds, rest = divmod(count, 100)
    ten, unit = divmod(rest, 10)
    out = f"{digits[hundreds]}{tens[1]}" if hundreds else ""
    if ten:
        out += (digits[ten] if ten > 1 or hundreds or one_ten else "") + tens[0]
    elif hundreds and unit:
        out += digits[0]
    return out + (digits[unit] if unit else "")


def _digits(count: int, digits: str) -> str:
    return "".join(digits[int(digit)] for digit in str(count))


def _hebrew(count: int) -> str:
    if not 0 < count < 393:
        return str(count)
    return _HEBREW[-1] * ((count - 1) // 22) + _HEBREW[(count - 1) % 22]


def _zodiac_pair(count: int) -> str:
    return _cycled(count, _STEMS) + _cycled(count, _BRANCHES)


_FORMATS: dict[str, Callable[[int, str], str]] = {
    "decimal": lambda count, _: str(count),
    "decimalZero": lambda count, _: f"{count:02d}",
    "numberInDash": lambda count, _: f"- {count} -",
    "decimalEnclosedParen": lambda count, _: f"({count})",
    "decimalEnclosedFullstop": lambda count, _: f"{count}.",
    "decimalEnclosedCircle": lambda count, _: chr(0x245F + count) if 0 < count <= 20 else str(count),
    "decimalFullWidth": lambda count, _: str(count).translate({48 + n: 0xFF10 + n for n in range(10)}),
    "hex": lambda count, _: f"{count:X}",
    "upperRoman": lambda count, _: _roman(count).upper(),
    "lowerRoman": lambda count, _: _roman(count),
    "upperLetter": lambda count, _: _repeated(count, _LATIN).upper(),
    "lowerLetter": lambda count, _: _repeated(count, _LATIN),
    "russianLower": lambda count, _: _repeated(count, _RUSSIAN),
    "russianUpper": lambda count, _: _repeated(count, _RUSSIAN).upper(),
    "ordinal": _ordinal,
    "cardinalText": _cardinal,
    "ordinalText": _ordinal_text,
    "chicago": lambda count, _: _repeated(count, _SYMBOLS),
    "hebrew1": lambda count, _: _hebrew(count),
    "hebrew2": lambda count, _: _hebrew(count),
    "ideographTraditional": lambda count, _: _cycled(count, _STEMS) if count <= 10 else str(count),
    "ideographZodiac": lambda count, _: _cycled(count, _BRANCHES) if count <= 12 else str(count),
    "ideographZodiacTraditional": lambda count, _: _zodiac_pair(count) if count <= 60 else str(count),
    "ideographDigital": lambda count, _: _digits(count, _DIGITS),
    "japaneseDigitalTenThousand": lambda count, _: _digits(count, _DIGITS),
    "taiwaneseDigital": lambda count, _: _digits(count, "○" + _DIGITS[1:]),
    "koreanDigital": lambda count, _: _digits(count, _KOREAN),
    "koreanDigital2": lambda count, _: _digits(count, "零" + _DIGITS[1:]),
    "chineseCounting": lambda count, _: _counted(count, "○" + _DIGITS[1:], "十百"),
    "chineseCountingThousand": lambda count, _: _counted(count, _DIGITS, "十百"),
    "taiwaneseCounting": lambda count, _: _counted(count, "○" + _DIGITS[1:], "十百"),
    "taiwaneseCountingThousand": lambda count, _: _counted(count, _DIGITS, "十百"),
    "japaneseCounting": lambda count, _: _counted(count, _DIGITS, "十百"),
    "ideographLegalTraditional": lambda count, _: _counted(count, _LEGAL, "拾佰", one_ten=True),
}
