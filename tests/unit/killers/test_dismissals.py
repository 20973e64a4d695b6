"""A wording that was called fine is silent with its near-copies; the killer's own words, another sense and a rider never are."""

from __future__ import annotations

from redline.killers import new_killer
from redline.killers.care import dismiss
from redline.killers.dismissals import own_words, silenced

FRAUD = "The Supplier's liability for fraud and wilful misconduct under this Agreement shall be unlimited."
CAP = dismiss(new_killer("The Supplier's liability under this Agreement shall be unlimited."), FRAUD, "the law says so")
PAY = dismiss(new_killer("The Customer shall pay each invoice within ninety (90) days of its receipt."),
              "The Customer shall pay each invoice within thirty (30) days of its receipt.", "usual")


def test_the_wording_and_its_near_copies_are_silent() -> None:
    for text in (FRAUD, FRAUD.upper(), FRAUD.replace("fraud and wilful misconduct", "wilful misconduct and fraud")):
        found = silenced(CAP, text)
        assert found is not None
        assert found.reason == "the law says so"


def test_what_cost_the_deal_is_never_silent() -> None:
    for text in (CAP.text, CAP.text.replace("this Agreement", "the Contract"), CAP.text.upper()):
        assert own_words(CAP, text)
        assert silenced(CAP, text) is None


def test_another_matter_a_rider_or_a_worse_figure_is_a_new_wording() -> None:
    assert silenced(CAP, FRAUD.replace("fraud and wilful misconduct", "breach and negligence")) is None
    assert silenced(CAP, FRAUD[:-1] + " and it waives all defences.") is None
    assert silenced(PAY, "The Customer shall pay each invoice within sixty (60) days of its receipt.") is None


def test_a_wording_without_the_killers_figure_is_not_its_own() -> None:
    secrecy = new_killer("The duties in this clause 9 last for the Term and for five (5) years after it ends.")
    assert not own_words(secrecy, "The duties in this clause 9 last for the Term.")
    assert own_words(secrecy, "The duties of this clause 10 last for the Term and for 5 years after it ends.")


def test_nothing_is_silent_where_nothing_was_dismissed() -> None:
    assert silenced(new_killer(CAP.text), FRAUD) is None
