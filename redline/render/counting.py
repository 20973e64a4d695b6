"""The figures of a comparison, and whose changes they are: what the head of every rendering says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from redline.model import Attribution, ChangeKind
from redline.views import Comparison, FlagKind

QUIET = frozenset({"killers", "flags"})
"""Those of these words that ask for killers that are no news too."""
ONLY = ("changes", "killers", "flags", "untracked", "comments", "moves", "format")
"""The words a comparison can be narrowed to; anything else is taken for an author's name."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures of a comparison. `changes` is what changed words; `formats`, `layout` and `renumbered` come on top of it."""

    changes: int
    tracked: tuple[tuple[str, int], ...]
    untracked: int
    comments: int
    killers: int
    flags: int
    quiet_flags: int
    quiet_killers: int
    formats: int
    layout: int
    renumbered: int


def counts(view: Comparison) -> Counts:
    """What the head of every rendering says."""
    worded = [change for change in view.changes if change.kind is not ChangeKind.FORMAT]
    authors: dict[str, int] = {}
    for change in worded:
        if change.tracked:
            name = change.attributions[0].author
            authors[name] = authors.get(name, 0) + 1
    flags = [flag for flag in view.flags if flag.kind is not FlagKind.UNTRACKED]
    return Counts(
        changes=len(worded),
        tracked=tuple(sorted(authors.items(), key=lambda item: (-item[1], item[0]))),
        untracked=len(view.untracked),
        comments=len(view.comments),
        killers=sum(flag.kind is FlagKind.KILLER for flag in flags),
        flags=sum(flag.loud for flag in flags),
        quiet_flags=sum(not flag.loud for flag in flags),
        quiet_killers=sum(flag.kind is FlagKind.KILLER and not flag.loud for flag in flags),
        formats=len(view.changes) - len(worded),
        layout=len(view.layout),
        renumbered=view.renumbered,
    )


def silent(people: Sequence[Attribution]) -> bool:
    """Whether somebody did it and Word's track changes do not admit to it (as `Comparison.untracked` counts)."""
    return bool(people) and not all(one.tracked for one in people)


def people(only: frozenset[str]) -> list[str]:
    """The names of authors among the words a comparison is narrowed to."""
    return sorted(name for name in only if name not in ONLY)


def by(attributions: Sequence[Attribution], name: str) -> bool:
    """Whether somebody of that name had a hand in it."""
    return any(same(attribution.author, name) for attribution in attributions)


def same(author: str, name: str) -> bool:
    """Whether two names are one person's, whatever their capitals."""
    return author.casefold().strip() == name.casefold().strip()
