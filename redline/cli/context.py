"""What a handler is given: its arguments, where to print, where the vault is, and how to open the terminal UI."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from redline.cli.output import Output, write_file
from redline.desk import Desk
from redline.errors import UsageError
from redline.views import Comparison, Done


@dataclass(frozen=True, slots=True)
class Context:
    """One run of one command."""

    arguments: argparse.Namespace
    output: Output
    open_tui: Callable[[Desk, str | None, str], int]
    folder: Path

    def desk(self) -> Desk:
        """The desk on the vault found from here; VaultError when there is none."""
        desk = Desk.open(self.folder, tell=self.output.tell)
        desk.dry_run = self.dry_run
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

    def drawn(self, view: Comparison, *, only: frozenset[str] = frozenset()) -> int:
        """A comparison in the format that was asked for."""
        given = self.arguments
        kind = "json" if self.output.json else getattr(given, "format", None) or kind_of(getattr(given, "output", None), "text")
        if kind == "docx":
            raise UsageError("a comparison cannot be written as a Word file yet", "Write it as .html, .md, .json or .txt.")
        only |= frozenset(word.strip() for word in getattr(given, "only", "").split(",") if word.strip())
        if kind == "md":
            from redline.render import markdown

            chosen = markdown.comparison(view, clause=given.clause, only=only, whole=given.whole)
            return self.deliver(chosen, kind)
        if kind != "text":
            if getattr(given, "only", "") or getattr(given, "clause", None):
                raise UsageError(f"--only and --clause choose lines of text; {kind} holds everything", "Leave one of them away.")
            return self.deliver(drawn(view, kind), kind)
        from redline.render import text

        painter = self.output.painter
        if getattr(given, "output", None) not in (None, "-"):
            painter = self.output.plain_painter
        single = view.old == view.new
        clause = getattr(given, "clause", None)
        if single:
            lines = text.version(view, painter, clause=clause, only=only)
        else:
            lines = text.comparison(view, painter, clause=clause, only=only, whole=getattr(given, "whole", False))
        return self.deliver("\n".join(lines) + "\n", "text")

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
