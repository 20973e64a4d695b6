"""Adopting: what the base has and no client was sent is named when the new version comes without it."""

from __future__ import annotations

from pathlib import Path

from redline.desk import Desk, bases, outcomes, receiving, sending
from redline.word.read import read
from tests.cli.chain import docx, run_of

_NOTE = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Never go below nine.</w:t></w:r>"


def test_hidden_text_of_the_base_is_told_of_when_it_is_not_carried_over(tmp_path: Path) -> None:
    (tmp_path / "base.docx").write_bytes(docx([run_of("The fee is ten pounds.") + _NOTE]))
    with Desk.create(tmp_path / "vault", "Us") as desk:
        bases.add_base(desk, tmp_path / "base.docx", "services")
        sent = sending.send(desk, "Acme", new=True)
        assert [each.text for each in read(sent.data).paragraphs] == ["The fee is ten pounds."]
        added = f'<w:ins w:id="1" w:author="Ann" w:date="2026-01-01T10:00:00Z">{run_of(" A month.")}</w:ins>'
        (tmp_path / "back.docx").write_bytes(docx([run_of("The fee is ten pounds.") + added]))
        receiving.receive(desk, "acme", tmp_path / "back.docx")
        outcomes.won(desk, "acme")
        done = outcomes.adopt(desk, "acme")
    assert done.details == ("not carried over: 1 piece of hidden text; version 1 keeps what it has",)
