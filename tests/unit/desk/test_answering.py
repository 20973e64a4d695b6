"""Answers on the sample contracts: whatever is decided, the file says it on both sides, on our own document."""

from __future__ import annotations

import io
import random
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from redline.desk.answering import Answer, Manner, Turn, answered
from redline.desk.documents import from_file
from redline.desk.remarking import remarked
from redline.desk.settle import Known, settled
from redline.desk.steps import turn as whole
from redline.desk.viewing import comparison
from redline.errors import ConflictError
from redline.model import Attribution, ChangeKind, Contract
from redline.views import Comparison, Decision, Verdict
from redline.word.read import read
from redline.word.revisions import accept_all
from tests.pandoc import pandoc

CONTRACTS = Path(__file__).parents[3] / "contracts"
US = Attribution("Nora Whitfield", datetime(2026, 3, 9, 10, tzinfo=UTC))
THEM = Attribution("Acme", datetime(2026, 3, 1, tzinfo=UTC))
PAIRS = {
    "acme": ("services-en/base.docx", "services-en/02-acme-received.docx"),
    "bellhaven": ("services-en/04-bellhaven-answer.docx", "services-en/05-bellhaven-received-2.docx"),
    "sever": ("services-ru/base.docx", "services-ru/02-sever-received.docx"),
    "kestrel": ("bilingual/base.docx", "bilingual/02-kestrel-received.docx"),
    "harrow": ("their-paper/02-harrow-answer.docx", "their-paper/03-harrow-received-2.docx"),
}
MANNERS = {"theirs": Manner(US), "ours": Manner(US, "ours"), "folded": Manner(US, "ours", fold=True)}
ACME = PAIRS["acme"]


@cache
def turn(sent: str, received: str) -> Turn:
    """A turn as it is shown: what was tracked in the file we sent is no news."""
    old, new = (from_file(CONTRACTS / name) for name in (sent, received))
    tracked = settled(new.contract, Known(old.contract))
    redline = whole(old.contract.final().paragraphs, tracked, replace(THEM, tracked=False))
    return Turn((CONTRACTS / sent).read_bytes(), (CONTRACTS / received).read_bytes(), comparison(None, old, new, redline), THEM)


def answer(of: Turn, decisions: list[Decision], manner: Manner = MANNERS["theirs"], keep: list[str] | None = None) -> Answer:
    kept = [change.id for change in of.view.changes if change.id in (keep or [])]
    return answered(of, decisions, kept, manner, lambda _: None)


def mixed(view: Comparison, seed: int) -> tuple[list[Decision], list[str]]:
    chance = random.Random(seed)
    decisions, keep = [], []
    for change in view.changes:
        verdict = chance.choice([*Verdict, None])
        if verdict is None:
            keep.append(str(change.id))
        elif verdict is Verdict.COUNTER and change.kind is not ChangeKind.FORMAT:
            decisions.append(Decision(change.id, verdict, text=f"other words ({change.id})"))
        else:
            decisions.append(Decision(change.id, Verdict.ACCEPT if verdict is Verdict.COUNTER else verdict))
    return decisions, keep


def texts(contract: Contract) -> list[str]:
    return [paragraph.text for paragraph in contract.paragraphs]


def plain(data: bytes, way: str, folder: Path) -> str:
    """The words as pandoc reads them; it knows nothing of tracked rows, so the lines around cells are left out."""
    path = folder / "a.docx"
    path.write_bytes(data)
    told = pandoc(path, "-t", "plain", "--wrap=none", f"--track-changes={way}")
    return " ".join(re.findall(r"\w+", told))


def every(view: Comparison, verdict: Verdict) -> list[Decision]:
    return [Decision(change.id, verdict) for change in view.changes]


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("pair", PAIRS)
def test_whatever_is_decided_the_answer_says_it(pair: str, manner: str) -> None:
    of = turn(*PAIRS[pair])
    decisions, keep = mixed(of.view, 7)
    made = answer(of, decisions, MANNERS[manner], keep)
    final = "\n".join(texts(made.contract.final()))
    for decision in decisions:
        if decision.verdict is Verdict.COUNTER:
            assert f"other words ({decision.change})" in final
    before = accept_all(of.sent or b"") if manner == "ours" else None
    if before is not None:
        assert texts(made.contract.original()) == texts(read(before))


@pytest.mark.parametrize("pair", PAIRS)
def test_against_theirs_rejecting_the_answer_gives_what_they_sent(pair: str, tmp_path: Path) -> None:
    of = turn(*PAIRS[pair])
    made = answer(of, mixed(of.view, 3)[0])
    assert texts(made.contract.original()) == texts(read(of.received).final())
    assert plain(made.data, "reject", tmp_path) == plain(accept_all(of.received), "accept", tmp_path)


@pytest.mark.parametrize("pair", PAIRS)
def test_rejecting_everything_leads_back_to_what_we_sent(pair: str, tmp_path: Path) -> None:
    of = turn(*PAIRS[pair])
    made = answer(of, every(of.view, Verdict.REJECT))
    assert of.sent is not None
    assert texts(made.contract.final()) == texts(read(of.sent).final())
    assert plain(made.data, "accept", tmp_path) == plain(accept_all(of.sent), "accept", tmp_path)


