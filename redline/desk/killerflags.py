"""Killers on a comparison: which came in, which stood there, which are gone.

A killer is *loud* where this comparison brought it in or made it worse, quiet where the words stood there before, no worse, where
they are our own base's, and where only the kind of clause is the killer's; a relief where it was just struck out or softened. Of a
version by itself everything is loud that is not our own. A wording that was dismissed is quiet and says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from redline.desk.passages import Passage, below, joined, passages
from redline.model import Paragraph, Redline, Side
from redline.text import fold
from redline.views import Evidence, Flag, FlagKind

if TYPE_CHECKING:
    from redline.clauses.outline import Clause
    from redline.killers import Match, Matcher
    from redline.killers.library import Killer

_CLEARLY = 0.05
"""How much surer a match must have become for the clause to count as made worse."""
_LARGEST_FAMILY = 6_000
"""Characters of a clause with its sub-clauses that are still looked at as one."""
_SHARE = 0.2


class Found(NamedTuple):
    """A killer in a clause of one side."""

    clause: Clause
    passage: Passage
    match: Match
    touched: bool


def killer_flags(found: Matcher, redline: Redline, own: Callable[[], frozenset[str]], *, alone: bool) -> Iterator[Flag]:
    """Every killer of a redline. `own` gives the folded clauses of our base, asked only where it matters; `alone` says that a version
    is shown by itself.
    """
    from redline.killers.dismissals import silenced

    before = _Before([each for each in matches(found, redline.paragraphs, "old") if each.touched and each.match.route == "text"])
    back: set[str] = set()
    for each in matches(found, redline.paragraphs, "new"):
        killer = each.match.killer
        back.add(killer.id)
        fine = silenced(killer, each.passage.text)
        old = before.take(each)
        loud = fine is None and each.match.route == "text" and (old is None or _worse(each.match, old.match)) and (each.touched or alone)
        ours = (not loud or alone) and _ours(each, old, own())
        yield _flag(each, loud and not (alone and ours), ours, fine.reason if fine else "")
    for each in before.left:
        if each.match.killer.id not in back and silenced(each.match.killer, each.passage.text) is None:
            back.add(each.match.killer.id)
            yield _relief(each)


def matches(found: Matcher, paragraphs: Sequence[Paragraph], side: Side) -> Iterator[Found]:
    """The killers of one side, clause by clause, then those that only a clause with its sub-clauses is. Of the old side only what was
    touched is looked at. Where a killer's own words stand, clauses that are only of its kind say nothing more.
    """
    found_here = list(_everywhere(found, paragraphs, side))
    words = {each.match.killer.id for each in found_here if each.match.route == "text"}
    yield from (each for each in found_here if each.match.route == "text" or each.match.killer.id not in words)


def _everywhere(found: Matcher, paragraphs: Sequence[Paragraph], side: Side) -> Iterator[Found]:
    told = passages(paragraphs, side)
    touched = [any(paragraphs[index].changed for _, index in passage.places) for _, passage in told]
    looked: dict[int, tuple[Match, ...]] = {}
    for group in (True, False) if side == "new" else (True,):
        members = [number for number, (_, passage) in enumerate(told) if passage.places and touched[number] is group]
        looked.update(zip(members, found.across([told[number][1].text for number in members]), strict=True))
    for number, (clause, passage) in enumerate(told):
        yield from (Found(clause, passage, match, touched[number]) for match in looked.get(number, ()) if match.flagged)
    near = [frozenset(match.killer.id for match in looked.get(number, ())) for number in range(len(told))]
    here = [frozenset(match.killer.id for match in looked.get(number, ()) if match.flagged and match.route == "text")
            for number in range(len(told))]
    yield from _spread(found, paragraphs, told, near, here)


def _spread(found: Matcher, paragraphs: Sequence[Paragraph], told: Sequence[tuple[Clause, Passage]], near: Sequence[frozenset[str]],
            here: Sequence[frozenset[str]]) -> Iterator[Found]:
    """Killers whose words are spread over a clause and its sub-clauses: looked for where some of them nearly are the killer."""
    clauses = [clause for clause, _ in told]
    done: dict[int, frozenset[str]] = {}
    for index in reversed(range(len(clauses))):
        family = below(clauses, index)
        known = frozenset[str]().union(*(here[member] | done.get(member, frozenset()) for member in family))
        whole = joined([told[member][1] for member in family])
        if len(family) == 1 or len(whole.text) > _LARGEST_FAMILY or not frozenset[str]().union(*(near[each] for each in family)) - known:
            continue
        for match in found.match(whole.text):
            if match.flagged and match.killer.id not in known and _in_several(match, whole, [told[each][1] for each in family]):
                done[index] = done.get(index, frozenset()) | {match.killer.id}
                touched = any(paragraphs[number].changed for _, number in whole.places)
                yield Found(clauses[index], whole, match, touched)


def _in_several(match: Match, whole: Passage, parts: Sequence[Passage]) -> bool:
    """Whether more than one passage holds a good share of the words that match."""
    homes = {paragraph: number for number, part in enumerate(parts) for _, paragraph in part.places}
    sizes: dict[int, int] = {}
    for (start, end), _ in match.words:
        home = homes[whole.place(start, end)[0]]
        sizes[home] = sizes.get(home, 0) + end - start
    return sum(size >= _SHARE * sum(sizes.values()) for size in sizes.values()) > 1


class _Before:
    """What stood on the old side in clauses that were touched, each to be met again once."""

    def __init__(self, found: list[Found]) -> None:
        self.left = found

    def take(self, new: Found) -> Found | None:
        """The same killer as it stood before in this clause, else in one from which it may have moved; None for untouched words."""
        if not new.touched:
            return None
        mine = [each for each in self.left if each.match.killer.id == new.match.killer.id]
        same = next((each for each in mine if each.clause.id is not None and each.clause.id == new.clause.id), None)
        taken = same or next(iter(mine), None)
        if taken is not None:
            self.left = [each for each in self.left if each is not taken]
        return taken


def _worse(new: Match, old: Match) -> bool:
    """Whether what stands there now is worse for us than what stood there before, or more surely the killer."""
    if new.verdict == "worse figures" and old.verdict != "worse figures":
        return True
    before = {str(mine): theirs for theirs, mine, _ in old.figures}
    for theirs, mine, favour in new.figures:
        was = before.get(str(mine), mine)
        if favour == "theirs" and abs(theirs.size - mine.size) > abs(was.size - mine.size):
            return True
    return new.score > old.score + _CLEARLY


def _ours(new: Found, old: Found | None, own: frozenset[str]) -> bool:
    return fold(new.passage.text) in own or (old is not None and fold(old.passage.text) in own)


def _flag(each: Found, loud: bool, own: bool, dismissed: str) -> Flag:
    killer = each.match.killer
    words = tuple((each.passage.place(*theirs), its) for theirs, its in each.match.words)
    evidence = replace(evidence_of(each.match, each.passage.text, dismissed), words=words)
    came = "came back" if loud else "stands here" if each.match.route == "text" else "is of the same kind as this one"
    message = f"{_cost(killer)} {came}" + (f": {killer.reason}" if killer.reason else "")
    if dismissed:
        message = f"a wording that looks like killer {killer.id} was called fine: {dismissed}"
    paragraph = _most(words) if words else each.passage.places[0][1]
    code = "dismissed" if dismissed else each.match.verdict
    return Flag(FlagKind.KILLER, loud, each.clause.id, each.clause.path, paragraph, message, code, evidence, own)


def _most(words: tuple[tuple[tuple[int, int, int], tuple[int, int]], ...]) -> int:
    """The paragraph that holds most of the words that match, the first of equal ones."""
    sizes: dict[int, int] = {}
    for (paragraph, start, end), _ in words:
        sizes[paragraph] = sizes.get(paragraph, 0) + end - start
    return max(sizes, key=lambda paragraph: (sizes[paragraph], -paragraph))


def _relief(each: Found) -> Flag:
    killer = each.match.killer
    message = f"the killer “{killer.title}” is gone: {_cost(killer)} was struck out or softened"
    return Flag(FlagKind.RELIEF, True, each.clause.id, each.clause.path, each.passage.places[0][1], message, each.match.verdict,
                evidence_of(each.match, each.passage.text))


def _cost(killer: Killer) -> str:
    when = f" on {killer.date:%Y-%m-%d}" if killer.date else ""
    return f"a clause that cost the deal with {killer.deal}{when}" if killer.deal else "a clause on the list of killers"


def evidence_of(match: Match, here: str, dismissed: str = "") -> Evidence:
    """What is to be said of a match in the text `here`, all but where in a redline its words stand. `dismissed` says why the wording
    is fine.
    """
    killer, instance = match.killer, match.instance
    return Evidence(
        killer.id, killer.title, instance.deal or killer.deal, instance.date or killer.date, killer.reason, killer.severity, killer.offer,
        instance.text, match.score, match.verdict, match.why, route=match.route, here=here, spans=match.words,
        figures=tuple((str(theirs), str(mine), favour) for theirs, mine, favour in match.figures), dismissed=dismissed,
    )
