"""A kind of clause is known by its turns of phrase in both languages, and by its denial not."""

from __future__ import annotations

import time

import pytest

from redline.killers import Killer, Match, Matcher, new_killer
from redline.killers.concepts import segments
from redline.killers.kinds import kinds, usual

BOOKS = "The Publisher may inspect the Printer's books of account at any time during office hours."


def _kinds(text: str, *, note: bool = False) -> set[str]:
    return {kind for kind, found in kinds(text, segments(text), note=note).items() if found.strength >= 1}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Neither party shall assign this lease to anybody without the written consent of the other.", "no assignment without consent"),
        ("Арендатор не вправе уступать свои права по договору без письменного согласия Арендодателя.", "no assignment without consent"),
        ("The Hotel shall not solicit or hire any employee of the Caterer for one year.", "no hiring of staff"),
        ("Кейтеринг не вправе переманивать или нанимать работников Отеля в течение года.", "no hiring of staff"),
        ("The Brewer shall purchase at least forty tonnes of hops per year.", "minimum commitment"),
        ("Покупатель обязан выбирать не менее сорока тонн в год.", "minimum commitment"),
        (BOOKS, "audit rights"),
        ("Either party may terminate this lease at any time upon thirty days' notice.", "termination for convenience"),
        ("If control of the Printer changes, the Publisher may terminate this Agreement.", "change of control"),
        ("The Tenant has a right of first refusal to purchase the building.", "first refusal"),
        ("The Recipient shall not reverse engineer the samples.", "no reverse engineering"),
    ],
)
def test_a_kind_is_known_by_its_turns_of_phrase(text: str, kind: str) -> None:
    assert kind in _kinds(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The Publisher may not audit the Printer's books and records.", "audit rights"),
        ("This lease shall not renew automatically.", "automatic renewal"),
        ("The Grower grants a non-exclusive right to distribute the seed.", "exclusivity"),
        ("WHEREAS the Baker wishes to be the exclusive supplier of the Hotel;", "exclusivity"),
        ("Nothing in this Agreement shall prevent the Baker from competing with the Hotel.", "non-compete"),
        ("Неустойка с Пекарни не взыскивается.", "liquidated damages"),
    ],
)
def test_what_is_denied_or_only_recited_is_not_of_the_kind(text: str, kind: str) -> None:
    assert kind not in _kinds(text)


def test_a_note_names_kinds_in_plain_words_that_a_contract_does_not() -> None:
    assert "no hiring of staff" in _kinds("they poach our people", note=True)
    assert "no hiring of staff" not in _kinds("they poach our people")


def test_points_do_not_cross_a_full_stop() -> None:
    assert "audit rights" not in _kinds("The parties audit nothing here. All weather records were broken.")


def _match(killer: Killer, text: str) -> Match | None:
    return next(iter(Matcher([killer]).near(text)), None)


AUDIT = new_killer(
    "The Chain and its auditors shall have access to all books and records of the Farm and may examine them at any time.",
    reason="They read our books",
)


def test_a_clause_of_the_same_kind_in_other_words_is_flagged_quietly_and_says_so() -> None:
    match = _match(AUDIT, BOOKS)
    assert match is not None
    assert match.flagged
    assert match.route == "kind"
    assert match.score <= 0.75
    assert "audit rights" in match.why


def test_a_kind_that_most_contracts_hold_is_no_alarm_by_itself() -> None:
    assert usual("governing law")
    killer = new_killer("This Agreement is governed by the laws of Atlantis, and Atlantean courts alone decide.")
    assert not Matcher([killer]).match("The laws of England and Wales govern this Agreement.")


def test_in_a_document_only_the_plainest_clause_of_a_kind_is_flagged() -> None:
    other = "The Publisher may audit records of the Printer."
    flags = [[match.flagged for match in matches] for matches in Matcher([AUDIT]).across([other, BOOKS, "The sun shines."])]
    assert sum(map(sum, flags)) == 1
    every = Matcher([AUDIT], "high").across([other, BOOKS, "The sun shines."])
    assert [any(match.flagged for match in matches) for matches in every] == [True, True, False]


def test_quiet_tells_only_of_the_same_text() -> None:
    assert not Matcher([AUDIT], "low").match(BOOKS)
    assert Matcher([AUDIT], "low").match(AUDIT.text)


def test_the_wider_the_more_false_flags_are_to_be_expected() -> None:
    low, normal, high = (Matcher([AUDIT], level).expected for level in ("low", "normal", "high"))
    assert low < normal < high


@pytest.mark.parametrize("piece", ["not without ", "no consent ", "may terminate any time ", "первый не без "])
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    spent = []
    for size in (20_000, 80_000):
        text = piece * (size // len(piece))
        parts = segments(text)
        start = time.process_time()
        kinds(text, parts)
        spent.append(time.process_time() - start)
    assert spent[1] < 12 * spent[0] + 0.5
