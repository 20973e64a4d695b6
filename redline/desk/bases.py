"""A base contract enters the vault, or its next version. The bytes handed in are kept exactly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from redline.desk import documents
from redline.desk.turn import identified
from redline.errors import UsageError
from redline.vault.files import Direction
from redline.vault.store import RefUpdate
from redline.views import Done

if TYPE_CHECKING:
    from redline.desk.desk import Desk


def add_base(desk: Desk, path: Path, name: str | None = None, *, when: datetime | None = None) -> Done:
    """A base contract enters the vault, or its next version. The name defaults to the only base there is, else to `base`."""
    from redline.vault.deals import base_names, base_ref, load_base, version_trailers
    from redline.vault.slugs import slug_for
    from redline.word.read import read

    data = documents.read_bytes(path)
    desk.tell(f"Reading {path.name} …")
    contract = read(data, path.name)
    now = desk.clock()
    message = ""

    def build() -> Sequence[RefUpdate]:
        nonlocal message
        known = base_names(desk.vault)
        slug = slug_for(name) if name else known[0] if len(known) == 1 else slug_for("services" if not known else path.stem)
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
