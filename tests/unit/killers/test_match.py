"""A killer is found in other words and in disguise, is not taken for its opposite, and what is said of it is true."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redline.killers import Instance, Killer, Match, Matcher, new_killer

CAP = "The Provider's total liability for loss of the Client's data shall be unlimited and shall survive termination."
CURE = (
    "The Vendor shall rectify every defect within two (2) business days of notice, failing which the Purchaser may engage a third "
    "party at the Vendor's expense."
)
PAY = "The Buyer pays each invoice within sixty (60) days after the end of the month in which the goods were delivered."
STEP = "Арендатор вправе в любой момент без согласия Арендодателя сдавать помещение в субаренду третьим лицам."
FINE = "За каждый день задержки поставки Поставщик выплачивает Покупателю штраф в размере 0,3 % от цены партии без ограничения общей суммы."
LONG = (
    "The Consultant grants the Client an exclusive, perpetual and irrevocable licence to use, copy, modify and distribute the training "
    "materials, the course software and all related documentation in every territory, for any purpose and in any medium, whether now known "
    "or invented later, and shall not during a period of three (3) years offer similar courses to any competitor of the Client."
)


def _best(killer: str, text: str) -> Match:
    """The best match, however faint."""
    (match,) = Matcher([new_killer(killer)]).near(text, 0.0)
    return match


@pytest.mark.parametrize(
    ("killer", "text"),
    [
        (CAP, "The total liability of the Supplier for loss of the Customer's data is uncapped and survives termination."),
        (
            CURE,
            "Within two business days after notice the Contractor shall remedy each defect; otherwise the Customer may hire a third party "
            "at the Contractor's cost.",
        ),
        (PAY, "Each invoice is payable by the Customer within 60 days following the end of the month of delivery of the goods."),
        (
            FINE,
            "В случае просрочки поставки Продавец уплачивает Заказчику неустойку 0,3% стоимости партии за каждый день; общая сумма "
            "неустойки не ограничена.",
        ),
        (STEP, "Без согласия Арендодателя Арендатор имеет право в любое время передать помещение третьим лицам в субаренду."),
    ],
)
def test_a_reworded_killer_is_found(killer: str, text: str) -> None:
    match = _best(killer, text)
    assert match.flagged, match.why
    assert match.verdict == "same"


def test_an_english_killer_finds_its_russian_return() -> None:
    killer = (
        "For each day of delay in delivery the Supplier shall pay the Buyer a penalty of 0.3% of the price, and its total is not limited."
    )
    match = _best(killer, FINE)
    assert match.flagged, match.why
    assert match.figures[0][0].unit == "percent"


@pytest.mark.parametrize(
    ("killer", "text", "verdict"),
    [
        (
            CAP,
            "The Provider's total liability for loss of the Client's data shall not be unlimited and shall survive termination.",
            "reversed",
        ),
        (
            CAP,
            "The Client's total liability for loss of the Provider's data shall be unlimited and shall survive termination.",
            "other party",
        ),
        (
            PAY,
            "The Buyer pays each invoice within ten (10) days after the end of the month in which the goods were delivered.",
            "milder figures",
        ),
        (STEP, "Арендатор не вправе сдавать помещение в субаренду третьим лицам.", "reversed"),
        (
            FINE,
            "За каждый день задержки поставки Поставщик выплачивает Покупателю штраф в размере 0,01 % от цены партии.",
            "milder figures",
        ),
        (
            FINE,
            "За каждый день задержки оплаты Покупатель выплачивает Поставщику штраф в размере 0,3 % от цены партии без "
            "ограничения общей суммы.",
            "other party",
        ),
    ],
)
def test_what_only_looks_alike_is_not_flagged_but_named(killer: str, text: str, verdict: str) -> None:
    match = _best(killer, text)
    assert not match.flagged, match.why
    assert match.verdict == verdict


def test_a_worse_figure_is_flagged_as_worse() -> None:
    match = _best(PAY, PAY.replace("sixty (60)", "one hundred and twenty (120)"))
    assert match.flagged
    assert match.verdict == "worse figures"
    assert [(str(theirs), str(ours), favour) for theirs, ours, favour in match.figures] == [("120 days", "60 days", "theirs")]
    assert "120 days where it was 60 days" in match.why


def test_the_same_figure_is_worse_for_one_side_and_better_for_the_other() -> None:
    text = PAY.replace("sixty (60)", "ninety (90)")
    ours = Matcher([new_killer(PAY, burdens="client")]).near(text)[0]
    assert [favour for _, _, favour in ours.figures] == ["ours"]


@pytest.mark.parametrize(
    "change",
    [
        ("three (3) years", "six (6) months"),
        ("shall not during", "shall during"),
        ("The Consultant grants the Client", "The Client grants the Consultant"),
    ],
)
def test_a_near_copy_is_never_silenced(change: tuple[str, str]) -> None:
    text = LONG.replace(*change)
    assert text != LONG
    assert _best(LONG, text).flagged


@pytest.mark.parametrize(
    "disguise",
    [
        lambda text: text.upper(),
        lambda text: "12.4.1\t" + text,
        lambda text: text.replace("a", "\u0430").replace("e", "\u0435"),
        lambda text: text.replace("i", "i\u200b"),
        lambda text: text.replace("l", "1"),
        lambda text: text.replace("notice", "notlce").replace("expense", "expcnse"),
        lambda text: text.replace("Vendor", "Contractor").replace("Purchaser", "Customer"),
        lambda text: "The parties met on 3 May 2024. The weather was fine; nothing else was agreed. " + text + " They parted as friends.",
        lambda text: ", ".join(reversed(text.split(", "))),
        lambda text: " ".join(text.split()[: len(text.split()) * 2 // 3]),
    ],
)
def test_a_disguise_does_not_help(disguise: object) -> None:
    assert callable(disguise)
    assert _best(CURE, disguise(CURE)).flagged


def test_a_killer_buried_in_a_long_paragraph_is_found_where_it_stands() -> None:
    filler = "The course takes place on Mondays in the main hall and ends with a written examination. "
    text = filler * 20 + PAY + " " + filler * 20
    match = _best(PAY, text)
    assert match.flagged
    assert all(len(filler) * 20 <= start < end <= len(filler) * 20 + len(PAY) for (start, end), _ in match.words)


def test_matched_words_are_shown_in_both_texts() -> None:
    text = "Each invoice is payable by the Customer within 60 days following the end of the month."
    match = _best(PAY, text)
    shown = [(text[start:end], PAY[first:last]) for (start, end), (first, last) in match.words]
    assert any("invoice" in theirs and "invoice" in ours for theirs, ours in shown)
    assert any("60 days" in theirs and "sixty (60) days" in ours for theirs, ours in shown)


def test_ordinary_clauses_stay_quiet() -> None:
    matcher = Matcher([new_killer(text) for text in (CAP, CURE, PAY, STEP, FINE, LONG)])
    quiet = [
        "This Agreement is governed by the laws of England and Wales.",
        "Notices shall be in writing and are deemed received on the second business day after posting.",
        "The Supplier shall invoice the Customer monthly in arrears.",
        "Each party shall keep the other party's confidential information secret for three years after termination.",
        "Все изменения к Договору действительны, если они совершены в письменной форме и подписаны обеими Сторонами.",
        "Исполнитель направляет Заказчику акт в течение пяти рабочих дней.",
        "",
        "§ 12",
    ]
    assert [match.why for text in quiet for match in matcher.match(text)] == []


def test_the_best_instance_of_a_killer_speaks_for_it() -> None:
    one = new_killer(CAP)
    killer = Killer(one.id, "cap", (*one.instances, Instance(PAY, "en", "Bolt", 4)))
    (match,) = Matcher([killer]).match(PAY)
    assert match.instance.deal == "Bolt"


def test_several_killers_come_best_first() -> None:
    exact, near = new_killer(PAY), new_killer(PAY.replace("of the month in which the goods were delivered", "of the quarter"))
    found = Matcher([near, exact]).match(PAY)
    assert found[0].killer is exact
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)


def test_no_killers_no_matches() -> None:
    assert Matcher([]).match(PAY) == ()


@given(st.text(max_size=400))
def test_any_text_is_matched_and_ranges_lie_in_it(text: str) -> None:
    for match in Matcher([new_killer(CURE), new_killer(FINE)]).near(text, 0.0):
        assert 0.0 <= match.score <= 1.0
        for (start, end), (first, last) in match.words:
            assert 0 <= start < end <= len(text)
            assert 0 <= first < last <= len(match.instance.text)


@settings(max_examples=25)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200).filter(lambda text: bool(text.strip())))
def test_any_text_can_be_a_killer(text: str) -> None:
    first, again = (Matcher([new_killer(text)]).near(text + " and " + PAY, 0.0) for _ in range(2))
    assert first == again


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        " ",
        ". ",
        "not ",
        "1 ",
        "one ",
        "(",
        "\x00\x1b[31m\u202e",
        "liab\u200bility ",
        "1,000,",
        "shall pay 30 (thirty) days; ",
        "\u00a0",
        "at-",
    ],
)
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    matcher = Matcher([new_killer(CURE), new_killer(FINE)])
    matcher.near(piece * 10)
    spent = []
    for size in (100_000, 400_000):
        start = time.process_time()
        matcher.near(piece * (size // len(piece)))
        spent.append(time.process_time() - start)
    assert spent[1] < 12 * spent[0] + 0.5


def test_eight_megabytes_are_read_to_the_end() -> None:
    start = time.process_time()
    match = _best(PAY, "\x00" * 8_000_000 + "\n" + PAY)
    assert match.flagged
    assert time.process_time() - start < 60
