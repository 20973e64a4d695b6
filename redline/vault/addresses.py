"""Versions as a person would say them: `base`, `base:nda@3`, `acme`, `acme@2`, `acme@sent`, or a path to a .docx.

`parse` only looks at the text; `resolve` asks the vault. A client is meant by slug or by display name, in any case
and script, in full or by the first letters of the name or of one of its words, as long as one client only is meant.
Whatever is unknown or ambiguous is a UsageError that lists what there is.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from redline.errors import UsageError
from redline.model import Slug
from redline.text import safe_line
from redline.vault.deals import (
    BaseRecord,
    DealName,
    DealRecord,
    VersionRecord,
    base_names,
    deal_name,
    deal_names,
    load_base,
    load_deal,
)
from redline.vault.files import Direction
from redline.vault.reading import Reader
from redline.vault.slugs import name_key, name_words

Which = Literal["sent", "received", "agreed"]
_PICKS: dict[str, Which] = {"sent": "sent", "received": "received", "agreed": "agreed"}
_NUMBER = re.compile(r"0*([1-9][0-9]{0,5})")
_HELP = "say `base`, `base:NAME@3`, a client, `CLIENT@2`, `CLIENT@sent`, `CLIENT@received`, `CLIENT@agreed`, or a .docx file"


@dataclass(frozen=True, slots=True)
class BaseAddress:
    """A base by name (None: the only one there is) and version number (None: the latest)."""

    name: str | None = None
    number: int | None = None

    def __str__(self) -> str:
        return "base" + (f":{self.name}" if self.name else "") + (f"@{self.number}" if self.number else "")


@dataclass(frozen=True, slots=True)
class DealAddress:
    """A client as the user named it, and which version: a turn number, `sent`, `received`, `agreed`, or None for the latest."""

    client: str
    which: int | Which | None = None

    def __str__(self) -> str:
        return self.client + (f"@{self.which}" if self.which else "")


@dataclass(frozen=True, slots=True)
class PathAddress:
    """A file outside the vault."""

    path: Path

    def __str__(self) -> str:
        return str(self.path) if _looks_like_a_path(str(self.path)) else f"./{self.path}"


Address = BaseAddress | DealAddress | PathAddress


@dataclass(frozen=True, slots=True)
class VersionRef:
    """A version found in the vault. `oid` is the commit that brought it in, `tip` the newest commit of its line.

    `name` is the client's display name or the base's name; exactly one of `deal` and `base` is there, as `kind` says.
    """

    kind: Literal["base", "deal"]
    ref: str
    oid: str
    tip: str
    slug: Slug
    name: str
    version: VersionRecord
    deal: DealRecord | None = None
    base: BaseRecord | None = None

    @property
    def turn(self) -> int:
        """The version's number on its line."""
        return self.version.number

    @property
    def direction(self) -> Direction:
        """Sent, received, or base."""
        return self.version.direction

    def __str__(self) -> str:
        return f"base:{self.slug}@{self.turn}" if self.kind == "base" else f"{self.slug}@{self.turn}"


def parse(text: str) -> Address:
    """What `text` asks for, by its form alone; UsageError when it has none."""
    text = text.strip()
    if not text or "\0" in text:
        raise UsageError("no version was named", _HELP)
    if _looks_like_a_path(text):
        return PathAddress(Path(text))
    head, at, tail = text.rpartition("@")
    number = _NUMBER.fullmatch(tail) if at and head else None
    if at and head and not number and tail.isdigit():
        raise UsageError(f"there is no version {safe_line(tail)}", "versions are numbered from 1")
    plain = head if number else text
    if plain.casefold() == "base" or plain.casefold().startswith(("base:", "base@")):
        return _base_address(plain[4:], int(number[1]) if number else None, text)
    if number:
        return DealAddress(head.strip(), int(number[1]))
    if at and head.strip() and tail.casefold() in _PICKS:
        return DealAddress(head.strip(), _PICKS[tail.casefold()])
    return DealAddress(text)


def _looks_like_a_path(text: str) -> bool:
    """Ends as Word's files do, or begins as only a path does."""
    return text.casefold().endswith((".docx", ".docm")) or re.match(r"(?:\.{0,2}|~)[/\\]|[A-Za-z]:[/\\]", text) is not None


def _base_address(rest: str, number: int | None, text: str) -> BaseAddress:
    """`rest` is what stands between `base` and the number: nothing, or `:name`."""
    name = rest.removeprefix(":").strip()
    if rest and (rest[0] != ":" or not name or "@" in name):
        raise UsageError(f"{safe_line(text)!r} names no base version", _HELP)
    return BaseAddress(name or None, number)


def as_path(address: Address) -> PathAddress | None:
    """The file that `address` means without a vault: a path by its ending, or a client's name that is an existing file."""
    if isinstance(address, PathAddress):
        return address
    path = Path(str(address))
    return PathAddress(path) if isinstance(address, DealAddress) and _is_file(path) else None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def resolve(vault: Reader, address: Address | str) -> VersionRef | PathAddress:
    """The version that `address` means in `vault`, or the file outside it. A name that is both is an error."""
    address = parse(address) if isinstance(address, str) else address
    if isinstance(address, PathAddress):
        return address
    if isinstance(address, BaseAddress):
        return _resolve_base(vault, address)
    path = as_path(address)
    if path is None:
        return _resolve_deal(vault, address)
    names = deal_names(vault)
    if matches := matching(names, address.client):
        both = [f"the file {path}", *_shown(matches)]
        hint = f"say {path} for the file, {matches[0].slug} for the client"
        raise UsageError(f"{safe_line(str(address))!r} is ambiguous: {', '.join(both)}", hint)
    return path


