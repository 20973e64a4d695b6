"""A desk of hand-made views: an English deal, a Russian one, a bilingual one, a hostile one, a long one. No vault, no files.

Paragraphs are written in a small notation: `[-out-]`, `{+in+}`, `[<moved away<]`, `{>moved here>}`, `(~look~)`; a `!` after the
opening sign makes the edit untracked: `{!+in+}`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from redline.clauses.outline import outline, owners
from redline.desk.deciding import offered
from redline.errors import ConflictError, UsageError
from redline.model import (
    Attribution,
    Cell,
    Change,
    ChangeId,
    ChangeKind,
    ClauseId,
    Comment,
    Kind,
    Paragraph,
    Props,
    Redline,
    Segment,
    Span,
)
from redline.tui.protocol import Act, KillerFields, Manner, Part, Past, Tell
from redline.views import (
    Blame,
    BlameRow,
    Comparison,
    Cycle,
    CycleRow,
    DealRow,
    Decision,
    Done,
    Evidence,
    Flag,
    FlagKind,
    HistoryRow,
    Hit,
    LogRow,
    Receipt,
    Source,
    Stage,
    Tested,
    VersionInfo,
)

JANE = Attribution("Jane Roe", datetime(2026, 3, 4, 10, 12, tzinfo=UTC), "Acme Corp", 2, True)
FIRM = Attribution("Smith LLP", datetime(2026, 3, 5, 18, 30, tzinfo=UTC), "Acme Corp", 2, True)
SILENT = Attribution("Acme Corp", datetime(2026, 3, 6, 9, 0, tzinfo=UTC), "Acme Corp", 2, False)

_MARKS = re.compile(r"\[(!?)-(.*?)-\]|\{(!?)\+(.*?)\+\}|\[<(.*?)<\]|\{>(.*?)>\}|\(~(.*?)~\)", re.DOTALL)


def segments(text: str, who: Attribution = JANE, move: str = "") -> tuple[Segment, ...]:
    """A paragraph's segments from the notation."""
    out: list[Segment] = []
    at = 0

    def put(kind: Kind, words: str, by: Attribution | None) -> None:
        if words:
            out.append(Segment(kind, words, attribution=by, was=frozenset({"bold"}) if kind is Kind.FORMAT else None,
                               move=move if kind in (Kind.MOVE_FROM, Kind.MOVE_TO) else ""))

    for match in _MARKS.finditer(text):
        put(Kind.SAME, text[at:match.start()], None)
        quiet_out, gone, quiet_in, came, left, arrived, look = match.groups()
        if gone is not None:
            put(Kind.DEL, gone, SILENT if quiet_out else who)
        elif came is not None:
            put(Kind.INS, came, SILENT if quiet_in else who)
        elif left is not None:
            put(Kind.MOVE_FROM, left, who)
        elif arrived is not None:
            put(Kind.MOVE_TO, arrived, who)
        else:
            put(Kind.FORMAT, look, who)
        at = match.end()
    put(Kind.SAME, text[at:], None)
    return tuple(out)


def p(label: str, text: str, *, level: int | None = None, heading: bool = False, who: Attribution = JANE, mark: Kind = Kind.SAME,
      was: str | None = None, cell: Cell | None = None, story: str = "body", move: str = "") -> Paragraph:
    """One paragraph of a redline."""
    new = Props(story=story, cell=cell, label=label, level=level, heading=heading)
    old = replace(new, label=label if was is None else was)
    changed = mark is not Kind.SAME
    return Paragraph(segments(text, who, move), mark, old if mark.in_old else None, new if mark.in_new else None,
                     who if changed else None, move if mark in (Kind.MOVE_FROM, Kind.MOVE_TO) else "")


