"""Measure the matcher: what it finds and wrongly flags on each tier, by halves, and how fast it is.

usage: bench_killers.py [FOLDER]

FOLDER holds the tiers (`sense_en/killers.jsonl` …); default: the corpus beside the repository. Rules were written with one
half in sight (topics or contracts of even number) and not the other, so the halves are given apart: the odd half is the
one to believe. Contracts of others (`cuad`, `nda`) are measured at each sensitivity, with one killer a cause (mean over the
killers), with several apart, and with several pooled as one. Speed is the CPU time of 1,000 killers on 1,000 clauses with
the parsing of both, beside a yardstick on the same machine.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from statistics import mean

from redline.killers import LEVELS, Instance, Killer, Matcher, Sensitivity, new_killer
from redline.killers.library import KillerId
from redline.killers.score import score_files

DEFAULT = Path(__file__).parents[3] / "shared" / "corpus" / "killers" / "dev"
HALVES = ("even", "odd")
LOOK_ALIKES = ("neg", "num", "party", "scope", "topic")
Row = dict[str, str]
Pair = tuple[str, str]


def rows(path: Path) -> Iterator[Row]:
    """The objects of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def flags(folder: Path) -> set[Pair]:
    """(killer, clause) that are flagged, through the same door as everybody's files."""
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "scores.jsonl"
        score_files(folder / "killers.jsonl", folder / "candidates.jsonl", out)
        return {(row["killer_id"], row["cand_id"]) for row in rows(out) if row["flag"]}


def rewordings(folder: Path) -> None:
    """Print what is flagged of the hand-written variants, by halves of the topics."""
    flagged = flags(folder)
    order = [row["killer_id"] for row in rows(folder / "killers.jsonl")]
    found: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for row in rows(folder / "qrels.jsonl"):
        kind = "look-alike" if row["kind"] in LOOK_ALIKES else row["kind"]
        found[HALVES[order.index(row["killer_id"]) % 2], kind].append((row["killer_id"], row["cand_id"]) in flagged)
    for half in HALVES:
        shown = (f"{kind} {sum(found[half, kind])} of {len(found[half, kind])}" for kind in ("light", "worse", "deep", "look-alike"))
        print(f"{folder.name}, {half} topics: flagged {', '.join(shown)}")


def copies(folder: Path) -> None:
    """Print how many disguised copies are flagged, and the worst kind of disguise."""
    flagged, units, kinds = flags(folder), dict[str, bool](), dict[str, str]()
    for row in rows(folder / "qrels.jsonl"):
        if int(row["rel"]) == 1:
            units[row["unit"]] = units.get(row["unit"], False) or (row["killer_id"], row["cand_id"]) in flagged
            kinds[row["unit"]] = row["kind"]
    by_kind = {kind: mean(units[unit] for unit in units if kinds[unit] == kind) for kind in set(kinds.values())}
    worst = min(sorted(by_kind), key=lambda kind: by_kind[kind])
    print(f"{folder.name}: {sum(units.values())} of {len(units)} copies flagged; least of {worst} ({by_kind[worst]:.0%})")


