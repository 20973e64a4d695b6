"""Sections with their headers and footers: which of the new document are which of the old one.

What a section shows for a role (header or footer; first, even or default page) may be inherited from the section before it. A
header of the new document that some section shows where the old one showed another is written into that one, tracked. What
a section points to cannot be tracked: where the pointing differs, the section gets a header of its own, which reads as the old
one when everything is rejected and as the new one when it is accepted.

Sources: ECMA-376 Part 1 §17.10.2, §17.10.5 (references), §17.10.1 (inheritance), §17.6.17, §17.6.18 (sections).
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from redline.word.edit.bring import Bringer
from redline.word.edit.inline import PPR, RPR
from redline.word.edit.marks import Marker, mark_of
from redline.word.edit.parts import Parts, blank, links
from redline.word.edit.plan import Op, Plan, Row
from redline.word.edit.props import change_mark, change_paragraph, said
from redline.word.edit.source import Line, Source
from redline.word.surgery import P
from redline.word.xml import Element, local, r, w

SECTION = w("sectPr")
_KINDS = ("header", "footer")
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_ROOTS, _OWN = (w("hdr"), w("ftr")), (RPR, SECTION)
Role = tuple[str, str]
Shown = dict[Role, Element]


def section_of(paragraph: Element) -> Element | None:
    """The section that ends with a paragraph."""
    properties = paragraph.find(PPR)
    return None if properties is None else properties.find(SECTION)


def sections(source: Source) -> list[Element]:
    """All sections of a document, in order."""
    return list(source.package.xml(source.package.main).iter(SECTION))


def named(source: Source, section: Element) -> Shown:
    """The roots of the headers and footers that a section itself names."""
    package = source.package
    links_ = package.relationships(package.main)
    found: Shown = {}
    for reference in section:
        kind = local(reference.tag).removesuffix("Reference")
        link = links_.get(reference.get(r("id"), "")) if kind in _KINDS else None
        if link is not None and not link.external and link.target in package:
            found[kind, reference.get(w("type"), "default")] = package.xml(link.target)
    return found


def shown(source: Source) -> dict[Element, Shown]:
    """What each section shows, inherited headers and footers included."""
    found: dict[Element, Shown] = {}
    before: Shown = {}
    for section in sections(source):
        before = found[section] = {**before, **named(source, section)}
    return found


class Margins:
    """The headers and footers of two documents. Making one fits the plan to it."""

    def __init__(self, plan: Plan, old: Source, new: Source) -> None:
        self._old, self._new = old, new
        self._pairs = dict(_paired(plan, old, new))
        """Sections of the new document → those of the old one."""
        self._shown_old, self._shown_new = shown(old), shown(new)
        self.mates: dict[Element, Element] = {}
        """Headers and footers of the new document → those of the old one that become them."""
        for there, here in reversed(self._pairs.items()):
            for role, root in self._shown_new[there].items():
                mate = self._shown_old[here].get(role)
                if mate is not None and root not in self.mates and mate not in self.mates.values():
                    self.mates[root] = mate
        for there, here in _alike(plan):
            if there not in self.mates and here not in self.mates.values():
                self.mates[there] = here
        self._made: dict[Element, str] = {}
        self._wanted = list(self._differing())
        plan.rows[:] = self._fitting(plan)

    def _fitting(self, plan: Plan) -> Iterator[Row]:
        """The rows without those of headers and footers that nobody shows in the place of another."""
        back = {here: there for there, here in self.mates.items()}
        bad: set[Element] = set()
        ends: list[tuple[Row, Element | None, Element | None]] = []
        for row in plan.rows:
            here = None if row.old is None else _margin(plan.old[row.old])
            there = None if row.new is None else _margin(plan.new[row.new])
            ends.append((row, here, there))
            if row.old is not None and row.new is not None and here is not (None if there is None else self.mates.get(there)):
                bad.update(root for root in (here, self.mates.get(there) if there is not None else None) if root is not None)
        done: set[Element] = set()
        for row, here, there in ends:
            home = here if here is not None else self.mates.get(there) if there is not None else None
            if here is None and there is None:
                yield row
            elif home is None or home not in back or home in done:
                continue
            elif home in bad:
                done.add(home)
                yield from _exchanged(plan, home, back[home])
            else:
                yield row

    def _differing(self) -> Iterator[tuple[Element, Role, Element | None, Element | None]]:
        """(old section, role, what it shows, what it must show): where the pointing itself must change."""
        order = sections(self._new)
        for there, here in self._pairs.items():
            before = order[order.index(there) - 1] if order.index(there) else None
            own_ = named(self._old, here)
            for role in dict.fromkeys((*self._shown_old[here], *self._shown_new[there])):
                is_, must = self._shown_old[here].get(role), self._shown_new[there].get(role)
                fits = is_ is (None if must is None else self.mates.get(must))
                inherited = None if before is None else self._shown_new[before].get(role)
                if (role in own_ and fits) or (role not in own_ and inherited is must and (fits or is_ is None)):
                    continue
                yield here, role, deepcopy(is_), must

    # Writing

    def write(self, parts: Parts, bringer: Bringer, marker: Marker) -> None:
        """Give sections the headers and footers of their own that they need."""
        main = self._old.package.main
        for section, (kind, sort), is_, must in self._wanted:
            if is_ is None and must is None:
                continue
            parts.tree(main)
            name = self._pair_part(kind, is_, must, section, sort, parts, bringer, marker)
            known = next((each for each in section.findall(w(f"{kind}Reference")) if each.get(w("type"), "default") == sort), None)
            reference = section.makeelement(w(f"{kind}Reference")) if known is None else known
            if known is None:
                section.insert(sum(1 for each in section if local(each.tag).endswith("erReference")), reference)
            reference.set(w("type"), sort)
            reference.set(r("id"), parts.link(main, _TYPE + kind, name))

    def part_for(self, root: Element, parts: Parts, bringer: Bringer, marker: Marker) -> str:
        """The part that a section which comes in shows for a header or footer of the new document."""
        if root in self.mates:
            return parts.name_of(self.mates[root])
        if root not in self._made:
            kind = "header" if root.tag == _ROOTS[0] else "footer"
            name = self._made[root] = parts.free(f"word/{kind}1.xml")
            fresh = blank(root)
            parts.add(name, fresh, _CONTENT.format(kind))
            for block in root:
                fresh.append(_marked(bringer.fitting(block, name), "ins", marker))
            if len(fresh) and fresh[-1].tag == P:
                _unflag(fresh[-1])
        return self._made[root]

    def _pair_part(self, kind: str, is_: Element | None, must: Element | None, section: Element, sort: str, parts: Parts,
                   bringer: Bringer, marker: Marker) -> str:
        """A new part that reads as one header when rejected and as another one when accepted."""
        if must is not None and is_ is None:
            name = self.part_for(must, parts, bringer, marker)
            if must not in self.mates:
                return name
        name = parts.free(f"word/{kind}1.xml")
        root = is_ if is_ is not None else must
        assert root is not None
        fresh = blank(root)
        parts.add(name, fresh, _CONTENT.format(kind))
        if is_ is not None:
            self._copy_links(self._shown_old[section].get((kind, sort)), name, parts)
            fresh.extend(_marked(block, "del", marker) for block in list(is_))
        last = fresh[-1] if len(fresh) and fresh[-1].tag == P else None
        blocks = [] if must is None else [_marked(bringer.fitting(block, name), "ins", marker) for block in must]
        if last is None:
            fresh.extend(blocks)
            last = fresh[-1] if len(fresh) and fresh[-1].tag == P else None
        elif blocks and blocks[-1].tag == P:
            closing = blocks.pop()
            for block in reversed(blocks):
                fresh.insert(0, block)
            last.extend([child for child in closing if child.tag != PPR])
            _becomes(last, closing.find(PPR), marker)
        if last is not None:
            _unflag(last)
        return name

    def _copy_links(self, root: Element | None, name: str, parts: Parts) -> None:
        if root is None:
            return
        package = self._old.package
        source = package.part_of(root)
        for identity, element in links(package, source).items():
            relationship = package.relationships(source)[identity]
            parts.relink(name, identity, element.get("Type", ""), element.get("Target", "") if relationship.external
                         else relationship.target, external=relationship.external)


def _paired(plan: Plan, old: Source, new: Source) -> Iterator[tuple[Element, Element]]:
    """(new section, old section) for sections that end with the same paragraph, and the last ones."""
    found = {}
    ending = {section.getparent().getparent(): section for section in sections(old)}  # type: ignore[union-attr]
    for row in plan.rows if len(ending) > 1 else ():
        if row.old is not None and row.new is not None and row.mark == "same":
            here = ending.get(plan.old[row.old].element)
            there = None if here is None else section_of(plan.new[row.new].element)
            if here is not None and there is not None:
                found[there] = here
    ends, others = sections(old), sections(new)
    if ends and others:
        found[others[-1]] = ends[-1]
    for section in others:
        if section in found:
            yield section, found[section]


def _alike(plan: Plan) -> Iterator[tuple[Element, Element]]:
    """(new, old) headers and footers that have paragraphs in common."""
    for row in plan.rows:
        if row.old is not None and row.new is not None:
            here, there = _margin(plan.old[row.old]), _margin(plan.new[row.new])
            if here is not None and there is not None and here.tag == there.tag:
                yield there, here


def _margin(line: Line) -> Element | None:
    """The header or footer that a paragraph stands in."""
    if line.story == "body" or line.story.startswith(("footnote", "endnote")):
        return None
    return next((parent for parent in line.element.iterancestors() if parent.tag in _ROOTS), None)


def _exchanged(plan: Plan, here: Element, there: Element) -> Iterator[Row]:
    """All of a header out and all of another one in."""
    olds = [k for k, line in enumerate(plan.old) if _margin(line) is here and line.element.getparent() is not None]
    news = [j for j, line in enumerate(plan.new) if _margin(line) is there]
    last_old, last_new = (each[-1] if each else None for each in (olds, news))
    joined = (last_old is not None and last_new is not None and plan.old[last_old].element.getparent() is here
              and plan.new[last_new].element.getparent() is there)
    for j in news[:-1] if joined else news:
        yield Row([Op(c=0, d=plan.new[j].length)] if plan.new[j].length else [], "ins", None, j)
    for k in olds[:-1] if joined else olds:
        yield Row([Op(0, plan.old[k].length)] if plan.old[k].length else [], "del", k, None)
    if joined:
        assert last_old is not None
        assert last_new is not None
        ops = [op for op in (Op(0, plan.old[last_old].length), Op(c=0, d=plan.new[last_new].length)) if op.b > op.a or op.d > op.c]
        yield Row(ops, "same", last_old, last_new)


def _marked(block: Element, tag: str, marker: Marker) -> Element:
    """A block wholly inserted or deleted."""
    marker.mark_all(block, tag)
    return block


def _becomes(paragraph: Element, properties: Element | None, marker: Marker) -> None:
    """Give a paragraph the properties of another one and its mark, where they differ."""
    old = paragraph.find(PPR)
    marks = [None if each is None else each.find(RPR) for each in (old, properties)]
    if said(marks[0]) != said(marks[1]):
        change_mark(paragraph, marks[1], marker, None)
    if said(old, _OWN) != said(properties, _OWN):
        change_paragraph(paragraph, properties, marker, None)


def _unflag(paragraph: Element) -> None:
    """The mark of a paragraph without its flag."""
    mark = mark_of(paragraph)
    for flag in [child for child in mark if child.tag in (w("ins"), w("del"))]:
        mark.remove(flag)
