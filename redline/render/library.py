"""The library of killers on a terminal: the list, one killer with its story, a document under test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from redline.render import evidence, phrases
from redline.render.evidence import Piece
from redline.render.style import Ink, Painter, Run
from redline.views import Hit, Recurrence, Tested

if TYPE_CHECKING:
    from redline.killers.library import Dismissal, Instance, Killer

_BURDENS = {"provider": "the provider", "client": "the client", "both": "both sides"}
_OUTCOMES = {"lost": Ink.ALARM, "won": Ink.STRONG}


def matched(pieces: Iterable[Piece], painter: Painter) -> list[Run]:
    """Pieces as runs: words that match are bold and underlined, or stand between marks where there is no colour."""
    return painter.marked([(text, Ink.MATCH if hit else Ink.PLAIN) for text, hit in pieces])


def killers(killers: Sequence[Killer], painter: Painter) -> Iterator[str]:
    """The library: each killer with the deal it cost, why, what we offer instead, and its words."""
    if not killers:
        yield painter.paint('No killers yet. A lost deal names them: redline lost CLIENT --clause 7.2 --why "…"', Ink.DIM)
        return
    for number, killer in enumerate(killers):
        if number:
            yield ""
        yield from _head(killer, painter)
        for instance in killer.instances:
            yield from painter.wrapped([(f"“{' '.join(instance.text.split())}”", Ink.PLAIN)], first="    ", rest="     ")
        if killer.dismissed:
            said = f"{phrases.number(len(killer.dismissed), 'wording')} called fine"
            yield from painter.wrapped([(said, Ink.DIM)], first="    ")


def _head(killer: Killer, painter: Painter) -> Iterator[str]:
    """What is said of a killer beside its words."""
    yield from painter.wrapped([(killer.id, Ink.DIM), ("  ", Ink.PLAIN), (killer.title, Ink.STRONG),
                                (f"  ({killer.severity})", Ink.PLAIN)], rest="    ")
    lost = phrases.listed([killer.deal, f"clause {killer.clause}" if killer.clause else "", phrases.day(killer.date)])
    if not killer.deal and killer.date:
        yield from painter.wrapped([(f"added {phrases.day(killer.date)}", Ink.DIM)], first="    ", rest="      ")
    for name, text in (("lost", lost if killer.deal else ""), ("why", killer.reason), ("hurts", _BURDENS.get(killer.burdens, "")),
                       ("limits", phrases.listed(killer.limits, "; ")), ("cause", killer.cause), ("offer instead", killer.offer)):
        if text:
            yield from painter.wrapped([(f"{name}: ", Ink.DIM), (text, Ink.PLAIN)], first="    ", rest="      ")


def killer(killer: Killer, rows: Sequence[Recurrence], painter: Painter) -> Iterator[str]:
    """One killer: what is said of it, its instances, the wordings called fine, and where it came back."""
    yield from _head(killer, painter)
    for number, instance in enumerate(killer.instances, 1):
        yield from ["", *_wording("instance", number, instance, painter)]
    for number, dismissal in enumerate(killer.dismissed, 1):
        yield from ["", *_wording("called fine", number, dismissal, painter)]
    yield ""
    if not rows:
        yield painter.paint("It has not come back.", Ink.DIM)
        return
    yield painter.paint(f"It came back {phrases.number(len(rows), 'time')}:", Ink.STRONG)
    for row in rows:
        where = phrases.listed([row.address, row.label, phrases.day(row.date)])
        sure = f"{row.verdict}, {round(100 * row.score)} % alike"
        outcome = phrases.listed([row.outcome, row.reason], ": ")
        yield from painter.wrapped([(row.deal, Ink.STRONG), (f"  {outcome}", _OUTCOMES.get(row.outcome, Ink.DIM)),
                                    (f"  {where} · {sure} · {row.fate}", Ink.DIM)], first="  ", rest="    ")
        yield from painter.wrapped([(f"“{phrases.clip(row.text, 300)}”", Ink.PLAIN)], first="    ", rest="     ")


def _wording(name: str, number: int, one: Instance | Dismissal, painter: Painter) -> Iterator[str]:
    turn = f"turn {one.turn}" if one.turn else ""
    where = phrases.listed([one.deal, turn, one.clause, phrases.day(one.date), getattr(one, "language", "")])
    yield from painter.wrapped([(f"{name} {number}", Ink.STRONG), (f"  {where}" if where else "", Ink.DIM)], first="    ")
    yield from painter.wrapped([(f"“{' '.join(one.text.split())}”", Ink.PLAIN)], first="    ", rest="     ")
    if reason := getattr(one, "reason", ""):
        yield from painter.wrapped([("because: ", Ink.DIM), (reason, Ink.PLAIN)], first="    ", rest="      ")


def tested(found: Tested, painter: Painter) -> Iterator[str]:
    """A document under test: flags, then near misses, each with its score and its reasons."""
    flagged = [hit for hit in found.hits if hit.flagged]
    fine = [hit for hit in found.hits if hit.evidence.dismissed]
    near = [hit for hit in found.hits if not hit.flagged and not hit.evidence.dismissed]
    yield from painter.wrapped([(phrases.version_name(found.version), Ink.STRONG)])
    parts = [phrases.number(len(flagged), "flag"), f"{len(fine)} called fine" if fine else "",
             phrases.number(len(near), "near miss", "near misses"), f"of {phrases.number(found.killers, 'killer')}"]
    yield from painter.wrapped([(phrases.listed(parts), Ink.PLAIN)])
    if found.expected:
        yield from painter.wrapped([(found.expected, Ink.DIM)])
    for name, ink, hits in (("! KILLER", Ink.ALARM, flagged), ("  called fine", Ink.DIM, fine), ("  near miss", Ink.DIM, near)):
        for hit in hits:
            yield from ["", *_hit(name, ink, hit, painter)]


def _hit(name: str, ink: Ink, hit: Hit, painter: Painter) -> Iterator[str]:
    where = f" in {hit.label}" if hit.label else ""
    told = hit.evidence
    yield from painter.wrapped([(f"{name}{where}  ", ink), (f"{round(100 * told.score)} %  ", Ink.STRONG),
                                (f"{told.killer} ", Ink.DIM), (phrases.evidence_head(told), Ink.PLAIN)], rest="      ")
    for label, pieces in evidence.told(told):
        yield from painter.wrapped([(f"{label}: ", Ink.DIM), *matched(pieces, painter)], first="      ", rest="        ")
