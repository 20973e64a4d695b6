"""Personal data out of a document before it leaves the house. What can be read in Word never changes.

`scrub` is the door, `scrubbed` the same with a fuller report. Everything of `KINDS` goes unless it is kept by name; what is in
`ON_REQUEST` goes only when asked for. What the text shows (a property in a field, data in a
content control) stays and is told. Names on tracked changes and comments are part of what is said and stay. Settings of
protection and of tracking stay. Parts in which nothing was found keep their bytes; scrubbing twice is scrubbing once.

    work        the package that is being scrubbed, what was taken out and what was left
    shown       what fields and content controls of the text show
    properties  document properties
    settings    editing sessions, template, variables, mail merge
    extras      parts that are no text: custom data, preview, printer, labels, add-ins, signatures, leftovers
    people      accounts and tasks, comments that are internal
    paths       folders on somebody's machine
    hidden      hidden text
    pictures    what cameras and programs write into pictures

Sources: ECMA-376 Part 2 §11 (core properties), Part 1 §15.2.12 (extended and custom properties), §17.15.1 (settings).
"""

from __future__ import annotations

from collections.abc import Collection

from redline.word.package import open_package
from redline.word.scrub import extras, hidden, paths, people, pictures, properties, settings
from redline.word.scrub.people import own_threads as own_threads
from redline.word.scrub.work import Finding as Finding
from redline.word.scrub.work import Scrubbed as Scrubbed
from redline.word.scrub.work import Work

ON_REQUEST = {
    "pictures": "data about camera, place and program inside pictures",
}
"""What goes only when it is asked for, in plain words."""

KINDS = {
    "properties": "author, company, dates of printing and the other document properties",
    "title": "the title property and the list of headings beside it",
    "rsids": "editing sessions and the ids of the document",
    "comments": "comments that are internal",
    "hidden": "hidden text",
    "people": "accounts of people, tasks and reactions",
    "custom-xml": "custom data that nothing shows",
    "variables": "document variables that nothing shows",
    "template": "the template and its path",
    "mail-merge": "the mail merge source",
    "printer": "printer settings",
    "thumbnail": "the preview picture",
    "labels": "sensitivity labels",
    "add-ins": "add-ins, toolbars and shortcuts",
    "paths": "folders on somebody's machine in links, pictures and fields",
    "signatures": "digital signatures, which no longer hold",
    "leftovers": "parts of older versions that nothing refers to",
    **ON_REQUEST,
}
"""What can be kept, in plain words."""


def scrub(data: bytes, name: str = "", *, keep: Collection[str] = (), internal: Collection[str] = (),
          also: Collection[str] = ()) -> tuple[bytes, tuple[str, ...]]:
    """(the document without personal data, what was taken out in plain words). See `scrubbed`."""
    found = scrubbed(data, name, keep=keep, internal=internal, also=also)
    return found.data, tuple(each.words for each in found.removed)


def scrubbed(data: bytes, name: str = "", *, keep: Collection[str] = (), internal: Collection[str] = (),
             also: Collection[str] = ()) -> Scrubbed:
    """The document without personal data, and a report.

    `keep` names what stays (`KINDS`), `also` what goes beside the usual (`ON_REQUEST`), `internal` the comments that are not
    for the other side, by `Comment.id`; `own_threads` finds those in which only we speak. Raises DocumentError when the file is
    refused, ValueError for a name that is none of these.
    """
    _check(keep, KINDS)
    _check(also, ON_REQUEST)
    package = open_package(data, name)
    work = Work(package, frozenset(keep), people.references(package, internal) if "comments" not in keep else {})
    people.comments(work, internal)
    for step in (*hidden.STEPS, *properties.STEPS, *settings.STEPS, *extras.STEPS, *people.STEPS, *paths.STEPS,
                 *pictures.steps(frozenset(also))):
        step(work)
    return work.result()


def _check(names: Collection[str], known: Collection[str]) -> None:
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise ValueError(f"{', '.join(unknown)}: none of {', '.join(known)}")
