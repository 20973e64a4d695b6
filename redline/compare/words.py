"""The word-level difference of two texts, cleaned up until it reads as a person would have typed it.

diff-match-patch finds the shortest edit over token ids (one character for a token, never a time limit, so the result
does not depend on the machine); where a stretch was rewritten, the words that say most are kept. Then edits slide to word and
sentence borders, edits parted only by a space, a comma or a lone "the" become one, and a sentence of which next to nothing stays
is replaced whole: on paper only where nothing but weak words stay. No token is ever cut.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from diff_match_patch import diff_match_patch

from redline.model import OBJECT, Segment
from redline.text import tokens

from .align import chain
from .shared import weightiest

_LIMIT = 2000
"""Tokens on both sides together above which a text is first cut at what both sides surely share."""

_RUN = 5

_FIRM = 40
"""Characters of words from which a stretch that both sides share is no matter of choice."""

_SURROGATES = 0xD800
_ENDS = frozenset(".!?;:")
_WEAK = frozenset(re.findall(
    r"\w+", "a an the of to in on at by for from with and or nor as is are be been was were it its this that any such all "
    "и или а но в во на по с со к ко у о об от до за из при для же что это как его ее их"
))


class Token(NamedTuple):
    """A token and where it stands in its text; `key` is what it is compared by (an atom's name for what is not text).
    """

    key: str
    start: int
    end: int

    @property
    def word(self) -> bool:
        return self.key[0].isalnum()

    @property
    def space(self) -> bool:
        return self.key.isspace()

    @property
    def weight(self) -> float:
        """What it is worth to keep the token: the length of a word, half of that for a weak one, nothing for a sign or a space."""
        if not self.word and self.key[0] != OBJECT:
            return 0.0
        return (self.end - self.start) * (0.5 if self.weak else 1.0)

    @property
    def weak(self) -> bool:
        """Whether the token alone says next to nothing: a space, a sign, an article."""
        return not self.word or self.key.casefold() in _WEAK


@dataclass(frozen=True, slots=True)
class Hunk:
    """Tokens `a0` to `a1` of the old text are replaced by tokens `b0` to `b1` of the new one; either may be none."""

    a0: int
    a1: int
    b0: int
    b1: int


_Belong = Callable[[Hunk, Hunk, Sequence[Token], Sequence[Token]], bool]
_Gone = Callable[[list[Hunk], list[Token], int], bool]


def read(segments: Sequence[Segment], offset: int = 0) -> list[Token]:
    """The tokens of a paragraph, with positions counted from `offset`."""
    atoms: dict[int, str] = {}
    position = offset
    for segment in segments:
        if segment.atom:
            atoms[position] = segment.atom
        position += len(segment.text)
    out: list[Token] = []
    position = offset
    for text in tokens("".join([segment.text for segment in segments])):
        end = position + len(text)
        out.append(Token(OBJECT + atoms.get(position, "") if text == OBJECT else text, position, end))
        position = end
    return out


def hunks(old: Sequence[Token], new: Sequence[Token], *, fine: bool = False) -> list[Hunk]:
    """What differs between two token rows, in order; between two hunks the rows are equal. `fine` keeps every word that stays and
    is worth it, where else a person would rather read a phrase or a sentence as replaced.
    """
    if len(old) + len(new) > _LIMIT:
        found = list(_by_anchors(old, new))
    else:
        found = _shortest([token.key for token in old], [token.key for token in new])
    found = _slid(_regrouped(_weighed(found, old, new), old, new), old, new)
    if fine:
        found = _whole_sentences(_joined(found, old, new, _worthless), old, new, _thin)
        return [_trimmed(hunk, old, new) for hunk in found]
    found = _whole_sentences(_joined(found, old, new, _belong), old, new, _torn)
    return [_bracketed(_trimmed(hunk, old, new), old, new) for hunk in found]


def _shortest(old: Sequence[str], new: Sequence[str]) -> list[Hunk]:
    """The shortest edit script over whole tokens."""
    ids: dict[str, str] = {}
    for key in (*old, *new):
        if key not in ids:
            code = len(ids) + 1
            ids[key] = chr(code if code < _SURROGATES else code + 0x800)
    differ = diff_match_patch()
    differ.Diff_Timeout = 0
    script = differ.diff_main("".join(ids[key] for key in old), "".join(ids[key] for key in new), False)
    out: list[Hunk] = []
    a = b = 0
    for operation, text in script:
        if operation == differ.DIFF_EQUAL:
            a, b = a + len(text), b + len(text)
            continue
        a1, b1 = (a + len(text), b) if operation == differ.DIFF_DELETE else (a, b + len(text))
        if out and (out[-1].a1, out[-1].b1) == (a, b):
            out[-1] = Hunk(out[-1].a0, a1, out[-1].b0, b1)
        else:
            out.append(Hunk(a, a1, b, b1))
        a, b = a1, b1
    return out


def _by_anchors(old: Sequence[Token], new: Sequence[Token]) -> Iterator[Hunk]:
    """Hunks of very long texts: runs of words that occur once on each side cut both into short pieces first."""
    here, there = _once(old), _once(new)
    anchors = chain((at, there[run], 1.0) for run, at in here.items() if run in there)
    a0 = b0 = 0
    for a1, b1 in [*anchors, (len(old), len(new))]:
        if a1 < a0 or b1 < b0:
            continue
        if a1 - a0 + b1 - b0 > _LIMIT:
            yield Hunk(a0, a1, b0, b1)
        else:
            for hunk in _shortest([token.key for token in old[a0:a1]], [token.key for token in new[b0:b1]]):
                yield Hunk(a0 + hunk.a0, a0 + hunk.a1, b0 + hunk.b0, b0 + hunk.b1)
        a0, b0 = a1 + _RUN, b1 + _RUN


def _once(row: Sequence[Token]) -> dict[tuple[str, ...], int]:
    """Where each run of tokens stands that occurs just once."""
    places: dict[tuple[str, ...], int] = {}
    keys = [token.key for token in row]
    for at in range(len(keys) - _RUN + 1):
        run = tuple(keys[at:at + _RUN])
        places[run] = -1 if run in places else at
    return {run: at for run, at in places.items() if at >= 0}


def _weighed(found: list[Hunk], old: Sequence[Token], new: Sequence[Token]) -> list[Hunk]:
    """Where a stretch was rewritten, keep the words that say most rather than the most tokens."""
    out: list[Hunk] = []
    group: list[Hunk] = []
    for hunk in found:
        if group and _size(old[group[-1].a1:hunk.a0]) >= _FIRM:
            out.extend(_rewritten(group, old, new))
            group = []
        group.append(hunk)
    return out + _rewritten(group, old, new)


def _rewritten(group: list[Hunk], old: Sequence[Token], new: Sequence[Token]) -> list[Hunk]:
    if len(group) < 2 or all(hunk.a0 == hunk.a1 for hunk in group) or all(hunk.b0 == hunk.b1 for hunk in group):
        return group
    a0, b0 = group[0].a0, group[0].b0
    here, there = old[a0:group[-1].a1], new[b0:group[-1].b1]
    pairs = weightiest([(token.key, token.weight) for token in here], [(token.key, token.weight) for token in there])
    if pairs is None:
        return group
    out: list[Hunk] = []
    i = j = 0
    for i1, j1 in [*pairs, (len(here), len(there))]:
        for hunk in _shortest([token.key for token in here[i:i1]], [token.key for token in there[j:j1]]):
            out.append(Hunk(a0 + i + hunk.a0, a0 + i + hunk.a1, b0 + j + hunk.b0, b0 + j + hunk.b1))
        i, j = i1 + 1, j1 + 1
    return out


def _regrouped(found: list[Hunk], old: Sequence[Token], new: Sequence[Token]) -> list[Hunk]:
    """Where a sign was kept between a pure deletion and a replacement, and stands once more in what is replaced: keep the
    later one, so that the words replaced are few ("equity[-, by Art. 5-]. [-If any-]{+Any+}", not "equity[-, by Art-]. …").
    """
    out = list(found)
    for index in range(len(out) - 1):
        left, right = out[index], out[index + 1]
        size = right.a0 - left.a1
        if size > 3 or any(token.word for token in old[left.a1:right.a0]):
            continue
        if left.b0 == left.b1:
            shift = _last(old, left.a1, right.a0, right.a1)
            out[index] = Hunk(left.a0, left.a1 + shift, left.b0, left.b1)
            out[index + 1] = Hunk(right.a0 + shift, right.a1, right.b0, right.b1)
        elif left.a0 == left.a1:
            shift = _last(new, left.b1, right.b0, right.b1)
            out[index] = Hunk(left.a0, left.a1, left.b0, left.b1 + shift)
            out[index + 1] = Hunk(right.a0, right.a1, right.b0 + shift, right.b1)
    return out


def _last(row: Sequence[Token], first: int, start: int, end: int) -> int:
    """How far behind `first` the tokens `first` to `start` stand for the last time before `end`, with a token after them."""
    wanted = [token.key for token in row[first:start]]
    for at in range(end - len(wanted) - 1, first, -1):
        if [token.key for token in row[at:at + len(wanted)]] == wanted:
            return at - first
    return 0


def _slid(found: list[Hunk], old: Sequence[Token], new: Sequence[Token]) -> list[Hunk]:
    """Move each pure insertion or deletion, within what the text allows, to where its borders read best."""
    out: list[Hunk] = []
    for index, hunk in enumerate(found):
        floor = out[-1].b1 if out else 0
        ceiling = found[index + 1].b0 if index + 1 < len(found) else len(new)
        if hunk.a0 == hunk.a1:
            shift = _best_shift(new, hunk.b0, hunk.b1, floor, ceiling)
        elif hunk.b0 == hunk.b1:
            floor, ceiling = (out[-1].a1 if out else 0), (found[index + 1].a0 if index + 1 < len(found) else len(old))
            shift = _best_shift(old, hunk.a0, hunk.a1, floor, ceiling)
        else:
            shift = 0
        out.append(Hunk(hunk.a0 + shift, hunk.a1 + shift, hunk.b0 + shift, hunk.b1 + shift))
    return out


def _best_shift(row: Sequence[Token], first: int, last: int, floor: int, ceiling: int) -> int:
    lowest = highest = 0
    while first + lowest > floor and row[first + lowest - 1].key == row[last + lowest - 1].key:
        lowest -= 1
    while last + highest < ceiling and row[first + highest].key == row[last + highest].key:
        highest += 1
    return max(range(lowest, highest + 1),
               key=lambda shift: (_border(row, first + shift) + _border(row, last + shift), -abs(shift)))


def _border(row: Sequence[Token], position: int) -> int:
    """How well a change may begin or end between two tokens: best at an end of the text, then between sentences,
    words.
    """
    if position in (0, len(row)):
        return 6
    before, after = row[position - 1], row[position]
    if before.space:
        return 5 if position > 1 and row[position - 2].key in _ENDS else 4
    if after.space:
        return 3 if before.key in _ENDS else 2
    return 0 if before.word and after.word else 1


def _joined(found: list[Hunk], old: Sequence[Token], new: Sequence[Token], belong: _Belong) -> list[Hunk]:
    """Make one hunk of neighbours between which nothing worth keeping stands."""
    out: list[Hunk] = []
    for hunk in found:
        while out and belong(out[-1], hunk, old, new):
            last = out.pop()
            hunk = Hunk(last.a0, hunk.a1, last.b0, hunk.b1)
        out.append(hunk)
    return out


def _belong(left: Hunk, right: Hunk, old: Sequence[Token], new: Sequence[Token]) -> bool:
    """Whether the shared stretch between two hunks is too little to be kept between them."""
    deletes = left.a0 < left.a1 or right.a0 < right.a1
    inserts = left.b0 < left.b1 or right.b0 < right.b1
    if not (deletes and inserts):
        return False
    shared = old[left.a1:right.a0]
    if any(token.key[0] == OBJECT or "\n" in token.key for token in shared):
        return False
    kept = [token for token in shared if token.word]
    sizes = [max(_size(old[hunk.a0:hunk.a1]), _size(new[hunk.b0:hunk.b1])) for hunk in (left, right)]
    if not kept:
        return all(token.space or token.key not in _ENDS for token in shared) or min(sizes) > 12
    if all(token.weak for token in kept):
        return min(sizes) >= (3 if len(kept) == 1 else 15 if len(kept) == 2 else 60)
    return _size(kept) * 5 <= min(sizes)


def _worthless(left: Hunk, right: Hunk, old: Sequence[Token], new: Sequence[Token]) -> bool:
    """Whether what stands between two hunks is no more than a space or a sign, and no bracket."""
    shared = old[left.a1:right.a0]
    return not any(token.word or token.key in "()[]" for token in shared) and _belong(left, right, old, new)


def _size(row: Sequence[Token]) -> int:
    """Characters of words."""
    return sum(token.end - token.start for token in row if token.word)


def _whole_sentences(found: list[Hunk], old: Sequence[Token], new: Sequence[Token], gone: _Gone) -> list[Hunk]:
    """Where next to nothing of a sentence stays, replace it from its first change to its last in one."""
    out: list[Hunk] = []
    group: list[Hunk] = []
    for hunk in found:
        if group and any(token.key in _ENDS for token in old[group[-1].a1:hunk.a0]):
            out.extend(_whole(group, old, new, gone))
            group = []
        group.append(hunk)
    return out + _whole(group, old, new, gone)


def _whole(group: list[Hunk], old: Sequence[Token], new: Sequence[Token], gone: _Gone) -> list[Hunk]:
    if len(group) < 2 or any(token.key[0] == OBJECT for token in old[group[0].a1:group[-1].a0]):
        return group
    islands = [token for left, right in pairwise(group) for token in old[left.a1:right.a0] if token.word]
    least = min(sum(_size(old[hunk.a0:hunk.a1]) for hunk in group), sum(_size(new[hunk.b0:hunk.b1]) for hunk in group))
    if not least or not gone(group, islands, least):
        return group
    return [Hunk(group[0].a0, group[-1].a1, group[0].b0, group[-1].b1)]


def _torn(group: list[Hunk], islands: list[Token], least: int) -> bool:
    """Whether a sentence is cut to pieces: many changes, and less between them than half of what they are."""
    return len(group) > 2 and _size(islands) * 2 <= least


def _thin(group: list[Hunk], islands: list[Token], least: int) -> bool:
    """Whether nothing stays of a sentence but a few words that say nothing by themselves."""
    return bool(islands) and all(token.weak for token in islands) and _size(islands) * 6 <= least


def _trimmed(hunk: Hunk, old: Sequence[Token], new: Sequence[Token]) -> Hunk:
    """A replacement without the words with which both its sides begin, and those with which both end."""
    first = last = 0
    size = min(hunk.a1 - hunk.a0, hunk.b1 - hunk.b0)
    while first < size and old[hunk.a0 + first].key == new[hunk.b0 + first].key:
        first += 1
    while last < size - first and old[hunk.a1 - 1 - last].key == new[hunk.b1 - 1 - last].key:
        last += 1
    return Hunk(hunk.a0 + first, hunk.a1 - last, hunk.b0 + first, hunk.b1 - last)


def _bracketed(hunk: Hunk, old: Sequence[Token], new: Sequence[Token]) -> Hunk:
    """A replacement takes in the bracket that its own words open or close: "[-thirty (30)-]", not "[-thirty (30-])"."""
    here, there = old[hunk.a0:hunk.a1], new[hunk.b0:hunk.b1]
    if _depth(here) == _depth(there) == 1 and hunk.a1 < len(old) and hunk.b1 < len(new) and old[hunk.a1].key == new[hunk.b1].key == ")":
        return replace(hunk, a1=hunk.a1 + 1, b1=hunk.b1 + 1)
    if _depth(here) == _depth(there) == -1 and hunk.a0 and hunk.b0 and old[hunk.a0 - 1].key == new[hunk.b0 - 1].key == "(":
        return replace(hunk, a0=hunk.a0 - 1, b0=hunk.b0 - 1)
    return hunk


def _depth(row: Sequence[Token]) -> int:
    """Brackets opened less brackets closed."""
    return sum((token.key == "(") - (token.key == ")") for token in row)


class Text:
    """Segments one after another, from which any stretch of characters can be cut with its looks."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = segments
        self.starts: list[int] = []
        position = 0
        for segment in segments:
            self.starts.append(position)
            position += len(segment.text)
        self.length = position
        self._at = 0

    def cut(self, start: int, end: int) -> Iterator[Segment]:
        """The stretch from `start` to `end`; stretches must be asked for in order."""
        while self._at and (self._at >= len(self.segments) or self.starts[self._at] > start):
            self._at -= 1
        while self._at < len(self.segments) and start < end:
            segment = self.segments[self._at]
            first = start - self.starts[self._at]
            if first >= len(segment.text):
                self._at += 1
                continue
            last = min(len(segment.text), end - self.starts[self._at])
            yield segment if last - first == len(segment.text) else replace(segment, text=segment.text[first:last])
            start += last - first
