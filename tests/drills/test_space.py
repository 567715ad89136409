"""The space of a drill: marked, apart from all that is real, resumed, wiped."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from lianfang.app.drill import files, space
from lianfang.app.errors import Unusable
from tests.demo import COMMAND, clean_environment
from tests.drills import made_by_hand


@pytest.fixture
def folder() -> Iterator[Path]:
    """One that a database's server reaches."""
    found = Path(tempfile.mkdtemp(prefix="lianfang-drill-"))
    found.chmod(0o711)
    yield found
    shutil.rmtree(found, ignore_errors=True)


def run(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *words], env={**clean_environment(folder / "home"), **environment}, cwd=folder, check=False,
        capture_output=True, text=True, timeout=180,
    )  # fmt: skip


def test_a_drill_from_its_files_to_its_wiping(folder: Path) -> None:
    """The operator's database and keys that the environment names are not touched, or this would fail."""
    made_by_hand.write(folder / "made")
    operators = {
        "LIANFANG_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "LIANFANG_KEYS": str(folder / "keys.db"),
        "LIANFANG_MASTER_KEY": "none",
    }
    loaded = run(folder, "drill", "load", str(folder / "made"), **operators)
    assert loaded.returncode == 0, loaded.stderr
    head = loaded.stdout.partition("head of the chain ")[2].split()[0]
    assert not (folder / "keys.db").exists()

    home = folder / "home" / "drills" / "by-hand"
    assert run(folder, "drill", "list").stdout.strip().endswith(f"head {head}")
    for where in (("--home", str(folder / "home"), "list"), ("list", "--home", str(folder / "home"))):
        assert head in run(folder / "made", "drill", *where).stdout
    assert head in run(folder, "audit", "--home", str(home)).stdout
    notice = folder / "notice.txt"
    notice.write_text("无", encoding="utf-8")
    for words in (
        ("serve", "--port", "0"), ("demo", "--port", "0", "--no-browser"), ("init",), ("receive", str(notice)),
        ("people", "import", "x.csv"), ("retain",), ("keys", "rotate"),
    ):  # fmt: skip
        if words[0] == "people":
            (folder / "x.csv").write_text("name\n")
        refused = run(folder, *words, "--home", str(home))
        assert refused.returncode == 2 and "space of a drill" in refused.stderr, (words, refused.stderr)

    wiped = run(folder, "drill", "wipe", "by-hand")
    assert wiped.returncode == 0 and not home.exists()
    assert "there is no drill by-hand" in run(folder, "drill", "wipe", "by-hand").stderr


def test_a_space_is_marked_before_anything_else_is_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    rename = Path.rename

    def looked_at(self: Path, to: Path) -> Path:
        seen.append(sorted(os.listdir(self)))
        assert not to.exists()
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", looked_at)
    here = space.make(tmp_path, "one")
    assert seen == [["drill.json"]] and json.loads((here.home / "drill.json").read_text())["name"] == "one"


@pytest.mark.parametrize("name", ["", "../up", "a/b", "-a", "A", "n" * 49, ".hidden"])
def test_a_name_that_is_none_makes_no_space(tmp_path: Path, name: str) -> None:
    with pytest.raises(Unusable, match="--name"):
        space.make(tmp_path, name)
    with pytest.raises(Unusable, match="there is no drill"):
        space.find(tmp_path, name)
    assert not list(tmp_path.rglob("drill.json"))


def test_a_name_is_given_once(tmp_path: Path) -> None:
    space.make(tmp_path, "one")
    with pytest.raises(Unusable, match="there is a drill one already"):
        space.make(tmp_path, "one")


def test_a_folder_without_a_mark_is_never_wiped(tmp_path: Path) -> None:
    (tmp_path / "drills" / "real").mkdir(parents=True)
    (tmp_path / "drills" / "real" / "database").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "drill.json").write_text('{"name": "linked"}')
    (tmp_path / "drills" / "linked").symlink_to(tmp_path / "elsewhere")
    for name in ("real", "linked"):
        with pytest.raises(Unusable, match=f"there is no drill {name}"):
            space.find(tmp_path, name)


def test_a_wipe_that_was_cut_short_leaves_the_mark_and_is_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = space.make(tmp_path, "one")
    files.copy(made_by_hand.write(tmp_path / "made"), here.files)
    (here.home / "keys").mkdir()

    def fail(*_: object, **__: object) -> None:
        raise OSError("the disk went")

    with monkeypatch.context() as broken, pytest.raises(OSError, match="the disk went"):
        broken.setattr(shutil, "rmtree", fail)
        space.wipe(here)
    space.wipe(space.find(tmp_path, "one"))
    assert space.listed(tmp_path) == [] and not here.home.exists()


def test_what_was_cut_short_while_it_was_made_is_told_and_not_opened(tmp_path: Path) -> None:
    here = space.make(tmp_path, "one")
    assert not here.made and not here.loaded
    with pytest.raises(Unusable, match="lianfang drill wipe one"):
        here.drill()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": 2}, "format 2"),
        ({"accounts": []}, "nobody takes part"),
        ({"first_day": "soon"}, "soon"),
        ({"sha256": None}, "sha256"),
    ],
)
def test_a_head_of_another_form_is_refused(tmp_path: Path, change: dict[str, object], said: str) -> None:
    folder = made_by_hand.write(tmp_path / "made")
    head = json.loads((folder / "drill.json").read_text("utf-8"))
    (folder / "drill.json").write_text(json.dumps({**head, **change}))
    with pytest.raises(Unusable, match=said):
        files.head(folder)
