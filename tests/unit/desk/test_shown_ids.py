"""Every change that a document is shown with can be decided in the file, whatever was typed where."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redline.compare.slide import slide
from redline.desk.chosen import in_the_file
from redline.desk.resolving import decisions, resolved
from redline.errors import ConflictError
from redline.model import Contract
from redline.word.read import read
from tests.unit.word.build import by, cell, dele, docx, ins, p, r, row, style, styles, table

STYLES = styles(style("Head", name="heading 1"), style("Body", name="Body Text"), style("Other"))
FORMAT = f'<w:pPrChange {by("Bob")}><w:pPr><w:pStyle w:val="Other"/></w:pPr></w:pPrChange>'


def shown(contract: Contract) -> list[str]:
    view = Contract(slide(contract.paragraphs), layout=contract.layout)
    return [str(each.id) for each in decisions(view)]


def check(data: bytes) -> int:
    """How many changes are shown; each is known in the file, alone or with those it cannot be parted from."""
    contract = read(data)
    known = {str(each.id) for each in decisions(contract)}
    names = shown(contract)
    for name in names:
        try:
            found = in_the_file(contract, {name})
        except ConflictError:
            found = in_the_file(contract, set(names))
        assert found <= known, name
    return len(names)


runs = st.sampled_from([r("kept "), ins("new "), dele("old "), ins(dele("both ", who="Bob")), ins("theirs ", who="Bob"), r("")])


@st.composite
def blocks(draw: st.DrawFn) -> str:
    content = draw(st.lists(runs, max_size=3))
    return p(*content, style=draw(st.sampled_from(["", "Head", "Body"])), mark=draw(st.sampled_from(["", "", "ins", "del"])),
             ppr=draw(st.sampled_from(["", "", FORMAT])))


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    body = draw(st.lists(blocks(), min_size=1, max_size=6))
    if draw(st.booleans()):
        first = cell(*draw(st.lists(blocks(), min_size=1, max_size=3)))
        body.append(table(row(first, "x", flag=draw(st.sampled_from(["", "ins", "del"])))))
    return docx(*body, p("end"), styles=STYLES)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_every_change_that_is_shown_can_be_decided_by_its_id(data: bytes) -> None:
    names = shown(read(data))
    assert check(data) == len(names)


def test_enter_and_a_new_paragraph_in_another_style_are_one_change_that_can_be_accepted() -> None:
    data = docx(p("Title", style="Head", mark="ins"), p(ins("New words."), style="Body"), styles=STYLES)
    contract = read(data)
    (name,) = shown(contract)
    done = resolved(data, accept=in_the_file(contract, {name}))
    assert [paragraph.text for paragraph in read(done.data).paragraphs] == ["Title", "New words."]
    assert not read(done.data).redline.changed
