"""The build of the packaged data."""

from __future__ import annotations

import filecmp
import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLACES = Path("src/lianfang/places")


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_places", ROOT / "build_places.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tree with the sources of the build and nothing built."""
    target = tmp_path / "树 tree"
    shutil.copytree(ROOT / PLACES, target / PLACES, ignore=shutil.ignore_patterns("data", "__pycache__"))
    return target


@pytest.mark.long
def test_the_same_inputs_give_the_same_bytes(builder: ModuleType, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(builder.TOWNS_VARIABLE, str(ROOT / builder.TOWNS))
    builder.build(tree)
    names = [p.relative_to(tree / PLACES / "data") for p in (tree / PLACES / "data").rglob("*") if p.is_file()]
    assert len(names) > 60
    _, other, lost = filecmp.cmpfiles(tree / PLACES / "data", ROOT / PLACES / "data", map(str, names), shallow=False)
    assert (other, lost) == ([], [])
    stamp = (tree / PLACES / "data" / "manifest.json").stat().st_mtime_ns
    builder.build(tree)
    assert (tree / PLACES / "data" / "manifest.json").stat().st_mtime_ns == stamp


def test_a_missing_source_is_named_with_what_to_do(
    builder: ModuleType, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(builder.TOWNS_VARIABLE, str(tree / "nowhere"))
    with pytest.raises(RuntimeError, match="npm ci"):
        builder.build(tree)
    with pytest.raises(RuntimeError, match="install it"):
        builder._version("no-such-package")


def test_runs_of_years(builder: ModuleType) -> None:
    assert list(builder._runs([1980])) == [(1980, 1980)]
    assert list(builder._runs([1980, 1981, 1983, 1985, 1986])) == [(1980, 1981), (1983, 1983), (1985, 1986)]


def test_points_of_both_encodings(builder: ModuleType) -> None:
    import struct

    whole = struct.pack("<I4I", 0, 1, 2, 3, 4)
    steps = struct.pack("<I2I2h", 1, 1, 2, 2, -1)
    assert builder._points(whole) == [(1, 2), (3, 4)]
    assert builder._points(steps) == [(1, 2), (3, 1)]
