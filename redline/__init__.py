"""redline: version control for the contract a seller negotiates again and again."""

from __future__ import annotations

__version__ = "0.1.0"
