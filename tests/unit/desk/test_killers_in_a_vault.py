"""The library at work in a vault: check, the story of a killer, what others agreed to, how readily it is seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import pytest

from redline.desk import Desk, bases, look, outcomes, receiving, recurrences, sending, tuning
from redline.desk.library import find, killers
from redline.desk.recording import Facts, Words, add, dismiss
from redline.desk.recurrences import story
from redline.errors import UsageError
from redline.render import phrases
from redline.vault.files import VaultFile
from redline.views import FlagKind
from tests.cli.chain import docx, run_of

CALM = "1. The Supplier shall deliver the reports on the first working day of each month."
PAY = "2. The Customer shall pay each invoice within thirty (30) days of its receipt."
SLOW = "2. The Customer shall pay each invoice within ninety (90) days of its receipt."
CAP = "3. The liability of the Supplier for all loss under this Agreement shall be limited to the Charges of one year."
OPEN = "3. The liability of the Supplier for all loss under this Agreement shall be unlimited."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with a base, sent to Acme and Bolt."""
    with Desk.create(tmp_path / "vault", "Us") as opened:
        bases.add_base(opened, word(tmp_path, CALM, PAY, CAP), "services")
        sending.send(opened, "Acme")
        sending.send(opened, "Bolt")
        yield opened


def word(folder: Path, *paragraphs: str) -> Path:
    path = folder / f"{crc32(' '.join(paragraphs).encode()):08x}.docx"
    path.write_bytes(docx([run_of(each) for each in paragraphs]))
    return path


def learn(desk: Desk, text: str, *, burdens: str = "", offer: str = "") -> str:
    before = {killer.id for killer in killers(desk)}
    add(desk, Words(text=text[3:]), "It cost us dearly.", Facts(burdens=burdens, offer=offer))
    (new,) = {killer.id for killer in killers(desk)} - before
    return str(new)


def test_what_a_client_brought_in_fails_a_check_and_goes_on_failing_it_while_it_stands(desk: Desk, tmp_path: Path) -> None:
    learn(desk, OPEN)
    back = word(tmp_path, CALM, PAY, OPEN)
    receipt = receiving.receive(desk, "Acme", back)
    assert receipt.comparison is not None
    assert [flag.loud for flag in receipt.comparison.flags if flag.kind is FlagKind.KILLER] == [True]
    assert any("came back" in point for point in look.check(desk, "acme@2").points)
    sending.send(desk, "Acme", file=word(tmp_path, CALM + " On paper.", PAY, OPEN))
    kept = look.compare(desk, "acme@3")
    assert [flag.loud for flag in kept.flags if flag.kind is FlagKind.KILLER] == [False]
    assert any("stands here" in point for point in look.check(desk, "acme@3").points)


def test_our_own_words_are_named_and_fail_no_check(desk: Desk) -> None:
    learn(desk, CAP)
    found = look.check(desk, "base")
    assert found.points == ()
    assert "in our own base" in found.notes[0]
    assert look.check(desk, "acme@1").points == ()
    (flag,) = [flag for flag in look.show(desk, "base").flags if flag.kind is FlagKind.KILLER]
    assert (flag.loud, flag.own) == (False, True)


def test_a_dismissed_wording_is_named_and_fails_no_check(desk: Desk, tmp_path: Path) -> None:
    name = learn(desk, OPEN)
    fraud = OPEN.replace("all loss", "fraud and wilful misconduct")
    receiving.receive(desk, "Acme", word(tmp_path, CALM, PAY, fraud))
    assert any("came back" in point for point in look.check(desk, "acme@2").points)
    dismiss(desk, name, Words(text=fraud[3:]), "The law says so anyway.")
    found = look.check(desk, "acme@2")
    assert not any("It cost us dearly" in point for point in found.points)
    assert any("The law says so anyway." in note for note in found.notes)


def test_a_clause_that_is_only_of_a_killers_kind_is_named_and_fails_no_check(desk: Desk, tmp_path: Path) -> None:
    learn(desk, "4. The Chain and its auditors shall have access to all books and records of the Farm and may examine them at any time.")
    books = "4. The Publisher may inspect the Printer's books of account at any time during office hours."
    receipt = receiving.receive(desk, "Acme", word(tmp_path, CALM, PAY, CAP, books))
    assert receipt.comparison is not None
    (flag,) = [flag for flag in receipt.comparison.flags if flag.kind is FlagKind.KILLER]
    assert (flag.same_kind, flag.loud) == (True, False)
    assert phrases.flag_title(flag, receipt.comparison) == "KILLER (the same kind of clause)"
    checked = look.check(desk, "acme@2")
    assert not any("same kind" in point for point in checked.points) and any("same kind" in note for note in checked.notes)


