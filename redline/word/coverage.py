"""What was not read, by name: nothing in a document is left out in silence.

Two questions are asked: which constructs were met that a contract's values cannot say, and whether every text element of
every part was read. The second asks the XML itself, so that it also finds what nobody thought of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from redline.errors import DocumentError
from redline.model import Coverage
from redline.word.drafts import Findings
from redline.word.layout import CONTROLS, NAMES
from redline.word.package import CONTENT_TYPES, Package
from redline.word.xml import A_NS, Element, local, m, w

_TEXTS = (w("t"), w("delText"), m("t"), f"{{{A_NS}}}t")
_NOTES = {
    "embedded object": "shown as one sign; what is inside was not read",
    "other document (subDoc)": "shown by Word as part of the text; it was not read",
    "inserted file (altChunk)": "shown by Word as part of the text; it was not read",
}
_TRACKED = "tracked formatting, only counted"
_CHANGES = {**NAMES, **CONTROLS}
_NOT_CONTENT = ("/theme/", "/fontTable", "/webSettings", "/settings", "/styles", "/stylesWithEffects", "/numbering",
                "customXml/", "docProps/", "/people", "/_rels/", "_rels/", "/commentsExtended", "/commentsIds",
                "/commentsExtensible", "/printerSettings", "/colors", "/quickStyle", "/layout", "/style", "/documenttasks")
_KINDS = (("charts/", "chart"), ("diagrams/", "diagram (SmartArt)"), ("glossary/", "building blocks (glossary)"),
          ("afchunk", "inserted file"), ("embeddings/", "embedded object"), ("footnotes", "note without a reference"),
          ("endnotes", "note without a reference"), ("header", "header that no section uses"),
          ("footer", "footer that no section uses"), ("comments", "comment without a place in the text"))


def coverage(package: Package, findings: Findings) -> tuple[Coverage, ...]:
    """Everything that was not read, or not fully, by part."""
    found = [Coverage(part, construct, count, _note(construct))
             for (part, construct), count in findings.counts.items()]
    for part in package.parts:
        if part == CONTENT_TYPES or any(sign in f"/{part}" for sign in _NOT_CONTENT) or not _is_xml(package, part):
            continue
        if part in findings.texts:
            found.extend(_changes(part, package.xml(part), findings))
        found.extend(_unread(package, part, findings))
    return tuple(sorted(found, key=lambda item: (item.part, item.construct)))


def _note(construct: str) -> str:
    if construct.startswith("field "):
        return "Word works out what it shows; it is not shown here"
    return _NOTES.get(construct, _TRACKED)


def _is_xml(package: Package, part: str) -> bool:
    kind = package.content_type(part)
    return kind.endswith(("+xml", "/xml")) and "html" not in kind


def _changes(part: str, root: Element, findings: Findings) -> Iterator[Coverage]:
    """Tracked changes of layout that nothing tells of: they stand where no text is read."""
    repeated = {element for branch in findings.passed.get(part, ()) for element in branch.iter(*_CHANGES)}
    counts = Counter(_CHANGES[element.tag] for element in root.iter(*_CHANGES)
                     if element not in findings.said and element not in repeated
                     and next(element.iterancestors(*_CHANGES), None) is None)
    for construct, count in counts.items():
        yield Coverage(part, construct, count, _TRACKED)


def _unread(package: Package, part: str, findings: Findings) -> Iterator[Coverage]:
    """Text elements of a part that were not read, grouped by what holds them."""
    try:
        root = package.xml(part)
    except DocumentError as error:
        yield Coverage(part, "broken part", 1, f"not needed for the text and not readable ({error.code})")
        return
    read = findings.texts.get(part, [])
    passed = findings.passed.get(part, [])
    total = sum(1 for element in root.iter(*_TEXTS) if element.text)
    total -= sum(1 for branch in passed for element in branch.iter(*_TEXTS) if element.text)
    if total <= len(read):
        return
    left = Counter(read)
    skipped = {element for branch in passed for element in branch.iter(*_TEXTS)}
    holders: Counter[str] = Counter()
    lost: dict[str, list[str]] = {}
    for element in root.iter(*_TEXTS):
        if not element.text or element in skipped:
            continue
        if left[element.text]:
            left[element.text] -= 1
            continue
        holder = _holder(part, element)
        holders[holder] += 1
        lost.setdefault(holder, []).append(element.text)
    for holder, count in holders.items():
        if any(text.strip() for text in lost[holder]):
            yield Coverage(part, holder, count, f"text not read, {_size(lost[holder])}")


def _holder(part: str, element: Element) -> str:
    """What an unread text stands in: a kind of part, or the nearest element that is not a run."""
    for sign, name in _KINDS:
        if sign in part.casefold().rpartition("word/")[2]:
            return name
    for parent in element.iterancestors():
        name = local(parent.tag)
        if name not in ("r", "p", "ins", "del"):
            return f"text in {name}"
    return "text"


def _size(texts: Iterable[str]) -> str:
    words = sum(len(text.split()) for text in texts)
    return f"{words} word" + ("" if words == 1 else "s")
