"""The walk through one story of a document: its elements in order become drafts of paragraphs.

One explicit stack, no recursion: a document nested as deep as the parser allows costs a deeper stack here and nothing else.
Every element is met once. What has no meaning here is not descended into; `coverage` finds out whether text was in it.

Sources: ECMA-376 Part 1 §17.3 (paragraphs), §17.5 (content controls), §17.13.5 (revisions).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial

from redline.model import Kind
from redline.word import unseen
from redline.word.drafts import SAME, Draft, Format, State, nested
from redline.word.fields import stray_fields
from redline.word.figures import CONFLICTS, KINDS, MATH_SIGNS
from redline.word.flow import Flow
from redline.word.inline import RPR, leading
from redline.word.layout import CONTROLS, MARK_LOOK, NAMES, PPR_CHANGE, SECTION_CHANGE, STRUCK
from redline.word.styles import NUM_PR, exact_line, numbering_ids, said, shade
from redline.word.tables import Tables
from redline.word.xml import Element, m, mc, number, value, w

_PPR, _P_STYLE, _OUTLINE, _SECTION = w("pPr"), w("pStyle"), w("outlineLvl"), w("sectPr")
_SHADE, _INS, _FRAME, _SPACING, _IND = w("shd"), w("ins"), w("framePr"), w("spacing"), w("ind")
_CONFLICT_INS, _CONFLICT_DEL = CONFLICTS
_MARK_FLAGS = {**{tag: KINDS[tag] for tag in (_INS, w("moveTo"))}, _CONFLICT_INS: Kind.INS,
               **{tag: KINDS[tag] for tag in (w("del"), w("moveFrom"))}, _CONFLICT_DEL: Kind.DEL}


class Walker(Tables):
    """Walks stories of one part. `boxes` receives the paragraphs of text boxes, each a story of its own."""

    def walk(self, root: Element, story: str, state: State = SAME) -> list[Draft]:
        """The paragraphs below `root`, which itself stands in a state (a note whose reference was deleted)."""
        self._flow = flow = Flow(story, [])
        self._state = state
        self._muted = 0
        self._stray = stray_fields(root)
        self._stack = [(iter(root), None)]
        stack = self._stack
        while stack:
            children, leave = stack[-1]
            for element in children:
                handler = _HANDLERS.get(element.tag)
                if handler is not None:
                    self._at = element
                    handler(self, element)
                elif self._graphic:
                    self._enter(element)
                if stack[-1][0] is not children:
                    break
            else:
                stack.pop()
                if leave is not None:
                    leave()
        self._settle(flow)
        return flow.drafts

    # Blocks

    def _paragraph(self, element: Element) -> None:
        flow = self._flow
        before = self._state
        draft = Draft(flow.story, flow.cell, before, background=flow.background, cloak=flow.cloak,
                      element=element if self._trace else None)
        properties = leading(element, _PPR)
        flow.draft = draft
        flow.section = flow.section or draft
        if flow.tables:
            flow.tables[-1].first = flow.tables[-1].first or draft
        draft.mark = before
        marked = None if properties is None else self._properties(draft, properties)
        if flow.ahead or flow.waiting:
            self._arrive(flow, draft)
        self._stack.append((iter(element), partial(self._end_paragraph, flow, draft, marked)))

    def _arrive(self, flow: Flow, draft: Draft) -> None:
        """Give a paragraph what waited for one."""
        for record in flow.ahead:
            record.draft = record.draft or draft
        flow.ahead.clear()
        for anchor in flow.waiting:
            anchor.start = anchor.start or (draft, 0)
        flow.waiting.clear()

    def _end_paragraph(self, flow: Flow, draft: Draft, marked: Element | None) -> None:
        draft.flush()
        if marked is not None:
            draft.mark = self._mark(draft.state, marked)
        self.moves.paragraph_ended()
        flow.drafts.append(draft)
        flow.draft = None
        if draft.ends_section:
            flow.section = None

    def _properties(self, draft: Draft, properties: Element) -> Element | None:
        """What a `w:pPr` says, met once: its children by tag. Gives the properties of the paragraph's mark."""
        found = {child.tag: child for child in properties}
        draft.format = draft.old_format = paragraph_format(found)
        if _SECTION in found:
            draft.ends_section = True
            self._section(found[_SECTION])
        style = self.styles.get(draft.format.style)
        draft.background = shade(found.get(_SHADE)) or style.fill or draft.background
        if _FRAME in found or _SPACING in found or _IND in found or style.line:
            height = exact_line(found.get(_SPACING))
            draft.cloak |= (unseen.frame(found.get(_FRAME), self.found.page) | unseen.indented(found.get(_IND), self.found.page)
                            | unseen.squeezed(style.line if height is None else height))
        mark = found.get(RPR)
        if mark is not None:
            says, look_change = said(mark)
            draft.hidden = "hidden" in self.styles.look(draft.format.style, says, mark, "")
            if look_change is not None:
                self._record(MARK_LOOK, look_change)
        change = found.get(PPR_CHANGE)
        if change is not None:
            before = change.find(_PPR)
            draft.old_format = paragraph_format({} if before is None else {child.tag: child for child in before})
            draft.change, draft.changer = change, self.authors.of(change)
            self.found.said.add(change)
        elif NUM_PR in found:
            inserted = found[NUM_PR].find(_INS)
            if inserted is not None:
                draft.old_format = Format(draft.format.style, None, None, draft.format.outline)
                draft.change, draft.changer = inserted, self.authors.of(inserted)
        return mark

    def _section(self, element: Element) -> None:
        """The properties of a section (§17.6), which stand at its end; a change of them is told at its start."""
        change = element.find(SECTION_CHANGE)
        if change is not None:
            self._record(NAMES[SECTION_CHANGE], change).draft = self._flow.section

    def _mark(self, state: State, properties: Element | None) -> State:
        """The state of a paragraph mark from the flags in its run properties (§17.13.5.15, .20, .21, .26)."""
        found = {} if properties is None else {child.tag: child for child in properties if child.tag in _MARK_FLAGS}
        for tag, usual in _MARK_FLAGS.items() if found else ():
            if tag in found:
                kind, move = self.moves.resolve(usual, mark=True)
                state = nested(state, kind, self.authors.of(found[tag]), move)
        return state

    def _chunk(self, element: Element) -> None:
        self.found.counts[self.part, "inserted file (altChunk)"] += 1
        self.found.notice("unread-content", "Another file is shown inside this document; its text was not read.", self.part)

    def _part_of_master(self, element: Element) -> None:
        """A master document shows other files in its place (§17.17.2.1)."""
        self.found.counts[self.part, "other document (subDoc)"] += 1
        self.found.notice("unread-content", "Another file is shown inside this document; its text was not read.", self.part)

    # Revisions

    def _tracked(self, element: Element) -> None:
        kind, move = self.moves.resolve(KINDS.get(element.tag) or CONFLICTS[element.tag])
        who = self.authors.of(element)
        if kind is Kind.INS and self._state.kind is Kind.DEL:
            self.found.notice("tracked-odd", "An insertion stands inside a deletion, which Word does not write.", self.part)
        if kind is Kind.DEL and self._state.kind in (Kind.INS, Kind.MOVE_TO) and self._flow.draft is not None:
            self._record(STRUCK, element)
        self._enter(element, partial(self._end_tracked, self._state, self._change))
        self._state, self._change = nested(self._state, kind, who, move), element

    def _end_tracked(self, state: State, change: Element | None) -> None:
        self._state, self._change = state, change

    def _move_start(self, element: Element) -> None:
        self.moves.start(element)

    def _move_end(self, element: Element) -> None:
        self.moves.end(element)


