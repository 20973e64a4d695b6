"""What of a comparison is shown, and where: paragraphs by clause with what hangs on them. Shared by all renderers.

A `Block` is a clause (or the text before the first one) with its paragraphs; an `Item` is a redline paragraph with the changes,
comment threads and flags on it. Rows of a table stay whole: they belong to the clause of their first paragraph. Nothing is
drawn here, and choosing never drops anything without a count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from redline.clauses.naming import find
from redline.clauses.outline import Clause, outline, owners
from redline.errors import UsageError
from redline.model import Change, ChangeKind, Kind, Layout, Paragraph
from redline.render.counting import ONLY, by, same, silent
from redline.render.parts import MOVES, Thread, is_heading, move_ends, readable, rows_of, threads_of
from redline.render.quiet import quiet
from redline.views import Comparison, Flag, FlagKind


@dataclass(frozen=True, slots=True)
class Item:
    """Paragraph `index` of the redline and what hangs on it. `row` is its (table, row), counted through the whole redline;
    `moves` says in words where its text went or came from.
    """

    index: int
    paragraph: Paragraph
    row: tuple[int, int] | None = None
    changes: tuple[Change, ...] = ()
    threads: tuple[Thread, ...] = ()
    flags: tuple[Flag, ...] = ()
    moves: tuple[str, ...] = ()
    layout: tuple[Layout, ...] = ()

    @property
    def words_changed(self) -> bool:
        """Whether any character or paragraph mark came, went or moved (a changed look or number does not count)."""
        quiet = (Kind.SAME, Kind.FORMAT)
        return self.paragraph.mark not in quiet or any(segment.kind not in quiet for segment in self.paragraph.segments)

    @property
    def format_changed(self) -> bool:
        """Whether a look, a style or the layout changed, or no more than spaces and the shape of signs."""
        paragraph = self.paragraph
        return (bool(self.layout) or paragraph.mark is Kind.FORMAT or any(change.kind is ChangeKind.FORMAT for change in self.changes)
                or any(segment.kind is Kind.FORMAT for segment in paragraph.segments))

    @property
    def heading(self) -> bool:
        return is_heading(self.paragraph)

    @property
    def noteworthy(self) -> bool:
        """Whether it is shown when nothing was asked for in particular."""
        return self.words_changed or bool(self.threads) or any(flag.loud or flag.kind is FlagKind.RELIEF for flag in self.flags)

    @property
    def quiet_killer(self) -> bool:
        """Whether a killer stands here that is no news."""
        return any(flag.kind is FlagKind.KILLER and not flag.loud for flag in self.flags)


@dataclass(frozen=True, slots=True)
class Block:
    """Paragraphs in a row that belong to one clause. `number` and `parents` (outermost first) index `Reading.clauses`; `label` is
    the full one ("7.2(a)"), `was` the old one where it differs.
    """

    number: int
    clause: Clause
    label: str
    was: str
    parents: tuple[int, ...]
    items: tuple[Item, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every change that touches the block, once, in order."""
        return tuple({change.id: change for item in self.items for change in item.changes}.values())

    @property
    def first(self) -> Item:
        return self.items[0]

    @property
    def titled(self) -> bool:
        """Whether its first paragraph is a heading."""
        return self.numbered and self.first.heading

    @property
    def numbered(self) -> bool:
        """Whether it is a clause, and not the text before the first one (or a header, a footnote …)."""
        return self.clause.level is not None

    @property
    def opens(self) -> bool:
        """Whether the clause starts here (a table or a deleted clause can cut it in two)."""
        return self.first.index == self.clause.first

    @property
    def lead(self) -> str:
        """The words to know it by: its heading, else how it starts."""
        return readable(self.first.paragraph) if self.titled else self.clause.heading or readable(self.first.paragraph)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A block, its place in `Reading.blocks`, and the items of it to draw; none means that only its title is wanted as context.
    `skipped` counts the clauses left out straight before it.
    """

    block: Block
    place: int
    items: tuple[Item, ...]
    skipped: int = 0


class Reading:
    """A comparison taken apart once: blocks, and what hangs on which paragraph. Without `formats` it holds no change of formatting.

    `clauses` are those of the view and then the ones that stand on the old side only; `homes` says for each paragraph which of
    them holds it (−1 for none).
    """

    def __init__(self, view: Comparison, *, formats: bool = True) -> None:
        self.view = view
        self.formats = formats
        paragraphs = view.redline.paragraphs
        self._old = outline(paragraphs, "old")
        self._old_homes = owners(paragraphs, "old")
        self.rows = rows_of(paragraphs)
        self.clauses, self.homes = self._settle()
        self._moves: dict[int, list[tuple[str, int]]] = {}
        for source, target in move_ends(view.redline):
            self._moves.setdefault(source, []).append(("moved to", target))
            self._moves.setdefault(target, []).append(("moved from", source))

    def _settle(self) -> tuple[tuple[Clause, ...], tuple[int, ...]]:
        paragraphs = self.view.redline.paragraphs
        clauses, homes = list(self.view.clauses), [number if number < len(self.view.clauses) else -1
                                                   for number in owners(paragraphs, "new")]
        gone: dict[int, int] = {}
        for index, paragraph in enumerate(paragraphs):
            old = self._old_homes[index]
            if not paragraph.mark.in_new and old >= 0 and self._dropped(old):
                if old not in gone:
                    gone[old] = len(clauses)
                    above = self._old[old].parent
                    home = None if above is None else gone.get(above, homes[self._old[above].first])
                    clauses.append(replace(self._old[old], parent=home if home != -1 else None))
                homes[index] = gone[old]
            if index and self.rows[index] is not None and self.rows[index] == self.rows[index - 1]:
                homes[index] = homes[index - 1]
        for index in range(len(paragraphs) - 2, -1, -1):
            after = homes[index + 1]
            if homes[index] < 0 <= after and clauses[after].level is None and clauses[after].story == paragraphs[index].props.story:
                homes[index] = after
        return tuple(clauses), tuple(homes)

    def _dropped(self, old: int) -> bool:
        """Whether a clause of the old side has no start on the new one."""
        clause = self._old[old]
        return clause.level is not None and not self.view.redline.paragraphs[clause.first].mark.in_new

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        view = self.view
        changes: dict[int, dict[str, Change]] = {}
        for change in view.changes:
            for span in change.spans:
                changes.setdefault(span.paragraph, {})[change.id] = change
        flags: dict[int, list[Flag]] = {}
        for flag in view.flags:
            flags.setdefault(flag.paragraph, []).append(flag)
        layout: dict[int, list[Layout]] = {}
        for one in view.layout:
            layout.setdefault(one.paragraph, []).append(one)
        threads = threads_of(view.comments)
        paragraphs = view.redline.paragraphs if self.formats else quiet(view.redline.paragraphs, view.changes)
        items = (Item(index, paragraph, self.rows[index], tuple(changes.get(index, {}).values()), tuple(threads.get(index, ())),
                      tuple(flags.get(index, ())), self._moved(index), tuple(layout.get(index, ())))
                 for index, paragraph in enumerate(paragraphs) if paragraph is not None)
        grouped = groupby(items, key=lambda item: (self.homes[item.index], item.paragraph.props.story))
        return tuple(self._block(home, tuple(group)) for (home, _), group in grouped)

    def _block(self, number: int, items: tuple[Item, ...]) -> Block:
        first = items[0]
        if number < 0:
            story = first.paragraph.props.story
            nowhere = Clause(None, "", "", None, first.index, first.index + len(items), None, story, "")
            return Block(-1, nowhere, "", "", (), items)
        clause = self.clauses[number]
        was = ""
        if first.index == clause.first and first.paragraph.mark.in_old and first.paragraph.mark.in_new:
            was = self._old[self._old_homes[first.index]].path
        return Block(number, clause, clause.path, "" if was == clause.path else was, tuple(self._parents(number)), items)

    def _parents(self, number: int) -> list[int]:
        found: list[int] = []
        parent = self.clauses[number].parent
        while parent is not None and parent not in found:
            found.insert(0, parent)
            parent = self.clauses[parent].parent
        return found

    def place(self, paragraph: int) -> str:
        """Where a paragraph stands, for a sentence: "7.2", or "the opening" before the first clause."""
        home = self.homes[paragraph]
        if home < 0 or self.clauses[home].level is None:
            return "the opening"
        return self.clauses[home].path or self.clauses[home].heading or "an unnumbered clause"

    def _moved(self, index: int) -> tuple[str, ...]:
        return tuple(f"{way} {self.place(other)}" for way, other in self._moves.get(index, ()))

    def choose(self, *, clause: str | None = None, only: frozenset[str] = frozenset(), whole: bool = False,
               formats: bool = False, quiet: bool = False) -> tuple[Chosen, ...]:
        """The blocks to draw, in order; with `formats` those too in which only formatting changed, with `quiet` those with a killer
        that is no news. `UsageError` for a clause or an author that is not there.
        """
        wanted = self._within(clause)
        for name in only:
            self._check(name)
        chosen: dict[int, tuple[Item, ...]] = {}
        context: set[int] = set()
        for place, block in enumerate(self.blocks):
            if wanted is not None and block.number not in wanted:
                continue
            items = tuple(item for item in block.items if self._shown(item, only, whole or wanted is not None)
                          or (formats and not only and item.format_changed) or (quiet and not only and item.quiet_killer))
            if items:
                chosen[place] = items
                context.update(block.parents)
        return tuple(_with_skips(self.blocks, chosen, context))

    def _within(self, clause: str | None) -> frozenset[int] | None:
        """The clause asked for and those below it; one that is gone can be asked for by its old number too."""
        if clause is None:
            return None
        try:
            found = self.clauses.index(find(self.view.clauses, clause))
        except UsageError:
            dropped = self.clauses[len(self.view.clauses):]
            if not any(clause.strip() in (one.path, one.label, one.id) for one in dropped):
                raise
            found = len(self.view.clauses) + dropped.index(find(dropped, clause))
        return frozenset(number for number in range(len(self.clauses)) if number == found or found in self._parents(number))

    def _check(self, name: str) -> None:
        if name in ONLY or self._authored(name):
            return
        known = sorted({person.author for change in self.view.changes for person in change.attributions if person.author})
        hint = f"Use one of {', '.join(ONLY)}" + (f", or a person: {', '.join(known)}." if known else ".")
        raise UsageError(f"nobody called {name} changed anything here", hint)

    def _authored(self, name: str) -> bool:
        return any(by(change.attributions, name) for change in self.view.changes) or any(
            same(comment.author, name) for comment in self.view.comments)

    def _shown(self, item: Item, only: frozenset[str], whole: bool) -> bool:
        if only:
            return any(_matches(item, name) for name in only)
        return whole or item.noteworthy


def _matches(item: Item, name: str) -> bool:
    if name == "changes":
        return item.words_changed
    if name == "killers":
        return any(flag.kind in (FlagKind.KILLER, FlagKind.RELIEF) for flag in item.flags)
    if name == "flags":
        return bool(item.flags)
    if name == "untracked":
        return any(silent(change.attributions) and change.kind is not ChangeKind.FORMAT for change in item.changes)
    if name == "comments":
        return bool(item.threads)
    if name == "moves":
        return item.paragraph.mark in MOVES or any(segment.kind in MOVES for segment in item.paragraph.segments)
    if name == "format":
        return item.format_changed
    spoken = [comment for thread in item.threads for comment in (thread.comment, *thread.replies)]
    return any(by(change.attributions, name) for change in item.changes) or any(same(c.author, name) for c in spoken)


def _with_skips(blocks: Sequence[Block], chosen: Mapping[int, tuple[Item, ...]], context: set[int]) -> Iterator[Chosen]:
    """Chosen blocks and the titles above them, each with the number of clauses left out before it."""
    skipped, named = 0, set[int]()
    for place, block in enumerate(blocks):
        if place in chosen or (block.number in context and block.number not in named):
            named.add(block.number)
            yield Chosen(block, place, chosen.get(place, ()), skipped)
            skipped = 0
        elif block.numbered and block.number not in named:
            skipped += 1


def skipped_after(blocks: Sequence[Block], chosen: Sequence[Chosen]) -> int:
    """How many clauses stand after the last chosen block."""
    last = chosen[-1].place if chosen else -1
    return len({block.number for block in blocks[last + 1:] if block.numbered})
