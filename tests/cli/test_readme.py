"""The commands of README and of docs/killers.md run, in order, and print what is said there ("…" stands for anything)."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from tests.cli.conftest import CONTRACTS, ROOT, run

README = (ROOT / "README.md").read_text(encoding="utf-8")


KILLERS = (ROOT / "docs" / "killers.md").read_text(encoding="utf-8")


def steps(page: str) -> list[tuple[list[str], str]]:
    """(arguments of `redline`, expected output) for each command in a console block."""
    found: list[tuple[list[str], str]] = []
    for block in re.findall(r"```console\n(.*?)```", page, re.DOTALL):
        for command, expected in re.findall(r"^\$ redline (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            found.append((shlex.split(command), expected))
    return found


def pattern(expected: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, expected.replace("…\n", "…").split("…"))), re.DOTALL)


def runs_as_told(page: str, folder: Path) -> None:
    (folder / "contracts").symlink_to(CONTRACTS)
    assert len(steps(page)) >= 10
    for arguments, expected in steps(page):
        done = run(*arguments, cwd=folder)
        assert pattern(expected).fullmatch(done.stdout), f"redline {shlex.join(arguments)} printed\n{done.stdout}"


def test_the_tour_of_five_minutes_does_what_it_says(tmp_path: Path) -> None:
    runs_as_told(README, tmp_path)


def test_the_page_on_killers_does_what_it_says(tmp_path: Path) -> None:
    runs_as_told(KILLERS, tmp_path)


def test_every_verb_of_killers_is_told_of_on_its_page() -> None:
    from redline.cli.parser import build

    commands = next(action for action in build()._actions if action.choices and "demo" in action.choices)
    killers = dict(commands.choices or {})["killers"]
    verbs = next(set(action.choices) for action in killers._actions if action.choices and "merge" in action.choices)
    assert verbs
    assert {verb for verb in verbs if f"killers {verb}" not in KILLERS} == set()


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
