"""How a change inside a paragraph reads."""

from __future__ import annotations

import pytest

from redline.compare import diff, words
from redline.compare.fine import fine
from redline.model import Attribution, Kind, Paragraph, Props, Redline, Segment, plain

from .documents import drawn


def line(old: str, new: str) -> str:
    (drawn_line,) = drawn(diff([plain(old)], [plain(new)]))
    return drawn_line


@pytest.mark.parametrize(("old", "new", "wanted"), [
    ("within 30 days of receipt", "within 60 days of receipt", "within [-30-]{+60+} days of receipt"),
    ("the sum of $1,000.00 in total", "the sum of $1,500.00 in total", "the sum of [-$1,000.00-]{+$1,500.00+} in total"),
    ("on 1 March 2024 the parties", "on 11 March 2025 the parties", "on [-1 March 2024-]{+11 March 2025+} the parties"),
    ("неустойка 0,1% за день", "неустойка 0,5% за день", "неустойка [-0,1%-]{+0,5%+} за день"),
    ("до 1 марта 2024 г. включительно", "до 1 мая 2024 г. включительно", "до [-1 марта 2024-]{+1 мая 2024+} г. включительно"),
])
def test_numbers_amounts_and_dates_change_as_a_whole(old: str, new: str, wanted: str) -> None:
    assert line(old, new) == wanted


@pytest.mark.parametrize(("old", "new", "wanted"), [
    ("pay the Fees", "pay the agreed Fees", "pay the {+agreed +}Fees"),
    ("pay the Fees.", "pay the Fees when due.", "pay the Fees{+ when due+}."),
    ("pay the agreed Fees", "pay the Fees", "pay the [-agreed -]Fees"),
    ("One thing. Another thing.", "One thing. A third thing. Another thing.", "One thing. {+A third thing. +}Another thing."),
    ("the Fees, and the Costs", "the Fees, the Taxes, and the Costs", "the Fees, {+the Taxes, +}and the Costs"),
])
def test_what_is_added_or_dropped_begins_and_ends_at_words(old: str, new: str, wanted: str) -> None:
    assert line(old, new) == wanted


@pytest.mark.parametrize(("old", "new", "wanted"), [
    ("shall defend the Supplier promptly", "shall protect the Customer promptly",
     "shall [-defend the Supplier-]{+protect the Customer+} promptly"),
    ("sells red, blue goods here", "sells green, black goods here", "sells [-red, blue-]{+green, black+} goods here"),
    ("may terminate forthwith now", "must rescind forthwith now", "[-may terminate-]{+must rescind+} forthwith now"),
])
def test_no_lone_article_comma_or_space_is_kept_between_two_changes(old: str, new: str, wanted: str) -> None:
    assert line(old, new) == wanted


@pytest.mark.parametrize(("old", "new", "wanted"), [
    ("within thirty (30) days", "within sixty (60) days", "within [-thirty (30)-]{+sixty (60)+} days"),
    ("30 (тридцать) дней", "60 (шестьдесят) дней", "[-30 (тридцать)-]{+60 (шестьдесят)+} дней"),
    ("the fee (net) is due", "the charge (net) is due", "the [-fee-]{+charge+} (net) is due"),
    ("a fee (see 3) applies", "a fee (see 4) applies", "a fee (see [-3-]{+4+}) applies"),
])
def test_a_change_takes_in_the_bracket_it_opens(old: str, new: str, wanted: str) -> None:
    assert line(old, new) == wanted


def test_two_additions_do_not_strike_what_stands_between_them() -> None:
    assert line("pay the Fees", "promptly pay the agreed Fees") == "{+promptly +}pay the {+agreed +}Fees"


def test_the_last_of_several_stops_is_kept_so_that_little_is_replaced() -> None:
    old = "law or equity, which Ala. Code 8 preserves. Where any fee is due it is mutual"
    new = "law or equity. Any fee is due it is mutual"
    assert line(old, new) == "law or equity[-, which Ala. Code 8 preserves-]. [-Where any-]{+Any+} fee is due it is mutual"


def test_a_sentence_of_which_next_to_nothing_stays_is_replaced_whole() -> None:
    kept = "The Supplier shall keep all records for ten years and shall show them on request to the Customer. "
    old = kept + "It insures at own cost every risk of loss and names each party on demand."
    new = kept + "Neither side answers at law for any act of god nor on war by states."
    assert line(old, new).count("[-") == 1


def test_a_rewritten_stretch_keeps_the_words_that_say_most_not_the_most_words() -> None:
    old = "protection of its trade secrets, and that a completed certification or a refusal is evidence for a motion to enjoin it."
    new = "protection of its Confidential Information and trade secrets."
    wanted = "protection of its {+Confidential Information and +}trade secrets[-, and that a completed certification or a refusal"
    assert line(old, new).startswith(wanted)


