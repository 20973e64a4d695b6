"""What is known about the change under the cursor, as text to be shown: who and when, tracked or not, the comments, and the
killer that came back, its words beside ours.

Pure: views in, contents out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date as Date

from textual.content import Content

from redline.model import Attribution, Change, ChangeKind
from redline.render import evidence as told
from redline.text import safe_line
from redline.tui import safe
from redline.tui.marks import DONE, SIGNS, Marks
from redline.tui.page.index import Ends, Index
from redline.tui.page.pieces import Piece, Tone, shown
from redline.tui.page.runs import lines, padded
from redline.tui.walk import NOTHING, Spot
from redline.views import Evidence, Flag, FlagKind, Verdict

MUTED = "$foreground-muted"
LOUD = "bold $warning"
COLUMNS_FROM = 76
"""Cells from which a killer's text and ours stand beside each other."""
_DID = {ChangeKind.INSERT: "put this in", ChangeKind.DELETE: "took this out", ChangeKind.REPLACE: "replaced this",
        ChangeKind.MOVE: "moved this", ChangeKind.FORMAT: "changed how this looks"}


def day(date: Date | None) -> str:
    """A date as people write it: 4 Mar 2026; "" for none."""
    return f"{date.day} {date:%b %Y}" if date else ""


def evidence(index: Index, spot: Spot, width: int, *, noise: bool = False, marks: Marks = NOTHING) -> Content:
    """Everything about a spot, `width` cells wide where columns are drawn; `noise` shows what was done to the layout. What cannot be
    seen on the page comes first.
    """
    change = index.changes[spot.change] if 0 <= spot.change < len(index.changes) else None
    rows: list[Content] = list(_change(index, spot.change)) if change else []
    if change and marks.asked:
        rows.extend(decision(change, marks, open_=spot.change in index.weighty))
    for flag in _flags(index, spot):
        rows.extend(_flag(index, flag, width))
    rows.extend(_comments(index, spot.paragraph))
    if change:
        rows.extend(_words(index, change, width))
    if noise:
        rows.extend(_layout(index, spot.paragraph))
    return safe.lines(rows or [_nothing(index, spot)])


def _nothing(index: Index, spot: Spot) -> Content:
    where = place_of(index, spot.paragraph)
    return safe.parts((f"{where}  " if where else "", "bold"), ("no change, flag or comment here", MUTED))


def _flags(index: Index, spot: Spot) -> Iterator[Flag]:
    """The flags at a spot, the one the reader came for first. An untracked change says so itself."""
    flags = index.flags_at(spot.paragraph)
    if 0 <= spot.flag < len(index.comparison.flags):
        chosen = index.comparison.flags[spot.flag]
        flags = (chosen, *(flag for flag in flags if flag is not chosen))
    return (flag for flag in flags if flag.kind is not FlagKind.UNTRACKED or spot.change < 0)


def _change(index: Index, number_of: int) -> Iterator[Content]:
    change = index.changes[number_of]
    paragraph, _ = index.place(number_of)
    untracked = index.untracked(change)
    how = "UNTRACKED" if untracked else "tracked" if change.tracked else ""
    ends = ends_of(index, change)
    if ends is not None:
        where = f"{_end(index, ends.source, ends.leaves)} → {_end(index, ends.target, ends.arrives)}"
        people = [_who(one, "") for one in change.attributions]
        moved = [f"moved {each}" if each.startswith("in the file") else f"moved by {each}" for each in people]
        who = "; ".join(dict.fromkeys(moved)) or "moved"
        yield safe.parts((f"{where}: ", "bold"), (f"{who}  ", ""), (how, LOUD if untracked else MUTED))
    else:
        who = "; ".join(dict.fromkeys(_who(one, _DID[change.kind]) for one in change.attributions))
        pieces = ((place_of(index, paragraph, change.label), "bold"), (how, LOUD if untracked else MUTED), (who, ""))
        yield safe.parts(*((f"{text}  ", style) for text, style in pieces if text))
    if untracked:
        yield safe.content("Word's track changes do not show this edit: it was made with tracking off.", MUTED)


