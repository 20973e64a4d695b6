"""Warnings on a comparison: killers that came back, words that went silently, what is odd in the file.

A killer is *loud* where the clause was brought in or changed by this comparison, quiet where it stood there before, and a
relief where its words were just struck out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redline.desk.languages import language_flags
from redline.desk.references import reference_flags
from redline.model import Change, ChangeKind, Contract, Look, Paragraph, Redline, Side
from redline.text import safe_line
from redline.views import Evidence, Flag, FlagKind

if TYPE_CHECKING:
    from redline.clauses import Clause
    from redline.desk.desk import Desk
    from redline.killers import Match, Matcher
    from redline.killers.library import Killer

MAIN = "refs/heads/main"


def killers(desk: Desk) -> tuple[Killer, ...]:
    """The vault's library of killers, oldest first."""
    from redline.killers.library import from_toml

    tip = desk.vault.tip(MAIN)
    if tip is None:
        return ()
    paths = [entry.path for entry in desk.vault.files(tip) if entry.path.startswith("killers/")]
    texts = desk.vault.read_many([(tip, path) for path in paths])
    found = [from_toml(text, path) for path, text in zip(paths, texts, strict=True) if text is not None]
    return tuple(sorted(found, key=lambda killer: (killer.date.isoformat() if killer.date else "", killer.id)))


def matcher(desk: Desk) -> Matcher:
    """The matcher over the vault's killers; made again only when the library changed."""
    from redline.killers import Matcher

    tip = desk.vault.tip(MAIN) or ""
    if tip not in desk.matchers:
        desk.matchers = {tip: Matcher(killers(desk))}
    return desk.matchers[tip]


def flags(desk: Desk | None, redline: Redline, changes: Sequence[Change], untracked: Sequence[Change], contract: Contract,
          *, received: bool) -> tuple[Flag, ...]:
    """Every flag, in the order of the document, those without a place last. `received` says that the new side is theirs."""
    found = [*_untracked(untracked), *_looks(redline, changes), *_notices(contract), *reference_flags(redline, changes),
             *language_flags(redline)]
    found += [] if changes else _renumbered(redline)
    if desk is not None:
        found += _killers(matcher(desk), redline)
        found += _in_our_name(changes, desk.our_names) if received else ()
    return tuple(sorted(found, key=lambda flag: (flag.paragraph < 0, flag.paragraph, flag.kind)))


def _untracked(changes: Sequence[Change]) -> Iterator[Flag]:
    for change in changes:
        yield Flag(FlagKind.UNTRACKED, True, change.clause, change.label, change.spans[0].paragraph,
                   f"{told(change)} with track changes off")


def told(change: Change) -> str:
    """What a change did, in a few words."""
    old, new = safe_line(change.old_text, 60), safe_line(change.new_text, 60)
    if change.kind is ChangeKind.MOVE:
        return f"“{new or old}” was moved" if old == new else f"“{new or old}” was moved and changed"
    if old and new:
        return f"“{old}” became “{new}”"
    if old or new:
        return f"“{new}” was added" if new else f"“{old}” was removed"
    return "a paragraph was split in two" if "\n" in change.new_text else "two paragraphs were joined"


def _in_our_name(changes: Sequence[Change], ours: frozenset[str]) -> Iterator[Flag]:
    """Tracked changes that bear our name and were not in what we sent."""
    for change in changes:
        names = [by.author for by in change.attributions if by.tracked and by.author in ours]
        if names:
            yield Flag(FlagKind.NOTICE, True, change.clause, change.label, change.spans[0].paragraph,
                       f"{told(change)}, tracked in the name of {safe_line(names[0])}, but not in what we sent", "our-name")


def _renumbered(redline: Redline) -> Iterator[Flag]:
    """Numbers that changed though no word and no clause did: somebody moved a level or restarted a list."""
    for index, paragraph in enumerate(redline.paragraphs):
        old, new = paragraph.old, paragraph.new
        if old and new and old.label != new.label:
            yield Flag(FlagKind.NOTICE, True, new.clause, new.label or old.label, index,
                       f"the number {old.label or '(none)'} became {new.label or '(none)'}, and nothing else changed", "renumbered")


_TELLING = {"hidden": ("was hidden", "is no longer hidden"), "strike": ("was struck through by its format", "is no longer struck through")}


