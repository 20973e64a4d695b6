"""Somebody else's killers: bounded, read whole, and one clear error that names the file and the key."""

from __future__ import annotations

import pytest

from redline.desk.trading import files, parsed
from redline.errors import UsageError
from redline.killers import new_killer
from redline.killers.care import to_bundle

HEAD = 'format = "redline killers 1"\n'
GOOD = '[[killers]]\nid = "k00000001"\n[[killers.instances]]\ntext = "One two three."\n'
MORE = '[[killers.instances]]\ntext = "One two three."\n'


@pytest.mark.parametrize(("text", "says"), [
    ("", "instances"),
    ("not toml", "not a TOML file"),
    ("a = " + "[" * 2000, "not a TOML file"),
    ("a = " + "9" * 6000, "not a TOML file"),
    (HEAD + "killers = 3", "no bundle"),
    (HEAD + GOOD.replace("k00000001", "../../evil"), r"killers\[0\]\.id"),
    (HEAD + GOOD.replace("[[killers.i", "severity = 'dire'\n[[killers.i"), "severity"),
    (HEAD + GOOD.replace("[[killers.i", "burdens = 3\n[[killers.i"), "burdens"),
    (HEAD + GOOD.replace("[[killers.i", "date = 2025-01-01T00:00:00\n[[killers.i"), "date"),
    (HEAD + GOOD.replace("[[killers.i", "surprise = 1\n[[killers.i"), "surprise"),
    (HEAD + GOOD + GOOD.replace("One two three.", " "), r"killers\[1\]\.instances\.text"),
    (HEAD + GOOD.replace("One two three.", "word " * 20_000), "characters"),
    (HEAD + GOOD + MORE * 300, "wordings"),
    (HEAD + GOOD.replace("[[killers.i", 'reason = "' + "x" * 5000 + '"\n[[killers.i'), "a note of killer"),
    (HEAD + GOOD * 2001, "2,001 killers"),
    ("#" * (5 << 20), "4 MB"),
])
def test_a_hostile_file_is_one_error(text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says) as caught:
        parsed(text.encode(), "evil.toml")
    assert caught.value.message.startswith("evil.toml")
    assert "Nothing was changed" in caught.value.hint


def test_bytes_that_are_no_text_are_one_error() -> None:
    with pytest.raises(UsageError, match="not a TOML file"):
        parsed(b'a = "\xff"', "evil.toml")


def test_one_killer_and_many_are_read_as_they_were_written() -> None:
    library = (new_killer("One two three.", reason="x", date=None), new_killer("Vier fünf sechs.", deal="Acme"))
    assert parsed(to_bundle(library), "all.toml") == library
    assert tuple(parsed(data, name)[0] for name, data in files(library).items()) == library
