"""XML from untrusted bytes, and the names of WordprocessingML.

The parser loads no document type, expands no entity, reaches no network, and refuses what a Word file never is. Elements of
a parsed part are plain lxml elements; tags are spelt with `w("p")` once, at import.
"""

from __future__ import annotations

from lxml import etree

from redline.word.refusals import refusal

Element = etree._Element

MAX_XML = 32 * 2**20
MAX_ATTRIBUTES = 512
MAX_DEPTH = 256

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
M_NS = "http://schemas.openxmlformats.org/officeDocument/2006/math"
A_NS = "http://schemas.openxmlformats.org/drawingml/2006/main"
MC_NS = "http://schemas.openxmlformats.org/markup-compatibility/2006"
V_NS = "urn:schemas-microsoft-com:vml"
O_NS = "urn:schemas-microsoft-com:office:office"
W14_NS = "http://schemas.microsoft.com/office/word/2010/wordml"
W15_NS = "http://schemas.microsoft.com/office/word/2012/wordml"
W16CID_NS = "http://schemas.microsoft.com/office/word/2016/wordml/cid"
W16DU_NS = "http://schemas.microsoft.com/office/word/2023/wordml/word16du"
STRICT = "http://purl.oclc.org/ooxml/"

XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def w(name: str) -> str:
    """The tag or attribute `name` of WordprocessingML."""
    return f"{{{W_NS}}}{name}"


def r(name: str) -> str:
    """The attribute `name` of the relationships namespace."""
    return f"{{{R_NS}}}{name}"


def m(name: str) -> str:
    """The tag `name` of Office math."""
    return f"{{{M_NS}}}{name}"


def mc(name: str) -> str:
    """The tag `name` of markup compatibility."""
    return f"{{{MC_NS}}}{name}"


def local(tag: str) -> str:
    """A tag's name without its namespace."""
    return tag.rpartition("}")[2]


VAL = w("val")

_DEEPER = etree.XPath(f"boolean({'/*' * (MAX_DEPTH + 1)})")
_FLOODED = etree.XPath(f"boolean(//@*[{MAX_ATTRIBUTES}])")


def parse(data: bytes, part: str, name: str = "") -> Element:
    """The root of an XML part; refuses a document type, a broken document, a flood of attributes, too deep a nesting."""
    if len(data) > MAX_XML:
        raise refusal("too-large", name, f"{part} has {len(data) // 2**20} MB of text and mark-up")
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False,
                             remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise refusal(_code(data, str(error)), name, f"{part} cannot be read") from None
    except ValueError:
        raise refusal("xml-malformed", name, f"{part} cannot be read") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise refusal("dtd-forbidden", name, part)
    if _FLOODED(root):
        raise refusal("xml-malformed", name, f"an element of {part} has too many attributes")
    if _DEEPER(root):
        raise refusal("too-deep", name, part)
    return root


def _code(data: bytes, message: str) -> str:
    """The reason behind a syntax error: a document type, the parser's own depth limit, or plain damage."""
    head = data[:2**16]
    if b"<!DOCTYPE" in head or "<!DOCTYPE".encode("utf-16-le") in head or "<!DOCTYPE".encode("utf-16-be") in head:
        return "dtd-forbidden"
    return "too-deep" if "depth" in message.lower() else "xml-malformed"


_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'


def serialise(root: Element) -> bytes:
    """A part's bytes as Word writes them: UTF-8, with the declaration and `standalone`."""
    return _DECLARATION + etree.tostring(root, encoding="UTF-8", xml_declaration=False)


def value(element: Element | None, default: str = "") -> str:
    """The `w:val` of an element, or the default where it or the element is missing."""
    return default if element is None else element.get(VAL, default)


def number(text: str | None, default: int = 0) -> int:
    """A whole number from an attribute; the default when it is none (hostile and odd files hold anything)."""
    try:
        found = int(text or "")
    except ValueError:
        return default
    return found if -2**31 <= found < 2**31 else default


_OFF = frozenset({"0", "false", "off", "none"})


def on(element: Element | None) -> bool:
    """A toggle (CT_OnOff, ECMA-376 Part 1 §17.17.4): present and not switched off."""
    return element is not None and element.get(VAL, "1") not in _OFF
