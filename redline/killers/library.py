"""A killer: a clause that cost a deal, with its evidence, as a value and as a TOML file.

A killer has one cause and one or more instances (the same cause met again), and may hold wordings that were dismissed as
harmless. Its id follows from its first instance, so that recording the same loss twice gives the same killer.
`from_toml(to_toml(k)) == k`; a file without the newer keys is read as before. Nothing here reads or writes files: the
vault does.
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
class Dismissal:
    """A wording that looked like the killer and is fine, why, and where it stood (as in `Instance`)."""

    text: str
    reason: str = ""
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
    instead; `burdens` says whom the clause is bad for. `limits` says in words from which figures on it hurts ("more than
    45 days", "at least 0.1 % per day"). Killers of the same `cause` (a name of the user's own) are looked for together.
    There is at least one instance.
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
    cause: str = ""
    limits: tuple[str, ...] = ()
    dismissed: tuple[Dismissal, ...] = ()

    def __post_init__(self) -> None:
        if not self.instances or not all(instance.text.strip() for instance in self.instances):
            raise ValueError("a killer has at least one instance, and each has a text")

    @property
    def text(self) -> str:
        """The text it was recorded with."""
        return self.instances[0].text

    @property
    def language(self) -> str:
        """`en` or `ru`, "" where its instances differ or say nothing."""
        spoken = {instance.language or language_of(instance.text) for instance in self.instances}
        return spoken.pop() if len(spoken) == 1 else ""


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


_LISTS = ("instances", "dismissed")


def to_toml(killer: Killer) -> bytes:
    """The killer as a TOML file (UTF-8). What is empty is left out."""
    table = to_table(killer)
    rows = [(name, row) for name in _LISTS for row in table.pop(name, [])]
    parts = [tomli_w.dumps(table), *(f"\n[[{name}]]\n{tomli_w.dumps(row)}" for name, row in rows)]
    return "".join(parts).encode()


def to_table(killer: Killer) -> dict[str, Any]:
    """The killer as the table its TOML file holds."""
    return {**_plain(killer), **{name: [_plain(row) for row in getattr(killer, name)] for name in _LISTS if getattr(killer, name)}}


def _plain(value: Killer | Instance | Dismissal) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for one in fields(value):
        found = getattr(value, one.name)
        if one.name not in _LISTS and found not in ("", 0, None, ()):
            out[one.name] = str(found) if isinstance(found, KillerId) else list(found) if isinstance(found, tuple) else found
    return out


_PLACE: dict[str, type] = {"deal": str, "turn": int, "clause": str, "date": Date}
_SHAPE: dict[str, type] = {
    "id": str,
    "title": str,
    "deal_slug": str,
    "reason": str,
    "severity": str,
    "offer": str,
    "burdens": str,
    "cause": str,
    "limits": list,
    **_PLACE,
}
_INSTANCE_SHAPE: dict[str, type] = {"text": str, "language": str, **_PLACE}
_DISMISSAL_SHAPE: dict[str, type] = {"text": str, "reason": str, **_PLACE}
_CHOICES = {"severity": get_args(Severity), "burdens": get_args(Burdens)}


def from_toml(data: bytes, name: str) -> Killer:
    """The killer in a TOML file called `name` (only for messages). A bad one raises `VaultError` that names the file
    and the key.
    """
    return from_table(read_table(data, name), name)


def read_table(data: bytes, name: str) -> dict[str, Any]:
    """The tables of a TOML file; `VaultError` where it is none."""
    try:
        return tomllib.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise VaultError(f"{name} is not a TOML file: {error}", "Mend it, or restore the last version of the file.") from error


def from_table(given: dict[str, Any], name: str, prefix: str = "") -> Killer:
    """The killer in a table; `prefix` says in messages where in the file it stands. Errors as for `from_toml`."""
    table = dict(given)
    if not table.get("instances"):
        raise _bad(name, prefix + "instances", "is missing or no list of tables")
    instances = tuple(Instance(**row) for row in _tables(table, "instances", _INSTANCE_SHAPE, name, prefix))
    dismissed = tuple(Dismissal(**row) for row in _tables(table, "dismissed", _DISMISSAL_SHAPE, name, prefix))
    values = _checked(table, _SHAPE, name, prefix)
    limits = values.get("limits", [])
    if not all(isinstance(limit, str) for limit in limits):
        raise _bad(name, prefix + "limits", "is not a list of strings")
    if not _ID.fullmatch(values.get("id", "")):
        raise _bad(name, prefix + "id", "is not k and eight hexadecimal digits")
    known = {**values, "id": KillerId(values["id"]), "limits": tuple(limits), "instances": instances, "dismissed": dismissed}
    return Killer(**{"title": "", **known})


def _tables(table: dict[str, Any], key: str, shape: dict[str, type], name: str, prefix: str) -> list[dict[str, Any]]:
    rows = table.pop(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _bad(name, prefix + key, "is missing or no list of tables")
    checked = [_checked(row, shape, name, f"{prefix}{key}[{index}].") for index, row in enumerate(rows)]
    if any(not row["text"].strip() for row in checked):
        raise _bad(name, f"{prefix}{key}.text", "is empty")
    return checked


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
