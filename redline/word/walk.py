"""The walk through one story of a document: its elements in order become drafts of paragraphs.

One explicit stack, no recursion: a document nested as deep as the parser allows costs a deeper stack here and nothing else.
Every element is met once. What has no meaning here is not descended into; `coverage` finds out whether text was in it.

Sources: ECMA-376 Part 1 §17.3 (paragraphs and runs), §17.4 (tables), §17.5 (content controls), §17.13.5 (revisions), §17.16
(fields), §22.1 (math), Part 3 §9 (AlternateContent).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from redline.model import PLAIN, Attribution, Cell, Kind, Look
from redline.word.authors import Authors
from redline.word.drafts import SAME, Anchor, Draft, Findings, Format, State, nested
from redline.word.fields import stray_fields
from redline.word.graphics import Graphics
from redline.word.moves import Moves
from redline.word.styles import NO_FONT, Font, Styles, font, numbering_of, shade
from redline.word.symbols import symbol
from redline.word.xml import W14_NS, XML_SPACE, Element, m, mc, number, value, w

P, R, T, PPR, RPR, TBL, TR, TC = w("p"), w("r"), w("t"), w("pPr"), w("rPr"), w("tbl"), w("tr"), w("tc")
_R_STYLE, _P_STYLE, _OUTLINE = w("rStyle"), w("pStyle"), w("outlineLvl")
_RPR_CHANGE, _PPR_CHANGE, _SECTION = w("rPrChange"), w("pPrChange"), w("sectPr")
_ID, _TYPE = w("id"), w("fldCharType")
_UNKNOWN_BACKGROUND = ""
_KINDS = {w("ins"): Kind.INS, w("del"): Kind.DEL, w("moveFrom"): Kind.MOVE_FROM, w("moveTo"): Kind.MOVE_TO}
_CONFLICTS = {f"{{{W14_NS}}}conflictIns": Kind.INS, f"{{{W14_NS}}}conflictDel": Kind.DEL}


@dataclass(slots=True)
class _Table:
    """The table being walked through: its number, the place reached, and where it stands."""

    index: int
    parent: Cell | None
    background: str
    row: int = -1
    column: int = 0


@dataclass(slots=True)
class _Flow:
    """One story while it is walked: text boxes open a new one in the middle of another."""

    story: str
    drafts: list[Draft]
    base: State
    cell: Cell | None = None
    background: str = "FFFFFF"
    counters: list[int] = field(default_factory=lambda: [0])
    tables: list[_Table] = field(default_factory=list)
    fields: list[_Field] = field(default_factory=list)
    draft: Draft | None = None
    waiting: list[Anchor] = field(default_factory=list)


@dataclass(slots=True)
class _Field:
    """An open complex field (§17.16.18): its instruction so far, and whether its result has begun."""

    begin: Element
    instruction: list[str] = field(default_factory=list)
    result: bool = False


class Walker:
    """Walks stories of one part. `boxes` receives the paragraphs of text boxes, each a story of its own."""

    def __init__(self, part: str, styles: Styles, authors: Authors, moves: Moves, graphics: Graphics,
                 findings: Findings) -> None:
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
        self._flow = _Flow("", [], SAME)
        self._state = SAME
        self._look: Look = PLAIN
        self._was: Look | None = None
        self._who: Attribution | None = None
        self._muted = 0
        self._graphic = 0
        self._stray: set[Element] = set()

    def walk(self, root: Element, story: str, state: State = SAME) -> list[Draft]:
        """The paragraphs below `root`, which itself stands in a state (a note whose reference was deleted)."""
        self._flow = flow = _Flow(story, [], state)
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

    def _enter(self, element: Element, leave: Callable[[], None] | None = None) -> None:
        """Go on with the children of an element; `leave` is called after the last of them."""
        self._stack.append((iter(element), leave))

    def _in_state(self, element: Element, state: State) -> None:
        """Go on with the children of an element in another state."""
        self._enter(element, partial(setattr, self, "_state", self._state))
        self._state = state

    # Blocks

    def _paragraph(self, element: Element) -> None:
        flow = self._flow
        before = self._state
        draft = Draft(flow.story, flow.cell, before, background=flow.background)
        properties = element.find(PPR)
        if properties is not None:
            self._properties(draft, properties)
        else:
            draft.mark = before
        for anchor in flow.waiting:
            anchor.start = anchor.start or (draft, 0)
        flow.waiting.clear()
        flow.draft = draft
        self._enter(element, partial(self._end_paragraph, flow, draft, properties))

    def _end_paragraph(self, flow: _Flow, draft: Draft, properties: Element | None) -> None:
        draft.flush()
        if properties is not None:
            draft.mark = self._mark(draft.state, properties.find(RPR))
        self.moves.paragraph_ended()
        flow.drafts.append(draft)
        flow.draft = None

    def _properties(self, draft: Draft, properties: Element) -> None:
        draft.format = draft.old_format = paragraph_format(properties)
        draft.ends_section = properties.find(_SECTION) is not None
        draft.background = shade(properties.find(w("shd"))) or self.styles.get(draft.format.style).fill or draft.background
        mark = properties.find(RPR)
        if mark is not None:
            look = self.styles.effective(draft.format.style, value(mark.find(_R_STYLE)), font(mark)).look()
            draft.hidden = "hidden" in look
            if mark.find(_RPR_CHANGE) is not None:
                self.found.counts[self.part, "look of a paragraph mark"] += 1
        change = properties.find(_PPR_CHANGE)
        if change is not None:
            old = paragraph_format(change.find(PPR))
            if old != draft.format:
                draft.old_format, draft.change = old, self.authors.of(change)
            else:
                self.found.counts[self.part, "paragraph layout"] += 1
        inserted = properties.find(f"{w('numPr')}/{w('ins')}")
        if inserted is not None and change is None:
            draft.old_format = Format(draft.format.style, None, None, draft.format.outline)
            draft.change = self.authors.of(inserted)

    def _mark(self, state: State, properties: Element | None) -> State:
        """The state of a paragraph mark from the flags in its run properties (§17.13.5.15, .20, .21, .26)."""
        if properties is None:
            return state
        for tag in (w("ins"), w("moveTo"), w("del"), w("moveFrom")):
            flag = properties.find(tag)
            if flag is not None:
                kind, move = self.moves.resolve(_KINDS[tag], mark=True)
                state = nested(state, kind, self.authors.of(flag), move)
        return state

    def _table(self, element: Element) -> None:
        flow = self._flow
        properties = element.find(w("tblPr"))
        background = flow.background
        if properties is not None:
            fill = shade(properties.find(w("shd")))
            style = value(properties.find(w("tblStyle")))
            background = fill or (_UNKNOWN_BACKGROUND if style and self.styles.shaded(style) else background)
        flow.tables.append(_Table(flow.counters[-1], flow.cell, background))
        flow.counters[-1] += 1
        self.depth = max(self.depth, len(flow.tables))
        self._enter(element, partial(self._end_table, flow))

    def _end_table(self, flow: _Flow) -> None:
        flow.tables.pop()

    def _row(self, element: Element) -> None:
        if not self._flow.tables:
            return
        table = self._flow.tables[-1]
        table.row += 1
        table.column = 0
        state = self._state
        properties = element.find(w("trPr"))
        if properties is not None:
            table.column = number(value(properties.find(w("gridBefore"))))
            for tag in (w("ins"), w("del")):
                flag = properties.find(tag)
                if flag is not None:
                    state = nested(state, _KINDS[tag], self.authors.of(flag))
        self._in_state(element, state)

    def _cell(self, element: Element) -> None:
        flow = self._flow
        if not flow.tables:
            return
        table = flow.tables[-1]
        state, span, before = self._state, 1, (flow.cell, flow.background, self._state)
        background = table.background
        properties = element.find(w("tcPr"))
        if properties is not None:
            span = max(1, number(value(properties.find(w("gridSpan"))), 1))
            background = shade(properties.find(w("shd"))) or background
            for tag, kind in ((w("cellIns"), Kind.INS), (w("cellDel"), Kind.DEL)):
                flag = properties.find(tag)
                if flag is not None:
                    state = nested(state, kind, self.authors.of(flag))
        flow.cell = Cell(table.index, table.row, table.column, table.parent)
        flow.background = background
        flow.counters.append(0)
        table.column += span
        self._state = state
        self._enter(element, partial(self._end_cell, flow, before))

    def _end_cell(self, flow: _Flow, before: tuple[Cell | None, str, State]) -> None:
        flow.counters.pop()
        flow.cell, flow.background, self._state = before

    def _chunk(self, element: Element) -> None:
        self.found.counts[self.part, "inserted file (altChunk)"] += 1
        self.found.notice("unread-content", "Another file is shown inside this document; its text was not read.", self.part)

    # Revisions

    def _tracked(self, element: Element) -> None:
        kind, move = self.moves.resolve(_KINDS.get(element.tag) or _CONFLICTS[element.tag])
        who = self.authors.of(element)
        if kind is Kind.INS and self._state.kind is Kind.DEL:
            self.found.notice("tracked-odd", "An insertion stands inside a deletion, which Word does not write.", self.part)
        self._in_state(element, nested(self._state, kind, who, move))

    def _move_start(self, element: Element) -> None:
        self.moves.start(element)

    def _move_end(self, element: Element) -> None:
        self.moves.end(element)

    # Runs

    def _run(self, element: Element) -> None:
        draft = self._flow.draft
        if draft is None:
            return
        self._look, self._was, self._who = PLAIN, None, None
        properties = element.find(RPR)
        if properties is None:
            self._look = self._effective(draft, "", NO_FONT)
        else:
            self._look = self._effective(draft, value(properties.find(_R_STYLE)), font(properties))
            change = properties.find(_RPR_CHANGE)
            if change is not None:
                self._format_change(draft, change)
        self._enter(element)

    def _effective(self, draft: Draft, character: str, direct: Font) -> Look:
        return self.styles.effective(draft.format.style, character, direct).look(draft.background)

    def _format_change(self, draft: Draft, change: Element) -> None:
        old = change.find(RPR)
        character = "" if old is None else value(old.find(_R_STYLE))
        was = self.styles.effective(draft.old_format.style, character, font(old)).look(draft.background)
        if was == self._look:
            self.found.counts[self.part, "look of text"] += 1
        elif self._state.kind is Kind.SAME:
            self._was, self._who = was, self.authors.of(change)

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
            draft.add(text, self._state, self._look, self._was, self._who)

    def _atom(self, atom: str) -> None:
        draft = self._flow.draft
        if draft is not None and not self._muted:
            draft.atom(atom, self._state)

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
        if kind == "begin":
            fields.append(_Field(element))
            self._muted += 1
        elif fields and kind == "separate" and not fields[-1].result:
            fields[-1].result = True
            self._muted -= 1
            self._instruction(fields[-1])
        elif fields and kind == "end":
            ended = fields.pop()
            if not ended.result:
                self._muted -= 1
                self._instruction(ended)

    def _instruction(self, ended: _Field) -> None:
        """Look at a field's instruction (§17.16.5): old ones can run programs or load files; a check box is a sign."""
        instruction = "".join(ended.instruction)
        self._look_into(instruction)
        box = ended.begin.find(f"{w('ffData')}/{w('checkBox')}")
        if box is not None:
            checked = box.find(w("checked"))
            state = checked if checked is not None else box.find(w("default"))
            self._add("\N{BALLOT BOX WITH X}" if state is not None and value(state, "1") not in ("0", "false", "off")
                      else "\N{BALLOT BOX}")

    def _look_into(self, instruction: str) -> None:
        command, _, rest = instruction.strip().partition(" ")
        if command.upper() in ("DDE", "DDEAUTO"):
            self.found.notice("dde-field", "A field asks Word to start another program (DDE). Nothing was started.",
                              self.part)
        elif command.upper().startswith("INCLUDE") and "://" in rest:
            self.found.notice("external-rel", "A field asks Word to load content from elsewhere. Nothing was loaded.",
                              self.part)

    def _field_code(self, element: Element) -> None:
        if self._flow.fields and element.text:
            self._flow.fields[-1].instruction.append(element.text)

    def _simple_field(self, element: Element) -> None:
        self._look_into(element.get(w("instr"), ""))
        self._enter(element)

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

    def _settle(self, flow: _Flow) -> None:
        """Anchors that waited for a paragraph which never came stand at the end of the last one."""
        if flow.drafts:
            for anchor in flow.waiting:
                anchor.start = (flow.drafts[-1], flow.drafts[-1].length)
        flow.waiting.clear()

    # Graphics, math, alternates

    def _graphics(self, element: Element) -> None:
        """A drawing, a VML picture or an embedded object (§17.3.3.9, §17.3.3.21, §17.3.3.19)."""
        atoms = self.graphics.atoms(self.part, element)
        for atom in atoms:
            self._atom(atom)
        if any(True for _ in element.iter(w("txbxContent"))):
            self._graphic += 1
            self._enter(element, self._end_graphics)

    def _end_graphics(self) -> None:
        self._graphic -= 1

    def _textbox(self, element: Element) -> None:
        self._atom("textbox")
        self.found.textboxes += 1
        flow = _Flow(f"textbox:{self.found.textboxes}", [], self._state, background=_UNKNOWN_BACKGROUND)
        before = (self._flow, self._look, self._was, self._who, self._muted, self._graphic)
        self._flow, self._muted, self._graphic = flow, 0, 0
        self._enter(element, partial(self._end_textbox, before))

    def _end_textbox(self, before: tuple[_Flow, Look, Look | None, Attribution | None, int, int]) -> None:
        self._settle(self._flow)
        self.boxes.extend(self._flow.drafts)
        self._flow, self._look, self._was, self._who, self._muted, self._graphic = before

    def _alternates(self, element: Element) -> None:
        """Walk the branch a current Word shows; the other one repeats it for older programs and is passed by."""
        branches = [child for child in element if child.tag in (mc("Choice"), mc("Fallback"))]
        if not branches:
            return
        boxed = [branch for branch in branches if next(branch.iter(w("txbxContent")), None) is not None]
        chosen = boxed[0] if boxed else branches[0]
        self._passed.extend(branch for branch in branches if branch is not chosen)
        self._enter(chosen)

    def _math(self, element: Element) -> None:
        """A math object. One that was inserted or deleted as a whole says so in its `ctrlPr` (§17.13.5.13, .17)."""
        state = self._state
        for tag in (w("ins"), w("del")):
            flag = element.find(f"*/{m('ctrlPr')}/{tag}")
            if flag is not None:
                state = nested(state, _KINDS[tag], self.authors.of(flag))
        self._in_state(element, state)

    def _math_part(self, element: Element) -> None:
        self._look, self._was, self._who = PLAIN, None, None
        self._add(_MATH_SIGNS[element.tag])
        self._enter(element)

    def _delimited(self, element: Element) -> None:
        properties = element.find(m("dPr"))
        signs = []
        for tag, usual in ((m("begChr"), "("), (m("endChr"), ")")):
            sign = None if properties is None else properties.find(tag)
            signs.append(usual if sign is None else sign.get(m("val"), usual)[:1])
        self._look, self._was, self._who = PLAIN, None, None
        self._add(signs[0])
        self._enter(element, partial(self._add, signs[1]))

    def _math_run(self, element: Element) -> None:
        self._look, self._was, self._who = PLAIN, None, None
        self._enter(element)


