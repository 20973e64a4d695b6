"""What moved, in a redline that is written: Word's own moves where that can be done without fault, else a comment at both ends."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from redline.compare import diff
from redline.model import Attribution, Kind, Paragraph, Redline
from redline.word.edit.moves import Manner
from redline.word.edit.source import Source
from redline.word.edit.write import redlined
from redline.word.read import read
from redline.word.revisions import accept_all, reject_all
from redline.word.xml import w
from tests.unit.word.build import cell, docx, field, level, notes, numbering, p, r, row, table, unzipped
from tests.unit.word.redlining import BY, between, body
from tests.unit.word.test_edit_laws import _pandoc, _said

_GOODS = "The Supplier shall deliver the Goods within ten days of the order."
_SECRET = "Each Party keeps the secrets of the other Party for five years."
_BILLS = "Invoices are paid within thirty days of their receipt by the Customer."
_LAW = "This Agreement is governed by the laws of England and Wales alone."
_COURT = "The courts of London have jurisdiction over every dispute under it."
_A, _B, _C, _D, _E = (p(text) for text in (_GOODS, _SECRET, _BILLS, _LAW, _COURT))


_MANNERS: tuple[Manner, ...] = ("ranges", "linked")


def _r(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def _from(*content: str) -> str:
    return f"<w:moveFrom>{''.join(content)}</w:moveFrom>"


def _to(*content: str) -> str:
    return f"<w:moveTo>{''.join(content)}</w:moveTo>"


def _out(text: str) -> str:
    return f"<w:del><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def _in(text: str) -> str:
    return f"<w:ins>{_r(text)}</w:ins>"


def _p(*content: str, mark: str = "") -> str:
    return f"<w:p>{f'<w:pPr><w:rPr><w:{mark}/></w:rPr></w:pPr>' if mark else ''}{''.join(content)}</w:p>"


def _range(kind: str, *content: str, name: str = "move1") -> str:
    """One end of a move as Word writes it: opened in the first paragraph, closed behind the last one."""
    first, *rest = content
    start = f'<w:move{kind}RangeStart w:name="{name}"/>'
    opened = first.replace("</w:pPr>", "</w:pPr>" + start, 1)
    return "".join([opened, *rest, f"<w:move{kind}RangeEnd/>"])


def _moved(old: str, new: str) -> str:
    return re.sub(r' w:id="\d+"', "", body(old, new, moves="ranges"))


_STAY = _p(_r(_SECRET)) + _p(_r(_BILLS))


@pytest.mark.parametrize(("old", "new", "wanted"), [
    pytest.param(_A + _B + _C + _D, _B + _C + _A + _D,
                 _range("From", _p(_from(_r(_GOODS)), mark="moveFrom")) + _STAY
                 + _range("To", _p(_to(_r(_GOODS)), mark="moveTo")) + _p(_r(_LAW)), id="a paragraph moves"),
    pytest.param(_A + _B + _C + _D, _B + _C + p(_GOODS.replace("ten days", "twelve working days")) + _D,
                 _range("From", _p(_from(_r(_GOODS)), mark="moveFrom")) + _STAY
                 + _range("To", _p(_to(_r("The Supplier shall deliver the Goods within "), _out("ten")), _in("twelve working"),
                                   _to(_r(" days of the order.")), mark="moveTo")) + _p(_r(_LAW)), id="and is edited on the way"),
    pytest.param(_A + _B + _C + _D, _B + _C + p(_GOODS.replace(" within ten days", "")) + _D,
                 _range("From", _p(_from(_r(_GOODS)), mark="moveFrom")) + _STAY
                 + _range("To", _p(_to(_r("The Supplier shall deliver the Goods "), _out("within ten days "), _r("of the order.")),
                                   mark="moveTo")) + _p(_r(_LAW)), id="and loses words on the way"),
    pytest.param(_B + _C + _A + _E + _D, _A + _E + _B + _C + _D,
                 _range("To", _p(_to(_r(_GOODS)), mark="moveTo"), _p(_to(_r(_COURT)), mark="moveTo")) + _STAY
                 + _range("From", _p(_from(_r(_GOODS)), mark="moveFrom"), _p(_from(_r(_COURT)), mark="moveFrom")) + _p(_r(_LAW)),
                 id="neighbours move as one"),
    pytest.param(_B + _C + _A + _E + _D, _A + p("Nothing else is due.") + _E + _B + _C + _D,
                 _range("To", _p(_to(_r(_GOODS)), mark="moveTo"), _p(_in("Nothing else is due."), mark="ins"),
                        _p(_to(_r(_COURT)), mark="moveTo")) + _STAY
                 + _range("From", _p(_from(_r(_GOODS)), mark="moveFrom"), _p(_from(_r(_COURT)), mark="moveFrom")) + _p(_r(_LAW)),
                 id="and a paragraph comes in between them"),
    pytest.param(p(r("The Supplier ", look="<w:b/>"), r("shall deliver the Goods within ten days.")) + _B + _C + _D,
                 _B + _C + p(r("The Supplier ", look="<w:b/>"), r("shall deliver the Goods within two days.")) + _D,
                 _range("From", _p(_from("<w:r><w:rPr><w:b/></w:rPr><w:t>The Supplier </w:t></w:r>",
                                         _r("shall deliver the Goods within ten days.")), mark="moveFrom")) + _STAY
                 + _range("To", _p(_to("<w:r><w:rPr><w:b/></w:rPr><w:t>The Supplier </w:t></w:r>",
                                       _r("shall deliver the Goods within "), _out("ten")), _in("two"), _to(_r(" days.")), mark="moveTo"))
                 + _p(_r(_LAW)), id="in several looks"),
    pytest.param(_A + _E + _B + _C + _D, _B + _C + _D + _A + _E,
                 _range("From", _p(_from(_r(_GOODS)), mark="moveFrom"), _p(_from(_r(_COURT)), mark="moveFrom")) + _STAY
                 + _p(_r(_LAW), '<w:moveToRangeStart w:name="move1"/>', mark="moveTo") + _p(_to(_r(_GOODS)), mark="moveTo")
                 + _p(_to(_r(_COURT)), "<w:moveToRangeEnd/>"), id="to the very end, where the mark before it comes in"),
    pytest.param(_B + _C + _A, _A + _B + _C,
                 _range("To", _p(_to(_r(_GOODS)), mark="moveTo")) + _p(_r(_SECRET))
                 + _p(_r(_BILLS), '<w:moveFromRangeStart w:name="move1"/>', mark="moveFrom")
                 + _p(_from(_r(_GOODS)), "<w:moveFromRangeEnd/>"), id="from the very end, where the mark before it goes"),
])
def test_a_move_is_written_as_word_writes_it(old: str, new: str, wanted: str) -> None:
    assert _moved(old, new) == wanted


_CHAR = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def _field(result: str, *, gone: bool = False) -> str:
    kind = "delInstrText" if gone else "instrText"
    return (_CHAR.format("begin") + f"<w:r><w:{kind}> REF x </w:{kind}></w:r>" + _CHAR.format("separate")
            + (f"<w:r><w:delText>{result}</w:delText></w:r>" if gone else _r(result)) + _CHAR.format("end"))


def test_a_reference_that_was_numbered_anew_goes_and_comes_as_a_whole_inside_the_move() -> None:
    old, new = (p("Goods are delivered as the order and clause ", field(" REF x ", r(number)), " require.") for number in ("5.1", "7.2"))
    found = _moved(old + _B + _C + _D, _B + _C + new + _D)
    text = "Goods are delivered as the order and clause "
    assert _range("From", _p(_from(_r(text), _field("5.1"), _r(" require.")), mark="moveFrom")) in found
    assert _range("To", _p(_to(_r(text), f"<w:del>{_field('5.1', gone=True)}</w:del>"), f"<w:ins>{_field('7.2')}</w:ins>",
                           _to(_r(" require.")), mark="moveTo")) in found


def test_a_link_moves_with_the_revision_inside_it() -> None:
    linked = p("The Goods are described ", '<w:hyperlink w:anchor="x">' + r("in the first schedule here") + "</w:hyperlink>", " in full.")
    found = _moved(linked + _B + _C + _D, _B + _C + linked + _D)
    for wrap in (_from, _to):
        inside = wrap(_r("in the first schedule here"))
        assert wrap(_r("The Goods are described ")) + f'<w:hyperlink w:anchor="x">{inside}</w:hyperlink>' + wrap(_r(" in full.")) in found


def test_a_number_typed_by_hand_is_edited_in_the_move() -> None:
    old = p("1. " + _GOODS) + p("2. " + _SECRET) + p("3. " + _BILLS) + p("4. " + _LAW)
    new = p("1. " + _SECRET) + p("2. " + _BILLS) + p("3. " + _GOODS) + p("4. " + _LAW)
    found = _moved(old, new)
    assert _range("To", _p(_to(_out("1. ")), _in("3. "), _to(_r(_GOODS)), mark="moveTo")) in found


_NOTES = notes("footnote", {1: p("A note.")})
_NOTED = p(_GOODS, r(inner='<w:footnoteReference w:id="1"/>'))
_LONG_TABLE = table(row("The Goods are delivered within ten days of the order", "Price"), row("The Supplier is paid", "ten"))


@pytest.mark.parametrize(("old", "new"), [
    pytest.param(_NOTED + _B + _C + _D, _B + _C + _NOTED + _D, id="with a note"),
    pytest.param(_LONG_TABLE + _B + _C + _D, _B + _C + _LONG_TABLE + _D, id="a table"),
    pytest.param(_A + _B + _C + p(_LAW, r(inner='<w:footnoteReference w:id="1"/>')), _B + _C + p(_LAW, r(
        inner='<w:footnoteReference w:id="1"/>')) + table(row("x", "y")) + _A, id="behind a table at the very end"),
    pytest.param(p(_GOODS, ppr='<w:sectPr><w:type w:val="nextPage"/></w:sectPr>') + _B + _C + _D, _B + _C + _A + _D, id="a section's end"),
    pytest.param(table(row(cell(_A, _B), "x")) + _C + _D, table(row(cell(_B), "x")) + _C + _A + _D, id="out of a cell"),
    pytest.param(_A + p(r(inner='<w:fldChar w:fldCharType="begin"/>')) + _B + p(r(inner='<w:fldChar w:fldCharType="end"/>')) + _D,
                 p(r(inner='<w:fldChar w:fldCharType="begin"/>')) + _B + _A + p(r(inner='<w:fldChar w:fldCharType="end"/>')) + _D,
                 id="into a field"),
])
def test_a_move_that_word_may_refuse_is_a_deletion_and_an_insertion_with_comments(old: str, new: str) -> None:
    before, after = (docx(content, footnotes=_NOTES) for content in (old, new))
    redline = between(before, after, "ranges")
    text = unzipped(redline)["word/document.xml"].decode()
    assert "w:move" not in text
    assert ("w:commentReference" in text) == any(paragraph.move for paragraph in _diff(before, after))
    assert _said(reject_all(redline)) == _said(before)
    assert _said(accept_all(redline)) == _said(after)


def _diff(old: bytes, new: bytes) -> tuple[Paragraph, ...]:
    return diff(read(old).paragraphs, read(new).paragraphs).paragraphs


def test_without_a_date_nothing_is_written_as_a_move() -> None:
    before, after = (Source(docx(content)) for content in (_A + _B + _C + _D, _B + _C + _A + _D))
    redline = diff(before.contract.paragraphs, after.contract.paragraphs)
    text = unzipped(redlined(before, redline, after, Attribution("Ann"), "ranges"))["word/document.xml"].decode()
    assert "w:move" not in text and "w:commentReference" in text


# Comments at both ends

_NUMBERED = numbering(level(0, "%1."), level(1, "%1.%2"))


def _clauses(*texts: str) -> bytes:
    return docx("".join(p(text, num="1/0") for text in texts) + p("The end."), numbering=_NUMBERED)


def test_both_ends_of_a_move_name_the_other_one_in_a_comment() -> None:
    redline = between(_clauses(_GOODS, _SECRET, _BILLS, _LAW), _clauses(_SECRET, _BILLS, _GOODS, _LAW), "linked")
    contract = read(redline)
    assert [(comment.text, comment.author, comment.quote) for comment in contract.comments] == [
        ("Moved to 3.", "Ann", _GOODS), ("Moved here from 1.", "Ann", _GOODS)]
    kinds = [contract.paragraphs[comment.paragraph].mark for comment in contract.comments]
    assert kinds == [Kind.DEL, Kind.INS]


def test_the_comment_goes_with_the_end_that_goes() -> None:
    redline = between(_clauses(_GOODS, _SECRET, _BILLS, _LAW), _clauses(_SECRET, _BILLS, _GOODS, _LAW), "linked")
    assert [comment.text for comment in read(accept_all(redline)).comments] == ["Moved here from 1."]
    assert [comment.text for comment in read(reject_all(redline)).comments] == ["Moved to 3."]


def test_neighbours_that_moved_together_have_one_comment_at_each_end() -> None:
    redline = between(_clauses(_SECRET, _BILLS, _GOODS, _COURT, _LAW), _clauses(_GOODS, _COURT, _SECRET, _BILLS, _LAW), "linked")
    assert [comment.text for comment in read(redline).comments] == ["Moved to 1 (2 paragraphs).", "Moved here from 3 (2 paragraphs)."]


def test_where_nothing_moved_no_comment_is_made() -> None:
    for manner in _MANNERS:
        redline = between(docx(_A + _B), docx(_A + p("Something else.") + _B), manner)
        assert not [name for name in unzipped(redline) if "comments" in name]


# Laws

_POOL = tuple(f"Clause {word} binds the {who} for {count} years, as {how} agreed between all of them." for word, who, count, how in (
    ("Alpha", "Supplier", "two", "was"), ("Beta", "Customer", "three", "is"), ("Gamma", "Licensor", "four", "will be"),
    ("Delta", "Licensee", "five", "must be"), ("Epsilon", "Guarantor", "six", "had been"), ("Zeta", "Agent", "seven", "may be"),
    ("Eta", "Carrier", "eight", "can be"), ("Theta", "Bank", "nine", "should be")))


@st.composite
def rearranged(draw: st.DrawFn) -> tuple[bytes, bytes]:
    """A document, and the same with blocks of paragraphs in other places, some of them edited."""
    old = [_Clause(text, draw(st.sampled_from(["", "1/0"])), draw(st.booleans())) for text in draw(st.permutations(_POOL))]
    new = list(old)
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(new) - 1))
        size = draw(st.integers(1, 3))
        block = [clause.edited(draw(st.sampled_from(_EDITS))) for clause in new[start:start + size]]
        del new[start:start + size]
        place = draw(st.integers(0, len(new)))
        new[place:place] = block
    end = draw(st.sampled_from(["", p("The end.")]))
    before, after = (docx("".join(clause.xml for clause in clauses) + end, numbering=_NUMBERED) for clauses in (old, new))
    return before, after


_EDITS = (("", ""), ("", ""), (" agreed", ""), ("binds", "shall always bind"), ("years, ", "months and years, "), ("Clause", "Section"),
          (" between all of them", " in writing"))


class _Clause:
    def __init__(self, text: str, num: str, bold: bool) -> None:
        self._text, self._num, self._bold = text, num, bold

    def edited(self, edit: tuple[str, str]) -> _Clause:
        return _Clause(self._text.replace(*edit) if edit[0] else self._text, self._num, self._bold)

    @property
    def xml(self) -> str:
        head, _, rest = self._text.partition(" ")
        return p(r(head, look="<w:b/>"), r(" " + rest), num=self._num) if self._bold else p(self._text, num=self._num)


_SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@_SETTINGS
@given(rearranged())
def test_rejecting_moves_gives_the_old_document_and_accepting_them_the_new_one(pair: tuple[bytes, bytes]) -> None:
    old, new = pair
    for manner in _MANNERS:
        redline = between(old, new, manner)
        assert _said(reject_all(redline)) == _said(old)
        assert _said(accept_all(redline)) == _said(new)
        assert between(old, new, manner) == redline


@_SETTINGS
@given(rearranged())
def test_what_was_written_as_moved_is_read_again_as_moved(pair: tuple[bytes, bytes]) -> None:
    old, new = (read(data).paragraphs for data in pair)
    wanted = diff(old, new)
    found = read(between(*pair, "ranges")).redline
    assert all(any(source in one and target in other for one, other in _ends(wanted)) for source, target in _ends(found))
    last = {old[-1].text, new[-1].text}  # a paragraph that cannot lose its mark
    free = [(one, other) for one, other in _ends(wanted) if not any(text in one + other for text in last)]
    assert sum(len(source) for source, _ in _ends(found)) * 2 >= sum(len(source) for source, _ in free)


def _ends(redline: Redline) -> list[tuple[str, str]]:
    """The texts of both ends of each move."""
    sides: dict[str, list[str]] = {}
    for paragraph in redline.paragraphs:
        for index, (kind, edit) in enumerate(((Kind.MOVE_FROM, Kind.DEL), (Kind.MOVE_TO, Kind.INS))):
            name = next((segment.move for segment in paragraph.segments if segment.kind is kind), "")
            if name:
                sides.setdefault(name, ["", ""])[index] += "".join(
                    segment.text for segment in paragraph.segments if segment.kind in (kind, edit))
    return [(one, other) for one, other in sides.values()]


@_SETTINGS
@given(rearranged())
def test_every_range_is_opened_and_closed_once_and_none_overlaps_another(pair: tuple[bytes, bytes]) -> None:
    root = etree.fromstring(unzipped(between(*pair, "ranges"))["word/document.xml"])
    names: dict[str, list[str]] = {}
    for kind in ("From", "To"):
        open_: list[str] = []
        for element in root.iter(w(f"move{kind}RangeStart"), w(f"move{kind}RangeEnd")):
            identity = element.get(w("id"), "")
            if element.tag.endswith("Start"):
                assert not open_ and element.get(w("author")) and element.get(w("date"))
                open_.append(identity)
                names.setdefault(kind, []).append(element.get(w("name"), ""))
            else:
                assert open_.pop() == identity
        assert not open_
        for moved in root.iter(w(f"move{kind}")):
            assert moved.getparent() is not None
    assert sorted(names.get("From", [])) == sorted(set(names.get("To", [])))
    numbers = Counter(each.get(w("id")) for each in root.iter() if each.get(w("author")) is not None)
    assert max(numbers.values(), default=1) == 1


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("moves")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(rearranged())
def test_pandoc_reads_both_sides_of_moves(folder: Path, pair: tuple[bytes, bytes]) -> None:
    for manner in _MANNERS:
        redline = between(*pair, manner)
        assert _pandoc(folder, redline, "reject") == _pandoc(folder, pair[0], "accept")
        assert _pandoc(folder, redline, "accept") == _pandoc(folder, pair[1], "accept")


def test_where_some_moves_to_the_very_end_and_some_from_it_one_paragraph_is_shared() -> None:
    old, new = docx(_A + _B + _C + _D), docx(_C + _D + _B + _A)
    for manner in ("plain", *_MANNERS):
        redline = between(old, new, manner)
        assert _said(reject_all(redline)) == _said(old)
        assert _said(accept_all(redline)) == _said(new)
    shown = body(_A + _B + p("One end."), _A + _B + p("Some other thing altogether.") + p("A third of them."))
    same = (_A + _B).replace(' xml:space="preserve"', "")
    assert shown == same + _came("Some other thing altogether.") + (
        "<w:p><w:del><w:r><w:delText>One end.</w:delText></w:r></w:del><w:ins><w:r><w:t>A third of them.</w:t></w:r></w:ins></w:p>")


def _came(text: str) -> str:
    return f"<w:p><w:pPr><w:rPr><w:ins/></w:rPr></w:pPr><w:ins><w:r><w:t>{text}</w:t></w:r></w:ins></w:p>"


def test_a_paragraph_that_moved_in_front_of_a_table_leaves_nothing_behind() -> None:
    rows = table(row(cell(p("A cell."))))
    old, new = docx(_A + rows + _B + _C + _D), docx(_A + _C + rows + _B + _D)
    for before, after in ((old, new), (new, old)):
        redline = between(before, after, "ranges")
        assert "moveToRangeStart" in unzipped(redline)["word/document.xml"].decode()
        assert _said(reject_all(redline)) == _said(before)
        assert _said(accept_all(redline)) == _said(after)


def test_who_moved_and_who_edited_are_told_apart() -> None:
    old, new = docx(_A + _B + _C + _D), docx(_B + _C + p(_GOODS.replace("ten", "two")) + _D)
    here, there = Source(old), Source(new)
    redline = diff(here.contract.paragraphs, there.contract.paragraphs, BY)
    bob = Attribution("Bob", BY.date, tracked=True)
    edited = Redline(tuple(_by(paragraph, bob) for paragraph in redline.paragraphs))
    root = etree.fromstring(unzipped(redlined(here, edited, there, BY, "ranges"))["word/document.xml"])
    assert {(each.tag, each.get(w("author"))) for each in root.iter() if each.get(w("author"))} == {
        *((w(tag), "Ann") for tag in ("moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart")),
        (w("ins"), "Bob"), (w("del"), "Bob")}


def _by(paragraph: Paragraph, who: Attribution) -> Paragraph:
    return replace(paragraph, segments=tuple(
        replace(segment, attribution=who) if segment.kind in (Kind.INS, Kind.DEL) else segment for segment in paragraph.segments))
