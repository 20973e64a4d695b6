"""Every key in one table: the bindings, the line of hints, the `?` page and the palette are all made from it.

A key that is not here does nothing in a place; a test presses each one.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding

PLACES = ("deals", "review", "killers", "insight")
PLACE_TITLES = {"deals": "Deals", "review": "Review", "killers": "Killers", "insight": "Insight"}


@dataclass(frozen=True, slots=True)
class Key:
    """One thing a key does. `hint` is its word in the line below the page, "" to leave it out there."""

    keys: tuple[str, ...]
    shown: str
    action: str
    does: str
    hint: str = ""
    first: bool = False
    """Whether it goes before the keys of the focused widget."""


EVERYWHERE = (
    Key(("1",), "1", "place('deals')", "the deals: whose turn it is, and for how long"),
    Key(("2",), "2", "place('review')", "review: what the other side changed"),
    Key(("3",), "3", "place('killers')", "the clauses that cost a deal"),
    Key(("4",), "4", "place('insight')", "what became of a clause, and how long the paper took"),
    Key(("question_mark",), "?", "keys", "every key here", "keys"),
    Key(("ctrl+p",), "ctrl+p", "command_palette", "find any of this by its name"),
    Key(("q", "escape"), "q", "back", "back; from the deals, quit", "back"),
)

REVIEW = (
    Key(("n",), "n", "change(1)", "next change", "next"),
    Key(("N",), "N", "change(-1)", "previous change"),
    Key(("right_square_bracket",), "]", "clause(1)", "next clause"),
    Key(("left_square_bracket",), "[", "clause(-1)", "this clause's beginning, then the clause before"),
    Key(("x",), "x", "flag(1)", "next flag: a killer, an untracked edit, something odd", "flag"),
    Key(("X",), "X", "flag(-1)", "previous flag"),
    Key(("m",), "m", "comment(1)", "next comment"),
    Key(("M",), "M", "comment(-1)", "previous comment"),
    Key(("home",), "home", "end(-1)", "the top of the document", first=True),
    Key(("end",), "end", "end(1)", "the end of the document", first=True),
    Key(("a",), "a", "decide('accept')", "accept this change", "accept"),
    Key(("r",), "r", "decide('reject')", "reject this change", "reject"),
    Key(("c",), "c", "counter", "counter it: our words in place of theirs", "counter"),
    Key(("A",), "A", "clause_decide('accept')", "accept what is open in this clause and below it"),
    Key(("R",), "R", "clause_decide('reject')", "reject what is open in this clause and below it"),
    Key(("equals_sign",), "=", "alike", "decide this edit everywhere it was made"),
    Key(("D",), "D", "bulk", "decide all that is open among the changes walked"),
    Key(("u",), "u", "undo", "take back the last decision, also yesterday's"),
    Key(("U",), "U", "redo", "decide again what was taken back"),
    Key(("W",), "W", "answer", "write our answer as a Word file", "answer"),
    Key(("space",), "space", "seen", "seen, or not; an edit makes a change unseen again"),
    Key(("ctrl+r", "f5"), "ctrl+r", "reload", "read the vault again"),
    Key(("s",), "s", "layout", "inline, side by side, clean old, clean new"),
    Key(("B",), "B", "compare", "compare with another version"),
    Key(("w",), "w", "noise", "show or hide changes of formatting, layout and number only"),
    Key(("f",), "f", "filter", "walk only some changes: a person's, untracked, flagged …"),
    Key(("slash",), "/", "search", "search the old and the new text", "find"),
    Key(("semicolon", "enter"), ";", "again(1)", "search again, onwards"),
    Key(("comma",), ",", "again(-1)", "search again, backwards"),
    Key(("g",), "g", "clause_by_name", "go to a clause by its number or words"),
    Key(("o", "tab"), "o", "outline", "the outline of clauses, there and back"),
    Key(("v",), "v", "more", "more or less room for the evidence"),
    Key(("J",), "J", "scroll_evidence(1)", "read on in the evidence"),
    Key(("K",), "K", "scroll_evidence(-1)", "back in the evidence"),
    Key(("h",), "h", "history", "what every client made of this clause"),
    Key(("exclamation_mark",), "!", "killer", "remember this clause as one that costs deals"),
    Key(("y",), "y", "copy", "copy this change"),
    Key(("e",), "e", "export", "write this comparison as an HTML page"),
)

DEALS = (
    Key(("enter",), "enter", "open", "open the deal's latest turn", "open"),
    Key(("i",), "i", "receive", "take in the .docx that a client sent back", "take in"),
    Key(("slash",), "/", "search", "search as you type: client, base, stage, reason", "find"),
    Key(("f",), "f", "filter", "only some deals: whose turn, stage, base, untracked, flags", "filter"),
    Key(("s",), "s", "sort", "sort by the next column (or click its heading)", "sort"),
    Key(("S",), "S", "turn", "sort the other way round"),
    Key(("t",), "t", "turns", "more or less room for the deal's turns", "turns"),
    Key(("J",), "J", "scroll_turns(1)", "read on in the turns"),
    Key(("K",), "K", "scroll_turns(-1)", "back in the turns"),
    Key(("r", "ctrl+r", "f5"), "r", "reload", "read the vault again"),
)

KILLERS = (
    Key(("e", "enter"), "e", "edit", "change what is said of it: why, how bad, what we offer", "edit"),
    Key(("t",), "t", "test", "test any version or file: what is flagged, what nearly", "test"),
    Key(("D", "delete"), "D", "remove", "no longer look for it; asks first", "remove"),
    Key(("x",), "x", "drop", "take out one of its wordings, or one that was called fine"),
    Key(("v",), "v", "more", "more or less room for what is told"),
    Key(("J",), "J", "scroll_preview(1)", "read on in it"),
    Key(("K",), "K", "scroll_preview(-1)", "back in it"),
    Key(("r", "ctrl+r", "f5"), "r", "reload", "read the vault again"),
)

INSIGHT = (
    Key(("h", "slash"), "h", "history", "what every client made of a clause, and how it ended", "history of a clause"),
    Key(("b",), "b", "blame", "who brought in which words of a version", "whose words"),
    Key(("t",), "t", "times", "how long each stretch of the way took", "times"),
    Key(("v",), "v", "more", "more or less room for what is told below"),
    Key(("J",), "J", "scroll_history(1)", "read on below"),
    Key(("K",), "K", "scroll_history(-1)", "back in what is told below"),
    Key(("r", "ctrl+r", "f5"), "r", "reload", "read the vault again"),
)

TABLE: dict[str, tuple[Key, ...]] = {
    "everywhere": EVERYWHERE, "review": REVIEW, "deals": DEALS, "killers": KILLERS, "insight": INSIGHT,
}

def bindings(place: str, target: str = "") -> list[Binding]:
    """Textual's bindings for a part of the table; `target` is put before actions that live elsewhere (`app.`)."""
    return [
        Binding(",".join(key.keys), f"{target}{key.action}", key.hint or key.does, show=bool(key.hint),
                key_display=key.shown, priority=key.first, id=f"{place}.{key.action}")
        for key in TABLE[place]
    ]
