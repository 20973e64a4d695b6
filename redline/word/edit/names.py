"""Styles and lists of the new document under the names that they have in the old one.

A style that both documents have is the old one's: what comes in takes the look of where it comes in, unless the style decides
about the number of a clause and does so in another way; then it comes along under a name of its own. Lists that paragraphs of
both documents share are the same list, whatever their numbers, when they count in the same way.

Sources: ECMA-376 Part 1 §17.7 (styles), §17.9 (numbering).
"""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from functools import cached_property

from redline.word.edit.inline import PPR
from redline.word.edit.marks import anonymous
from redline.word.edit.parts import Parts, blank
from redline.word.edit.plan import Plan
from redline.word.edit.source import Source
from redline.word.package import Package
from redline.word.xml import VAL, Element, local, number, value, w

STYLED = {w("pStyle"), w("rStyle"), w("tblStyle"), w("basedOn"), w("next"), w("link"), w("numStyleLink"), w("styleLink")}
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
_DEPTH = 20
_NUM_PR, _NUM_ID, _LEVEL, _STYLE = w("numPr"), w("numId"), w("ilvl"), w("pStyle")


class Names:
    """What styles and lists of one document are called in another one; what is not there is brought along."""

    def __init__(self, old: Source, new: Source, parts: Parts, plan: Plan) -> None:
        self._old, self._new, self._parts, self._plan = old, new, parts, plan
        self._lists: dict[str, str] | None = None
        self._abstracts: dict[str, str] = {}
        self._done: dict[str, str] = {}

    def strange(self, properties: Element | None) -> bool:
        """Whether properties name a paragraph style or a list that is called something else in the old document."""
        if properties is None:
            return False
        style, numbering_ = properties.find(_STYLE), properties.find(_NUM_PR)
        num = "" if numbering_ is None else value(numbering_.find(_NUM_ID))
        return (style is not None and self.style(style.get(VAL, "")) != style.get(VAL, "")) or (num != "" and self.list_id(num) != num)

    # Styles

    @cached_property
    def _styles(self) -> tuple[dict[str, Element], dict[str, Element], dict[tuple[str, str], str]]:
        """Styles by id in the new and in the old document, and the old ids by kind and name."""
        new, old = (_styles(source.package) for source in (self._new, self._old))
        names = {(style.get(w("type"), ""), _name(style)): identity for identity, style in old.items()}
        return new, old, names

    def style(self, identity: str) -> str:
        """The id that a style of the new document has in the old one; brought along when it is not there."""
        if identity not in self._done:
            self._done[identity] = self._style(identity)
        return self._done[identity]

    def _style(self, identity: str) -> str:
        new, old, names = self._styles
        style = new.get(identity)
        part = next(iter(self._old.package.related(self._old.package.main, "styles")), "")
        if style is None or not part:
            return identity
        known = names.get((style.get(w("type"), ""), _name(style)))
        if known is not None and self._counts(new, style, self._new.package) == self._counts(old, old[known], self._old.package):
            return known
        fresh, count = identity, 1
        while fresh in old:
            count += 1
            fresh = f"{identity}{count}"
        self._done[identity] = fresh
        copy = deepcopy(style)
        copy.set(w("styleId"), fresh)
        copy.attrib.pop(w("default"), "")
        anonymous(copy)
        if known is not None:
            _rename(copy, {_name(each) for each in old.values()})
        old[fresh] = copy
        names.setdefault((copy.get(w("type"), ""), _name(copy)), fresh)
        for each in copy.iter():
            if each.tag in STYLED:
                each.set(VAL, self.style(each.get(VAL, "")))
            elif each.tag == w("numId"):
                each.set(VAL, self.list_id(each.get(VAL, "")))
        self._parts.tree(part).append(copy)
        return fresh

    def _counts(self, styles: dict[str, Element], style: Element, package: Package) -> object:
        """How paragraphs of a style are numbered: the text and format of their level, None when they are not."""
        num, level = "", ""
        each: Element | None = style
        for _ in range(_DEPTH):
            if each is None:
                break
            found = each.find(f"{PPR}/{w('numPr')}")
            if found is not None:
                num, level = num or value(found.find(w("numId"))), level or value(found.find(w("ilvl")))
            each = styles.get(value(each.find(w("basedOn"))))
        root = _numbering(package)
        abstract = None if num in ("", "0") or root is None else _abstract(root, num)
        if abstract is None:
            return None
        own = next((value(each.getparent().find(w("lvlText"))) for each in abstract.iter(w("pStyle"))  # type: ignore[union-attr]
                    if each.get(VAL) == style.get(w("styleId"))), None)
        return own if own is not None else dict(_levels(abstract)).get(level or "0")

    # Lists

    def list_id(self, num: str) -> str:
        """The number that a list of the new document has in the old one; brought along when it is not there."""
        if num in ("", "0"):
            return num
        if self._lists is None:
            self._lists = {}
            self._share(self._lists)
        if num not in self._lists:
            self._lists[num] = num if self._same(num, num) and num not in self._lists.values() else self._bring(num)
        return self._lists[num]

    def _share(self, lists: dict[str, str]) -> None:
        """The list of the old document that each list of the new one is, by the paragraphs that both have."""
        votes: Counter[tuple[str, str]] = Counter()
        olds = _nums(self._old)
        for row in self._plan.rows:
            if row.old is not None and row.new is not None and row.mark == "same":
                here, there = olds.get(self._plan.old[row.old].element), self._nums.get(self._plan.new[row.new].element)
                if here and there and here[1] == there[1]:
                    votes[there[0], here[0]] += 1
        for (there_num, here_num), _ in sorted(votes.items(), key=lambda item: (-item[1], item[0][0] != item[0][1], item[0])):
            if there_num not in lists and self._same(there_num, here_num):
                lists[there_num] = here_num

    def _same(self, num: str, other: str) -> bool:
        """Whether a list of the new document counts as one of the old one does, and may be it."""
        new, old = _numbering(self._new.package), _numbering(self._old.package)
        if new is None or old is None:
            return False
        there, here = _abstract(new, num), _abstract(old, other)
        if there is None or here is None:
            return False
        one, two = there.get(w("abstractNumId"), ""), here.get(w("abstractNumId"), "")
        known = self._abstracts.get(one)
        if known not in (None, two) or (known is None and two in self._abstracts.values()):
            return False
        used = self._used.get(num, {"0"})
        if any(dict(_levels(there)).get(level) != dict(_levels(here)).get(level) for level in used) \
                or _overrides(new, num) != _overrides(old, other):
            return False
        self._abstracts[one] = two
        return True

    @cached_property
    def _nums(self) -> dict[Element, tuple[str, str]]:
        """(list, level) that paragraphs of the new document name themselves."""
        return _nums(self._new)

    @cached_property
    def _used(self) -> dict[str, set[str]]:
        """The levels that paragraphs of the new document use of each list."""
        used: dict[str, set[str]] = {}
        for num, level in self._nums.values():
            used.setdefault(num, set()).add(level)
        return used

    def _bring(self, num: str) -> str:
        new = _numbering(self._new.package)
        part = next(iter(self._old.package.related(self._old.package.main, "numbering")), "")
        instance = None if new is None else _instance(new, num)
        abstract = None if new is None else _abstract(new, num)
        if instance is None or abstract is None:
            return num
        root = self._parts.tree(part) if part else self._part()
        fresh = str(max((number(each.get(w("numId"))) for each in root.findall(w("num"))), default=0) + 1)
        assert self._lists is not None
        self._lists[num] = fresh
        found = deepcopy(instance)
        found.set(w("numId"), fresh)
        nums = root.findall(w("num"))
        if nums:
            nums[-1].addnext(found)
        else:
            root.append(found)
        found.find(w("abstractNumId")).set(VAL, self._bring_abstract(abstract, root))  # type: ignore[union-attr]
        return fresh

    def _bring_abstract(self, abstract: Element, root: Element) -> str:
        """How a list counts, under a number of its own (§17.9.1)."""
        identity = abstract.get(w("abstractNumId"), "")
        if identity in self._abstracts:
            return self._abstracts[identity]
        abstracts = root.findall(w("abstractNum"))
        fresh = str(max((number(each.get(w("abstractNumId"))) for each in abstracts), default=-1) + 1)
        self._abstracts[identity] = fresh
        copy = deepcopy(abstract)
        copy.set(w("abstractNumId"), fresh)
        anonymous(copy)
        for each in [*copy.findall(w("nsid")), *copy.iter(w("lvlPicBulletId"))]:
            each.getparent().remove(each)  # type: ignore[union-attr]
        if abstracts:
            abstracts[-1].addnext(copy)
        else:
            root.insert(sum(1 for child in root if local(child.tag) == "numPicBullet"), copy)
        for each in copy.iter():
            if each.tag in STYLED:
                each.set(VAL, self.style(each.get(VAL, "")))
        return fresh

    def _part(self) -> Element:
        root = blank(self._new.package.xml(self._new.package.main), w("numbering"))
        name = self._parts.free("word/numbering.xml")
        self._parts.add(name, root, _CONTENT)
        self._parts.link(self._old.package.main, _RELATION, name)
        return root


