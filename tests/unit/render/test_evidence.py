"""What matches is marked on one line, whatever the ranges; nothing of the text is made up, and long stretches are left out."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from redline.render.evidence import facts, how_sure, marked
from redline.views import Flag, FlagKind
from tests.golden import samples

TEXT = st.text(alphabet="ab \n", max_size=400)
RANGES = st.lists(st.tuples(st.integers(-5, 420), st.integers(-5, 420)), max_size=6)


def words(text: str) -> list[str]:
    return " ".join(text.split()).split(" ")


@given(TEXT, RANGES)
@settings(deadline=None)
def test_pieces_stand_on_one_line_and_hold_only_the_text(text: str, ranges: list[tuple[int, int]]) -> None:
    pieces = marked(text, ranges)
    joined = "".join(piece for piece, _ in pieces)
    assert "\n" not in joined
    assert set(joined) <= set(text) | {" ", "…"}
    for start, end in ranges:
        inside = text[max(0, start):max(0, end)] if start < end else ""
        assert " ".join(inside.split()) in " ".join(joined.split()), (inside, joined)


def test_a_short_text_is_shown_whole_and_its_ranges_are_marked() -> None:
    text = "The liability is unlimited."
    assert marked(text, [(4, 13), (17, 26)]) == (
        ("The ", False), ("liability", True), (" is ", False), ("unlimited", True), (".", False))


def test_far_from_what_matches_the_text_is_left_out() -> None:
    text = "a " * 200 + "KEY" + " b" * 200
    joined = "".join(piece for piece, _ in marked(text, [(400, 403)]))
    assert joined.startswith("… ")
    assert "KEY" in joined
    assert joined.endswith(" …")
    assert len(joined) < 120


def test_a_relief_says_what_stood_there() -> None:
    flag = Flag(FlagKind.RELIEF, True, None, "9.1", 0, "the killer is gone", evidence=samples.EVIDENCE)
    assert list(facts(flag)) == [("was", (("“The Supplier's liability is without any limit.”", False),))]


def test_how_sure_names_verdict_score_and_route() -> None:
    assert how_sure(samples.EVIDENCE) == "same, 91 % alike, found by its words"
