"""Count how common each concept and stem is in public contracts, and write the table that the matcher weighs words by.

usage: killers_rarity.py CANDIDATES.jsonl TABLE.txt

Only counts are kept: the share of clauses that hold a feature, for features of at least one clause in 250. The clauses of
CUAD v1 (The Atticus
Project, CC BY 4.0) were counted for the table that is shipped. Judgements of relevance are not read.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from redline.killers.concepts import segments

HEAD = "# Clauses in a thousand that hold a concept or stem. Counted on CUAD v1 (The Atticus Project, CC BY 4.0) by killers_rarity.py.\n"


def count(path: Path) -> tuple[Counter[str], int]:
    """In how many clauses each feature occurs, and how many clauses there are."""
    counts: Counter[str] = Counter()
    total = 0
    with path.open(encoding="utf-8") as rows:
        for row in rows:
            total += 1
            counts.update(
                {feature.key for segment in segments(json.loads(row)["text"]) for feature in segment.features if feature.kind != "value"}
            )
    return counts, total


def main() -> None:
    counts, total = count(Path(sys.argv[1]))
    rows = sorted(
        ((round(1000 * seen / total, 1), key) for key, seen in counts.items() if seen * 250 >= total), key=lambda row: (-row[0], row[1])
    )
    Path(sys.argv[2]).write_text(HEAD + "".join(f"{share:g}\t{key}\n" for share, key in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
