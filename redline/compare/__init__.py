"""Compare two texts, and calculate with what comes out. Pure functions on model values: no files, no clock, no chance.

`diff` finds the redline between two versions, `changes` cuts it into what a person decides on, and `apply`, `invert`,
`compose`, `rebase` are the algebra that everything else in the product is built from.
"""

from .algebra import apply, canonical, compose, invert
from .changes import changes
from .differ import diff
from .fine import fine
from .identity import carry_contract
from .merge import Conflict, merge, rebase
from .slide import slide

__all__ = [
    "Conflict",
    "apply",
    "canonical",
    "carry_contract",
    "changes",
    "compose",
    "diff",
    "fine",
    "invert",
    "merge",
    "rebase",
    "slide",
]