def changes(paragraphs: Sequence[Paragraph]) -> tuple[Change, ...]:
    """Each run of neighbouring changed segments is a change; the two ends of a move are one."""
    out: list[Change] = []
    moves: dict[str, int] = {}
    label = ""
    for number, paragraph in enumerate(paragraphs):
        label = paragraph.props.label or label
        for first, last in _runs(paragraph):
            part = paragraph.segments[first:last]
            old = "".join(one.text for one in part if one.kind.in_old)
            new = "".join(one.text for one in part if one.kind.in_new)
            kinds = {one.kind for one in part}
            span = Span(number, first, last, paragraph.mark is not Kind.SAME)
            who = tuple(dict.fromkeys(one.attribution for one in part if one.attribution))
            move = next((one.move for one in part if one.move), "")
            if move in moves and move:
                one = out[moves[move]]
                out[moves[move]] = replace(one, spans=(*one.spans, span), new_text=one.new_text or new)
                continue
            if move:
                moves[move] = len(out)
            kind = ChangeKind.MOVE if move else ChangeKind.FORMAT if kinds == {Kind.FORMAT} else (
                ChangeKind.REPLACE if old and new else ChangeKind.INSERT if new else ChangeKind.DELETE)
            out.append(Change(ChangeId(f"{len(out):08x}"), kind, old, new, paragraph.props.clause, label, (span,), who))
    return tuple(out)


def _runs(paragraph: Paragraph) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number, segment in enumerate(paragraph.segments):
        if segment.kind is Kind.SAME:
            continue
        if runs and runs[-1][1] == number:
            runs[-1] = (runs[-1][0], number + 1)
        else:
            runs.append((number, number + 1))
    return runs


def _in_clause(paragraph: Paragraph, owner: int) -> Paragraph:
    clause = ClauseId(f"c{max(0, owner):08x}")
    return replace(paragraph, old=paragraph.old and replace(paragraph.old, clause=clause),
                   new=paragraph.new and replace(paragraph.new, clause=clause))


def comparison(paragraphs: Sequence[Paragraph], old: VersionInfo, new: VersionInfo, *, flags: tuple[Flag, ...] = (),
               comments: tuple[Comment, ...] = ()) -> Comparison:
    """A comparison whose changes, clauses and untracked flags follow from its paragraphs."""
    paragraphs = [_in_clause(one, owner) for one, owner in zip(paragraphs, owners(paragraphs), strict=True)]
    found = changes(paragraphs)
    silent = tuple(
        Flag(FlagKind.UNTRACKED, True, None, one.label, one.spans[0].paragraph, "an edit that track changes do not show")
        for one in found if not one.tracked and one.kind is not ChangeKind.FORMAT
    )
    return Comparison(old, new, Redline(tuple(paragraphs)), found, outline(paragraphs), flags + silent, comments, language="en")


BASE = VersionInfo("base@3", "our base, version 3", direction="sent", date=datetime(2026, 2, 20, tzinfo=UTC))
SENT = VersionInfo("acme@1", "Acme Corp, turn 1, sent", "Acme Corp", 1, "sent", datetime(2026, 2, 24, tzinfo=UTC))
RECEIVED = VersionInfo("acme@2", "Acme Corp, turn 2, received", "Acme Corp", 2, "received", datetime(2026, 3, 6, tzinfo=UTC), "Jane Roe")

KILLER_TEXT = ("The Supplier shall be liable for any and all losses of the Customer, whether direct or indirect, without any limit as to "
               "amount.")


