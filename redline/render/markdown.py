"""Markdown: `contract` is the readable text kept beside a .docx, `comparison` a redline for e-mail, a wiki or a merge request.

`contract` is made for line diffs: one sentence a line, no ordinal that shifts when something is put in, nothing that depends on
the day or the machine. Pending tracked changes stand in CriticMarkup. Contract text renders literally (see `critic`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from redline.clauses.outline import outline, owners
from redline.model import Comment, Contract, Paragraph
from redline.render import evidence, phrases, wording
from redline.render.blocks import Block, Item, Reading
from redline.render.critic import CRITIC, HTML, escape, inline, lines
from redline.render.parts import Thread, cells_of, is_heading, newest, rows_of, threads_of
from redline.text import safe_line
from redline.views import Comparison, Flag, FlagKind

_SHORT = 60


def contract(contract: Contract) -> str:
    """The whole document as Markdown, ending with one line feed: title, clauses, tables, other stories, comments."""
    paragraphs = contract.paragraphs
    out: list[str] = []
    title = safe_line(contract.title)
    if title and not any(_is_title(one, title) for one in paragraphs[:20]):
        out.append(f"# {_heading(title)}")
    story = "body"
    placed = zip(paragraphs, rows_of(paragraphs), strict=True)
    for (told, table), group in groupby(placed, key=lambda pair: (pair[0].props.story, pair[1] and pair[1][0])):
        if told != story:
            story = told
            out.append(f"*{escape(phrases.story_name(story))}*")
        if table is None:
            out.extend(_block(one, title) for one, _ in group)
        else:
            rows = groupby(group, key=lambda pair: pair[1])
            out.extend(_table([_cells(one for one, _ in row) for _, row in rows]))
    out.extend(_remarks(contract))
    return "\n\n".join(part for part in out if part) + "\n"


def _is_title(paragraph: Paragraph, title: str) -> bool:
    return safe_line(newest(paragraph)) == title and not paragraph.props.label and paragraph.props.cell is None


def _heading(text: str) -> str:
    return escape(text).replace("#", r"\#")


def _label(paragraph: Paragraph) -> str:
    label = safe_line(paragraph.props.label)
    return f"**{escape(label)}**" if label else ""


def _block(paragraph: Paragraph, title: str) -> str:
    props = paragraph.props
    if title and _is_title(paragraph, title):
        return f"# {inline(paragraph, CRITIC)}"
    if is_heading(paragraph) and not props.cell:
        level = "#" * min(2 + (props.level or 0), 6)
        label = escape(safe_line(props.label)) + " " if props.label else ""
        return f"{level} {label}{inline(paragraph, CRITIC)}"
    return "\n".join(lines(paragraph, CRITIC, lead=_label(paragraph)))


def _table(grid: Sequence[Mapping[int, Sequence[Paragraph]]]) -> Iterator[str]:
    """A pipe table when all cells are short, else cell after cell: the first column plain, the others as quotations.

    `grid` has the paragraphs by column for each row.
    """
    if all(len(cell) == 1 and len(cell[0].text) <= _SHORT and not is_heading(cell[0]) and len(cells_of(cell[0])) == 1
           for row in grid for cell in row.values()):
        width = max(max(row) for row in grid) + 1
        drawn = [[_cell(row.get(column)) for column in range(width)] for row in grid]
        yield "\n".join([_pipes(drawn[0]), _pipes(["---"] * width), *map(_pipes, drawn[1:])])
        return
    for row in grid:
        for column, cell in sorted(row.items()):
            for paragraph in cell:
                found = lines(paragraph, CRITIC, lead=_label(paragraph))
                yield "\n".join(f"> {line}" if column else line for line in found)


def _cells(row: Iterable[Paragraph]) -> dict[int, list[Paragraph]]:
    cells: dict[int, list[Paragraph]] = {}
    for paragraph in row:
        cells.setdefault(cells_of(paragraph)[0].column, []).append(paragraph)
    return cells


def _cell(paragraphs: Sequence[Paragraph] | None) -> str:
    if not paragraphs:
        return ""
    return " ".join(part for part in (_label(paragraphs[0]), inline(paragraphs[0], CRITIC)) if part)


def _pipes(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _remarks(contract: Contract) -> Iterator[str]:
    """The comments as a list, by clause: nothing in the text points to them, so that a new remark changes no other line."""
    if not contract.comments:
        return
    clauses, homes = outline(contract.paragraphs), owners(contract.paragraphs)
    yield "---"
    yield "**Comments**"
    entries: list[str] = []
    for paragraph, found in threads_of(contract.comments).items():
        home = homes[paragraph] if 0 <= paragraph < len(homes) else -1
        where = clauses[home].path if home >= 0 else ""
        entries.extend(line for thread in found for line in _thread(thread, where))
    yield "\n".join(entries)


def _thread(thread: Thread, where: str) -> Iterator[str]:
    yield f"- {_said(thread.comment, where)}"
    for reply in thread.replies:
        yield f"  - {_said(reply, '')}"


def _said(comment: Comment, where: str) -> str:
    about = phrases.listed([where, f"“{phrases.clip(comment.quote, 60)}”" if comment.quote and not comment.parent else ""], " ")
    name = phrases.listed([comment.author or "an unnamed author", phrases.day(comment.date)])
    state = " (resolved)" if comment.resolved else ""
    return escape(safe_line(f"{name}{f', on {about}' if about else ''}{state}: {comment.text}"))


def comparison(view: Comparison, *, clause: str | None = None, only: frozenset[str] = frozenset(), whole: bool = False) -> str:
    """The redline as Markdown: figures, then clause by clause what `text.comparison` shows, struck and inserted words in
    `<del>` and `<ins>` (which CommonMark passes through), who and when below.
    """
    reading = Reading(view)
    out = [f"# {' → '.join(map(_flat, phrases.versions(view)))}",
           "\n".join(f"- {_flat(part)}" for part in phrases.tally(view, hidden=not whole)),
           _flat(phrases.narrowed(only))]
    out.append("\n".join(f"- {_flat(said)}" for said in phrases.unplaced(view)))
    for one in reading.choose(clause=clause, only=only, whole=whole):
        if one.items:
            out.append(_section(one.block))
        for item in one.items:
            out.extend(_item(item, one.block, view, only))
    return "\n\n".join(part for part in out if part) + "\n"


def _flat(text: str) -> str:
    return escape(safe_line(text), lead=True)


def _section(block: Block) -> str:
    if not block.numbered:
        return f"## {_flat(phrases.story_name(block.clause.story))}"
    label = f"{block.was} → {block.label}" if block.was else block.label
    heading = block.lead if block.titled else block.clause.heading
    return "## " + _flat(phrases.listed([label, heading], " ")).replace("#", r"\#")


def _item(item: Item, block: Block, view: Comparison, only: frozenset[str]) -> Iterator[str]:
    opening = item is block.first and block.numbered and block.opens
    if not (opening and item.heading and not item.words_changed):
        lead = "" if opening else _label(item.paragraph)
        yield "\n".join(lines(item.paragraph, HTML, lead=lead))
    notes = list(item.moves)
    for hand in wording.hands(item.changes, view, formats=False, only=only):
        tail = hand.ids if hand.words else ()
        notes.append(phrases.listed([phrases.listed([hand.words, hand.who], " "), *tail], " · "))
    notes += [f"→ {note}" for note in phrases.decisions(item.changes, view)]
    notes += phrases.struck_notes(item.paragraph)
    for thread in item.threads:
        notes += [_spoken(comment) for comment in (thread.comment, *thread.replies)]
    for flag in item.flags:
        notes += _flagged(flag, view)
    yield "\n".join(f"> {_flat(note)}\\" for note in notes if note).removesuffix("\\")


def _spoken(comment: Comment) -> str:
    return f"{phrases.listed([comment.author or 'an unnamed author', phrases.day(comment.date)])}: {comment.text}"


def _flagged(flag: Flag, view: Comparison) -> Iterator[str]:
    if flag.kind is FlagKind.UNTRACKED:
        return
    yield f"{phrases.flag_title(flag, view)}: {phrases.flag_text(flag)}"
    for part, pieces in evidence.facts(flag):
        yield f"{part}: " + "".join(f"{{={text}=}}" if hit else text for text, hit in pieces)
