"""What stands in a paragraph beside its text: graphics, text boxes, alternates, formulas.

Sources: ECMA-376 Part 1 §17.3.3.9, .19, .21 (drawings, objects, pictures), §17.13.5.13, .17 (tracked math), §22.1 (math),
Part 3 §9 (AlternateContent).
"""

from __future__ import annotations

from functools import partial

from redline.model import PLAIN, Attribution, Kind, Look
from redline.word.drafts import Draft, nested
from redline.word.flow import Flow
from redline.word.layout import CONTROL_LOOK, CONTROLS, FORMULA_LOOK, RPR_CHANGE
from redline.word.leads import Leads
from redline.word.unseen import graphic
from redline.word.xml import V_NS, W14_NS, Element, m, mc, w

KINDS = {w("ins"): Kind.INS, w("del"): Kind.DEL, w("moveFrom"): Kind.MOVE_FROM, w("moveTo"): Kind.MOVE_TO}
CONFLICTS = {f"{{{W14_NS}}}conflictIns": Kind.INS, f"{{{W14_NS}}}conflictDel": Kind.DEL}
UNKNOWN_BACKGROUND = ""
_TEXT_PATH = f"{{{V_NS}}}textpath"
MATH_SIGNS = {m("den"): "/", m("sup"): "^", m("sub"): "_", m("deg"): "√"}


class Figures(Leads):
    """The point reached, and what is no run of text there."""

    def _graphics(self, element: Element) -> None:
        """A drawing, a VML picture or an embedded object (§17.3.3.9, §17.3.3.21, §17.3.3.19)."""
        words = [path.get("string", "") for path in element.iter(_TEXT_PATH)]
        atoms = self.graphics.atoms(self.part, element)
        for atom in atoms if atoms != ["drawing"] or not any(words) else ():
            self._atom(atom)
        cloak = graphic(element, self.found.page)
        for text in filter(None, words):
            self._word_art(text, cloak)
        if any(True for _ in element.iter(w("txbxContent"))):
            self._enter(element, partial(self._end_graphics, self._cloak))
            self._graphic += 1
            self._cloak |= cloak

    def _end_graphics(self, cloak: Look) -> None:
        self._graphic -= 1
        self._cloak = cloak

    def _word_art(self, text: str, cloak: Look) -> None:
        """A shape that is nothing but a line of text, such as a watermark (Part 4 §19.1.2.23): a text box of one paragraph."""
        self._atom("textbox")
        self.found.textboxes += 1
        draft = Draft(f"textbox:{self.found.textboxes}", None, self._state, mark=self._state)
        draft.add(text, self._state, cloak, None, None)
        draft.flush()
        self.boxes.append(draft)

    def _textbox(self, element: Element) -> None:
        self._atom("textbox")
        self.found.textboxes += 1
        outer = self._flow.draft.cloak if self._flow.draft is not None else PLAIN
        flow = Flow(f"textbox:{self.found.textboxes}", [], background=UNKNOWN_BACKGROUND, cloak=self._cloak | outer)
        before = (self._flow, self._look, self._was, self._who, self._muted, self._graphic, self._link, self._leads)
        self._flow, self._muted, self._graphic, self._link, self._leads = flow, 0, 0, PLAIN, PLAIN
        self._enter(element, partial(self._end_textbox, before))

    def _end_textbox(self, before: tuple[Flow, Look, Look | None, Attribution | None, int, int, Look, Look]) -> None:
        self._settle(self._flow)
        self.boxes.extend(self._flow.drafts)
        self._flow, self._look, self._was, self._who, self._muted, self._graphic, self._link, self._leads = before

    def _alternates(self, element: Element) -> None:
        """Walk the branch a current Word shows: the first choice of which it understands all that it requires, else the
        fallback (Part 3 §9.3). The others repeat it for other programs and are passed by.
        """
        branches = [child for child in element if child.tag in (mc("Choice"), mc("Fallback"))]
        chosen = next((branch for branch in branches if branch.tag == mc("Fallback") or understood(branch)), None)
        self._passed.extend(branch for branch in branches if branch is not chosen)
        if chosen is None:
            return
        if len({_words(branch) for branch in branches}) > 1:
            self.found.notice("two-texts", "A part of the document holds other words for older programs than for Word; "
                              "what Word shows was read.", self.part)
        self._enter(chosen)

    def _math(self, element: Element) -> None:
        """A math object. One that was inserted or deleted as a whole says so in its `ctrlPr` (§17.13.5.13, .17)."""
        state = self._state
        change = element.find(f"*/{m('ctrlPr')}/{w('rPr')}/{RPR_CHANGE}")
        if change is not None:
            self._record(FORMULA_LOOK, change)
        for tag in (w("ins"), w("del")):
            flag = element.find(f"*/{m('ctrlPr')}/{tag}")
            if flag is not None:
                state = nested(state, KINDS[tag], self.authors.of(flag))
        self._in_state(element, state)

    def _math_part(self, element: Element) -> None:
        self._look, self._was, self._who = PLAIN, None, None
        self._add(MATH_SIGNS[element.tag])
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
        """A run of a formula, which may say itself that it was put in or taken out (§17.13.5.13, .17)."""
        self._look, self._was, self._who = PLAIN, None, None
        state = self._state
        for tag in (w("ins"), w("del")):
            flag = next(element.iterchildren(tag), None)
            if flag is not None:
                state = nested(state, KINDS[tag], self.authors.of(flag))
        self._in_state(element, state)

    # Content controls (§17.5)

    def _control(self, element: Element) -> None:
        """A control's tag, put in, taken out or moved round text that stays (§17.13.5.4 to .11).

        One range stands round the tag that opens the control and another round the one that closes it: one change.
        """
        record = self._controls[element] = self._record(CONTROLS[element.tag], element)
        opening = self._controls.get(_before_control(element))
        if opening is not None:
            record.silent = True
            record.draft = opening.draft or record.draft

    def _control_properties(self, element: Element) -> None:
        change = element.find(f"{w('rPr')}/{RPR_CHANGE}")
        if change is not None:
            self._record(CONTROL_LOOK, change)


def _before_control(element: Element) -> Element | None:
    """The range round the opening tag of the control in which a range of the same kind stands."""
    control = next(element.iterancestors(w("sdt"), w("customXml"), w("smartTag"), w("p")), None)
    found = None if control is None or control.tag == w("p") else control.getprevious()
    for _ in CONTROLS:
        if found is None or found.tag not in CONTROLS or found.tag == element.tag:
            break
        found = found.getprevious()
    return found


_KNOWN = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/", "urn:schemas-microsoft-com:")
"""Where the namespaces begin that Word has had, from 2007 to today."""


def understood(choice: Element) -> bool:
    """Whether Word understands every namespace that a choice requires; a prefix that is not declared is none."""
    return all((choice.nsmap.get(prefix) or "").startswith(_KNOWN) for prefix in (choice.get("Requires") or "").split())


def _words(branch: Element) -> str:
    return "".join("".join(element.text or "" for element in branch.iter(w("t"), w("delText"))).split())
