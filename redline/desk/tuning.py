"""How readily a killer is seen: the vault's setting, what was asked for this once, and what it means in false alarms.

The words that are clean for us, the clauses of our own bases, are told to the matcher, which measures itself on them.
"""

from __future__ import annotations

import inspect
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from redline.errors import UsageError
from redline.text import safe_line
from redline.vault.store import MAIN, RefUpdate
from redline.views import Done

if TYPE_CHECKING:
    from redline.desk.desk import Desk
    from redline.killers import Killer, Matcher

NORMAL = "normal"
LEVELS = ("low", NORMAL, "high")
Level = str | float


def level_of(words: str) -> Level:
    """A level by its name, or as a number from 0 to 1. UsageError for anything else."""
    name = words.strip().casefold()
    if name in LEVELS:
        return name
    try:
        number = float(name)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise UsageError(f"{safe_line(words)!r} is no sensitivity", f"Say one of: {', '.join(LEVELS)}, or a number from 0 to 1.")
    return number


def level(desk: Desk) -> Level:
    """What was asked for this once, else the vault's setting, else normal."""
    return level_of(desk.sensitivity or desk.vault.party().sensitivity or NORMAL)


def expected(level: Level) -> str:
    """What a level means in false alarms, in a sentence; "" where nobody measured it."""
    if find_spec("redline.killers.sensitivity") is None:
        return ""
    return str(import_module("redline.killers.sensitivity").expected(level))


def built(desk: Desk, killers: tuple[Killer, ...]) -> Matcher:
    """The matcher over killers at the level that is wanted, measured on our own clauses."""
    from redline.killers import Matcher

    wanted = level(desk)
    options: dict[str, Any] = {} if wanted == NORMAL else {"sensitivity": _able(wanted)}
    if _takes("background"):
        options["background"] = _background(desk)
    return Matcher(killers, **options)


def _takes(option: str) -> bool:
    """Whether the matcher can be told this."""
    from redline.killers import Matcher

    return option in inspect.signature(Matcher).parameters


def _able(wanted: Level) -> Level:
    """The level; UsageError where the matcher knows only the normal one."""
    if wanted != NORMAL and not _takes("sensitivity"):
        raise UsageError("killers are looked for with one sensitivity only", "Leave --sensitivity away, or set it to normal.")
    return wanted


def _background(desk: Desk) -> tuple[str, ...]:
    """The clauses of our bases' newest versions."""
    from redline.desk.own import base_versions, clauses_of

    return tuple(text for version in base_versions(desk) for text in clauses_of(version))


def key(desk: Desk) -> str:
    """What a matcher depends on: the library, the level, our bases."""
    from redline.vault.store import BASES

    bases = ",".join(f"{name}={oid}" for name, oid in sorted(desk.vault.refs(BASES).items()))
    return f"{desk.vault.tip(MAIN) or ''} {level(desk)} {bases}"


def setting(desk: Desk, words: str | None) -> Done:
    """The vault's sensitivity told, or with `words` set for everything that flags from now on."""
    if words is None:
        now = level(desk)
        return Done(f"the sensitivity of this vault is {now}", tuple(filter(None, (expected(now),))))
    wanted = _able(level_of(words))
    file = desk.vault.party()
    changed = replace(file, sensitivity="" if wanted == NORMAL else str(wanted))
    if changed == file:
        return Done(f"the sensitivity of this vault is {wanted} already; nothing was changed")
    update = RefUpdate(MAIN, desk.vault.tip(MAIN), {"redline.toml": changed.to_bytes()}, f"Sensitivity {wanted}", desk.signature())
    desk.write(lambda: [update], "sensitivity", attempts=1)
    return Done(f"the sensitivity of this vault is {wanted}", tuple(filter(None, (expected(wanted),))), ("redline undo",))
