"""A fresh vault for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from redline.vault.store import Vault
from tests.unit.vault.building import PARTY, someone


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with Vault.create(tmp_path / "vault", PARTY, someone()) as made:
        yield made
