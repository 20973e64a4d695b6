"""The one door from a view's text to a widget.

Textual and rich read `[…]` in a plain string as markup and pass control characters on, so no widget is ever given a bare
string from a view. What these functions return is shown literally: control, bidi and invisible characters as visible marks,
square brackets as square brackets. A test walks the source and refuses any other way.
"""

from __future__ import annotations

from rich.text import Text
from textual.content import Content
from textual.style import Style

from redline.text import safe, safe_line

Part = tuple[str, str]
"""Some text and the Textual style it is shown in ("" for none)."""


def content(text: str, style: str = "") -> Content:
    """A text of any number of lines for a widget, a toast or a title."""
    return Content.styled(safe(text), style) if style else Content(safe(text))


def parts(*pieces: Part) -> Content:
    """Pieces of text in their styles, one after the other."""
    return Content.assemble(*((safe(text), style) for text, style in pieces))


def lines(rows: list[Content]) -> Content:
    """Contents that were made here, each on a line of its own."""
    return Content("\n").join(rows)


def cell(text: str, style: str = "", *, width: int = 0, right: bool = False) -> Text:
    """One line for a table cell, a tree label or a palette entry, cut to `width` when given."""
    return Text(safe_line(text, width), style=style, justify="right" if right else "left", no_wrap=True, end="")


def made(content: Content) -> Content:
    """A content that was put together with the functions here; a plain string has no business in it."""
    return content


def message(text: str) -> str:
    """One plain string for `notify`, which must be called with `markup=False`."""
    return safe(text)


def styled(text: str, style: Style) -> Content:
    """A text in a style that was computed, not named."""
    return Content.styled(safe(text), style)


def as_cell(text: Text) -> Text:
    """A cell that was made with `cell`."""
    return text
