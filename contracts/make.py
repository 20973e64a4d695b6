"""Makes every .docx of the sample contracts from the sources beside it.

    python contracts/make.py            writes the files
    python contracts/make.py --check    writes nothing; exit 1 when a file differs from its sources

A base contract is sources/<folder>/base.txt; a file that came back or that answers one is
sources/<folder>/<name>.toml: what it is laid over (`from`), which earlier changes are accepted or rejected first,
and a list of edits. Needs Python 3.11 and lxml only. Two files count as equal when their members are, since another
zlib may pack the same members differently.
"""

from __future__ import annotations

import io
import sys
import tomllib
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

if not __package__:  # run as a script: the folder above holds the package
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from contracts.maker import SourceError
from contracts.maker.edits import Editor, Person
from contracts.maker.model import Choice, Doc, Stamp, settle
from contracts.maker.notation import read_contract
from contracts.maker.writer import write

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "sources"


def documents() -> dict[str, Doc]:
    """Every sample as a document of the model, keyed "folder/name"."""
    made: dict[str, Doc] = {}
    for source in sorted(SOURCES.glob("*/*.txt")):
        made[f"{source.parent.name}/{source.stem}"] = read_contract(source)
    waiting = {f"{source.parent.name}/{source.stem}": source for source in sorted(SOURCES.glob("*/*.toml"))}
    while waiting:
        ready = [name for name, source in waiting.items() if f"{source.parent.name}/{_under(source)}" in made]
        if not ready:
            raise SourceError(f"nothing to lay these over: {', '.join(waiting)}")
        for name in ready:
            source = waiting.pop(name)
            made[name] = _edited(source, made[f"{source.parent.name}/{_under(source)}"])
    return made


def _under(source: Path) -> str:
    return str(tomllib.loads(source.read_text(encoding="utf-8"))["from"])


def _edited(source: Path, under: Doc) -> Doc:
    """The document under it, its changes settled as the source says, with the edits of the source laid over."""
    told = tomllib.loads(source.read_text(encoding="utf-8"))
    doc = settle(under, _chooser(told.get("accept", []), told.get("reject", [])), comments=told.get("comments", "drop") == "keep")
    people = {key: Person(p["name"], p["initials"], datetime.fromisoformat(p["starts"])) for key, p in told.get("people", {}).items()}
    editor = Editor(doc, people, source.stem)
    for words in told.get("edit", []):
        editor.edit(words)
    return editor.doc


def _chooser(accepted: str | list[str], rejected: list[str]) -> Callable[[Stamp], Choice]:
    """Which earlier changes are settled: `accepted` names edits or is "all", `rejected` goes before it."""

    def choose(stamp: Stamp) -> Choice:
        short = stamp.edit.split("/")[1]
        if short in rejected:
            return "reject"
        return "accept" if accepted == "all" or short in accepted else "keep"

    return choose


def files() -> dict[str, bytes]:
    """The bytes of every .docx, keyed by its path below contracts/."""
    docs = documents()
    wanted: dict[str, set[str]] = {}
    for name, doc in docs.items():
        targets = {s.target for para in doc.paras() for s in para.spans if s.kind == "ref"}
        wanted.setdefault(name.split("/")[0], set()).update(targets)
    return {f"{name}.docx": write(doc, wanted[name.split("/")[0]]) for name, doc in docs.items()}


def differing(made: dict[str, bytes]) -> list[str]:
    """The paths whose file on disk is missing, is not made from a source, or has other members."""
    on_disk = {str(path.relative_to(HERE).as_posix()) for path in HERE.glob("*/*.docx")}
    wrong = [name for name in on_disk if name not in made]
    for name, data in made.items():
        if name not in on_disk or _members(data) != _members((HERE / name).read_bytes()):
            wrong.append(name)
    return sorted(wrong)


def _members(data: bytes) -> list[tuple[str, tuple[int, ...], bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(info.filename, info.date_time, archive.read(info)) for info in archive.infolist()]


def main(arguments: list[str]) -> int:
    """Writes or checks the files; the exit code."""
    if arguments not in ([], ["--check"]):
        print("usage: python contracts/make.py [--check]", file=sys.stderr)
        return 2
    try:
        made = files()
    except SourceError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    if arguments:
        wrong = differing(made)
        for name in wrong:
            print(f"differs from its sources: contracts/{name}", file=sys.stderr)
        return 1 if wrong else 0
    for name, data in made.items():
        path = HERE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
