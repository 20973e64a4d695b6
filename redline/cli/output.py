"""Where output goes: data to stdout (through a pager on a terminal), the story to stderr, one place for colour and width.

The only module of the command line that prints. A reader that goes away early (`| head`) is not an error.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from redline.errors import RedlineError, UsageError
from redline.text import safe, safe_line

if TYPE_CHECKING:
    from redline.render.style import Painter


@dataclass(slots=True)
class Output:
    """How this run talks. `color` is auto, always or never; `quiet` keeps the story to errors."""

    color: str = "auto"
    quiet: bool = False
    verbose: bool = False
    json: bool = False
    pager: bool = True
    _telling: bool = field(default=False, init=False)

    @property
    def colored(self) -> bool:
        if self.color != "auto":
            return self.color == "always"
        return _terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    @property
    def painter(self) -> Painter:
        from redline.render.style import Painter

        width = shutil.get_terminal_size((100, 24)).columns if _terminal() else 100
        return Painter(color=self.colored, width=min(width, 120))

    @property
    def plain_painter(self) -> Painter:
        """For a file: no colour, a page's width."""
        from redline.render.style import Painter

        return Painter(color=False, width=100)

    def say(self, line: str) -> None:
        """One line of the story, on stderr."""
        if not self.quiet:
            self._clear()
            sys.stderr.write(safe(line) + "\n")

    def tell(self, line: str) -> None:
        """Progress: one line that the next replaces, only where somebody watches; with -v lines that stay."""
        if self.verbose:
            self.say(line)
        elif not self.quiet and sys.stderr.isatty():
            self._clear()
            sys.stderr.write(safe_line(line, 78))
            sys.stderr.flush()
            self._telling = True

    def _clear(self) -> None:
        if self._telling:
            sys.stderr.write("\r\x1b[K")
            self._telling = False

    def fail(self, error: RedlineError, *, file: str = "") -> None:
        """The error and what to do about it, on stderr (as JSON with --json). `file` is the one of several that it is about."""
        self._clear()
        if self.json:
            from redline.render import json

            told = json.error(error)
            sys.stderr.write((json.line(told | {"file": file}) if file else json.dumps(told)) + "\n")
            return
        sys.stderr.write(f"redline: {safe(error.message)}\n")
        if error.hint:
            sys.stderr.write(f"  {safe(error.hint)}\n")

    def data(self, lines: Iterable[str]) -> None:
        """Lines of data on stdout; a pager takes them when they are longer than the terminal."""
        self._clear()
        text = "".join(line + "\n" for line in lines)
        if self.pager and _terminal() and text.count("\n") >= shutil.get_terminal_size().lines and _page(text):
            return
        _written(text.encode("utf-8", "backslashreplace"))

    def raw(self, data: bytes) -> None:
        """Bytes on stdout (`-o -`). Refused on a terminal, which would be garbled by them."""
        if _terminal():
            raise UsageError("a Word file cannot be shown on a terminal", "Name a file with -o FILE, or send it through a pipe.")
        _written(data)


def _terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _written(data: bytes) -> None:
    """Bytes to stdout. UsageError where they cannot be written; BrokenPipeError where nobody reads on."""
    if sys.stdout is None:
        raise UsageError("there is no standard output to write to", "Write to a file with -o FILE.")
    try:
        if hasattr(sys.stdout, "buffer"):
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
        else:
            sys.stdout.write(data.decode("utf-8", "replace"))
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        discard_output()
        raise UsageError(f"the output cannot be written: {error.strerror or error}", "Check the free space, or use -o FILE.") from error


def discard_output() -> None:
    """Let what is still buffered for stdout go nowhere, so that leaving does not fail on it."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _page(text: str) -> bool:
    """Whether a pager took the text. `PAGER` may carry options; it is never given to a shell."""
    import subprocess

    command = shlex.split(os.environ.get("PAGER", "less"))
    if not command or shutil.which(command[0]) is None:
        return False
    environment = {"LESS": "FRX", "LESSSECURE": "1"} | dict(os.environ)
    with subprocess.Popen(command, stdin=subprocess.PIPE, env=environment) as process:
        assert process.stdin is not None
        try:
            process.stdin.write(text.encode("utf-8", "replace"))
            process.stdin.close()
        except BrokenPipeError:
            pass
        process.wait()
    return True
