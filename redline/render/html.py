"""HTML: a comparison as one file that needs nothing else, to be opened, printed, or sent on.

No script, no address, no resource: the content security policy in its head forbids all of them. Everything that comes from a
document goes through `html_parts`, which shows control and bidi characters as marks and escapes; no attribute takes contract text but
`title`, which says who made a change. Changes of formatting and layout are there, but hidden until the box in the head is ticked.
Insertions and deletions are `<ins>` and `<del>`, evidence is `<details>`, notes stand beside their paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from redline.model import ChangeKind, Kind, Paragraph, Segment
from redline.render import evidence, phrases, wording
from redline.render.blocks import Block, Item, Reading
from redline.render.counting import counts, silent
from redline.render.html_parts import class_of, comment_of, escaped, hands_of, lang_of, matched, name_of, sign_of, untracked
from redline.render.html_style import CSS
from redline.render.parts import cells_of, mark_shows
from redline.text import safe_line
from redline.views import Comparison, Flag, FlagKind

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def comparison(view: Comparison) -> str:
    """The whole redline: head, table of clauses, then every paragraph; clauses without changes are folded away."""
    page = _Page(view)
    names = phrases.versions(view)
    return "\n".join([
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{escaped(safe_line(' → '.join(names), 120))}</title>",
        f"<style>{CSS}</style>",
        "</head>",
        "<body>",
        *page.toggle(),
        "<header>",
        f"<h1>{' → '.join(map(name_of, names))}</h1>",
        *page.tally(),
        "</header>",
        *page.contents(),
        f"<main{lang_of(view.language)}>",
        *page.sections(),
        "</main>",
        "<footer>Inserted words are underlined, deleted ones struck, moved ones doubly so. A dashed frame marks what was changed"
        " with Word’s track changes off.</footer>",
        "</body>",
        "</html>",
        "",
    ])


class _Page:
    """The parts of one page. Blocks are numbered in order; `#b3` is the fourth."""

    def __init__(self, view: Comparison) -> None:
        self.view = view
        self.reading = Reading(view)
        self.parts = {(span.paragraph, number): change for change in view.changes for span in change.spans
                      for number in (*range(span.first, span.last), *((-1,) if span.mark else ()))}
        noteworthy = {item.index for block in Reading(view, formats=False).blocks for item in block.items if item.noteworthy}
        self.noted = [any(item.index in noteworthy for item in block.items) for block in self.reading.blocks]
        self.formatted = [any(item.format_changed for item in block.items) for block in self.reading.blocks]
        self.spacing = {change.id for change in view.changes if change.kind is ChangeKind.FORMAT}
        around = {parent for noted, block in zip(self.noted, self.reading.blocks, strict=True) if noted for parent in block.parents}
        self.open = [noted or (block.number in around and block.opens)
                     for noted, block in zip(self.noted, self.reading.blocks, strict=True)]
        self.formats = phrases.formatting(counts(view))

    def toggle(self) -> Iterator[str]:
        """The box that shows changes of formatting, where there are any; what is said of them in the head is its label."""
        if self.formats:
            yield '<input type="checkbox" id="all" aria-label="show changes of formatting">'

    def tally(self) -> Iterator[str]:
        yield '<ul class="tally">'
        for part in phrases.tally(self.view, hidden=False):
            if part == self.formats:
                yield (f'<li><label for="all">{escaped(part)} <span class="if-hidden">hidden: show them</span>'
                       '<span class="if-shown">shown: hide them</span></label></li>')
                continue
            alarm = phrases.UNTRACKED in part or ("flag" in part and "before" not in part)
            yield f"<li{class_of('alarm' if alarm else '')}>{escaped(safe_line(part))}</li>"
        yield "</ul>"
        gaps = list(phrases.unplaced(self.view))
        if gaps:
            yield '<ul class="gaps">' + "".join(f"<li>{escaped(safe_line(gap))}</li>" for gap in gaps) + "</ul>"

    def contents(self) -> Iterator[str]:
        """The table of the clauses that have something to show."""
        rows = [(number, block) for number, block in enumerate(self.reading.blocks) if self.noted[number] or self.formatted[number]]
        if not rows:
            return
        heads = ("changes", "untracked", "comments", "flags")
        yield "<nav><table><thead><tr><th>clause</th>" + "".join(f'<th class="figure">{head}</th>' for head in heads) + "</tr></thead>"
        yield "<tbody>"
        for number, block in rows:
            figures = (
                sum(change.kind is not ChangeKind.FORMAT for change in block.changes),
                sum(silent(change.attributions) for change in block.changes if change.kind is not ChangeKind.FORMAT),
                sum(1 + len(thread.replies) for item in block.items for thread in item.threads),
                sum(flag.kind is not FlagKind.UNTRACKED for item in block.items for flag in item.flags),
            )
            cells = "".join(f'<td class="figure">{figure or "–"}</td>' for figure in figures)
            row = class_of("" if self.noted[number] else "noise")
            yield f'<tr{row}><td><a href="#b{number}">{name_of(self._title(block))}</a></td>{cells}</tr>'
        yield "</tbody></table></nav>"

    def _title(self, block: Block) -> str:
        if not block.numbered:
            return phrases.story_name(block.clause.story)
        return phrases.listed([block.label, safe_line(block.lead, 60)], "  ")

    def sections(self) -> Iterator[str]:
        """All blocks, those in a row without anything to show, or with nothing but formatting, folded into one `<details>`."""
        numbered = enumerate(self.reading.blocks)
        for (opened, formatted), group in groupby(numbered, key=lambda pair: (
                self.open[pair[0]], self.formatted[pair[0]] and not self.open[pair[0]])):
            blocks = list(group)
            drawn = [line for number, block in blocks for line in self._section(number, block)]
            if opened:
                yield from drawn
                continue
            count = sum(block.numbered for _, block in blocks)
            what = phrases.number(count, "clause") if count else "text"
            state = "with changes of formatting only" if formatted else "unchanged"
            yield f'<details class="same"><summary>… {what} {state}</summary>'
            yield from drawn
            yield "</details>"

    def _section(self, number: int, block: Block) -> Iterator[str]:
        yield f'<section id="b{number}">'
        for table, group in groupby(block.items, key=lambda item: item.row and item.row[0]):
            items = list(group)
            if table is None:
                for item in items:
                    yield from self._item(item, block)
            else:
                yield from self._table(items, block)
        yield "</section>"

    def _item(self, item: Item, block: Block) -> Iterator[str]:
        yield '<div class="item">'
        yield f'<div class="gutter">{sign_of([item])}</div><div class="text">{self._paragraph(item, block)}</div>'
        notes = "".join(self._notes(item))
        if notes:
            yield f'<aside class="notes">{notes}</aside>'
        yield "</div>"

    def _table(self, items: Sequence[Item], block: Block) -> Iterator[str]:
        """A table, or the rows of it that belong to one clause; notes in a column of their own."""
        width = max(cells_of(item.paragraph)[0].column for item in items) + 1
        yield f'<div class="item wide"><div class="gutter">{sign_of(items)}</div><div class="text"><table>'
        yield "<colgroup>" + "<col>" * width + '<col class="beside"></colgroup>'
        for _, group in groupby(items, key=lambda item: item.row):
            row = list(group)
            beside = "".join(dict.fromkeys(note for item in row for note in self._notes(item)))
            cells = "".join(self._cells(row, block, width, depth=0))
            yield f'<tr>{cells}<td class="beside notes">{beside}</td></tr>'
        yield "</table></div></div>"

    def _cells(self, row: Sequence[Item], block: Block, width: int, depth: int) -> Iterator[str]:
        """The cells of one row at one depth of nesting; a cell reaches to where the next one starts."""
        columns = [(column, list(group)) for column, group in
                   groupby(row, key=lambda item: cells_of(item.paragraph)[depth].column)]
        for place, (column, items) in enumerate(columns):
            if place == 0 and column > 0:
                yield "<td></td>" * column
            reach = (columns[place + 1][0] if place + 1 < len(columns) else width) - column
            span = f' colspan="{reach}"' if reach > 1 else ""
            yield f"<td{span}{self._script(items)}>{''.join(self._inside(items, block, depth + 1))}</td>"

    def _inside(self, items: Sequence[Item], block: Block, depth: int) -> Iterator[str]:
        """What stands in a cell: paragraphs, and tables in it."""
        for nested, group in groupby(items, key=lambda item: next((cell.table for cell in cells_of(item.paragraph)[depth:]), None)):
            members = list(group)
            if nested is None:
                yield from (self._paragraph(item, block) for item in members)
                continue
            width = max(cells_of(item.paragraph)[depth].column for item in members) + 1
            rows = groupby(members, key=lambda item: cells_of(item.paragraph)[depth].row)
            yield "<table>" + "".join(f"<tr>{''.join(self._cells(list(row), block, width, depth))}</tr>" for _, row in rows)
            yield "</table>"

    def _script(self, items: Iterable[Item]) -> str:
        """In a contract of two languages, which one a cell is in."""
        if "+" not in self.view.language:
            return ""
        text = "".join(item.paragraph.text for item in items)
        cyrillic = sum("\u0400" <= char <= "\u04ff" for char in text)
        latin = sum(char.isascii() and char.isalpha() for char in text)
        return ' lang="ru"' if cyrillic > latin else ' lang="en"' if latin else ""

    def _paragraph(self, item: Item, block: Block) -> str:
        paragraph = item.paragraph
        text = self._label(item, block) + "".join(self._pieces(paragraph, item.index))
        tag = f"h{min(2 + (paragraph.props.level or 0), 6)}" if item.heading and paragraph.props.cell is None else "p"
        return f'<{tag} id="p{item.index}" dir="auto">{text}</{tag}>'

    def _label(self, item: Item, block: Block) -> str:
        opening = item is block.first and block.numbered and block.opens
        old, new = item.paragraph.old, item.paragraph.new
        was = block.was if opening else old.label if old and new and old.label != new.label else ""
        label = block.label if opening else item.paragraph.props.label
        if not label and not was:
            return ""
        before = f'<span class="was">{escaped(safe_line(was))} → </span>' if was else ""
        return f'<span class="label">{before}{escaped(safe_line(label or "no number"))}</span>'

    def _told(self, index: int, number: int) -> str:
        """The attributes that say who made the change that a segment (−1: the mark) belongs to, and its id."""
        change = self.parts.get((index, number))
        if change is None:
            return ""
        who = phrases.who(change)
        return (f' title="{escaped(safe_line(who))}"' if who else "") + f' data-change="{change.id}"'

    def _pieces(self, paragraph: Paragraph, index: int) -> Iterator[str]:
        for number, segment in enumerate(paragraph.segments):
            if segment.text:
                yield self._segment(segment, self._told(index, number), self._spacing(index, number))
        if mark_shows(paragraph):
            tag = "ins" if paragraph.mark in (Kind.INS, Kind.MOVE_TO) else "del"
            told = self._told(index, -1)
            yield f'<{tag} class="mark{untracked(paragraph.attribution)}{self._spacing(index, -1)}"{told}>¶</{tag}>'

    def _spacing(self, index: int, number: int) -> str:
        """The class of what came or went and is no word: hidden with the formatting."""
        change = self.parts.get((index, number))
        return f" {'spacing' if number >= 0 else 'noise'}" if change is not None and change.id in self.spacing else ""

    def _segment(self, segment: Segment, told: str, spacing: str) -> str:
        text = escaped(phrases.shown(segment))
        for look, tag in (("bold", "b"), ("italic", "i")):
            if look in segment.look:
                text = f"<{tag}>{text}</{tag}>"
        if segment.kind is Kind.SAME:
            return text
        if segment.kind is Kind.FORMAT:
            return f'<span class="format">{text}</span>'
        if segment.kind is Kind.GONE:
            return f'<ins class="gone"><del>{text}</del></ins>'
        tag = "ins" if segment.kind.in_new else "del"
        names = ("move" if segment.kind in (Kind.MOVE_FROM, Kind.MOVE_TO) else "") + untracked(segment.attribution) + spacing
        when = segment.attribution.date if segment.attribution and segment.attribution.tracked else None
        date = f' datetime="{when.isoformat()}"' if when else ""
        return f"<{tag}{class_of(names)}{date}{told}>{text}</{tag}>"

    def _notes(self, item: Item) -> Iterator[str]:
        yield from (f"<p>↔ {escaped(move)}</p>" for move in item.moves)
        calm, full = (wording.hands(item.changes, self.view, formats=formats) for formats in (False, True))
        if calm == full:
            yield from hands_of(full)
        else:
            yield from hands_of(calm, "calm")
            yield from hands_of(full, "noise")
        yield from (f"<p><strong>→ {name_of(note)}</strong></p>" for note in phrases.decisions((*item.changes, *item.layout), self.view))
        yield from (f"<p>{name_of(note)}</p>" for note in phrases.struck_notes(item.paragraph))
        yield from (f'<p class="noise">format: {name_of(note)}</p>' for note in phrases.format_notes(item.paragraph))
        yield from (f'<p class="noise">{name_of(phrases.layout_note(one))}</p>' for one in item.layout)
        for thread in item.threads:
            replies = "".join(comment_of(reply) for reply in thread.replies)
            yield comment_of(thread.comment, replies)
        for flag in item.flags:
            yield from self._flag(flag)

    def _flag(self, flag: Flag) -> Iterator[str]:
        if flag.kind is FlagKind.UNTRACKED:
            return
        names = "flag" + ("" if flag.loud else " quiet") + (" relief" if flag.kind is FlagKind.RELIEF else "")
        word = phrases.flag_name(flag)
        name = f"<strong>{word}</strong>{phrases.flag_title(flag, self.view).removeprefix(word)}"
        if flag.evidence is None:
            yield f'<div class="{names}">{name} {name_of(phrases.flag_text(flag))}</div>'
            return
        facts = "".join(f'<dt>{name}</dt><dd dir="auto">{matched(pieces)}</dd>' for name, pieces in evidence.facts(flag))
        yield f'<details class="{names}"><summary>{name} {name_of(phrases.flag_text(flag))}</summary><dl>{facts}</dl></details>'
