"""Small views built by hand, without the comparer: English, Russian, bilingual, and hostile text.

`paragraph("within ", minus("30"), plus("60"), " days")` is a paragraph; `view` numbers the changes by a plain rule of its own
(neighbouring changed segments of a paragraph are one change), so that the renderers are tested on nothing but themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from redline.clauses.outline import Clause, outline
from redline.killers.library import Instance, Killer, KillerId
from redline.model import (
    OBJECT,
    Attribution,
    Cell,
    Change,
    ChangeId,
    ChangeKind,
    ClauseId,
    Comment,
    Contract,
    Coverage,
    Kind,
    Layout,
    Notice,
    Paragraph,
    Props,
    Redline,
    Segment,
    Span,
)
from redline.views import (
    Agreed,
    Comparison,
    Cycle,
    CycleRow,
    DealRow,
    Done,
    Evidence,
    Flag,
    FlagKind,
    HistoryRow,
    LogRow,
    Receipt,
    Resolution,
    VersionInfo,
)

NOW = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)
JANE = Attribution("Jane Roe", datetime(2026, 3, 4, 10, 30, tzinfo=UTC), "Acme", 2, True)
FIRM = Attribution("Smith LLP", datetime(2026, 3, 5, 18, 0, tzinfo=UTC), "Acme", 2, True)
SILENT = Attribution("", None, "Acme", 2, False)
ANNA = Attribution("Анна Петрова", datetime(2026, 2, 11, 9, 0, tzinfo=UTC), "ООО «Ромашка»", 2, True)
SENT = VersionInfo("acme@1", "Acme, turn 1, sent", "acme", 1, "sent", datetime(2026, 3, 1, 9, 0, tzinfo=UTC))
RECEIVED = VersionInfo("acme@2", "Acme, turn 2, received", "acme", 2, "received", datetime(2026, 3, 6, 9, 0, tzinfo=UTC),
                       "Jane Roe")


def plus(text: str, who: Attribution | None = JANE) -> Segment:
    return Segment(Kind.INS, text, attribution=who)


def minus(text: str, who: Attribution | None = JANE) -> Segment:
    return Segment(Kind.DEL, text, attribution=who)


def paragraph(*parts: str | Segment, label: str = "", was: str | None = None, mark: Kind = Kind.SAME, heading: bool = False,
              cell: Cell | None = None, story: str = "body", who: Attribution | None = None, move: str = "",
              level: int | None = None) -> Paragraph:
    """A redline paragraph; `was` is its old label when it differs."""
    segments = tuple(Segment(Kind.SAME, part) if isinstance(part, str) else part for part in parts)
    new = Props(story=story, cell=cell, label=label, level=level, heading=heading)
    old = replace(new, label=label if was is None else was)
    return Paragraph(segments, mark, old if mark.in_old else None, new if mark.in_new or mark is Kind.GONE else None, who, move)


def view(paragraphs: Sequence[Paragraph], *, old: VersionInfo = SENT, new: VersionInfo = RECEIVED,
         flags: Sequence[Flag] = (), comments: Sequence[Comment] = (), notices: Sequence[Notice] = (),
         coverage: Sequence[Coverage] = (), language: str = "en", layout: Sequence[Layout] = ()) -> Comparison:
    named = [_with_ids(one, f"c{number:08x}") for number, one in enumerate(paragraphs)]
    clauses = outline(named)
    return Comparison(old, new, Redline(tuple(named)), tuple(_changes(named, clauses)), clauses, tuple(flags), tuple(comments),
                      tuple(notices), tuple(coverage), language, tuple(layout))


def _with_ids(one: Paragraph, name: str) -> Paragraph:
    old, new = (None if props is None else replace(props, clause=ClauseId(name)) for props in (one.old, one.new))
    return replace(one, old=old, new=new)


def _changes(paragraphs: Sequence[Paragraph], clauses: Sequence[Clause]) -> list[Change]:
    found: list[Change] = []
    moved: dict[str, Change] = {}
    for index, one in enumerate(paragraphs):
        start = 0
        while start < len(one.segments):
            end = start + 1
            if one.segments[start].kind in (Kind.SAME, Kind.GONE):
                start = end
                continue
            while end < len(one.segments) and one.segments[end].kind not in (Kind.SAME, Kind.GONE, Kind.FORMAT) and \
                    one.segments[end].attribution == one.segments[start].attribution:
                end += 1
            whole = one.mark is not Kind.SAME and (start, end) == (0, len(one.segments))
            change = _change(len(found), one, Span(index, start, end, whole), index, clauses)
            name = one.segments[start].move
            if name in moved:
                found[found.index(moved[name])] = replace(moved[name], spans=(*moved[name].spans, *change.spans))
            else:
                found.append(change)
                if name:
                    moved[name] = change
            start = end
    return found


def _change(number: int, one: Paragraph, span: Span, index: int, clauses: Sequence[Clause]) -> Change:
    segments = one.segments[span.first:span.last]
    old = "".join(segment.text for segment in segments if segment.kind.in_old)
    new = "".join(segment.text for segment in segments if segment.kind.in_new)
    kinds = {segment.kind for segment in segments}
    kind = (ChangeKind.MOVE if kinds & {Kind.MOVE_FROM, Kind.MOVE_TO} else ChangeKind.FORMAT if kinds == {Kind.FORMAT}
            else ChangeKind.REPLACE if old and new else ChangeKind.INSERT if new else ChangeKind.DELETE)
    home = next((clause for clause in reversed(clauses) if clause.first <= index < clause.last), None)
    who = tuple(dict.fromkeys(segment.attribution for segment in segments if segment.attribution))
    return Change(ChangeId(f"{number:08x}"), kind, old, new, home.id if home else None, home.path if home else "", (span,), who)


KILLER_TEXT = "The Supplier's liability under this Agreement shall be unlimited."
KILLER = Killer(KillerId("k00000001"), "Unlimited liability", (Instance(KILLER_TEXT, "en", "beta", 2, "9.1"),), "Beta GmbH",
                "beta", 2, "9.1", date(2025, 11, 20), "their board would not sign without it", "walk away",
                "a cap at twelve months' fees")
EVIDENCE = Evidence("k00000001", "Unlimited liability", "Beta GmbH", datetime(2025, 11, 20, tzinfo=UTC),
                    "their board would not sign without it", "walk away", "a cap at twelve months' fees", KILLER_TEXT, 0.91,
                    "same", "no limit on what the Supplier may owe", (((6, 4, 24), (4, 24)), ((6, 28, 45), (55, 64))), "text",
                    "The Supplier's liability is without any limit.", (((4, 24), (4, 24)), ((28, 45), (55, 64))),
                    (("90 days", "30 days", "theirs"), ("5 %", "5 %", "")),
                    (Agreed(("Gamma", "Delta"), "gamma@4", datetime(2026, 2, 1, tzinfo=UTC), "9.1",
                            "The Supplier's liability is limited to the Charges of one year.", True),))


def english() -> Comparison:
    """Every kind of change once: replaced, silent, inserted, moved and edited, split, format, gone, renumbered."""
    bold = frozenset({"bold"})
    paragraphs = [
        paragraph("Services Agreement", heading=True),
        paragraph("Between Brightwater Analytics Ltd and [Client Name]."),
        paragraph("Payment", label="4.", heading=True, level=0),
        paragraph("The Client shall pay each invoice within ", minus("thirty (30)"), plus("sixty (60)"),
                  " days of receipt, by bank transfer, ", minus("without set-off or deduction", FIRM),
                  plus("less any amount in dispute", FIRM), ".", label="4.1", level=1),
        paragraph("Late amounts bear interest at ", minus("8 %", SILENT), plus("2 %", SILENT), " a year.", label="4.2", level=1),
        paragraph("Liability", label="9.", was="8.", heading=True, level=0),
        paragraph(plus("The Supplier's liability is without any limit."), label="9.1", mark=Kind.INS, who=JANE, level=1),
        paragraph("Nothing here limits liability for fraud.", label="9.2", was="8.1", level=1),
        paragraph(Segment(Kind.MOVE_TO, "Each party keeps the other's secrets for ", attribution=JANE, move="m1"), plus("ten"),
                  Segment(Kind.MOVE_TO, " years.", attribution=JANE, move="m1"), label="9.3", mark=Kind.MOVE_TO, who=JANE,
                  move="m1", level=1),
        paragraph("General", label="10.", was="9.", heading=True, level=0),
        paragraph(Segment(Kind.MOVE_FROM, "Each party keeps the other's secrets for ", attribution=JANE, move="m1"),
                  minus("three"),
                  Segment(Kind.MOVE_FROM, " years.", attribution=JANE, move="m1"), label="9.1", mark=Kind.MOVE_FROM, who=JANE,
                  move="m1", level=1),
        paragraph("This Agreement is governed by English law. ", label="10.1", mark=Kind.INS, who=FIRM, level=1),
        paragraph("The courts of London have jurisdiction.", label="10.2", was="9.2", level=1),
        paragraph("Notices go to the address above ", Segment(Kind.GONE, "and by fax ", attribution=JANE, struck=FIRM),
                  Segment(Kind.FORMAT, "in writing", bold, was=frozenset(), attribution=JANE), ".", label="10.3",
                  was="9.3", level=1),
        paragraph("Signed by ", Segment(Kind.SAME, OBJECT, atom="image:0a1b2c3d"), "\tfor the Client\n____________"),
        paragraph("Milestone", cell=Cell(0, 0, 0)), paragraph("Fee", cell=Cell(0, 0, 1)),
        paragraph("Kick-off", cell=Cell(0, 1, 0)), paragraph("€ ", minus("10,000"), plus("9,000"), cell=Cell(0, 1, 1)),
        paragraph(plus("Final report"), mark=Kind.INS, who=JANE, cell=Cell(0, 2, 0)),
        paragraph(plus("€ 5,000"), mark=Kind.INS, who=JANE, cell=Cell(0, 2, 1)),
        paragraph("Page 1", story="footer:1"),
    ]
    return view(
        paragraphs,
        flags=[Flag(FlagKind.KILLER, True, ClauseId("c00000005"), "9.1", 6, "a killer came back", evidence=EVIDENCE),
               Flag(FlagKind.UNTRACKED, True, ClauseId("c00000003"), "4.2", 4, "changed with tracking off"),
               Flag(FlagKind.NOTICE, False, ClauseId("c0000000c"), "10.3", 13, "hidden text", "hidden-text")],
        comments=[Comment("1", "Jane Roe", JANE.date, "Our policy is 60 days.", 3, 41, 62, "thirty (30)"),
                  Comment("2", "Smith LLP", FIRM.date, "Agreed with finance.", 3, 41, 62, "thirty (30)", "1"),
                  Comment("3", "Jane Roe", None, "Done.", 12, 0, 10, "The courts", "", True)],
        coverage=[Coverage("word/charts/chart1.xml", "chart", 1, "its text is not compared")],
        layout=[Layout(ChangeId("1a500001"), "paragraph layout", 1, FIRM), Layout(ChangeId("1a500002"), "table layout", 15, None, 3)])


def russian() -> Comparison:
    """A Russian contract: a figure changed without a word, «не» struck."""
    silent = replace(SILENT, deal="ООО «Ромашка»")
    paragraphs = [
        paragraph("Порядок расчётов", label="5.", heading=True, level=0),
        paragraph("Заказчик оплачивает услуги в течение ", minus("15 (пятнадцати)", silent), plus("45 (сорока пяти)", silent),
                  " банковских дней, см. п. 5.2, т.е. по акту.", label="5.1", level=1),
        paragraph("Заказчик ", minus("не ", ANNA), "вправе удерживать неустойку из цены 1 500 000 руб.", label="5.2", level=1),
        paragraph("Реквизиты сторон", label="6.", heading=True, level=0),
    ]
    return view(paragraphs, language="ru",
                old=replace(SENT, address="romashka@1", title="ООО «Ромашка», turn 1, sent", deal="romashka"),
                new=replace(RECEIVED, address="romashka@2", title="ООО «Ромашка», turn 2, received", deal="romashka"),
                comments=[Comment("7", "Анна Петрова", ANNA.date, "Так принято у нас.", 2, 0, 8, "Заказчик")])


def bilingual() -> Comparison:
    """Two columns, English and Russian; the edit is in one language only."""
    paragraphs = [
        paragraph("Supply contract | Договор поставки", heading=True),
        paragraph("Price", cell=Cell(0, 0, 0), label="1.", level=0, heading=True),
        paragraph("Цена", cell=Cell(0, 0, 1), label="1.", heading=True),
        paragraph("The price is fixed for ", minus("twelve"), plus("six"), " months from the date of signature of this Contract.",
                  cell=Cell(0, 1, 0), label="1.1", level=1),
        paragraph("Цена не меняется двенадцать месяцев с даты подписания настоящего Договора.", cell=Cell(0, 1, 1), label="1.1"),
        paragraph("Term", cell=Cell(0, 2, 0), label="2.", level=0, heading=True),
        paragraph("Срок", cell=Cell(0, 2, 1), label="2.", heading=True),
    ]
    return view(paragraphs, language="en+ru")


ESC = "\x1b]0;owned\x07\x1b[31m \x9b31m"
HOSTILE = f"[/b] [@click=app.quit]x[/] {ESC} \u202eevil\u202c \u200bzero \x7f " + \
    "<script>alert(1)</script> {+fake+} [-fake-] *md* `c` | # &amp; \ud800"


def hostile() -> Comparison:
    """Text, names, titles and reasons that try to be more than text."""
    who = Attribution(f"Eve {HOSTILE}", JANE.date, f"Deal {HOSTILE}", 1, True)
    paragraphs = [
        paragraph(f"Heading {HOSTILE}", label=f"1 {ESC}", heading=True, level=0),
        paragraph(f"Same {HOSTILE} ", minus(f"out {HOSTILE}", who), plus(f"in {HOSTILE}", who), label="1.1",
                  was=f"0 {ESC}", level=1),
        paragraph(HOSTILE, story=f"footnote:{ESC}", cell=Cell(0, 0, 0)),
    ]
    evidence = replace(EVIDENCE, title=HOSTILE, deal=HOSTILE, reason=HOSTILE, severity=HOSTILE, offer=HOSTILE, text=HOSTILE,
                       verdict=HOSTILE, why=HOSTILE, words=(((1, 0, 40), (0, 40)), ((99, 0, 1), (900, 901))), here=HOSTILE,
                       route=HOSTILE, spans=(((0, 40), (0, 40)), ((900, 901), (-3, 901))), figures=((HOSTILE, HOSTILE * 2, HOSTILE),),
                       agreed=(Agreed((HOSTILE,), HOSTILE, None, HOSTILE, HOSTILE),))
    return view(
        paragraphs, language='en" onload="x',
        old=replace(SENT, title=f"Old {HOSTILE}", address=HOSTILE, path=HOSTILE),
        new=replace(RECEIVED, title=f"New {HOSTILE}", address=HOSTILE, party=HOSTILE),
        flags=[Flag(FlagKind.KILLER, True, None, HOSTILE, 1, HOSTILE, evidence=evidence),
               Flag(FlagKind.NOTICE, True, None, HOSTILE, 0, HOSTILE, HOSTILE)],
        comments=[Comment("9", HOSTILE, JANE.date, HOSTILE, 1, 0, 4, HOSTILE)], notices=[Notice("odd", HOSTILE, HOSTILE)],
        coverage=[Coverage(HOSTILE, HOSTILE, 2, HOSTILE)])


BOARD = (
    DealRow("acme", "Acme Corporation", "services", "negotiating", "us", RECEIVED.date, 2, 41, 2, 1, "€ 120,000"),
    DealRow("romashka", "ООО «Ромашка»", "uslugi", "negotiating", "them", NOW, 3, 2, 0, 0, "1 500 000 ₽"),
    DealRow("beta", "Beta GmbH", "", "lost", "", None, 4, 12, 0, 1, reason="their board would not sign"),
    DealRow("gamma", "株式会社ガンマ", "services", "won", "", None, 2, 3, 0, 0, adopted=True),
)
LOG = (
    LogRow("acme@2", RECEIVED.date, "received", "Jane Roe", "", "", 39, 2, 3, 1),
    LogRow("acme@1", SENT.date, "sent", "Brightwater"),
    LogRow("base@3", datetime(2026, 2, 1, tzinfo=UTC), "adopted", "Brightwater", "accepted edits", "Gamma"),
)
CYCLE = Cycle((CycleRow("Acme", "open", 2, 10.0, 5.04, 15.04, True), CycleRow("Beta GmbH", "lost", 4, 3.5, 20.25, 23.75, False)),
              1, 23.75, 3.5, 20.25, 23.75, 23.75)
DONE = Done("Sent to Acme, turn 1.", ("acme-1.docx, 51 KB, without personal data", "remembered byte for byte"),
            ("redline log acme",))

RESOLUTION = Resolution("acme-2.docx", "out/acme-2.docx", 3, 0, 1)


def receipt() -> Receipt:
    return Receipt("Acme", "acme", 2, True, english(), "Jane Roe <jane@acme.example>", "", 0.97,
                   ("redline review acme", "redline diff acme@1 acme@2"))


def history() -> tuple[HistoryRow, ...]:
    rows = english().redline.paragraphs
    return (HistoryRow("Acme", "acme@2", RECEIVED.date, "Jane Roe", "4.1", Redline((rows[3],)), "open"),
            HistoryRow("Beta GmbH", "beta@2", SENT.date, "Kurt Weiss", "9.1", Redline((rows[6],)), "lost", "unlimited liability"))


def contract() -> Contract:
    """The English paragraphs as one document with pending changes."""
    shown = english()
    return Contract(shown.redline.paragraphs, shown.comments, title="Services Agreement", language="en")
