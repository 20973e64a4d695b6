"""Clauses: which paragraphs make one, what it is and what it is called, and the id that stays with it from version to version.

Pure functions on paragraphs, for one side of a redline at a time: `structure` (`outline` and `owners`) reads what a text is made of,
`find` takes what a person calls a clause, `assign` and `carry` give ids, `fates`
says what became of each clause, `parallels` pairs the texts of a clause in two languages. Ids
are given once and never to two clauses of one text.
"""

from .drafting import ClauseKind
from .identity import Fate, assign, carry, fates
from .naming import find, plain_label
from .outline import Clause, outline, owners, path, structure
from .parallel import Parallel, parallels

__all__ = [
    "Clause",
    "ClauseKind",
    "Fate",
    "Parallel",
    "assign",
    "carry",
    "fates",
    "find",
    "outline",
    "owners",
    "parallels",
    "path",
    "plain_label",
    "structure",
]
