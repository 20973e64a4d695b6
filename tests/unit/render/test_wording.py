"""Who made which change, and one change in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from redline.model import OBJECT, Attribution, Cell, Change, ChangeId, ChangeKind, ClauseId, Kind, Segment, Span
from redline.render import html, markdown, text, wording
from redline.render.phrases import evidence_head, struck_notes, who
from redline.render.style import Painter
from redline.views import Comparison, Flag, FlagKind
from tests.golden import samples
from tests.golden.samples import JANE, RECEIVED, SILENT, paragraph, plus, view

WIDE = Painter(width=400)
SENT_BY = Attribution("Ilse Brandt", datetime(2025, 7, 10, tzinfo=UTC), "Brandt", 2, False)


def drawn(shown: Comparison, *only: str) -> str:
    return "\n".join(text.comparison(shown, WIDE, only=frozenset(only)))


def border(kind: Kind, *parts: str | Segment) -> tuple[Comparison, Change]:
    """A paragraph whose mark alone came or went, followed by another one."""
    first = paragraph(*parts, mark=kind, who=JANE)
    shown = view([first, paragraph("The rest.")])
    old, new = ("\n", "") if kind is Kind.DEL else ("", "\n")
    nature = ChangeKind.DELETE if kind is Kind.DEL else ChangeKind.INSERT
    return shown, Change(ChangeId("00000009"), nature, old, new, None, "", (Span(0, len(parts), len(parts), True),), (JANE,))


def test_two_hands_in_a_paragraph_have_a_line_each_in_every_format() -> None:
    shown = samples.english()
    lines = ("“thirty (30)” → “sixty (60)”", "“without set-off or deduction” → “less any amount in dispute”")
    for words, author, change in zip(lines, ("Jane Roe, 2026-03-04", "Smith LLP, 2026-03-05"), ("00000000", "00000001"), strict=True):
        assert f"    {words}  {author}, tracked · {change}\n" in drawn(shown)
        assert f"> {words} {author}, tracked · {change}" in markdown.comparison(shown)
        assert f"<p><bdi>{words}</bdi> <bdi>{author}, tracked</bdi></p>" in html.comparison(shown)


def test_tracked_and_untracked_words_of_one_person_are_told_apart() -> None:
    found = drawn(view([paragraph("a ", plus("one"), " b ", plus("two", replace(JANE, tracked=False)))]))
    assert "added “one”  Jane Roe, 2026-03-04, tracked · 00000000\n" in found
    assert "added “two”  UNTRACKED, in the file that Jane Roe sent on 2026-03-04 · 00000001" in found


def test_the_changes_of_one_person_stay_on_one_line() -> None:
    found = drawn(view([paragraph("a ", plus("one"), " b ", plus("two"))]))
    assert "    Jane Roe, 2026-03-04, tracked · 00000000 00000001\n" in found


def test_each_inserted_and_deleted_word_says_who_did_it_in_html() -> None:
    found = html.comparison(samples.english())
    assert 'title="Smith LLP, 2026-03-05, tracked" data-change="00000001">less any amount in dispute</ins>' in found
    assert 'class="untracked" title="UNTRACKED, in the file of Acme, turn 2" data-change="00000002">8 %</del>' in found


def test_one_author_s_changes_stand_alone_below_a_paragraph_and_the_head_says_that_it_counts_all() -> None:
    found = drawn(samples.english(), "Smith LLP")
    assert "Shown: only Smith LLP. The figures are for all." in found.splitlines()[2]
    assert "less any amount in dispute”  Smith LLP" in found
    assert "    1 change by others\n" in found
    assert "Jane Roe, 2026-03-04, tracked" not in found
    assert "The figures are for all." in markdown.comparison(samples.english(), only=frozenset({"Smith LLP"}))
    assert "The figures are for all." not in drawn(samples.english(), "untracked")


def test_nobody_is_named_as_the_author_of_an_edit_that_word_does_not_admit_to() -> None:
    shown = view([paragraph("a ", plus("b", SENT_BY))])
    assert who(shown.changes[0]) == "UNTRACKED, in the file that Ilse Brandt sent on 2025-07-10"
    assert who(replace(shown.changes[0], attributions=(Attribution(),))) == "UNTRACKED"
    assert 'datetime="2025' not in html.comparison(shown)
    gone = paragraph("a ", Segment(Kind.GONE, "b", attribution=JANE, struck=SENT_BY))
    assert list(struck_notes(gone)) == [
        "“b” put in by Jane Roe, 2026-03-04, struck by UNTRACKED, in the file that Ilse Brandt sent on 2025-07-10"]


def test_a_split_and_a_join_are_told_by_the_words_they_stand_after() -> None:
    shown, change = border(Kind.INS, "All invoices are due within thirty days. ")
    assert wording.in_words(change, shown) == "split in two after “…due within thirty days.”"
    shown, change = border(Kind.DEL, "Short text.")
    assert wording.in_words(change, shown) == "joined with the paragraph after “Short text.”"
    shown, change = border(Kind.INS)
    assert wording.in_words(change, shown) == "an empty paragraph added"


def test_words_that_moved_and_were_edited_say_both() -> None:
    shown = samples.english()
    move = next(change for change in shown.changes if change.kind is ChangeKind.MOVE)
    assert wording.in_words(move, shown, 80).endswith(" years.”, and changed: +“ten” −“three”")


def test_a_lone_picture_is_named() -> None:
    shown = view([paragraph(Segment(Kind.DEL, OBJECT, atom="image:0a1b", attribution=SILENT), mark=Kind.DEL, who=SILENT)])
    assert wording.in_words(shown.changes[0], shown) == "struck out “‹picture›”"


def test_a_receipt_says_in_which_header_note_or_table_an_edit_stands() -> None:
    shown = view([paragraph("Draft ", plus("two", SILENT), story="header:1"),
                  paragraph("Fee ", plus("9", SILENT), story="footnote:2"),
                  paragraph("Box ", plus("8", SILENT), story="textbox:1"),
                  paragraph("Seats ", plus("5", SILENT), cell=Cell(0, 2, 0))])
    assert [wording.place(change, shown) for change in shown.changes] == ["Header 1", "Footnote 2", "Text box 1", "table, row 3"]
    found = "\n".join(text.receipt(replace(samples.receipt(), comparison=shown), WIDE))
    assert "      Header 1  “Draft” → “Draft two”" in found


def test_their_own_paper_is_not_said_to_be_unchanged() -> None:
    shown = view([paragraph("One.", label="1.", level=0), paragraph("Two.", label="2.", level=0)], old=RECEIVED)
    found = "\n".join(text.receipt(replace(samples.receipt(), comparison=shown, alike=None), WIDE))
    assert "  their own contract, 2 clauses\n" in found
    assert "no words changed" not in found


def test_nothing_stood_there_before_in_a_version_shown_by_itself() -> None:
    flag = Flag(FlagKind.NOTICE, False, ClauseId("c00000000"), "", 0, "hidden text", "hidden-text")
    alone = view([paragraph("Text.")], old=RECEIVED, flags=[flag])
    shown = "\n".join(text.version(alone, WIDE))
    assert "! NOTICE hidden text" in shown
    assert "1 flag" in shown
    for found in (shown, html.comparison(alone), markdown.comparison(alone, whole=True)):
        assert "before" not in found.replace("Before the first clause", "")


def test_a_killer_that_cost_no_deal_is_not_called_lost() -> None:
    killer = replace(samples.KILLER, deal="", clause="", date=date(2026, 11, 24))
    found = "\n".join(text.killers([killer], WIDE))
    assert "    added 2026-11-24\n" in found
    assert "lost" not in found
    head = evidence_head(replace(samples.EVIDENCE, deal="", date=date(2026, 11, 24)))
    assert head.startswith("“Unlimited liability” is on the list of killers since 2026-11-24 (walk away)")


def test_the_marks_are_explained_once_when_there_are_any_and_no_colour() -> None:
    assert drawn(view([paragraph("a ", plus("b"))])).endswith("\n\n{+inserted+}; in the margin +")
    assert "in the margin" not in drawn(view([paragraph("a")]))
    assert "in the margin" not in "\n".join(text.comparison(samples.english(), Painter(color=True)))


def test_a_row_that_came_whole_is_one_piece_however_wide() -> None:
    cells = [paragraph(plus(f"{name} " * 20), mark=Kind.INS, who=JANE, cell=Cell(0, 3, column))
             for column, name in enumerate(("left", "right"))]
    found = "\n".join(text.comparison(view([paragraph("Kept."), *cells]), Painter(width=60)))
    assert "│" in found
    assert "row 4" not in found
