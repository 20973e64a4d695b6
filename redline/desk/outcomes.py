"""How a deal ends and what remains of it: won, lost with the clauses that killed it, adopted into the base, and taking back.

One act is one write. A lost deal's killers and its outcome move together, so that `undo` takes back both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from redline.desk import documents
from redline.desk.recording import Facts, killer_from, library_update
from redline.errors import ConflictError, UsageError
from redline.model import Contract
from redline.text import counted, safe_line
from redline.vault.files import DealFile, Direction, Outcome
from redline.vault.store import RefUpdate
from redline.views import Comparison, Done, FlagKind

if TYPE_CHECKING:
    from redline.desk.desk import Desk
    from redline.desk.documents import Version
    from redline.vault.acts import Act
    from redline.vault.deals import DealRecord


def won(desk: Desk, client: str, *, why: str = "", when: datetime | None = None) -> Done:
    """Close the deal as won; what is agreed is its latest version."""
    from redline.desk.turn import open_deal

    record = open_deal(desk, client)
    desk.write(lambda: [_closing(desk, record, Outcome.WON, why, when)], "won")
    return Done(f"the deal with {record.name} is won; agreed is turn {len(record.turns)}",
                next_steps=(f"redline adopt {record.slug}",) if record.base else ())


def lost(desk: Desk, client: str, clauses: Sequence[str], why: str, *, facts: Facts | None = None,
         when: datetime | None = None) -> Done:
    """Close the deal as lost. Each of `clauses` (labels or words of headings in its latest version) becomes a killer, with what
    `facts` says of it.
    """
    from redline.desk.turn import open_deal
    from redline.killers.library import to_toml

    if not why.strip():
        raise UsageError("a lost deal needs a reason", "Say it with --why '…': it is what you will read next time.")
    record = open_deal(desk, client)
    version = documents.stored(desk, record.turns[-1].oid)
    made = [killer_from(desk, version, clause, why, facts or Facts(), when) for clause in clauses]
    files: dict[str, bytes | None] = {f"killers/{killer.id}.toml": to_toml(killer) for killer in made}

    def build() -> Sequence[RefUpdate]:
        updates = [_closing(desk, record, Outcome.LOST, why, when)]
        if files:
            subject = f"{safe_line(record.name)}: {counted(len(files), 'clause')} that cost the deal"
            updates.append(library_update(desk, files, subject, when))
        return updates

    desk.write(build, "lost")
    return Done(f"the deal with {record.name} is lost",
                tuple(f"killer {killer.id}: {killer.clause} {safe_line(killer.instances[0].text, 70)}" for killer in made),
                ("redline killers",) if made else (f"redline killers add {record.slug} --clause NUMBER --why …   (if a clause killed it)",))


def _closing(desk: Desk, record: DealRecord, outcome: Outcome, why: str, when: datetime | None) -> RefUpdate:
    from redline.vault.deals import DEAL, OUTCOME

    tip = desk.vault.tip(record.ref)
    if tip != record.tip:
        raise ConflictError(f"somebody else changed the deal with {record.name} meanwhile", "Look at it and try again.")
    file = DealFile.from_bytes(desk.vault.read(record.tip, "deal.toml"))
    closed = replace(file, outcome=outcome, closed=when or desk.clock(), reason=why.strip())
    author = desk.signature(when)
    return RefUpdate(record.ref, record.tip, {"deal.toml": closed.to_bytes()}, f"{safe_line(record.name)}: {outcome}", author,
                     body=why.strip(), trailers=((DEAL, str(record.slug)), (OUTCOME, outcome.value)))


def adopt(desk: Desk, client: str, *, force: bool = False, when: datetime | None = None) -> Done:
    """What was agreed, written onto our own base's document, becomes its next version.

    ConflictError, and nothing changed, when the base has moved since it was sent, or when the document still holds changes made
    with tracking off or clauses that cost other deals (`force` adopts those all the same).
    """
    from redline.vault.addresses import find_deal
    from redline.vault.deals import base_ref, load_base, load_deal, version_trailers
    from redline.word.read import read
    from redline.word.scrub import scrub

    record = load_deal(desk.vault, find_deal(desk.vault, client).slug)
    if record.base is None or record.base_version is None:
        raise UsageError(f"the deal with {record.name} runs on their own paper; there is no base to carry it into",
                         "`redline base FILE --name NAME` makes a base of a document.")
    if record.outcome is not Outcome.WON:
        how = "was lost" if record.outcome is Outcome.LOST else "is still open"
        raise UsageError(f"the deal with {record.name} {how}; nothing was agreed", f"`redline won {record.slug}` says that it was.")
    base = load_base(desk.vault, record.base)
    _require_unmoved(desk, record, base.versions[-1].number)
    latest = documents.stored(desk, record.turns[-1].oid)
    if not force:
        _require_clean(desk, record)
    desk.tell(f"Carrying the changes of {latest.info.title} into the base …")
    held = desk.vault.read(base.versions[-1].oid, "contract.docx")
    left = _left_behind(held, base.versions[-1].number)
    data = scrub(_carried(held, desk.vault.read(latest.oid, "contract.docx")))[0]
    contract = _same_words(read(data, latest.info.title), latest)
    number, now = len(base.versions) + 1, desk.clock()
    file = documents.version_file(contract, data, turn=number, direction=Direction.BASE, party=record.name, date=when or now,
                                 recorded=now, file_name=f"{base.name}-{number}.docx", extra=(("base", str(base.name)),))
    author = desk.signature(when)
    update = RefUpdate(base_ref(base.name), base.tip, {**documents.files(contract, data, file), "deal.toml": None},
                       f"Base {base.name}, version {number}, with the changes of {safe_line(record.name)}", author,
                       trailers=version_trailers(file), parents=(base.tip, record.tip))
    desk.write(lambda: [update], "adopt", attempts=1)
    return Done(f"{base.name}, version {number}, holds what was agreed with {record.name}", left,
                next_steps=(f"redline diff base:{base.name}@{number - 1} base:{base.name}@{number}",
                            f"redline log base:{base.name}"))


def _left_behind(base: bytes, number: int) -> tuple[str, ...]:
    """What the base has and no client was ever sent, in a line: the adopted version comes without it."""
    from redline.word.read import read
    from redline.word.scrub import scrubbed

    found = [each.words for each in scrubbed(base).removed if each.kind == "hidden"]
    comments = len(read(base).comments)
    found += [counted(comments, "comment")] if comments else []
    return (f"not carried over: {', '.join(found)}; version {number} keeps what it has",) if found else ()


def _carried(base: bytes, agreed: bytes) -> bytes:
    """The base's document with the words, looks and lists of the agreed one; nothing else of the client's file gets into it."""
    from redline.compare.differ import diff
    from redline.model import Attribution
    from redline.word.edit.source import Source
    from redline.word.edit.write import redlined
    from redline.word.revisions import accept_all

    old, new = Source(accept_all(base)), Source(accept_all(agreed, drop_comments=True))
    redline = diff(old.contract.paragraphs, new.contract.paragraphs)
    return accept_all(redlined(old, redline, new, Attribution("redline")), drop_comments=True)


def _require_unmoved(desk: Desk, record: DealRecord, newest: int) -> None:
    if record.adopted:
        raise UsageError(f"the deal with {record.name} is in the base already", f"`redline log base:{record.base}` shows it.")
    if record.base_version != newest:
        raise ConflictError(
            f"{record.base} has moved on: {record.name} was sent version {record.base_version}, the newest is {newest}",
            f"Nothing was changed. `redline diff base:{record.base}@{record.base_version} {record.slug}` shows what they agreed to; "
            f"put it into the newest base in Word and run `redline base FILE --name {record.base}`.",
        )


def _require_clean(desk: Desk, record: DealRecord) -> None:
    """Refuse to carry into the base what nobody decided on: silent changes of their last turn, and killers."""
    from redline.desk.look import review

    if record.turns[-1].direction is not Direction.RECEIVED:
        return
    view = review(desk, str(record.slug))
    killers = [flag for flag in view.flags if flag.kind is FlagKind.KILLER and flag.loud]
    if not view.untracked and not killers:
        return
    raise ConflictError(_unclean(record, view, len(killers)),
                        f"Nothing was changed. Look with `redline diff {record.slug} --only untracked,killers`; answer in Word and "
                        f"`redline send {record.slug} FILE.docx`, or adopt all the same with --force.")


def _unclean(record: DealRecord, view: Comparison, killers: int) -> str:
    parts = []
    if view.untracked:
        first = view.untracked[0]
        words = f"{safe_line(first.old_text, 30)!r} → {safe_line(first.new_text, 30)!r}"
        parts.append(f"{counted(len(view.untracked), 'change')} made with tracking off (first: {first.label} {words})")
    if killers:
        parts.append(f"{counted(killers, 'clause')} that cost other deals")
    return f"the last turn of {record.name} holds {' and '.join(parts)}"


def _same_words(contract: Contract, latest: Version) -> Contract:
    """The adopted document with the deal's clause ids. ConflictError should its words not be those that were agreed."""
    from redline.desk.turn import identified

    if _words(contract) != _words(latest.contract):
        raise ConflictError(f"{latest.info.title} does not read the same once it is written onto our base",
                            "Nothing was changed. Accept the changes in Word and run `redline base FILE`.")
    return identified(contract, latest.contract, latest.oid)


