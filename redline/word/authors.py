"""Who made a tracked change or a comment, and when.

Sources: ECMA-376 Part 1 §17.13 (w:author, w:date), [MS-DOCX] 2.9 (w16du:dateUtc). Word writes local time with a `Z` into
w:date and the true time into dateUtc since 2023; where only w:date is there, its `Z` is believed.
"""

from __future__ import annotations

from datetime import UTC, datetime

from redline.model import Attribution
from redline.word.xml import W16DU_NS, Element, w

_AUTHOR, _DATE, _UTC_DATE = w("author"), w("date"), f"{{{W16DU_NS}}}dateUtc"


class Authors:
    """Attributions by what the file says, each built once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Attribution] = {}

    def of(self, element: Element) -> Attribution:
        """The attribution of a tracked change; author and date may be missing."""
        key = (element.get(_AUTHOR) or "", element.get(_UTC_DATE) or element.get(_DATE) or "")
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = Attribution(key[0], moment(key[1]), tracked=True)
        return found

    @property
    def names(self) -> set[str]:
        """Every author met so far."""
        return {author for author, _ in self._known}


def moment(text: str) -> datetime | None:
    """A date as a file writes it, with a time zone (UTC where it names none), or None when it is no date."""
    try:
        found = datetime.fromisoformat(text.strip())
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
