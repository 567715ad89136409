"""A drill at live speed: each batch is appended when the drill's clock comes to it.

``python -m lianfang.app.drill.play`` plays, beside the server, from where the record ends.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, Final

import django

from lianfang.accounts import clock, drills
from lianfang.app.drill import files
from lianfang.app.errors import Unusable

if TYPE_CHECKING:
    from lianfang.app.drill.load import Group

LONGEST_WAIT_S: Final = 1.0
TOGETHER: Final = 50
"""Groups of one time each that are appended at once where they were due already."""


def play(wait: Callable[[datetime], None]) -> None:
    """Appends what is left of this process's drill, each group once ``wait`` returns for its time (what arrives after
    the end, at the end; what was due already, together); who is held from a day on is entered on that day. The mark
    tells when all of it is there. Raises Unusable."""
    from lianfang.app.drill import load, space
    from lianfang.facts import log

    here = space.here()
    ends, entered, due = here.drill().ends, "", list[load.Group]()
    for group in load.groups(here.files, most=1):
        at, today = min(group.times[0], ends), group.times[0].date().isoformat()
        if at > clock.now() or today > entered or len(due) == TOGETHER:
            _append(due)
            due = []
        wait(at)
        if today > entered:
            load.enter(files.people(here.files, after=entered, upto=today), now=group.times[0])
            entered = today
        due.append(group)
    _append(due)
    here.note(head=str(log.head()))


def _append(due: Sequence[Group]) -> None:
    from lianfang.app.drill import load

    if due:
        batches, times = zip(*due, strict=True)
        load.append(load.Group(list(chain.from_iterable(batches)), list(chain.from_iterable(times))))


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
