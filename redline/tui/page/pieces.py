"""A paragraph as pieces that can be shown: safe text, each piece of one kind, one look, one change.

What is shown is never less than what is there: a picture gets its name in brackets, hidden text says so, control characters
are visible marks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from redline.model import Kind, Look, Paragraph, Segment, Side
from redline.text import safe, safe_line
from redline.tui.page.index import Index, Range

PILCROW = "¶"


@dataclass(frozen=True, slots=True)
class Tone:
    """How a piece is to be drawn. `kind` is what happened to it, or the part of the page it is (`label`, `note` …);
    `change` the number of the change it belongs to, -1 for none; `hit` is `killer` or `found` where its words matched."""

    kind: str
    look: Look = frozenset()
    change: int = -1
    hit: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some shown text in one tone."""

    text: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Taste:
    """What of a paragraph is shown: one side or both; whether changes stand out (they do not on a clean page); whether
    format, layout and number changes are shown; where the search matched."""

    side: Side | None = None
    clean: bool = False
    noise: bool = False
    found: tuple[tuple[int, tuple[Range, ...]], ...] = ()


def pieces(index: Index, number: int, taste: Taste, found: Sequence[Range] = ()) -> tuple[Piece, ...]:
    """The pieces of one paragraph of the redline."""
    paragraph = index.paragraphs[number]
    killers = index.killer_words.get(number, ()) if taste.side != "old" else ()
    hits = [(start, end, "killer") for start, end in killers]
    hits += [(start, end, "found") for start, end in found]
    out = list(_before(index, number, paragraph, taste))
    offset = 0
    for place, segment in enumerate(paragraph.segments):
        change = index.change_of.get((number, place), -1)
        hushed = not taste.noise and index.only_format(change)
        shown = segment.kind.on(taste.side or "new") if hushed else taste.side is None or segment.kind.on(taste.side)
        if shown and segment.text:
            tone = _tone(segment, change, taste, hushed=hushed)
            out.extend(_cut(segment, offset, tone, hits))
        offset += len(segment.text)
    out.extend(_after(index, number, paragraph, taste))
    return tuple(out)


def _tone(segment: Segment, change: int, taste: Taste, *, hushed: bool) -> Tone:
    kind = segment.kind
    if taste.clean or hushed or (kind is Kind.FORMAT and not taste.noise):
        kind = Kind.SAME
    look = segment.was if taste.side == "old" and segment.was is not None else segment.look
    return Tone(kind.value, look, change)


def _cut(segment: Segment, offset: int, tone: Tone, hits: Sequence[tuple[int, int, str]]) -> Iterator[Piece]:
    """A segment in pieces, cut where words matched."""
    if segment.atom:
        yield Piece(f"⟦{safe_line(segment.atom.split(':', 1)[0], 24)}⟧", tone)
        return
    length = len(segment.text)
    if not hits and "hidden" not in tone.look:
        yield Piece(shown(segment.text), tone)
        return
    near = [(start - offset, end - offset, hit) for start, end, hit in hits if start < offset + length and end > offset]
    cuts = sorted({0, length, *(min(max(0, edge), length) for start, end, _ in near for edge in (start, end))})
    opening, closing = ("‹hidden: ", "›") if "hidden" in tone.look else ("", "")
    for start, end in pairwise(cuts):
        hit = next((hit for low, high, hit in reversed(near) if low <= start and end <= high), "")
        text = shown(segment.text[start:end])
        text = (opening if start == 0 else "") + text + (closing if end == length else "")
        yield Piece(text, Tone(tone.kind, tone.look, tone.change, hit) if hit else tone)


def shown(text: str) -> str:
    """A text as it stands on a page: safe, tabs as two spaces, line breaks kept."""
    return safe(text).replace("\t", "  ")


def _before(index: Index, number: int, paragraph: Paragraph, taste: Taste) -> Iterator[Piece]:
    """What is said in front of a paragraph: where a whole one moved, and its number before if it got another."""
    if taste.clean:
        return
    change = index.mark_of.get(number, -1)
    ends = index.moves.get(paragraph.move)
    if paragraph.mark is Kind.MOVE_FROM and taste.side != "new":
        yield Piece(f"{_to(ends.target if ends else '')} ", Tone("note", change=change))
    if paragraph.mark is Kind.MOVE_TO and taste.side != "old":
        yield Piece(f"{_from(ends.source if ends else '')} ", Tone("note", change=change))
    if taste.noise and taste.side is None and (was := _renumbered(paragraph)) is not None:
        yield Piece(f"(was {was or 'without a number'}) ", Tone("note"))


def _renumbered(paragraph: Paragraph) -> str | None:
    """The number a paragraph had, if it has another one now."""
    if paragraph.old is None or paragraph.new is None or paragraph.old.label == paragraph.new.label:
        return None
    return safe_line(paragraph.old.label)


def _to(label: str) -> str:
    return f"[moved to {safe_line(label)}]" if label else "[moved away]"


def _from(label: str) -> str:
    return f"[moved from {safe_line(label)}]" if label else "[moved here]"


def _after(index: Index, number: int, paragraph: Paragraph, taste: Taste) -> Iterator[Piece]:
    """The paragraph mark where only it went or came: a join or a split; what was done to the layout. In a clean page there is
    none to show.
    """
    kind = paragraph.mark
    if taste.noise and taste.side != "old" and not taste.clean:
        for one in index.layout_at(number):
            yield Piece(f" [{safe_line(one.what)}]", Tone("note"))
    if taste.clean or kind in (Kind.SAME, Kind.FORMAT, Kind.GONE) or (not taste.noise and index.only_format(index.mark_of.get(number, -1))):
        return
    if taste.side is not None and not kind.on(taste.side):
        return
    other: Side = "old" if kind.in_new else "new"
    if not paragraph.segments or any(segment.kind.on(other) for segment in paragraph.segments):
        yield Piece(PILCROW, Tone(kind.value, change=index.mark_of.get(number, -1)))
