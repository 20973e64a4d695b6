"""How deals end: `won`, `lost`, `adopt`, and `undo`."""

from __future__ import annotations

from redline.cli.context import Context


def won(context: Context) -> int:
    """Close a deal as won."""
    from redline.desk import outcomes

    with context.desk() as opened:
        return context.done(outcomes.won(opened, context.arguments.client, why=context.arguments.why))


def lost(context: Context) -> int:
    """Close a deal as lost, with its killers."""
    from redline.cli.memory import facts
    from redline.desk import outcomes

    given = context.arguments
    with context.desk() as opened:
        return context.done(outcomes.lost(opened, given.client, given.clauses, given.why, facts=facts(given)))


def adopt(context: Context) -> int:
    """Carry what was agreed into the base."""
    from redline.desk import outcomes

    with context.desk() as opened:
        return context.done(outcomes.adopt(opened, context.arguments.client, force=context.arguments.force))


def undo(context: Context) -> int:
    """Take back the last act, or do it again."""
    from redline.desk import outcomes

    with context.desk() as opened:
        return context.done(outcomes.redo(opened) if context.arguments.redo else outcomes.undo(opened))
