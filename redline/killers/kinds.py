"""Which kinds of clause a text holds, by the turns of phrase that contract law has for them, in English and Russian.

The table is kinds.txt; its head explains its lines. A kind is judged sentence by sentence: points add up within one,
the best sentence counts. Nothing here is learned from samples, and nothing knows any killer.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from redline.killers.concepts import Segment

_ENOUGH = 3.0
_MOST = 4.0
_VETO = -5.0
"""Points from which down a cue turns the kind round: what is denied is not granted."""
_IDLE = re.compile(r"\bwhereas\b|\bto (?:the|its|their|our) (?:best )?(?:of (?:its|the|their) )?knowledge\b")
"""A recital or a statement of what somebody knows binds nobody."""
_GAP = 8
_ANYWHERE = 1 << 30
_EVERYWHERE = frozenset(
    re.findall(
        r"\S+",
        "not no never may shall will be of to any all for by without is are at it its their our other part* must can a the in on as or "
        "не без за в на по из если",
    )
)
"""Forms that nearly every sentence holds: a cue is looked up by another of its items."""


class Evidence(NamedTuple):
    """How strongly a text is of a kind (1: certain), and the segments that say so (`last` exclusive)."""

    strength: float
    first: int
    last: int


class _Item(NamedTuple):
    """One place of a cue: the bit of its first word, how far on it may stand, and its forms of several words (`single`: it has
    forms of one word too).
    """

    bit: int
    reach: int
    single: frozenset[str]
    several: tuple[tuple[str, ...], ...]


class _Cue(NamedTuple):
    kind: str
    points: float
    said: bool
    needs: int
    items: tuple[_Item, ...]
    absent: int


@dataclass(slots=True)
class _Table:
    exact: dict[str, int] = field(default_factory=dict)
    prefix: dict[str, int] = field(default_factory=dict)
    anchored: dict[int, list[_Cue]] = field(default_factory=dict)
    bits: dict[str, int] = field(default_factory=dict)
    longest: int = 0
    usual: set[str] = field(default_factory=set)


def usual(kind: str) -> bool:
    """Whether most contracts have a clause of this kind, so that the kind alone is no alarm."""
    return kind in _table().usual


def kinds(text: str, parts: Sequence[Segment], *, note: bool = False) -> dict[str, Evidence]:
    """The kinds of a text, given its segments. `note`: it is a person's short note or query, not contract text."""
    best: dict[str, Evidence] = {}
    for first, last in _sentences(text, parts):
        for kind, points in _points([word for part in parts[first:last] for word in part.words], note).items():
            strength = min(_MOST, points / _ENOUGH)
            if strength > 0 and (kind not in best or strength > best[kind].strength):
                best[kind] = Evidence(strength, first, last)
    return best


def _sentences(text: str, parts: Sequence[Segment]) -> Iterator[tuple[int, int]]:
    """Runs of segments up to a full stop: list items belong to the words that lead them in. At most eight make one."""
    first = 0
    for index, part in enumerate(parts):
        stop = text[max(part.start, part.end - 3) : part.end + 1].rstrip("\"'”»)] \n\t")[-1:] in (".", "!", "?")
        if stop or index - first >= 7 or index + 1 == len(parts):
            yield first, index + 1
            first = index + 1


def _points(words: Sequence[str], note: bool) -> Mapping[str, float]:
    table = _table()
    words = _joined(words)
    if not note and _IDLE.search(" ".join(words)):
        return {}
    masks = [_items(word) for word in words]
    held = 0
    for mask in masks:
        held |= mask
    found: dict[str, float] = {}
    for bit in _bits(held):
        for cue in table.anchored.get(bit, ()):
            if cue.needs & held != cue.needs or cue.absent & held or (cue.said and not note):
                continue
            if _stands(cue.items, 0, words, masks, 0):
                found[cue.kind] = found.get(cue.kind, 0.0) + (cue.points if cue.points > _VETO else -math.inf)
    return found


