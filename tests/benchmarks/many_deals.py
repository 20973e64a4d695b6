"""A vault of very many deals, made with one stream of `git fast-import`: what the board is measured on.

Every deal has a deal.toml, four files of a few bytes and commits with the trailers that the desk writes; the figures are spread by
arithmetic, so that the same vault comes out each time.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from redline.vault.files import DealFile, Outcome, VaultFile
from redline.vault.objects import Signature
from redline.vault.plumbing import environment
from redline.vault.store import Vault

START = datetime(2024, 1, 8, 9, 0, tzinfo=UTC)
NAMES = ("Acme", "Bellhaven", "Corvid", "Dunmore", "Eastgate", "Fairlie", "Glasswing", "Harrow", "Ленинские горы", "Ромашка", "Straße")
KINDS = ("Homewares", "Logistics", "Retail", "Robotics", "Foods", "Partners", "[Holding]", "Medical")
SHA = "ab" * 32


def make(folder: Path, deals: int, turns: int = 5) -> Path:
    """A vault in `folder` with so many deals, each of 1 to 2 × `turns` − 1 turns; gives the folder."""
    who = Signature("Nora Whitfield", "nora@example.com", START)
    with Vault.create(folder, VaultFile("Brightwater Analytics Ltd", ("Nora Whitfield",)), who):
        pass
    own = environment(folder) | {"PATH": os.environ["PATH"]}
    process = subprocess.Popen(["git", "fast-import", "--quiet"], stdin=subprocess.PIPE, env=own)
    assert process.stdin is not None
    for piece in _stream(deals, turns):
        process.stdin.write(piece)
    process.stdin.close()
    if process.wait():
        raise RuntimeError("git fast-import failed")
    subprocess.run(["git", "pack-refs", "--all"], env=own, check=True)
    return folder


def _stream(deals: int, turns: int) -> Iterator[bytes]:
    for number, name in enumerate(("services", "nda"), 1):
        yield _commit(f"refs/heads/base/{name}", number, START, "Nora Whitfield", f"{name}, version 1",
                      {"Redline-Turn": "1", "Redline-Direction": "base", "Redline-Docx-SHA256": SHA}, {"version.json": b"{}"})
    mark = 2
    for deal in range(deals):
        slug = f"deal-{deal:05}"
        count = 1 + (deal * 7) % (2 * turns - 1)
        when = START + timedelta(hours=deal % 9000)
        root = 1 + deal % 2
        for turn in range(1, count + 1):
            mark += 1
            when += timedelta(hours=7 + (deal * 13 + turn * 31) % 400)
            received = turn % 2 == 0
            trailers = {"Redline-Deal": slug, "Redline-Turn": str(turn), "Redline-Direction": "received" if received else "sent",
                        "Redline-Docx-SHA256": SHA, "Redline-Reader": "1", "Redline-File": f"contract {turn}.docx",
                        "Redline-Act": f"20240101t{mark:012}-0000 {'receive' if received else 'send'}"}
            if received:
                trailers["Redline-Summary"] = f"tracked={deal % 41} untracked={deal % 3} comments=2 flags={int(deal % 17 == 0)}"
            files = {"contract.md": f"{slug} {turn}\n".encode(), "version.json": b"{}"}
            if turn == 1:
                files["deal.toml"] = _deal(deal, Outcome.OPEN)
            who = "Ruth Callander" if received else "Nora Whitfield"
            yield _commit(f"refs/heads/deal/{slug}", mark, when, who, f"{slug}: turn {turn}", trailers, files,
                          f":{root}" if turn == 1 else "")
        if deal % 4 == 3:
            mark += 1
            outcome = Outcome.WON if deal % 8 == 3 else Outcome.LOST
            yield _commit(f"refs/heads/deal/{slug}", mark, when + timedelta(days=3), "Nora Whitfield", f"{slug}: {outcome}",
                          {"Redline-Deal": slug, "Redline-Outcome": outcome.value}, {"deal.toml": _deal(deal, outcome)})


def _deal(deal: int, outcome: Outcome) -> bytes:
    name = f"{NAMES[deal % len(NAMES)]} {KINDS[deal % len(KINDS)]} {deal}"
    return DealFile(name, ("services", "nda")[deal % 2], value=Decimal(1000 + deal * 37), currency="EUR", opened=START,
                    outcome=outcome, reason="uncapped liability" if outcome is Outcome.LOST else "").to_bytes()


def _commit(ref: str, mark: int, when: datetime, who: str, subject: str, trailers: dict[str, str], files: dict[str, bytes],
            parent: str = "") -> bytes:
    message = f"{subject}\n\n{''.join(f'{key}: {value}' + chr(10) for key, value in trailers.items())}".encode()
    stamp = f"{int(when.timestamp())} +0000"
    lines = [f"commit {ref}\nmark :{mark}\nauthor {who} <x@example.com> {stamp}\ncommitter {who} <x@example.com> {stamp}\n".encode(),
             f"data {len(message)}\n".encode(), message, b"\n"]
    lines += [f"from {parent}\n".encode()] if parent else []
    for path, data in files.items():
        lines.append(f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n")
    return b"".join(lines) + b"\n"
