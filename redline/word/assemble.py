"""Drafts become paragraphs: labels for both views, typed numbers taken out of the text, depth, marks.

The original and the final view are counted apart, because a paragraph that does not stand in a view does not count there.
What a paragraph's mark carries is built once per view and shared where both are equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Literal

from redline.model import Kind, Paragraph, Props, Segment, Side
from redline.word.drafts import Draft, Findings, Format, Record
from redline.word.figures import CONFLICTS, KINDS
from redline.word.layout import PPR_CHANGE, TYPED_NUMBER, paragraph_changed
from redline.word.numbering import Counters, Label, Numbering
from redline.word.outline import Outline, Start
from redline.word.standing import settled
from redline.word.styles import Styles
from redline.word.typed import LONGEST, Company, Typed, candidate, known_numbers
from redline.word.xml import Element, w

SIDES: tuple[Literal["old"], Literal["new"]] = ("old", "new")
_NO_LABEL = Label("", "")
_LONG = 400
_LONG_TEXT = "x" * _LONG
"""Stands for a text that is too long for a heading or a term; what it says does not matter."""


@dataclass(slots=True)
class _View:
    """What one view of the document makes of one draft."""

    draft: Draft
    stands: bool
    fresh: bool
    format: Format
    label: Label = _NO_LABEL
    list_: str = ""
    ilvl: int = 0
    typed: Typed | None = None
    text: str = ""


@dataclass(slots=True)
class Assembly:
    """The finished paragraphs, and for each draft (by identity) its index and how many characters its number took."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    homes: dict[int, tuple[int, int]] = field(default_factory=dict)
    contexts: list[str] = field(default_factory=list)
    """The number of each paragraph in full context in its newest view ("5.1(a)"), for references."""


