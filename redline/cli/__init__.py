"""The command line: parse, call the desk, render, exit code. Nothing is decided here and nothing is read or stored here."""

from __future__ import annotations
