"""How long somebody has held the paper, in words. Pure, but for asking the clock when no time is given."""

from __future__ import annotations

from datetime import UTC, datetime


def held(since: datetime | None, now: datetime | None = None) -> str:
    """ "today", "1 day", "12 days"; "" when it is not known since when."""
    if since is None:
        return ""
    now = now or datetime.now(UTC)
    if since.tzinfo is None:
        now = now.replace(tzinfo=None)
    days = max(0, (now - since).days)
    return "today" if days == 0 else "1 day" if days == 1 else f"{days} days"
