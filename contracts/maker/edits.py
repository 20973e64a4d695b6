"""Lays edits over a document as a person would in Word: tracked under a name and a date, or silently.

An edit is one table of a TOML list. Its words are looked for in the text as it reads with all changes accepted, and
must be found exactly once, in the paragraph `in` (an anchor) or, without it, in the whole document.

    replace, with · delete · insert, after|before · embolden · italicise    words inside a paragraph
    add, after · strike · move, after · split_before · join                 whole paragraphs
    add_row, after_row · strike_row                                         table rows
    comment, on, name · reply, to · resolve                                 comments
    silent = true                                                           done with tracking off
    typed = true     an `add` made with Enter at the end of the clause before, whose mark is then the inserted one
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from contracts.maker import SourceError
from contracts.maker.labels import references
from contracts.maker.model import Comment, Doc, Look, Para, Row, Span, Stamp, Table, Tracks
from contracts.maker.notation import read_cells, read_inline, read_paragraph

Box = list[Para | Table] | list[Para]
Words = dict[str, str | list[str] | bool]


@dataclass
class Person:
    """Somebody who edits: each of their edits is dated some minutes after the one before."""

    name: str
    initials: str
    clock: datetime

    def tick(self) -> str:
        """The time of the next edit."""
        now, self.clock = self.clock, self.clock + timedelta(minutes=4)
        return now.strftime("%Y-%m-%dT%H:%M:%SZ")


class Editor:
    """One document under edit; `edit` applies one entry of a list of edits to it."""

    def __init__(self, doc: Doc, people: dict[str, Person], where: str) -> None:
        self.doc, self.people, self.where = doc, people, where
        self.stamp: Stamp | None = None
        self.count = 0
        self.doing: dict[str, Callable[[Words], None]] = {
            "replace": self._replace,
            "delete": self._delete,
            "insert": self._insert,
            "embolden": self._embolden,
            "italicise": self._italicise,
            "add": self._add,
            "strike": self._strike,
            "move": self._move,
            "split_before": self._split,
            "join": self._join,
            "add_row": self._add_row,
            "strike_row": self._strike_row,
            "comment": self._comment,
            "reply": self._reply,
            "resolve": self._resolve,
        }

    def edit(self, words: Words) -> None:
        """Applies one edit; raises SourceError when its words do not fit the document."""
        self.count += 1
        verbs = [verb for verb in self.doing if verb in words]
        if len(verbs) != 1:
            raise self._wrong(f"one verb wanted, found {verbs or sorted(words)}")
        person = self.people[_text(words, "by")]
        name = f"{self.where}/{words.get('id', self.count)}"
        self.stamp = None if words.get("silent") else Stamp(person.name, person.tick(), name)
        self.doing[verbs[0]](words)

    def _wrong(self, why: str) -> SourceError:
        return SourceError(f"{self.where}, edit {self.count}: {why}")

    # Finding places

    def _holder(self, anchor: str) -> tuple[Box, Para]:
        found = [(box, para) for box, para in self.doc.placed() if anchor in para.anchors and not para.mark.moved_from]
        if len(found) != 1:
            raise self._wrong(f"anchor [{anchor}] found {len(found)} times")
        return found[0]

    def _find(self, text: str, words: Words) -> tuple[Para, int, int]:
        paras = [self._holder(_text(words, "in"))[1]] if "in" in words else list(self.doc.paras())
        hits = [(para, para.live_text().find(text)) for para in paras for _ in range(para.live_text().count(text))]
        if len(hits) != 1:
            raise self._wrong(f"“{text}” found {len(hits)} times")
        para, start = hits[0]
        return para, start, start + len(text)

    def _row(self, text: str) -> tuple[Table, Row]:
        hits = [(table, row) for table, row in self.doc.rows() if any(text in para.live_text() for cell in row.cells for para in cell)]
        if len(hits) != 1:
            raise self._wrong(f"a row with “{text}” found {len(hits)} times")
        return hits[0]

    # Words inside a paragraph

    def _replace(self, words: Words) -> None:
        para, start, end = self._find(_text(words, "replace"), words)
        first, last = cut(para, start), cut(para, end)
        look = next((s.look for s in para.spans[first:last] if not s.tracks.leaves and s.kind == "text"), Look())
        size = len(para.spans)
        self._take(para, first, last)
        self._put(para, last - (size - len(para.spans)), _text(words, "with"), look)

    def _delete(self, words: Words) -> None:
        para, start, end = self._find(_text(words, "delete"), words)
        first = cut(para, start)
        self._take(para, first, cut(para, end))

    def _insert(self, words: Words) -> None:
        side = "after" if "after" in words else "before"
        para, start, end = self._find(_text(words, side), words)
        at = cut(para, end if side == "after" else start)
        near = [s for s in (para.spans[:at] if side == "after" else para.spans[at:]) if s.kind == "text"]
        self._put(para, at, _text(words, "insert"), near[-1 if side == "after" else 0].look)

    def _take(self, para: Para, first: int, last: int) -> None:
        """Deletes the live spans in a range; one's own fresh insertion simply goes."""
        para.spans[first:last] = self._taken(para.spans[first:last])

    def _taken(self, spans: Iterable[Span]) -> list[Span]:
        out = []
        for span in spans:
            own = span.tracks.ins is not None and self.stamp is not None and span.tracks.ins.author == self.stamp.author
            if span.tracks.leaves or span.kind in ("open", "close"):
                out.append(span)
            elif self.stamp is not None and not own:
                out.append(replace(span, tracks=replace(span.tracks, dele=self.stamp)))
        return out

    def _put(self, para: Para, at: int, text: str, look: Look) -> None:
        marked = "**" in text or "__" in text
        inside = para.spans[at - 1].tracks.ins if at and self.stamp is None else None
        tracks = Tracks(ins=self.stamp or inside)
        fresh = [replace(s, tracks=tracks, look=s.look if marked else look) for s in self._filled(read_inline(text))]
        para.spans[at:at] = fresh

    def _filled(self, spans: list[Span]) -> list[Span]:
        shown = references(self.doc)
        return [replace(s, text=shown[s.target]) if s.kind == "ref" and not s.text else s for s in spans]

    def _embolden(self, words: Words) -> None:
        self._format(_text(words, "embolden"), words, lambda look: replace(look, bold=True))

    def _italicise(self, words: Words) -> None:
        self._format(_text(words, "italicise"), words, lambda look: replace(look, italic=True))

    def _format(self, text: str, words: Words, change: Callable[[Look], Look]) -> None:
        para, start, end = self._find(text, words)
        first = cut(para, start)
        last = cut(para, end)
        for at in range(first, last):
            span = para.spans[at]
            was = (span.look, self.stamp) if self.stamp is not None else None
            para.spans[at] = replace(span, look=change(span.look), was=was)

    # Whole paragraphs

    def _add(self, words: Words) -> None:
        box, para = self._holder(_text(words, "after"))
        fresh = [read_paragraph(line) for line in _list(words, "add")]
        for new in fresh:
            new.spans = [replace(s, tracks=Tracks(ins=self.stamp)) for s in self._filled(new.spans)]
            new.mark = Tracks(ins=self.stamp)
        if words.get("typed"):
            if any(new.kind != para.kind for new in fresh):
                raise self._wrong("typed paragraphs are of the kind of the one before them")
            para.mark, fresh[-1].mark = Tracks(ins=self.stamp), para.mark
        put_after(box, para, fresh)

    def _strike(self, words: Words) -> None:
        for anchor in _list(words, "strike"):
            box, para = self._holder(anchor)
            if self.stamp is None:
                del box[place(box, para)]
                continue
            self._strike_para(para)

    def _strike_para(self, para: Para) -> None:
        para.spans = self._taken(para.spans)
        para.mark = replace(para.mark, dele=self.stamp)

    def _move(self, words: Words) -> None:
        box, goal = self._holder(_text(words, "after"))
        fresh = []
        for anchor in _list(words, "move"):
            old_box, para = self._holder(anchor)
            new = copy.deepcopy(para)
            if self.stamp is None:
                del old_box[place(old_box, para)]
            else:
                para.spans = [replace(s, tracks=replace(s.tracks, moved_from=self.stamp)) for s in para.spans]
                para.mark = replace(para.mark, moved_from=self.stamp)
                new.spans = [replace(s, tracks=replace(s.tracks, moved_to=self.stamp)) for s in new.spans]
                new.mark = replace(new.mark, moved_to=self.stamp)
            fresh.append(new)
        put_after(box, goal, fresh)

    def _split(self, words: Words) -> None:
        para, start, _ = self._find(_text(words, "split_before"), words)
        box = next(b for b, p in self.doc.placed() if p is para)
        at = cut(para, start)
        rest = Para(para.kind, para.spans[at:], [], para.mark)
        para.spans, para.mark = para.spans[:at], Tracks(ins=self.stamp)
        if para.live_text().endswith(" "):
            end = len(para.live_text())
            self._take(para, cut(para, end - 1), len(para.spans))
        put_after(box, para, [rest])

    def _join(self, words: Words) -> None:
        _, para = self._holder(_text(words, "join"))
        self._put(para, len(para.spans), " ", Look())
        para.mark = replace(para.mark, dele=self.stamp)

    # Rows

    def _add_row(self, words: Words) -> None:
        table, row = self._row(_text(words, "after_row"))
        new = read_cells(_text(words, "add_row"))
        if len(new.cells) != len(table.widths):
            raise self._wrong(f"{len(new.cells)} cells under {len(table.widths)} columns")
        new.tracks = Tracks(ins=self.stamp)
        for cell in new.cells:
            for para in cell:
                para.spans = [replace(s, tracks=Tracks(ins=self.stamp)) for s in para.spans]
                para.mark = Tracks(ins=self.stamp)
        table.rows.insert(next(i for i, r in enumerate(table.rows) if r is row) + 1, new)

    def _strike_row(self, words: Words) -> None:
        table, row = self._row(_text(words, "strike_row"))
        if self.stamp is None:
            table.rows[:] = [r for r in table.rows if r is not row]
            return
        row.tracks = replace(row.tracks, dele=self.stamp)
        for cell in row.cells:
            for para in cell:
                self._strike_para(para)

    # Comments

    def _comment(self, words: Words) -> None:
        para, start, end = self._find(_text(words, "on"), words)
        name = _text(words, "name")
        if any(c.name == name for c in self.doc.comments):
            raise self._wrong(f"comment {name} is there already")
        first = cut(para, start)
        last = cut(para, end)
        para.spans.insert(last, Span("", kind="close", target=name))
        para.spans.insert(first, Span("", kind="open", target=name))
        self._remember(words, _text(words, "comment"), name, "")

    def _reply(self, words: Words) -> None:
        parent = _text(words, "to")
        if not any(c.name == parent for c in self.doc.comments):
            raise self._wrong(f"no comment {parent} to reply to")
        self._remember(words, _text(words, "reply"), f"{parent}.{len(self.doc.comments)}", parent)

    def _remember(self, words: Words, text: str, name: str, parent: str) -> None:
        if self.stamp is None:
            raise self._wrong("a comment always has an author and a date")
        person = self.people[_text(words, "by")]
        thread = [c.date for c in self.doc.comments if parent and parent in (c.name, c.parent)]
        date = _after(max(thread), self.stamp.date) if thread else self.stamp.date
        new = Comment(name, person.name, person.initials, date, text, parent)
        last = max(
            (i for i, c in enumerate(self.doc.comments) if parent and parent in (c.name, c.parent)),
            default=len(self.doc.comments) - 1,
        )
        self.doc.comments.insert(last + 1, new)

    def _resolve(self, words: Words) -> None:
        name = _text(words, "resolve")
        if all(c.name != name for c in self.doc.comments):
            raise self._wrong(f"no comment {name} to resolve")
        self.doc.comments = [replace(c, done=c.done or name in (c.name, c.parent)) for c in self.doc.comments]


