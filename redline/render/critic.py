"""A redline paragraph in Markdown: escaped so that contract text renders as it is, one sentence a line, changes marked.

The escaping aims at CommonMark with the GFM extensions and keeps to what would otherwise mean something, so that the raw text
stays readable: `[Client Name]` and `______` stay, a closing bracket that would make a link is escaped. Control and bidi
characters are shown as visible marks. The marks of a change are given by the caller (CriticMarkup, or HTML tags).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from redline.model import Kind, Paragraph
from redline.render.parts import mark_shows, pieces
from redline.render.phrases import shown
from redline.render.sentences import sentences
from redline.text import safe

Marks = Mapping[Kind, tuple[str, str]]
"""What stands before and after a piece of each changed kind."""

CRITIC: Marks = {
    Kind.INS: ("{++", "++}"), Kind.DEL: ("{--", "--}"), Kind.MOVE_TO: ("{++", "++}{>>moved here<<}"),
    Kind.MOVE_FROM: ("{--", "--}{>>moved away<<}"), Kind.GONE: ("{--", "--}{>>put in and taken out again<<}"),
}
"""CriticMarkup, as CriticMarkup's own guide has it; it has no mark for a move, so a remark follows."""

HTML: Marks = {
    Kind.INS: ("<ins>", "</ins>"), Kind.DEL: ("<del>", "</del>"), Kind.MOVE_TO: ("<ins>", "</ins>"),
    Kind.MOVE_FROM: ("<del>", "</del>"), Kind.GONE: ("<ins><del>", "</del></ins>"),
}

_SPECIAL = re.compile(
    r"""
    [\\`*<~|]
  | (?<!\S)_+(?!\S) | (?<=\w)_(?=\w) | _             # only the last of the three is escaped
  | &(?=\#?\w+;) | (?<!\d):(?=[a-z0-9_+-]+:)        # an entity, an emoji by its name
  | \](?=[(\[:]) | \[(?=\^)
  | \{(?=\+\+|--|~~|==|>>) | (?<=\+\+|--|~~|==|<<)\}
    """,
    re.VERBOSE,
)
_LEAD = re.compile(r"(?P<number>\d{1,9})(?P<stop>[.)])(?=\s|$)|(?P<sign>[#>+=:-])")
_RULE = re.compile(r"[_\s]+")


def escape(text: str, *, lead: bool = False) -> str:
    """Text that renders literally. `lead` says that it begins a line."""
    text = safe(text).replace("\t", "    ")
    out = _SPECIAL.sub(_escaped, text)
    if text.count("$") > 1:
        out = out.replace("$", r"\$")
    if not lead:
        return out
    if text.strip() and _RULE.fullmatch(text):
        return "\\" + out.lstrip()
    out = out.lstrip()
    match = _LEAD.match(out)
    if match is None:
        return out
    at = match.start("stop") if match["stop"] else match.start("sign")
    return f"{out[:at]}\\{out[at:]}"


def _escaped(match: re.Match[str]) -> str:
    text, before, after = match.group(), match.string[:match.start()][-1:], match.string[match.end():][:1]
    if text[0] == "_":
        spaced = (not before or before.isspace()) and (not after or after.isspace())
        inside = text == "_" and _word(before) and _word(after)
        return text if spaced or inside else text.replace("_", r"\_")
    return "\\" + text


def _word(char: str) -> bool:
    return char.isalnum()


def lines(paragraph: Paragraph, marks: Marks, *, lead: str = "") -> list[str]:
    """The paragraph as Markdown lines, one a sentence, `lead` (a label, already Markdown) before the first.

    A line feed in the text becomes a hard break (a backslash at the end of the line).
    """
    runs = list(_runs(paragraph))
    found = [(lead, False)] if lead else []
    for line in _cut(runs, _cuts("".join(text for _, text in runs))):
        hard = line[-1][1].endswith("\n")
        body = _line(line, marks, begins=len(found) != 1 or found[0][0] != lead or not lead).strip()
        if body:
            found.append((body, hard))
    if lead and len(found) > 1:
        found[:2] = [(f"{lead} {found[1][0]}", found[1][1])]
    return [text + ("\\" if hard and number < len(found) - 1 else "") for number, (text, hard) in enumerate(found)]


def inline(paragraph: Paragraph, marks: Marks) -> str:
    """The paragraph on one line."""
    runs = [(kind, " ".join(text.split("\n"))) for kind, text in _runs(paragraph)]
    return _line(runs, marks, begins=False).strip()


def _runs(paragraph: Paragraph) -> Iterator[tuple[Kind, str]]:
    """Pieces by kind; what only differs in look or author is one piece."""
    kind, text = Kind.SAME, ""
    for segment in pieces(paragraph):
        here = Kind.SAME if segment.kind is Kind.FORMAT else segment.kind
        if here is not kind:
            if text:
                yield kind, text
            kind, text = here, ""
        text += shown(segment)
    if text:
        yield kind, text
    if mark_shows(paragraph):
        yield paragraph.mark, "¶"


def _cuts(text: str) -> list[int]:
    cuts: list[int] = []
    for sentence in sentences(text):
        cuts.append((cuts[-1] if cuts else 0) + len(sentence))
    return cuts


def _cut(runs: Iterable[tuple[Kind, str]], cuts: list[int]) -> Iterator[list[tuple[Kind, str]]]:
    """Runs divided at the offsets in `cuts`, the last of which is the end."""
    line: list[tuple[Kind, str]] = []
    position = 0
    ends = iter(cuts)
    end = next(ends, 0)
    for kind, text in runs:
        while position + len(text) > end:
            head, text = text[:end - position], text[end - position:]
            position = end
            if head:
                line.append((kind, head))
            yield line
            line, end = [], next(ends)
        line.append((kind, text))
        position += len(text)
    if line:
        yield line


def _line(runs: Iterable[tuple[Kind, str]], marks: Marks, *, begins: bool) -> str:
    out = ""
    for kind, text in runs:
        before, after = marks.get(kind, ("", ""))
        text = text.replace("\n", " " if before else "")
        out += before + escape(text, lead=begins and not before and not out.strip()) + after if text else ""
    return out
