"""The vault: versions of documents in a bare git repository. The only room that knows git; it knows nothing of contracts."""

from __future__ import annotations

from redline.vault.acts import Act, UndoneAct, last_act, redo_last, undo_last
from redline.vault.addresses import (
    Address,
    BaseAddress,
    DealAddress,
    PathAddress,
    VersionRef,
    as_path,
    closest,
    find_base,
    find_deal,
    matching,
    parse,
    resolve,
)
from redline.vault.check import Finding, check
from redline.vault.deals import (
    BaseRecord,
    DealName,
    DealRecord,
    VersionRecord,
    base_names,
    base_ref,
    deal_names,
    deal_ref,
    load_base,
    load_deal,
    load_deals,
    version_trailers,
)
from redline.vault.files import DealFile, Direction, Outcome, VaultFile, VersionFile
from redline.vault.objects import CommitInfo, FileEntry, Signature
from redline.vault.slugs import check_name, name_key, slug_for
from redline.vault.store import MAIN, LostRaceError, RefMove, RefUpdate, Vault

__all__ = [
    "MAIN",
    "Act",
    "Address",
    "BaseAddress",
    "BaseRecord",
    "CommitInfo",
    "DealAddress",
    "DealFile",
    "DealName",
    "DealRecord",
    "Direction",
    "FileEntry",
    "Finding",
    "LostRaceError",
    "Outcome",
    "PathAddress",
    "RefMove",
    "RefUpdate",
    "Signature",
    "UndoneAct",
    "Vault",
    "VaultFile",
    "VersionFile",
    "VersionRecord",
    "VersionRef",
    "as_path",
    "base_names",
    "base_ref",
    "check",
    "check_name",
    "closest",
    "deal_names",
    "deal_ref",
    "find_base",
    "find_deal",
    "last_act",
    "load_base",
    "load_deal",
    "load_deals",
    "matching",
    "name_key",
    "parse",
    "redo_last",
    "resolve",
    "slug_for",
    "undo_last",
    "version_trailers",
]
