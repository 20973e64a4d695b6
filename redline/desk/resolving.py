"""Accepting and rejecting a document's own tracked changes, all or by id, without a vault.

The ids are those that `show` and `diff` print for the same file. Nothing is stored.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches

from redline.compare.changes import changes
from redline.errors import DocumentError, UsageError
from redline.model import Change, Contract, Layout
from redline.text import counted, safe_line
from redline.word.read import read
from redline.word.revisions import Rest, resolve_chosen

ALL = "all"


@dataclass(frozen=True, slots=True)
class Resolved:
    """A document after some of its tracked changes were decided, and how many changes were accepted, rejected and left."""

    data: bytes
    accepted: int
    rejected: int
    left: int


def resolved(data: bytes, name: str = "", *, accept: Collection[str] = (), reject: Collection[str] = ()) -> Resolved:
    """Decide tracked changes of a .docx: ids of changes and layouts, or `{"all"}`, on either side.

    `all` on one side is what is not named on the other. Raises UsageError for an id the document does not have or one that is
    on both sides, ConflictError for changes that can only be decided together, DocumentError when the file is refused or when
    some of what was to be decided is still there afterwards.
    """
    every = decisions(read(data, name))
    accepted, rejected = frozenset(accept), frozenset(reject)
    _check(frozenset(each.id for each in every), accepted, rejected, name)
    rest: Rest = "accept" if ALL in accepted else "reject" if ALL in rejected else "keep"
    written = resolve_chosen(data, every, accepted - {ALL}, rejected - {ALL}, rest, name)
    left = len(decisions(read(written)))
    if left and rest != "keep":
        raise DocumentError(f"{counted(left, 'tracked change')} of {safe_line(name) or 'the document'} could not be resolved",
                            "Nothing was written. Accept or reject the changes in Word.", code="not-resolved")
    counts = {"accept": len(accepted - {ALL}), "reject": len(rejected - {ALL})}
    if rest != "keep":
        counts[rest] += len(every) - sum(counts.values())
    return Resolved(written, counts["accept"], counts["reject"], left)


def decisions(contract: Contract) -> tuple[Change | Layout, ...]:
    """Everything in a document that can be accepted or rejected by id."""
    return (*changes(contract.redline), *contract.layout)


def _check(known: frozenset[str], accepted: frozenset[str], rejected: frozenset[str], name: str) -> None:
    both = accepted & rejected
    if both:
        raise UsageError(f"{safe_line(min(both))} is to be accepted and rejected", "Name it on one side only.")
    for unknown in sorted((accepted | rejected) - known - {ALL}):
        near = get_close_matches(unknown, known, 3)
        meant = f"Did you mean {' or '.join(near)}? " if near else ""
        raise UsageError(f"{safe_line(name) or 'the document'} has no change {safe_line(unknown)}; it has "
                         f"{counted(len(known), 'change')}", f"{meant}`redline show FILE --changes` lists them with their ids.")
