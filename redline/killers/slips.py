"""Undo a scanner's slip: an unknown word that is one letter away from a word of a killer is taken for it.

Words that the lexicon or contracts at large know are never touched, nor are words of fewer than five letters. Every
form of a killer's word with one letter left out is kept, so that a look-up costs no search.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

from redline.killers.weights import common
from redline.killers.words import LONGEST_WORD, clean, known, stem

_MOST = 1 << 17


class Slips:
    """The words of some texts, and what an unknown word was probably meant to be."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._near = _near_words({word for text in texts for word in _words(text)})
        self._seen: dict[str, str] = {}

    def repair(self, word: str) -> str:
        """The killer's word that an unknown lower-case word is one slip away from, else the word itself."""
        if word not in self._seen:
            if len(self._seen) >= _MOST:
                self._seen.clear()
            self._seen[word] = word if known(word) or common(stem(word)) else self._nearest(word)
        return self._seen[word]

    def _nearest(self, word: str) -> str:
        if word in self._near.get(word, ()) or len(word) > LONGEST_WORD:
            return word
        near = sorted({one for form in _deletions(word) for one in self._near.get(form, ())})
        return next((one for one in near if OSA.distance(word, one) == 1), word)


def _words(text: str) -> Iterator[str]:
    for token in text.split():
        word = clean(token.strip(".,;:()\"'«»“”"), False)
        if 4 < len(word) <= LONGEST_WORD and word.isalpha():
            yield word


def _deletions(word: str) -> Iterator[str]:
    yield word
    yield from (word[:at] + word[at + 1 :] for at in range(len(word)))


def _near_words(words: set[str]) -> dict[str, tuple[str, ...]]:
    """Every form of a word with at most one letter left out → the words it may be."""
    table: dict[str, list[str]] = {}
    for word in sorted(words):
        for form in dict.fromkeys(_deletions(word)):
            table.setdefault(form, []).append(word)
    return {form: tuple(found) for form, found in table.items()}
