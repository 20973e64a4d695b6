"""Find the killers of a library in a text: the same clause in other words, in the other language, buried, split, or disguised.

Windows of one to three segments are compared with each instance by how much of its weight they cover (rare words and contract concepts weigh most), so
that burying and splitting do not dilute; two routes have thresholds of their own, the same *text* and the same *kind* of clause. Then the sense is judged.
A verdict silences only what is not a near-copy; what a flag says is always explained. Matching is deterministic, local, and linear in the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import OSA

from redline.killers.concepts import Segment, segments
from redline.killers.grammar import Feature
from redline.killers.library import Instance, Killer
from redline.killers.numbers import Figure
from redline.killers.sense import Favour, Sense, Verdict, judge
from redline.killers.weights import common, weight
from redline.killers.words import clean, known, stem

Route = Literal["text", "kind"]
Range = tuple[int, int]

TEXT_FLAG = 0.52
"""Share of a killer's weight that must come back for a flag on the text route."""
KIND_FLAG = 0.68
"""The same for its concepts alone, where the words differ."""
OTHER_FLAG = 0.5
"""The same where the text is in the other language, so that its words could not come back."""
NEAR = 0.3
"""Below this score nothing is told, not even as a near miss."""
COPY = 0.85
"""From this likeness on a text is a near-copy, which no verdict silences."""
_OTHER_LANGUAGE = 0.3
"""What a word outside the lexicon weighs on the kind route, beside one inside."""
_DENSE = 0.45
"""Share of the window that must be the killer's, or of the killer's neighbouring pairs that must be kept, for the full score."""
_PENALTY: dict[str, float] = {"reversed": 0.3, "other party": 0.3, "softened": 0.4, "milder figures": 0.4}
_BLOCK = 12


@dataclass(frozen=True, slots=True)
class Match:
    """A killer that may have come back in a text.

    `score` is 0–1, best first; `flagged` the decision to warn. `words` pairs ranges of the text with ranges of the instance's text; `figures` are
    (theirs, the killer's, in whose favour theirs moved: `ours`, `theirs` or ""). `why` is one plain sentence.
    """

    killer: Killer
    instance: Instance
    score: float
    verdict: Verdict
    flagged: bool
    route: Route
    words: tuple[tuple[Range, Range], ...]
    figures: tuple[tuple[Figure, Figure, Favour], ...]
    why: str


@dataclass(frozen=True, slots=True)
class _Known:
    """An instance made ready: its segments, what each of its features weighs, and its neighbouring pairs."""

    killer: Killer
    instance: Instance
    segments: tuple[Segment, ...]
    weights: Mapping[str, float]
    kinds: Mapping[str, str]
    total: float
    concepts: float
    pairs: frozenset[tuple[str, str]]
    language: str


@dataclass(frozen=True, slots=True)
class _Found:
    """The best window for one instance: segments `first` to `last` (exclusive) of the text."""

    known: _Known
    first: int
    last: int
    score: float
    cover: float
    route: Route


class Matcher:
    """The killers made ready to be looked for. Building costs about a millisecond a killer."""

    def __init__(self, killers: Sequence[Killer]) -> None:
        self._repaired: dict[str, str] = {}
        self._known = tuple(_ready(killer, instance) for killer in killers for instance in killer.instances)
        self._near_words = _near_words({word for known_ in self._known for word in _rare_words(known_.instance.text)})
        self._postings: dict[str, list[tuple[int, float]]] = {}
        for index, one in enumerate(self._known):
            for key, value in one.weights.items():
                self._postings.setdefault(key, []).append((index, value))

    def match(self, text: str) -> tuple[Match, ...]:
        """The killers that came back in a text, best first: what a user is warned of."""
        return tuple(match for match in self.near(text) if match.flagged)

    def near(self, text: str, floor: float = NEAR) -> tuple[Match, ...]:
        """The same with near misses down to `floor`. One match a killer: its best instance."""
        parts = segments(text, self._repair)
        best: dict[str, Match] = {}
        for found in self._found(parts, floor):
            match = _explained(text, parts, found)
            held = best.get(match.killer.id)
            if match.score >= floor and (held is None or (match.flagged, match.score) > (held.flagged, held.score)):
                best[match.killer.id] = match
        return tuple(sorted(best.values(), key=lambda match: (not match.flagged, -match.score, match.killer.id)))

    def _repair(self, word: str) -> str:
        """A word of a killer where an unknown word is one slip of a scanner away from it."""
        if word not in self._repaired:
            self._repaired[word] = word if known(word) or common(stem(word)) else self._nearest(word)
        return self._repaired[word]

    def _nearest(self, word: str) -> str:
        if word in self._near_words.get(word, ()) or len(word) > 40:
            return word
        near = {one for form in _deletions(word) for one in self._near_words.get(form, ())}
        return min((one for one in near if OSA.distance(word, one) == 1), default=word)

    def _found(self, parts: Sequence[Segment], floor: float) -> Iterator[_Found]:
        """The best window of every instance that shares enough with some stretch of the text."""
        best: dict[int, _Found] = {}
        for start in range(0, max(1, len(parts)), _BLOCK):
            block = parts[start:start + _BLOCK + 3]
            for index in self._candidates(block, min(0.3, floor)):
                found = _best_window(self._known[index], block, start)
                if found and (index not in best or found.score > best[index].score):
                    best[index] = found
        yield from (best[index] for index in sorted(best))

    def _candidates(self, block: Sequence[Segment], least: float) -> list[int]:
        """Instances of whose weight the block holds enough to matter."""
        sums: dict[int, float] = {}
        for key in dict.fromkeys(key for part in block for key in part.signs):
            for index, value in self._postings.get(key, ()):
                sums[index] = sums.get(index, 0.0) + value
        return sorted(index for index, value in sums.items() if value >= least * self._known[index].total or value >= 2.5)


