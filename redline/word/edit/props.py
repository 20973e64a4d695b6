"""Properties that differ between two documents, and the records that let a reader take the difference back.

Two sets of properties are the same when they say the same: the order of children, editing sessions, proofing language and
other things nobody sees do not count.

Sources: ECMA-376 Part 1 §17.13.5.29 to .37 (what each record stores), §17.3.1.26 and §17.3.2.28 (order of children).
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from lxml import etree

from redline.model import Attribution
from redline.word.edit.marks import Marker, mark_of, own
from redline.word.xml import Element, local, w

_UNSEEN = frozenset({w("lang"), w("noProof"), w("rPrChange"), w("pPrChange"), w("cnfStyle"), w("lastRenderedPageBreak"),
                     w("tblPrChange"), w("trPrChange"), w("tcPrChange"), w("sectPrChange"), w("tblPrExChange")})
_FLAGS = frozenset({w("ins"), w("del"), w("moveFrom"), w("moveTo"), w("cellIns"), w("cellDel"), w("cellMerge")})
_PARAGRAPH_OWN = frozenset({w("rPr"), w("sectPr")})
_REFERENCES = frozenset({w("headerReference"), w("footerReference")})
_SAID: dict[bytes, object] = {}
_MOST = 20_000
Said = object


def said(element: Element | None, without: Iterable[str] = ()) -> Said:
    """What properties say, in a form that can be compared; nothing for none."""
    if element is None or not len(element):
        return ()
    key = etree.tostring(element)
    found = _SAID.get(key)
    if found is None:
        if len(_SAID) > _MOST:
            _SAID.clear()
        found = _SAID[key] = _children(element)
    skip = frozenset(without)
    return found if not skip else tuple(each for each in found if each[0] not in skip)  # type: ignore[attr-defined]


def _children(element: Element) -> tuple[object, ...]:
    return tuple(sorted((one(child) for child in element if child.tag not in _UNSEEN and child.tag not in _FLAGS), key=repr))


def one(element: Element) -> tuple[object, ...]:
    """What a single property says, in a form that can be compared."""
    attributes = tuple(sorted((str(name), str(value)) for name, value in element.attrib.items() if "rsid" not in str(name)))
    return (element.tag, attributes, _children(element))


def change_runs(run: Element, new: Element | None, marker: Marker, by: Attribution | None) -> None:
    """Give a run the properties `new` and a record of those it had (§17.13.5.31)."""
    old = run.find(w("rPr"))
    record = marker.new(w("rPrChange"), run, by)
    stored = record.makeelement(w("rPr"))
    stored.extend(deepcopy(child) for child in (() if old is None else old) if child.tag != w("rPrChange"))
    record.append(stored)
    fresh = run.makeelement(w("rPr"))
    fresh.extend(deepcopy(child) for child in (() if new is None else new) if child.tag != w("rPrChange"))
    fresh.append(record)
    if old is not None:
        run.remove(old)
    run.insert(0, fresh)


def change_paragraph(paragraph: Element, new: Element | None, marker: Marker, by: Attribution | None) -> None:
    """Give a paragraph the properties `new` and a record of those it had; its mark and section stay (§17.13.5.29)."""
    old = paragraph.find(w("pPr"))
    kept = [] if old is None else [child for child in old if child.tag in _PARAGRAPH_OWN]
    record = marker.new(w("pPrChange"), paragraph, by)
    stored = record.makeelement(w("pPr"))
    stored.extend(deepcopy(child) for child in (() if old is None else old) if child.tag not in _PARAGRAPH_OWN | {w("pPrChange")})
    record.append(stored)
    fresh = paragraph.makeelement(w("pPr"))
    fresh.extend(deepcopy(child) for child in (() if new is None else new) if child.tag not in _PARAGRAPH_OWN | {w("pPrChange")})
    fresh.extend(kept)
    fresh.append(record)
    if old is not None:
        paragraph.remove(old)
    paragraph.insert(0, fresh)


def change_mark(paragraph: Element, new: Element | None, marker: Marker, by: Attribution | None) -> None:
    """Give a paragraph's mark the run properties `new` and a record of those it had; its flags stay (§17.13.5.30)."""
    properties = own(paragraph, w("pPr"))
    old = properties.find(w("rPr"))
    flags = [] if old is None else [child for child in old if child.tag in _FLAGS]
    record = marker.new(w("rPrChange"), paragraph, by)
    stored = record.makeelement(w("rPr"))
    stored.extend(deepcopy(child) for child in (() if old is None else old) if child.tag not in _FLAGS | {w("rPrChange")})
    record.append(stored)
    fresh = mark_of(paragraph)
    for child in list(fresh):
        fresh.remove(child)
    fresh.extend([*flags, *(deepcopy(child) for child in (() if new is None else new) if child.tag not in _FLAGS | {w("rPrChange")}),
                  record])


def change_table_like(holder: Element, name: str, new: Element | None, marker: Marker, by: Attribution | None) -> None:
    """The same for `tblPr`, `trPr`, `tcPr` and `sectPr` of a table, row, cell or section's holder (§17.13.5.32 to .37)."""
    old = holder.find(w(name))
    record = marker.new(w(f"{name}Change"), holder, by)
    keep = _FLAGS | (_REFERENCES if name == "sectPr" else frozenset())
    stored = record.makeelement(w(name))
    stored.extend(deepcopy(child) for child in (() if old is None else old) if child.tag not in keep and child.tag != record.tag)
    record.append(stored)
    fresh = holder.makeelement(w(name))
    for key, value in () if old is None else old.attrib.items():
        fresh.set(key, value)
    flags = [] if old is None else [child for child in old if child.tag in _FLAGS]
    fresh.extend(child for child in ([] if old is None else list(old)) if child.tag in _REFERENCES)
    fresh.extend(deepcopy(child) for child in (() if new is None else new) if child.tag not in keep and child.tag != record.tag)
    fresh.extend([*flags, record])
    if old is not None:
        holder.replace(old, fresh)
    elif name == "trPr" and len(holder) and local(holder[0].tag) == "tblPrEx":
        holder.insert(1, fresh)
    else:
        holder.insert(0, fresh)
