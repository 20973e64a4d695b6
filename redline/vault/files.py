"""The small files of a vault that only the vault and the desk read: redline.toml, deal.toml and version.json.

Frozen values with `from_bytes` and `to_bytes`. A missing or mistyped entry is a VaultError that names file and entry;
entries that this version does not know are kept in `extra` and written back.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final

import tomli_w

from redline.errors import VaultError
from redline.model import Coverage, Notice

FORMAT: Final = 1
Extra = tuple[tuple[str, object], ...]


class Direction(StrEnum):
    """How a version came about: it went out, it came in, or it is one of our bases."""

    SENT = "sent"
    RECEIVED = "received"
    BASE = "base"


class Outcome(StrEnum):
    """How a deal stands."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


class Entries:
    """A parsed table whose entries are taken out one by one, each with its type checked."""

    def __init__(self, table: dict[str, object], where: str) -> None:
        self._table, self._where = dict(table), where

    def wrong(self, key: str, expected: str) -> VaultError:
        return VaultError(f"{self._where}: {key!r} is not {expected}", "`redline doctor` examines the vault")

    def _take(self, key: str, default: object) -> object:
        value = self._table.pop(key, default)
        if value is ...:
            raise VaultError(f"{self._where}: {key!r} is missing", "`redline doctor` examines the vault")
        return value

    def text(self, key: str, default: object = "") -> str:
        value = self._take(key, default)
        if not isinstance(value, str):
            raise self.wrong(key, "a text")
        return value

    def number(self, key: str, default: object = ...) -> int:
        value = self._take(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.wrong(key, "a whole number")
        return value

    def flag(self, key: str) -> bool:
        value = self._take(key, False)
        if not isinstance(value, bool):
            raise self.wrong(key, "true or false")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._take(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.wrong(key, "a list of texts")
        return tuple(value)

    def tables(self, key: str) -> tuple[Entries, ...]:
        value = self._take(key, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise self.wrong(key, "a list of entries")
        return tuple(Entries(each, f"{self._where}: {key}") for each in value)

    def when(self, key: str, default: object = None) -> datetime | None:
        value = self._take(key, default)
        if isinstance(value, str):
            try:
                value = datetime.fromisoformat(value)
            except ValueError as error:
                raise self.wrong(key, "a date with time and zone") from error
        if value is not None and (not isinstance(value, datetime) or value.tzinfo is None):
            raise self.wrong(key, "a date with time and zone")
        return value

    def moment(self, key: str) -> datetime:
        value = self.when(key, ...)
        if value is None:
            raise self.wrong(key, "a date with time and zone")
        return value

    def amount(self, key: str) -> Decimal | None:
        value = self._take(key, None)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, str, Decimal)):
            raise self.wrong(key, "an amount")
        try:
            number = Decimal(value)
        except InvalidOperation as error:
            raise self.wrong(key, "an amount") from error
        if not number.is_finite() or number.adjusted() > 18:
            raise self.wrong(key, "an amount")
        return number

    def rest(self) -> Extra:
        return tuple(self._table.items())


def _toml(data: bytes, where: str) -> Entries:
    try:
        return Entries(tomllib.loads(data.decode("utf-8"), parse_float=Decimal), where)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError, InvalidOperation) as error:
        raise VaultError(f"{where} cannot be read: {error}", "`redline doctor` examines the vault") from error


def _toml_bytes(table: dict[str, object]) -> bytes:
    kept = {key: value for key, value in table.items() if value not in (None, "", [])}
    return tomli_w.dumps(kept).encode("utf-8")


@dataclass(frozen=True, slots=True)
class VaultFile:
    """redline.toml: the vault's format, our party's name, the author names that mean us in Word's track changes, and how readily
    killers are seen ("" for as usual).
    """

    party: str
    names: tuple[str, ...] = ()
    format: int = FORMAT
    extra: Extra = ()
    sensitivity: str = ""

    @classmethod
    def from_bytes(cls, data: bytes) -> VaultFile:
        """Read redline.toml; VaultError also for a format newer than this program."""
        entries = _toml(data, "redline.toml")
        version = entries.number("format")
        if version != FORMAT:
            raise VaultError(f"this vault has format {version}; this redline reads format {FORMAT}", "install a newer redline")
        party, names, sensitivity = entries.text("party", ...), entries.texts("names"), entries.text("sensitivity")
        return cls(party, names, version, entries.rest(), sensitivity)

    def to_bytes(self) -> bytes:
        """The file's bytes."""
        return _toml_bytes({"format": self.format, "party": self.party, "names": list(self.names),
                            "sensitivity": self.sensitivity, **dict(self.extra)})


