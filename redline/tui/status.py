"""The words around a page: the title above it, the line below it, the filters on offer. Pure: views in, contents out."""

from __future__ import annotations

from collections import Counter

from textual.content import Content

from redline.model import ChangeKind
from redline.text import safe_line
from redline.tui import safe
from redline.tui.marks import Marks, to_decide
from redline.tui.page.index import Index
from redline.tui.page.page import LAYOUT_NAMES, Layout
from redline.tui.walk import KINDS, NOTHING, Filter, Spot, Walk, people
from redline.views import Comparison, FlagKind, VersionInfo

MUTED = "$foreground-muted"
LOUD = "bold $warning"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 change", "3 changes"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def title(comparison: Comparison, width: int) -> Content:
    """What is compared, and how much there is of what; the loudest only where the line is short."""
    untracked = len(comparison.untracked)
    killers = sum(flag.kind is FlagKind.KILLER and flag.loud for flag in comparison.flags)
    notices = sum(flag.kind is FlagKind.NOTICE for flag in comparison.flags)
    formats = sum(change.kind is ChangeKind.FORMAT for change in comparison.changes)
    all_formats = formats + len(comparison.layout)
    pieces: list[safe.Part] = [
        (short_title(comparison.old, comparison.new.deal), ""), (" → ", MUTED),
        (short_title(comparison.new, comparison.new.deal), "bold"),
        (f"   {count(len(comparison.changes) - formats, 'change')}", ""),
    ]
    if untracked:
        pieces += [(" · ", MUTED), (f"{untracked} UNTRACKED", LOUD)]
    if killers:
        pieces += [(" · ", MUTED), (count(killers, "killer"), LOUD)]
    if notices:
        pieces += [(" · ", MUTED), (count(notices, "notice"), LOUD)]
    if comparison.comments and width >= 100:
        pieces += [(" · ", MUTED), (count(len(comparison.comments), "comment"), "")]
    if all_formats and width >= 100:
        pieces += [(" · ", MUTED), (f"{all_formats} of formatting", MUTED)]
    return safe.parts(*pieces)


def short_title(version: VersionInfo, deal: str) -> str:
    """A version's title without the name of the deal that is open anyway."""
    title = version.title
    if deal and version.deal == deal and title.startswith(f"{deal}, "):
        title = title[len(deal) + 2:]
    return safe_line(title, 40)


def status(index: Index, walk: Walk, spot: Spot, layout: Layout, words: str, remark: str, marks: Marks = NOTHING) -> Content:
    """Where the reader is among the changes walked, how many are open, what is filtered, what is hidden."""
    total = len(walk.changes)
    rank = walk.rank(spot)
    if not total:
        where = "no change to walk" if index.changes else "no change"
    elif rank is not None:
        where = f"change {rank} of {total}"
    elif spot.paragraph < 0:
        where = count(total, "change")
    else:
        after = sum(index.place(number)[0] <= spot.paragraph for number in walk.changes)
        where = f"{count(total, 'change')}, {after} before here"
    pieces: list[safe.Part] = [(where, "bold")]
    if marks.asked and index.weighty:
        pieces.append((f", {len(to_decide(index, marks)) or 'none'} open", "bold"))
    if 0 <= spot.flag < len(index.comparison.flags) and spot.flag in walk.flags:
        pieces.append((f"  flag {walk.flags.index(spot.flag) + 1} of {len(walk.flags)}", LOUD))
    if remark:
        pieces.append((f"  {remark}", LOUD))
    pieces.append((f"  {LAYOUT_NAMES[layout]}", MUTED))
    if walk.filter.says:
        pieces.append((f"  only {safe_line(walk.filter.says, 40)} (of {_all(index, walk.filter.noise)})", "bold"))
    if hidden := _hidden(index, walk):
        pieces.append((f"  {hidden}", MUTED))
    if words:
        pieces.append((f"  /{safe_line(words, 24)}", MUTED))
    return safe.parts(*pieces)


def _all(index: Index, noise: bool) -> int:
    """How many changes would be walked without a filter."""
    return sum(noise or change.kind is not ChangeKind.FORMAT for change in index.changes)


def _hidden(index: Index, walk: Walk) -> str:
    """How much of format and numbering is hidden, or that it is shown."""
    formats = sum(change.kind is ChangeKind.FORMAT for change in index.changes) + len(index.comparison.layout)
    renumbered = index.comparison.renumbered
    parts = [f"{formats} format" if formats else "", f"{renumbered} renumbered" if renumbered else ""]
    what = ", ".join(part for part in parts if part)
    if not what:
        return ""
    return f"{what} shown (w)" if walk.filter.noise else f"{what} hidden (w)"


def choices(index: Index, marks: Marks = NOTHING) -> list[tuple[str, Filter, str]]:
    """The filters that would leave something to walk: (what is written, the filter, how many changes)."""
    offered = [("all changes", Filter()), ("untracked", Filter(untracked=True)), ("flagged", Filter(flagged=True)),
               ("with comments", Filter(commented=True)), ("not yet seen", Filter(unseen=True))]
    offered[1:1] = [("still open", Filter(open=True)), ("decided", Filter(decided=True))] if marks.asked else []
    offered += [(kind, Filter(kind=kind)) for kind in KINDS]
    names = Counter(name for change in index.changes for name in people(change))
    offered += [(f"by {name}", Filter(person=name)) for name, _ in names.most_common()]
    out: list[tuple[str, Filter, str]] = []
    for text, one in offered:
        number = len(Walk(index, one, marks).changes)
        if number or one == Filter():
            out.append((text, one, str(number)))
    return out
