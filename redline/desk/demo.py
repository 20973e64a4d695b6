"""The demo: a vault built by replaying the story of the sample contracts, act by act, on the dates it tells.

It goes through the same use cases as any real vault. The vault appears whole or not at all.
"""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from redline.desk import bases, deciding, outcomes, receiving, responding, sending
from redline.desk.desk import Desk
from redline.desk.recording import Facts
from redline.errors import UsageError, VaultError
from redline.vault.files import VaultFile
from redline.vault.objects import Signature
from redline.vault.store import Vault
from redline.views import Verdict

DEFAULT_FOLDER = "redline-demo"
VAULT = "vault"
"""The vault stands in a folder of its own, so that documents can lie beside it."""


@dataclass(frozen=True, slots=True)
class TourStep:
    """One stop of the tour: what it shows, and the command that shows it."""

    say: str
    run: tuple[str, ...]


def samples() -> Path:
    """The folder of the sample contracts: beside the package in a checkout, inside it when installed."""
    here = Path(__file__).resolve().parent.parent
    for folder in (here / "contracts", here.parent / "contracts"):
        if (folder / "story.toml").is_file():
            return folder
    raise VaultError("the sample contracts are not installed", "Install redline again, or run it from its source folder.")


def story() -> dict[str, Any]:
    """The story as it is told in story.toml."""
    return _toml("story.toml")


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((samples() / name).read_text(encoding="utf-8"))


def tour() -> tuple[TourStep, ...]:
    """The stops of the tour."""
    return tuple(TourStep(step["say"], tuple(step["run"])) for step in _toml("tour.toml")["step"])


def is_demo(folder: Path) -> bool:
    """Whether a folder holds a demo vault. VaultError when it holds a vault that cannot be opened."""
    from redline.vault import guard

    if not guard.looks_like_a_vault(folder / VAULT):
        return False
    with Vault.open(folder / VAULT) as vault:
        return bool(dict(vault.party().extra).get("demo"))


def build(folder: Path, tell: Callable[[str], None]) -> None:
    """Make `folder`, which must be missing or empty, and the demo vault in it."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is there already and is not a demo vault", "Name another folder: `redline demo FOLDER`.")
    told = story()
    partial = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        party = VaultFile(told["party"]["name"], tuple(told["party"]["names"]), extra=(("demo", True),))
        seller = Signature(told["party"]["names"][0], "", told["event"][0]["date"])
        with Desk(Vault.create(partial / VAULT, party, seller)) as desk:
            desk.person = seller
            for number, event in enumerate(told["event"], 1):
                tell(f"Building the demo, {number} of {len(told['event'])}: {event['tells']}")
                replay(desk, event, partial)
        if folder.exists():
            folder.rmdir()
        partial.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def replay(desk: Desk, event: dict[str, Any], folder: Path) -> None:
    """Do one act of the story, on its date. The answers that are written lie in `folder`."""
    when: datetime = event["date"]
    file = samples() / event["file"] if "file" in event else None
    with _clock(desk, when):
        match event["do"], file:
            case "base", Path():
                bases.add_base(desk, file, event["name"], when=when)
            case "send", _:
                value = Decimal(str(event["value"])) if "value" in event else None
                terms = sending.Terms(event.get("base"), value, event.get("currency", ""), event.get("contact", ""))
                sending.send(desk, event["client"], file=file, terms=terms, when=when)
            case "receive", Path():
                receiving.receive(desk, event["client"], file, sender=event.get("from", ""),
                              their_paper=event.get("their_paper", False), when=when)
            case "decide", None:
                deciding.decide(desk, event["client"], _choice(event["choose"]), Verdict(event["verdict"]), why=event.get("why", ""),
                                when=when)
            case "respond", None:
                (folder / event["as"]).write_bytes(responding.respond(desk, event["client"], when=when).data)
            case "won", None:
                outcomes.won(desk, event["client"], when=when)
            case "lost", None:
                outcomes.lost(desk, event["client"], event["clauses"], event["why"],
                              facts=Facts(severity=event["severity"], offer=event["offer"]), when=when)
            case "adopt", None:
                outcomes.adopt(desk, event["client"], force=event.get("force", False), when=when)
            case _:
                raise VaultError(f"the story tells of an act that does not exist: {event['do']}")


def _choice(words: str) -> deciding.Choice:
    """All changes, the untracked ones, or those of a clause."""
    return deciding.Choice(every=words == "all", untracked=words == "untracked", clause=words if words[0].isdigit() else "")


@contextmanager
def _clock(desk: Desk, when: datetime) -> Iterator[None]:
    """The desk's clock stopped at `when`."""
    real, desk.clock = desk.clock, lambda: when
    try:
        yield
    finally:
        desk.clock = real
