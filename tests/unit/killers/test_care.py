"""A library is changed, joined and sent to another vault without losing what is known, and dismissals are kept with their reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from redline.errors import UsageError, VaultError
from redline.killers import Killer, from_toml, new_killer, to_toml
from redline.killers.care import alike, bring_in, confirm, dismiss, edit, from_bundle, merge, remove, to_bundle, without

CAP = new_killer("The Supplier's liability under this Agreement shall be unlimited.", deal="Acme", reason="No ceiling", severity="watch")
CAP_AGAIN = new_killer("The liability of the Contractor under the Contract is uncapped.", deal="Bolt", offer="A cap of the fees")
PAY = new_killer("The Customer shall pay each invoice within ninety (90) days of its receipt.", deal="Acme", date=date(2025, 1, 2))
COURT = new_killer("Any dispute shall be settled by the courts of the Client's seat.", deal="Core")


def test_an_edit_changes_what_is_given_and_nothing_else() -> None:
    changed = edit(PAY, severity="walk away", burdens="provider", limits=["more than 45 days"], cause="late money")
    expected = replace(PAY, severity="walk away", burdens="provider", limits=("more than 45 days",), cause="late money")
    assert changed == expected
    assert edit(changed, cause="", limits=[]) == replace(expected, cause="", limits=())
    assert edit(PAY) == PAY


@pytest.mark.parametrize(
    ("key", "value", "word"),
    [("severity", "dire", "severity"), ("burdens", "them", "side"), ("limits", ["soon"], "limit"), ("limits", ["7"], "limit")],
)
def test_an_edit_to_what_makes_no_sense_is_refused(key: str, value: str | list[str], word: str) -> None:
    with pytest.raises(UsageError, match=word):
        edit(PAY, **{key: value})  # type: ignore[arg-type]


def test_a_removed_killer_is_gone_and_an_unknown_one_an_error() -> None:
    assert remove([CAP, PAY], CAP.id) == (PAY,)
    with pytest.raises(UsageError, match=COURT.id):
        remove([CAP, PAY], COURT.id)


def test_a_confirmed_flag_is_a_further_instance_once() -> None:
    text = "Each invoice is payable within 100 days."
    twice = confirm(confirm(PAY, text, deal="Bolt", turn=2, clause="4.1"), "  each invoice is payable within 100 days.")
    assert [(one.text, one.deal, one.turn, one.clause) for one in twice.instances[1:]] == [(text, "Bolt", 2, "4.1")]
    assert twice.id == PAY.id


def test_a_dismissal_keeps_its_reason_and_a_confirmation_takes_it_back() -> None:
    text = "Each invoice is payable within 10 days."
    fine = dismiss(dismiss(PAY, text, "first thought"), text, " ten days are usual ", deal="Bolt")
    assert [(one.text, one.reason, one.deal) for one in fine.dismissed] == [(text, "ten days are usual", "Bolt")]
    assert from_toml(to_toml(fine), "x.toml") == fine
    assert confirm(fine, text).dismissed == ()


def test_what_cost_the_deal_cannot_be_dismissed_and_nothing_without_a_reason() -> None:
    with pytest.raises(UsageError, match="very words"):
        dismiss(PAY, PAY.text.upper(), "fine")
    with pytest.raises(UsageError, match="reason"):
        dismiss(PAY, "Pay in ten days.", " ")
    with pytest.raises(UsageError, match="words"):
        confirm(PAY, " ")


def test_merging_keeps_both_texts_and_the_graver_severity() -> None:
    both = merge(dismiss(CAP, "Liability is capped.", "fine"), dismiss(CAP_AGAIN, CAP.text, "not ours"))
    assert [one.text for one in both.instances] == [CAP.text, CAP_AGAIN.text]
    assert [one.text for one in both.dismissed] == ["Liability is capped."]
    assert (both.id, both.reason, both.offer, both.severity) == (CAP.id, "No ceiling", "A cap of the fees", "negotiate")


def test_the_same_cause_is_offered_for_merging_and_others_are_not() -> None:
    (pair,) = alike([CAP, PAY, COURT, CAP_AGAIN])
    assert (pair.first, pair.second) == (CAP, CAP_AGAIN)
    assert pair.why


def test_the_reverse_is_not_the_same_cause() -> None:
    assert alike([CAP, new_killer("The Supplier's liability under this Agreement shall not be unlimited.")]) == ()


def test_a_bundle_brings_everything_into_another_vault() -> None:
    library = (dismiss(CAP, "Liability is capped.", "fine"), confirm(PAY, "Pay in 100 days."), COURT)
    assert from_bundle(to_bundle(library), "b.toml") == library
    plan = bring_in([], from_bundle(to_bundle(library), "b.toml"))
    assert plan.added == library
    assert bring_in(library, library).known == library
    assert bring_in(library, library).added == ()


def test_a_clashing_id_is_renamed_and_the_second_import_changes_nothing() -> None:
    other = replace(PAY, reason="quite another story")
    plan = bring_in([PAY, CAP], [other, CAP_AGAIN])
    assert [killer.reason for killer in plan.added] == ["quite another story", ""]
    ((old, new),) = plan.renamed
    assert old == PAY.id != new == plan.added[0].id
    assert {(pair.first.id, pair.second.id) for pair in plan.alike} == {(PAY.id, new), (CAP.id, CAP_AGAIN.id)}
    library: tuple[Killer, ...] = (PAY, CAP, *plan.added)
    assert bring_in(library, [other, CAP_AGAIN]).added == ()


@pytest.mark.parametrize(
    "data", [b"", b"format = 'x'", b"format = 'redline killers 1'\nkillers = 3", b"format = 'redline killers 1'\nkillers = [3]"]
)
def test_a_file_that_is_no_bundle_is_one_error(data: bytes) -> None:
    with pytest.raises(VaultError, match=r"b\.toml is no bundle"):
        from_bundle(data, "b.toml")


def test_a_bad_killer_in_a_bundle_is_named() -> None:
    with pytest.raises(VaultError, match=r"killers\[1\]\.severity"):
        from_bundle(to_bundle([CAP, PAY]).replace(b'severity = "negotiate"', b'severity = "dire"'), "b.toml")


def test_a_bundle_shows_nothing_that_is_invisible_and_reads_back_the_same() -> None:
    odd = new_killer("Zero\u200bwidth, nbsp\u00a0and \u202ebidi\u202c \U000e0041 tag.", title="\u202e")
    data = to_bundle([odd])
    assert all(char.isprintable() for char in data.decode().replace("\n", ""))
    assert from_bundle(data, "b.toml") == (odd,)


def test_one_wording_is_taken_out_and_the_last_one_stays() -> None:
    two = dismiss(confirm(PAY, "Pay in 100 days."), "Pay in 10 days.", "usual")
    assert without(two, instance=2, dismissal=1) == PAY
    assert without(two, instance=1).text == "Pay in 100 days."
    for wrong in ({"instance": 3}, {"instance": 0}, {"dismissal": 2}):
        with pytest.raises(UsageError, match="there is no"):
            without(two, **wrong)
    with pytest.raises(UsageError, match="only words"):
        without(PAY, instance=1)
