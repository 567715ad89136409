"""Serving a drill on this machine: finished, or live, with its player beside the server."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

from lianfang.accounts import drills
from lianfang.accounts.drills import Drill
from lianfang.app import serve as serving
from lianfang.app.commands import page_address
from lianfang.app.drill import files, reviewing, space
from lianfang.app.drill.space import Space
from lianfang.app.parent import ending

if TYPE_CHECKING:
    from lianfang.app.database import Database
    from lianfang.app.drill.load import Loaded

DAY_MINUTES = 5.0
STOP_S = 10
SAID_EVERY_S = 5


def serve(here: Space, *, port: int, live: float | None, browser: bool, beside: str = "") -> None:
    """Loads what is left of a drill and serves it until interrupted; or, ``live``, plays what is left, a day in so many
    minutes. Raises Unusable."""
    port = serving.free(serving.LOOPBACK, port)
    page = page_address(f"http://{serving.LOOPBACK}:{port}")
    key = here.mark.get("trainer") or str(uuid4())
    here = here.note(trainer=key)
    with space.opened(here, beside=beside) as found:
        from lianfang.app.drill import load, overseen

        drill = here.drill()
        drills.be_over(drill)  # of a server that was killed
        if not here.loaded and live is None:
            load.load(here, found, told=progress(here))
            space.analyse(found)
        if live is None:
            here = overseen.oversee(here)
        with _played(here, drill, live, found), reviewing.made_beside(here):
            said = f"Lianfang 联防 drill {drill.name}, not real 演练，非真实: {page}\n"
            said += f"For the trainer alone 仅供导调: {page}#drill={key}\nStop it with Ctrl-C."
            serving.announce(serving.LOOPBACK, port, said, page if browser else None)
            serving.run(serving.server(serving.LOOPBACK, port))


def progress(here: Space) -> Callable[[Loaded, float], None]:
    """What says on standard error, now and then, how far a load has come."""
    whole, said = files.head(here.files)["counts"]["facts"], time.monotonic()

    def tell(done: Loaded, followed: float) -> None:
        nonlocal said
        if time.monotonic() - said >= SAID_EVERY_S:
            said = time.monotonic()
            told = f", {followed:.0%} of them in the registers" if followed else ""
            print(f"lianfang: {done.appended} facts of at most {whole} are loaded{told} …", file=sys.stderr, flush=True)

    return tell


@contextmanager
def _played(here: Space, drill: Drill, live: float | None, found: Database) -> Iterator[None]:
    """Within it the drill's player works, where there is something left to play."""
    if live is None or here.loaded:
        yield
        return
    from lianfang.app.drill import load

    load.load(here, found, until=drill.begins)  # nobody waits for what there was before the first morning
    space.analyse(found)
    coming = next(load.left(here.files), None)
    drills.go_live(drill, max(coming.at, drill.begins) if coming else drill.ends, live)
    player = subprocess.Popen(
        [sys.executable, "-m", "lianfang.app.drill.play"], stdin=subprocess.DEVNULL, preexec_fn=ending(signal.SIGTERM)
    )
    try:
        yield
    finally:
        drills.be_over(drill)
        player.terminate()
        try:
            player.wait(STOP_S)
        except subprocess.TimeoutExpired:
            player.kill()
            player.wait()
