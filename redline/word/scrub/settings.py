"""Settings that tell where and how a document was made: editing sessions, ids, the template, variables, a mail merge.

Protection, tracking, compatibility and the look of the page are not touched.

Sources: ECMA-376 Part 1 §17.15.1.6 (attachedTemplate), .32, .33 (docVar, docVars), .57 (mailMerge), .72 (rsids); [MS-DOCX] 2.5.1
(docId).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from redline.word.scrub.work import Work
from redline.word.surgery import remove
from redline.word.xml import W14_NS, W15_NS, W_NS, Element, w

_RSIDS = tuple(w(name) for name in ("rsidR", "rsidRPr", "rsidP", "rsidRDefault", "rsidTr", "rsidDel", "rsidSect"))
_SIMPLE = {w("attachedTemplate"): ("template", "the template"), w("mailMerge"): ("mail-merge", "the mail merge source"),
           w("saveThroughXslt"): ("paths", "the path of a stylesheet"),
           f"{{{W14_NS}}}docId": ("rsids", "the ids of the document"), f"{{{W15_NS}}}docId": ("rsids", "the ids of the document")}


def _settings(work: Work) -> list[str]:
    return [part for part in work.package.parts if work.package.content_type(part).endswith(".settings+xml") and work.has(part)]


def plain(work: Work) -> None:
    """Settings that go as a whole."""
    for part in _settings(work):
        taken = work.take(part, lambda root: [child for child in root if child.tag in _SIMPLE and work.wants(_SIMPLE[child.tag][0])])
        for kind, words in dict.fromkeys(_SIMPLE[element.tag] for element in taken):
            work.gone(kind, words)


def variables(work: Work) -> None:
    """Document variables; those that a field shows stay."""
    if not work.wants("variables"):
        return
    visible = work.shown.variables
    for part in _settings(work):
        taken = work.take(part, lambda root: [each for each in root.iter(w("docVar"))
                                              if each.get(w("name"), "").casefold() not in visible])
        work.take(part, lambda root: [each for each in root.iter(w("docVars")) if not len(each)])
        if taken:
            work.gone("variables", "document variable", "document variables", len(taken))


def sessions(work: Work) -> None:
    """The editing sessions on paragraphs, runs and styles: they tell which text was typed in one sitting."""
    if not work.wants("rsids"):
        return
    for part in _settings(work):
        for element in work.take(part, lambda root: list(root.iter(w("rsids")))):
            work.gone("rsids", "mark of editing sessions", "marks of editing sessions", len(element))
    for part in work.package.parts:
        if not part.endswith(".rels") and work.has(part) and b"rsid" in work.package.data(part):
            root = work.root(part)
            if root is None or not str(root.tag).startswith(f"{{{W_NS}}}"):
                continue
            marks = list(_marks(root))
            if marks:
                work.touched(part)
                work.gone("rsids", "mark of editing sessions", "marks of editing sessions", len(marks))
            for element, attribute in marks:
                if attribute:
                    del element.attrib[attribute]
                else:
                    remove(element)


def _marks(root: Element) -> Iterator[tuple[Element, str]]:
    """Elements with the attribute that names a session, and (with "") elements that do nothing else."""
    for element in root.iter():
        for attribute in _RSIDS:
            if attribute in element.attrib:
                yield element, attribute
        if element.tag == w("rsid"):
            yield element, ""


STEPS: tuple[Callable[[Work], None], ...] = (plain, variables, sessions)
