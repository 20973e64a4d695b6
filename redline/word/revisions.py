"""Accepting or rejecting tracked changes of a document, all or chosen ones, in every part that can hold text.

Everything that was not decided stays as it was: parts that held no tracked change are the same bytes. Notes go with their
references and comments with theirs. Comments are kept unless asked otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from copy import deepcopy

from redline.word.choose import Decided as Decided
from redline.word.choose import Rest as Rest
from redline.word.choose import verdicts
from redline.word.leftovers import Cleaner
from redline.word.package import Package, open_package
from redline.word.read import Reader
from redline.word.resolve import REVISIONS, Verdict, resolve
from redline.word.xml import W_NS, Element, serialise

_STORIES = ("document.main+xml", "document.glossary+xml", "header+xml", "footer+xml", "footnotes+xml", "endnotes+xml",
            "comments+xml")


def accept_all(data: bytes, *, drop_comments: bool = False, name: str = "") -> bytes:
    """The document as it reads with every tracked change accepted.

    With `drop_comments` its comments go too. Raises DocumentError when the file is refused.
    """
    return _resolved(data, name, accept=True, drop_comments=drop_comments)


def reject_all(data: bytes, *, drop_comments: bool = False, name: str = "") -> bytes:
    """The document as it was before its tracked changes.

    With `drop_comments` its comments go too. Raises DocumentError when the file is refused.
    """
    return _resolved(data, name, accept=False, drop_comments=drop_comments)


def untracked(package: Package) -> bool:
    """Whether nothing in a document is tracked, so that it reads the same accepted and rejected."""
    return all(next(package.xml(part).iter(*REVISIONS), None) is None for part in story_parts(package))


def resolve_chosen(data: bytes, every: Iterable[Decided], accepted: Collection[str], rejected: Collection[str],
                   rest: Rest = "keep", name: str = "", *, yielding: bool = False) -> bytes:
    """The document with some of its tracked changes accepted or rejected, by id, and the others treated as `rest` says.

    `every` are all changes and layouts of its contract as it was read; `redline.desk.resolving` finds them. Raises
    DocumentError when the file is refused, ConflictError when a change cannot be decided apart from another one; with `yielding`
    (see `verdicts`) less often.
    """
    package = open_package(data, name)
    reader = Reader(package, trace=True)
    paragraphs = reader.contract().paragraphs
    trees = {part: package.xml(part) for part in story_parts(package)}
    verdict = verdicts(reader, paragraphs, every, accepted, rejected, rest, list(trees.values()), yielding=yielding)
    decided = {part: root for part, root in trees.items() if any(verdict(each) is not None for each in root.iter(*REVISIONS))}
    return _written(package, decided, verdict, drop_comments=False)


def _resolved(data: bytes, name: str, *, accept: bool, drop_comments: bool) -> bytes:
    package = open_package(data, name)
    trees = {part: deepcopy(root) for part in story_parts(package)
             if next((root := package.xml(part)).iter(*REVISIONS), None) is not None}
    return _written(package, trees, lambda _: accept, drop_comments=drop_comments)


def _written(package: Package, trees: dict[str, Element], verdict: Verdict, *, drop_comments: bool) -> bytes:
    cleaner = Cleaner(package, trees)
    for root in trees.values():
        resolve(root, verdict)
    cleaner.follow_references()
    if drop_comments:
        cleaner.drop_comments(story_parts(package))
    changes: dict[str, bytes | None] = {part: serialise(root) for part, root in cleaner.trees.items()}
    changes.update(dict.fromkeys(cleaner.dropped))
    return package.write(changes)


def story_parts(package: Package) -> list[str]:
    """The parts that can hold text with tracked changes."""
    return [part for part in package.parts if package.content_type(part).endswith(_STORIES)
            and package.xml(part).tag.startswith(f"{{{W_NS}}}")]
