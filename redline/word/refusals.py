"""What a refused file is told: one plain message and one thing to do for each reason, by its stable code."""

from __future__ import annotations

from redline.errors import DocumentError

_RESAVE = "Open it in Word, save it again as a .docx and try once more."
_ASK_AGAIN = "Ask for the file again, or open it in Word and save it as a new .docx."
_CAREFUL = "Ordinary Word files never look like this. Treat it with care and ask the sender for a fresh copy."

_REASONS: dict[str, tuple[str, str]] = {
    "not-docx": ("{file} is not a Word document (.docx)", "Save it in Word as a Word Document (.docx) and use that file."),
    "zip-corrupt": ("{file} is damaged", _ASK_AGAIN),
    "encrypted": ("{file} is protected with a password", "Remove the password in Word (File, Info, Protect Document) and "
                  "save it again."),
    "too-large": ("{file} is too large to be a contract", "Take out large pictures or attachments, or split it, and try "
                  "again."),
    "too-many-parts": ("{file} is made of too many pieces", _CAREFUL),
    "too-deep": ("{file} is nested too deeply to be read safely", _CAREFUL),
    "bad-part-name": ("{file} contains a piece with a forbidden name", _CAREFUL),
    "duplicate-part": ("{file} contains the same piece twice, so that programs would disagree about its text", _CAREFUL),
    "dtd-forbidden": ("{file} contains a document type declaration, which Word files must not have", _CAREFUL),
    "xml-malformed": ("{file} is damaged inside", _RESAVE),
    "macros": ("{file} contains macros (programs)", "Ask for a .docx without macros, or save it in Word as a Word Document "
               "(.docx)."),
    "strict-unsupported": ("{file} is in the Strict Open XML format, which is not supported",
                           "In Word choose Save As, Word Document (.docx), not “Strict Open XML Document”."),
}


def refusal(code: str, name: str = "", detail: str = "", hint: str = "") -> DocumentError:
    """The error for a reason. `detail` is put after the message, `hint` replaces the usual one."""
    message, usual = _REASONS[code]
    text = message.format(file=name or "The file")
    return DocumentError(f"{text}: {detail}" if detail else text, hint or usual, code=code)
