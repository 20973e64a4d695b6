"""A copy of a version for ourselves: its Word file with a comment on every clause that is a killer.

The comments are signed with a name of their own, by which they are known again: a file that carries one is never sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from redline.desk import documents
from redline.desk.agreed import with_agreed
from redline.desk.killerflags import killer_flags
from redline.desk.library import matcher
from redline.desk.own import own_clauses
from redline.desk.scrubbing import FLAGS_AUTHOR
from redline.model import Paragraph, Redline
from redline.render import evidence, phrases
from redline.views import Flag, FlagKind

if TYPE_CHECKING:
    from redline.desk.desk import Desk
    from redline.word.remarks import Remark

INTERNAL = "For us only: redline refuses to send a file with this comment."


def flagged(desk: Desk, address: str) -> tuple[bytes, int]:
    """The bytes of a version's Word file with its flags as comments, and how many there are. DocumentError for a file that is refused."""
    from redline.desk.redlining import content
    from redline.word.read import read
    from redline.word.remarks import add_comments

    version = documents.load(desk, address)
    data = content(desk, version)
    paragraphs = read(data, version.info.title).paragraphs
    found = list(killer_flags(matcher(desk), Redline(paragraphs), lambda: own_clauses(desk, version), alone=True))
    shown = [flag for flag in with_agreed(desk, found, version) if flag.kind is FlagKind.KILLER and flag.code != "dismissed"]
    remarks = [_remark(flag, paragraphs) for flag in shown]
    return add_comments(data, remarks, version.info.title), len(remarks)


def _remark(flag: Flag, paragraphs: Sequence[Paragraph]) -> Remark:
    from redline.word.remarks import Remark

    here = [(start, end) for (paragraph, start, end), _ in (flag.evidence.words if flag.evidence else ()) if paragraph == flag.paragraph]
    paragraph = paragraphs[flag.paragraph]
    first = min((start for start, _ in here), default=0)
    last = max((end for _, end in here), default=len(paragraph.side("new")))
    return Remark(flag.paragraph, _offset(paragraph, first, after=False), _offset(paragraph, last, after=True), FLAGS_AUTHOR,
                  "\n".join(_lines(flag)))


def _lines(flag: Flag) -> Iterator[str]:
    own = " (stands in our own base)" if flag.own else ""
    yield f"KILLER{own}: {phrases.flag_text(flag)}"
    for name, pieces in evidence.facts(flag):
        if name not in ("here",):
            yield f"{name}: " + "".join(text for text, _ in pieces)
    yield INTERNAL


def _offset(paragraph: Paragraph, place: int, *, after: bool) -> int:
    """A place on the new side as one in all the text of the paragraph; `after` stays behind the character before it."""
    offset = 0
    for segment in paragraph.segments:
        size = len(segment.text)
        if segment.kind.in_new:
            if place < size or (after and place == size):
                return offset + place
            place -= size
        offset += size
    return offset
