"""Where the parts of a contract begin that no number announces: parties, recitals, definitions, signatures.

Works on the lines of one side of one text, in order, with what is known of each: label, depth, table cell. The words are those of
`drafting`; here is where they count. Parties and recitals stand before the first term; a signature block needs lines to sign on;
an unnumbered definition needs a term and a verb, or a definitions clause around it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from redline.model import Cell, Props
from redline.text import fold, safe_line

from . import drafting
from .drafting import ClauseKind
from .languages import script
from .lines import Line
from .terms import bare, opens_terms

_FRONT = 150
"""Lines with text in which the first term is looked for; a cover has fewer."""

_REACH = 30
"""Lines with text within which what is to be signed follows the words that lead to it."""

_COVER = 16
"""Lines with text between a party's name on the cover and the parties block."""

_COVERED = re.compile(r"\(\w{1,4}\)")
_NUMBERED_PARTY = re.compile(r"\(\w{1,4}\)|\w\)|\d{1,2}\.?|[A-ZА-Я]\.")


@dataclass(frozen=True, slots=True)
class Part:
    """What begins at a line, and what to call it. Without a kind nothing of its own does:
    a party "(1)" stands within the parties, a second signatory's heading within the signatures. What is on the `cover` belongs to
    the opening, whatever number it has.
    """

    kind: ClauseKind | None
    heading: str = ""
    cover: bool = False


def parts(lines: Sequence[Line]) -> dict[int, Part]:
    """What begins at which paragraph of a body, by paragraph index; definitions are found on the way (`definition`)."""
    filled = [line for line in lines if line.filled]
    front = filled[:_front(filled)]
    found = _front_parts(front)
    found.update(_signatures(filled))
    return found


def _front(lines: Sequence[Line]) -> int:
    """How many lines stand before the first term: the first number that is not a party's or a recital's."""
    named = False
    for place, line in enumerate(lines[:_FRONT]):
        named = named or _is_front(line.text)
        if line.props.level is None or not line.props.label or _is_front(line.text) or (not named and _on_cover(lines, place)):
            continue
        if not (named and not line.props.heading and _NUMBERED_PARTY.fullmatch(line.props.label) and _before_terms(lines, place)):
            return place
    return min(len(lines), _FRONT)


def _is_front(text: str) -> bool:
    return (drafting.names_parties(text) or drafting.says_between(text) or drafting.opens_recitals(text)
            or drafting.introduces_parties(text))


def _on_cover(lines: Sequence[Line], place: int) -> bool:
    """Whether a numbered line is a party's name on the cover: the parties block comes soon, and nothing else is numbered before it."""
    for line in lines[place:place + _COVER]:
        if drafting.names_parties(line.text) or drafting.says_between(line.text):
            return True
        if line.props.level is not None and line.props.label and not (_COVERED.fullmatch(line.props.label) and len(line.text) <= 80):
            return False
    return False


def _before_terms(lines: Sequence[Line], place: int) -> bool:
    """Whether more of the front, or the first term's heading, follows a numbered line soon: so it is a party or a recital."""
    label = lines[place].props.label
    if "(" in label or label.isalpha():
        return True
    return any(drafting.opens_recitals(line.text) or opens_terms(line.text) for line in lines[place + 1:place + 12])


def _front_parts(front: Sequence[Line]) -> dict[int, Part]:
    found: dict[int, Part] = {}
    cover: list[Line] = []
    start = _parties(front)
    if start is not None:
        line = front[start]
        found[line.index] = Part(ClauseKind.PARTIES, _said(line) if drafting.names_parties(line.text)
                                 else _name(line.text, "Parties", "Стороны"))
        cover = [line for line in front[:start] if line.props.level is not None]
    recitals = next((line for place, line in enumerate(front) if place != start and drafting.opens_recitals(line.text)), None)
    if recitals is None and start is not None:
        recitals = next((line for line in front[start + 1:] if line.props.label in ("(A)", "A.", "(А)", "А.")), None)
    if recitals is not None:
        found[recitals.index] = Part(ClauseKind.RECITALS, _said(recitals) if drafting.heads_recitals(recitals.text)
                                     else _name(recitals.text, "Recitals", "Преамбула"))
    if found:
        first = min(found)
        found.update({line.index: Part(None) for line in front if line.index > first and line.index not in found
                      and line.props.level is not None and (line.props.label or opens_terms(line.text))})
    if any(_COVERED.fullmatch(line.props.label) for line in cover):
        found.update({line.index: Part(None, cover=True) for line in cover if line.index not in found})
    return found


