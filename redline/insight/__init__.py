"""What the turns tell when they are looked at together: who brought in which words, what clients made of a clause, where the time went.

Pure functions on values the desk hands in. Nothing here opens a vault or a document, and no figure is given without the number
of deals it stands on.
"""

from __future__ import annotations
