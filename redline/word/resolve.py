"""Accepting and rejecting tracked changes in one part, on its XML.

A *verdict* says of each revision element whether it is accepted (True), rejected (False) or left as it is (None). What is
resolved is taken out or unwrapped in place; everything else stays the element it was. The order matters: controls and cells
first, then properties, then runs, and paragraph marks last, because whether a paragraph is empty shows only then.

Source of each rule: ECMA-376 Part 1 §17.13.5, subsection at the function; what the standard leaves open follows what Word
is known to do ([MS-OI29500] 2.1.320 ff.).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy

from redline.word.fields import stray_fields
from redline.word.joins import join
from redline.word.surgery import MARKERS, SDT_CONTENT, TBL, TC, TR, P, drop, remove, remove_with_wrapper, unwrap
from redline.word.xml import VAL, W14_NS, Element, local, m, w

Verdict = Callable[[Element], bool | None]

INSERTED = (w("ins"), w("moveTo"), f"{{{W14_NS}}}conflictIns")
DELETED = (w("del"), w("moveFrom"), f"{{{W14_NS}}}conflictDel")
FLAGS = frozenset(INSERTED + DELETED)
"""Round runs: their content came in or went out. In a record of properties: the mark, row, cell or formula that bears it."""

RECORDS = frozenset({w("rPr"), w("trPr"), w("tcPr"), w("numPr"), m("ctrlPr")})
PROPERTY_CHANGES = (w("rPrChange"), w("pPrChange"), w("sectPrChange"), w("tblPrChange"), w("tblPrExChange"), w("tcPrChange"),
                    w("trPrChange"), w("tblGridChange"))
CONTROL_RANGES = {w(f"{kind}RangeStart"): inserted for kind, inserted in
                  {"customXmlIns": True, "customXmlMoveTo": True, "customXmlDel": False, "customXmlMoveFrom": False}.items()}
_CONTROL_ENDS = frozenset(tag.replace("Start", "End") for tag in CONTROL_RANGES)
_MOVE_RANGES = {w("moveFromRangeStart"): w("moveFromRangeEnd"), w("moveToRangeStart"): w("moveToRangeEnd")}
_MOVED = {w("moveFromRangeStart"): w("moveFrom"), w("moveToRangeStart"): w("moveTo")}
_CONFLICT_RANGES = tuple(f"{{{W14_NS}}}customXmlConflict{kind}Range{end}" for kind in ("Ins", "Del") for end in ("Start", "End"))
_CONFLICTS = (f"{{{W14_NS}}}conflictIns", f"{{{W14_NS}}}conflictDel")

REVISIONS = (*FLAGS, *PROPERTY_CHANGES, w("cellIns"), w("cellDel"), w("cellMerge"), w("numberingChange"), w("delText"),
             w("delInstrText"), *CONTROL_RANGES, *_CONTROL_ENDS, *_MOVE_RANGES, *_MOVE_RANGES.values(), *_CONFLICT_RANGES)
"""Every element that a tracked change may leave in a part."""

_PPR, _RPR, _SECTION, _T, _ID = w("pPr"), w("rPr"), w("sectPr"), w("t"), w("id")
_SHELLS = frozenset({w("hyperlink"), w("fldSimple")})
_REFERENCES = frozenset({w("headerReference"), w("footerReference")})
_BEFORE_MERGE = frozenset({w("cnfStyle"), w("tcW"), w("gridSpan"), w("hMerge")})
_MERGES = {"rest": "restart", "cont": "continue"}


def resolve(root: Element, verdict: Verdict) -> None:
    """Accept or reject the tracked changes below `root` on which there is a verdict, in place."""
    balanced = not stray_fields(root)
    _controls(root, verdict)
    _rows(root, verdict)
    _cells(root, verdict)
    _properties(root, verdict)
    _math(root, verdict)
    _runs(root, verdict)
    _deleted_text(root)
    _marks(root, verdict)
    _ranges(root)
    _tidy(root)
    if balanced:
        _balance(root)


def _split(flags: Iterable[Element], verdict: Verdict) -> tuple[list[Element], bool]:
    """The flags there is a verdict on, and whether what bears them goes: a deletion accepted, an insertion rejected."""
    decided: list[Element] = []
    gone = False
    for flag in flags:
        accept = verdict(flag)
        if accept is not None:
            decided.append(flag)
            gone = gone or flag.tag in (DELETED if accept else INSERTED)
    return decided, gone


# Content controls and custom XML tags: §17.13.5.4 to .11

def _controls(root: Element, verdict: Verdict) -> None:
    """A tag that starts inside a tracked range was put in or taken out; its content is not concerned."""
    open_: dict[str, Element] = {}
    doomed: list[Element] = []
    done: list[Element] = []
    for element in root.iter(*CONTROL_RANGES, *_CONTROL_ENDS, w("sdt"), w("customXml")):
        if element.tag in CONTROL_RANGES:
            open_[element.get(_ID, "")] = element
        elif element.tag in _CONTROL_ENDS:
            start = open_.pop(element.get(_ID, ""), None)
            if start is None or verdict(start) is not None:
                done += [element] if start is None else [start, element]
        elif any(verdict(start) is (not CONTROL_RANGES[start.tag]) for start in open_.values()):
            doomed.append(element)
    done += [start for start in open_.values() if verdict(start) is not None]
    for element in doomed:
        content = element.find(SDT_CONTENT)
        if element.tag == w("sdt"):
            unwrap(element, [] if content is None else content)
        else:
            unwrap(element, [child for child in element if child.tag != w("customXmlPr")])
    for element in done:
        remove(element)


# Rows and cells: §17.13.5.1, .2, .3, .12, .16

def _rows(root: Element, verdict: Verdict) -> None:
    for properties in list(root.iter(w("trPr"))):
        row = properties.getparent()
        decided, gone = _split([child for child in properties if child.tag in FLAGS], verdict)
        if not decided or row is None:
            continue
        if gone:
            _remove_row(row)
            continue
        for flag in decided:
            properties.remove(flag)
        if not len(properties):
            remove(properties)


def _remove_row(row: Element) -> None:
    """A row goes, and its table with the last one."""
    table = next(row.iterancestors(TBL), None)
    remove_with_wrapper(row)
    if table is not None and next(table.iter(TR), None) is None:
        remove_with_wrapper(table)


def _cells(root: Element, verdict: Verdict) -> None:
    for properties in list(root.iter(w("tcPr"))):
        cell = properties.getparent()
        gone = False
        for flag in [child for child in properties if child.tag in (w("cellIns"), w("cellDel"))]:
            accept = verdict(flag)
            if accept is not None:
                gone = gone or accept == (flag.tag == w("cellDel"))
                properties.remove(flag)
        if gone and cell is not None:
            row = next(cell.iterancestors(TR), None)
            remove_with_wrapper(cell)
            if row is not None and next(row.iter(TC), None) is None:
                _remove_row(row)
            continue
        merge = properties.find(w("cellMerge"))
        accept = None if merge is None else verdict(merge)
        if merge is not None and accept is not None:
            _merge(properties, merge, accept)


def _merge(properties: Element, merge: Element, accept: bool) -> None:
    """A tracked vertical merge becomes `vMerge`, as it is now or as it was."""
    state = _MERGES.get(merge.get(w("vMerge" if accept else "vMergeOrig"), ""))
    properties.remove(merge)
    for old in properties.findall(w("vMerge")):
        properties.remove(old)
    if state is not None:
        place = sum(1 for child in properties if child.tag in _BEFORE_MERGE)
        found = properties.makeelement(w("vMerge"))
        found.set(VAL, state)
        properties.insert(place, found)


# Properties: §17.13.5.19, .29 to .37, Part 4 §14.7.1

def _properties(root: Element, verdict: Verdict) -> None:
    for change in list(root.iter(*PROPERTY_CHANGES)):
        properties, accept = change.getparent(), verdict(change)
        if properties is None or accept is None:
            continue
        properties.remove(change)
        if not accept:
            _restore(properties, next(iter(change), None))
        if not len(properties) and properties.tag in (_RPR, _PPR, w("trPr"), w("tblPrEx")):
            remove(properties)
    for record in list(root.iter(w("numberingChange"))):
        if verdict(record) is not None:
            remove(record)
    for numbering in list(root.iter(w("numPr"))):
        flag = numbering.find(w("ins"))
        accept = None if flag is None else verdict(flag)
        if flag is not None and accept is not None:
            numbering.remove(flag)
            if not accept:
                remove(numbering)


def _restore(properties: Element, old: Element | None) -> None:
    """Put the stored properties in place of the live ones, keeping what the record does not store."""
    stored = [] if old is None else [deepcopy(child) for child in old]
    first: list[Element] = []
    last: list[Element] = []
    if properties.tag == _RPR:
        first = [child for child in properties if child.tag in FLAGS]
        stored = [child for child in stored if child.tag not in FLAGS]
    elif properties.tag == _PPR:
        last = [child for child in properties if child.tag in (_RPR, _SECTION)]
        stored = [child for child in stored if child.tag not in (_RPR, _SECTION)]
    elif properties.tag == _SECTION:
        first = [child for child in properties if child.tag in _REFERENCES]
        stored = [child for child in stored if child.tag not in _REFERENCES]
    elif properties.tag == w("trPr"):
        last = [child for child in properties if child.tag in FLAGS]
    elif properties.tag == w("tcPr"):
        last = [child for child in properties if local(child.tag) in ("cellIns", "cellDel", "cellMerge")]
    for child in list(properties):
        properties.remove(child)
    properties.extend([*first, *stored, *last])


# Math objects: §17.13.5.13, .17

def _math(root: Element, verdict: Verdict) -> None:
    for control in list(root.iter(m("ctrlPr"))):
        decided, gone = _split([child for child in control if child.tag in FLAGS], verdict)
        for flag in decided:
            control.remove(flag)
        holder = control.getparent()
        thing = None if holder is None else holder.getparent()
        if gone and thing is not None:
            drop(thing)


# Runs: §17.13.5.14, .18, .22, .25

def _runs(root: Element, verdict: Verdict) -> None:
    for change in list(root.iter(*INSERTED, *DELETED)):
        parent, accept = change.getparent(), verdict(change)
        if parent is None or accept is None or parent.tag in RECORDS:
            continue
        if change.tag in (DELETED if accept else INSERTED):
            drop(change)
            if parent.tag in _SHELLS and not len(parent):
                remove(parent)
        else:
            unwrap(change)


def _deleted_text(root: Element) -> None:
    """What was deleted text and stands in no deletion any more is text again (§17.4.20, §17.16.13)."""
    for element in root.iter(w("delText"), w("delInstrText")):
        if next(element.iterancestors(w("del"), f"{{{W14_NS}}}conflictDel"), None) is None:
            element.tag = _T if element.tag == w("delText") else w("instrText")


# Paragraph marks: §17.13.5.15, .20, .21, .26

def _marks(root: Element, verdict: Verdict) -> None:
    """Marks that go let their paragraph flow into the next one. Last ones first, so that no text is moved twice."""
    for paragraph in reversed(list(root.iter(P))):
        mark = paragraph.find(f"{_PPR}/{_RPR}")
        decided, gone = ([], False) if mark is None else _split([child for child in mark if child.tag in FLAGS], verdict)
        if mark is None or not decided:
            continue
        for flag in decided:
            mark.remove(flag)
        if not len(mark):
            remove(mark)
        properties = paragraph.find(_PPR)
        if properties is not None and not len(properties):
            remove(properties)
        if gone:
            join(paragraph)


# What must hold afterwards

def _ranges(root: Element) -> None:
    """Ranges of moves and of conflicts go when nothing that was moved (in conflict) is left in them."""
    for start_tag, end_tag in _MOVE_RANGES.items():
        open_: dict[str, tuple[Element, int]] = {}
        moved = 0
        for element in list(root.iter(start_tag, end_tag, _MOVED[start_tag])):
            if element.tag == start_tag:
                open_[element.get(_ID, "")] = (element, moved)
            elif element.tag == end_tag:
                start, before = open_.pop(element.get(_ID, ""), (element, moved))
                if before == moved:
                    remove(start)
                    remove(element)
            else:
                moved += 1
        for start, before in open_.values():
            if before == moved:
                remove(start)
    if next(root.iter(*_CONFLICTS), None) is None:
        for element in list(root.iter(*_CONFLICT_RANGES)):
            remove(element)


def _tidy(root: Element) -> None:
    """A cell ends with a paragraph; an emptied formula goes."""
    for cell in root.iter(TC):
        blocks = [child for child in cell if child.tag not in MARKERS and child.tag != w("tcPr")]
        if not blocks or blocks[-1].tag == TBL:
            cell.append(cell.makeelement(P))
    for formula in list(root.iter(m("oMath"))):
        if not len(formula):
            remove(formula)


def _balance(root: Element) -> None:
    """Where only one end of a field went, the other goes too, and an instruction that lost its field (§17.16.18)."""
    stray = stray_fields(root)
    if not stray:
        return
    for element in stray:
        remove(element)
    depth = 0
    for element in list(root.iter(w("fldChar"), w("instrText"), w("delInstrText"))):
        if local(element.tag) != "fldChar":
            if not depth:
                remove(element)
        else:
            depth += {"begin": 1, "end": -1}.get(element.get(w("fldCharType"), ""), 0)
