"""Document properties: who wrote, saved and owns it, and what was noted beside it. Those that the text shows stay.

Sources: ECMA-376 Part 2 §11 (core properties), Part 1 §22.2 (extended), §22.3 (custom properties).
"""

from __future__ import annotations

from collections.abc import Callable

from redline.word.scrub.work import Work
from redline.word.xml import Element, local

_CORE = {"creator": "the author", "lastModifiedBy": "who saved it last", "description": "the description", "subject": "the subject",
         "keywords": "the keywords", "category": "the category", "contentStatus": "the status", "identifier": "the identifier",
         "version": "the version", "lastPrinted": "when it was last printed", "revision": "how often it was saved"}
_APP = {"Company": "the company", "Manager": "the manager", "TotalTime": "the editing time",
        "HyperlinkBase": "the base address of links", "HLinks": "a list of links", "PresentationFormat": "the format"}
_TITLES = {"title": "the title"}
_HEADINGS = {"TitlesOfParts": "the list of headings", "HeadingPairs": "the list of headings"}
_TEMPLATE = {"Template": "the template"}
_PARTS = {"core-properties": (("properties", _CORE), ("title", _TITLES)),
          "extended-properties": (("properties", _APP), ("title", _HEADINGS), ("template", _TEMPLATE))}
_HARMLESS = ("", "0", "Normal", "Normal.dot", "Normal.dotm")


def built_in(work: Work) -> None:
    """Core and extended properties. A part that cannot be read goes as a whole."""
    visible = work.shown.properties
    for link, groups in _PARTS.items():
        for part in work.package.related("", link):
            if work.root(part) is None:
                if work.wants("properties"):
                    work.drop({part})
                    work.gone("properties", "properties that cannot be read")
                continue
            for kind, words in groups:
                if work.wants(kind):
                    _take(work, part, kind, words, visible)


def _take(work: Work, part: str, kind: str, words: dict[str, str], visible: frozenset[str]) -> None:
    doomed = []
    for element in work.package.xml(part):
        name = local(str(element.tag))
        if name not in words or "".join(map(str, element.itertext())).strip() in _HARMLESS:
            continue
        if name.casefold() in visible:
            work.stays(kind, f"{words[name]}, which the text shows")
        else:
            doomed.append(element)
    taken = work.take(part, lambda _: doomed)
    for said in dict.fromkeys(words[local(str(element.tag))] for element in taken):
        work.gone(kind, said)


def custom(work: Work) -> None:
    """Properties that somebody, or a system that manages documents, has made up."""
    if not work.wants("properties"):
        return
    visible = work.shown.properties
    for part in sorted(work.linked("custom-properties")):
        root = work.root(part)
        found: list[Element] = [] if root is None else [child for child in root if local(str(child.tag)) == "property"]
        stay = [element for element in found if element.get("name", "").casefold() in visible]
        if stay:
            work.stays("properties", "custom property that the text shows", "custom properties that the text shows", len(stay))
            taken = len(work.take(part, lambda _, found=found, stay=stay: [each for each in found if each not in stay]))  # type: ignore[misc]
        else:
            work.drop({part})
            taken = len(found) or 1
        if taken:
            work.gone("properties", "custom property", "custom properties", taken)


STEPS: tuple[Callable[[Work], None], ...] = (built_in, custom)
