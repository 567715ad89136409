"""What is shipped: the sdist carries the built parts, and a wheel made from it needs no Node.js and runs anywhere."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import tarfile
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests.demo import running

ROOT = Path(__file__).resolve().parents[2]
CARRIED = (
    "lianfang/app/static/desk/index.html",
    "lianfang/app/static/field/sw.js",
    "lianfang/app/static/care/index.html",
    "lianfang/places/data/divisions.tsv",
    "lianfang/profiles/",
)


def hatchling(folder: Path, target: str, where: Path, **environment: str) -> Path:
    """The distribution that hatchling builds of a folder, in this environment."""
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", where],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return next(where.glob("*.whl" if target == "wheel" else "*.tar.gz"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution, unpacked."""
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(hatchling(ROOT, "sdist", folder)) as archive:
        archive.extractall(folder, filter="data")
    return next(path for path in folder.iterdir() if path.is_dir())


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel made from the sdist where there is no program on the PATH at all."""
    return hatchling(sdist, "wheel", tmp_path_factory.mktemp("wheel"), PATH="/nonexistent")


def test_the_sdist_carries_sources_and_what_was_built(sdist: Path) -> None:
    for name in (
        "run",
        "requirements.lock",
        "hatch_build.py",
        "build_places.py",
        "build_texts.py",
        "web/package.json",
        "LICENSE",
    ):
        assert (sdist / name).is_file(), name
    assert not list(sdist.glob("**/node_modules"))
    assert (sdist / "src/lianfang/app/static/desk/index.html").is_file()


def test_a_build_from_the_sdist_asks_for_nothing_more(sdist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = importlib.util.spec_from_file_location("hatch_build_of_sdist", sdist / "hatch_build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setenv("PATH", "/nonexistent")
    assert [output.name for output in module.outputs(sdist) if output.stale(sdist)] == []


def test_the_wheel_carries_what_was_built(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for carried in CARRIED:
        assert any(name.startswith(carried) for name in names), carried
    assert any(name.endswith("licenses/LICENSE") for name in names)
    outside = [name for name in names if not name.startswith(("lianfang/", "lianfang-"))]
    assert outside == []


def test_an_installed_demo_needs_no_node_and_no_sources(wheel: Path, demo_home: Path) -> None:
    """Laid out as installed, with no Node.js on the PATH and far from the sources."""
    site = demo_home / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    environment = {
        "PYTHONPATH": str(site),
        "PATH": "/nonexistent",
        "HOME": str(demo_home),
        "LIANFANG_HOME": str(demo_home / "installed"),
    }
    where = subprocess.run(
        [sys.executable, "-c", "import lianfang; print(lianfang.__file__)"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(where.stdout.strip()).is_relative_to(site)
    with running(demo_home, environment) as demo:
        with urllib.request.urlopen(demo.url + "/", timeout=60) as answer:
            page = answer.read().decode()
        script = re.findall(r'src="(/[^"]+/assets/[^"]+\.js)"', page)[0]
        with urllib.request.urlopen(demo.url + script, timeout=60) as answer:
            assert len(answer.read()) > 50_000
