"""What receiving costs: wall time of each act of the demo's story, and how much of it git took.

    python tests/benchmarks/bench_receive.py

The story is replayed in one process, as `redline demo` does it; git's share is the time spent waiting for its processes.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from redline.desk import demo
from redline.desk.desk import Desk
from redline.vault import plumbing
from redline.vault.files import VaultFile
from redline.vault.store import Vault


def main() -> None:
    waited = 0.0
    attempt = plumbing.Plumbing.attempt

    def timed(self: plumbing.Plumbing, *arguments: str, **extra: bytes) -> plumbing.Outcome:
        nonlocal waited
        start = time.perf_counter()
        try:
            return attempt(self, *arguments, **extra)
        finally:
            waited += time.perf_counter() - start

    plumbing.Plumbing.attempt = timed  # type: ignore[method-assign]
    told = demo.story()
    print(f"{'file':44} {'ms':>7} {'of it git':>10}")
    with tempfile.TemporaryDirectory() as name:
        party = VaultFile(told["party"]["name"], tuple(told["party"]["names"]))
        with Desk(Vault.create(Path(name) / "vault", party)) as desk:
            for event in told["event"]:
                waited, start = 0.0, time.perf_counter()
                demo.replay(desk, event, Path(name))
                spent = time.perf_counter() - start
                if event["do"] == "receive":
                    print(f"{event['file']:44} {spent * 1000:7.0f} {waited * 1000:7.0f} {waited / spent:4.0%}")


if __name__ == "__main__":
    main()
