"""The words a comparison is told in, the same in every format: figures, people, dates, one change in its context.

Plain strings come out, not yet made safe for a terminal nor escaped for HTML: the renderer that prints them does that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from redline.model import OBJECT, Attribution, Change, ChangeKind, Coverage, Kind, Layout, Look, Paragraph, Segment
from redline.render.counting import Counts, counts, people, silent
from redline.render.parts import worded
from redline.text import counted
from redline.views import Comparison, Decision, Evidence, Flag, FlagKind, Verdict, VersionInfo

UNTRACKED = "UNTRACKED"
"""What a change is called that Word's track changes do not admit to."""


def number(count: int, noun: str, plural: str = "") -> str:
    """"1 change", "2 changes"."""
    return counted(count, noun, plural)


def day(when: date | datetime | None) -> str:
    """The date alone, as the file or the vault has it: "2026-03-04", "" when there is none."""
    if isinstance(when, datetime):
        when = when.date()
    return when.isoformat() if when else ""


def listed(parts: Iterable[str], joint: str = ", ") -> str:
    """The parts that are not empty, joined."""
    return joint.join(part for part in parts if part)


def version_name(info: VersionInfo, *, short: bool = False) -> str:
    """"Acme, turn 2, received (acme@2, 2026-03-06)". A file outside the vault is told by its path, when `short` by its name."""
    title = info.title or info.address or info.path
    address = "" if info.address == title or (short and info.path) else info.address
    details = listed([address, day(info.date)])
    return f"{title} ({details})" if details and title else title or details


def versions(view: Comparison) -> tuple[str, ...]:
    """The names in the title: old and new, or the only one when a version is shown by itself."""
    short = alone(view) or view.old.title != view.new.title
    names = version_name(view.old, short=short), version_name(view.new, short=short)
    return names[1:] if alone(view) else names


def alone(view: Comparison) -> bool:
    """Whether a version is shown by itself, so that nothing in it can have stood there before."""
    return view.old == view.new


def narrowed(only: frozenset[str]) -> str:
    """What the head says below the figures when only some authors' changes are shown; "" when no author was asked for."""
    return f"Shown: only {listed(sorted(only))}. The figures are for all." if people(only) else ""


def tally(view: Comparison, *, hidden: bool = True, formats: str = "", quiet: str = "") -> tuple[str, ...]:
    """The figures in the head, most important first: "41 changes: 30 tracked by Jane Roe, 2 UNTRACKED", "3 comments" …

    `hidden` says that renumbering is not drawn, `formats` what becomes of formatting ("hidden: --all shows them"), `quiet` the same of
    killers that are no news.
    """
    found, away = counts(view), " (not shown)" if hidden else ""
    other = found.quiet_flags - found.quiet_killers
    flags, before = (found.flags + other, 0) if alone(view) else (found.flags, other)
    parts = [_changes(found)]
    if found.comments:
        resolved = sum(comment.resolved and not comment.parent for comment in view.comments)
        parts.append(number(found.comments, "comment") + (f" ({resolved} resolved)" if resolved else ""))
    if flags:
        parts.append(number(flags, "flag"))
    if before:
        parts.append(f"{number(before, 'flag')} on words that stood there before")
    if found.quiet_killers:
        said = f"{number(found.quiet_killers, 'killer')} in words that stood there before or are ours"
        parts.append(f"{said} {quiet}" if quiet else said)
    if found.renumbered:
        parts.append(f"{found.renumbered} renumbered{away}")
    if said := formatting(found):
        parts.append(f"{said} {formats}" if formats else said)
    if view.decisions:
        parts.append(f"{len(view.decisions)} decided, {len(view.undecided)} undecided")
    return tuple(parts)


