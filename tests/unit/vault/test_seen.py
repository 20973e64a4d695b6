"""Marks of reading: kept beside the repository, and worth nothing when they are damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from redline.model import ChangeId, Slug
from redline.vault import seen

ACME = Slug("acme")


def test_what_was_seen_of_a_turn_is_read_again(tmp_path: Path) -> None:
    marked = {ChangeId("0000000a"), ChangeId("0000000b")}
    assert seen.write(tmp_path, ACME, 2, marked)
    assert seen.read(tmp_path, ACME, 2) == marked
    assert seen.read(tmp_path, ACME, 4) == frozenset() and seen.read(tmp_path, Slug("other"), 2) == frozenset()
    assert [path.name for path in (tmp_path / seen.FOLDER).iterdir()] == ["acme.json"]


DAMAGED = ("", "[", "[]", "{}", '{"turn": 2, "seen": "all"}', '{"turn": 2, "seen": [1, "../x", "[/b]"]}', "[" * 100_000)


@pytest.mark.parametrize("text", DAMAGED)
def test_a_damaged_file_means_that_nothing_was_seen(tmp_path: Path, text: str) -> None:
    (tmp_path / seen.FOLDER).mkdir()
    (tmp_path / seen.FOLDER / "acme.json").write_text(text)
    assert seen.read(tmp_path, ACME, 2) == frozenset()


def test_a_link_is_not_followed_and_a_folder_in_the_way_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text('{"turn": 2, "seen": ["0000000a"]}')
    (tmp_path / seen.FOLDER).mkdir()
    (tmp_path / seen.FOLDER / "acme.json").symlink_to(tmp_path / "secret.json")
    assert seen.read(tmp_path, ACME, 2) == frozenset()
    (tmp_path / seen.FOLDER / "bell.json").mkdir()
    assert not seen.write(tmp_path, Slug("bell"), 2, ())
    assert sorted(path.name for path in (tmp_path / seen.FOLDER).iterdir()) == ["acme.json", "bell.json"]
