"""A .docx as its parts: checked, related to each other, read when asked for, and written back the same way each time.

`open_package` takes bytes, never a path, and either gives a Package whose main part is a WordprocessingML document or raises
DocumentError with a stable `code`. What is odd but harmless to read becomes a Notice. Nothing is fetched: a target outside
the file is only named. Written packages are deterministic: stored members in order, fixed dates, untouched parts as they were.

Sources: ECMA-376 Part 2 §6 (parts, content types, relationships), Part 1 §11.3 (main document part).
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from redline.model import Notice
from redline.text import safe_line
from redline.word.container import Container
from redline.word.refusals import refusal
from redline.word.xml import STRICT, Element, parse

CONTENT_TYPES = "[Content_Types].xml"
MAX_RELATIONSHIPS = 10_000
MAX_CHAIN = 60

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MAIN = _WORD + "document.main+xml"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_REMOTE = re.compile(r"(?!file:)[A-Za-z][A-Za-z0-9+.-]+:|(?:file:)?(?:/{2}|/{4,}|\\\\)(?!Users/|Volumes/|Applications/|Library/)[^/\\]",
                     re.IGNORECASE)
"""Addresses on another machine; `file:///C:/…`, `C:\\…` and `file:////Users/…` are paths on the writer's own, which Word
always notes down."""
_OBJECTS = frozenset({"oleObject", "package", "control"})


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from a part: `kind` is the last word of its type, `target` a part's name or, when `external`, an address."""

    id: str
    kind: str
    target: str
    external: bool


class Package:
    """The parts of one document. Build it with `open_package`."""

    def __init__(self, container: Container, name: str) -> None:
        self._container = container
        self._trees: dict[str, Element] = {}
        self._relationships: dict[str, dict[str, Relationship]] = {}
        self._folded = {part.casefold(): part for part in container.names}
        self.name = name
        self.main = ""
        self.notices: tuple[Notice, ...] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of all parts, as they are spelt in the file, without a leading slash."""
        return self._container.names

    def __contains__(self, part: str) -> bool:
        return part.casefold() in self._folded

    def data(self, part: str) -> bytes:
        """A part's bytes; KeyError when there is none. Names are compared as ECMA-376 Part 2 has it, without case."""
        return self._container.read(self._folded[part.casefold()])

    def xml(self, part: str) -> Element:
        """A part's root element, parsed once and shared: copy it before changing it."""
        if part not in self._trees:
            self._trees[part] = parse(self.data(part), part, self.name)
        return self._trees[part]

    def is_parsed(self, part: str) -> bool:
        """Whether a part's tree was asked for."""
        return part in self._trees

    def part_of(self, root: Element) -> str:
        """The part whose tree has this root; KeyError when it is none of this package's."""
        for part, tree in self._trees.items():
            if tree is root:
                return part
        raise KeyError(root.tag)

    @cached_property
    def _types(self) -> tuple[dict[str, str], dict[str, str]]:
        root = parse(self.data(CONTENT_TYPES), CONTENT_TYPES, self.name)
        defaults = {element.get("Extension", "").casefold(): element.get("ContentType", "")
                    for element in root.iterfind(_TYPES + "Default")}
        overrides = {element.get("PartName", "").lstrip("/").casefold(): element.get("ContentType", "")
                     for element in root.iterfind(_TYPES + "Override")}
        return defaults, overrides

    def content_type(self, part: str) -> str:
        """What kind of part it is, "" when the file does not say."""
        defaults, overrides = self._types
        return overrides.get(part.casefold()) or defaults.get(part.rpartition(".")[2].casefold(), "")

    def relationships(self, source: str = "") -> Mapping[str, Relationship]:
        """The links of a part (of the package itself for "") by id."""
        if source not in self._relationships:
            self._relationships[source] = {link.id: link for link in self._links(source)}
        return self._relationships[source]

    def related(self, source: str, kind: str) -> tuple[str, ...]:
        """The names of the existing parts that `source` links to with a kind (`styles`, `footnotes`, `header` …)."""
        return tuple(link.target for link in self.relationships(source).values()
                     if link.kind == kind and not link.external and link.target in self)

    def _links(self, source: str) -> Iterator[Relationship]:
        folder, _, file = source.rpartition("/")
        part = posixpath.join(folder, "_rels", file + ".rels")
        if part not in self:
            return
        root = parse(self.data(part), part, self.name)
        if len(root) > MAX_RELATIONSHIPS:
            raise refusal("too-many-parts", self.name, f"{part} holds {len(root)} links")
        for element in root:
            kind, target = element.get("Type", ""), element.get("Target", "")
            external = element.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/" + folder, unquote(target.partition("#")[0]))).lstrip("/")
                target = self._folded.get(target.casefold(), target)
            yield Relationship(element.get("Id", ""), STRICT if kind.startswith(STRICT) else kind.rpartition("/")[2],
                               target, external)

    def write(self, changes: Mapping[str, bytes | None] | None = None) -> bytes:
        """The package as bytes, with parts replaced or added, or left out where the new bytes are None.

        The same parts give the same bytes each time: members are stored, not deflated, sorted with the content types
        first, and dated 1980-01-01.
        """
        parts: dict[str, bytes | None] = dict.fromkeys(self.parts)
        parts.update({name: data for name, data in (changes or {}).items() if data is not None})
        for name, data in (changes or {}).items():
            if data is None:
                parts.pop(name, None)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
            for name in sorted(parts, key=lambda name: (name != CONTENT_TYPES, name)):
                member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                member.create_system = 0
                new = parts[name]
                archive.writestr(member, self._container.read(name) if new is None else new)
        return buffer.getvalue()


