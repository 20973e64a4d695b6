"""Accepting or rejecting every tracked change in one part, on its XML.

What is resolved is taken out or unwrapped in place; everything else stays the element it was. The order matters: controls
and cells first, then properties, then runs, and paragraph marks last, because whether a paragraph is empty shows only then.

Source of each rule: ECMA-376 Part 1 §17.13.5, subsection at the function; what the standard leaves open follows what Word
is known to do ([MS-OI29500] 2.1.320 ff.).
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from redline.word.fields import stray_fields
from redline.word.xml import VAL, W14_NS, Element, local, m, w

_INSERTED = (w("ins"), w("moveTo"), f"{{{W14_NS}}}conflictIns")
_DELETED = (w("del"), w("moveFrom"), f"{{{W14_NS}}}conflictDel")
_FLAGS = frozenset(_INSERTED + _DELETED)
_RECORDS = frozenset({w("rPr"), w("trPr"), w("tcPr"), w("numPr"), m("ctrlPr")})
_P, _PPR, _RPR, _TBL, _TR, _TC = w("p"), w("pPr"), w("rPr"), w("tbl"), w("tr"), w("tc")
_SECTION, _T, _CONTENT = w("sectPr"), w("t"), w("sdtContent")
_WRAPPERS = frozenset({w("sdt"), _CONTENT, w("customXml")})
_PAIRS = {w("bookmarkStart"): w("bookmarkEnd"), w("permStart"): w("permEnd"),
          w("commentRangeStart"): w("commentRangeEnd")}
_MARKERS = frozenset(_PAIRS) | frozenset(_PAIRS.values()) | {w("proofErr")}
_KEPT_MARKERS = tuple(_PAIRS) + tuple(_PAIRS.values())
_REFERENCES = frozenset({w("headerReference"), w("footerReference")})
_BEFORE_MERGE = frozenset({w("cnfStyle"), w("tcW"), w("gridSpan"), w("hMerge")})
_MERGES = {"rest": "restart", "cont": "continue"}
_CONTROL_RANGES = {"customXmlIns": True, "customXmlMoveTo": True, "customXmlDel": False, "customXmlMoveFrom": False}
_RANGES = tuple(w(name + end) for name in ("moveFromRange", "moveToRange", *(f"{kind}Range" for kind in _CONTROL_RANGES))
                for end in ("Start", "End"))
_CONFLICT_RANGES = tuple(f"{{{W14_NS}}}customXmlConflict{kind}Range{end}" for kind in ("Ins", "Del")
                         for end in ("Start", "End"))


def resolve(root: Element, *, accept: bool) -> None:
    """Accept (or reject) all tracked changes below `root`, in place."""
    balanced = not stray_fields(root)
    _controls(root, accept)
    _rows(root, accept)
    _cells(root, accept)
    _properties(root, accept)
    _math(root, accept)
    _runs(root, accept)
    _deleted_text(root)
    _paragraphs(root, accept)
    for element in list(root.iter(*_RANGES, *_CONFLICT_RANGES)):
        remove(element)
    _tidy(root)
    if balanced:
        _balance(root)


def remove(element: Element) -> None:
    """Take an element out of its parent."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def unwrap(element: Element, children: Iterable[Element] | None = None) -> None:
    """Put an element's children (or those given) in its place."""
    for child in list(element if children is None else children):
        element.addprevious(child)
    remove(element)


def drop(element: Element) -> None:
    """Take an element out with its content, leaving behind markers whose other end stands elsewhere."""
    inside: dict[tuple[str, str], Element] = {}
    for marker in element.iter(*_KEPT_MARKERS):
        kind = _PAIRS.get(marker.tag, marker.tag)
        key = (kind, marker.get(w("id"), ""))
        if key in inside:
            del inside[key]
        else:
            inside[key] = marker
    for marker in inside.values():
        element.addprevious(marker)
    remove(element)


def _gone(flags: set[str], accept: bool) -> bool:
    """Whether something that bears these flags goes: a deletion that is accepted, an insertion that is rejected."""
    return not flags.isdisjoint(_DELETED if accept else _INSERTED)


# Content controls and custom XML tags: §17.13.5.4 to .11

