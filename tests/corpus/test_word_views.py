"""What the reader shows as the final and the original text is what accepting and rejecting leaves in the file, labels included."""

from __future__ import annotations

from pathlib import Path

import pytest

from redline.model import Contract
from redline.word.read import read
from redline.word.revisions import accept_all, reject_all
from tests.corpus.test_word_reading import TRACKED
from tests.corpus.test_word_revisions import CASES

OTHERWISE = {
    "redlined/dx-rp051-arabic.docx", "tech-tracked/jsv4__RP042-Deleted-Para-Mark-at-End.docx",
    "tech-tracked/libreo__tdf127814.docx", "tech-tracked/libreo__tdf138899.docx",
}
"""Two in which a typed number is one only in its company, which both views share and each file alone does not; two in which empty
paragraphs go with the table round them."""


def labelled(contract: Contract) -> list[tuple[str, str]]:
    return [(paragraph.props.label, paragraph.text) for paragraph in contract.paragraphs]


def check(data: bytes) -> None:
    contract = read(data)
    assert labelled(contract.final()) == labelled(read(accept_all(data)))
    assert labelled(contract.original()) == labelled(read(reject_all(data)))


@pytest.mark.parametrize("path", [path for path in TRACKED if path not in OTHERWISE])
def test_both_texts_of_a_real_document_are_those_of_the_resolved_files(corpus: Path, path: str) -> None:
    check((corpus / "docs" / path).read_bytes())


@pytest.mark.parametrize("name", list(CASES))
def test_both_texts_of_a_small_case_are_those_of_the_resolved_files(corpus: Path, name: str) -> None:
    check((corpus / "revision-cases" / f"{name}.docx").read_bytes())