def decided(decision: Decision) -> str:
    """What we decided, who of us, when and why: "rejected by Tomas Reed, 2026-03-09: we cannot insure that"."""
    done = {Verdict.ACCEPT: "accepted", Verdict.REJECT: "rejected", Verdict.COUNTER: "countered"}[decision.verdict]
    words = f" with “{clip(decision.text, 80)}”" if decision.text else ""
    name = listed([decision.by, day(decision.date)])
    return f"{done}{words}{f' by {name}' if name else ''}" + (f": {decision.why}" if decision.why else "")


def decisions(changes: Iterable[Change | Layout], view: Comparison) -> Iterator[str]:
    """What we decided about these changes: by its words where there is one, each after its id where there are several."""
    ids = dict.fromkeys(change.id for change in changes)
    found = {decision.change: decided(decision) for decision in view.decisions or () if decision.change in ids}
    groups: dict[str, list[str]] = {}
    for change in ids:
        if change in found:
            groups.setdefault(found[change], []).append(change)
    for words, names in groups.items():
        yield words if len(ids) == 1 or len(names) == len(ids) else f"{' '.join(names)}: {words}"


def formatting(found: Counts) -> str:
    """"14 changes of formatting"; those of spacing are among them. "" where there are none."""
    count = found.formats + found.layout
    return f"{number(count, 'change')} of formatting" if count else ""


def layout_words(one: Layout) -> str:
    """What a change of layout is: "page set-up (3 records)"."""
    return one.what + (f" ({one.count} records)" if one.count > 1 else "")


def layout_note(one: Layout) -> str:
    """The same with who and when."""
    return listed([f"format: {layout_words(one)}", person(one.attribution) if one.attribution else ""], " · ")


def _changes(found: Counts) -> str:
    if not found.changes:
        return "no changes of words"
    people = [f"{count} tracked by {name or 'an unnamed author'}" if not index else f"{count} by {name or 'an unnamed author'}"
              for index, (name, count) in enumerate(found.tracked)]
    untracked = f"{found.untracked} {UNTRACKED}" if found.untracked else ""
    rest = found.changes - found.untracked - sum(count for _, count in found.tracked)
    nobody = f"{rest} by nobody named" if rest and (people or untracked) else ""
    said = listed([*people, untracked, nobody])
    return number(found.changes, "change") + (f": {said}" if said else "")


def person(attribution: Attribution) -> str:
    """Who and when: "Jane Roe, 2026-03-04"."""
    turn = f"{attribution.deal}, turn {attribution.turn}" if attribution.deal and attribution.turn else attribution.deal
    return listed([attribution.author or turn or "an unnamed author", day(attribution.date)])


def hand(attribution: Attribution) -> str:
    """Who did it and when; of an edit that Word does not admit to only the file is known in which it came, not its author."""
    if attribution.tracked:
        return person(attribution)
    turn = f"{attribution.deal}, turn {attribution.turn}" if attribution.deal and attribution.turn else attribution.deal
    sent = f"in the file that {attribution.author} sent" if attribution.author else f"in the file of {turn}" if turn else ""
    return listed([UNTRACKED, listed([sent, day(attribution.date) if sent else ""], " on ")])


def who(change: Change) -> str:
    """Who made a change, when, and whether Word admits to it; "" where the files do not say."""
    if silent(change.attributions) and change.kind is not ChangeKind.FORMAT:
        return listed(dict.fromkeys(map(hand, sorted(change.attributions, key=lambda one: one.tracked))), "; ")
    everybody = listed(dict.fromkeys(map(person, change.attributions)), "; ")
    return f"{everybody}, tracked" if change.tracked else everybody


def looks(look: Look) -> str:
    return listed(sorted(look)) or "plain"


def format_notes(paragraph: Paragraph) -> Iterator[str]:
    """What a change of format is: "“Fees” from bold to plain"."""
    for segment in paragraph.segments:
        if segment.was is not None:
            yield f"“{clip(segment.text, 40)}” from {looks(segment.was)} to {looks(segment.look)}"
    old, new = paragraph.old, paragraph.new
    if old and new and old.style != new.style:
        yield f"style from {old.style or 'none'} to {new.style or 'none'}"


