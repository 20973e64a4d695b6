"""What the reader takes away: a change as text, a comparison as an HTML page. Files are new, and never written over.

A copied change goes to a private folder that only the user can read; an exported page goes where redline was started.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from redline.errors import UsageError
from redline.model import ChangeKind
from redline.text import safe, safe_line
from redline.tui.evidence import border, day, place_of
from redline.tui.page.index import Index
from redline.views import Comparison

Writer = Callable[[], Path]


def change_as_text(index: Index, number: int) -> str:
    """A change for an e-mail: where, what it was, what it is, who made it."""
    change = index.changes[number]
    where = place_of(index, index.place(number)[0], change.label)
    rows = [f"Clause {where}" if where else safe_line(index.comparison.new.title)]
    if says := border(index, change):
        rows.append(f"¶ {says}")
    if change.old_text.strip() and change.kind is not ChangeKind.FORMAT:
        rows.append(f"− {safe(change.old_text).strip()}")
    if change.new_text.strip():
        rows.append(f"+ {safe(change.new_text).strip()}")
    for who in change.attributions:
        name = safe_line(who.author) or "somebody"
        rows.append(f"{name}{', ' + day(who.date) if who.date else ''}, {'tracked' if who.tracked else 'UNTRACKED'}")
    return "\n".join(rows) + "\n"


@lru_cache(maxsize=1)
def _private_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="redline-"))


def copied(text: str) -> Path:
    """Write a copied text to a file of the user's own, for terminals that do not take it to the clipboard."""
    try:
        path = _private_folder() / "copied.txt"
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"the copy could not be written to a file: {error.strerror}") from error
    return path


def exported(comparison: Comparison, folder: Path | None = None) -> Path:
    """Write a comparison as one HTML page into a folder (where redline was started), under a name that is not taken."""
    from redline.render import html

    folder = folder or Path.cwd()
    name = re.sub(r"[^\w@-]+", "-", f"{comparison.old.address}-{comparison.new.address}").strip("-")[:80] or "redline"
    text = html.comparison(comparison)
    for number in range(1, 1000):
        path = folder / (f"{name}.html" if number == 1 else f"{name}-{number}.html")
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            continue
        except OSError as error:
            raise UsageError(f"{safe_line(str(path))} could not be written: {error.strerror}",
                             "start redline in a folder you may write to") from error
        return path
    raise UsageError(f"{safe_line(str(folder))} holds too many pages of that name", "move some of them away")
