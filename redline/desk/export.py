"""A version as a file: the exact bytes it came or went with, a clean or a redlined Word file, the contract as JSON, Markdown or text,
or a page of HTML.

A clean Word file has no tracked changes and no comments; what would be lost in it has to be said first. Clean and redlined files are
for the other side: they leave without personal data. The exact bytes are as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from redline.codec import dump_contract
from redline.desk import documents, look
from redline.desk.redlining import Wish, content, redline_file
from redline.desk.scrubbing import Left, leaving
from redline.errors import UsageError
from redline.text import counted
from redline.views import Comparison

if TYPE_CHECKING:
    from redline.desk.desk import Desk
    from redline.desk.documents import Version

KINDS = ("docx", "clean", "redline", "html", "md", "text", "json")
WORD = ("docx", "clean", "redline")
"""The kinds that are Word files."""

Outcome = Literal["", "final", "original"]


@dataclass(frozen=True, slots=True)
class Cleaning:
    """What becomes, in a clean file, of tracked changes ("" when it is not said: there must be none) and of comments."""

    view: Outcome = ""
    drop_comments: bool = False


def export(desk: Desk | None, address: str, kind: str, cleaning: Cleaning | None = None, *, moves: bool = False,
           keep: Sequence[str] = ()) -> str | bytes | Left:
    """`docx` gives bytes, `clean` and `redline` bytes with what was taken out of them, `json`, `md` and `html` give text; `text` is
    drawn from `viewed`.

    `docx` is the file itself, `redline` it tracked against the version before, with `moves` as Word's moves. UsageError when a
    clean file would lose what `cleaning` does not give up. `keep` names the personal data that stays.
    """
    from redline.render import html, markdown

    if kind not in KINDS or kind == "text":
        raise UsageError(f"a version is not written as {kind}", f"Say one of: {', '.join(KINDS)}.")
    version = documents.load(desk, address)
    if kind == "docx":
        return content(desk, version)
    if kind == "clean":
        return leaving(_clean(desk, version, cleaning or Cleaning()), keep)
    if kind == "redline":
        return _redlined(desk, address, version, Wish(moves=moves, keep=tuple(keep), leaves=True))
    if kind == "json":
        return dump_contract(version.contract).decode("utf-8", "replace")
    if kind == "html":
        return html.comparison(viewed(desk, address))
    return markdown.contract(version.contract)


def viewed(desk: Desk | None, address: str) -> Comparison:
    """The version as it is shown by itself."""
    return look.show(desk, address)


def _clean(desk: Desk | None, version: Version, cleaning: Cleaning) -> bytes:
    from redline.word.revisions import accept_all, reject_all

    changes = sum(paragraph.changed for paragraph in version.contract.paragraphs) + len(version.contract.layout)
    if changes and not cleaning.view:
        raise UsageError(f"{version.info.title} carries tracked changes, which a clean file loses",
                         "Add --accept-all (or --view original, to reject them), or export it as docx or redline.")
    comments = len(version.contract.comments)
    if comments and not cleaning.drop_comments:
        raise UsageError(f"{version.info.title} carries {counted(comments, 'comment')}, which a clean file loses",
                         "Add --drop-comments, or export it as docx.")
    data = content(desk, version)
    if not changes and not comments:
        return data
    resolve = reject_all if cleaning.view == "original" else accept_all
    return resolve(data, drop_comments=True, name=version.info.title)


def _redlined(desk: Desk | None, address: str, version: Version, wish: Wish) -> Left:
    if desk is not None and version.oid and look.before(desk, version) is None:
        raise UsageError(f"there is no version before {version.info.title}", "`redline diff A B -o OUT.docx` compares any two versions.")

    def silent(_line: str) -> None:
        return None

    return redline_file(desk, address, None, wish, desk.tell if desk else silent)
