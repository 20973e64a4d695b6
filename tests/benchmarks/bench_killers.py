"""Measure the matcher: what it finds and wrongly flags on the hand-written tiers, by halves of their topics, and how fast it is.

usage: bench_killers.py [FOLDER]

FOLDER holds the tiers (`sense_en/killers.jsonl` …); default: the corpus beside the repository. The rules of sense were
written with the topics of even number in sight and not those of odd number, so the two halves are given apart: the odd
half is the one to believe. Speed is the CPU time of 40 killers on 1,500 clauses of real contracts, parsing of both
included.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from redline.killers import Matcher, new_killer
from redline.killers.score import score_files

DEFAULT = Path(__file__).parents[3] / "shared" / "corpus" / "killers" / "dev"
TIERS = ("sense_en", "ru", "xling")
HALVES = ("even", "odd")
LOOK_ALIKES = ("neg", "num", "party", "scope", "topic")


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The objects of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def flagged(folder: Path) -> dict[tuple[str, str], list[bool]]:
    """(half of the topics, kind of variant) → whether each was flagged."""
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "scores.jsonl"
        score_files(folder / "killers.jsonl", folder / "candidates.jsonl", out)
        flags = {(row["killer_id"], row["cand_id"]) for row in rows(out) if row["flag"]}
    order = [row["killer_id"] for row in rows(folder / "killers.jsonl")]
    found: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for row in rows(folder / "qrels.jsonl"):
        kind = "look-alike" if row["kind"] in LOOK_ALIKES else row["kind"]
        found[HALVES[order.index(row["killer_id"]) % 2], kind].append((row["killer_id"], row["cand_id"]) in flags)
    return found


def speed(folder: Path, killers: int = 40, clauses: int = 1500) -> float:
    """CPU seconds for so many killers on so many clauses."""
    library = [new_killer(row["text"]) for row in rows(folder / "killers.jsonl")][:killers]
    texts = [row["text"] for row in rows(folder / "candidates.jsonl")][:clauses]
    start = time.process_time()
    matcher = Matcher(library)
    for text in texts:
        matcher.match(text)
    return time.process_time() - start


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    for tier in TIERS:
        found = flagged(folder / tier)
        for half in HALVES:
            shown = (f"{kind} {sum(found[half, kind])} of {len(found[half, kind])}" for kind in ("light", "worse", "deep", "look-alike"))
            print(f"{tier}, {half} topics: flagged {', '.join(shown)}")
    print(f"40 killers x 1,500 clauses: {speed(folder / 'cuad'):.2f} CPU s")


if __name__ == "__main__":
    main()
