"""Text as contracts need it: tokens, a folded form to match on, suspicious characters, and safe display.

Contract text is data. What reaches a terminal, a log line or a message goes through `safe`; what is compared for sameness
goes through `fold`; what is diffed goes through `tokens`. Nothing here changes what is stored, and nothing is ever dropped
from a shown text: a character that could mislead is shown as a visible mark instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
)
_SPACE = "[ \u00a0\u202f\u2009]"
_NUMBER = r"\d{1,3}(?:[,'’ \u00a0\u202f\u2009]\d{3}(?!\d))+(?:[.,]\d+)?|\d+(?:[.,:/]\d+)*"
_TOKENS = re.compile(
    rf"""
    \s+
  | (?=[\d«"“])(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}(?!\d) | \d{{4}}-\d{{2}}-\d{{2}}(?!\d)
        | [«"“]?\d{{1,2}}(?:st|nd|rd|th)?[»"”]?{_SPACE}(?:{_MONTHS})(?:,?{_SPACE}\d{{4}})?(?!\w))
  | (?=[ADFJMNOSадимносфя])(?:{_MONTHS}){_SPACE}\d{{1,2}}(?:st|nd|rd|th)?(?:,?{_SPACE}\d{{4}})?(?!\w)
  | (?=[-−+$€£¥₽\d])(?:(?<![\w%‰°])[-−+](?=\d))?[$€£¥₽]?(?>{_NUMBER})(?:{_SPACE}?[%‰°$€£¥₽](?!\w))?(?![^\W\d_])
  | \w(?:\w|[\u00ad\u200b-\u200d\u2060\ufeff](?=\w)|['’](?=\w))*
  | .
    """,
    re.VERBOSE | re.DOTALL,
).findall
"""White space, dates, numbers, words, any other sign by itself; a look at the first character spares most what it cannot be."""


def tokens(text: str) -> list[str]:
    """Cut a text into words, numbers (with sign, percent or currency sign), dates, runs of spaces and single signs.

    Their concatenation is the text. A number, amount or date is one token, so that a diff never cuts into it.
    """
    return _TOKENS(text)


def words(text: str) -> list[str]:
    """The words and numbers of a folded text, in order."""
    return [token for token in _TOKENS(text) if token.isalnum() or token == "_" or (len(token) > 1 and not token.isspace())]


# Letters of other scripts that look like a Latin or Cyrillic one, to the Latin letter they imitate (Unicode UTS #39, the part
# that occurs between these two scripts and fullwidth forms, which NFKC folds by itself).
_CONFUSABLE = str.maketrans("асеорхуіјѕԁһԛԝАВСЕНІЈКМОРЅТХУ", "aceopxyijsdhqwABCEHIJKMOPSTXY")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z]")
_GREEK = re.compile("[ΑΒΕΖΗΙΚΜΝΟΡΤΥΧινορυ](?=.*[A-Za-z]{2})|(?<=[A-Za-z]{2})[ΑΒΕΖΗΙΚΜΝΟΡΤΥΧινορυ]")
"""Greek letters that look like Latin ones, in the company of two Latin letters: "Δt" and "μs" are no such words."""
_WORD = re.compile(r"[^\W\d_]+")


def _unmix(match: re.Match[str]) -> str:
    word = match.group()
    if _LATIN.search(word) and _CYRILLIC.search(word):
        return word.translate(_CONFUSABLE)
    return word


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The form to match on: NFKC, format characters stripped, look-alike letters undone in words that mix scripts,
    case folded, quotes and dashes made plain, white space single. Folding twice is folding once.
    """
    if text.isascii():
        return " ".join(text.casefold().split())
    text = unicodedata.normalize("NFKC", text)
    text = text.translate({ord(char): None for char in set(text) if unicodedata.category(char) == "Cf"})
    text = _WORD.sub(_unmix, text).casefold()
    text = text.translate(_PLAIN)
    return " ".join(unicodedata.normalize("NFKC", text).split())


_PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "«": '"', "»": '"', "„": '"', "‐": "-", "‑": "-", "‒": "-",
                        "–": "-", "—": "-", "―": "-", "−": "-", "ё": "е"})


_NAMES = {
    "\u00ad": "SHY", "\u200b": "ZWSP", "\u200c": "ZWNJ", "\u200d": "ZWJ", "\u2060": "WJ", "\ufeff": "BOM", "\u200e": "LRM",
    "\u200f": "RLM", "\u061c": "ALM", "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO", "\u202e": "RLO",
    "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI", "\u2028": "LS", "\u2029": "PS",
}
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)


def _mark(match: re.Match[str]) -> str:
    char = match.group()
    return f"‹{_NAMES[char] if char in _NAMES else f'U+{ord(char):04X}'}›"


def safe(text: str) -> str:
    """A text that a terminal, a log or a person cannot be misled by: control, bidi and invisible characters become visible
    marks such as ‹RLO› or ‹U+009B›. Tabs and line feeds stay.
    """
    return _UNSAFE.sub(_mark, text)


def clean(text: str) -> str:
    """A text without its control, bidi and invisible characters; line ends and tabs stay. For words that a person is to edit."""
    return _UNSAFE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def safe_line(text: str, width: int = 0) -> str:
    """`safe` on one line: tabs and line breaks become spaces; cut to `width` characters with an ellipsis when given."""
    line = " ".join(safe(text).split())
    return line if not width or len(line) <= width else line[: width - 1] + "…"


def counted(number: int, noun: str, plural: str = "") -> str:
    """ "1 change", "2 changes"."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def suspicious(text: str) -> Iterator[tuple[str, str]]:
    """(code, the characters) for what may mislead a reader: `control-chars`, `bidi-control`, `zero-width`, `homoglyph`.

    Soft hyphens, and joiners between letters of scripts that need them or inside emoji, are legitimate and not reported.
    """
    for match in _UNSAFE.finditer(text):
        char = match.group()
        if char in _BIDI:
            yield "bidi-control", char
        elif ord(char) < 0x20 or 0x7F <= ord(char) <= 0x9F:
            yield "control-chars", char
        elif char not in "\u00ad\u2028\u2029" and not _joins(text, match.start()):
            yield "zero-width", char
    for match in _WORD.finditer(text):
        word = match.group()
        if _LATIN.search(word) and (_CYRILLIC.search(word) or _GREEK.search(word)):
            yield "homoglyph", word


def _joins(text: str, index: int) -> bool:
    """Whether the character at `index` is a joiner or direction mark where a script or an emoji legitimately needs it."""
    if text[index] not in "\u200c\u200d\u200e\u200f":
        return False
    around = text[max(0, index - 2):index] + text[index + 1:index + 3]
    return any(unicodedata.bidirectional(char) in ("R", "AL") or unicodedata.category(char) == "So" or
               "\u0900" <= char <= "\u0dff" for char in around)
