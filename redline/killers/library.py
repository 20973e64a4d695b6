"""A killer: a clause that cost a deal, with its evidence, as a value and as a TOML file.

A killer has one cause and one or more instances (the same cause met again). Its id follows from its first instance, so
that recording the same loss twice gives the same killer. `from_toml(to_toml(k)) == k`. Nothing here reads or writes
files: the vault does.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass, fields
from datetime import date as Date
from typing import Any, Literal, get_args

import tomli_w

from redline.errors import VaultError
from redline.text import fold

Severity = Literal["walk away", "negotiate", "watch"]
Burdens = Literal["client", "provider", "both", ""]


class KillerId(str):
    """Names a killer: `k` and eight hexadecimal digits."""

    __slots__ = ()

    def __new__(cls, value: str) -> KillerId:
        if not _ID.fullmatch(value):
            raise ValueError(f"not a KillerId: {value!r}")
        return super().__new__(cls, value)


_ID = re.compile(r"k[0-9a-f]{8}")
_UTF8 = re.compile(r"[^\ud800-\udfff]*")


@dataclass(frozen=True, slots=True)
class Instance:
    """One text of a killer and where it stood. `language` is `en`, `ru` or "" (unknown); `turn` 0 and `date` None when
    unknown.
    """

    text: str
    language: str = ""
    deal: str = ""
    turn: int = 0
    clause: str = ""
    date: Date | None = None

    def __post_init__(self) -> None:
        if not _UTF8.fullmatch(self.text):
            raise ValueError("a text that cannot be written as UTF-8")


@dataclass(frozen=True, slots=True)
class Killer:
    """A clause that cost a deal.

    `deal` is the client as shown, `deal_slug` its branch, `clause` the label it had there; `offer` is what we propose
    instead; `burdens` says whom the clause is bad for. There is at least one instance.
    """

    id: KillerId
    title: str
    instances: tuple[Instance, ...]
    deal: str = ""
    deal_slug: str = ""
    turn: int = 0
    clause: str = ""
    date: Date | None = None
    reason: str = ""
    severity: Severity = "negotiate"
    offer: str = ""
    burdens: Burdens = ""

    def __post_init__(self) -> None:
        if not self.instances or not all(instance.text.strip() for instance in self.instances):
            raise ValueError("a killer has at least one instance, and each has a text")

    @property
    def text(self) -> str:
        """The text it was recorded with."""
        return self.instances[0].text


def new_killer(
    text: str,
    *,
    title: str = "",
    deal: str = "",
    deal_slug: str = "",
    turn: int = 0,
    clause: str = "",
    date: Date | None = None,
    reason: str = "",
    severity: Severity = "negotiate",
    offer: str = "",
    burdens: Burdens = "",
    language: str = "",
) -> Killer:
    """A killer of one instance. The id follows from the folded text and the deal; the title defaults to the reason or
    the first words.
    """
    key = f"{fold(text)}\0{deal_slug or deal}"
    name = KillerId("k" + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:8])
    instance = Instance(text, language or language_of(text), deal, turn, clause, date)
    return Killer(
        name, title or _shorten(reason or text), (instance,), deal, deal_slug, turn, clause, date, reason, severity, offer, burdens
    )


def language_of(text: str) -> str:
    """`ru` where most letters are Cyrillic, `en` where most are not, "" where there are none."""
    letters = [char for char in text if char.isalpha()]
    cyrillic = sum("\u0400" <= char <= "\u04ff" for char in letters)
    return "" if not letters else "ru" if cyrillic * 2 > len(letters) else "en"


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59].rsplit(" ", 1)[0] + "…"


def to_toml(killer: Killer) -> bytes:
    """The killer as a TOML file (UTF-8). What is empty is left out."""
    table = {name: value for name, value in _plain(killer).items() if name != "instances"}
    parts = [table, *map(_plain, killer.instances)]
    return "\n[[instances]]\n".join(map(tomli_w.dumps, parts)).encode()


def _plain(value: Killer | Instance) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for one in fields(value):
        found = getattr(value, one.name)
        if found not in ("", 0, None):
            out[one.name] = str(found) if isinstance(found, KillerId) else found
    return out


_SHAPE: dict[str, type] = {
    "id": str,
    "title": str,
    "deal": str,
    "deal_slug": str,
    "turn": int,
    "clause": str,
    "date": Date,
    "reason": str,
    "severity": str,
    "offer": str,
    "burdens": str,
}
_INSTANCE_SHAPE: dict[str, type] = {"text": str, "language": str, "deal": str, "turn": int, "clause": str, "date": Date}
_CHOICES = {"severity": get_args(Severity), "burdens": get_args(Burdens)}


def from_toml(data: bytes, name: str) -> Killer:
    """The killer in a TOML file called `name` (only for messages). A bad one raises `VaultError` that names the file
    and the key.
    """
    try:
        table = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise VaultError(f"{name} is not a TOML file: {error}", "Mend it, or restore the last version of the file.") from error
    rows = table.pop("instances", None)
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise _bad(name, "instances", "is missing or no list of tables")
    instances = tuple(Instance(**_checked(row, _INSTANCE_SHAPE, name, f"instances[{index}].")) for index, row in enumerate(rows))
    if any(not instance.text.strip() for instance in instances):
        raise _bad(name, "instances.text", "is empty")
    values = _checked(table, _SHAPE, name, "")
    if not _ID.fullmatch(values.get("id", "")):
        raise _bad(name, "id", "is not k and eight hexadecimal digits")
    return Killer(**{"title": "", **values, "id": KillerId(values["id"]), "instances": instances})


def _checked(table: dict[str, Any], shape: dict[str, type], name: str, prefix: str) -> dict[str, Any]:
    for key, value in table.items():
        if key not in shape:
            raise _bad(name, prefix + key, "is not a key this version knows")
        if type(value) is not shape[key]:
            raise _bad(name, prefix + key, f"is not a {shape[key].__name__}")
        if key in _CHOICES and value not in _CHOICES[key]:
            raise _bad(name, prefix + key, "is not one of " + ", ".join(repr(choice) for choice in _CHOICES[key]))
    if "text" in shape and "text" not in table:
        raise _bad(name, prefix + "text", "is missing")
    return table


def _bad(name: str, key: str, what: str) -> VaultError:
    return VaultError(f"{name}: {key} {what}", "Mend the file, or restore its last version.")
