"""Names where git needs them: a readable slug for any name a client may have, and the key by which two names are the same.

Two names are one client when their keys are equal: case, Unicode form, invisible characters and spacing make no
difference. A slug is made of the key alone, so the same name gives the same slug on every computer. Where the slug
says less than the name (letters it has no spelling for, names too long, names that mean something else to us or to
Windows, a slug that another name holds), a short hash of the key is added. Refs such as `deal/a` and `deal/a/b`
cannot meet: a slug has no slash.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection

from redline.errors import UsageError
from redline.model import Slug

LONGEST_NAME = 200
_ROOM = 48
_HASH = 6

_RESERVED = re.compile(r"base|main|head|con|prn|aux|nul|com[0-9]|lpt[0-9]")
_LETTERS = dict(zip("абвгдезийклмнопрстуфыэіў", "abvgdeziyklmnoprstufyeiu", strict=True))
_LETTERS |= {"ё": "e", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya"}
_LETTERS |= {"ї": "yi", "є": "ye", "ґ": "g", "қ": "q", "ғ": "g", "ң": "n", "ү": "u", "ұ": "u", "ө": "o", "ә": "a", "һ": "h"}
_LETTERS |= {"ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz"}
_LETTERS |= {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
_SPELLING = str.maketrans(_LETTERS)


def check_name(name: str) -> str:
    """`name` in its composed form with single spaces; UsageError when it is empty, too long or holds control characters."""
    if any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in name):
        raise UsageError(f"the name {name!r} holds control characters", "type the client's name as it is written on paper")
    clean = " ".join(unicodedata.normalize("NFC", name).split())
    if not name_key(clean):
        raise UsageError("the name is empty", "give the client's name")
    if len(clean) > LONGEST_NAME:
        raise UsageError(f"the name is {len(clean)} characters long", f"names have at most {LONGEST_NAME}")
    return clean


def name_key(name: str) -> str:
    """What two spellings of one name have in common: NFKC, case folded, invisible characters gone, single spaces."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return " ".join("".join(char for char in folded if unicodedata.category(char) != "Cf").split())


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name's key, without punctuation: «ООО „Ромашка“» gives `ооо`, `ромашка`."""
    return tuple(re.findall(r"\w+", name_key(name)))


def slug_for(name: str, taken: Collection[str] = ()) -> Slug:
    """A slug for `name` that is not among `taken`; UsageError when the name cannot be a name.

    Whoever calls has already looked for a deal of the same `name_key`: a slug that is taken belongs to another client.
    """
    key = name_key(check_name(name))
    spelled = _spelled(key)
    plain = re.sub(r"[^a-z0-9]+", "-", spelled).strip("-")
    lost = any(char.isalnum() and not char.isascii() for char in spelled)
    if plain and len(plain) <= _ROOM and not lost and not _RESERVED.fullmatch(plain) and plain not in taken:
        return Slug(plain)
    digest = hashlib.sha256(key.encode()).hexdigest()
    for length in range(_HASH, _ROOM - 8):
        stem = plain[: _ROOM - length - 1].rstrip("-") or "client"
        if (slug := f"{stem}-{digest[:length]}") not in taken:
            return Slug(slug)
    raise UsageError(f"no short name is left for {name!r}", "give the client another name")


def _spelled(key: str) -> str:
    """Cyrillic and special Latin letters in ASCII; other marks dropped from their letters; the rest left as it is."""
    composed = unicodedata.normalize("NFC", key).translate(_SPELLING)
    return "".join(char for char in unicodedata.normalize("NFKD", composed) if not unicodedata.combining(char))
