"""Versions as values: a document with what is known about it, from the vault or from a file, and the four files that keep one.

A stored contract.json is trusted only when this reader made it; otherwise contract.docx is read anew and the clause ids are
carried over, in memory: history is never rewritten. A file is read as bytes under a size limit, once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from redline.errors import DocumentError, VaultError
from redline.model import Attribution, Contract, Paragraph, Segment
from redline.text import safe_line
from redline.version import VersionInfo

if TYPE_CHECKING:
    from redline.desk.desk import Desk
    from redline.vault.files import Direction, VersionFile

LARGEST_FILE = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Version:
    """A document at one point. `oid` is "" for a file outside the vault; `silent` is who answers for untracked changes."""

    info: VersionInfo
    contract: Contract
    oid: str = ""

    @property
    def silent(self) -> Attribution:
        info = self.info
        return Attribution(info.party, info.date, info.deal, info.turn, tracked=info.direction != "received")


def load(desk: Desk | None, address: str) -> Version:
    """The version an address or a path names; UsageError with the candidates when it names none or several."""
    found = locate(desk, address)
    if isinstance(found, Path):
        return from_file(found)
    assert desk is not None
    return stored(desk, found)


def locate(desk: Desk | None, address: str) -> Path | str:
    """The path of the file or the id of the commit that an address names; UsageError as for `load`."""
    if desk is None:
        path = Path(address)
        if not address.casefold().endswith((".docx", ".docm")) and not path.is_file():
            raise VaultError(f"there is no vault here and no file {safe_line(address)}",
                             "Go to the vault's folder, name it with -C DIR, or compare two .docx files.")
        return path
    from redline.vault.addresses import PathAddress, parse, resolve

    found = resolve(desk.vault, parse(address))
    if isinstance(found, PathAddress):
        return found.path
    return found.oid


def stored(desk: Desk, oid: str) -> Version:
    """The version a commit holds."""
    from redline.vault.files import DealFile, VersionFile

    if oid not in desk.versions:
        vault = desk.vault
        file = VersionFile.from_bytes(vault.read(oid, "version.json"), f"version.json of {oid[:10]}")
        deal = vault.read_if_there(oid, "deal.toml")
        info = _info(file, DealFile.from_bytes(deal).name if deal else "", vault.commit(oid).trailer("Redline-Deal") or "")
        desk.versions[oid] = Version(info, _contract(desk, oid, file), oid)
    return desk.versions[oid]


def _info(file: VersionFile, deal: str, slug: str) -> VersionInfo:
    if file.direction == "base":
        name = dict(file.extra).get("base", "base")
        return VersionInfo(f"base:{name}@{file.turn}", f"{name}, version {file.turn}", direction="base", turn=file.turn,
                           date=file.date, party=file.party)
    return VersionInfo(f"{slug}@{file.turn}", f"{deal}, turn {file.turn}, {file.direction}", deal, file.turn,
                       file.direction.value, file.date, file.party)


def _contract(desk: Desk, oid: str, file: VersionFile) -> Contract:
    from redline.codec import load_contract
    from redline.word import READER_VERSION

    kept = load_contract(desk.vault.read(oid, "contract.json"))
    if file.reader == str(READER_VERSION):
        return kept
    from redline.compare.identity import carry_contract
    from redline.compare.slide import slide
    from redline.word.read import read

    anew = read(desk.vault.read(oid, "contract.docx"), file.file_name)
    known = next((a for p in kept.paragraphs for s in p.segments if (a := s.attribution) and a.deal), Attribution())
    anew = told(replace(anew, paragraphs=slide(anew.paragraphs)), known.deal, known.turn)
    return carry_contract(anew, kept.original().paragraphs, oid)


def lineage(desk: Desk, oid: str) -> tuple[str, ...]:
    """The versions that led to a commit, oldest first: back along the deal, its base, and the deals that base was made of."""
    known = {commit.oid: commit for commit in desk.vault.commits(oid, first_parent=False)}
    line: list[str] = []
    here: str | None = oid
    while here is not None:
        commit = known[here]
        if commit.trailer("Redline-Direction"):
            line.append(here)
        here = commit.parents[-1] if commit.parents else None
    return tuple(reversed(line))


def from_file(path: Path) -> Version:
    """A .docx outside the vault; DocumentError when it cannot be read."""
    from redline.word.read import read

    return of_file(path, read(read_bytes(path), path.name))


def of_file(path: Path, contract: Contract) -> Version:
    """A .docx outside the vault that was read."""
    from redline.compare.slide import slide

    contract = replace(contract, paragraphs=slide(contract.paragraphs))
    return Version(VersionInfo(str(path), path.name, path=str(path)), contract)


def read_bytes(path: Path) -> bytes:
    """The file's bytes; DocumentError when it is missing, no file, too large or not readable."""
    try:
        if path.is_dir():
            raise DocumentError(f"{path} is a folder", "Name the .docx file in it.", code="not-docx")
        if not path.is_file():
            if path.exists():
                raise DocumentError(f"{path} is not an ordinary file", "Save it as a .docx file first.", code="not-docx")
            raise DocumentError(f"there is no file {path}", "Check the name and the folder.", code="missing")
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise DocumentError(f"{path} cannot be read: {why}", "Check the name and its permissions.", code="missing") from error
    if len(data) > LARGEST_FILE:
        raise DocumentError(f"{path} is larger than {LARGEST_FILE >> 20} MB", "Is it the contract?", code="too-large")
    return data


def told(contract: Contract, deal: str, turn: int) -> Contract:
    """The contract with deal and turn written into the attribution of each of its tracked changes."""

    def fill(attribution: Attribution | None) -> Attribution | None:
        return attribution and replace(attribution, deal=deal, turn=turn)

    def segment(item: Segment) -> Segment:
        return replace(item, attribution=fill(item.attribution), struck=fill(item.struck))

    def paragraph(item: Paragraph) -> Paragraph:
        if not item.changed and item.attribution is None:
            return item
        return replace(item, segments=tuple(segment(each) for each in item.segments), attribution=fill(item.attribution))

    layout = tuple(replace(one, attribution=fill(one.attribution)) for one in contract.layout)
    return replace(contract, paragraphs=tuple(paragraph(item) for item in contract.paragraphs), layout=layout)


def sha256(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


def version_file(
    contract: Contract, data: bytes, *, turn: int, direction: Direction, party: str, date: datetime, recorded: datetime,
    file_name: str, extra: tuple[tuple[str, object], ...] = (),
) -> VersionFile:
    """version.json of a document about to be stored."""
    from redline.vault.files import VersionFile
    from redline.word import READER_VERSION

    if date.tzinfo is None:
        raise VaultError("a version needs a date with a time zone")
    return VersionFile(turn=turn, direction=direction, party=party, date=date, recorded=recorded, sha256=sha256(data),
                       file_name=file_name, reader=str(READER_VERSION), coverage=contract.coverage,
                       warnings=contract.notices, extra=extra)


def files(contract: Contract, data: bytes, version: VersionFile) -> dict[str, bytes | None]:
    """The four files that keep one version: the exact bytes, readable text, the contract, and what is known about it."""
    from redline.codec import dump_contract
    from redline.render import markdown

    return {
        "contract.docx": data,
        "contract.md": markdown.contract(contract).encode("utf-8", "replace"),
        "contract.json": dump_contract(contract),
        "version.json": version.to_bytes(),
    }