class Assembler:
    """Builds paragraphs with the lists and styles of one document."""

    def __init__(self, numbering: Numbering, styles: Styles, findings: Findings, part: str) -> None:
        self._numbering = numbering
        self._styles = styles
        self._findings = findings
        self._part = part

    def assemble(self, drafts: Iterable[Draft]) -> Assembly:
        """Paragraphs in the order of the drafts, which are grouped by story."""
        stories = [self._views(settled(list(group))) for _, group in groupby(drafts, key=lambda draft: draft.story)]
        self._find_typed([view for pairs in stories for pair in pairs for view in pair])
        assembly = Assembly()
        for pairs in stories:
            numbers = any(view.typed or view.label.text for pair in pairs for view in pair)
            outline_old, outline_new = Outline(numbers=numbers), Outline(numbers=numbers)
            for old, new in pairs:
                removed = self._agree(old, new)
                after = self._props(new, outline_new)
                before = after if old is new else self._props(old, outline_old)
                draft = new.draft
                if draft.anchors_old or draft.anchors_new:
                    before, after = replace(before, anchors=draft.anchors_old), replace(after, anchors=draft.anchors_new)
                assembly.homes[id(draft)] = (len(assembly.paragraphs), removed)
                assembly.contexts.append(new.label.full or old.label.full)
                assembly.paragraphs.append(self._paragraph(draft, before, after, removed))
        return assembly

    def _views(self, drafts: list[Draft]) -> list[tuple[_View, _View]]:
        """Both views of every draft of a story, with computed labels; the same object twice where nothing is tracked."""
        sides = SIDES[1:] if all(_untouched(draft) for draft in drafts) else SIDES
        counters = {side: Counters(self._numbering) for side in sides}
        flowing = dict.fromkeys(SIDES, False)
        container: object = None
        pairs: list[tuple[_View, _View]] = []
        for draft in drafts:
            if draft.cell != container:
                flowing = dict.fromkeys(SIDES, False)
                container = draft.cell
            views: list[_View] = []
            for side in sides:
                stands = draft.mark.kind.on(side)
                form = draft.old_format if side == "old" and draft.mark.kind.in_old else draft.format
                text = _head(draft.segments, side)
                view = _View(draft, stands, not flowing[side], form, text=text)
                if stands:
                    self._number(view, counters[side])
                flowing[side] = not stands and (flowing[side] or bool(text))
                views.append(view)
            pairs.append((views[0], views[-1]))
        return pairs

    def _number(self, view: _View, counters: Counters) -> None:
        """Count a paragraph. One that only carries a section break, or is hidden as a whole, has no number."""
        form = view.format
        place = self._numbering.place(form.style, form.num_id, form.ilvl)
        if place is None or (view.draft.ends_section and not view.text) or (view.draft.hidden and _all_hidden(view)):
            return
        instance = self._numbering.instance(place[0])
        view.label = counters.next(*place)
        view.list_, view.ilvl = (instance.abstract if instance else ""), place[1]

    def _find_typed(self, views: list[_View]) -> None:
        """Candidates of the whole document, judged in each other's company."""
        keys = {key for view in views if view.label.text and not view.label.bullet
                for key in known_numbers(view.label.text)}
        for view in views:
            if view.stands and view.fresh and not view.label.text and not view.list_:
                view.typed = candidate(view.text)
                if view.typed is not None:
                    keys.update(view.typed.keys)
        company = Company(keys)
        for view in views:
            if view.typed is not None and not company.accepts(view.typed):
                view.typed = None

    def _agree(self, old: _View, new: _View) -> int:
        """How many characters of the draft its typed number takes; where the views cannot agree it stays text."""
        if old.typed is None and new.typed is None:
            return 0
        taken = -1
        if (old.typed or not old.text) and (new.typed or not new.text):
            taken = _prefix(new.draft.segments, _length(old), _length(new))
        if taken < 0:
            old.typed = new.typed = None
            return 0
        return taken

    def _props(self, view: _View, outline: Outline) -> Props:
        draft, form = view.draft, view.format
        style = self._styles.get(form.style)
        label = view.typed.label if view.typed else view.label.text
        literal = view.typed.literal if view.typed else ""
        level, heading = None, False
        outlined = style.outline if form.outline is None else form.outline
        if view.stands:
            short = draft.length < _LONG
            text = "".join([segment.text for segment in draft.segments])[len(literal):] if short else _LONG_TEXT
            level, heading = outline.place(Start(
                label, view.label.bullet, view.list_, view.ilvl,
                outlined if outlined is not None and outlined < 9 and view.text else None, style.name, text,
                short and _all_bold(draft.segments), draft.cell is not None))
        if draft.story != "body":
            level = None
        return Props(draft.story, draft.cell, style.name, _shown(view.label) if not view.typed else label, literal, level,
                     heading)

    def _paragraph(self, draft: Draft, old: Props, new: Props, removed: int) -> Paragraph:
        if removed:
            self._keep_number(draft, removed)
        segments = tuple(_without(draft.segments, removed) if removed else draft.segments)
        kind, who = draft.mark.kind, draft.mark.who
        if draft.change is not None:
            if kind is Kind.SAME and (replace(old, label="", typed="") != replace(new, label="", typed="") or (
                    old.label != new.label and self._moved(draft))):
                kind, who = Kind.FORMAT, draft.changer
            else:
                self._keep_layout(draft, draft.change)
        if old == new and old.anchors == new.anchors:
            old = new
        return Paragraph(segments, kind, old if kind.in_old else None,
                         new if kind.in_new or kind is Kind.GONE else None, who, draft.mark.move)

    def _keep_layout(self, draft: Draft, change: Element) -> None:
        """A change of a paragraph's properties that its mark cannot tell of."""
        what = "numbering"
        if change.tag == PPR_CHANGE:
            what = paragraph_changed(change.getparent(), change.find(w("pPr")))
        self._findings.layout.append(Record(self._part, what, draft, draft.changer, change))

    def _keep_number(self, draft: Draft, removed: int) -> None:
        """A typed number that was changed by itself; what was put in or taken out with its text or its paragraph is told there."""
        for _, group in groupby(_spans(draft.segments), key=lambda item: (item[1].kind, item[1].attribution, item[1].struck)):
            (start, segment), *rest = group
            end = start + len(segment.text) + sum(len(other.text) for _, other in rest)
            if end > removed:
                break
            if segment.kind in (Kind.SAME, Kind.FORMAT, draft.mark.kind):
                continue
            for count, element in enumerate(_tracked(draft, start, end)):
                self._findings.layout.append(
                    Record(self._part, TYPED_NUMBER, draft, segment.attribution, element, silent=count > 0))

    def _moved(self, draft: Draft) -> bool:
        """Whether the tracked change put the paragraph into another list or level."""
        before, after = draft.old_format, draft.format
        return (self._numbering.place(before.style, before.num_id, before.ilvl)
                != self._numbering.place(after.style, after.num_id, after.ilvl))


