"""What must be so in every part that was changed: neighbouring revisions are one, those with a mark between them are two, and both
copies of a text box say the same.

Sources: ECMA-376 Part 1 §17.13.5.14, .18; Part 3 §9.3 (alternate content: a program reads either branch).
"""

from __future__ import annotations

from copy import deepcopy

from redline.word.edit.marks import Marker
from redline.word.surgery import P
from redline.word.xml import Element, mc, w

_REVISIONS = (w("ins"), w("del"), w("moveFrom"), w("moveTo"))
_INS, _DEL, _PPR, _RPR, _FLAGGED = w("ins"), w("del"), w("pPr"), w("rPr"), f"{w('pPr')}/{w('rPr')}/{w('ins')}"
_AUTHOR, _DATE, _ID, _BOX = w("author"), w("date"), w("id"), w("txbxContent")


def tidy_revisions(root: Element, marker: Marker) -> None:
    """Join neighbours and make the second copy of each changed text box anew."""
    for revision in list(root.iter(*_REVISIONS)):
        _join(revision)
    for flag in root.iter(_INS):
        if not len(flag) and flag.getparent().tag == _RPR:  # type: ignore[union-attr]  # a flag stands in properties
            _part(next(flag.iterancestors(P)))
    for choice in list(root.iter(mc("AlternateContent"))):
        _copy_boxes(choice, marker)


def _join(revision: Element) -> None:
    """Take the next sibling in when it is of the same kind and by the same hand."""
    following = revision.getnext()
    if not len(revision) or following is None or following.tag != revision.tag or not len(following):
        return
    if any(following.get(name) != revision.get(name) for name in (_AUTHOR, _DATE)):
        return
    children = list(revision)
    for child in reversed(children):
        following.insert(0, child)
    following.set(_ID, revision.get(_ID, ""))
    parent = revision.getparent()
    assert parent is not None
    parent.remove(revision)


def _part(paragraph: Element) -> None:
    """Have no insertion stand right before a paragraph that came in: LibreOffice takes both for one, with the mark between them.

    Where words were replaced at the end of the paragraph before, the new ones come first there.
    """
    before = paragraph.getprevious()
    first = next((child for child in paragraph if child.tag != _PPR), None)
    if before is None or before.tag != P or not len(before) or before.find(_FLAGGED) is not None or (
            first is not None and first.tag != _INS):
        return
    last, other = before[-1], before[-1].getprevious()
    if last.tag == _INS and other is not None and other.tag == _DEL:
        other.addprevious(last)


def _copy_boxes(alternate: Element, marker: Marker) -> None:
    """The fallback's text boxes say what the first choice's say."""
    choice, fallback = alternate.find(mc("Choice")), alternate.find(mc("Fallback"))
    if choice is None or fallback is None:
        return
    boxes, copies = list(choice.iter(_BOX)), list(fallback.iter(_BOX))
    if len(boxes) != len(copies):
        return
    for box, copy in zip(boxes, copies, strict=True):
        if next((each for each in box.iter() if each.get(_AUTHOR) is not None), None) is None:
            continue
        for child in list(copy):
            copy.remove(child)
        copy.extend(deepcopy(child) for child in box)
        for each in copy.iter():
            if each.get(_AUTHOR) is not None and each.get(_ID) is not None:
                marker.renumber(each)
