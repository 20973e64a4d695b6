"""Their turn as tracked changes in our document: what was shown to a person, found again in the Word file in which it is decided.

Nothing is decided here. What differs between the two documents and was not shown as a change is told apart: it is ours, but for words
that only had to be put elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from redline.compare import diff
from redline.desk.footprints import MARK, Part, matched, renumbered
from redline.desk.steps import net
from redline.desk.twins import margin
from redline.errors import ConflictError
from redline.model import Attribution, Change, ChangeId, ChangeKind, Contract, Kind, Layout, Paragraph, Span
from redline.text import counted, safe_line
from redline.views import Comparison
from redline.word.edit.source import Source
from redline.word.edit.write import redlined
from redline.word.layout import STRUCK, TYPED_NUMBER
from redline.word.read import read
from redline.word.revisions import Rest, accept_all, resolve_chosen

LOOKS, PLACES = ChangeId("00000000"), ChangeId("00000001")
"""What nobody was shown: other looks, and words that stand elsewhere on the page."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What is answered: the file we sent last (None when they began), the file they sent back, and what was shown of it."""

    sent: bytes | None
    received: bytes
    view: Comparison
    them: Attribution


@dataclass(frozen=True, slots=True)
class Written:
    """Their turn as tracked changes in our document, and all there is to decide in it."""

    data: bytes
    contract: Contract
    every: tuple[Change | Layout, ...]
    rest: Rest
    aside: frozenset[str]
    unwritten: frozenset[str]
    """Changes of headers and footers that it cannot show."""
    idle: frozenset[str]
    """Changes that undo each other: together they change nothing."""

    def resolved(self, accept: Iterable[str], reject: Iterable[str], *, rest: Rest | None = None) -> bytes:
        """The document with these decided; the others, and what belongs to no change, as `rest` says (usual: all of it goes).

        Words that one of them put in and another took out again stay out.
        """
        known = {str(one.id) for one in self.every}
        struck = {str(one.id) for one in self.every if isinstance(one, Layout) and one.what == STRUCK}
        out = (known & set(reject)) | self.aside
        return resolve_chosen(self.data, self.every, known & set(accept) | struck, out - struck, rest or self.rest, yielding=True)


def written(turn: Turn) -> Written:
    """Their turn on our document. Where they began, on theirs: there is no other."""
    view = turn.view
    if turn.sent is None:
        data, rest = turn.received, "accept"
    else:
        ours, theirs = Source(accept_all(turn.sent)), Source(accept_all(turn.received))
        shown = net(view.redline)
        if not (leads(shown.old(), ours.contract.paragraphs) and leads(shown.new(), theirs.contract.paragraphs)):
            shown = diff(ours.contract.paragraphs, theirs.contract.paragraphs, turn.them)
        data, rest = redlined(ours, shown, theirs, turn.them), "reject"
    contract = read(data)
    found = matched(view.redline.paragraphs, view.changes, contract.paragraphs)
    unwritten, idle = _unfound(found.missing, view)
    loose = _loose(contract.paragraphs, found.loose)
    layout = contract.layout if turn.sent is None else _known(contract, view)
    numbers = {one.paragraph for one in layout if one.what == TYPED_NUMBER}
    changes = renumbered(found.changes, contract.paragraphs, numbers)
    aside = frozenset({str(one.id) for one in contract.layout} - {str(one.id) for one in layout})
    strays = tuple(replace(one, id=ChangeId(one.id)) for one in contract.layout if one not in layout)
    return Written(data, contract, (*changes, *loose, *layout, *strays), "accept" if rest == "accept" else "reject",
                    aside | {str(one.id) for one in loose if one.id == LOOKS}, unwritten, idle)


def _unfound(missing: Sequence[Change], view: Comparison) -> tuple[frozenset[str], frozenset[str]]:
    """The changes of headers and footers that our document cannot show, because it has other sections; and those that undo each other,
    of which nothing is left to show. ConflictError for others that are not found in it.
    """
    words = [change for change in missing if change.kind is not ChangeKind.FORMAT]
    lost = [change for change in words if not all(margin(view.redline.paragraphs[span.paragraph]) for span in change.spans)]
    if _letters("".join(change.old_text for change in lost)) != _letters("".join(change.new_text for change in lost)):
        first = lost[0]
        raise ConflictError(f"{counted(len(lost), 'change')} cannot be found again in our document, first {first.id} “{said(first)}”",
                            "Answer in Word and hand the file to `redline send CLIENT FILE`.")
    return frozenset(str(change.id) for change in words if change not in lost), frozenset(str(change.id) for change in lost)


def said(change: Change) -> str:
    """The first words of a change."""
    return safe_line(change.new_text or change.old_text, 40)


def _loose(paragraphs: Sequence[Paragraph], parts: Sequence[Part]) -> tuple[Change, ...]:
    """What differs and was not shown as a change: looks and pictures, which stay as in our document, and words that stand on both sides and
    had to be put elsewhere: these are theirs only where all of theirs is accepted. ConflictError for words of one side only.
    """
    read_as = {Kind.INS: "", Kind.DEL: ""}
    for segment in (paragraphs[index].segments[number] for index, number in parts if number != MARK and not margin(paragraphs[index])):
        if segment.kind in read_as and not segment.atom:
            read_as[segment.kind] += segment.text
    if _letters(read_as[Kind.INS]) != _letters(read_as[Kind.DEL]):
        words = safe_line(paragraphs[parts[0][0]].text, 40)
        raise ConflictError(f"our document and theirs differ in a way that no change tells, in “{words}”",
                            "Answer in Word and hand the file to `redline send CLIENT FILE`.")
    found: dict[ChangeId, list[Span]] = {}
    for index, number in parts:
        row = paragraphs[index]
        count = len(row.segments)
        kind = row.mark if number == MARK else row.segments[number].kind
        picture = number != MARK and bool(row.segments[number].atom)
        found.setdefault(LOOKS if picture or kind is Kind.FORMAT else PLACES, []).append(
            Span(index, count, count, True) if number == MARK else Span(index, number, number + 1))
    return tuple(Change(identity, ChangeKind.FORMAT if identity == LOOKS else ChangeKind.REPLACE, "", "", None, "", tuple(spans))
                 for identity, spans in found.items())


def _letters(text: str) -> list[str]:
    return sorted(text.replace(" ", ""))


def _known(contract: Contract, view: Comparison) -> tuple[Layout, ...]:
    """The changes of layout in our document that they tracked in theirs, under the ids by which they were shown."""
    shown = {(one.what, view.redline.paragraphs[one.paragraph].side("new")): one for one in view.layout}
    return tuple(one for one in contract.layout if (one.what, contract.paragraphs[one.paragraph].side("new")) in shown)


def leads(found: Sequence[Paragraph], wanted: Sequence[Paragraph]) -> bool:
    """Whether two readings agree, also on what is a number typed by hand and what is text."""
    return [(each.props.typed, each.text) for each in found] == [(each.props.typed, each.text) for each in wanted]
