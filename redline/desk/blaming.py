"""Blame: a version of the vault, each of its words with the version it came in, over everything its line grew from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redline.desk import documents
from redline.desk.steps import redline_between
from redline.errors import UsageError
from redline.text import safe_line
from redline.views import Blame

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redline.clauses.outline import Clause
    from redline.desk.desk import Desk


def blame(desk: Desk, address: str = "base", clause: str = "") -> Blame:
    """Who brought in which words of a version, of one clause of it (a number or words of a heading) where one is named.

    UsageError for a file, which has no past, and for a clause that is not there.
    """
    from redline.clauses.naming import find
    from redline.clauses.outline import outline
    from redline.insight.blame import blame as told

    version = documents.load(desk, address)
    if not version.oid:
        raise UsageError(f"{safe_line(address)} is a file: nobody knows where its words came from",
                         "Name a version in the vault: `redline blame base`, `redline blame acme@2`.")
    line = documents.lineage(desk, version.oid)
    first = documents.stored(desk, line[0])
    desk.tell(f"Composing {len(line)} versions …")
    redline = redline_between(desk, first, version)
    names = {str(each.turn): each.title for each in (documents.stored(desk, oid).info for oid in line) if not each.deal}
    if not clause:
        return told(version.info, first.info, len(line), redline, names)
    clauses = outline(redline.paragraphs)
    wanted = find(clauses, clause)
    name = " ".join(part for part in (wanted.path, wanted.heading) if part)
    return told(version.info, first.info, len(line), redline, names, name, _family(clauses, wanted))


def _family(clauses: Sequence[Clause], clause: Clause) -> frozenset[int]:
    """The paragraphs of a clause and of what is below it."""
    numbers = {clauses.index(clause)}
    for number, one in enumerate(clauses):
        if one.parent in numbers:
            numbers.add(number)
    return frozenset(index for number in numbers for index in range(clauses[number].first, clauses[number].last))
