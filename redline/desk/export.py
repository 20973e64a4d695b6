"""A version as a file: the exact bytes it came or went with, the contract as JSON, readable Markdown, or a page of HTML."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from redline.codec import dump_contract
from redline.desk import documents, look
from redline.errors import UsageError

if TYPE_CHECKING:
    from redline.desk.desk import Desk

KINDS = ("docx", "json", "md", "html")


def export(desk: Desk | None, address: str, kind: str) -> str | bytes:
    """`docx` gives bytes, `json`, `md` and `html` give text."""
    from redline.render import html, markdown

    if kind not in KINDS:
        raise UsageError(f"a version is not written as {kind}", f"Say one of: {', '.join(KINDS)}.")
    version = documents.load(desk, address)
    if kind == "docx":
        if desk is not None and version.oid:
            return desk.vault.read(version.oid, "contract.docx")
        return documents.read_bytes(Path(version.info.path))
    if kind == "json":
        return dump_contract(version.contract).decode("utf-8", "replace")
    if kind == "html":
        return html.comparison(look.show(desk, address))
    return markdown.contract(version.contract)
