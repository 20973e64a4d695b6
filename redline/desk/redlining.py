"""Two versions as one Word file: the old one with tracked changes that lead to the new one.

Rejecting them gives the old version, accepting them the new one; the comments of the old one stay. The same input gives the same
bytes. Nothing is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from redline.desk import documents
from redline.desk.scrubbing import Left, internal, leaving
from redline.errors import UsageError
from redline.model import Attribution, Paragraph, Redline, Side, Slug

if TYPE_CHECKING:
    from redline.desk.desk import Desk
    from redline.desk.documents import Version
    from redline.word.edit.source import Source
    from redline.word.package import Package

PROGRAM = "redline"
"""Signs the changes between two files that say nothing about who made them."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How to write it: which view of each version counts where it carries tracked changes, who signs, dated when.

    Without `author` each change is signed by who made it, as far as that is known. `moves` asks for what moved as Word's own moves;
    else it goes out at one place and in at the other, with a comment at both. What is made of a version of the vault `leaves` without
    personal data, but for what is to be kept by name; two files of which nothing is known are not looked into, unless told.
    """

    old: Side = "new"
    new: Side = "new"
    author: str = ""
    date: datetime | None = None
    strict: bool = False
    moves: bool = False
    keep: tuple[str, ...] = ()
    leaves: bool = False


def redline_file(desk: Desk | None, old: str, new: str | None, wish: Wish, tell: Callable[[str], None]) -> Left:
    """The Word file that leads from `old` to `new`; from the version before it, or its own original, to `old` when `new` is None.

    Raises UsageError for an address that names nothing, DocumentError when a file is refused (with `strict` also when a document was
    not read in full).
    """
    first, second, wish = _pair(desk, old, new, wish)
    if wish.strict:
        from redline.desk.whole import require_whole

        for version in (first.version, second.version):
            require_whole(version.contract, version.info.path or version.info.address)
    data = _written(desk, first, second, wish, tell)
    if not (wish.leaves or first.version.oid or second.version.oid):
        return Left(data)
    return leaving(data, wish.keep, _internal(desk, first.version) if desk is not None and first.version.oid else ())


def _internal(desk: Desk, version: Version) -> frozenset[str]:
    """The comments of the version that is written on which its client has not seen."""
    from redline.vault.deals import load_deal

    slug = version.info.address.partition("@")[0]
    record = load_deal(desk.vault, Slug(slug)) if version.info.deal else None
    return internal(desk, version.contract, record)


def content(desk: Desk | None, version: Version) -> bytes:
    """The bytes of a version's Word file."""
    if desk is not None and version.oid:
        return desk.vault.read(version.oid, "contract.docx")
    return documents.read_bytes(Path(version.info.path))


def resolved(data: bytes, side: Side) -> bytes:
    """A document with its tracked changes accepted ("new") or rejected ("old")."""
    from redline.word.revisions import accept_all, reject_all

    return accept_all(data) if side == "new" else reject_all(data)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A version and its Word file. `source` is the file as it can be written on, where nothing in it is tracked."""

    version: Version
    data: bytes
    package: Package
    source: Source | None

    def seen(self, side: Side) -> Source:
        """The file with its tracked changes accepted ("new") or rejected ("old"), to be written on."""
        from redline.word.edit.source import Source

        if self.source is not None:
            return self.source
        return Source(resolved(self.data, side), self.version.info.title)


def _opened(desk: Desk | None, address: str) -> _Opened:
    """The version an address or a path names. A file in which nothing is tracked is read once."""
    from redline.word.edit.source import Source
    from redline.word.package import open_package
    from redline.word.read import Reader
    from redline.word.revisions import untracked

    found = documents.locate(desk, address)
    if not isinstance(found, Path):
        assert desk is not None
        return _stored(desk, documents.stored(desk, found))
    data = documents.read_bytes(found)
    package = open_package(data, found.name)
    source = Source(package) if untracked(package) else None
    contract = source.contract if source is not None else Reader(package).contract()
    return _Opened(documents.of_file(found, contract), data, package, source)


def _stored(desk: Desk, version: Version) -> _Opened:
    from redline.word.edit.source import Source
    from redline.word.package import open_package
    from redline.word.revisions import untracked

    data = content(desk, version)
    package = open_package(data, version.info.title)
    return _Opened(version, data, package, Source(package) if untracked(package) else None)


def _pair(desk: Desk | None, old: str, new: str | None, wish: Wish) -> tuple[_Opened, _Opened, Wish]:
    first = _opened(desk, old)
    if new is not None:
        return first, _opened(desk, new), wish
    if desk is not None and first.version.oid:
        from redline.desk.look import before

        earlier = before(desk, first.version)
        if earlier is not None:
            return _stored(desk, earlier), first, wish
    return first, _opened(desk, old), replace(wish, old="old", new="new")


def _written(desk: Desk | None, first: _Opened, second: _Opened, wish: Wish, tell: Callable[[str], None]) -> bytes:
    from redline.compare import diff
    from redline.compare.fine import fine
    from redline.word.edit.write import redlined
    from redline.word.saved import saved

    one, other = first.version, second.version
    tell(f"Reading {one.info.title} and {other.info.title} …")
    before, after = first.seen(wish.old), second.seen(wish.new)
    tell(f"Comparing {one.info.title} with {other.info.title} …")
    known = _told(desk, one, other, wish)
    here, there = before.contract.paragraphs, after.contract.paragraphs
    found = known if known and _leads(known, here, there) else diff(here, there)
    date = wish.date or other.info.date or saved(second.package)
    tell("Writing the Word file …")
    by = Attribution(wish.author or _signer(desk, other), date)
    return redlined(before, fine(found), after, by, "ranges" if wish.moves else "linked")


def _told(desk: Desk | None, first: Version, second: Version, wish: Wish) -> Redline | None:
    """The redline with what is known of who made which change; None where that is nothing, or not wanted."""
    if wish.author or wish.new == "old" or not ((first.oid and second.oid) or second.contract.redline.changed):
        return None
    from redline.desk.steps import net, redline_between, unrelated

    if first == second:
        return net(second.contract.redline)
    if wish.old == "old":
        return None
    return net(redline_between(desk, first, second) if desk else unrelated(first.contract, second.contract))


def _leads(redline: Redline, old: Sequence[Paragraph], new: Sequence[Paragraph]) -> bool:
    """Whether a redline leads from one document's words to the other's, paragraph by paragraph."""
    return all([one.text for one in found] == [one.text for one in wanted]
               for found, wanted in ((redline.old(), old), (redline.new(), new)))


def _signer(desk: Desk | None, second: Version) -> str:
    """Who signs what nobody is named for: whoever handed the new version over; the program for plain files."""
    if second.info.party:
        return second.info.party
    return desk.vault.party().party if desk is not None and second.oid else PROGRAM


def sides(words: str) -> tuple[Side, Side]:
    """`final`, `original`, or one for each version: `original,final`. UsageError for anything else."""
    names: dict[str, Side] = {"final": "new", "original": "old"}
    found = [word.strip() for word in words.split(",")]
    if len(found) > 2 or any(word not in names for word in found):
        raise UsageError(f"{words!r} is no view", "Say final or original, or one for each version: --view original,final.")
    return names[found[0]], names[found[-1]]
