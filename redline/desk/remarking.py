"""The margin of our answer: their open comments in their places, and our reasons beside the words they are about.

A reason answers their comment where one stands on the same words. What is already in the margin of our document stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from redline.desk.answering import Answer, Homes
from redline.desk.footprints import MARK, places
from redline.model import Attribution, Comment, Contract, Paragraph, view
from redline.views import Comparison, Decision
from redline.word.read import read
from redline.word.remarks import Remark, add_comments

Range = tuple[int, int, int]
"""(paragraph, from, to)."""

Rows = Sequence[tuple[int, ...]]
"""For each paragraph of the text with all accepted: the paragraphs of the document it is made of."""


@dataclass(frozen=True, slots=True)
class _Margin:
    """A document with what is in its margin, and the ids there of comments by the ids they had in the client's file."""

    data: bytes
    contract: Contract
    ids: dict[str, str]


def remarked(answer: Answer, seen: Comparison, decisions: Sequence[Decision], us: Attribution, *, ours: bool) -> bytes:
    """The answer with comments. `ours` says that the document is ours, so that theirs are not in its margin yet."""
    reasons = [decision for decision in decisions if decision.why]
    margin = _Margin(answer.data, answer.contract, {})
    open_ones = [comment for comment in seen.comments if not comment.resolved]
    if ours and open_ones:
        margin = _with_theirs(margin, answer.homes, seen, open_ones)
    elif open_ones:
        margin = replace(margin, ids={comment.id: comment.id for comment in margin.contract.comments})
    remarks = list(_reasons(margin, answer.homes, seen, reasons, us))
    return add_comments(margin.data, remarks) if remarks else margin.data


def _with_theirs(margin: _Margin, homes: Homes, seen: Comparison, comments: Sequence[Comment]) -> _Margin:
    """Their comments put in, those that begin a thread first; what is there already is known again by author, time and words."""
    there = {_nature(comment): comment.id for comment in margin.contract.comments}
    ids = {comment.id: there[_nature(comment)] for comment in comments if _nature(comment) in there}
    margin = replace(margin, ids=ids)
    waiting = [comment for comment in comments if comment.id not in ids]
    while waiting:
        ready = [comment for comment in waiting if not comment.parent or comment.parent in margin.ids]
        if not ready:
            ready = [replace(comment, parent="") for comment in waiting]
        margin = _added(margin, homes, seen, ready)
        waiting = [comment for comment in waiting if comment.id not in margin.ids]
    return margin


def _nature(comment: Comment) -> tuple[object, ...]:
    return (comment.author, comment.date, comment.text)


def _added(margin: _Margin, homes: Homes, seen: Comparison, comments: Sequence[Comment]) -> _Margin:
    remarks = []
    rows = _rows(margin.contract)
    for comment in comments:
        place = _in_answer(margin.contract, rows, *_carried(comment, homes, seen.redline.paragraphs), comment.quote)
        remarks.append(Remark(*place, comment.author, comment.text, comment.date, margin.ids.get(comment.parent, "")))
    data = add_comments(margin.data, remarks)
    contract = read(data)
    known = {comment.id for comment in margin.contract.comments}
    fresh = [comment for comment in contract.comments if comment.id not in known]
    ids = dict(margin.ids)
    for comment in comments:
        match = next(one for one in fresh if (one.author, one.text) == (comment.author, comment.text))
        fresh.remove(match)
        ids[comment.id] = match.id
    return _Margin(data, contract, ids)


def _carried(comment: Comment, homes: Homes, shown: Sequence[Paragraph]) -> Range:
    """Where, in the text of the answer, the words stand that a comment is about in the redline that was shown."""
    place, base = _new_place(tuple(shown), comment.paragraph)
    text = [(len(segment.text), segment.kind.in_new) for segment in shown[comment.paragraph].segments]
    start, end = (base + _standing(text, offset) for offset in (comment.start, comment.end))
    found = [(part, first, last) for part, stands in places(homes.paragraphs).items() for side, at, first, last in stands
             if side == "new" and at == place and part in homes.spots and part[1] != MARK and first <= end and start <= last]
    inside = [one for one in found if one[1] < end and start < one[2]] or found
    spots = [_cut(homes.spots[part], start - first, end - first, last - first) for part, first, last in inside]
    if not spots:
        return (0, 0, 0)
    paragraph = spots[0][0]
    same = [spot for spot in spots if spot[0] == paragraph]
    return (paragraph, min(spot[1] for spot in same), max(spot[2] for spot in same))


