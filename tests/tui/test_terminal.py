"""A real run in a pseudo-terminal: what reaches the terminal, byte by byte."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_RUN = """
import sys
sys.path.insert(0, {root!r})
from redline.tui.app import RedlineApp
from tests.tui.fakes import FakeDesk
sys.exit(RedlineApp(FakeDesk(), client="evil", color={color}).run() or 0)
"""
_SEQUENCES = re.compile("\x1b(?:\\[[0-9;?>=<: ]*[ -/]*[@-~]|P[^\x1b]*\x1b\\\\|[=>78]|[()][0AB]|\\]22;[a-z]*\x07)")
_KEYS = (b"n", b"x", b"s", b"o", b"o", b"f", b"\x1b", b"?", b"\x1b", b"n", b"a", b"\x1b[200~x\x9b\xe2\x80\xae\x1b[201~", b"\r", b"N",
         b"c", b"\x1b", b"D", b"\x1b", b"W", b"\x1b", b"q", b"q")


def _captured(color: bool) -> str:
    """Everything the app writes to a terminal of 100 by 30 while keys are pressed, until it has left."""
    program = [sys.executable, "-c", _RUN.format(root=str(ROOT), color=color)]
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30", "TEXTUAL_ANIMATIONS": "none"}
    child, terminal = pty.fork()
    if child == 0:
        os.execve(sys.executable, program, environment)
    try:
        return _talked(terminal)
    finally:
        os.close(terminal)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _talked(terminal: int) -> str:
    out = bytearray()
    keys = list(_KEYS)
    end = time.monotonic() + 60
    while time.monotonic() < end:
        ready, _, _ = select.select([terminal], [], [], 0.5)
        if ready:
            try:
                data = os.read(terminal, 65536)
            except OSError:  # The other end is closed: the app has left.
                break
            if not data:
                break
            out += data
        elif keys and b"Client Name" in out:
            os.write(terminal, keys.pop(0))
    return out.decode("utf-8", "replace")


@pytest.mark.parametrize("color", [True, False])
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_no_control_character_of_a_contract_reaches_the_terminal(color: bool) -> None:
    text = _captured(color)
    assert "[@click=app.quit]" in text
    assert "\x1b[?1049l" in text, "the app has left the terminal as it was"
    rest = _SEQUENCES.sub("", text)
    assert not re.findall("[\x00-\x07\x0b-\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", rest)
    assert "\x1b]8" not in text and "]8;;" in text
    assert color == bool(re.search("\x1b\\[[0-9;]*38;[25];", text))