def english() -> Comparison:
    """A received turn with everything in it."""
    liability = ("Notwithstanding anything to the contrary, the Supplier's liability under this Agreement {+shall extend to all losses of "
                 "the Customer, direct or indirect, and shall not be limited in amount+}[-shall not exceed the fees paid in the twelve "
                 "months before the claim-}.").replace("-}", "-]")
    rows = [
        p("", "MASTER SERVICES AGREEMENT"),
        p("", "between [Client Name] (the “Customer”) and Northwind Services Ltd (the “Supplier”)."),
        p("1.", "Definitions", level=0, heading=True),
        p("1.1", "“Services” means the services described in Schedule 1, as amended from time to time{+ by written agreement of both "
          "parties+}.", level=1),
        p("1.2", "“Deliverables” means everything the Supplier makes for the Customer under this Agreement.", level=1),
        p("2.", "Services", level=0, heading=True),
        p("2.1", "The Supplier shall perform the Services with reasonable skill and care[- and in accordance with good industry "
          "practice-].", level=1, who=FIRM),
        p("2.2", "{+The Supplier shall not replace Key Personnel without the Customer's prior written consent, which shall not be "
          "unreasonably withheld.+}", level=1, mark=Kind.INS, who=FIRM),
        p("2.3", "The Supplier shall keep records of the Services for (~six years~).", level=1, was="2.2"),
        p("3.", "Fees and payment", level=0, heading=True),
        p("3.1", "The Customer shall pay each undisputed invoice within [!-thirty (30)-]{!+sixty (60)+} days of receipt.", level=1),
        p("3.2", "Late payments bear interest at [-4-]{+2+} per cent a year above the base rate of the central bank.", level=1),
        p("(a)", "interest accrues daily from the due date until payment;", level=2),
        p("(b)", "[-the Supplier may suspend the Services while an undisputed invoice is overdue.-]", level=2, mark=Kind.DEL),
        p("3.3", "Fees are due as follows:", level=1),
        p("", "Milestone", cell=Cell(0, 0, 0)), p("", "Fee", cell=Cell(0, 0, 1)), p("", "Due", cell=Cell(0, 0, 2)),
        p("", "Kick-off", cell=Cell(0, 1, 0)), p("", "EUR 12,000", cell=Cell(0, 1, 1)), p("", "on signing", cell=Cell(0, 1, 2)),
        p("", "Acceptance", cell=Cell(0, 2, 0)), p("", "EUR [-36,000-]{+34,500+}", cell=Cell(0, 2, 1)),
        p("", "[-on delivery-]{+on acceptance+}", cell=Cell(0, 2, 2)),
        p("4.", "Confidentiality", level=0, heading=True),
        p("4.1", "[<Each party shall keep the other party's Confidential Information secret for five years.<]", level=1,
          mark=Kind.MOVE_FROM, move="m1"),
        p("4.1", "A party may disclose Confidential Information where the law requires it.", level=1, was="4.2"),
        p("5.", "Liability", level=0, heading=True),
        p("5.1", liability, level=1, who=FIRM),
        p("5.2", "Nothing in this Agreement limits liability for fraud or for death or personal injury caused by negligence.", level=1),
        p("6.", "Term and termination", level=0, heading=True),
        p("6.1", "This Agreement runs for one year and renews for further years unless either party gives [-ninety-]{+thirty+} days' "
          "notice.", level=1),
        p("6.2", "{>Each party shall keep the other party's Confidential Information secret for >}{+at least +}{>five years.>}", level=1,
          mark=Kind.MOVE_TO, move="m1"),
        p("7.", "General", level=0, heading=True),
        p("7.1", "This Agreement is governed by the laws of England and Wales.", level=1),
        p("7.2", "Notices are given in writing to the addresses on the first page.", level=1),
        p("", "Northwind Services Ltd · confidential", story="footer:1"),
    ]
    where = next(number for number, one in enumerate(rows) if one.props.label == "5.1")
    killer = Flag(FlagKind.KILLER, True, None, "5.1", where, "A clause that cost us Initech came back", evidence=_evidence(rows, where))
    pay = next(number for number, one in enumerate(rows) if one.props.label == "3.1")
    comments = (
        Comment("1", "Jane Roe", datetime(2026, 3, 4, 10, 15, tzinfo=UTC), "Our finance team pays twice a month, thirty days is too short.",
                pay, 0, 12, "The Customer"),
        Comment("2", "Smith LLP", datetime(2026, 3, 5, 9, 0, tzinfo=UTC), "Agreed, see also 3.2.", pay, 0, 12, "The Customer", parent="1"),
    )
    return comparison(rows, SENT, RECEIVED, flags=(killer,), comments=comments)