def _looks(redline: Redline, changes: Sequence[Change]) -> Iterator[Flag]:
    """Changes of format that change what a reader takes away: text hidden or struck, a link that leads elsewhere."""
    for change in changes:
        if change.kind is not ChangeKind.FORMAT:
            continue
        said: dict[str, None] = {}
        for span in change.spans:
            for segment in redline.paragraphs[span.paragraph].segments[span.first:span.last]:
                if segment.was is not None:
                    said.update(dict.fromkeys(_differs(segment.was, segment.look)))
        for what in said:
            yield Flag(FlagKind.NOTICE, True, change.clause, change.label, change.spans[0].paragraph,
                       f"“{safe_line(change.new_text, 60)}” {what}", "telling-format")


def _differs(was: Look, look: Look) -> Iterator[str]:
    for name, (now, before) in _TELLING.items():
        if (name in was) != (name in look):
            yield now if name in look else before
    old, new = (next((item[5:] for item in each if item.startswith("link:")), "") for each in (was, look))
    if old != new:
        yield f"leads to {safe_line(new, 80) or 'nowhere'}" + (f", no longer to {safe_line(old, 80)}" if old else "")


def _notices(contract: Contract) -> Iterator[Flag]:
    for notice in contract.notices:
        where = f" ({notice.where})" if notice.where else ""
        yield Flag(FlagKind.NOTICE, True, None, "", -1, notice.message + where, notice.code)


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause's own words on one side of a redline, and where each stretch of them stands in its paragraphs."""

    text: str
    places: tuple[tuple[int, int], ...]
    """(offset in `text`, paragraph), ascending."""

    def place(self, start: int, end: int) -> tuple[int, int, int]:
        """The paragraph and offsets of a range of `text`, cut at the end of the paragraph it starts in."""
        base, paragraph = max((place for place in self.places if place[0] <= start), default=self.places[0])
        after = min((offset for offset, _ in self.places if offset > base), default=len(self.text) + 1)
        return paragraph, start - base, max(start - base, min(end, after - 1) - base)


def passages(paragraphs: Sequence[Paragraph], side: Side) -> tuple[tuple[Clause, Passage], ...]:
    """Each clause of one side with its own words (not its sub-clauses'); the cells that repeat it in another language too."""
    from redline.clauses import outline, owners

    clauses = outline(paragraphs, side)
    texts, places = ["" for _ in clauses], [list[tuple[int, int]]() for _ in clauses]
    for index, owner in enumerate(owners(paragraphs, side)):
        part = paragraphs[index].side(side)
        if owner >= 0 and part:
            places[owner].append((len(texts[owner]), index))
            texts[owner] += part + ("\n" if paragraphs[index].mark.on(side) else "")
    return tuple((clause, Passage(text, tuple(where))) for clause, text, where in zip(clauses, texts, places, strict=True))


def _killers(found: Matcher, redline: Redline) -> Iterator[Flag]:
    paragraphs = redline.paragraphs
    back: set[str] = set()
    for clause, passage in passages(paragraphs, "new"):
        for match in found.match(passage.text) if passage.places else ():
            if match.flagged:
                back.add(match.killer.id)
                yield _flag(FlagKind.KILLER, _touched(paragraphs, passage), clause, passage, match)
    for clause, passage in passages(paragraphs, "old"):
        if _touched(paragraphs, passage):
            for match in found.match(passage.text):
                if match.flagged and match.killer.id not in back:
                    yield _flag(FlagKind.RELIEF, True, clause, passage, match)


def _touched(paragraphs: Sequence[Paragraph], passage: Passage) -> bool:
    return any(paragraphs[index].changed for _, index in passage.places)


def _flag(kind: FlagKind, loud: bool, clause: Clause, passage: Passage, match: Match) -> Flag:
    killer = match.killer
    words = tuple((passage.place(*theirs), its) for theirs, its in match.words) if kind is FlagKind.KILLER else ()
    evidence = Evidence(
        killer.id, killer.title, killer.deal, killer.date, killer.reason, killer.severity, killer.offer,
        match.instance.text, match.score, match.verdict, match.why, words,
    )
    when = f" on {killer.date:%Y-%m-%d}" if killer.date else ""
    cost = f"a clause that cost the deal with {killer.deal}{when}" if killer.deal else "a clause on the list of killers"
    verb = "struck out" if kind is FlagKind.RELIEF else "came back"
    message = f"{cost} was {verb}" if kind is FlagKind.RELIEF else f"{cost} {verb}"
    reason = f": {killer.reason}" if killer.reason else ""
    paragraph = words[0][0][0] if words else passage.places[0][1]
    return Flag(kind, loud, clause.id, clause.path, paragraph, message + reason, match.verdict, evidence)