def _styles(package: Package) -> dict[str, Element]:
    part = next(iter(package.related(package.main, "styles")), "")
    return {style.get(w("styleId"), ""): style for style in (package.xml(part).iterchildren(w("style")) if part else ())}


def _name(style: Element) -> str:
    found = style.find(w("name"))
    return (style.get(w("styleId"), "") if found is None else found.get(VAL, "")).casefold()


def _rename(style: Element, taken: set[str]) -> None:
    """Give a style a name that nothing has, and no other names (§17.7.4.9, §17.7.4.1)."""
    for alias in style.findall(w("aliases")):
        style.remove(alias)
    name = style.find(w("name"))
    if name is not None:
        base, count = name.get(VAL, ""), 2
        while f"{base} ({count})".casefold() in taken:
            count += 1
        name.set(VAL, f"{base} ({count})")


def _nums(source: Source) -> dict[Element, tuple[str, str]]:
    """(list, level) that each paragraph names itself, where it does."""
    found = {}
    for part in source.package.parts:
        if source.package.is_parsed(part):
            for each in source.package.xml(part).iter(_NUM_PR):
                paragraph = each.getparent().getparent()  # type: ignore[union-attr]
                num, level = each.find(_NUM_ID), each.find(_LEVEL)
                if num is not None and paragraph is not None:
                    found[paragraph] = (num.get(VAL, ""), value(level, "0"))
    return found


