"""What a user does to a library of killers: change one, add an instance, call a wording harmless, join two, send some to
another vault.

Values in, values out: every function gives a new killer or library and leaves the old one as it was. Reading and writing
files is the vault's. Wordings are the same where their folded texts are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from typing import Any, TypeVar, get_args

import tomli_w

from redline.errors import UsageError, VaultError
from redline.killers.library import (
    Burdens,
    Dismissal,
    Instance,
    Killer,
    KillerId,
    Severity,
    from_table,
    language_of,
    read_table,
    to_table,
)
from redline.killers.match import Matcher
from redline.killers.numbers import figures
from redline.text import fold, safe_line

_W = TypeVar("_W", Instance, Dismissal)
LANGUAGES = ("en", "ru", "")
ALIKE = 0.62
"""From this score on, of the more unlike direction's better one, two killers are offered for merging."""
_FORMAT = "redline killers 1"
_MOST_OFFERED = 200
"""Killers of one import from which on it would take minutes to look for their like."""


def edit(
    killer: Killer,
    *,
    title: str | None = None,
    reason: str | None = None,
    severity: str | None = None,
    offer: str | None = None,
    burdens: str | None = None,
    cause: str | None = None,
    limits: Sequence[str] | None = None,
    language: str | None = None,
) -> Killer:
    """The killer with what is given changed; None leaves as it is, "" empties. `UsageError` for a severity, a burden, a
    limit or a language that is none. Its id stays. The language is that of all its instances.
    """
    if language is not None and language not in LANGUAGES:
        raise UsageError(f"{safe_line(language)!r} is no language that is known", f"Say one of: {', '.join(filter(None, LANGUAGES))}.")
    if severity is not None and severity not in get_args(Severity):
        raise UsageError(f"{safe_line(severity)!r} is no severity", f"Say one of: {', '.join(get_args(Severity))}.")
    if burdens is not None and burdens not in get_args(Burdens):
        raise UsageError(f"{safe_line(burdens)!r} is no side", f"Say one of: {', '.join(filter(None, get_args(Burdens)))}.")
    for limit in limits or ():
        if not any(figure.unit for figure in figures("; " + limit)):
            raise UsageError(f"{safe_line(limit)!r} is no limit", "Say a figure with its unit, for example “more than 45 days”.")
    given: dict[str, Any] = {"title": title, "reason": reason, "severity": severity, "offer": offer, "burdens": burdens, "cause": cause}
    changed = {name: value for name, value in given.items() if value is not None}
    changed |= {} if limits is None else {"limits": tuple(limit.strip() for limit in limits)}
    changed |= {} if language is None else {"instances": tuple(replace(one, language=language) for one in killer.instances)}
    return replace(killer, **changed)


def without(killer: Killer, *, instance: int | None = None, dismissal: int | None = None) -> Killer:
    """The killer without one of its instances, or one of its dismissals, counted from 1. `UsageError` where there is none of that
    number, and for its last instance: a killer has words.
    """
    if instance is not None and len(killer.instances) == 1:
        raise UsageError(f"these are the only words of killer {killer.id}", "`redline killers remove` takes out the killer itself.")
    return replace(killer, instances=_left(killer.instances, instance, "instance"),
                   dismissed=_left(killer.dismissed, dismissal, "dismissal"))


def _left(wordings: tuple[_W, ...], number: int | None, what: str) -> tuple[_W, ...]:
    if number is not None and not 1 <= number <= len(wordings):
        raise UsageError(f"there is no {what} {number}", f"It has {len(wordings)}; `redline killers show` lists them.")
    return tuple(one for place, one in enumerate(wordings, 1) if place != number)


def remove(library: Sequence[Killer], name: KillerId) -> tuple[Killer, ...]:
    """The library without one killer; `UsageError` if it holds none of that id."""
    left = tuple(killer for killer in library if killer.id != name)
    if len(left) == len(library):
        raise UsageError(f"{name} is no killer of this library", "See the list with: redline killers.")
    return left


def confirm(killer: Killer, text: str, *, deal: str = "", turn: int = 0, clause: str = "", date: Date | None = None) -> Killer:
    """The killer with one more instance: a flag on `text` was right. A text it has already changes nothing; one that had
    been dismissed no longer is.
    """
    _demand_text(text)
    same = fold(text)
    dismissed = tuple(one for one in killer.dismissed if fold(one.text) != same)
    known = any(fold(one.text) == same for one in killer.instances)
    more = () if known else (Instance(text, language_of(text), deal, turn, clause, date),)
    return replace(killer, instances=killer.instances + more, dismissed=dismissed)


def dismiss(
    killer: Killer, text: str, reason: str, *, deal: str = "", turn: int = 0, clause: str = "", date: Date | None = None
) -> Killer:
    """The killer with "this wording is fine" stored. `UsageError` without a reason, and for a wording that is an instance:
    what cost a deal is not fine, take the instance out first.
    """
    _demand_text(text)
    if not reason.strip():
        raise UsageError("a dismissal needs a reason", "Say why this wording is fine: it is what others will read.")
    same = fold(text)
    if any(fold(one.text) == same for one in killer.instances):
        raise UsageError("these are the very words that cost the deal", "Remove the killer instead, if the clause no longer matters.")
    kept = tuple(one for one in killer.dismissed if fold(one.text) != same)
    return replace(killer, dismissed=(*kept, Dismissal(text, reason.strip(), deal, turn, clause, date)))


