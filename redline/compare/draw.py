"""Two texts that are known to belong together, drawn as redline paragraphs: words, looks and marks.

A pair may be one paragraph on each side, one that became several (a split) or several that became one (a join): then
only marks are inserted or deleted, and the words stay. For a moved paragraph each end is drawn by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from redline.model import Attribution, Kind, Paragraph, Props, Segment, merged

from . import words
from .references import leads_to


def mark(old: Props, new: Props) -> Kind:
    """What a mark that stands on both sides is: `format` when style, heading or level differ, not for a mere number."""
    same = (old.style, old.heading, old.level) == (new.style, new.heading, new.level)
    return Kind.SAME if same else Kind.FORMAT


def unchanged(old: Paragraph, new: Paragraph) -> Paragraph:
    """A paragraph that is equal on both sides; each keeps the names by which it is pointed to there."""
    if old.props.anchors == new.props.anchors:
        return new
    return replace(new, old=old.old)


def inserted(paragraph: Paragraph, by: Attribution | None) -> Paragraph:
    segments = tuple(replace(segment, kind=Kind.INS, attribution=by) for segment in paragraph.segments)
    return Paragraph(segments, Kind.INS, None, paragraph.new, by)


def deleted(paragraph: Paragraph, by: Attribution | None) -> Paragraph:
    segments = tuple(replace(segment, kind=Kind.DEL, attribution=by) for segment in paragraph.segments)
    return Paragraph(segments, Kind.DEL, paragraph.old, None, by)


def moved(old: Paragraph, new: Paragraph, name: str, by: Attribution | None) -> tuple[Paragraph, Paragraph]:
    """Both ends of a moved paragraph: what stays moves, what was dropped or added on the way shows at its end."""
    source: list[Segment] = []
    target: list[Segment] = []
    for segment in _segments([old], [new], by):
        if segment.kind is Kind.DEL:
            source.append(segment)
        elif segment.kind is Kind.INS:
            target.append(segment)
        else:
            look = segment.look if segment.was is None else segment.was
            for end, kind, shown in ((source, Kind.MOVE_FROM, look), (target, Kind.MOVE_TO, segment.look)):
                end.append(Segment(kind, segment.text, shown, atom=segment.atom, attribution=by, move=name))
    return (Paragraph(merged(source), Kind.MOVE_FROM, old.old, None, by, name),
            Paragraph(merged(target), Kind.MOVE_TO, None, new.new, by, name))


def paired(old: Sequence[Paragraph], new: Sequence[Paragraph], by: Attribution | None) -> list[Paragraph]:
    """One with one, one with several, or several with one; none of them empty-handed."""
    borders = {"old": _borders(old), "new": _borders(new)}
    gone = {"old": 0, "new": 0}
    out: list[Paragraph] = []
    pending: list[Segment] = []

    def close(side: str) -> None:
        """Close paragraphs whose end was reached on `side`, now that more text of that side follows."""
        while borders[side] and borders[side][0] <= gone[side]:
            borders[side].pop(0)
            paragraph = (old if side == "old" else new)[-1 - len(borders[side]) - 1]
            kind = Kind.DEL if side == "old" else Kind.INS
            out.append(Paragraph(merged(pending), kind, paragraph.old if side == "old" else None,
                                 paragraph.new if side == "new" else None, by))
            pending.clear()

    for segment in _segments(old, new, by):
        while segment.text:
            sides = [side for side in ("old", "new") if (segment.kind.in_old if side == "old" else segment.kind.in_new)]
            for side in sides:
                close(side)
            room = min([len(segment.text), *(borders[side][0] - gone[side] for side in sides if borders[side])])
            pending.append(replace(segment, text=segment.text[:room]) if room < len(segment.text) else segment)
            segment = replace(segment, text=segment.text[room:], atom="") if room < len(segment.text) else _NOTHING
            for side in sides:
                gone[side] += room
    close("old")
    close("new")
    before, after = old[-1].old, new[-1].new
    assert before is not None and after is not None
    kind = mark(before, after)
    out.append(Paragraph(merged(pending), kind, before, after, by if kind is Kind.FORMAT else None))
    return out


_NOTHING = Segment(Kind.SAME, "")


def _borders(side: Sequence[Paragraph]) -> list[int]:
    """Where all paragraphs but the last end, in characters from the start of the first."""
    out: list[int] = []
    for paragraph in side[:-1]:
        out.append((out[-1] if out else 0) + len(paragraph.text))
    return out


def _segments(old: Sequence[Paragraph], new: Sequence[Paragraph], by: Attribution | None) -> Iterator[Segment]:
    before, after = ([segment for paragraph in side for segment in paragraph.segments] for side in (old, new))
    return _drawn(_tokens(old), _tokens(new), before, after, by, fine=False)


def drawn(old: Sequence[Segment], new: Sequence[Segment], by: Attribution | None, *, fine: bool) -> Iterator[Segment]:
    """Old words and new words of one paragraph as the segments of a redline (`fine` as in `words.hunks`)."""
    return _drawn(words.read(old), words.read(new), old, new, by, fine=fine)


def _drawn(here: list[words.Token], there: list[words.Token], old: Sequence[Segment], new: Sequence[Segment],
           by: Attribution | None, *, fine: bool) -> Iterator[Segment]:
    before, after = words.Text(old), words.Text(new)
    a = b = 0
    for hunk in [*words.hunks(here, there, fine=fine), words.Hunk(len(here), len(here), len(there), len(there))]:
        a0, b0 = _at(here, hunk.a0, before.length), _at(there, hunk.b0, after.length)
        yield from _kept(list(before.cut(a, a0)), list(after.cut(b, b0)), by)
        a, b = _at(here, hunk.a1, before.length), _at(there, hunk.b1, after.length)
        yield from (replace(segment, kind=Kind.DEL, attribution=by) for segment in before.cut(a0, a))
        yield from (replace(segment, kind=Kind.INS, attribution=by) for segment in after.cut(b0, b))


def _tokens(side: Sequence[Paragraph]) -> list[words.Token]:
    out: list[words.Token] = []
    offset = 0
    for paragraph in side:
        out.extend(words.read(paragraph.segments, offset))
        offset += len(paragraph.text)
    return out


def _at(row: Sequence[words.Token], index: int, length: int) -> int:
    return row[index].start if index < len(row) else length


def _kept(old: list[Segment], new: list[Segment], by: Attribution | None) -> Iterator[Segment]:
    """Equal texts: the same where they look the same, else a change of format; two references that name different targets are two
    texts, however equal they look.
    """
    i = j = 0
    while i < len(old) and j < len(new):
        size = min(len(old[i].text), len(new[j].text))
        text, look, was = new[j].text[:size], new[j].look, old[i].look
        if look == was:
            yield Segment(Kind.SAME, text, look, atom=new[j].atom)
        elif leads_to(look) and leads_to(was) and leads_to(look) != leads_to(was):
            yield Segment(Kind.DEL, text, was, atom=old[i].atom, attribution=by)
            yield Segment(Kind.INS, text, look, atom=new[j].atom, attribution=by)
        else:
            yield Segment(Kind.FORMAT, text, look, was=was, atom=new[j].atom, attribution=by)
        i, j = _step(old, i, size), _step(new, j, size)


def _step(row: list[Segment], index: int, size: int) -> int:
    if size == len(row[index].text):
        return index + 1
    row[index] = replace(row[index], text=row[index].text[size:])
    return index
