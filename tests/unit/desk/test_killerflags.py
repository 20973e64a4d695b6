"""Killers work on changes first: what came in or got worse is loud, what is ours is quiet, what is gone is a relief."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

from redline.compare import diff
from redline.desk.killerflags import killer_flags
from redline.killers import Killer, Matcher, new_killer
from redline.killers.care import dismiss
from redline.model import ClauseId, Kind, Paragraph, Props, Segment
from redline.text import fold
from redline.views import Flag, FlagKind

CAP = "The Supplier's liability under this Agreement shall be unlimited."
PAY = "The Customer shall pay each invoice within {} days of its receipt."
CALM = "The Supplier shall deliver the reports on the first working day of each month."
KILLERS = (new_killer(CAP, deal="Beta", reason="no insurer"), new_killer(PAY.format(60), deal="Gamma", burdens="provider"))
NOTHING = frozenset[str]()


def contract(*texts: str) -> tuple[Paragraph, ...]:
    """Numbered clauses, each with an id that follows from its first words."""
    return tuple(Paragraph((Segment(Kind.SAME, text),), new=props, old=props) for number, text in enumerate(texts, 1)
                 for props in [Props(label=f"{number}.", level=0, clause=ClauseId(f"c{crc32(text[:12].encode()):08x}"))])


def flagged(old: Sequence[str], new: Sequence[str], own: Sequence[str] = (), killers: Sequence[Killer] = KILLERS) -> list[Flag]:
    redline = diff(contract(*old), contract(*new))
    ours = frozenset(map(fold, own))
    return list(killer_flags(Matcher(killers), redline, lambda: ours, alone=list(old) == list(new)))


def told(flags: Sequence[Flag]) -> list[tuple[FlagKind, bool, str, bool]]:
    return [(flag.kind, flag.loud, flag.evidence.deal if flag.evidence else "", flag.own) for flag in flags]


def test_a_clause_that_was_put_in_is_loud() -> None:
    (flag,) = flagged([CALM], [CALM, CAP])
    assert told([flag]) == [(FlagKind.KILLER, True, "Beta", False)]
    assert flag.message.endswith("came back: no insurer")
    assert flag.evidence is not None
    assert flag.evidence.here.strip() == CAP
    (paragraph, start, end), _ = flag.evidence.words[0]
    assert (paragraph, contract(CALM, CAP)[1].text[start:end]) == (1, CAP[start:end])


def test_a_clause_that_stood_there_is_quiet_and_ours_where_it_is_ours() -> None:
    assert told(flagged([CAP, CALM], [CAP, CALM + " On paper."])) == [(FlagKind.KILLER, False, "Beta", False)]
    assert told(flagged([CAP, CALM], [CAP, CALM + " On paper."], own=[CAP])) == [(FlagKind.KILLER, False, "Beta", True)]


def test_a_touch_that_makes_it_no_worse_is_quiet_and_worse_figures_are_loud() -> None:
    touched = "The Supplier's liability under this Agreement shall be unlimited in all cases."
    assert [flag.loud for flag in flagged([CAP], [touched])] == [False]
    assert [flag.loud for flag in flagged([PAY.format(60)], [PAY.format(90)])] == [True]
    assert [flag.loud for flag in flagged([PAY.format(90)], [PAY.format(75)])] == [False]


def test_a_harmless_figure_made_a_killer_is_loud_and_the_way_back_a_relief() -> None:
    assert told(flagged([PAY.format(14)], [PAY.format(60)])) == [(FlagKind.KILLER, True, "Gamma", False)]
    (relief,) = flagged([PAY.format(60)], [PAY.format(14)])
    assert told([relief]) == [(FlagKind.RELIEF, True, "Gamma", False)]
    assert "is gone" in relief.message


def test_what_was_struck_out_is_a_relief_but_not_while_it_stands_elsewhere() -> None:
    assert [flag.kind for flag in flagged([CALM, CAP], [CALM])] == [FlagKind.RELIEF]
    assert [flag.kind for flag in flagged([CAP, CALM, CAP + " Always."], [CAP, CALM])] == [FlagKind.KILLER]


def test_a_clause_that_moved_is_no_news_and_a_second_one_is() -> None:
    assert [flag.loud for flag in flagged([CAP, CALM], [CALM, CAP])] == [False]
    assert sorted(flag.loud for flag in flagged([CAP, CALM], [CAP, CALM, CAP])) == [False, True]


def test_a_version_by_itself_is_loud_in_what_is_not_ours() -> None:
    assert told(flagged([CAP], [CAP])) == [(FlagKind.KILLER, True, "Beta", False)]
    assert told(flagged([CAP], [CAP], own=[CAP])) == [(FlagKind.KILLER, False, "Beta", True)]


def test_a_dismissed_wording_is_quiet_and_says_why() -> None:
    fraud = "The Supplier's liability for fraud under this Agreement shall be unlimited."
    (loud,) = flagged([CALM], [CALM, fraud])
    assert loud.loud
    (quiet,) = flagged([CALM], [CALM, fraud], killers=(dismiss(KILLERS[0], fraud, "the law says so"), KILLERS[1]))
    assert (quiet.loud, quiet.code) == (False, "dismissed")
    assert "the law says so" in quiet.message


LONG = ("The Supplier shall indemnify the Customer against every claim of a third party, bear the fines of any authority, "
        "restore lost data at its own cost and maintain insurance of ten million euros.")
SPREAD = (("2.", 0, "The Supplier undertakes the following:"),
          ("(a)", 1, "to indemnify the Customer against every claim of a third party, whatever its ground and wherever it is raised;"),
          ("(b)", 1, "to bear the fines of any authority that the Customer is told to pay in any country;"),
          ("(c)", 1, "to restore lost data at its own cost within one working day of the request, on weekends too;"),
          ("(d)", 1, "to maintain insurance of ten million euros with a company that the Customer chooses."))


def test_a_killer_spread_over_sub_clauses_is_found_once() -> None:
    known = Matcher([new_killer(LONG, deal="Delta")])
    assert not any(match.route == "text" for _, _, text in SPREAD for match in known.match(text)), "the parts alone are no killer"
    rows = tuple(Paragraph((Segment(Kind.SAME, text),), new=props, old=props) for label, level, text in SPREAD
                 for props in [Props(label=label, level=level, clause=ClauseId(f"c{crc32(text.encode()):08x}"))])
    redline = diff(contract(CALM), (*contract(CALM), *rows))
    (flag,) = killer_flags(known, redline, lambda: NOTHING, alone=False)
    assert (flag.label, flag.loud) == ("2", True)
    assert flag.evidence is not None
    assert len({paragraph for (paragraph, _, _), _ in flag.evidence.words}) >= 3
    for (paragraph, start, end), _ in flag.evidence.words:
        assert redline.paragraphs[paragraph].side("new")[start:end].strip()