def test_a_very_long_rewritten_stretch_is_compared_without_weighing() -> None:
    old, new = "a b " * 120 + "x", "b a c " * 80 + "y"
    redline = diff([plain(old)], [plain(new)])
    assert (redline.old()[0].text, redline.new()[0].text) == (old, new)


def test_what_two_joined_changes_both_begin_and_end_with_is_not_struck() -> None:
    old, new = "is of red, big of late here", "is of blue, of tall, of late here"
    assert not any(hunk.a0 < hunk.a1 and hunk.b0 < hunk.b1 and old_tokens[hunk.a0].key == new_tokens[hunk.b0].key
                   for old_tokens, new_tokens in [(words.read(plain(old).segments), words.read(plain(new).segments))]
                   for hunk in words.hunks(old_tokens, new_tokens))


@pytest.mark.parametrize(("old", "new", "wanted"), [
    ("shall defend the Supplier promptly", "shall protect the Customer promptly",
     "shall [-defend-]{+protect+} the [-Supplier-]{+Customer+} promptly"),
    ("within thirty (30) days", "within sixty (60) days", "within [-thirty-]{+sixty+} ([-30-]{+60+}) days"),
    ("sells red, blue goods here", "sells green, black goods here", "sells [-red, blue-]{+green, black+} goods here"),
    ("The amounts that are due shall bear interest from the beginning of the fourth month of each financial year.",
     "The amounts that are due shall bear interest in accordance with the procedure, rules, and regulations "
     "established by the governing body.",
     "The amounts that are due shall bear interest [-from the beginning of the fourth month of each financial year-]"
     "{+in accordance with the procedure, rules, and regulations established by the governing body+}."),
])
def test_on_paper_every_word_stays_but_those_that_say_nothing_in_a_rewritten_sentence(old: str, new: str, wanted: str) -> None:
    (paper,) = drawn(fine(diff([plain(old)], [plain(new)])))
    assert paper == wanted


def test_on_paper_what_two_hands_did_stays_apart() -> None:
    one, other = Attribution("Anna"), Attribution("Boris")
    paragraph = Paragraph((Segment(Kind.DEL, "the old cap", attribution=one), Segment(Kind.INS, "the new cap", attribution=other)),
                          Kind.SAME, Props(), Props())
    assert fine(Redline((paragraph,))).paragraphs == (paragraph,)


def test_an_apostrophe_or_a_hidden_joiner_does_not_cut_a_word() -> None:
    assert line("the Supplier's duty of care", "the Customer's duty of care") == "the [-Supplier's-]{+Customer's+} duty of care"
    assert line("in co\u00adoperation with others", "in union with others") == "in [-co\u00adoperation-]{+union+} with others"


def test_a_change_of_look_alone_is_a_change_of_format() -> None:
    bold = Paragraph((Segment(Kind.SAME, "pay "), Segment(Kind.SAME, "Fees", frozenset({"bold"}))), Kind.SAME, Props(), Props())
    redline = diff([plain("pay Fees")], [bold])
    assert drawn(redline) == ["pay ~Fees~"]
    assert redline.paragraphs[0].segments[1].was == frozenset()


def test_two_pictures_with_one_sign_are_not_the_same() -> None:
    def picture(name: str) -> Paragraph:
        segments = (Segment(Kind.SAME, "see "), Segment(Kind.SAME, "\ufffc", atom=name))
        return Paragraph(segments, Kind.SAME, Props(), Props())

    redline = diff([picture("a")], [picture("b")])
    assert drawn(redline) == ["see [-\ufffc-]{+\ufffc+}"]
    assert [segment.atom for segment in redline.paragraphs[0].segments] == ["", "a", "b"]


def test_a_very_long_paragraph_is_still_compared_word_by_word() -> None:
    old = [f"word{number}" for number in range(5000)]
    new = [*old[:2500], "fresh", *old[2501:]]
    (paragraph,) = diff([plain(" ".join(old))], [plain(" ".join(new))]).paragraphs
    assert [(segment.kind, segment.text) for segment in paragraph.segments][1:3] == [(Kind.DEL, "word2500"), (Kind.INS, "fresh")]


def test_characters_beyond_the_first_plane_and_many_words_do_not_confuse_the_ids() -> None:
    old = [words.Token(f"w{number}", number, number + 1) for number in range(60000)]
    assert words.hunks(old, [*old[:59999], words.Token("😀", 0, 1)]) == [words.Hunk(59999, 60000, 59999, 60000)]
