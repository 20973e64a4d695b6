"""Small documents for tests: written by hand in a line or two, or made by chance for laws."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import strategies as st

from redline.model import PLAIN, Attribution, Cell, Kind, Look, Paragraph, Props, Redline, Segment, merged, plain
from redline.text import tokens

ANNA = Attribution("Anna", tracked=True)
BORIS = Attribution("Boris", deal="Acme", turn=2)

WORDS = [token for token in tokens(
    "the Supplier shall pay Fees within 30 days of receipt and 1,000.00 € or 12% Licensee may not terminate Agreement "
    "Исполнитель обязан оказать Услуги в течение 10 дней после подписания Договора и 5.1 не вправе") if token.strip()]


def text(*lines: str, **props: object) -> tuple[Paragraph, ...]:
    """Plain paragraphs, one for each line, all with the same properties."""
    return tuple(plain(line, Props(**props)) for line in lines)  # type: ignore[arg-type]


def clause(label: str, words: str, level: int = 0, **props: object) -> Paragraph:
    return plain(words, Props(label=label, level=level, **props))  # type: ignore[arg-type]


def table(*rows: tuple[str, ...], number: int = 0) -> tuple[Paragraph, ...]:
    return tuple(plain(words, Props(cell=Cell(number, row, column)))
                 for row, cells in enumerate(rows) for column, words in enumerate(cells))


def drawn(redline: Redline) -> list[str]:
    """A redline as lines a person can read: [-out-]{+in+}<-moved off-><+moved in+>~looks~, and how the mark differs."""
    signs = {Kind.SAME: "{}", Kind.INS: "{{+{}+}}", Kind.DEL: "[-{}-]", Kind.MOVE_FROM: "<-{}->", Kind.MOVE_TO: "<+{}+>",
             Kind.FORMAT: "~{}~", Kind.GONE: "({})"}
    ends = {Kind.SAME: "", Kind.INS: "{+¶+}", Kind.DEL: "[-¶-]", Kind.MOVE_FROM: "<-¶->", Kind.MOVE_TO: "<+¶+>",
            Kind.FORMAT: "~¶~", Kind.GONE: "(¶)"}
    return ["".join(signs[segment.kind].format(segment.text) for segment in paragraph.segments) + ends[paragraph.mark]
            for paragraph in redline.paragraphs]


@dataclass(frozen=True)
class Line:
    """A paragraph before it has a place."""

    segments: tuple[Segment, ...]
    props: Props


@dataclass(frozen=True)
class Grid:
    """A table: rows of cells of lines."""

    rows: tuple[tuple[tuple[Line, ...], ...], ...]


Block = Line | Grid


def laid_out(blocks: tuple[Block, ...], story: str = "body") -> tuple[Paragraph, ...]:
    out: list[Paragraph] = []
    number = 0
    for block in blocks:
        if isinstance(block, Line):
            out.append(_placed(block, replace(block.props, story=story)))
            continue
        for row, cells in enumerate(block.rows):
            for column, lines in enumerate(cells):
                cell = Cell(number, row, column)
                out.extend(_placed(line, replace(line.props, story=story, cell=cell)) for line in lines)
        number += 1
    return tuple(out)


def _placed(line: Line, props: Props) -> Paragraph:
    return Paragraph(line.segments, Kind.SAME, props, props)


looks: st.SearchStrategy[Look] = st.sampled_from([PLAIN, PLAIN, PLAIN, frozenset({"bold"}), frozenset({"bold", "italic"})])
properties = st.builds(Props, style=st.sampled_from(["", "Heading1"]), label=st.sampled_from(["", "1.", "2.1", "(a)"]),
                       level=st.sampled_from([None, None, 0, 1]))


@st.composite
def lines(draw: st.DrawFn) -> Line:
    words = draw(st.lists(st.sampled_from(WORDS), max_size=9))
    segments: list[Segment] = []
    for index, word in enumerate(words):
        glue = "" if index == 0 else draw(st.sampled_from([" ", " ", " ", ", ", ". "]))
        segments.append(Segment(Kind.SAME, glue + word, draw(looks)))
    if draw(st.integers(0, 12)) == 0:
        segments.append(Segment(Kind.SAME, "\ufffc", atom=draw(st.sampled_from(["image 1", "image 2"]))))
    return Line(merged(segments), draw(properties))


cells = st.lists(lines(), min_size=1, max_size=2).map(tuple)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    width = draw(st.integers(1, 3))
    row = st.lists(cells, min_size=width, max_size=width).map(tuple)
    return Grid(tuple(draw(st.lists(row, min_size=1, max_size=3))))


blocks: st.SearchStrategy[tuple[Block, ...]] = st.lists(st.one_of(lines(), lines(), lines(), grids()), max_size=6).map(tuple)


ACTS = ["words", "words", "words", "insert", "delete", "split", "join", "move", "copy", "row", "look"]


@st.composite
def edited(draw: st.DrawFn, source: tuple[Block, ...], still: bool) -> tuple[Block, ...]:
    """What somebody may have made of a document: words, paragraphs, splits, joins, moves, copies, rows and looks.

    With `still` tables stay where they are and keep their rows.
    """
    out = list(source)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, max(0, len(out) - 1)))
        act = draw(st.sampled_from(ACTS))
        if not still or not (out and isinstance(out[at], Grid)) or act in ("words", "look"):
            _act(draw, out, at, act, still)
    return tuple(out)


def _act(draw: st.DrawFn, out: list[Block], at: int, act: str, still: bool) -> None:
    block = out[at] if out else None
    if act == "insert" or block is None:
        out.insert(at, draw(lines() if still else st.one_of(lines(), grids())))
    elif act == "delete":
        del out[at]
    elif act == "move":
        out.insert(draw(st.integers(0, len(out) - 1)), out.pop(at))
    elif act == "copy":
        out.insert(draw(st.integers(0, len(out))), block)
    elif isinstance(block, Grid):
        out[at] = _regrid(draw, block, act)
    elif act == "split":
        cut = draw(st.integers(0, len(block.segments)))
        out[at:at + 1] = [Line(block.segments[:cut], block.props), Line(block.segments[cut:], draw(properties))]
    elif act == "join" and at + 1 < len(out) and isinstance(following := out[at + 1], Line):
        out[at:at + 2] = [Line(merged([*block.segments, *following.segments]), following.props)]
    elif act == "look":
        out[at] = Line(merged(replace(segment, look=draw(looks)) for segment in block.segments), draw(properties))
    else:
        out[at] = _reworded(draw, block)


def _regrid(draw: st.DrawFn, grid: Grid, act: str) -> Grid:
    rows = list(grid.rows)
    at = draw(st.integers(0, len(rows) - 1))
    if act == "row":
        rows.insert(at, tuple(draw(cells) for _ in rows[at]))
    elif act == "join" and len(rows) > 1:
        del rows[at]
    else:
        column = draw(st.integers(0, len(rows[at]) - 1))
        cell = rows[at][column]
        changed: tuple[Line, ...] = (_reworded(draw, cell[0]), *cell[1:])
        if act == "split":
            changed = (*changed, draw(lines()))
        rows[at] = (*rows[at][:column], changed, *rows[at][column + 1:])
    return Grid(tuple(rows))


def _reworded(draw: st.DrawFn, line: Line) -> Line:
    segments = list(line.segments)
    at = draw(st.integers(0, len(segments)))
    fresh = [Segment(Kind.SAME, draw(st.sampled_from(WORDS)) + " ", draw(looks)) for _ in range(draw(st.integers(0, 3)))]
    segments[at:at + draw(st.integers(0, 2))] = fresh
    return Line(merged(segments), line.props)


@st.composite
def versions(draw: st.DrawFn, count: int, still: bool = False) -> list[tuple[Paragraph, ...]]:
    """`count` versions of a document, each made from the one before, with a footnote story now and then."""
    source = draw(blocks)
    note: tuple[Block, ...] = draw(st.lists(lines(), max_size=2).map(tuple))
    out = []
    for _ in range(count):
        out.append(laid_out(source) + laid_out(note, "footnote:1"))
        source = draw(edited(source, still))
        note = draw(edited(note, True)) if draw(st.booleans()) else note
        note = tuple(block for block in note if isinstance(block, Line))
    return out


@st.composite
def tracked(draw: st.DrawFn) -> Redline:
    """A document with tracked changes as Word may hold them, marks and `gone` text among them."""
    out = []
    for paragraph in laid_out(draw(blocks)):
        by = draw(st.sampled_from([ANNA, BORIS]))
        segments = [_tracked(draw, segment, by) for segment in paragraph.segments]
        kind = draw(st.sampled_from([Kind.SAME] * 4 + [Kind.INS, Kind.DEL, Kind.GONE]))
        props = paragraph.props
        out.append(Paragraph(merged(segments), kind, props if kind.in_old else None,
                             props if kind.in_new or kind is Kind.GONE else None, None if kind is Kind.SAME else by))
    return Redline(tuple(out))


def _tracked(draw: st.DrawFn, segment: Segment, by: Attribution) -> Segment:
    kind = draw(st.sampled_from([Kind.SAME] * 3 + [Kind.INS, Kind.DEL, Kind.GONE, Kind.FORMAT]))
    if kind is Kind.SAME:
        return segment
    was = frozenset({"underline"}) if kind is Kind.FORMAT else None
    return replace(segment, kind=kind, was=was, attribution=by, struck=ANNA if kind is Kind.GONE else None)
