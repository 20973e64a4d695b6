"""Is everything that the vault keeps still there and still the same? Reads all of it, changes nothing."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from redline.errors import VaultError
from redline.vault.deals import SHA256
from redline.vault.objects import CommitInfo, one_line
from redline.vault.reading import REF
from redline.vault.store import Vault

_BATCH = 32
_OLD_LOCK = 60.0

FindingKind = Literal["git", "document", "listing", "ref", "lock"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in the vault. `where` is a ref, a version or a file; `message` says what, for a person."""

    kind: FindingKind
    where: str
    message: str


def check(vault: Vault) -> tuple[Finding, ...]:
    """All findings of `git fsck --strict`, of every stored document against its checksum, of refs and of forgotten locks."""
    findings = [*_fsck(vault), *_locks(vault.folder)]
    try:
        refs = vault.refs("refs/")
        commits = vault.commits(*refs.values(), first_parent=False)
    except VaultError as error:
        return (*findings, Finding("git", str(vault.folder), error.message))
    findings += [Finding("ref", ref, "is no line of a vault") for ref in refs if not REF.fullmatch(ref)]
    return (*findings, *_documents(vault, commits), *_listings(vault, commits))


def _fsck(vault: Vault) -> list[Finding]:
    outcome = vault.git.attempt("fsck", "--strict", "--full", "--no-dangling", "--no-progress")
    lines = [line for line in (outcome.out.decode("utf-8", "replace") + outcome.err).splitlines() if line.strip()]
    if not outcome.code and not lines:
        return []
    return [Finding("git", str(vault.folder), one_line(line)) for line in lines[:100] or ["git fsck failed"]]


def _locks(folder: Path) -> list[Finding]:
    """Lock files of git that are older than any write takes: their writer was killed, and they block the next one."""
    places = [*folder.glob("*.lock"), *(folder / "refs").rglob("*.lock")]
    old = [place for place in places if time.time() - place.stat().st_mtime > _OLD_LOCK]
    message = "was left behind by a program that was stopped; delete it when no other redline is running"
    return [Finding("lock", str(place), message) for place in old]


def _documents(vault: Vault, commits: tuple[CommitInfo, ...]) -> list[Finding]:
    promised = [(commit, sha256) for commit in commits if (sha256 := commit.trailer(SHA256))]
    findings: list[Finding] = []
    for start in range(0, len(promised), _BATCH):
        batch = promised[start : start + _BATCH]
        data = vault.read_many([(commit.oid, "contract.docx") for commit, _ in batch])
        for (commit, sha256), each in zip(batch, data, strict=True):
            where = f"{commit.oid[:10]} ({one_line(commit.subject)})"
            if each is None:
                findings.append(Finding("document", where, "the document is missing"))
            elif hashlib.sha256(each).hexdigest() != sha256:
                findings.append(Finding("document", where, "the document is not the one that was stored"))
    return findings


def _listings(vault: Vault, commits: tuple[CommitInfo, ...]) -> list[Finding]:
    findings: list[Finding] = []
    for commit in {commit.tree: commit for commit in commits}.values():
        try:
            vault.files(commit.oid)
        except VaultError as error:
            findings.append(Finding("listing", commit.oid[:10], error.message))
    return findings