def test_what_was_struck_out_again_is_a_relief(desk: Desk, tmp_path: Path) -> None:
    learn(desk, CAP)
    receiving.receive(desk, "Acme", word(tmp_path, CALM, PAY, "3. Nothing is said of this."))
    view = look.compare(desk, "acme@2")
    (flag,) = [flag for flag in view.flags if flag.kind in (FlagKind.KILLER, FlagKind.RELIEF)]
    assert flag.kind is FlagKind.RELIEF
    assert "is gone" in flag.message


def test_a_flag_tells_what_others_agreed_to_and_the_figures_with_their_favour(desk: Desk, tmp_path: Path) -> None:
    learn(desk, SLOW, burdens="provider", offer="Forty-five days.")
    agreed = word(tmp_path, CALM, PAY.replace("thirty (30)", "forty (40)"), CAP)
    receiving.receive(desk, "Acme", agreed)
    outcomes.won(desk, "Acme")
    receiving.receive(desk, "Bolt", word(tmp_path, CALM, SLOW.replace("ninety (90)", "one hundred (100)"), CAP))
    (flag,) = [flag for flag in look.compare(desk, "bolt@2").flags if flag.kind is FlagKind.KILLER and flag.loud]
    evidence = flag.evidence
    assert evidence is not None
    assert evidence.verdict == "worse figures"
    assert ("100 days", "90 days", "theirs") in evidence.figures
    assert evidence.offer == "Forty-five days."
    (other,) = evidence.agreed
    assert (other.deals, other.address, other.ours) == (("Acme",), "acme@2", False)
    assert "forty (40) days" in other.text


def test_the_story_tells_each_deal_once_and_what_became_of_it(desk: Desk, tmp_path: Path) -> None:
    name = learn(desk, OPEN)
    receiving.receive(desk, "Acme", word(tmp_path, CALM, PAY, OPEN))
    sending.send(desk, "Acme", file=word(tmp_path, CALM, PAY, CAP))
    receiving.receive(desk, "Bolt", word(tmp_path, CALM, PAY, OPEN + " It is."))
    outcomes.lost(desk, "Bolt", (), "no money")
    killer, rows = story(desk, name)
    assert killer == find(desk, name)
    assert [(row.deal, row.address, row.outcome, row.fate) for row in rows] == [
        ("Acme", "acme@2", "open", "gone from turn 3 on"), ("Bolt", "bolt@2", "lost", "still in it")]


def test_a_test_shows_flags_before_near_misses_each_surest_first(desk: Desk, tmp_path: Path) -> None:
    learn(desk, OPEN)
    learn(desk, SLOW, burdens="provider")
    found = recurrences.tested(desk, str(word(tmp_path, CALM, PAY, OPEN)))
    flags = [hit for hit in found.hits if hit.flagged]
    assert [hit.evidence.verdict for hit in flags] == ["same"]
    assert list(found.hits[:len(flags)]) == flags
    assert any("thirty" in hit.evidence.here for hit in found.hits[len(flags):])
    scores = [hit.evidence.score for hit in found.hits[len(flags):]]
    assert scores == sorted(scores, reverse=True)


def test_a_sensitivity_is_one_of_three_names() -> None:
    assert [tuning.level_of(words) for words in ("low", " High ", "normal")] == ["low", "high", "normal"]
    for wrong in ("", "loud", "2", "0.25", "nan"):
        with pytest.raises(UsageError, match="no sensitivity"):
            tuning.level_of(wrong)


def test_the_vault_keeps_its_sensitivity_and_one_look_can_ask_for_another(desk: Desk) -> None:
    assert tuning.level(desk) == "normal"
    assert "already" in tuning.setting(desk, "normal").message
    desk.sensitivity = "high"
    assert tuning.level(desk) == "high"
    file = VaultFile("Us", ("Jane",), sensitivity="high")
    assert VaultFile.from_bytes(file.to_bytes()) == file
    assert b"sensitivity" not in VaultFile("Us").to_bytes()
