"""The page: wrapping, heights, what stands on which side. No widgets."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redline.model import view
from redline.tui.page.index import Index
from redline.tui.page.page import LAYOUTS, MARGIN, Layout, Look, Page
from redline.tui.page.pieces import shown
from redline.tui.page.wrap import width_of, wrap
from redline.views import Comparison
from tests.tui import fakes

TEXTS = st.text(st.sampled_from("abc  -\nдé漢"), max_size=80)
SAMPLES = [fakes.english, fakes.russian, fakes.bilingual, fakes.hostile]


@given(TEXTS, st.integers(2, 30))
def test_a_wrapped_text_loses_nothing_but_the_spaces_it_was_broken_at(text: str, width: int) -> None:
    slices = wrap(text, width)
    assert "".join(text[start:end] for start, end in slices).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    assert all(before[1] <= after[0] for before, after in pairwise(slices))


@given(TEXTS, st.integers(2, 30))
def test_no_wrapped_line_is_wider_than_asked(text: str, width: int) -> None:
    for start, end in wrap(text, width):
        assert width_of(text[start:end].rstrip(" ")) <= width


def test_a_word_wider_than_the_line_is_cut() -> None:
    assert [end - start for start, end in wrap("abcdefgh", 3)] == [3, 3, 2]


@pytest.mark.parametrize("make", SAMPLES)
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("width", [30, 75, 110])
def test_heights_are_what_is_drawn(make: object, layout: Layout, width: int) -> None:
    assert callable(make)
    page = Page(Index(make()), Look(width, layout, noise=True))
    for number in range(len(page.blocks)):
        measured = page._starts[number + 1] - page._starts[number]
        assert len(page.draw(number)) <= measured <= len(page.draw(number)) + 1


@pytest.mark.parametrize("make", SAMPLES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_drawn_line_is_wider_than_the_page(make: object, layout: Layout) -> None:
    assert callable(make)
    for width in (40, 75, 115, 150):
        page = Page(Index(make()), Look(width, layout))
        for number in range(page.height):
            assert MARGIN + sum(width_of(run.text.rstrip(" ")) for run in page.line(number).runs) <= width + 1


@pytest.mark.parametrize("side", ["old", "new"])
def test_a_clean_page_reads_as_that_side(side: Layout) -> None:
    comparison = fakes.english()
    assert side in ("old", "new")
    expected = "".join(
        shown(paragraph.text) for paragraph, _ in view(comparison.redline.paragraphs, "old" if side == "old" else "new")
        if paragraph.props.cell is None
    )
    page = Page(Index(comparison), Look(90, side))
    found = "".join(
        run.text for block in range(len(page.blocks)) if len(page.blocks[block].cells) == 1
        for line in page.draw(block) for run in line.runs if run.tone.kind in ("same",)
    )
    assert found.replace(" ", "") == expected.replace(" ", "")


def test_every_change_has_lines_in_both_layouts_with_changes() -> None:
    comparison = fakes.english()
    layouts: tuple[Layout, ...] = ("inline", "sides")
    for layout in layouts:
        page = Page(Index(comparison), Look(100, layout, noise=True))
        for number in range(len(comparison.changes)):
            first, last = page.lines_of(number)
            assert number in page.line(first).changes
            assert number in page.line(last).changes


def test_a_deleted_paragraph_is_struck_and_an_inserted_one_underlined_with_signs() -> None:
    page = Page(Index(fakes.english()), Look(90))
    signs = {line.sign for number in range(page.height) if (line := page.line(number)).runs}
    assert {"+", "−", "±", "↔"} <= signs


def test_untracked_changes_have_their_mark_on_their_lines_only() -> None:
    page = Page(Index(fakes.english()), Look(120))
    marked = ["".join(run.text for run in page.line(number).runs) for number in range(page.height) if page.line(number).untracked]
    assert len(marked) == 1
    assert "sixty (60)" in marked[0]


def test_cells_of_a_row_stand_beside_each_other_and_under_each_other_when_narrow() -> None:
    comparison = fakes.bilingual()
    wide = _rows(comparison, 90)
    assert any("Subject of the Agreement" in row and "Предмет договора" in row for row in wide)
    narrow = _rows(comparison, 30)
    assert not any("Subject" in row and "Предмет" in row for row in narrow)
    assert any("Предмет договора" in row for row in narrow)


def test_numbers_that_only_changed_are_shown_when_asked() -> None:
    assert not any("(was 2.2)" in row for row in _rows(fakes.english(), 90))
    assert any("(was 2.2)" in row for row in _rows(fakes.english(), 90, noise=True))


def test_a_move_says_where_from_and_where_to() -> None:
    text = "\n".join(_rows(fakes.english(), 120))
    assert "[moved to 6.2]" in text
    assert "[moved from 4.1]" in text


def test_a_clean_page_marks_paragraphs_that_changed() -> None:
    page = Page(Index(fakes.english()), Look(90, "new"))
    assert "¦" in {page.line(number).sign for number in range(page.height)}


def _rows(comparison: Comparison, width: int, *, noise: bool = False) -> list[str]:
    page = Page(Index(comparison), Look(width, noise=noise))
    return ["".join(run.text for run in page.line(number).runs) for number in range(page.height)]
