"""What of a file was read, story by story, and what was not: for a person and for a program.

coverage    schema, kind, file · read: [{story, texts, paragraphs, words, tracked, layout, comments}] · not_read: [{part, construct,
            count, note}] · warnings: [{code, message, where}]. `texts` is how many of a kind there are (12 footnotes); words are
            those of the final text; comments count where they hang.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from redline.model import Paragraph
from redline.model import view as side
from redline.render import phrases
from redline.render.json import SCHEMA, Object, coverage_of, notices_of
from redline.render.style import Column, Ink, Painter, Run, table
from redline.views import Comparison

_NAMES = {"body": "text", "header": "headers", "footer": "footers", "footnote": "footnotes", "endnote": "endnotes",
          "textbox": "text boxes", "comment": "comments"}


@dataclass(slots=True)
class Story:
    """What was read of the texts of one kind."""

    kind: str
    texts: int = 0
    paragraphs: int = 0
    words: int = 0
    tracked: int = 0
    layout: int = 0
    comments: int = 0


def stories(view: Comparison) -> tuple[Story, ...]:
    """The figures of one version by itself, the kinds in the order of the document."""
    found: dict[str, Story] = {}
    texts: dict[str, set[str]] = {}

    def of(paragraph: Paragraph) -> Story:
        name = paragraph.props.story.partition(":")[0]
        texts.setdefault(name, set()).add(paragraph.props.story)
        return found.setdefault(name, Story(name))

    paragraphs = view.redline.paragraphs
    for paragraph in paragraphs:
        of(paragraph).paragraphs += 1
    for paragraph, _ in side(paragraphs, "new"):
        of(paragraph).words += len(paragraph.text.split())
    for change in view.changes:
        of(paragraphs[change.spans[0].paragraph]).tracked += 1
    for one in view.layout:
        of(paragraphs[one.paragraph]).layout += 1
    for comment in view.comments:
        if 0 <= comment.paragraph < len(paragraphs):
            of(paragraphs[comment.paragraph]).comments += 1
    if view.comments:
        words = sum(len(comment.text.split()) for comment in view.comments)
        found["comment"] = Story("comment", paragraphs=sum(comment.text.count("\n") + 1 for comment in view.comments), words=words)
        texts["comment"] = {comment.id for comment in view.comments}
    for name, story in found.items():
        story.texts = len(texts[name])
    return tuple(found.values())


def coverage(view: Comparison, file: str) -> Object:
    """The figures as one object."""
    return {
        "schema": SCHEMA, "kind": "coverage", "file": file,
        "read": [{"story": one.kind, "texts": one.texts, "paragraphs": one.paragraphs, "words": one.words, "tracked": one.tracked,
                  "layout": one.layout, "comments": one.comments} for one in stories(view)],
        "not_read": coverage_of(view.coverage), "warnings": notices_of(view.notices),
    }


def lines(view: Comparison, painter: Painter) -> Iterator[str]:
    """The figures as a table, and below it what was not read, one part and construct a line."""
    yield from painter.wrapped([(phrases.version_name(view.new), Ink.STRONG)])
    columns = [Column("read"), *(Column(name, right=True) for name in (
        "paragraphs", "words", "tracked changes", "changes of layout", "comments"))]
    rows: list[list[Run]] = []
    for one in stories(view):
        name = _NAMES.get(one.kind, one.kind)
        figures = (one.paragraphs, one.words, one.tracked, one.layout, one.comments)
        rows.append([(f"{one.texts} {name}" if one.texts > 1 else name.removesuffix("s") if one.kind != "textbox" else "text box",
                      Ink.PLAIN), *((f"{figure:,}" if figure else "–", Ink.PLAIN) for figure in figures)])
    yield from table(painter, columns, rows)
    if not view.coverage:
        yield "Nothing was left unread."
    else:
        yield painter.paint("Not read, or not fully:", Ink.STRONG)
    for gap in view.coverage:
        yield from painter.wrapped([(phrases.coverage_words(gap), Ink.PLAIN)], first="  ", rest="    ")
    for notice in view.notices:
        where = f" ({notice.where})" if notice.where else ""
        yield from painter.wrapped([("! ", Ink.ALARM), (f"{notice.message}{where}", Ink.PLAIN)], rest="  ")
