"""Comparisons for a terminal, a pipe or a pager: one clause after the other, changed paragraphs wrapped to the width.

In the gutter `+` is inserted, `−` deleted, `±` both, `↔` moved; what stands below a paragraph says who, when, whether Word's
track changes admit to it, what was remarked and which earlier deal it reminds of. Clauses without anything to show are left
out with their count. Everything goes through the painter, which lets no control character through.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from redline.model import ChangeKind, Comment
from redline.render import phrases
from redline.render.blocks import Block, Chosen, Item, Reading, skipped_after
from redline.render.lines import gutter_lines, paragraph_runs
from redline.render.parts import cells_of
from redline.render.reports import board, check, cycle, done, error, history, killers, log, receipt
from redline.render.style import Ink, Painter, Run, fit, width_of
from redline.views import Comparison, Flag, FlagKind

__all__ = ["board", "check", "comparison", "cycle", "done", "error", "history", "killers", "log", "receipt", "version"]

_UNDER = "    "


def comparison(view: Comparison, painter: Painter, *, clause: str | None = None, only: frozenset[str] = frozenset(),
               whole: bool = False) -> Iterator[str]:
    """The redline as lines. `clause` (label, id or heading) keeps one clause with what is below it, `only` what its words name
    (`blocks.ONLY`, or authors), `whole` shows unchanged text too. `UsageError` for a clause or a person that is not there.
    """
    title = [run for name in phrases.versions(view) for run in ((" → ", Ink.PLAIN), (name, Ink.STRONG))]
    yield from painter.wrapped(title[1:])
    yield from painter.wrapped(_tally(view, whole=whole))
    yield from _body(view, painter, clause, only, whole)
    yield from _foot(view, painter)


def version(view: Comparison, painter: Painter, *, clause: str | None = None,
            only: frozenset[str] = frozenset()) -> Iterator[str]:
    """One version in full with the tracked changes that are pending in it."""
    yield from painter.wrapped([(phrases.version_name(view.new, short=True), Ink.STRONG)])
    if view.changes:
        yield from painter.wrapped([("Pending in it: ", Ink.PLAIN), *_tally(view, whole=True)])
    else:
        extra = phrases.tally(view, hidden=False)[1:]
        yield from painter.wrapped([(phrases.listed(["no tracked changes in it", *extra], " · "), Ink.PLAIN)])
    yield from _body(view, painter, clause, only, whole=True)
    yield from _foot(view, painter)


def _tally(view: Comparison, *, whole: bool) -> Iterator[Run]:
    for index, part in enumerate(phrases.tally(view, hidden=not whole)):
        if index:
            yield " · ", Ink.DIM
        before, alarm, after = part.partition(phrases.UNTRACKED)
        words = before.rpartition(" ")[0].rpartition(" ")
        if alarm and words[2].isdigit():
            yield words[0] + words[1], Ink.PLAIN
            yield f"{words[2]} {alarm}", Ink.ALARM
            yield after, Ink.PLAIN
        else:
            yield part, Ink.ALARM if "flag" in part and "before" not in part else Ink.PLAIN


def _body(view: Comparison, painter: Painter, clause: str | None, only: frozenset[str], whole: bool) -> Iterator[str]:
    reading = Reading(view)
    chosen = reading.choose(clause=clause, only=only, whole=whole)
    drawing = _Drawing(reading, painter, formats=whole or "format" in only, skipped="not shown" if only else "unchanged")
    for one in chosen:
        if clause is None:
            yield from drawing.skipped(one.skipped)
        yield from drawing.block(one)
    left = skipped_after(reading.blocks, chosen)
    if clause is None:
        yield from drawing.skipped(left)
    if not chosen and not left:
        yield from ("", painter.paint("Nothing to show.", Ink.DIM))


def _foot(view: Comparison, painter: Painter) -> Iterator[str]:
    for number, said in enumerate(phrases.unplaced(view)):
        if not number:
            yield ""
        yield from painter.wrapped([("! ", Ink.ALARM), (said, Ink.PLAIN)], rest="  ")


class _Drawing:
    """Lines of chosen blocks for one painter."""

    def __init__(self, reading: Reading, painter: Painter, *, formats: bool, skipped: str) -> None:
        self.reading = reading
        self.painter = painter
        self.formats = formats
        self.out = skipped

    def skipped(self, count: int) -> Iterator[str]:
        if count:
            yield ""
            yield from self.painter.wrapped([(f"… {phrases.number(count, 'clause')} {self.out}", Ink.DIM)])

    def block(self, chosen: Chosen) -> Iterator[str]:
        yield ""
        block = chosen.block
        titled = _title_only(chosen)
        yield from self.title(block, full=titled or not chosen.items, lead=not _starts(chosen))
        for row, grouped in groupby(chosen.items, key=lambda item: item.row):
            items = list(grouped)
            if row is not None:
                yield from self.row(items, block, row)
                continue
            for item in items:
                if not (titled and item is block.first):
                    yield from self.paragraph(item, block)
                yield from self.under(item)

    def row(self, items: Sequence[Item], block: Block, row: tuple[int, int]) -> Iterator[str]:
        """A table row: on one line, whole, when it is short; else the chosen cells one below the other."""
        whole = [item for item in block.items if item.row == row]
        runs: list[Run] = []
        for _, cell in groupby(whole, key=lambda item: item.paragraph.props.cell):
            for number, item in enumerate(cell):
                runs += [(" ", Ink.PLAIN) if number else (" │ ", Ink.DIM)] if runs else []
                runs += [*self.label(item, block), *paragraph_runs(item.paragraph, formats=self.formats)]
        if sum(width_of(text) for text, _ in self.painter.marked(runs)) <= self.painter.columns - 2:
            yield from gutter_lines(runs, self.painter)
            yield from self.under(*items)
            return
        for item in items:
            place = cells_of(item.paragraph)[0]
            yield self.painter.paint(f"  row {place.row + 1}, column {place.column + 1}", Ink.DIM)
            yield from self.paragraph(item, block)
            yield from self.under(item)

    def title(self, block: Block, *, full: bool, lead: bool) -> Iterator[str]:
        """The clause's label and heading; its first words where it has no heading and does not start below."""
        if not block.numbered:
            yield from self.painter.wrapped([(phrases.story_name(block.clause.story), Ink.STRONG)])
            return
        runs: list[Run] = [(f"{block.was} → ", Ink.DIM)] if block.was else []
        runs.append((block.label + ("  " if block.label else ""), Ink.STRONG))
        if block.titled and full:
            runs.append((block.lead, Ink.STRONG))
        elif lead:
            runs.append((fit(block.lead, min(self.painter.columns - width_of(block.label) - 4, 60)), Ink.DIM))
        if any(text.strip() for text, _ in runs):
            yield from self.painter.wrapped(runs, rest="  ")

    def paragraph(self, item: Item, block: Block) -> Iterator[str]:
        runs = [*self.label(item, block), *paragraph_runs(item.paragraph, formats=self.formats)]
        yield from gutter_lines(runs, self.painter)

    def label(self, item: Item, block: Block) -> Iterator[Run]:
        """The paragraph's own number, unless it stands in the title above it (as in the other language of a row)."""
        old, new = item.paragraph.old, item.paragraph.new
        if block.numbered and block.opens and item is block.first:
            return
        label = (new or old or item.paragraph.props).label
        if old and new and old.label != new.label:
            yield f"{old.label or 'no number'} → {new.label or 'no number'}", Ink.DIM
            yield " ", Ink.PLAIN
        elif label and not (item.row and label.rstrip(".") == block.clause.label.rstrip(".")):
            yield f"{label} ", Ink.PLAIN

    def under(self, *items: Item) -> Iterator[str]:
        """Who, when, tracked or not; comments; flags."""
        for item in items:
            for move in item.moves:
                yield from self._note([("↔ " + move, Ink.DIM)])
        groups: dict[str, list[str]] = {}
        for change in (change for item in items for change in item.changes):
            if change.kind is not ChangeKind.FORMAT or self.formats:
                groups.setdefault(phrases.who(change), []).append(change.id)
        for who, ids in groups.items():
            _, alarm, rest = who.partition(phrases.UNTRACKED) if who.startswith(phrases.UNTRACKED) else ("", "", who)
            tail = (" · " if who else "") + " ".join(dict.fromkeys(ids))
            yield from self._note([(alarm, Ink.ALARM), (rest, Ink.PLAIN), (tail, Ink.DIM)])
        for item in items:
            for note in phrases.struck_notes(item.paragraph):
                yield from self._note([(note, Ink.DIM)])
            for note in phrases.format_notes(item.paragraph) if self.formats else ():
                yield from self._note([(f"format: {note}", Ink.DIM)])
            yield from self._remarks(item)

    def _remarks(self, item: Item) -> Iterator[str]:
        for thread in item.threads:
            yield from self._comment(thread.comment, "")
            for reply in thread.replies:
                yield from self._comment(reply, "  ")
        for flag in item.flags:
            yield from self._flag(flag)

    def _note(self, runs: Iterable[Run], indent: str = "") -> list[str]:
        first = _UNDER + indent
        return self.painter.wrapped(runs, first=first, rest=first + "  ")

    def _comment(self, comment: Comment, indent: str) -> list[str]:
        about = f" on “{phrases.clip(comment.quote, 40)}”" if comment.quote and not indent else ""
        state = " (resolved)" if comment.resolved and not indent else ""
        name = phrases.listed([comment.author or "an unnamed author", phrases.day(comment.date)])
        sign = "↳ " if indent else "“ "
        text = " ".join(comment.text.split())
        return self._note([(sign, Ink.DIM), (name, Ink.STRONG), (f"{about}{state}: {text}", Ink.PLAIN)], indent)

    def _flag(self, flag: Flag) -> Iterator[str]:
        if flag.kind is FlagKind.UNTRACKED:
            return
        ink = Ink.ALARM if flag.loud and flag.kind is not FlagKind.RELIEF else Ink.STRONG if flag.loud else Ink.DIM
        before = "" if flag.loud else " (stood there before)"
        yield from self._note([(f"! {phrases.flag_name(flag)}{before} ", ink), (phrases.flag_text(flag), Ink.PLAIN)])
        for name, text in phrases.evidence_lines(flag, self.reading.view):
            yield from self._note([(f"{name}: ", Ink.DIM), (text, Ink.PLAIN)], "  ")


def _starts(chosen: Chosen) -> bool:
    return bool(chosen.items) and chosen.items[0] is chosen.block.first


def _title_only(chosen: Chosen) -> bool:
    """Whether the title line already shows all of the first paragraph: a heading that did not change."""
    return chosen.block.titled and not chosen.block.first.words_changed
