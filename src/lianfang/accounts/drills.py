"""What marks a drill's space, and who takes part in it."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from lianfang.facts import clock

SPACE: Final = "LIANFANG_DRILL"
"""The drill's space: for this process and those that it starts."""
CLOCK: Final = "LIANFANG_DRILL_CLOCK"
"""Where a live drill's clock stood, when by the machine's, and how fast it goes: for this process and those that it
starts, so that all tell the same time."""
MARK: Final = "drill.json"
"""The file that marks a folder as a drill's, and that heads the files of one."""
FILES: Final = "files"
"""The folder of a space that holds the drill's files."""
DEVICE: Final = "drill-desk"
"""The device that facts of those who take part carry."""
FORMAT: Final = 1
DAY_MINUTES: Final = 24 * 60
OF_A_ROLE: Final = 3  # hats that are offered; the others can be given work all the same
MORNING: Final = timedelta(hours=8)
_ZONE: Final = timezone(MORNING)  # China's day, which is the system's


class Hat(NamedTuple):
    """One who takes part: the code that facts carry, role, area, what he or she is called, the post if there is one."""

    code: str
    role: str
    area: str
    title: str
    post: str = ""


class Drill(NamedTuple):
    """A drill as its files head themselves. ``first_day`` is its day 1."""

    name: str
    area: str
    population: int
    days: int
    first_day: date
    seed: int
    hats: tuple[Hat, ...]
    offered: Mapping[UUID, Hat]
    """The hats that one chooses among, by an id that is the same at every start."""

    @property
    def begins(self) -> datetime:
        """The morning of its first day."""
        return datetime.combine(self.first_day, datetime.min.time(), _ZONE) + MORNING

    @property
    def ends(self) -> datetime:
        """The morning after its last day."""
        return self.begins + timedelta(days=self.days)

    def day(self, now: datetime) -> int:
        """The how-manieth day it is, from 1; after the end, the last."""
        return max(1, min(self.days, (now.astimezone(_ZONE).date() - self.first_day).days + 1))

    @property
    def salts(self) -> bytes:
        """The key of its salts: the same seed gives the same chain."""
        return hashlib.sha256(f"lianfang drill {self.seed}".encode()).digest()


def read(space: Path) -> Drill:
    """The drill of a space. Raises OSError, and ValueError or KeyError where a file is not as it was written."""
    mark = json.loads((space / MARK).read_bytes())
    return of_header(json.loads((space / FILES / MARK).read_bytes()), mark["name"])


def of_header(header: Mapping[str, Any], name: str) -> Drill:
    """The drill that the head of its files tells of. Raises KeyError, TypeError or ValueError for another form."""
    if header["format"] != FORMAT:
        raise ValueError(f"format {header['format']}, and this Lianfang reads format {FORMAT}")
    hats = tuple(Hat(a["code"], a["role"], a["area"], a["title"], a.get("post", "")) for a in header["accounts"])
    if not hats:
        raise ValueError("accounts: nobody takes part")
    shown = Counter[str]()
    offered: dict[UUID, Hat] = {}
    for hat in hats:
        shown[hat.role] += 1
        if shown[hat.role] <= OF_A_ROLE:
            offered[uuid5(NAMESPACE_URL, f"lianfang:drill:{hat.code}")] = hat
    first_day = date.fromisoformat(header["first_day"])
    days, people, seed = int(header["days"]), int(header["population"]), int(header["seed"])
    return Drill(name, str(header["area"]), people, days, first_day, seed, hats, offered)


def go_live(drill: Drill, at: datetime, day_minutes: float) -> None:
    """Lets the clock go on from ``at`` so fast that a day of the drill passes in so many minutes."""
    os.environ[CLOCK] = f"{at.isoformat()} {datetime.now(UTC).isoformat()} {DAY_MINUTES / day_minutes}"
    keep_time(drill)


def keep_time(drill: Drill) -> None:
    """Sets this process's clock: a live drill's goes fast until its end, another's stands on the morning after it."""
    if not os.environ.get(CLOCK):
        clock.stand_at(drill.ends)
        return
    at, since, pace = os.environ[CLOCK].split()
    moment = datetime.fromisoformat(at)
    until = max(moment, drill.ends)
    clock.stand_at(moment, since=datetime.fromisoformat(since), pace=float(pace), until=until)
