"""Parts of the package that are no text: custom data, the preview picture, printer settings, labels, add-ins, signatures, and
what nothing refers to.

Sources: ECMA-376 Part 1 §15.2.5, .6 (custom XML data), §15.2.13 (printer settings), §15.2.16 (thumbnail); Part 2 §10 (digital
signatures); [MS-OFFCRYPTO] 2.6 (sensitivity labels); [MS-OWEXML] (task panes).
"""

from __future__ import annotations

from collections.abc import Callable

from redline.word.revisions import story_parts
from redline.word.scrub.work import Work
from redline.word.xml import local, w

_ADD_INS = ("webextensiontaskpanes", "taskpanes", "keyMapCustomizations", "attachedToolbars", "userCustomization", "extensibility")
_SIMPLE = (("labels", ("classificationlabels",), "a sensitivity label"), ("add-ins", _ADD_INS, "add-ins and toolbars"),
           ("signatures", ("origin", "signature"), "a digital signature, which no longer holds"),
           ("thumbnail", ("thumbnail",), "the preview picture"))


def simple(work: Work) -> None:
    """Parts that go as a whole, by the kind of link that leads to them."""
    for kind, links, words in _SIMPLE:
        if work.wants(kind) and work.drop(work.linked(*links)):
            work.gone(kind, words)


def printer(work: Work) -> None:
    """Printer settings name a printer, and with it a machine or an office."""
    parts = [part for part in work.package.parts if "printerSettings" in work.package.content_type(part)]
    if parts and work.wants("printer"):
        for part in story_parts(work.package):
            work.take(part, lambda root: list(root.iter(w("printerSettings"))))
        if work.drop(parts):
            work.gone("printer", "printer settings")


def custom_xml(work: Work) -> None:
    """Custom data, except what content controls or citations show."""
    if not work.wants("custom-xml"):
        return
    text = work.shown
    doomed: set[str] = set()
    for item in sorted(work.linked("customXml")):
        properties = set(work.package.related(item, "customXmlProps"))
        root = work.root(item)
        sources = text.sources and root is not None and local(str(root.tag)) == "Sources"
        if sources or text.any_store or _ids(work, properties) & text.stores:
            work.stays("custom-xml", "set of custom data that the text shows", "sets of custom data that the text shows")
        else:
            doomed |= {item, *properties}
            work.gone("custom-xml", "set of custom data", "sets of custom data")
    work.drop(doomed)


def _ids(work: Work, properties: set[str]) -> set[str]:
    """The ids under which content controls know a store."""
    roots = [root for part in properties if (root := work.root(part)) is not None]
    return {str(value).casefold() for root in roots for key, value in root.attrib.items() if local(str(key)) == "itemID"}


def leftovers(work: Work) -> None:
    """Parts that no link leads to: Word does not show them, and they may hold older text."""
    if work.wants("leftovers"):
        lost = [part for part in work.orphans if work.has(part) and not part.endswith(".rels")]
        work.cleaner.dropped |= {part for part in work.orphans if part.endswith(".rels")}
        if work.drop(lost):
            work.gone("leftovers", "part that nothing refers to", "parts that nothing refers to", len(lost))


def embedded(work: Work) -> None:
    """Files in the file, and fields of add-ins, carry data of their own, which nobody looks into here."""
    parts = [part for part in work.linked("oleObject", "package", "aFChunk", "subDocument") if work.has(part)]
    if parts:
        work.stays("", "embedded file with properties of its own", "embedded files with properties of their own", len(parts))
    if work.shown.add_ins:
        work.stays("", "field with data of an add-in", "fields with data of an add-in", work.shown.add_ins)


STEPS: tuple[Callable[[Work], None], ...] = (simple, printer, custom_xml, leftovers, embedded)
