"""What in a text may mislead a reader: hidden or invisible text, odd characters, text outside the body.

Each finding is one notice with a stable code, however often it occurs; the text itself is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from redline.model import Notice, Paragraph
from redline.text import safe_line, suspicious
from redline.word.styles import INVISIBLE

_MESSAGES = {
    "hidden-text": "Text is formatted as hidden; Word does not show it",
    "invisible-text": "Text cannot be seen (the colour of its background, or too small)",
    "off-page-text": "Text stands outside the page, where nobody sees it",
    "zero-width": "Words contain invisible characters",
    "bidi-control": "Characters turn the direction of text round, so that it reads differently from what it says",
    "homoglyph": "Words mix Latin letters with Cyrillic or Greek ones that look alike",
    "control-chars": "Text contains control characters",
}
_LOOKS = (("hidden", "hidden-text"), (INVISIBLE, "invisible-text"), ("off-page", "off-page-text"))
_BEYOND = re.compile(r"(footnote|endnote|textbox):")
_BEYOND_NAMES = {"footnote": "footnotes", "endnote": "endnotes", "textbox": "text boxes"}
_PLAIN = re.compile(r"[\t\n -~]*")


def text_notices(paragraphs: Iterable[Paragraph], authors: Iterable[str]) -> Iterator[Notice]:
    """Notices on the paragraphs of a contract and the names of its authors."""
    found: dict[str, tuple[int, str]] = {}
    beyond: dict[str, None] = {}
    for paragraph in paragraphs:
        for code in _codes(paragraph):
            count, where = found.get(code, (0, ""))
            found[code] = (count + 1, where or _where(paragraph))
        match = _BEYOND.match(paragraph.props.story)
        if match and any(segment.text.strip() and not segment.atom for segment in paragraph.segments):
            beyond[_BEYOND_NAMES[match[1]]] = None
    for author in sorted(authors):
        for code, _ in suspicious(author):
            found.setdefault(code, (1, "an author's name"))
    for code, message in _MESSAGES.items():
        if code in found:
            count, where = found[code]
            yield Notice(code, f"{message} ({count} paragraph{'' if count == 1 else 's'}).", where)
    if beyond:
        yield Notice("off-body-text", f"Text also stands in {' and '.join(beyond)}.")


def _codes(paragraph: Paragraph) -> set[str]:
    codes = {code for segment in paragraph.segments if segment.look
             for look, code in _LOOKS if look in segment.look and segment.text.strip()}
    text = "".join([segment.text for segment in paragraph.segments])
    if not _PLAIN.fullmatch(text):
        codes.update(code for code, _ in suspicious(text.replace("\ufffc", " ")))
    return codes


def _where(paragraph: Paragraph) -> str:
    """The paragraph's label, or else its first words."""
    return paragraph.props.label or safe_line(paragraph.text, 60)
