"""Folders on somebody's machine or in somebody's network: they tell names of people, machines and clients.

Of a path only the file's name stays: in links that lead to files, in the names and descriptions of pictures, and in the
instructions of fields. A path that stands in the text is text.

Sources: ECMA-376 Part 2 §6.5 (relationships), Part 1 §17.16.5 (INCLUDEPICTURE and others), §20.1.2.2.8 (cNvPr), §20.4.2.5
(docPr).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from redline.word.edit.parts import links_part
from redline.word.fields import command
from redline.word.revisions import story_parts
from redline.word.scrub.shown import instructions, text_of
from redline.word.scrub.work import Work
from redline.word.xml import W_NS, Element, local, w

_LOCAL = re.compile(r"(?:file:/{0,4})?[a-z]:[\\/].*|file:[\\/]{2,5}[^\\/].*|\\\\[^\\/].*|/(?:users|home|volumes)/.+",
                    re.IGNORECASE | re.DOTALL)
"""A path of a drive, of a share, or of a person's own folder."""
_FOLDER = re.compile(r'(?:file:/{2,4})?(?:(?<![a-z])[a-z]:[\\/]|(?<![\\\w])\\{2,4}(?=[^\s\\"]))(?:[^"\\/\r\n]*[\\/]{1,2})*', re.IGNORECASE)
"""The folders at the start of a path in an instruction."""
_FETCHING = frozenset(["DATABASE", "DDE", "DDEAUTO", "HYPERLINK", "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "LINK", "RD"])
"""Fields whose instruction names a file (§17.16.5)."""
_NAMES = frozenset({"descr", "title", "name", "alt", "href", "src"})
_W = f"{{{W_NS}}}"
_SIGN = re.compile(rb"(?<![A-Za-z])[A-Za-z]:[\\/]|\\\\|file:|/(?:Users|home|Volumes)/", re.IGNORECASE)


def file_name(path: str) -> str | None:
    """The last part of a path on somebody's machine or network; None for any other text."""
    if not _LOCAL.fullmatch(path.strip()):
        return None
    return next((part for part in reversed(re.split(r"[\\/]", path.strip())) if part), "")


def links(work: Work) -> None:
    """Links that lead to a file on somebody's machine."""
    for source in ("", *work.package.parts):
        doomed = {link.id: name for link in work.links(source) if work.wants("paths") and link.external
                  and link.kind != "attachedTemplate" and (name := file_name(link.target)) is not None}
        if doomed and (not source or work.has(source)):
            for element in work.touched(links_part(source)):
                if element.get("Id") in doomed:
                    element.set("Target", doomed[element.get("Id", "")].replace(" ", "%20"))
            work.gone("paths", "folder in a link", "folders in links", len(doomed))


def names(work: Work) -> None:
    """Names and descriptions of pictures that Word made of the path they came from."""
    for part in story_parts(work.package):
        if not work.wants("paths") or not work.has(part) or not _SIGN.search(work.package.data(part)):
            continue
        for element in work.package.xml(part).iter():
            for key, value in element.attrib.items():
                if local(str(key)) in _NAMES and not str(key).startswith(_W) and (name := file_name(str(value))) is not None:
                    work.touched(part)
                    element.set(key, name)
                    work.gone("paths", "folder in the name of a picture", "folders in the names of pictures")


def fields(work: Work) -> None:
    """Instructions of fields that fetch something from a path."""
    for part in story_parts(work.package):
        if not work.wants("paths") or not work.has(part) or not _SIGN.search(work.package.data(part)):
            continue
        for code in instructions(work.package.xml(part)):
            spans = [match.span() for match in _FOLDER.finditer(text_of(code))] if command(text_of(code)) in _FETCHING else []
            if spans:
                work.touched(part)
                _cut(code, spans)
                work.gone("paths", "folder in a field", "folders in fields", len(spans))


def _cut(code: list[Element], spans: list[tuple[int, int]]) -> None:
    """Take stretches out of the instruction that elements spell together."""
    offset = 0
    for element in code:
        simple = element.tag == w("fldSimple")
        text = element.get(w("instr"), "") if simple else element.text or ""
        kept = "".join(char for index, char in enumerate(text, offset) if not any(start <= index < end for start, end in spans))
        offset += len(text)
        if simple:
            element.set(w("instr"), kept)
        else:
            element.text = kept


STEPS: tuple[Callable[[Work], None], ...] = (links, names, fields)
