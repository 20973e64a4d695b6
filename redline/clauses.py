"""Clauses: which paragraphs make one, what it is called, and the id that stays with it from version to version.

A clause starts at each paragraph that has a level (a heading, a numbered paragraph) and holds what follows up to the
next start of any level; the text before the first start is the clause without a label. Table rows belong to the
clause around them unless one starts in the row; then the row's other cells are its translations. An id is given once
and carried along a redline; it is never given to two clauses of one text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from .errors import UsageError
from .model import ClauseId, Kind, Paragraph, Props, Redline, Side, view
from .text import fold, safe_line, words


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause and its own stretch, paragraphs `first` to `last` (exclusive), sub-clauses not included.

    `path` is the full label ("7.2(a)" where the paragraph shows "(a)"); `parent` an index into the outline;
    `heading` the words that name it, if any. A cell that repeats a clause in another language may stand outside the
    stretch: ask `owners`.
    """

    id: ClauseId | None
    label: str
    heading: str
    level: int | None
    first: int
    last: int
    parent: int | None
    story: str
    path: str


def outline(paragraphs: Sequence[Paragraph], side: Side = "new") -> tuple[Clause, ...]:
    """The clauses that stand on one side, in order. Indices count the paragraphs given, whatever their kind."""
    return _read(paragraphs, side)[0]


def owners(paragraphs: Sequence[Paragraph], side: Side = "new") -> tuple[int, ...]:
    """For each paragraph the index of its clause in `outline(paragraphs, side)`; −1 where there is none yet."""
    return _read(paragraphs, side)[1]


def path(clause: Clause) -> str:
    """The full label: "7.2(a)" where Word shows "(a)"."""
    return clause.path


def _read(paragraphs: Sequence[Paragraph], side: Side) -> tuple[tuple[Clause, ...], tuple[int, ...]]:
    found: list[Clause] = []
    owner: list[int] = []
    current = -1
    row: object = None
    in_row: dict[str, int] = {}
    for index, paragraph in enumerate(paragraphs):
        props = _props(paragraph, side)
        if props is None:
            owner.append(current)
            continue
        if _row(props) != row:
            row, in_row = _row(props), {}
        if current < 0 or props.story != found[current].story:
            current = _begin(found, paragraph, props, index, side, level=props.level)
        elif props.level is not None:
            known = in_row.get(fold(props.label)) if row is not None and props.label else None
            current = known if known is not None else _begin(found, paragraph, props, index, side, level=props.level)
        if props.level is not None and row is not None and props.label:
            in_row.setdefault(fold(props.label), current)
        owner.append(current)
    return tuple(_ended(found, owner)), tuple(owner)


def _props(paragraph: Paragraph, side: Side) -> Props | None:
    if not paragraph.mark.on(side):
        return None
    return paragraph.old if side == "old" else paragraph.new


def _row(props: Props) -> object:
    cell = props.cell
    while cell is not None and cell.parent is not None:
        cell = cell.parent
    return None if cell is None else (props.story, cell.table, cell.row)


def _begin(found: list[Clause], paragraph: Paragraph, props: Props, index: int, side: Side, level: int | None) -> int:
    parent = len(found) - 1 if found and found[-1].story == props.story else None
    while parent is not None and (level is None or found[parent].level is None or (found[parent].level or 0) >= level):
        parent = found[parent].parent
    label = props.label if level is not None else ""
    heading = _heading(paragraph, props, side) if level is not None else ""
    above = found[parent].path if parent is not None else ""
    found.append(Clause(props.clause, label, heading, level, index, index + 1, parent, props.story, _path(above, label)))
    return len(found) - 1


def _ended(found: list[Clause], owner: list[int]) -> Iterable[Clause]:
    for number, clause in enumerate(found):
        last = clause.first
        while last < len(owner) and owner[last] == number:
            last += 1
        yield replace(clause, last=last)


_FULL = re.compile(r"\d[.\-]\d|\d[.\-][^\W\d_]|[^\W\d_]{2,}\W+\w|[^\W_]\([^\W_]")
_SIGNS = re.compile(r"\W*")
_LAST = re.compile(r"\(?[^\W_]+\)?\Z")


