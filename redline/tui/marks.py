"""What we think of each change: the decision about it, whether that is still being stored, whether the reader has seen it. Pure.

A change is known by its id, so that what was edited since is a new one: not decided, and not seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from redline.model import Change, ChangeId, ChangeKind
from redline.tui.page.index import Index
from redline.tui.protocol import Act
from redline.views import Comparison, Decision, Verdict

SIGNS = {Verdict.ACCEPT: "✓", Verdict.REJECT: "✗", Verdict.COUNTER: "⇄"}
DONE = {Verdict.ACCEPT: "accepted", Verdict.REJECT: "rejected", Verdict.COUNTER: "countered"}
SEEN = "·"
MIXED = "÷"


@dataclass(frozen=True, slots=True)
class Marks:
    """The decisions that stand, those that are being stored, and what was seen. `asked` where there is anything to decide."""

    asked: bool = False
    decisions: Mapping[ChangeId, Decision] = field(default_factory=dict)
    storing: frozenset[ChangeId] = frozenset()
    seen: frozenset[ChangeId] = frozenset()

    @classmethod
    def of(cls, comparison: Comparison, stored: Iterable[Decision], waiting: Iterable[Act], seen: frozenset[ChangeId]) -> Marks:
        """What is stored, with what waits to be stored on top."""
        found = {decision.change: decision for decision in stored}
        storing: set[ChangeId] = set()
        for act in waiting:
            for change in act.changes:
                found[change] = Decision(change, act.verdict, act.why, act.text, act.paragraph)
                storing.add(change)
        return cls(comparison.decisions is not None, found, frozenset(storing), seen)

    def sign(self, changes: Iterable[Change]) -> tuple[str, str]:
        """What the margin says of the changes on a line: a sign, and a word for it ("" for none)."""
        here = list(changes)
        decided = [self.decisions[one.id] for one in here if one.id in self.decisions]
        if not decided:
            return (SEEN, "seen") if here and all(one.id in self.seen for one in here) else (" ", "")
        if any(one.id in self.storing for one in here):
            return ("…", "storing")
        verdicts = Counter(decision.verdict for decision in decided)
        if len(decided) < len(here):
            return (MIXED, f"{len(decided)} of {len(here)}")
        if len(verdicts) > 1:
            return (MIXED, "each its own")
        return (SIGNS[decided[0].verdict], DONE[decided[0].verdict])


def to_decide(index: Index, marks: Marks) -> list[int]:
    """The numbers of the changes that still wait for a decision, as the desk counts them."""
    if not marks.asked:
        return []
    return [number for number in index.weighty if index.changes[number].id not in marks.decisions]


def alike(index: Index, number: int) -> list[int]:
    """The numbers of all changes that do the same as this one, itself among them."""
    like = _does(index.changes[number])
    return [other for other, one in enumerate(index.changes) if _does(one) == like]


def _does(change: Change) -> tuple[ChangeKind, str, str]:
    return (change.kind, " ".join(change.old_text.split()), " ".join(change.new_text.split()))