def decision(change: Change, marks: Marks, *, open_: bool = True) -> Iterator[Content]:
    """What we decided about a change, by whom, when, why, and what we offer instead; or that it waits."""
    made = marks.decisions.get(change.id)
    seen = "  seen" if change.id in marks.seen else ""
    if made is None:
        if open_ or seen:
            ways = "  a accepts, r rejects, c counters" if open_ else ""
            yield safe.parts(("open" if open_ else "", "bold"), (ways, MUTED), (seen, MUTED))
        return
    when = f"{day(made.date)}, {made.date:%H:%M}" if made.date else ""
    by = f" by {safe_line(made.by)}" if made.by else ""
    storing = "  being stored …" if change.id in marks.storing else ""
    yield safe.parts((f"{SIGNS[made.verdict]} {DONE[made.verdict]}", "bold $primary"), (f"{by}{' on ' + when if when else ''}", ""),
                     (storing + seen, MUTED))
    if made.why:
        yield safe.parts(("why     ", MUTED), (made.why, ""))
    if made.verdict is Verdict.COUNTER:
        whole = "ours, the whole paragraph  " if made.paragraph else "ours    "
        yield safe.parts((whole, MUTED), (made.text, "bold"))


def place_of(index: Index, paragraph: int, otherwise: str = "") -> str:
    """The number and the heading of the clause around a paragraph."""
    clause = index.clause_at(paragraph)
    number = safe_line(clause.path if clause and clause.path else otherwise)
    return f"{number} {safe_line(index.heading_at(paragraph), 48)}".strip()


def _end(index: Index, label: str, paragraph: int) -> str:
    """One end of a move: the number it has there, and the heading over it."""
    heading = safe_line(index.heading_at(paragraph), 48) if paragraph >= 0 else ""
    return f"{safe_line(label)} {heading}".strip() or "…"


def ends_of(index: Index, change: Change) -> Ends | None:
    """The two ends of a change that is a move."""
    if change.kind is not ChangeKind.MOVE:
        return None
    return next((index.moves[name] for span in change.spans if (name := _move(index, span.paragraph)) in index.moves), None)


def border(index: Index, change: Change) -> str:
    """What a change without a word in it did: to the borders of paragraphs, or to the space between words; "" for any other."""
    if (change.old_text + change.new_text).strip() or change.kind in (ChangeKind.MOVE, ChangeKind.FORMAT):
        return ""
    marks = [index.paragraphs[span.paragraph] for span in change.spans if span.mark]
    came = any(one.mark.in_new and not one.mark.in_old for one in marks)
    went = any(one.mark.in_old and not one.mark.in_new for one in marks)
    if came == went:
        return "paragraphs divided anew" if came else "only the space between words changed"
    if not any(one.text.strip() for one in marks):
        return "an empty paragraph was put in" if came else "an empty paragraph was taken out"
    return "paragraph split in two" if came else "two paragraphs joined"


def _who(who: Attribution, did: str) -> str:
    name = safe_line(who.author) or "somebody"
    date = day(who.date)
    turn = f", turn {who.turn}" if who.turn else ""
    if not who.tracked and who.deal:
        return f"in the file that {name} sent{' on ' + date if date else ''}{turn}"
    return f"{name}{f' {did}' if did else ''}{' on ' + date if date else ''}{turn}"


def _words(index: Index, change: Change, width: int) -> Iterator[Content]:
    """What was and what is, on one line where both fit."""
    old, new = safe_line(change.old_text, 400), safe_line(change.new_text, 400)
    if change.kind is ChangeKind.MOVE:
        yield safe.parts(("↔ ", "bold"), (new or old, "italic"))
    elif says := border(index, change):
        yield safe.parts(("¶ ", "bold"), (says, ""))
    elif change.kind is ChangeKind.FORMAT:
        yield safe.parts(("~ ", "bold"), (new or old, "underline"))
    else:
        went = safe.parts(("− ", "bold"), (old, "strike $warning")) if old else None
        came = safe.parts(("+ ", "bold"), (new, "underline $primary")) if new else None
        if went and came and len(old) + len(new) + 7 <= width:
            yield went.append(safe.content("   ")).append(came)
        else:
            yield from (one for one in (went, came) if one)


def _move(index: Index, paragraph: int) -> str:
    one = index.paragraphs[paragraph]
    return one.move or next((segment.move for segment in one.segments if segment.move), "")


