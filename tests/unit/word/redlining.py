"""Two documents in, the redline between them out: what the tests of the writer share."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from redline.compare import diff
from redline.model import Attribution
from redline.word.edit.moves import Manner
from redline.word.edit.source import Source
from redline.word.edit.write import redlined
from tests.unit.word.build import docx, unzipped

BY = Attribution("Ann", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), tracked=True)
_NAMESPACES = re.compile(r' xmlns:\w+="[^"]*"')
_SIGNED = ' w:author="Ann" w:date="2026-01-02T03:04:05Z"'


def between(old: bytes, new: bytes, moves: Manner = "plain") -> bytes:
    """The redline from one document to another."""
    here, there = Source(old), Source(new)
    return redlined(here, diff(here.contract.paragraphs, there.contract.paragraphs), there, BY, moves)


def part(data: bytes, name: str) -> str:
    """The inside of a part's root, without signatures, numbers of changes and namespaces."""
    text = unzipped(data)[name].decode()
    assert "w:author=" not in text.replace(_SIGNED, "")
    text = re.sub(f' w:id="\\d+"{_SIGNED}', "", text)
    return _NAMESPACES.sub("", text[text.index(">", text.index("<w:")) + 1:text.rindex("</")]).replace(' xml:space="preserve"', "")


def body(old: str, new: str, *, moves: Manner = "plain") -> str:
    """The body of the redline between two bodies, without its section."""
    text = part(between(docx(old), docx(new), moves), "word/document.xml")
    return text.removeprefix("<w:body>").removesuffix("</w:body>").removesuffix("<w:sectPr/>")
