"""The vault: versions of documents in a bare git repository. The only room that knows git; it knows nothing of contracts.

Import from its modules: `store` (open, read, write), `addresses`, `deals`, `files`, `acts` (undo), `check`, `guard`.
"""

from __future__ import annotations
