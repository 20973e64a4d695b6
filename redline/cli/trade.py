"""Killers to and from files: `killers export`, `killers import` and `killers score`."""

from __future__ import annotations

import sys
from pathlib import Path

from redline.cli.context import Context
from redline.desk.handing import require_free, write_file
from redline.errors import UsageError
from redline.text import counted


def export(context: Context) -> int:
    """Killers as TOML: one file, or a folder with a file each."""
    from redline.desk import trading

    given = context.arguments
    with context.desk() as opened:
        killers = trading.chosen(opened, given.killers)
    if context.output.json and given.output is None:
        return context.table("killers", killers)
    if given.output in (None, "-"):
        context.output.data(trading.bundle(killers).decode("utf-8").rstrip("\n").split("\n"))
        return 0
    path = context.path(given.output)
    if path.is_dir() or given.output.endswith(("/", "\\")):
        _folder(path, trading.files(killers), force=given.force)
    else:
        write_file(path, trading.bundle(killers), force=given.force)
    context.output.say(f"wrote {path}: {counted(len(killers), 'killer')}")
    return 0


def _folder(path: Path, files: dict[str, bytes], *, force: bool) -> None:
    """A file each. Nothing is written unless all can be."""
    if path.exists() and not path.is_dir():
        raise UsageError(f"{path} is not a folder", "Name a folder, or a file without a slash.")
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{path} cannot be made: {error.strerror or error}", "Name another folder with -o.") from error
    for name in files:
        require_free(path / name, force=force)
    for name, data in files.items():
        write_file(path / name, data, force=force)


def take_in(context: Context) -> int:
    """Killers of another vault."""
    from redline.desk import trading
    from redline.killers.bounds import LARGEST_FILE

    name = context.arguments.file
    with context.desk() as opened:
        incoming = trading.parsed(sys.stdin.buffer.read(LARGEST_FILE + 1), "stdin") if name == "-" else trading.read(context.path(name))
        return context.done(trading.take_in(opened, incoming))


def score(context: Context) -> int:
    """Rows of clauses against rows of killers, through the matcher that warns users."""
    from redline.killers.score import score_files

    given = context.arguments
    out = context.path(given.output)
    require_free(out, force=True)
    score_files(context.path(given.rows), context.path(given.candidates), out)
    context.output.say(f"wrote {out}")
    return 0
