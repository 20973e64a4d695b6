"""A vault from elsewhere: what is planted in it is refused by name, and nothing in it runs."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from redline.errors import VaultError
from redline.vault import guard
from redline.vault.store import MAIN, RefUpdate, Vault
from tests.unit.vault.building import add_base, add_turn, git, someone

RUNNING_SETTINGS = [
    "[core]\n\thooksPath = hooks2",
    "[core]\n\tfsmonitor = touch PWNED",
    "[core]\n\tsshCommand = touch PWNED",
    "[core]\n\tpager = touch PWNED",
    "[core]\n\teditor = touch PWNED",
    "[core]\n\talternateRefsCommand = touch PWNED",
    "[core]\n\tattributesFile = x",
    "[core]\n\tworktree = /",
    "[diff]\n\texternal = touch PWNED",
    '[diff "x"]\n\ttextconv = touch PWNED',
    '[filter "x"]\n\tclean = touch PWNED',
    '[merge "x"]\n\tdriver = touch PWNED',
    '[trailer "x"]\n\tcommand = touch PWNED',
    "[include]\n\tpath = other",
    '[includeIf "gitdir:/"]\n\tpath = other',
    '[remote "o"]\n\turl = ext::touch PWNED',
    '[remote "o"]\n\turl = --upload-pack=touch',
    '[remote "o"]\n\turl = helper://touch',
    '[remote "o"]\n\turl = ssh://-oProxyCommand=touch',
    '[remote "o"]\n\turl = -oProxyCommand=touch:x',
    '[remote "o"]\n\tuploadpack = touch PWNED',
    '[remote "o"]\n\tpromisor = true',
    '[url "ext::"]\n\tinsteadOf = https://',
    "[extensions]\n\tobjectFormat = sha256",
    "[extensions]\n\tworktreeConfig = true",
    "[gpg]\n\tprogram = touch PWNED",
    "[alias]\n\tlog = !touch PWNED",
    "[core] hooksPath = x",
    "[core]\n\tfilemode = \\\ntrue",
    "[core.hooks]\n\tpath = x",
    "[core]\n\tbare",
    "[core]\n\tlogallrefupdates = true \x07",
    "[core]\n\tbare = false",
    "[core]\n\trepositoryformatversion = 2",
]


@pytest.mark.parametrize("planted", RUNNING_SETTINGS)
def test_a_planted_setting_is_refused_before_git_runs(vault: Vault, planted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with (vault.folder / "config").open("a") as config:
        config.write(planted + "\n")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(VaultError, match="config"):
        Vault.open(vault.folder)
    assert not list(vault.folder.rglob("PWNED"))


@pytest.mark.parametrize(
    "url", ["https://example.com/v.git", "git@example.com:firm/v.git", "ssh://git@example.com/v", "/srv/v", "../v", "C:/vaults/v"]
)
def test_a_plain_remote_is_allowed(vault: Vault, url: str) -> None:
    git(vault.folder, "remote", "add", "origin", url)
    Vault.open(vault.folder).close()


def test_what_git_clone_makes_is_opened(vault: Vault, tmp_path: Path) -> None:
    add_base(vault)
    for kind in ("--bare", "--mirror"):
        git(tmp_path, "clone", "-q", kind, str(vault.folder), f"copy{kind}")
        with Vault.open(tmp_path / f"copy{kind}") as copy:
            assert copy.refs() == vault.refs()


@pytest.mark.parametrize(
    "name",
    ["commondir", "config.worktree", "info/attributes", "objects/info/alternates", "info/grafts", "shallow", "hooks/pre-x"],
)
def test_a_planted_file_is_refused_by_name(vault: Vault, name: str) -> None:
    (vault.folder / name).parent.mkdir(exist_ok=True)
    (vault.folder / name).write_text("touch PWNED\n")
    with pytest.raises(VaultError, match=name):
        Vault.open(vault.folder)


def test_a_repository_inside_and_replaced_objects_are_refused(vault: Vault) -> None:
    main = vault.tip("refs/heads/main") or ""
    git(vault.folder, "update-ref", f"refs/replace/{main}", main)
    with pytest.raises(VaultError, match="refs/replace"):
        Vault.open(vault.folder)
    git(vault.folder, "--no-replace-objects", "pack-refs", "--all")
    (vault.folder / "refs" / "replace").rmdir()
    with pytest.raises(VaultError, match="refs/replace"):
        Vault.open(vault.folder)
    (vault.folder / "packed-refs").unlink()
    (vault.folder / ".git").mkdir()
    with pytest.raises(VaultError, match=r"\.git"):
        Vault.open(vault.folder)


@pytest.mark.parametrize("name", ["config", "refs/heads/link", "objects/zz", "refs/heads", "hooks"])
def test_links_are_refused(vault: Vault, tmp_path: Path, name: str) -> None:
    place = vault.folder / name
    if place.exists():
        place.rename(tmp_path / "moved")
        place.symlink_to(tmp_path / "moved")
    else:
        place.symlink_to(tmp_path)
    with pytest.raises(VaultError, match="is a link"):
        Vault.open(vault.folder)


def test_a_ref_that_points_to_a_ref_is_refused(vault: Vault) -> None:
    git(vault.folder, "symbolic-ref", "refs/heads/deal/x", "refs/heads/main")
    with pytest.raises(VaultError, match="refs/heads/deal/x"):
        vault.refs()


def test_a_tree_with_a_link_or_an_odd_name_is_refused_when_read(vault: Vault) -> None:
    blob = git(vault.folder, "rev-parse", "refs/heads/main:redline.toml").strip()
    for mode, name in (("120000", "contract.docx"), ("100755", "contract.docx"), ("100644", "-o"), ("100644", "кон.docx")):
        tree = _mktree(vault.folder, f"{mode} blob {blob}\t{name}\n")
        oid = git(vault.folder, "-c", "user.name=x", "-c", "user.email=x", "commit-tree", tree, "-m", "x").strip()
        with pytest.raises(VaultError, match="no vault holds"):
            vault.files(oid)


def _mktree(folder: Path, entry: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), "mktree"], input=entry, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_a_repository_that_is_no_vault_is_said_to_be_none(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare", "--template=", "other")
    with pytest.raises(VaultError, match="no vault"):
        Vault.open(tmp_path / "other")
    with pytest.raises(VaultError, match="is not a vault"):
        Vault.open(tmp_path)


def test_a_newer_format_is_refused(vault: Vault) -> None:
    vault.write([RefUpdate(MAIN, vault.tip(MAIN), {"redline.toml": b'format = 2\nparty = "x"\n'}, "x", someone())], "test")
    with pytest.raises(VaultError, match="format 2"):
        Vault.open(vault.folder)


def test_the_developers_git_variables_and_settings_have_no_effect(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "gitconfig"
    settings.write_text(f"[core]\n hooksPath = {tmp_path}\n fsmonitor = touch {tmp_path}/PWNED\n")
    hook = tmp_path / "reference-transaction"
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/PWNED\n")
    hook.chmod(0o755)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    for name in ("GIT_DIR", "GIT_OBJECT_DIRECTORY", "GIT_INDEX_FILE", "GIT_NAMESPACE", "GIT_CONFIG_PARAMETERS"):
        monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
    with Vault.open(vault.folder) as again:
        add_base(again)
        add_turn(again, "acme")
        assert len(again.refs()) == 3
        assert "GIT_DIR" not in os.environ
    assert not (tmp_path / "PWNED").exists()
    assert not (tmp_path / "elsewhere").exists()


def test_every_setting_of_a_vault_is_read_as_git_reads_it(vault: Vault) -> None:
    git(vault.folder, "config", "remote.office.url", "https://example.com/a b")
    git(vault.folder, "config", "user.name", 'Anna "A" Weber # 1')
    text = (vault.folder / "config").read_text()
    with pytest.raises(VaultError, match="remote"):
        guard.check_config(text)
    git(vault.folder, "config", "remote.office.url", "https://example.com/ab")
    listed = git(vault.folder, "config", "--file", str(vault.folder / "config"), "--list", "--null")
    theirs = dict(entry.split("\n", 1) for entry in listed.split("\0") if entry)
    assert guard.check_config((vault.folder / "config").read_text()) == theirs
