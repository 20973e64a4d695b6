"""Which of the two languages of a contract a text is in, by its letters."""

from __future__ import annotations

import re

_CYRILLIC, _LATIN = re.compile(r"[\u0400-\u04ff]"), re.compile(r"[A-Za-z\u00c0-\u024f]")
_SHARE = 0.7


def script(text: str) -> str:
    """"English" (Latin letters), "Russian" (Cyrillic letters), or "" where neither rules."""
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if max(cyrillic, latin) < 2 or max(cyrillic, latin) < _SHARE * (cyrillic + latin):
        return ""
    return "Russian" if cyrillic > latin else "English"
