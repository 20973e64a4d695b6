"""The colours: calm, blue for what came in and orange for what went out, and nothing that only a hue tells.

Four themes of our own (dark, light, colour-blind-safe, high contrast), and a way to draw with the terminal's own colours for
`NO_COLOR`, where only weight, underline, strike and reverse are left.
"""

from __future__ import annotations

from functools import lru_cache

from rich.style import Style
from textual.theme import Theme

from redline.tui.page.pieces import Tone

THEMES = (
    Theme(
        name="redline-dark", dark=True, primary="#6cb2ff", secondary="#8aa0b8", accent="#6cb2ff", warning="#f2a65a",
        error="#ff8f70", success="#7cc4a8", foreground="#d5d9e0", background="#15181e", surface="#1b1f27", panel="#232833",
        variables={
            "footer-background": "#1b1f27", "footer-key-foreground": "#6cb2ff", "footer-description-foreground": "#98a2b3",
            "footer-key-background": "#1b1f27", "block-cursor-background": "#2c3a50", "block-cursor-foreground": "#eef2f8",
            "block-cursor-text-style": "bold", "block-cursor-blurred-background": "#262d3a",
            "block-cursor-blurred-foreground": "#d5d9e0", "scrollbar": "#323a48", "scrollbar-background": "#15181e",
            "scrollbar-hover": "#445064", "scrollbar-active": "#6cb2ff", "scrollbar-corner-color": "#15181e",
            "scrollbar-background-hover": "#15181e", "scrollbar-background-active": "#15181e", "border": "#323a48",
            "border-blurred": "#2a303c",
        },
    ),
    Theme(
        name="redline-light", dark=False, primary="#0b5cad", secondary="#5b6b7d", accent="#0b5cad", warning="#a34d00",
        error="#a8320a", success="#1b6e52", foreground="#23272e", background="#fbfaf7", surface="#f2f0ea", panel="#e7e4dc",
        variables={
            "footer-background": "#f2f0ea", "footer-key-foreground": "#0b5cad", "footer-description-foreground": "#5b6470",
            "footer-key-background": "#f2f0ea", "block-cursor-background": "#d3e2f2", "block-cursor-foreground": "#14181d",
            "block-cursor-text-style": "bold", "block-cursor-blurred-background": "#e4e6e6",
            "block-cursor-blurred-foreground": "#23272e", "scrollbar": "#c9c5ba", "scrollbar-background": "#fbfaf7",
            "scrollbar-background-hover": "#fbfaf7", "scrollbar-background-active": "#fbfaf7",
            "scrollbar-corner-color": "#fbfaf7", "border": "#cfcbc0", "border-blurred": "#dedad0",
        },
    ),
    Theme(
        name="redline-contrast", dark=True, primary="#9cd2ff", secondary="#d0d0d0", accent="#ffffff", warning="#ffc266",
        error="#ffb199", success="#a8ffd9", foreground="#ffffff", background="#000000", surface="#000000", panel="#1c1c1c",
        variables={
            "footer-background": "#000000", "footer-key-foreground": "#9cd2ff", "footer-description-foreground": "#ffffff",
            "footer-key-background": "#000000", "block-cursor-background": "#ffffff", "block-cursor-foreground": "#000000",
            "block-cursor-text-style": "bold", "block-cursor-blurred-background": "#444444",
            "block-cursor-blurred-foreground": "#ffffff", "scrollbar": "#aaaaaa", "scrollbar-background": "#000000",
            "border": "#ffffff", "border-blurred": "#aaaaaa",
        },
    ),
    Theme(
        name="redline-colorblind", dark=True, primary="#3f9bf0", secondary="#9fb3c8", accent="#3f9bf0", warning="#fff59a",
        error="#d97800", success="#3f9bf0", foreground="#e4e7ec", background="#101216", surface="#171a20", panel="#20252e",
        variables={
            "footer-background": "#171a20", "footer-key-foreground": "#3f9bf0", "footer-description-foreground": "#b3bccb",
            "footer-key-background": "#171a20", "block-cursor-background": "#22405a", "block-cursor-foreground": "#ffffff",
            "block-cursor-text-style": "bold", "block-cursor-blurred-background": "#26303c",
            "block-cursor-blurred-foreground": "#e4e7ec", "scrollbar": "#3b4656", "scrollbar-background": "#101216",
            "border": "#3b4656", "border-blurred": "#2d3643",
        },
    ),
)

