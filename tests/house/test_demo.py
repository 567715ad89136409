"""The demonstration as a newcomer meets it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

from benchmarks.start import LOOKED_AT, MEMORY_MB, memory_mb


def test_the_page_and_the_session_answer(demo_url: str) -> None:
    with urllib.request.urlopen(demo_url + "/", timeout=60) as answer:
        assert '<div id="root">' in answer.read().decode() or answer.status == 200
    with urllib.request.urlopen(demo_url + "/api/v1/session", timeout=60) as answer:
        session = json.load(answer)
    assert session["mode"] == "demo"
    assert session["languages"] == ["zh", "en"]


def test_it_listens_on_the_loopback_address_only(demo_url: str) -> None:
    port = int(demo_url.rsplit(":", 1)[1])
    others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1"}
    for address in others:
        if address.startswith("127."):
            continue
        with socket.socket() as probe:
            probe.settimeout(1)
            assert probe.connect_ex((address, port)) != 0, address


def test_a_port_that_is_taken_is_one_line(tmp_path: Path) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "lianfang.app.cli", "demo", "--no-browser", "--port", str(port)],
            env={**os.environ, "LIANFANG_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode != 0
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert f"port {port} is taken" in done.stderr


def test_it_takes_little_memory(demo_process: int, demo_url: str) -> None:
    """Server, worker and database together, after the page has asked for what it shows; the target is 1 GB."""
    for asked in LOOKED_AT:
        urllib.request.urlopen(f"{demo_url}/{asked}", timeout=60).read()
    assert 50 < memory_mb(demo_process) < MEMORY_MB
