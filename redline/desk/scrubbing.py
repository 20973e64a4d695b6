"""Personal data out of what leaves the house, with what is to be told of it."""

from __future__ import annotations

from collections.abc import Sequence

from redline.errors import UsageError
from redline.text import safe_line


def wanted(words: str) -> tuple[str, ...]:
    """The kinds of personal data that are to stay, from words with commas between. UsageError for one that is none."""
    from redline.word.scrub import KINDS

    names = tuple(word.strip() for word in words.split(",") if word.strip())
    unknown = next((name for name in names if name not in KINDS), None)
    if unknown is not None:
        told = "; ".join(f"{name}: {what}" for name, what in KINDS.items())
        raise UsageError(f"{safe_line(unknown)!r} is nothing that is taken out of a file", f"What can be kept: {told}.")
    return names


def leaving(data: bytes, keep: Sequence[str] = ()) -> tuple[bytes, tuple[str, ...]]:
    """(the document as it may leave, what was taken out and what was left, a line each)."""
    from redline.word.scrub import scrubbed

    found = scrubbed(data, keep=keep)
    return found.data, (*(f"removed before it leaves: {each.words}" for each in found.removed),
                        *(f"still in it: {each.words}" for each in found.left))
