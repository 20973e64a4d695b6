"""People: their accounts, their tasks and reactions, and comments that are not for the other side.

The name on a comment or a tracked change stays with it. The list of people keeps those names, without accounts.

Sources: ECMA-376 Part 1 §17.13.4 (comments); [MS-DOCX] 2.5.4.4 (person, presenceInfo), 2.6 (document tasks), 2.7 (reactions).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from redline.model import Comment
from redline.word.comment_parts import numbers_by_id
from redline.word.package import Package
from redline.word.revisions import story_parts
from redline.word.scrub.work import Work
from redline.word.surgery import remove
from redline.word.xml import W15_NS, Element, local, w

_PERSON, _PRESENCE, _AUTHOR = (f"{{{W15_NS}}}{name}" for name in ("person", "presenceInfo", "author"))
_PROVIDER, _USER = f"{{{W15_NS}}}providerId", f"{{{W15_NS}}}userId"
_REFERENCE = w("commentReference")


def own_threads(comments: Iterable[Comment], ours: Collection[str]) -> frozenset[str]:
    """The ids of the comments in threads in which nobody but us has spoken. `ours` are our names; case does not count.

    Whether such a thread is meant for the other side only a person can say: a question of ours that waits for an answer is
    one, too.
    """
    known = {comment.id: comment for comment in comments}
    names = {name.strip().casefold() for name in ours}
    threads: dict[str, list[Comment]] = {}
    for comment in known.values():
        head, seen = comment, {comment.id}
        while head.parent in known and head.parent not in seen:
            seen.add(head.parent)
            head = known[head.parent]
        threads.setdefault(head.id, []).append(comment)
    return frozenset(comment.id for thread in threads.values() for comment in thread
                     if all(each.author.strip().casefold() in names for each in thread))


def references(package: Package, internal: Collection[str]) -> dict[str, Element]:
    """The trees in which references to internal comments stand, by part."""
    numbers = _numbers(package, internal)
    return {part: package.xml(part) for part in story_parts(package) if numbers
            and any(element.get(w("id")) in numbers for element in package.xml(part).iter(_REFERENCE))}


def comments(work: Work, internal: Collection[str]) -> None:
    """Take out internal comments: their references, and with them ranges, words and what extends them."""
    numbers = _numbers(work.package, internal)
    count = 0
    for root in list(work.cleaner.trees.values()):
        for reference in [element for element in root.iter(_REFERENCE) if element.get(w("id")) in numbers]:
            _unmark(reference)
            count += 1
    if count:
        work.cleaner.follow_references()
        work.gone("comments", "internal comment", "internal comments", count)


def _numbers(package: Package, internal: Collection[str]) -> set[str]:
    known = numbers_by_id(package) if internal else {}
    return {known[identity] for identity in internal if identity in known}


def _unmark(reference: Element) -> None:
    """Take out a reference, the run that held nothing else, and the tracked change that held nothing but the run."""
    element: Element | None = reference
    while element is not None:
        parent = element.getparent()
        remove(element)
        emptied = parent is not None and all(child.tag == w("rPr") for child in parent)
        element = parent if emptied and parent is not None and parent.tag in (w("r"), w("ins"), w("del")) else None


def accounts(work: Work) -> None:
    """The list of people: nobody who is not named in the text, and no accounts."""
    if not work.wants("people"):
        return
    named = {value for part in story_parts(work.package) for element in work.package.xml(part).iter()
             if (value := element.get(w("author"))) is not None}
    for part in sorted(work.linked("people")):
        root = work.root(part)
        if root is None:
            continue
        known = [person for person in root.iter(_PERSON) if person.get(_AUTHOR) in named]
        if not known:
            work.drop({part})
            work.gone("people", "the list of people")
            continue
        for _ in work.take(part, lambda root: [each for each in root.iter(_PERSON) if each.get(_AUTHOR) not in named]):
            work.gone("people", "person whom the text does not name", "people whom the text does not name")
        for presence in [each for person in known for each in person.iter(_PRESENCE)]:
            author = _author(presence)
            if (presence.get(_PROVIDER), presence.get(_USER)) != ("None", author):
                work.touched(part)
                presence.set(_PROVIDER, "None")
                presence.set(_USER, author)
                work.gone("people", "account of a person", "accounts of people")


def _author(presence: Element) -> str:
    person = presence.getparent()
    return "" if person is None else person.get(_AUTHOR, "")


def tasks(work: Work) -> None:
    """Tasks and reactions name accounts."""
    if not work.wants("people"):
        return
    if work.drop(part for part in work.package.parts if "documenttasks" in work.package.content_type(part).casefold()
                 or "documenttasks/" in part.casefold()):
        work.gone("people", "tasks that were given to people")
    for part in sorted(work.linked("commentsExtensible")):
        taken = work.take(part, lambda root: [ext for ext in root.iter() if local(str(ext.tag)) == "ext"
                                              and any(local(str(child.tag)) == "reactions" for child in ext)])
        work.take(part, lambda root: [each for each in root.iter() if local(str(each.tag)) == "extLst" and not len(each)])
        if taken:
            work.gone("people", "reaction to a comment", "reactions to comments", len(taken))


def permissions(work: Work) -> None:
    """Who may edit what in a protected document is part of its protection, and stays."""
    count = sum(1 for part in story_parts(work.package) for element in work.package.xml(part).iter(w("permStart"))
                if element.get(w("ed")))
    if count:
        work.stays("people", "permission to edit that names an account", "permissions to edit that name an account", count)


STEPS: tuple[Callable[[Work], None], ...] = (accounts, tasks, permissions)
