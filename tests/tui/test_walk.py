"""Walking changes, flags and clauses; filters; search. No widgets."""

from __future__ import annotations

from redline.model import ChangeKind
from redline.tui.page.index import Index, ranges
from redline.tui.search import find
from redline.tui.status import choices
from redline.tui.walk import Filter, Spot, Walk
from tests.tui import fakes


def test_next_visits_every_walked_change_once_in_reading_order_and_previous_returns() -> None:
    walk = Walk(Index(fakes.english()), Filter())
    spot: Spot | None = walk.first()
    seen: list[Spot] = []
    while spot is not None:
        seen.append(spot)
        spot = walk.change(spot, 1)
    assert [one.change for one in seen] == walk.changes
    assert [one.paragraph for one in seen] == sorted(one.paragraph for one in seen)
    back: list[Spot] = []
    spot = seen[-1]
    while spot is not None:
        back.append(spot)
        spot = walk.change(spot, -1)
    assert back == seen[::-1]


def test_from_a_paragraph_without_a_change_next_goes_forward_and_previous_back() -> None:
    walk = Walk(Index(fakes.english()), Filter())
    middle = Spot(9)
    after, before = walk.change(middle, 1), walk.change(middle, -1)
    assert after is not None and after.paragraph >= 9
    assert before is not None and before.paragraph < 9


def test_a_move_is_read_where_it_arrives() -> None:
    index = Index(fakes.english())
    move = next(number for number, one in enumerate(index.changes) if one.kind is ChangeKind.MOVE)
    assert index.paragraphs[index.place(move)[0]].props.label == "6.2"


def test_filters_let_through_what_they_say() -> None:
    index = Index(fakes.english())
    assert all(index.untracked(index.changes[number]) for number in Walk(index, Filter(untracked=True)).changes)
    assert {index.changes[n].kind for n in Walk(index, Filter(kind="deletions")).changes} == {ChangeKind.DELETE}
    assert all(
        any(who.author == "Smith LLP" for who in index.changes[n].attributions) for n in Walk(index, Filter(person="Smith LLP")).changes
    )
    assert any(index.changes[n].kind is ChangeKind.FORMAT for n in Walk(index, Filter(noise=True)).changes)
    assert not any(index.changes[n].kind is ChangeKind.FORMAT for n in Walk(index, Filter()).changes)


def test_only_filters_that_leave_something_are_offered() -> None:
    index = Index(fakes.english())
    assert all(Walk(index, one).changes for _, one, _ in choices(index))
    assert "by Smith LLP" in [text for text, _, _ in choices(index)]


def test_flags_are_walked_both_ways_and_end() -> None:
    walk = Walk(Index(fakes.english()), Filter())
    first = walk.flag(Spot(), 1)
    assert first is not None
    second = walk.flag(first, 1)
    assert second is not None and second.paragraph > first.paragraph
    assert walk.flag(second, 1) is None
    assert walk.flag(second, -1) == first


def test_clauses_are_walked_both_ways() -> None:
    walk = Walk(Index(fakes.english()), Filter())
    second = walk.clause(Spot(2), 1)
    assert second == Spot(3)
    assert walk.clause(Spot(3), -1) == Spot(2)


def test_a_filtered_reader_stays_on_a_change_that_is_walked() -> None:
    index = Index(fakes.english())
    everything, silent = Walk(index, Filter()), Walk(index, Filter(untracked=True))
    kept = silent.kept(everything.first())
    assert kept.change in silent.changes


def test_words_are_found_on_the_old_side_and_on_the_new_side() -> None:
    paragraphs = fakes.english().redline.paragraphs
    assert find(paragraphs, "thirty (30)").places
    assert find(paragraphs, "SIXTY (60)").places
    assert not find(paragraphs, "no such words").places
    assert find(paragraphs, "Customer's prior").places == find(paragraphs, "customer’s prior").places


def test_a_search_begins_again_at_the_other_end() -> None:
    found = find(fakes.english().redline.paragraphs, "supplier")
    last = found.places[-1][0]
    assert found.next(last) == found.places[0][0]
    assert found.next(found.places[0][0], -1) == last


def test_a_match_across_a_change_is_marked_in_the_characters_of_its_side() -> None:
    paragraph = fakes.p("", "within [-thirty-]{+sixty+} days")
    start = paragraph.side("new").index("sixty days")
    found = "".join(paragraph.text[low:high] for low, high in ranges(paragraph, "new", start, start + len("sixty days")))
    assert found == "sixty days"
