"""A killer survives its TOML file, and a bad file is one clear error."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redline.errors import VaultError
from redline.killers import Dismissal, Instance, Killer, KillerId, from_toml, language_of, new_killer, to_toml

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
WORDS = TEXTS.filter(lambda text: bool(text.strip()))
DATES = st.none() | st.dates()
INSTANCES = st.builds(
    Instance, text=WORDS, language=st.sampled_from(["", "en", "ru"]), deal=TEXTS, turn=st.integers(0, 999), clause=TEXTS, date=DATES
)
DISMISSALS = st.builds(Dismissal, text=WORDS, reason=TEXTS, deal=TEXTS, turn=st.integers(0, 999), clause=TEXTS, date=DATES)
KILLERS = st.builds(
    Killer,
    id=st.from_regex(r"k[0-9a-f]{8}", fullmatch=True).map(KillerId),
    title=TEXTS,
    instances=st.lists(INSTANCES, min_size=1, max_size=3).map(tuple),
    deal=TEXTS,
    deal_slug=st.sampled_from(["", "acme", "romashka-2"]),
    turn=st.integers(0, 999),
    clause=TEXTS,
    date=DATES,
    reason=TEXTS,
    severity=st.sampled_from(["walk away", "negotiate", "watch"]),
    offer=TEXTS,
    burdens=st.sampled_from(["client", "provider", "both", ""]),
    cause=TEXTS,
    limits=st.lists(WORDS, max_size=2).map(tuple),
    dismissed=st.lists(DISMISSALS, max_size=2).map(tuple),
)


@given(KILLERS)
@settings(deadline=None)
def test_a_killer_survives_its_file(killer: Killer) -> None:
    assert from_toml(to_toml(killer), "killers/x.toml") == killer


def test_the_same_loss_recorded_twice_is_the_same_killer() -> None:
    first = new_killer("Liability shall be unlimited.", deal_slug="acme")
    again = new_killer("  LIABILITY shall be\u00a0unlimited. ", deal_slug="acme", reason="it hurt")
    assert first.id == again.id
    assert first.id != new_killer("Liability shall be unlimited.", deal_slug="bolt").id


def test_a_new_killer_knows_its_language_and_is_named_after_its_reason() -> None:
    killer = new_killer("Ответственность не ограничена.", reason="Без потолка", deal="Ромашка", turn=3, clause="7.2", date=date(2025, 3, 1))
    assert killer.instances == (Instance("Ответственность не ограничена.", "ru", "Ромашка", 3, "7.2", date(2025, 3, 1)),)
    assert killer.title == "Без потолка"
    assert language_of("12.5 %") == ""


def test_a_file_is_readable_and_leaves_out_what_is_empty() -> None:
    text = to_toml(new_killer("Pay in ninety days.", deal="Acme")).decode()
    assert 'deal = "Acme"' in text
    assert "[[instances]]" in text
    assert "offer" not in text
    assert "turn" not in text


GOOD = 'id = "k00000001"\ntitle = "t"\n[[instances]]\ntext = "x"\n'


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"\xff\xfe", "TOML"),
        (b"id = ", "TOML"),
        (b'id = "k00000001"', "instances"),
        (b'id = "k00000001"\ninstances = [1]', "instances"),
        (GOOD.replace('text = "x"', 'text = " "').encode(), "instances"),
        (GOOD.replace('text = "x"', 'clause = "1"').encode(), "instances[0].text"),
        (GOOD.replace('text = "x"', 'text = "x"\ncolour = "red"').encode(), "instances[0].colour"),
        (GOOD.replace("k00000001", "../../etc").encode(), "id"),
        (GOOD.replace('title = "t"', "title = 3").encode(), "title"),
        (GOOD.replace('title = "t"', "turn = true").encode(), "turn"),
        (GOOD.replace('title = "t"', "date = 2025-01-01T00:00:00Z").encode(), "date"),
        (GOOD.replace('title = "t"', 'severity = "dire"').encode(), "severity"),
        (GOOD.replace('title = "t"', 'surprise = "?"').encode(), "surprise"),
        (GOOD.replace('title = "t"', "limits = [3]").encode(), "limits"),
        (GOOD.replace('title = "t"', "dismissed = 3").encode(), "dismissed"),
        ((GOOD + '[[dismissed]]\nreason = "x"\n').encode(), "dismissed[0].text"),
        ((GOOD + '[[dismissed]]\ntext = "x"\nlanguage = "en"\n').encode(), "dismissed[0].language"),
        (b"a = " + b"[" * 100_000, "TOML"),
    ],
)
def test_a_bad_file_is_one_error_that_names_the_file_and_the_key(data: bytes, key: str) -> None:
    with pytest.raises(VaultError) as caught:
        from_toml(data, "killers/k00000001.toml")
    assert "killers/k00000001.toml" in caught.value.message
    assert key in caught.value.message
    assert caught.value.hint


def test_what_is_no_killer_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="instance"):
        Killer(KillerId("k00000001"), "t", ())
    with pytest.raises(ValueError, match="UTF-8"):
        new_killer("lone \ud800 surrogate")
    with pytest.raises(ValueError, match="KillerId"):
        KillerId("x")


def test_a_file_without_the_newer_keys_is_read() -> None:
    killer = from_toml(GOOD.encode(), "x.toml")
    assert (killer.cause, killer.limits, killer.dismissed) == ("", (), ())
    assert killer.language == "en"


def test_a_killer_met_in_two_languages_speaks_neither_alone() -> None:
    one = from_toml((GOOD + '[[instances]]\ntext = "Оплата в течение 90 дней."\n').encode(), "x.toml")
    assert one.language == ""
