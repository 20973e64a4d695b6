"""What the text of a document shows of its properties, variables and custom data: fields and content controls fetch it.

Taking such a value away would change the text as soon as a program brings its fields up to date, so it stays.

Sources: ECMA-376 Part 1 §17.5.2.6 (dataBinding), §17.16.5 (fields).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from redline.word.fields import FIELD_CHAR, FIELD_TYPE, command
from redline.word.package import Package
from redline.word.revisions import story_parts
from redline.word.xml import Element, local, w

_SIMPLE, _CODES = w("fldSimple"), frozenset({w("instrText"), w("delInstrText")})
_PROPERTIES = {"AUTHOR": "creator", "LASTSAVEDBY": "lastModifiedBy", "COMMENTS": "description", "REVNUM": "revision",
               "PRINTDATE": "lastPrinted", "EDITTIME": "TotalTime", "TEMPLATE": "Template", "TITLE": "title", "SUBJECT": "subject",
               "KEYWORDS": "keywords"}
_STEP = re.compile(r"(\w+)(?:\[[^\]]*\])?\s*$")
_ARGUMENT = re.compile(r'\s*\S+\s+(?:"([^"]*)"|(\S+))')


@dataclass(frozen=True, slots=True)
class Shown:
    """Names of properties and variables in small letters, ids of stores, and whether a control shows whatever store fits."""

    properties: frozenset[str]
    variables: frozenset[str]
    stores: frozenset[str]
    any_store: bool
    sources: bool
    """Whether citations show the list of sources."""
    add_ins: int
    """How many fields hold data of an add-in."""


def shown(package: Package) -> Shown:
    """What all stories of a document show."""
    properties: set[str] = set()
    variables: set[str] = set()
    stores: set[str] = set()
    sources = False
    add_ins = 0
    for part in story_parts(package):
        root = package.xml(part)
        data = package.data(part)
        if b"dataBinding" in data:
            for element in root.iter():
                if local(str(element.tag)) == "dataBinding":
                    attributes = {local(str(key)): str(value) for key, value in element.attrib.items()}
                    stores.add(attributes.get("storeItemID", "").casefold())
                    step = _STEP.search(attributes.get("xpath", ""))
                    properties.add(step[1].casefold() if step else "")
        for code in instructions(root) if b"instr" in data.lower() else ():
            kind, argument = command(text_of(code)), _argument(text_of(code))
            sources = sources or kind in ("CITATION", "BIBLIOGRAPHY")
            add_ins += kind == "ADDIN"
            if kind == "DOCVARIABLE":
                variables.add(argument)
            elif kind in ("DOCPROPERTY", "INFO"):
                properties |= {argument, _PROPERTIES.get(argument.upper(), "").casefold()}
            elif kind in _PROPERTIES:
                properties.add(_PROPERTIES[kind].casefold())
    return Shown(frozenset(properties), frozenset(variables), frozenset(stores), "" in stores, sources, add_ins)


def instructions(root: Element) -> Iterator[list[Element]]:
    """The elements that hold the instruction of each field: one `fldSimple`, or the codes of a complex field in order."""
    open_: list[list[Element]] = []
    for element in root.iter(_SIMPLE, FIELD_CHAR, *_CODES):
        if element.tag == _SIMPLE:
            yield [element]
        elif element.tag in _CODES:
            if open_:
                open_[-1].append(element)
        elif element.get(FIELD_TYPE) == "begin":
            open_.append([])
        elif element.get(FIELD_TYPE) == "end" and open_:
            yield open_.pop()


def text_of(code: list[Element]) -> str:
    """The instruction that elements spell together."""
    return "".join(element.get(w("instr"), "") if element.tag == _SIMPLE else element.text or "" for element in code)


def _argument(instruction: str) -> str:
    found = _ARGUMENT.match(instruction)
    return (found[1] or found[2] or "").casefold() if found else ""
