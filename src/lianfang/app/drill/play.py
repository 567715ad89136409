"""A drill at live speed: each batch is appended when the drill's clock comes to it.

``python -m lianfang.app.drill.play`` plays, beside the server, from where the record ends.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import datetime

import django

from lianfang.accounts import clock, drills
from lianfang.app.errors import Unusable

LONGEST_WAIT_S = 1.0


def play(wait: Callable[[datetime], None]) -> None:
    """Appends what is left of this process's drill, each group once ``wait`` returns for its time (what arrives after
    the end, at the end); who is held from a day on is entered on that day. The mark tells when all of it is there.
    Raises Unusable."""
    from lianfang.app.drill import files, load, space
    from lianfang.facts import log

    here = space.here()
    ends, entered = here.drill().ends, ""
    for group in load.groups(here.files, most=1):
        at = group.times[0]
        wait(min(at, ends))
        today = at.date().isoformat()
        if today > entered:
            load.enter(files.people(here.files, after=entered, upto=today), now=at)
            entered = today
        load.append(group)
    here.note(head=str(log.head()))


def until_it_comes(at: datetime) -> None:
    """Waits until the clock says so, which the trainer may stop, or set on."""
    from django.conf import settings

    while True:
        drills.keep_time(settings.DRILL)
        if (ahead := (at - clock.now()).total_seconds()) <= 0:
            return
        time.sleep(min(LONGEST_WAIT_S, ahead / (clock.pace() or 1)))


def main() -> int:
    """0 when everything was played; 2 where it cannot be."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.app.settings")
    django.setup()
    try:
        play(until_it_comes)
    except Unusable as error:
        print(f"lianfang: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
