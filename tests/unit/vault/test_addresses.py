"""Names of clients and addresses of versions, as people type them."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redline.errors import UsageError
from redline.model import Slug
from redline.vault.addresses import BaseAddress, DealAddress, PathAddress, VersionRef, as_path, find_deal, parse, resolve
from redline.vault.slugs import check_name, name_key, slug_for
from redline.vault.store import Vault
from tests.unit.vault.building import add_base, add_turn, close_deal


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Acme", "acme"),
        ("ACME  Corp.", "acme-corp"),
        ("Acme / Sub GmbH & Co. KG", "acme-sub-gmbh-co-kg"),
        ("«Ромашка»", "romashka"),
        ("ООО «Щука и Ёж»", "ooo-shchuka-i-ezh"),
        ("Київстрой", "kiyivstroy"),
        ("Éclair", "eclair"),
        ("Straße Łódź", "strasse-lodz"),
        ("--upload-pack=touch x", "upload-pack-touch-x"),
        ("-d", "d"),
        ("../../main.lock", "main-lock"),
        ("@{-1}", "1"),
        ("[bold]x[/]", "bold-x"),
        ("=cmd|' /C calc'!A0", "cmd-c-calc-a0"),
        ("a\u200bcme", "acme"),
    ],
)
def test_a_name_has_a_readable_slug(name: str, slug: str) -> None:
    assert slug_for(name) == slug


@pytest.mark.parametrize("name", ["株式会社", "Base", "con", "COM1", "HEAD", "main", "***", "x" * 200, "a 株"])
def test_a_slug_that_says_less_than_the_name_ends_in_a_hash(name: str) -> None:
    slug = slug_for(name)
    assert len(slug) <= 48 and len(slug.rsplit("-", 1)[1]) == 6
    assert slug != slug_for(name + "y" if len(name) < 200 else name[:-1] + "y")


@pytest.mark.parametrize("name", ["", "   ", "a\nb", "\x1b[2Jx", "\u200b", "x" * 201, "a\ud800", "a\u2028b"])
def test_what_cannot_be_a_name_is_refused(name: str) -> None:
    with pytest.raises(UsageError):
        slug_for(name)


def test_a_slug_that_another_client_holds_gets_a_hash() -> None:
    assert slug_for("Acme!", {"acme"}).startswith("acme-")
    longer = slug_for("Acme!", {"acme", slug_for("Acme!", {"acme"})})
    assert len(longer) == len("acme-") + 7


@settings(deadline=None)
@given(st.text(min_size=1, max_size=80))
def test_one_name_has_one_slug_in_every_spelling(name: str) -> None:
    try:
        slug = slug_for(name)
    except UsageError:
        return
    assert Slug.pattern.fullmatch(slug)
    for form in ("NFC", "NFD"):
        assert slug_for(unicodedata.normalize(form, name)) == slug
    assert slug_for(f"  {name} ") == slug
    assert check_name(check_name(name)) == check_name(name)
    assert name_key(name_key(name)) == name_key(name)


@settings(deadline=None)
@given(st.lists(st.text(min_size=1, max_size=60), max_size=12))
def test_no_two_clients_share_a_slug(names: list[str]) -> None:
    taken: set[str] = set()
    for name in names:
        try:
            slug = slug_for(name, taken)
        except UsageError:
            continue
        assert slug not in taken
        taken.add(slug)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("base", BaseAddress()),
        ("Base@3", BaseAddress(None, 3)),
        ("base:nda", BaseAddress("nda")),
        ("base:nda@02", BaseAddress("nda", 2)),
        ("acme", DealAddress("acme")),
        (" ACME Corp@2 ", DealAddress("ACME Corp", 2)),
        ("acme@Sent", DealAddress("acme", "sent")),
        ("«Ромашка»@received", DealAddress("«Ромашка»", "received")),
        ("acme@agreed", DealAddress("acme", "agreed")),
        ("info@acme.example", DealAddress("info@acme.example")),
        ("@agreed", DealAddress("@agreed")),
        ("./a b/Contract.DOCX", PathAddress(Path("a b/Contract.DOCX"))),
        ("acme@2.docm", PathAddress(Path("acme@2.docm"))),
        ("baseline", DealAddress("baseline")),
        ("Acme / Sub", DealAddress("Acme / Sub")),
        ("../signed", PathAddress(Path("../signed"))),
    ],
)
def test_an_address_is_read_as_a_person_means_it(text: str, address: object) -> None:
    assert parse(text) == address


@pytest.mark.parametrize(
    "text", ["", "  ", "base:", "base:@2", "base@sent", "base:nda@sent", "acme@0", "base@0", "a\0b", "base@x"]
)
def test_an_address_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse(text)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_an_address_reads_the_same_after_it_was_written(text: str) -> None:
    try:
        address = parse(text)
    except UsageError:
        return
    assert parse(str(address)) == address


@pytest.fixture
def story(vault: Vault) -> Vault:
    """One base in two versions, three deals; the last of them won."""
    add_base(vault)
    add_base(vault, document=b"2", day=1)
    add_turn(vault, "acme", "sent", b"a1", day=1, name="ACME Corp")
    add_turn(vault, "acme", "received", b"a2", day=2)
    add_turn(vault, "acme", "sent", b"a3", day=3)
    add_turn(vault, "acme-north", "sent", b"n1", day=4, name="Acme North")
    add_turn(vault, "ooo-romashka", "sent", b"r1", day=5, name="ООО «Ромашка»")
    close_deal(vault, "ooo-romashka", "won")
    return vault


def _found(vault: Vault, text: str) -> VersionRef:
    found = resolve(vault, text)
    assert isinstance(found, VersionRef)
    return found


@pytest.mark.parametrize(
    ("text", "means", "document"),
    [
        ("base", "base:services@2", b"2"),
        ("base@1", "base:services@1", b"base"),
        ("base:SERV@2", "base:services@2", b"2"),
        ("acme", "acme@3", b"a3"),
        ("Acme Corp@1", "acme@1", b"a1"),
        ("acme c@sent", "acme@3", b"a3"),
        ("acme@received", "acme@2", b"a2"),
        ("NORTH", "acme-north@1", b"n1"),
        ("ромашка@agreed", "ooo-romashka@1", b"r1"),
        ("ооо «ром", "ooo-romashka@1", b"r1"),
        ("ooo-r", "ooo-romashka@1", b"r1"),
    ],
)
def test_an_address_finds_its_version(story: Vault, text: str, means: str, document: bytes) -> None:
    found = _found(story, text)
    assert str(found) == means
    assert story.read(found.oid, "contract.docx") == document
    assert (found.deal is None) is (found.kind == "base")
    assert _found(story, means).oid == found.oid


@pytest.mark.parametrize(
    ("text", "says", "hints"),
    [
        ("acm", r"ACME Corp \[acme\], Acme North \[acme-north\]", "more letters"),
        ("acmee", "no client 'acmee'", r"did you mean .*\[acme\]"),
        ("ромашки", "no client", r"\[ooo-romashka\]"),
        ("zzz", "no client", "redline deals"),
        ("acme@9", "no version 9", "1 to 3"),
        ("acme-north@received", "nothing was received", "redline log acme-north"),
        ("acme@agreed", "nothing is agreed", "redline won acme"),
        ("base:nda", "'nda' is no base", "base:services"),
        ("base@7", "no version 7", "1 to 2"),
        ("\x1b[2J", "no client", "redline deals"),
    ],
)
def test_an_unknown_or_ambiguous_address_lists_what_there_is(story: Vault, text: str, says: str, hints: str) -> None:
    with pytest.raises(UsageError, match=says) as caught:
        resolve(story, text)
    assert re.search(hints, caught.value.hint)
    assert "\x1b" not in caught.value.message + caught.value.hint


def test_with_several_bases_the_bare_word_is_ambiguous(story: Vault) -> None:
    add_base(story, "nda")
    with pytest.raises(UsageError, match="which one") as caught:
        resolve(story, "base")
    assert "base:nda, base:services" in caught.value.hint


def test_without_a_base_the_error_says_how_to_add_one(vault: Vault) -> None:
    with pytest.raises(UsageError, match="no base contract"):
        resolve(vault, "base")
    with pytest.raises(UsageError, match="no client") as caught:
        resolve(vault, "acme")
    assert "redline send" in caught.value.hint


def test_a_file_is_meant_by_its_ending_or_when_no_client_has_its_name(
    story: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert resolve(story, "missing.docx") == PathAddress(Path("missing.docx"))
    Path("signed copy").write_bytes(b"")
    assert resolve(story, "signed copy") == as_path(parse("signed copy")) == PathAddress(Path("signed copy"))
    assert as_path(parse("acme")) is None
    Path("acme").write_bytes(b"")
    with pytest.raises(UsageError, match=r"the file \./acme, ACME Corp \[acme\]"):
        resolve(story, "acme")
    assert resolve(story, "./acme") == PathAddress(Path("acme"))
    assert str(_found(story, "acme@2")) == "acme@2"


def test_every_client_is_found_by_its_full_name(vault: Vault) -> None:
    names = ["Acme", "***", "株式会社", "Base", "C++", "ООО «Ромашка»", "a@2"]
    for name in names:
        add_turn(vault, slug_for(name), "received", base=None, name=name)
    for name in names:
        assert find_deal(vault, name).name == name
        assert find_deal(vault, slug_for(name)).name == name
