"""``run`` on machines that lack something: one line that says what to do, and an exit status that is not 0."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("run", "requirements.lock", "pyproject.toml", "hatch_build.py")
PYTHONS = ("python3", "python3.11", "python3.12", "python3.13", "python3.14", "python")
TOO_OLD = """#!/bin/sh
case $1 in --version) echo Python 3.9.2 ;; *) exit 1 ;; esac
"""
WITHOUT_VENV = """#!/bin/sh
case $1 in
    --version) echo Python 3.11.2 ;;
    -m) echo 'The virtual environment was not created successfully because ensurepip is not available.'; exit 1 ;;
esac
"""
FULL_DISK = """#!/bin/sh
case $1 in
    --version) echo Python 3.11.2 ;;
    -m) echo 'OSError: [Errno 28] No space left on device' >&2; exit 1 ;;
esac
"""
SURROUNDINGS = ("PATH", "LANG", "TMPDIR", "SSL_CERT_FILE", "PIP_CERT")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A fresh copy of what ``run`` needs, in a folder with a space and Chinese characters."""
    folder = tmp_path / "新 用户" / "lian fang"
    folder.mkdir(parents=True)
    for name in NEEDED:
        shutil.copy2(ROOT / name, folder)
    return folder


def fake_pythons(folder: Path, script: str) -> str:
    """A PATH on which every Python is ``script``."""
    folder.mkdir()
    for name in PYTHONS:
        (folder / name).write_text(script)
        (folder / name).chmod(0o755)
    return f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin"


def run(tree: Path, *arguments: str, user: int | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in SURROUNDINGS if name in os.environ}
    return subprocess.run(
        ["/bin/sh", tree / "run", *arguments],
        cwd="/",
        env={**kept, "HOME": str(tree.parent), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        user=user,
        check=False,
    )


def complaint(done: subprocess.CompletedProcess[str]) -> str:
    """The one line of a refusal."""
    assert done.returncode != 0, done.stdout + done.stderr
    lines = [line for line in done.stderr.splitlines() if not line.endswith("…")]
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("run: ")
    return lines[0]


def test_alone_it_explains_itself(tree: Path) -> None:
    done = run(tree)
    assert done.returncode == 0
    assert all(f"./run {command}" in done.stdout for command in ("demo", "test", "check", "bench", "lianfang"))


def test_an_unknown_command(tree: Path) -> None:
    done = run(tree, "dmeo")
    assert done.returncode != 0
    assert done.stderr.splitlines()[-1] == "run: there is no command dmeo"


def test_python_is_too_old(tree: Path, tmp_path: Path) -> None:
    line = complaint(run(tree, "demo", PATH=fake_pythons(tmp_path / "bin", TOO_OLD)))
    assert "Python 3.11 or later is needed and Python 3.9.2 was found" in line
    assert not (tree / ".venv").exists()


def test_python_without_venv(tree: Path, tmp_path: Path) -> None:
    line = complaint(run(tree, "demo", PATH=fake_pythons(tmp_path / "bin", WITHOUT_VENV)))
    assert "apt install python3-venv" in line
    assert not (tree / ".venv").exists()


def test_the_disk_is_full(tree: Path, tmp_path: Path) -> None:
    assert "the disk is full" in complaint(run(tree, "demo", PATH=fake_pythons(tmp_path / "bin", FULL_DISK)))


@pytest.mark.parametrize("home", ["a home", None], ids=["home", "no home"])
def test_no_network(tree: Path, home: str | None) -> None:
    """The index does not answer; the next start tries again from where this one stopped."""
    unreachable = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0", "PIP_TIMEOUT": "2"}
    path = f"{Path(sys.base_prefix) / 'bin'}{os.pathsep}{os.environ['PATH']}"
    line = complaint(run(tree, "demo", PATH=path, HOME=home or "", **unreachable))
    assert "the packages could not be fetched" in line
    assert "install.log" in line
    assert not (tree / ".build" / "lock").exists()


def test_a_folder_of_somebody_else(tree: Path) -> None:
    """Root may write anywhere, so that there it runs as another user."""
    if os.geteuid() == 0:
        for folder in (tree, *list(tree.parents)[:-2]):
            folder.chmod(folder.stat().st_mode | 0o555)
        line = complaint(run(tree, "demo", user=65534))
    else:
        tree.chmod(0o555)
        line = complaint(run(tree, "demo"))
        tree.chmod(0o755)
    assert "cannot be written to" in line


def test_an_abandoned_lock_is_taken_over(tree: Path, tmp_path: Path) -> None:
    lock = tree / ".build" / "lock"
    lock.mkdir(parents=True)
    gone = subprocess.Popen(["true"])
    gone.wait()
    (lock / "pid").write_text(f"{gone.pid}\n")
    assert "apt install python3-venv" in complaint(run(tree, "demo", PATH=fake_pythons(tmp_path / "b", WITHOUT_VENV)))


@pytest.fixture
def set_up(tree: Path) -> Path:
    """A tree as after a first start, in which every program of .venv writes down that it was called."""
    programs = tree / ".venv" / "bin"
    programs.mkdir(parents=True)
    (tree / ".build").mkdir()
    for name in ("python", "uv", "lianfang"):
        (programs / name).write_text(f'#!/bin/sh\nprintf "%s\\n" "{name} $*" >>"{tree}/calls"\n')
        (programs / name).chmod(0o755)
    assert run(tree, "lianfang").returncode == 0
    (tree / "calls").write_text("")
    return tree


def calls(tree: Path) -> list[str]:
    return (tree / "calls").read_text(encoding="utf-8").replace(f"{tree}/", "").splitlines()


def test_a_second_start_only_compares_and_starts(set_up: Path) -> None:
    """No pip, uv or npm: one look at what is out of date, then the program."""
    assert run(set_up, "lianfang", "read", "a notice.txt").returncode == 0
    assert calls(set_up) == ["python hatch_build.py", "lianfang read a notice.txt"]


@pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml"])
def test_a_changed_lock_is_installed_at_the_next_start(set_up: Path, changed: str) -> None:
    with (set_up / changed).open("a", encoding="utf-8") as file:
        file.write("\n# a change\n")
    for _ in range(2):
        assert run(set_up, "lianfang").returncode == 0
    assert [call for call in calls(set_up) if call.startswith("uv pip sync")] == [
        "uv pip sync --python .venv/bin/python --require-hashes requirements.lock"
    ]


def test_a_folder_that_was_moved_is_set_up_anew(set_up: Path, tmp_path: Path) -> None:
    """What .venv holds names the folder that it was made in."""
    moved = set_up.rename(tmp_path / "moved")
    line = complaint(run(moved, "lianfang", PATH=fake_pythons(tmp_path / "bin", WITHOUT_VENV)))
    assert "apt install python3-venv" in line


@pytest.mark.parametrize("script", ["run", ".ci/run"])
def test_the_shell_scripts_are_sound(script: str) -> None:
    checker = shutil.which("shellcheck")
    if checker is None:
        if os.environ.get("CI"):
            pytest.fail("there is no shellcheck")
        pytest.skip("there is no shellcheck (Debian, Ubuntu: apt install shellcheck)")
    done = subprocess.run([checker, ROOT / script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_script_is_plain_posix_shell() -> None:
    shell = shutil.which("dash") or "/bin/sh"
    assert subprocess.run([shell, "-n", ROOT / "run"], check=False).returncode == 0