def _stands(items: Sequence[_Item], number: int, words: Sequence[str], masks: Sequence[int], start: int) -> bool:
    """Whether the items from a number on stand in the words from `start` on. What may follow anywhere is looked for once, after the
    first place.
    """
    item = items[number]
    for at in range(start, min(len(words), start + item.reach)):
        if not masks[at] & item.bit:
            continue
        ends = [at + len(form) for form in item.several if _is(form, words[at : at + len(form)])]
        if not item.several or any(_word(form, words[at]) for form in item.single):
            ends.append(at + 1)
        if number + 1 == len(items) and ends:
            return True
        if any(_stands(items, number + 1, words, masks, end) for end in ends):
            return True
        if ends and items[number + 1].reach == _ANYWHERE:
            return False
    return False


def _is(form: Sequence[str], words: Sequence[str]) -> bool:
    return len(form) == len(words) and all(map(_word, form, words))


def _word(form: str, word: str) -> bool:
    return word.startswith(form[:-1]) if form[-1] == "*" else word == form


def _joined(words: Sequence[str]) -> list[str]:
    """The words with "non" as part of the next: a non-exclusive right is no exclusive right."""
    return " ".join(words).replace("non ", "non").split()


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low
        mask ^= low


@lru_cache(maxsize=1 << 16)
def _items(word: str) -> int:
    """The items of all cues that a word answers to, as bits."""
    table = _table()
    held = table.exact.get(word, 0)
    for length in range(1, min(len(word), table.longest) + 1):
        held |= table.prefix.get(word[:length], 0)
    return held


@cache
def _table() -> _Table:
    lines = [line.strip() for line in files("redline.killers").joinpath("kinds.txt").read_text(encoding="utf-8").splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    names = {name.strip(): forms.strip() for name, _, forms in (line[4:].partition("=") for line in lines if line.startswith("let "))}
    table, kind = _Table(), ""
    for line in lines:
        head, _, rest = line.partition(" ")
        if head in ("kind", "usual"):
            kind = rest
            table.usual |= {rest} if head == "usual" else set()
        elif head != "let":
            _add(table, names, kind, head, rest)
    return table


def _add(table: _Table, names: Mapping[str, str], kind: str, head: str, rest: str) -> None:
    items: list[_Item] = []
    needs, absent, reach, anchors = 0, 0, _ANYWHERE, list[tuple[int, int]]()
    for token in rest.split():
        if token == "~":
            reach = _GAP + 1
        elif token == "...":
            reach = _ANYWHERE
        elif token.startswith("!"):
            absent = _bit(table, token[1:], _forms(token[1:], names))
        else:
            forms = _forms(token, names)
            bit = _bit(table, token, forms)
            several = tuple(tuple(form.split("_")) for form in forms if "_" in form)
            items.append(_Item(bit, reach, frozenset(form for form in forms if "_" not in form), several))
            needs, reach = needs | bit, 1
            anchors.append((len(forms) + 100 * any(form in _EVERYWHERE for form in forms), bit))
    cue = _Cue(kind, 3.0 if head == "said" else float(head), head == "said", needs, tuple(items), absent)
    table.anchored.setdefault(min(anchors)[1], []).append(cue)


def _bit(table: _Table, token: str, forms: Sequence[str]) -> int:
    """The bit of an item; words that begin one of its forms get it."""
    if token in table.bits:
        return table.bits[token]
    bit = table.bits[token] = 1 << len(table.bits)
    for form in forms:
        word, star, _ = form.partition("_")[0].partition("*")
        where = table.prefix if star else table.exact
        where[word] = where.get(word, 0) | bit
        table.longest = max(table.longest, len(word))
    return bit


def _forms(token: str, names: Mapping[str, str]) -> list[str]:
    forms = [form for part in token.split("|") for form in (names[part].split("|") if part in names else [part])]
    return [form.replace("-", "_").replace("non_", "non") for form in forms]
