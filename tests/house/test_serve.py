"""Serving: what is refused, each with one line that says what to do."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests import demo as demonstration
from tests import served
from tests.demo import COMMAND, clean_environment


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="lianfang-serve-") as name:
        Path(name).chmod(0o711)
        yield Path(name)
        subprocess.run(
            [*COMMAND, "stop", "--home", str(Path(name) / "home")], env=clean_environment(Path(name)), check=False,
            capture_output=True,
        )  # fmt: skip


def run(folder: Path, *words: str, settings: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**clean_environment(folder / "home"), **(settings or {})}
    return subprocess.run(
        [*COMMAND, *words], env=environment, cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("serve", "--port", "0", "--url", "http://lianfang.example.org"), "is not encrypted"),
        (("serve", "--port", "0", "--host", "0.0.0.0"), "is not encrypted"),
        (("serve", "--port", "0", "--certificate", "a.pem"), "go together"),
        (("serve", "--port", "0", "--certificate", "a.pem", "--certificate-key", "b.pem"), "cannot be read"),
        (("serve", "--port", "0", "--own-certificate", "--host", "0.0.0.0"), "at which address phones reach"),
        (
            ("serve", "--port", "0", "--own-certificate", "--certificate", "b.pem", "--certificate-key", "b.pem"),
            "cannot be read",
        ),
        (("serve", "--port", "0", "--url", "lianfang.example.org"), "is no address of a page"),
        (("serve", "--port", "70000"), "from 0 to 65535"),
        (("init", "--url", "http://lianfang.example.org"), "is not encrypted"),
    ],
)
def test_what_cannot_be_served_safely_is_refused(folder: Path, words: tuple[str, ...], said: str) -> None:
    done = run(folder, *words)
    assert done.returncode == 2 and said in done.stderr and done.stderr.count("\n") == 1


def test_the_demonstration_opens_no_installation_and_the_other_way_round(folder: Path) -> None:
    made = run(folder, "init")
    assert made.returncode == 0 and "#welcome=" in made.stdout
    done = run(folder, "demo", "--port", "0", "--no-browser", "--home", str(folder / "home"))
    assert done.returncode == 2 and "not the demonstration's data" in done.stderr

    demonstration.make(folder)
    for words in (("init",), ("serve", "--port", "0")):
        done = run(folder, *words, "--home", str(folder / "demo"))
        assert done.returncode == 2 and "the demonstration's data" in done.stderr
    subprocess.run([*COMMAND, "stop", "--home", str(folder / "demo")], env=os.environ, check=False, capture_output=True)


def test_keys_that_are_gone_are_not_made_anew(folder: Path) -> None:
    served.make(folder / "home")
    for file in [*(folder / "home" / "keys").iterdir(), folder / "home" / "secrets" / "master.key"]:
        file.unlink()
    done = run(folder, "serve", "--port", "0")
    assert done.returncode == 2 and done.stderr.count("\n") == 1
    assert not (folder / "home" / "secrets" / "master.key").exists()
