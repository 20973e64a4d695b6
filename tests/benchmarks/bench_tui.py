"""How long Review takes on a contract of 2,000 paragraphs with 400 changes: first paint, CPU per key (also for deciding), memory.

Run it as `python tests/benchmarks/bench_tui.py`; it prints one line per measure and asserts nothing.
"""

from __future__ import annotations

import asyncio
import os
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path
from statistics import median

os.environ["TEXTUAL_ANIMATIONS"] = "none"
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from redline.tui.page.index import Index
from redline.tui.page.page import Layout, Look, Page
from redline.tui.screens.review import ReviewScreen
from tests.tui.driving import opened
from tests.tui.fakes import FakeDesk, long


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def main() -> None:
    comparison = long()
    desk = FakeDesk()
    desk.comparisons["long"] = lambda: comparison
    shapes: tuple[tuple[int, Layout], ...] = ((80, "inline"), (140, "sides"))
    for width, layout in shapes:
        start = time.process_time()
        index = Index(comparison)
        indexed = time.process_time()
        page = Page(index, Look(width, layout))
        print(f"index {1000 * (indexed - start):.0f} ms, page {layout} at {width}: {1000 * (time.process_time() - indexed):.0f} ms, "
              f"{page.height} lines")
    async with opened(desk=desk, size=(140, 45)) as driver:
        before = _memory()
        review = driver.app.places["review"]
        assert isinstance(review, ReviewScreen)
        await driver.press("2")
        start, cpu = time.perf_counter(), time.process_time()
        review.show(replace(comparison, decisions=()))
        await driver.pilot.pause()
        print(f"show and first paint: {1000 * (time.process_time() - cpu):.0f} ms CPU, {1000 * (time.perf_counter() - start):.0f} ms")
        for name, keys in (("n", ["n"] * 40), ("]", ["right_square_bracket"] * 20), ("down", ["down"] * 40),
                           ("page down", ["pagedown"] * 20), ("end and home", ["end", "home"] * 10), ("s", ["s"] * 4), ("w", ["w"] * 4)):
            times = []
            for key in keys:
                cpu = time.process_time()
                await driver.pilot.press(key)
                times.append(1000 * (time.process_time() - cpu))
            print(f"{name}: {median(times):.1f} ms CPU a key (most {max(times):.1f})")
        for name, keys in (("a, and enter for no reason", ["a", "enter"]), ("space", ["space"]), ("u", ["u"])):
            times = []
            for _ in range(20):
                cpu = time.process_time()
                for key in keys:
                    await driver.pilot.press(key)
                times.append(1000 * (time.process_time() - cpu))
                await driver.settle()
            print(f"{name}: {median(times):.1f} ms CPU (most {max(times):.1f})")
        print(f"memory over the bare app: {_memory() - before:.0f} MB")


if __name__ == "__main__":
    asyncio.run(main())
