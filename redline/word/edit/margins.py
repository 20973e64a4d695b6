"""Headers and footers: which of the new document takes the place of which of the old one.

They are known by what they are for: the section, counted from the end, and first, even or default (§17.10.2, §17.10.5).
"""

from __future__ import annotations

from redline.word.edit.parts import Parts
from redline.word.edit.source import Source
from redline.word.xml import Element, local, r, w

_KINDS = ("header", "footer")
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
Role = tuple[int, str, str]


def roles(source: Source) -> dict[Role, Element]:
    """The root of each header and footer by (section from the end, `header` or `footer`, its type)."""
    package = source.package
    links = package.relationships(package.main)
    found: dict[Role, Element] = {}
    for count, section in enumerate(reversed(list(package.xml(package.main).iter(w("sectPr"))))):
        for reference in section:
            kind = local(reference.tag).removesuffix("Reference") if isinstance(reference.tag, str) else ""
            link = links.get(reference.get(r("id"), ""))
            if kind in _KINDS and link is not None and not link.external and link.target in package:
                found[count, kind, reference.get(w("type"), "default")] = package.xml(link.target)
    return found


def home(root: Element, old: Source, new: Source, parts: Parts) -> Element | None:
    """Where the content of a header or footer of the new document goes: the old one of that role, made if there is none."""
    role = next((role for role, each in roles(new).items() if each is root), None)
    if role is None:
        return None
    known = roles(old)
    found = known.get(role) or known.get((0, *role[1:]))
    return found if found is not None else _made(role, root, old, parts)


def _made(role: Role, root: Element, old: Source, parts: Parts) -> Element | None:
    """An empty header or footer in the old document's last section; what comes in is tracked, the reference cannot be."""
    _, kind, sort = role
    main = old.package.main
    sections = list(parts.tree(main).iter(w("sectPr")))
    if not sections:
        return None
    name = parts.free(f"word/{kind}1.xml")
    fresh = root.makeelement(root.tag)
    parts.add(name, fresh, _CONTENT.format(kind))
    reference = sections[-1].makeelement(w(f"{kind}Reference"))
    reference.set(w("type"), sort)
    reference.set(r("id"), parts.link(main, _TYPE + kind, name))
    sections[-1].insert(0, reference)
    return fresh
