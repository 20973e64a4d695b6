"""The package that is being written: which parts changed, which came in, and what links to them.

Everything that is not touched keeps its bytes. A part that comes from another package is stored once, under a name of its own.

Sources: ECMA-376 Part 2 §6.5 (relationships), §6.2.3 (content types), Part 3 §7 (mc:Ignorable).
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from redline.word.package import CONTENT_TYPES, Package
from redline.word.xml import Element, mc, parse, serialise

_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"


def links_part(part: str) -> str:
    """The name of the part that holds the links of `part`."""
    folder, _, file = part.rpartition("/")
    return posixpath.join(folder, "_rels", f"{file}.rels")


def links(package: Package, part: str) -> dict[str, Element]:
    """The relationship elements of a part by id."""
    name = links_part(part)
    return {element.get("Id", ""): element for element in package.xml(name)} if name in package else {}


class Parts:
    """What will be written of one package."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._touched: dict[str, Element] = {}
        self._fresh: dict[str, Element] = {}
        self._data: dict[str, bytes] = {}
        self._ignorable: dict[str, str] = {}

    def name_of(self, element: Element) -> str:
        """The part an element stands in, one of the package's or a new one."""
        root = element.getroottree().getroot()
        return next((part for part, fresh in self._fresh.items() if fresh is root), "") or self.package.part_of(root)

    def tree(self, part: str) -> Element:
        """The root of a part, which will be written anew."""
        if part in self._fresh:
            return self._fresh[part]
        if part not in self._touched:
            self._touched[part] = self.package.xml(part)
        return self._touched[part]

    def peek(self, part: str) -> Element:
        """The root of a part as it will be written, which does not change it."""
        return self._fresh[part] if part in self._fresh else self.package.xml(part)

    def touched(self) -> list[tuple[str, Element]]:
        """The parts that will be written anew, and their roots."""
        return [*self._touched.items(), *self._fresh.items()]

    def add(self, part: str, root: Element | bytes, content_type: str) -> None:
        """A new part. Its name must be free (`free`)."""
        if isinstance(root, bytes):
            self._data[part] = root
        else:
            self._fresh[part] = root
        if self.package.content_type(part) == content_type:
            return
        override = etree.SubElement(self.tree(CONTENT_TYPES), f"{{{_TYPES}}}Override")
        override.set("PartName", "/" + part)
        override.set("ContentType", content_type)

    def free(self, wanted: str) -> str:
        """A part name like `wanted` that nothing has yet."""
        stem, dot, end = wanted.rpartition(".")
        base = stem.rstrip("0123456789") or stem
        names = {name.casefold() for name in (*self.package.parts, *self._fresh, *self._data)}
        candidates: Iterator[str] = iter([wanted])
        count = 0
        while (name := next(candidates, "")) == "" or name.casefold() in names:
            count += 1
            candidates = iter([f"{base}{count}{dot}{end}"])
        return name

    def link(self, part: str, kind: str, target: str, *, external: bool = False) -> str:
        """The id of a link from `part`, made where there is none yet. `kind` is the full type, `target` a part or an address."""
        name = links_part(part)
        if name not in self.package and name not in self._fresh:
            root = parse(f'<Relationships xmlns="{_RELATIONSHIPS}"/>'.encode(), name)
            self.add(name, root, _RELATIONSHIPS_TYPE)
        root = self.tree(name)
        shown = target if external else posixpath.relpath("/" + target, "/" + part.rpartition("/")[0])
        for element in root:
            if element.get("Type") == kind and element.get("Target") in (shown, target if external else "/" + target):
                return element.get("Id", "")
        taken = {element.get("Id", "") for element in root}
        count = len(taken) + 1
        while f"rId{count}" in taken:
            count += 1
        _relationship(root, f"rId{count}", kind, shown, external=external)
        return f"rId{count}"

    def relink(self, part: str, identity: str, kind: str, target: str, *, external: bool) -> None:
        """A link from a new part under the id that its content names."""
        name = links_part(part)
        if name not in self._fresh:
            self.add(name, parse(f'<Relationships xmlns="{_RELATIONSHIPS}"/>'.encode(), name), _RELATIONSHIPS_TYPE)
        shown = target if external else posixpath.relpath("/" + target, "/" + part.rpartition("/")[0])
        _relationship(self._fresh[name], identity, kind, shown, external=external)

    def allow(self, root: Element) -> None:
        """Remember which namespaces a document we copy from lets a program ignore: where they turn up, ours must say so too."""
        for prefix in (root.get(mc("Ignorable")) or "").split():
            if prefix in root.nsmap:
                self._ignorable[root.nsmap[prefix]] = prefix

    def written(self) -> bytes:
        """The package as bytes."""
        changes: dict[str, bytes | None] = {**self._data}
        for part, root in self.touched():
            changes[part] = serialise(self._with_namespaces(root))
        return self.package.write(changes)

    def _with_namespaces(self, root: Element) -> Element:
        """The same tree under a root that declares what may be ignored in it."""
        own = {root.nsmap[prefix] for prefix in (root.get(mc("Ignorable")) or "").split() if prefix in root.nsmap}
        missing = {uri: prefix for uri, prefix in self._ignorable.items() if uri not in own}
        used = {uri for uri in missing if _uses(root, uri)} if missing else set()
        if not used:
            return root
        nsmap: dict[str | None, str] = dict(root.nsmap)
        names = (root.get(mc("Ignorable")) or "").split()
        for uri in sorted(used):
            prefix = next((known for known, value in nsmap.items() if value == uri and known), missing[uri])
            while nsmap.get(prefix, uri) != uri:
                prefix += "x"
            nsmap[prefix] = uri
            names.append(prefix)
        nsmap.setdefault("mc", mc("")[1:-1])
        fresh = etree.Element(root.tag, nsmap=nsmap)  # type: ignore[arg-type]  # the stubs know no default namespace
        for key, value in root.attrib.items():
            fresh.set(key, value)
        fresh.set(mc("Ignorable"), " ".join(names))
        fresh.extend(list(root))
        return fresh


def blank(root: Element, tag: str = "") -> Element:
    """An empty root of a part of its own, with the namespaces of another root (an element made by that root would stay in its
    document).
    """
    fresh: Element = etree.Element(tag or root.tag, nsmap=root.nsmap)  # type: ignore[arg-type]  # the stubs know no default namespace
    ignorable = root.get(mc("Ignorable"))
    if ignorable:
        fresh.set(mc("Ignorable"), ignorable)
    return fresh


def _uses(root: Element, uri: str) -> bool:
    sign = f"{{{uri}}}"
    return any(str(element.tag).startswith(sign) or any(str(name).startswith(sign) for name in element.attrib)
               for element in root.iter())


def _relationship(root: Element, identity: str, kind: str, target: str, *, external: bool) -> None:
    element = etree.SubElement(root, f"{{{_RELATIONSHIPS}}}Relationship")
    for key, value in (("Id", identity), ("Type", kind), ("Target", target)):
        element.set(key, value)
    if external:
        element.set("TargetMode", "External")
