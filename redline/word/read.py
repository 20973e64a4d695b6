"""From the bytes of a .docx to a Contract: every story, every tracked change, every label, and what was not read.

`read` is the door: it opens the package under its guard, walks each story, computes labels for the original and the final
view, places comments, and reports. The same bytes always give an equal Contract. A file that cannot be read raises
DocumentError; nothing else escapes, whatever the file holds.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

from redline.model import ChangeId, Contract, Notice, Paragraph, Side
from redline.word.assemble import Assembler, Assembly
from redline.word.authors import Authors
from redline.word.bindings import bound_notices
from redline.word.bookmarks import place_targets
from redline.word.comments import Comments
from redline.word.coverage import coverage
from redline.word.drafts import SAME, Draft, Findings, State
from redline.word.graphics import Graphics
from redline.word.layout import entries
from redline.word.moves import Moves
from redline.word.notices import text_notices
from redline.word.numbering import Numbering
from redline.word.package import Package, open_package
from redline.word.refusals import refusal
from redline.word.styles import Styles
from redline.word.unseen import largest_page
from redline.word.walk import Walker
from redline.word.xml import Element, r, value, w

MAX_PARAGRAPH = 1_000_000
"""Characters in one paragraph; a book has fewer."""

_DEEP = 12
_TITLE_STYLE = re.compile(r"(?:title|название|заголовок документа|titel)\b", re.IGNORECASE)
_LATIN_BYTES = string.ascii_letters.encode()
_SOME = 200
_CYRILLIC_BYTES = bytes(range(0xD0, 0xD4))
"""The first bytes of U+0400 to U+04FF in UTF-8; nothing else has them."""


def read(data: bytes, name: str = "") -> Contract:
    """The contract in a .docx. `name` is the file's name, for messages only.

    Raises DocumentError when the file is refused (see `redline.word.refusals` for the codes).
    """
    return Reader(open_package(data, name)).contract()


class Reader:
    """Reads one package. With `trace`, its drafts remember which elements their text came from."""

    def __init__(self, package: Package, *, trace: bool = False) -> None:
        self.package = package
        self._trace = trace
        self.sources: list[tuple[Draft, int]] = []
        """With `trace`: for each paragraph of the contract its draft, and how many characters its typed number took."""
        self.layout_elements: dict[ChangeId, list[Element]] = {}
        """With `trace`: the records behind each `Layout` of the contract."""
        self.findings = Findings()
        self.authors = Authors()
        self.styles = Styles(self._root("styles"))
        self.numbering = Numbering(self._root("numbering"), self.styles, self._language())
        self.graphics = Graphics(package, self.findings)
        self.depth = 0
        self._moves: dict[str, Moves] = {}

    def contract(self) -> Contract:
        """The whole document."""
        drafts = self.drafts()
        assembly = self.assemble(drafts)
        paragraphs = tuple(assembly.paragraphs)
        if self._trace:
            self.sources = [(draft, assembly.homes[id(draft)][1]) for draft in drafts]
        comments = Comments(self.package, self.comment_texts).read(self.findings.anchors, assembly)
        layout, self.layout_elements, homeless = entries(self.findings.layout, assembly.homes, paragraphs)
        for record in homeless:
            self.findings.counts[record.part, record.what] += 1
        return Contract(paragraphs, comments, coverage(self.package, self.findings), self._notices(paragraphs),
                        _title(paragraphs), _language(paragraphs), layout)

    def drafts(self) -> list[Draft]:
        """All paragraphs before they are labelled: body, its text boxes, notes, headers and footers."""
        drafts: list[Draft] = []
        main = self.package.main
        body = self.package.xml(main)
        self.findings.page = largest_page(body)
        drafts.extend(self._story(main, body, "body"))
        drafts.extend(self._notes())
        drafts.extend(self._margins(body))
        if any(draft.length > MAX_PARAGRAPH for draft in drafts):
            raise refusal("too-large", self.package.name, "a single paragraph holds more text than a book")
        place_targets(drafts, self.findings)
        return drafts

    def assemble(self, drafts: list[Draft]) -> Assembly:
        """The paragraphs with their labels."""
        return Assembler(self.numbering, self.styles, self.findings, self.package.main).assemble(drafts)

    def comment_texts(self, part: str, element: Element) -> tuple[str, str]:
        """The text of one comment before and after its own tracked changes, text boxes in it included."""
        walker = self._walker(part)
        drafts = [*walker.walk(element, "comment"), *walker.boxes]
        before, after = _lines(drafts, "old"), _lines(drafts, "new")
        if before != after:
            self.findings.notice("comment-tracked", "A comment was changed with track changes on; it can only be accepted or "
                                 "rejected with everything else. Both its texts are kept.", part)
        return before, after

    def _root(self, kind: str) -> Element | None:
        part = next(iter(self.package.related(self.package.main, kind)), None)
        return None if part is None else self.package.xml(part)

    def _language(self) -> str:
        """The language of plain text: that of the default paragraph style, else of the document's defaults."""
        root = self._root("styles")
        if root is None:
            return "en"
        plain = (style for style in root.iterchildren(w("style"))
                 if style.get(w("styleId")) == self.styles.default and self.styles.default)
        own = next((style.find(f"{w('rPr')}/{w('lang')}") for style in plain), None)
        usual = root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('lang')}")
        return value(own) or value(usual) or "en"

    def _walker(self, part: str) -> Walker:
        """A walker through a part; the moves of a part are looked up once."""
        if part not in self._moves:
            self._moves[part] = Moves(self.package.xml(part), self.findings)
        return Walker(part, self.styles, self.authors, self._moves[part], self.graphics, self.findings,
                      trace=self._trace)

    def _story(self, part: str, root: Element, story: str, state: State = SAME) -> Iterator[Draft]:
        """The paragraphs of one story, then those of the text boxes in it."""
        walker = self._walker(part)
        yield from walker.walk(root, story, state)
        yield from walker.boxes
        self.depth = max(self.depth, walker.depth)

    def _notes(self) -> Iterator[Draft]:
        """Footnotes and endnotes that are referred to, in order; each shares the fate of its reference."""
        references: dict[tuple[str, str], list[State]] = {}
        for kind, identity, state in self.findings.notes:
            references.setdefault((kind, identity), []).append(state)
        for kind in ("footnote", "endnote"):
            part = next(iter(self.package.related(self.package.main, f"{kind}s")), None)
            if part is None:
                continue
            self.findings.texts.setdefault(part, [])
            notes: dict[str, Element] = {}
            for element in self.package.xml(part).iterchildren(w(kind)):
                notes.setdefault(element.get(w("id"), ""), element)
            count = 0
            for (wanted, identity), states in references.items():
                if wanted == kind and identity in notes:
                    count += 1
                    state = states[0] if len(states) == 1 else SAME
                    yield from self._story(part, notes[identity], f"{kind}:{count}", state)

    def _margins(self, body: Element) -> Iterator[Draft]:
        """Headers and footers in the order in which sections use them; one that is shared is read once."""
        links = self.package.relationships(self.package.main)
        for kind in ("header", "footer"):
            tag = w(f"{kind}Reference")
            parts: dict[str, None] = {}
            for reference in body.iter(tag):
                link = links.get(reference.get(r("id"), ""))
                if link is not None and not link.external and link.target in self.package:
                    parts[link.target] = None
            for count, part in enumerate(parts, 1):
                yield from self._story(part, self.package.xml(part), f"{kind}:{count}")

    def _notices(self, paragraphs: tuple[Paragraph, ...]) -> tuple[Notice, ...]:
        """What a person should know about the file, each code once."""
        found = dict.fromkeys(self.package.notices)
        found.update(dict.fromkeys(self.findings.notices.values()))
        if self.depth > _DEEP:
            found[Notice("deep-nesting", f"Tables are nested {self.depth} deep.")] = None
        if self.styles.circular:
            found[Notice("style-cycle", "A style is based on itself; it was cut where it repeats.")] = None
        found.update(dict.fromkeys(bound_notices(self.package, self.findings.texts)))
        found.update(dict.fromkeys(text_notices(paragraphs, self.authors.names)))
        return tuple(found)


