"""Review: the outline, the redline, the evidence. The reader walks changes; everything else follows the reader.

The screen holds what the reader chose (layout, noise, filter, words looked for) and where the reader is; the widgets only show.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.widgets import Static, Tree

from redline.errors import RedlineError
from redline.text import safe_line
from redline.tui import safe
from redline.tui.evidence import evidence
from redline.tui.keys import bindings
from redline.tui.marks import Marks
from redline.tui.page.index import Index
from redline.tui.page.page import LAYOUTS, Layout
from redline.tui.protocol import DeskLike
from redline.tui.screens.place import Place
from redline.tui.search import Found
from redline.tui.status import status, title
from redline.tui.walk import Filter, Spot, Walk
from redline.tui.widgets.bars import StatusLine, TopBar
from redline.tui.widgets.document import Document
from redline.tui.widgets.evidence import EvidencePane
from redline.tui.widgets.outline import Entry, Outline
from redline.tui.widgets.prompt import Prompt
from redline.views import Comparison

SIDES_FROM = 120
RIGHT_FROM = 140
BOTH_FROM = 180
OVERLAY_BELOW = 100


class Reader(Place):
    """One comparison, read change by change: what is shown, where the reader is, and the keys that move."""

    place = "review"
    SCOPED_CSS = False  # The rules name Reader; a screen that is one has another name.
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("review")]
    CSS = """
    Reader { layers: base over; }
    Reader #title { height: 1; padding: 0 1; background: $background; text-wrap: nowrap; text-overflow: ellipsis; }
    Reader #middle { width: 1fr; }
    Reader Outline { width: 32; border-right: solid $border; }
    Reader.-vast Outline { width: 44; }
    Reader.-outline-hidden Outline { display: none; }
    Reader.-overlay Outline { layer: over; dock: left; width: 44; max-width: 80%; border-right: solid $primary; }
    Reader #evidence { height: 30%; min-height: 6; border-top: solid $border; }
    Reader #evidence.-more { height: 65%; }
    Reader #middle.-right { layout: horizontal; }
    Reader #middle.-right Document { width: 1fr; }
    Reader #middle.-right #evidence { width: 44; height: 1fr; border-top: none; border-left: solid $border; }
    Reader #middle.-right #evidence.-more { width: 45%; }
    """

    def __init__(self, desk: DeskLike) -> None:
        super().__init__(desk)
        self.client = ""
        self.index: Index | None = None
        self.walk: Walk | None = None
        self.spot = Spot()
        self.filter = Filter()
        self.noise = False
        self.found = Found()
        self.chosen_layout: Layout | None = None
        self.seen: frozenset[int] = frozenset()
        self.marks = Marks()

    def body(self) -> ComposeResult:
        yield Static(safe.made(self._headline()), id="title")
        with Horizontal():
            yield Outline("outline")
            with Container(id="middle"):
                yield Document("document")
                yield EvidencePane("evidence")
        yield Prompt()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a line is typed its keys come first."""
        return not (action == "end" and self.query_one(Prompt).asking)

    def on_mount(self) -> None:
        self._fit(self.app.size.width)
        self.query_one(Document).focus()
        self._restyle()
        self.app.theme_changed_signal.subscribe(self, lambda _: self._restyle())

    def _restyle(self) -> None:
        self.query_one(Document).restyle(self.app.theme, self.app.native_ansi_color)

    # Opening

    def open(self, client: str) -> None:
        """Read the latest turn of a deal and show it."""
        self.expect(client)
        self.ask(lambda: self.desk.review(client), self.show, f"reading {client} …", fresh=True)

    def expect(self, client: str) -> None:
        """Say which deal is being read, as long as nothing of it can be shown."""
        self.client = client
        self.reading = client
        if self.is_mounted:
            self.query_one("#title", Static).update(safe.made(self._headline()))

    def _headline(self) -> Content:
        if self.reading:
            return safe.content(f"reading {safe_line(self.reading, 40)} …")
        if self.index is not None:
            return safe.made(title(self.index.comparison, self._width))
        return safe.content("No deal is open. Go to the deals with 1 and press enter on one.")

    def failed(self, error: RedlineError) -> None:
        super().failed(error)
        self.reading = ""
        self.query_one("#title", Static).update(safe.made(self._headline()))

    def show(self, comparison: Comparison) -> None:
        """Show a comparison from its first change on."""
        self.index = Index(comparison)
        self.reading = ""
        self.seen = frozenset()
        self.filter = Filter(noise=self.noise)
        self.found = Found()
        self.marks = self.marks_of(comparison)
        self.walk = Walk(self.index, self.filter, self.marks)
        self.spot = self.walk.first()
        self.query_one(Document).mark(self.marks)
        self.query_one(Outline).show(self.index, self.marks)
        self.query_one("#title", Static).update(safe.made(self._headline()))
        self.query_one(TopBar).subject(comparison.new.deal or comparison.old.deal)
        self._redraw()

    def marks_of(self, comparison: Comparison) -> Marks:
        """What we think of the changes of a comparison."""
        return Marks.of(comparison, comparison.decisions or (), (), frozenset())

    # Layout

    def on_resize(self, event: events.Resize) -> None:
        self._fit(event.size.width)

    def _fit(self, width: int) -> None:
        """Put outline and evidence where a terminal of this width has room for them."""
        overlay = width < OVERLAY_BELOW
        if overlay != self.has_class("-overlay"):
            self.set_class(overlay, "-overlay")
            self.set_class(overlay, "-outline-hidden")
        before = self.layout_name
        self._width = width
        self.query_one("#title", Static).update(safe.made(self._headline()))
        if self.index is not None and self.layout_name != before:
            self._redraw()
        self._place_evidence()

    _width = 80
    reading = ""

    @property
    def layout_name(self) -> Layout:
        return self.chosen_layout or ("sides" if self._width >= SIDES_FROM else "inline")

    def _place_evidence(self) -> bool:
        """Put the evidence below or beside the page; whether that moved it."""
        middle = self.query_one("#middle")
        right = self._width >= (BOTH_FROM if self.layout_name == "sides" else RIGHT_FROM)
        moved = right != middle.has_class("-right")
        middle.set_class(right, "-right")
        return moved

    def _redraw(self) -> None:
        """Lay the page out anew: after another comparison, layout, search, or what is hidden."""
        moved = self._place_evidence()
        self.query_one(Document).show(self.index, self.layout_name, self.noise, self.found, self.spot, resizing=moved)
        self._follow()

    def go(self, spot: Spot) -> None:
        """Move the reader."""
        self.spot = spot
        self.seen |= {spot.flag}
        self.query_one(Document).go(spot)
        self._follow()

    def go_into(self, clause: int) -> None:
        """Move the reader to a clause's first change, or to its beginning where it has none."""
        if self.walk is not None:
            self.go(self.walk.into(clause))

    def _follow(self) -> None:
        """Let outline, evidence and status follow the reader."""
        if self.index is None or self.walk is None:
            return
        if 0 <= self.spot.paragraph < len(self.index.clause_of):
            self.query_one(Outline).mark(self.index.clause_of[self.spot.paragraph])
        self.query_one(EvidencePane).show(partial(evidence, self.index, self.spot, noise=self.noise, marks=self.marks))
        self._status()

    said = ""
    """The remark on the line below the page, "" for none."""

    def _status(self, remark: str = "") -> None:
        self.said = remark
        if self.index is not None and self.walk is not None:
            line = status(self.index, self.walk, self.spot, self.layout_name, self.found.words, remark, self.marks)
            self.query_one(StatusLine).say(line)

    def _step(self, spot: Spot | None, otherwise: str) -> None:
        if spot is not None:
            self.go(spot)
        else:
            self._status(otherwise)

    # Walking

    def action_change(self, step: int) -> None:
        if self.walk is not None:
            self._step(self.walk.change(self.spot, step), "that was the last change" if step > 0 else "that was the first change")

    def action_clause(self, step: int) -> None:
        if self.walk is not None:
            self._step(self.walk.clause(self.spot, step), "that was the last clause" if step > 0 else "that was the first clause")

    def action_flag(self, step: int) -> None:
        if self.walk is not None:
            none = "there is no flag" if not self.walk.flags else "that was the last flag" if step > 0 else "that was the first flag"
            self._step(self.walk.flag(self.spot, step, self.seen), none)

    def action_comment(self, step: int) -> None:
        if self.walk is not None:
            none = "there is no comment" if not self.walk.commented else (
                "that was the last comment" if step > 0 else "that was the first comment")
            self._step(self.walk.comment(self.spot, step), none)

    def action_end(self, step: int) -> None:
        if self.index is not None and self.walk is not None:
            self.go(self.walk.at(0 if step < 0 else max(0, len(self.index.paragraphs) - 1)))

    @on(Document.Chosen)
    def _clicked(self, event: Document.Chosen) -> None:
        paragraph = self.index.place(event.change)[0] if self.index is not None and event.change >= 0 else event.paragraph
        self.go(Spot(paragraph, event.change))

    @on(Tree.NodeSelected)
    def _picked(self, event: Tree.NodeSelected[Entry]) -> None:
        if event.node.data is not None and self.walk is not None:
            if self.has_class("-overlay"):
                self.add_class("-outline-hidden")
            self.query_one(Document).focus()
            self.go_into(event.node.data.clause)

    # What is shown, and how

    def action_layout(self) -> None:
        self.chosen_layout = LAYOUTS[(LAYOUTS.index(self.layout_name) + 1) % len(LAYOUTS)]
        self._redraw()

    def action_noise(self) -> None:
        self.noise = not self.noise
        self._set_filter(replace(self.filter, noise=self.noise))

    def _set_filter(self, chosen: Filter) -> None:
        if self.index is None:
            return
        self.filter = chosen
        self.walk = Walk(self.index, chosen, self.marks)
        self.spot = self.walk.kept(self.spot)
        self._redraw()

    def action_outline(self) -> None:
        outline = self.query_one(Outline)
        if self.has_class("-outline-hidden"):
            self.remove_class("-outline-hidden")
            outline.focus()
        elif outline.has_focus:
            self.set_class(self.has_class("-overlay"), "-outline-hidden")
            self.query_one(Document).focus()
        elif self.has_class("-overlay"):
            self.add_class("-outline-hidden")
        else:
            outline.focus()

    def action_more(self) -> None:
        self.query_one(EvidencePane).toggle_class("-more")

    def action_scroll_evidence(self, step: int) -> None:
        self.query_one(EvidencePane).scroll_relative(y=step * 3, animate=False)

    def back(self) -> bool:
        """Close what lies over the page; False when there is nothing to close."""
        if self.has_class("-overlay") and not self.has_class("-outline-hidden"):
            self.action_outline() if self.query_one(Outline).has_focus else self.add_class("-outline-hidden")
            return True
        if self.query_one(EvidencePane).has_class("-more"):
            self.action_more()
            return True
        return False
