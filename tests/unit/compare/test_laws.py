"""The algebra's laws, on documents made by chance."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from redline.compare import diff
from redline.compare.algebra import apply, canonical, compose, invert
from redline.compare.changes import changes
from redline.compare.fine import fine
from redline.compare.merge import merge, rebase
from redline.model import PLAIN, Kind, Paragraph, Props, Redline, Segment, merged

from .documents import ANNA, BORIS, tracked, versions

Text = tuple[Paragraph, ...]
laws = settings(max_examples=40, deadline=None)


def between(pair: list[Text]) -> Redline:
    return diff(pair[0], pair[1], ANNA)


@laws
@given(versions(2))
def test_applying_the_difference_gives_the_new_text_and_its_inverse_the_old(pair: list[Text]) -> None:
    a, b = pair
    redline = diff(a, b, ANNA)
    assert redline.old() == a
    assert redline.new() == b
    assert apply(a, redline) == b
    assert apply(b, invert(redline)) == a


@laws
@given(versions(1), versions(1))
def test_texts_that_have_nothing_to_do_with_each_other_still_lead_from_one_to_the_other(one: list[Text], other: list[Text]) -> None:
    redline = diff(one[0], other[0])
    assert (redline.old(), redline.new()) == (one[0], other[0])


@laws
@given(versions(1))
def test_a_text_does_not_differ_from_itself(one: list[Text]) -> None:
    redline = diff(one[0], one[0], ANNA)
    assert not redline.changed
    assert redline.paragraphs == one[0]
    assert changes(redline) == ()


@laws
@given(versions(2))
def test_the_same_texts_always_give_the_same_redline(pair: list[Text]) -> None:
    assert between(pair) == between(pair)


@laws
@given(versions(2))
def test_marking_less_leaves_both_texts_as_they_are(pair: list[Text]) -> None:
    redline = between(pair)
    less = fine(redline)
    assert (less.old(), less.new()) == (redline.old(), redline.new())
    struck = [sum(len(segment.text) for paragraph in each.paragraphs for segment in paragraph.segments if segment.kind is Kind.DEL)
              for each in (less, redline)]
    assert struck[0] <= struck[1]


@laws
@given(versions(2))
def test_everything_that_differs_says_who_changed_it_and_nothing_else_does(pair: list[Text]) -> None:
    for paragraph in between(pair).paragraphs:
        assert (paragraph.attribution == ANNA) == (paragraph.mark is not Kind.SAME)
        for segment in paragraph.segments:
            assert (segment.attribution == ANNA) == (segment.kind is not Kind.SAME)


@laws
@given(versions(2))
def test_both_ends_of_a_move_hold_the_same_words(pair: list[Text]) -> None:
    ends: dict[str, dict[Kind, str]] = {}
    for paragraph in between(pair).paragraphs:
        for kind, move, text in [*((s.kind, s.move, s.text) for s in paragraph.segments), (paragraph.mark, paragraph.move, "\n")]:
            if kind in (Kind.MOVE_FROM, Kind.MOVE_TO):
                end = ends.setdefault(move, {})
                end[kind] = end.get(kind, "") + text
    for move, texts in ends.items():
        assert move
        assert texts[Kind.MOVE_FROM] == texts[Kind.MOVE_TO]


@laws
@given(tracked())
def test_the_inverse_of_tracked_changes_swaps_the_sides(redline: Redline) -> None:
    inverse = invert(redline)
    assert (inverse.old(), inverse.new()) == (redline.new(), redline.old())


@laws
@given(versions(3))
def test_composing_is_applying_one_after_the_other(texts: list[Text]) -> None:
    a, b, c = texts
    both = compose(diff(a, b, ANNA), diff(b, c, BORIS))
    assert apply(a, both) == c
    assert both.old() == a
    assert both.new() == c


@laws
@given(tracked(), st.data())
def test_tracked_changes_compose_with_what_came_after_and_before(redline: Redline, data: st.DataObject) -> None:
    other = data.draw(versions(1))[0]
    after = compose(redline, diff(redline.new(), other, BORIS))
    assert (after.old(), after.new()) == (redline.old(), other)
    before = compose(diff(other, redline.old(), BORIS), redline)
    assert (before.old(), before.new()) == (other, redline.new())


@laws
@given(versions(4))
def test_composition_is_associative(texts: list[Text]) -> None:
    a, b, c, d = texts
    r, s, t = diff(a, b, ANNA), diff(b, c, BORIS), diff(c, d, ANNA)
    left, right = compose(compose(r, s), t), compose(r, compose(s, t))
    assert _bare(canonical(left)) == _bare(canonical(right))


@laws
@given(versions(2))
def test_a_redline_composed_with_none_is_itself(pair: list[Text]) -> None:
    a, b = pair
    redline = diff(a, b, ANNA)
    assert canonical(compose(redline, diff(b, b))) == canonical(redline)
    assert canonical(compose(diff(a, a), redline)) == canonical(redline)


@laws
@given(versions(3))
def test_a_composed_redline_still_knows_who_wrote_and_who_struck(texts: list[Text]) -> None:
    a, b, c = texts
    r, s = diff(a, b, ANNA), diff(b, c, BORIS)
    both = compose(r, s)
    assert _letters(both, Kind.INS) <= _letters(r, Kind.INS) | _letters(s, Kind.INS)
    for segment in (segment for paragraph in both.paragraphs for segment in paragraph.segments):
        assert (segment.attribution is None) == (segment.kind is Kind.SAME)
        assert (segment.struck is None) == (segment.kind is not Kind.GONE)
        if segment.kind is Kind.GONE:
            assert (segment.attribution, segment.struck) == (ANNA, BORIS)


@laws
@given(st.one_of(tracked(), versions(2).map(between)))
def test_the_canonical_form_says_the_same_and_is_canonical(redline: Redline) -> None:
    form = canonical(redline)
    assert (form.old(), form.new()) == (redline.old(), redline.new())
    assert canonical(form) == form


@laws
@given(versions(2))
def test_rebasing_over_nothing_changes_nothing(pair: list[Text]) -> None:
    a, b = pair
    redline = diff(a, b, ANNA)
    rebased, conflicts = rebase(redline, diff(a, a))
    assert conflicts == ()
    assert canonical(rebased) == canonical(redline)


@laws
@given(versions(2))
def test_rebasing_over_the_same_leaves_nothing_to_do(pair: list[Text]) -> None:
    a, b = pair
    rebased, conflicts = rebase(diff(a, b, ANNA), diff(a, b, BORIS))
    assert conflicts == ()
    assert rebased.old() == rebased.new() == b


@laws
@given(versions(2))
def test_merging_with_an_unchanged_side_gives_the_other(pair: list[Text]) -> None:
    base, a = pair
    assert merge(base, a, base) == (a, ())
    assert merge(base, base, a) == (a, ())
    assert merge(base, a, a) == (a, ())


@laws
@given(versions(2), st.data())
def test_a_rebased_redline_starts_where_the_other_ended_and_tells_what_it_left_out(pair: list[Text], data: st.DataObject) -> None:
    a, b = pair
    c = data.draw(versions(1))[0] if data.draw(st.booleans()) else a
    rebased, conflicts = rebase(diff(a, b, ANNA), diff(a, c, BORIS))
    assert [p.text for p in rebased.old()] == [p.text for p in c]
    for conflict in conflicts:
        assert conflict.mine != conflict.theirs
        assert 0 <= conflict.paragraph < max(1, len(c))


@laws
@given(st.one_of(tracked(), versions(2).map(between),
                 versions(3).map(lambda t: compose(diff(t[0], t[1], ANNA), diff(t[1], t[2], BORIS)))))
def test_changes_hold_every_changed_part_once_and_nothing_else(redline: Redline) -> None:
    found: list[tuple[int, int]] = []
    for change in changes(redline):
        for span in change.spans:
            segments = redline.paragraphs[span.paragraph].segments
            found.extend((span.paragraph, number) for number in range(span.first, span.last)
                         if segments[number].kind not in (Kind.SAME, Kind.GONE))
            found.extend([(span.paragraph, -1)] if span.mark else [])
    wanted = [(index, number) for index, paragraph in enumerate(redline.paragraphs)
              for number, kind in [*((n, s.kind) for n, s in enumerate(paragraph.segments)), (-1, paragraph.mark)]
              if kind not in (Kind.SAME, Kind.GONE)]
    assert sorted(found) == sorted(wanted)
    ids = [change.id for change in changes(redline)]
    assert len(set(ids)) == len(ids)


def _letters(redline: Redline, kind: Kind) -> set[tuple[str, object]]:
    return {(char, segment.attribution) for paragraph in redline.paragraphs for segment in paragraph.segments
            if segment.kind is kind for char in segment.text}


def _bare(redline: Redline) -> Redline:
    """Without what may depend on the order of composing: who restyled last where that was undone in between, and how looked
    what is gone.
    """
    def bare(segment: Segment) -> Segment:
        by = None if segment.kind is Kind.FORMAT else segment.attribution
        return replace(segment, attribution=by, look=PLAIN if segment.kind is Kind.GONE else segment.look)

    return Redline(tuple(
        replace(paragraph, segments=merged(bare(segment) for segment in paragraph.segments),
                new=Props() if paragraph.mark is Kind.GONE else paragraph.new,
                attribution=None if paragraph.mark is Kind.FORMAT else paragraph.attribution)
        for paragraph in redline.paragraphs))
