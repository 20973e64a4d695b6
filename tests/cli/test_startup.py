"""What each command leaves alone: start-up is held by module sets, not by the clock."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

HEAVY = ("textual", "rich", "git", "docx", "lxml", "diff_match_patch", "rapidfuzz", "snowballstemmer", "asyncio")


def modules(code: str, cwd: Path) -> set[str]:
    """The top-level modules a fresh Python has loaded after running `code`."""
    script = f"import sys\n{code}\nsys.stderr.write(chr(10) + 'LOADED ' + ' '.join({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", script], cwd=cwd, env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
                          capture_output=True, text=True, timeout=60, check=True)
    return set(done.stderr.rpartition("LOADED ")[2].split())


def command(*arguments: str) -> str:
    return f"from redline.__main__ import main\nmain({list(arguments)!r})"


def test_the_version_needs_nothing_at_all(tmp_path: Path) -> None:
    loaded = modules(command("--version"), tmp_path)
    assert loaded.isdisjoint({*HEAVY, "argparse", "dataclasses"})


def test_help_needs_the_parser_only(tmp_path: Path) -> None:
    code = "from redline.__main__ import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass"
    loaded = modules(code, tmp_path)
    assert loaded.isdisjoint(HEAVY)


def test_the_model_is_light(tmp_path: Path) -> None:
    assert modules("import redline.model, redline.text, redline.views, redline.codec", tmp_path).isdisjoint(HEAVY)


def test_a_diff_of_two_files_needs_neither_git_nor_the_terminal_ui(tmp_path: Path) -> None:
    base = str(ROOT / "contracts/services-en/base.docx")
    loaded = modules(command("diff", base, base), tmp_path)
    assert "lxml" in loaded
    assert loaded.isdisjoint({"textual", "rich", "git", "asyncio"})


def test_a_redline_loads_neither_the_vault_nor_what_reads_clauses_nor_what_scrubs(tmp_path: Path) -> None:
    old, new = (str(ROOT / "contracts/services-en" / name) for name in ("base.docx", "02-acme-received.docx"))
    rooms = ("clauses.outline", "clauses.drafting", "word.scrub", "views", "codec", "desk.look", "vault.store", "compare.changes")
    code = f"{command('diff', old, new, '-o', 'out.docx')}\nassert 'redline.word.edit.write' in sys.modules\n" \
           f"assert sys.modules.keys().isdisjoint('redline.' + room for room in {rooms})"
    assert modules(code, tmp_path).isdisjoint({"textual", "rich", "git", "docx", "asyncio", "json"})


def test_a_command_run_inside_another_program_leaves_its_memory_alone(tmp_path: Path) -> None:
    base = str(ROOT / "contracts/services-en/base.docx")
    modules(f"import gc\n{command('diff', base, base)}\nassert gc.get_freeze_count() == 0", tmp_path)


@pytest.mark.parametrize("words", [("log",), ("deals",), ("killers",), ("stats",)])
def test_a_list_needs_neither_word_nor_the_terminal_ui(words: tuple[str, ...], demo: Path) -> None:
    loaded = modules(command(*words), demo)
    assert "git" in loaded
    assert loaded.isdisjoint({"textual", "rich", "lxml", "docx", "diff_match_patch"})
