"""How large a killer and a library may be. Held against whatever comes from outside: files, other vaults, the command line.

A library is read before every look at a contract, so one file that somebody sent must not make that slow for good.
"""

from __future__ import annotations

from collections.abc import Sequence

from redline.errors import UsageError
from redline.killers.library import Dismissal, Instance, Killer
from redline.text import safe_line

LARGEST_FILE = 4 * 1024 * 1024
"""Bytes of a file, or of all files of a folder together, to be taken in."""
LONGEST_TEXT = 40_000
"""Characters of a clause."""
LONGEST_NOTE = 4_000
"""Characters of a reason, an offer, a title, a place, all limits together."""
MOST_WORDINGS = 200
"""Instances and dismissals of one killer."""
MOST_KILLERS = 2_000


def require_bounded(killer: Killer, where: str) -> None:
    """UsageError that says what of a killer is too large; `where` names where it comes from."""
    wordings: list[Instance | Dismissal] = [*killer.instances, *killer.dismissed]
    if len(wordings) > MOST_WORDINGS:
        raise _large(where, f"killer {killer.id} has {len(wordings):,} wordings", f"{MOST_WORDINGS} are read at most")
    longest = max(len(one.text) for one in wordings)
    if longest > LONGEST_TEXT:
        raise _large(where, f"a clause of killer {killer.id} has {longest:,} characters", f"{LONGEST_TEXT:,} are read at most")
    notes = [killer.title, killer.deal, killer.deal_slug, killer.clause, killer.reason, killer.offer, killer.cause, "".join(killer.limits)]
    notes += [note for one in wordings for note in (one.deal, one.clause)] + [one.reason for one in killer.dismissed]
    if any(len(note) > LONGEST_NOTE for note in notes):
        raise _large(where, f"a note of killer {killer.id} has more than {LONGEST_NOTE:,} characters", "say it more shortly")


def require_few(killers: Sequence[Killer], where: str) -> None:
    """UsageError for a library of more killers than are looked for."""
    if len(killers) > MOST_KILLERS:
        raise _large(where, f"that makes {len(killers):,} killers", f"{MOST_KILLERS:,} are looked for at most")


def _large(where: str, what: str, most: str) -> UsageError:
    return UsageError(f"{safe_line(where)}: {what}", f"Nothing was changed: {most}.")
