"""The few kinds of failure a user can meet, each with its exit code.

Every room raises these and nothing else on bad input; one module per front prints them. A message says what happened and
where; the hint says what to do next. Neither holds raw control characters once printed: the front shows them through
`redline.text.safe`.
"""

from __future__ import annotations


class RedlineError(Exception):
    """What went wrong (`message`), what to do about it (`hint`) and the exit code the command ends with."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(RedlineError):
    """The user asked for something that does not exist or is not allowed: a name, an address, an option."""

    exit_code = 2


class DocumentError(RedlineError):
    """A document that cannot be read. `code` is the reason in one stable word (`not-docx`, `zip-corrupt`, `macros` …)."""

    exit_code = 3

    def __init__(self, message: str, hint: str = "", *, code: str = "unreadable") -> None:
        super().__init__(message, hint)
        self.code = code


class VaultError(RedlineError):
    """The vault, or git below it, cannot do what was asked; nothing was changed."""

    exit_code = 4


class NoVaultError(VaultError):
    """There is no vault where one was looked for."""


class ConflictError(RedlineError):
    """Two wills meet and a person has to choose; nothing was changed."""

    exit_code = 5
