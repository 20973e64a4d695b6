"""What we learn of killers, written into the library: added, edited, confirmed, dismissed, merged, removed.

Each act is one commit on the vault's main line, which `undo` takes back; what is removed stays in the history. The words come from a
clause of any version, or as text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from redline.desk import documents
from redline.desk.library import find, killers, path_of
from redline.desk.passages import passages, whole_clause
from redline.errors import UsageError
from redline.text import counted, safe_line
from redline.vault.store import MAIN, RefUpdate
from redline.views import Done

if TYPE_CHECKING:
    from redline.clauses.outline import Clause
    from redline.desk.desk import Desk
    from redline.desk.documents import Version
    from redline.killers.care import Alike
    from redline.killers.library import Killer

LONGEST_TITLE = 60
_FEWEST = 3
"""Words that are enough for a clause."""
_OFFERED = 3


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


@dataclass(frozen=True, slots=True)
class Found:
    """Words and where they stood; `slug` and `deal` only for a turn of a deal."""

    text: str
    title: str = ""
    deal: str = ""
    slug: str = ""
    turn: int = 0
    clause: str = ""


def add(desk: Desk, words: Words, why: str, facts: Facts | None = None, *, when: datetime | None = None) -> Done:
    """A killer from the words of a clause. Killers that seem to have the same cause are offered for merging."""
    from redline.killers.care import alike

    killer = _made(desk, _found(desk, words), why, facts or Facts(), when)
    library = killers(desk)
    if any(known.id == killer.id for known in library):
        raise UsageError(f"this clause is killer {killer.id} already", "Nothing was changed.")
    require_room((*library, killer))
    write(desk, [killer], (), f"Killer {killer.id}: {safe_line(killer.title, 60)}", "killer-add", when)
    offers = alike((*library, killer), {killer.id})
    return Done(f"killer {killer.id} is in the library: {safe_line(killer.title, 60)}", tuple(map(alike_words, offers[:_OFFERED])),
                (*(merging(pair) for pair in offers[:_OFFERED]), "redline killers test FILE.docx"))


def edit(desk: Desk, name: str, *, title: str | None = None, why: str | None = None, severity: str | None = None,
         offer: str | None = None, burdens: str | None = None, cause: str | None = None, limits: Sequence[str] | None = None,
         language: str | None = None, drop_instance: int | None = None, drop_dismissal: int | None = None) -> Done:
    """Change what is said of a killer; None leaves as it is, "" empties."""
    from redline.killers import care

    if why is not None and not why.strip():
        raise UsageError("a killer needs a reason", "Say it with --why '…': it is what you will read when the clause comes back.")
    killer = find(desk, name)
    changed = care.without(killer, instance=drop_instance, dismissal=drop_dismissal)
    changed = care.edit(changed, title=title, reason=why, severity=severity, offer=offer, burdens=burdens, cause=cause, limits=limits,
                        language=language)
    if changed == killer:
        return Done(f"killer {killer.id} says this already; nothing was changed")
    write(desk, [changed], (), f"Edit killer {killer.id}: {safe_line(changed.title, 60)}", "killer-edit")
    return Done(f"killer {killer.id} is changed: {safe_line(changed.title, 60)}", next_steps=(f"redline killers show {killer.id}",))


def remove(desk: Desk, name: str) -> Done:
    """Take a killer out of the library; it stays in the vault's history."""
    killer = find(desk, name)
    write(desk, (), [killer], f"Remove killer {killer.id}", "killer-remove")
    return Done(f"killer {killer.id} is no longer looked for: {safe_line(killer.title, 60)}", next_steps=("redline undo",))


def confirm(desk: Desk, name: str, words: Words, *, when: datetime | None = None) -> Done:
    """A flag was right: the words become one more instance of the killer, and sharpen what it is recognised by."""
    from redline.killers import care

    killer, found = find(desk, name), _found(desk, words)
    date = (when or desk.clock()).date()
    changed = care.confirm(killer, found.text, deal=found.deal, turn=found.turn, clause=found.clause, date=date)
    if changed == killer:
        return Done(f"killer {killer.id} knows these words already; nothing was changed")
    write(desk, [changed], (), f"Confirm killer {killer.id}{_at(found)}", "killer-confirm", when)
    back = ("a dismissal of this wording is taken back",) if len(changed.dismissed) < len(killer.dismissed) else ()
    return Done(f"killer {killer.id} has {counted(len(changed.instances), 'instance')} now: {safe_line(killer.title, 60)}", back,
                (f"redline killers show {killer.id}", "redline undo"))


def dismiss(desk: Desk, name: str, words: Words, why: str, *, when: datetime | None = None) -> Done:
    """A flag was a false alarm: these words are fine. They, and near-copies of them, are no longer flagged for this killer.

    UsageError for a near-copy of the killer's own words, which no dismissal silences.
    """
    from redline.killers import care
    from redline.killers.dismissals import own_words

    killer, found = find(desk, name), _found(desk, words)
    date = (when or desk.clock()).date()
    changed = care.dismiss(killer, found.text, why, deal=found.deal, turn=found.turn, clause=found.clause, date=date)
    if own_words(killer, found.text):
        raise UsageError(f"these are nearly the words of killer {killer.id}; they are flagged whatever is dismissed",
                         f"If the clause no longer matters: `redline killers remove {killer.id}`, or `killers edit … --severity watch`.")
    write(desk, [changed], (), f"Dismiss a wording of killer {killer.id}{_at(found)}", "killer-dismiss", when)
    return Done(f"this wording is fine for killer {killer.id}: {safe_line(killer.title, 60)}",
                ("it and near-copies of it are no longer flagged; the killer's own words always are",),
                (f"redline killers show {killer.id}", "redline undo"))


