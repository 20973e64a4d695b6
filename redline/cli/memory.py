"""The memory of what went wrong: `killers` and its verbs."""

from __future__ import annotations

from redline.cli.context import Context


def list_all(context: Context) -> int:
    """Every killer."""
    from redline.desk import look

    with context.desk() as opened:
        rows = look.killers(opened)
    return context.table("killers", rows)


def add(context: Context) -> int:
    """A killer from a clause or from words."""
    from redline.desk import library

    given = context.arguments
    with context.desk() as opened:
        return context.done(library.add(opened, given.source, given.clause, given.why, severity=given.severity, offer=given.offer))


def remove(context: Context) -> int:
    """Stop looking for a killer."""
    from redline.desk import library

    with context.desk() as opened:
        return context.done(library.remove(opened, context.arguments.killer))


def test(context: Context) -> int:
    """What would be flagged in a document."""
    from redline.desk import look

    with context.desk() as opened:
        view = look.show(opened, context.arguments.old)
    return context.drawn(view, only=frozenset({"killers"}))