def _flag(index: Index, flag: Flag, width: int) -> Iterator[Content]:
    found = flag.evidence
    if found is None:
        sign, style = ("U ", LOUD) if flag.kind is FlagKind.UNTRACKED else ("? ", LOUD if flag.loud else MUTED)
        yield safe.parts((sign, style), (safe_line(flag.message), ""))
        if flag.paragraph < 0:
            yield safe.content("This is about the whole file; it has no place in the text.", MUTED)
        return
    lost = f"cost us {safe_line(found.deal)}" if found.deal else ""
    story = " · ".join(word for word in (lost, day(found.date), safe_line(found.severity)) if word)
    match = ": ".join(word for word in (found.verdict, found.why) if word)
    yield safe.parts((_head(index, flag), LOUD if flag.loud else "bold"), (safe_line(found.title), "bold"), (f"  {story}", MUTED))
    rows = [("reason", found.reason, ""), ("fine", found.dismissed, ""), ("match", match, ""), ("figures", told.figures(found), "")]
    rows += [("others", told.agreement(one), "") for one in found.agreed]
    for name, text, style in (*rows, ("offer", found.offer, "bold")):
        if text:
            yield safe.parts((f"{name:<8}", MUTED), (safe_line(text), style))
    yield from _beside(index, found, width)


def _head(index: Index, flag: Flag) -> str:
    own = flag.evidence is not None and flag.evidence.deal == index.comparison.new.deal != ""
    if own and flag.kind is FlagKind.KILLER:
        return "! KILLER of this very deal: "
    if flag.kind is FlagKind.RELIEF:
        return "✓ gone from here: "
    if flag.evidence is not None and flag.evidence.dismissed:
        return "✓ called fine: "
    if flag.own and not flag.loud:
        return "! killer in our own base: "
    if flag.same_kind:
        return "! of the same kind as a killer: "
    return "! KILLER came back: " if flag.loud else "! killer that stood here before: "


def _beside(index: Index, found: Evidence, width: int) -> Iterator[Content]:
    """The killer's text and ours, the matched words marked in both; in two columns where there is room."""
    then = _marked(found.text, [span for _, span in found.words])
    here = sorted({place[0] for place, _ in found.words if 0 <= place[0] < len(index.paragraphs)})
    now = [
        piece for number in here
        for piece in [*_marked(index.paragraphs[number].side("new"), [(s, e) for (at, s, e), _ in found.words if at == number]),
                      Piece("\n", Tone("same"))]
    ][:-1]
    if width < COLUMNS_FROM:
        yield safe.parts(("then    ", MUTED), *_plain(then))
        if now:
            yield safe.parts(("now     ", MUTED), *_plain(now))
        return
    half = (width - 3) // 2
    left, right = lines(then, half), lines(now, half)
    name = safe_line(found.deal, half - 8)
    yield safe.parts((f"{f'then, {name}' if name else 'then':<{half}} │ now", MUTED))
    for place in range(max(len(left), len(right))):
        one, other = left[place] if place < len(left) else [], right[place] if place < len(right) else []
        yield safe.parts(*_plain(padded(one, half)), (" │ ", "$border"), *_plain(other))


def _plain(pieces: Sequence[Piece]) -> list[safe.Part]:
    return [(piece.text, "bold underline" if piece.tone.hit else "") for piece in pieces]


def _marked(text: str, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    """A text as pieces, the characters in `spans` marked."""
    pieces: list[Piece] = []
    at = 0
    for start, end in sorted(spans):
        start, end = max(at, start), min(end, len(text))
        if start < end:
            pieces += [Piece(shown(text[at:start]), Tone("same")), Piece(shown(text[start:end]), Tone("same", hit="killer"))]
            at = end
    return [*pieces, Piece(shown(text[at:]), Tone("same"))]


def _layout(index: Index, paragraph: int) -> Iterator[Content]:
    for one in index.layout_at(paragraph):
        who = _who(one.attribution, "") if one.attribution else ""
        times = f" ({one.count} records)" if one.count > 1 else ""
        yield safe.parts(("~ ", "bold"), (f"{safe_line(one.what)}{times} changed", ""), (f"  {who}" if who else "", MUTED))


def _comments(index: Index, paragraph: int) -> Iterator[Content]:
    for comment in index.thread_at(paragraph):
        lead = "   ↳ " if comment.parent else '" '
        who = safe_line(comment.author) or "somebody"
        done = " (resolved)" if comment.resolved else ""
        date = day(comment.date)
        yield safe.parts(
            (lead, "bold"), (who, "bold"), (f" {date}{done}: " if date or done else ": ", MUTED), (comment.text.strip(), ""),
        )
