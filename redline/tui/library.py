"""The library of killers in words: one in full, and what it says of a document. Pure: values in, contents out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from redline.text import safe_line
from redline.tui import safe
from redline.tui.evidence import LOUD, MUTED, day
from redline.tui.protocol import InstanceLike, KillerLike
from redline.tui.status import count
from redline.views import Hit, Tested

HEAD = "bold $primary"
BURDENS = {"client": "the client", "provider": "us, who provide", "both": "both sides"}


def line(killer: KillerLike) -> Content:
    """A killer in the list."""
    return safe.parts((safe_line(killer.title), "bold"), (f"\n{safe_line(killer.deal) or 'no deal'}  {day(killer.date)}", MUTED))


def preview(killer: KillerLike, width: int) -> Content:
    """A killer in full: what is said of it, its words, and the wordings that were called fine."""
    told = (f"cost us {safe_line(killer.deal)}" if killer.deal else "", day(killer.date), safe_line(killer.severity))
    rows = [
        safe.parts((safe_line(killer.title), "bold"), (f"  {safe_line(killer.id)}", MUTED)),
        safe.parts((" · ".join(word for word in told if word), MUTED)),
        safe.parts(("", "")),
    ]
    facts = (("Why", killer.reason), ("We offer", killer.offer), ("Bad for", BURDENS.get(killer.burdens, "")),
             ("Hurts from", "; ".join(killer.limits)), ("Cause", killer.cause))
    for name, text in facts:
        if text:
            rows += [safe.parts((name, HEAD)), safe.content(text), safe.parts(("", ""))]
    rows += _wordings("Its words", "Its words, {} of {}", killer.instances)
    rows += _wordings("Called fine", "Called fine, {} of {}", killer.dismissed, [one.reason for one in killer.dismissed])
    return safe.lines(rows)


def _wordings(one_name: str, name: str, wordings: Sequence[InstanceLike], reasons: Sequence[str] = ()) -> Iterator[Content]:
    for number, one in enumerate(wordings, 1):
        heading = one_name if len(wordings) == 1 else name.format(number, len(wordings))
        where = " ".join(part for part in (safe_line(one.deal), f"turn {one.turn}" if one.turn else "", safe_line(one.clause)) if part)
        yield safe.parts((heading, HEAD), (f"  {where}" if where else "", MUTED))
        yield safe.content(one.text)
        if reasons and reasons[number - 1]:
            yield safe.parts(("because: ", MUTED), (reasons[number - 1], ""))
        yield safe.parts(("", ""))


def tested(found: Tested, width: int) -> Content:
    """What the library says of a document: flags, then near misses, each with why and the words that match on both sides."""
    rows = [safe.parts((safe_line(found.version.title), "bold"), (f"  {tally(found)}", MUTED))]
    for hit in found.hits:
        rows += [safe.parts(("", "")), *_hit(hit)]
    if not found.hits:
        rows += [safe.parts(("", "")), safe.parts(("Nothing in it is like a killer.", ""))]
    return safe.lines(rows)


def tally(found: Tested) -> str:
    """How much was found, and how many killers were looked for."""
    flagged = sum(hit.flagged for hit in found.hits)
    near = len(found.hits) - flagged
    return f"{count(flagged, 'flag')}, {count(near, 'near miss', 'near misses')}, of {count(found.killers, 'killer')}"


def _hit(hit: Hit) -> Iterator[Content]:
    told = hit.evidence
    name = ("! KILLER", LOUD) if hit.flagged else ("called fine", MUTED) if told.dismissed else ("near miss", "bold")
    cost = f"  cost us {safe_line(told.deal)}" if told.deal else ""
    yield safe.parts(name, (f"  {safe_line(hit.label)}" if hit.label else "", "bold"), (f"  {round(100 * told.score)} %", "bold"),
                     (f"  {safe_line(told.title, 60)}", ""), (cost, MUTED))
    yield safe.parts((told.why, ""))
    if told.dismissed:
        yield safe.parts(("fine because: ", MUTED), (told.dismissed, ""))
    for theirs, mine, favour in told.figures:
        moved = {"ours": ", better for us", "theirs": ", worse for us"}.get(favour, "")
        yield safe.parts(("figure: ", MUTED), (f"{safe_line(theirs)} here, {safe_line(mine)} there{moved}", ""))
    yield safe.parts(("here:   ", MUTED), *_marked(told.here, [here for here, _ in told.spans]))
    yield safe.parts(("killer: ", MUTED), *_marked(told.text, [there for _, there in told.spans]))
    if told.offer:
        yield safe.parts(("offer:  ", MUTED), (told.offer, ""))


def _marked(text: str, spans: Sequence[tuple[int, int]]) -> list[safe.Part]:
    """A text with the words that match underlined."""
    out: list[safe.Part] = []
    at = 0
    for start, end in sorted(spans):
        if start >= at:
            out += [(text[at:start], ""), (text[start:end], "bold underline")]
            at = end
    return [*out, (text[at:].rstrip(), "")]

