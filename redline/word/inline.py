"""The inside of paragraphs: runs, text, fields, notes and comments.

`Inline` is the lower half of the walk: it knows the point reached and adds to the paragraph that is open there. Elements
are handed to its methods by the table in `walk`.

Sources: ECMA-376 Part 1 §17.3.2, §17.3.3 (runs and what is in them), §17.11 (notes), §17.13.4 (comments), §17.16 (fields).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from redline.model import PLAIN, Attribution, Kind, Look
from redline.word.authors import Authors
from redline.word.drafts import SAME, Anchor, Bookmark, Draft, Findings, Record, State
from redline.word.fields import ELSEWHERE, LISTINGS, LOADING, UNSTORED, command, leads_to, link, shown_instead
from redline.word.flow import Flow, OpenField
from redline.word.graphics import Graphics
from redline.word.layout import FIELD_CODE, NAMES, RPR_CHANGE, look_changed
from redline.word.moves import Moves
from redline.word.styles import UNSAID, Styles, said
from redline.word.symbols import symbol
from redline.word.xml import XML_SPACE, Element, r, value, w

RPR = w("rPr")
_ID, _TYPE, _T = w("id"), w("fldCharType"), w("t")
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

    def _hyperlink(self, element: Element) -> None:
        """A link (§17.16.22): where it leads is part of how its text looks, so that a changed target is a change."""
        target = self.graphics.target(self.part, element.get(r("id")))
        self._enter_link(element, link(target, element.get(w("anchor"), "")))

    def _enter_link(self, element: Element, leads: Look) -> None:
        self._enter(element, partial(setattr, self, "_link", self._link))
        self._link = self._pointing(leads) or self._link

    def _pointing(self, leads: Look) -> Look:
        """The look of what leads somewhere, here; its target is kept in mind. In a listing nothing counts as leading."""
        if not leads or (self._flow.fields and self._flow.fields[-1].listing):
            return PLAIN
        for look in leads:
            if look.startswith("ref:"):
                self.found.targets.setdefault(look[4:].casefold(), set()).add(look[4:])
        return leads

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

    # Fields

    def _field_char(self, element: Element) -> None:
        fields = self._flow.fields
        kind = element.get(_TYPE)
        if element in self._stray:
            return
        self._note_code()
        if kind == "begin":
            fields.append(OpenField(element, listing=bool(fields) and fields[-1].listing, before=self._leads,
                                    changes=[] if self._change is None else [self._change]))
            self._muted += 1
        elif fields and kind == "separate" and not fields[-1].result:
            fields[-1].result = True
            self._muted -= 1
            self._instruction(fields[-1])
            self._leads = fields[-1].leads or self._leads
        elif fields and kind == "end":
            ended = fields.pop()
            if not ended.result:
                self._muted -= 1
                self._instruction(ended)
                self._worked_out(ended)
            if not ended.shown:
                for change in dict.fromkeys(ended.changes):
                    self._record(FIELD_CODE, change)
            self._leads = ended.before

    def _note_code(self) -> None:
        """A tracked change which a part of a field other than its result stands in."""
        if self._change is not None and self._flow.fields:
            self._flow.fields[-1].changes.append(self._change)

    def _instruction(self, ended: OpenField) -> None:
        """Look at a field's instruction (§17.16.5): old ones can run programs or load files; a check box is a sign."""
        instruction = "".join(ended.instruction)
        self._look_into(instruction)
        ended.leads = self._pointing(leads_to(instruction))
        ended.listing = ended.listing or command(instruction) in LISTINGS
        box = ended.begin.find(f"{w('ffData')}/{w('checkBox')}")
        if box is not None:
            checked = box.find(w("checked"))
            state = checked if checked is not None else box.find(w("default"))
            self._add("\N{BALLOT BOX WITH X}" if state is not None and value(state, "1") not in ("0", "false", "off")
                      else "\N{BALLOT BOX}")

    def _worked_out(self, ended: OpenField) -> None:
        """A field without a stored result: what Word shows for it is in its instruction, or worked out anew each time."""
        instruction = "".join(ended.instruction)
        text = shown_instead(instruction, ended.begin)
        if text:
            self._add(text)
        elif command(instruction) in UNSTORED:
            self.found.counts[self.part, f"field without a stored result ({command(instruction)})"] += 1

    def _look_into(self, instruction: str) -> None:
        kind, rest = command(instruction), instruction.strip()
        if kind in ("DDE", "DDEAUTO"):
            self.found.notice("dde-field", "A field asks Word to start another program (DDE). Nothing was started.",
                              self.part)
        elif (kind.startswith("INCLUDE") or kind in LOADING) and ELSEWHERE.search(rest):
            self.found.notice("external-rel", "A field asks Word to load content from elsewhere. Nothing was loaded.",
                              self.part)

    def _field_code(self, element: Element) -> None:
        self._note_code()
        if self._flow.fields and element.text:
            self._flow.fields[-1].instruction.append(element.text)

    def _simple_field(self, element: Element) -> None:
        instruction = element.get(w("instr"), "")
        self._look_into(instruction)
        self._enter_link(element, leads_to(instruction))

    # Bookmarks

    def _bookmark_start(self, element: Element) -> None:
        name = element.get(w("name"), "")
        if not name or name.startswith("_Toc"):
            return
        flow = self._flow
        bookmark = Bookmark(name=name, state=self._state)
        self.found.bookmarks.append(bookmark)
        self._bookmarks[element.get(_ID, "")] = bookmark
        if flow.draft is None:
            flow.waiting.append(bookmark)
        else:
            bookmark.start = (flow.draft, flow.draft.length)

    def _bookmark_end(self, element: Element) -> None:
        bookmark = self._bookmarks.pop(element.get(_ID, ""), None)
        if bookmark is not None:
            bookmark.end = self._here()

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
