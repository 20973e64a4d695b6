"""Looks a vault over before git is let near it: a folder from elsewhere can carry configuration and hooks that run programs.

Only files are read here, no process is started. What is not known to be harmless is refused and named: settings
outside an allow-list, includes, hooks, attributes, alternates, replace refs, links, a second repository inside. The
configuration is read in a strict subset of git's grammar (git-config, "Syntax") in which every line stands alone, so
that git cannot read it differently.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from redline.errors import VaultError

_HINT = "this folder did not come from redline as it is; make a fresh copy with `git clone --mirror`, or ask who changed it"

_ALLOWED = re.compile(
    r"core\.(repositoryformatversion|filemode|bare|ignorecase|precomposeunicode|symlinks|logallrefupdates|sharedrepository"
    r"|fsync|fsyncmethod|compression|longpaths)"
    r"|extensions\.(objectformat|refstorage)"
    r"|user\.(name|email)"
    r"|remote\.[^\n]*\.(url|pushurl|fetch|push|mirror|tagopt)"
    r"|branch\.[^\n]*\.(remote|merge)"
    r"|gc\.auto|maintenance\.(auto|strategy)|receive\.(denynonfastforwards|denydeletes)"
)
_REQUIRED = {
    "core.repositoryformatversion": ("0", "1"),
    "core.bare": ("true",),
    "extensions.objectformat": ("sha1",),
    "extensions.refstorage": ("files",),
}
_SECTION = re.compile(r'\s*\[([A-Za-z0-9-]+)(?: "([^"\\\n]*)")?\]\s*')
_PAIR = re.compile(r"\s*([A-Za-z][A-Za-z0-9-]*)\s*=\s*(?:\"((?:[^\"\\]|\\[\\\"])*)\"|([^\"\\#;]*?))\s*")
_URL = re.compile(
    r"(?:https|ssh|git|file)://(?!-)\S+"
    r"|\.{0,2}/.*|[A-Za-z]:[\\/].*"
    r"|(?:[\w.][\w.-]*@)?[\w.][\w.-]*:(?!:|//).+"
)


def looks_like_a_vault(folder: Path) -> bool:
    """Whether `folder` has the shape of a bare repository; says nothing about what is in it."""
    return (
        (folder / "HEAD").is_file()
        and (folder / "config").is_file()
        and (folder / "objects").is_dir()
        and (folder / "refs").is_dir()
    )


def locate(start: Path | None = None) -> Path | None:
    """The folder REDLINE_VAULT names, else the nearest vault at or above `start`: the folder itself or `vault` in it."""
    if named := os.environ.get("REDLINE_VAULT"):
        return Path(named)
    here = (start or Path.cwd()).expanduser().resolve()
    candidates = (candidate for folder in (here, *here.parents) for candidate in (folder, folder / "vault"))
    try:
        return next((candidate for candidate in candidates if looks_like_a_vault(candidate)), None)
    except OSError as error:
        place = error.filename or here
        raise VaultError(f"{place} cannot be read: {error.strerror}", "Go to another folder, or ask for access.") from error


def inspect(folder: Path) -> None:
    """Raise VaultError when `folder` is not a bare repository that git may be run on."""
    if not looks_like_a_vault(folder):
        raise VaultError(f"{folder} is not a vault", "`redline init DIR` makes one, `-C DIR` goes to another folder")
    _refuse_strays(folder)
    _refuse_links(folder)
    check_config(_text(folder / "config"))
    if not re.fullmatch(r"ref: refs/heads/[A-Za-z0-9/_.-]+\n?", _text(folder / "HEAD")):
        raise VaultError(f"{folder} has a damaged HEAD file", _HINT)
    packed = folder / "packed-refs"
    if packed.exists() and " refs/replace/" in _text(packed):
        raise VaultError(f"{folder} holds replaced objects (refs/replace)", _HINT)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise VaultError(f"{path} cannot be read: {error}", _HINT) from error


def _refuse_strays(folder: Path) -> None:
    strays = (
        ".git commondir gitdir config.worktree worktrees modules info/attributes info/grafts shallow "
        "objects/info/alternates objects/info/http-alternates refs/replace"
    )
    for name in strays.split():
        if os.path.lexists(folder / name):
            raise VaultError(f"{folder} holds {name}, which no vault has", _HINT)
    hooks = folder / "hooks"
    if hooks.is_symlink():
        raise VaultError(f"{hooks} is a link", _HINT)
    for entry in sorted(hooks.iterdir()) if hooks.is_dir() else ():
        if entry.suffix != ".sample":
            raise VaultError(f"{folder} holds a hook: {f'hooks/{entry.name}'!r}", _HINT)


def _refuse_links(folder: Path) -> None:
    """No links among the vault's own files, its refs and its object folders."""
    waiting = [str(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_symlink():
                    raise VaultError(f"{entry.path} is a link", _HINT)
                inside = list(Path(entry.path).relative_to(folder).parts)
                if entry.is_dir(follow_symlinks=False) and (inside[0] == "refs" or inside == ["objects"]):
                    waiting.append(entry.path)


def check_config(text: str) -> dict[str, str]:
    """The settings in a repository's `config`; VaultError on a key, value or line outside what a vault may have."""
    found: dict[str, str] = {}
    section = ""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.replace("\t", "").isprintable():
            raise VaultError(f"the vault's config has control characters in line {number}", _HINT)
        if not line.strip() or line.lstrip()[0] in "#;":
            continue
        if match := _SECTION.fullmatch(line):
            section = match[1].lower() + ("" if match[2] is None else f".{match[2]}")
            continue
        pair = _PAIR.fullmatch(line)
        if pair is None:
            raise VaultError(f"the vault's config has a line that no vault has, line {number}: {line.strip()[:80]!r}", _HINT)
        key = f"{section}.{pair[1].lower()}"
        value = re.sub(r"\\(.)", r"\1", pair[2]) if pair[2] is not None else pair[3]
        _check_setting(key, value)
        found[key] = value
    if found.get("core.bare") != "true":
        raise VaultError("the vault's config does not say that it is a bare repository", _HINT)
    return found


def _check_setting(key: str, value: str) -> None:
    if not _ALLOWED.fullmatch(key):
        raise VaultError(f"the vault's config sets {key!r}, which could run programs or change what is read", _HINT)
    if key in _REQUIRED and value.lower() not in _REQUIRED[key]:
        raise VaultError(f"the vault's config sets {key} to {value!r}; redline reads only {' or '.join(_REQUIRED[key])}", _HINT)
    if key.startswith("remote.") and key.endswith("url") and not _URL.fullmatch(value):
        raise VaultError(f"the vault's config has a remote that could run a program: {value!r}", _HINT)
