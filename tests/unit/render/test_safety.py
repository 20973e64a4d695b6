"""Nothing that comes from a document, a name or a title may be more than text, whatever draws it."""

from __future__ import annotations

import json as stdlib_json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from redline.errors import DocumentError
from redline.killers.library import Instance
from redline.model import Contract
from redline.render import html, json, markdown, text
from redline.render.style import Painter
from redline.text import safe
from redline.views import Comparison, Cycle, CycleRow, DealRow, Done, HistoryRow, LogRow, Receipt
from tests.golden import samples
from tests.golden.samples import HOSTILE

RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
SGR = re.compile(r"\x1b\[[0-9;]*m")


def everything(painter: Painter) -> Iterator[tuple[str, str]]:
    """Every renderer on hostile input, as (name, output)."""
    view = samples.hostile()
    kept = HOSTILE.encode("utf-8", "ignore").decode()  # a killer is a file: it holds no lone surrogates
    killer = replace(samples.KILLER, title=kept, instances=(Instance(kept),), deal=kept, clause=kept, reason=kept, offer=kept)
    receipt = Receipt(HOSTILE, HOSTILE, 2, False, view, HOSTILE, HOSTILE, 0.1, (HOSTILE,))
    deal = DealRow(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, samples.NOW, 1, 1, 1, 1, HOSTILE, False, HOSTILE)
    log = LogRow(HOSTILE, None, HOSTILE, HOSTILE, HOSTILE, HOSTILE, 1, 1, 1, 1)
    row = HistoryRow(HOSTILE, HOSTILE, None, HOSTILE, HOSTILE, view.redline, HOSTILE, HOSTILE)
    cycle = Cycle((CycleRow(HOSTILE, HOSTILE, 1, 1.0, 1.0, 2.0, True),), 0, None, None, None, None, None)
    done = Done(HOSTILE, (HOSTILE,), (HOSTILE,))
    error = DocumentError(HOSTILE, HOSTILE, code=HOSTILE)
    contract = Contract(view.redline.paragraphs, view.comments, title=HOSTILE)
    lines = {
        "comparison": text.comparison(view, painter), "whole": text.comparison(view, painter, whole=True),
        "version": text.version(view, painter), "board": text.board([deal], painter, now=samples.NOW),
        "log": text.log([log], painter), "receipt": text.receipt(receipt, painter), "done": text.done(done, painter),
        "killers": text.killers([killer], painter), "history": text.history([row], painter), "cycle": text.cycle(cycle, painter),
        "error": [text.error(error)],
    }
    for name, found in lines.items():
        yield name, "\n".join(found)
    yield "html", html.comparison(view)
    yield "markdown", markdown.comparison(view, whole=True)
    yield "contract.md", markdown.contract(contract)
    objects = [json.comparison(view), json.board([deal], now=samples.NOW), json.log([log]), json.receipt(receipt),
               json.killers([killer]), json.history([row]), json.cycle(cycle), json.done(done), json.error(error)]
    for found in objects:
        yield f"json {found['kind']}", json.dumps(found)


@pytest.mark.parametrize("color", [False, True])
def test_no_control_bidi_or_invisible_character_leaves_any_renderer(color: bool) -> None:
    for name, found in everything(Painter(color=color, width=60)):
        bare = SGR.sub("", found) if color else found
        assert not RAW.search(bare), (name, RAW.findall(bare))
        found.encode()


def test_without_colour_no_escape_character_is_written() -> None:
    assert all("\x1b" not in found for _, found in everything(Painter(color=False, width=60)))


def test_markup_in_a_contract_stays_visible() -> None:
    view = samples.hostile()
    for found in ("\n".join(text.comparison(view, Painter(width=4000))), read(html.comparison(view))):
        assert "[/b] [@click=app.quit]x[/]" in found
        assert "‹RLO›evil‹PDF›" in found
        assert "<script>alert(1)</script>" in found


class _Reader(HTMLParser):
    """Text and tags, and nothing that a browser would not see."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.styled = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "col", "br", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


def parsed(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert not reader.open
    return reader


def read(page: str) -> str:
    return parsed(page).text


@pytest.mark.parametrize("view", [samples.english(), samples.russian(), samples.bilingual(), samples.hostile()])
def test_html_is_one_file_that_loads_and_runs_nothing(view: Comparison) -> None:
    reader = parsed(html.comparison(view))
    tags = {tag for tag, _ in reader.tags}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "form", "base", "svg", "video", "audio"}
    policy = next(attrs["content"] for tag, attrs in reader.tags if attrs.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    for _, attrs in reader.tags:
        assert not any(name.startswith("on") or name in ("src", "style") for name in attrs)
        assert (attrs.get("href") or "#").startswith("#")
        assert not any(RAW.search(value or "") for value in attrs.values())
        assert not any("alert" in (value or "") for name, value in attrs.items() if name != "title")


@pytest.mark.parametrize("view", [samples.english(), samples.russian(), samples.bilingual(), samples.hostile()])
def test_html_shows_every_paragraph_with_its_own_words(view: Comparison) -> None:
    found = read(html.comparison(view))
    for paragraph in view.redline.paragraphs:
        for segment in paragraph.segments:
            if not segment.atom:
                assert safe(segment.text) in found


def test_html_links_lead_somewhere() -> None:
    reader = parsed(html.comparison(samples.english()))
    targets = {attrs["id"] for _, attrs in reader.tags if "id" in attrs}
    links = [attrs["href"] for tag, attrs in reader.tags if tag == "a"]
    assert links
    assert all(link is not None and link[1:] in targets for link in links)


def test_html_says_which_language_the_contract_is_in_only_when_that_is_a_language() -> None:
    assert '<main lang="ru">' in html.comparison(samples.russian())
    assert "<main>" in html.comparison(samples.hostile())
    assert '<td lang="ru">' in html.comparison(samples.bilingual())


@pytest.mark.parametrize("view", [samples.english(), samples.russian(), samples.hostile()])
def test_json_gives_back_the_contract_s_own_characters(view: Comparison) -> None:
    found = stdlib_json.loads(json.dumps(json.comparison(view)))
    assert found["schema"] == 1
    texts = [[segment["text"] for segment in paragraph["segments"]] for paragraph in found["paragraphs"]]
    assert texts == [[segment.text for segment in paragraph.segments] for paragraph in view.redline.paragraphs]
    assert stdlib_json.loads(json.dumps(found)) == found


def test_json_keeps_letters_readable_and_escapes_the_rest() -> None:
    found = json.dumps({"text": "Цена \u202e \x9b \U000e0041 \u200b 株"})
    assert "Цена" in found
    assert "株" in found
    assert r"\u202e" in found
    assert r"\u009b" in found
    assert r"\udb40\udc41" in found
    assert found.replace("\n", "").isprintable()
