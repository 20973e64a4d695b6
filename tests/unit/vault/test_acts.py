"""Undo and redo: lines move back and forth, and nothing is lost on the way."""

from __future__ import annotations

import pytest

from redline.errors import ConflictError, UsageError
from redline.vault import store
from redline.vault.acts import last_act, next_redo, redo_last, undo_last
from redline.vault.check import check
from redline.vault.store import MAIN, RefUpdate, Vault
from tests.unit.vault.building import add_base, add_turn, close_deal, git, someone

ACME = "refs/heads/deal/acme"


def _heads(vault: Vault) -> dict[str, str]:
    return vault.refs("refs/heads/")


def test_in_a_new_vault_there_is_nothing_to_take_back(vault: Vault) -> None:
    assert last_act(vault) is None
    with pytest.raises(UsageError, match="nothing to take back"):
        undo_last(vault)
    with pytest.raises(UsageError, match="nothing to do again"):
        redo_last(vault)


def test_an_act_that_is_no_longer_the_one_in_turn_is_left_alone(vault: Vault) -> None:
    add_base(vault)
    first = last_act(vault)
    add_turn(vault, "acme")
    state = _heads(vault)
    assert first is not None and next_redo(vault) is None
    with pytest.raises(ConflictError, match="something else was done meanwhile"):
        undo_last(vault, first.id)
    assert _heads(vault) == state
    undone = undo_last(vault).act
    waiting = next_redo(vault)
    assert waiting is not None and waiting.id == undone.id and waiting.subjects == undone.subjects
    with pytest.raises(ConflictError, match="something else was done meanwhile"):
        redo_last(vault, first.id)
    redo_last(vault, waiting.id)
    assert _heads(vault) == state


def test_the_stamp_is_another_after_every_act_and_the_same_after_looking(vault: Vault) -> None:
    stamps = [vault.stamp()]
    for act in (lambda: add_base(vault), lambda: add_turn(vault, "acme"), lambda: add_turn(vault, "acme", "received", day=2),
                lambda: undo_last(vault)):
        act()
        vault.refs()
        stamps.append(vault.stamp())
        assert vault.stamp() == stamps[-1]
    assert len(set(stamps)) == len(stamps)


def test_undo_walks_back_through_every_act_and_redo_forward_again(vault: Vault) -> None:
    states = [_heads(vault)]
    add_base(vault)
    states.append(_heads(vault))
    add_turn(vault, "acme")
    states.append(_heads(vault))
    received = add_turn(vault, "acme", "received", day=2)
    states.append(_heads(vault))
    close_deal(vault, "acme", "won")
    states.append(_heads(vault))
    add_base(vault, document=b"new", adopts=received, day=5)
    states.append(_heads(vault))
    verbs = []
    for state in states[-2::-1]:
        verbs.append(undo_last(vault).act.verb)
        assert _heads(vault) == state
    assert verbs == ["adopt", "won", "receive", "send", "base"]
    assert "error" not in git(vault.folder, "fsck", "--strict")
    assert check(vault) == ()
    for state in states[1:]:
        redo_last(vault)
        assert _heads(vault) == state
    assert vault.refs("refs/undone/") == {}
    with pytest.raises(UsageError):
        redo_last(vault)


def test_undoing_the_first_turn_removes_the_deal_but_keeps_its_commit(vault: Vault) -> None:
    base = add_base(vault)
    turn = add_turn(vault, "acme")
    undone = undo_last(vault)
    assert (undone.act.verb, undone.act.refs, undone.act.subjects) == ("send", (ACME,), ("Sent acme",))
    assert vault.tip(ACME) is None
    assert vault.tip("refs/heads/base/services") == base
    assert list(vault.refs("refs/undone/").values()) == [turn]


def test_a_deal_on_the_clients_paper_goes_when_its_first_turn_is_undone(vault: Vault) -> None:
    add_turn(vault, "acme", "received", base=None)
    undo_last(vault)
    assert vault.tip(ACME) is None


def test_an_act_over_two_lines_is_taken_back_as_one(vault: Vault) -> None:
    add_base(vault)
    add_turn(vault, "acme")
    before = _heads(vault)
    updates = [
        RefUpdate(ACME, vault.tip(ACME), {}, "Lost", someone(), trailers=(("Redline-Deal", "acme"), ("Redline-Outcome", "lost"))),
        RefUpdate(MAIN, vault.tip(MAIN), {"killers/liability.toml": b""}, "A killer", someone()),
    ]
    vault.write(updates, "lost")
    after = _heads(vault)
    assert undo_last(vault).act.refs == (ACME, MAIN)
    assert _heads(vault) == before
    redo_last(vault)
    assert _heads(vault) == after


def test_an_act_that_others_built_on_is_not_taken_back_by_halves(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    add_base(vault)
    early = store.new_act_id()
    updates = [
        RefUpdate(ACME, None, {"a.txt": b""}, "Lost", someone()),
        RefUpdate(MAIN, vault.tip(MAIN), {"killers/liability.toml": b""}, "A killer", someone()),
    ]
    vault.write(updates, "lost")
    monkeypatch.setattr(store, "new_act_id", lambda: early)
    vault.write([RefUpdate(MAIN, vault.tip(MAIN), {"killers/other.toml": b""}, "Another", someone())], "killers")
    before = vault.refs("refs/")
    with pytest.raises(ConflictError, match="lost"):
        undo_last(vault)
    assert vault.refs("refs/") == before


def test_what_was_taken_back_cannot_be_done_again_after_something_else(vault: Vault) -> None:
    add_base(vault)
    add_turn(vault, "acme")
    undo_last(vault)
    add_turn(vault, "beta")
    before = vault.refs("refs/")
    with pytest.raises(UsageError, match="nothing to do again"):
        redo_last(vault)
    assert vault.refs("refs/") == before


def test_an_undo_that_was_interrupted_can_be_repeated(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    add_base(vault)
    add_turn(vault, "acme")
    undo_last(vault)
    redo_last(vault)
    act = last_act(vault)
    assert act is not None
    git(vault.folder, "update-ref", f"refs/undone/{act.id}/heads/deal/acme", vault.tip(ACME) or "")
    assert undo_last(vault).act == act
    assert vault.tip(ACME) is None


def test_a_line_changed_by_hand_is_not_undone(vault: Vault) -> None:
    add_base(vault)
    add_turn(vault, "acme")
    tip, tree = vault.tip(ACME) or "", git(vault.folder, "rev-parse", f"{ACME}^{{tree}}").strip()
    identity = ("-c", "user.name=x", "-c", "user.email=x")
    by_hand = git(vault.folder, *identity, "commit-tree", tree, "-p", tip, "-m", "By hand").strip()
    git(vault.folder, "update-ref", ACME, by_hand)
    assert undo_last(vault).act.verb == "base"
    assert vault.tip(ACME) == by_hand
