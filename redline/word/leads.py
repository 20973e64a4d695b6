"""What leads somewhere or is worked out: links, fields, and the bookmarks they lead to.

Sources: ECMA-376 Part 1 §17.16 (fields, links), §17.13.6 (bookmarks).
"""

from __future__ import annotations

from functools import partial

from redline.model import PLAIN, Look
from redline.word.drafts import Bookmark
from redline.word.fields import ELSEWHERE, LISTINGS, LOADING, UNSTORED, command, leads_to, link, shown_instead
from redline.word.flow import OpenField
from redline.word.inline import Inline
from redline.word.layout import FIELD_CODE
from redline.word.xml import Element, r, value, w

_ID, _TYPE = w("id"), w("fldCharType")


class Leads(Inline):
    """The point reached, and where what stands there leads."""

    # Links

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
