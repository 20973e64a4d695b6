"""How long the board takes with 10,000 deals: read for the first time, read again, first paint, and each key.

Run it as `python tests/benchmarks/bench_board.py [DEALS]`; it makes a vault in a temporary folder, prints a line per measure and
asserts nothing. CPU is that of this process and its children; the first paint is that of an app that runs already.
"""

from __future__ import annotations

import asyncio
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

os.environ["TEXTUAL_ANIMATIONS"] = "none"
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from redline.desk import Desk, look
from redline.tui.app import RedlineApp
from redline.tui.overdesk import OverDesk
from redline.tui.screens.deals import DealsScreen
from redline.vault import index
from tests.benchmarks.many_deals import make


def _cpu() -> float:
    return sum(use.ru_utime + use.ru_stime for use in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


@contextmanager
def told(what: str) -> Iterator[None]:
    """Print how long a block takes."""
    start, cpu = time.perf_counter(), _cpu()
    yield
    print(f"{what}: {1000 * (_cpu() - cpu):.0f} ms CPU, {1000 * (time.perf_counter() - start):.0f} ms", flush=True)


async def _app(folder: Path) -> None:
    with Desk.open(folder) as desk:
        app = RedlineApp(OverDesk(desk))
        app.animation_level = "none"
        place = app.places["deals"]
        assert isinstance(place, DealsScreen)
        async with app.run_test(size=(140, 45)) as pilot:
            await app.workers.wait_for_complete()
            with told("read again and first paint"):
                await pilot.press("r")
                await app.workers.wait_for_complete()
                await pilot.pause()
            print(f"{len(place.rows):,} deals")
            groups = (("down", ["down"] * 30), ("page down", ["pagedown"] * 10), ("end, home", ["end", "home"] * 5), ("sort", ["s"] * 10),
                      ("search", ["slash", *"acme retail", *["backspace"] * 6, "escape"]))
            for name, keys in groups:
                times = []
                for key in keys:
                    cpu = time.process_time()
                    await pilot.press({" ": "space"}.get(key, key))
                    times.append(1000 * (time.process_time() - cpu))
                    await app.workers.wait_for_complete()
                print(f"{name}: {median(times):.1f} ms CPU a key (most {max(times):.1f})")


def main() -> None:
    deals = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(os.environ.get("BOARD_VAULT") or make(Path(name) / "vault", deals))
        for what in ("board, never read before", "board, read before"):
            if what.endswith("never read before"):
                (folder / index.NAME).unlink(missing_ok=True)
            with Desk.open(folder) as desk, told(what):
                look.board(desk)
        with told("redline deals"):
            subprocess.run([sys.executable, "-m", "redline", "-C", str(folder), "deals"], stdout=subprocess.DEVNULL, check=True)
        asyncio.run(_app(folder))


if __name__ == "__main__":
    main()
