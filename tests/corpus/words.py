"""What other programs read: pandoc's paragraphs and words, and texts brought to a form in which they can be compared."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

from tests.pandoc import pandoc

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\ufffc\u202a-\u202e]")
_PLAIN = str.maketrans({"\u2011": "-", "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})
_WORD = re.compile(r"[^\W\d_]{2,}|\d+")


def norm(text: str) -> str:
    """Single white space, plain quotes and hyphens, no invisible characters."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).translate(_PLAIN)
    return " ".join(text.split())


def word_counts(text: str) -> Counter[str]:
    """How often each word and number occurs."""
    return Counter(word.casefold() for word in _WORD.findall(norm(text)))


def pandoc_words(path: Path, mode: str) -> Counter[str]:
    """The words pandoc reads in a document with its tracked changes accepted or rejected, notes included."""
    read = pandoc("-f", "docx", "-t", "json", f"--track-changes={mode}", path)
    out: list[str] = []
    _walk(json.loads(read)["blocks"], out)
    return word_counts("".join(out))


_INLINE = frozenset({"Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Quoted", "Link",
                     "Span", "Cite"})
_SKIPPED = frozenset({"Image", "Math", "RawInline", "RawBlock"})


def _walk(tree: object, out: list[str]) -> None:
    """Collect the text of pandoc's tree; pictures and formulas are skipped, strings in lists are attributes."""
    todo: list[object] = [tree]
    while todo:
        node = todo.pop()
        if isinstance(node, list):
            todo.extend(reversed(node))
        elif isinstance(node, dict) and node.get("t") not in _SKIPPED:
            content = node.get("c")
            if node.get("t") == "Str":
                out.append(str(content))
            elif node.get("t") not in _INLINE:
                out.append(" ")
            todo.extend(({"t": "Space"}, content) if node.get("t") == "Note" else (content,))
