"""Personal data and internal comments out of what leaves the house, with what is to be told of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redline.errors import ConflictError, UsageError
from redline.text import counted, safe_line

if TYPE_CHECKING:
    from redline.desk.desk import Desk
    from redline.model import Comment, Contract
    from redline.vault.deals import DealRecord


FLAGS_AUTHOR = "redline (internal)"
"""Signs the comments of `export --flags`. What they say of killers is not for the other side, ever."""


def require_unflagged(contract: Contract, name: str) -> None:
    """ConflictError for a document that carries comments of `export --flags`."""
    count = len(flag_comments(contract))
    if count:
        raise ConflictError(f"{safe_line(name)} carries {counted(count, 'internal comment')} of {FLAGS_AUTHOR}",
                            "Nothing was changed. Such a copy is for us only: delete these comments in Word, or take a file without them.")


def flag_comments(contract: Contract) -> frozenset[str]:
    """The ids of a document's comments of `export --flags`."""
    return frozenset(comment.id for comment in contract.comments if comment.author.strip() == FLAGS_AUTHOR)


def wanted(words: str) -> tuple[str, ...]:
    """The kinds of personal data that are to stay, from words with commas between. UsageError for one that is none."""
    if not words:
        return ()
    from redline.word.scrub import KINDS

    names = tuple(word.strip() for word in words.split(",") if word.strip())
    unknown = next((name for name in names if name not in KINDS), None)
    if unknown is not None:
        told = "; ".join(f"{name}: {what}" for name, what in KINDS.items())
        raise UsageError(f"{safe_line(unknown)!r} is nothing that is taken out of a file", f"What can be kept: {told}.")
    return names


@dataclass(frozen=True, slots=True)
class Left:
    """A document as it may leave, what was taken out of it, and what is still in it that a person should know of."""

    data: bytes
    removed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """The same in a line or two."""
        return tuple(f"{words}: {', '.join(found)}" for words, found in (("removed before it leaves", self.removed),
                                                                        ("still in it", self.left)) if found)


def leaving(data: bytes, keep: Sequence[str] = (), internal: Collection[str] = ()) -> Left:
    """The document as it may leave, without the comments that are `internal`."""
    from redline.word.scrub import scrubbed

    found = scrubbed(data, keep=keep, internal=internal)
    return Left(found.data, tuple(each.words for each in found.removed), tuple(each.words for each in found.left))


def internal(desk: Desk, contract: Contract, record: DealRecord | None) -> frozenset[str]:
    """The ids of a contract's comments that are not for the other side: those of ours to which nobody else has spoken, unless they
    stood in a turn of the deal before.
    """
    from redline.desk.documents import stored
    from redline.word.scrub import own_threads

    flags = flag_comments(contract)
    ours = own_threads(contract.comments, desk.our_names)
    if not ours:
        return flags
    seen = {_nature(comment) for turn in (record.turns if record else ()) for comment in stored(desk, turn.oid).contract.comments}
    return flags | frozenset(comment.id for comment in contract.comments if comment.id in ours and _nature(comment) not in seen)


def _nature(comment: Comment) -> tuple[object, ...]:
    return (comment.author, comment.date, comment.text)
