"""How much a user wants to hear of: fewer false alarms or fewer killers missed, and what each choice costs.

The expected alarms were counted by tests/benchmarks/bench_killers.py on public contracts of about a hundred clauses against
a library of some twenty causes; a user's own contracts may give others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sensitivity = Literal["quiet", "normal", "wide"]


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
    "quiet": Level(0.52, 2.0, True, 0.1),
    "normal": Level(0.52, 0.53, True, 1.2),
    "wide": Level(0.45, 0.45, False, 2.0),
}
