"""How much of a known set of edits a comparison marks, how many moves it finds, and what it costs beside git.

Run it with folders that hold `a.docx`, `b.docx` and `edits.json`; without arguments those of ../shared/corpus. Ratios hold from
machine to machine, seconds and megabytes do not.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

from redline.compare import diff
from redline.compare.algebra import compose, invert
from redline.compare.changes import changes
from redline.model import Kind, Paragraph, Redline
from redline.text import fold
from redline.word.read import read

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


def main(folders: list[Path]) -> None:
    for folder in folders:
        edits = json.loads((folder / "edits.json").read_text("utf-8"))["summary"]
        old, new = (read((folder / name).read_bytes()).final().paragraphs for name in ("a.docx", "b.docx"))
        redline, seconds = _timed(old, new)
        print(folder.name)
        _accuracy(redline, edits)
        _algebra(redline)
        _cost(old, new, seconds, folder)


def _timed(old: tuple[Paragraph, ...], new: tuple[Paragraph, ...]) -> tuple[Redline, float]:
    """The redline, and the best of three cold runs in CPU seconds."""
    best = float("inf")
    for _ in range(3):
        fold.cache_clear()
        started = time.process_time()
        redline = diff(old, new)
        best = min(best, time.process_time() - started)
    assert redline.old() == old
    assert redline.new() == new
    return redline, best


def _accuracy(redline: Redline, edits: dict[str, int]) -> None:
    segments = [segment for paragraph in redline.paragraphs for segment in paragraph.segments]
    marked = sum(len(segment.text) for segment in segments if segment.kind in (Kind.INS, Kind.DEL))
    moved = sum(len(segment.text) for segment in segments if segment.kind is Kind.MOVE_FROM)
    moves = len({segment.move for segment in segments if segment.move})
    true = edits["deleted"] + edits["inserted"]
    kinds = edits["by_kind"]
    wanted = sum(count for kind, count in kinds.items() if kind.startswith("move")) if isinstance(kinds, dict) else 0
    print(f"  marked / true edit   {marked} / {true} = {marked / true:.3f}")
    print(f"  moved characters     {moved} / {edits['moved']} = {moved / edits['moved']:.3f}")
    print(f"  moves found          {moves} of {wanted}")
    print(f"  changes to decide    {len(changes(redline))} for {edits['edits']} edits")


def _algebra(redline: Redline) -> None:
    started = time.process_time()
    compose(redline, invert(redline))
    print(f"  compose with inverse {time.process_time() - started:.2f} s")


def _cost(old: tuple[Paragraph, ...], new: tuple[Paragraph, ...], seconds: float, folder: Path) -> None:
    fold.cache_clear()
    tracemalloc.start()
    diff(old, new)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    print(f"  diff                 {seconds:.2f} s CPU, {peak:.0f} MB at the peak")
    if shutil.which("pandoc") and shutil.which("git"):
        git_seconds, git_peak, git_marked = _git(folder)
        print(f"  git --word-diff      {git_seconds:.2f} s CPU, {git_peak:.0f} MB, marks {git_marked} characters; "
              f"diff takes {seconds / git_seconds:.1f} times as long")


def _git(folder: Path) -> tuple[float, float, int]:
    """(CPU seconds, peak MB, characters marked) of git's word diff over pandoc's plain text of the same two files."""
    with tempfile.TemporaryDirectory() as name:
        for side in ("a", "b"):
            subprocess.run(["pandoc", str(folder / f"{side}.docx"), "-t", "plain", "--wrap=none", "-o", f"{name}/{side}.txt"],
                           check=True)
        with Path(name, "diff").open("w+b") as shown:
            child = subprocess.Popen(["git", "diff", "--no-index", "--word-diff=porcelain", f"{name}/a.txt", f"{name}/b.txt"],
                                     stdout=shown)
            _, child.returncode, used = os.wait4(child.pid, 0)
        lines = Path(name, "diff").read_text("utf-8", "replace").splitlines()
    marked = sum(len(line) - 1 for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---"))
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, marked


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or [CORPUS / "large", CORPUS / "large-hard"])