_AS_SPACE = str.maketrans("\t\n\r", "   ")
_MATH_SIGNS = {m("den"): "/", m("sup"): "^", m("sub"): "_", m("deg"): "√"}


def _preserved(element: Element) -> bool:
    """Whether an ancestor asks to keep white space; Word trims a text element that nobody protects."""
    return any(parent.get(XML_SPACE) == "preserve" for parent in element.iterancestors())


def paragraph_format(properties: Element | None) -> Format:
    """Style, direct numbering and outline level of one `w:pPr`."""
    if properties is None:
        return Format()
    outline = properties.find(_OUTLINE)
    num_id, ilvl = numbering_of(properties)
    return Format(value(properties.find(_P_STYLE)), num_id, ilvl, None if outline is None else number(value(outline), 9))


def _constant(text: str) -> Callable[[Walker, Element], None]:
    def handle(walker: Walker, element: Element) -> None:
        walker._add(text)
    return handle


_HANDLERS: dict[str, Callable[[Walker, Element], None]] = {
    P: Walker._paragraph, R: Walker._run, T: Walker._text, w("delText"): Walker._text,
    TBL: Walker._table, TR: Walker._row, TC: Walker._cell, w("altChunk"): Walker._chunk,
    w("tab"): _constant("\t"), w("ptab"): _constant("\t"), w("br"): _constant("\n"), w("cr"): _constant("\n"),
    w("noBreakHyphen"): _constant("\N{NON-BREAKING HYPHEN}"), w("softHyphen"): _constant("\N{SOFT HYPHEN}"),
    w("sym"): Walker._symbol, w("footnoteReference"): Walker._note, w("endnoteReference"): Walker._note,
    w("fldChar"): Walker._field_char, w("instrText"): Walker._field_code, w("delInstrText"): Walker._field_code,
    w("fldSimple"): Walker._simple_field,
    w("commentRangeStart"): Walker._comment_start, w("commentRangeEnd"): Walker._comment_end,
    w("commentReference"): Walker._comment_reference,
    w("moveFromRangeStart"): Walker._move_start, w("moveToRangeStart"): Walker._move_start,
    w("moveFromRangeEnd"): Walker._move_end, w("moveToRangeEnd"): Walker._move_end,
    w("drawing"): Walker._graphics, w("pict"): Walker._graphics, w("object"): Walker._graphics,
    w("txbxContent"): Walker._textbox, mc("AlternateContent"): Walker._alternates,
    m("r"): Walker._math_run, m("t"): Walker._text, m("d"): Walker._delimited,
}
_HANDLERS.update(dict.fromkeys((*_KINDS, *_CONFLICTS), Walker._tracked))
_HANDLERS.update(dict.fromkeys(_MATH_SIGNS, Walker._math_part))
_HANDLERS.update({w(name): Walker._enter for name in (
    "sdt", "sdtContent", "customXml", "smartTag", "hyperlink", "dir", "bdo", "ruby", "rubyBase", "body")})
_HANDLERS.update({m(name): Walker._math for name in (
    "acc", "bar", "box", "borderBox", "eqArr", "f", "func", "groupChr", "limLow", "limUpp", "m", "nary", "phant", "rad",
    "sPre", "sSub", "sSubSup", "sSup")})
_HANDLERS.update({m(name): Walker._enter for name in ("oMath", "oMathPara", "e", "fName", "lim", "mr", "num")})
