"""Answering: `decide` and `respond`."""

from __future__ import annotations

from collections.abc import Sequence

from redline.cli.context import Context
from redline.desk.handing import require_free, write_file
from redline.errors import DocumentError, UsageError
from redline.views import Verdict


def decide(context: Context) -> int:
    """Accept, reject or counter changes of a client's latest turn."""
    from redline.desk.deciding import Choice, decide

    given = context.arguments
    names, verdict = _verdict(given.words)
    ids = tuple(name.strip() for words in names for name in words.split(",") if name.strip())
    choice = Choice(ids, given.every, given.author, given.clause, given.kind, given.untracked)
    if ids and choice.bulk:
        raise UsageError("changes are named by id or chosen by what they are, not both", "Leave one of them away.")
    text = _text(context) if given.file else given.text or ""
    with context.desk() as opened:
        return context.done(decide(opened, given.client, choice, verdict, text=text, paragraph=given.paragraph, why=given.why))


def _verdict(words: Sequence[str]) -> tuple[list[str], Verdict]:
    """The names of changes, and what is decided about them: the verdict may stand before them or after them."""
    said = [word for word in words if word in list(Verdict)]
    if len(set(said)) > 1:
        raise UsageError(f"{' and '.join(said)} cannot be decided at once", "Say one of them, and decide the others with another command.")
    if not said:
        raise UsageError(f"{words[-1]!r} is no decision", "Say accept, reject or counter: `redline decide CLIENT CHANGE accept`.")
    return [word for word in words if word not in said], Verdict(said[0])


def _text(context: Context) -> str:
    from redline.desk.documents import read_bytes

    name = context.arguments.file
    try:
        return read_bytes(context.path(name)).decode("utf-8-sig").rstrip("\r\n").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise DocumentError(f"{name} is no text", "Save it as plain text (UTF-8).", code="not-text") from error


def respond(context: Context) -> int:
    """Our answer. The file to send is written only once the turn is stored; that it can be is checked before."""
    from redline.desk.responding import Style, respond
    from redline.desk.scrubbing import wanted

    given = context.arguments
    target = given.output


    def place(name: str) -> None:
        if target != "-":
            require_free(context.path(target or name), force=given.force)

    with context.desk() as opened:
        style = Style(given.against, given.fold, given.undecided, given.author, wanted(given.keep))
        sent = respond(opened, given.client, style, place=place)
        if context.dry_run:
            return context.done(sent.done)
        if target == "-":
            context.output.raw(sent.data)
        else:
            path = context.path(target or sent.file_name)
            write_file(path, sent.data, force=given.force)
            context.output.say(f"wrote {path}: send this file")
        return context.done(sent.done, to_stdout=target != "-")
