"""What was agreed with others in the place of a killer: from the latest versions of the deals that were won.

Clauses are met again by their id, which stays with them through deals; where a client put in a clause of his own, by what they are
about. Only the newest deals are looked at, so that a look at one contract does not grow with the vault.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from redline.desk import documents
from redline.desk.library import find
from redline.desk.own import own_clauses
from redline.desk.passages import Passage, passages
from redline.views import Agreed, Flag, FlagKind

if TYPE_CHECKING:
    from redline.clauses.outline import Clause
    from redline.desk.desk import Desk
    from redline.desk.documents import Version
    from redline.killers import Matcher

MOST_DEALS = 12
_SHOWN = 3
_FLOOR = 0.15
_ABOUT = 0.4
"""Score from which on a clause that says the same, but too little of it for a flag, is taken to be about the same."""
_INSTEAD = ("milder figures", "softened", "reversed")

Told = tuple[tuple["Clause", Passage], ...]


def with_agreed(desk: Desk, flags: list[Flag], version: Version) -> list[Flag]:
    """The flags, each loud killer with what others agreed to instead."""
    from redline.killers import Matcher

    if not any(_asks(flag) for flag in flags):
        return flags
    others = _won(desk, version)
    own = own_clauses(desk, version) if others else frozenset[str]()
    matchers: dict[str, Matcher] = {}
    done: list[Flag] = []
    for flag in flags:
        if _asks(flag) and others and flag.evidence:
            name = flag.evidence.killer
            matchers.setdefault(name, Matcher([find(desk, name)]))
            flag = replace(flag, evidence=replace(flag.evidence, agreed=_agreed(flag, others, matchers[name], own)))
        done.append(flag)
    return done


def _asks(flag: Flag) -> bool:
    return flag.kind is FlagKind.KILLER and flag.loud and flag.evidence is not None


def _won(desk: Desk, version: Version) -> list[tuple[str, Version, Told]]:
    """The newest won deals but that of `version`: name, latest version, its clauses."""
    from redline.vault.deals import load_deals
    from redline.vault.files import Outcome

    slug = version.info.address.partition("@")[0]
    records = [record for record in load_deals(desk.vault) if record.outcome is Outcome.WON and record.turns and str(record.slug) != slug]
    records.sort(key=lambda record: record.turns[-1].date, reverse=True)
    latest = [(record.name, documents.stored(desk, record.turns[-1].oid)) for record in records[:MOST_DEALS]]
    return [(name, each, passages(each.contract.final().paragraphs, "new")) for name, each in latest]


def _agreed(flag: Flag, others: list[tuple[str, Version, Told]], matcher: Matcher, own: frozenset[str]) -> tuple[Agreed, ...]:
    from redline.insight.agreed import Settled, agreed

    found: list[Settled] = []
    for name, version, told in others:
        here = next((each for each in told if flag.clause is not None and each[0].id == flag.clause), None) or _about(told, matcher)
        if here and here[1].text.strip() and not any(match.flagged for match in matcher.match(here[1].text)):
            found.append(Settled(name, version.info, here[0].path, here[1].text.strip()))
    return agreed(found, own)[:_SHOWN]


def _about(told: Told, matcher: Matcher) -> tuple[Clause, Passage] | None:
    """The clause of a contract that is most about what the killer is about, and is not it."""
    best: tuple[float, tuple[Clause, Passage]] | None = None
    for each in told:
        for match in matcher.near(each[1].text, _FLOOR) if each[1].text.strip() else ():
            close = match.score >= _ABOUT or match.verdict in _INSTEAD
            if close and not match.flagged and (best is None or match.score > best[0]):
                best = match.score, each
    return best[1] if best else None
