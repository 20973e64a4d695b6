"""What a handler is given: its arguments, where to print, where the vault is, and how to open the terminal UI."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from redline.cli.output import Output
from redline.desk.handing import require_free, write_file
from redline.errors import UsageError
from redline.text import counted

if TYPE_CHECKING:
    from redline.desk import Desk
    from redline.desk.scrubbing import Left
    from redline.render.style import Painter
    from redline.views import Comparison, Done, Resolution


@dataclass(frozen=True, slots=True)
class Context:
    """One run of one command."""

    arguments: argparse.Namespace
    output: Output
    open_tui: Callable[[Desk, str | None, str], int]
    folder: Path

    def desk(self) -> Desk:
        """The desk on the vault found from here; VaultError when there is none."""
        from redline.desk import Desk

        desk = Desk.open(self.folder, tell=self.output.tell)
        desk.dry_run = self.dry_run
        desk.sensitivity = getattr(self.arguments, "sensitivity", "")
        if desk.sensitivity:
            from redline.desk.tuning import expected, level

            self.output.say(expected(level(desk)))
        return desk

    @property
    def dry_run(self) -> bool:
        """Whether nothing is to be stored or written."""
        return getattr(self.arguments, "dry_run", False)

    @contextmanager
    def desk_if_any(self) -> Iterator[Desk | None]:
        """The desk, or None where there is no vault (a vault that is there but damaged is still an error)."""
        from redline.vault.guard import locate

        if locate(self.folder) is None:
            yield None
            return
        with self.desk() as desk:
            yield desk

    @property
    def on_terminal(self) -> bool:
        able = os.environ.get("TERM") != "dumb"
        return able and all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))

    def path(self, name: str) -> Path:
        """A file the user named, as seen from where the command was typed."""
        if "\0" in name or not name:
            raise UsageError("a file name is empty or holds a zero byte", "Name a file.")
        return Path(name).expanduser()

    def deliver(self, text: str | bytes, kind: str) -> int:
        """Data to `-o`, or to stdout without it."""
        target = getattr(self.arguments, "output", None)
        data = text.encode("utf-8", "replace") if isinstance(text, str) else text
        if target is None and isinstance(text, str):
            self.output.data(text.rstrip("\n").split("\n"))
        elif target in (None, "-"):
            self.output.raw(data)
        else:
            write_file(self.path(target), data, force=self.arguments.force)
            self.output.say(f"wrote {target} ({kind}, {len(data):,} bytes)")
        return 0

    def leave(self, left: Left, kind: str = "docx") -> int:
        """A Word file for the other side, and beside it what was taken out: in one line, with -v one by one."""
        self.deliver(left.data, kind)
        if self.output.verbose:
            for words, found in (("removed before it leaves", left.removed), ("still in it", left.left)):
                for each in found:
                    self.output.say(f"  {words}: {each}")
        elif left.removed or left.left:
            told = [f"{counted(len(left.removed), 'kind')} of personal data removed before it leaves"] if left.removed else []
            told += [f"{len(left.left)} still in it"] if left.left else []
            self.output.say(f"{'; '.join(told)} (-v names {'it' if len(left.removed + left.left) == 1 else 'them'})")
        return 0

    def done(self, done: Done, *, to_stdout: bool = True) -> int:
        """What an act did, on stdout (as JSON with --json)."""
        if self.dry_run:
            self.output.say("dry run: nothing was stored; this is what would have been done")
        if self.output.quiet and not self.output.json:
            return 0
        if not to_stdout:
            self.output.say(done.message)
        elif self.output.json:
            from redline.render import json

            self.output.data([json.dumps(json.done(done))])
        else:
            from redline.render import text

            self.output.data(text.done(done, self.output.painter))
        return 0

    def resolution(self, done: Resolution, *, to_stdout: bool = True) -> None:
        """What became of the tracked changes of a file: on stdout, or told beside the data that went there."""
        if self.output.json and to_stdout:
            from redline.render import json

            self.output.data([json.line(json.resolution(done))])
            return
        from redline.render import text

        for line in text.resolution(done, self.output.painter if to_stdout else self.output.plain_painter):
            if not to_stdout:
                self.output.say(line)
            elif not self.output.quiet:
                self.output.data([line])

    @property
    def asked(self) -> str:
        """The format that was asked for, by name or by the ending of the file to write."""
        named: str | None = getattr(self.arguments, "format", None)
        if self.output.json and named != "docx":
            return "json"
        return named or kind_of(getattr(self.arguments, "output", None), "text")

    def require_apart(self, *names: str | None) -> None:
        """UsageError when the file to write is one of the files to read, or cannot be written; before anything is done."""
        target = getattr(self.arguments, "output", None)
        if target in (None, "-"):
            return
        path = self.path(target)
        for name in names:
            if name and path.exists() and self.path(name).exists() and path.samefile(self.path(name)):
                raise UsageError(f"{path} is a file to be read; it stays as it is", "Name another file with -o.")
        require_free(path, force=self.arguments.force)

    @property
    def kind(self) -> str:
        """The format a view is asked for in: text, json, html or md."""
        given, kind = self.arguments, self.asked
        if kind == "docx":
            raise UsageError("this cannot be written as a Word file", "Write it as .html, .md, .json or .txt; `redline diff A B -o "
                             "OUT.docx` and `redline export V -o OUT.docx` write Word files.")
        chosen: str = getattr(given, "only", "") or getattr(given, "clause", None) or ""
        if kind in ("json", "html") and chosen:
            raise UsageError(f"--only and --clause choose lines of text; {kind} holds everything", "Leave one of them away.")
        return kind

    def drawn(self, view: Comparison, *, only: frozenset[str] = frozenset()) -> int:
        """A comparison in the format that was asked for."""
        return self.deliver(self.drawing(view, only=only), self.kind)

    def drawing(self, view: Comparison, *, only: frozenset[str] = frozenset()) -> str:
        """The same as a text that ends with a line feed."""
        given, kind = self.arguments, self.kind
        only |= frozenset(word.strip() for word in getattr(given, "only", "").split(",") if word.strip())
        clause, whole = getattr(given, "clause", None), bool(getattr(given, "whole", False))
        if kind == "md":
            from redline.render import markdown

            return markdown.comparison(view, clause=clause, only=only, whole=whole)
        if kind != "text":
            return drawn(view, kind)
        return self.as_text(view, only=only)

    def as_text(self, view: Comparison, *, only: frozenset[str] = frozenset()) -> str:
        """The same as lines for the terminal, or for the file that was named."""
        from redline.render import text

        given = self.arguments
        clause, whole, formats = getattr(given, "clause", None), getattr(given, "whole", False), getattr(given, "all", False)
        quiet = formats or self.output.verbose
        if view.old == view.new:
            lines = text.version(view, self.painter, clause=clause, only=only, formats=formats, quiet=quiet)
        else:
            lines = text.comparison(view, self.painter, clause=clause, only=only, whole=whole, formats=formats, quiet=quiet)
        return "\n".join(lines) + "\n"

    @property
    def painter(self) -> Painter:
        """For the terminal, or for the file that was named."""
        plain = getattr(self.arguments, "output", None) not in (None, "-")
        return self.output.plain_painter if plain else self.output.painter

    def told(self, kind: str, *views: object) -> int:
        """A view of several parts, by the name of its renderer."""
        if self.output.json:
            from redline.render import json

            self.output.data([json.dumps(getattr(json, kind)(*views))])
        else:
            from redline.render import text

            self.output.data(getattr(text, kind)(*views, self.output.painter))
        return 0

    def table(self, kind: str, *views: object) -> int:
        """A view that is a list, by the name of its renderer."""
        extra = {"now": views[1]} if len(views) > 1 else {}
        if self.output.json:
            from redline.render import json

            self.output.data([json.dumps(getattr(json, kind)(views[0], **extra))])
            return 0
        from redline.render import text

        self.output.data(getattr(text, kind)(views[0], self.output.painter, **extra))
        return 0


def kind_of(target: str | None, default: str) -> str:
    """The format a file name asks for by its ending; `default` for stdout. UsageError for an ending that says nothing."""
    if target in (None, "-"):
        return default
    kinds = {".docx": "docx", ".json": "json", ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".txt": "text"}
    kind = kinds.get(Path(target or "").suffix.casefold())
    if kind is None:
        raise UsageError(f"what to write to {target} is not clear", "End the name in .html, .md, .json or .txt, or say it with --format.")
    return kind


def drawn(view: Comparison, kind: str) -> str:
    """A comparison as a whole document of one kind."""
    from redline.render import html, json

    return html.comparison(view) if kind == "html" else json.dumps(json.comparison(view)) + "\n"
