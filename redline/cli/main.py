"""Runs one command: parse, find its handler, print its errors, give its exit code. The one place that catches them."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from redline.cli.output import Output, discard_output
from redline.cli.parser import build
from redline.errors import RedlineError, UsageError
from redline.text import safe

if TYPE_CHECKING:
    from redline.cli.context import Context
    from redline.desk import Desk

OpenTui = Callable[["Desk", str | None, str], int]
Handler = Callable[["Context"], int]

INTERRUPTED = 130


def run(arguments: Sequence[str], *, open_tui: OpenTui) -> int:
    """One command with its arguments; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    output = Output(json="--json" in arguments)
    try:
        return _run(arguments, output, open_tui)
    except RedlineError as error:
        output.fail(error)
        return error.exit_code
    except KeyboardInterrupt:
        output.say("interrupted; nothing was half done")
        return INTERRUPTED
    except BrokenPipeError:
        discard_output()
        return 0


def _run(arguments: Sequence[str], output: Output, open_tui: OpenTui) -> int:
    parser = build()
    given = parser.parse_args(arguments)
    if given.version:
        from redline import __version__

        output.data([f"redline {__version__}"])
        return 0
    for name in ("color", "quiet", "verbose", "json", "pager"):
        setattr(output, name, getattr(given, name, getattr(output, name)))
    _require_text(given)
    from redline.cli.context import Context

    context = Context(given, output, open_tui, Path(getattr(given, "folder", ".")))
    return _handler(getattr(given, "handler", None) or "start:desk")(context)


_FILES = frozenset({"file", "files", "output", "directory", "folder"})


def _require_text(given: argparse.Namespace) -> None:
    """UsageError for words that are no text in the terminal's encoding. File names may hold any bytes."""
    for name, value in vars(given).items():
        for word in value if isinstance(value, list) else [value]:
            if isinstance(word, str) and name not in _FILES and any("\ud800" <= char <= "\udfff" for char in word):
                raise UsageError(f"{safe(word)!r} holds bytes that are no text", "Check the terminal's encoding; UTF-8 is expected.")


def _handler(name: str) -> Handler:
    module, _, function = name.partition(":")
    handler: Handler = getattr(importlib.import_module(f"redline.cli.{module}"), function)
    return handler


