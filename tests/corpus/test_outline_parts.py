"""Parties and signature blocks of real contract forms, as a person sees them.

Judged by eye: where somebody signs, and where a sentence or a heading (not a mere row of a cover table) says who the parties are.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from redline.clauses.drafting import ClauseKind
from redline.clauses.outline import outline
from redline.errors import RedlineError
from redline.word.read import read

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
FORMS = sorted((CORPUS / "docs" / "contract").glob("*.docx"))

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not at hand")

UNSIGNED = {"common-paper-ai-addendum-in-app", "common-paper-csa-click-through", "common-paper-software-license-agreement", "dx-excerpt",
            "openagreements-closing-checklist", "openagreements-working-group-list"}
NAMED = {"common-paper-csa-click-through", "dx-legal-contract", "openagreements-board-consent-safe",
         "openagreements-founder-separation-stockholder-consent", "openagreements-founder-share-repurchase-notice",
         "openagreements-stockholder-consent-safe", "openagreements-stockholder-ratifying-consent", "stella-sample-contract", "yc-safe-mfn",
         "yc-safe-us-vs-canada-after", "yc-safe-us-vs-cayman-after", "yc-safe-us-vs-singapore-after", "yc-safe-valuation-cap"}


def kinds(path: Path) -> list[ClauseKind]:
    return [clause.kind for clause in outline(read(path.read_bytes()).final().paragraphs)]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_parties_and_signatures_are_found_where_a_person_sees_them(path: Path) -> None:
    found = kinds(path)
    assert (ClauseKind.SIGNATURE in found) == (path.stem not in UNSIGNED)
    assert found.count(ClauseKind.PARTIES) == (path.stem in NAMED)
    assert found.count(ClauseKind.RECITALS) <= 1


@pytest.mark.parametrize("folder", ["tech-numbering", "tech-tracked"])
def test_documents_that_are_no_contracts_have_neither(folder: str) -> None:
    wrong = []
    for path in sorted((CORPUS / "docs" / folder).glob("*.docx")):
        try:
            found = kinds(path)
        except RedlineError:
            continue
        wrong += [path.name for kind in (ClauseKind.PARTIES, ClauseKind.RECITALS, ClauseKind.DEFINITION) if kind in found]
    assert wrong == []
