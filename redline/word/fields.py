"""Fields: where the text they show leads to, and which characters of complex fields have lost their partner.

Sources: ECMA-376 Part 1 §17.16.18 (field characters), §17.16.2 (syntax), §17.16.5.46, .45, .51, .25 (NOTEREF, PAGEREF, REF,
HYPERLINK).
"""

from __future__ import annotations

import re

from redline.model import PLAIN, Look
from redline.word.symbols import symbol
from redline.word.xml import Element, number, value, w

FIELD_CHAR = w("fldChar")
FIELD_TYPE = w("fldCharType")


LISTINGS = frozenset({"TOC", "TOA", "INDEX", "RD"})
"""Fields whose result is a listing of the document itself, made anew whenever it is updated."""

LOADING = frozenset({"LINK", "IMPORT", "DATABASE"})
"""Fields that load their result from another file, beside `INCLUDE…`."""

ELSEWHERE = re.compile(r'://|(?:^|[\s"])\\{2,4}[^\s\\"]')
"""An address on another machine in an instruction: a URL, or a share (`\\\\server\\share`, doubled as fields write it)."""

UNSTORED = frozenset({"LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "EQ", "ADVANCE", "BARCODE", "DISPLAYBARCODE"})
"""Fields that show something and store no result (§17.16.5)."""

_REFERENCES = frozenset({"REF", "PAGEREF", "NOTEREF", "FTNREF"})
_NAME = re.compile(r"[^\W\d]\w{0,39}")
_OTHER_KINDS = (
    "ADDIN ADDRESSBLOCK ADVANCE ASK AUTHOR AUTONUM AUTONUMLGL AUTONUMOUT AUTOTEXT AUTOTEXTLIST BARCODE BIBLIOGRAPHY CITATION "
    "COMMENTS COMPARE CONTROL CREATEDATE DATABASE DATE DDE DDEAUTO DISPLAYBARCODE DOCPROPERTY DOCVARIABLE EDITTIME EMBED EQ "
    "FILENAME FILESIZE FILLIN FORMCHECKBOX FORMDROPDOWN FORMTEXT GLOSSARY GOTOBUTTON GREETINGLINE HTMLACTIVEX HTMLCONTROL IF "
    "IMPORT INCLUDE INCLUDEPICTURE INCLUDETEXT INDEX INFO KEYWORDS LASTSAVEDBY LINK LISTNUM MACRO MACROBUTTON MERGEBARCODE "
    "MERGEFIELD MERGEREC MERGESEQ NEXT NEXTIF NUMCHARS NUMPAGES NUMWORDS PAGE PRINT PRINTDATE PRIVATE QUOTE RD REVNUM SAVEDATE "
    "SECTION SECTIONPAGES SEQ SET SHAPE SKIPIF STYLEREF SUBJECT SUBSCRIBER SYMBOL TA TC TEMPLATE TIME TITLE TOA TOC "
    "USERADDRESS USERINITIALS USERNAME XE")
"""The other kinds of fields (§17.16.5, and older ones that Word still knows)."""
_OTHERS = frozenset(_OTHER_KINDS.split())
_WORD = re.compile(r'"([^"]*)"|(\S+)')
_WITH_ARGUMENT = frozenset({"\\l", "\\o", "\\t"})


def command(instruction: str) -> str:
    """The first word of an instruction, which says what kind of field it is."""
    return instruction.split(None, 1)[0].upper() if instruction.strip() else ""


def leads_to(instruction: str) -> Look:
    """The look of a field's result that says where it leads: `ref:NAME` of a bookmark, `link:ADDRESS`, or nothing.

    A first word that is no kind of field is a bookmark (§17.16.5.51: REF may be left out).
    """
    kind = command(instruction)
    if kind not in _REFERENCES and kind != "HYPERLINK":
        return reference(instruction.split(None, 1)[0]) if kind not in _OTHERS and _NAME.fullmatch(kind) else PLAIN
    plain: list[str] = []
    switches: dict[str, str] = {}
    waiting = ""
    for quoted, bare in _WORD.findall(instruction.strip()[len(kind):]):
        if waiting:
            switches[waiting], waiting = quoted or bare, ""
        elif bare.startswith("\\"):
            waiting = bare.lower() if kind == "HYPERLINK" and bare.lower() in _WITH_ARGUMENT else ""
        else:
            plain.append(quoted or bare)
    address = plain[0] if plain else ""
    return reference(address) if kind != "HYPERLINK" else link(address, switches.get("\\l", ""))


def link(address: str, anchor: str) -> Look:
    """The look of a link: to an address outside the file, or to a bookmark in it."""
    if not address:
        return reference(anchor)
    return frozenset({f"link:{address}" + (f"#{anchor}" if anchor and "#" not in address else "")})


def reference(bookmark: str) -> Look:
    """The look of what points to a bookmark. Word names the targets of a table of contents (`_Toc…`) anew whenever it
    updates one, so a pointer to them says nothing that lasts.
    """
    return frozenset({f"ref:{bookmark}"}) if bookmark and not bookmark.startswith("_Toc") else PLAIN


def shown_instead(instruction: str, begin: Element) -> str:
    """What a field without a stored result shows: a button's text, a symbol, the chosen entry of a list."""
    kind = command(instruction)
    words = instruction.split(None, 2)
    if kind in ("MACROBUTTON", "GOTOBUTTON"):
        return words[2].rstrip() if len(words) > 2 else ""
    if kind == "SYMBOL" and len(words) > 1:
        return _symbol(words[1], words[2] if len(words) > 2 else "")
    choices = begin.find(f"{w('ffData')}/{w('ddList')}")
    if kind != "FORMDROPDOWN" or choices is None:
        return ""
    entries = [value(entry) for entry in choices.iterchildren(w("listEntry"))]
    chosen = choices.find(w("result"))
    index = number(value(chosen if chosen is not None else choices.find(w("default"))))
    return entries[index] if 0 <= index < len(entries) else ""


def _symbol(code: str, switches: str) -> str:
    """The character of a SYMBOL field (§17.16.5.60): a number of a font's sign, or with `\\u` a Unicode character."""
    try:
        point = int(code, 0)
    except ValueError:
        return code[:1]
    font = re.search(r'\\f\s+(?:"([^"]*)"|(\S+))', switches, re.IGNORECASE)
    if font is not None and 0 < point < 256:
        found = symbol(font[1] or font[2], f"{point:X}")
        if found and found != chr(point):
            return found
    if "\\u" in switches.lower():
        return chr(point) if 0x20 <= point < 0xD800 else ""
    return bytes([point]).decode("cp1252", "ignore") if 0x20 <= point < 256 else ""


def stray_fields(root: Element) -> set[Element]:
    """Field characters without a partner, below `root`: a begin without an end, an end or a separator without a begin."""
    open_: list[list[Element]] = []
    stray: set[Element] = set()
    for element in root.iter(FIELD_CHAR):
        kind = element.get(FIELD_TYPE)
        if kind == "begin":
            open_.append([element])
        elif not open_:
            stray.add(element)
        elif kind == "end":
            open_.pop()
        else:
            open_[-1].append(element)
    return stray.union(*open_)