def _controls(root: Element, accept: bool) -> None:
    """A tag that starts inside a tracked range was put in or taken out; its content is not concerned."""
    kinds = {w(f"{kind}RangeStart"): inserted for kind, inserted in _CONTROL_RANGES.items()}
    ends = {w(f"{kind}RangeEnd") for kind in _CONTROL_RANGES}
    open_: dict[str, bool] = {}
    doomed: list[Element] = []
    for element in root.iter(*kinds, *ends, w("sdt"), w("customXml")):
        if element.tag in kinds:
            open_[element.get(w("id"), "")] = kinds[element.tag]
        elif element.tag in ends:
            open_.pop(element.get(w("id"), ""), None)
        elif any(inserted != accept for inserted in open_.values()):
            doomed.append(element)
    for element in doomed:
        content = element.find(_CONTENT)
        if element.tag == w("sdt"):
            unwrap(element, [] if content is None else content)
        else:
            unwrap(element, [child for child in element if child.tag != w("customXmlPr")])


# Rows and cells: §17.13.5.1, .2, .3, .12, .16

def _rows(root: Element, accept: bool) -> None:
    for properties in list(root.iter(w("trPr"))):
        flags = [child for child in properties if child.tag in _FLAGS]
        row = properties.getparent()
        if not flags or row is None:
            continue
        if _gone({flag.tag for flag in flags}, accept):
            _remove_row(row)
            continue
        for flag in flags:
            properties.remove(flag)
        if not len(properties):
            remove(properties)


def _remove_row(row: Element) -> None:
    """A row goes, and its table with the last one."""
    table = next(row.iterancestors(_TBL), None)
    _remove_with_wrapper(row)
    if table is not None and next(table.iter(_TR), None) is None:
        _remove_with_wrapper(table)


def _remove_with_wrapper(element: Element) -> None:
    """Take an element out, and the content control round it when it held nothing else."""
    while True:
        parent = element.getparent()
        drop(element)
        if parent is None or parent.tag not in _WRAPPERS or any(child.tag not in _MARKERS for child in parent
                                                                if child.tag not in (w("sdtPr"), w("sdtEndPr"),
                                                                                     w("customXmlPr"))):
            return
        element = parent


def _cells(root: Element, accept: bool) -> None:
    for properties in list(root.iter(w("tcPr"))):
        cell = properties.getparent()
        inserted, deleted = properties.find(w("cellIns")), properties.find(w("cellDel"))
        if (deleted if accept else inserted) is not None and cell is not None:
            row = next(cell.iterancestors(_TR), None)
            _remove_with_wrapper(cell)
            if row is not None and next(row.iter(_TC), None) is None:
                _remove_row(row)
            continue
        for flag in (inserted, deleted):
            if flag is not None:
                properties.remove(flag)
        merge = properties.find(w("cellMerge"))
        if merge is not None:
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

def _properties(root: Element, accept: bool) -> None:
    for change in list(root.iter(w("rPrChange"), w("pPrChange"), w("sectPrChange"), w("tblPrChange"),
                                 w("tblPrExChange"), w("tcPrChange"), w("trPrChange"), w("tblGridChange"))):
        properties = change.getparent()
        if properties is None:
            continue
        properties.remove(change)
        if not accept:
            _restore(properties, next(iter(change), None))
        if not len(properties) and properties.tag in (_RPR, _PPR, w("trPr"), w("tblPrEx")):
            remove(properties)
    for record in list(root.iter(w("numberingChange"))):
        remove(record)
    for numbering in list(root.iter(w("numPr"))):
        flag = numbering.find(w("ins"))
        if flag is not None:
            numbering.remove(flag)
            if not accept:
                remove(numbering)


def _restore(properties: Element, old: Element | None) -> None:
    """Put the stored properties in place of the live ones, keeping what the record does not store."""
    stored = [] if old is None else [deepcopy(child) for child in old]
    first: list[Element] = []
    last: list[Element] = []
    if properties.tag == _RPR:
        first = [child for child in properties if child.tag in _FLAGS]
        stored = [child for child in stored if child.tag not in _FLAGS]
    elif properties.tag == _PPR:
        last = [child for child in properties if child.tag in (_RPR, _SECTION)]
        stored = [child for child in stored if child.tag not in (_RPR, _SECTION)]
    elif properties.tag == _SECTION:
        first = [child for child in properties if child.tag in _REFERENCES]
        stored = [child for child in stored if child.tag not in _REFERENCES]
    for child in list(properties):
        properties.remove(child)
    properties.extend([*first, *stored, *last])


# Math objects: §17.13.5.13, .17

def _math(root: Element, accept: bool) -> None:
    for control in list(root.iter(m("ctrlPr"))):
        flags = [child for child in control if child.tag in _FLAGS]
        for flag in flags:
            control.remove(flag)
        holder = control.getparent()
        thing = None if holder is None else holder.getparent()
        if flags and thing is not None and _gone({flag.tag for flag in flags}, accept):
            drop(thing)


