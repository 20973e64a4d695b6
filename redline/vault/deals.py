"""Deals and bases as they follow from refs, ancestry and trailers. Nothing is stored twice.

A line is a ref's first-parent chain. A deal's own part of it ends where the base version it was rooted in begins. A
commit with `Redline-Direction` and `Redline-Docx-SHA256` is a version; versions are numbered by their place. A base
commit with a second parent is an adoption of the deal that parent belongs to. All deals are read by a few git
processes, however many there are; `cards` tells them without their turns, and sooner.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from redline.errors import UsageError, VaultError
from redline.model import Slug
from redline.vault import index
from redline.vault.files import DealFile, Direction, Outcome, VersionFile
from redline.vault.objects import CommitInfo
from redline.vault.reading import Reader
from redline.vault.store import BASES, DEALS

DEAL = "Redline-Deal"
TURN = "Redline-Turn"
DIRECTION = "Redline-Direction"
SHA256 = "Redline-Docx-SHA256"
READER = "Redline-Reader"
FILE = "Redline-File"
OUTCOME = "Redline-Outcome"
SUMMARY = "Redline-Summary"
UNDECIDED = "Redline-Undecided"

Whose = Literal["ours", "theirs", "nobody"]


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """One version of a document: a turn of a deal or a version of a base. `number` counts from 1 along `ref`.

    `date` is when it was handed over, `party` who handed it over. `from_deal` names the deal a base version was
    adopted from. `summary` is the figures it was stored with, as `name=number` pairs.
    """

    oid: str
    ref: str
    number: int
    direction: Direction
    date: datetime
    recorded: datetime
    party: str
    title: str
    sha256: str
    file_name: str = ""
    reader: str = ""
    from_deal: Slug | None = None
    summary: str = ""


@dataclass(frozen=True, slots=True)
class BaseRecord:
    """A base contract's line. `tip` is the ref's commit; the last of `versions` is the current one."""

    name: Slug
    ref: str
    tip: str
    versions: tuple[VersionRecord, ...]


@dataclass(frozen=True, slots=True)
class DealRecord:
    """One client's negotiation. `root` is the commit it grew from (None on the client's own paper), `tip` the newest commit.

    `base` and `base_version` say which base version `root` is; `agreed` is the commit that closed the deal as won. `named_base` is
    what deal.toml calls the base, `line` the deal's own commits, oldest first. `undecided` is how many changes of the latest turn
    still waited after the last decision about it, None where nothing was decided.
    """

    slug: Slug
    ref: str
    tip: str
    name: str
    turns: tuple[VersionRecord, ...]
    outcome: Outcome
    their_paper: bool
    root: str | None
    base: Slug | None
    base_version: int | None
    opened: datetime
    closed: datetime | None
    agreed: str | None
    adopted: bool
    reason: str
    value: Decimal | None
    currency: str
    contacts: tuple[str, ...]
    named_base: str
    line: tuple[str, ...]
    undecided: int | None

    @property
    def whose_turn(self) -> Whose:
        """Who has to act: after we sent, they; after we received, we; once closed, nobody."""
        return turn_of(self.outcome, self.turns[-1].direction if self.turns else None)

    @property
    def since(self) -> datetime:
        """Since when it is so: the last hand-over, or the day the deal was closed."""
        return since(self.outcome, self.closed, self.turns[-1].date if self.turns else self.opened)

    def latest(self, direction: Direction) -> VersionRecord | None:
        """The last turn that went this way."""
        return next((turn for turn in reversed(self.turns) if turn.direction is direction), None)


@dataclass(frozen=True, slots=True)
class DealName:
    """Just enough of a deal to find it: its slug, the name people use, and the ref's commit."""

    slug: Slug
    name: str
    tip: str


def turn_of(outcome: Outcome, last: Direction | None) -> Whose:
    """Who has to act in a deal whose last turn went this way (None: there is no turn)."""
    if outcome is not Outcome.OPEN or last is None:
        return "nobody"
    return "theirs" if last is Direction.SENT else "ours"


def since(outcome: Outcome, closed: datetime | None, handed: datetime) -> datetime:
    """Since when a deal stands as it does: the day it was closed, or the last hand-over."""
    return closed if outcome is not Outcome.OPEN and closed is not None else handed


def deal_ref(slug: Slug) -> str:
    """The ref of a deal."""
    return DEALS + slug


def base_ref(name: Slug) -> str:
    """The ref of a base."""
    return BASES + name


