"""Text that is formatted as hidden: nobody who reads or prints the document sees it go.

Marks of paragraphs, rows, and the instructions of fields stay, so that lists, tables and indexes stand as they did.

Sources: ECMA-376 Part 1 §17.3.2.41 (vanish).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from redline.word.drafts import Draft
from redline.word.read import Reader
from redline.word.revisions import story_parts
from redline.word.scrub.work import Work
from redline.word.surgery import remove
from redline.word.xml import Element, w

_TEXTS = frozenset(w(name) for name in ("t", "delText", "tab", "ptab", "br", "cr", "noBreakHyphen", "softHyphen", "sym"))
_SHELLS = frozenset(w(name) for name in ("r", "ins", "del", "moveFrom", "moveTo"))


def text(work: Work) -> None:
    """Hidden text in all stories, tracked or not."""
    found = list(_hidden(work))
    if not found:
        return
    if not work.wants("hidden"):
        work.stays("hidden", "piece of hidden text", "pieces of hidden text", len(found))
        return
    for element in found:
        work.touched(work.package.part_of(element.getroottree().getroot()))
        _take(element)
    work.gone("hidden", "piece of hidden text", "pieces of hidden text", len(found))


def _hidden(work: Work) -> Iterator[Element]:
    """The elements of hidden text; what is hidden with the drawing it stands in is part of the drawing."""
    package = work.package
    parts = [*story_parts(package), *package.related(package.main, "styles")]
    if not any(b"vanish" in package.data(part) for part in parts):
        return
    reader = Reader(package, trace=True)
    for draft in reader.drafts():
        if "hidden" not in draft.cloak:
            yield from _of(draft)


def _of(draft: Draft) -> Iterator[Element]:
    """The hidden text elements of one paragraph."""
    borders: list[tuple[int, bool]] = []
    end = 0
    for segment in draft.segments:
        end += len(segment.text)
        borders.append((end, "hidden" in segment.look))
    if not any(hidden for _, hidden in borders):
        return
    for offset, element in draft.trace:
        if element.tag in _TEXTS and next((hidden for end, hidden in borders if offset < end), False):
            yield element


def _take(element: Element) -> None:
    """Take an element out, with the run and the tracked change that held nothing else."""
    while True:
        parent = element.getparent()
        remove(element)
        if parent is None or parent.tag not in _SHELLS or any(child.tag != w("rPr") for child in parent):
            return
        element = parent


STEPS: tuple[Callable[[Work], None], ...] = (text,)
