"""Nothing but whole documents: for those who would rather have no answer than one that leaves something out."""

from __future__ import annotations

from redline.errors import DocumentError
from redline.model import Contract
from redline.render.phrases import coverage_words
from redline.text import safe_line

_TOLD = 5


def require_whole(contract: Contract, name: str) -> None:
    """DocumentError (`not-read`) that names what of the document was not read, or not fully; nothing when all of it was."""
    gaps = [coverage_words(gap) for gap in contract.coverage]
    if gaps:
        more = f"; … {len(gaps) - _TOLD} more" if len(gaps) > _TOLD else ""
        shown = safe_line(name)
        raise DocumentError(f"{shown} was not read in full: {'; '.join(gaps[:_TOLD])}{more}",
                            f"Look at it in Word; `redline show {shown} --coverage` lists it all. Without --strict it is only told.",
                            code="not-read")
