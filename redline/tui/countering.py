"""Their wording as a text to be edited, and what of the edited text is our counter. Pure.

A reader edits a whole paragraph and sees the sentence; what is stored is as little as says it: other words in the place of theirs, and
the whole paragraph only where words around them were edited too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content

from redline.errors import UsageError
from redline.model import Change, ChangeKind, Kind, Redline, Segment
from redline.text import clean
from redline.tui import safe
from redline.tui.page.index import Index
from redline.tui.page.pieces import Piece, Tone, shown
from redline.tui.page.runs import lines, sign
from redline.views import Decision

_STYLES = {"ins": "underline $primary", "del": "strike $warning", "move_to": "underline italic", "move_from": "strike italic"}


@dataclass(frozen=True, slots=True)
class Draft:
    """Their words with what stands around them in their paragraph. `fixed` says why the words around cannot be edited here, "" where
    they can. `lost` is how many characters that cannot be seen were left out.
    """

    before: str
    words: str
    after: str
    fixed: str = ""
    lost: int = 0

    @property
    def text(self) -> str:
        return self.before + self.words + self.after

    def counter(self, text: str) -> tuple[str, bool]:
        """(our words, whether they take the place of the whole paragraph). UsageError where the text is no counter."""
        if text == self.text:
            raise UsageError("this is their wording as it is", "Change it, or accept it with a.")
        around = len(self.before) + len(self.after)
        if len(text) >= around and text.startswith(self.before) and text.endswith(self.after):
            ours = text[len(self.before):len(text) - len(self.after)]
            if ours.strip():
                return ours, False
        if not text.strip():
            raise UsageError("a counter needs its words", "To take theirs out, reject the change with r.")
        if self.fixed:
            raise UsageError(f"only their own words can be countered here: {self.fixed}", "Leave what stands around them as it is.")
        return text, True


def draft(index: Index, change: Change) -> Draft:
    """Their paragraph around a change. UsageError for a change that has no words."""
    if change.kind is ChangeKind.FORMAT:
        raise UsageError("a change of formatting has no words to counter", "Accept or reject it.")
    places = sorted({span.paragraph for span in change.spans})
    if change.kind is ChangeKind.MOVE or len(places) != 1:
        words = change.new_text or change.old_text
        why = "they moved" if change.kind is ChangeKind.MOVE else "they stand in several paragraphs"
        return Draft("", clean(words), "", why, len(words) - len(clean(words)))
    return _in_paragraph(index.paragraphs[places[0]].segments, change)


def _in_paragraph(segments: Sequence[Segment], change: Change) -> Draft:
    first = min(span.first for span in change.spans)
    last = max(span.last for span in change.spans)
    before, words, after = (_new(part) for part in (segments[:first], segments[first:last], segments[last:]))
    fixed = ""
    if any(segment.atom and segment.kind.in_new for segment in (*segments[:first], *segments[last:])):
        fixed = "a picture, a note or a field stands beside them"
    elif "\n" in before + after:
        fixed = "the paragraph has line breaks"
    if not (before + words + after).strip():
        words = change.old_text
    whole = before + words + after
    return Draft(clean(before), clean(words), clean(after), fixed, len(whole) - len(clean(whole)))


def _new(segments: Sequence[Segment]) -> str:
    return "".join(segment.text for segment in segments if segment.kind.in_new and not segment.atom)


def openings(index: Index, change: Change, found: Draft, made: Decision | None) -> list[str]:
    """The texts an editor can open with: what we offered before, theirs, ours, and what we offer where a clause cost a deal."""
    def around(words: str) -> str:
        return found.before + clean(words) + found.after

    texts = [found.text, around(change.old_text)] if change.old_text.strip() else [found.text]
    for span in change.spans:
        texts += [around(flag.evidence.offer) for flag in index.flags_at(span.paragraph) if flag.evidence and flag.evidence.offer]
    if made is not None and made.text:
        texts.insert(0, clean(made.text) if made.paragraph else around(made.text))
    return texts


def drawn(redline: Redline, width: int) -> Iterator[Content]:
    """Our words against theirs, one row a line, with its sign in front."""
    for paragraph in redline.paragraphs:
        pieces = [Piece(shown(one.text), Tone(one.kind.value)) for one in paragraph.segments if one.kind is not Kind.GONE]
        for runs in lines(pieces, max(20, width - 2)):
            mark = sign(run.tone.kind for run in runs)
            yield safe.parts((f"{mark} ", "bold"), *((run.text, _STYLES.get(run.tone.kind, "")) for run in runs))
