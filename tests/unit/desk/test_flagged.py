"""Comments on killers are for us: they stand on the right words, and a file that carries one is never sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from redline.desk import Desk, bases, receiving, responding, sending
from redline.desk.flagged import INTERNAL, flagged
from redline.desk.recording import Facts, Words, add
from redline.desk.scrubbing import FLAGS_AUTHOR
from redline.errors import ConflictError
from redline.word.read import read
from tests.cli.chain import docx, run_of

CALM = "1. The Supplier shall deliver the reports on the first working day of each month."
CAP = "2. The Supplier's liability under this Agreement shall be unlimited."
ADDED = '<w:ins w:id="1" w:author="Jane" w:date="2026-01-01T10:00:00Z">{}</w:ins>'


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with a killer, a base, and an answer of Acme's that brings the killer in."""
    (tmp_path / "base.docx").write_bytes(docx([run_of(CALM), run_of("2. Nothing else is agreed.")]))
    struck = ('<w:del w:id="2" w:author="Jane" w:date="2026-01-01T10:00:00Z"><w:r><w:delText>2. Nothing else is agreed.</w:delText></w:r>'
              "</w:del>")
    (tmp_path / "back.docx").write_bytes(docx([run_of(CALM), struck + ADDED.format(run_of(CAP))]))
    with Desk.create(tmp_path / "vault", "Us") as opened:
        add(opened, Words(text=CAP[3:]), "No insurer covers it.", Facts(offer="A cap of the yearly charges."))
        bases.add_base(opened, tmp_path / "base.docx", "services")
        sending.send(opened, "Acme")
        receiving.receive(opened, "Acme", tmp_path / "back.docx")
        yield opened


def test_a_killer_has_a_comment_on_its_words_that_tells_the_story(desk: Desk) -> None:
    data, count = flagged(desk, "acme@2")
    assert count == 1
    (comment,) = read(data).comments
    assert comment.author == FLAGS_AUTHOR
    assert comment.quote in CAP
    assert comment.quote.endswith("liability under this Agreement shall be unlimited")
    assert "No insurer covers it." in comment.text
    assert "A cap of the yearly charges." in comment.text
    assert INTERNAL in comment.text


def first_sent(desk: Desk) -> bytes:
    from redline.vault.deals import load_deals

    (record,) = load_deals(desk.vault)
    return desk.vault.read(record.turns[0].oid, "contract.docx")


def test_where_nothing_is_flagged_the_file_is_as_it_was(desk: Desk) -> None:
    data, count = flagged(desk, "acme@1")
    assert count == 0
    assert data == first_sent(desk)


def test_a_flagged_copy_is_never_sent_nor_made_a_base(desk: Desk, tmp_path: Path) -> None:
    copy = tmp_path / "copy.docx"
    copy.write_bytes(flagged(desk, "acme@2")[0])
    for refused in (lambda: sending.send(desk, "Acme", file=copy, force=True), lambda: sending.send(desk, "Bolt", file=copy, force=True),
                    lambda: bases.add_base(desk, copy, "other", force=True)):
        with pytest.raises(ConflictError, match="internal comment"):
            refused()


def test_one_that_came_back_in_the_clients_file_does_not_go_out_again(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "again.docx").write_bytes(flagged(desk, "acme@2")[0])
    receiving.receive(desk, "Acme", tmp_path / "again.docx", force=True)
    sent = responding.respond(desk, "Acme", responding.Style(undecided="accept"))
    assert FLAGS_AUTHOR not in {comment.author for comment in read(sent.data).comments}
    assert FLAGS_AUTHOR.encode() not in sent.data
