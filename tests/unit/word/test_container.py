"""The guard: what is refused before anything is parsed, and with which reason."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redline.errors import DocumentError
from redline.word.container import MAX_MEMBERS, Container
from redline.word.package import open_package
from redline.word.read import read
from tests.unit.word.build import docx, p, unzipped, zipped

PLAIN = docx(p("A contract."))


def code(data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        open_package(data, "offer.docx")
    assert caught.value.hint
    assert caught.value.message.startswith("offer.docx")
    return caught.value.code


def test_a_plain_document_opens_without_a_notice() -> None:
    assert open_package(PLAIN).notices == ()


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7\n" + PLAIN, bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600])
def test_what_is_no_zip_is_no_docx(data: bytes) -> None:
    assert code(data) == "not-docx"


def test_an_encrypted_office_file_asks_for_the_password_to_be_removed() -> None:
    data = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(DocumentError, match="password") as caught:
        open_package(data)
    assert caught.value.code == "encrypted"


def test_a_file_cut_in_the_middle_is_damaged() -> None:
    assert code(PLAIN[: len(PLAIN) // 2]) == "zip-corrupt"


def test_a_flipped_byte_is_found_by_the_checksum() -> None:
    data = bytearray(zipped(dict(unzipped(PLAIN), note=bytes(range(200)))))
    place = data.find(b"note") + len(b"note") + 5
    data[place] ^= 0xFF
    assert code(bytes(data)) == "zip-corrupt"


def test_a_member_that_is_larger_than_it_says_is_refused_without_unpacking_it() -> None:
    data = bytearray(zipped(dict(unzipped(PLAIN), **{"word/media/a.png": b"\0" * 3_000_000})))
    place = data.rfind(b"word/media/a.png") - 46
    struct.pack_into("<L", data, place + 24, 100)
    assert code(bytes(data)) == "zip-corrupt"


def test_a_member_that_would_unpack_to_far_more_than_it_takes_is_refused() -> None:
    assert code(zipped(dict(unzipped(PLAIN), bomb=b"\0" * 20_000_000))) == "too-large"


def test_too_many_members_are_refused() -> None:
    many = {f"x{index}": b"" for index in range(MAX_MEMBERS + 1)}
    assert code(zipped(dict(unzipped(PLAIN), **many))) == "too-many-parts"


@pytest.mark.parametrize("name", ["../evil", "/etc/passwd", "word\\document2.xml", "C:x", "a/./b", "a\tb"])
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    assert code(zipped(dict(unzipped(PLAIN), **{name: b""}))) == "bad-part-name"


def test_names_that_differ_only_in_case_are_the_same_piece_twice() -> None:
    assert code(zipped(dict(unzipped(PLAIN), **{"word/DOCUMENT.xml": b"<x/>"}))) == "duplicate-part"


def test_a_link_to_a_file_elsewhere_is_refused() -> None:
    buffer = io.BytesIO(PLAIN)
    with zipfile.ZipFile(buffer, "a") as archive:
        link = zipfile.ZipInfo("word/media/l.png")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert code(buffer.getvalue()) == "bad-part-name"


def test_overlapping_members_are_refused() -> None:
    """Two directory entries for the same bytes: what a zip bomb without recursion is made of."""
    name, body = b"a.txt", b"text"
    crc = zlib.crc32(body)
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 0, crc, 4, 4, len(name), 0) + name + body
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 0, 20, 0, 0, 0, 0, 0, crc, 4, 4, len(name), 0, 0, 0, 0, 0, 0) + name
    directory = entry + entry
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, len(directory), len(local), 0)
    with pytest.raises(DocumentError) as caught:
        Container(local + directory + end)
    assert caught.value.code in ("zip-corrupt", "duplicate-part")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(PLAIN) - 1), st.integers(1, 255), st.integers(0, len(PLAIN)))
def test_a_damaged_file_raises_nothing_but_our_own_error(place: int, flip: int, cut: int) -> None:
    data = bytearray(PLAIN)
    data[place] ^= flip
    for broken in (bytes(data), bytes(data[:cut])):
        try:
            read(broken)
        except DocumentError as error:
            assert error.code


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_raise_nothing_but_our_own_error(data: bytes) -> None:
    with pytest.raises(DocumentError):
        read(b"PK" + data)
