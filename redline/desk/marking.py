"""What a reader has seen of a turn, from one session to the next. Nothing depends on it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from redline.model import ChangeId, Slug
from redline.views import Comparison

if TYPE_CHECKING:
    from redline.desk.desk import Desk


def seen(desk: Desk, view: Comparison) -> frozenset[ChangeId]:
    """The changes of a turn of a deal that were seen before, those that are still there."""
    from redline.vault import seen as kept

    if not view.new.deal:
        return frozenset()
    there = {one.id for one in view.changes}
    return frozenset(one for one in kept.read(desk.vault.folder, _slug(view), view.new.turn) if one in there)


def see(desk: Desk, view: Comparison, changes: Collection[ChangeId]) -> bool:
    """Keep which changes of a turn were seen. False where that cannot be kept, which does no harm."""
    from redline.vault import seen as kept

    return bool(view.new.deal) and kept.write(desk.vault.folder, _slug(view), view.new.turn, changes)


def _slug(view: Comparison) -> Slug:
    return Slug(view.new.address.partition("@")[0])
