"""Pictures for the README: real screens, nothing fetched from anywhere."""

from __future__ import annotations

import re
from pathlib import Path

from redline.tui.pictures import draw, hostless, plan
from tests.tui.fakes import FakeDesk


async def test_pictures_of_board_and_review_show_them_and_name_no_host(tmp_path: Path) -> None:
    files = await draw(FakeDesk(), tmp_path, plan("acme"))
    assert [file.name for file in files] == ["deals.svg", "deals-80.svg", "review.svg", "review-80.svg"]
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert "Acme" in text and "font-face" not in text
        hosts = set(re.findall(r"https?://[^\s\"'<)]+", text)) - {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
        assert not hosts
    assert "UNTRACKED" in files[3].read_text(encoding="utf-8").replace("&#160;", " ")


def test_an_empty_vault_has_a_picture_of_the_board_only() -> None:
    assert [picture.name for picture in plan("")] == ["deals", "deals-80"]


def test_fonts_from_elsewhere_are_taken_out() -> None:
    face = '@font-face { src: url("https://example.invalid/x.woff"); }'
    svg = f'<svg a="b"><style>{face} .t {{ font-family: Fira Code, monospace; }}</style></svg>'
    assert "example.invalid" not in hostless(svg)
    assert "Fira" not in hostless(svg)