def merge(desk: Desk, first: str, second: str) -> Done:
    """Two killers of one cause become one, under the id of the first; the second stays in the history."""
    from redline.killers import care

    one, other = find(desk, first), find(desk, second)
    if one.id == other.id:
        raise UsageError(f"{safe_line(first)!r} and {safe_line(second)!r} are the same killer", "Name two killers.")
    joined = care.merge(one, other)
    write(desk, [joined], [other], f"Merge killer {other.id} into {one.id}: {safe_line(one.title, 60)}", "killer-merge")
    return Done(f"killer {one.id} has {counted(len(joined.instances), 'instance')} now: {safe_line(one.title, 60)}",
                (f"killer {other.id} is part of it: {safe_line(other.title, 60)}",), (f"redline killers show {one.id}", "redline undo"))


def offers(desk: Desk) -> Done:
    """The killers that seem to have one cause, and how to merge them."""
    from redline.killers.care import alike

    found = alike(killers(desk))
    if not found:
        return Done("no two killers seem to have the same cause")
    return Done(f"{counted(len(found), 'pair')} of killers could have one cause", tuple(map(alike_words, found)),
                tuple(map(merging, found)))


def killer_from(desk: Desk, version: Version, query: str, why: str, facts: Facts, when: datetime | None) -> Killer:
    """A killer made of one clause of a version, with its sub-clauses. UsageError when the version has no such clause."""
    return _made(desk, _clause(version, query), why, facts, when)


def library_update(desk: Desk, files: dict[str, bytes | None], subject: str, when: datetime | None = None) -> RefUpdate:
    """A commit on the vault's own knowledge."""
    return RefUpdate(MAIN, desk.vault.tip(MAIN), files, subject, desk.signature(when))


def write(desk: Desk, kept: Sequence[Killer], gone: Sequence[Killer], subject: str, act: str, when: datetime | None = None) -> None:
    """Keep some killers and take out others, as one act. UsageError for one that is too large."""
    from redline.killers.bounds import require_bounded
    from redline.killers.library import to_toml

    for killer in kept:
        require_bounded(killer, "this cannot be kept")
    files: dict[str, bytes | None] = {path_of(killer): None for killer in gone}
    files |= {path_of(killer): to_toml(killer) for killer in kept}
    desk.write(lambda: [library_update(desk, files, subject, when)], act)


def require_room(library: Sequence[Killer]) -> None:
    """UsageError when the library would hold more killers than are looked for."""
    from redline.killers.bounds import require_few

    require_few(library, "the library")


def _made(desk: Desk, found: Found, why: str, facts: Facts, when: datetime | None) -> Killer:
    from redline.killers.care import edit as edited
    from redline.killers.library import new_killer

    if not why.strip():
        raise UsageError("a killer needs a reason", "Say it with --why '…': it is what you will read when the clause comes back.")
    killer = new_killer(found.text, title=facts.title or found.title, deal=found.deal, deal_slug=found.slug, turn=found.turn,
                        clause=found.clause, date=(when or desk.clock()).date(), reason=why.strip())
    killer = edited(killer, severity=facts.severity, offer=facts.offer.strip(), burdens=facts.burdens, cause=facts.cause.strip(),
                    limits=facts.limits, language=facts.language or None)
    return replace(killer, title=safe_line(killer.title))


def _found(desk: Desk, words: Words) -> Found:
    if words.clause is not None:
        return _clause(documents.load(desk, words.version), words.clause)
    text = words.text.strip()
    if len(text.split()) < _FEWEST:
        raise UsageError(f"{safe_line(text)!r} is too short for a clause", "Give its words, or a version with --clause 7.2.")
    return Found(text)


def _clause(version: Version, query: str) -> Found:
    from redline.clauses.naming import find as find_clause

    told = passages(version.contract.final().paragraphs, "new")
    clauses = [clause for clause, _ in told]
    clause = find_clause(clauses, query)
    text, info = whole_clause(told, clause), version.info
    if not text:
        raise UsageError(f"clause {safe_line(query)} of {info.title} has no text", "Name a clause that has words of its own.")
    slug = info.address.split("@")[0] if info.deal else ""
    return Found(text, _title(clauses, clause), info.deal, slug, info.turn if info.deal else 0, clause.path)


def _title(clauses: Sequence[Clause], clause: Clause) -> str:
    """A short name: its heading or the nearest one above it, and its number. "" where there is neither."""
    here: Clause | None = clause
    while here is not None and not 0 < len(here.heading) <= LONGEST_TITLE:
        here = clauses[here.parent] if here.parent is not None else None
    return f"{here.heading if here else ''} {clause.path}".strip()


def _at(found: Found) -> str:
    return f" in {found.slug}@{found.turn} {found.clause}".rstrip() if found.slug else ""


def alike_words(pair: Alike) -> str:
    """An offer to merge, in a sentence."""
    names = " and ".join(f"{one.id} ({safe_line(one.title, 40)})" for one in (pair.first, pair.second))
    return f"killers {names} seem to have one cause: {round(100 * pair.score)} % alike"


def merging(pair: Alike) -> str:
    """The command that merges the two."""
    return f"redline killers merge {pair.first.id} {pair.second.id}"