def paragraph_format(properties: Mapping[str, Element]) -> Format:
    """Style, direct numbering and outline level from the children of one `w:pPr` by tag."""
    outline = properties.get(_OUTLINE)
    num_id, ilvl = numbering_ids(properties.get(NUM_PR))
    return _shared(value(properties.get(_P_STYLE)), num_id, ilvl, None if outline is None else number(value(outline), 9))


@lru_cache(maxsize=4096)
def _shared(style: str, num_id: int | None, ilvl: int | None, outline: int | None) -> Format:
    return Format(style, num_id, ilvl, outline)


def _constant(text: str) -> Callable[[Walker, Element], None]:
    def handle(walker: Walker, element: Element) -> None:
        walker._add(text)
    return handle


_HANDLERS: dict[str, Callable[[Walker, Element], None]] = {
    w("p"): Walker._paragraph, w("r"): Walker._run, w("t"): Walker._text, w("delText"): Walker._text,
    w("tbl"): Walker._table, w("tr"): Walker._row, w("tc"): Walker._cell, w("altChunk"): Walker._chunk,
    w("tab"): _constant("\t"), w("ptab"): _constant("\t"), w("br"): _constant("\n"), w("cr"): _constant("\n"),
    w("noBreakHyphen"): _constant("\N{NON-BREAKING HYPHEN}"), w("softHyphen"): _constant("\N{SOFT HYPHEN}"),
    w("sym"): Walker._symbol, w("footnoteReference"): Walker._note, w("endnoteReference"): Walker._note,
    w("fldChar"): Walker._field_char, w("instrText"): Walker._field_code, w("delInstrText"): Walker._field_code,
    w("fldSimple"): Walker._simple_field, w("hyperlink"): Walker._hyperlink,
    w("commentRangeStart"): Walker._comment_start, w("commentRangeEnd"): Walker._comment_end,
    w("commentReference"): Walker._comment_reference,
    w("bookmarkStart"): Walker._bookmark_start, w("bookmarkEnd"): Walker._bookmark_end,
    w("moveFromRangeStart"): Walker._move_start, w("moveToRangeStart"): Walker._move_start,
    w("moveFromRangeEnd"): Walker._move_end, w("moveToRangeEnd"): Walker._move_end,
    w("drawing"): Walker._graphics, w("pict"): Walker._graphics, w("object"): Walker._graphics,
    w("txbxContent"): Walker._textbox, mc("AlternateContent"): Walker._alternates,
    w("subDoc"): Walker._part_of_master, w("sectPr"): Walker._section, w("sdtPr"): Walker._control_properties,
    m("r"): Walker._math_run, m("t"): Walker._text, m("d"): Walker._delimited,
}
_HANDLERS.update(dict.fromkeys((*KINDS, *CONFLICTS), Walker._tracked))
_HANDLERS.update(dict.fromkeys(CONTROLS, Walker._control))
_HANDLERS.update(dict.fromkeys(MATH_SIGNS, Walker._math_part))
_HANDLERS.update({w(name): Walker._enter for name in (
    "sdt", "sdtContent", "customXml", "smartTag", "dir", "bdo", "ruby", "rubyBase", "body")})
_HANDLERS.update({m(name): Walker._math for name in (
    "acc", "bar", "box", "borderBox", "eqArr", "f", "func", "groupChr", "limLow", "limUpp", "m", "nary", "phant", "rad",
    "sPre", "sSub", "sSubSup", "sSup")})
_HANDLERS.update({m(name): Walker._enter for name in ("oMath", "oMathPara", "e", "fName", "lim", "mr", "num")})
