"""The numbers that Word shows: counted here as the numbering part will count them, for cross-references and the story.

Every paragraph of the document counts, deleted ones too, as on a screen that shows all markup; settle the document
first for the numbers of its original or final text.
"""

from __future__ import annotations

import re
from dataclasses import replace

from contracts.maker.forms import FORMS, Form, Level, number
from contracts.maker.model import Doc, Para, Span


def labels(doc: Doc) -> list[tuple[Para, str]]:
    """Each paragraph in reading order with its label, "" where it has none."""
    form = FORMS[doc.meta.form]
    counters: dict[int, list[int]] = {}
    out = []
    for para in doc.paras():
        if para.kind == "schedule":
            counters.pop(id(form.schedule_levels), None)
        place = form.level_of(para.kind)
        if place is None:
            out.append((para, ""))
            continue
        levels, depth = place
        count = counters.setdefault(id(levels), [0] * len(levels))
        count[depth] += 1
        for upper in range(depth):
            count[upper] = count[upper] or 1
        count[depth + 1 :] = [0] * (len(levels) - depth - 1)
        out.append((para, _show(levels, depth, count)))
    return out


def _show(levels: tuple[Level, ...], depth: int, count: list[int]) -> str:
    return re.sub(r"%(\d)", lambda m: number(count[int(m[1]) - 1], levels[int(m[1]) - 1].fmt), levels[depth].text)


def references(doc: Doc) -> dict[str, str]:
    """What a REF field with \\r shows for each anchor: its label in full, "5.1(a)" (ECMA-376 Part 1 §17.16.5.51)."""
    form = FORMS[doc.meta.form]
    above: list[str] = []
    out: dict[str, str] = {}
    for para, label in labels(doc):
        place = form.level_of(para.kind)
        if place is None:
            continue
        depth = place[1]
        above[depth:] = [label]
        full = "".join(_parts_shown(form, para.kind, above))
        for anchor in para.anchors:
            out[anchor] = full.rstrip(".")
    return out


def _parts_shown(form: Form, kind: str, above: list[str]) -> list[str]:
    """Labels from the lowest upper level whose label the next one does not repeat."""
    place = form.level_of(kind)
    assert place is not None
    levels, depth = place
    first = depth
    while first > 0 and "%1" not in levels[first].text:
        first -= 1
    return above[first : depth + 1]


def refresh(doc: Doc) -> None:
    """Puts the right cached result into every cross-reference that has none yet."""
    shown = references(doc)
    for para in doc.paras():
        para.spans = [_filled(span, shown) for span in para.spans]


def _filled(span: Span, shown: dict[str, str]) -> Span:
    if span.kind == "ref" and not span.text:
        return replace(span, text=shown[span.target])
    return span
