"""Comparisons for a terminal, a pipe or a pager: one clause after the other, changed paragraphs wrapped to the width.

In the gutter `+` is inserted, `−` deleted, `±` both, `↔` moved; what stands below a paragraph says who, when, whether Word's
track changes admit to it, what was remarked and which earlier deal it reminds of. Clauses without anything to show are left
out with their count. Everything goes through the painter, which lets no control character through.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from redline.model import Comment, Kind
from redline.render import evidence, phrases, wording
from redline.render.blocks import Block, Chosen, Item, Reading, skipped_after
from redline.render.counting import QUIET
from redline.render.library import killer, killers, matched, tested
from redline.render.lines import gutter_lines, paragraph_runs
from redline.render.parts import cells_of
from redline.render.reports import board, check, cycle, done, error, history, log, receipt, resolution
from redline.render.style import MARKS, Ink, Painter, Run, fit, width_of
from redline.views import Comparison, Flag, FlagKind

__all__ = [
    "board", "check", "comparison", "cycle", "done", "error", "history", "killer", "killers", "log", "receipt", "resolution", "tested",
    "version",
]

_UNDER = "    "
_HIDDEN = "hidden: --all shows them"
_KEPT_QUIET = "(--all shows them)"


def comparison(view: Comparison, painter: Painter, *, clause: str | None = None, only: frozenset[str] = frozenset(),
               whole: bool = False, formats: bool = False, quiet: bool = False) -> Iterator[str]:
    """The redline as lines. `clause` (label, id or heading) keeps one clause with what is below it, `only` what its words name
    (`counting.ONLY`, or authors), `whole` shows unchanged text too, `formats` changes of formatting and layout, `quiet` killers that
    are no news. `UsageError` for a clause or a person that is not there.
    """
    quiet |= bool(QUIET & only)
    formats |= "format" in only
    title = [run for name in phrases.versions(view) for run in ((" → ", Ink.PLAIN), (name, Ink.STRONG))]
    yield from painter.wrapped(title[1:])
    yield from painter.wrapped(_tally(view, whole=whole, formats=formats, quiet=quiet))
    if said := phrases.narrowed(only):
        yield from painter.wrapped([(said, Ink.STRONG)])
    yield from _body(_Drawing(Reading(view, formats=formats), painter, formats=formats, only=only, quiet=quiet), clause, whole)
    yield from _foot(view, painter)


def version(view: Comparison, painter: Painter, *, clause: str | None = None,
            only: frozenset[str] = frozenset(), formats: bool = False, quiet: bool = False) -> Iterator[str]:
    """One version in full with the tracked changes that are pending in it, those of formatting and layout with `formats`; with `quiet`
    also killers in words of our own.
    """
    formats |= "format" in only
    quiet |= bool(QUIET & only)
    yield from painter.wrapped([(phrases.version_name(view.new, short=True), Ink.STRONG)])
    if view.changes:
        yield from painter.wrapped([("Pending in it: ", Ink.PLAIN), *_tally(view, whole=True, formats=formats, quiet=quiet)])
    else:
        extra = phrases.tally(view, hidden=False, formats="" if formats else _HIDDEN, quiet="" if quiet else _KEPT_QUIET)[1:]
        yield from painter.wrapped([(phrases.listed(["no tracked changes in it", *extra], " · "), Ink.PLAIN)])
    yield from _body(_Drawing(Reading(view, formats=formats), painter, formats=formats, only=only, quiet=quiet), clause, whole=True)
    yield from _foot(view, painter)


def _tally(view: Comparison, *, whole: bool, formats: bool, quiet: bool) -> Iterator[Run]:
    parts = phrases.tally(view, hidden=not whole, formats="" if formats else _HIDDEN, quiet="" if quiet else _KEPT_QUIET)
    for index, part in enumerate(parts):
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


def _body(drawing: _Drawing, clause: str | None, whole: bool) -> Iterator[str]:
    reading, painter = drawing.reading, drawing.painter
    chosen = reading.choose(clause=clause, only=drawing.only, whole=whole, formats=drawing.formats, quiet=drawing.quiet)
    for one in chosen:
        if clause is None:
            yield from drawing.skipped(one.skipped)
        yield from drawing.block(one)
    left = skipped_after(reading.blocks, chosen)
    if clause is None:
        yield from drawing.skipped(left)
    if not chosen and not left:
        yield from ("", painter.paint("Nothing to show.", Ink.DIM))
    yield from drawing.legend()


def _foot(view: Comparison, painter: Painter) -> Iterator[str]:
    for number, said in enumerate(phrases.unplaced(view)):
        if not number:
            yield ""
        yield from painter.wrapped([("! ", Ink.ALARM), (said, Ink.PLAIN)], rest="  ")


class _Drawing:
    """Lines of chosen blocks for one painter."""

    def __init__(self, reading: Reading, painter: Painter, *, formats: bool, only: frozenset[str], quiet: bool) -> None:
        self.reading = reading
        self.painter = painter
        self.formats = formats
        self.only = only
        self.quiet = quiet
        self.out = "not shown" if only else "unchanged"
        self.inks: set[Ink] = set()
        self.signs: set[str] = set()
        self.borders = False

    def legend(self) -> Iterator[str]:
        """What the marks mean that were drawn, where there is no colour."""
        marks = [before + name + after for ink, name in _LEGEND.items() if ink in self.inks
                 for before, after in [MARKS[ink]]]
        if self.borders:
            marks.append("¶ paragraph end")
        if marks and not self.painter.color:
            margin = " ".join(sign for sign in "+−±↔~" if sign in self.signs)
            yield ""
            yield from self.painter.wrapped([(" ".join(marks) + f"; in the margin {margin}", Ink.DIM)])

    def draw(self, runs: Sequence[Run]) -> Iterator[str]:
        """Runs in gutter lines, what they are marked with kept for the legend."""
        self.inks.update(ink for text, ink in runs if text)
        self.borders |= any(text == "¶" and ink in MARKS for text, ink in runs)
        lines = list(gutter_lines(runs, self.painter))
        if not self.painter.color:
            self.signs.update(line[0] for line in lines if line)
        yield from lines

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
        """A table row: in one piece when it is short or came or went whole; else the chosen cells one below the other."""
        whole = [item for item in block.items if item.row == row]
        runs: list[Run] = []
        for _, cell in groupby(whole, key=lambda item: item.paragraph.props.cell):
            for number, item in enumerate(cell):
                runs += [(" ", Ink.PLAIN) if number else (" │ ", Ink.DIM)] if runs else []
                runs += [*self.label(item, block), *paragraph_runs(item.paragraph, formats=self.formats)]
        if _one_piece(whole) or sum(width_of(text) for text, _ in self.painter.marked(runs)) <= self.painter.columns - 2:
            yield from self.draw(runs)
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
        yield from self.draw(runs)

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
        changes = [change for item in items for change in item.changes]
        for hand in wording.hands(changes, self.reading.view, formats=self.formats, only=self.only):
            alarm = phrases.UNTRACKED if hand.who.startswith(phrases.UNTRACKED) else ""
            words = hand.words + ("  " if hand.words and hand.who else "")
            tail = (" · " if hand.ids and (hand.who or hand.words) else "") + " ".join(hand.ids)
            yield from self._note([(words, Ink.PLAIN), (alarm, Ink.ALARM), (hand.who.removeprefix(alarm), Ink.PLAIN), (tail, Ink.DIM)])
        for words in phrases.decisions((*changes, *(one for item in items for one in item.layout)), self.reading.view):
            yield from self._note([("→ ", Ink.DIM), (words, Ink.STRONG)])
        for item in items:
            for note in phrases.struck_notes(item.paragraph):
                yield from self._note([(note, Ink.DIM)])
            if self.formats:
                for note in (*(f"format: {note}" for note in phrases.format_notes(item.paragraph)), *map(phrases.layout_note, item.layout)):
                    yield from self._note([(note, Ink.DIM)])
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
        if flag.kind is FlagKind.UNTRACKED or (flag.kind is FlagKind.KILLER and not flag.loud and not self.quiet):
            return
        ink = Ink.ALARM if flag.loud and flag.kind is not FlagKind.RELIEF else Ink.STRONG if flag.loud else Ink.DIM
        title = phrases.flag_title(flag, self.reading.view)
        yield from self._note([(f"! {title} ", ink), (phrases.flag_text(flag), Ink.PLAIN)])
        for name, pieces in evidence.facts(flag):
            self.inks.update(Ink.MATCH for _, hit in pieces if hit)
            yield from self._note([(f"{name}: ", Ink.DIM), *matched(pieces, self.painter)], "  ")


_LEGEND = {Ink.INS: "inserted", Ink.DEL: "deleted", Ink.MOVE_TO: "moved here", Ink.MOVE_FROM: "moved away",
           Ink.GONE: "put in and struck again", Ink.FORMAT: "looks different", Ink.MATCH: "same in the killer"}


def _one_piece(row: Sequence[Item]) -> bool:
    """Whether the whole row was put in, struck out or moved."""
    mark = row[0].paragraph.mark
    return mark not in (Kind.SAME, Kind.FORMAT, Kind.GONE) and all(
        item.paragraph.mark is mark and all(one.kind in (mark, Kind.GONE) for one in item.paragraph.segments) for item in row)


def _starts(chosen: Chosen) -> bool:
    return bool(chosen.items) and chosen.items[0] is chosen.block.first


def _title_only(chosen: Chosen) -> bool:
    """Whether the title line already shows all of the first paragraph: a heading that did not change."""
    return chosen.block.titled and not chosen.block.first.words_changed
