"""HTML: a comparison as one file that needs nothing else, to be opened, printed, or sent on.

No script, no address, no resource: the content security policy in its head forbids all of them. Everything that comes from a
document goes through `_text`, which shows control and bidi characters as marks and escapes; no attribute takes contract text but `title`,
which says who made a change. Insertions and deletions are `<ins>` and `<del>`, evidence is `<details>`, notes stand beside their paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from redline.model import Attribution, ChangeKind, Comment, Kind, Paragraph, Segment
from redline.render import phrases, wording
from redline.render.blocks import Block, Item, Reading, silent
from redline.render.html_style import CSS
from redline.render.lines import INKS, gutter
from redline.render.parts import cells_of, mark_shows
from redline.text import safe, safe_line
from redline.views import Comparison, Flag, FlagKind

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


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
        f"<title>{_text(safe_line(' → '.join(names), 120))}</title>",
        f"<style>{CSS}</style>",
        "</head>",
        "<body>",
        "<header>",
        f"<h1>{' → '.join(map(_name, names))}</h1>",
        *page.tally(),
        "</header>",
        *page.contents(),
        f"<main{_lang(view.language)}>",
        *page.sections(),
        "</main>",
        "<footer>Inserted words are underlined, deleted ones struck, moved ones doubly so. A dashed frame marks what was changed"
        " with Word’s track changes off.</footer>",
        "</body>",
        "</html>",
        "",
    ])


def _text(text: str) -> str:
    """Contract text, a name, a message: safe and escaped."""
    return escape(safe(text), quote=True)


def _name(text: str) -> str:
    """A name or title in running text, kept apart from the direction of its surroundings."""
    return f"<bdi>{_text(safe_line(text))}</bdi>"


def _class(names: str) -> str:
    return f' class="{names.strip()}"' if names else ""


def _lang(language: str) -> str:
    return f' lang="{language}"' if _LANGUAGE.fullmatch(language) else ""


class _Page:
    """The parts of one page. Blocks are numbered in order; `#b3` is the fourth."""

    def __init__(self, view: Comparison) -> None:
        self.view = view
        self.reading = Reading(view)
        self.parts = {(span.paragraph, number): change for change in view.changes for span in change.spans
                      for number in (*range(span.first, span.last), *((-1,) if span.mark else ()))}
        self.noted = [any(item.noteworthy or item.format_changed for item in block.items) for block in self.reading.blocks]
        around = {parent for noted, block in zip(self.noted, self.reading.blocks, strict=True) if noted for parent in block.parents}
        self.open = [noted or (block.number in around and block.opens)
                     for noted, block in zip(self.noted, self.reading.blocks, strict=True)]

    def tally(self) -> Iterator[str]:
        yield '<ul class="tally">'
        for part in phrases.tally(self.view, hidden=False):
            alarm = phrases.UNTRACKED in part or ("flag" in part and "before" not in part)
            yield f"<li{_class('alarm' if alarm else '')}>{_text(safe_line(part))}</li>"
        yield "</ul>"
        gaps = list(phrases.unplaced(self.view))
        if gaps:
            yield '<ul class="gaps">' + "".join(f"<li>{_text(safe_line(gap))}</li>" for gap in gaps) + "</ul>"

    def contents(self) -> Iterator[str]:
        """The table of the clauses that have something to show."""
        rows = [(number, block) for number, block in enumerate(self.reading.blocks) if self.noted[number]]
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
            yield f'<tr><td><a href="#b{number}">{_name(self._title(block))}</a></td>{cells}</tr>'
        yield "</tbody></table></nav>"

    def _title(self, block: Block) -> str:
        if not block.numbered:
            return phrases.story_name(block.clause.story)
        return phrases.listed([block.label, safe_line(block.lead, 60)], "  ")

    def sections(self) -> Iterator[str]:
        """All blocks, those in a row without anything to show folded into one `<details>`."""
        numbered = enumerate(self.reading.blocks)
        for opened, group in groupby(numbered, key=lambda pair: self.open[pair[0]]):
            blocks = list(group)
            drawn = [line for number, block in blocks for line in self._section(number, block)]
            if opened:
                yield from drawn
                continue
            count = sum(block.numbered for _, block in blocks)
            what = phrases.number(count, "clause") if count else "text"
            yield f'<details class="same"><summary>… {what} unchanged</summary>'
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
        yield f'<div class="gutter">{_sign([item])}</div><div class="text">{self._paragraph(item, block)}</div>'
        notes = "".join(self._notes(item))
        if notes:
            yield f'<aside class="notes">{notes}</aside>'
        yield "</div>"

    def _table(self, items: Sequence[Item], block: Block) -> Iterator[str]:
        """A table, or the rows of it that belong to one clause; notes in a column of their own."""
        width = max(cells_of(item.paragraph)[0].column for item in items) + 1
        yield f'<div class="item wide"><div class="gutter">{_sign(items)}</div><div class="text"><table>'
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
        before = f'<span class="was">{_text(safe_line(was))} → </span>' if was else ""
        return f'<span class="label">{before}{_text(safe_line(label or "no number"))}</span>'

    def _told(self, index: int, number: int) -> str:
        """The attributes that say who made the change that a segment (−1: the mark) belongs to, and its id."""
        change = self.parts.get((index, number))
        if change is None:
            return ""
        who = phrases.who(change)
        return (f' title="{_text(safe_line(who))}"' if who else "") + f' data-change="{change.id}"'

    def _pieces(self, paragraph: Paragraph, index: int) -> Iterator[str]:
        for number, segment in enumerate(paragraph.segments):
            if segment.text:
                yield self._segment(segment, self._told(index, number))
        if mark_shows(paragraph):
            tag = "ins" if paragraph.mark in (Kind.INS, Kind.MOVE_TO) else "del"
            told = self._told(index, -1)
            yield f'<{tag} class="mark{_quiet(paragraph.attribution)}"{told}>¶</{tag}>'

    def _segment(self, segment: Segment, told: str) -> str:
        text = _text(phrases.shown(segment))
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
        names = ("move" if segment.kind in (Kind.MOVE_FROM, Kind.MOVE_TO) else "") + _quiet(segment.attribution)
        when = segment.attribution.date if segment.attribution and segment.attribution.tracked else None
        date = f' datetime="{when.isoformat()}"' if when else ""
        return f"<{tag}{_class(names)}{date}{told}>{text}</{tag}>"

    def _notes(self, item: Item) -> Iterator[str]:
        yield from (f"<p>↔ {_text(move)}</p>" for move in item.moves)
        for hand in wording.hands(item.changes, self.view, formats=True):
            if hand.words or hand.who:
                silently = hand.who.startswith(phrases.UNTRACKED)
                alarm = f' <span class="badge">{phrases.UNTRACKED}</span>' if silently else ""
                who = hand.who.removeprefix(phrases.UNTRACKED).lstrip(", ") if silently else hand.who
                parts = [_name(hand.words) if hand.words else "", alarm, _name(who) if who else ""]
                yield f"<p>{' '.join(part.strip() for part in parts if part)}</p>"
        yield from (f"<p>{_name(note)}</p>" for note in phrases.struck_notes(item.paragraph))
        yield from (f"<p>format: {_name(note)}</p>" for note in phrases.format_notes(item.paragraph))
        for thread in item.threads:
            replies = "".join(_comment(reply) for reply in thread.replies)
            yield _comment(thread.comment, replies)
        for flag in item.flags:
            yield from self._flag(flag)

    def _flag(self, flag: Flag) -> Iterator[str]:
        if flag.kind is FlagKind.UNTRACKED:
            return
        names = "flag" + ("" if flag.loud else " quiet") + (" relief" if flag.kind is FlagKind.RELIEF else "")
        word = phrases.flag_name(flag)
        name = f"<strong>{word}</strong>{phrases.flag_title(flag, self.view).removeprefix(word)}"
        if flag.evidence is None:
            yield f'<div class="{names}">{name} {_name(phrases.flag_text(flag))}</div>'
            return
        facts = "".join(f'<dt>{name}</dt><dd dir="auto">{_text(safe_line(text))}</dd>'
                        for name, text in phrases.evidence_lines(flag, self.view))
        yield f'<details class="{names}"><summary>{name} {_name(phrases.flag_text(flag))}</summary><dl>{facts}</dl></details>'


def _quiet(one: Attribution | None) -> str:
    return " untracked" if silent((one,) if one else ()) else ""


def _comment(comment: Comment, replies: str = "") -> str:
    about = f" on {_name('“' + phrases.clip(comment.quote, 60) + '”')}" if comment.quote and not comment.parent else ""
    when = f", <time>{phrases.day(comment.date)}</time>" if comment.date else ""
    state = " (resolved)" if comment.resolved else ""
    body = f'<p dir="auto">{_text(comment.text)}</p>{replies}'
    return f'<div class="comment">{_name(comment.author or "an unnamed author")}{when}{about}{state}{body}</div>'


def _sign(items: Iterable[Item]) -> str:
    """The gutter sign of a paragraph or of a table."""
    inks = [INKS[segment.kind] for item in items for segment in item.paragraph.segments]
    inks += [INKS[item.paragraph.mark] for item in items]
    return gutter(inks).strip()
