"""Deciding on changes as a person was shown them, in the file itself.

A version is shown with its paragraph marks slid (`redline.compare.slide`), so that a new clause reads as one. The file holds
them where they were typed, and there a change can be cut differently: whoever is decided on here has all that it needs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from redline.compare.changes import changes
from redline.compare.slide import slide
from redline.desk import documents
from redline.desk.whole import require_whole
from redline.errors import ConflictError
from redline.model import Change, Contract, Kind, Paragraph, Redline
from redline.views import Resolution

Part = tuple[int, int]
"""(paragraph, segment); segment −1 is the mark."""


def resolved(path: Path, target: str, *, accept: Collection[str], reject: Collection[str],
             strict: bool = False) -> tuple[bytes, Resolution]:
    """A file with some of its tracked changes decided, by the ids that `show` tells or `{"all"}`, and what was done.

    Nothing is written. Raises UsageError for an id that is not there, ConflictError for changes that can only be decided together,
    DocumentError when the file is refused, or with `strict` not read in full.
    """
    from redline.desk import resolving
    from redline.word.read import read

    data = documents.read_bytes(path)
    contract = read(data, path.name)
    if strict:
        require_whole(contract, str(path))
    found = resolving.resolved(data, path.name, accept=in_the_file(contract, accept), reject=in_the_file(contract, reject))
    return found.data, Resolution(str(path), target, found.accepted, found.rejected, found.left)


def in_the_file(contract: Contract, ids: Collection[str]) -> frozenset[str]:
    """The ids in the document as it was read, for ids of changes that were shown; others as they are.

    Raises ConflictError when a change of the file is shown as several and only some of them are named.
    """
    shown = slide(contract.paragraphs)
    if shown == contract.paragraphs:
        return frozenset(ids)
    marks = _marks(contract.paragraphs, shown)
    own: dict[Part, str] = {part: change.id for change in changes(contract.redline) for part in _parts(change, contract.paragraphs)}
    needed: dict[str, set[str]] = {}
    homes: dict[str, set[str]] = {}
    for change in changes(Redline(shown)):
        for index, number in _parts(change, shown):
            one = own.get((marks.get(index, index), number) if number < 0 else (index, number))
            if one is not None:
                needed.setdefault(one, set()).add(change.id)
                homes.setdefault(change.id, set()).add(one)
    found: set[str] = {one for name in ids for one in homes.get(name, {name})}
    for name in found:
        if name not in ids and not needed.get(name, set()) <= set(ids):
            together = ", ".join(sorted(needed[name]))
            raise ConflictError(f"these changes can only be decided together: {together}", "Name all of them on the same side.")
    return frozenset(found)


def _parts(change: Change, paragraphs: tuple[Paragraph, ...]) -> Iterator[Part]:
    for span in change.spans:
        for number in range(span.first, span.last):
            if paragraphs[span.paragraph].segments[number].kind not in (Kind.SAME, Kind.GONE):
                yield span.paragraph, number
        if span.mark:
            yield span.paragraph, -1


def _marks(own: tuple[Paragraph, ...], shown: tuple[Paragraph, ...]) -> dict[int, int]:
    """For each mark that was slid the paragraph that holds it in the file."""
    out: dict[int, int] = {}
    first: int | None = None
    for index, (before, after) in enumerate(zip(own, shown, strict=True)):
        if first is None:
            if before.mark in (Kind.INS, Kind.DEL) and after.mark in (Kind.SAME, Kind.FORMAT):
                first = index
            continue
        out[index] = index - 1
        if before.mark in (Kind.SAME, Kind.FORMAT):
            out[first] = index
            first = None
    return out
