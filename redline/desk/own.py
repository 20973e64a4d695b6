"""What is our own: the clauses of our bases, as their words are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redline.desk import documents
from redline.desk.passages import passages
from redline.text import fold

if TYPE_CHECKING:
    from redline.desk.desk import Desk
    from redline.desk.documents import Version


def base_versions(desk: Desk, version: Version | None = None) -> tuple[Version, ...]:
    """The newest version of every base, and the base version that `version` descends from."""
    from redline.vault.deals import base_names, load_base

    oids = [load_base(desk.vault, name).versions[-1].oid for name in base_names(desk.vault)]
    if version is not None and version.oid:
        line = (documents.stored(desk, oid) for oid in reversed(documents.lineage(desk, version.oid)))
        oids += [each.oid for each in line if each.info.direction == "base"][:1]
    return tuple(documents.stored(desk, oid) for oid in dict.fromkeys(oids))


def clauses_of(version: Version) -> tuple[str, ...]:
    """The words of each clause of a version, all its changes accepted."""
    told = passages(version.contract.final().paragraphs, "new")
    return tuple(passage.text for _, passage in told if passage.text.strip())


def own_clauses(desk: Desk, version: Version) -> frozenset[str]:
    """The folded words of every clause of our bases that a version can hold as ours."""
    return frozenset(fold(text) for base in base_versions(desk, version) for text in clauses_of(base))
