"""What we learn of killers, written into the library: added from a clause, edited, removed. Each act is one that `undo` takes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from redline.desk import library
from redline.desk.flags import killers
from redline.desk.library import find
from redline.desk.outcomes import library_update
from redline.errors import UsageError
from redline.text import safe_line
from redline.views import Done

if TYPE_CHECKING:
    from redline.desk.desk import Desk

_W = TypeVar("_W")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of a killer beside its words and the reason; "" and none for what is not known."""

    severity: str = "negotiate"
    offer: str = ""
    burdens: str = ""
    cause: str = ""
    title: str = ""
    limits: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Where the words of a clause come from: a clause of a version, or with no `clause` the `text` itself."""

    version: str = ""
    clause: str | None = None
    text: str = ""


def add(desk: Desk, words: Words, why: str, facts: Facts | None = None) -> Done:
    """A killer from the words of a clause, with what is said of it."""
    said = facts or Facts()
    known = {killer.id for killer in killers(desk)}
    done = library.add(desk, words.version or words.text, words.clause, why, severity=said.severity, offer=said.offer)
    fresh = [killer.id for killer in killers(desk) if killer.id not in known]
    if fresh and (said.title or said.burdens or said.cause or said.limits):
        edit(desk, fresh[0], title=said.title or None, burdens=said.burdens, cause=said.cause, limits=said.limits)
    return done


def edit(desk: Desk, name: str, *, title: str | None = None, why: str | None = None, severity: str | None = None,
         offer: str | None = None, burdens: str | None = None, cause: str | None = None, limits: Sequence[str] | None = None,
         drop_instance: int | None = None, drop_dismissal: int | None = None) -> Done:
    """Change what is said of a killer; None leaves as it is, "" empties. Instances and dismissals are counted from 1."""
    from redline.killers import care
    from redline.killers.library import to_toml

    if why is not None and not why.strip():
        raise UsageError("a killer needs a reason", "It is what you will read when the clause comes back.")
    killer = find(desk, name)
    changed = care.edit(killer, title=title, reason=why, severity=severity, offer=offer, burdens=burdens, cause=cause, limits=limits)
    if drop_instance is not None and len(changed.instances) == 1:
        raise UsageError(f"these are the only words of killer {killer.id}", "`redline killers remove` takes out the killer itself.")
    changed = replace(changed, instances=_without(changed.instances, drop_instance), dismissed=_without(changed.dismissed, drop_dismissal))
    if changed == killer:
        return Done(f"killer {killer.id} says this already; nothing was changed")
    files: dict[str, bytes | None] = {f"killers/{killer.id}.toml": to_toml(changed)}
    desk.write(lambda: [library_update(desk, files, f"Edit killer {killer.id}: {safe_line(changed.title, 60)}")], "killer-edit")
    return Done(f"killer {killer.id} is changed: {safe_line(changed.title, 60)}", next_steps=("redline killers",))


def remove(desk: Desk, name: str) -> Done:
    """Take a killer out of the library; it stays in the vault's history."""
    return library.remove(desk, name)


def _without(wordings: tuple[_W, ...], number: int | None) -> tuple[_W, ...]:
    return tuple(one for place, one in enumerate(wordings, 1) if place != number)
