"""Everything a person is shown, as JSON for programs. Each document is an object with `"schema": 1` and its `"kind"`.

The shapes are stable: a key once given stays, new ones may come. Absent is `null` for dates, places and unknown figures, `""`
for words, `[]` for lists; dates are ISO 8601. Texts are the contract's own characters, not the safe form; `dumps` escapes
whatever a terminal could be misled by, so that the bytes can be looked at.

comparison  old, new: version · counts: {changes, tracked: [{author, changes}], untracked, comments, flags, quiet_flags, quiet_killers,
            killers, formats, layout, renumbered} · changes: [{id, kind, clause, label, old, new, tracked, by: [attribution], spans:
            [{paragraph, first, last, mark}]}] · clauses: [{id, label, path, heading, kind, level, first, last (exclusive),
            parent, story, changes}] · flags: [{kind, loud, own, clause, label, paragraph, message, code, evidence}] · comments ·
            layout: [{id, what, paragraph, count, by}] · decisions: [{change, verdict, why, text, paragraph, by, date}], null where
            there is nothing to decide · undecided: [id] · notices · coverage · language · paragraphs: [{index, mark, story, cell,
            old_label, new_label, heading, by, move, segments: [{kind, text, look, was, atom, by, struck, move}]}]
version     address, title, deal, turn, direction, date, party, path
attribution author, date, deal, turn, tracked
receipt     deal, slug, turn, stored, sender, same_as, alike, next_steps, comparison or null
board       deals: [{slug, client, base, stage, holder, since, days, turns, changes, untracked, flags, value, adopted, reason}]
log         rows: [{address, date, what, who, note, source, tracked, untracked, comments, flags}]
evidence    killer (its id), title, deal, date, reason, severity, offer, text, score, verdict, route, why, dismissed, here, words:
            [{paragraph, start, end, killer_start, killer_end}], spans (the same in `here`), figures: [{here, killer, favour}],
            agreed: [{deals, address, date, label, text, ours}]
killers     killers: [{id, title, deal, deal_slug, turn, clause, date, reason, severity, offer, burdens, cause, limits, language,
            instances: [{text, language, deal, turn, clause, date}], dismissed: [{text, reason, deal, turn, clause, date}]}]
killer      killer, came_back: [{deal, address, date, label, text, score, verdict, outcome, fate, reason}]
killers-test version, killers (how many), sensitivity, expected, flags and near: [{label, paragraph, flagged, evidence}]
history     rows: [{deal, address, date, who, label, outcome, reason, paragraphs}]
cycle       deals: [{deal, outcome, turns, ours, theirs, total, open}] · closed, median_total, median_ours, median_theirs,
            shortest, longest (days)
document    see `redline.render.document`; coverage: see `redline.render.reach`
done        message, details, next_steps
resolution  file, output (null for stdout), accepted, rejected, left (how many changes)
check       version, points, notes
error       error, message, hint, exit_code, code
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from redline.errors import DocumentError, RedlineError
from redline.model import Attribution, Cell, Change, Comment, Coverage, Notice, Paragraph, Redline, Segment
from redline.render.blocks import Reading
from redline.render.counting import counts
from redline.render.json_library import evidence_of, hit_of, killer_of, recurrences
from redline.render.reports import days_since
from redline.views import (
    Blame,
    Check,
    Comparison,
    Cycle,
    DealRow,
    Decision,
    Done,
    Flag,
    HistoryRow,
    LogRow,
    Receipt,
    Recurrence,
    Resolution,
    Tested,
    VersionInfo,
)

if TYPE_CHECKING:
    from redline.killers.library import Killer

SCHEMA = 1

Object = dict[str, Any]


def dumps(value: Mapping[str, Any]) -> str:
    """Indented JSON without a final line feed. Readable letters stay; controls, bidi marks, invisible characters, odd spaces and
    lone surrogates are escaped as \\uXXXX (RFC 8259 §7), so that the text is printable and encodes to UTF-8.
    """
    return _escaped(json.dumps(value, ensure_ascii=False, indent=2))


def line(value: Mapping[str, Any]) -> str:
    """The same on one line, with nothing between the values: one document of several (https://jsonlines.org)."""
    return _escaped(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _escaped(text: str) -> str:
    odd = {ord(char): _escape(char) for char in set(text) if char != "\n" and not char.isprintable()}
    return text.translate(odd) if odd else text


def _escape(char: str) -> str:
    if ord(char) < 0x10000:
        return f"\\u{ord(char):04x}"
    high, low = divmod(ord(char) - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


def _document(kind: str, **content: Any) -> Object:
    return {"schema": SCHEMA, "kind": kind, **content}


def comparison(view: Comparison) -> Object:
    """The whole view: figures, changes, clauses, flags, comments, and every paragraph of the redline."""
    found = counts(view)
    homes = Reading(view).homes
    touched = Counter(home for change in view.changes for home in {homes[span.paragraph] for span in change.spans})
    return _document(
        "comparison",
        old=_version(view.old),
        new=_version(view.new),
        language=view.language,
        counts={
            "changes": found.changes, "tracked": [{"author": name, "changes": count} for name, count in found.tracked],
            "untracked": found.untracked, "comments": found.comments, "flags": found.flags, "quiet_flags": found.quiet_flags,
            "quiet_killers": found.quiet_killers,
            "killers": found.killers, "formats": found.formats, "layout": found.layout, "renumbered": found.renumbered,
        },
        changes=[_change(change) for change in view.changes],
        clauses=[{
            "id": clause.id, "label": clause.label, "path": clause.path, "heading": clause.heading, "kind": clause.kind.value,
            "level": clause.level,
            "first": clause.first, "last": clause.last, "parent": clause.parent, "story": clause.story, "changes": touched[number],
        } for number, clause in enumerate(view.clauses)],
        flags=[flag_of(flag) for flag in view.flags],
        comments=[_comment(comment) for comment in view.comments],
        layout=[{"id": one.id, "what": one.what, "paragraph": one.paragraph, "count": one.count, "by": _attribution(one.attribution)}
                for one in view.layout],
        decisions=None if view.decisions is None else [_decision(one) for one in view.decisions],
        undecided=[change.id for change in view.undecided],
        notices=notices_of(view.notices),
        coverage=coverage_of(view.coverage),
        paragraphs=_paragraphs(view.redline),
    )


def notices_of(notices: Sequence[Notice]) -> list[Object]:
    """Odd things in a file."""
    return [{"code": notice.code, "message": notice.message, "where": notice.where} for notice in notices]


def coverage_of(gaps: Sequence[Coverage]) -> list[Object]:
    """What was not read, by part."""
    return [{"part": gap.part, "construct": gap.construct, "count": gap.count, "note": gap.note} for gap in gaps]


def _version(info: VersionInfo) -> Object:
    return {"address": info.address, "title": info.title, "deal": info.deal, "turn": info.turn, "direction": info.direction,
            "date": date_of(info.date), "party": info.party, "path": info.path}


def date_of(when: date | datetime | None) -> str | None:
    """ISO 8601."""
    return when.isoformat() if when else None


def _attribution(one: Attribution | None) -> Object | None:
    if one is None:
        return None
    return {"author": one.author, "date": date_of(one.date), "deal": one.deal, "turn": one.turn, "tracked": one.tracked}


def _change(change: Change) -> Object:
    return {
        "id": change.id, "kind": change.kind.value, "clause": change.clause, "label": change.label, "old": change.old_text,
        "new": change.new_text, "tracked": change.tracked, "by": [_attribution(one) for one in change.attributions],
        "spans": [{"paragraph": span.paragraph, "first": span.first, "last": span.last, "mark": span.mark}
                  for span in change.spans],
    }


def _decision(one: Decision) -> Object:
    return {"change": one.change, "verdict": one.verdict.value, "why": one.why, "text": one.text, "paragraph": one.paragraph,
            "by": one.by, "date": date_of(one.date)}


def flag_of(flag: Flag) -> Object:
    """A warning on a clause, with its evidence."""
    return {"kind": flag.kind.value, "loud": flag.loud, "clause": flag.clause, "label": flag.label, "paragraph": flag.paragraph,
            "message": flag.message, "code": flag.code, "own": flag.own,
            "evidence": evidence_of(flag.evidence)}


def _comment(comment: Comment) -> Object:
    return {"id": comment.id, "author": comment.author, "date": date_of(comment.date), "text": comment.text,
            "paragraph": comment.paragraph, "start": comment.start, "end": comment.end, "quote": comment.quote,
            "parent": comment.parent, "resolved": comment.resolved}


def _paragraphs(redline: Redline) -> list[Object]:
    return [_paragraph(index, paragraph) for index, paragraph in enumerate(redline.paragraphs)]


def _paragraph(index: int, paragraph: Paragraph) -> Object:
    props = paragraph.props
    return {
        "index": index, "mark": paragraph.mark.value, "story": props.story, "cell": cell_of(props.cell),
        "old_label": paragraph.old.label if paragraph.old else None, "new_label": paragraph.new.label if paragraph.new else None,
        "heading": props.heading, "by": _attribution(paragraph.attribution), "move": paragraph.move,
        "segments": [_segment(segment) for segment in paragraph.segments],
    }


def cell_of(cell: Cell | None) -> Object | None:
    """A place in a table, with the cell around that table."""
    if cell is None:
        return None
    return {"table": cell.table, "row": cell.row, "column": cell.column, "parent": cell_of(cell.parent)}


def _segment(segment: Segment) -> Object:
    return {
        "kind": segment.kind.value, "text": segment.text, "look": sorted(segment.look),
        "was": None if segment.was is None else sorted(segment.was), "atom": segment.atom,
        "by": _attribution(segment.attribution), "struck": _attribution(segment.struck), "move": segment.move,
    }


def receipt(receipt: Receipt) -> Object:
    """What came in."""
    return _document(
        "receipt", deal=receipt.deal, slug=receipt.slug, turn=receipt.turn, stored=receipt.stored, sender=receipt.sender,
        same_as=receipt.same_as, alike=receipt.alike, next_steps=list(receipt.next_steps),
        comparison=comparison(receipt.comparison) if receipt.comparison else None)


def board(rows: Sequence[DealRow], *, now: datetime | None = None) -> Object:
    """The deals. `days` is how long `holder` has had it at `now`, null when that is not given."""
    return _document("board", deals=[{
        "slug": row.slug, "client": row.client, "base": row.base, "stage": row.stage, "holder": row.holder,
        "since": date_of(row.since), "days": days_since(row.since, now) if row.holder and now else None, "turns": row.turns,
        "changes": row.changes, "untracked": row.untracked, "flags": row.flags, "value": row.value, "adopted": row.adopted,
        "reason": row.reason, "undecided": row.undecided,
    } for row in rows])


def log(rows: Sequence[LogRow]) -> Object:
    """Turns, base versions and outcomes."""
    return _document("log", rows=[{
        "address": row.address, "date": date_of(row.date), "what": row.what, "who": row.who, "note": row.note, "source": row.source,
        "tracked": row.tracked, "untracked": row.untracked, "comments": row.comments, "flags": row.flags,
        "holder": row.holder, "days": row.days,
    } for row in rows])


def killers(killers: Sequence[Killer]) -> Object:
    """The library."""
    return _document("killers", killers=[killer_of(killer) for killer in killers])


def killer(killer: Killer, rows: Sequence[Recurrence]) -> Object:
    """One killer and where it came back."""
    return _document("killer", killer=killer_of(killer), came_back=recurrences(rows))


def tested(found: Tested) -> Object:
    """A document under the library."""
    return _document("killers-test", version=_version(found.version), killers=found.killers, sensitivity=found.sensitivity,
                     expected=found.expected, flags=[hit_of(hit) for hit in found.hits if hit.flagged],
                     near=[hit_of(hit) for hit in found.hits if not hit.flagged])


def history(rows: Sequence[HistoryRow]) -> Object:
    """What every deal made of a clause."""
    return _document("history", rows=[{
        "deal": row.deal, "address": row.address, "date": date_of(row.date), "who": row.who, "label": row.label,
        "outcome": row.outcome, "reason": row.reason, "paragraphs": _paragraphs(row.redline),
    } for row in rows])


def blame(view: Blame) -> Object:
    """Who brought in which words: `pieces` of a row name a source by its number."""
    return _document(
        "blame", version=view.version.address, first=view.first.address, versions=view.versions, clause=view.clause, words=view.words,
        sources=[{"title": one.title, "who": one.who, "date": date_of(one.date), "tracked": one.tracked, "words": one.words,
                  "first": one.first} for one in view.sources],
        rows=[{"label": row.label, "heading": row.heading, "pieces": [{"text": text, "source": source} for text, source in row.pieces]}
              for row in view.rows])


def cycle(cycle: Cycle) -> Object:
    """How long the paper took, in days."""
    return _document(
        "cycle", deals=[{
            "deal": row.deal, "outcome": row.outcome, "turns": row.turns, "ours": row.ours, "theirs": row.theirs,
            "total": row.total, "open": row.open,
        } for row in cycle.rows],
        closed=cycle.closed, median_total=cycle.median_total, median_ours=cycle.median_ours, median_theirs=cycle.median_theirs,
        shortest=cycle.shortest, longest=cycle.longest, stages=[{
            "name": stage.name, "holder": stage.holder, "deals": stage.deals, "median": stage.median, "shortest": stage.shortest,
            "longest": stage.longest,
        } for stage in cycle.stages])


def done(done: Done) -> Object:
    """What an act did."""
    return _document("done", message=done.message, details=list(done.details), next_steps=list(done.next_steps))


def resolution(done: Resolution) -> Object:
    """A file whose tracked changes were decided."""
    return _document("resolution", file=done.file, output=done.output or None, accepted=done.accepted, rejected=done.rejected,
                     left=done.left)


def check(check: Check) -> Object:
    """What still stands between a version and a signature."""
    return _document("check", version=_version(check.version), points=list(check.points), notes=list(check.notes))


def error(error: RedlineError) -> Object:
    """What went wrong. `error` is the kind's name, `code` a document error's reason or ""."""
    return _document("error", error=type(error).__name__, message=error.message, hint=error.hint, exit_code=error.exit_code,
                     code=error.code if isinstance(error, DocumentError) else "")
