"""Warnings on references that lost their target, lead elsewhere, or were typed and not renumbered."""

from __future__ import annotations

from redline.compare import diff
from redline.compare.changes import changes
from redline.desk.references import reference_flags
from redline.model import Kind, Paragraph, Props, Redline, Segment, plain
from redline.views import Flag, FlagKind

PAY = "The Customer shall pay the Fees within thirty days of receipt of a correct invoice."
KEEP = "The Supplier shall keep all Confidential Information secret and use it for the Services alone."
LAW = "This Agreement is governed by the laws of England and Wales and by nothing else whatsoever."


def clause(label: str, words: str, *names: str) -> Paragraph:
    return plain(words, Props(label=label, level=0, anchors=frozenset(names)))


def pointing(words: str, number: str, name: str) -> Paragraph:
    return Paragraph((Segment(Kind.SAME, words), Segment(Kind.SAME, number, frozenset({f"ref:{name}"})), Segment(Kind.SAME, ".")),
                     Kind.SAME, Props(label="9.", level=0), Props(label="9.", level=0))


def found(old: list[Paragraph], new: list[Paragraph]) -> list[Flag]:
    redline = diff(old, new)
    return list(reference_flags(redline, changes(redline)))


def told(old: list[Paragraph], new: list[Paragraph]) -> list[tuple[bool, str]]:
    return [(flag.loud, flag.message) for flag in found(old, new)]


def test_a_reference_whose_target_went_is_loud() -> None:
    see = pointing("See clause ", "1", "_Ref1")
    (flag,) = found([clause("1.", PAY, "_Ref1"), clause("2.", KEEP), see], [clause("1.", KEEP), see])
    assert (flag.kind, flag.loud, flag.label, flag.code) == (FlagKind.REFERENCE, True, "9", "reference-gone")
    assert flag.message == "the reference “1” leads to nothing any more: 1 is gone"


def test_a_reference_that_led_nowhere_before_is_quiet() -> None:
    text = [clause("1.", KEEP), pointing("See clause ", "7", "_Ref1")]
    assert told(text, text) == [(False, "the reference “7” leads to nothing in this text")]


def test_places_that_word_knows_itself_are_no_lost_targets() -> None:
    for name in ("_top", "_Top", "_GoBack"):
        text = [clause("1.", KEEP), pointing("Back to ", "top", name)]
        assert told(text, text) == []


def test_words_own_error_is_loud_when_it_is_new() -> None:
    broken = pointing("See ", "Error! Reference source not found.", "_Ref1")
    russian = pointing("См. ", "Ошибка! Источник ссылки не найден.", "_Ref1")
    assert [loud for loud, _ in told([pointing("See ", "1", "_Ref1"), clause("1.", KEEP, "_Ref1")], [broken, clause("1.", KEEP)])] == [True]
    assert [loud for loud, _ in told([russian], [russian])] == [False]


def test_a_reference_made_to_lead_elsewhere_says_where() -> None:
    ends = [clause("1.", PAY, "_RefA"), Paragraph((Segment(Kind.SAME, "Liability. " + KEEP),), Kind.SAME,
                                                  Props(label="2.", level=0, anchors=frozenset({"_RefB"})),
                                                  Props(label="2.", level=0, anchors=frozenset({"_RefB"})))]
    assert told([*ends, pointing("See ", "1", "_RefA")], [*ends, pointing("See ", "1", "_RefB")]) == [
        (True, "the reference “1” led to 1 and now leads to 2 Liability")]


def test_a_bookmark_put_on_another_clause_is_seen_though_no_word_changed() -> None:
    see = pointing("See ", "1", "_RefA")
    assert told([clause("1.", PAY, "_RefA"), clause("2.", KEEP), see], [clause("1.", PAY), clause("2.", KEEP, "_RefA"), see]) == [
        (True, "the reference “1” led to 1 and now leads to 2")]


def test_renumbering_alone_raises_nothing() -> None:
    assert told([clause("1.", PAY, "_RefA"), pointing("See ", "1", "_RefA")],
                [clause("1.", LAW), clause("2.", PAY, "_RefA"), pointing("See ", "2", "_RefA")]) == []


