"""Colours: readable in every theme, apart for colour-blind eyes, kept for next time, and never the only thing that tells."""

from __future__ import annotations

import math
from itertools import combinations
from pathlib import Path

import pytest

from redline.tui.app import RedlineApp
from redline.tui.palette import COLOURS
from redline.tui.settings import Settings, folder
from redline.tui.theme import _COLORS, DEFAULT, NAMES, THEMES
from tests.tui.driving import opened
from tests.tui.fakes import FakeDesk

Linear = tuple[float, float, float]

MACHADO = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""What the three kinds of dichromats see, in linear RGB (Machado, Oliveira, Fernandes 2009)."""


def linear(color: str) -> Linear:
    red, green, blue = (int(color[place:place + 2], 16) / 255 for place in (1, 3, 5))
    return tuple(one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in (red, green, blue))  # type: ignore[return-value]


def luminance(color: str) -> float:
    return sum(share * one for share, one in zip((0.2126, 0.7152, 0.0722), linear(color), strict=True))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.1, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(seen: Linear) -> Linear:
    """CIE L*a*b* of a linear sRGB colour (D65)."""
    rows = ((0.4124, 0.3576, 0.1805, 0.9505), (0.2126, 0.7152, 0.0722, 1.0), (0.0193, 0.1192, 0.9505, 1.089))
    x, y, z = (sum(share * max(0.0, one) for share, one in zip(row[:3], seen, strict=True)) / row[3] for row in rows)
    x, y, z = (one ** (1 / 3) if one > 0.008856 else 7.787 * one + 16 / 116 for one in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def apart(one: str, other: str, eyes: str) -> float:
    """How far apart two colours are for these eyes (CIE 1976)."""
    seen = [lab(tuple(sum(a * b for a, b in zip(row, linear(color), strict=True)) for row in MACHADO[eyes]))  # type: ignore[arg-type]
            for color in (one, other)]
    return math.dist(*seen)


@pytest.mark.parametrize("theme", THEMES, ids=NAMES)
def test_texts_can_be_read_in_every_theme(theme: object) -> None:
    found = next(each for each in THEMES if each is theme)
    colors, least = _COLORS[found.name], 7.0 if found.name == "redline-contrast" else 4.5
    assert found.background and found.foreground and found.warning
    for ink in (found.foreground, found.warning, colors["ins"], colors["del"], colors["move"], colors["label"], colors["loud"]):
        assert contrast(ink, found.background) >= least, ink
    assert contrast(found.variables["block-cursor-foreground"], found.variables["block-cursor-background"]) >= 7


@pytest.mark.parametrize("eyes", list(MACHADO))
@pytest.mark.parametrize("theme", ["redline-dark", "redline-colorblind"])
def test_what_came_in_and_what_went_out_stay_apart_for_colour_blind_eyes(theme: str, eyes: str) -> None:
    assert apart(_COLORS[theme]["ins"], _COLORS[theme]["del"], eyes) >= 40


@pytest.mark.parametrize("eyes", list(MACHADO))
def test_all_hues_of_the_colour_blind_theme_stay_apart(eyes: str) -> None:
    colors = _COLORS["redline-colorblind"]
    for one, other in combinations(("ins", "del", "move", "loud"), 2):
        assert apart(colors[one], colors[other], eyes) >= 20, (one, other)


async def test_the_same_signs_stand_in_every_theme_and_without_colour() -> None:
    shown: list[str] = []
    for name in NAMES:
        async with opened("acme", size=(140, 45)) as driver:
            driver.app.theme = name
            await driver.settle()
            shown.append(driver.text())
    async with opened("acme", size=(140, 45), color=False) as driver:
        shown.append(driver.text())
    assert len(set(shown)) == 1


async def test_the_board_without_colour_shows_the_cursor_and_what_is_loud() -> None:
    async with opened(color=False) as driver:
        drawn = [segment for strip in driver.app.screen._compositor.render_strips() for segment in strip if segment.style]
        assert all(segment.style is not None and (segment.style.color is None or segment.style.color.is_default) for segment in drawn)
        assert any("Acme" in segment.text and segment.style is not None and segment.style.reverse for segment in drawn)
        assert any("U 1" in segment.text and segment.style is not None and segment.style.bold for segment in drawn)


async def test_the_palette_changes_the_colours_and_they_are_there_next_time(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "new" / "desk.toml")
    app = RedlineApp(FakeDesk(), settings=settings)
    async with app.run_test() as pilot:
        assert app.theme == DEFAULT
        await pilot.press("ctrl+p", *"contrast")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert app.theme == "redline-contrast" and settings.theme() == "redline-contrast"
    again = RedlineApp(FakeDesk(), settings=Settings(settings.path))
    async with again.run_test():
        assert again.theme == "redline-contrast"
    assert set(COLOURS) == set(NAMES)


@pytest.mark.parametrize("data", [b"", b"theme = 3", b'theme = "pink"', b"\xff\xfe", b"theme = [[[[", b'[theme]\nname = "x"'])
def test_a_damaged_choice_is_as_good_as_none(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "desk.toml"
    path.write_bytes(data)
    assert Settings(path).theme() == DEFAULT
    Settings(path).remember("redline-light")
    assert Settings(path).theme() == "redline-light"


async def test_a_choice_that_cannot_be_kept_holds_until_the_reader_leaves(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    app = RedlineApp(FakeDesk(), settings=Settings(tmp_path / "file" / "desk.toml"))
    async with app.run_test() as pilot:
        app.action_colors("redline-light")
        await pilot.pause()
        assert app.theme == "redline-light"
        assert "could not be kept" in next(iter(app._notifications)).message


def test_the_choice_is_kept_for_the_person_not_in_the_vault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert folder() == tmp_path / "redline"
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative")
    assert folder() == Path.home() / ".config" / "redline"
