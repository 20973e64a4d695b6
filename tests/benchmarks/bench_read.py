"""Reading documents nobody here wrote: how many are read, refused, or read with something named as not read; and how fast.

    python tests/benchmarks/bench_read.py [FOLDER]

FOLDER defaults to ../shared/corpus/docs. The yardstick is parsing the same XML parts with lxml and doing nothing with them.
"""

from __future__ import annotations

import io
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path

from lxml import etree

from redline.errors import DocumentError
from redline.word.read import read

ROOT = Path(__file__).resolve().parents[2]


def parsed(data: bytes) -> float:
    """Seconds to inflate and parse every XML part."""
    start = time.perf_counter()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name), etree.XMLParser(resolve_entities=False, recover=True))
    return time.perf_counter() - start


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared/corpus/docs"
    tally: Counter[str] = Counter()
    spent = bare = 0.0
    for path in sorted(folder.rglob("*.docx")):
        data = path.read_bytes()
        start = time.perf_counter()
        try:
            contract = read(data, path.name)
        except DocumentError as error:
            tally["refused"] += 1
            print(f"refused ({error.code}): {path.relative_to(folder)}")
            continue
        spent += time.perf_counter() - start
        bare += parsed(data)
        tally["imported"] += 1
        tally["with coverage notes"] += bool(contract.coverage)
        tally["with notices"] += bool(contract.notices)
    print(", ".join(f"{count} {what}" for what, count in tally.items()))
    print(f"read in {spent:.1f} s, {spent / bare:.1f} times a bare parse of the same parts")


if __name__ == "__main__":
    main()
