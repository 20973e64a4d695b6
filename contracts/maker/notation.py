"""Reads the notation of the base contracts: one paragraph a line, its kind told by the first characters.

    = title   == subtitle   ~ centred   : definition   # article   ## clause   ### item   #### sub-item
    % schedule heading (new page)   %% part heading   1) and a) the two levels of a schedule's list
    |20 50 30 column widths of the table that follows   |= header row   | row; // parts the paragraphs of a cell
    anything else is body text; lines that begin with // and empty lines are skipped

Inside a line **bold**, __italic__ and {anchor}, a cross-reference to the paragraph that begins with [anchor].
A head of `key: value` lines ends with a line of three hyphens.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path

from contracts.maker import SourceError
from contracts.maker.labels import refresh
from contracts.maker.model import Doc, Look, Meta, Para, Row, Span, Table

KINDS = (
    ("#### ", "h4"),
    ("### ", "h3"),
    ("## ", "h2"),
    ("# ", "h1"),
    ("== ", "subtitle"),
    ("= ", "title"),
    ("~ ", "centre"),
    (": ", "define"),
    ("%% ", "sub"),
    ("% ", "schedule"),
    ("1) ", "s1"),
    ("a) ", "s2"),
)
ANCHOR = re.compile(r"\[([a-z][a-z0-9-]*)\] ?")
INLINE = re.compile(r"\*\*(?P<bold>.+?)\*\*|(?<!_)__(?P<italic>[^_]+)__(?!_)|\{(?P<ref>[a-z][a-z0-9-]*)\}")


def read_contract(path: Path) -> Doc:
    """The document in a source file; raises SourceError where the notation is not followed."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
    pairs = dict(line.split(": ", 1) for line in head.splitlines() if line.strip())
    wanted = {f.name for f in fields(Meta)}
    if set(pairs) != wanted:
        raise SourceError(f"{path.name}: the head must hold exactly {', '.join(sorted(wanted))}")
    doc = Doc(Meta(**pairs), [])
    for count, line in enumerate(body.splitlines(), head.count("\n") + 3):
        if not line.strip() or line.startswith("//"):
            continue
        if line.startswith("|"):
            _table_line(doc, line, f"{path.name}:{count}")
        else:
            doc.blocks.append(read_paragraph(line))
    _check_anchors(doc, path.name)
    refresh(doc)
    return doc


def read_paragraph(line: str, default: str = "body") -> Para:
    """One line of the notation as a paragraph."""
    kind = default
    for prefix, name in KINDS:
        if line.startswith(prefix):
            kind, line = name, line[len(prefix) :]
            break
    anchors = []
    while found := ANCHOR.match(line):
        anchors.append(found[1])
        line = line[found.end() :]
    return Para(kind, read_inline(line.strip()), anchors)


def read_inline(text: str) -> list[Span]:
    """Text with **bold**, __italic__ and {references} as spans; the references are not filled in yet."""
    spans, at = [], 0
    for found in INLINE.finditer(text):
        if found.start() > at:
            spans.append(Span(text[at : found.start()]))
        if found["ref"]:
            spans.append(Span("", kind="ref", target=found["ref"]))
        elif found["bold"]:
            spans.append(Span(found["bold"], Look(bold=True)))
        else:
            spans.append(Span(found["italic"], Look(italic=True)))
        at = found.end()
    return spans + ([Span(text[at:])] if at < len(text) else [])


def read_cells(line: str) -> Row:
    """A row written as `a | b | c`; ` // ` parts the paragraphs of one cell."""
    return Row([[read_paragraph(part.strip(), "cell") for part in cell.split(" // ")] for cell in line.split("|")])


def _table_line(doc: Doc, line: str, where: str) -> None:
    if re.fullmatch(r"\|[\d ]+", line):
        doc.blocks.append(Table([int(n) for n in line[1:].split()], []))
        return
    table = doc.blocks[-1] if doc.blocks else None
    if not isinstance(table, Table):
        raise SourceError(f"{where}: a table row needs a line of column widths first, such as |20 50 30")
    header = line.startswith("|=")
    row = read_cells(line[2:] if header else line[1:])
    if len(row.cells) != len(table.widths):
        raise SourceError(f"{where}: {len(row.cells)} cells under {len(table.widths)} columns")
    if header:
        table.headers += 1
        for para in (para for cell in row.cells for para in cell):
            para.spans = [replace(span, look=Look(bold=True)) for span in para.spans]
    table.rows.append(row)


def _check_anchors(doc: Doc, name: str) -> None:
    seen: set[str] = set()
    for para in doc.paras():
        for anchor in para.anchors:
            if anchor in seen:
                raise SourceError(f"{name}: anchor [{anchor}] is used twice")
            seen.add(anchor)
    for para in doc.paras():
        for span in para.spans:
            if span.kind == "ref" and span.target not in seen:
                raise SourceError(f"{name}: {{{span.target}}} refers to no anchor")
