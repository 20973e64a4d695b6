"""Making a plan fit for XML: what cannot be cut is taken out and put in as a whole.

`firm` goes over formulas and drawings, over notes and text boxes with what they hang on, and over rows whose cells changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile

from redline.model import Attribution
from redline.word.edit.pictures import Shows
from redline.word.edit.plan import Op, Plan, Row, apart
from redline.word.edit.source import Line
from redline.word.pieces import Piece
from redline.word.surgery import P
from redline.word.xml import Element, value, w

_TR, _TC, _BOX = w("tr"), w("tc"), w("txbxContent")
_NOTES = {w("footnote"): w("footnoteReference"), w("endnote"): w("endnoteReference")}
_REFERENCES = frozenset(_NOTES.values())


def firm(plan: Plan, by: Attribution | None, shown: Shows, shown_new: Shows) -> None:
    """Change a plan until nothing in it cuts what is one. What drawings show is told by `shown` and `shown_new`."""
    _rows(plan, by)
    _hung(plan, shown, shown_new)
    for _ in range(8):
        if not sum(_pieces(row, plan) for row in plan.rows if row.old is not None and row.new is not None):
            break
    _replaced(plan, by)
    homes = {_container(plan.new[row.new].element): _container(plan.old[row.old].element)
             for row in plan.rows if row.old is not None and row.new is not None and row.mark == "same"}
    _filled(plan, homes)
    _ends(plan, homes)


def _ends(plan: Plan, homes: dict[Element, Element]) -> None:
    """The last mark of a cell, a note or a story always stays (§17.4.65 has it so for cells): what is put in or taken out
    behind the last paragraph that stays brings or takes the mark before it instead; where some is put in and some taken out,
    the last of both share the paragraph that stays. A table in between stops that.
    """
    inside: dict[Element, list[tuple[int, Row]]] = {}
    for index, row in enumerate(plan.rows):
        place = _container(plan.old[row.old].element) if row.old is not None else homes.get(
            _container(plan.new[row.new].element)) if row.new is not None else None
        if place is not None:
            inside.setdefault(place, []).append((index, row))
    unneeded: set[int] = set()
    for numbered in inside.values():
        rows = [row for _, row in numbered]
        mark = rows[-1].mark
        if left := _shared(numbered):
            unneeded.add(id(left))
            continue
        tail = len(rows)
        while tail and rows[tail - 1].mark == mark and (rows[tail - 1].old is None or rows[tail - 1].new is None):
            tail -= 1
        if not tail or mark == "same" or tail == len(rows) or rows[tail - 1].mark != "same":
            continue
        if numbered[-1][0] - numbered[tail - 1][0] != len(rows) - tail:
            continue
        before, after = rows[tail - 1], rows[-1]
        before.mark, after.mark, after.by = mark, "same", after.by or before.by
        if mark == "ins":
            before.by, after.old = after.by, before.old
        else:
            before.by, after.new = after.by, before.new
    plan.rows[:] = [row for row in plan.rows if id(row) not in unneeded]


def _shared(numbered: Sequence[tuple[int, Row]]) -> Row | None:
    """Have the last paragraph that goes and the last that comes be one, where both follow the last that stays; the row that is
    no longer needed.
    """
    at = numbered[-1][0]
    tail = [row for back, (index, row) in enumerate(reversed(numbered)) if index == at - back]
    tail = list(takewhile(lambda row: row.whole, tail))
    goes, comes = (next((row for row in tail if row.mark == mark), None) for mark in ("del", "ins"))
    if goes is None or comes is None:
        return None
    kept, left = (goes, comes) if tail[0] is goes else (comes, goes)
    kept.ops, kept.by = [*goes.ops, *comes.ops], comes.by or goes.by
    kept.mark, kept.old, kept.new, kept.paragraph = "same", goes.old, comes.new, None
    return left


def _filled(plan: Plan, homes: dict[Element, Element]) -> None:
    """Text put into an empty paragraph, or all of it taken out of one, leaves the paragraph where it is."""
    out: list[Row] = []
    for row in plan.rows:
        last = out[-1] if out else None
        if last is not None and last.old is not None and last.new is None and row.new is not None and row.old is None \
                and (last.mark, row.mark) == ("del", "ins") and bool(last.ops) != bool(row.ops) \
                and homes.get(_container(plan.new[row.new].element)) is _container(plan.old[last.old].element):
            out[-1] = Row([*last.ops, *row.ops], "same", last.old, row.new, row.by or last.by)
        else:
            out.append(row)
    plan.rows[:] = out


def _container(paragraph: Element) -> Element:
    """The cell or the root of the story that a paragraph stands in."""
    return next(parent for parent in paragraph.iterancestors() if parent.tag in (_TC, _BOX) or parent.getparent() is None
                or parent.tag in _NOTES)


def _replaced(plan: Plan, by: Attribution | None) -> None:
    """A paragraph of which nothing stays goes as a whole and another one comes, where its place can do without it."""
    ones, others = Counter(row.old for row in plan.rows), Counter(row.new for row in plan.rows)
    out: list[Row] = []
    for row in plan.rows:
        if row.old is not None and row.new is not None and row.mark == "same" and ones[row.old] == others[row.new] == 1 \
                and row.ops and not any(op.same for op in row.ops) and plan.old[row.old].length and plan.new[row.new].length \
                and getattr(plan.old[row.old].element.getnext(), "tag", None) == P:
            out.extend(_torn([row], plan, by))
        else:
            out.append(row)
    plan.rows[:] = out


# Rows whose cells are not the same

def _rows(plan: Plan, by: Attribution | None) -> None:
    """A row whose cells changed in number or span goes out as a whole, and the new one comes in."""
    pairs: dict[Element, set[Element]] = {}
    back: dict[Element, set[Element]] = {}
    for row in plan.rows:
        if row.old is not None and row.new is not None:
            for here, there in zip(_trs(plan.old[row.old]), _trs(plan.new[row.new]), strict=False):
                pairs.setdefault(here, set()).add(there)
                back.setdefault(there, set()).add(here)
    bad = {here for here, theres in pairs.items()
           if len(theres) > 1 or any(len(back[there]) > 1 or _shape(here) != _shape(there) for there in theres)}
    if not bad:
        return
    bad_new = {there for here in bad for there in pairs[here]}
    out: list[Row] = []
    held: list[Row] = []
    for row in plan.rows:
        touched = (row.old is not None and not bad.isdisjoint(_trs(plan.old[row.old]))) or (
            row.new is not None and not bad_new.isdisjoint(_trs(plan.new[row.new])))
        if touched:
            held.append(row)
            continue
        out.extend(_torn(held, plan, by))
        held = []
        out.append(row)
    out.extend(_torn(held, plan, by))
    plan.rows[:] = out


def _torn(rows: Sequence[Row], plan: Plan, by: Attribution | None) -> Iterator[Row]:
    """All old paragraphs out, then all new ones in."""
    for k in dict.fromkeys(row.old for row in rows if row.old is not None):
        yield Row([Op(0, plan.old[k].length, by=by)] if plan.old[k].length else [], "del", k, None, by)
    for j in dict.fromkeys(row.new for row in rows if row.new is not None):
        yield Row([Op(c=0, d=plan.new[j].length, by=by)] if plan.new[j].length else [], "ins", None, j, by)


def _trs(line: Line) -> list[Element]:
    """The table rows round a paragraph, outermost first, within its story."""
    return [parent for parent in _around(line.element) if parent.tag == _TR][::-1]


def _around(element: Element) -> Iterator[Element]:
    for parent in element.iterancestors():
        if parent.tag == _BOX:
            return
        yield parent


def _shape(row: Element) -> list[tuple[str, str]]:
    """Span and vertical merge of each cell."""
    shape = []
    for cell in row.iter(_TC):
        if next(cell.iterancestors(_TR)) is row:
            properties = cell.find(w("tcPr"))
            merge = None if properties is None else properties.find(w("vMerge"))
            shape.append(("1" if properties is None else value(properties.find(w("gridSpan")), "1"),
                          "" if merge is None else value(merge, "continue")))
    return shape


# Notes and text boxes

def _hung(plan: Plan, shown: Shows, shown_new: Shows) -> None:
    """A note or a text box stays only where what it hangs on stays; else it goes and comes with that."""
    mates = {plan.old[row.old].story: plan.new[row.new].story for row in plan.rows
             if row.old is not None and row.new is not None and row.mark == "same"}
    old, new = _hanging(plan.old), _hanging(plan.new)
    kept: set[tuple[str, str]] = set()
    for row in plan.rows:
        if row.old is None or row.new is None:
            continue
        for piece in plan.old[row.old].pieces if plan.old[row.old].solid else ():
            here = old.get(piece.node, [])
            mate = None if piece.text else _counterpart(row, piece, plan.new[row.new])
            if mate is None:
                continue
            there = new.get(mate.node, [])
            if piece.node.tag in _REFERENCES and bool(here) != bool(there):
                kept.update((story, "") for story in here)
                kept.update(("", story) for story in there)
                plan.notes.append((piece.node, mate.node))
                continue
            if len(here) == len(there) and [mates.get(story) for story in here] == there and shown(piece.node) == shown_new(mate.node):
                kept.update(zip(here, there, strict=True))
            else:
                apart(row, piece.start, piece.end)
    kept_old, kept_new = {one for one, _ in kept}, {other for _, other in kept}
    plan.rows[:] = [row for row in plan.rows if _stays(row, plan, kept_old, kept_new)]


def _hanging(lines: Sequence[Line]) -> dict[Element, list[str]]:
    """The element of each piece that notes or text boxes hang on, with their stories in order."""
    found: dict[Element, list[str]] = {}
    roots: dict[Element, str] = {}
    notes: dict[tuple[str, str], str] = {}
    for line in lines:
        if line.story.startswith("textbox") and not line.drawn:
            roots[next(line.element.iterancestors(_BOX))] = line.story
        elif line.story.startswith(("footnote", "endnote")):
            note = next(line.element.iterancestors(*_NOTES))
            notes[_NOTES[note.tag], note.get(w("id"), "")] = line.story
    for line in lines:
        for piece in line.pieces if line.solid else ():
            if piece.node.tag in _REFERENCES:
                story = notes.get((piece.node.tag, piece.node.get(w("id"), "")))
                if story is not None:
                    found[piece.node] = [story]
            elif not piece.text and roots:
                stories = [roots[box] for box in piece.node.iter(_BOX) if box in roots]
                if stories:
                    found[piece.node] = stories
    return found


def _counterpart(row: Row, piece: Piece, line: Line) -> Piece | None:
    """What a piece became, None when it did not stay."""
    for op in row.ops:
        if op.same and op.a <= piece.start and piece.end <= op.b:
            at = op.c + piece.start - op.a
            return next((each for each in line.pieces if each.start <= at < each.end), None)
    return None


def _stays(row: Row, plan: Plan, kept_old: set[str], kept_new: set[str]) -> bool:
    for index, lines, kept in ((row.old, plan.old, kept_old), (row.new, plan.new, kept_new)):
        if index is not None:
            story = lines[index].story
            if story.startswith(("textbox", "footnote", "endnote")) and story not in kept:
                return False
    return True


# Pieces that cannot be cut

def _pieces(row: Row, plan: Plan) -> bool:
    """Take out and put in what the row cuts; whether it had to."""
    assert row.old is not None and row.new is not None
    here, there = plan.old[row.old], plan.new[row.new] if plan.new else None
    changed = False
    if not here.solid and (there is None or not there.solid):
        return False
    for piece in here.pieces:
        if piece.end - piece.start > 1 and not piece.text and not _intact(row, piece, there):
            apart(row, piece.start, piece.end)
            changed = True
    for piece in there.pieces if there is not None else ():
        if piece.end - piece.start > 1 and not piece.text:
            for op in [op for op in row.ops if op.same and op.c < piece.end and piece.start < op.d]:
                start = op.a + max(piece.start, op.c) - op.c
                if not _matched(here, start, piece.end - piece.start):
                    apart(row, start, op.a + min(piece.end, op.d) - op.c)
                    changed = True
    return changed


def _intact(row: Row, piece: Piece, line: Line | None) -> bool:
    """Whether a piece is wholly out, or wholly kept as one piece of the new paragraph."""
    for op in row.ops:
        if op.b > op.a and op.a < piece.end and piece.start < op.b and op.same:
            return (op.a <= piece.start and piece.end <= op.b
                    and (line is None or _matched(line, op.c + piece.start - op.a, piece.end - piece.start)))
    return True


def _matched(line: Line, start: int, size: int) -> bool:
    """Whether exactly one piece of a paragraph begins at `start` and is `size` long."""
    return any(piece.start == start and piece.end == start + size for piece in line.pieces)
