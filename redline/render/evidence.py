"""Why a clause is flagged, in words: the story of the killer, what matches, which figures moved, what others agreed to, what to offer.

Pieces of text come out, each marked where its words match; they are not yet made safe nor escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from redline.render.phrases import clip, day, listed
from redline.views import Agreed, Evidence, Flag, FlagKind

Piece = tuple[str, bool]
"""A text, and whether it says the same here and in the killer."""

_MARGIN = 40
_GAP = 120
_FAVOUR = {"ours": "in our favour", "theirs": "in their favour", "": "not comparable"}


def how_sure(evidence: Evidence) -> str:
    """"worse figures, 93 % alike, found by its words"."""
    route = {"text": "found by its words", "kind": "found by what it is about"}.get(evidence.route, "")
    return listed([evidence.verdict, f"{round(evidence.score * 100)} % alike" if evidence.verdict else "", route])


def facts(flag: Flag) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    """What there is to say of a killer below its first line, as (name, pieces)."""
    evidence = flag.evidence
    if evidence is None:
        return
    if flag.kind is FlagKind.RELIEF:
        yield "was", plain(f"“{clip(evidence.here or evidence.text, 200)}”")
        return
    yield from told(evidence, flag.message)


def told(evidence: Evidence, otherwise: str = "") -> Iterator[tuple[str, tuple[Piece, ...]]]:
    """The same for a killer's evidence alone."""
    sure = how_sure(evidence)
    why = listed([evidence.why or otherwise, f"({sure})" if sure else ""], " ")
    here, then = alignment(evidence)
    rows = [("why", plain(why)), ("fine", plain(evidence.dismissed)), ("here", here), ("then", then), ("figures", plain(figures(evidence)))]
    rows += [("others agreed", plain(agreement(one))) for one in evidence.agreed]
    rows.append(("offer instead", plain(evidence.offer)))
    yield from ((name, pieces) for name, pieces in rows if any(text for text, _ in pieces))


def figures(evidence: Evidence) -> str:
    """"90 days here, 30 days then: in their favour"; "" where none differ."""
    return "; ".join(f"{now} here, {was} then: {_FAVOUR.get(favour, favour)}" for now, was, favour in evidence.figures if now != was)


def agreement(one: Agreed) -> str:
    """"Acme and Gamma (acme@4, 2026-02-03): our own wording “…”"."""
    deals = listed(one.deals[:4]) + (f" and {len(one.deals) - 4} more" if len(one.deals) > 4 else "")
    where = listed([one.address, one.label, day(one.date)])
    return f"{deals} ({where}): {'our own wording ' if one.ours else ''}“{clip(one.text, 200)}”"


def plain(text: str) -> tuple[Piece, ...]:
    """A text in which nothing is marked."""
    return ((text, False),) if text else ()


def alignment(evidence: Evidence) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The clause here and the killer's, quoted, the words that say the same marked in both."""
    here = _quoted(evidence.here, (theirs for theirs, _ in evidence.spans))
    then = _quoted(evidence.text, (its for _, its in evidence.spans))
    return here, then


def _quoted(text: str, ranges: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    if not text.strip():
        return ()
    return (("“", False), *marked(text, ranges), ("”", False))


def marked(text: str, ranges: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    """A text on one line with ranges marked; what stands far from any of them is left out, and so is the end of a long one with none."""
    spans = _joined(sorted((max(0, start), min(end, len(text))) for start, end in ranges), text)
    if not spans:
        return plain(clip(text, 2 * _GAP))
    out: list[Piece] = []
    at = 0
    for start, end in spans:
        out.append((_between(text[at:start], first=not at), False))
        out.append((_line(text[start:end]), True))
        at = end
    out.append((_tail(text[at:]), False))
    return tuple(piece for piece in out if piece[0])


def _joined(spans: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Ranges without overlaps, those joined between which only blanks stand."""
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out and (start <= out[-1][1] or not text[out[-1][1]:start].strip()):
            out[-1] = out[-1][0], max(end, out[-1][1])
        elif start < end:
            out.append((start, end))
    return out


def _line(text: str) -> str:
    """One line: runs of blanks as one, at the ends too."""
    words = " ".join(text.split())
    return (" " if text[:1].isspace() else "") + words + (" " if words and text[-1:].isspace() else "")


def _between(text: str, *, first: bool) -> str:
    if first:
        return _line(text).lstrip() if len(text) <= 2 * _MARGIN else "… " + _line(text[-_MARGIN:]).lstrip()
    return _line(text) if len(text) <= _GAP else f"{_line(text[:_MARGIN]).rstrip()} … {_line(text[-_MARGIN:]).lstrip()}"


def _tail(text: str) -> str:
    return _line(text).rstrip() if len(text) <= 2 * _MARGIN else _line(text[:_MARGIN]).rstrip() + " …"