def _path(above: str, label: str) -> str:
    """The label with those above put in front where it does not say them itself."""
    label = label.strip()
    if not above or _FULL.search(label):
        return label.rstrip(".")
    if _SIGNS.fullmatch(label):
        return above
    last = _LAST.search(above.rstrip("."))
    rest = label.removeprefix(last[0]) if last else label
    if last and rest != label and not rest[:1].isalnum() and any(map(str.isalnum, rest)):
        return above[:last.start()] + label.rstrip(".")
    if label.startswith("("):
        return above.rstrip(".") + label.rstrip(".")
    return f"{above.rstrip('.')}.{label.rstrip('.')}"


def _heading(paragraph: Paragraph, props: Props, side: Side) -> str:
    """A heading's text; or the bold or underlined words that open a paragraph and end in a stop."""
    if props.heading:
        return safe_line(paragraph.side(side))
    lead = ""
    for segment in paragraph.segments:
        plain = segment.on(side)
        if plain is None:
            continue
        if not plain.look & {"bold", "underline"} and plain.text.strip(" .:\u00a0"):
            break
        lead += plain.text
    lead = safe_line(lead).rstrip(".: ")
    return lead if len(lead) <= 80 and len(lead) < len(paragraph.side(side).strip()) - 1 else ""


_PREFIX = re.compile(r"^(?:(?:clause|section|sec|article|paragraph|пункт|п|раздел|статья|ст|§)\.?\s*)(?=[\d(])")


def _plain(label: str) -> str:
    return _PREFIX.sub("", fold(label)).rstrip(".").replace(" ", "")


def find(clauses: Sequence[Clause], query: str) -> Clause:
    """The one clause meant by an id, a full label, a label or words of a heading, in that order.

    Raises `UsageError` that names the candidates when several are meant, and the nearest ones when none is.
    """
    asked, wanted = _plain(query), set(words(fold(query)))
    tests = (
        [clause for clause in clauses if clause.id == query.strip()],
        [clause for clause in clauses if clause.path and _plain(clause.path) == asked],
        [clause for clause in clauses if clause.label and _plain(clause.label) == asked],
        [clause for clause in clauses if clause.heading and fold(clause.heading) == fold(query)],
        [clause for clause in clauses if wanted and wanted <= set(words(fold(clause.heading)))],
    )
    for hits in tests:
        if len(hits) == 1:
            return hits[0]
        if hits:
            raise UsageError(f"“{safe_line(query, 60)}” can be several clauses",
                             "say which: " + ", ".join(_named(clause) for clause in hits[:8]))
    near = [clause for clause in clauses if wanted & set(words(fold(f"{clause.path} {clause.heading}")))]
    shown = near or [clause for clause in clauses if clause.path and clause.parent is None]
    raise UsageError(f"no clause “{safe_line(query, 60)}” in this text",
                     "the clauses are: " + ", ".join(_named(clause) for clause in shown[:8]) if shown else "")


def _named(clause: Clause) -> str:
    name = f"{clause.path} {clause.heading}".strip() or "the opening text"
    return safe_line(f"{name} ({clause.id})" if clause.id else name, 60)


def assign(paragraphs: Sequence[Paragraph], seed: str) -> tuple[Paragraph, ...]:
    """Plain paragraphs with a new id for each clause. The same paragraphs and seed always give the same ids."""
    return _fresh(paragraphs, {}, seed, set())


def carry(redline: Redline, seed: str) -> tuple[Paragraph, ...]:
    """The new side of a redline, with the clause ids of its old side carried along, and new ids for new clauses.

    An id follows the words with which its clause starts: through edits, renumbering and moves; of a split clause
    the first part keeps it, of joined ones the first. A clause replaced whole by one with its label keeps the id
    too.
    """
    old = list(view(redline.paragraphs, "old"))
    new = list(view(redline.paragraphs, "new"))
    before, after = [paragraph for paragraph, _ in old], [paragraph for paragraph, _ in new]
    clauses = outline(before), outline(after)
    holders = {index: place for place, (_, sources) in enumerate(new) for index in sources}
    starts = {clause.first: number for number, clause in enumerate(clauses[1])}
    links = _links(redline)
    ids: dict[int, ClauseId] = {}
    left: list[Clause] = []
    for clause in clauses[0]:
        if clause.id is None:
            continue
        places = [holders[to] for index in old[clause.first][1] for to in links.get(index, ()) if to in holders]
        heirs = [starts[place] for place in places if place in starts]
        heir = next((number for number in heirs if number not in ids and _heir(clause, clauses[1][number])), None)
        if heir is None:
            left.append(clause)
        else:
            ids[heir] = clause.id
    _replaced(left, clauses, ids, _neighbours(old, new, links))
    used = {clause.id for clause in clauses[0] if clause.id is not None}
    return _fresh(after, ids, seed, used)


