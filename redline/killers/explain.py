"""Judge what was found and say it: the verdict, the flag, the words and figures side by side, one plain sentence.

A verdict silences only what is not a near-copy; a near-copy is always flagged, and the sentence says what differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from redline.killers.concepts import Segment
from redline.killers.grammar import Feature
from redline.killers.library import Instance, Killer
from redline.killers.numbers import Figure
from redline.killers.prepared import Prepared
from redline.killers.sense import Favour, Sense, Verdict, judge
from redline.killers.sensitivity import LEVELS, Level

Route = Literal["text", "kind"]
Range = tuple[int, int]

TEXT_FLAG = LEVELS["normal"].text
"""Share of a killer's weight that must come back for a flag on the text route."""
COPY = 0.85
"""From this likeness on a text is a near-copy, which no verdict silences."""
_JUDGED = 0.25
"""Where less of a killer comes back, its sense cannot be laid beside the text's; the kind of clause has a sense of its own."""
_PENALTY: dict[str, float] = {"reversed": 0.3, "other party": 0.3, "softened": 0.4, "milder figures": 0.4}


@dataclass(frozen=True, slots=True)
class Match:
    """A killer that may have come back in a text.

    `score` is 0–1, best first; `flagged` the decision to warn. `words` pairs ranges of the text with ranges of the
    instance's text; `figures` are (theirs, the killer's, in whose favour theirs moved: `ours`, `theirs` or ""). `why`
    is one plain sentence.
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
class Found:
    """The best window for one instance: segments `first` to `last` (exclusive) of the text. `kind` names what both are, where
    only the kind of clause is the same.
    """

    known: Prepared
    first: int
    last: int
    score: float
    cover: float
    route: Route
    kind: str = ""


def explained(text: str, parts: Sequence[Segment], found: Found, level: Level = LEVELS["normal"]) -> Match:
    """What a find in a text (and its segments) means for the user."""
    one, window = found.known, parts[found.first : found.last]
    sense = judge(one.segments, window, one.killer.burdens != "client")
    copy = _likeness(one, window, sense) >= COPY
    judged = not found.kind or found.cover >= _JUDGED
    silent = not copy and judged and (sense.verdict in ("reversed", "other party", "softened") or sense.material)
    score = min(1.0, found.score) * (_PENALTY.get(sense.verdict, 1.0) if silent else 1.0)
    if sense.verdict == "worse figures":
        score = min(1.0, score * 1.02)
    flagged = found.score >= (level.kind if found.kind else level.text) and not silent
    words = tuple(_aligned(text, one, window))
    return Match(
        one.killer, one.instance, round(score, 4), sense.verdict, flagged, found.route, words, sense.figures, _why(one, sense, found, copy)
    )


def _likeness(one: Prepared, window: Sequence[Segment], sense: Sense) -> float:
    """How much of the instance stands in the window with the same sign, values included; less for every qualification
    that was added.
    """
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


def _aligned(text: str, one: Prepared, window: Sequence[Segment]) -> Iterator[tuple[Range, Range]]:
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
            if (
                held
                and held[1][1] <= there[0]
                and _gap(text, held[0][1], here[0]) == _gap(one.instance.text, held[1][1], there[0]) is not None
            ):
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


_SAYS: dict[str, str] = {
    "same": "says the same",
    "worse figures": "says the same with worse figures",
    "milder figures": "says the same with milder figures",
    "reversed": "is about the same thing but says the reverse",
    "other party": "says the same of the other side",
    "softened": "says the same more softly",
}


def _why(one: Prepared, sense: Sense, found: Found, copy: bool) -> str:
    where = f" ({one.killer.deal})" if one.killer.deal else ""
    if found.kind and sense.verdict == "same":
        return f"This is of the same kind as “{one.killer.title}”{where}: {found.kind}."
    says = "is nearly word for word the clause" if copy and sense.verdict == "same" else _SAYS[sense.verdict] + " as the clause"
    share = f"{100 * min(1.0, found.cover):.0f} % of what matters in it comes back"
    changed = [f"{theirs} where it was {mine}" for theirs, mine, _ in sense.figures if str(theirs) != str(mine)]
    extra = "; ".join([sense.detail, *changed[:3]] if sense.detail else changed[:3])
    return f"This {says} “{one.killer.title}”{where}: {share}{'; ' + extra if extra else ''}."
