"""All deals at a glance, and the file they are kept in: never needed, never stale, never half there."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import attrgetter
from pathlib import Path

import pytest

from redline.model import Slug
from redline.vault import cards, index
from redline.vault.cards import DealCard, load_cards
from redline.vault.deals import Roots, deal_names, load_deals, read_deals
from redline.vault.reading import Reader
from redline.vault.store import RefUpdate, Vault
from tests.unit.vault.building import add_base, add_turn, close_deal, git, someone


@pytest.fixture(autouse=True)
def small_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two deals a round, and one new entry is worth writing."""
    monkeypatch.setattr(cards, "ROUND", 2)
    monkeypatch.setattr(cards, "WORTH", 1)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[list[str]]]:
    """The slugs of each round that was read from git."""
    rounds: list[list[str]] = []
    ours = read_deals

    def counting(vault: Reader, deals: list[tuple[Slug, str]], roots: Roots) -> object:
        rounds.append([str(slug) for slug, _ in deals])
        return ours(vault, deals, roots)

    monkeypatch.setattr(cards, "read_deals", counting)
    yield rounds


def three(vault: Vault) -> None:
    add_base(vault)
    add_turn(vault, "acme", name="[b]ACME[/b] \x9b31m\u202e")
    add_turn(vault, "acme", "received", day=4)
    add_turn(vault, "beta", base=None, direction="received")
    add_turn(vault, "gamma", day=2)
    close_deal(vault, "gamma", "lost")


def same_as_records(vault: Vault) -> None:
    found = load_cards(vault)
    records = load_deals(vault)
    said = attrgetter("slug", "tip", "name", "outcome", "base", "closed", "since", "whose_turn", "adopted", "value", "undecided")
    assert list(map(said, found)) == list(map(said, records))
    assert [c.hands for c in found] == [tuple((turn.date, turn.direction) for turn in r.turns) for r in records]


def test_a_card_says_what_the_record_says_whether_it_was_kept_or_not(vault: Vault) -> None:
    three(vault)
    same_as_records(vault)
    assert (vault.folder / index.NAME).is_file()
    same_as_records(vault)
    add_base(vault, adopts=vault.tip("refs/heads/deal/acme"), document=b"with theirs", day=5)
    assert [card.adopted for card in load_cards(vault)] == [True, False, False]
    same_as_records(vault)


def test_only_deals_whose_line_moved_are_read_again(vault: Vault, read: list[list[str]]) -> None:
    three(vault)
    load_cards(vault)
    assert read == [["acme", "beta"], ["gamma"]]
    read.clear()
    load_cards(vault)
    assert read == []
    add_turn(vault, "beta", "sent", day=6)
    git(vault.folder, "update-ref", "-d", "refs/heads/deal/gamma")
    assert [(card.slug, len(card.hands)) for card in load_cards(vault)] == [("acme", 2), ("beta", 2)]
    assert read == [["beta"]]


def test_a_line_that_goes_back_is_told_as_it_was(vault: Vault) -> None:
    three(vault)
    before = load_cards(vault)
    tip = vault.tip("refs/heads/deal/acme")
    close_deal(vault, "acme", "won")
    assert load_cards(vault)[0].outcome == "won"
    git(vault.folder, "update-ref", "refs/heads/deal/acme", str(tip))
    assert load_cards(vault) == before


def test_names_come_from_what_is_kept(vault: Vault) -> None:
    three(vault)
    before = deal_names(vault)
    load_cards(vault)
    assert deal_names(vault) == before
    add_turn(vault, "delta", name="Delta & Söhne")
    assert [each.name for each in deal_names(vault)][-2:] == ["Delta & Söhne", "gamma"]


def damage(data: bytes) -> Iterator[bytes]:
    """A kept file in every state that it may be found in."""
    head, _, body = data.partition(b"\n")
    yield b""
    yield data[: len(data) // 2]
    yield data.replace(b"lost", b"open")
    yield head + b"\n"
    yield data.replace(b"redline index 1", b"redline index 0")
    rows = json.loads(body)
    for wrong in ({"a": 1}, [1], [[*rows[0][:-1]]], [[*rows[0][:-2], "x", ""]], [[*rows[0][:3], "dead", *rows[0][4:]]],
                  [[*rows[0][:11], "2025-01-01 sent", *rows[0][12:]]], [[*rows[0][:9], "much", *rows[0][10:]]]):
        text = json.dumps(wrong).encode()
        yield index._head(text) + b"\n" + text


def test_a_damaged_or_planted_file_is_as_good_as_none(vault: Vault) -> None:
    three(vault)
    before = load_cards(vault)
    path = vault.folder / index.NAME
    good = path.read_bytes()
    for bad in damage(good):
        path.write_bytes(bad)
        assert load_cards(vault) == before, bad
        assert deal_names(vault)[0].name == before[0].name
    assert path.read_bytes() == good, "and it is written anew"


def test_a_folder_that_cannot_be_written_to_is_read_all_the_same(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    three(vault)

    def refused(*_: object, **__: object) -> None:
        raise PermissionError("read-only")

    monkeypatch.setattr(Path, "open", refused)
    assert [card.slug for card in load_cards(vault)] == ["acme", "beta", "gamma"]
    assert not (vault.folder / index.NAME).exists()


def test_two_programs_do_not_write_at_once_and_a_dead_one_is_no_obstacle(vault: Vault) -> None:
    three(vault)
    fresh = vault.folder / f"{index.NAME}.new"
    fresh.write_bytes(b"half")
    load_cards(vault)
    assert not (vault.folder / index.NAME).exists() and fresh.exists()
    os.utime(fresh, (time.time() - 3600,) * 2)
    load_cards(vault)
    load_cards(vault)
    assert (vault.folder / index.NAME).is_file() and not fresh.exists()


def test_a_reader_who_leaves_has_lost_nothing(vault: Vault, read: list[list[str]]) -> None:
    three(vault)
    told: list[tuple[int, int]] = []

    def leaves(found: Sequence[DealCard], total: int) -> None:
        told.append((len(found), total))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_cards(vault, leaves)
    assert told == [(2, 3)]
    read.clear()
    assert len(load_cards(vault)) == 3
    assert read == [["gamma"]]


def test_a_few_deals_are_not_worth_a_file(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "WORTH", 4)
    three(vault)
    load_cards(vault)
    assert not (vault.folder / index.NAME).exists()


def test_what_a_decision_left_open_is_told_until_the_next_turn(vault: Vault) -> None:
    three(vault)
    ref = "refs/heads/deal/acme"
    update = RefUpdate(ref, vault.tip(ref), {"decisions.json": b"{}"}, "Decide", someone(5),
                       trailers=(("Redline-Deal", "acme"), ("Redline-Undecided", "3")))
    vault.write([update], "decide")
    assert load_cards(vault)[0].undecided == 3
    add_turn(vault, "acme", "sent", day=6)
    assert load_cards(vault)[0].undecided is None


def test_an_entry_survives_being_written(tmp_path: Path) -> None:
    entry = index.Entry("a", "0" * 40, "Ä [x] \x1b \u2028", "open", "", "", "", "", "", "1.50", "EUR", "", "", -1, "")
    assert index.write(tmp_path, [entry, replace(entry, slug="b")])
    assert list(index.read(tmp_path).values()) == [entry, replace(entry, slug="b")]
