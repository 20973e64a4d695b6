"""Styles and lists of the new document under the names that they have in the old one.

A style that both documents have is the old one's; where it looks otherwise in the new document, `looks` says so directly. Only
what cannot be said directly makes it come along under a name of its own: the number of a clause that it decides about, and the
look of a table. Lists that paragraphs of both documents share are the same list, whatever their numbers, when they count in the
same way.

Sources: ECMA-376 Part 1 §17.7 (styles), §17.9 (numbering).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from functools import cached_property

from redline.word.edit import lists
from redline.word.edit.inline import PPR
from redline.word.edit.marks import anonymous
from redline.word.edit.parts import Parts, blank
from redline.word.edit.plan import Plan
from redline.word.edit.props import said
from redline.word.edit.source import Source
from redline.word.package import Package
from redline.word.xml import VAL, Element, local, number, value, w

STYLED = {w("pStyle"), w("rStyle"), w("tblStyle"), w("basedOn"), w("next"), w("link"), w("numStyleLink"), w("styleLink")}
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
_DEPTH = 20
_NO_LOOK = frozenset(w(name) for name in (
    "name", "aliases", "basedOn", "next", "link", "autoRedefine", "hidden", "uiPriority", "semiHidden", "unhideWhenUsed", "qFormat",
    "locked", "personal", "personalCompose", "personalReply", "rsid"))
"""What a style says about itself rather than about text (§17.7.4)."""
_NUM_PR, _NUM_ID, _LEVEL, _STYLE = w("numPr"), w("numId"), w("ilvl"), w("pStyle")


class Names:
    """What styles and lists of one document are called in another one; what is not there is brought along."""

    def __init__(self, old: Source, new: Source, parts: Parts, plan: Plan) -> None:
        self._old, self._new, self._parts, self._plan = old, new, parts, plan
        self._lists: dict[str, str] | None = None
        self._abstracts: dict[str, str] = {}
        self._lists_part = ""
        self._done: dict[str, str] = {}
        self.brought: Callable[[str, str], None] = lambda _style, _identity: None
        """Told of each style that came along, and its id in the old document."""

    def strange(self, properties: Element | None) -> bool:
        """Whether properties name a paragraph style or a list that is called something else in the old document."""
        if properties is None:
            return False
        style, numbering_ = properties.find(_STYLE), properties.find(_NUM_PR)
        num = "" if numbering_ is None else value(numbering_.find(_NUM_ID))
        return (style is not None and self.style(style.get(VAL, "")) != style.get(VAL, "")) or (num != "" and self.list_id(num) != num)

    # Styles

    @cached_property
    def styles(self) -> tuple[dict[str, Element], dict[str, Element], dict[tuple[str, str], str]]:
        """Styles by id in the new and in the old document (with what came along), and the old ids by kind and name."""
        new, old = (_styles(source.package) for source in (self._new, self._old))
        names = {(style.get(w("type"), ""), _name(style)): identity for identity, style in old.items()}
        return new, old, names

    def style(self, identity: str) -> str:
        """The id that a style of the new document has in the old one; brought along when it is not there."""
        if identity not in self._done:
            self._done[identity] = self._style(identity)
        return self._done[identity]

    def _style(self, identity: str) -> str:
        new, old, names = self.styles
        style = new.get(identity)
        part = next(iter(self._old.package.related(self._old.package.main, "styles")), "")
        if style is None or not part:
            return identity
        known = names.get((style.get(w("type"), ""), _name(style)))
        if known is not None and self._counts(new, style, self._new.package) == self._counts(old, old[known], self._old.package) \
                and (style.get(w("type")) != "table" or _tabular(new, style) == _tabular(old, old[known])):
            return known
        fresh, count = identity, 1
        while fresh in old or fresh in self._missing:
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
        self.brought(identity, fresh)
        return fresh

    @cached_property
    def _missing(self) -> set[str]:
        """What the old document calls styles that it does not have: nothing may take such a name and give it a meaning."""
        return _called(self._old.package) - self.styles[1].keys()

    def redefined(self) -> bool:
        """Whether any style that both documents name is defined in two ways, or by one of them only."""
        new, old, names = self.styles
        if bool(new) != bool(old) or not old.keys().isdisjoint(_called(self._new.package) - new.keys()):
            return True
        for style in new.values():
            known = names.get((style.get(w("type"), ""), _name(style)))
            if known is not None and _defined(new, style) != _defined(old, old[known]):
                return True
        return False

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
        root = lists.numbering(package)
        abstract = None if num in ("", "0") or root is None else lists.abstract(root, num)
        if abstract is None:
            return None
        own = next((value(each.getparent().find(w("lvlText"))) for each in abstract.iter(w("pStyle"))  # type: ignore[union-attr]
                    if each.get(VAL) == style.get(w("styleId"))), None)
        return own if own is not None else dict(lists.levels(abstract)).get(level or "0")

    # Lists

    def old_lists(self) -> Element | None:
        """The lists of the old document as they stand, with what came along."""
        part = next(iter(self._old.package.related(self._old.package.main, "numbering")), "") or self._lists_part
        return self._parts.peek(part) if part else None

    def new_lists(self) -> Element | None:
        """The lists of the new document."""
        return lists.numbering(self._new.package)

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

    def _share(self, shared: dict[str, str]) -> None:
        """The list of the old document that each list of the new one is, by the paragraphs that both have."""
        votes: Counter[tuple[str, str]] = Counter()
        olds = lists.nums(self._old)
        for row in self._plan.rows:
            if row.old is not None and row.new is not None and row.mark == "same":
                here, there = olds.get(self._plan.old[row.old].element), self._nums.get(self._plan.new[row.new].element)
                if here and there and here[1] == there[1]:
                    votes[there[0], here[0]] += 1
        for (there_num, here_num), _ in sorted(votes.items(), key=lambda item: (-item[1], item[0][0] != item[0][1], item[0])):
            if there_num not in shared and self._same(there_num, here_num):
                shared[there_num] = here_num

    def _same(self, num: str, other: str) -> bool:
        """Whether a list of the new document counts as one of the old one does, and may be it."""
        new, old = lists.numbering(self._new.package), lists.numbering(self._old.package)
        if new is None or old is None:
            return False
        there, here = lists.abstract(new, num), lists.abstract(old, other)
        if there is None or here is None:
            return False
        one, two = there.get(w("abstractNumId"), ""), here.get(w("abstractNumId"), "")
        known = self._abstracts.get(one)
        if known not in (None, two) or (known is None and two in self._abstracts.values()):
            return False
        used = self._used.get(num, {"0"})
        if any(dict(lists.levels(there)).get(level) != dict(lists.levels(here)).get(level) for level in used) \
                or lists.overrides(new, num) != lists.overrides(old, other):
            return False
        self._abstracts[one] = two
        return True

    @cached_property
    def _nums(self) -> dict[Element, tuple[str, str]]:
        """(list, level) that paragraphs of the new document name themselves."""
        return lists.nums(self._new)

    @cached_property
    def _used(self) -> dict[str, set[str]]:
        """The levels that paragraphs of the new document use of each list."""
        used: dict[str, set[str]] = {}
        for num, level in self._nums.values():
            used.setdefault(num, set()).add(level)
        return used

    def _bring(self, num: str) -> str:
        new = lists.numbering(self._new.package)
        part = next(iter(self._old.package.related(self._old.package.main, "numbering")), "")
        instance = None if new is None else lists.instance(new, num)
        abstract = None if new is None else lists.abstract(new, num)
        if instance is None or abstract is None:
            return num
        if not part:
            part = self._lists_part = self._lists_part or self._part()
        root = self._parts.tree(part)
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

    def _part(self) -> str:
        root = blank(self._new.package.xml(self._new.package.main), w("numbering"))
        name = self._parts.free("word/numbering.xml")
        self._parts.add(name, root, _CONTENT)
        self._parts.link(self._old.package.main, _RELATION, name)
        return name


def _styles(package: Package) -> dict[str, Element]:
    part = next(iter(package.related(package.main, "styles")), "")
    return {style.get(w("styleId"), ""): style for style in (package.xml(part).iterchildren(w("style")) if part else ())}


def _called(package: Package) -> set[str]:
    """The ids by which a document speaks of styles."""
    return {each.get(VAL, "") for part in package.parts if package.is_parsed(part) for each in package.xml(part).iter(*STYLED)}


def _defined(styles: dict[str, Element], style: Element) -> object:
    """What a style itself says, and the name of the one it is based on."""
    base = styles.get(value(style.find(w("basedOn"))))
    return (style.get(w("default")) in ("1", "true", "on"), "" if base is None else _name(base), said(style, _NO_LOOK))


def _tabular(styles: dict[str, Element], style: Element) -> list[object]:
    """What a table style says with all it is based on (§17.7.6)."""
    found: list[object] = []
    each: Element | None = style
    while each is not None and len(found) < _DEPTH:
        found.append(said(each, _NO_LOOK))
        each = styles.get(value(each.find(w("basedOn"))))
    return found


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
