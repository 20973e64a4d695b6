"""Writing a redline: how long beside lxml reading and writing the same two packages, and how it grows with the pages.

    python tests/benchmarks/bench_write.py [FOLDER…]

Run it with redline installed, or with PYTHONPATH=. from the repository. Each FOLDER holds `a.docx` and `b.docx`; without one,
those of ../shared/corpus. The yardstick is run in the same process: both packages' XML parsed and serialised again by lxml.
Then the body of the first pair is repeated to about 10, 100 and 1,000 pages. Whole processes are timed by the wall clock and
their largest memory, and hold no ratio. Ratios hold from machine to machine, seconds and megabytes do not.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path

from lxml import etree

from redline.compare import diff
from redline.model import Attribution
from redline.text import fold
from redline.word.edit.source import Source
from redline.word.edit.write import redlined
from redline.word.revisions import accept_all
from redline.word.xml import w

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
MAIN = "word/document.xml"
BY = Attribution("redline", datetime(2026, 1, 1, tzinfo=UTC), tracked=True)
PAGES_OF_LARGE = 107
SCRIPT = """
import sys
from pathlib import Path
from tests.benchmarks.bench_write import compared
Path(sys.argv[3]).write_bytes(compared(Path(sys.argv[1]).read_bytes(), Path(sys.argv[2]).read_bytes()))
"""


def compared(old: bytes, new: bytes) -> bytes:
    """The redline between two files as the program makes it: revisions in them are accepted first."""
    here, there = Source(accept_all(old)), Source(accept_all(new))
    return redlined(here, diff(here.contract.paragraphs, there.contract.paragraphs), there, BY)


def best(work: Callable[[], object], runs: int = 3) -> float:
    """The fewest CPU seconds of several cold runs."""
    found = float("inf")
    for _ in range(runs):
        fold.cache_clear()
        start = time.process_time()
        work()
        found = min(found, time.process_time() - start)
    return found


def yardstick(*packages: bytes) -> None:
    """Parse and serialise all XML of some packages."""
    for data in packages:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in package.namelist():
                if name.endswith((".xml", ".rels")):
                    etree.tostring(etree.fromstring(package.read(name)))


def one_pair(folder: Path) -> None:
    old, new = ((folder / f"{side}.docx").read_bytes() for side in "ab")
    bare, whole = best(lambda: yardstick(old, new)), best(lambda: compared(old, new))
    here, there = Source(old), Source(new)
    redline = diff(here.contract.paragraphs, there.contract.paragraphs)
    started = time.process_time()
    redlined(here, redline, there, BY)
    write = time.process_time() - started
    print(f"{folder.name}: {whole:.2f} s CPU, of it writing {write:.2f} s; {whole / bare:.1f} × lxml on both packages ({bare:.3f} s)")
    wall, memory = process(folder / "a.docx", folder / "b.docx")
    print(f"  whole process {wall:.2f} s, {memory:.0f} MB")


def process(old: Path, new: Path) -> tuple[float, float]:
    """(wall seconds, peak MB) of a process that does nothing else; best of three."""
    best_wall, memory = float("inf"), 0.0
    root = str(Path(__file__).resolve().parents[2])
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(3):
            started = time.perf_counter()
            child = subprocess.Popen([sys.executable, "-c", SCRIPT, str(old), str(new), f"{folder}/out.docx"],
                                     env={**os.environ, "PYTHONPATH": root})
            _, child.returncode, used = os.wait4(child.pid, 0)
            if child.returncode:
                raise SystemExit(child.returncode)
            best_wall, memory = min(best_wall, time.perf_counter() - started), used.ru_maxrss / 1024
    return best_wall, memory


def growth(folder: Path) -> None:
    """Time per page at about 10, 100 and 1,000 pages of the same text: all of it, and the writing alone.

    Copies of one text are the hardest thing to compare, so the whole may grow faster than with a text of that length.
    """
    old, new = ((folder / f"{side}.docx").read_bytes() for side in "ab")
    for pages in (10, 100, 1000):
        one, other = (resized(data, pages / PAGES_OF_LARGE) for data in (old, new))
        fold.cache_clear()
        started = time.process_time()
        here, there = Source(one), Source(other)
        redline = diff(here.contract.paragraphs, there.contract.paragraphs)
        before = time.process_time()
        redlined(here, redline, there, BY)
        done = time.process_time()
        print(f"  {pages:5} pages {done - started:7.2f} s CPU, {(done - started) / pages * 1000:6.1f} ms a page, "
              f"of it writing {(done - before) / pages * 1000:5.1f} ms")


def resized(data: bytes, share: float) -> bytes:
    """The same document with the body cut or repeated; each paragraph says which copy it is of."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        files = {name: package.read(name) for name in package.namelist()}
    root = etree.fromstring(files[MAIN])
    body = root.find(w("body"))
    assert body is not None
    blocks = [child for child in body if child.tag != w("sectPr")]
    wanted = max(1, round(len(blocks) * share))
    for block in blocks[wanted:]:
        body.remove(block)
    section = body.find(w("sectPr"))
    for index in range(len(blocks), wanted):
        copy = deepcopy(blocks[index % len(blocks)])
        for each in [*copy.iter(w("bookmarkStart")), *copy.iter(w("bookmarkEnd"))]:
            each.getparent().remove(each)  # type: ignore[union-attr]
        text = next(copy.iter(w("t")), None)
        if text is not None:
            text.text = f"{text.text} {index // len(blocks)}"
        body.insert(len(body) if section is None else body.index(section), copy)
    files[MAIN] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in files.items():
            package.writestr(name, content)
    return buffer.getvalue()


def main(folders: list[Path]) -> None:
    for folder in folders:
        one_pair(folder)
    print(f"growth ({folders[0].name})")
    growth(folders[0])


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or [CORPUS / "large", CORPUS / "large-hard"])
