"""The tracked changes of a version as a list to choose from: the id that `resolve` takes, where, what, and whose it is."""

from __future__ import annotations

from collections.abc import Iterator

from redline.render import phrases, wording
from redline.render.blocks import Reading
from redline.render.json import Object
from redline.render.style import Column, Ink, Painter, Run, table
from redline.views import Comparison


def lines(view: Comparison, painter: Painter) -> Iterator[str]:
    """One line a change, in the order of the text; changes of layout after them."""
    yield from painter.wrapped([(phrases.version_name(view.new), Ink.STRONG)])
    reading = Reading(view)
    rows: list[list[Run]] = []
    for change in view.changes:
        who = phrases.listed(map(phrases.person, change.attributions), "; ")
        rows.append([(change.id, Ink.STRONG), (wording.place(change, view) or "the opening", Ink.PLAIN),
                     (wording.words_of(change, view, 44), Ink.PLAIN), (who, Ink.DIM)])
    for one in view.layout:
        rows.append([(one.id, Ink.STRONG), (_where(one.paragraph, reading), Ink.PLAIN), (phrases.layout_words(one), Ink.PLAIN),
                     (phrases.person(one.attribution) if one.attribution else "", Ink.DIM)])
    if rows:
        yield from table(painter, [Column("id"), Column("where", give=True), Column("what", give=True), Column("who", give=True)], rows)
    else:
        yield "no tracked changes in it"


def _where(paragraph: int, reading: Reading) -> str:
    story = reading.view.redline.paragraphs[paragraph].props.story
    return reading.place(paragraph) if story == "body" else phrases.story_name(story)


def decisions(told: Object) -> Object:
    """The same of a document's object: its changes and those of layout alone."""
    kept = ("schema", "file", "changes", "layout")
    return {key: told[key] for key in kept[:1]} | {"kind": "changes"} | {key: told[key] for key in kept[1:]}


