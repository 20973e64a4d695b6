"""Small pieces of the HTML report. Whatever comes from a document goes through `escaped` or `name_of` and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from redline.model import Attribution, Comment
from redline.render import phrases
from redline.render.blocks import Item
from redline.render.counting import silent
from redline.render.evidence import Piece
from redline.render.lines import INKS, gutter
from redline.render.wording import Hand
from redline.text import safe, safe_line

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def escaped(text: str) -> str:
    """Contract text, a name, a message: safe and escaped."""
    return escape(safe(text), quote=True)


def name_of(text: str) -> str:
    """A name or title in running text, kept apart from the direction of its surroundings."""
    return f"<bdi>{escaped(safe_line(text))}</bdi>"


def matched(pieces: Iterable[Piece]) -> str:
    """Pieces of a killer's story, the words that match marked."""
    return "".join(f"<mark>{escaped(text)}</mark>" if hit else escaped(text) for text, hit in pieces)


def class_of(names: str) -> str:
    return f' class="{names.strip()}"' if names else ""


def lang_of(language: str) -> str:
    return f' lang="{language}"' if _LANGUAGE.fullmatch(language) else ""


def hands_of(hands: Iterable[Hand], names: str = "") -> Iterator[str]:
    """Who made which changes of a paragraph, a line each."""
    for hand in hands:
        if hand.words or hand.who:
            silently = hand.who.startswith(phrases.UNTRACKED)
            alarm = f' <span class="badge">{phrases.UNTRACKED}</span>' if silently else ""
            who = hand.who.removeprefix(phrases.UNTRACKED).lstrip(", ") if silently else hand.who
            parts = [name_of(hand.words) if hand.words else "", alarm, name_of(who) if who else ""]
            yield f"<p{class_of(names)}>{' '.join(part.strip() for part in parts if part)}</p>"


def untracked(one: Attribution | None) -> str:
    return " untracked" if silent((one,) if one else ()) else ""


def comment_of(comment: Comment, replies: str = "") -> str:
    about = f" on {name_of('“' + phrases.clip(comment.quote, 60) + '”')}" if comment.quote and not comment.parent else ""
    when = f", <time>{phrases.day(comment.date)}</time>" if comment.date else ""
    state = " (resolved)" if comment.resolved else ""
    body = f'<p dir="auto">{escaped(comment.text)}</p>{replies}'
    return f'<div class="comment">{name_of(comment.author or "an unnamed author")}{when}{about}{state}{body}</div>'


def sign_of(items: Iterable[Item]) -> str:
    """The gutter sign of a paragraph or of a table."""
    inks = [INKS[segment.kind] for item in items for segment in item.paragraph.segments]
    inks += [INKS[item.paragraph.mark] for item in items]
    return gutter(inks).strip()
