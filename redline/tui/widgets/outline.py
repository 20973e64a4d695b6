"""The clauses of a comparison as a tree, each with what is in it: changes, a killer, untracked edits, comments.

Badges count what is in the clause and below it, each change once, so that a closed branch hides nothing; where there is something to
decide, `5` is open, `2✓3` is two open and three decided, `✓5` is all decided. A clause that was
deleted or moved away stands struck under its old number.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rich.style import Style
from rich.text import Text
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from redline.model import ChangeKind
from redline.text import safe_line
from redline.tui import safe
from redline.tui.marks import Marks
from redline.tui.page.index import Index
from redline.tui.walk import NOTHING
from redline.views import FlagKind

_OPEN_UP_TO = 40
"""Trees of fewer clauses are shown open; longer ones are opened where something changed."""


@dataclass(frozen=True, slots=True)
class Badges:
    """What is in a clause and below it."""

    changes: int = 0
    killers: int = 0
    untracked: int = 0
    comments: int = 0
    decided: int = 0

    def __add__(self, other: Badges) -> Badges:
        return Badges(self.changes + other.changes, self.killers + other.killers, self.untracked + other.untracked,
                      self.comments + other.comments, self.decided + other.decided)

    @property
    def figures(self) -> str:
        """How many changes, and how many of them are decided: "5", "2✓3", "✓5"; "" for none."""
        left = self.changes - self.decided
        return f"{left or ''}✓{self.decided}" if self.decided else str(self.changes or "")

    @property
    def signs(self) -> str:
        return ("!" if self.killers else "") + ("U" if self.untracked else "") + ('"' if self.comments else "")


@dataclass(frozen=True, slots=True)
class Entry:
    """A clause in the tree: its number among the clauses, its first paragraph, what is written, whether it went."""

    clause: int
    paragraph: int
    title: str
    gone: bool = False


def badges(index: Index, marks: Marks = NOTHING) -> list[Badges]:
    """The badges of every clause, what is below it counted in. A move counts where it arrives."""
    found = [Badges() for _ in index.clauses]
    own = [(p, Badges(killers=_killers(index, p), comments=len(index.comments_in.get(p, ())))) for p in range(len(index.paragraphs))]
    own += [
        (index.place(number)[0], Badges(int(change.kind is not ChangeKind.FORMAT), untracked=int(index.untracked(change))))
        for number, change in enumerate(index.changes)
    ]
    for paragraph, badge in own:
        if paragraph < len(index.clause_of) and (clause := index.clause_of[paragraph]) >= 0:
            found[clause] += badge
    for number in range(len(index.clauses) - 1, -1, -1):
        parent = index.clauses[number].parent
        if parent is not None and parent < number:
            found[parent] += found[number]
    return [replace(one, decided=number) for one, number in zip(found, decided(index, marks), strict=True)]


def decided(index: Index, marks: Marks) -> list[int]:
    """How many changes are decided in every clause and below it."""
    found = [0] * len(index.clauses)
    for number, change in enumerate(index.changes) if marks.decisions else ():
        if change.id not in marks.decisions or change.kind is ChangeKind.FORMAT:
            continue
        clause = index.clause_of[index.place(number)[0]]
        while clause >= 0:
            found[clause] += 1
            parent = index.clauses[clause].parent
            clause = -1 if parent is None else parent
    return found


def _killers(index: Index, paragraph: int) -> int:
    flags = index.comparison.flags
    return sum(flags[number].kind is FlagKind.KILLER for number in index.flags_in.get(paragraph, ()))


def title(index: Index, number: int) -> str:
    """What the outline calls a clause: its label and heading, or the first words of its text."""
    clause = index.clauses[number]
    paragraph = index.paragraphs[clause.first]
    words = clause.heading or paragraph.side("new") or paragraph.side("old")
    return safe_line(f"{clause.label} {words}".strip(), 120) or "(opening)"


class Outline(Tree[Entry]):
    """The tree of clauses."""

    DEFAULT_CSS = """
    Outline { background: $surface; padding: 0 0 0 1; scrollbar-size-vertical: 1; overflow-x: hidden; }
    Outline:focus { background-tint: $foreground 0%; }
    Outline:nocolor > .tree--cursor { text-style: reverse; }
    Outline > .tree--guides { color: $border; }
    Outline > .tree--label { color: $foreground; }
    """
    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "

    def __init__(self, name: str | None = None) -> None:
        super().__init__(safe.cell("clauses"), id=name)
        self.show_root = False
        self.guide_depth = 2
        self.show_guides = False
        self._branches: dict[int, TreeNode[Entry]] = {}
        self._badges: list[Badges] = []

    def count(self, index: Index, marks: Marks) -> None:
        """Count again what is decided."""
        for clause, number in enumerate(decided(index, marks)):
            if self._badges[clause].decided != number:
                self._badges[clause] = replace(self._badges[clause], decided=number)
                self._branches[clause].refresh()

    def show(self, index: Index | None, marks: Marks = NOTHING) -> None:
        """Fill the tree from a comparison."""
        self.clear()
        self._branches = {}
        if index is None:
            return
        clauses = index.clauses
        counted = self._badges = badges(index, marks)
        parents = {clause.parent for clause in clauses}
        told = {clauses[number].parent for number in index.gone}
        for number, clause in enumerate(clauses):
            entry = Entry(number, clause.first, title(index, number), number in index.gone)
            parent = self.root if clause.parent is None else self._branches.get(clause.parent, self.root)
            label = safe.cell(entry.title, "strike" if entry.gone else "")
            if number in parents:
                news = counted[number].changes > 0 or number in told
                opened = len(clauses) <= _OPEN_UP_TO or (news and (clause.level or 0) < 1)
                self._branches[number] = parent.add(label, entry, expand=opened)
            else:
                self._branches[number] = parent.add_leaf(label, entry)
        self.root.expand()

    def mark(self, clause: int) -> None:
        """Put the cursor on a clause, or on the nearest one above it that is in sight."""
        node = self._branches.get(clause)
        while node is not None and node.parent is not None and not node.parent.is_expanded:
            node = node.parent
        if node is not None and node is not self.root and self.last_line >= 0 and self.cursor_node is not node:
            self.move_cursor(node)  # Only after last_line was asked for do new nodes know their lines.
            self.scroll_to_node(node, animate=False)

    def get_label_width(self, node: TreeNode[Entry]) -> int:
        return 1

    def render_label(self, node: TreeNode[Entry], base_style: Style, style: Style) -> Text:
        """The title cut to the room there is, the badges at the right edge."""
        entry = node.data
        if entry is None:
            return Text("")
        icon = (self.ICON_NODE_EXPANDED if node.is_expanded else self.ICON_NODE) if node.allow_expand else "  "
        mine = self._badges[entry.clause]
        tail = f" {mine.signs}{mine.figures:>3}" if mine.figures or mine.signs else ""
        room = self.size.width - self._depth(node) * 2 - len(icon) - len(tail) - 1
        name = Text(safe_line(entry.title, max(4, room)), style=style)
        name.pad_right(max(0, room - name.cell_len))
        quiet = style if mine.changes or mine.signs else style + Style(dim=True)
        name.stylize(quiet)
        if entry.gone:
            name.stylize(Style(strike=True), 0, len(name.plain.rstrip()))
        return Text.assemble((icon, base_style + Style(meta={"toggle": True}, dim=True)), name, (tail, style + Style(bold=True)))

    def _depth(self, node: TreeNode[Entry]) -> int:
        depth = 0
        parent = node.parent
        while parent is not None and parent is not self.root:
            depth += 1
            parent = parent.parent
        return depth
