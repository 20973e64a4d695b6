"""The algebra of redlines: apply, invert, compose and a canonical form.

The laws: `apply(a, diff(a, b)) == b`; `apply(b, invert(diff(a, b))) == a`; `apply(a, compose(r, s)) == apply(apply(a,
r), s)`; `compose` is associative in canonical form; and composing never forgets who wrote or struck a word. What one
redline put in and the next took out again stays as `gone`, with both names. All of it is linear in the size of the
redlines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from redline.errors import ConflictError
from redline.model import Kind, Paragraph, Redline, Segment
from redline.text import safe_line

from . import draw
from .composition import Composition, zipped
from .stream import Item, flat, folded, matched, ordered, renamed, run, settled


def apply(paragraphs: Sequence[Paragraph], redline: Redline) -> tuple[Paragraph, ...]:
    """The new side, provided that `paragraphs` are the old one; labels and clause ids may differ.

    Raises `ConflictError` with the first place where the texts part.
    """
    agree(paragraphs, redline.old())
    return redline.new()


def invert(redline: Redline) -> Redline:
    """What takes the redline back. Its old side is the redline's new one, and the other way round."""
    return Redline(settled(redline.paragraphs)).inverse


def agree(here: Sequence[Paragraph], there: Sequence[Paragraph]) -> None:
    """Raise `ConflictError` unless two rows of plain paragraphs hold the same text in the same places."""
    for index, (one, other) in enumerate(zip(here, there, strict=False)):
        if _content(one) != _content(other):
            raise _parted(index, one.text, other.text)
    if len(here) != len(there):
        index = min(len(here), len(there))
        raise _parted(index, *(side[index].text if index < len(side) else "" for side in (here, there)))


def _content(paragraph: Paragraph) -> object:
    return paragraph.text, [segment.atom for segment in paragraph.segments if segment.atom], paragraph.props.container


def _parted(index: int, here: str, there: str) -> ConflictError:
    return ConflictError(
        f"the texts part at paragraph {index + 1}: “{safe_line(here, 60)}” is not “{safe_line(there, 60)}”",
        "compare the two versions first; a redline only fits the text it was made from",
    )


def compose(first: Redline, second: Redline) -> Redline:
    """Both redlines one after the other, as one: from the old side of `first` to the new side of `second`.

    The new side of `first` must be the old side of `second` (`ConflictError` where not). A word keeps the
    attribution of who wrote it, also where somebody else moved or restyled it later; a word struck has that of who
    struck it.
    """
    one, other = Redline(settled(first.paragraphs)), Redline(settled(second.paragraphs))
    agree(one.new(), other.old())
    stretches = list(zipped(matched(flat(one.paragraphs)), matched(flat(other.paragraphs))))
    return Redline(folded(renamed(tidy(item) for item in Composition(stretches).items())))


def canonical(redline: Redline) -> Redline:
    """The same redline in the one form that equal redlines share: between two things that stay, what was taken out
    comes first, then what is gone, then what was put in; neighbours alike are one; moves are numbered in order.
    """
    out: list[Item] = []
    rows: tuple[list[Item], list[Item], list[Item]] = ([], [], [])
    for item in matched(flat(settled(redline.paragraphs))):
        item = tidy(item)
        if item.kind.in_old and item.kind.in_new:
            out.extend([*ordered(rows), item])
            rows = ([], [], [])
        else:
            rows[0 if item.kind.in_old else 2 if item.kind.in_new else 1].append(item)
    return Redline(folded(renamed([*out, *ordered(rows)])))


def tidy(item: Item) -> Item:
    """A change of format that changes nothing is none."""
    if item.kind not in (Kind.FORMAT, Kind.SAME):
        return item
    segment = item.segment
    if segment is None:
        assert item.old is not None and item.new is not None
        kind = draw.mark(item.old, item.new)
        return replace(item, kind=kind, attribution=item.attribution if kind is Kind.FORMAT else None)
    return run(Segment(Kind.SAME, segment.text, segment.look, atom=segment.atom)) if segment.was == segment.look else item
