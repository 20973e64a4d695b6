"""The zip container of a .docx, read under limits: nothing in it is believed before it was checked.

The central directory is walked here and not by `zipfile`, which has no check for overlapping members and takes the last of
two equal names. Every member is inflated once in bounded steps when the container is opened, so that a lie about a size or a
flipped byte is found before anything is parsed. Nothing is ever written to disk.

Sources: PKWARE APPNOTE 4.3, 4.4; ECMA-376 Part 2 §6.2.2 (part names), §7 (physical package).
"""

from __future__ import annotations

import re
import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from redline.word.refusals import refusal

MAX_FILE = 50 * 2**20
MAX_MEMBERS = 2_000
MAX_PART = 64 * 2**20
MAX_TOTAL = 256 * 2**20
MAX_RATIO = 400
RATIO_FROM = 2**20

_STEP = 2**20
_END = struct.Struct("<4s4H2LH")
_ENTRY = struct.Struct("<4s4B4HL2L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_CFB = bytes.fromhex("d0cf11e0a1b11ae1")
_BAD_NAME = re.compile(r"[\x00-\x1f\x7f\\]|(?:^|/)\.\.?(?:/|$)|^/|^[A-Za-z]:|//")


@dataclass(frozen=True, slots=True)
class Member:
    """One file in the container: where its bytes lie, how they are packed, what they should come to."""

    name: str
    start: int
    packed: int
    size: int
    crc: int
    deflated: bool


class Container:
    """The checked members of one zip file, by name; bytes are inflated when asked for."""

    def __init__(self, data: bytes, name: str = "") -> None:
        self._data = data
        self._file = name
        _first_look(data, name)
        self._members = _members(data, name)
        for member in self._members.values():
            for _ in self._inflate(member):
                pass

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._members)

    def size(self, name: str) -> int:
        """How many bytes the member has when unpacked."""
        return self._members[name].size

    def read(self, name: str) -> bytes:
        """The unpacked bytes of a member; KeyError when there is none."""
        return b"".join(self._inflate(self._members[name]))

    def _inflate(self, member: Member) -> Iterator[bytes]:
        """The member's bytes in bounded steps; refuses as soon as they are not what the directory says."""
        packed = self._data[member.start:member.start + member.packed]
        if not member.deflated:
            if member.packed != member.size or zlib.crc32(packed) != member.crc:
                raise refusal("zip-corrupt", self._file, f"{member.name} does not match its checksum")
            yield packed
            return
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        done = crc = 0
        try:
            while not inflater.eof:
                piece = inflater.decompress(packed, min(_STEP, member.size - done + 1))
                packed = inflater.unconsumed_tail
                done += len(piece)
                crc = zlib.crc32(piece, crc)
                if done > member.size or (not piece and not packed and not inflater.eof):
                    break
                yield piece
        except zlib.error:
            raise refusal("zip-corrupt", self._file, f"{member.name} cannot be unpacked") from None
        if done != member.size or crc != member.crc:
            raise refusal("zip-corrupt", self._file, f"{member.name} does not match its checksum")


def _first_look(data: bytes, name: str) -> None:
    """Refuse what is no zip file at all, saying what it is where that helps."""
    if data.startswith(_CFB):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise refusal("encrypted", name)
        raise refusal("not-docx", name, "it is an old Word file (.doc)", "Open it in Word and save it as a .docx.")
    if not data.startswith(b"PK"):
        raise refusal("not-docx", name, "it is empty" if not data else "")
    if len(data) > MAX_FILE:
        raise refusal("too-large", name, f"{len(data) // 2**20} MB; at most {MAX_FILE // 2**20} MB are read")


