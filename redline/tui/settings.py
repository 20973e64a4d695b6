"""What a reader chose and wants to find again: the colours. Kept in the user's own configuration folder, not in the vault.

Colours are of the person's eyes and terminal: they go along to every vault, and nobody else who opens the vault gets them. A file that
is missing, damaged or names colours that do not exist is as good as none; one that cannot be written is said once and costs nothing.
"""

from __future__ import annotations

import os
import sys
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import tomli_w

from redline.errors import UsageError
from redline.tui.theme import DEFAULT, NAMES

LARGEST = 64 * 1024


def folder() -> Path:
    """The user's configuration folder: $XDG_CONFIG_HOME/redline, ~/.config/redline, on Windows %APPDATA%\\redline."""
    if sys.platform == "win32" and os.environ.get("APPDATA"):
        return Path(os.environ["APPDATA"]) / "redline"
    named = os.environ.get("XDG_CONFIG_HOME", "")
    return (Path(named) if Path(named).is_absolute() else Path.home() / ".config") / "redline"


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices in one TOML file."""

    path: Path

    @classmethod
    def of_user(cls) -> Settings:
        """Those of the person at the keyboard."""
        return cls(folder() / "desk.toml")

    def theme(self) -> str:
        """The colours that were chosen last."""
        name = self._table().get("theme")
        return name if isinstance(name, str) and name in NAMES else DEFAULT

    def remember(self, theme: str) -> None:
        """Keep the choice of colours; other entries stay. UsageError where the file cannot be written."""
        data = tomli_w.dumps({**self._table(), "theme": theme}).encode()
        fresh = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(data)
            fresh.replace(self.path)
        except OSError as error:
            with suppress(OSError):
                fresh.unlink()
            raise UsageError(f"the choice of colours could not be kept in {self.path}: {error.strerror}",
                             "It holds until you leave.") from error

    def _table(self) -> dict[str, object]:
        try:
            with self.path.open("rb") as file:
                return tomllib.loads(file.read(LARGEST).decode("utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
