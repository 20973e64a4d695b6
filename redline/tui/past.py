"""What Insight tells in words: how long each stretch took, what became of a clause, who brought in which words. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from redline.model import Kind, Redline
from redline.render import blame as told
from redline.render.reports import bar, history_words
from redline.text import safe_line
from redline.tui import safe
from redline.tui.evidence import LOUD, MUTED, day
from redline.tui.page.pieces import Piece, Tone, shown
from redline.tui.page.runs import lines, sign
from redline.tui.page.wrap import wrap
from redline.tui.status import count
from redline.views import Blame, Cycle, HistoryRow

_INDENT = 13
_STYLES = {"ins": "underline $primary", "del": "strike $warning", "move_to": "underline italic", "move_from": "strike italic"}


def stages(cycle: Cycle, width: int) -> Content:
    """Each stretch of the way as a bar of its median; always with its range and how many deals it stands on."""
    if not cycle.stages:
        return safe.parts(("No turn was answered yet, so there is nothing to count.", MUTED))
    longest = max(stage.median for stage in cycle.stages)
    names = max(len(stage.name) for stage in cycle.stages)
    room = max(6, min(40, width - names - 42))
    rows = [safe.parts(("How long each stretch took", "bold"), ("  median, range, number of deals; █ us  ░ them  ▒ both", MUTED)),
            safe.parts(("", ""))]
    for stage in cycle.stages:
        span = f"{stage.shortest:.0f} to {stage.longest:.0f}"
        rows.append(safe.parts((f"{stage.name:<{names}}  ", ""), (f"{stage.median:>5.1f} days  ", "bold"),
                               (f"{bar(stage, longest, room):<{room}}", ""), (f"  {span:>10}  {count(stage.deals, 'deal')}", MUTED)))
    return safe.lines(rows)


def history(clause: str, rows: tuple[HistoryRow, ...] | str, width: int) -> Content:
    """What each deal made of a clause, and how that deal ended; or a sentence instead."""
    out = [safe.parts((f"Clause {safe_line(clause, 80)}", "bold"))]
    if isinstance(rows, str):
        return safe.lines([*out, safe.parts(("", "")), safe.content(rows)])
    out += [safe.parts((history_words(rows) if rows else "no deal has touched it", MUTED)), safe.parts(("", ""))]
    for row in rows:
        ended = f"{row.outcome}{': ' + safe_line(row.reason, 120) if row.reason else ''}"
        out.append(safe.parts(
            (f"{day(row.date):>11}  ", MUTED), (safe_line(row.deal), "bold"), (f"  {safe_line(row.label)}", ""),
            (f"  {safe_line(row.who)}", MUTED), (f"  {ended}", "bold" if row.outcome == "lost" else MUTED),
        ))
        out.extend(_redline(row.redline, width))
        out.append(safe.parts(("", "")))
    return safe.lines(out)


def _redline(redline: Redline, width: int) -> Iterator[Content]:
    for paragraph in redline.paragraphs:
        pieces = [Piece(shown(one.text), Tone(one.kind.value)) for one in paragraph.segments if one.kind is not Kind.GONE]
        for runs in lines(pieces, max(20, width - _INDENT)):
            mark = sign(run.tone.kind for run in runs)
            yield safe.parts(
                (f"{mark:>{_INDENT - 2}}  ", "bold"), *((run.text, _STYLES.get(run.tone.kind, "")) for run in runs)
            )


def blame(view: Blame, width: int) -> Content:
    """The sources of a version's words, then the paragraphs with words that came in later; of one clause all of them."""
    signs = told.letters(view)
    out = [safe.parts((told.heading(view), "bold"))]
    for mark, source in zip(signs, view.sources, strict=True):
        out.append(safe.parts((f"  {mark}  ", "bold"), (told.source_words(source, view.words), MUTED if source.first else ""),
                              ("" if source.tracked else "  UNTRACKED", LOUD)))
    rows = [row for row in view.rows if view.clause or told.brought(row, view)]
    for row in rows:
        out.append(safe.parts(("", "")))
        for number, (text, by) in enumerate(row.pieces):
            label = f"{safe_line(row.label)} " if row.label and not number else ""
            style = MUTED if view.sources[by].first else "underline"
            if text.strip():
                out.extend(_piece(signs[by], label, shown(text.strip()), style, max(20, width - 6)))
    if hidden := len(view.rows) - len(rows):
        out += [safe.parts(("", "")), safe.parts((f"{count(hidden, 'paragraph')} that nobody changed", MUTED))]
    return safe.lines(out)


def _piece(mark: str, label: str, text: str, style: str, width: int) -> Iterator[Content]:
    whole = label + text
    for number, (start, end) in enumerate(wrap(whole, width)):
        name = whole[start:min(end, len(label))] if not number else ""
        yield safe.parts((f"  {mark if not number else ' '}  ", "bold"), (name, "bold"), (whole[start + len(name):end], style))
