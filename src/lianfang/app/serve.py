"""Serving: the demonstration, with a data folder of its own and two notices as facts, or an installation."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import webbrowser
from argparse import Namespace
from datetime import UTC, datetime
from functools import partial
from importlib import resources
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lianfang.app import certificate, database, security
from lianfang.app.commands import opened, page_address
from lianfang.app.errors import Unusable
from lianfang.app.parent import PARENT, ending

if TYPE_CHECKING:
    from granian import Granian

    from lianfang.facts.fact import Fact

LOOPBACK = "127.0.0.1"
BESIDE = ("--area", "530100", "--population", "10000", "--days", "60", "--seed", "2", "--name", "kunming")
JOBS_STOP_S = 10
JOBS_WATCH_S = 0.5
JOBS_AGAIN_S = 5


def demo(options: Namespace) -> int:
    """Starts the demonstration, in a data folder of its own, and serves until interrupted."""
    port = free(LOOPBACK, options.port)
    os.environ["LIANFANG_MODE"] = "demo"
    os.environ["LIANFANG_DEMO_DAY"] = str(options.day or "")
    page = page_address(f"http://{LOOPBACK}:{port}")
    home = options.home or database.default_home() / "demo"
    beside = None if options.no_drill else free(LOOPBACK, 0)
    os.environ["LIANFANG_BESIDE"] = f"http://{LOOPBACK}:{beside}/" if beside else ""
    with opened(home):
        _refuse_an_installation()
        load_demo()
        if beside:
            _drill(home, beside, page)
        said = f"Lianfang 联防 demonstration: {page}\nOnly this machine can reach it. Stop it with Ctrl-C."
        announce(LOOPBACK, port, said, page if not options.no_browser else None)
        run(server(LOOPBACK, port))
    return 0


def _drill(home: Path, port: int, beside: str) -> None:
    """Makes, loads and serves a drill in a process of its own, in a space below the demonstration's folder; it ends
    with this one. Made before, it is served at once."""
    asked = resources.files("lianfang.app.drill").joinpath("beside.toml")
    command = [sys.executable, "-m", "lianfang.app.cli", "drill", *BESIDE, "--scenario", str(asked)]
    subprocess.Popen(
        [*command, "--home", str(home), "--port", str(port), "--beside", beside, "--no-browser"],
        stdin=subprocess.DEVNULL,
        preexec_fn=ending(signal.SIGTERM),
    )


def serve(options: Namespace) -> int:
    """Serves an installation until interrupted, its jobs beside it."""
    encrypted = bool(options.certificate or options.own_certificate)
    port = free(options.host, options.port)
    # by name, not by number: browsers keep security keys for names only
    name = "localhost" if options.host in database.LOOPBACK_NAMES else options.host
    own = f"{'https' if encrypted else 'http'}://{name}:{port}"
    page = page_address(options.url or os.environ.get(database.PAGE) or own)
    files = _certificate(options, page)
    os.environ["LIANFANG_MODE"] = "service"  # whatever a shell has left of the demonstration's
    if page.startswith("https:") and not encrypted:
        # Whoever encrypts stands before us: without this, all the world would have the proxy's address and one limit.
        os.environ.setdefault("LIANFANG_PROXIES", "1")
    with opened(options.home):
        from lianfang.accounts import service

        refuse_the_demonstrations()
        said = f"Lianfang 联防: {page}\nStop it with Ctrl-C."
        if options.own_certificate:
            root = Path(os.environ[certificate.ROOT])
            said += f"\nPhones trust it by {page}field/root.crt, SHA-256 {certificate.fingerprint(root)}"
        if not service.has_administrator():
            said += "\nThere is no administrator yet: lianfang init makes the link for the first one."
        jobs = _Jobs()
        try:
            announce(options.host, port, said, None)
            run(server(options.host, port, *files))
        finally:
            jobs.end()
    return 0


def _certificate(options: Namespace, page: str) -> tuple[Path | None, Path | None]:
    """Certificate and key: the files that are named, or the office's own; neither behind a proxy. Raises Unusable."""
    if bool(options.certificate) != bool(options.certificate_key):
        raise Unusable("--certificate and --certificate-key go together: name both, or neither behind a proxy")
    for file in filter(None, (options.certificate, options.certificate_key)):
        if not os.access(file, os.R_OK):
            raise Unusable(f"{file} cannot be read: name the certificate and its key as PEM files")
    if not options.own_certificate:
        return options.certificate, options.certificate_key
    host = urlsplit(page).hostname or ""
    if options.certificate:
        raise Unusable("--own-certificate makes a certificate and its key: name no others")
    if not page.startswith("https:") or host in ("0.0.0.0", "::"):
        raise Unusable("say at which address phones reach this machine: --url https://192.168.1.5:8420")
    folder = (options.home or database.default_home()) / "tls"
    try:
        made = certificate.own(folder, host, now=datetime.now(UTC))
    except (OSError, ValueError) as error:
        raise Unusable(f"{folder} cannot be used for a certificate: {error}") from None
    os.environ[certificate.ROOT] = str(made.root)
    return made.certificate, made.key


def _refuse_an_installation() -> None:
    """Raises Unusable for data that are not the demonstration's own: everybody on this machine would see them."""
    from lianfang.accounts.models import Account, OneTime
    from lianfang.facts import log

    if Account.objects.exists() or OneTime.objects.exists() or (log.head().seq and not holds_demo()):
        raise Unusable("these are not the demonstration's data: name another folder with --home, or none")


