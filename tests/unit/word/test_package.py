"""The package: which main parts are understood, what its links tell, how it is written."""

from __future__ import annotations

import pytest

from redline.errors import DocumentError
from redline.word.package import open_package
from tests.unit.word.build import MAIN_TYPE, R, docx, p, r, t, unzipped, zipped

PLAIN = docx(p("A contract."))


def code(data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        open_package(data)
    return caught.value.code


def with_main(xml: bytes) -> bytes:
    return zipped(dict(unzipped(PLAIN), **{"word/document.xml": xml}))


@pytest.mark.parametrize(("main_type", "wanted"), [
    ("application/vnd.ms-word.document.macroEnabled.main+xml", "macros"),
    (MAIN_TYPE.replace("document", "template", 2).replace("officetemplate", "officedocument"), "not-docx"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "not-docx"),
])
def test_other_office_files_are_refused_by_their_type(main_type: str, wanted: str) -> None:
    assert code(docx(p("x"), main_type=main_type)) == wanted


def test_macros_are_found_whatever_the_file_calls_itself() -> None:
    assert code(docx(p("x"), extra={"word/vbaProject.bin": b"x"})) == "macros"


def test_a_document_type_is_refused_even_when_it_is_empty() -> None:
    assert code(with_main(b"<!DOCTYPE x><x/>")) == "dtd-forbidden"


def test_an_entity_is_never_expanded() -> None:
    assert code(with_main(b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>')) == "dtd-forbidden"


def test_a_document_type_in_another_encoding_is_found_too() -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY e "y">]><x>&e;</x>'
    assert code(with_main(text.encode("utf-16"))) == "dtd-forbidden"


def test_broken_xml_is_damage() -> None:
    assert code(with_main(b"<w:document")) == "xml-malformed"


def test_endless_nesting_is_refused() -> None:
    assert code(with_main(b"<a>" * 5000 + b"</a>" * 5000)) == "too-deep"
    assert code(with_main(b"<a>" * 300 + b"</a>" * 300)) == "too-deep"


def test_the_strict_format_is_named() -> None:
    strict = b'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'
    assert code(with_main(strict)) == "strict-unsupported"


@pytest.mark.parametrize(("link", "wanted"), [
    (f'<Relationship Id="a" Type="{R}/image" Target="http://x.example/b.png" TargetMode="External"/>', ["external-rel"]),
    (f'<Relationship Id="a" Type="{R}/attachedTemplate" Target="http://x.example/t.dotm" TargetMode="External"/>',
     ["external-template"]),
    (f'<Relationship Id="a" Type="{R}/attachedTemplate" Target="file:///C:/T/Normal.dotm" TargetMode="External"/>', []),
    (f'<Relationship Id="a" Type="{R}/attachedTemplate" Target="file://host/share/T.dotm" TargetMode="External"/>',
     ["external-template"]),
    (f'<Relationship Id="a" Type="{R}/attachedTemplate" Target="\\\\host\\share\\T.dotm" TargetMode="External"/>',
     ["external-template"]),
    (f'<Relationship Id="a" Type="{R}/hyperlink" Target="http://x.example" TargetMode="External"/>', []),
    (f'<Relationship Id="a" Type="{R}/oleObject" Target="embeddings/o.bin"/>', ["embedded-object"]),
])
def test_links_out_of_the_file_are_told_and_not_followed(link: str, wanted: list[str]) -> None:
    assert [notice.code for notice in open_package(docx(p("x"), links=link)).notices] == wanted


def test_writing_without_changes_gives_the_same_parts_and_the_same_bytes_each_time() -> None:
    first = open_package(PLAIN).write()
    assert unzipped(first) == unzipped(PLAIN)
    assert open_package(first).write() == first
    assert next(iter(unzipped(first))) == "[Content_Types].xml"


def test_parts_can_be_replaced_added_and_left_out() -> None:
    written = unzipped(open_package(PLAIN).write({"word/_rels/document.xml.rels": None, "new.xml": b"<n/>"}))
    assert "word/_rels/document.xml.rels" not in written
    assert written["new.xml"] == b"<n/>"


def test_part_names_are_compared_without_case() -> None:
    package = open_package(PLAIN)
    assert "WORD/Document.XML" in package
    assert t("A contract.").encode() in package.data("Word/document.xml")


def test_a_run_of_the_builder_is_what_word_writes() -> None:
    assert r("x") == '<w:r><w:t xml:space="preserve">x</w:t></w:r>'
