"""The inside of paragraphs: runs, text, notes and comments.

`Inline` is the lowest part of the walk: it knows the point reached and adds to the paragraph that is open there. Elements
are handed to its methods by the table in `walk`.

Sources: ECMA-376 Part 1 §17.3.2, §17.3.3 (runs and what is in them), §17.11 (notes), §17.13.4 (comments).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from redline.model import PLAIN, Attribution, Kind, Look
from redline.word.authors import Authors
from redline.word.drafts import SAME, Anchor, Bookmark, Draft, Findings, Record, State
from redline.word.flow import Flow
from redline.word.graphics import Graphics
from redline.word.layout import NAMES, RPR_CHANGE, look_changed
from redline.word.moves import Moves
from redline.word.styles import UNSAID, Styles, said
from redline.word.symbols import symbol
from redline.word.xml import XML_SPACE, Element, w

RPR = w("rPr")
_ID, _T = w("id"), w("t")
_AS_SPACE = str.maketrans("\t\n\r", "   ")


class Inline:
    """The point reached in a part, and what runs add there."""

    def __init__(self, part: str, styles: Styles, authors: Authors, moves: Moves, graphics: Graphics,
                 findings: Findings, *, trace: bool = False) -> None:
        self.part = part
        self.styles = styles
        self.authors = authors
        self.moves = moves
        self.graphics = graphics
        self.found = findings
        self.boxes: list[Draft] = []
        self.depth = 0
        self._texts = findings.texts.setdefault(part, [])
        self._passed = findings.passed.setdefault(part, [])
        self._stack: list[tuple[Iterator[Element], Callable[[], None] | None]] = []
        self._flow = Flow("", [])
        self._state = SAME
        self._change: Element | None = None
        self._look: Look = PLAIN
        self._was: Look | None = None
        self._who: Attribution | None = None
        self._link: Look = PLAIN
        self._leads: Look = PLAIN
        self._bookmarks: dict[str, Bookmark] = {}
        self._controls: dict[Element | None, Record] = {}
        self._muted = 0
        self._graphic = 0
        self._cloak: Look = PLAIN
        self._stray: set[Element] = set()
        self._trace = trace
        self._at: Element | None = None

    def _enter(self, element: Element, leave: Callable[[], None] | None = None) -> None:
        """Go on with the children of an element; `leave` is called after the last of them."""
        self._stack.append((iter(element), leave))

    def _in_state(self, element: Element, state: State) -> None:
        """Go on with the children of an element in another state."""
        self._enter(element, partial(setattr, self, "_state", self._state))
        self._state = state

    def _record(self, what: str, element: Element, *, ahead: bool = False) -> Record:
        """Keep a tracked change of layout, at the paragraph that is open or, with `ahead`, at the next one."""
        flow = self._flow
        record = Record(self.part, what, None if ahead else flow.draft, self.authors.of(element), element)
        self.found.layout.append(record)
        self.found.said.add(element)
        if record.draft is None:
            flow.ahead.append(record)
        return record

    # Runs

    def _run(self, element: Element) -> None:
        draft = self._flow.draft
        if draft is None:
            return
        self._was = self._who = None
        properties = leading(element, RPR)
        says, change = said(properties) if properties is not None else UNSAID
        self._look = self.styles.look(draft.format.style, says, properties, draft.background)
        if draft.cloak:
            self._look |= draft.cloak
        if properties is not None and change is not None:
            self._format_change(element, draft, properties, change)
        elif len(element) == 1 + (properties is not None) and element[-1].tag == _T:
            self._at = element[-1]
            self._text(self._at)
        else:
            self._enter(element)

    def _format_change(self, run: Element, draft: Draft, properties: Element, change: Element) -> None:
        """A run whose properties were changed. Where its text cannot say so (it is tracked itself, or there is none), the layout does."""
        old = change.find(RPR)
        was = self.styles.look(draft.old_format.style, said(old)[0], old, draft.background) | draft.cloak
        if was == self._look or self._state.kind is not Kind.SAME:
            self._record(look_changed(properties, old) if was == self._look else NAMES[RPR_CHANGE], change)
            self._enter(run)
        else:
            self._was, self._who = was, self.authors.of(change)
            self._enter(run, partial(self._end_changed_run, draft, draft.words, change))

    def _end_changed_run(self, draft: Draft, words: int, change: Element) -> None:
        if draft.words == words:
            self._record(NAMES[RPR_CHANGE], change)
        self.found.said.add(change)

    def _text(self, element: Element) -> None:
        text = element.text
        if not text:
            return
        self._texts.append(text)
        if "\n" in text or "\t" in text or "\r" in text:
            text = text.translate(_AS_SPACE)
        if (text[0] == " " or text[-1] == " ") and element.get(XML_SPACE) != "preserve" and not _preserved(element):
            text = text.strip(" ")
        self._add(text)

    def _add(self, text: str) -> None:
        draft = self._flow.draft
        if draft is not None and text and not self._muted:
            look, was, leads = self._look, self._was, self._leads or self._link
            if leads:
                look, was = look | leads, None if was is None else was | leads
            if self._trace:
                self._note_source(draft)
            if self._flow.fields:
                self._show_field()
            draft.add(text, self._state, look, was, self._who)

    def _atom(self, atom: str) -> None:
        draft = self._flow.draft
        if draft is not None and not self._muted:
            self._note_source(draft)
            draft.atom(atom, self._state)

    def _note_source(self, draft: Draft) -> None:
        if self._trace and self._at is not None:
            draft.trace.append((draft.length, self._at))

    def _show_field(self) -> None:
        if self._state.kind is not Kind.SAME:
            for open_ in reversed(self._flow.fields):
                if open_.shown:
                    break
                open_.shown = True

    def _symbol(self, element: Element) -> None:
        self._add(symbol(element.get(w("font"), ""), element.get(w("char"), "")))

    def _note(self, element: Element) -> None:
        kind = "footnote" if element.tag == w("footnoteReference") else "endnote"
        self.found.notes.append((kind, element.get(_ID, ""), self._state))
        self._atom(kind)

    # Comments

    def _comment_start(self, element: Element) -> None:
        anchor = self._anchor(element)
        flow = self._flow
        if anchor.start is not None:
            return
        if flow.draft is None:
            flow.waiting.append(anchor)
        else:
            anchor.start = (flow.draft, flow.draft.length)

    def _comment_end(self, element: Element) -> None:
        anchor = self._anchor(element)
        place = self._here()
        if anchor.end is None and place is not None:
            anchor.end = place

    def _comment_reference(self, element: Element) -> None:
        anchor = self._anchor(element)
        anchor.reference = anchor.reference or self._here()

    def _anchor(self, element: Element) -> Anchor:
        return self.found.anchors.setdefault(element.get(_ID, ""), Anchor())

    def _here(self) -> tuple[Draft, int] | None:
        flow = self._flow
        draft = flow.draft or (flow.drafts[-1] if flow.drafts else None)
        return None if draft is None else (draft, draft.length)

    def _settle(self, flow: Flow) -> None:
        """Anchors that waited for a paragraph which never came stand at the end of the last one."""
        if flow.drafts:
            for anchor in flow.waiting:
                anchor.start = (flow.drafts[-1], flow.drafts[-1].length)
            for record in flow.ahead:
                record.draft = record.draft or flow.drafts[-1]
        flow.waiting.clear()
        flow.ahead.clear()


def leading(element: Element, tag: str) -> Element | None:
    """The properties of a run or a paragraph, which stand first; a file that has them elsewhere is borne."""
    children = len(element)
    if not children:
        return None
    first = element[0]
    return first if first.tag == tag else element.find(tag) if children > 1 else None


def _preserved(element: Element) -> bool:
    """Whether an ancestor asks to keep white space; Word trims a text element that nobody protects."""
    return any(parent.get(XML_SPACE) == "preserve" for parent in element.iterancestors())
