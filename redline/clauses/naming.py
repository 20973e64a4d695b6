"""Finding the clause that a person means by a number, a heading or an id."""

from __future__ import annotations

import re
from collections.abc import Sequence

from redline.errors import UsageError
from redline.text import fold, safe_line, words

from .outline import Clause

_PREFIX = re.compile(r"^(?:(?:clause|section|sec|article|paragraph|пункт|п|раздел|статья|ст|§)\.?\s*)(?=[\d(])")


def plain_label(label: str) -> str:
    """A number as it is compared: "Clause 7.2 (A)." is "7.2(a)"."""
    return _PREFIX.sub("", fold(label)).rstrip(".").replace(" ", "")


def find(clauses: Sequence[Clause], query: str) -> Clause:
    """The one clause meant by an id, a full label, a label or words of a heading, in that order.

    Raises `UsageError` that names the candidates when several are meant, and the nearest ones when none is.
    """
    asked, wanted = plain_label(query), set(words(fold(query)))
    tests = (
        [clause for clause in clauses if clause.id == query.strip()],
        [clause for clause in clauses if clause.label and clause.path and plain_label(clause.path) == asked],
        [clause for clause in clauses if clause.label and plain_label(clause.label) == asked],
        [clause for clause in clauses if clause.heading and fold(clause.heading) == fold(query)],
        [clause for clause in clauses if wanted and wanted <= set(words(fold(clause.heading)))],
    )
    for hits in tests:
        if len(hits) == 1:
            return hits[0]
        if hits:
            raise UsageError(f"“{safe_line(query, 60)}” can be several clauses",
                             "say which: " + ", ".join(_named(clause) for clause in hits[:8]))
    near = [clause for clause in clauses if wanted & set(words(fold(f"{clause.path} {clause.heading}")))]
    shown = near or [clause for clause in clauses if clause.path and clause.parent is None]
    raise UsageError(f"no clause “{safe_line(query, 60)}” in this text",
                     "the clauses are: " + ", ".join(_named(clause) for clause in shown[:8]) if shown else "")


def _named(clause: Clause) -> str:
    name = f"{clause.path} {clause.heading}".strip() or "the opening text"
    return safe_line(f"{name} ({clause.id})" if clause.id else name, 60)
