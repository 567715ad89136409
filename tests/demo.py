"""Start a demonstration for a test, wait for its page, stop it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from tests import ready

START_S = 180
COMMAND = (sys.executable, "-c", "import sys; from lianfang.app.cli import main; sys.exit(main())")


def clean_environment(home: Path) -> dict[str, str]:
    """This process's environment without what other tests set in it, and with a data folder of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LIANFANG_", "DJANGO_"))}
    return {**kept, "LIANFANG_HOME": str(home)}


class Demo(NamedTuple):
    """Where a demonstration answers (no slash at the end), and its process."""

    url: str
    process: int


@contextmanager
def running(folder: Path, environment: Mapping[str, str], *options: str) -> Iterator[Demo]:
    """A demonstration that runs until the block ends; its output is ``demo.log`` in ``folder``."""
    port = _free_port()
    log = folder / "demo.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*COMMAND, "demo", "--port", str(port), "--no-browser", "--no-drill", *options],
            env=dict(environment),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        _await_page(url + "/", process, log)
        yield Demo(url, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def make(home: Path) -> None:
    """Fills a data folder with what a first start of the demonstration leaves there."""
    ready.copy("demo", _start_once, home)


def _start_once(home: Path) -> None:
    with running(home, clean_environment(home)):
        pass


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _await_page(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Returns when the page answers; fails with the demonstration's own words when it ends or takes too long."""
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"the demo ended with {process.returncode}:\n{log.read_text(errors='replace')[-2000:]}")
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"no page at {url} after {START_S} s:\n{log.read_text(errors='replace')[-2000:]}")