def version_trailers(version: VersionFile, deal: Slug | None = None) -> tuple[tuple[str, str], ...]:
    """The trailers for the commit that stores `version`, saying the same as its version.json."""
    trailers = [] if deal is None else [(DEAL, str(deal))]
    trailers += [(TURN, str(version.turn)), (DIRECTION, version.direction.value), (SHA256, version.sha256)]
    trailers += [(READER, version.reader)] if version.reader else []
    return (*trailers, *([(FILE, version.file_name)] if version.file_name else []))


def deal_names(vault: Reader) -> tuple[DealName, ...]:
    """Every deal's slug and display name, sorted by slug; two git processes."""
    found, kept = named(vault.refs(DEALS), DEALS), index.read(vault.folder)
    new = [deal for deal in found if deal not in kept]
    data = dict(zip(new, vault.read_many([(tip, "deal.toml") for _, tip in new]), strict=True))

    return tuple(DealName(slug, kept[slug, tip].name, tip) if (slug, tip) in kept else _name(slug, tip, data[slug, tip])
                 for slug, tip in found)


def deal_name(vault: Reader, slug: Slug) -> DealName | None:
    """The name of the deal with just this slug, None when there is none; without a process of its own."""
    tip = vault.tip(deal_ref(slug))
    return _name(slug, tip, vault.read_if_there(tip, "deal.toml")) if tip else None


def _name(slug: Slug, tip: str, text: bytes | None) -> DealName:
    return DealName(slug, DealFile.from_bytes(text, f"deal.toml of {slug}").name if text else slug, tip)


def base_names(vault: Reader) -> tuple[Slug, ...]:
    """Every base's name, sorted."""
    return tuple(name for name, _ in named(vault.refs(BASES), BASES))


def load_deals(vault: Reader) -> tuple[DealRecord, ...]:
    """Every deal, sorted by slug."""
    heads = vault.refs("refs/heads/")
    return read_deals(vault, named(heads, DEALS), roots_of(vault, heads))


def load_deal(vault: Reader, slug: Slug) -> DealRecord:
    """One deal; UsageError when there is none of that slug."""
    heads = vault.refs(BASES) | vault.refs(deal_ref(slug))
    if deal_ref(slug) not in heads:
        raise UsageError(f"there is no deal {slug!r}", "`redline deals` lists them")
    return read_deals(vault, [(slug, heads[deal_ref(slug)])], roots_of(vault, heads))[0]


def load_base(vault: Reader, name: Slug) -> BaseRecord:
    """One base; UsageError when there is none of that name."""
    tip = vault.refs(base_ref(name)).get(base_ref(name))
    if tip is None:
        raise UsageError(f"there is no base {name!r}", "`redline base FILE --name NAME` adds one")
    known = {commit.oid: commit for commit in vault.commits(tip)}
    merged = [oid for commit in known.values() for oid in commit.parents[1:]]
    known |= {oid: vault.commit(oid) for oid in merged if oid not in known}
    return BaseRecord(name, base_ref(name), tip, _base_versions(base_ref(name), tip, known))


@dataclass(frozen=True, slots=True)
class Roots:
    """What deals grow from and into: the versions of all bases by their commits, and the commits of deals that bases adopted."""

    versions: dict[str, tuple[Slug, int]]
    adopted: frozenset[str]

    def base_of(self, root: str | None, named_base: str) -> tuple[Slug | None, int | None]:
        """The base that a deal with this root stands on and which version of it; a root that no line has any more is only named."""
        if not root:
            return None, None
        other = Slug(named_base) if Slug.pattern.fullmatch(named_base) else None
        return self.versions.get(root, (other, None))


def roots_of(vault: Reader, heads: dict[str, str]) -> Roots:
    """The versions of the bases among `heads`; one git process."""
    bases = named(heads, BASES)
    known = {commit.oid: commit for commit in vault.commits(*(tip for _, tip in bases))}
    versions = {version.oid: (name, version.number) for name, tip in bases
                for version in _base_versions(base_ref(name), tip, known)}
    return Roots(versions, frozenset(parent for oid in versions for parent in known[oid].parents[1:]))


def named(heads: dict[str, str], prefix: str) -> list[tuple[Slug, str]]:
    """(slug, tip) of the refs below `prefix`; names that are no slugs are none of ours."""
    below = ((ref.removeprefix(prefix), tip) for ref, tip in heads.items() if ref.startswith(prefix))
    return sorted((Slug(name), tip) for name, tip in below if Slug.pattern.fullmatch(name))


def read_deals(vault: Reader, deals: list[tuple[Slug, str]], roots: Roots) -> tuple[DealRecord, ...]:
    """The records of these deals (slug, tip), in their order; two git processes."""
    known = {commit.oid: commit for commit in vault.commits(*(tip for _, tip in deals))}
    texts = vault.read_many([(tip, "deal.toml") for _, tip in deals])
    return tuple(_deal(slug, tip, text, known, roots) for (slug, tip), text in zip(deals, texts, strict=True))