def test_a_typed_reference_to_a_number_that_went_is_loud() -> None:
    see = clause("9.", "As clause 2 and clause 7 of the Framework Agreement say, and within 2 days.")
    assert told([clause("1.", PAY), clause("2.", KEEP), clause("7.", LAW), see], [clause("1.", PAY), see]) == [
        (True, "2 is referred to, but no clause has that number any more")]


def test_a_typed_reference_that_was_not_renumbered_is_loud_once() -> None:
    see = [clause("8.", "Clauses 1, 2 and 3 survive."), clause("9.", "В соответствии с п. 2 и пунктом 2 Договора.")]
    flags = told([clause("1.", PAY), clause("2.", KEEP), clause("3.", "x"), *see],
                 [clause("1.", PAY), clause("2.", LAW), clause("3.", KEEP), *see])
    assert (True, "2 is referred to 3 times, but that clause is 3 now") in flags


def test_a_typed_reference_that_was_renumbered_too_raises_nothing() -> None:
    assert told([clause("1.", PAY), clause("2.", KEEP), clause("9.", "See clause 2.")],
                [clause("1.", PAY), clause("2.", LAW), clause("3.", KEEP), clause("9.", "See clause 3.")]) == []


def struck(label: str, words: str) -> Paragraph:
    return Paragraph((Segment(Kind.DEL, words),), Kind.DEL, Props(label=label, level=0), None)


def relabelled(before: str, after: str, words: str, *, heading: str = "") -> Paragraph:
    bold = (Segment(Kind.SAME, f"{heading}. ", frozenset({"bold"})),) if heading else ()
    return Paragraph((*bold, Segment(Kind.SAME, words)), Kind.SAME, Props(label=before, level=0), Props(label=after, level=0))


def marked(*paragraphs: Paragraph) -> list[tuple[bool, str]]:
    redline = Redline(paragraphs)
    return [(flag.loud, flag.message) for flag in reference_flags(redline, changes(redline))]


def test_a_typed_reference_to_a_clause_that_went_is_loud_though_its_successor_took_the_number() -> None:
    flags = marked(struck("1.", PAY), relabelled("2.", "1.", LAW, heading="Governing law"),
                   relabelled("3.", "2.", "As said in clause 1, and in Clauses 1 to 2, the fee is due."))
    assert flags == [
        (True, "1 is referred to 2 times, but the clause that had that number is gone, and 1 is another clause now (Governing law)"),
        (True, "2 is referred to, but that clause is 1 now (Governing law)")]


def test_a_typed_reference_whose_number_was_typed_anew_is_left_alone() -> None:
    anew = Paragraph((Segment(Kind.SAME, "See clause "), Segment(Kind.DEL, "2"), Segment(Kind.INS, "1"), Segment(Kind.SAME, ".")),
                     Kind.SAME, Props(label="3.", level=0), Props(label="2.", level=0))
    assert marked(struck("1.", PAY), relabelled("2.", "1.", LAW), anew) == []


def test_a_clause_written_anew_under_its_number_and_heading_is_still_the_one_referred_to() -> None:
    see = plain("See clause 1.", Props(label="2.", level=0))
    for heading, loud in (("Payment of fees", []), ("Secrecy", [True])):
        anew = Paragraph((Segment(Kind.INS, f"{heading}. ", frozenset({"bold"})), Segment(Kind.INS, KEEP)), Kind.INS, None,
                         Props(label="1.", level=0))
        went = Paragraph((Segment(Kind.DEL, "Payment. ", frozenset({"bold"})), Segment(Kind.DEL, PAY)), Kind.DEL,
                         Props(label="1.", level=0), None)
        assert [flag for flag, _ in marked(went, anew, see)] == loud


def test_a_clause_that_was_split_keeps_the_references_to_it() -> None:
    first = Paragraph((Segment(Kind.SAME, PAY),), Kind.INS, None, Props(label="1.", level=0))
    rest = relabelled("1.", "2.", KEEP)
    assert marked(first, rest, relabelled("2.", "3.", "See clause 1.")) == []


def test_a_document_has_no_loud_reference_against_itself() -> None:
    text = [clause("1.", PAY), clause("1.", KEEP), clause("2.", "See clauses 1, 2 and 7."), clause("3.", "See clause 2 there.")]
    assert told(text, text) == []