@dataclass(frozen=True, slots=True)
class DealFile:
    """deal.toml: what is known about a deal beside its documents. Money is exact; dates know their zone."""

    name: str
    base: str = ""
    their_paper: bool = False
    contacts: tuple[str, ...] = ()
    value: Decimal | None = None
    currency: str = ""
    opened: datetime | None = None
    closed: datetime | None = None
    outcome: Outcome = Outcome.OPEN
    reason: str = ""
    extra: Extra = ()

    @classmethod
    def from_bytes(cls, data: bytes, where: str = "deal.toml") -> DealFile:
        """Read deal.toml; `where` names it in errors."""
        entries = _toml(data, where)
        outcome = entries.text("outcome", Outcome.OPEN.value)
        if outcome not in list(Outcome):
            raise entries.wrong("outcome", "open, won or lost")
        return cls(
            name=entries.text("name", ...),
            base=entries.text("base"),
            their_paper=entries.flag("their_paper"),
            contacts=entries.texts("contacts"),
            value=entries.amount("value"),
            currency=entries.text("currency"),
            opened=entries.when("opened"),
            closed=entries.when("closed"),
            outcome=Outcome(outcome),
            reason=entries.text("reason"),
            extra=entries.rest(),
        )

    def to_bytes(self) -> bytes:
        """The file's bytes."""
        known: dict[str, object] = {
            "name": self.name,
            "base": self.base,
            "their_paper": self.their_paper,
            "contacts": list(self.contacts),
            "value": self.value,
            "currency": self.currency,
            "opened": self.opened,
            "closed": self.closed,
            "outcome": self.outcome.value,
            "reason": self.reason,
        }
        return _toml_bytes({**known, **dict(self.extra)})


@dataclass(frozen=True, slots=True)
class VersionFile:
    """version.json: where a version's document came from and how well it was read.

    `date` is when it was handed over, `recorded` when it entered the vault; `sha256` is that of contract.docx.
    """

    turn: int
    direction: Direction
    party: str
    date: datetime
    recorded: datetime
    sha256: str
    file_name: str = ""
    reader: str = ""
    coverage: tuple[Coverage, ...] = ()
    warnings: tuple[Notice, ...] = ()
    extra: Extra = ()

    @classmethod
    def from_bytes(cls, data: bytes, where: str = "version.json") -> VersionFile:
        """Read version.json; `where` names it in errors."""
        entries = json_table(data, where)
        direction = entries.text("direction", ...)
        if direction not in list(Direction):
            raise entries.wrong("direction", "sent, received or base")
        return cls(
            turn=entries.number("turn"),
            direction=Direction(direction),
            party=entries.text("party"),
            date=entries.moment("date"),
            recorded=entries.moment("recorded"),
            sha256=entries.text("sha256", ...),
            file_name=entries.text("file_name"),
            reader=entries.text("reader"),
            coverage=tuple(
                Coverage(each.text("part"), each.text("construct"), each.number("count"), each.text("note"))
                for each in entries.tables("coverage")
            ),
            warnings=tuple(
                Notice(each.text("code"), each.text("message"), each.text("where")) for each in entries.tables("warnings")
            ),
            extra=entries.rest(),
        )

    def to_bytes(self) -> bytes:
        """The file's bytes: sorted by meaning, indented, so that differences read well."""
        table: dict[str, object] = {
            "turn": self.turn,
            "direction": self.direction.value,
            "party": self.party,
            "date": self.date.isoformat(),
            "recorded": self.recorded.isoformat(),
            "sha256": self.sha256,
            "file_name": self.file_name,
            "reader": self.reader,
            "coverage": [
                {"part": each.part, "construct": each.construct, "count": each.count, "note": each.note}
                for each in self.coverage
            ],
            "warnings": [{"code": each.code, "message": each.message, "where": each.where} for each in self.warnings],
            **dict(self.extra),
        }
        return (json.dumps(table, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def json_table(data: bytes, where: str) -> Entries:
    """The entries of a JSON object; VaultError when it is none. `where` names it in errors."""
    try:
        table = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise VaultError(f"{where} cannot be read: {error}", "`redline doctor` examines the vault") from error
    if not isinstance(table, dict):
        raise VaultError(f"{where} is not a table of entries", "`redline doctor` examines the vault")
    return Entries(table, where)
