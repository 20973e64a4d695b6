"""Start-up: CPU of whole commands, as ratios to a bare `python -c pass` measured in the same run.

    python tests/benchmarks/bench_start.py [RUNS]

Each command runs in a process of its own on the sample contracts; the figure is the median of the runs' user plus system time.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BASE = ROOT / "contracts/services-en/base.docx"
BACK = ROOT / "contracts/services-en/02-acme-received.docx"


def cpu(arguments: list[str], cwd: Path) -> float:
    """CPU milliseconds of one run, by the operating system's account of the finished child."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, *arguments], cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime) * 1000


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, "-m", "redline", "demo", "story"], cwd=folder, check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)})
        commands = {
            "python -c pass": ["-c", "pass"],
            "redline --version": ["-m", "redline", "--version"],
            "redline --help": ["-m", "redline", "--help"],
            "redline diff (two 12-page files)": ["-m", "redline", "diff", str(BASE), str(BACK)],
            "redline log": ["-m", "redline", "log"],
            "redline deals": ["-m", "redline", "deals"],
        }
        figures: dict[str, list[float]] = {label: [] for label in commands}
        for number in range(runs + 1):
            for label, arguments in commands.items():
                spent = cpu(arguments, folder / "story")
                if number:
                    figures[label].append(spent)
    bare = statistics.median(figures["python -c pass"])
    print(f"{'command':36} {'CPU ms':>8} {'ratio':>7}   min–max over {runs} runs")
    for label, each in figures.items():
        middle = statistics.median(each)
        print(f"{label:36} {middle:8.0f} {middle / bare:7.1f}   {min(each):.0f}–{max(each):.0f}")


if __name__ == "__main__":
    main()
