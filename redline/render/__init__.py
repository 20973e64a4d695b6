"""Views in, text out: terminal, HTML, JSON and Markdown draw the same view-models.

Every function is pure. Nothing is read, asked or decided here, and no character of a contract, a name or a file name leaves
this room without having gone through `redline.text.safe` (or, in JSON, without being escaped).
"""

from __future__ import annotations
