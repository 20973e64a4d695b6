"""No string from a view reaches a widget but through `tui.safe`: the source itself is checked.

What a widget is given is a literal without brackets, or the answer of a function of `safe` (in this line, or by a helper of
the same module that is declared to give `Content` or `Text`, which only `safe` makes).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import redline.tui
from redline.tui import safe

ROOT = Path(next(iter(redline.tui.__path__)))
SOURCES = sorted(ROOT.rglob("*.py"))

SINKS = {
    "Static": 0, "Label": 0, "Button": 0, "Option": 0, "Checkbox": 0, "Collapsible": 0, "update": 0, "notify": 0, "add_leaf": 0,
    "set_label": 0, "add_column": 0, "add_row": 0, "DiscoveryHit": 0, "Hit": 1, "SystemCommand": 0, "add_option": 0,
}
BANNED = {"from_markup", "Markup", "from_ansi", "render_markup"}
TITLES = {"title", "sub_title", "border_title", "border_subtitle", "tooltip"}
DOORS = {"content", "parts", "lines", "cell", "made", "as_cell", "message", "styled"}


def _calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""
            yield node, name


def _through_the_door(node: ast.expr) -> bool:
    if isinstance(node, ast.Starred):
        return isinstance(node.value, ast.GeneratorExp | ast.ListComp) and _through_the_door(node.value.elt)
    if isinstance(node, ast.Constant):
        return not isinstance(node.value, str) or "[" not in node.value
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
        return node.func.value.id == "safe" and node.func.attr in DOORS
    return isinstance(node, ast.Name) and node.id == "label"  # a tree label that was made one line above


@pytest.mark.parametrize("path", SOURCES, ids=[str(path.relative_to(ROOT)) for path in SOURCES])
def test_every_text_given_to_a_widget_comes_through_safe(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for call, name in _calls(tree):
        assert name not in BANNED, f"{path.name}:{call.lineno} {name}"
        if name not in SINKS or (name == "add" and not call.args):
            continue
        arguments = call.args[SINKS[name]:] if name == "add_row" else call.args[SINKS[name]:SINKS[name] + 1]
        for argument in arguments:
            assert _through_the_door(argument), f"{path.name}:{call.lineno} {ast.unparse(call)}"
        if name == "notify":
            keywords = {word.arg: ast.unparse(word.value) for word in call.keywords}
            assert keywords.get("markup") == "False", f"{path.name}:{call.lineno}"


@pytest.mark.parametrize("path", SOURCES, ids=[str(path.relative_to(ROOT)) for path in SOURCES])
def test_no_title_or_tooltip_is_set_from_a_view(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Attribute) and target.attr in TITLES:
                    assert isinstance(node.value, ast.Constant), f"{path.name}:{node.lineno}"


@pytest.mark.parametrize("path", SOURCES, ids=[str(path.relative_to(ROOT)) for path in SOURCES])
def test_contents_and_texts_are_made_in_safe_only(path: Path) -> None:
    if path.name == "safe.py":
        return
    for call, name in _calls(ast.parse(path.read_text(encoding="utf-8"))):
        made = ast.unparse(call.func)
        if made in ("Content", "Text", "Text.assemble", "Content.assemble", "Content.styled"):
            allowed = all(isinstance(one, ast.Constant) or _pieces(one) for one in call.args)
            assert allowed, f"{path.name}:{call.lineno} {ast.unparse(call)} ({name})"


def _pieces(node: ast.expr) -> bool:
    """A text put together from pieces whose first part is a name that was made safe before, as the outline does."""
    return isinstance(node, ast.Tuple | ast.Name) or (isinstance(node, ast.Call) and _calls_safe(node))


def _calls_safe(node: ast.Call) -> bool:
    return ast.unparse(node.func) in ("safe_line", "safe.cell", "safe.content")


def test_the_door_leaves_brackets_and_marks_what_cannot_be_seen() -> None:
    assert safe.content("[b]x[/b]\x9b").plain == "[b]x[/b]‹U+009B›"
    assert safe.parts(("[/]", "bold"), ("\u202e", "")).plain == "[/]‹RLO›"
    assert safe.cell("a\tb\nc [d]", width=6).plain == "a b c…"
    assert safe.message("\x1b[31m") == "‹U+001B›[31m"
