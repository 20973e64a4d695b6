"""decisions.json: what we decided about the changes of one received turn, beside the turn's document on the deal's line.

It belongs to the turn that it names; after the next hand-over it stands there still, as it was answered. Deciding is a commit of its
own, so that it can be taken back. Entries this version does not know are kept and written back.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from redline.errors import VaultError
from redline.model import ChangeId
from redline.vault.files import Entries, Extra, json_table
from redline.views import Decision, Verdict

NAME = "decisions.json"
SCHEMA = 1


@dataclass(frozen=True, slots=True)
class DecisionsFile:
    """The decisions about turn `turn`, one for a change, sorted by the change's id."""

    turn: int
    decisions: tuple[Decision, ...] = ()
    extra: Extra = ()

    @classmethod
    def from_bytes(cls, data: bytes, where: str = NAME) -> DecisionsFile:
        """Read decisions.json; `where` names it in errors."""
        entries = json_table(data, where)
        if entries.number("schema") != SCHEMA:
            raise VaultError(f"{where} was written by a newer redline", "Install a newer redline.")
        return cls(entries.number("turn"), tuple(_decision(each) for each in entries.tables("decisions")), entries.rest())

    def to_bytes(self) -> bytes:
        """The file's bytes: one decision after the other, so that differences read well."""
        rows = [_row(decision) for decision in sorted(self.decisions, key=lambda each: each.change)]
        table: dict[str, object] = {"schema": SCHEMA, "turn": self.turn, "decisions": rows, **dict(self.extra)}
        return (json.dumps(table, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")

    def with_decisions(self, decisions: tuple[Decision, ...]) -> DecisionsFile:
        """The file with these decisions put in, each in place of an older one about the same change."""
        known = {decision.change: decision for decision in (*self.decisions, *decisions)}
        return DecisionsFile(self.turn, tuple(known.values()), self.extra)


def _decision(entries: Entries) -> Decision:
    change, verdict = entries.text("change", ...), entries.text("verdict", ...)
    if not ChangeId.pattern.fullmatch(change):
        raise entries.wrong("change", "the id of a change")
    if verdict not in list(Verdict):
        raise entries.wrong("verdict", "accept, reject or counter")
    return Decision(ChangeId(change), Verdict(verdict), entries.text("why"), entries.text("text"), entries.flag("paragraph"),
                    entries.text("by"), entries.when("date"))


def _row(decision: Decision) -> dict[str, object]:
    row: dict[str, object] = {"change": decision.change, "verdict": decision.verdict.value, "why": decision.why, "text": decision.text,
                              "paragraph": decision.paragraph, "by": decision.by,
                              "date": decision.date.isoformat() if decision.date else None}
    return {key: value for key, value in row.items() if value not in ("", False, None)}