def _evidence(rows: Sequence[Paragraph], where: int) -> Evidence:
    ours = rows[where].side("new")
    pairs = []
    for word, then in (("all losses of the Customer", "all losses of the Customer"), ("direct or indirect", "direct or indirect"),
                       ("limited in amount", "limit as to amount")):
        start, there = ours.index(word), KILLER_TEXT.index(then)
        pairs.append(((where, start, start + len(word)), (there, there + len(then))))
    return Evidence(
        "k0000001", "Liability without a limit", "Initech", datetime(2025, 9, 12, tzinfo=UTC),
        "Our insurer refused to cover it and the board walked away after three weeks.", "walk away",
        "Twice the yearly fees, and no indirect loss.", KILLER_TEXT, 0.82, "same",
        "It makes us liable for every loss and takes the limit away, as then.", tuple(pairs),
    )


def russian() -> Comparison:
    """A Russian deal."""
    rows = [
        p("", "ДОГОВОР ОКАЗАНИЯ УСЛУГ № 17"),
        p("1.", "Предмет договора", level=0, heading=True),
        p("1.1.", "Исполнитель обязуется оказать Заказчику услуги, а Заказчик — оплатить их[- в порядке, установленном разделом 3-].",
          level=1),
        p("2.", "Стоимость услуг и порядок расчётов", level=0, heading=True),
        p("2.1.", "Оплата производится в течение [!-10 (десяти)-]{!+45 (сорока пяти)+} банковских дней с даты подписания акта.", level=1),
        p("2.2.", "{+Исполнитель возмещает любые убытки Заказчика в полном объёме.+}", level=1, mark=Kind.INS),
        p("3.", "Ответственность сторон", level=0, heading=True),
        p("3.1.", "За просрочку оплаты Заказчик уплачивает пеню в размере [-0,1%-]{+0,01%+} за каждый день просрочки.", level=1),
    ]
    old = VersionInfo("romashka@1", "ООО «Ромашка», turn 1, sent", "ООО «Ромашка»", 1, "sent")
    new = VersionInfo("romashka@2", "ООО «Ромашка», turn 2, received", "ООО «Ромашка»", 2, "received")
    return comparison(rows, old, new)


def bilingual() -> Comparison:
    """A contract in two columns, edited in one language only."""
    texts = [
        ("1.", "Subject of the Agreement", "Предмет договора"),
        ("1.1", "The Contractor shall render the services set out in Annex 1, and the Customer shall accept and pay for them.",
         "Исполнитель обязуется оказать услуги, указанные в Приложении 1, а Заказчик — принять и оплатить их."),
        ("1.2", "The term of the services is [-two-]{+three+} months.", "Срок оказания услуг — два месяца."),
    ]
    rows = [p("", "AGREEMENT / ДОГОВОР")]
    for number, (label, left, right) in enumerate(texts):
        level = 0 if label.count(".") == 1 and label.endswith(".") else 1
        rows.append(p(label, left, level=level, heading=level == 0, cell=Cell(0, number, 0)))
        rows.append(p(label, right, heading=level == 0, cell=Cell(0, number, 1)))
    return comparison(rows, VersionInfo("bi@1", "Bilingual, turn 1", "Bilingual"), VersionInfo("bi@2", "Bilingual, turn 2", "Bilingual"))


HOSTILE = ("[Client Name]", "[/b]", "[@click=app.quit]press me[/]", "[red]waived[/red]", "a\x9b31mb", "x\u202egnp.exe", "zero\u200bwidth",
           "[/]", "\x07bell", "\x1b]8;;http://example.invalid\x1b\\link")


def hostile() -> Comparison:
    """A contract made of markup, control characters and things that look like other things."""
    rows = [p(f"{number}.", f"{bad} Heading", level=0, heading=True) if number % 3 == 0 else
            p(f"{bad}", f"{bad} and [-{bad}-]{{+{bad}{bad}+}} end", level=1, who=replace(JANE, author=bad))
            for number, bad in enumerate(HOSTILE * 2)]
    found = Evidence("k0000002", HOSTILE[2], HOSTILE[1], None, HOSTILE[4], HOSTILE[0], HOSTILE[5], HOSTILE[1] * 3, 0.5, HOSTILE[7],
                     HOSTILE[2], (((1, 0, 4), (0, 4)),))
    flags = (Flag(FlagKind.KILLER, True, None, HOSTILE[0], 1, HOSTILE[2], evidence=found),
             Flag(FlagKind.NOTICE, True, None, HOSTILE[1], 2, HOSTILE[4], code="bidi-control"))
    comments = (Comment("1", HOSTILE[2], None, HOSTILE[1] + HOSTILE[4], 1, 0, 3),)
    old = VersionInfo("evil@1", HOSTILE[1] + HOSTILE[4], HOSTILE[2])
    return comparison(rows, old, VersionInfo("evil@2", HOSTILE[2] + HOSTILE[5], HOSTILE[0]), flags=flags, comments=comments)


