"""contract.json and back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redline.codec import dump_contract, load_contract
from redline.errors import VaultError
from redline.model import (
    OBJECT,
    Attribution,
    Cell,
    ClauseId,
    Comment,
    Contract,
    Coverage,
    Kind,
    Notice,
    Paragraph,
    Props,
    Segment,
)

texts = st.text(max_size=12)
dates = st.none() | st.datetimes(timezones=st.just(UTC))
looks = st.frozensets(st.sampled_from(["bold", "italic", "hidden"]))
attributions = st.none() | st.builds(Attribution, texts, dates, texts, st.integers(0, 9), st.booleans())
cells = st.none() | st.builds(Cell, st.integers(0, 3), st.integers(0, 3), st.integers(0, 3),
                              st.none() | st.builds(Cell, st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)))
props = st.builds(Props, st.sampled_from(["body", "footnote:2"]), cells, texts, texts, texts, st.none() | st.integers(0, 8),
                  st.booleans(), st.none() | st.just(ClauseId("c0123abcd"[:9])))


@st.composite
def segments(draw: st.DrawFn) -> Segment:
    kind = draw(st.sampled_from(Kind))
    atom = draw(st.sampled_from(["", "image:ab"]))
    return Segment(kind, OBJECT if atom else draw(st.text(min_size=1, max_size=9)), draw(looks),
                   draw(looks) if kind is Kind.FORMAT else None, atom, draw(attributions), draw(attributions), draw(texts))


@st.composite
def paragraphs(draw: st.DrawFn) -> Paragraph:
    mark = draw(st.sampled_from(Kind))
    old = draw(props) if mark.in_old else None
    new = draw(props) if mark.in_new or mark is Kind.GONE else None
    return Paragraph(tuple(draw(st.lists(segments(), max_size=4))), mark, old, new, draw(attributions), draw(texts))


contracts = st.builds(
    Contract,
    st.lists(paragraphs(), max_size=4).map(tuple),
    st.lists(st.builds(Comment, texts, texts, dates, texts, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), texts, texts,
                       st.booleans()), max_size=2).map(tuple),
    st.lists(st.builds(Coverage, texts, texts, st.integers(0, 9), texts), max_size=2).map(tuple),
    st.lists(st.builds(Notice, texts, texts, texts), max_size=2).map(tuple),
    texts, texts,
)


@given(contracts)
def test_what_is_written_is_read_back(contract: Contract) -> None:
    assert load_contract(dump_contract(contract)) == contract


@given(contracts)
def test_the_same_contract_gives_the_same_bytes(contract: Contract) -> None:
    assert dump_contract(load_contract(dump_contract(contract))) == dump_contract(contract)


def test_every_paragraph_has_a_line_of_its_own() -> None:
    contract = Contract(tuple(Paragraph((Segment(Kind.SAME, f"Clause {n}"),), Kind.SAME, Props(), Props()) for n in range(3)))
    lines = dump_contract(contract).decode().splitlines()
    assert [line for line in lines if "Clause" in line] == [
        '{"s":["Clause 0"],"p":{}},', '{"s":["Clause 1"],"p":{}},', '{"s":["Clause 2"],"p":{}}',
    ]


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"schema": 1}', b"\xff", b'{"schema": 2}', b"[" * 100_000,
                                  b'{"schema":1,"title":"","language":"","paragraphs":[{"s":[{"t":"x","zz":1}],"p":{}}],'
                                  b'"comments":[],"coverage":[],"notices":[]}'])
def test_what_is_no_contract_is_refused_with_the_name_of_the_file(data: bytes) -> None:
    with pytest.raises(VaultError) as caught:
        load_contract(data, "contract.json of acme@2")
    assert "contract.json of acme@2" in caught.value.message


def test_dates_keep_their_zone() -> None:
    when = datetime(2026, 3, 6, 9, 45, tzinfo=UTC)
    segment = Segment(Kind.INS, "x", attribution=Attribution("Вера", when, "Маяк", 2, True))
    contract = Contract((Paragraph((segment,), Kind.SAME, Props(), Props()),))
    assert load_contract(dump_contract(contract)).paragraphs[0].segments[0].attribution == segment.attribution