def _demand_text(text: str) -> None:
    if not text.strip():
        raise UsageError("a wording needs words", "Give the text of the clause.")


def merge(first: Killer, second: Killer) -> Killer:
    """One killer with the instances and dismissals of both. What is said of it is the first's, or the second's where the
    first says nothing; the severity is the graver one.
    """
    seen = {fold(one.text) for one in first.instances}
    instances = first.instances + tuple(one for one in second.instances if fold(one.text) not in seen)
    seen = {fold(one.text) for one in instances} | {fold(one.text) for one in first.dismissed}
    dismissed = first.dismissed + tuple(one for one in second.dismissed if fold(one.text) not in seen)
    order: tuple[Severity, ...] = get_args(Severity)
    return replace(
        first,
        instances=instances,
        dismissed=dismissed,
        reason=first.reason or second.reason,
        offer=first.offer or second.offer,
        burdens=first.burdens or second.burdens,
        cause=first.cause or second.cause,
        limits=first.limits or second.limits,
        severity=min(first.severity, second.severity, key=order.index),
    )


@dataclass(frozen=True, slots=True)
class Alike:
    """Two killers that seem to have one cause; `score` 0–1 as of a match, `why` one sentence."""

    first: Killer
    second: Killer
    score: float
    why: str


def alike(library: Sequence[Killer], only: Collection[KillerId] | None = None) -> tuple[Alike, ...]:
    """Pairs offered for merging, surest first: each is found by the other, in the same sense. With `only`, those pairs in
    which one of these is.
    """
    order = {killer.id: index for index, killer in enumerate(library)}
    everything = Matcher(library)
    candidates = {
        frozenset((killer.id, match.killer.id))
        for killer in library
        if only is None or killer.id in only
        for instance in killer.instances
        for match in everything.near(instance.text, ALIKE / 2)
        if match.killer.id != killer.id
    }
    found = []
    for pair in candidates:
        one, two = sorted(pair, key=order.__getitem__)
        first, second = library[order[one]], library[order[two]]
        both = (_likeness(Matcher([first]), second), _likeness(Matcher([second]), first))
        (score, why), (least, _) = max(both), min(both)
        if score >= ALIKE and least >= ALIKE / 2:
            found.append(Alike(first, second, score, why))
    return tuple(sorted(found, key=lambda pair: (-pair.score, order[pair.first.id], order[pair.second.id])))


def _likeness(matcher: Matcher, other: Killer) -> tuple[float, str]:
    """How surely the one killer of a matcher comes back in another's instances, in any figures."""
    found = [match for instance in other.instances for match in matcher.near(instance.text)]
    good = [(match.score, match.why) for match in found if match.verdict not in ("reversed", "other party")]
    return max(good, default=(0.0, ""))


def to_bundle(library: Sequence[Killer]) -> bytes:
    """Killers as one TOML file, to be read by `from_bundle` in another vault. What is invisible is escaped: the file is looked at."""
    text = tomli_w.dumps({"format": _FORMAT, "killers": [to_table(killer) for killer in library]})
    odd = {ord(char): f"\\U{ord(char):08x}" for char in set(text) if char != "\n" and not char.isprintable()}
    return text.translate(odd).encode()


def from_bundle(data: bytes, name: str) -> tuple[Killer, ...]:
    """The killers in a bundle called `name` (only for messages). A bad one raises `VaultError` that names the key."""
    table = read_table(data, name)
    rows = table.get("killers")
    if table.get("format") != _FORMAT or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise VaultError(f"{name} is no bundle of killers", "Make one with: redline killers export.")
    return tuple(from_table(row, name, f"killers[{index}].") for index, row in enumerate(rows))


@dataclass(frozen=True, slots=True)
class Import:
    """What an import comes to. `added` are the killers to write, ids made unlike ours where they clashed; `renamed` (id in
    the bundle, id here); `known` were there already, word for word; `alike` pairs of ours and theirs to offer for merging.
    """

    added: tuple[Killer, ...]
    renamed: tuple[tuple[KillerId, KillerId], ...]
    known: tuple[Killer, ...]
    alike: tuple[Alike, ...]


def bring_in(library: Sequence[Killer], incoming: Sequence[Killer]) -> Import:
    """Plan to take killers into a library; nothing that is there changes. For very many at once no merging is offered: ask
    `alike` about the library.
    """
    taken = {killer.id: killer for killer in library}
    added: list[Killer] = []
    known: list[Killer] = []
    renamed: list[tuple[KillerId, KillerId]] = []
    for killer in incoming:
        copies = [killer, *(replace(killer, id=name) for name in _names(killer, taken))]
        here = next((copy for copy in copies if taken.get(copy.id) == copy), None)
        if here is not None:
            known.append(here)
            continue
        new = copies[-1]
        if new.id != killer.id:
            renamed.append((killer.id, new.id))
        taken[new.id] = new
        added.append(new)
    ids = {killer.id for killer in added}
    pairs = alike(tuple(taken.values()), ids) if 0 < len(added) <= _MOST_OFFERED else ()
    return Import(tuple(added), tuple(renamed), tuple(known), pairs)


def _names(killer: Killer, taken: dict[KillerId, Killer]) -> Iterator[KillerId]:
    """The ids it would have had where its own is taken, up to one that is free."""
    name, turn = killer.id, 0
    while name in taken:
        turn += 1
        name = KillerId("k" + hashlib.sha256(f"{killer.id}\0{fold(killer.text)}\0{turn}".encode()).hexdigest()[:8])
        yield name