def _members(data: bytes, name: str) -> dict[str, Member]:
    """The central directory as members, after every check that needs no inflating."""
    try:
        entries = list(_entries(data, name))
    except (struct.error, UnicodeDecodeError):
        raise refusal("zip-corrupt", name) from None
    members: dict[str, Member] = {}
    folded: set[str] = set()
    for member in entries:
        if member.name.endswith("/") and not member.size:
            continue
        if _BAD_NAME.search(member.name):
            raise refusal("bad-part-name", name)
        if member.name.casefold() in folded:
            raise refusal("duplicate-part", name, member.name)
        folded.add(member.name.casefold())
        if member.size > MAX_PART or (member.size > RATIO_FROM and member.size > MAX_RATIO * max(member.packed, 1)):
            raise refusal("too-large", name, f"{member.name} would unpack to {member.size // 2**20} MB")
        members[member.name] = member
    if sum(member.size for member in members.values()) > MAX_TOTAL:
        raise refusal("too-large", name, f"it would unpack to more than {MAX_TOTAL // 2**20} MB")
    return members


def _entries(data: bytes, name: str) -> Iterator[Member]:
    """Walk the central directory; refuses encryption, links, unknown packing, lies about places and overlaps."""
    count, size, start = _directory(data, name)
    if count > MAX_MEMBERS:
        raise refusal("too-many-parts", name, f"{count} of them")
    position, end = start, 0
    spans: list[tuple[int, int]] = []
    for _ in range(count):
        fields = _ENTRY.unpack_from(data, position)
        signature, system, flags, method = fields[0], fields[2], fields[5], fields[6]
        crc, packed, full, name_length, extra_length, comment_length = fields[9:15]
        attributes, offset = fields[17], fields[18]
        if signature != b"PK\x01\x02" or position >= start + size:
            raise refusal("zip-corrupt", name)
        position += _ENTRY.size
        raw = data[position:position + name_length]
        extra = data[position + name_length:position + name_length + extra_length]
        position += name_length + extra_length + comment_length
        full, packed, offset = _wide(extra, full, packed, offset)
        member = raw.decode("utf-8" if flags & 0x800 else "cp437")
        if flags & 0x41:
            raise refusal("encrypted", name)
        if system == 3 and stat.S_ISLNK(attributes >> 16):
            raise refusal("bad-part-name", name, "a link to a file elsewhere")
        if method not in (0, 8):
            raise refusal("zip-corrupt", name, "packed in a way Word does not use")
        end = _data_start(data, offset, raw, name)
        if end + packed > start:
            raise refusal("zip-corrupt", name)
        spans.append((offset, end + packed))
        yield Member(member, end, packed, full, crc, method == 8)
    spans.sort()
    if any(first[1] > second[0] for first, second in pairwise(spans)):
        raise refusal("zip-corrupt", name, "its pieces overlap")


def _directory(data: bytes, name: str) -> tuple[int, int, int]:
    """(entries, bytes, offset) of the central directory."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if at < 0:
        raise refusal("zip-corrupt", name, "its end is missing")
    _, disk, first_disk, here, count, size, start, _ = _END.unpack_from(data, at)
    if disk or first_disk or here != count or start + size > at or 0xFFFF in (count,):
        if count > MAX_MEMBERS:
            raise refusal("too-many-parts", name, f"{count} of them")
        raise refusal("zip-corrupt", name)
    return count, size, start


def _wide(extra: bytes, full: int, packed: int, offset: int) -> tuple[int, int, int]:
    """The three numbers, from the Zip64 extra field where they do not fit 32 bits (APPNOTE 4.5.3)."""
    if 0xFFFFFFFF not in (full, packed, offset):
        return full, packed, offset
    position = 0
    while position + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, position)
        if kind == 1:
            numbers = iter(struct.unpack_from(f"<{length // 8}Q", extra, position + 4))
            full, packed, offset = (next(numbers, value) if value == 0xFFFFFFFF else value
                                    for value in (full, packed, offset))
            break
        position += 4 + length
    return full, packed, offset


def _data_start(data: bytes, offset: int, raw: bytes, name: str) -> int:
    """Where a member's bytes begin, by its local header, whose name must be the directory's."""
    fields = _LOCAL.unpack_from(data, offset)
    start = offset + _LOCAL.size
    if fields[0] != b"PK\x03\x04" or data[start:start + fields[9]] != raw:
        raise refusal("zip-corrupt", name, "its directory does not match its contents")
    return int(start + fields[9] + fields[10])
