"""Short words for building WordprocessingML elements with lxml."""

from __future__ import annotations

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
XML = "http://www.w3.org/XML/1998/namespace"
NAMESPACES = {"w": W, "r": R, "mc": MC, "w14": W14, "w15": W15}

Element = etree._Element


def el(name: str, /, *children: Element | None, **attributes: str | int) -> Element:
    """A `w:` element; attributes are in the same namespace, children that are None are left out."""
    node = etree.Element(f"{{{W}}}{name}", nsmap={"w": W})
    for key, value in attributes.items():
        node.set(f"{{{W}}}{key.rstrip('_')}", str(value))
    node.extend([child for child in children if child is not None])
    return node


def root(name: str, *children: Element) -> Element:
    """The root of a part, with every namespace the samples use declared on it and the newer ones ignorable."""
    node = etree.Element(f"{{{W}}}{name}", nsmap=NAMESPACES)
    node.set(f"{{{MC}}}Ignorable", "w14 w15")
    node.extend(children)
    return node


def serial(node: Element) -> bytes:
    """The bytes of a part."""
    etree.cleanup_namespaces(node, top_nsmap=NAMESPACES, keep_ns_prefixes=["w14", "w15"])
    return etree.tostring(node, xml_declaration=True, encoding="UTF-8", standalone=True)
