"""Content controls that are bound to data: Word shows what the data say, whatever text the document itself holds.

When it opens a file, Word fills a bound control from the part it is bound to: a custom XML part, or the document's properties.
Where the two differ, this reader shows the one and Word the other, and a person should know. Only plain text is judged; dates,
lists and pictures are shown in another form than they are stored in.

Source: ECMA-376 Part 1 §17.5.2.6 (dataBinding), §22.5 (custom XML data).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from redline.errors import DocumentError
from redline.model import Notice
from redline.text import safe_line
from redline.word.package import Package
from redline.word.xml import Element, w

_ITEM_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/customXml}itemID"
_PROPERTIES = {"{6c3c8bc8-f283-45ae-878a-bab7291924a1}": "core-properties", "{6668398d-a668-4e3e-a5eb-62b293d839f1}": "extended-properties"}
_MAPPING = re.compile(r"""xmlns(?::([\w.-]+))?\s*=\s*["']([^"']*)["']""")
_STEP = re.compile(r"/(?:([\w.-]+):)?([\w.-]+)(?:\[(\d{1,6})\])?")
_FORMED = tuple(w(name) for name in ("date", "dropDownList", "comboBox", "picture", "richText", "docPartObj", "docPartList", "equation",
                                     "group", "citation", "bibliography"))
_TRACKED = (w("ins"), w("del"), w("moveFrom"), w("moveTo"))


def bound_notices(package: Package, parts: Iterable[str]) -> Iterator[Notice]:
    """One notice for all bound controls in these parts whose text is not what their data say."""
    differing: list[tuple[str, str]] = []
    stores: dict[str, Element] | None = None
    for part in parts:
        for binding in package.xml(part).iter(w("dataBinding")):
            stores = _stores(package) if stores is None else stores
            found = _compared(binding, stores)
            if found is not None:
                differing.append(found)
    if differing:
        here, there = (safe_line(text, 40) for text in differing[0])
        yield Notice("bound-text", f"Word replaces the text of {len(differing)} content control{'' if len(differing) == 1 else 's'} "
                                   "by data kept elsewhere in the file when it opens it.", f"“{here}” here, “{there}” there")


def _stores(package: Package) -> dict[str, Element]:
    """The parts that controls can be bound to, by the id they are known by."""
    found: dict[str, Element] = {}
    for identity, kind in _PROPERTIES.items():
        for part in package.related("", kind):
            _keep(package, part, identity, found)
    for item in package.related(package.main, "customXml"):
        for part in package.related(item, "customXmlProps"):
            properties: dict[str, Element] = {}
            _keep(package, part, "", properties)
            if properties:
                _keep(package, item, properties[""].get(_ITEM_ID, "").lower(), found)
    return found


def _keep(package: Package, part: str, identity: str, found: dict[str, Element]) -> None:
    try:
        found.setdefault(identity, package.xml(part))
    except DocumentError:
        return


def _compared(binding: Element, stores: dict[str, Element]) -> tuple[str, str] | None:
    """(the control's text, the data's text) where both are plain text and differ."""
    properties = binding.getparent()
    control = None if properties is None else properties.getparent()
    store = stores.get(binding.get(w("storeItemID"), "").lower())
    content = None if control is None else control.find(w("sdtContent"))
    if properties is None or content is None or store is None:
        return None
    if any(child.tag in _FORMED or child.tag.endswith("}checkbox") for child in properties):
        return None
    if next(content.iter(*_TRACKED), None) is not None:
        return None
    data = _value(store, binding.get(w("xpath"), ""), dict(_MAPPING.findall(binding.get(w("prefixMappings"), ""))))
    shown = "" if properties.find(w("showingPlcHdr")) is not None else "".join(text.text or "" for text in content.iter(w("t")))
    if data is None or "".join(data.split()) == "".join(shown.split()):
        return None
    return shown, data


def _value(root: Element, path: str, names: dict[str, str]) -> str | None:
    """The text a plain path of elements leads to; None where it leads nowhere or asks for more than that."""
    steps = list(_STEP.finditer(path))
    if not steps or "".join(step.group() for step in steps) != path:
        return None
    here: Element | None = None
    for step in steps:
        prefix, name, number = step.groups()
        tag = f"{{{names[prefix]}}}{name}" if names.get(prefix or "") else name
        candidates = [root] if here is None else list(here.iterchildren(tag))
        index = int(number or 1) - 1
        if not 0 <= index < len(candidates) or candidates[index].tag != tag:
            return None
        here = candidates[index]
    return None if here is None or len(here) else here.text or ""
