"""Grammar enough for contracts: what a denial stands on, and who is the subject.

Works on a row of features in the order of the sentence. English and Russian only. What the rules cannot tell stays
open: a subject that is neither side by name is "", a denial that stands on nothing changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from redline.killers.words import CYRILLIC, ROLES


@dataclass(slots=True)
class Feature:
    """One concept or stem at `start`–`end`; `sign` −1 where it is denied; `head` where a denial stands directly on it."""

    key: str
    kind: str
    start: int
    end: int
    sign: int = 1
    head: bool = False


class Mark(NamedTuple):
    """A feature in its sentence: its first word, whether a clause begins or "and", "or" stands before it, the
    preposition it follows, and the number of its first word.
    """

    feature: Feature
    word: str
    new_clause: bool = False
    joined: bool = False
    preposition: str = ""
    at: int = 0


CLAUSE = frozenset(
    [
        "which",
        "who",
        "whom",
        "whose",
        "unless",
        "if",
        "but",
        "provided",
        "except",
        "where",
        "when",
        "если",
        "который",
        "которая",
        "которое",
        "которые",
        "однако",
        "причем",
    ]
)
JOIN = frozenset(["or", "and", "nor", "и", "или", "либо", "ни"])
ARTICLES = frozenset(["the", "a", "an", "any", "such"])
PREPOSITION = frozenset(["by", "to", "of", "from", "against", "with", "for", "on", "upon", "under"])
_EXCEPTING = frozenset(["without", "unless", "until", "except", "only", "unreasonably", "без", "кроме", "пока", "только", "исключением"])
_LATE = frozenset(["neither", "nothing", "none", "nobody", "nor", "ничто", "никто", "ничем"])
"""Denials in the subject's place: they deny the predicate, which comes after may or must."""
_REACH = 12


def deny(marks: Sequence[Mark], words: Sequence[str]) -> bool:
    """Turn the sign of what each denial stands on; say whether a denial has an exception ("not … without consent")."""
    denials = [index for index, mark in enumerate(marks) if mark.feature.kind == "deny" or _forbids(mark)]
    denied = [_turn(marks, index) or _turn_subject(marks, index) for index in denials]
    return any(denied) and any(word in _EXCEPTING for word in words)


def _forbids(mark: Mark) -> bool:
    return mark.feature.kind == "modal" and mark.feature.sign < 0


def _turn(marks: Sequence[Mark], index: int) -> bool:
    """Turn the first matter after a denial, and what is joined to it by "or" and the like; may and must on the way are
    denied too.
    """
    late = marks[index].word in _LATE and any(mark.feature.kind == "modal" for mark in marks[index + 1 :])
    found = False
    for mark in marks[index + 1 : index + _REACH]:
        feature = mark.feature
        if (
            feature.kind == "deny"
            or (found and not mark.joined)
            or (mark.new_clause and not late and not found and mark is not marks[index + 1])
        ):
            break
        if feature.kind == "modal":
            if found:
                break
            feature.sign = -1
            late = False
        elif late:
            continue
        elif feature.kind not in (*ROLES, "hard", "soft", "figure", "value"):
            feature.sign, feature.head, found = -feature.sign, True, True
        elif feature.kind in ("hard", "soft") and mark is marks[index + 1]:
            feature.sign = -feature.sign
    return found


def _turn_subject(marks: Sequence[Mark], index: int) -> bool:
    """Deny the act that a prohibition after it speaks of: "assignment … is not permitted", "уступка … запрещается"."""
    if not any(mark.feature.kind == "modal" for mark in marks[index : index + 3]):
        return False
    subject = next((mark.feature for mark in marks[:index] if mark.feature.kind == "verb"), None)
    if subject is None or subject.head:
        return False
    subject.sign, subject.head = -subject.sign, True
    return True


_NOMINATIVE = re.compile(r"(?:чик|щик|тель|вец|нт|тор|ат)$")
_INSTRUMENTAL = re.compile(r"(?:ом|ем)$")


def bearers(marks: Sequence[Mark], words: Sequence[str]) -> tuple[str, ...]:
    """Who shall or may, in order: `client`, `provider`, `both`; the subjects of predicates, or the agent of a passive.
    Empty where nobody by name.

    Russian marks the subject by the nominative and the agent by the instrumental; in English the subject stands before
    the predicate and after no preposition, the agent after "by". The subject of a passive without an agent bears
    nothing.
    """
    found: list[str] = []
    other = ""
    for index, mark in enumerate(marks):
        kind = mark.feature.kind
        if kind not in ROLES:
            continue
        if CYRILLIC.search(mark.word):
            if kind == "both" or _NOMINATIVE.search(mark.word):
                found.append(kind)
            elif _INSTRUMENTAL.search(mark.word):
                other = other or kind
        elif mark.preposition == "by" and _passive(words[max(0, mark.at - 10) : mark.at]):
            found.append(kind)
        elif not found and _of_condition(marks[max(0, index - 4) : index]):
            continue
        elif mark.preposition or words[mark.at + 1 : mark.at + 2] in (["'"], ["’"]):
            other = other or kind
        elif subject := _subject(kind, marks[index + 1 : index + 4], words, plain=not found):
            found.append(subject)
    named = tuple(kind for kind in found if kind != "passive")
    return named or ((other,) if other and not found else ())


def _of_condition(before: Sequence[Mark]) -> bool:
    """Whether a role after these belongs to "without …": whose consent is missing bears nothing."""
    without = next((at for at, mark in enumerate(before) if mark.word == "without"), None)
    return without is not None and not any(mark.feature.kind in ROLES for mark in before[without:])


def _subject(kind: str, follow: Sequence[Mark], words: Sequence[str], *, plain: bool) -> str:
    """The role if a predicate follows, `passive` if that is a passive one, "" if none does. After the first subject only may and must
    make another (`plain` false): a bare verb there may as well be the noun of the same stem.
    """
    kinds = ("modal", "verb", "deny") if plain else ("modal",)
    predicate = next((mark for mark in follow if mark.feature.kind in kinds), None)
    if predicate is None:
        return ""
    after = words[predicate.at + 1 : predicate.at + 5]
    return "passive" if predicate.feature.kind == "modal" and _passive(after, first=True) else kind


_TO_BE = frozenset(["be", "is", "are", "was", "were", "been", "being"])
_ADJECTIVES = frozenset(
    ["liable", "responsible", "entitled", "obliged", "required", "bound", "subject", "unlimited", "limited", "permitted", "allowed"]
)
_PARTICIPLE = ("ed", "en", "wn", "id", "de", "nt", "ld")


def _passive(words: Sequence[str], *, first: bool = False) -> bool:
    """Whether a form of "be" with a participle stands among these words (`first`: at their head); adverbs between do
    not count.
    """
    row = [word for word in words if word not in ("not", "also", "hereby") and not word.endswith("ly")]
    return any(
        word in _TO_BE and follow.endswith(_PARTICIPLE) and follow not in _ADJECTIVES
        for word, follow in pairwise(row[:2] if first else row)
    )
