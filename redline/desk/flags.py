"""Warnings on a comparison: killers that came back, words that went silently, what is odd in the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from redline.model import Change
from redline.views import Comparison, Flag

if TYPE_CHECKING:
    from redline.desk.desk import Desk
    from redline.desk.documents import Version


def flags(desk: Desk | None, bare: Comparison, old: Version, new: Version) -> tuple[Flag, ...]:
    """Every flag of a comparison that has none yet, in the order of the document, those without a place last."""
    from redline.desk.languages import language_flags
    from redline.desk.oddities import look_flags, name_flags, notice_flags, number_flags, silent_flags
    from redline.desk.references import reference_flags

    changes: Sequence[Change] = bare.changes
    redline = bare.redline
    found = [*silent_flags(bare.untracked, bare), *look_flags(bare), *notice_flags(new.contract), *reference_flags(redline, changes),
             *language_flags(redline)]
    found += [] if changes else number_flags(redline)
    if desk is not None:
        found += _killers(desk, bare, old, new)
        found += name_flags(bare, desk.our_names) if new.info.direction == "received" and old != new else ()
    return tuple(sorted(found, key=lambda flag: (flag.paragraph < 0, flag.paragraph, flag.kind)))


def _killers(desk: Desk, bare: Comparison, old: Version, new: Version) -> list[Flag]:
    from redline.desk.agreed import with_agreed
    from redline.desk.killerflags import killer_flags
    from redline.desk.library import killers, matcher
    from redline.desk.own import own_clauses

    if not killers(desk):
        return []
    desk.tell("Looking for clauses that cost deals …")
    where = new if new.oid else old
    found = killer_flags(matcher(desk), bare.redline, lambda: own_clauses(desk, where), alone=bare.old == bare.new)
    return with_agreed(desk, list(found), new)