def _lines(drafts: list[Draft], side: Side) -> str:
    """The text of paragraphs on one side, one a line; a paragraph without its mark flows into the next one."""
    text = ""
    for draft in drafts:
        text += "".join(segment.text for segment in draft.segments if segment.kind.on(side))
        text += "\n" if draft.mark.kind.on(side) else ""
    return text.strip()


def _title(paragraphs: tuple[Paragraph, ...]) -> str:
    """The first paragraph in a title style, else the first heading, else the first with text."""
    body = [paragraph for paragraph in paragraphs if paragraph.props.story == "body" and paragraph.side("new").strip()]
    titled = (paragraph for paragraph in body if _TITLE_STYLE.match(paragraph.props.style))
    headed = (paragraph for paragraph in body[:20] if paragraph.props.heading and not paragraph.props.label)
    found = next(titled, None) or next(headed, None) or next(iter(body), None)
    return "" if found is None else " ".join(found.side("new").replace("\ufffc", " ").split())[:200]


def _language(paragraphs: tuple[Paragraph, ...]) -> str:
    """`en`, `ru` or `en+ru`, by the letters; "" where there are none of either."""
    cyrillic = latin = 0
    for start in range(0, len(paragraphs), _SOME):
        text = "".join([segment.text for paragraph in paragraphs[start:start + _SOME] for segment in paragraph.segments])
        data = text.encode("utf-8", "surrogatepass")
        cyrillic += len(data) - len(data.translate(None, _CYRILLIC_BYTES))
        latin += len(data) - len(data.translate(None, _LATIN_BYTES))
    if not cyrillic and not latin:
        return ""
    share = cyrillic / (cyrillic + latin)
    return "en" if share < 0.15 else "ru" if share > 0.8 else "en+ru"