def _parties(front: Sequence[Line]) -> int | None:
    """The line with which the parties block begins: its heading, else the sentence that names them, or the "BETWEEN" above."""
    head = next((place for place, line in enumerate(front) if drafting.names_parties(line.text)), None)
    if head is not None:
        return head
    sentence = next((place for place, line in enumerate(front) if drafting.introduces_parties(line.text)
                     and not drafting.opens_recitals(line.text) and not _on_form(front, place)), None)
    between = next((place for place, line in enumerate(front) if drafting.says_between(line.text)), None)
    if between is None or sentence is None:
        return between if sentence is None else sentence
    cover = any(bare(line.text) in ("and", "и", "a") for line in front[between:sentence])
    return sentence if sentence < between or (cover and sentence > between + 3) else between


def _on_form(lines: Sequence[Line], place: int) -> bool:
    """Whether a line stands in a table that is no bilingual text: a cover page speaks about the parties, it does not name them."""
    cell = lines[place].props.cell
    if cell is None:
        return False
    around = lines[max(0, place - 12):place + 12]
    others = [line for line in around if line.props.cell and (line.props.cell.table, line.props.cell.row) == (cell.table, cell.row)
              and line.props.cell.column != cell.column]
    return all(script(line.text) == script(lines[place].text) for line in others)


def _signatures(lines: Sequence[Line]) -> dict[int, Part]:
    """Where signature blocks begin: at their heading or the words that lead to them, else at the lines to sign on."""
    cues = [place for place, line in enumerate(lines) if drafting.signature_line(line.text)]
    found: dict[int, Part] = {}
    taken = -1
    for place in cues:
        if place <= taken:
            continue
        start = _led(lines, place, taken)
        if start is None and not found:
            start = _unled(lines, place)
        if start is None:
            continue
        last = _block_end(lines, place, cues)
        line = lines[start]
        found[line.index] = Part(ClauseKind.SIGNATURE, _said(line) if drafting.heads_signatures(line.text)
                                 else _name(line.text, "Signatures", "Подписи сторон"))
        found.update({line.index: Part(None) for line in lines[start + 1:last + 1]
                      if line.props.level is not None and not line.props.label})
        following = _following(lines, last)
        if following is not None:
            found[following.index] = Part(ClauseKind.CLAUSE, safe_line(following.text) if len(following.text) <= 80 else "")
        taken = last
    if not found:
        found = _bare_block(lines)
    headed = (line for line in lines if line.props.heading and drafting.heads_signatures(line.text)
              and (not line.props.label or drafting.lists_details(line.text)))
    return {**{line.index: Part(ClauseKind.SIGNATURE, _said(line)) for line in headed}, **found}


def _led(lines: Sequence[Line], place: int, floor: int) -> int | None:
    """The heading or the leading sentence above a line to sign on: the highest of those that stand together."""
    start = None
    for above in range(place, max(floor, place - _REACH), -1):
        line = lines[above]
        if drafting.heads_signatures(line.text) and not _own_cue(line):
            return next((at for at in range(max(0, above - 6), above)
                         if _beside(lines[at], line) and drafting.heads_signatures(lines[at].text)), above)
        if drafting.opens_signatures(line.text) and (line.props.level is None or not line.props.label):
            start = above
        elif above < place and line.props.level is not None and line.props.label and not drafting.signatory_line(line.text):
            break
    return start


def _beside(one: Line, other: Line) -> bool:
    """Whether two lines stand in one row."""
    here, there = one.props.cell, other.props.cell
    return here is not None and there is not None and (here.table, here.row) == (there.table, there.row)


def _own_cue(line: Line) -> bool:
    """A cell "Signature" beside which one signs is no heading."""
    return drafting.signature_line(line.text) and not line.props.heading


