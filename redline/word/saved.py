"""When a document was saved last, as it says itself (ECMA-376 Part 2 §11, the core properties)."""

from __future__ import annotations

from datetime import UTC, datetime

from redline.word.package import Package

_MODIFIED = "{http://purl.org/dc/terms/}modified"


def saved(package: Package) -> datetime | None:
    """The time of the last save, in UTC where no zone is said; None where the file says none."""
    for part in package.related("", "core-properties"):
        said = package.xml(part).findtext(_MODIFIED, "").strip()
        try:
            when = datetime.fromisoformat(said)
        except ValueError:
            continue
        return when if when.tzinfo else when.replace(tzinfo=UTC)
    return None
