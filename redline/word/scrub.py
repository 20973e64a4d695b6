"""Personal data out of a document before it leaves the house. What can be read in Word never changes.

Taken out: who wrote and saved it, company and manager, custom properties, the path of the template, editing sessions, unused
custom data, the list of people when nobody is named any more, printer settings, the preview picture. Names on tracked
changes and comments are part of what is said and stay.

Sources: ECMA-376 Part 2 §11 (core properties), Part 1 §15.2.12 (extended and custom properties), §17.15.1 (settings).
"""

from __future__ import annotations

from collections.abc import Callable

from redline.word.leftovers import Cleaner
from redline.word.package import Package, open_package
from redline.word.revisions import story_parts
from redline.word.surgery import remove
from redline.word.xml import W_NS, Element, local, r, serialise, w

_APP = {"Company": "the company", "Manager": "the manager", "Template": "the template", "TotalTime": "the editing time",
        "HyperlinkBase": "the base address of links"}
_HARMLESS = ("", "0", "Normal", "Normal.dotm")
_CORE = {"author": "the author", "last_modified_by": "who saved it last", "comments": "the description",
         "keywords": "the keywords", "category": "the category", "content_status": "the status"}
_RSID = tuple(w(name) for name in ("rsidR", "rsidRPr", "rsidP", "rsidRDefault", "rsidTr", "rsidDel", "rsidSect"))
_SETTINGS = {"rsids": "editing sessions", "attachedTemplate": "the template", "docVars": "document variables",
             "mailMerge": "the mail merge source"}
_NAMED = ("ins", "del", "moveFrom", "moveTo", "comment", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange",
          "trPrChange", "tblPrExChange", "cellIns", "cellDel", "cellMerge", "numberingChange")


def scrub(data: bytes, name: str = "") -> tuple[bytes, tuple[str, ...]]:
    """(the document without personal data, what was taken out in plain words). Scrubbing twice is scrubbing once.

    Raises DocumentError when the file is refused.
    """
    scrubber = _Scrubber(open_package(data, name))
    for step in (scrubber.core, scrubber.app, scrubber.settings, scrubber.sessions, scrubber.custom, scrubber.pictures,
                 scrubber.people):
        step()
    return scrubber.written(), tuple(dict.fromkeys(scrubber.removed))


class _Scrubber:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._cleaner = Cleaner(package, {})
        self._new: dict[str, bytes] = {}
        self.removed: list[str] = []

    def written(self) -> bytes:
        changes: dict[str, bytes | None] = {part: serialise(root) for part, root in self._cleaner.trees.items()}
        changes.update(self._new)
        changes.update(dict.fromkeys(self._cleaner.dropped))
        return self._package.write(changes)

    def _edit(self, part: str, found: Callable[[Element], list[Element]]) -> list[Element]:
        """Take the elements that `found` names out of a part; leaves the part's bytes alone when there are none."""
        if not found(self._package.xml(part)):
            return []
        doomed = found(self._cleaner.tree(part))
        for element in doomed:
            remove(element)
        return doomed

    def core(self) -> None:
        """The core properties, through python-docx, which knows them by name."""
        from docx.opc.coreprops import CoreProperties
        from docx.oxml.coreprops import CT_CoreProperties
        from docx.oxml.parser import parse_xml

        for part in self._package.related("", "core-properties"):
            self._package.xml(part)
            element = parse_xml(self._package.data(part))
            if not isinstance(element, CT_CoreProperties):
                self._cleaner.drop_parts({part})
                continue
            properties = CoreProperties(element)
            said = [name for name in _CORE if getattr(properties, name)]
            for name in said:
                setattr(properties, name, "")
                self.removed.append(_CORE[name])
            if said:
                self._new[part] = serialise(element)

    def app(self) -> None:
        for part in self._package.related("", "extended-properties"):
            doomed = self._edit(part, lambda root: [child for child in root if local(child.tag) in _APP
                                                    and (child.text or "").strip() not in _HARMLESS])
            self.removed.extend(_APP[local(element.tag)] for element in doomed)

    def settings(self) -> None:
        for part in self._package.related(self._package.main, "settings"):
            doomed = self._edit(part, lambda root: [child for child in root if child.tag.startswith(f"{{{W_NS}}}")
                                                    and local(child.tag) in _SETTINGS])
            self.removed.extend(_SETTINGS[local(element.tag)] for element in doomed)
            links = {value for element in doomed for child in element.iter()
                     for key, value in child.attrib.items() if key == r("id")}
            self._cleaner.drop_links_by_id(part, {str(link) for link in links})

    def sessions(self) -> None:
        """The editing session ids on paragraphs and runs: they tell which text was typed in one sitting."""
        parts = [*story_parts(self._package), *self._package.related(self._package.main, "styles")]
        for part in parts:
            if b"rsid" not in self._package.data(part):
                continue
            root = self._cleaner.tree(part)
            for element in root.iter():
                for attribute in _RSID:
                    if attribute in element.attrib:
                        del element.attrib[attribute]
            for element in list(root.iter(w("rsid"))):
                remove(element)
            self.removed.append("editing sessions")

    def custom(self) -> None:
        """Custom properties, and custom XML data that no content control shows."""
        doomed = set(self._package.related("", "custom-properties"))
        if doomed:
            self.removed.append("custom properties")
        bound = any(next(self._package.xml(part).iter(w("dataBinding")), None) is not None
                    for part in story_parts(self._package))
        items = {part for part in self._package.parts if part.startswith("customXml/") and not part.endswith(".rels")}
        if items and not bound:
            doomed |= items
            self.removed.append("custom data")
        self._cleaner.drop_parts(doomed)

    def pictures(self) -> None:
        """The preview picture, which may show an older text, and printer settings, which name a printer."""
        thumbnails = set(self._package.related("", "thumbnail"))
        if thumbnails:
            self.removed.append("the preview picture")
        printers = {part for part in self._package.parts if "printerSettings" in self._package.content_type(part)}
        if printers:
            self.removed.append("printer settings")
            for part in story_parts(self._package):
                self._edit(part, lambda root: list(root.iter(w("printerSettings"))))
        self._cleaner.drop_parts(thumbnails | printers)

    def people(self) -> None:
        """The list of people, when no tracked change and no comment names one."""
        listed = set(self._package.related(self._package.main, "people"))
        if not listed:
            return
        named = any(next(self._package.xml(part).iter(*(w(name) for name in _NAMED)), None) is not None
                    for part in story_parts(self._package))
        if not named:
            self._cleaner.drop_parts(listed)
            self.removed.append("the list of people")
