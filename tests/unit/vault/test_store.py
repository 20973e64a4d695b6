"""The store, with plain git as the judge of what it wrote."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path

import pytest

from redline.errors import UsageError, VaultError
from redline.vault import plumbing, store, upkeep
from redline.vault.check import check
from redline.vault.objects import GitObject, Signature, split_message, trees
from redline.vault.store import LostRaceError, RefMove, RefUpdate, Vault
from tests.unit.vault.building import PARTY, add_base, add_turn, git, someone

NDA = "refs/heads/base/nda"


def _update(vault: Vault, files: dict[str, bytes | None], subject: str = "Version", **more: object) -> RefUpdate:
    return RefUpdate(NDA, vault.tip(NDA), files, subject, someone(), **more)  # type: ignore[arg-type]


def test_a_new_vault_is_a_bare_repository_that_plain_git_reads(vault: Vault, tmp_path: Path) -> None:
    assert git(vault.folder, "rev-parse", "--is-bare-repository").strip() == "true"
    assert git(vault.folder, "fsck", "--strict") == ""
    git(tmp_path, "clone", "-q", str(vault.folder), "copy")
    assert 'party = "Brightwater Analytics Ltd"' in (tmp_path / "copy" / "redline.toml").read_text()
    assert git(vault.folder, "config", "core.fsync").strip() == "all"


def test_a_vault_can_be_made_in_an_empty_folder_but_not_in_a_full_one(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    Vault.create(tmp_path / "empty", PARTY, someone()).close()
    with pytest.raises(UsageError, match="is a vault already"):
        Vault.create(tmp_path / "empty", PARTY, someone())
    (tmp_path / "file.txt").write_text("mine")
    with pytest.raises(UsageError, match="not empty"):
        Vault.create(tmp_path, PARTY, someone())
    with pytest.raises(UsageError, match="is a file"):
        Vault.create(tmp_path / "file.txt", PARTY, someone())
    assert (tmp_path / "file.txt").read_text() == "mine"


def test_a_vault_that_could_not_be_finished_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Vault, updates: Sequence[RefUpdate], reason: str) -> dict[str, str]:
        raise VaultError("the disk is full")

    monkeypatch.setattr(Vault, "write", fail)
    (tmp_path / "empty").mkdir()
    for name in ("new", "empty"):
        with pytest.raises(VaultError, match="disk is full"):
            Vault.create(tmp_path / name, PARTY, someone())
    assert not (tmp_path / "new").exists()
    assert list((tmp_path / "empty").iterdir()) == []


def test_what_was_written_is_read_back_by_us_and_by_git(vault: Vault) -> None:
    oid = vault.write([_update(vault, {"contract.docx": b"\0PK\xff", "killers/late.toml": b"x = 1\n"})], "base")[NDA]
    assert vault.read(oid, "contract.docx") == vault.read(NDA, "contract.docx") == b"\0PK\xff"
    assert vault.read_many([(oid, "killers/late.toml"), (oid, "none.txt")]) == [b"x = 1\n", None]
    assert vault.read_if_there(oid, "deal.toml") is None
    assert git(vault.folder, "ls-tree", "-r", "--name-only", NDA).split() == ["contract.docx", "killers/late.toml"]
    assert [entry.path for entry in vault.files(oid)] == ["contract.docx", "killers/late.toml"]
    assert {entry.mode for entry in vault.files(oid)} == {"100644"}
    assert git(vault.folder, "fsck", "--strict") == ""
    assert check(vault) == ()


def test_files_of_the_parent_stay_unless_changed_removed_or_replaced(vault: Vault) -> None:
    vault.write([_update(vault, {"a.txt": b"1", "b.txt": b"1", "k/c.txt": b"1"})], "base")
    second = vault.write([_update(vault, {"a.txt": b"2", "k/c.txt": None})], "base")[NDA]
    assert [entry.path for entry in vault.files(second)] == ["a.txt", "b.txt"]
    assert vault.read(second, "a.txt") == b"2"
    third = vault.write([_update(vault, {"z.txt": b"3"}, replace_all=True)], "base")[NDA]
    assert [entry.path for entry in vault.files(third)] == ["z.txt"]


def test_names_and_messages_of_any_kind_make_a_sound_commit_that_says_the_same(vault: Vault) -> None:
    zone = timezone(timedelta(hours=-3, minutes=-30))
    author = Signature("Ева <evil>\n\x1b[2J\0 author x <y> 0 +0000", "a<b>@c\n", datetime(2025, 5, 1, 12, tzinfo=zone))
    body = "line one\n\nRedline-Deal: forged\nRedline-Turn: 7\n"
    update = _update(vault, {"a.txt": b""}, "--output=/x\nsecond \ud800 line", body=body, trailers=(("Redline-Deal", "a\nb"),))
    vault.write([replace(update, author=author)], "base")
    commit = vault.commits(NDA)[0]
    assert git(vault.folder, "fsck", "--strict") == ""
    assert commit.author == "Ева evil [2J author x y 0 +0000"
    assert commit.author_date == author.date and commit.author_date.utcoffset() == author.date.utcoffset()
    assert git(vault.folder, "log", "-1", "--format=%an|%s", NDA).strip() == f"{commit.author}|{commit.subject}"
    assert commit.subject == "--output=/x second ? line"
    assert commit.body == "line one\n\nRedline-Deal: forged\nRedline-Turn: 7"
    assert commit.trailers[0] == ("Redline-Deal", "a b")
    assert vault.commit(commit.oid) == commit


def test_a_name_that_is_empty_becomes_unknown(vault: Vault) -> None:
    update = RefUpdate(NDA, None, {"a.txt": b""}, "", Signature("<>", "", someone().date))
    vault.write([update], "base")
    assert vault.commits(NDA)[0].author == "unknown"
    assert vault.commits(NDA)[0].subject == "(no subject)"
    assert git(vault.folder, "fsck", "--strict") == ""


def test_dates_need_a_zone_and_a_century_git_can_keep() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Signature("A", "", datetime(2025, 1, 1))
    for year in (1601, 2150):
        with pytest.raises(VaultError, match=f"{year}-01-01"):
            Signature("A", "", datetime(year, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    "path", ["../x", "/etc/x", "a//b", ".git/config", ".gitattributes", "-o", "a/b/c/d", "a\nb", "договор.docx", ""]
)
def test_a_path_that_is_no_plain_name_is_refused(vault: Vault, path: str) -> None:
    with pytest.raises(VaultError, match="does not keep"):
        _update(vault, {path: b""})


@pytest.mark.parametrize(
    "ref",
    ["HEAD", "main", "refs/heads/Acme", "refs/heads/deal/a/b", "refs/heads/deal/--x", "refs/heads/deal/a..b", "refs/tags/x"],
)
def test_a_ref_that_is_no_place_in_a_vault_is_refused(vault: Vault, ref: str) -> None:
    with pytest.raises(VaultError, match="not a place"):
        RefUpdate(ref, None, {}, "x", someone())
    with pytest.raises(VaultError, match="not a place"):
        vault.tip(ref)
    with pytest.raises(VaultError, match="not a place"):
        vault.move([RefMove(ref, None, "1" * 40)])


def test_a_write_that_expects_an_older_state_changes_nothing(vault: Vault) -> None:
    first = vault.write([_update(vault, {"a.txt": b"1"})], "base")[NDA]
    second = vault.write([_update(vault, {"a.txt": b"2"})], "base")[NDA]
    main = vault.tip(store.MAIN)
    late = [
        RefUpdate(store.MAIN, main, {"k/x.toml": b""}, "x", someone()),
        RefUpdate(NDA, first, {"a.txt": b"3"}, "x", someone()),
    ]
    with pytest.raises(LostRaceError):
        vault.write(late, "lost")
    with pytest.raises(LostRaceError):
        vault.write([RefUpdate(NDA, None, {"a.txt": b"3"}, "x", someone())], "base")
    with pytest.raises(LostRaceError):
        vault.write([RefUpdate("refs/heads/base/none", second, {}, "x", someone())], "base")
    assert (vault.tip(NDA), vault.tip(store.MAIN)) == (second, main)


def test_a_lost_race_is_tried_again_with_a_fresh_look(vault: Vault) -> None:
    looks: list[str | None] = []

    def build() -> Sequence[RefUpdate]:
        looks.append(vault.tip(NDA))
        update = _update(vault, {f"f{len(looks)}.txt": b""})
        if len(looks) < 3:
            vault.write([_update(vault, {f"rival{len(looks)}.txt": b""})], "base")
        return [update]

    done = vault.transact(build, "base")
    assert len(looks) == 3
    assert [entry.path for entry in vault.files(done[NDA])] == ["f3.txt", "rival1.txt", "rival2.txt"]


def test_a_race_that_is_never_won_ends_in_one_clear_error(vault: Vault) -> None:
    def build() -> Sequence[RefUpdate]:
        return [RefUpdate(NDA, "1" * 40, {}, "x", someone(), parents=())]

    with pytest.raises(VaultError, match="busy"):
        vault.transact(build, "base", attempts=3)


_WRITER = """
import sys
from pathlib import Path
from redline.vault.store import RefUpdate, Vault
from tests.unit.vault.building import someone
ref = "refs/heads/base/nda"
with Vault.open(Path(sys.argv[1])) as vault:
    for number in range(int(sys.argv[3])):
        def build():
            return [RefUpdate(ref, vault.tip(ref), {f"{sys.argv[2]}-{number}.txt": b"x" * 3000}, "x", someone())]
        vault.transact(build, "base", attempts=500)
        print(number, flush=True)