class Contracts:
    """A tier of other people's contracts, with what recurs in which."""

    def __init__(self, folder: Path) -> None:
        self.name = folder.name
        self.killers = list(rows(folder / "killers.jsonl"))
        self.cause = {row["killer_id"]: row["group"] for row in self.killers}
        self.clauses = list(rows(folder / "candidates.jsonl"))
        self.contract = {row["cand_id"]: row["contract_id"] for row in self.clauses}
        self.judged = {(self.cause[row["killer_id"]], row["cand_id"]): int(row["rel"]) for row in rows(folder / "qrels.jsonl")}
        self.names = sorted(set(self.contract.values()))

    def flagged(self, library: Sequence[Killer], sensitivity: Sensitivity) -> dict[str, set[str]]:
        """Killer's title → clauses."""
        matcher = Matcher(library, sensitivity)
        found: dict[str, set[str]] = defaultdict(set)
        for _, group in groupby(self.clauses, key=lambda row: row["contract_id"]):
            document = list(group)
            for row, matches in zip(document, matcher.across([row["text"] for row in document], 0.4), strict=True):
                for match in matches:
                    if match.flagged:
                        found[match.killer.title].add(row["cand_id"])
        return found

    def figure(self, pairs: set[Pair], names: Sequence[str]) -> tuple[float, float]:
        """(share of the recurrences that get a right flag, false flags a contract) of flagged (cause, clause)."""
        here = {(cause, clause) for cause, clause in pairs if self.contract[clause] in names}
        need = {
            (cause, self.contract[clause]) for (cause, clause), rel in self.judged.items() if rel == 1 and self.contract[clause] in names
        }
        right = {pair for pair in here if self.judged.get(pair) == 1}
        good = {clause for cause, clause in here if self.judged.get((cause, clause), 0) != 0}
        wrong = {clause for _, clause in here} - good
        return len({(cause, self.contract[clause]) for cause, clause in right}) / len(need), len(wrong) / len(names)

    def show(self) -> None:
        """Print the figures of every sensitivity and half."""
        alone = [
            Killer(KillerId(f"k{number:08x}"), row["killer_id"], (Instance(row["text"]),), reason=row.get("reason", ""))
            for number, row in enumerate(self.killers)
        ]
        pooled = [
            Killer(KillerId(f"k{number:08x}"), cause, tuple(Instance(row["text"]) for row in group), reason=group[0].get("reason", ""))
            for number, (cause, group) in enumerate(sorted(self._groups().items()))
        ]
        for level in LEVELS:
            each, together = self.flagged(alone, level), self.flagged(pooled, level)
            for half, names in (*zip(HALVES, (self.names[::2], self.names[1::2]), strict=True), ("all", self.names)):
                draws = [self.figure(self._pairs(each, draw), names) for draw in self._draws()]
                one = mean(draw[0] for draw in draws), mean(draw[1] for draw in draws)
                several = self.figure(self._pairs(each, list(self.cause)), names)
                pool = self.figure({(cause, clause) for cause, clauses in together.items() for clause in clauses}, names)
                print(
                    f"{self.name}, {level}, {half} contracts: "
                    + "; ".join(
                        f"{name} {100 * share:.1f} % at {false:.2f}"
                        for name, (share, false) in zip(("one", "several", "pooled"), (one, several, pool), strict=True)
                    )
                )

    def _groups(self) -> dict[str, list[Row]]:
        out: dict[str, list[Row]] = defaultdict(list)
        for row in self.killers:
            out[row["group"]].append(row)
        return out

    def _draws(self) -> Iterator[list[str]]:
        groups = list(self._groups().values())
        yield from ([group[draw % len(group)]["killer_id"] for group in groups] for draw in range(5))

    def _pairs(self, found: dict[str, set[str]], killers: Sequence[str]) -> set[Pair]:
        return {(self.cause[killer], clause) for killer in killers for clause in found.get(killer, ())}


def speed(folder: Path, count: int = 1000) -> None:
    """Print the CPU seconds and memory of so many killers on so many clauses, and those of a yardstick."""
    start = time.process_time()
    marks = [re.sub(r"[aeiou]", "", f"clause {number} of a contract") for number in range(200_000)]
    yardstick = time.process_time() - start
    texts = [row["text"] for row in rows(folder / "candidates.jsonl") if len(row["text"]) > 80]
    start = time.process_time()
    matcher = Matcher([new_killer(text) for text in texts[-count:]])
    ready = time.process_time()
    for text in texts[:count]:
        matcher.match(text)
    end = time.process_time()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{count} killers x {count} clauses: {ready - start:.2f} + {end - ready:.2f} CPU s, {memory:.0f} MB; "
        f"yardstick ({len(marks)} substitutions) {yardstick:.2f} CPU s"
    )


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    if sys.argv[2:] == ["speed"]:
        speed(folder / "cuad")
        return
    for tier in ("sense_en", "ru", "xling"):
        rewordings(folder / tier)
    for tier in ("neardup_en", "neardup_ru"):
        copies(folder / tier)
    for tier in ("cuad", "nda"):
        Contracts(folder / tier).show()
    # A process of its own: memory is what it took at most.
    subprocess.run([sys.executable, __file__, str(folder), "speed"], check=True)


if __name__ == "__main__":
    main()
