"""Which kinds of clause a text holds, by the turns of phrase that contract law has for them, in English and Russian.

The table is kinds.txt; its head explains its lines. A kind is judged sentence by sentence: points add up within one,
the best sentence counts. Nothing here is learned from samples, and nothing knows any killer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from redline.killers.concepts import Segment

_ENOUGH = 3.0
_MOST = 4.0
_RECITAL = 2.0
"""A recital binds nobody."""
_GAP = r"(?: [^ .]+){0,8}? "
_FAR = r" (?:[^.]*? )?"
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


@dataclass(slots=True)
class _Cue:
    kind: str
    points: float
    said: bool
    needs: int
    find: re.Pattern[str]
    absent: re.Pattern[str] | None


@dataclass(slots=True)
class _Table:
    exact: dict[str, int] = field(default_factory=dict)
    prefix: dict[str, int] = field(default_factory=dict)
    anchored: dict[int, list[_Cue]] = field(default_factory=dict)
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
    held = 0
    for word in words:
        held |= _items(word)
    row = ""
    found: dict[str, float] = {}
    for bit in _bits(held):
        for cue in table.anchored.get(bit, ()):
            if cue.needs & held != cue.needs or (cue.said and not note):
                continue
            row = row or f" {' '.join(words)} "
            if cue.find.search(row) and not (cue.absent and cue.absent.search(row)):
                found[cue.kind] = found.get(cue.kind, 0.0) + cue.points
    if not note and "whereas" in words:
        found = {kind: points - _RECITAL for kind, points in found.items()}
    return found


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
    table, items, kind = _Table(), dict[str, int](), ""
    for line in lines:
        head, _, rest = line.partition(" ")
        if head in ("kind", "usual"):
            kind = rest
            table.usual |= {rest} if head == "usual" else set()
        elif head != "let":
            _add(table, items, names, kind, head, rest)
    return table


def _add(table: _Table, items: dict[str, int], names: Mapping[str, str], kind: str, head: str, rest: str) -> None:
    find, needs, anchors, absent = " ", 0, list[tuple[int, int]](), None
    gap = ""
    for token in rest.split():
        if token == "~":
            gap = _GAP
        elif token == "...":
            gap = _FAR
        elif token.startswith("!"):
            absent = re.compile(f" {_form(_forms(token[1:], names))} ")
        else:
            forms = _forms(token, names)
            bit = items.setdefault(token, 1 << len(items))
            if bit == 1 << (len(items) - 1):
                for form in forms:
                    word, star, _ = form.partition("_")[0].partition("*")
                    where = table.prefix if star else table.exact
                    where[word] = where.get(word, 0) | bit
                    table.longest = max(table.longest, len(word))
            find += (gap or (" " if needs else "")) + _form(forms)
            needs, gap = needs | bit, ""
            anchors.append((len(forms) + 100 * any(form in _EVERYWHERE for form in forms), bit))
    cue = _Cue(kind, 3.0 if head == "said" else float(head), head == "said", needs, re.compile(find + " "), absent)
    table.anchored.setdefault(min(anchors)[1], []).append(cue)


def _forms(token: str, names: Mapping[str, str]) -> list[str]:
    forms = [form for part in token.split("|") for form in (names[part].split("|") if part in names else [part])]
    return [form.replace("-", "_").replace("non_", "non") for form in forms]


def _form(forms: Sequence[str]) -> str:
    return "(?:" + "|".join(re.escape(form).replace(r"\*", r"\w*").replace("_", r"\s") for form in forms) + ")"