def _words(contract: Contract) -> list[str]:
    """All texts with their typed numbers; empty paragraphs do not count."""
    texts = (paragraph.props.typed + paragraph.text for paragraph in contract.final().paragraphs)
    return [text for text in texts if text.strip()]


def undo(desk: Desk, expected: str = "") -> Done:
    """Take back the last act, whatever it was; only the `expected` one where its id is given."""
    from redline.vault.acts import last_act, undo_last

    if desk.dry_run:
        act = last_act(desk.vault)
        return Done(f"would take back: {act.verb}" if act else "there is nothing to take back", act.subjects if act else ())
    undone = undo_last(desk.vault, expected)
    desk.versions.clear()
    desk.steps.clear()
    return Done(f"taken back: {undone.act.verb}", tuple(undone.act.subjects), ("redline undo --redo   (does it again)",))


def upcoming(desk: Desk, *, redo: bool = False) -> Act | None:
    """What `undo` would take back, or `redo` do again; None for nothing."""
    from redline.vault.acts import last_act, next_redo

    return next_redo(desk.vault) if redo else last_act(desk.vault)


def redo(desk: Desk, expected: str = "") -> Done:
    """Do again what was taken back last; only the `expected` act where its id is given."""
    from redline.vault.acts import redo_last

    if desk.dry_run:
        raise UsageError("what would be done again is not known without doing it", "Leave --dry-run away; `redline undo` takes it back.")
    done = redo_last(desk.vault, expected)
    return Done(f"done again: {done.act.verb}", tuple(done.act.subjects))
