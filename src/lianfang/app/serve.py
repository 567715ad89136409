"""The demonstration: its own data folder, two notices as facts, and a server on the loopback address."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
import urllib.request
import webbrowser
from argparse import Namespace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from lianfang.app import database
from lianfang.app.commands import opened
from lianfang.app.errors import Unusable
from lianfang.app.parent import PARENT

if TYPE_CHECKING:
    from granian import Granian

ADDRESS = "127.0.0.1"


def demo(options: Namespace) -> int:
    """Starts the demonstration, in a data folder of its own, and serves until interrupted."""
    port = _free(options.port)
    os.environ["LIANFANG_MODE"] = "demo"
    from django.db import connection

    with opened(options.home or database.default_home() / "demo"):
        load_demo()
        database.leave(connection)  # a worker forks from here: a pool has threads, and they would stay behind
        url = f"http://{ADDRESS}:{port}/"
        threading.Thread(target=_announce, args=(url, not options.no_browser), daemon=True).start()
        os.environ[PARENT] = str(os.getpid())
        _server(port).serve()
    return 0


def _free(port: int) -> int:
    """``port`` if nothing listens on it; a free one for 0."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OverflowError:
            raise Unusable(f"--port {port}: a port is a number from 0 to 65535") from None
        except PermissionError:
            raise Unusable(f"port {port} needs an administrator: choose one above 1023 with --port N") from None
        except OSError:
            raise Unusable(f"port {port} is taken: stop what listens there or choose another with --port N") from None
        return int(probe.getsockname()[1])


def _server(port: int) -> Granian:
    from granian import Granian

    return Granian(
        "lianfang.app.wsgi:application",
        address=ADDRESS,
        port=port,
        interface="wsgi",
        workers=1,
        workers_kill_timeout=5,  # a worker that hangs does not hold up Ctrl-C
        blocking_threads=8,
        backpressure=64,
        log_enabled=False,
    )


def _announce(url: str, browser: bool) -> None:
    """Says where the page is once it answers, and opens it."""
    for _ in range(300):
        try:
            urllib.request.urlopen(url + "api/v1/session", timeout=2).close()
            break
        except OSError:
            time.sleep(0.1)
    print(f"Lianfang 联防 demonstration: {url}\nOnly this machine can reach it. Stop it with Ctrl-C.", flush=True)
    if browser and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or sys.platform == "darwin"):
        webbrowser.open(url)


def load_demo() -> None:
    """Appends the demonstration's notices; those already held are skipped."""
    from lianfang.app.demo.notices import notices
    from lianfang.app.doors import DEMO_PRINCIPAL
    from lianfang.capabilities.bulletins import service
    from lianfang.capabilities.bulletins.facts import TextOrigin
    from lianfang.capabilities.bulletins.rules.write import write
    from lianfang.places.gazetteer import Gazetteer

    gazetteer = Gazetteer.load()
    written = [write(record, "zh", gazetteer=gazetteer) for record in notices()]
    service.receive(DEMO_PRINCIPAL, [(w.record, w.text, TextOrigin.WRITTEN) for w in written], now=datetime.now(UTC))
