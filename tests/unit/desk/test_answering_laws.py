"""Laws of answers over negotiations made by chance: sent, edited with and without tracking, decided at random, answered.

What should come out is told by the words that were shown and decided; what came out is read by our reader and by pandoc. Changes that
can only be decided together are refused by name: those that undo each other, and those that share what cannot be cut.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redline.desk.answering import Against, Manner, Turn, answered
from redline.desk.documents import of_file
from redline.desk.footprints import parts_of
from redline.desk.remarking import remarked
from redline.desk.settle import Known, settled
from redline.desk.steps import turn as whole
from redline.desk.verdicts import settled as told
from redline.desk.viewing import comparison
from redline.errors import ConflictError
from redline.model import Attribution, ChangeKind
from redline.views import Decision, Verdict
from redline.word.read import read
from redline.word.revisions import accept_all, reject_all
from tests.pandoc import pandoc
from tests.unit.word.build import R, docx, level, numbering, p, row, table, texts, unzipped
from tests.unit.word.redlining import between

US = Attribution("Nora Whitfield", datetime(2026, 3, 9, 10, tzinfo=UTC))
THEM = Attribution("Acme", datetime(2026, 3, 1, tzinfo=UTC))
_WORDS = st.sampled_from(["the", "Supplier", "shall", "pay", "Fees", "within", "thirty days", "of", "unless", "Договор", "срок"])
_SENTENCE = st.lists(_WORDS, min_size=2, max_size=7).map(" ".join)
_THEIRS = {"docProps/app.xml": b"<Properties><Company>Their Company</Company></Properties>",
           "customXml/item1.xml": b"<secret>Their Data</secret>", "word/unknown.bin": b"Their Bytes"}
_THEIR_LINKS = (f'<Relationship Id="x1" Type="{R}/customXml" Target="/customXml/item1.xml"/>'
                '<Relationship Id="x2" Type="http://their.example/unknown" Target="/word/unknown.bin"/>')
_LISTS = numbering(level(0, "%1."), nums={1: ""})

Texts = list[str]


@st.composite
def negotiations(draw: st.DrawFn) -> tuple[list[str], list[str], list[str]]:
    """Blocks as sent, as edited in silence, and as edited with tracking on: sentences, and rows of tables after a bar."""
    sent = draw(st.lists(_SENTENCE, min_size=2, max_size=6, unique=True))
    silent = draw(_edited(sent))
    return sent, silent, draw(_edited(silent))


@st.composite
def _edited(draw: st.DrawFn, blocks: list[str]) -> list[str]:
    found = list(blocks)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(found) - 1))
        kind = draw(st.sampled_from(["change", "change", "put", "take"]))
        if kind == "change":
            words = found[at].split(" ")
            words[draw(st.integers(0, len(words) - 1))] = draw(_WORDS) + " now"
            found[at] = " ".join(words)
        elif kind == "put":
            found.insert(at, draw(_SENTENCE) + " too")
        elif len(found) > 2:
            del found[at]
    return found


def _file(sentences: list[str], *, theirs: bool) -> bytes:
    body = "".join(p(f"{sentence}.", num="1" if number % 2 else "") for number, sentence in enumerate(sentences))
    body += table(row("Fee", sentences[0]), row("Term", sentences[-1])) + p("Signed.")
    return docx(body, numbering=_LISTS, extra=_THEIRS if theirs else None, links=_THEIR_LINKS if theirs else "")


def _turn(sent: list[str], silent: list[str], tracked: list[str]) -> Turn:
    ours = _file(sent, theirs=False)
    theirs = between(_file(silent, theirs=True), _file(tracked, theirs=True))
    old, new = (of_file(Path(name), read(data)) for name, data in (("sent.docx", ours), ("received.docx", theirs)))
    redline = whole(old.contract.final().paragraphs, settled(new.contract, Known(old.contract)), Attribution("Acme", tracked=False))
    return Turn(ours, theirs, comparison(None, old, new, redline), THEM)


def _expected(turn: Turn, verdicts: dict[str, bool]) -> Texts:
    """What was shown, decided, with no Word file in between."""
    parts = {part: verdicts[str(change.id)] for change in sorted(turn.view.changes, key=lambda each: each.kind is not ChangeKind.FORMAT)
             for part in parts_of(change.spans)}
    return [each.text for each in told(turn.view.redline.paragraphs, parts).paragraphs if each.text]


_chance = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@_chance
@given(negotiations(), st.randoms(use_true_random=False), st.sampled_from(["theirs", "ours"]))
def test_an_answer_says_what_was_decided_and_leads_back(deal: tuple[Texts, Texts, Texts], chance: object, against: Against) -> None:
    turn = _turn(*deal)
    assert turn.sent is not None
    verdicts = {str(change.id): bool(chance.random() < 0.5) for change in turn.view.changes}  # type: ignore[attr-defined]
    decisions = [Decision(change.id, Verdict.ACCEPT if verdicts[str(change.id)] else Verdict.REJECT, why=f"Because {number}.")
                 for number, change in enumerate(turn.view.changes)]
    try:
        answer = answered(turn, decisions, (), Manner(US, against), lambda _: None)
    except ConflictError as error:
        assert "only be decided together" in error.message
        return
    data = remarked(answer, turn.view, decisions, US, ours=True)
    assert texts(read(accept_all(data))) == _expected(turn, verdicts)
    assert texts(read(reject_all(data))) == texts(read(turn.received if against == "theirs" else turn.sent))
    again = answered(turn, decisions, (), Manner(US, against), lambda _: None)
    assert remarked(again, turn.view, decisions, US, ours=True) == data
    assert {comment.author for comment in read(data).comments} <= {US.author}
    _nothing_of_theirs(data, turn.sent)


def _nothing_of_theirs(data: bytes, ours: bytes) -> None:
    """Their package is never the carrier: no part of it that ours lacks, and none of the bytes that mark it."""
    mine = {"word/comments.xml", "word/commentsExtended.xml", "word/commentsIds.xml", "word/people.xml", "word/styles.xml"}
    parts = unzipped(data)
    assert set(parts) <= set(unzipped(ours)) | mine
    assert not any(mark in content for content in parts.values() for mark in (b"Their Company", b"Their Data", b"Their Bytes"))


@_chance
@given(negotiations())
def test_all_accepted_is_theirs_and_all_rejected_is_ours(deal: tuple[Texts, Texts, Texts]) -> None:
    turn = _turn(*deal)
    assert turn.sent is not None
    for verdict, wanted in ((Verdict.ACCEPT, turn.received), (Verdict.REJECT, turn.sent)):
        decisions = [Decision(change.id, verdict) for change in turn.view.changes]
        answer = answered(turn, decisions, (), Manner(US), lambda _: None)
        assert texts(read(accept_all(answer.data))) == texts(read(wanted))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("answers")


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(negotiations(), st.randoms(use_true_random=False))
def test_pandoc_reads_what_was_decided(folder: Path, deal: tuple[Texts, Texts, Texts], chance: object) -> None:
    turn = _turn(*deal)
    verdicts = {str(change.id): bool(chance.random() < 0.5) for change in turn.view.changes}  # type: ignore[attr-defined]
    decisions = [Decision(change.id, Verdict.ACCEPT if verdicts[str(change.id)] else Verdict.REJECT) for change in turn.view.changes]
    try:
        answer = answered(turn, decisions, (), Manner(US), lambda _: None)
    except ConflictError as error:
        assert "only be decided together" in error.message
        return
    path = folder / "answer.docx"
    path.write_bytes(answer.data)
    read_by = {way: re.findall(r"\w+", pandoc(path, "-t", "plain", "--wrap=none", f"--track-changes={way}"))
               for way in ("accept", "reject")}
    numbers = re.compile(r"\d+")
    assert [word for word in read_by["accept"] if not numbers.fullmatch(word)] == re.findall(r"\w+", " ".join(_expected(turn, verdicts)))
    wanted = re.findall(r"\w+", " ".join(texts(read(turn.received))))
    assert [word for word in read_by["reject"] if not numbers.fullmatch(word)] == wanted


@_chance
@given(negotiations())
def test_what_is_kept_stays_tracked_as_theirs(deal: tuple[Texts, Texts, Texts]) -> None:
    turn = _turn(*deal)
    answer = answered(turn, (), [change.id for change in turn.view.changes], Manner(US), lambda _: None)
    authors = {segment.attribution.author for paragraph in answer.contract.paragraphs for segment in paragraph.segments
               if segment.attribution}
    assert authors <= {"Acme", "Ann"}
    assert texts(read(accept_all(answer.data))) == texts(read(turn.received))
    assert texts(read(reject_all(answer.data))) == texts(read(turn.sent or b""))


def test_a_file_of_another_contract_is_refused() -> None:
    one, other = _turn(["a b", "c d"], ["a b", "c d"], ["a b", "c x"]), _turn(["e f", "g h"], ["e f", "g h"], ["e f", "g y"])
    with pytest.raises(ConflictError):
        answered(Turn(one.sent, one.received, other.view, THEM), (), (), Manner(US), lambda _: None)


def test_changes_that_undo_each_other_are_decided_together() -> None:
    turn = _turn(["pay at once", "so be it"], ["pay now and then", "so be it"], ["pay at once", "so be it"])
    decisions = [Decision(change.id, Verdict.ACCEPT) for change in turn.view.changes]
    answer = answered(turn, decisions, (), Manner(US), lambda _: None)
    assert texts(read(accept_all(answer.data))) == texts(read(turn.sent or b""))
    other = [Decision(each.change, Verdict.REJECT) for each in decisions[:1]] + decisions[1:]
    if len(other) > 1:
        with pytest.raises(ConflictError, match="undo each other"):
            answered(turn, other, (), Manner(US), lambda _: None)
