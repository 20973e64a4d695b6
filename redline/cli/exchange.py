"""Handing over: `send` and `receive`."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from redline.cli.context import Context
from redline.desk.handing import require_free, write_file
from redline.errors import UsageError


def send(context: Context) -> int:
    """Our next turn. The file to send is written only once the turn is stored; that it can be is checked before."""
    from redline.desk.scrubbing import wanted
    from redline.desk.sending import Terms, send

    given = context.arguments
    target = given.output
    path = None if target in (None, "-") else context.path(target)
    if path is not None:
        require_free(path, force=given.force)
    with context.desk() as opened:
        sent = send(
            opened, given.client, file=context.path(given.file) if given.file else None, accept_all=given.accept_all,
            terms=Terms(given.base, _amount(given.value), given.currency, given.contact), new=given.new, force=given.force,
            keep=wanted(given.keep),
        )
        if context.dry_run:
            return context.done(sent.done)
        if target == "-":
            context.output.raw(sent.data)
        elif path is not None:
            write_file(path, sent.data, force=given.force)
        elif given.file is None:
            path = context.path(sent.file_name)
            write_file(path, sent.data, force=given.force)
        if path is not None:
            context.output.say(f"wrote {path}: send this file")
        return context.done(sent.done, to_stdout=target != "-")


def _amount(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        number = Decimal(text.replace(",", "").replace(" ", "").replace("_", ""))
    except InvalidOperation as error:
        raise UsageError(f"{text!r} is not an amount", "Write it like 120000 or 120,000.50.") from error
    if not number.is_finite() or number < 0 or number.adjusted() > 15:
        raise UsageError(f"{text!r} is not an amount", "Write it like 120000 or 120,000.50.")
    return number


def receive(context: Context) -> int:
    """What came back."""
    from redline.desk.receiving import receive

    given = context.arguments
    with context.desk() as opened:
        receipt = receive(opened, given.client, context.path(given.file), sender=given.sender, their_paper=given.their_paper,
                          force=given.force, strict=given.strict)
        output = context.output
        if output.json:
            from redline.render import json

            output.data([json.dumps(json.receipt(receipt))])
        else:
            from redline.render import text

            output.data(text.receipt(receipt, output.painter))
    return 0
