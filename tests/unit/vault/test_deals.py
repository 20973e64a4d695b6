"""Deals and bases, told by commits alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from redline.errors import UsageError, VaultError
from redline.model import Coverage, Notice, Slug
from redline.vault.deals import base_names, deal_names, load_base, load_deal, load_deals, version_trailers
from redline.vault.files import DealFile, Direction, Outcome, VaultFile, VersionFile
from redline.vault.plumbing import Plumbing
from redline.vault.store import RefUpdate, Vault
from tests.unit.vault.building import START, add_base, add_turn, close_deal, git, someone, version

ACME = Slug("acme")


def test_a_deal_knows_its_turns_its_root_and_whose_turn_it_is(vault: Vault) -> None:
    add_base(vault)
    root = add_base(vault, document=b"base 2", day=1)
    sent = add_turn(vault, "acme", "sent", b"out", day=2, name="ACME Corp")
    deal = load_deal(vault, ACME)
    assert (deal.name, deal.root, deal.base, deal.base_version) == ("ACME Corp", root, "services", 2)
    assert (deal.whose_turn, deal.since, deal.opened) == ("theirs", START + timedelta(days=2), START + timedelta(days=2))
    received = add_turn(vault, "acme", "received", b"back", day=7)
    deal = load_deal(vault, ACME)
    turns = [(turn.number, turn.direction.value, turn.oid) for turn in deal.turns]
    assert turns == [(1, "sent", sent), (2, "received", received)]
    assert (deal.whose_turn, deal.since, deal.outcome, deal.adopted) == ("ours", START + timedelta(days=7), Outcome.OPEN, False)
    last = deal.turns[-1]
    assert (last.party, last.file_name, last.title) == ("Their Lawyer", "Contract v1 (final).docx", "Received acme")
    assert deal.latest(Direction.SENT) == deal.turns[0]
    assert git(vault.folder, "log", "--format=%H", "refs/heads/deal/acme").split()[:3] == [received, sent, root]


def test_a_decision_is_no_turn(vault: Vault) -> None:
    add_base(vault)
    add_turn(vault, "acme")
    ref = "refs/heads/deal/acme"
    update = RefUpdate(ref, vault.tip(ref), {"decisions.json": b"{}"}, "Decide", someone(3), trailers=(("Redline-Deal", "acme"),))
    tip = vault.write([update], "decide")[ref]
    deal = load_deal(vault, ACME)
    assert (len(deal.turns), deal.tip) == (1, tip)


@pytest.mark.parametrize("outcome", ["won", "lost"])
def test_a_closed_deal_is_nobodys_turn(vault: Vault, outcome: str) -> None:
    add_base(vault)
    add_turn(vault, "acme")
    oid = close_deal(vault, "acme", outcome, day=9)
    deal = load_deal(vault, ACME)
    assert (deal.outcome, deal.whose_turn, deal.closed) == (outcome, "nobody", START + timedelta(days=9))
    assert deal.agreed == (oid if outcome == "won" else None)
    close_deal(vault, "acme", "open", day=10)
    assert load_deal(vault, ACME).whose_turn == "theirs"


def test_a_deal_on_the_clients_paper_has_no_base(vault: Vault) -> None:
    add_turn(vault, "acme", "received", base=None)
    deal = load_deal(vault, ACME)
    assert (deal.their_paper, deal.root, deal.base, deal.base_version) == (True, None, None, None)
    assert deal.whose_turn == "ours"


def test_an_adopted_deal_is_named_by_the_base_version_it_became(vault: Vault) -> None:
    add_base(vault)
    add_turn(vault, "acme")
    received = add_turn(vault, "acme", "received", day=2)
    merge = add_base(vault, document=b"with acme's edits", adopts=received, day=3)
    close_deal(vault, "acme", "won")
    add_turn(vault, "beta", "sent", day=4)
    base = load_base(vault, Slug("services"))
    assert [(each.number, each.from_deal) for each in base.versions] == [(1, None), (2, "acme")]
    assert base.versions[-1].oid == base.tip == merge
    acme, beta = load_deals(vault)
    assert (acme.adopted, acme.base_version) == (True, 1)
    assert (beta.adopted, beta.base_version, beta.root) == (False, 2, merge)


def test_thousands_of_deals_are_no_more_processes_than_one(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    add_base(vault)
    for number in range(5):
        add_turn(vault, f"client-{number}")
    calls: list[str] = []
    attempt = Plumbing.attempt

    def counted(self: Plumbing, *args: str, stdin: bytes = b"") -> object:
        calls.append(args[0])
        return attempt(self, *args, stdin=stdin)

    monkeypatch.setattr(Plumbing, "attempt", counted)
    assert len(load_deals(vault)) == 5
    assert calls == ["for-each-ref", "rev-list", "rev-list", "cat-file"]


def test_an_empty_vault_has_no_deals_and_no_bases(vault: Vault) -> None:
    assert (load_deals(vault), deal_names(vault), base_names(vault)) == ((), (), ())
    with pytest.raises(UsageError, match="no deal 'acme'"):
        load_deal(vault, ACME)
    with pytest.raises(UsageError, match="no base 'nda'"):
        load_base(vault, Slug("nda"))


def test_refs_that_are_no_slugs_are_passed_over(vault: Vault) -> None:
    add_base(vault)
    add_turn(vault, "acme")
    git(vault.folder, "update-ref", "refs/heads/deal/Not.A.Slug", "refs/heads/deal/acme")
    assert [deal.slug for deal in load_deals(vault)] == ["acme"]


def test_a_commit_made_by_hand_does_not_hide_the_deal(vault: Vault) -> None:
    add_base(vault)
    add_turn(vault, "acme")
    ref = "refs/heads/deal/acme"
    tree = git(vault.folder, "rev-parse", f"{ref}^{{tree}}").strip()
    identity = ("-c", "user.name=x", "-c", "user.email=x")
    oid = git(vault.folder, *identity, "commit-tree", tree, "-p", vault.tip(ref) or "", "-m", "By hand").strip()
    git(vault.folder, "update-ref", ref, oid)
    deal = load_deal(vault, ACME)
    assert (deal.tip, len(deal.turns), deal.base) == (oid, 1, "services")


def test_a_broken_deal_file_is_named(vault: Vault) -> None:
    add_base(vault)
    add_turn(vault, "acme")
    ref = "refs/heads/deal/acme"
    vault.write([RefUpdate(ref, vault.tip(ref), {"deal.toml": b"name = 7\n"}, "x", someone())], "test")
    with pytest.raises(VaultError, match=r"deal\.toml of acme: 'name' is not a text"):
        load_deals(vault)


def test_the_trailers_of_a_version_say_what_its_file_says() -> None:
    file = version(b"x", Direction.RECEIVED, 1, turn=4)
    assert dict(version_trailers(file, ACME)) == {
        "Redline-Deal": "acme",
        "Redline-Turn": "4",
        "Redline-Direction": "received",
        "Redline-Docx-SHA256": file.sha256,
        "Redline-Reader": "1",
        "Redline-File": "Contract v1 (final).docx",
    }
    assert "Redline-Deal" not in dict(version_trailers(file))


def test_the_small_files_come_back_as_they_went() -> None:
    deal = DealFile(
        "ООО «Ромашка»\n[x]",
        "services",
        True,
        ("Ivan <i@x>",),
        Decimal("120000.50"),
        "RUB",
        START,
        START,
        Outcome.LOST,
        'a "reason"\n',
        (("note", "kept"),),
    )
    assert DealFile.from_bytes(deal.to_bytes()) == deal
    assert DealFile.from_bytes(DealFile("x").to_bytes()) == DealFile("x")
    file = replace(
        version(b"x", Direction.SENT, 3),
        coverage=(Coverage("word/footnotes.xml", "w:footnote", 2, "not read"),),
        warnings=(Notice("hidden-text", "hidden", "7.2"),),
        extra=(("later", [1, {"a": None}]),),
    )
    assert VersionFile.from_bytes(file.to_bytes()) == file
    party = VaultFile("Brightwater", ("A", "B"), extra=(("future", {"x": 1}),))
    assert VaultFile.from_bytes(party.to_bytes()) == party


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "'name' is missing"),
        ("name = 1", "'name' is not a text"),
        ('name = "x"\nvalue = true', "'value' is not an amount"),
        ('name = "x"\nvalue = nan', "'value' is not an amount"),
        ('name = "x"\nvalue = "1e999999"', "'value' is not an amount"),
        ('name = "x"\nopened = 2025-01-01', "'opened' is not a date"),
        ('name = "x"\nopened = 2025-01-01T00:00:00', "'opened' is not a date"),
        ('name = "x"\noutcome = "maybe"', "'outcome' is not open, won or lost"),
        ('name = "x"\ncontacts = "y"', "'contacts' is not a list of texts"),
        ('name = "x"\ntheir_paper = 1', "'their_paper' is not true or false"),
        ("name = ", "cannot be read"),
        ("\udcff", "cannot be read"),
        ("a = " + "[" * 5000, "cannot be read"),
    ],
)
def test_a_wrong_deal_file_is_one_clear_error(text: str, says: str) -> None:
    with pytest.raises(VaultError, match=says):
        DealFile.from_bytes(text.encode("utf-8", "surrogateescape"))


@pytest.mark.parametrize("text", ["", "[]", "{", '{"turn": "1"}', '{"turn": true}', "[" * 100000, "\udcff"])
def test_a_wrong_version_file_is_one_clear_error(text: str) -> None:
    with pytest.raises(VaultError, match=r"version\.json"):
        VersionFile.from_bytes(text.encode("utf-8", "surrogateescape"))
