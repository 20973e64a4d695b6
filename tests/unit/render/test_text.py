"""What a terminal shows of a comparison and of the reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redline.errors import UsageError
from redline.model import Cell, ChangeId, ChangeKind, Kind, Look, Notice, Paragraph, Segment, Span
from redline.render import html, markdown, text
from redline.render.reports import whose_turn
from redline.render.style import Column, Ink, Painter, fit, pad, table, width_of, wrap
from redline.views import Comparison, Flag, FlagKind
from tests.golden import samples
from tests.golden.samples import ANNA, FIRM, SILENT, minus, paragraph, plus, view

PLAIN = Painter(width=80)


def drawn(shown: Comparison, width: int = 80, *, clause: str | None = None, only: frozenset[str] = frozenset(),
          whole: bool = False) -> list[str]:
    return list(text.comparison(shown, Painter(width=width), clause=clause, only=only, whole=whole))


def without_legend(lines: list[str]) -> list[str]:
    """The lines without the one that says what the marks mean, and without the empty one above it."""
    at = next(number for number, line in enumerate(lines) if "; in the margin" in line)
    return lines[:at - 1] + lines[at + 1:]


def body(shown: Comparison, *names: str) -> str:
    return "\n".join(drawn(shown, 400, only=frozenset(names))[2:])


@pytest.mark.parametrize("width", [20, 37, 80, 120])
@pytest.mark.parametrize("make", [samples.english, samples.russian, samples.bilingual, samples.hostile])
def test_no_line_is_wider_than_the_painter(make: object, width: int) -> None:
    assert callable(make)
    for line in drawn(make(), width, whole=True):
        assert width_of(line) <= width, line


@given(st.lists(st.tuples(st.text(st.sampled_from("ab é́株\u0301 \n")), st.sampled_from([Ink.PLAIN, Ink.INS])), max_size=8),
       st.integers(8, 30))
def test_wrapping_keeps_every_word_and_the_width(runs: list[tuple[str, Ink]], width: int) -> None:
    lines = ["".join(piece for piece, _ in line) for line in wrap(runs, width)]
    assert "".join("".join(lines).split()) == "".join("".join(piece for piece, _ in runs).split())
    assert all(width_of(line) <= width for line in lines)


def test_wide_and_combining_characters_count_as_the_columns_they_take() -> None:
    assert width_of("株式会社") == 8
    assert width_of("é") == width_of("e\u0301") == 1
    assert fit("株式会社ガンマ", 7) == "株式会…"
    assert pad("株式", 6) == "株式  "
    assert pad("5", 3, right=True) == "  5"


def test_marks_hold_on_to_their_words_when_lines_break() -> None:
    shown = view([paragraph("word ", plus("put in "), "here " * 20)])
    for width in range(20, 40):
        assert not any(line.rstrip().endswith("{+") or line.lstrip("+ ").startswith("+}") for line in drawn(shown, width))


def test_colour_adds_nothing_but_colour() -> None:
    import re

    shown = samples.english()
    colored = "\n".join(text.comparison(shown, Painter(color=True, width=500)))
    marks = re.compile(r"\{\+\[-|-\]\+\}|\{[+>~=]|[+>~=]\}|\[[-<]|[-<]\]")
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == marks.sub("", "\n".join(without_legend(drawn(shown, 500))))


def test_every_kind_of_change_has_a_sign_of_its_own() -> None:
    found = body(samples.english())
    assert "± The Client shall pay each invoice within [-thirty (30)-]{+sixty (60)+} days" in found
    assert "+ {+The Supplier's liability is without any limit.+}" in found
    assert "↔ {>Each party keeps the other's secrets for >}{+ten+}{> years.>}" in found
    assert "↔ [<Each party keeps the other's secrets for <][-three-][< years.<]" in found
    assert "{+[-and by fax -]+}" in found
    assert "+ This Agreement is governed by English law. {+¶+}" in found
    assert body(samples.russian()).count("− Заказчик [-не -]вправе") == 1


def test_the_head_counts_who_tracked_what_and_what_nobody_tracked() -> None:
    head = drawn(samples.english(), 400)[1]
    assert head == ("8 changes: 6 tracked by Jane Roe, 1 by Smith LLP, 1 UNTRACKED · 3 comments (1 resolved) · 1 flag · "
                    "1 flag on words that stood there before · 5 renumbered (not shown) · 3 changes of formatting hidden: --all shows them")


def test_a_silent_edit_is_called_untracked_where_it_stands() -> None:
    assert "± Late amounts bear interest at [-8 %-]{+2 %+} a year.\n    UNTRACKED, in the file of Acme, turn 2 · 00000002" in \
        body(samples.english())


def test_two_bare_files_are_not_blamed_for_tracking_nothing() -> None:
    shown = view([paragraph("a ", plus("b", None))])
    assert drawn(shown, 400)[1] == "1 change"
    assert "UNTRACKED" not in "\n".join(drawn(shown))


def test_both_ends_of_a_move_say_where_the_other_one_is() -> None:
    found = body(samples.english())
    assert "↔ moved from 9.1" in found
    assert "↔ moved to 9.3" in found


def test_clauses_without_changes_are_counted_and_headings_above_a_change_are_shown() -> None:
    found = drawn(samples.english())
    assert "… 1 clause unchanged" in found
    assert "4  Payment" in found
    assert "8 → 9  Liability" in found
    assert not any("fraud" in line for line in found)


def test_the_whole_text_is_shown_when_asked_for() -> None:
    found = "\n".join(drawn(samples.english(), 400, whole=True))
    for one in samples.english().redline.paragraphs:
        assert (not one.changed and one.text.partition("\ufffc")[0].split("\n")[0] in found) or one.changed
    assert "unchanged" not in found
    assert "(not shown)" not in found


def test_one_clause_is_shown_in_full_with_what_is_below_it() -> None:
    found = "\n".join(drawn(samples.english(), clause="9"))
    assert "Nothing here limits liability for fraud." in found
    assert "invoice" not in found
    assert "jurisdiction" not in found


def test_a_clause_that_is_gone_can_be_asked_for_by_its_old_number() -> None:
    shown = view([paragraph("Kept.", label="1.", level=0),
                  paragraph(minus("Dropped."), label="7.", level=0, mark=Kind.DEL, who=samples.JANE)])
    assert "[-Dropped.-]" in "\n".join(drawn(shown, clause="7"))


def test_an_unknown_clause_or_person_is_an_error_with_a_hint() -> None:
    with pytest.raises(UsageError):
        drawn(samples.english(), clause="99.9")
    with pytest.raises(UsageError) as caught:
        drawn(samples.english(), only=frozenset({"Nobody"}))
    assert "Jane Roe, Smith LLP" in caught.value.hint


def test_a_comparison_is_narrowed_by_kind_and_by_person() -> None:
    shown = samples.english()
    assert "invoice" in body(shown, "Smith LLP")
    assert "unlimited" not in body(shown, "smith llp")
    assert "Late amounts" in body(shown, "untracked")
    assert "invoice" not in body(shown, "untracked")
    assert "KILLER" in body(shown, "killers")
    assert "jurisdiction" in body(shown, "comments")
    assert "secrets" in body(shown, "moves")
    assert "{~in writing~}" in body(shown, "format")
    assert "format: “in writing” from plain to bold" in body(shown, "format")
    assert "unchanged" not in body(shown, "untracked")
    assert "clauses not shown" in body(shown, "untracked")
    both = body(shown, "untracked", "comments")
    assert "Late amounts" in both
    assert "jurisdiction" in both


def test_a_change_of_format_alone_is_counted_but_not_drawn() -> None:
    bold: Look = frozenset({"bold"})
    shown = view([paragraph(Segment(Kind.FORMAT, "Fees", bold, was=frozenset(), attribution=samples.JANE))])
    found = drawn(shown, 400)
    assert found[1] == "no changes of words · 1 change of formatting hidden: --all shows them"
    assert found[-1] == "Nothing to show."


def test_a_killer_shows_its_deal_date_reason_matched_words_and_offer() -> None:
    found = body(samples.english(), "killers")
    assert "! KILLER “Unlimited liability” cost us Beta GmbH on 2025-11-20 (walk away): their board would not sign" in found
    assert "here: “The {=Supplier's liability=} is {=without any limit=}.”" in found
    assert "then: “The {=Supplier's liability=} under this Agreement shall be" in found
    assert "figures: 90 days here, 30 days then: in their favour" in found
    assert "5 %" not in found
    assert "others agreed: Gamma, Delta (gamma@4, 9.1, 2026-02-01): our own wording" in found
    assert "offer instead: a cap at twelve months' fees" in found


def test_a_comment_stands_with_its_answers() -> None:
    found = body(samples.english(), "comments")
    assert "    “ Jane Roe, 2026-03-04 on “thirty (30)”: Our policy is 60 days.\n      ↳ Smith LLP, 2026-03-05: Agreed" in found
    assert "(resolved): Done." in found


def test_a_short_table_row_is_shown_whole_and_a_long_one_by_cell() -> None:
    assert "± Kick-off │ € [-10,000-]{+9,000+}" in body(samples.english())
    long = view([paragraph("left " * 30, plus("more"), cell=Cell(0, 4, 0)), paragraph("right " * 30, cell=Cell(0, 4, 1))])
    found = "\n".join(drawn(long))
    assert "row 5, column 1" in found
    assert "right" not in found


def test_text_in_a_note_is_found_under_the_name_of_its_story() -> None:
    shown = view([paragraph("Body."), paragraph("Old ", plus("new"), story="footnote:2")])
    assert without_legend(drawn(shown))[-3:] == ["Footnote 2", "+ Old {+new+}", "    Jane Roe, 2026-03-04, tracked · 00000000"]


def test_a_version_is_shown_in_full_with_what_is_pending() -> None:
    found = list(text.version(samples.english(), PLAIN))
    assert found[0] == "Acme, turn 2, received (acme@2, 2026-03-06)"
    assert found[1].startswith("Pending in it: 8 changes")
    assert "  Between Brightwater Analytics Ltd and [Client Name]." in found
    assert list(text.version(view([paragraph("Text.")]), PLAIN))[1] == "no tracked changes in it"


def test_a_receipt_says_it_all_at_a_glance() -> None:
    found = "\n".join(text.receipt(samples.receipt(), PLAIN))
    assert "6 changes tracked by Jane Roe" in found
    assert "1 UNTRACKED change: Word shows nothing of this" in found
    assert "4.2  “interest at 8 % a year” → “interest at 2 % a year”" in found
    assert "3 comments" in found
    assert "KILLER in 9.1" in found
    assert found.endswith("Next:\n  redline review acme\n  redline diff acme@1 acme@2")


def test_a_receipt_shows_a_dropped_word_in_its_sentence() -> None:
    quiet = replace(ANNA, tracked=False)
    shown = view([paragraph("The Supplier shall ", minus("not ", quiet), "be liable.", label="5.2", level=0)])
    found = "\n".join(text.receipt(replace(samples.receipt(), comparison=shown), PLAIN))
    assert "5.2  “Supplier shall not be liable” → “Supplier shall be liable”" in found


def test_a_receipt_lists_the_first_silent_edits_and_counts_the_rest() -> None:
    shown = view([paragraph(f"Clause {number} ", plus(f"silent{number}", SILENT), " end.") for number in range(9)])
    found = list(text.receipt(replace(samples.receipt(), comparison=shown), PLAIN))
    assert sum("→" in line for line in found) == 5
    assert "      … 4 more" in found


def test_a_receipt_of_a_known_file_says_so_and_stores_nothing() -> None:
    found = "\n".join(text.receipt(replace(samples.receipt(), same_as="acme@1", stored=False, comparison=None), PLAIN))
    assert "nothing was stored" in found
    assert "This is acme@1, word for word." in found


def test_a_receipt_of_a_strange_file_says_how_little_is_left() -> None:
    assert "Only 12 % of what we sent" in "\n".join(text.receipt(replace(samples.receipt(), alike=0.12), PLAIN))
    assert "Their own paper" in "\n".join(text.receipt(replace(samples.receipt(), comparison=None, alike=None), PLAIN))


def test_a_receipt_without_changes_says_so() -> None:
    found = "\n".join(text.receipt(replace(samples.receipt(), comparison=view([paragraph("Same.")])), PLAIN))
    assert "no words changed" in found


def test_the_board_says_whose_turn_it_is_and_for_how_long() -> None:
    row = samples.BOARD[0]
    assert whose_turn(row, samples.NOW) == "us, 10 days"
    assert whose_turn(replace(row, since=samples.NOW - timedelta(hours=3)), samples.NOW) == "us, today"
    assert whose_turn(replace(row, since=None), samples.NOW) == "us"
    assert whose_turn(replace(row, holder=""), samples.NOW) == ""
    assert whose_turn(replace(row, since=samples.NOW.replace(tzinfo=None) - timedelta(days=1)), samples.NOW) == "us, 1 day"


def test_tables_drop_and_cut_columns_until_they_fit() -> None:
    columns = [Column("name", give=True), Column("n", right=True), Column("note", drop=1)]
    rows = [[("a very long name indeed, far too long", Ink.PLAIN), ("5", Ink.PLAIN), ("x" * 20, Ink.PLAIN)]]
    assert table(Painter(width=30), columns, rows) == [f"name{' ' * 25}n", "a very long name indeed, f…  5"]
    assert all(width_of(line) <= 60 for line in text.board(samples.BOARD, Painter(width=60), now=samples.NOW))


def test_empty_lists_say_what_to_do() -> None:
    assert list(text.board([], PLAIN, now=samples.NOW)) == ["No deals yet. Start one: redline send CLIENT"]
    assert "redline lost" in "".join(text.killers([], PLAIN))
    assert list(text.log([], PLAIN))
    assert list(text.history([], PLAIN))
    assert list(text.cycle(replace(samples.CYCLE, rows=()), PLAIN))


def test_medians_are_never_said_without_their_number() -> None:
    found = list(text.cycle(samples.CYCLE, PLAIN))
    assert "Median over 1 closed deal: 23.8 days on paper (23.8 to 23.8)." in found
    none = replace(samples.CYCLE, closed=0, median_total=None)
    assert "0 closed deals: too few for a median." in list(text.cycle(none, PLAIN))


def test_an_error_says_what_to_do_below() -> None:
    assert text.error(UsageError("no client “x”", "Known clients:\nacme")) == "redline: no client “x”\n  Known clients:\n  acme"


def test_two_people_who_edit_side_by_side_keep_their_marks_apart() -> None:
    assert "{+one +}{+two+}" in body(view([paragraph("a ", plus("one "), plus("two", FIRM))]))


def test_a_deleted_row_is_not_mixed_with_a_kept_row_of_the_same_number() -> None:
    def row(number: int, *texts: Segment | str, mark: Kind = Kind.SAME) -> list[Paragraph]:
        return [paragraph(one, cell=Cell(0, number, column), mark=mark) for column, one in enumerate(texts)]

    shown = view([*row(0, "a", plus("b")), *row(0, minus("c"), minus("d"), mark=Kind.DEL), *row(1, "e", plus("f"))])
    found = body(shown)
    assert "+ a │ {+b+}\n" in found
    assert "− [-c-] │ [-d-]\n" in found
    assert "+ e │ {+f+}\n" in found


def test_a_deleted_clause_stands_under_its_own_old_number() -> None:
    shown = view([paragraph("First.", label="1.", level=0),
                  paragraph(minus("Second."), label="2.", level=0, mark=Kind.DEL, who=samples.JANE),
                  paragraph("Third ", plus("one"), ".", label="2.", was="3.", level=0)])
    assert without_legend(drawn(shown))[3:] == [
        "", "… 1 clause unchanged", "", "2", "− [-Second.-]", "    Jane Roe, 2026-03-04, tracked · 00000000",
        "", "3 → 2", "+ Third {+one+}.", "    Jane Roe, 2026-03-04, tracked · 00000001"]


def test_an_opening_that_is_joined_to_the_text_after_it_has_one_title() -> None:
    shown = view([paragraph("One ", mark=Kind.DEL, who=samples.JANE), paragraph("two ", plus("three"))])
    assert "\n".join(drawn(shown)).count("Before the first clause") == 1


def test_a_whole_clause_in_a_heading_s_style_is_not_drawn_as_a_heading() -> None:
    words = "The Customer shall pay each invoice that is properly due within thirty days of its receipt."
    found = list(text.version(view([paragraph(words, label="6.3", heading=True, level=1)]), Painter(width=200)))
    assert found[-2:] == ["6.3", f"  {words}"]
    found = list(text.version(view([paragraph("Payment terms.", label="6", heading=True, level=0)]), PLAIN))
    assert found[-1] == "6  Payment terms."


def test_what_has_no_place_in_the_text_is_said_once_at_the_end() -> None:
    odd = Notice("macros", "The file holds macros.", "word/vbaProject.bin")
    shown = view([paragraph("a ", plus("b"))], notices=[odd, Notice("other", "Something else.")],
                 flags=[Flag(FlagKind.NOTICE, True, None, "", -1, "The file holds macros. (word/vbaProject.bin)", "macros")])
    assert drawn(shown)[-3:] == ["", "! The file holds macros. (word/vbaProject.bin)", "! Something else."]
    assert html.comparison(shown).count("The file holds macros.") == 1
    assert markdown.comparison(shown).count("The file holds macros.") == 1


def test_a_killer_that_was_struck_out_is_a_relief() -> None:
    flag = Flag(FlagKind.RELIEF, True, None, "9.1", 0, "a clause that cost the deal with Beta GmbH was struck out",
                evidence=samples.EVIDENCE)
    found = body(view([paragraph(minus("Unlimited."), mark=Kind.DEL)], flags=[flag]))
    assert "! RELIEF a clause that cost the deal with Beta GmbH was struck out" in found
    assert "offer instead" not in found


def test_changes_of_formatting_and_layout_are_shown_when_asked_for_with_who_when_and_where() -> None:
    found = list(text.comparison(samples.english(), Painter(width=400), formats=True))
    assert "3 changes of formatting" in found[1]
    assert "--all" not in found[1]
    assert found[found.index("  Between Brightwater Analytics Ltd and [Client Name].") + 1] == (
        "    format: paragraph layout · Smith LLP, 2026-03-05")
    assert "    format: table layout (3 records)" in found
    assert "    format: “in writing” from plain to bold" in found
    assert "{~in writing~}" in "\n".join(found)


def test_spaces_and_empty_paragraphs_are_drawn_as_they_are_while_formatting_is_hidden() -> None:
    dash = paragraph("Term", minus("-"), plus("–"), "one ", plus("new"), " year.")
    shown = view([paragraph("Clause one."), paragraph(mark=Kind.DEL, who=samples.JANE), dash])
    signs, words = shown.changes
    gone = replace(signs, id=ChangeId("0000000f"), kind=ChangeKind.FORMAT, spans=(Span(1, 0, 0, True),))
    shown = replace(shown, changes=(gone, replace(signs, kind=ChangeKind.FORMAT), words))
    assert "Term–one {+new+} year." in "\n".join(text.comparison(shown, PLAIN, whole=True))
    assert "¶" not in "\n".join(text.comparison(shown, PLAIN, whole=True))
    everything = "\n".join(text.comparison(shown, PLAIN, whole=True, formats=True))
    assert "Term[---]{+–+}one {+new+} year." in everything
    assert "[-¶-]" in everything


def test_answers_stand_under_what_they_answer_and_a_settled_thread_says_so() -> None:
    found = drawn(samples.english(), 400)
    at = next(number for number, line in enumerate(found) if "Our policy is 60 days." in line)
    assert found[at + 1].strip().startswith("↳ Smith LLP, 2026-03-05: Agreed with finance.")
    assert any("Jane Roe on “The courts” (resolved): Done." in line for line in found)
