"""The corpus of real and hostile documents, which lies beside the repository and is no part of it.

Without it the whole suite is skipped; with it, a missing file is a failure.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from csv import DictReader
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3] / "shared"
CORPUS = ROOT / "corpus"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not ROOT.exists():
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(pytest.mark.skip(reason="no corpus beside the repository"))


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Where the corpus lies."""
    assert CORPUS.is_dir(), f"the corpus is missing at {CORPUS}"
    return CORPUS


def rows(path: str) -> list[dict[str, str]]:
    """The rows of a table in the corpus; none when there is no corpus at all."""
    if not ROOT.exists():
        return []
    with (CORPUS / path).open(encoding="utf8", newline="") as stream:
        return list(DictReader(stream, delimiter="\t"))


def lines(path: str) -> Iterator[dict[str, object]]:
    """The objects of a file with one JSON object a line; none when there is no corpus at all."""
    if ROOT.exists():
        with (CORPUS / path).open(encoding="utf8") as stream:
            for line in stream:
                yield json.loads(line)