def _deal(slug: Slug, tip: str, text: bytes | None, known: dict[str, CommitInfo], roots: Roots) -> DealRecord:
    if text is None:
        raise VaultError(f"the deal {slug!r} has no deal.toml", "`redline doctor` examines the vault")
    file = DealFile.from_bytes(text, f"deal.toml of {slug}")
    line, root = _own_part(slug, tip, known)
    base, number = roots.base_of(root, file.base)
    closing = next((commit for commit in reversed(line) if commit.trailer(OUTCOME)), None)
    outcome = _outcome(closing, file)
    return DealRecord(
        slug=slug,
        ref=deal_ref(slug),
        tip=tip,
        name=file.name,
        turns=_versions(deal_ref(slug), line, known),
        outcome=outcome,
        their_paper=file.their_paper,
        root=root,
        base=base,
        base_version=number,
        opened=file.opened or (line[0].author_date if line else known[tip].author_date),
        closed=file.closed or (closing.author_date if closing and outcome is not Outcome.OPEN else None),
        agreed=closing.oid if closing and outcome is Outcome.WON else None,
        adopted=any(commit.oid in roots.adopted for commit in line),
        reason=file.reason,
        value=file.value,
        currency=file.currency,
        contacts=file.contacts,
        named_base=file.base,
        line=tuple(commit.oid for commit in line),
        undecided=_undecided(line),
    )


def _undecided(line: list[CommitInfo]) -> int | None:
    """What the last decision on a line left open, None when a turn came after it."""
    told = next((commit for commit in reversed(line) if commit.trailer(DIRECTION) or commit.trailer(UNDECIDED)), None)
    number = told.trailer(UNDECIDED) if told and not told.trailer(DIRECTION) else None
    return int(number) if number and re.fullmatch(r"[0-9]{1,6}", number) else None


def _outcome(closing: CommitInfo | None, file: DealFile) -> Outcome:
    said = closing.trailer(OUTCOME) if closing else None
    return Outcome(said) if said in list(Outcome) else file.outcome


def _own_part(slug: Slug, tip: str, known: dict[str, CommitInfo]) -> tuple[list[CommitInfo], str | None]:
    """The deal's own commits, oldest first, and the commit they grew from."""
    line: list[CommitInfo] = []
    here: str | None = tip
    while here is not None:
        commit = _known(known, here)
        if commit.trailer(DIRECTION) == Direction.BASE or commit.trailer(DEAL) not in (slug, None):
            break
        line.append(commit)
        here = commit.parents[0] if commit.parents else None
    return line[::-1], here


def _base_versions(ref: str, tip: str, known: dict[str, CommitInfo]) -> tuple[VersionRecord, ...]:
    line: list[CommitInfo] = []
    here: str | None = tip
    while here is not None:
        line.append(_known(known, here))
        here = line[-1].parents[0] if line[-1].parents else None
    return _versions(ref, reversed(line), known)


def _known(known: dict[str, CommitInfo], oid: str) -> CommitInfo:
    if oid not in known:
        raise VaultError(f"the vault lacks the version {oid[:10]}", "`redline doctor` says what else is missing")
    return known[oid]


def _versions(ref: str, line: Iterable[CommitInfo], known: dict[str, CommitInfo]) -> tuple[VersionRecord, ...]:
    """The commits of `line` (oldest first) that are versions, numbered from 1."""
    found: list[VersionRecord] = []
    for commit in line:
        direction, sha256 = commit.trailer(DIRECTION), commit.trailer(SHA256)
        if direction not in list(Direction) or sha256 is None or not re.fullmatch(r"[0-9a-f]{64}", sha256):
            continue
        found.append(
            VersionRecord(
                oid=commit.oid,
                ref=ref,
                number=len(found) + 1,
                direction=Direction(direction),
                date=commit.author_date,
                recorded=commit.commit_date,
                party=commit.author,
                title=commit.subject,
                sha256=sha256,
                file_name=commit.trailer(FILE) or "",
                reader=commit.trailer(READER) or "",
                from_deal=_adopted_from(commit, known),
                summary=commit.trailer(SUMMARY) or "",
            )
        )
    return tuple(found)


def _adopted_from(commit: CommitInfo, known: dict[str, CommitInfo]) -> Slug | None:
    """The deal whose commit is the second parent."""
    if len(commit.parents) < 2 or commit.parents[1] not in known:
        return None
    name = known[commit.parents[1]].trailer(DEAL) or ""
    return Slug(name) if Slug.pattern.fullmatch(name) else None
