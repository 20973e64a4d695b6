"""Beginning: the desk itself, the demo and its tour, a new vault, a base contract."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from redline.cli.context import Context
from redline.errors import UsageError
from redline.views import Done

if TYPE_CHECKING:
    from redline.desk import Desk


def desk(context: Context) -> int:
    """`redline` alone: the desk; without a terminal, the board as text."""
    with context.desk() as opened:
        if context.on_terminal and not context.output.json:
            return context.open_tui(opened, None, context.output.color)
    from redline.cli.looking import deals

    return deals(context)


def demo(context: Context) -> int:
    """The demo vault, built once, on the desk; without a terminal, the tour through it."""
    from redline.desk import Desk
    from redline.desk import demo as samples

    folder = context.path(context.arguments.directory or samples.DEFAULT_FOLDER)
    if samples.is_demo(folder):
        context.output.say(f"the demo vault is in {folder}")
    else:
        samples.build(folder, context.output.tell)
        context.output.say(f"the demo vault is built in {folder}")
    if context.on_terminal and not context.arguments.tour and not context.output.json:
        with Desk.open(folder, tell=context.output.tell) as opened:
            return context.open_tui(opened, None, context.output.color)
    if context.output.json:
        return context.done(Done(f"the demo vault is in {folder}", next_steps=(f"redline -C {folder} deals",)))
    context.output.data(_tour(context, folder))
    return 0


def _tour(context: Context, folder: Path) -> Iterator[str]:
    """Each stop of the tour: a sentence, the command as one would type it, and what it prints."""
    import shlex

    from redline.desk.demo import tour

    for number, stop in enumerate(tour(), 1):
        yield f"{number}. {stop.say}"
        yield ""
        yield f"   $ redline {shlex.join(stop.run)}"
        yield ""
        for line in _captured(context, folder, stop.run):
            yield f"   {line}".rstrip()
        yield ""
    yield f"The vault is in {folder}. Look on with `redline -C {folder}`, or start your own with `redline init`."


def _captured(context: Context, folder: Path, command: tuple[str, ...]) -> list[str]:
    """What a command prints on stdout, run as if it had been typed in the vault."""
    import contextlib
    import io

    from redline.cli.main import run

    printed = io.StringIO()
    color = "always" if context.output.colored else "never"
    with contextlib.redirect_stdout(printed):
        run([*command, "-C", str(folder), "--color", color, "--quiet"], open_tui=context.open_tui)
    return printed.getvalue().rstrip("\n").split("\n")


def init(context: Context) -> int:
    """A new vault."""
    from redline.desk import Desk

    folder = context.path(context.arguments.directory)
    party = context.arguments.party or _git_name()
    if not party:
        raise UsageError("the vault needs our firm's name", "Say it: `redline init DIR --party 'Our Firm Ltd'`.")
    with Desk.create(folder, party, tuple(context.arguments.names), tell=context.output.tell) as opened:
        return context.done(_welcome(opened, folder))


def _git_name() -> str:
    from redline.vault.plumbing import user_identity

    return user_identity()[0]


def _welcome(opened: Desk, folder: Path) -> Done:
    party = opened.vault.party().party
    return Done(f"a vault for {party} is in {folder}", next_steps=("redline base CONTRACT.docx",))


def base(context: Context) -> int:
    """A base contract, or its next version."""
    from redline.desk.bases import add_base

    with context.desk() as opened:
        return context.done(add_base(opened, context.path(context.arguments.file), context.arguments.name, force=context.arguments.force))
