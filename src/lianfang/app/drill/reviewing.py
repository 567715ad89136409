"""The review that a drill's trainer asks for on the page, made beside the server: of a large drill it takes minutes.

``python -m lianfang.app.drill.reviewing`` makes the one that was asked for.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Final

import django

from lianfang.app.drill.space import Space
from lianfang.app.parent import ending

LOOKED_EVERY_S: Final = 0.5
STOP_S: Final = 10
LESS_URGENT: Final = 10
"""So much nicer than the server, which those who take part wait for."""


@contextmanager
def made_beside(here: Space) -> Iterator[None]:
    """Within it reviews are made as they are asked for, in a process of their own; one that was cut short by the end is
    made at the next start."""
    from lianfang.capabilities.drills.service import training  # imported here: the server forks while the thread runs

    over = threading.Event()
    watching = threading.Thread(target=_watch, args=(here.home, training, over), name="reviews", daemon=True)
    watching.start()
    try:
        yield
    finally:
        over.set()
        watching.join(2 * STOP_S)


def _watch(home: Path, training: ModuleType, over: threading.Event) -> None:
    while not over.wait(LOOKED_EVERY_S):
        its = training.being_made(home)
        if its is None or its.failed:
            continue
        command = [sys.executable, "-m", "lianfang.app.drill.reviewing"]
        maker = subprocess.Popen(command, stdin=subprocess.DEVNULL, preexec_fn=ending(signal.SIGTERM))
        while maker.poll() is None and not over.wait(LOOKED_EVERY_S):
            pass
        if maker.poll() is None:
            maker.terminate()
            maker.wait(STOP_S)
        elif maker.returncode:
            training.give_up(home)


def main() -> int:
    """0 when the review is made; what keeps it from that is raised, and said where the drill is served."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.app.settings")
    os.nice(LESS_URGENT)
    django.setup()
    from django.conf import settings

    from lianfang.accounts import drills
    from lianfang.capabilities.drills.service import training

    training.make_asked(drills.here(), settings.DRILL)
    return 0


if __name__ == "__main__":
    sys.exit(main())
