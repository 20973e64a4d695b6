"""How one version became another: every step a redline with its authors, the whole way composed of the steps.

From what we sent to what came back is two redlines in one: what was changed with tracking off, and the tracked changes on top.
Along a line of versions the steps are composed, so that every changed word still knows who put it there, in which deal and
turn. Versions that do not descend from each other are compared directly, and nobody is named.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from redline.desk.settle import Known, settled
from redline.model import Attribution, Contract, Kind, Paragraph, Redline, Segment, merged

if TYPE_CHECKING:
    from redline.desk.desk import Desk
    from redline.desk.documents import Version


ALIKE_ENOUGH = 0.4
"""A document that keeps less than this of what it should follow is held back: it is probably something else."""


def redline_between(desk: Desk, old: Version, new: Version) -> Redline:
    """Old → new, both with their tracked changes accepted. Attributed where `new` descends from `old`."""
    from redline.desk.documents import lineage, stored

    if old.oid and new.oid:
        line = lineage(desk, new.oid)
        if old.oid in line:
            way = [stored(desk, oid) for oid in line[line.index(old.oid):]]
            return _composed(desk, way)
    return unrelated(old.contract, new.contract)


def unrelated(old: Contract, new: Contract) -> Redline:
    """Two documents of which nothing is known but their words.

    Where `new` carries tracked changes, they are told from what was changed beside them; where it carries none, the
    differences have no attribution.
    """
    tracked = any(paragraph.changed for paragraph in new.paragraphs)
    silent = Attribution(tracked=False) if tracked else None
    return turn(old.final().paragraphs, new.redline, silent)


def turn(before: tuple[Paragraph, ...], tracked: Redline, silent: Attribution | None) -> Redline:
    """The whole of a turn: `before` → the document with its changes rejected (attributed to `silent`) → accepted."""
    from redline.compare import diff
    from redline.compare.algebra import compose

    return compose(diff(before, tracked.old(), silent), tracked)


def step(desk: Desk, older: Version, newer: Version) -> Redline:
    """From a version to the next one in its line.

    Tracked changes that stood in `older` are not news in `newer`; what we send is told by its outcome, tracked or not.
    """
    key = (older.oid, newer.oid)
    if key in desk.steps:
        return desk.steps[key]
    desk.tell(f"Comparing {older.info.title} with {newer.info.title} …")
    theirs = newer.info.direction == "received"
    tracked = settled(newer.contract, Known(older.contract)) if theirs else Redline(newer.contract.final().paragraphs)
    found = turn(older.contract.final().paragraphs, tracked, newer.silent)
    if newer.oid:
        desk.steps[key] = found
    return found


def _composed(desk: Desk, way: list[Version]) -> Redline:
    from redline.compare import diff
    from redline.compare.algebra import compose

    if len(way) == 1 or _again(way[0], way[1]):
        return diff(way[0].contract.final().paragraphs, way[-1].contract.final().paragraphs)
    way = [version for version, after in pairwise(way) if not _again(version, after)] + way[-1:]
    whole = step(desk, way[0], way[1])
    for older, newer in pairwise(way[1:]):
        whole = net(compose(whole, step(desk, older, newer)))
    return net(whole)


def _again(version: Version, after: Version) -> bool:
    """Whether they sent once more before we answered: both files answer what we sent, and the later one counts."""
    return version.info.direction == after.info.direction == "received"


def net(redline: Redline) -> Redline:
    """The redline without what came and went on the way, and what went and came back. Both sides read as before."""
    done: list[Paragraph] = []
    carried: tuple[Segment, ...] = ()
    for paragraph in redline.paragraphs:
        segments = carried + tuple(segment for segment in paragraph.segments if segment.kind is not Kind.GONE)
        carried = ()
        if paragraph.mark is Kind.GONE:
            carried = segments
        else:
            done.append(replace(paragraph, segments=_restored(segments)))
    if carried and done:
        done[-1] = replace(done[-1], segments=_restored(done[-1].segments + carried))
    return Redline(tuple(done))


def _restored(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Words that were taken out and put back in the same place, as words that never changed."""
    out: list[Segment] = []
    for segment in segments:
        last = out[-1] if out else None
        if (last is not None and {last.kind, segment.kind} == {Kind.DEL, Kind.INS}
                and (last.text, last.look, last.atom) == (segment.text, segment.look, segment.atom)):
            out[-1] = Segment(Kind.SAME, segment.text, segment.look, atom=segment.atom)
        else:
            out.append(segment)
    return merged(out)


def alikeness(redline: Redline) -> float:
    """How much of the old text still stands in the new one, 0 to 1; 1 for an empty old text."""
    old = kept = 0
    for paragraph in redline.paragraphs:
        for segment in paragraph.segments:
            if segment.kind.in_old:
                old += len(segment.text)
                kept += len(segment.text) if segment.kind is not Kind.DEL else 0
    return kept / old if old else 1.0