def _after(earlier: str, date: str) -> str:
    """`date`, or an hour after `earlier` when that is later: nobody answers what is not yet written."""
    late = datetime.strptime(earlier, "%Y-%m-%dT%H:%M:%SZ") + timedelta(hours=1)
    return max(date, late.strftime("%Y-%m-%dT%H:%M:%SZ"))


def cut(para: Para, offset: int) -> int:
    """Parts the span that holds `offset` (counted in live text) there; the index at which the second part begins."""
    seen = 0
    for at, span in enumerate(para.spans):
        if seen == offset:
            return at
        if span.tracks.leaves:
            continue
        size = len(span.text)
        if seen + size > offset:
            if span.kind == "ref":
                raise SourceError(f"an edit ends inside the cross-reference {span.text!r}")
            para.spans[at : at + 1] = [
                replace(span, text=span.text[: offset - seen]),
                replace(span, text=span.text[offset - seen :]),
            ]
            return at + 1
        seen += size
    return len(para.spans)


def put_after(box: Box, para: Para, fresh: list[Para]) -> None:
    """Puts paragraphs behind `para` in the list that holds it."""
    at = place(box, para)
    box[at + 1 : at + 1] = fresh


def place(box: Box, para: Para) -> int:
    """Where a paragraph stands in the list that holds it (the very same one, not one with equal words)."""
    return next(at for at, block in enumerate(box) if block is para)


def _text(words: Words, key: str) -> str:
    value = words.get(key)
    if not isinstance(value, str):
        raise SourceError(f"an edit needs the text “{key}”: {words}")
    return value


def _list(words: Words, key: str) -> list[str]:
    value = words.get(key)
    return value if isinstance(value, list) else [_text(words, key)]
