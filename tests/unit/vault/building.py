"""A few lines that put bases, turns and outcomes into a vault, so that a test shows its story and not its plumbing."""

from __future__ import annotations

import hashlib
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

from redline.model import Slug
from redline.vault.deals import base_ref, deal_ref, version_trailers
from redline.vault.files import DealFile, Direction, VaultFile, VersionFile
from redline.vault.objects import Signature
from redline.vault.store import RefUpdate, Vault

PARTY = VaultFile("Brightwater Analytics Ltd", ("Anna Weber",))
START = datetime(2025, 3, 1, 9, 0, tzinfo=UTC)


def someone(day: int = 0, name: str = "Anna Weber") -> Signature:
    return Signature(name, "anna@example.com", START + timedelta(days=day))


def git(folder: Path, *args: str, check: bool = True) -> str:
    """Plain git, as anybody would run it: the independent oracle."""
    done = subprocess.run(["git", "-C", str(folder), *args], capture_output=True, text=True, check=check)
    return done.stdout + done.stderr


def version(document: bytes, direction: Direction, day: int, turn: int = 1) -> VersionFile:
    digest = hashlib.sha256(document).hexdigest()
    date = START + timedelta(days=day)
    return VersionFile(turn, direction, "Anna Weber", date, date, digest, "Contract v1 (final).docx", "1")


def add_base(vault: Vault, name: str = "services", document: bytes = b"base", *, adopts: str | None = None, day: int = 0) -> str:
    """The next version of a base; `adopts` is a deal commit that becomes the second parent."""
    ref, file = base_ref(Slug(name)), version(document, Direction.BASE, day)
    old = vault.tip(ref)
    update = RefUpdate(
        ref,
        old,
        {"contract.docx": document, "version.json": file.to_bytes()},
        f"Base {name}",
        someone(day),
        trailers=version_trailers(file),
        parents=tuple(oid for oid in (old, adopts) if oid),
        committer=someone(day),
    )
    return vault.write([update], "adopt" if adopts else "base")[ref]


def add_turn(
    vault: Vault,
    slug: str,
    direction: str = "sent",
    document: bytes = b"turn",
    *,
    base: str | None = "services",
    day: int = 1,
    name: str = "",
) -> str:
    """The next turn of a deal; the first one roots it in the base, or in nothing when `base` is None."""
    ref, file = deal_ref(Slug(slug)), version(document, Direction(direction), day)
    old = vault.tip(ref)
    files: dict[str, bytes | None] = {"contract.docx": document, "version.json": file.to_bytes()}
    parents: tuple[str, ...] | None = None
    if old is None:
        root = vault.tip(base_ref(Slug(base))) if base else None
        parents = (root,) if root else ()
        files["deal.toml"] = DealFile(name or slug, base or "", their_paper=base is None).to_bytes()
    update = RefUpdate(
        ref,
        old,
        files,
        f"{direction.title()} {slug}",
        someone(day, "Anna Weber" if direction == "sent" else "Their Lawyer"),
        trailers=version_trailers(file, Slug(slug)),
        parents=parents,
        committer=someone(day),
    )
    return vault.write([update], "send" if direction == "sent" else "receive")[ref]


def close_deal(vault: Vault, slug: str, outcome: str, *, day: int = 9) -> str:
    ref = deal_ref(Slug(slug))
    trailers = (("Redline-Deal", slug), ("Redline-Outcome", outcome))
    update = RefUpdate(ref, vault.tip(ref), {}, outcome.title(), someone(day), trailers=trailers, committer=someone(day))
    return vault.write([update], outcome)[ref]
