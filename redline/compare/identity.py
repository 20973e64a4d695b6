"""Clause ids for a contract as it was read: with its own tracked changes, and related to the version before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from redline.clauses.identity import carry
from redline.model import ClauseId, Contract, Kind, Paragraph, Props, Redline, view

from .differ import diff


def carry_contract(contract: Contract, previous: Sequence[Paragraph], seed: str) -> Contract:
    """The contract with a clause id on both sides of every paragraph.

    `previous` are plain paragraphs with ids (none for a document that is new to us); the contract's text with its
    tracked changes rejected is aligned with them, and what it inserts gets new ids. The same input always gives the
    same ids.
    """
    before = [paragraph for paragraph, _ in view(contract.paragraphs, "old")]
    named = carry(diff(previous, before), seed)
    half = _named(contract.paragraphs, [_id(paragraph) for paragraph in named], "old")
    whole = _named(half, [_id(paragraph) for paragraph in carry(Redline(half), seed)], "new")
    return replace(contract, paragraphs=whole)


def _id(paragraph: Paragraph) -> ClauseId | None:
    return paragraph.props.clause


def _named(paragraphs: Sequence[Paragraph], ids: Sequence[ClauseId | None], side: str) -> tuple[Paragraph, ...]:
    """The paragraphs with the ids of the texts they flow into on one side; the marks of that side carry them."""
    out = list(paragraphs)
    for place, (_, sources) in enumerate(view(paragraphs, "old" if side == "old" else "new")):
        for index in sources:
            out[index] = _with(out[index], side, ids[place])
    return tuple(out)


def _with(paragraph: Paragraph, side: str, clause: ClauseId | None) -> Paragraph:
    if side == "old" and paragraph.old is not None:
        return replace(paragraph, old=_props(paragraph.old, clause))
    if side == "new" and paragraph.new is not None and (paragraph.mark.in_new or paragraph.mark is Kind.GONE):
        return replace(paragraph, new=_props(paragraph.new, clause))
    return paragraph


def _props(props: Props, clause: ClauseId | None) -> Props:
    return props if props.clause == clause else replace(props, clause=clause)
