"""What a clause is called: the words that head it, and the term it defines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from redline.text import safe_line

from . import drafting
from .languages import script
from .lines import Line


def tabled_term(line: Line, row: Sequence[Line]) -> str:
    """The term in a row of a table of definitions: a short first cell, and what it means in the next one."""
    if not row or row[0] is not line or len(line.text) > 100 or len(line.text.split()) > 10:
        return ""
    column = line.props.cell.column if line.props.cell else 0
    rest = next((other for other in row if other.props.cell and other.props.cell.column > column), None)
    if rest is None:
        return ""
    if len(rest.text) <= max(20, len(line.text)) or script(line.text) != script(rest.text):
        return ""
    return drafting.plain_term(line.text)


_STOP = re.compile(r"[.:](?=\s|$)|\s[–—-](?=\s|$)")


_RUN_IN = re.compile(r"\s*((?:[A-Z][\w&’'-]*)(?:,? (?:[A-Z][\w&’'-]*|and|or|of|the|to|for|in|by|on|with|from|&)){0,8})\.\s+(?=[A-Z“\"])")
"""A heading without any look of its own: "Force Majeure. Neither party…"."""


def heading_of(line: Line) -> str:
    """A heading's text; or the bold or underlined words that open a paragraph and end in a stop."""
    if line.props.heading:
        return safe_line(line.text)
    lead, rest = line.lead, line.text[len(line.lead):]
    stop = _STOP.search(lead + rest[:2], 2)
    if stop is None or stop.start() > len(lead):
        plain = _RUN_IN.match(line.text) if line.props.label else None
        return plain[1] if plain is not None else ""
    head = safe_line(lead[:stop.start()]).rstrip(".: ")
    return head if 4 <= len(head) <= 80 and len(head) < len(line.text.strip()) - 1 else ""
