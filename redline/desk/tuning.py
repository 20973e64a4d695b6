"""How readily a killer is seen: the vault's setting, what was asked for this once, and what it means in false alarms."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from redline.errors import UsageError
from redline.text import safe_line
from redline.vault.store import MAIN, RefUpdate
from redline.views import Done

if TYPE_CHECKING:
    from redline.desk.desk import Desk
    from redline.killers import Killer, Matcher
    from redline.killers.sensitivity import Sensitivity

NORMAL: Sensitivity = "normal"


def level_of(words: str) -> Sensitivity:
    """A level by its name. UsageError for anything else."""
    from redline.killers.sensitivity import LEVELS

    found = next((name for name in LEVELS if name == words.strip().casefold()), None)
    if found is None:
        raise UsageError(f"{safe_line(words)!r} is no sensitivity", f"Say one of: {', '.join(LEVELS)}.")
    return found


def level(desk: Desk) -> Sensitivity:
    """What was asked for this once, else the vault's setting, else normal."""
    return level_of(desk.sensitivity or desk.vault.party().sensitivity or NORMAL)


def expected(level: Sensitivity) -> str:
    """What a level means in false alarms, in a sentence."""
    from redline.killers import sensitivity

    return sensitivity.expected(level)


def built(desk: Desk, killers: tuple[Killer, ...]) -> Matcher:
    """The matcher over killers at the level that is wanted."""
    from redline.killers import Matcher

    return Matcher(killers, level(desk))


def key(desk: Desk) -> str:
    """What a matcher depends on: the library and the level."""
    return f"{desk.vault.tip(MAIN) or ''} {level(desk)}"


def setting(desk: Desk, words: str | None) -> Done:
    """The vault's sensitivity told, or with `words` set for everything that flags from now on."""
    if words is None:
        now = level(desk)
        return Done(f"the sensitivity of this vault is {now}", (expected(now),))
    wanted = level_of(words)
    file = desk.vault.party()
    changed = replace(file, sensitivity="" if wanted == NORMAL else wanted)
    if changed == file:
        return Done(f"the sensitivity of this vault is {wanted} already; nothing was changed")
    update = RefUpdate(MAIN, desk.vault.tip(MAIN), {"redline.toml": changed.to_bytes()}, f"Sensitivity {wanted}", desk.signature())
    desk.write(lambda: [update], "sensitivity", attempts=1)
    return Done(f"the sensitivity of this vault is {wanted}", (expected(wanted),), ("redline undo",))
