"""Looking: `diff`, `review`, `log`, `deals`, `check`, `blame`, `history`, `stats`, `export`."""

from __future__ import annotations

from datetime import UTC, datetime

from redline.cli.context import Context, kind_of
from redline.errors import UsageError


def diff(context: Context) -> int:
    """Two versions, or one against what went before it."""
    given = context.arguments
    if context.asked == "docx":
        return _redline(context)
    from redline.desk import look

    if given.view or given.author or given.date or given.moves or given.keep:
        raise UsageError("--view, --author, --date, --moves and --keep are for a Word file", "Add -o OUT.docx, or leave them away.")
    with context.desk_if_any() as opened:
        view = look.compare(opened, given.old, given.new, strict=given.strict)
        context.drawn(view)
    return 1 if given.exit_code and view.changes else 0


def _flagged(context: Context, kind: str) -> int:
    """The exact Word file with a comment on every killer, for us only."""
    from redline.desk.flagged import flagged
    from redline.text import counted

    given = context.arguments
    piped = given.output == "-" and given.format is None
    if given.output is None or (kind != "docx" and not piped):
        raise UsageError("flags become comments in a Word file", "Say it like `redline export V --flags -o OUT.docx`.")
    context.require_apart(given.old)
    with context.desk() as opened:
        data, count = flagged(opened, given.old)
    context.deliver(data, "docx")
    context.output.say(f"{counted(count, 'flag')} as comments, for us only: redline refuses to send this copy" if count
                       else "nothing is flagged in it; the file is as it was")
    return 0


def _redline(context: Context) -> int:
    """The same as a Word file with tracked changes."""
    from redline.desk.redlining import Wish, redline_file, sides
    from redline.desk.scrubbing import wanted

    given = context.arguments
    if given.only or given.clause or given.whole or given.all:
        raise UsageError("a Word file holds everything", "Leave --only, --clause, --whole and --all away.")
    context.require_apart(given.old, given.new)
    old, new = sides(given.view or "final")
    wish = Wish(old, new, given.author, _moment(given.date), given.strict, given.moves, wanted(given.keep))
    with context.desk_if_any() as opened:
        left = redline_file(opened, given.old, given.new, wish, context.output.tell)
    context.leave(left)
    if not given.exit_code:
        return 0
    from redline.desk.look import tracked

    return 1 if tracked(left.data) else 0


def _moment(words: str) -> datetime | None:
    """A date, or a date and time; in UTC where no zone is said."""
    if not words:
        return None
    try:
        when = datetime.fromisoformat(words)
    except ValueError as error:
        raise UsageError(f"{words!r} is no date", "Write it like 2026-03-31 or 2026-03-31T14:05:00+02:00.") from error
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def review(context: Context) -> int:
    """A client's latest turn on the desk; without a terminal, as text."""
    from redline.desk import look

    with context.desk() as opened:
        if context.on_terminal and not context.output.json:
            return context.open_tui(opened, context.arguments.client, context.output.color)
        context.drawn(look.review(opened, context.arguments.client))
    return 0


def log(context: Context) -> int:
    """Turns and versions."""
    from redline.desk import look

    with context.desk() as opened:
        rows = look.log(opened, context.arguments.client)
    return context.table("log", rows)


def deals(context: Context) -> int:
    """The board."""
    from redline.desk import look

    with context.desk() as opened:
        rows, now = look.board(opened), opened.clock()
    return context.table("board", rows, now)


def history(context: Context) -> int:
    """What every client made of a clause."""
    from redline.desk import look

    with context.desk() as opened:
        rows = look.history(opened, " ".join(context.arguments.clause))
    return context.table("history", rows)


def blame(context: Context) -> int:
    """Who brought in which words."""
    from redline.desk.blaming import blame as told

    given = context.arguments
    with context.desk() as opened:
        found = told(opened, given.old, given.clause)
    if context.output.json:
        return context.table("blame", found)
    from redline.render.blame import blame as drawn

    context.output.data(drawn(found, context.output.painter, whole=given.whole or bool(given.clause)))
    return 0


def stats(context: Context) -> int:
    """How long the paper lay where."""
    from redline.desk import look

    with context.desk() as opened:
        found = look.cycle(opened)
    return context.table("cycle", found)


def check(context: Context) -> int:
    """Exit 1 while flags, untracked or undecided changes remain."""
    from redline.desk import look

    given = context.arguments
    with context.desk_if_any() as opened:
        found = look.check(opened, given.old, strict=given.strict)
    context.table("check", found)
    return 1 if found.points else 0


def doctor(context: Context) -> int:
    """Exit 1 when something in the vault is damaged."""
    from redline.desk import look

    with context.desk() as opened:
        found = look.doctor(opened)
    if not found.points:
        from redline.views import Done

        return context.done(Done(f"{found.version.title} is sound"))
    context.table("check", found)
    return 1


def export(context: Context) -> int:
    """A version as a file."""
    from redline.desk import export as exporting
    from redline.desk.scrubbing import Left, wanted

    given = context.arguments
    kind = given.format or ("json" if context.output.json else kind_of(given.output, "md"))
    if (given.view or given.accept_all or given.drop_comments) and kind != "clean":
        raise UsageError("--view, --accept-all and --drop-comments are for a clean Word file", "Add --format clean, or leave them away.")
    if given.moves and kind != "redline":
        raise UsageError("--moves is for a redlined Word file", "Add --format redline, or leave it away.")
    if given.keep and kind not in ("clean", "redline"):
        raise UsageError("--keep is for a clean or a redlined Word file", "Add --format clean or redline, or leave it away.")
    if given.flags:
        return _flagged(context, kind)
    if given.view == "original" and given.accept_all:
        raise UsageError("tracked changes cannot be accepted and rejected", "Say --accept-all or --view original.")
    if kind in exporting.WORD:
        context.require_apart(given.old)
    cleaning = exporting.Cleaning(given.view or ("final" if given.accept_all else ""), given.drop_comments)
    with context.desk_if_any() as opened:
        if kind == "text":
            return context.deliver(context.as_text(exporting.viewed(opened, given.old)), kind)
        found = exporting.export(opened, given.old, kind, cleaning, moves=given.moves, keep=wanted(given.keep))
    return context.leave(found, kind) if isinstance(found, Left) else context.deliver(found, kind)
