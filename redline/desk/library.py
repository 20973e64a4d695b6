"""The vault's library of killers, read: all of them, the one that is meant by a name, and the matcher over them.

The one place where the vault's `Matcher` is asked for; `tuning` says how sharp it is. Killers lie on the vault's main line, a TOML
file each; what was read once is kept until that line moves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redline.errors import UsageError
from redline.text import safe_line
from redline.vault.store import MAIN

if TYPE_CHECKING:
    from redline.desk.desk import Desk
    from redline.killers import Matcher
    from redline.killers.library import Killer

SHORTEST = 3
"""Letters of an id or a title that are enough to mean one killer."""


def path_of(killer: Killer) -> str:
    """Where a killer lies in the vault."""
    return f"killers/{killer.id}.toml"


def killers(desk: Desk) -> tuple[Killer, ...]:
    """The vault's library of killers, oldest first."""
    from redline.killers.library import from_toml

    tip = desk.vault.tip(MAIN)
    if tip is None:
        return ()
    if tip not in desk.libraries:
        paths = [entry.path for entry in desk.vault.files(tip) if entry.path.startswith("killers/")]
        texts = desk.vault.read_many([(tip, path) for path in paths])
        found = [from_toml(text, path) for path, text in zip(paths, texts, strict=True) if text is not None]
        desk.libraries = {tip: tuple(sorted(found, key=lambda one: (one.date.isoformat() if one.date else "", one.id)))}
    return desk.libraries[tip]


def matcher(desk: Desk) -> Matcher:
    """The matcher over the vault's killers; made again only when what it depends on changed."""
    from redline.desk import tuning

    key = tuning.key(desk)
    if key not in desk.matchers:
        desk.matchers = {key: tuning.built(desk, killers(desk))}
    return desk.matchers[key]


def find(desk: Desk, name: str) -> Killer:
    """The one killer whose id or title begins with `name`; UsageError with the candidates otherwise."""
    library = killers(desk)
    key = name.strip().casefold()
    found = [each for each in library if each.id == key] or [
        each for each in library if len(key) >= SHORTEST and (each.id.startswith(key) or each.title.casefold().startswith(key))
    ]
    if len(found) != 1:
        listed = "; ".join(f"{each.id} {safe_line(each.title, 40)}" for each in (found or library)[:8])
        problem = "could be several killers" if found else "is no killer"
        raise UsageError(f"{safe_line(name)!r} {problem}", f"There are: {listed}." if listed else "The library is empty.")
    return found[0]