def _ready(killer: Killer, instance: Instance) -> _Known:
    parts = segments(instance.text)
    kinds = {feature.key: feature.kind for part in parts for feature in part.features}
    weights = {key: weight(key, kind) for key, kind in kinds.items()}
    concepts = sum(value for key, value in weights.items() if key.startswith(("#", "=")))
    row = [feature.key for part in parts for feature in part.features]
    return _Known(killer, instance, parts, weights, kinds, sum(weights.values()) or 1.0, concepts or 1.0,
                  frozenset(zip(row, row[1:], strict=False)), _language(parts))


def _language(parts: Sequence[Segment]) -> str:
    stems = [feature.key for part in parts for feature in part.features if not feature.key.startswith(("#", "="))]
    return "ru" if sum(key[0] >= "\u0400" for key in stems) * 2 > len(stems) else "en"


def _rare_words(text: str) -> Iterator[str]:
    for token in text.split():
        word = clean(token.strip(".,;:()\"'«»“”"), False)
        if len(word) > 4 and word.isalpha():
            yield word


def _deletions(word: str) -> Iterator[str]:
    yield word
    yield from (word[:at] + word[at + 1:] for at in range(len(word)))


def _near_words(words: set[str]) -> dict[str, tuple[str, ...]]:
    """Every form of a word with at most one letter left out → the words it may be."""
    table: dict[str, list[str]] = {}
    for word in sorted(words):
        for form in dict.fromkeys(_deletions(word)):
            table.setdefault(form, []).append(word)
    return {form: tuple(found) for form, found in table.items()}


def _best_window(one: _Known, block: Sequence[Segment], start: int) -> _Found | None:
    best: _Found | None = None
    longest = max(3, len(one.segments) + 1)
    hits = [part.signs.keys() & one.weights.keys() for part in block]
    for first in range(len(block)):
        if not hits[first]:
            continue
        shared: set[str] = set()
        for last in range(first + 1, min(len(block), first + longest) + 1):
            if last - 1 > first and not hits[last - 1] - shared:
                continue
            shared |= hits[last - 1]
            found = _scored(one, block[first:last], shared, start + first, start + last)
            if best is None or found.score > best.score + 1e-9:
                best = found
    return best


def _scored(one: _Known, window: Sequence[Segment], shared: set[str], first: int, last: int) -> _Found:
    """How much of the instance the window covers, on whichever route is stronger."""
    weights = one.weights
    common_weight = sum(weights[key] for key in shared)
    concept_weight = sum(weights[key] for key in shared if key.startswith(("#", "=")))
    cover = common_weight / one.total
    features = [feature for part in window for feature in part.features]
    text = 0.7 * cover
    if cover >= 0.25:
        row = [feature.key for feature in features]
        order = len({pair for pair in zip(row, row[1:], strict=False) if pair in one.pairs}) / max(1, len(one.pairs))
        own = {feature.key: weight(feature.key, feature.kind) for feature in features}
        inside = common_weight / (sum(own.values()) or 1.0)
        text = cover * (0.7 + 0.3 * min(1.0, max(inside, order) / _DENSE))
        if inside > 0.8 and common_weight > 1.5 and 2 * order * len(one.pairs) >= len(row) - 1:
            text = max(text, min(1.0, 0.35 + cover))
    telling = sum(key.startswith("#") and weights[key] >= 0.35 and one.kinds[key] in ("verb", "thing", "hard") for key in shared)
    kind = concept_weight / (one.concepts + _OTHER_LANGUAGE * (one.total - one.concepts)) if telling >= 3 else 0.0
    kind *= TEXT_FLAG / (KIND_FLAG if one.language == _language(window) else OTHER_FLAG)
    return _Found(one, first, last, max(text, kind), cover, "text" if text >= kind else "kind")


