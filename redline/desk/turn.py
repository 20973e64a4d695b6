"""One turn about to be stored, and what sending and receiving share.

A turn is one commit on the client's line: the exact bytes, what was read of them, and who handed them over when.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parseaddr
from typing import TYPE_CHECKING

from redline.desk import documents
from redline.errors import ConflictError, UsageError
from redline.model import Contract, Slug
from redline.text import safe_line
from redline.vault.files import DealFile, Direction
from redline.vault.objects import Signature
from redline.vault.store import RefUpdate
from redline.views import VersionInfo

if TYPE_CHECKING:
    from redline.desk.desk import Desk
    from redline.desk.documents import Version
    from redline.vault.deals import DealRecord


def identified(contract: Contract, before: Contract | None, seed: str) -> Contract:
    """The contract with a clause id in every paragraph: carried from the version before, new where there was none."""
    from redline.compare.identity import carry_contract
    from redline.compare.slide import slide

    contract = replace(contract, paragraphs=slide(contract.paragraphs))
    return carry_contract(contract, before.final().paragraphs if before else (), seed)


def open_deal(desk: Desk, client: str) -> DealRecord:
    from redline.vault.addresses import find_deal
    from redline.vault.deals import load_deal

    record = load_deal(desk.vault, find_deal(desk.vault, client).slug)
    if record.closed is not None:
        raise UsageError(f"the deal with {record.name} was {record.outcome} on {record.closed:%Y-%m-%d}",
                         "For a new deal with them: `redline send 'A NEW NAME' --new`. If closing it was your last act and a mistake: "
                         "`redline undo`.")
    return record


def unmoved(desk: Desk, record: DealRecord) -> str:
    """The tip the work was based on; ConflictError when somebody added a turn meanwhile."""
    if desk.vault.tip(record.ref) != record.tip:
        raise ConflictError(f"somebody else changed the deal with {record.name} meanwhile", "Look at it and try again.")
    return record.tip


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn about to be stored."""

    slug: Slug
    client: str
    number: int
    direction: Direction
    party: str
    when: datetime
    file_name: str

    def version(self, contract: Contract) -> Version:
        info = VersionInfo(f"{self.slug}@{self.number}", f"{self.client}, turn {self.number}, {self.direction}",
                                    self.client, self.number, self.direction.value, self.when, self.party)
        return documents.Version(info, contract)

    def update(self, desk: Desk, contract: Contract, data: bytes, deal: DealFile | None, tip: str | None, root: str | None,
               summary: str, sender: str = "") -> RefUpdate:
        """The commit that stores it: on `tip`, or for a new deal on the base version `root` (None: on nothing)."""
        from redline.vault.deals import SUMMARY, deal_ref, version_trailers

        file = documents.version_file(contract, data, turn=self.number, direction=self.direction, party=self.party,
                                     date=self.when, recorded=desk.clock(), file_name=self.file_name)
        files = documents.files(contract, data, file)
        if deal is not None:
            files["deal.toml"] = deal.to_bytes()
        trailers = version_trailers(file, self.slug) + (((SUMMARY, summary),) if summary else ())
        author = desk.signature(self.when)
        if self.direction is Direction.RECEIVED:
            author = Signature(self.party, parseaddr(sender)[1], self.when)
        parents = (tip,) if tip else (root,) if root else ()
        figures = ", ".join(pair.replace("=", " ") for pair in summary.split())
        return RefUpdate(deal_ref(self.slug), tip, files, f"{safe_line(self.client)}: turn {self.number} {self.direction}",
                         author, body=figures, trailers=trailers, parents=parents)
