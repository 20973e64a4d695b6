"""Taking back the last act, and doing it again. Nothing is lost: what is taken back stays under `refs/undone/<act>/`.

Every commit ends in `Redline-Act: <id> <verb>`; ids sort by the time they were made, and the commits that one act
made share one. To undo is to move each line back to where it stood before the act, by compare-and-swap, or to remove
a line the act began.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from redline.errors import ConflictError, UsageError
from redline.vault.objects import CommitInfo
from redline.vault.store import ACT, DEALS, UNDONE, RefMove, Vault

_ACT = re.compile(r"([0-9]{8}t[0-9]{12}-[0-9a-f]{4}) ([a-z][a-z-]*)(?: over ([0-9]{1,3}))?")
_FOR_GOOD = "init"


@dataclass(frozen=True, slots=True)
class Act:
    """One thing the user did: its id, its verb, the refs it moved and the subjects of its commits, newest first."""

    id: str
    verb: str
    refs: tuple[str, ...]
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UndoneAct:
    """An act that was taken back or done again, and the moves that did it."""

    act: Act
    moves: tuple[RefMove, ...]


def act_of(commit: CommitInfo) -> tuple[str, str, int] | None:
    """(id, verb, number of refs) of the act that made `commit`, None for a commit that redline did not make."""
    match = _ACT.fullmatch(commit.trailer(ACT) or "")
    return (match[1], match[2], int(match[3] or 1)) if match else None


def last_act(vault: Vault) -> Act | None:
    """The newest act over all lines, None when there is nothing that can be taken back."""
    newest: tuple[str, str, int] | None = None
    found: list[tuple[str, CommitInfo]] = []
    for ref, commit in vault.tips("refs/heads/"):
        here = act_of(commit)
        if here is None or here[1] == _FOR_GOOD:
            continue
        if newest is None or here[0] > newest[0]:
            newest, found = here, []
        if here[0] == newest[0]:
            found.append((ref, commit))
    if newest is None:
        return None
    if len(found) < newest[2]:
        raise ConflictError(
            f"the last act ({newest[1]}) changed {newest[2]} lines, and on one of them somebody has gone on since",
            "undo has changed nothing; what was written since comes first",
        )
    return Act(newest[0], newest[1], tuple(ref for ref, _ in found), tuple(commit.subject for _, commit in found))


def undo_last(vault: Vault, expected: str = "") -> UndoneAct:
    """Take back the newest act; UsageError when there is none. Its commits are kept for `redo_last`.

    ConflictError when an act is `expected` to be the newest, by its id, and it is not.
    """
    act = last_act(vault)
    if act is None:
        raise UsageError("there is nothing to take back", "")
    _require(act, expected)
    moves: list[RefMove] = []
    keeping: list[RefMove] = []
    for ref in act.refs:
        tip = vault.tip(ref)
        if tip is None:
            raise ConflictError(f"{ref} vanished in the meantime", "try again")
        moves.append(RefMove(ref, tip, _before(vault, ref, tip, act.id)))
        kept = _kept(act.id, ref)
        keeping.append(RefMove(kept, vault.tip(kept), tip))
    vault.move([*keeping, *moves])
    return UndoneAct(act, tuple(moves))


def next_redo(vault: Vault) -> Act | None:
    """What `redo_last` would do again: the act that was taken back last, None when nothing was, or something else was done since."""
    found = _waiting(vault)
    return found[0] if found else None


def redo_last(vault: Vault, expected: str = "") -> UndoneAct:
    """Do again what was taken back last; UsageError when nothing was, or when something else was done since.

    ConflictError when an act is `expected` to be next, by its id, and it is not.
    """
    found = _waiting(vault)
    if found is None:
        raise UsageError("there is nothing to do again", "")
    act, kept = found
    _require(act, expected)
    moves = []
    for ref, commit in kept:
        home = _home(ref)
        before = _before(vault, home, commit.oid, act.id)
        if vault.tip(home) != before:
            raise UsageError("it cannot be done again: something else was done since", "`redline log` shows what")
        moves.append(RefMove(home, before, commit.oid))
    vault.move(moves)
    vault.move([RefMove(ref, commit.oid, None) for ref, commit in kept])
    return UndoneAct(act, tuple(moves))


def _waiting(vault: Vault) -> tuple[Act, list[tuple[str, CommitInfo]]] | None:
    """The act to be done again next, and where its commits are kept."""
    undone: dict[str, list[tuple[str, CommitInfo]]] = {}
    for ref, commit in vault.tips(UNDONE):
        undone.setdefault(ref.removeprefix(UNDONE).split("/")[0], []).append((ref, commit))
    latest = last_act(vault)
    waiting = sorted(act for act in undone if latest is None or act > latest.id)
    if not waiting:
        return None
    kept = undone[waiting[0]]
    return Act(waiting[0], _verb(kept[0][1]), tuple(_home(ref) for ref, _ in kept), tuple(each.subject for _, each in kept)), kept


def _require(act: Act, expected: str) -> None:
    if expected and act.id != expected:
        raise ConflictError(f"something else was done meanwhile ({act.verb}); nothing was taken back", "Look, and try again.")


def _before(vault: Vault, ref: str, tip: str, act: str) -> str | None:
    """Where `ref` stood before `act`: the first ancestor the act did not make, None when the act began the line."""
    commit = vault.commit(tip)
    while (here := act_of(commit)) is not None and here[0] == act:
        if not commit.parents:
            return None
        child, commit = commit, vault.commit(commit.parents[0])
        if ref.startswith(DEALS) and _begins_deal(child, commit):
            return None
    return commit.oid


def _begins_deal(child: CommitInfo, parent: CommitInfo) -> bool:
    return child.trailer("Redline-Deal") is not None and parent.trailer("Redline-Deal") != child.trailer("Redline-Deal")


def _kept(act: str, ref: str) -> str:
    return f"{UNDONE}{act}/{ref.removeprefix('refs/')}"


def _home(ref: str) -> str:
    return "refs/" + ref.removeprefix(UNDONE).split("/", 1)[1]


def _verb(commit: CommitInfo) -> str:
    act = act_of(commit)
    return act[1] if act else "act"