def _numbering(package: Package) -> Element | None:
    part = next(iter(package.related(package.main, "numbering")), "")
    return package.xml(part) if part else None


def _instance(root: Element, num: str) -> Element | None:
    return next((each for each in root.iterchildren(w("num")) if each.get(w("numId")) == num), None)


def _abstract(root: Element, num: str) -> Element | None:
    instance = _instance(root, num)
    wanted = "" if instance is None else value(instance.find(w("abstractNumId")))
    return next((each for each in root.iterchildren(w("abstractNum")) if each.get(w("abstractNumId")) == wanted), None)


def _levels(abstract: Element) -> list[tuple[str, tuple[str, ...]]]:
    """What counts of a list: format, text and start of each level."""
    return [(level.get(w("ilvl"), ""), tuple(value(each) for name in ("numFmt", "lvlText", "start", "lvlRestart", "isLgl")
                                             for each in level.iterchildren(w(name))))
            for level in abstract.iterchildren(w("lvl"))]


def _overrides(root: Element, num: str) -> list[tuple[str, str]]:
    """The levels that one list starts elsewhere or counts otherwise."""
    instance = _instance(root, num)
    return [(each.get(w("ilvl"), ""), value(each.find(w("startOverride")), "-")) for each in
            (() if instance is None else instance.iterchildren(w("lvlOverride")))]