# Runs: §17.13.5.14, .18, .22, .25

def _runs(root: Element, accept: bool) -> None:
    for change in list(root.iter(*_INSERTED, *_DELETED)):
        parent = change.getparent()
        if parent is None or parent.tag in _RECORDS:
            continue
        if _gone({change.tag}, accept):
            drop(change)
        else:
            unwrap(change)


def _deleted_text(root: Element) -> None:
    """What was deleted text and stays is text again (§17.4.20, §17.16.13)."""
    for element in root.iter(w("delText")):
        element.tag = _T
    for element in root.iter(w("delInstrText")):
        element.tag = w("instrText")


# Paragraph marks: §17.13.5.15, .20, .21, .26

def _paragraphs(root: Element, accept: bool) -> None:
    """Marks that go let their paragraph flow into the next one. Last ones first, so that no text is moved twice."""
    for paragraph in reversed(list(root.iter(_P))):
        mark = paragraph.find(f"{_PPR}/{_RPR}")
        flags = [] if mark is None else [child for child in mark if child.tag in _FLAGS]
        if mark is None or not flags:
            continue
        for flag in flags:
            mark.remove(flag)
        if not len(mark):
            remove(mark)
        properties = paragraph.find(_PPR)
        if properties is not None and not len(properties):
            remove(properties)
        if _gone({flag.tag for flag in flags}, accept):
            _join(paragraph)


def _join(paragraph: Element) -> None:
    """Move a paragraph's content to the front of the next one; without a next one it stays unless it is empty."""
    target = _next_paragraph(paragraph)
    content = [child for child in paragraph if child.tag != _PPR]
    if target is not None:
        content.extend(_markers_after(paragraph))
        place = 1 if len(target) and target[0].tag == _PPR else 0
        target[place:place] = content
        _remove_with_wrapper(paragraph)
    elif all(child.tag in _MARKERS for child in content) and _dispensable(paragraph):
        for child in content:
            paragraph.addprevious(child)
        _remove_with_wrapper(paragraph)


def _markers_after(paragraph: Element) -> list[Element]:
    """Ends of ranges between this paragraph and the next block: they follow the text that is moved past them."""
    found: list[Element] = []
    following = paragraph.getnext()
    while following is not None and (following.tag in _MARKERS or following.tag in _RANGES):
        if following.tag in _MARKERS:
            found.append(following)
        following = following.getnext()
    return found


def _next_paragraph(paragraph: Element) -> Element | None:
    """The paragraph that follows in the same container, looking into and out of content controls but past no table."""
    element = paragraph
    while True:
        following = element.getnext()
        while following is None:
            parent = element.getparent()
            if parent is None or parent.tag not in _WRAPPERS:
                return None
            element = parent
            following = element.getnext()
        element = following
        while element.tag in _WRAPPERS and len(element):
            element = element[0]
        if element.tag == _P:
            return element
        if element.tag in (_TBL, _SECTION, w("altChunk")):
            return None


def _dispensable(paragraph: Element) -> bool:
    """Whether a place may do without this empty paragraph: not between two tables, nor as the last thing of a story,
    cell or note unless another paragraph comes before it.
    """
    before, after = _neighbour(paragraph, previous=True), _neighbour(paragraph, previous=False)
    if after is not None and after.tag == _TBL:
        return before is None or before.tag != _TBL
    return before is not None and before.tag == _P


def _neighbour(element: Element, *, previous: bool) -> Element | None:
    """The block before or after, passing over markers and out of content controls."""
    while True:
        found = element.getprevious() if previous else element.getnext()
        if found is None:
            parent = element.getparent()
            if parent is None or parent.tag not in _WRAPPERS:
                return None
            element = parent
        elif found.tag in (_P, _TBL):
            return found
        else:
            element = found


# What must hold afterwards

def _tidy(root: Element) -> None:
    """A cell ends with a paragraph; an emptied formula goes."""
    for cell in root.iter(_TC):
        blocks = [child for child in cell if child.tag not in _MARKERS and child.tag != w("tcPr")]
        if not blocks or blocks[-1].tag == _TBL:
            cell.append(cell.makeelement(_P))
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
    for element in list(root.iter(w("fldChar"), w("instrText"))):
        if local(element.tag) == "instrText":
            if not depth:
                remove(element)
        else:
            depth += {"begin": 1, "end": -1}.get(element.get(w("fldCharType"), ""), 0)
