"""Clauses: which paragraphs make one, what it is and what it is called, and the id that stays with it from version to version.

Pure functions on paragraphs, for one side of a redline at a time. Ids are given once and never to two clauses of one text.
Import from the modules: this package loads none of them, so that whoever writes a Word file need not learn how contracts are drafted.

    outline   what a text is made of (`structure`: `outline` and `owners`), and the way to a clause (`path`)
    naming    what a person calls a clause (`find`)
    identity  ids given (`assign`) and carried on (`carry`), and what became of each clause (`fates`)
    parallel  the texts of a clause in two languages
    drafting  the words by which contracts name their own parts
"""

from __future__ import annotations
