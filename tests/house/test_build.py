"""The build hook: when it builds, and what it says when npm fails."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def output(hook: ModuleType, tmp_path: Path) -> object:
    """An output of one source, which the build copies."""
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "a.txt").write_text("1")

    def build(root: Path) -> None:
        (root / "out").mkdir(exist_ok=True)
        (root / "out" / "a.txt").write_text((root / "source" / "a.txt").read_text())

    return hook.Output("part", Path("out"), lambda root: hook.files_under(root / "source"), build, lambda: ())


def test_it_builds_once_and_after_every_change(
    hook: ModuleType, output: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hook, "outputs", lambda root: [output])
    said: list[str] = []
    hook.build_stale(tmp_path, said.append)
    hook.build_stale(tmp_path, said.append)
    assert said == ["building the part …"]
    (tmp_path / "source" / "a.txt").write_text("2")
    hook.build_stale(tmp_path, said.append)
    (tmp_path / "source" / "b.txt").write_text("")
    hook.build_stale(tmp_path, said.append)
    assert len(said) == 3
    assert (tmp_path / "out" / "a.txt").read_text() == "2"


def test_a_build_that_failed_is_tried_again(
    hook: ModuleType, output: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(root: Path) -> None:
        raise hook.BuildError("no")

    monkeypatch.setattr(hook, "outputs", lambda root: [output._replace(build=fails)])  # type: ignore[attr-defined]  # a NamedTuple of the hook
    for _ in range(2):
        with pytest.raises(hook.BuildError):
            hook.build_stale(tmp_path, lambda line: None)


@pytest.mark.parametrize(
    ("output_of_npm", "told"),
    [
        ("npm error code ENOTFOUND\nnpm error network request failed\n", "connect to the network"),
        ("npm error code ECONNREFUSED\nnpm error syscall connect\n", "connect to the network"),
        ("npm error code ENOSPC\nnpm error nospc write\n", "the disk is full"),
        ("npm error code EUSAGE\nnpm error\nnpm error `npm ci` can only install when in sync", "`npm ci` can only"),
        ("src/x.ts(3,1): error TS2304: Cannot find name 'y'.", "Cannot find name"),
        ("", "no output"),
    ],
)
def test_it_says_why_npm_failed(hook: ModuleType, output_of_npm: str, told: str) -> None:
    line = hook.reason(output_of_npm)
    assert told in line
    assert "\n" not in line


def test_an_old_node_is_not_used(hook: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, says in (("node", "v18.20.4"), ("npm", "10.0.0")):
        (tmp_path / name).write_text(f"#!/bin/sh\necho {says}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert hook.node_on_path() is None
    (tmp_path / "node").write_text("#!/bin/sh\necho v22.1.0\n")
    assert hook.node_on_path() == [str(tmp_path / "npm")]


def test_without_node_the_packaged_one_serves(hook: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    command, environment = hook.npm_command()
    assert Path(command[0]).is_file() and Path(command[1]).name == "npm-cli.js"
    assert environment["PATH"].startswith(str(Path(command[0]).parent))
