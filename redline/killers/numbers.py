"""Figures by value and unit: what a clause says in digits, in words or in both, in English and Russian.

Thirty, "thirty (30)" and 30 are one value, "90 (девяноста) банковских дней" is ninety banking days, "0,5 % за каждый
день" is half a percent a day. A number that only names something (a section, a schedule, a date, a clause label) is not
a figure. Values are exact decimals; nothing here judges which value is worse, and nothing is ever guessed from a bare
number's size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from redline.killers.numerals import DIGITS, FIRST_WORDS, SCALES, SPACE, WORDS, value_of

DURATIONS = {
    "hour": Decimal(1) / 24,
    "day": Decimal(1),
    "business day": Decimal("1.4"),
    "banking day": Decimal("1.4"),
    "week": Decimal(7),
    "month": Decimal("30.4"),
    "year": Decimal(365),
}
"""Units of time in calendar days: five business days make a week (so 1.4 each), a month is a twelfth of a year."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its unit at `start`–`end` of the text.

    `unit` is a key of `DURATIONS`, `percent`, a currency code (`USD`, `EUR`, `GBP`, `RUB`, `CNY`), `times`, or "" for a
    plain number. `per` is the period it recurs in (`day`, `month`, …) or "". `direction` is `at least`, `at most`,
    `more than`, `less than` or "".
    """

    value: Decimal
    unit: str
    per: str
    direction: str
    start: int
    end: int

    @property
    def kind(self) -> str:
        """What it can be compared with: `time`, `percent`, a currency, `times` or ""."""
        return "time" if self.unit in DURATIONS else self.unit

    @property
    def size(self) -> Decimal:
        """The value on its kind's common scale: calendar days for time, a day's share for what recurs."""
        size = self.value * DURATIONS.get(self.unit, Decimal(1))
        return size / DURATIONS[self.per] if self.per else size

    def __str__(self) -> str:
        value = f"{self.value.normalize():f}" if self.value else "0"
        unit = {"": "", "percent": " %"}.get(self.unit, f" {self.unit}")
        plural = "s" if self.unit in DURATIONS and self.value != 1 else ""
        return f"{value}{unit}{plural}{f' a {self.per}' if self.per else ''}"


_NUMBER = re.compile(
    rf"(?<![\w.,])(?P<money>us\$|[$€£¥₽]|usd|eur|gbp|rub)?{SPACE}?(?:(?P<digits>{DIGITS})(?:st|nd|rd|th)?|(?P<words>{WORDS}))"
    rf"(?:{SPACE}*(?P<scale>{SCALES})(?![^\W\d_]))?",
    re.UNICODE,
)
_BRACKET = re.compile(rf"{SPACE}*\({SPACE}*(?:(?P<digits>{DIGITS})|(?P<words>{WORDS})){SPACE}*(?P<percent>%?){SPACE}*\)")
_UNIT = re.compile(
    rf"[{SPACE[1:-1]}\-\u2011)]*(?:consecutive{SPACE}+|full{SPACE}+|полных{SPACE}+)?"
    r"(?:(?P<banking>banking|bank|банковск\w+)|(?P<business>business|working|рабоч\w+)|(?:calendar|календарн\w+))?[ \t\u00a0\u202f\-]*"
    r"(?:(?P<percent>%|percent\b|per[ -]cent\b|процент\w*)"
    r"|(?P<hour>hours?\b|час(?:а|ов|ам|у)?\b)|(?P<day>days?\b|дн(?:я|ей|ям|ями|ях)\b|день\b|суток\b|сутки\b)|(?P<week>weeks?\b|недел\w*)"
    r"|(?P<month>months?\b|месяц\w*)|(?P<year>years?\b|annum\b|год(?:а|у|ам|ов|ом)?\b|лет\b)"
    r"|(?P<USD>usd\b|(?:us\s+)?dollars?\b|доллар\w*)|(?P<EUR>euros?\b|eur\b|евро\b|€)|(?P<GBP>gbp\b|pounds?\b|£)|(?P<RUB>rub\b|roubles?\b|rubles?\b|руб\w*|₽)"
    r"|(?P<CNY>cny\b|rmb\b|yuan\b|юан\w*)|(?P<times>times\b|раза?\b|-?кратн\w*))"
)
_SYMBOLS = {
    "$": "USD",
    "us$": "USD",
    "usd": "USD",
    "€": "EUR",
    "eur": "EUR",
    "£": "GBP",
    "gbp": "GBP",
    "₽": "RUB",
    "rub": "RUB",
    "¥": "CNY",
}
_PER = re.compile(
    r"\b(?:per|for\s+(?:each|every)|each|every|a|an|за\s+кажд\w+|в|кажд\w+)\s+(?:(?:full|calendar|business|working|started|полн\w+|календарн\w+|рабоч\w+)\s+)?"
    r"(?:(?P<day>day|день|сутки)|(?P<hour>hour|час)|(?P<week>week|неделю)|(?P<month>month|месяц)|(?P<year>year|annum|год))(?:\s+(?:of|просроч\w+|задержк\w+))?\b"
    r"|\b(?:(?P<day2>daily|ежедневно)|(?P<week2>weekly|еженедельно)|(?P<month2>monthly|ежемесячно)|(?P<year2>annually|ежегодно))\b"
)
_DIRECTIONS = (
    (
        "at least",
        re.compile(
            r"(?:at least|(?:not|no) less than|not fewer than|(?:not|no) earlier than|minimum(?: level)?(?: of)?|"
            r"не менее(?: чем)?(?: за)?|не ранее(?: чем)?(?: через)?|как минимум|минимум)\s*$"
        ),
    ),
    (
        "at most",
        re.compile(
            r"(?:at most|(?:not|no) (?:more|later) than|not to exceed|not exceed(?:ing)?|up to|maximum(?: of)?|within|limited to|"
            r"не (?:более|свыше|позднее|позже)(?: чем)?(?: за| через)?|не превыша\w+|в течение|в срок до|до|максимум)\s*$"
        ),
    ),
    ("more than", re.compile(r"(?:more than|exceed(?:s|ing)?|in excess of|over|above|более(?: чем)?|свыше|превыша\w+)\s*$")),
    ("less than", re.compile(r"(?:less than|fewer than|under|below|менее(?: чем)?)\s*$")),
)
_NAMING = re.compile(
    r"(?:\b(?:sections?|clauses?|articles?|paragraphs?|schedules?|exhibits?|annex(?:es)?|appendix|rules?|version|page|no|nos|"
    r"п|пп|ст|пункт\w*|раздел\w*|стать\w*|приложени\w*|част\w*)\.?|[§№#])\s*$"
)
_MONTH = (
    r"\s*(?:st|nd|rd|th)?[\s,»\"”]*(?:of\s+)?(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)\b"
)
_DATE = re.compile(rf"{_MONTH}|[./-]\d|\s*г\.")
_AFTER_MONTH = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)[\s\d,]*$"
)
_QUICK = re.compile(rf"\d|(?<![^\W\d_])(?:{FIRST_WORDS})(?![^\W\d_])")
_LOOK = 64


def figures(text: str) -> tuple[Figure, ...]:
    """Every figure of a text, in order. Offsets count in `text` as given. A number in words and in brackets that agree
    is one figure; where they disagree both are given, for one of them is an error and either may be held against us.
    """
    lowered = text.lower().replace("ё", "е")
    if len(lowered) != len(text):
        lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in text).replace("ё", "е")
    return tuple(_found(lowered)) if _QUICK.search(lowered) else ()


def _found(text: str) -> Iterator[Figure]:
    position = 0
    while match := _NUMBER.search(text, position):
        position = match.end()
        value = value_of(match)
        if value is None or _names_something(text, match):
            continue
        extra, end, percent = None, match.end(), False
        if bracket := _BRACKET.match(text, end):
            inside = value_of(bracket)
            extra = inside if inside != value else None
            end, percent = bracket.end(), bool(bracket["percent"])
        unit, end = _unit(text, match, end, percent)
        if (again := _BRACKET.match(text, end)) and value_of(again) == value:
            end = again.end()
        figure = Figure(
            value, unit, _per(text, end) if unit not in ("", "times") else "", _direction(text, match.start()), match.start(), end
        )
        yield figure
        if extra is not None:
            yield replace(figure, value=extra)
        position = max(position, end)


def _names_something(text: str, match: re.Match[str]) -> bool:
    """A section number, a date, a label at the start, or "one" used as a pronoun."""
    before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + _LOOK]
    if _NAMING.search(before) or _DATE.match(after) or _AFTER_MONTH.search(before):
        return True
    if match["digits"] and re.match(r"[^\W\d_]", after):
        return True
    if (
        match["words"]
        and not match["scale"]
        and match["words"] in ("one", "один", "одной", "одна", "одно", "одного", "одному", "одним", "одном", "half")
    ):
        return not (_UNIT.match(after) or _BRACKET.match(after))
    label = match["digits"] and match.start() <= 1 and not match["money"]
    return bool(label) and not (_UNIT.match(after) or _BRACKET.match(after))


def _unit(text: str, match: re.Match[str], end: int, percent: bool) -> tuple[str, int]:
    if percent or (match["words"] and "процент" in match["words"]):
        return "percent", end
    if match["money"]:
        return _SYMBOLS[match["money"]], end
    found = _UNIT.match(text, end)
    if not found:
        return "", end
    unit = next(
        name for name in ("percent", "hour", "day", "week", "month", "year", "USD", "EUR", "GBP", "RUB", "CNY", "times") if found[name]
    )
    if unit == "day" and (found["banking"] or found["business"]):
        unit = "banking day" if found["banking"] else "business day"
    return unit, found.end()


def _per(text: str, end: int) -> str:
    """The period a rate is counted in, if the same part of the sentence names one."""
    rest = re.split(r"[;.](?:\s|$)|\d", text[end : end + _LOOK], maxsplit=1)[0]
    found = _PER.search(rest)
    return found.lastgroup.rstrip("2") if found and found.lastgroup else ""


def _direction(text: str, start: int) -> str:
    before = text[max(0, start - 32) : start]
    return next((name for name, pattern in _DIRECTIONS if pattern.search(before)), "")
