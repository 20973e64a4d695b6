"""The library of killers: add from a clause of a version or from words; remove. Kept on the vault's main line."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from redline.desk import documents
from redline.desk.flags import killers
from redline.desk.outcomes import killer_from, known_severity, library_update
from redline.errors import UsageError
from redline.text import safe_line
from redline.views import Done

if TYPE_CHECKING:
    from redline.desk.desk import Desk
    from redline.killers.library import Killer


SHORTEST = 3
"""Letters of an id or a title that are enough to mean one killer."""


def add(desk: Desk, source: str, clause: str | None, why: str, *, severity: str = "negotiate", offer: str = "",
        when: datetime | None = None) -> Done:
    """A killer from a clause of a version (`source` an address), or, without `clause`, from `source` as its text."""
    from redline.killers.library import new_killer, to_toml

    if clause is not None:
        killer = killer_from(desk, documents.load(desk, source), clause, why, severity, offer, when)
    elif not why.strip():
        raise UsageError("a killer needs a reason", "Say it with --why '…'.")
    elif len(source.split()) < 3:
        raise UsageError(f"{safe_line(source)!r} is too short for a clause", "Give its words, or an address with --clause 7.2.")
    else:
        date = (when or desk.clock()).date()
        killer = new_killer(text=source.strip(), date=date, reason=why.strip(), severity=known_severity(severity), offer=offer)
    if any(known.id == killer.id for known in killers(desk)):
        raise UsageError(f"this clause is killer {killer.id} already", "Nothing was changed.")
    files: dict[str, bytes | None] = {f"killers/{killer.id}.toml": to_toml(killer)}
    desk.write(lambda: [library_update(desk, files, f"Killer {killer.id}: {safe_line(killer.title, 60)}", when)], "killer-add")
    return Done(f"killer {killer.id} is in the library: {safe_line(killer.title, 60)}", next_steps=("redline killers test FILE.docx",))


def remove(desk: Desk, name: str) -> Done:
    """Take a killer out of the library; it stays in the vault's history."""
    killer = find(desk, name)
    files: dict[str, bytes | None] = {f"killers/{killer.id}.toml": None}
    desk.write(lambda: [library_update(desk, files, f"Remove killer {killer.id}")], "killer-remove")
    return Done(f"killer {killer.id} is no longer looked for: {safe_line(killer.title, 60)}", next_steps=("redline undo",))


def find(desk: Desk, name: str) -> Killer:
    """The one killer whose id or title begins with `name`; UsageError with the candidates otherwise."""
    library = killers(desk)
    key = name.casefold()
    found = [each for each in library if each.id == key] or [
        each for each in library if len(key) >= SHORTEST and (each.id.startswith(key) or each.title.casefold().startswith(key))
    ]
    if len(found) != 1:
        listed = "; ".join(f"{each.id} {safe_line(each.title, 40)}" for each in (found or library)[:8])
        problem = "could be several killers" if found else "is no killer"
        raise UsageError(f"{safe_line(name)!r} {problem}", f"There are: {listed}." if listed else "The library is empty.")
    return found[0]