@pytest.mark.parametrize("pair", PAIRS)
def test_accepting_everything_leaves_nothing_tracked_against_theirs(pair: str) -> None:
    of = turn(*PAIRS[pair])
    made = answer(of, every(of.view, Verdict.ACCEPT))
    assert not made.contract.redline.changed
    assert texts(made.contract) == texts(read(of.received).final())


def test_the_carrier_is_our_file_and_never_theirs() -> None:
    of = turn(*ACME)
    made = answer(of, every(of.view, Verdict.REJECT))

    def parts(data: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    ours, out = parts(of.sent or b""), parts(made.data)
    assert {name for name in ours if out.get(name) != ours[name]} <= {"word/document.xml"}


def test_against_ours_what_we_accept_stays_theirs_and_a_counter_is_ours() -> None:
    of = turn(*ACME)
    insured = next(change for change in of.view.changes if change.new_text == "£2,000,000")
    decisions = [Decision(change.id, Verdict.COUNTER, text="£1,500,000") if change is insured else Decision(change.id, Verdict.ACCEPT)
                 for change in of.view.changes]
    made = answer(of, decisions, MANNERS["ours"])
    found = [(segment.kind.value, segment.text, segment.attribution.author if segment.attribution else "")
             for paragraph in made.contract.paragraphs for segment in paragraph.segments if segment.kind.value in ("ins", "del")]
    assert ("del", "£1,000,000", "Nora Whitfield") in found
    assert ("ins", "£1,500,000", "Nora Whitfield") in found
    assert {author for _, _, author in found} == {"Nora Whitfield", "Ruth Callander", "Priya Nair"}
    assert not any("£2,000,000" in text for _, text, _ in found)


def test_a_counter_can_take_the_place_of_the_whole_paragraph() -> None:
    of = turn(*ACME)
    insured = next(change for change in of.view.changes if change.new_text == "£2,000,000")
    decisions = [Decision(change.id, Verdict.ACCEPT) for change in of.view.changes if change is not insured]
    text = "The Supplier is insured as the law asks.\nIt shows the policy on request."
    made = answer(of, [*decisions, Decision(insured.id, Verdict.COUNTER, text=text, paragraph=True)])
    final = made.contract.final().paragraphs
    at = next(index for index, paragraph in enumerate(final) if paragraph.text == text.split("\n")[0])
    assert [paragraph.text for paragraph in final[at:at + 2]] == text.split("\n")
    assert final[at].props.label == "11.6"


def test_a_struck_clause_can_be_countered_with_words_in_its_place() -> None:
    of = turn(*ACME)
    struck = next(change for change in of.view.changes if change.kind is ChangeKind.DELETE)
    decisions = [Decision(change.id, Verdict.ACCEPT) for change in of.view.changes if change is not struck]
    made = answer(of, [*decisions, Decision(struck.id, Verdict.COUNTER, text=", unless asked in writing")])
    home = next(paragraph for paragraph in made.contract.final().paragraphs if "unless asked in writing" in paragraph.text)
    assert home.text.endswith("who has worked on the Services, unless asked in writing.")


def test_reasons_stand_on_their_words_and_their_comments_stay() -> None:
    of = turn(*ACME)
    insured = next(change for change in of.view.changes if change.new_text == "£2,000,000")
    kept = next(change for change in of.view.changes if change.new_text == "five (5)")
    decisions = [Decision(change.id, Verdict.ACCEPT) for change in of.view.changes if change not in (insured, kept)]
    decisions += [Decision(insured.id, Verdict.REJECT, why="The insurer says no."), Decision(kept.id, Verdict.ACCEPT, why="Agreed.")]
    contract = read(remarked(answer(of, decisions), of.view, decisions, US, ours=True))
    said = {comment.text: comment for comment in contract.comments}
    assert said["The insurer says no."].author == "Nora Whitfield"
    assert "£2,000,000" in said["The insurer says no."].quote
    assert said["Agreed."].quote == "five (5)"
    theirs = next(comment for comment in contract.comments if comment.text.startswith("Ninety days is long"))
    assert theirs.author == "Ruth Callander"
    assert theirs.quote == "ninety (90) days’ written notice"
    reply = next(comment for comment in contract.comments if comment.parent == theirs.id)
    assert reply.author == "Priya Nair"


def test_the_same_decisions_give_the_same_bytes() -> None:
    of = turn(*ACME)
    decisions, keep = mixed(of.view, 5)
    assert answer(of, decisions, keep=keep).data == answer(of, decisions, keep=keep).data


def test_a_redline_that_does_not_fit_the_file_is_refused() -> None:
    of, other = turn(*ACME), turn(*PAIRS["sever"])
    with pytest.raises(ConflictError):
        answer(Turn(of.sent, of.received, other.view, THEM), [])