def open_package(data: bytes, name: str = "") -> Package:
    """A Word document's parts from its bytes. `name` is the file's name, for messages only.

    Raises DocumentError with one of the codes of `redline.word.refusals`.
    """
    package = Package(Container(data, name), name)
    if CONTENT_TYPES not in package:
        raise refusal("not-docx", name, "it is a zip file of another kind")
    package.main = _main(package)
    notices: list[Notice] = []
    for source in _reached(package):
        notices.extend(_oddities(package, source))
    package.notices = tuple(dict.fromkeys(notices))
    return package


def _main(package: Package) -> str:
    """The name of the main part, when it is a document this reader understands."""
    links = package.relationships("").values()
    if any(link.kind == STRICT for link in links):
        raise refusal("strict-unsupported", package.name)
    found = next((link.target for link in links if link.kind == "officeDocument" and not link.external), "")
    if found not in package:
        raise refusal("not-docx", package.name, "it has no main document")
    kind = package.content_type(found)
    if "macroEnabled" in kind or any(_is_macro(package, part) for part in package.parts):
        raise refusal("macros", package.name)
    if kind == _WORD + "template.main+xml":
        raise refusal("not-docx", package.name, "it is a template (.dotx)", "Open it in Word and save it as a .docx.")
    if kind != _MAIN:
        raise refusal("not-docx", package.name, "it is another kind of Office file")
    root = package.xml(found)
    if isinstance(root.tag, str) and STRICT in root.tag:
        raise refusal("strict-unsupported", package.name)
    if root.tag.rpartition("}")[2] != "document":
        raise refusal("not-docx", package.name, "its main part is not a document")
    return found


def _is_macro(package: Package, part: str) -> bool:
    return part.casefold().endswith("vbaproject.bin") or "vbaProject" in package.content_type(part)


def _reached(package: Package) -> Iterator[str]:
    """The package and every part that links lead to, nearest first; refuses a chain of links that goes on and on."""
    seen = {""}
    level = [""]
    total = 0
    for _ in range(MAX_CHAIN):
        yield from level
        total += sum(len(package.relationships(source)) for source in level)
        if total > MAX_RELATIONSHIPS:
            raise refusal("too-many-parts", package.name, f"{total} links")
        following = dict.fromkeys(link.target for source in level for link in package.relationships(source).values()
                                  if not link.external and link.target in package and link.target not in seen)
        seen.update(following)
        level = list(following)
        if not level:
            return
    raise refusal("too-deep", package.name, "its parts are chained to each other")


def _oddities(package: Package, source: str) -> Iterator[Notice]:
    """What the links of one part give a person to know: addresses outside the file, embedded things, foreign content."""
    for link in package.relationships(source).values():
        where = source or "package"
        if link.external and link.kind == "attachedTemplate":
            if _REMOTE.match(link.target):
                yield Notice("external-template", f"The file asks Word to load a template from "
                             f"{safe_line(link.target, 120)}. Nothing was loaded.", where)
        elif link.external and link.kind != "hyperlink":
            yield Notice("external-rel", f"The file links to content outside itself ({safe_line(link.kind, 40)}): "
                         f"{safe_line(link.target, 120)}. Nothing was loaded.", where)
        elif link.kind in _OBJECTS and "/charts/" not in source:
            yield Notice("embedded-object", "Another file is embedded in the document; it was not opened.", where)
