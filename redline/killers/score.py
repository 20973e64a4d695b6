"""Score a file of killers against a file of clauses, row by row, through the same matcher that warns users.

Killers are JSON lines `{killer_id, text, group?, reason?, lang?}`, clauses `{cand_id, text}`; written are `{killer_id,
cand_id, score, flag}`. Pairs that are nothing alike are left out. A row that is no such object is one clear error that
names the line.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from redline.errors import UsageError
from redline.killers.explain import Match
from redline.killers.library import Instance, Killer, KillerId
from redline.killers.match import Matcher

_FLOOR = 0.05


def score_files(killers_path: Path, candidates_path: Path, out_path: Path) -> None:
    """Write the score of every pair with something in common. Raises `UsageError` for a file or row that cannot be used."""
    names, killers = [], []
    for number, row in enumerate(_rows(killers_path, "killer_id")):
        names.append(row["killer_id"])
        killers.append(Killer(KillerId(f"k{number:08x}"), row["killer_id"], (Instance(row["text"]),), reason=_text(row, "reason")))
    matcher = Matcher(killers)
    try:
        with out_path.open("w", encoding="utf-8") as out:
            for row, matches in _matched(matcher, _rows(candidates_path, "cand_id")):
                for match in matches:
                    pair = {
                        "killer_id": names[int(match.killer.id[1:], 16)],
                        "cand_id": row["cand_id"],
                        "score": match.score,
                        "flag": match.flagged,
                    }
                    out.write(json.dumps(pair, ensure_ascii=False) + "\n")
    except OSError as error:
        raise UsageError(f"{out_path} cannot be written: {error.strerror}", "Choose another place with -o.") from error


def _matched(matcher: Matcher, rows: Sequence[dict[str, str]]) -> Iterator[tuple[dict[str, str], tuple[Match, ...]]]:
    """Each clause with its matches. Clauses of one contract are looked at together, as they are in a whole document."""
    contracts: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        contracts.setdefault(_text(row, "contract_id"), []).append(index)
    found: dict[int, tuple[Match, ...]] = {}
    for name, indexes in contracts.items():
        texts = [rows[index]["text"] for index in indexes]
        matches = matcher.across(texts, _FLOOR) if name else tuple(matcher.near(text, _FLOOR) for text in texts)
        found.update(zip(indexes, matches, strict=True))
    yield from ((row, found[index]) for index, row in enumerate(rows))


def _text(row: dict[str, str], key: str) -> str:
    value = row.get(key)
    return value if isinstance(value, str) else ""


def _rows(path: Path, key: str) -> list[dict[str, str]]:
    rows = []
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}", "Give a file of JSON lines in UTF-8.") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise UsageError(f"{path}, line {number}: not JSON", "Each line is one JSON object.") from error
        if (
            not isinstance(row, dict)
            or not isinstance(row.get(key), str)
            or not isinstance(row.get("text"), str)
            or not row["text"].strip()
        ):
            raise UsageError(f"{path}, line {number}: no {key} or no text", f"Each line needs {key} and text, both strings and not empty.")
        rows.append(row)
    return rows


if __name__ == "__main__":
    score_files(*map(Path, sys.argv[1:4]))
