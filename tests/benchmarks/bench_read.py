"""Reading: how fast and how big beside a bare parse of the text, and what becomes of documents nobody here wrote.

    python tests/benchmarks/bench_read.py [FILE] [FOLDER]

Run it with redline installed, or with PYTHONPATH=. from the repository. FILE defaults to ../shared/corpus/large/a.docx: its
reading is measured against lxml parsing nothing but its document.xml, in the same run, best of five each; memory against the
size of that XML. FOLDER defaults to ../shared/corpus/docs. Ratios hold from machine to machine, seconds and megabytes do not.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import time
import tracemalloc
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from lxml import etree

from redline.errors import DocumentError
from redline.word.read import read

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
TIME_GOAL, MEMORY_GOAL = 6, 5
MAIN = "word/document.xml"


def best(work: Callable[[], object], runs: int = 5) -> float:
    """The fewest CPU seconds of several runs."""
    found = float("inf")
    for _ in range(runs):
        start = time.process_time()
        work()
        found = min(found, time.process_time() - start)
    return found


def main_xml(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(MAIN)


def one_file(path: Path) -> None:
    """The ratios for one large document, each with its goal."""
    data = path.read_bytes()
    xml = main_xml(data)
    bare, whole = best(lambda: etree.fromstring(xml)), best(lambda: read(data))
    print(f"{path.name}: {len(xml) / 1e6:.2f} MB of text and mark-up")
    print(f"  time    {whole * 1000:7.1f} ms, {whole / bare:5.1f} × lxml parsing {MAIN} ({bare * 1000:.1f} ms); goal {TIME_GOAL} ×")
    tracemalloc.start()
    contract = read(data)
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"  memory  {peak / 1e6:7.1f} MB at most, {peak / len(xml):5.1f} × that XML; goal {MEMORY_GOAL} × "
          f"({kept / len(xml):.1f} × is kept, in {len(contract.paragraphs)} paragraphs)")
    process, tree = (_growth(path, what) for what in ("read", "parse"))
    print(f"  process {process / 1e6:7.1f} MB more, {process / len(xml):5.1f} × that XML (the bare tree alone: {tree / len(xml):.1f} ×)")


def _growth(path: Path, what: str) -> float:
    """How many bytes a fresh process grows by when it reads the file, or parses its text; 0 where that cannot be told."""
    done = subprocess.run([sys.executable, __file__, "--grow", what, str(path)], capture_output=True, text=True, check=False)
    return float(done.stdout or 0)


def grow(what: str, path: Path) -> None:
    """Print by how many bytes this process grew at most."""
    data = path.read_bytes()
    xml = main_xml(data)
    etree.fromstring(b"<a/>")
    before = _memory("VmRSS")
    kept = read(data) if what == "read" else etree.fromstring(xml)
    print(_memory("VmHWM") - before if kept is not None else 0)


def _memory(field: str) -> int:
    """A figure of this process's memory in bytes, 0 where the system does not tell it."""
    status = Path("/proc/self/status")
    found = re.search(rf"{field}:\s+(\d+) kB", status.read_text("utf-8")) if status.exists() else None
    return int(found[1]) * 1024 if found else 0


def folder(root: Path) -> None:
    """How many documents are read, refused, or read with something named as not read."""
    tally: Counter[str] = Counter()
    spent = bare = 0.0
    for path in sorted(root.rglob("*.docx")):
        data = path.read_bytes()
        start = time.process_time()
        try:
            contract = read(data, path.name)
        except DocumentError as error:
            tally["refused"] += 1
            print(f"  refused ({error.code}): {path.relative_to(root)}")
            continue
        spent += time.process_time() - start
        bare += best(partial(etree.fromstring, main_xml(data)), 1)
        tally["read"] += 1
        tally["with something named as not read"] += bool(contract.coverage)
        tally["with tracked layout"] += bool(contract.layout)
        tally["with notices"] += bool(contract.notices)
    print(f"{root}: " + ", ".join(f"{count} {what}" for what, count in tally.items()))
    if bare:
        print(f"  in {spent:.1f} s, {spent / bare:.1f} × parsing their {MAIN}")


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--grow"]:
        grow(arguments[1], Path(arguments[2]))
        return
    given = [Path(argument) for argument in arguments] or [CORPUS / "large/a.docx", CORPUS / "docs"]
    for path in given:
        if path.is_dir():
            folder(path)
        elif path.is_file():
            one_file(path)
        else:
            print(f"{path} is not there")


if __name__ == "__main__":
    main(sys.argv[1:])
