"""Lines that lead over from what introduces a contract to its terms. Apart from `drafting`, for the reader of Word files asks it too."""

from __future__ import annotations

import re

from redline.text import fold

SURROUND = " \t\n\r.,:;()[]{}*_–—-"
_TERMS = re.compile(
    r"(?:the )?(?:agreed|operative) (?:terms|provisions|part)\b|now,? therefore\b|it is (?:hereby |now )?agreed\b"
    r"|(?:the parties|стороны) (?:hereby |therefore |now )?(?:agree|договорились)\b|agreement$|(?:о нижеследующем|договорились)\b")


def bare(text: str) -> str:
    """A line as the tests for headings take it: folded, without the signs around it."""
    return fold(text).strip(SURROUND)


def opens_terms(text: str) -> bool:
    """Whether a short line leads over to the terms: "Agreed terms", "NOW, THEREFORE", "IT IS AGREED"."""
    return bool(_TERMS.match(bare(text[:200])))
