"""One change in words, and who made which: for the receipt, and for a paragraph on which several people worked.

Plain strings come out, as in `phrases`. A paragraph border that came or went is told by the words it stands after, a thing that
is not text by its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from redline.model import OBJECT, Change, ChangeKind, Kind, Paragraph, Segment, Side
from redline.render.counting import by, people
from redline.render.parts import readable, worded
from redline.render.phrases import clip, listed, number, story_name, who
from redline.render.phrases import looks as looked
from redline.text import tokens
from redline.views import Comparison


@dataclass(frozen=True, slots=True)
class Hand:
    """A line below a paragraph: who made which changes. `words` says which, "" where everything above is of one author."""

    words: str
    who: str
    ids: tuple[str, ...]


def hands(changes: Iterable[Change], view: Comparison, *, formats: bool, only: frozenset[str] = frozenset()) -> tuple[Hand, ...]:
    """Who made the changes of a paragraph or a row: a line for each change where more than one author was at work (or one who
    tracked some and not others), else one for each time. `only` an author keeps the lines that are theirs and counts the others.
    """
    found = [change for change in dict.fromkeys(changes) if formats or change.kind is not ChangeKind.FORMAT]
    authors = {(tuple(dict.fromkeys(one.author for one in change.attributions)), change.tracked) for change in found}
    names = people(only)
    shown = [change for change in found if any(by(change.attributions, name) for name in names)] \
        if names and len(names) == len(only) else found
    others = (Hand(f"{number(len(found) - len(shown), 'change')} by others", "", ()),) if len(shown) < len(found) else ()
    if len(authors) > 1:
        return (*(Hand(words_of(change, view, 40), who(change), (change.id,)) for change in shown), *others)
    groups: dict[str, list[str]] = {}
    for change in shown:
        groups.setdefault(who(change), []).append(change.id)
    return (*(Hand("", name, tuple(dict.fromkeys(ids))) for name, ids in groups.items()), *others)


def in_words(change: Change, view: Comparison, size: int = 60) -> str:
    """One change so that a seller sees it at a glance: "“within 30 days” → “within 60 days”", "added “…”", "struck out “…”"."""
    before, after = _around(change, view)
    if (before or after) and change.kind not in (ChangeKind.FORMAT, ChangeKind.MOVE):
        old, new = _sides(change, view)
        return f"“{clip(before + old + after, size)}” → “{clip(before + new + after, size)}”"
    return words_of(change, view, size)


def words_of(change: Change, view: Comparison, size: int = 60) -> str:
    """The same without the words around it: "“30” → “60”"."""
    old, new = _sides(change, view)
    if change.kind is ChangeKind.FORMAT:
        return _format(change, view, size)
    if change.kind is ChangeKind.MOVE:
        return f"moved “{clip(new or old, size)}”{_edited(change, view, size)}"
    if not old.strip() and not new.strip():
        return _border(change, view, size)
    if old.strip() and new.strip():
        return f"“{clip(old, size)}” → “{clip(new, size)}”"
    return f"struck out “{clip(old, size)}”" if old.strip() else f"added “{clip(new, size)}”"


def place(change: Change, view: Comparison) -> str:
    """Where a change stands: its clause, else the header, the footnote or the table it is in; "" in the text before all clauses."""
    if change.label:
        return change.label
    paragraph = next(_touched(change, view), None)
    if paragraph is None:
        return ""
    props = paragraph.props
    return listed([story_name(props.story) if props.story != "body" else "",
                   f"table, row {props.cell.row + 1}" if props.cell else ""])


def _touched(change: Change, view: Comparison) -> Iterator[Paragraph]:
    inside = range(len(view.redline.paragraphs))
    return (view.redline.paragraphs[span.paragraph] for span in change.spans if span.paragraph in inside)


def _segments(change: Change, view: Comparison) -> Iterator[Segment]:
    inside = range(len(view.redline.paragraphs))
    for span in change.spans:
        if span.paragraph in inside:
            yield from view.redline.paragraphs[span.paragraph].segments[span.first:span.last]


def _sides(change: Change, view: Comparison) -> tuple[str, str]:
    """The words before and after, with a name for each thing that is not text."""
    return _named(change.old_text, change, view, "old"), _named(change.new_text, change, view, "new")


def _named(text: str, change: Change, view: Comparison, side: Side) -> str:
    if OBJECT not in text:
        return text
    names = iter([worded(segment) for segment in _segments(change, view) if segment.atom and segment.kind.on(side)])
    return "".join(next(names, char) if char == OBJECT else char for char in text)


def _edited(change: Change, view: Comparison, size: int) -> str:
    """What else was done to words that moved: ", and changed: +“added words” −“dropped words”"."""
    parts = [(sign, listed((clip(worded(one), size) for one in _segments(change, view) if one.kind is kind), " … "))
             for sign, kind in (("+", Kind.INS), ("−", Kind.DEL))]
    said = listed((f"{sign}“{text}”" for sign, text in parts if text), " ")
    return f", and changed: {said}" if said else ""


def _border(change: Change, view: Comparison, size: int) -> str:
    """A paragraph that was split, joined, or is empty; or nothing but spaces."""
    for span, paragraph in zip(change.spans, _touched(change, view), strict=False):
        if not span.mark or paragraph.mark in (Kind.SAME, Kind.FORMAT, Kind.GONE):
            continue
        last = _tail(readable(paragraph), size)
        if paragraph.mark.in_new:
            return f"split in two after “{last}”" if last else "an empty paragraph added"
        return f"joined with the paragraph after “{last}”" if last else "an empty paragraph struck out"
    return "only spaces"


def _format(change: Change, view: Comparison, size: int) -> str:
    """A change of formatting: "“Fees” from plain to bold", "only spaces", "an empty paragraph added", "the style of “Fees”"."""
    old, new = _sides(change, view)
    segments = list(_segments(change, view))
    looks = {(one.was, one.look) for one in segments if one.was is not None}
    text = clip(new or old, size)
    if len(looks) == 1:
        was, now = looks.pop()
        return f"“{text}” from {looked(was or frozenset())} to {looked(now)}"
    if any(one.kind in (Kind.INS, Kind.DEL) for one in segments):
        return f"only signs and spaces: “{clip(old, size)}” → “{text}”" if (old + new).strip() else "only spaces"
    if any(span.mark and paragraph.mark in (Kind.INS, Kind.DEL)
           for span, paragraph in zip(change.spans, _touched(change, view), strict=False)):
        return _border(change, view, size)
    if looks:
        return f"how “{text}” looks"
    return f"the style of “{text}”" if text else "the style of an empty paragraph"


def _tail(text: str, size: int) -> str:
    """The last words, after an ellipsis where there are more."""
    text = " ".join(text.split())
    last = _last_words(text, 4)
    return clip(last if len(last) == len(text) else f"…{last}", size) if last else text[-size:]


def _around(change: Change, view: Comparison) -> tuple[str, str]:
    """Up to two unchanged words before and after a change within its paragraph."""
    span = change.spans[0] if len(change.spans) == 1 else None
    if span is None or span.mark or not 0 <= span.paragraph < len(view.redline.paragraphs):
        return "", ""
    segments = view.redline.paragraphs[span.paragraph].segments
    return _last_words(_new(segments[:span.first]), 2), _first_words(_new(segments[span.last:]), 2)


def _new(segments: Sequence[Segment]) -> str:
    return "".join(worded(segment) for segment in segments if segment.kind.in_new)


def _first_words(text: str, wanted: int) -> str:
    out: list[str] = []
    for token in tokens(text):
        out.append(token)
        wanted -= token[0].isalnum()
        if not wanted:
            break
    return "".join(out)


def _last_words(text: str, wanted: int) -> str:
    out: list[str] = []
    for token in reversed(tokens(text[-200:])):
        out.append(token)
        wanted -= token[0].isalnum()
        if not wanted:
            break
    return "".join(reversed(out)).lstrip(" .;,")