def struck_notes(paragraph: Paragraph) -> Iterator[str]:
    """Who took out again what somebody else had put in: "“and by fax” put in by Jane Roe, 2026-03-04, struck by Smith LLP"."""
    for segment in paragraph.segments:
        if segment.kind is Kind.GONE:
            parts = ((" put in by ", segment.attribution), (", struck by ", segment.struck))
            yield f"“{clip(segment.text, 40)}”" + "".join(word + hand(one) for word, one in parts if one)


def shown(segment: Segment) -> str:
    """A segment's text as a reader sees it, with atoms named and hidden text said to be hidden."""
    text = worded(segment)
    return f"‹hidden: {text}›" if "hidden" in segment.look and text.strip() else text


def clip(text: str, size: int) -> str:
    """The text on one line, its middle left out when it is longer than `size` characters."""
    text = " ".join(text.replace(OBJECT, "‹object›").split())
    if len(text) <= size:
        return text
    head = (size - 3) * 2 // 3
    return f"{text[:head].rstrip()} … {text[-(size - 3 - head):].lstrip()}"


def evidence_head(evidence: Evidence) -> str:
    """"“Unlimited liability” cost us Beta on 2026-02-01 (walk away): they would not move"."""
    lost = listed([f"cost us {evidence.deal}", day(evidence.date)], " on ") if evidence.deal else listed(
        ["is on the list of killers", day(evidence.date)], " since ")
    severity = f" ({evidence.severity})" if evidence.severity else ""
    return f"“{evidence.title or evidence.killer}” {lost}{severity}" + (f": {evidence.reason}" if evidence.reason else "")


def flag_text(flag: Flag) -> str:
    """What a flag's first line says after its name."""
    if flag.evidence is None or flag.kind is FlagKind.RELIEF or flag.evidence.dismissed:
        return flag.message
    return evidence_head(flag.evidence)


def unplaced(view: Comparison) -> Iterator[str]:
    """What has to be said and belongs to no paragraph: odd things in the file, then what was not fully read."""
    inside = range(len(view.redline.paragraphs))
    said: list[str] = []
    for flag in view.flags:
        if flag.kind is not FlagKind.UNTRACKED:
            said.append(flag.message)
            if flag.paragraph not in inside:
                yield flag_text(flag)
    for notice in view.notices:
        text = notice.message + (f" ({notice.where})" if notice.where else "")
        if text not in said and notice.message not in said:
            said.append(text)
            yield text
    for gap in view.coverage:
        yield f"Not fully read: {coverage_words(gap)}"


def flag_name(flag: Flag) -> str:
    """The one word a flag starts with."""
    names = {FlagKind.KILLER: "KILLER", FlagKind.RELIEF: "RELIEF", FlagKind.UNTRACKED: UNTRACKED, FlagKind.NOTICE: "NOTICE",
             FlagKind.REFERENCE: "REFERENCE", FlagKind.LANGUAGE: "ONE LANGUAGE"}
    return names[flag.kind]


def flag_title(flag: Flag, view: Comparison) -> str:
    """The word a flag starts with, and whether it is no news: "KILLER (stood there before)"."""
    if flag.loud:
        return flag_name(flag)
    before = "" if alone(view) else "stood there before"
    kind = "the same kind of clause" if flag.same_kind else before
    why = "called fine" if flag.evidence and flag.evidence.dismissed else "stands in our own base" if flag.own else kind
    return flag_name(flag) + (f" ({why})" if why else "")


def coverage_words(gap: Coverage) -> str:
    """"word/charts/chart1.xml: chart, 2 times (its text is not compared)"."""
    times = f", {gap.count} times" if gap.count > 1 else ""
    return f"{gap.part}: {gap.construct}{times}" + (f" ({gap.note})" if gap.note else "")


def story_name(story: str) -> str:
    """A heading for text that no clause holds."""
    kind, _, number = story.partition(":")
    if kind == "body":
        return "Before the first clause"
    return listed(["Text box" if kind == "textbox" else kind.capitalize(), number], " ")
