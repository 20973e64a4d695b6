"""Cross-references are compared by where they lead."""

from __future__ import annotations

from redline.compare import diff
from redline.compare.changes import changes
from redline.compare.references import Targets, leads_to
from redline.model import ChangeKind, Kind, Paragraph, Props, Redline, Segment, plain

from .documents import clause

PAY = "The Customer shall pay the Fees within thirty days of receipt of a correct invoice."
KEEP = "The Supplier shall keep all Confidential Information secret and use it for the Services alone."
LAW = "This Agreement is governed by the laws of England and Wales and by nothing else whatsoever."


def pointing(*parts: str | tuple[str, str]) -> Paragraph:
    """A paragraph of words and (number, bookmark) references."""
    segments = tuple(Segment(Kind.SAME, part) if isinstance(part, str) else Segment(Kind.SAME, part[0], frozenset({f"ref:{part[1]}"}))
                     for part in parts)
    return Paragraph(segments, Kind.SAME, Props(), Props())


def target(label: str, words: str, *names: str) -> Paragraph:
    return clause(label, words, anchors=frozenset(names))


def told(redline: Redline) -> list[tuple[str, str, str]]:
    return [(change.kind.value, change.old_text, change.new_text) for change in changes(redline)]


def test_a_reference_that_follows_its_target_is_no_change_of_words() -> None:
    old = [pointing("Subject to clause ", ("1", "_Ref1"), " all is well."), target("1.", PAY, "_Ref1")]
    new = [pointing("Subject to clause ", ("2", "_Ref1"), " all is well."), target("1.", LAW), target("2.", PAY, "_Ref1")]
    assert [kind for kind, *_ in told(diff(old, new))] == ["format", "insert"]


def test_a_list_of_references_that_follow_is_none_either() -> None:
    old = [pointing("Clauses ", ("1", "_RefA"), ", ", ("2", "_RefB"), " last."), target("1.", PAY, "_RefA"), target("2.", KEEP, "_RefB")]
    new = [pointing("Clauses ", ("2", "_RefA"), ", ", ("3", "_RefB"), " last."), target("1.", LAW), target("2.", PAY, "_RefA"),
           target("3.", KEEP, "_RefB")]
    assert {kind for kind, *_ in told(diff(old, new))} == {"format", "insert"}


def test_a_reference_that_leads_elsewhere_is_a_change_however_equal_it_looks() -> None:
    ends = [target("1.", PAY, "_RefA"), target("2.", KEEP, "_RefB")]
    redline = diff([pointing("See clause ", ("1", "_RefA"), "."), *ends], [pointing("See clause ", ("1", "_RefB"), "."), *ends])
    assert told(redline) == [(ChangeKind.REPLACE, "1", "1")]
    assert (redline.old()[0].text, redline.new()[0].text) == ("See clause 1.", "See clause 1.")


def test_a_bookmark_of_another_name_on_the_same_paragraph_is_the_same_target() -> None:
    redline = diff([pointing("See clause ", ("1", "_RefA"), "."), target("1.", PAY, "_RefA")],
                   [pointing("See clause ", ("1", "_RefB"), "."), target("1.", PAY, "_REFB")])
    assert [kind for kind, *_ in told(redline)] == ["format"]


def test_a_reference_follows_a_clause_that_moved() -> None:
    old = [pointing("See clause ", ("1", "_RefA"), "."), target("1.", PAY, "_RefA"), clause("2.", KEEP), clause("3.", LAW)]
    new = [pointing("See clause ", ("3", "_RefA"), "."), clause("1.", KEEP), clause("2.", LAW), target("3.", PAY, "_RefA")]
    assert sorted(kind for kind, *_ in told(diff(old, new))) == ["format", "move"]


def test_a_reference_among_changed_words_is_part_of_the_change() -> None:
    old = [pointing("within ten days of clause ", ("1", "_RefA"), "."), target("1.", PAY, "_RefA")]
    new = [pointing("within five days under clause ", ("2", "_RefA"), "."), target("1.", LAW), target("2.", PAY, "_RefA")]
    assert ("replace", "ten", "five") in told(diff(old, new))


def test_a_number_typed_over_a_reference_is_a_change() -> None:
    ends = [target("1.", PAY, "_RefA"), target("2.", KEEP)]
    assert told(diff([pointing("See clause ", ("1", "_RefA"), "."), *ends], [pointing("See clause 2."), *ends])) == [("replace", "1", "2")]


def test_a_reference_to_nothing_is_compared_by_its_words() -> None:
    assert told(diff([pointing("See ", ("1", "gone"), ".")], [pointing("See ", ("2", "gone"), ".")])) == [("replace", "1", "2")]


def test_targets_are_found_on_each_side_whatever_the_case_of_their_names() -> None:
    targets = Targets(diff([target("1.", PAY, "_RefA")], [plain(LAW), target("2.", PAY, "_REFA")]).paragraphs)
    assert (targets.on("old", "_refa"), targets.on("new", "_refa")) == (1, 1)
    assert targets.same("_refa", "_refa")
    assert targets.on("new", "other") is None
    assert leads_to(frozenset({"bold", "ref:_RefA"})) == "_refa"
