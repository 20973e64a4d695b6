"""Killers to and from other vaults, as TOML: one file that holds several, or a folder with a file each.

What comes in is somebody else's file: it is bounded, read whole before anything is kept, and taken in as one act or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from redline.desk.library import find, killers
from redline.desk.recording import alike_words, merging, require_room, write
from redline.errors import UsageError, VaultError
from redline.text import counted, safe_line
from redline.views import Done

if TYPE_CHECKING:
    from redline.desk.desk import Desk
    from redline.killers.care import Import
    from redline.killers.library import Killer

_TOLD = 8


def chosen(desk: Desk, names: Sequence[str]) -> tuple[Killer, ...]:
    """The killers that are meant, each once; all of them where none is named. UsageError for an empty library."""
    library = killers(desk)
    wanted = tuple(dict.fromkeys(find(desk, name) for name in names)) if names else library
    if not wanted:
        raise UsageError("the library is empty; there is nothing to export", "`redline killers add` records a killer.")
    return wanted


def bundle(library: Sequence[Killer]) -> bytes:
    """Killers as one file."""
    from redline.killers.care import to_bundle

    return to_bundle(library)


def files(library: Sequence[Killer]) -> dict[str, bytes]:
    """Killers as a file each, by the names of the files."""
    from redline.killers.library import to_toml

    return {f"{killer.id}.toml": to_toml(killer) for killer in library}


def take_in(desk: Desk, incoming: Sequence[Killer]) -> Done:
    """Killers of another vault into ours, as one act. Those that are here already stay; those of one cause are offered for merging."""
    from redline.killers.care import bring_in

    plan = bring_in(killers(desk), incoming)
    known = f"{counted(len(plan.known), 'killer')} {'is' if len(plan.known) == 1 else 'are'} in the library already" if plan.known else ""
    if not plan.added:
        return Done(f"{known or 'no killer is in it'}; nothing was changed")
    require_room((*killers(desk), *plan.added))
    write(desk, plan.added, (), f"Import {counted(len(plan.added), 'killer')}", "killer-import")
    pairs = plan.alike[:_TOLD]
    return Done(f"{counted(len(plan.added), 'killer')} taken into the library", (*([known] if known else ()), *_told(plan)),
                (*(merging(pair) for pair in pairs), "redline killers", "redline undo"))


def _told(plan: Import) -> list[str]:
    names = {new: old for old, new in plan.renamed}
    lines = [f"{killer.id} {safe_line(killer.title, 60)}" + (f" (was {names[killer.id]}, which is another one here)"
             if killer.id in names else "") for killer in plan.added[:_TOLD]]
    if len(plan.added) > _TOLD:
        lines.append(f"… {len(plan.added) - _TOLD} more")
    lines += [alike_words(pair) for pair in plan.alike[:_TOLD]]
    if len(plan.alike) > _TOLD:
        lines.append(f"… {len(plan.alike) - _TOLD} more pairs: `redline killers merge`")
    return lines


def read(path: Path) -> tuple[Killer, ...]:
    """The killers in a file or in the .toml files of a folder. UsageError, and nothing taken in, where one cannot be used."""
    from redline.killers.bounds import LARGEST_FILE

    if path.is_dir():
        sources = sorted(each for each in path.iterdir() if each.suffix == ".toml" and each.is_file())
        if not sources:
            raise UsageError(f"{path} holds no .toml file", "Name a folder or a file that `redline killers export` wrote.")
    else:
        sources = [path]
    found: list[Killer] = []
    room = LARGEST_FILE
    for source in sources:
        data = _bytes(source, room)
        room -= len(data)
        found += parsed(data, str(source))
    return tuple(found)


def parsed(data: bytes, name: str) -> tuple[Killer, ...]:
    """The killers in the bytes of a file called `name`: of several, or of one."""
    from redline.killers.bounds import LARGEST_FILE, require_bounded, require_few
    from redline.killers.care import from_bundle
    from redline.killers.library import from_table, read_table

    if len(data) > LARGEST_FILE:
        raise _too_large(name)
    try:
        table = read_table(data, name)
        found = from_bundle(data, name) if "killers" in table or "format" in table else (from_table(table, name),)
    except VaultError as error:
        raise UsageError(safe_line(error.message), "Nothing was changed. Mend the file, or export it again.") from error
    require_few(found, name)
    for killer in found:
        require_bounded(killer, name)
    return found


def _bytes(path: Path, most: int) -> bytes:
    try:
        if not path.is_file():
            what = "is not an ordinary file" if path.exists() else "does not exist"
            raise UsageError(f"{path} {what}", "Name a file or a folder that `redline killers export` wrote.")
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}", "Check the name and its permissions.") from error
    if len(data) > most:
        raise _too_large(str(path))
    return data


def _too_large(name: str) -> UsageError:
    from redline.killers.bounds import LARGEST_FILE

    return UsageError(f"{safe_line(name)}: more than {LARGEST_FILE >> 20} MB of killers", "Nothing was changed. Is it what you meant?")
