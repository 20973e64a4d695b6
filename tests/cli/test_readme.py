"""README's commands run, in order, and print what README says they print ("…" stands for anything)."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from tests.cli.conftest import CONTRACTS, ROOT, run

README = (ROOT / "README.md").read_text(encoding="utf-8")


def steps() -> list[tuple[list[str], str]]:
    """(arguments of `redline`, expected output) for each command in a console block."""
    found: list[tuple[list[str], str]] = []
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL):
        for command, expected in re.findall(r"^\$ redline (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            found.append((shlex.split(command), expected))
    return found


def pattern(expected: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, expected.replace("…\n", "…").split("…"))), re.DOTALL)


def test_the_tour_of_five_minutes_does_what_it_says(tmp_path: Path) -> None:
    (tmp_path / "contracts").symlink_to(CONTRACTS)
    assert len(steps()) >= 10
    for arguments, expected in steps():
        done = run(*arguments, cwd=tmp_path)
        assert pattern(expected).fullmatch(done.stdout), f"redline {shlex.join(arguments)} printed\n{done.stdout}"


def test_every_command_is_told_of_in_the_readme() -> None:
    from redline.cli.parser import build

    actions = [action for action in build()._actions if action.choices and "demo" in action.choices]
    names = set(actions[0].choices or ())
    assert names, "the parser has no commands"
    missing = {name for name in names if f"redline {name}" not in README and f"`{name}`" not in README}
    assert missing == set()


def test_pictures_in_the_readme_exist_and_name_no_host() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert len(pictures) >= 2
    for picture in pictures:
        text = (ROOT / picture).read_text(encoding="utf-8")
        assert "<svg" in text
        assert set(re.findall(r"https?://[^\s\"')]+", text)) <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
