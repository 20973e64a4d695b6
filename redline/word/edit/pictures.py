"""Whether two drawings are the same one: their shape, text beside the picture, and the bytes of what they show.

Ids, editing sessions and the text in boxes (which is compared as text) do not count.
"""

from __future__ import annotations

from collections.abc import Callable

from redline.word.edit.source import Source
from redline.word.xml import O_NS, R_NS, Element, mc, w

_GRAPHICS = frozenset({w("drawing"), w("pict"), w("object"), mc("AlternateContent")})
_UNSEEN = frozenset({"id", "anchorId", "editId", "paraId", "textId", "spid", "name"})
_SKIP = frozenset({w("txbxContent"), mc("Fallback")})

Shows = Callable[[Element], object]


def shows(source: Source) -> Shows:
    """What a drawing of a document shows, in a form that can be compared; None for anything else."""
    def told(node: Element) -> object:
        return _told(source, node, source.part_of(node)) if node.tag in _GRAPHICS else None
    return told


def _told(source: Source, element: Element, part: str) -> object:
    attributes = []
    for name, value in element.attrib.items():
        space, _, local = str(name).rpartition("}")
        if space == f"{{{R_NS}" or (space == f"{{{O_NS}" and local == "relid"):
            attributes.append((str(name), _target(source, part, str(value))))
        elif local not in _UNSEEN and "rsid" not in local:
            attributes.append((str(name), str(value)))
    return (element.tag, tuple(sorted(attributes)), (element.text or "").strip(),
            tuple(_told(source, child, part) for child in element if child.tag not in _SKIP))


def _target(source: Source, part: str, identity: str) -> str:
    relationship = source.package.relationships(part).get(identity)
    if relationship is None:
        return ""
    if relationship.external or relationship.target not in source.package:
        return relationship.target
    return str(hash(source.package.data(relationship.target)))