"""


def _writer(vault: Vault, name: str, count: int) -> subprocess.Popen[str]:
    root = Path(__file__).parents[3]
    command = [sys.executable, "-c", _WRITER, str(vault.folder), name, str(count)]
    return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(root)})


def test_several_writers_of_one_line_lose_nothing(vault: Vault) -> None:
    writers = [_writer(vault, name, 6) for name in "abcd"]
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    wanted = sorted(f"{name}-{number}.txt" for name in "abcd" for number in range(6))
    assert sorted(entry.path for entry in vault.files(vault.tip(NDA) or "")) == wanted
    assert len(vault.commits(NDA)) == 24
    assert "error" not in git(vault.folder, "fsck", "--strict", "--no-dangling")


def test_a_writer_killed_at_any_moment_leaves_all_it_had_confirmed(vault: Vault) -> None:
    for confirmed in (1, 2, 4):
        writer = _writer(vault, f"k{confirmed}", 1000)
        assert writer.stdout is not None
        lines = [writer.stdout.readline() for _ in range(confirmed)]
        writer.kill()
        writer.communicate()
        assert len(lines) == confirmed
        with Vault.open(vault.folder) as again:
            names = {entry.path for entry in again.files(again.tip(NDA) or "")}
        assert {f"k{confirmed}-{number}.txt" for number in range(confirmed)} <= names
        assert "error" not in git(vault.folder, "fsck", "--strict", "--no-dangling")


def test_refs_move_only_after_everything_below_them_is_synced(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    story: list[object] = []
    attempt = plumbing.Plumbing.attempt

    def told(self: plumbing.Plumbing, *args: str, stdin: bytes = b"") -> plumbing.Outcome:
        story.append(args[0])
        return attempt(self, *args, stdin=stdin)

    monkeypatch.setattr(plumbing.Plumbing, "attempt", told)
    monkeypatch.setattr(store, "sync_folder", lambda folder: story.append(folder.relative_to(vault.folder).parts[0:1]))
    vault.write([_update(vault, {"a.txt": b"1"})], "base")
    steps = [story[0]] + [now for before, now in pairwise(story) if now != before]
    assert steps == ["unpack-objects", ("objects",), "update-ref", ("refs",), ()]
    assert vault.git.run("config", "core.fsync") == b"all\n"


@pytest.mark.parametrize("step", ["_store", "move"])
def test_a_write_interrupted_between_its_steps_has_not_happened(vault: Vault, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    before = (vault.write([_update(vault, {"a.txt": b"1"})], "base")[NDA], vault.refs("refs/"))

    def stop(*args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Vault, step, stop)
        with pytest.raises(KeyboardInterrupt):
            vault.write([_update(vault, {"a.txt": b"2"})], "base")
    assert (vault.tip(NDA), vault.refs("refs/")) == before
    assert vault.read(NDA, "a.txt") == b"1"
    vault.write([_update(vault, {"a.txt": b"3"})], "base")
    assert vault.read(NDA, "a.txt") == b"3"


def test_a_lock_left_behind_is_named_in_the_error_and_found_by_the_check(vault: Vault) -> None:
    vault.write([_update(vault, {"a.txt": b"1"})], "base")
    lock = vault.folder / "refs" / "heads" / "base" / "nda.lock"
    lock.touch()
    os.utime(lock, (0, 0))
    with pytest.raises(VaultError, match=r"nda\.lock"):
        vault.transact(lambda: [_update(vault, {"a.txt": b"2"})], "base", attempts=2)
    assert [(finding.kind, Path(finding.where).name) for finding in check(vault)] == [("lock", "nda.lock")]


def test_commits_come_newest_first_along_one_line_or_all_of_them(vault: Vault) -> None:
    base = add_base(vault)
    turns = [add_turn(vault, "acme", "sent", day=30), add_turn(vault, "acme", "received", day=2)]
    merge = add_base(vault, adopts=turns[-1], day=3)
    assert [commit.oid for commit in vault.commits("refs/heads/base/services")] == [merge, base]
    everything = vault.commits("refs/heads/base/services", first_parent=False)
    assert [commit.oid for commit in everything] == [merge, turns[1], turns[0], base]
    assert [commit.oid for commit in vault.commits(merge, limit=1)] == [merge]
    assert vault.commits(merge)[0].parents == (base, turns[1])
    assert git(vault.folder, "rev-list", "--topo-order", merge).split() == [commit.oid for commit in everything]


def test_a_document_whose_checksum_is_wrong_is_found(vault: Vault) -> None:
    vault.write([_update(vault, {"contract.docx": b"x"}, trailers=(("Redline-Docx-SHA256", "0" * 64),))], "base")
    assert [finding.kind for finding in check(vault)] == ["document"]


def test_a_damaged_object_is_found_and_reading_it_is_one_error(vault: Vault) -> None:
    oid = vault.write([_update(vault, {"contract.docx": b"x" * 500})], "base")[NDA]
    entry = vault.files(oid)[0]
    path = vault.folder / "objects" / entry.oid[:2] / entry.oid[2:]
    path.chmod(0o644)
    path.write_bytes(b"garbage")
    vault.close()
    with pytest.raises(VaultError):
        vault.read(oid, "contract.docx")
    assert "git" in {finding.kind for finding in check(vault)}


def test_trees_sort_as_git_sorts_them(vault: Vault) -> None:
    files: dict[str, bytes | None] = {"a.txt": b"", "a/x": b"", "a-b": b"", "a0": b"", "Z": b""}
    vault.write([_update(vault, files)], "base")
    assert git(vault.folder, "fsck", "--strict") == ""
    blob = GitObject("blob", b"").oid
    assert trees(dict.fromkeys(files, blob))[0] == git(vault.folder, "rev-parse", f"{NDA}^{{tree}}").strip()


def test_a_last_paragraph_counts_as_trailers_only_when_all_of_it_is() -> None:
    assert split_message("S\n\nRedline-Turn: 1\nnot one\n")[2] == ()
    assert split_message("Redline-Turn: 1\n")[2] == ()
    both = (("Redline-Turn", "1"), ("Redline-Act", "x y"))
    assert split_message("S\n\nB\n\nRedline-Turn: 1\nRedline-Act: x y\n") == ("S", "B", both)


def test_upkeep_packs_everything_and_changes_nothing(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "is_due", lambda folder: True)
    monkeypatch.setattr(upkeep, "PACKS", 2)
    for number in range(12):
        vault.write([_update(vault, {f"f{number}.txt": b"x" * number})], "base")
    assert 1 <= len(list((vault.folder / "objects" / "pack").glob("*.pack"))) <= 3
    assert "refs/heads/base/nda" in (vault.folder / "packed-refs").read_text()
    assert git(vault.folder, "count-objects").startswith("0 objects")
    assert len(vault.commits(NDA)) == 12
    assert check(vault) == ()
    assert not git(vault.folder, "fsck", "--strict", "--no-dangling")


def test_upkeep_is_due_only_when_much_lies_about_loose(vault: Vault) -> None:
    assert not upkeep.is_due(vault.folder)
    sample = vault.folder / "objects" / "17"
    sample.mkdir(exist_ok=True)
    for number in range(upkeep.SAMPLE):
        (sample / f"{number:038x}").touch()
    assert upkeep.is_due(vault.folder)


def test_upkeep_that_meets_another_program_lets_the_write_stand(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "is_due", lambda folder: True)
    (vault.folder / "packed-refs.lock").touch()
    oid = vault.write([_update(vault, {"a.txt": b""})], "base")[NDA]
    assert vault.tip(NDA) == oid


def test_without_git_the_error_says_what_to_install(vault: Vault, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(VaultError, match="git was not found") as caught, Vault.open(vault.folder):
        pass
    assert "git-scm.com" in caught.value.hint


def test_a_git_that_is_too_old_is_said(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plumbing, "OLDEST_GIT", (99, 0))
    with Vault.open(vault.folder) as again, pytest.raises(VaultError, match="too old"):
        add_base(again)


def test_the_nearest_vault_is_found_from_below_beside_and_by_name(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "work" / "deep"
    inside.mkdir(parents=True)
    for start in (vault.folder, vault.folder / "refs", tmp_path, inside):
        with Vault.find(start) as found:
            assert found.folder == vault.folder
    monkeypatch.setenv("REDLINE_VAULT", str(tmp_path / "none"))
    with pytest.raises(VaultError, match="is not a vault"):
        Vault.find(inside)


def test_no_vault_anywhere_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(VaultError, match="no vault") as caught:
        Vault.find(tmp_path)
    assert "redline init" in caught.value.hint


def test_the_committer_is_the_person_git_knows(vault: Vault, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings = tmp_path / "gitconfig"
    settings.write_text("[user]\n name = Юлия Орлова\n email = julia@example.com\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    vault.write([_update(vault, {"a.txt": b""})], "base")
    commit = vault.commits(NDA)[0]
    assert (commit.committer, commit.committer_email, commit.author) == ("Юлия Орлова", "julia@example.com", "Anna Weber")
