"""The vault: versions of documents in a bare git repository. The only room that knows git; it knows nothing of contracts."""

from __future__ import annotations

from redline.vault.files import DealFile, Direction, Outcome, VaultFile, VersionFile
from redline.vault.objects import CommitInfo, FileEntry, Signature
from redline.vault.store import LostRaceError, RefUpdate, Vault, new_act_id

__all__ = [
    "CommitInfo",
    "DealFile",
    "Direction",
    "FileEntry",
    "LostRaceError",
    "Outcome",
    "RefUpdate",
    "Signature",
    "Vault",
    "VaultFile",
    "VersionFile",
    "new_act_id",
]
