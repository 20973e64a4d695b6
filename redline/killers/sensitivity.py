"""How much a user wants to hear of: fewer false alarms or fewer killers missed, and what each choice costs.

The expected alarms were counted by tests/benchmarks/bench_killers.py on public contracts of about a hundred clauses against
a library of some twenty causes; a user's own contracts may give others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sensitivity = Literal["low", "normal", "high"]


@dataclass(frozen=True, slots=True)
class Level:
    """From which scores on a flag is raised, on the route of the same text and on that of the same kind of clause; whether of
    the clauses of a kind in one document only the plainest is flagged; and how many false flags a contract to expect.
    """

    text: float
    kind: float
    plainest: bool
    expected: float


LEVELS: dict[Sensitivity, Level] = {
    "low": Level(0.52, 2.0, True, 0.1),
    "normal": Level(0.52, 0.53, True, 1.2),
    "high": Level(0.45, 0.45, False, 2.0),
}


def expected(level: Sensitivity) -> str:
    """What a level means in false alarms, in a sentence."""
    return f"about {LEVELS[level].expected:g} false flags are to be expected in a contract of a hundred clauses"