NAMES = tuple(theme.name for theme in THEMES)
DEFAULT = NAMES[0]

_COLORS: dict[str, dict[str, str]] = {
    "redline-dark": {
        "ins": "#7cbcff", "del": "#f0a066", "move": "#c8a6e8", "dim": "#7f8a9b", "label": "#98a2b3", "rule": "#343c4a",
        "current": "#293649", "bar": "#6cb2ff", "killer": "#4a3a1c", "found": "#3d4a2a", "loud": "#f2a65a",
    },
    "redline-light": {
        "ins": "#0b5cad", "del": "#a34d00", "move": "#6b3fa0", "dim": "#6a7380", "label": "#5b6470", "rule": "#d5d1c6",
        "current": "#dfe9f4", "bar": "#0b5cad", "killer": "#f7e3b5", "found": "#dcebc4", "loud": "#a34d00",
    },
    "redline-contrast": {
        "ins": "#9cd2ff", "del": "#ffc266", "move": "#e5c4ff", "dim": "#d0d0d0", "label": "#ffffff", "rule": "#8a8a8a",
        "current": "#003a70", "bar": "#ffffff", "killer": "#5c4500", "found": "#30540a", "loud": "#ffc266",
    },
    "redline-colorblind": {
        "ins": "#3f9bf0", "del": "#d97800", "move": "#d5c2ff", "dim": "#8d97a6", "label": "#b3bccb", "rule": "#3b4656",
        "current": "#22405a", "bar": "#3f9bf0", "killer": "#4d4708", "found": "#20505a", "loud": "#fff59a",
    },
}


class Paint:
    """The rich styles of a page in one theme. `plain` draws without any colour: weight, underline, strike, reverse only."""

    def __init__(self, theme: str, plain: bool) -> None:
        self.key = (theme, plain)
        self._colors = {} if plain else _COLORS.get(theme, _COLORS["redline-dark"])
        self.bar = self._style("bar", bold=True)
        self.loud = self._style("loud", bold=True)
        self.dim = self._style("dim", dim=plain)
        self.done = self._style("bar", bold=True)

    def _style(self, color: str, *, bold: bool | None = None, dim: bool | None = None) -> Style:
        return Style(color=self._colors.get(color), bold=bold, dim=dim or None)

    def tone(self, tone: Tone, current: bool) -> Style:
        """The style of a run, `current` when its change is the one under the cursor."""
        return _tone(self, tone.kind, tone.look, tone.hit, current)

    def sign(self, sign: str) -> Style:
        """The style of a sign in the margin."""
        kind = {"+": "ins", "−": "del", "↔": "move"}.get(sign, "label")
        return Style(color=self._colors.get(kind), bold=True)


@lru_cache(maxsize=4096)
def _tone(paint: Paint, kind: str, look: frozenset[str], hit: str, current: bool) -> Style:
    colors = paint._colors
    family = kind.removeprefix("label_")
    color = {"ins": "ins", "del": "del", "move_from": "move", "move_to": "move", "gone": "dim", "note": "dim",
             "label": "label", "rule": "rule"}.get(family)
    changed = family in ("ins", "del", "move_from", "move_to", "format", "gone")
    background = {"killer": "killer", "found": "found"}.get(hit) or ("current" if current and changed else None)
    plain = not colors
    return Style(
        color=colors.get(color) if color else None,
        bgcolor=colors.get(background) if background else None,
        bold="bold" in look or (current and changed) or hit == "killer" or None,
        italic="italic" in look or family in ("move_to", "move_from", "note") or None,
        underline="underline" in look or family in ("ins", "move_to", "format") or None,
        strike="strike" in look or family in ("del", "move_from", "gone") or None,
        dim=(plain and family in ("note", "rule", "gone")) or None,
        reverse=(plain and (bool(hit) or (current and changed))) or None,
    )
