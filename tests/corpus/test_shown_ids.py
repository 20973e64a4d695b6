"""Every change that a real document is shown with can be decided in the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from redline.desk.resolving import decisions
from redline.word.read import read
from tests.corpus.test_word_reading import TRACKED
from tests.corpus.test_word_revisions import CASES
from tests.unit.desk.test_shown_ids import check


@pytest.mark.parametrize("path", [*(f"docs/{path}" for path in TRACKED), *(f"revision-cases/{name}.docx" for name in CASES)])
def test_every_change_that_is_shown_can_be_decided_by_its_id(corpus: Path, path: str) -> None:
    data = (corpus / path).read_bytes()
    assert bool(check(data)) == bool(decisions(read(data)))
