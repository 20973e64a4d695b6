"""Every renderer on the hand-built views, compared with files. `GOLDEN=write pytest tests/golden` writes them anew: read the diff."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from redline.errors import DocumentError
from redline.model import Contract
from redline.render import decisions, document, html, json, markdown, reach, text
from redline.render.style import Painter
from redline.views import Comparison
from tests.golden import samples

WRITE = os.environ.get("GOLDEN") == "write"
EXPECTED = Path(__file__).parent / "expected"
PLAIN = Painter(color=False, width=80)
COLOR = Painter(color=True, width=80)
ERROR = DocumentError("“a.docx” is not a Word file", "Save it as .docx and try again.", code="not-docx")
VIEWS: dict[str, Callable[[], Comparison]] = {
    "english": samples.english, "russian": samples.russian, "bilingual": samples.bilingual, "hostile": samples.hostile,
}


def check(name: str, found: str) -> None:
    path = EXPECTED / name
    if WRITE:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(found.encode())
    assert path.read_bytes().decode() == found


def joined(lines: object) -> str:
    assert not isinstance(lines, str)
    return "".join(f"{line}\n" for line in lines)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", VIEWS)
def test_a_comparison_reads_as_before_in_every_format(name: str) -> None:
    view = VIEWS[name]()
    check(f"{name}.txt", joined(text.comparison(view, PLAIN)))
    check(f"{name}.color.txt", joined(text.comparison(view, COLOR)))
    check(f"{name}.html", html.comparison(view))
    check(f"{name}.md", markdown.comparison(view))
    check(f"{name}.json", json.dumps(json.comparison(view)) + "\n")


@pytest.mark.parametrize("name", VIEWS)
def test_a_version_and_its_readable_copy_read_as_before(name: str) -> None:
    view = VIEWS[name]()
    check(f"{name}.version.txt", joined(text.version(view, PLAIN)))
    contract = Contract(view.redline.paragraphs, view.comments, title="Services Agreement", language=view.language)
    check(f"{name}.contract.md", markdown.contract(contract))


@pytest.mark.parametrize("name", VIEWS)
def test_a_version_by_itself_is_told_to_programs_as_before(name: str) -> None:
    view = VIEWS[name]()
    told = document.document(view, f"{name}.docx")
    check(f"{name}.document.json", json.dumps(told) + "\n")
    check(f"{name}.coverage.json", json.line(reach.coverage(view, f"{name}.docx")) + "\n")
    check(f"{name}.coverage.txt", joined(reach.lines(view, PLAIN)))
    check(f"{name}.changes.txt", joined(decisions.lines(view, PLAIN)))
    assert json.line(decisions.decisions(told)).isprintable()


def test_the_reports_read_as_before() -> None:
    parts = {
        "board": text.board(samples.BOARD, PLAIN, now=samples.NOW), "log": text.log(samples.LOG, PLAIN),
        "receipt": text.receipt(samples.receipt(), PLAIN), "killers": text.killers([samples.KILLER], PLAIN),
        "history": text.history(samples.history(), PLAIN), "cycle": text.cycle(samples.CYCLE, PLAIN),
        "done": text.done(samples.DONE, PLAIN), "resolution": text.resolution(samples.RESOLUTION, PLAIN), "error": [text.error(ERROR)],
    }
    check("reports.txt", "\n".join(f"== {name}\n{joined(lines)}" for name, lines in parts.items()))


def test_the_reports_keep_their_json_shape() -> None:
    parts = [
        json.board(samples.BOARD, now=samples.NOW), json.log(samples.LOG), json.killers([samples.KILLER]),
        json.history(samples.history()), json.cycle(samples.CYCLE), json.done(samples.DONE), json.resolution(samples.RESOLUTION),
        json.error(ERROR),
    ]
    check("reports.json", "".join(json.dumps(part) + "\n" for part in parts))