STOCK = """the Supplier shall perform its obligations under this Agreement with due care and in accordance with the standards that are
customary in the industry and shall inform the Customer without delay of any circumstance"""


def long(paragraphs: int = 2000, edits: int = 400, words: int = 60) -> Comparison:
    """A generated contract: `edits` changes spread evenly over `paragraphs` of `words` words."""
    stock = STOCK.split()
    every = max(1, paragraphs // edits) if edits else paragraphs + 1
    rows: list[Paragraph] = []
    for number in range(paragraphs):
        text = " ".join(stock[(number * 7 + place) % len(stock)] for place in range(words))
        if number % every == every // 2:
            text = text.replace(" Supplier ", " [-Supplier-]{+Contractor+} ", 1)
        if number % 10 == 0:
            rows.append(p(f"{number // 10 + 1}.", f"Article {number // 10 + 1}", level=0, heading=True))
        else:
            rows.append(p(f"{number // 10 + 1}.{number % 10}", text, level=1))
    return comparison(rows, SENT, RECEIVED)


@dataclass(frozen=True)
class FakeInstance:
    text: str
    deal: str = ""
    turn: int = 0
    clause: str = ""
    reason: str = ""


@dataclass(frozen=True)
class FakeKiller:
    id: str
    title: str
    deal: str
    date: datetime | None
    reason: str
    severity: str
    offer: str
    instances: tuple[FakeInstance, ...]
    burdens: str = ""
    cause: str = ""
    limits: tuple[str, ...] = ()
    dismissed: tuple[FakeInstance, ...] = ()


def history() -> tuple[HistoryRow, ...]:
    rows = tuple(one for one in english().redline.paragraphs if one.props.label == "3.1")
    return (
        HistoryRow("Acme Corp", "acme@2", datetime(2026, 3, 6, tzinfo=UTC), "Jane Roe", "3.1", Redline(rows), "open"),
        HistoryRow("Initech", "initech@2", datetime(2025, 9, 1, tzinfo=UTC), "Bill L.", "3.1", Redline(rows), "lost", "uncapped liability"),
    )


class FakeDesk:
    """Answers from hand-made views, and remembers what it was asked."""

    def __init__(self, now: datetime | None = None) -> None:
        self.now = now or datetime.now(UTC)
        self.asked: list[str] = []
        self.comparisons = {"acme": english, "romashka": russian, "bilingual": bilingual, "evil": hostile, "long": long}
        self.empty = False
        self.removed: set[str] = set()
        self.said: list[tuple[str, KillerFields]] = []
        self.changed = 0
        self.stored: dict[str, tuple[Decision, ...]] = {}
        self.acts: list[tuple[str, dict[str, tuple[Decision, ...]]]] = []
        self.undone: list[tuple[str, dict[str, tuple[Decision, ...]]]] = []
        self.marked: dict[str, frozenset[ChangeId]] = {}
        self.answers: list[tuple[str, Manner, Path]] = []

    def _ago(self, days: int) -> datetime:
        return self.now - timedelta(days=days, hours=1)

    def board(self, part: Part | None = None) -> tuple[DealRow, ...]:
        self.asked.append("board")
        if self.empty:
            return ()
        return (
            DealRow("acme", "Acme Corp", "services", "open", "us", self._ago(12), 2, 41, 1, 2, "48,000 EUR", undecided=38),
            DealRow("romashka", "ООО «Ромашка»", "services-ru", "open", "us", self._ago(3), 2, 4, 1, 0, "1,200,000 RUB"),
            DealRow("bilingual", "Umbrella GmbH", "bilingual", "open", "them", self._ago(20), 3, 1, 0, 0, "90,000 EUR"),
            DealRow("evil", HOSTILE[2], "services", "open", "them", self._ago(0), 2, 14, 0, 2),
            DealRow("globex", "Globex", "services", "won", "", self._ago(60), 4, 17, 0, 0, "31,000 EUR", True),
            DealRow("initech", "Initech", "services", "lost", "", self._ago(160), 3, 22, 0, 1, "75,000 EUR", False, "uncapped liability"),
        )

    def log(self, name: str | None) -> tuple[LogRow, ...]:
        self.asked.append(f"log {name}")
        who = HOSTILE[1] if name == "evil" else "Jane Roe"
        return (
            LogRow(f"{name}@2", self._ago(12), "turn 2, received", who, "", "", 40, 1, 2, 2, "us", 12.04),
            LogRow(f"{name}@1", self._ago(22), "turn 1, sent", "you", "from base@3", holder="them", days=10.0),
        )

    def review(self, client: str) -> Comparison:
        self.asked.append(f"review {client}")
        if client not in self.comparisons:
            raise UsageError(f"there is no deal [{client}]", "see the deals with `redline deals`")
        found = self.comparisons[client]()
        return replace(found, decisions=self.stored.get(found.new.address, ()))

    def compare(self, old: str, new: str | None) -> Comparison:
        self.asked.append(f"compare {old} {new}")
        return replace(english(), old=BASE)

    def versions(self, client: str) -> tuple[VersionInfo, ...]:
        self.asked.append(f"versions {client}")
        return (RECEIVED, SENT, BASE, VersionInfo("evil@1", HOSTILE[1]))

    def killers(self) -> tuple[FakeKiller, ...]:
        self.asked.append("killers")
        return tuple(one for one in self.library if one.id not in self.removed)

    @property
    def library(self) -> tuple[FakeKiller, ...]:
        return (
            FakeKiller("k0000001", "Liability without a limit", "Initech", datetime(2025, 9, 12, tzinfo=UTC),
                       "Our insurer refused to cover it and the board walked away after three weeks.", "walk away",
                       "Twice the yearly fees, and no indirect loss.", (FakeInstance(KILLER_TEXT, "Initech", 3, "11.3"),),
                       "provider", "uncapped", ("more than 200 % of the fees",),
                       (FakeInstance("Liability for fraud is unlimited.", "Globex", 2, "11.4", "fraud cannot be capped anyway"),)),
            FakeKiller("k0000002", HOSTILE[2], HOSTILE[1], None, HOSTILE[4], HOSTILE[0], HOSTILE[5], (FakeInstance(HOSTILE[1]),)),
        )

    def cycle(self) -> Cycle:
        self.asked.append("cycle")
        rows = (CycleRow("Globex", "won", 4, 9, 31, 40, False), CycleRow("Initech", "lost", 3, 21, 12, 33, False),
                CycleRow("Acme Corp", "open", 2, 14, 10, 24, True), CycleRow(HOSTILE[0], "open", 2, 1, 2, 3, True))
        stages = (Stage("with us", "us", 2, 15.0, 9.0, 21.0), Stage("with them", "them", 2, 21.5, 12.0, 31.0),
                  Stage("in all", "", 2, 36.5, 33.0, 40.0), Stage("turn 1, with them", "them", 4, 6.0, 1.0, 12.0))
        return Cycle(rows, 2, 36.5, 15.0, 21.5, 33.0, 40.0, stages)

    def history(self, clause: str) -> tuple[HistoryRow, ...]:
        self.asked.append(f"history {clause}")
        return history()

    def blame(self, version: str, clause: str) -> Blame:
        self.asked.append(f"blame {version} {clause}")
        sources = (Source(BASE.title, "", None, True, 120, True), Source("Acme Corp, turn 2", "Jane Roe", JANE.date, True, 9),
                   Source(HOSTILE[0], HOSTILE[1], None, False, 3))
        rows = (BlameRow("3.1", False, (("The liability of the Supplier is ", 0), ("unlimited ", 1), (HOSTILE[2], 2))),
                BlameRow("3.2", False, (("Nothing was changed here.", 0),)))
        return Blame(replace(RECEIVED, title=f"{RECEIVED.title}"), BASE, 3, clause, sources, rows)

    def add_killer(self, version: str, clause: str, fields: KillerFields) -> Done:
        if not fields.why:
            raise UsageError("a killer needs a reason [b]", "say it")
        self.said.append((f"{version} {clause}", fields))
        return Done("killer k0000009 is in the library")

    def edit_killer(self, killer: str, fields: KillerFields) -> Done:
        if not fields.why:
            raise UsageError("a killer needs a reason [b]", "say it")
        self.said.append((killer, fields))
        return Done(f"killer {killer} is changed")

    def remove_killer(self, killer: str) -> Done:
        self.removed.add(killer)
        return Done(f"killer {killer} is no longer looked for")

    def drop_wording(self, killer: str, *, instance: int | None = None, dismissal: int | None = None) -> Done:
        self.asked.append(f"drop {killer} {instance} {dismissal}")
        return Done("taken out")

    def test_killers(self, version: str) -> Tested:
        self.asked.append(f"test {version}")
        if version == "nobody":
            raise UsageError("there is no deal [nobody]", "see the deals with `redline deals`")
        told = Evidence("k0000001", "Liability without a limit", "Initech", None, "refused", "walk away", "a cap", KILLER_TEXT, 0.83,
                        "same", "This says the same.", here=f"{HOSTILE[1]} without limit", spans=(((5, 12), (0, 7)),),
                        figures=(("90", "45", "theirs"),))
        near = replace(told, score=0.4, title=HOSTILE[2], why="This says the reverse.")
        return Tested(RECEIVED, 2, (Hit("11.3", 4, True, told), Hit(HOSTILE[0], 5, False, near)))

    # Acts

    def stamp(self) -> int:
        return self.changed

    def decide(self, view: Comparison, act: Act) -> tuple[Decision, ...]:
        self.asked.append(f"decide {act.verdict.value} {len(act.changes)}")
        known = {one.change: one for one in self.stored.get(view.new.address, ())}
        if known != {one.change: one for one in view.decisions or ()}:
            raise ConflictError("somebody else decided it meanwhile; nothing was stored", "Read it again.")
        self.acts.append((view.new.address, dict(self.stored)))
        self.undone = []
        known |= {change: Decision(change, act.verdict, act.why, act.text, act.paragraph, "Nora", self.now) for change in act.changes}
        self.stored[view.new.address] = tuple(known.values())
        return self.stored[view.new.address]

    def decisions(self, view: Comparison) -> tuple[Decision, ...]:
        return self.stored.get(view.new.address, ())

    def past(self, redo: bool) -> Past | None:
        acts = self.undone if redo else self.acts
        return Past(str(len(acts)), "decide", "1 change decided", acts[-1][0].partition("@")[0]) if acts else None

    def undo(self, act: str, redo: bool) -> Done:
        here, there = (self.undone, self.acts) if redo else (self.acts, self.undone)
        where, before = here.pop()
        there.append((where, dict(self.stored)))
        self.stored = before
        return Done("taken back: decide")

    def seen(self, view: Comparison) -> frozenset[ChangeId]:
        return self.marked.get(view.new.address, frozenset())

    def see(self, view: Comparison, changes: Collection[ChangeId]) -> bool:
        self.marked[view.new.address] = frozenset(changes)
        return True

    def offer(self, theirs: str, ours: str) -> Redline:
        return offered(theirs, ours)

    def respond(self, client: str, manner: Manner, path: Path, tell: Tell, *, force: bool = False) -> Done:
        tell("writing …")
        self.answers.append((client, manner, path))
        return Done("turn 3 is stored", ("1 accepted",))

    def receive(self, client: str, path: Path, tell: Tell, *, force: bool = False) -> Receipt:
        tell("reading …")
        self.asked.append(f"receive {client} {path.name}")
        return Receipt("Acme Corp", client, 2, True, english(), "Jane Roe")