def _unled(lines: Sequence[Line], place: int) -> int | None:
    """Lines to sign on without a word before them: the first of their table, or of the short lines around them."""
    around = lines[place + 1:place + 12]
    if not any(drafting.signatory_line(line.text) for line in around):
        return None
    cell = lines[place].props.cell
    start = place
    while start > 0:
        above = lines[start - 1]
        if cell is not None:
            if above.props.cell is None or above.props.cell.table != cell.table:
                break
        elif above.props.cell is not None or len(above.text) > 80 or above.props.label or place - start > 4:
            break
        start -= 1
    return start


def _bare_block(lines: Sequence[Line]) -> dict[int, Part]:
    """Blanks to sign on that nothing leads to, at the end of the clauses: "________" over a name, "Name: ____ Title: ____"."""
    numbered = [place for place, line in enumerate(lines) if line.props.level is not None and line.props.label]
    schedules = [place for place in numbered if drafting.is_schedule(lines[place].props.label, "")]
    schedules += [place for place, line in enumerate(lines) if drafting.attached(line.text)]
    stop = min(schedules, default=len(lines))
    floor = max((place for place in numbered if place < stop), default=stop)
    tail = lines[floor + 1:stop]
    if any(line.props.level is not None and drafting.is_schedule("", line.text) for line in tail):
        return {}
    cue = next((place for place in range(floor + 1, stop) if _blank(lines[place:stop])), None)
    if cue is None or stop - cue > _REACH or any(len(line.text) > 400 for line in lines[cue:stop]):
        return {}
    start = cue
    while start - 1 > floor and cue - start < 4 and _leads_in(lines[start - 1]):
        start -= 1
    found = {line.index: Part(None) for line in lines[start + 1:stop] if line.props.level is not None}
    if any(line.props.level is not None for line in lines[floor + 1:start]):
        return {}
    return {**found, lines[start].index: Part(ClauseKind.SIGNATURE, _name(lines[start].text, "Signatures", "Подписи сторон"))}


def _blank(lines: Sequence[Line]) -> bool:
    """Whether the first of some lines leaves a blank for a signature, or for who signs as what."""
    head = lines[0].text
    if drafting.blank_line(head):
        return len(lines) > 1 and len(lines[1].text) <= 80
    asked = frozenset[str]().union(*(drafting.asked_of_signatory(line.text) for line in lines[:4]))
    return bool(drafting.asked_of_signatory(head)) and len(asked) > 1


def _leads_in(line: Line) -> bool:
    """Whether a line above a blank is place and date, or who signs: short, and no sentence."""
    return len(line.text) <= 80 and line.text.rstrip()[-1:] not in (".", ";") and not (line.props.label and line.props.level is not None)


def _block_end(lines: Sequence[Line], place: int, cues: Sequence[int]) -> int:
    """The last line to sign on that belongs to the same block."""
    last = place
    for cue in cues[bisect_right(cues, place):]:
        if cue > last + 14 or any(line.props.label and line.props.level is not None for line in lines[last + 1:cue]):
            break
        last = cue
    return last


def _following(lines: Sequence[Line], last: int) -> Line | None:
    """The line after a block where another document without a number begins: the next cover page, the next form."""
    cell = lines[last].props.cell
    at = last + 1
    while at < len(lines) and (_same_table(lines[at].props, cell) or (at <= last + 4 and _trails(lines[at]))):
        at += 1
    rest = lines[at:at + 8]
    if len(rest) < 8 or any(line.props.level is not None for line in rest):
        return None
    return rest[0]


def _same_table(props: Props, cell: Cell | None) -> bool:
    return cell is not None and props.cell is not None and props.cell.table == cell.table


def _trails(line: Line) -> bool:
    """Whether a line after the last one to sign on still belongs to the signatory."""
    return line.props.cell is None and (drafting.signatory_line(line.text) or (len(line.text) <= 60 and line.text[:1] in "\t _["))


def _said(line: Line) -> str:
    """A line as a heading."""
    return safe_line(line.text).strip(" :")


def _name(text: str, english: str, russian: str) -> str:
    letters = fold(text[:400])
    cyrillic = sum("а" <= char <= "я" for char in letters)
    return russian if cyrillic * 2 > sum(char.isalpha() for char in letters) else english
