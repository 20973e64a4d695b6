"""The real command in a process of its own, on vaults in temporary folders."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = ROOT / "contracts"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def run(*arguments: str | Path, cwd: Path, stdin: str = "", expect: int | None = 0, **extra: str) -> subprocess.CompletedProcess[str]:
    """`redline ARGUMENTS` in `cwd`; asserts the exit code unless `expect` is None, and that no traceback was shown."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", "NO_COLOR": "", "COLUMNS": "100", **extra}
    environment.pop("REDLINE_VAULT", None)
    done = subprocess.run(
        [sys.executable, "-m", "redline", *map(str, arguments)], cwd=cwd, input=stdin, env=environment, capture_output=True,
        text=True, encoding="utf-8", timeout=120, check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    if expect is not None:
        assert done.returncode == expect, f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's folder, built once. Tests that change it copy it first."""
    folder = tmp_path_factory.mktemp("demo")
    run("demo", "story", cwd=folder)
    return folder / "story"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with an empty vault of Brightwater's in it."""
    run("init", "--party", "Brightwater Analytics Ltd", "--name", "Nora Whitfield", "--name", "Tomas Reed", cwd=tmp_path)
    return tmp_path


@pytest.fixture
def sent(office: Path) -> Path:
    """The office, with the services agreement sent to Acme Homewares."""
    run("base", CONTRACTS / "services-en/base.docx", "--name", "services", cwd=office)
    run("send", "Acme Homewares", "-o", "acme-1.docx", cwd=office)
    return office


def state(folder: Path) -> str:
    """All refs of the vault in `folder`: what must not change when something is refused."""
    return subprocess.run(
        ["git", "-C", str(folder / "vault"), "for-each-ref"], capture_output=True, text=True, check=True
    ).stdout
