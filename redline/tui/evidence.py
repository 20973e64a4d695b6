"""What is known about the change under the cursor, as text to be shown: who and when, tracked or not, the comments, and the
killer that came back, its words beside ours.

Pure: views in, contents out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from textual.content import Content

from redline.model import Attribution, Change, ChangeKind
from redline.text import safe_line
from redline.tui import safe
from redline.tui.page.index import Index
from redline.tui.walk import Spot
from redline.views import Evidence, Flag, FlagKind

MUTED = "$foreground-muted"
LOUD = "bold $warning"
_VERBS = {ChangeKind.INSERT: "put in", ChangeKind.DELETE: "took out", ChangeKind.REPLACE: "replaced", ChangeKind.MOVE: "moved",
          ChangeKind.FORMAT: "changed the look of"}


def day(date: datetime | None) -> str:
    """A date as people write it: 4 Mar 2026; "" for none."""
    return f"{date.day} {date:%b %Y}" if date else ""


def evidence(index: Index, spot: Spot, width: int) -> Content:
    """Everything about a spot, `width` cells wide where columns are drawn."""
    rows: list[Content] = []
    if 0 <= spot.change < len(index.changes):
        rows.extend(_change(index, index.changes[spot.change]))
    flags = index.flags_at(spot.paragraph)
    if 0 <= spot.flag < len(index.comparison.flags):
        chosen = index.comparison.flags[spot.flag]
        flags = (chosen, *(flag for flag in flags if flag is not chosen))
    for flag in flags:
        if not (flag.kind is FlagKind.UNTRACKED and spot.change >= 0):
            rows.extend(_flag(index, flag))
    rows.extend(_comments(index, spot.paragraph))
    if not rows:
        clause = index.clause_at(spot.paragraph)
        where = safe_line(f"{clause.label} {clause.heading}".strip()) if clause else ""
        rows.append(safe.parts((f"{where}  " if where else "", "bold"), ("no change, flag or comment here", MUTED)))
    return safe.lines(rows)


def _change(index: Index, change: Change) -> Iterator[Content]:
    number = safe_line(change.label)
    clause = index.clause_at(change.spans[0].paragraph) if change.spans else None
    heading = safe_line(clause.heading, 48) if clause else ""
    untracked = index.untracked(change)
    yield safe.parts(
        (f"{number} " if number else "", "bold"), (f"{heading}  " if heading else " " if number else "", "bold"),
        ("UNTRACKED" if untracked else "tracked", LOUD if untracked else MUTED),
        ("  " + "; ".join(_who(who, change.kind) for who in change.attributions) if change.attributions else "", ""),
    )
    if untracked:
        yield safe.content("Word's track changes do not show this edit: it was made with tracking off.", MUTED)
    yield _words(index, change)


def _who(who: Attribution, kind: ChangeKind) -> str:
    name = safe_line(who.author) or "somebody"
    date = day(who.date)
    turn = f", turn {who.turn}" if who.turn else ""
    return f"{name} {_VERBS[kind]} this{' on ' + date if date else ''}{turn}"


def _words(index: Index, change: Change) -> Content:
    old, new = safe_line(change.old_text, 160), safe_line(change.new_text, 160)
    if change.kind is ChangeKind.MOVE:
        ends = next((index.moves[name] for span in change.spans if (name := _move(index, span.paragraph))), None)
        way = f"{ends.source or '…'} → {ends.target or '…'}  " if ends else ""
        return safe.parts(("↔ ", "bold"), (way, "bold"), (new or old, "italic"))
    if change.kind is ChangeKind.FORMAT:
        return safe.parts(("~ ", "bold"), (new or old, "underline"))
    return safe.parts(
        ("− " if old else "", "bold"), (old, "strike $warning"), ("   " if old and new else "", ""),
        ("+ " if new else "", "bold"), (new, "underline $primary"),
    )


def _move(index: Index, paragraph: int) -> str:
    one = index.paragraphs[paragraph]
    return one.move or next((segment.move for segment in one.segments if segment.move), "")


def _flag(index: Index, flag: Flag) -> Iterator[Content]:
    if flag.evidence is None:
        sign, style = ("U ", LOUD) if flag.kind is FlagKind.UNTRACKED else ("? ", LOUD if flag.loud else MUTED)
        yield safe.parts((sign, style), (safe_line(flag.message), ""))
        return
    found = flag.evidence
    head = "! KILLER came back" if flag.kind is FlagKind.KILLER else "✓ killer's words struck out"
    if flag.kind is FlagKind.KILLER and not flag.loud:
        head = "! killer stands here, not changed in this turn"
    yield Content("")
    yield safe.parts((f"{head}: ", LOUD if flag.loud else "bold"), (safe_line(found.title), "bold"))
    lost = f"cost us {safe_line(found.deal)}" if found.deal else ""
    yield safe.parts(
        (" · ".join(word for word in (lost, day(found.date), safe_line(found.severity), safe_line(found.verdict)) if word), ""),
    )
    if found.reason:
        yield safe.parts(("why  ", MUTED), (safe_line(found.reason), ""))
    if found.why:
        yield safe.parts(("seen ", MUTED), (safe_line(found.why), ""))
    if found.offer:
        yield safe.parts(("say  ", MUTED), (safe_line(found.offer), "bold"))
    yield from _beside(index, found)


def _beside(index: Index, found: Evidence) -> Iterator[Content]:
    """The killer's text and ours, the matched words marked in both."""
    theirs = [span for _, span in found.words]
    yield safe.parts(("then ", MUTED)).append(_marked(found.text, theirs))
    for number in sorted({place[0] for place, _ in found.words}):
        if 0 <= number < len(index.paragraphs):
            ours = [(start, end) for (at, start, end), _ in found.words if at == number]
            yield safe.parts(("now  ", MUTED)).append(_marked(index.paragraphs[number].side("new"), ours))


def _marked(text: str, spans: list[tuple[int, int]]) -> Content:
    pieces: list[safe.Part] = []
    at = 0
    for start, end in sorted(spans):
        start, end = max(at, start), min(end, len(text))
        if start < end:
            pieces += [(text[at:start], ""), (text[start:end], "bold underline")]
            at = end
    pieces.append((text[at:], ""))
    return safe.parts(*((piece.replace("\n", " "), style) for piece, style in pieces))


def _comments(index: Index, paragraph: int) -> Iterator[Content]:
    for comment in index.thread_at(paragraph):
        lead = "   ↳ " if comment.parent else '" '
        who = safe_line(comment.author) or "somebody"
        done = " (resolved)" if comment.resolved else ""
        date = day(comment.date)
        yield safe.parts(
            (lead, "bold"), (who, "bold"), (f" {date}{done}: " if date or done else ": ", MUTED), (comment.text.strip(), ""),
        )
