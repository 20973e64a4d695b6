"""The four dresses a sample can wear: fonts, page, paragraph styles and numbering, one `Form` each.

A level of numbering belongs to a paragraph kind of the notation. Levels of one list share counters; the list of the
schedules starts again under each schedule heading.
"""

from __future__ import annotations

from dataclasses import dataclass

LETTERS = "abcdefghijklmnopqrstuvwxyz"
RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"  # the 29 letters Word counts with


@dataclass(frozen=True)
class Level:
    """One level of a list: the paragraph kind on it, number format, lvlText, indents in twips, style that carries it."""

    kind: str
    fmt: str
    text: str
    left: int
    hanging: int
    style: str = ""


@dataclass(frozen=True)
class Style:
    """A paragraph style: id, name, size in half-points and the layout; `outline` makes it a heading."""

    id: str
    name: str
    size: int = 0
    bold: bool = False
    italic: bool = False
    caps: bool = False
    align: str = ""
    before: int = 0
    after: int = 120
    left: int = 0
    outline: int = -1
    keep_next: bool = False
    page_break: bool = False
    level: int = -1
    unnumbered: bool = False
    based_on: str = "Normal"
    colour: str = ""


@dataclass(frozen=True)
class Form:
    """Everything that dresses a document."""

    font: str
    size: int
    line: int
    margins: tuple[int, int, int, int]
    styles: dict[str, Style]
    levels: tuple[Level, ...]
    schedule_levels: tuple[Level, ...]
    align: str = "both"
    table_size: int = 20

    def level_of(self, kind: str) -> tuple[tuple[Level, ...], int] | None:
        """The list and the depth (from 0) a paragraph kind is numbered on, or None."""
        for levels in (self.levels, self.schedule_levels):
            for depth, level in enumerate(levels):
                if level.kind == kind:
                    return levels, depth
        return None


def number(value: int, fmt: str) -> str:
    """`value` written in a number format of ECMA-376 Part 1 §17.18.59 (the few that the samples use)."""
    if fmt == "decimal":
        return str(value)
    if fmt == "lowerLetter":
        return LETTERS[value - 1]
    if fmt == "upperLetter":
        return LETTERS[value - 1].upper()
    if fmt == "russianLower":
        return RUSSIAN[value - 1]
    if fmt == "lowerRoman":
        return ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")[value - 1]
    raise ValueError(f"number format {fmt}")


def _styles(size: int, clause_align: str, body: dict[str, Style]) -> dict[str, Style]:
    common = {
        "title": Style("Title", "Title", size + 14, bold=True, align="center", before=1200, after=240),
        "subtitle": Style("Subtitle", "Subtitle", size + 2, align="center", after=240, colour="404040"),
        "centre": Style("Centred", "Centred", align="center", after=160),
        "body": Style("Normal", "Normal", align=clause_align),
        "define": Style("Definition", "Definition", left=720, align=clause_align),
        "cell": Style("TableText", "Table Text", 0, after=40, align="left"),
        "sub": Style("PartHeading", "Part Heading", bold=True, before=200, keep_next=True, align="left"),
        "s1": Style("ListParagraph", "List Paragraph", align=clause_align),
        "s2": Style("ListParagraph", "List Paragraph", align=clause_align),
    }
    return {**common, **body}


ENGLISH = Form(
    font="Arial",
    size=21,
    line=276,
    margins=(1440, 1300, 1300, 1440),
    styles=_styles(
        21,
        "both",
        {
            "h1": Style("Heading1", "heading 1", 22, bold=True, caps=True, before=300, outline=0, keep_next=True, level=0, align="left"),
            "h2": Style("Heading2", "heading 2", align="both", outline=1, level=1),
            "h3": Style("Heading3", "heading 3", align="both", outline=2, level=2),
            "h4": Style("ListParagraph", "List Paragraph", align="both"),
            "schedule": Style(
                "ScheduleHeading",
                "Schedule Heading",
                26,
                bold=True,
                align="center",
                before=0,
                after=240,
                page_break=True,
                unnumbered=True,
                based_on="Heading1",
                keep_next=True,
            ),
        },
    ),
    levels=(
        Level("h1", "decimal", "%1.", 720, 720, "Heading1"),
        Level("h2", "decimal", "%1.%2", 720, 720, "Heading2"),
        Level("h3", "lowerLetter", "(%3)", 1440, 720, "Heading3"),
        Level("h4", "lowerRoman", "(%4)", 2160, 720),
    ),
    schedule_levels=(
        Level("s1", "decimal", "%1.", 567, 567),
        Level("s2", "lowerLetter", "(%2)", 1134, 567),
    ),
)

RUSSIAN_FORM = Form(
    font="Times New Roman",
    size=24,
    line=276,
    margins=(1134, 850, 1134, 1701),
    styles=_styles(
        24,
        "both",
        {
            "title": Style("Title", "Title", 30, bold=True, align="center", before=0, after=120),
            "h1": Style("Heading1", "heading 1", 24, bold=True, align="center", before=280, outline=0, keep_next=True, level=0),
            "h2": Style("Heading2", "heading 2", align="both", outline=1, level=1),
            "h3": Style("Heading3", "heading 3", align="both", outline=2, level=2),
            "schedule": Style(
                "ScheduleHeading",
                "Schedule Heading",
                26,
                bold=True,
                align="center",
                after=240,
                page_break=True,
                unnumbered=True,
                based_on="Heading1",
                keep_next=True,
            ),
        },
    ),
    levels=(
        Level("h1", "decimal", "%1.", 0, 0, "Heading1"),
        Level("h2", "decimal", "%1.%2.", 0, 0, "Heading2"),
        Level("h3", "russianLower", "%3)", 709, 425, "Heading3"),
    ),
    schedule_levels=(
        Level("s1", "decimal", "%1.", 567, 567),
        Level("s2", "russianLower", "%2)", 1134, 567),
    ),
    table_size=22,
)

BILINGUAL = Form(
    font="Times New Roman",
    size=21,
    line=252,
    margins=(1134, 1000, 1134, 1000),
    styles=_styles(
        21,
        "both",
        {
            "title": Style("Title", "Title", 28, bold=True, align="center", before=0, after=60),
            "cell": Style("TableText", "Table Text", 0, after=60, align="both"),
        },
    ),
    levels=(),
    schedule_levels=(),
    table_size=20,
)

CLIENT_PAPER = Form(
    font="Georgia",
    size=20,
    line=264,
    margins=(1200, 1200, 1200, 1200),
    styles=_styles(
        20,
        "left",
        {
            "title": Style("Title", "Title", 32, bold=True, align="left", before=0, after=200, colour="1F3864"),
            "h1": Style(
                "PartTitle",
                "Part Title",
                24,
                bold=True,
                before=280,
                outline=0,
                keep_next=True,
                level=0,
                align="left",
                colour="1F3864",
            ),
            "h2": Style("ClauseText", "Clause Text", align="left", level=1),
            "h3": Style("ClausePoint", "Clause Point", align="left", level=2),
        },
    ),
    levels=(
        Level("h1", "upperLetter", "%1.", 567, 567, "PartTitle"),
        Level("h2", "decimal", "%1.%2", 567, 567, "ClauseText"),
        Level("h3", "lowerRoman", "%3.", 1134, 567, "ClausePoint"),
    ),
    schedule_levels=(),
    align="left",
)

FORMS = {"english": ENGLISH, "russian": RUSSIAN_FORM, "bilingual": BILINGUAL, "client": CLIENT_PAPER}