def _resolve_base(vault: Reader, address: BaseAddress) -> VersionRef:
    base = load_base(vault, find_base(vault, address.name))
    version = _numbered(base.versions, address.number, f"base:{base.name}")
    return VersionRef("base", base.ref, version.oid, base.tip, base.name, base.name, version, base=base)


def _resolve_deal(vault: Reader, address: DealAddress) -> VersionRef:
    found = find_deal(vault, address.client)
    deal = load_deal(vault, found.slug)
    shown = safe_line(deal.name)
    if address.which == "sent" or address.which == "received":
        latest = deal.latest(Direction(address.which))
        if latest is None:
            hint = f"`redline log {deal.slug}` shows its turns"
            raise UsageError(f"nothing was {address.which} yet in the deal with {shown}", hint)
        version = latest
    elif address.which == "agreed":
        if deal.agreed is None:
            raise UsageError(f"nothing is agreed yet with {shown}", f"`redline won {deal.slug}` closes the deal")
        version = _numbered(deal.turns, None, str(deal.slug))
    else:
        version = _numbered(deal.turns, address.which, str(deal.slug))
    return VersionRef("deal", deal.ref, version.oid, deal.tip, deal.slug, deal.name, version, deal=deal)


def _numbered(versions: Sequence[VersionRecord], number: int | None, name: str) -> VersionRecord:
    if not versions:
        raise UsageError(f"{name} has no version yet", f"`redline log {name}` shows what there is")
    if number is not None and number > len(versions):
        have = f"are versions 1 to {len(versions)}" if len(versions) > 1 else "is version 1 only"
        raise UsageError(f"{name} has no version {number}", f"there {have}; `redline log {name}` shows them")
    return versions[-1 if number is None else number - 1]


def find_base(vault: Reader, name: str | None) -> Slug:
    """The base called `name`, or the only base when no name is given."""
    names = base_names(vault)
    if not names:
        raise UsageError("the vault has no base contract yet", "`redline base FILE` adds one")
    listed = ", ".join(f"base:{each}" for each in names)
    if name is None:
        if len(names) > 1:
            raise UsageError(f"there are {len(names)} bases; which one?", f"say one of {listed}")
        return names[0]
    key = name_key(name)
    exact = [each for each in names if each == key]
    found = exact or [each for each in names if key and each.startswith(key)]
    if len(found) != 1:
        problem = "is ambiguous" if found else "is no base"
        raise UsageError(f"{safe_line(name)!r} {problem}", f"say one of {listed}")
    return found[0]


def find_deal(vault: Reader, client: str) -> DealName:
    """The one deal that `client` means; UsageError with the candidates when there is none or more than one."""
    key = name_key(client)
    if Slug.pattern.fullmatch(key) and (exact := deal_name(vault, Slug(key))):
        return exact
    names = deal_names(vault)
    found = matching(names, client)
    if len(found) == 1:
        return found[0]
    if found:
        candidates = ", ".join(_shown(found))
        raise UsageError(f"{safe_line(client)!r} could be {candidates}", "type more letters, or the short name in brackets")
    close = closest(names, client)
    hint = f"did you mean {' or '.join(_shown(close))}?" if close else "`redline deals` lists the clients"
    raise UsageError(f"there is no client {safe_line(client)!r}", hint if names else "`redline send CLIENT` opens a deal")


def matching(names: Sequence[DealName], client: str) -> tuple[DealName, ...]:
    """The deals `client` can mean, by the strictest reading that fits any: slug, full name, first letters, letters of a word."""
    key, words = name_key(client), name_words(client)
    readings: tuple[Callable[[DealName], bool], ...] = (
        lambda each: each.slug == key,
        lambda each: name_key(each.name) == key,
        lambda each: name_words(each.name) == words,
        lambda each: each.slug.startswith(key) or name_key(each.name).startswith(key),
        lambda each: _words_within(words, name_words(each.name)),
    )
    for fits in readings if words else readings[:2]:
        if found := tuple(each for each in names if fits(each)):
            return found
    return ()


def _words_within(words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether `words` stand side by side in `name`, the last one perhaps cut short."""
    for start in range(len(name) - len(words) + 1):
        part = name[start : start + len(words)]
        if part[:-1] == words[:-1] and part[-1].startswith(words[-1]):
            return True
    return False


def closest(names: Sequence[DealName], client: str) -> tuple[DealName, ...]:
    """Up to three deals whose slug, name or one of its words looks like `client` (difflib)."""
    spellings: dict[str, DealName] = {}
    for each in names:
        for spelling in (each.slug, name_key(each.name), *name_words(each.name)):
            spellings.setdefault(spelling, each)
    near = difflib.get_close_matches(name_key(client), list(spellings), n=6, cutoff=0.6)
    return tuple(dict.fromkeys(spellings[spelling] for spelling in near))[:3]


def _shown(names: Sequence[DealName]) -> list[str]:
    """Display names with their slugs, for a message; at most eight."""
    listed = [f"{safe_line(each.name)} [{each.slug}]" for each in names[:8]]
    return [*listed, f"and {len(names) - 8} more"] if len(names) > 8 else listed
