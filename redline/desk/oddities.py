"""Warnings on what is easily overlooked: silent edits, changes in our name, numbers that moved, telling looks, oddities of the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from redline.model import Change, ChangeKind, Contract, Look, Redline
from redline.render.wording import in_words
from redline.text import safe_line
from redline.views import Comparison, Flag, FlagKind


def silent_flags(untracked: Sequence[Change], view: Comparison) -> Iterator[Flag]:
    """Changes of words that track changes does not admit to."""
    for change in untracked:
        yield Flag(FlagKind.UNTRACKED, True, change.clause, change.label, change.spans[0].paragraph,
                   f"{in_words(change, view)} with track changes off")


def name_flags(view: Comparison, ours: frozenset[str]) -> Iterator[Flag]:
    """Tracked changes that bear our name and were not in what we sent."""
    for change in view.changes:
        names = [by.author for by in change.attributions if by.tracked and by.author in ours]
        if names:
            yield Flag(FlagKind.NOTICE, True, change.clause, change.label, change.spans[0].paragraph,
                       f"{in_words(change, view)}, tracked in the name of {safe_line(names[0])}, but not in what we sent", "our-name")


def number_flags(redline: Redline) -> Iterator[Flag]:
    """Numbers that changed though no word and no clause did: somebody moved a level or restarted a list."""
    for index, paragraph in enumerate(redline.paragraphs):
        old, new = paragraph.old, paragraph.new
        if old and new and old.label != new.label:
            yield Flag(FlagKind.NOTICE, True, new.clause, new.label or old.label, index,
                       f"the number {old.label or '(none)'} became {new.label or '(none)'}, and nothing else changed", "renumbered")


_TELLING = {"hidden": ("was hidden", "is no longer hidden"), "strike": ("was struck through by its format", "is no longer struck through")}


def look_flags(view: Comparison) -> Iterator[Flag]:
    """Changes of format that change what a reader takes away: text hidden or struck, a link that leads elsewhere."""
    for change in view.changes:
        if change.kind is not ChangeKind.FORMAT:
            continue
        said: dict[str, None] = {}
        for span in change.spans:
            for segment in view.redline.paragraphs[span.paragraph].segments[span.first:span.last]:
                if segment.was is not None:
                    said.update(dict.fromkeys(_differs(segment.was, segment.look)))
        for what in said:
            yield Flag(FlagKind.NOTICE, True, change.clause, change.label, change.spans[0].paragraph,
                       f"“{safe_line(change.new_text, 60)}” {what}", "telling-format")


def _differs(was: Look, look: Look) -> Iterator[str]:
    for name, (now, before) in _TELLING.items():
        if (name in was) != (name in look):
            yield now if name in look else before
    old, new = (next((item[5:] for item in each if item.startswith("link:")), "") for each in (was, look))
    if old != new:
        yield f"leads to {safe_line(new, 80) or 'nowhere'}" + (f", no longer to {safe_line(old, 80)}" if old else "")


def notice_flags(contract: Contract) -> Iterator[Flag]:
    """What the reader found odd in the file."""
    for notice in contract.notices:
        where = f" ({notice.where})" if notice.where else ""
        yield Flag(FlagKind.NOTICE, True, None, "", -1, notice.message + where, notice.code)
