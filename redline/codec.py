"""contract.json: a `Contract` as UTF-8 JSON, one paragraph a line, and back.

Derived data: it can always be recomputed from contract.docx beside it. Defaults are left out, so that a plain git diff of two
versions reads well. Reading checks what it reads and raises `VaultError`; unknown keys are an error, never skipped.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from redline.errors import VaultError
from redline.model import (
    PLAIN,
    Attribution,
    Cell,
    ChangeId,
    ClauseId,
    Comment,
    Contract,
    Coverage,
    Kind,
    Layout,
    Notice,
    Paragraph,
    Props,
    Segment,
)

SCHEMA = 1


def dump_contract(contract: Contract) -> bytes:
    """The whole contract; the same contract always gives the same bytes."""
    head = {"schema": SCHEMA, "title": contract.title, "language": contract.language}
    lists: dict[str, list[Any]] = {
        "paragraphs": [_paragraph(paragraph) for paragraph in contract.paragraphs],
        "comments": [_comment(comment) for comment in contract.comments],
        "coverage": [[c.part, c.construct, c.count, c.note] for c in contract.coverage],
        "notices": [[n.code, n.message, n.where] for n in contract.notices],
        "layout": [[str(one.id), one.what, one.paragraph, one.count, _attribution(one.attribution)] for one in contract.layout],
    }
    lines = ["{"] + [f"{_json(key)}: {_json(value)}," for key, value in head.items()]
    for number, (key, rows) in enumerate(lists.items()):
        end = "]," if number < len(lists) - 1 else "]"
        lines += [f"{_json(key)}: [", ",\n".join(_json(row) for row in rows), end] if rows else [f"{_json(key)}: [{end}"]
    return ("\n".join([*lines, "}"]) + "\n").encode("utf-8", "surrogatepass")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _slim(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if value not in (None, "", 0, False) and value != []}


def _attribution(attribution: Attribution | None) -> list[Any] | None:
    if attribution is None:
        return None
    date = attribution.date.isoformat() if attribution.date else None
    return [attribution.author, date, attribution.deal, attribution.turn, attribution.tracked]


def _segment(segment: Segment) -> Any:
    row = _slim({
        "k": segment.kind.value if segment.kind is not Kind.SAME else "", "t": segment.text, "look": sorted(segment.look),
        "atom": segment.atom, "by": _attribution(segment.attribution), "struck": _attribution(segment.struck),
        "move": segment.move,
    })
    if segment.was is not None:
        row["was"] = sorted(segment.was)
    return segment.text if list(row) == ["t"] else row


def _cell(cell: Cell | None) -> list[Any] | None:
    if cell is None:
        return None
    place = [cell.table, cell.row, cell.column]
    return [*place, _cell(cell.parent)] if cell.parent else place


def _props(props: Props | None) -> dict[str, Any] | None:
    if props is None:
        return None
    row = _slim({
        "story": props.story if props.story != "body" else "", "cell": _cell(props.cell), "style": props.style,
        "label": props.label, "typed": props.typed, "heading": props.heading, "clause": props.clause,
        "anchors": sorted(props.anchors),
    })
    if props.level is not None:
        row["level"] = props.level
    return row


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    row: dict[str, Any] = {"s": [_segment(segment) for segment in paragraph.segments]}
    old, new = _props(paragraph.old), _props(paragraph.new)
    if paragraph.mark is Kind.SAME and old == new:
        row["p"] = new
    else:
        row |= {"mark": paragraph.mark.value, "old": old, "new": new}
    return row | _slim({"by": _attribution(paragraph.attribution), "move": paragraph.move})


def _comment(comment: Comment) -> dict[str, Any]:
    row = _slim({
        "id": comment.id, "author": comment.author, "date": comment.date.isoformat() if comment.date else None,
        "text": comment.text, "paragraph": comment.paragraph, "start": comment.start, "end": comment.end,
        "quote": comment.quote, "parent": comment.parent, "resolved": comment.resolved,
    })
    return row if comment.original is None else row | {"original": comment.original}


def load_contract(data: bytes, name: str = "contract.json") -> Contract:
    """The contract that `dump_contract` wrote. VaultError when it is not one."""
    try:
        raw = json.loads(data.decode("utf-8", "surrogatepass"))
        if raw["schema"] != SCHEMA:
            raise VaultError(f"{name} has schema {raw['schema']}, this redline reads {SCHEMA}", "Use a newer redline.")
        return Contract(
            paragraphs=tuple(_load_paragraph(row) for row in raw["paragraphs"]),
            comments=tuple(_load_comment(row) for row in raw["comments"]),
            coverage=tuple(Coverage(*row) for row in raw["coverage"]),
            notices=tuple(Notice(*row) for row in raw["notices"]),
            title=raw["title"], language=raw["language"], layout=tuple(_load_layout(row) for row in raw.get("layout", ())),
        )
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError) as error:
        raise VaultError(f"{name} is damaged: {error}", "It can be rebuilt from contract.docx; see `redline check`.") from error


def _load_attribution(row: list[Any] | None) -> Attribution | None:
    if row is None:
        return None
    author, date, deal, turn, tracked = row
    return Attribution(str(author), datetime.fromisoformat(date) if date else None, str(deal), int(turn), bool(tracked))


def _load_layout(row: list[Any]) -> Layout:
    identity, what, paragraph, count, attribution = row
    return Layout(ChangeId(identity), str(what), int(paragraph), _load_attribution(attribution), int(count))


def _load_segment(row: Any) -> Segment:
    if isinstance(row, str):
        return Segment(Kind.SAME, row)
    known = {"k", "t", "look", "was", "atom", "by", "struck", "move"}
    if not row.keys() <= known:
        raise ValueError(f"unknown keys {sorted(row.keys() - known)}")
    return Segment(
        Kind(row.get("k", "same")), str(row["t"]), frozenset(row["look"]) if "look" in row else PLAIN,
        frozenset(row["was"]) if "was" in row else None, row.get("atom", ""), _load_attribution(row.get("by")),
        _load_attribution(row.get("struck")), row.get("move", ""),
    )


def _load_cell(row: list[Any] | None) -> Cell | None:
    return None if row is None else Cell(int(row[0]), int(row[1]), int(row[2]), _load_cell(row[3]) if len(row) > 3 else None)


def _load_props(row: dict[str, Any] | None) -> Props | None:
    if row is None:
        return None
    clause = row.get("clause")
    return Props(
        story=row.get("story", "body"), cell=_load_cell(row.get("cell")), style=row.get("style", ""),
        label=row.get("label", ""), typed=row.get("typed", ""), level=row.get("level"), heading=row.get("heading", False),
        clause=ClauseId(clause) if clause else None, anchors=frozenset(row.get("anchors", ())),
    )


def _load_paragraph(row: dict[str, Any]) -> Paragraph:
    segments = tuple(_load_segment(segment) for segment in row["s"])
    if "p" in row:
        props = _load_props(row["p"])
        return Paragraph(segments, Kind.SAME, props, props, _load_attribution(row.get("by")), row.get("move", ""))
    return Paragraph(segments, Kind(row["mark"]), _load_props(row["old"]), _load_props(row["new"]),
                     _load_attribution(row.get("by")), row.get("move", ""))


def _load_comment(row: dict[str, Any]) -> Comment:
    date = row.get("date")
    return Comment(row.get("id", ""), row.get("author", ""), datetime.fromisoformat(date) if date else None, row.get("text", ""),
                   row.get("paragraph", 0), row.get("start", 0), row.get("end", 0), row.get("quote", ""),
                   row.get("parent", ""), row.get("resolved", False), row.get("original"))
