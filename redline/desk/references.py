"""Warnings on cross-references: those that lost their target, that lead elsewhere now, or that were typed and not renumbered.

Fields are judged by the bookmark they name, typed references ("see clause 7.2", «п. 5.1») by the numbers of the text before and
after. A warning is loud where this comparison brought it about, and quiet where the reference was broken before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from redline.clauses.identity import Fate, fates
from redline.clauses.naming import plain_label
from redline.clauses.outline import Clause, structure
from redline.compare.references import Targets, leads_to
from redline.model import Change, ClauseId, Kind, Paragraph, Redline, Segment, Side
from redline.text import counted, fold, safe_line, words
from redline.views import Flag, FlagKind

_ERROR = re.compile(r"(?:Error!|Ошибка!)\s(?:Reference source|Bookmark|No bookmark|Источник ссылки|Закладка|Не указан)[^.]{0,40}\.?")
_NUMBER = r"\d{1,3}(?:\.\d{1,3}){0,4}(?:\([a-zа-я\d]{1,4}\)){0,3}"
_TYPED = re.compile(
    rf"\b(?:(?:sub-?)?clauses?|(?:sub-?)?sections?|articles?|paragraphs?|(?:под)?пункт\w*|раздел\w*|п\.\s?п\.|пп\.|п\.)[ \u00a0]*"
    rf"(?P<numbers>{_NUMBER}(?:(?:,[ \u00a0]*|[ \u00a0]*(?:and|or|to|и|или)[ \u00a0]+){_NUMBER})*)(?![\d%])", re.IGNORECASE)
_FOREIGN = re.compile(
    r"\s*\(?(?:of|to|in|under)\s+(?!this\b|the (?:agreement|contract|terms)\b|these\b|that\b|schedule\b|its\b)"
    r"|\s*(?:ГК|НК|ТК|УК|АПК|ГПК|КоАП|\w*кодекс\w*|\w*закон\w*|федеральн\w*|постановлен\w*|приложени\w*|правил\w*)", re.IGNORECASE)

_KNOWN = frozenset(("_top", "_goback"))
"""Names that Word knows without a bookmark: the start of the document, and where the last edit was."""

_SIDES: tuple[Side, Side] = ("old", "new")


@dataclass(slots=True)
class Places:
    """The clauses of both sides of a redline, and what to call the place of a paragraph."""

    paragraphs: Sequence[Paragraph]
    clauses: dict[Side, tuple[Clause, ...]] = field(init=False)
    owners: dict[Side, tuple[int, ...]] = field(init=False)

    def __post_init__(self) -> None:
        sides = {side: structure(self.paragraphs, side) for side in _SIDES}
        self.clauses = {side: found[0] for side, found in sides.items()}
        self.owners = {side: found[1] for side, found in sides.items()}

    def clause(self, index: int, side: Side) -> Clause | None:
        owner = self.owners[side][index]
        return self.clauses[side][owner] if owner >= 0 else None

    def name(self, index: int, side: Side) -> str:
        """"7.2 Liability"; the beginning of the paragraph where there is neither number nor heading."""
        clause = self.clause(index, side)
        said = f"{clause.path} {clause.heading}".strip() if clause and clause.level is not None else ""
        return safe_line(said, 60) or f"“{safe_line(self.paragraphs[index].side(side), 40)}”"

    def of(self, index: int) -> tuple[ClauseId | None, str]:
        """The id and the full label of the clause of a paragraph, on the new side where it stands there."""
        clause = self.clause(index, "new" if self.paragraphs[index].mark.in_new else "old")
        return (clause.id, clause.path) if clause else (None, "")


def reference_flags(redline: Redline, changes: Sequence[Change]) -> Iterator[Flag]:
    """Every warning on a reference, each once for a paragraph."""
    paragraphs = redline.paragraphs
    targets, places = Targets(paragraphs), Places(paragraphs)
    seen: set[tuple[int, str]] = set()
    for index, loud, message, code in [*_repointed(paragraphs, changes, targets, places), *_fields(paragraphs, targets, places),
                                       *_errors(paragraphs, targets, places), *_typed(paragraphs, places)]:
        if (index, message) not in seen:
            seen.add((index, message))
            clause, label = places.of(index)
            yield Flag(FlagKind.REFERENCE, loud, clause, label, index, message, code)


Found = tuple[int, bool, str, str]
"""(paragraph, loud, message, code)"""


def _repointed(paragraphs: Sequence[Paragraph], changes: Sequence[Change], targets: Targets, places: Places) -> Iterator[Found]:
    """References that a change made to lead to another paragraph."""
    for change in changes:
        segments = [segment for span in change.spans for segment in paragraphs[span.paragraph].segments[span.first:span.last]]
        old, new = _names(segments, "old"), _names(segments, "new")
        for (before, text), (after, _) in zip(old, new, strict=False) if len(old) == len(new) else ():
            here, there = targets.on("old", before), targets.on("new", after)
            if here is not None and there is not None and not targets.same(before, after):
                yield (change.spans[0].paragraph, True, _led(text, places.name(here, "old"), places.name(there, "new")),
                       "reference-moved")


def _led(text: str, before: str, after: str) -> str:
    if before == after:
        return f"the reference “{safe_line(text, 30)}” still says {after}, but leads to another paragraph than before"
    return f"the reference “{safe_line(text, 30)}” led to {before} and now leads to {after}"


def _names(segments: Sequence[Segment], side: Side) -> list[tuple[str, str]]:
    """(name, words) of each reference on one side."""
    out: list[tuple[str, str]] = []
    for segment in segments:
        shown = segment.on(side)
        name = leads_to(shown.look) if shown is not None else ""
        if name:
            if out and out[-1][0] == name:
                out[-1] = (name, out[-1][1] + segment.text)
            else:
                out.append((name, segment.text))
    return out


def _fields(paragraphs: Sequence[Paragraph], targets: Targets, places: Places) -> Iterator[Found]:
    """References whose target is gone, or whose name somebody gave to another paragraph."""
    for index, paragraph in enumerate(paragraphs):
        before = {name for name, _ in _names(paragraph.segments, "old")}
        for name, text in _names(paragraph.segments, "new"):
            here, there = targets.on("old", name), targets.on("new", name)
            if name in _KNOWN or _ERROR.search(text):
                continue
            said = f"the reference “{safe_line(text, 30)}”"
            if there is None and here is None:
                yield index, False, f"{said} leads to nothing in this text", "reference-gone"
            elif there is None and here is not None:
                yield index, True, f"{said} leads to nothing any more: {places.name(here, 'old')} is gone", "reference-gone"
            elif here is not None and there is not None and name in before and not targets.same(name, name):
                now = targets.after(here)
                led = places.name(here, "old") if now is None else places.name(now, "new")
                if led != places.name(there, "new"):
                    yield index, True, _led(text, led, places.name(there, "new")), "reference-moved"


def _errors(paragraphs: Sequence[Paragraph], targets: Targets, places: Places) -> Iterator[Found]:
    """What Word puts where a reference has lost its target."""
    for index, paragraph in enumerate(paragraphs):
        found = _ERROR.search(paragraph.side("new"))
        if found:
            loud = not _ERROR.search(paragraph.side("old"))
            names = (name for name, text in _names(paragraph.segments, "new") if _ERROR.search(text))
            led = next((place for name in names if (place := targets.on("old", name)) is not None), None)
            before = f"; it led to {places.name(led, 'old')}" if led is not None else ""
            yield index, loud, f"a reference has lost its target and reads “{safe_line(found[0])}”{before}", "reference-gone"


def _typed(paragraphs: Sequence[Paragraph], places: Places) -> Iterator[Found]:
    """References typed by hand whose clause is gone or has another number now; once for each number."""
    old, new = _numbers(places.clauses["old"]), _numbers(places.clauses["new"])
    found: dict[str, list[int]] = {}
    kept: dict[str, list[int]] = {}
    for index, paragraph in enumerate(paragraphs if old and new else ()):
        for number, before in _spelt(paragraph):
            key = plain_label(number)
            if key in old:
                found.setdefault(key, []).append(index)
                if before:
                    kept.setdefault(key, []).append(index)
    if not found:
        return
    became = _became(paragraphs)
    for key, spelt in found.items():
        was = old[key]
        now = became.get(key)
        if key not in new:
            there = f"that clause is {now.path.rstrip('.')} now{_titled(now)}" if now is not None and now.label else \
                f"no clause has that number any more{_titled(was)}"
            yield spelt[0], True, f"{_referred(spelt, key)}, but {there}", "reference-typed"
        elif key in kept and was is not None and (holder := new[key]) is not None:
            said = _referred(kept[key], key)
            if now is None:
                yield kept[key][0], True, f"{said}, but the clause that had that number{_titled(was)} is gone, and " \
                    f"{key} is another clause now{_titled(holder)}", "reference-typed"
            elif now.label and plain_label(now.path) != key:
                yield kept[key][0], True, f"{said}, but that clause is {now.path.rstrip('.')} now{_titled(now)}", "reference-typed"


def _became(paragraphs: Sequence[Paragraph]) -> dict[str, Clause | None]:
    """What became of each clause of the old body, by its full number; None for one that is gone, also where another one with other
    words in its heading was put in its place. Numbers that several clauses had are left out.
    """
    found = [fate for fate in fates(Redline(tuple(paragraphs))) if fate.before.label and fate.before.story == "body"]
    counts = Counter(plain_label(fate.before.path) for fate in found)
    return {key: None if fate.replaced and _another(fate) else fate.after for fate in found
            if counts[key := plain_label(fate.before.path)] == 1}


def _another(fate: Fate) -> bool:
    """Whether a clause and the one put in its place are headed by words of which none is the same."""
    before, after = (set(words(fold(clause.heading))) if clause else set() for clause in (fate.before, fate.after))
    return bool(before and after) and not before & after


def _referred(found: Sequence[int], number: str) -> str:
    """"clause 7.2 is referred to", and how often."""
    return f"{number} is referred to" + (f" {counted(len(found), 'time')}" if len(found) > 1 else "")


def _titled(clause: Clause | None) -> str:
    return f" ({safe_line(clause.heading, 50)})" if clause is not None and clause.heading else ""


def _numbers(clauses: Sequence[Clause]) -> dict[str, Clause | None]:
    """The clauses of a body by their full number; None for a number that several have."""
    labelled = [clause for clause in clauses if clause.label and clause.story == "body"]
    counts = Counter(plain_label(clause.path) for clause in labelled)
    return {plain_label(clause.path): clause if counts[plain_label(clause.path)] == 1 else None for clause in labelled}


def _spelt(paragraph: Paragraph) -> Iterator[tuple[str, bool]]:
    """(number, whether it stood there before) of each reference on the new side that is no field."""
    shown = [segment for segment in paragraph.segments if segment.kind.in_new]
    text = "".join("\ufffc" * len(segment.text) if leads_to(segment.look) else segment.text for segment in shown)
    kinds = [segment.kind for segment in shown for _ in segment.text]
    for found in _TYPED.finditer(text):
        if _FOREIGN.match(text[found.end():found.end() + 60]):
            continue
        for number in re.finditer(_NUMBER, found["numbers"]):
            start = found.start("numbers") + number.start()
            yield number[0], all(kind in (Kind.SAME, Kind.FORMAT, Kind.MOVE_TO) for kind in kinds[start:start + len(number[0])])
