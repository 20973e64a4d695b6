"""What is not text in a run: pictures, embedded objects, charts, diagrams. Each becomes an atom that names what it shows.

Two atoms are equal when the parts behind them have the same bytes. No picture is ever decoded.

Sources: ECMA-376 Part 1 §17.3.3.9 (drawing), §17.3.3.19 (object), §20.1.8.13 (blip), §21.2 (charts), §21.4 (diagrams).
"""

from __future__ import annotations

from redline.word.drafts import Findings
from redline.word.package import Package
from redline.word.xml import A_NS, O_NS, V_NS, Element, mc, r, w

_BLIP, _IMAGE_DATA, _OLE = f"{{{A_NS}}}blip", f"{{{V_NS}}}imagedata", f"{{{O_NS}}}OLEObject"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_CHART_EX = "{http://schemas.microsoft.com/office/drawing/2014/chartex}chart"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_DIAGRAM_DATA = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"
_BOX = w("txbxContent")


class Graphics:
    """Names graphics by the parts behind them."""

    def __init__(self, package: Package, findings: Findings) -> None:
        self._package = package
        self._findings = findings
        self._digests: dict[str, str] = {}

    def atoms(self, part: str, element: Element) -> list[str]:
        """The atoms of a drawing, a VML picture or an object. One without a picture or a text box is a `drawing`."""
        embedded = next(element.iter(_OLE), None)
        if embedded is not None:
            self._findings.counts[part, "embedded object"] += 1
            return [self._named("object", part, embedded.get(r("id")))]
        atoms: list[str] = []
        boxed = False
        for found in element.iter(_BLIP, _IMAGE_DATA, _CHART, _CHART_EX, _DIAGRAM, _BOX, w("control")):
            if found.tag == _BOX:
                boxed = True
            elif _repeated(found, element, boxed):
                continue
            elif found.tag == _BLIP:
                atoms.append(self._named("image", part, found.get(r("embed")) or found.get(r("link"))))
            elif found.tag == _IMAGE_DATA:
                atoms.append(self._named("image", part, found.get(r("id")) or found.get(f"{{{O_NS}}}relid")))
            elif found.tag == w("control"):
                atoms.append("control")
            elif found.tag == _DIAGRAM:
                atoms.append(self._named("diagram", part, found.get(_DIAGRAM_DATA)))
            else:
                atoms.append(self._named("chart", part, found.get(r("id"))))
        return atoms or ([] if boxed else ["drawing"])

    def target(self, part: str, link: str | None) -> str:
        """Where a relationship of `part` leads outside the file, "" when it does not."""
        relationship = self._package.relationships(part).get(link or "")
        return relationship.target if relationship is not None and relationship.external else ""

    def _named(self, kind: str, part: str, link: str | None) -> str:
        """`image:` and the start of the SHA-1 of the part's bytes; of the address where it lies outside the file."""
        relationship = self._package.relationships(part).get(link or "")
        if relationship is None:
            return kind
        if relationship.external or relationship.target not in self._package:
            return f"{kind}:{_digest(relationship.target.encode())}"
        if relationship.target not in self._digests:
            self._digests[relationship.target] = _digest(self._package.data(relationship.target))
        return f"{kind}:{self._digests[relationship.target]}"


def _digest(data: bytes) -> str:
    import hashlib

    return hashlib.sha1(data, usedforsecurity=False).hexdigest()[:12]


def _repeated(found: Element, graphic: Element, boxed: bool) -> bool:
    """Whether something stands in a text box, where it is met again, or in the fallback of what was already met."""
    for parent in found.iterancestors():
        if parent is graphic:
            return False
        if parent.tag == mc("Fallback") or (boxed and parent.tag == _BOX):
            return True
    return False
