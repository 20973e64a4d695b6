"""Accepting or rejecting all tracked changes of a document, in every part that can hold text.

The result is a document without a tracked change in which everything else is as it was: parts that held none are the same
bytes. Notes go with their references and comments with theirs. Comments are kept unless asked otherwise.
"""

from __future__ import annotations

import re
from copy import deepcopy

from redline.word.leftovers import Cleaner
from redline.word.package import Package, open_package
from redline.word.resolve import resolve
from redline.word.xml import W_NS, Element, serialise

_TRACKED = re.compile(
    rb"<[\w.-]+:(?:ins|del|moveFrom|moveTo|cellIns|cellDel|cellMerge|numberingChange|delText|delInstrText|conflictIns|conflictDel"
    rb"|\w+Change|(?:moveFrom|moveTo|customXml\w+)Range(?:Start|End))[\s/>]")
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


def _resolved(data: bytes, name: str, *, accept: bool, drop_comments: bool) -> bytes:
    package = open_package(data, name)
    trees: dict[str, Element] = {}
    for part in story_parts(package):
        if _TRACKED.search(package.data(part)):
            trees[part] = deepcopy(package.xml(part))
    cleaner = Cleaner(package, trees)
    for root in trees.values():
        resolve(root, accept=accept)
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
