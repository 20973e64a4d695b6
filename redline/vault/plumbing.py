"""Runs git, and nothing else does. Every call is plumbing with full ref names or object ids, in an environment of our own.

The user's and the machine's git configuration, the repository location variables and replace refs are shut out, what
could run a program is switched off, and everything git writes is synced (`core.fsync=all`, git-config). No text of a
user is ever an argument: it travels inside objects on standard input. GitPython is imported only when the first vault
is opened.
"""

from __future__ import annotations

import os
import re
import subprocess
import threading
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from redline.errors import VaultError

if TYPE_CHECKING:
    from git import Git

OLDEST_GIT = (2, 36)
"""`core.fsync` came with 2.36; without it an acknowledged version can vanish in a power cut."""

_KEPT = re.compile(r"GIT_(?:EXEC_PATH|PYTHON_.*|CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM)|(?:AUTHOR|COMMITTER)_.*)")
_SETTINGS = {
    "core.fsync": "all",
    "core.fsyncMethod": "fsync",
    "core.hooksPath": os.devnull,
    "core.attributesFile": os.devnull,
    "core.fsmonitor": "false",
    "core.alternateRefsCommand": "",
    "core.logAllRefUpdates": "false",
    "gc.auto": "0",
    "maintenance.auto": "false",
    "protocol.allow": "never",
}


class Outcome(NamedTuple):
    """What a git process left behind."""

    code: int
    out: bytes
    err: str


def environment(folder: Path) -> dict[str, str]:
    """The variables every git process of ours gets on top of a cleaned environment."""
    fixed = {
        "GIT_DIR": str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_DEFAULT_HASH": "sha1",
        "GIT_DEFAULT_REF_FORMAT": "files",
        "LC_ALL": "C",
        "GIT_CONFIG_COUNT": str(len(_SETTINGS)),
    }
    for number, (key, value) in enumerate(_SETTINGS.items()):
        fixed[f"GIT_CONFIG_KEY_{number}"], fixed[f"GIT_CONFIG_VALUE_{number}"] = key, value
    return fixed


def _new_git(folder: Path) -> Git:
    """A GitPython command object. Variables that point git elsewhere are dropped from this process for good."""
    for name in [name for name in os.environ if name.startswith("GIT_") and not _KEPT.fullmatch(name)]:
        del os.environ[name]
    os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")
    from git import Git

    return Git(folder)


def _executable(git: Git) -> str:
    return str(git.GIT_PYTHON_GIT_EXECUTABLE or "git")


class Plumbing:
    """git on one repository. Holds one child process (`cat-file --batch`) once something was read; `close` ends it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._git = _new_git(folder)
        self._git.update_environment(**environment(folder))
        self._lock = threading.Lock()
        self._checked = False

    def close(self) -> None:
        """End the child process; the next read starts another."""
        with self._lock:
            self._git.clear_cache()

    def run(self, *args: str, stdin: bytes = b"") -> bytes:
        """Standard output of `git args`; VaultError with git's own last words when it fails."""
        outcome = self.attempt(*args, stdin=stdin)
        if outcome.code:
            raise VaultError(f"git {args[0]} failed: {last_words(outcome.err)}", "`redline doctor` examines the vault")
        return outcome.out

    def attempt(self, *args: str, stdin: bytes = b"") -> Outcome:
        """Run `git args` and say how it ended; VaultError only when there is no git."""
        from git import GitCommandNotFound

        command = [_executable(self._git), *args]
        try:
            process = self._git.execute(command, as_process=True, istream=subprocess.PIPE)
        except GitCommandNotFound as error:
            raise _no_git() from error
        out, err = process.communicate(stdin)
        return Outcome(process.returncode, bytes(out), bytes(err).decode("utf-8", "replace"))

    def object(self, name: str) -> tuple[str, str, bytes] | None:
        """(oid, kind, content) of `name` (an oid, a full ref, or either with `:path`), None when there is none."""
        from git import GitCommandNotFound

        with self._lock:
            try:
                oid, kind, _, data = self._git.get_object_data(name)
            except GitCommandNotFound as error:
                raise _no_git() from error
            except ValueError as error:
                if " could not be resolved, " in str(error):
                    return None
                self._git.clear_cache()
                raise VaultError(f"git cannot read the vault at {self.folder}", "`redline doctor` examines it") from error
            except BrokenPipeError as error:
                self._git.clear_cache()
                raise VaultError("git stopped while the vault was being read", "try again") from error
        return _ascii(oid), _ascii(kind), data

    def objects(self, names: list[str]) -> list[bytes | None]:
        """Contents of `names` in order, None where missing, by one `cat-file --batch` process. All are held in memory."""
        if not names:
            return []
        out = self.run("cat-file", "--batch", stdin="".join(f"{name}\n" for name in names).encode())
        found: list[bytes | None] = []
        position = 0
        for _ in names:
            end = out.find(b"\n", position)
            head = out[position:end].split(b" ")
            position = end + 1
            if len(head) == 3 and head[2].isdigit():
                size = int(head[2])
                found.append(out[position : position + size])
                position += size + 1
            else:
                found.append(None)
        return found

    def require_version(self) -> None:
        """VaultError when there is no git, or one too old to write safely."""
        if self._checked:
            return
        text = self.run("version").decode("ascii", "replace")
        match = re.search(r"(\d+)\.(\d+)", text)
        if match is None or (int(match[1]), int(match[2])) < OLDEST_GIT:
            raise VaultError(
                f"this git is too old: {text.strip()}", f"install git {OLDEST_GIT[0]}.{OLDEST_GIT[1]} or newer"
            )
        self._checked = True


def _ascii(value: object) -> str:
    """GitPython gives bytes where its annotations say text."""
    return value.decode("ascii") if isinstance(value, bytes) else str(value)


def _no_git() -> VaultError:
    return VaultError("git was not found on this computer", "install git from https://git-scm.com and try again")


def last_words(err: str) -> str:
    """The last line git wrote to standard error, without its prefix."""
    lines = [line for line in err.splitlines() if line.strip()]
    return lines[-1].removeprefix("fatal: ").removeprefix("error: ") if lines else "no reason given"


def user_identity() -> tuple[str, str]:
    """(name, email) of the person at the keyboard: git's own `user.*` settings, else the login name and no address."""
    from git import GitCommandNotFound

    git = _new_git(Path.home())
    try:
        _, out, _ = git.execute(
            [_executable(git), "config", "--global", "--null", "--get-regexp", r"^user\.(name|email)$"],
            with_extended_output=True,
            with_exceptions=False,
            stdout_as_string=False,
        )
    except GitCommandNotFound as error:
        raise _no_git() from error
    text = out.decode("utf-8", "replace") if isinstance(out, bytes) else str(out)
    settings = dict(entry.split("\n", 1) for entry in text.split("\0") if "\n" in entry)
    return settings.get("user.name") or _login(), settings.get("user.email", "")


def _login() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
