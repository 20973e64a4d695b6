"""Runs of text on a line: cut from pieces, filled up to a width, and the sign that says what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from redline.tui.page.pieces import Piece, Tone
from redline.tui.page.wrap import Slice, width_of, wrap

NARROWEST_CELL = 14
_SIGNS = {"ins": "+", "del": "−", "move_from": "↔", "move_to": "↔", "format": "~", "gone": "×"}
_BLANK = Tone("blank")


def headed(runs: list[Piece]) -> list[Piece]:
    """The runs of a title."""
    return [Piece(run.text, replace(run.tone, look=run.tone.look | {"bold"})) for run in runs]


def cell_width(count: int, width: int) -> int:
    """How wide each of `count` cells beside each other is; 0 where they go under each other."""
    if count == 1:
        return width
    each = (width - 3 * (count - 1)) // count if count else 0
    return each if each >= NARROWEST_CELL else 0


def sliced(found: Sequence[Piece], slices: Sequence[Slice]) -> Iterator[list[Piece]]:
    """Pieces cut into lines."""
    place = offset = 0
    for start, end in slices:
        runs: list[Piece] = []
        while place < len(found) and offset + len(found[place].text) <= start:
            offset += len(found[place].text)
            place += 1
        here, at = place, offset
        while here < len(found) and at < end:
            piece = found[here]
            text = piece.text[max(0, start - at):end - at]
            if text:
                runs.append(Piece(text, piece.tone))
            at += len(piece.text)
            here += 1
        yield runs


def lines(found: Sequence[Piece], width: int) -> list[list[Piece]]:
    """Pieces broken into lines of a width."""
    return list(sliced(found, wrap("".join(piece.text for piece in found), width)))


def padded(runs: list[Piece], width: int) -> list[Piece]:
    """A line's runs with spaces up to a width."""
    missing = width - sum(width_of(run.text) for run in runs)
    return [*runs, Piece(" " * missing, _BLANK)] if missing > 0 else runs


def sign(kinds: Iterable[str]) -> str:
    """The one sign in the margin for all that happened on a line: words before looks, a move before what was edited in it."""
    signs = {_SIGNS[kind] for kind in kinds if kind in _SIGNS}
    if "↔" in signs:
        return "↔"
    if {"+", "−"} <= signs:
        return "±"
    return next((one for one in ("+", "−", "×", "~") if one in signs), " ")


def sign_tone(sign: str) -> str:
    """The tone a sign is drawn in."""
    return {"+": "ins", "−": "del", "↔": "move_to", "~": "format"}.get(sign, "label")