def _spans(segments: list[Segment]) -> Iterator[tuple[int, Segment]]:
    """Each segment with the offset at which it starts."""
    offset = 0
    for segment in segments:
        yield offset, segment
        offset += len(segment.text)


def _tracked(draft: Draft, start: int, end: int) -> list[Element | None]:
    """The elements of the tracked changes in which a stretch of text stands; one None where a draft keeps no trace."""
    leaves = [element for offset, element in draft.trace if start <= offset < end]
    return list(dict.fromkeys(next(leaf.iterancestors(*KINDS, *CONFLICTS), None) for leaf in leaves)) or [None]


def _untouched(draft: Draft) -> bool:
    """Whether both views see the same of a draft."""
    return (draft.mark.kind is Kind.SAME and draft.change is None
            and all(segment.kind is Kind.SAME or segment.kind is Kind.FORMAT for segment in draft.segments))


def _shown(label: Label) -> str:
    """A label as it is kept: a bullet in a symbol font is a letter or a private character, and becomes a plain bullet.

    A level without text has no bullet, as a list has that only indents what goes on below an item.
    """
    if label.bullet and any(char.isalnum() or "\ue000" <= char <= "\uf8ff" for char in label.text):
        return "○" if label.text == "o" else "•"
    return label.text.strip(" ") if label.bullet else label.text


def _head(segments: list[Segment], side: Side) -> str:
    """The first characters on one side."""
    if len(segments) == 1:
        return segments[0].text[:LONGEST] if segments[0].kind.on(side) else ""
    out = ""
    for segment in segments:
        if segment.kind.on(side):
            out += segment.text[:LONGEST]
            if len(out) >= LONGEST:
                break
    return out


def _length(view: _View) -> int:
    return len(view.typed.literal) if view.typed else 0


def _all_hidden(view: _View) -> bool:
    return all("hidden" in segment.look for segment in view.draft.segments if segment.text.strip())


def _all_bold(segments: list[Segment]) -> bool:
    shown = [segment for segment in segments if segment.text.strip() and segment.kind is not Kind.GONE]
    return bool(shown) and all("bold" in segment.look or segment.atom for segment in shown)


def _prefix(segments: list[Segment], old: int, new: int) -> int:
    """How many characters of the segments hold exactly `old` characters of the old and `new` of the new text; -1 if none."""
    taken = 0
    for segment in segments:
        if not old and not new:
            break
        here = [old] * segment.kind.in_old + [new] * segment.kind.in_new
        if not here or segment.atom:
            return -1
        step = min(len(segment.text), *here)
        if step == 0:
            if all(count == 0 for count in here):
                continue
            return -1
        old -= step if segment.kind.in_old else 0
        new -= step if segment.kind.in_new else 0
        taken += step
        if step < len(segment.text) and (old or new):
            return -1
    return taken if not old and not new else -1


def _without(segments: list[Segment], count: int) -> list[Segment]:
    """The segments without their first characters."""
    out: list[Segment] = []
    for segment in segments:
        if count >= len(segment.text):
            count -= len(segment.text)
            continue
        out.append(replace(segment, text=segment.text[count:]) if count else segment)
        count = 0
    return out