def refuse_the_demonstrations() -> None:
    """Raises Unusable where the data are the demonstration's."""
    if holds_demo():
        raise Unusable("these are the demonstration's data: name another folder with --home, or none")


def holds_demo() -> bool:
    """Whether anybody of the demonstration's is in the vault."""
    from lianfang.access.rows import seeing_all
    from lianfang.app.demo.people import people
    from lianfang.identity.models import Subject

    with seeing_all():
        return bool(Subject.objects.filter(id__in=[one["id"] for one in people()]).exists())


def free(host: str, port: int) -> int:
    """``port`` if nothing listens on it; a free one for 0."""
    if not 0 <= port <= 65535:
        raise Unusable(f"--port {port}: a port is a number from 0 to 65535")
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError:
        raise Unusable(f"--host {host}: this is no address of this machine") from None
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except PermissionError:
            raise Unusable(f"port {port} needs an administrator: choose one above 1023 with --port N") from None
        except OSError:
            raise Unusable(f"port {port} is taken: stop what listens there or choose another with --port N") from None
        return int(probe.getsockname()[1])


def server(host: str, port: int, certificate: Path | None = None, key: Path | None = None) -> Granian:
    from granian import Granian

    return Granian(
        "lianfang.app.rsgi:application",
        address=host,
        port=port,
        interface="rsgi",
        websockets=False,
        workers=1,
        workers_kill_timeout=5,  # a worker that hangs does not hold up Ctrl-C
        backpressure=512,  # connections; a slow one holds no thread
        log_enabled=False,
        ssl_cert=certificate,
        ssl_key=key,
    )


def run(server: Granian) -> None:
    from django.db import connection

    database.leave(connection)  # a worker forks from here and opens its own
    os.environ[PARENT] = str(os.getpid())
    server.serve()


class _Jobs:
    """The jobs that run by the clock, in a process that ends with this one and is started anew where it dies."""

    def __init__(self) -> None:
        self._ending = threading.Event()
        self._watch = threading.Thread(target=self._keep, daemon=True)
        self._watch.start()

    def _keep(self) -> None:
        command = [sys.executable, "-m", "lianfang.app.jobs"]
        while not self._ending.is_set():
            jobs = subprocess.Popen(command, stdin=subprocess.DEVNULL, preexec_fn=ending(signal.SIGTERM))
            while jobs.poll() is None and not self._ending.wait(JOBS_WATCH_S):
                pass
            if jobs.poll() is not None:
                security.log("jobs.died", outcome="failed", status=jobs.returncode)
                self._ending.wait(JOBS_AGAIN_S)
        _end(jobs)

    def end(self) -> None:
        self._ending.set()
        self._watch.join(2 * JOBS_STOP_S)


def _end(jobs: subprocess.Popen[bytes]) -> None:
    jobs.terminate()
    try:
        jobs.wait(JOBS_STOP_S)
    except subprocess.TimeoutExpired:
        jobs.kill()
        jobs.wait()


def announce(host: str, port: int, said: str, browser: str | None) -> None:
    """Says where the page is once something listens there, and opens it."""

    def wait() -> None:
        for _ in range(300):
            try:
                socket.create_connection((host, port), timeout=2).close()
                break
            except OSError:
                time.sleep(0.1)
        print(said, flush=True)
        if browser and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or sys.platform == "darwin"):
            webbrowser.open(browser)

    threading.Thread(target=wait, daemon=True).start()


def load_demo() -> None:
    """Appends the demonstration's outbreak, households, checkpoints and notices and enters its people; what is held is
    skipped. What was recorded of the outbreak, at doors and for the public is received on its own days, so that notices
    are issued by what was known then; the rest on the demonstration's morning."""
    from lianfang.access.matrix import operator
    from lianfang.accounts import clock
    from lianfang.app.demo import (
        clinics,
        command,
        gates,
        hands,
        openly,
        outbreak,
        oversight,
        screening,
        supplies,
        works,
    )
    from lianfang.app.demo.notices import notices
    from lianfang.app.demo.people import people
    from lianfang.app.demo.population import population
    from lianfang.capabilities.bulletins.facts import TextOrigin
    from lianfang.capabilities.bulletins.rules.write import write
    from lianfang.capabilities.bulletins.service import notices as service
    from lianfang.capabilities.warning.service import signals
    from lianfang.identity import service as vault
    from lianfang.places import service as places
    from lianfang.places.gazetteer import Gazetteer

    places.hold_population(population())
    parts = (outbreak, screening, gates, clinics, hands, supplies, works, command, oversight, openly)
    recorded = (one for part in parts for one in part.facts())
    steps = [(received, partial(_append, received, *of)) for received, *of in recorded]
    for _, step in sorted([*steps, *openly.issues()], key=itemgetter(0)):
        step()
    now, gazetteer = clock.now(), Gazetteer.load()
    written = [write(record, "zh", gazetteer=gazetteer) for record in notices()]
    service.receive(operator(), [(w.record, w.text, TextOrigin.WRITTEN) for w in written], now=now)
    vault.enter(operator(), enumerate([*people(), *outbreak.people(), *screening.people()], 1), now=now)
    signals.run(now)
    supplies.share()
    openly.tell()
    oversight.look(now)


def _append(received: datetime, author: str, facts: list[Fact]) -> None:
    from lianfang.accounts import demo
    from lianfang.facts import log

    log.append(facts, principal=log.Principal(author=author, device=demo.DEVICE), now=received)
