"""Real keys through Textual's pilot, on a desk of hand-made views."""

from __future__ import annotations

import os

os.environ["TEXTUAL_ANIMATIONS"] = "none"

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_folder_for_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a test copies goes away with the test."""
    from redline.tui import leave

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    leave._private_folder.cache_clear()
    yield
    leave._private_folder.cache_clear()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's folder, built once. Tests that change it copy it first."""
    from redline.desk.demo import build

    folder = tmp_path_factory.mktemp("demo") / "story"
    build(folder, lambda _: None)
    return folder
