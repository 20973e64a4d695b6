"""The inside of a moved paragraph: which words were carried along, which came in and which went on the way.

Nothing here knows where a move begins or ends, and nothing is changed before it is certain that all of it can be.

Sources: ECMA-376 Part 1 §17.13.5.25 (w:moveTo round runs), .14 (w:del in it), §17.16.18 (fields).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy

from redline.model import Attribution, Kind, Segment
from redline.word.edit.inline import PPR, RPR, Editor
from redline.word.edit.marks import Marker, anonymous, protect
from redline.word.edit.plan import Op, Plan, Row, tidy
from redline.word.edit.source import Line
from redline.word.pieces import RUN, TEXT, Piece, cut_text, like
from redline.word.xml import XML_SPACE, Element, w

_INS, _DEL, _TO, _LINK = w("ins"), w("del"), w("moveTo"), w("hyperlink")
_FIELD, _TYPE = w("fldChar"), w("fldCharType")
_SIGNS = frozenset(w(name) for name in ("tab", "br", "cr", "ptab", "noBreakHyphen", "softHyphen", "sym"))
"""What is one character each (§17.3.3)."""
_IN_RUNS = _SIGNS | frozenset(w(name) for name in ("rPr", "t", "delText", "instrText", "delInstrText", "fldChar", "lastRenderedPageBreak"))
_BESIDE = frozenset({w("bookmarkStart"), w("bookmarkEnd"), w("proofErr")})
_NOT_HERE = (w("sectPr"), w("pPrChange"), w("framePr"))


# What a paragraph must be

def plain(paragraph: Element, tag: str, *, late: bool) -> bool:
    """Whether a paragraph is wholly in revisions of one tag and holds only text, links and fields of its own; its mark as well,
    except that of one that came `late`, the last of all, which has no flag.
    """
    properties = paragraph.find(PPR)
    mark = None if properties is None else properties.find(RPR)
    if late:
        clear = properties is None or all(properties.find(each) is None for each in (w("sectPr"), w("framePr")))
    else:
        clear = properties is not None and mark is not None and mark.find(tag) is not None and mark.find(w("rPrChange")) is None \
            and not any(child.tag in _NOT_HERE for child in properties)
    return clear and all(_fits(child, tag) for child in paragraph if child is not properties) and _balanced(paragraph)


def _fits(element: Element, tag: str) -> bool:
    if element.tag == _LINK:
        return all(_fits(child, tag) and child.tag != _LINK for child in element)
    if element.tag != tag:
        return element.tag in _BESIDE
    return all(run.tag == RUN and all(child.tag in _IN_RUNS for child in run) and run.find(f"{RPR}/{w('rPrChange')}") is None
               for run in element)


def _balanced(paragraph: Element) -> bool:
    """Whether every field that begins here ends here."""
    depth = 0
    for char in paragraph.iter(_FIELD):
        depth += {"begin": 1, "end": -1}.get(char.get(_TYPE, ""), 0)
        if depth < 0 or len(char):
            return False
    return depth == 0


# What became of the words

def carried(source: Row, target: Row, plan: Plan, mover: Callable[[Attribution | None], bool]) -> list[Op] | None:
    """A moved paragraph from its old to its new text; None where the two ends do not say the same, or more than text was edited.

    `mover` tells whether an attribution is that of who moved it.
    """
    assert source.paragraph is not None and target.paragraph is not None and source.old is not None and target.new is not None
    here, there = plan.old[source.old], plan.new[target.new]
    ops = _numbers(here, there, source.by)
    a, c = here.typed, there.typed
    goes, comes = ([*paragraph.segments][::-1] for paragraph in (source.paragraph, target.paragraph))
    while goes or comes:
        if goes and goes[-1].kind is Kind.DEL:
            segment = goes.pop()
            if segment.atom or any(name.startswith("link:") for name in segment.look):
                return None
            ops.append(Op(a, a + len(segment.text), text=segment.text, by=segment.attribution))
            a += len(segment.text)
        elif comes and comes[-1].kind is Kind.INS:
            segment = comes.pop()
            ops.append(Op(c=c, d=c + len(segment.text), text=segment.text, by=segment.attribution))
            c += len(segment.text)
        else:
            text = _taken(goes, comes, mover)
            if not text:
                return None
            ops.append(Op(a, a + len(text), c, c + len(text), text))
            a, c = a + len(text), c + len(text)
    if a != here.length or c != there.length:
        return None
    return tidy(ops)


def _numbers(here: Line, there: Line, by: Attribution | None) -> list[Op]:
    """Numbers typed by hand, which are text in a file."""
    one, other = here.paragraph.props.typed, there.paragraph.props.typed
    if one == other and here.typed == there.typed:
        return [Op(0, here.typed, 0, there.typed, one)] if one else []
    ops = [Op(0, here.typed, text=one, by=by), Op(c=0, d=there.typed, text=other, by=by)]
    return [op for op in ops if op.b > op.a or op.d > op.c]


def _taken(goes: list[Segment], comes: list[Segment], mover: Callable[[Attribution | None], bool]) -> str:
    """The text that stands first at both ends as moved, and out of both; "" where they differ."""
    if not goes or not comes:
        return ""
    one, other = goes[-1], comes[-1]
    size = min(len(one.text), len(other.text))
    if one.kind is not Kind.MOVE_FROM or other.kind is not Kind.MOVE_TO or one.move != other.move \
            or one.text[:size] != other.text[:size] or not mover(one.attribution) or not mover(other.attribution):
        return ""
    for row in (goes, comes):
        last = row.pop()
        if size < len(last.text):
            row.append(Segment(last.kind, last.text[size:], last.look, attribution=last.attribution, move=last.move))
    return one.text[:size]


# The text that went on the way

def copied(line: Line, start: int, end: int, marker: Marker) -> list[Element]:
    """Characters of an old paragraph that was struck, as runs of deleted text; a field with all of its result whole."""
    pieces: dict[Element, list[Piece]] = {}
    for piece in line.pieces:
        if piece.start < end and piece.end > start:
            pieces.setdefault(piece.run, []).append(piece)
    fields = {run for runs, results in Editor(line, marker).fields() if results and all(
        start <= piece.start and piece.end <= end for piece in results) for run in runs}
    out: list[Element] = []
    for run in line.element.iter(RUN):
        if run not in pieces and run not in fields:
            continue
        copy = like(run)
        nodes = {piece.node: piece for piece in pieces.get(run, ())}
        for child in run:
            if child.tag == RPR or run in fields:
                copy.append(deepcopy(child))
            elif child in nodes:
                copy.append(_part(nodes[child], start, end))
        anonymous(copy)
        out.append(copy)
    return out


def _part(piece: Piece, start: int, end: int) -> Element:
    copy = deepcopy(piece.node)
    if not piece.text:
        return copy
    text = piece.node.text or ""
    if end < piece.end:
        text = cut_text(piece, end)[0]
    if start > piece.start:
        text = text[len(cut_text(piece, start)[0]):]
    copy.text = text
    protect(copy, start=True, end=True)
    return copy


# The text that came

def arrange(paragraph: Element, ops: Sequence[Op], marker: Marker, by: Attribution | None, gone: Callable[[Op], list[Element]]) -> None:
    """Sort a paragraph that was put in whole into moved text, by `by`, and what was edited in it. `gone` gives deleted runs."""
    for op in ops if len(ops) > 1 else ():
        if op.d > op.c:
            _cut(paragraph, op.c)
    fresh = _fresh(paragraph, [op for op in ops if op.d > op.c and not op.same])
    at = 0
    for op in ops:
        at = op.d if op.d > op.c else at
        if op.b > op.a and not op.same:
            deletion = marker.new(_DEL, paragraph, op.by or by)
            deletion.extend(gone(op))
            _put(paragraph, deletion, at, marker, by)
    for wrapper in [each for each in paragraph.iter(_INS) if len(each)]:
        _sort(wrapper, fresh, marker, by)


def measured(paragraph: Element) -> int:
    """How many characters of a new paragraph can be told apart; −1 where white space that Word does not show is among them."""
    if any(text.get(XML_SPACE) != "preserve" and (text.text or "") != (text.text or "").strip() for text in paragraph.iter(TEXT)):
        return -1
    return sum(end - start for start, end, _ in _leaves(paragraph))


def _leaves(paragraph: Element) -> Iterator[tuple[int, int, Element]]:
    """(from, to, element) of everything in runs that has characters, deleted text apart."""
    at = 0
    for run in paragraph.iter(RUN):
        for child in run if next(run.iterancestors(_DEL), None) is None else ():
            size = len(child.text or "") if child.tag == TEXT else 1 if child.tag in _SIGNS else 0
            if size:
                yield at, at + size, child
                at += size


def _cut(paragraph: Element, offset: int) -> None:
    """Have a run begin at an offset."""
    found = next((leaf for leaf in _leaves(paragraph) if leaf[1] > offset), None)
    if found is None:
        return
    start, _, node = found
    if start < offset:
        rest = like(node)
        text = node.text or ""
        node.text, rest.text = text[:offset - start], text[offset - start:]
        node.addnext(rest)
        protect(node, end=True)
        protect(rest, start=True, end=True)
        node = rest
    run = node.getparent()
    assert run is not None
    if any(child.tag != RPR for child in node.itersiblings(preceding=True)):
        fresh = like(run)
        fresh.extend(deepcopy(child) for child in run.iterchildren(RPR))
        run.addnext(fresh)
        fresh.extend([node, *node.itersiblings()])


def _fresh(paragraph: Element, ops: Sequence[Op]) -> dict[Element, Op]:
    """The runs that did not move but came in, each with its stretch; a field does when all of its result does."""
    found: dict[Element, Op] = {}
    sized: set[Element] = set()
    for start, end, node in _leaves(paragraph):
        run = node.getparent()
        assert run is not None
        sized.add(run)
        op = next((op for op in ops if op.c <= start and end <= op.d), None)
        if op is not None:
            found[run] = op
    for runs in _fields(paragraph):
        results = [run for run in runs if run in sized]
        if results and all(run in found for run in results):
            found.update((run, found[results[0]]) for run in runs if run not in found)
    return found


def _fields(paragraph: Element) -> list[list[Element]]:
    """The runs of each field, innermost first."""
    open_: list[list[Element]] = []
    found: list[list[Element]] = []
    for run in paragraph.iter(RUN):
        kinds = [char.get(_TYPE) for char in run.iter(_FIELD)]
        if "begin" in kinds:
            open_.append([])
        for runs in open_:
            runs.append(run)
        if "end" in kinds and open_:
            found.append(open_.pop())
    return found


def _put(paragraph: Element, deletion: Element, offset: int, marker: Marker, by: Attribution | None) -> None:
    """Put a deletion in front of the character at an offset, and of the field whose first character that is."""
    node = next((node for start, _, node in _leaves(paragraph) if start >= offset), None)
    run = None if node is None else node.getparent()
    if run is None:
        wrapper = marker.new(_INS, paragraph, by)
        wrapper.append(deletion)
        paragraph.append(wrapper)
        return
    sized = {leaf.getparent() for _, _, leaf in _leaves(paragraph)}
    for runs in _fields(paragraph):
        if next((each for each in runs if each in sized), None) is run:
            run = runs[0]
    run.addprevious(deletion)


def _sort(wrapper: Element, fresh: dict[Element, Op], marker: Marker, by: Attribution | None) -> None:
    """Cut an insertion into what moved and what came in."""
    last: tuple[str, object] | None = None
    for child in list(wrapper):
        op = fresh.get(child)
        key = (_TO, None) if op is None else (_INS, op.by)
        if key != last:
            wrapper.addprevious(marker.new(key[0], wrapper, by if op is None else op.by or by))
            last = key
        before = wrapper.getprevious()
        assert before is not None
        before.append(child)
    parent = wrapper.getparent()
    assert parent is not None
    parent.remove(wrapper)
