"""The memory of what went wrong: `killers` and its verbs."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from redline.cli.context import Context
from redline.errors import UsageError

if TYPE_CHECKING:
    from redline.desk.recording import Facts, Words

_MOST = 200_000
"""Bytes of a clause from a file."""


def list_all(context: Context) -> int:
    """Every killer."""
    from redline.desk import look

    with context.desk() as opened:
        rows = look.killers(opened)
    return context.table("killers", rows)


def show(context: Context) -> int:
    """One killer in full, and where it came back."""
    from redline.desk import recurrences

    with context.desk() as opened:
        killer, rows = recurrences.story(opened, context.arguments.killer)
    return context.told("killer", killer, rows)


def add(context: Context) -> int:
    """A killer from a clause or from words."""
    from redline.desk import recording

    given = context.arguments
    words = _words(context)
    with context.desk() as opened:
        return context.done(recording.add(opened, words, given.why, facts(given)))


def edit(context: Context) -> int:
    """Change what is said of a killer."""
    from redline.desk import recording

    given = context.arguments
    limits = [] if given.no_limits else given.limits
    if given.no_limits and given.limits:
        raise UsageError("limits cannot be given and taken out", "Leave --limit or --no-limits away.")
    with context.desk() as opened:
        return context.done(recording.edit(
            opened, given.killer, title=given.title, why=given.why, severity=given.severity, offer=given.offer, burdens=given.burdens,
            cause=given.cause, limits=limits, language=given.language, drop_instance=given.drop_instance,
            drop_dismissal=given.drop_dismissal))


def remove(context: Context) -> int:
    """Stop looking for a killer."""
    from redline.desk import recording

    with context.desk() as opened:
        return context.done(recording.remove(opened, context.arguments.killer))


def confirm(context: Context) -> int:
    """A flag was right."""
    from redline.desk import recording

    given = context.arguments
    words = _words(context)
    with context.desk() as opened:
        return context.done(recording.confirm(opened, given.killer, words))


def dismiss(context: Context) -> int:
    """A flag was a false alarm."""
    from redline.desk import recording

    given = context.arguments
    words = _words(context)
    with context.desk() as opened:
        return context.done(recording.dismiss(opened, given.killer, words, given.why))


def merge(context: Context) -> int:
    """Two killers of one cause; without names, those that could have one."""
    from redline.desk import recording

    given = context.arguments
    with context.desk() as opened:
        if given.killer is None:
            return context.done(recording.offers(opened))
        if given.other is None:
            raise UsageError("a killer is merged with another one", "Name two, or none to see which could have one cause.")
        return context.done(recording.merge(opened, given.killer, given.other))


def test(context: Context) -> int:
    """What would be flagged in a document, and what nearly."""
    from redline.desk import recurrences

    with context.desk() as opened:
        found = recurrences.tested(opened, context.arguments.old)
    return context.told("tested", found)


def sensitivity(context: Context) -> int:
    """How readily killers are seen."""
    from redline.desk import tuning

    with context.desk() as opened:
        return context.done(tuning.setting(opened, context.arguments.level))


def facts(given: argparse.Namespace) -> Facts:
    """What the options say of a killer."""
    from redline.desk.recording import Facts

    return Facts(given.severity, given.offer, given.burdens, given.cause, getattr(given, "title", ""), tuple(given.limits or ()),
                 getattr(given, "language", ""))


def _words(context: Context) -> Words:
    """Where the words come from; UsageError where it is not said, or said twice."""
    from redline.desk.recording import Words

    given = context.arguments
    source = given.source
    text = _read(context, given.file) if given.file else given.text
    if given.clause is not None:
        if text or not source:
            raise UsageError("a clause is one of a version", "Say it like `acme@2 --clause 7.2`, or give the words with --text or --file.")
        return Words(source, given.clause)
    if text and source:
        raise UsageError("the words are given twice", "Give a version with --clause, or --text, or --file.")
    if not text and not source:
        raise UsageError("it is not said which words", "Say it like `acme@2 --clause 7.2`, or give the words with --text or --file.")
    return Words(text=text or source)


def _read(context: Context, name: str) -> str:
    """The words in a text file, or on stdin."""
    try:
        if name == "-":
            data = sys.stdin.buffer.read(_MOST + 1)
        else:
            with context.path(name).open("rb") as file:
                data = file.read(_MOST + 1)
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror or error}", "Check the name and the folder.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{name} is no text in UTF-8", "Of a .docx file a clause is named: `FILE.docx --clause 7.2`.") from error
    if len(data) > _MOST:
        raise UsageError(f"{name} is longer than a clause", "Give the words of one clause.")
    if "\0" in text:
        raise UsageError(f"{name} is no text", "Of a .docx file a clause is named: `FILE.docx --clause 7.2`.")
    if not text.strip():
        raise UsageError(f"{name} is empty", "Give the words of one clause.")
    return text
