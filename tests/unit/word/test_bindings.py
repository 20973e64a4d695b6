"""Content controls bound to data: told where Word will show something else than the document says."""

from __future__ import annotations

import pytest

from redline.word.read import read
from tests.unit.word.build import R, docx, ins, p, r

DS = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def control(text: str, *, xpath: str = "/d:deal[1]/d:cap[1]", kind: str = "<w:text/>", inside: str = "") -> str:
    return (f"<w:sdt><w:sdtPr>{kind}<w:dataBinding w:prefixMappings=\"xmlns:d='urn:deal'\" w:xpath=\"{xpath}\" "
            f'w:storeItemID="{{ABC}}"/></w:sdtPr><w:sdtContent>{inside or r(text)}</w:sdtContent></w:sdt>')


def notices(body: str, data: str = "<deal xmlns='urn:deal'><cap>EUR 100</cap><x><y/></x></deal>") -> list[tuple[str, str]]:
    files = {
        "customXml/item1.xml": data.encode(),
        "customXml/itemProps1.xml": f'<ds:datastoreItem xmlns:ds="{DS}" ds:itemID="{{ABC}}"/>'.encode(),
        "customXml/_rels/item1.xml.rels": (f'<Relationships xmlns="{RELS}"><Relationship Id="a" Type="{R}/customXmlProps" '
                                           'Target="itemProps1.xml"/></Relationships>').encode(),
    }
    link = f'<Relationship Id="data" Type="{R}/customXml" Target="../customXml/item1.xml"/>'
    return [(notice.code, notice.where) for notice in read(docx(p("Cap: ", body), extra=files, links=link)).notices]


def test_a_control_whose_data_say_something_else_is_told() -> None:
    assert notices(control("EUR 100")) == []
    assert notices(control("EUR 900")) == [("bound-text", "“EUR 900” here, “EUR 100” there")]
    assert notices(control("", kind="<w:showingPlcHdr/><w:text/>")) == [("bound-text", "“” here, “EUR 100” there")]


@pytest.mark.parametrize("body", [
    control("EUR  100"), control("x", xpath="/d:deal[1]/d:none[1]"), control("x", xpath="//d:cap"), control("x", xpath="/d:deal[1]/d:x[1]"),
    control("x", xpath="/other[1]"), control("x", xpath=""), control("1 May", kind='<w:date w:fullDate="2024-05-01T00:00:00Z"/>'),
    control("", inside=ins("EUR 900")), control("x", xpath="/d:deal[1]/d:cap[0]"), control("x", xpath="/d:deal[1]/d:cap[7]"),
])
def test_equal_text_and_what_cannot_be_judged_is_not(body: str) -> None:
    assert notices(body) == []


def test_broken_data_are_borne() -> None:
    assert notices(control("x"), "<deal") == []
