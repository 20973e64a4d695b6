"""The full number of a clause. Apart from `titles`, for whoever writes a Word file needs this one alone."""

from __future__ import annotations

import re

_FULL = re.compile(r"\d[.\-]\d|\d[.\-][^\W\d_]|[^\W\d_]{2,}\W+\w|[^\W_]\([^\W_]")
_SIGNS = re.compile(r"\W*")
_LAST = re.compile(r"\(?[^\W_]+\)?\Z")


def full_path(above: str, label: str) -> str:
    """The label with those above put in front where it does not say them itself."""
    label = label.strip()
    if not above or _FULL.search(label):
        return label.rstrip(".")
    if _SIGNS.fullmatch(label):
        return above
    last = _LAST.search(above.rstrip("."))
    rest = label.removeprefix(last[0]) if last else label
    if last and rest != label and not rest[:1].isalnum() and any(map(str.isalnum, rest)):
        return above[:last.start()] + label.rstrip(".")
    if label.startswith("("):
        return above.rstrip(".") + label.rstrip(".")
    return f"{above.rstrip('.')}.{label.rstrip('.')}"
