"""A base and a chain of clients, each of whom adds one tracked sentence to a clause of his own, adopted one after the other."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from redline.desk import Desk, bases, outcomes, receiving, sending

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_FORMATS = "http://schemas.openxmlformats.org"
_W = f"{_FORMATS}/wordprocessingml/2006/main"
_TYPES = (
    f'{_HEAD}<Types xmlns="{_FORMATS}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    f'{_HEAD}<Relationships xmlns="{_FORMATS}/package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{_FORMATS}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def docx(paragraphs: list[str]) -> bytes:
    """A document whose paragraphs are the given run-level XML."""
    body = "".join(f"<w:p>{paragraph}</w:p>" for paragraph in paragraphs)
    document = f'{_HEAD}<w:document xmlns:w="{_W}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in (("[Content_Types].xml", _TYPES), ("_rels/.rels", _RELS), ("word/document.xml", document)):
            package.writestr(name, text)
    return out.getvalue()


def run_of(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def build(folder: Path, clients: int) -> None:
    """A vault in `folder`/vault whose base was changed by `clients` clients in turn."""
    clauses = [f"{number}. Clause number {number} says what party {number} owes to the other party." for number in range(1, clients + 1)]
    (folder / "base.docx").write_bytes(docx([run_of(clause) for clause in clauses]))
    with Desk.create(folder / "vault", "Us") as desk:
        bases.add_base(desk, folder / "base.docx", "services")
        for number in range(1, clients + 1):
            client = f"Client {number}"
            sending.send(desk, client, new=True)
            edited = [run_of(clause) for clause in clauses]
            edited[number - 1] += (f'<w:ins w:id="1" w:author="Person {number}" w:date="2026-01-01T10:00:00Z">'
                                   f"{run_of(f' Word{number}.')}</w:ins>")
            (folder / "back.docx").write_bytes(docx(edited))
            receiving.receive(desk, client, folder / "back.docx")
            outcomes.won(desk, client)
            outcomes.adopt(desk, client)
            clauses[number - 1] += f" Word{number}."
