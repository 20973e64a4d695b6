"""Makes the sample contracts: a small document model, edits laid over it as a person would in Word, and a .docx writer.

Nothing here imports redline, so that the samples can be used as an independent judge of it.
"""

from __future__ import annotations


class SourceError(Exception):
    """A source beside the samples cannot be turned into a document; the message names the source and the line."""