def _new_place(shown: tuple[Paragraph, ...], paragraph: int) -> tuple[int, int]:
    """(paragraph of the new side, characters of it before this one)."""
    for place, (_, sources) in enumerate(view(shown, "new")):
        if paragraph in sources:
            return place, sum(len(shown[index].side("new")) for index in sources[:sources.index(paragraph)])
    return 0, 0


def _standing(text: Iterable[tuple[int, bool]], offset: int) -> int:
    """How many characters before `offset` stand on the new side."""
    count = 0
    for size, stands in text:
        count += min(size, max(0, offset)) if stands else 0
        offset -= size
    return count


def _cut(spot: Range, start: int, end: int, size: int) -> Range:
    paragraph, first, last = spot
    if last - first != size:
        return spot
    return (paragraph, first + max(0, start), first + min(size, end))


def _reasons(margin: _Margin, homes: Homes, seen: Comparison, reasons: Sequence[Decision], us: Attribution) -> Iterator[Remark]:
    """A comment for each reason, once where it stands for several changes of one paragraph."""
    said: set[tuple[object, ...]] = set()
    rows = _rows(margin.contract)
    changes = {str(change.id): change for change in seen.changes}
    for decision in reasons:
        change = changes.get(str(decision.change))
        spots = [homes.spots[part] for part in homes.parts.get(str(decision.change), ()) if part in homes.spots]
        if change is None or not spots:
            continue
        paragraph = spots[0][0]
        same = [spot for spot in spots if spot[0] == paragraph]
        words = decision.text or change.new_text or change.old_text
        place = _in_answer(margin.contract, rows, paragraph, min(spot[1] for spot in same), max(spot[2] for spot in same), words)
        asked = next((comment for comment in seen.comments if _about(comment, change.spans, seen) and comment.id in margin.ids), None)
        parent = margin.ids[asked.id] if asked else ""
        if (key := (decision.why, parent or place[0])) not in said:
            said.add(key)
            yield Remark(*place, us.author, decision.why, us.date, parent)


def _about(comment: Comment, spans: Iterable[object], seen: Comparison) -> bool:
    """Whether a comment that begins a thread is about the words of a change."""
    from redline.model import Span

    if comment.parent:
        return False
    for span in spans:
        assert isinstance(span, Span)
        if span.paragraph != comment.paragraph:
            continue
        lengths = [len(segment.text) for segment in seen.redline.paragraphs[span.paragraph].segments]
        first, last = sum(lengths[:span.first]), sum(lengths[:span.last])
        if comment.start <= last and first <= comment.end:
            return True
    return False


def _rows(contract: Contract) -> Rows:
    return [rows for _, rows in view(contract.paragraphs, "new")]


def _in_answer(contract: Contract, rows: Rows, paragraph: int, start: int, end: int, words: str) -> Range:
    """A stretch of the text with all accepted, as a range of the document's paragraphs; with what is struck out at its borders.

    Where nothing is left of it, it is the word beside the place.
    """
    sources = rows[min(paragraph, len(rows) - 1)]
    head = words.split("\n")[0].strip()
    found: list[Range] = []
    at = 0
    for index in sources:
        row = contract.paragraphs[index]
        size = len(row.side("new"))
        if at <= end and start <= at + size:
            found.append((index, *_raw(row, start - at, end - at)))
        at += size
    best = [one for one in found if head and head in contract.paragraphs[one[0]].text[one[1]:one[2]]]
    filled = [one for one in found if one[2] > one[1]]
    index, first, last = (best or filled or found or [(sources[-1], 0, 0)])[0]
    return (index, first, last) if last > first else (index, *_word(contract.paragraphs[index].text, first))


def _raw(row: Paragraph, start: int, end: int) -> tuple[int, int]:
    """The widest range of all the text whose borders are `start` and `end` on the new side."""
    borders = [(0, 0)]
    for segment in row.segments:
        new, raw = borders[-1]
        borders.append((new + (len(segment.text) if segment.kind.in_new else 0), raw + len(segment.text)))
    return _at(borders, max(0, start), first=True), _at(borders, min(end, borders[-1][0]), first=False)


def _at(borders: Sequence[tuple[int, int]], offset: int, *, first: bool) -> int:
    exact = [raw for new, raw in borders if new == offset]
    if exact:
        return min(exact) if first else max(exact)
    new, raw = max(border for border in borders if border[0] < offset)
    return raw + offset - new


def _word(text: str, at: int) -> tuple[int, int]:
    """The word at or before a place, else the one after it."""
    start = len(text[:at].rstrip())
    while start and not text[start - 1].isspace():
        start -= 1
    end = max(at, start)
    while end < len(text) and (text[end].isspace() if not text[start:end].strip() else not text[end].isspace()):
        end += 1
    return start, end