def _heir(old: Clause, new: Clause) -> bool:
    """A clause without a label is no clause's heir but that of the opening text."""
    return (old.level is None) == (new.level is None) and old.story.partition(":")[0] == new.story.partition(":")[0]


def _links(redline: Redline) -> dict[int, list[int]]:
    """For each redline paragraph those that hold, on the new side, what it holds on the old: itself, or a move's other
    end.
    """
    out: dict[int, list[int]] = {}
    ends: dict[str, tuple[list[int], list[int]]] = {}
    for index, paragraph in enumerate(redline.paragraphs):
        if paragraph.mark in (Kind.SAME, Kind.FORMAT) or any(
                segment.kind in (Kind.SAME, Kind.FORMAT) for segment in paragraph.segments):
            out.setdefault(index, []).append(index)
        if paragraph.mark in (Kind.MOVE_FROM, Kind.MOVE_TO):
            ends.setdefault(paragraph.move, ([], []))[paragraph.mark is Kind.MOVE_TO].append(index)
    for here, there in ends.values():
        for source, target in zip(here, there, strict=False):
            out.setdefault(source, []).append(target)
    return out


Viewed = list[tuple[Paragraph, tuple[int, ...]]]


def _neighbours(old: Viewed, new: Viewed, links: dict[int, list[int]]) -> tuple[list[int], list[int]]:
    """For each old and each new paragraph the number of the stretch between two kept marks in which it stands."""
    kept = sorted(index for index, targets in links.items() if index in targets)
    rank = {index: number for number, index in enumerate(kept, 1)}
    out: tuple[list[int], list[int]] = ([], [])
    for side, places in zip((old, new), out, strict=True):
        last = 0
        for _, sources in side:
            last = max([last, *(rank.get(index, 0) for index in sources)])
            places.append(last)
    return out


def _replaced(left: list[Clause], clauses: tuple[tuple[Clause, ...], tuple[Clause, ...]], ids: dict[int, ClauseId],
              stretch: tuple[list[int], list[int]]) -> None:
    """A clause that went out where one with the same label and level came in hands its id on."""
    free: dict[tuple[int, int | None, str], int] = {}
    for number, clause in enumerate(clauses[1]):
        if number not in ids:
            free.setdefault((stretch[1][clause.first], clause.level, fold(clause.path)), number)
    for clause in left:
        heir = free.pop((stretch[0][clause.first], clause.level, fold(clause.path)), None)
        if heir is not None and clause.id is not None and _heir(clause, clauses[1][heir]):
            ids[heir] = clause.id


def _fresh(paragraphs: Sequence[Paragraph], ids: dict[int, ClauseId], seed: str, used: set[ClauseId]) -> tuple[Paragraph, ...]:
    """The paragraphs with the ids given by clause number, and new ones, not in `used`, for the other clauses."""
    clauses, owner = _read(paragraphs, "new")
    taken = used | set(ids.values())
    named: list[ClauseId] = []
    for number, clause in enumerate(clauses):
        found = ids.get(number) or _new_id(seed, number, fold(paragraphs[clause.first].text), taken)
        taken.add(found)
        named.append(found)
    return tuple(_with(paragraph, named[number]) for paragraph, number in zip(paragraphs, owner, strict=True))


def _new_id(seed: str, ordinal: int, text: str, taken: set[ClauseId]) -> ClauseId:
    attempt = 0
    while True:
        digest = sha256("\x00".join((seed, str(ordinal), text, str(attempt))).encode("utf-8", "surrogatepass")).hexdigest()
        found = ClauseId("c" + digest[:8])
        if found not in taken:
            return found
        attempt += 1


def _with(paragraph: Paragraph, clause: ClauseId) -> Paragraph:
    assert paragraph.old is not None and paragraph.new is not None
    props = replace(paragraph.new, clause=clause)
    return replace(paragraph, old=props if paragraph.old == paragraph.new else replace(paragraph.old, clause=clause), new=props)
