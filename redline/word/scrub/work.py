"""The package that is being scrubbed: its trees, what goes, and the report.

Trees are the package's own and are changed in place: a package is opened for one scrubbing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from redline.errors import DocumentError
from redline.text import counted
from redline.word.edit.parts import links_part
from redline.word.leftovers import Cleaner
from redline.word.package import CONTENT_TYPES, Package, Relationship
from redline.word.scrub.shown import Shown, shown
from redline.word.surgery import remove
from redline.word.xml import Element, serialise


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was taken out, or left in: its kind (a name of `KINDS`), plain words with a count, the count."""

    kind: str
    words: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """A scrubbed document, what was taken out, and what stayed that a person should know about."""

    data: bytes
    removed: tuple[Finding, ...]
    left: tuple[Finding, ...]


class Work:
    """One scrubbing. `roots` are the trees in which references to comments will go."""

    def __init__(self, package: Package, keep: frozenset[str], roots: dict[str, Element]) -> None:
        self.package = package
        self.cleaner = Cleaner(package, roots)
        self._keep = keep
        self._data: dict[str, bytes] = {}
        self._removed: dict[tuple[str, str, str], int] = {}
        self._left: dict[tuple[str, str, str], int] = {}
        self.orphans = set(package.parts) - self.reached()

    def wants(self, kind: str) -> bool:
        """Whether a kind is to go."""
        return kind not in self._keep

    def gone(self, kind: str, one: str, many: str = "", count: int = 1) -> None:
        """Note that something went: `one` alone where it is only ever one, with `many` where it is counted."""
        key = (kind, one, many)
        self._removed[key] = self._removed.get(key, 0) + count

    def stays(self, kind: str, one: str, many: str = "", count: int = 1) -> None:
        """Note that something stays."""
        key = (kind, one, many)
        self._left[key] = self._left.get(key, 0) + count

    def result(self) -> Scrubbed:
        """The bytes and the report."""
        self._sweep()
        changes: dict[str, bytes | None] = {part: serialise(root) for part, root in self.cleaner.trees.items()}
        changes.update(dict.fromkeys(self.cleaner.dropped))
        return Scrubbed(self.package.write({**changes, **self._data}), _findings(self._removed), _findings(self._left))

    @cached_property
    def shown(self) -> Shown:
        """What the text shows of what could go."""
        return shown(self.package)

    # Parts

    def replace(self, part: str, data: bytes) -> None:
        """Write other bytes for a part that is no XML."""
        self._data[part] = data

    def root(self, part: str) -> Element | None:
        """A part's root; None when the part cannot be read."""
        try:
            return self.package.xml(part)
        except DocumentError:
            return None

    def has(self, part: str) -> bool:
        """Whether a part is still there."""
        return part in self.package and part not in self.cleaner.dropped

    def touched(self, part: str) -> Element:
        """A part's root, which will be written anew."""
        return self.cleaner.trees.setdefault(part, self.package.xml(part))

    def take(self, part: str, found: Callable[[Element], Iterable[Element]]) -> list[Element]:
        """Take the elements that `found` names out of a part; its bytes stay where there are none. Their links go too."""
        root = self.root(part) if self.has(part) else None
        doomed = [] if root is None else list(found(root))
        if doomed:
            self.touched(part)
            named = {str(value) for element in doomed for child in element.iter() for value in child.attrib.values()}
            for element in doomed:
                remove(element)
            self.cleaner.drop_links_by_id(part, named & set(self.package.relationships(part)))
        return doomed

    def drop(self, parts: Iterable[str]) -> int:
        """Take parts out; how many there were."""
        doomed = {part for part in parts if self.has(part)}
        self.cleaner.drop_parts(doomed)
        return len(doomed)

    def links(self, source: str) -> list[Relationship]:
        """The links of a part that are left."""
        links = self.package.relationships(source)
        tree = self.cleaner.trees.get(links_part(source))
        left = set(links) if tree is None else {element.get("Id", "") for element in tree}
        return [link for link in links.values() if link.id in left]

    def linked(self, *kinds: str) -> set[str]:
        """Every part to which any part is linked with one of these kinds."""
        return {link.target for source in ("", *self.package.parts) for link in self.package.relationships(source).values()
                if link.kind in kinds and not link.external and link.target in self.package}

    def reached(self) -> set[str]:
        """The parts to which links lead, spelt as in the file, with the parts that hold the links."""
        names = {part.casefold(): part for part in self.package.parts}
        seen = {""}
        todo = [""]
        while todo:
            for link in self.links(todo.pop()):
                target = "" if link.external else names.get(link.target.casefold(), "")
                if target not in seen and self.has(target):
                    seen.add(target)
                    todo.append(target)
        return {CONTENT_TYPES, *seen, *(names.get(links_part(part).casefold(), "") for part in seen)} - {""}

    def _sweep(self) -> None:
        """Take out what only the things that went have led to."""
        lost = set(self.package.parts) - self.reached() - self.orphans - self.cleaner.dropped
        self.cleaner.drop_parts({part for part in lost if not part.endswith(".rels")})


def _findings(found: dict[tuple[str, str, str], int]) -> tuple[Finding, ...]:
    return tuple(Finding(kind, counted(count, one, many) if many else one, count) for (kind, one, many), count in found.items())
