"""Commands that take several files: `show` and `resolve`. A file that is refused is told of and does not stop the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from redline.cli.context import Context
from redline.desk.handing import require_free, write_file
from redline.errors import DocumentError, UsageError

if TYPE_CHECKING:
    from redline.views import Comparison


def show(context: Context) -> int:
    """Versions or files, each with its own tracked changes: in full, or as a list of changes, or what was read of it."""
    given = context.arguments
    told = _telling(context)
    if len(given.versions) > 1 and context.kind in ("html", "md"):
        raise UsageError(f"{context.kind} is written for one version at a time", "Name one, or use text or --json.")
    refused: list[DocumentError] = []
    parts = _parts(context, told, refused)
    if given.output not in (None, "-") or context.kind != "json":
        joint = "" if context.kind == "json" else "\n"
        text = joint.join(parts)
        if text:
            context.deliver(text, context.kind)
    else:
        for part in parts:
            context.output.data([part.rstrip("\n")])
    return refused[0].exit_code if refused else 0


def _parts(context: Context, told: Callable[[Comparison, str], str], refused: list[DocumentError]) -> Iterator[str]:
    """What is told of each version in turn; the refusals are told on stderr and kept."""
    from redline.desk import look

    given = context.arguments
    with context.desk_if_any() as opened:
        for name in given.versions:
            try:
                view = look.show(opened, name, strict=given.strict)
            except DocumentError as error:
                refused.append(error)
                context.output.fail(error, file=name)
                continue
            yield told(view, name)


def _telling(context: Context) -> Callable[[Comparison, str], str]:
    """How one version is told: what was asked for, in the format that was asked for."""
    given, as_json = context.arguments, context.kind == "json"
    if context.kind in ("html", "md") and (given.changes or given.coverage):
        raise UsageError(f"there is no {context.kind} of this", "Use text or --json.")
    if given.coverage:
        return _coverage if as_json else lambda view, name: _text(_coverage_lines(context, view))
    if given.changes:
        return _changes if as_json else lambda view, name: _text(_change_lines(context, view))
    return _document if as_json else lambda view, name: context.drawing(view)


def _text(lines: Iterator[str]) -> str:
    return "\n".join(lines) + "\n"


def _document(view: Comparison, name: str) -> str:
    from redline.render import document, json

    return json.line(document.document(view, name)) + "\n"


def _changes(view: Comparison, name: str) -> str:
    from redline.render import decisions, document, json

    return json.line(decisions.decisions(document.document(view, name))) + "\n"


def _coverage(view: Comparison, name: str) -> str:
    from redline.render import json, reach

    return json.line(reach.coverage(view, name)) + "\n"


def _change_lines(context: Context, view: Comparison) -> Iterator[str]:
    from redline.render import decisions

    return decisions.lines(view, context.painter)


def _coverage_lines(context: Context, view: Comparison) -> Iterator[str]:
    from redline.render import reach

    return reach.lines(view, context.painter)


def resolve(context: Context) -> int:
    """Tracked changes accepted or rejected in copies of files. What can be checked is checked before anything is written."""
    from redline.desk.chosen import resolved

    given = context.arguments
    accept, reject = _ids(given.accept), _ids(given.reject)
    if not accept and not reject:
        raise UsageError("it is not said what to accept or reject", "Add `--accept all`, `--reject all`, or ids: `--accept 3f2a91bc,…`.")
    if len(given.files) > 1 and (accept | reject) - {"all"}:
        raise UsageError("changes can be chosen by id in one file at a time", "Name one file, or use `all`.")
    targets = _targets(context)
    failed = 0
    for name, target in targets.items():
        try:
            data, done = resolved(context.path(name), "" if target is None else str(target), accept=accept, reject=reject,
                                  strict=given.strict)
        except DocumentError as error:
            failed = error.exit_code
            context.output.fail(error, file=name)
            continue
        if target is None:
            context.output.raw(data)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            write_file(target, data, force=given.force)
        context.resolution(done, to_stdout=target is not None)
    return failed


def _ids(words: str | None) -> frozenset[str]:
    return frozenset(word.strip() for word in (words or "").split(",") if word.strip())


def _targets(context: Context) -> dict[str, Path | None]:
    """Where each file goes, None for stdout. UsageError when one would be written over another, or over what is there."""
    given = context.arguments
    if given.output == "-":
        if len(given.files) > 1:
            raise UsageError("only one file can go to stdout", "Name a folder with -o.")
        return {given.files[0]: None}
    out = context.path(given.output)
    if len(given.files) == 1 and not out.is_dir() and not given.output.endswith(("/", "\\")):
        targets = {given.files[0]: out}
        require_free(out, force=True)
    else:
        if out.exists() and not out.is_dir():
            raise UsageError(f"{out} is not a folder", "Name a folder with -o when there are several files.")
        targets = {name: out / context.path(name).name for name in given.files}
    seen: dict[Path, str] = {}
    for name, target in targets.items():
        if seen.setdefault(target, name) != name:
            raise UsageError(f"{seen[target]} and {name} would both be written to {target}", "Resolve them into two folders.")
        for source in given.files:
            if target.exists() and context.path(source).exists() and target.samefile(context.path(source)):
                raise UsageError(f"{target} is a file to be read; it stays as it is", "Name another file or folder with -o.")
        if target.parent.is_dir():
            require_free(target, force=given.force)
    return dict(targets)