def _explained(text: str, parts: Sequence[Segment], found: _Found) -> Match:
    one, window = found.known, parts[found.first:found.last]
    sense = judge(one.segments, window, one.killer.burdens != "client")
    copy = _likeness(one, window, sense) >= COPY
    silent = not copy and (sense.verdict in ("reversed", "other party", "softened") or sense.material)
    score = min(1.0, found.score) * (_PENALTY.get(sense.verdict, 1.0) if silent else 1.0)
    if sense.verdict == "worse figures":
        score = min(1.0, score * 1.02)
    flagged = found.score >= TEXT_FLAG and not silent
    words = tuple(_aligned(text, one, window))
    return Match(one.killer, one.instance, round(score, 4), sense.verdict, flagged, found.route, words, sense.figures, _why(one, sense, found, copy))


def _likeness(one: _Known, window: Sequence[Segment], sense: Sense) -> float:
    """How much of the instance stands in the window with the same sign, values included; less for every qualification that was added."""
    mine: dict[str, int] = {}
    theirs: dict[str, int] = {}
    for table, parts in ((mine, one.segments), (theirs, window)):
        for part in parts:
            for key, bits in part.signs.items():
                table[key] = table.get(key, 0) | bits
    same = sum(value for key, value in one.weights.items() if mine.get(key, 1) & theirs.get(key, 0))
    turned = sum(1 for key, bits in mine.items() if key in theirs and not bits & theirs[key])
    turned += sense.material + (sense.verdict == "other party")
    return (same - turned - 0.35 * sense.softer) / one.total


def _aligned(text: str, one: _Known, window: Sequence[Segment]) -> Iterator[tuple[Range, Range]]:
    """Ranges that say the same, joined where nothing but the same small words stands between."""
    places: dict[str, list[Feature]] = {}
    for part in one.segments:
        for feature in part.features:
            places.setdefault(feature.key, []).append(feature)
    held: tuple[Range, Range] | None = None
    for part in window:
        for feature in part.features:
            queue = places.get(feature.key)
            if not queue:
                continue
            other = queue.pop(0)
            here, there = (feature.start, feature.end), (other.start, other.end)
            if held and held[0][0] <= here[0] < held[0][1]:
                continue
            if held and held[1][1] <= there[0] and _gap(text, held[0][1], here[0]) == _gap(one.instance.text, held[1][1], there[0]) is not None:
                held = (held[0][0], here[1]), (held[1][0], there[1])
                continue
            if held:
                yield held
            held = here, there
    if held:
        yield held


def _gap(text: str, start: int, end: int) -> str | None:
    """What stands between two places, if little enough to be read over."""
    return " ".join(text[start:end].lower().split()) if 0 <= end - start <= 24 else None


_SAYS: dict[str, str] = {"same": "says the same", "worse figures": "says the same with worse figures", "milder figures": "says the same with milder figures",
                         "reversed": "is about the same thing but says the reverse", "other party": "says the same of the other side",
                         "softened": "says the same more softly"}


def _why(one: _Known, sense: Sense, found: _Found, copy: bool) -> str:
    where = f" ({one.killer.deal})" if one.killer.deal else ""
    says = ("is nearly word for word the clause" if copy and sense.verdict == "same" else _SAYS[sense.verdict] + " as the clause")
    share = f"{100 * min(1.0, found.cover):.0f} % of what matters in it comes back"
    changed = [f"{theirs} where it was {mine}" for theirs, mine, _ in sense.figures if str(theirs) != str(mine)]
    extra = "; ".join([sense.detail, *changed[:3]] if sense.detail else changed[:3])
    return f"This {says} “{one.killer.title}”{where}: {share}{'; ' + extra if extra else ''}."
