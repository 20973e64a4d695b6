"""Warnings on a comparison: killers that came back, words that went silently, what is odd in the file.

A killer is *loud* where the clause was brought in or changed by this comparison, quiet where it stood there before, and a
relief where its words were just struck out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redline.model import Change, Contract, Paragraph, Redline, Side
from redline.views import Comparison, Evidence, Flag, FlagKind, VersionInfo

if TYPE_CHECKING:
    from redline.clauses.outline import Clause
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
    from redline.desk.languages import language_flags
    from redline.desk.oddities import look_flags, name_flags, notice_flags, number_flags, silent_flags
    from redline.desk.references import reference_flags

    view = Comparison(VersionInfo("", ""), VersionInfo("", ""), redline, tuple(changes), ())
    found = [*silent_flags(untracked, view), *look_flags(view), *notice_flags(contract), *reference_flags(redline, changes),
             *language_flags(redline)]
    found += [] if changes else number_flags(redline)
    if desk is not None:
        found += _killers(matcher(desk), redline)
        found += name_flags(view, desk.our_names) if received else ()
    return tuple(sorted(found, key=lambda flag: (flag.paragraph < 0, flag.paragraph, flag.kind)))


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
    from redline.clauses.outline import outline, owners

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
