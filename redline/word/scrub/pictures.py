"""What cameras and programs write into pictures: place, time, names, serial numbers, an older preview.

Only whole pieces of a file that draw nothing are left out; the picture is not decoded. A photograph that says it is to be
turned keeps that one note. Since other bytes are another picture to whoever compares, this is done only when asked for.

Sources: ITU-T T.81 Annex B (JPEG segments), JEITA CP-3451 (Exif), ISO/IEC 15948 §11.3 (PNG chunks).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

from redline.word.scrub.work import Work

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_TALK = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})
_JPEG_TALK = frozenset({0xE1, 0xED, 0xFE})
"""APP1 (Exif, XMP), APP13 (Photoshop), comment."""
_ORIENTATION = 0x0112


def steps(also: frozenset[str]) -> tuple[Callable[[Work], None], ...]:
    """What to do about pictures."""
    return (_remove,) if "pictures" in also else (_tell,)


def _remove(work: Work) -> None:
    if not work.wants("pictures"):
        _tell(work)
        return
    for part, data in _talking(work):
        work.replace(part, data)
        work.gone("pictures", "picture's data about camera and program", "pictures' data about camera and program")


def _tell(work: Work) -> None:
    for _ in _talking(work):
        work.stays("pictures", "picture with data about camera or program", "pictures with data about camera or program")


def _talking(work: Work) -> Iterator[tuple[str, bytes]]:
    """(part, its bytes without such data) of each picture that has some."""
    for part in work.package.parts:
        if work.has(part) and work.package.content_type(part).startswith("image/"):
            data = work.package.data(part)
            quiet = silent(data)
            if quiet != data:
                yield part, quiet


def silent(data: bytes) -> bytes:
    """A PNG or JPEG file without what it tells beside the picture; the same bytes where there is nothing, or it is odd."""
    try:
        if data.startswith(_PNG):
            return _PNG + b"".join(_chunks(data))
        if data.startswith(b"\xff\xd8"):
            return _segments(data)
    except (struct.error, IndexError):
        return data
    return data


def _chunks(data: bytes) -> Iterator[bytes]:
    position = len(_PNG)
    while position < len(data):
        length, kind = struct.unpack_from(">I4s", data, position)
        end = position + 12 + length
        if kind not in _PNG_TALK:
            yield data[position:end]
        position = end


def _segments(data: bytes) -> bytes:
    """A JPEG file segment by segment up to the first scan; what follows is the picture."""
    out = [data[:2]]
    position = 2
    while data[position] == 0xFF and data[position + 1] != 0xDA:
        length, = struct.unpack_from(">H", data, position + 2)
        segment = data[position:position + 2 + length]
        if data[position + 1] not in _JPEG_TALK:
            out.append(segment)
        elif segment[4:10] == b"Exif\0\0" and (turn := _orientation(segment[10:])) not in (0, 1):
            out.append(_turned(turn))
        position += 2 + length
    return b"".join(out) + data[position:]


def _orientation(exif: bytes) -> int:
    """How the picture is to be turned (1 to 8), 0 when it does not say."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None:
        return 0
    start, = struct.unpack_from(f"{order}I", exif, 4)
    count, = struct.unpack_from(f"{order}H", exif, start)
    for index in range(count):
        tag, _, _, found = struct.unpack_from(f"{order}HHIH", exif, start + 2 + 12 * index)
        if tag == _ORIENTATION:
            return int(found)
    return 0


def _turned(turn: int) -> bytes:
    """An Exif segment that says nothing else than how the picture is to be turned."""
    body = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, turn, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
