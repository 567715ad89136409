"""The application's server for trials, in a process of its own."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from lianfang.app import database as databases
from lianfang.app.database import Database

ROOT = Path(__file__).resolve().parents[2]
START_S = 180
ANSWER_S = 120


class Answer(NamedTuple):
    status: int
    body: Any


class Serving:
    """A running server on the loopback address."""

    def __init__(self, database: Database, *, workers: int) -> None:
        self.port = _free_port()
        environment = {
            **os.environ,
            databases.IN_USE: database.app_url,
            "DJANGO_SETTINGS_MODULE": "tests.record.settings",
            "LIANFANG_MODE": "demo",
        }
        command = [sys.executable, "-m", "granian", "--interface", "rsgi", "--host", "127.0.0.1", "--no-log"]
        command += ["--port", str(self.port), "--workers", str(workers)]
        self.process = subprocess.Popen(
            [*command, "lianfang.app.rsgi:application"], cwd=ROOT, env=environment, start_new_session=True
        )
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline:
            try:
                if self.get("/api/v1/facts?limit=1").status == 200:
                    return
            except OSError:
                time.sleep(0.05)
        self.kill()
        raise TimeoutError(f"no server within {START_S} s")

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def post(self, body: Any) -> Answer:
        """Sends a batch and waits for the answer."""
        return self._ask("POST", "/api/v1/facts", body)

    def _ask(self, method: str, path: str, body: Any) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_S)
        try:
            sent = body if isinstance(body, bytes) or body is None else orjson.dumps(body)
            connection.request(method, path, sent, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            return Answer(answer.status, orjson.loads(answer.read()))
        finally:
            connection.close()

    def post_and_hang_up(self, body: Any) -> None:
        """Sends a batch and leaves without waiting for the answer."""
        sent = orjson.dumps(body)
        with socket.create_connection(("127.0.0.1", self.port), timeout=ANSWER_S) as line:
            line.sendall(
                b"POST /api/v1/facts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                b"Content-Length: %d\r\n\r\n" % len(sent)
            )
            line.sendall(sent)

    def kill(self) -> None:
        """SIGKILL for the server and its workers."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def serving(database: Database, *, workers: int = 2) -> Iterator[Serving]:
    server = Serving(database, workers=workers)
    try:
        yield server
    finally:
        server.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
