"""A base contract enters the vault, or its next version. The bytes handed in are kept exactly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from redline.desk import documents
from redline.desk.scrubbing import require_unflagged
from redline.desk.turn import identified
from redline.errors import ConflictError, UsageError
from redline.model import Contract
from redline.text import counted
from redline.vault.files import Direction
from redline.vault.store import RefUpdate
from redline.views import Done

if TYPE_CHECKING:
    from redline.desk.desk import Desk


def add_base(desk: Desk, path: Path, name: str | None = None, *, force: bool = False, when: datetime | None = None) -> Done:
    """A base contract enters the vault, or its next version. The name defaults to the only base there is, else to the file's.

    A file that still carries tracked changes or comments is a ConflictError unless `force`: every client would see them.
    """
    from redline.vault.deals import base_names, base_ref, load_base, version_trailers
    from redline.vault.slugs import slug_for
    from redline.word.read import read

    data = documents.read_bytes(path)
    desk.tell(f"Reading {path.name} …")
    contract = read(data, path.name)
    require_unflagged(contract, path.name)
    if not force:
        _require_clean(contract, path)
    now = desk.clock()
    message = ""

    def build() -> Sequence[RefUpdate]:
        nonlocal message
        known = base_names(desk.vault)
        slug = slug_for(name) if name else known[0] if len(known) == 1 else slug_for(_by_file(path))
        record = load_base(desk.vault, slug) if slug in known else None
        if record and record.versions[-1].sha256 == documents.sha256(data):
            raise UsageError(f"{path.name} is already {slug}, version {len(record.versions)}", "Nothing was changed.")
        before = documents.stored(desk, record.versions[-1].oid).contract if record else None
        kept = identified(contract, before, str(slug))
        number = len(record.versions) + 1 if record else 1
        party = desk.vault.party().party
        file = documents.version_file(kept, data, turn=number, direction=Direction.BASE, party=party, date=when or now,
                                     recorded=now, file_name=path.name, extra=(("base", str(slug)),))
        message = f"{slug}, version {number}, is in the vault"
        return [RefUpdate(base_ref(slug), record.tip if record else None, documents.files(kept, data, file),
                          f"Base {slug}, version {number}", desk.signature(when or now), trailers=version_trailers(file))]

    desk.write(build, "base")
    return Done(message, next_steps=("redline send CLIENT -o FILE.docx",))


def _require_clean(contract: Contract, path: Path) -> None:
    pending = sum(paragraph.changed for paragraph in contract.paragraphs)
    if not pending and not contract.comments:
        return
    found = [counted(pending, "paragraph") + " with tracked changes"] if pending else []
    found += [counted(len(contract.comments), "comment")] if contract.comments else []
    raise ConflictError(f"{path.name} still carries {' and '.join(found)}, which every client would see",
                        "Nothing was changed. Accept, reject and delete them in Word first, or add --force to keep them.")


def _by_file(path: Path) -> str:
    return "contract" if path.stem.casefold() in ("base", "main") else path.stem
