"""What marks a drill's space, and who takes part in it."""

from __future__ import annotations

import fcntl
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
CLOCK: Final = "clock.json"
"""The file of a live drill's space that says how its clock goes: every process of the drill reads it, so that all tell
the same time."""
MARK: Final = "drill.json"
"""The file that marks a folder as a drill's, and that heads the files of one."""
FILES: Final = "files"
"""The folder of a space that holds the drill's files."""
DEVICE: Final = "drill-desk"
"""The device that facts of those who take part carry."""
TRAINER: Final = "trainer"
"""The trainer's role, and the code that facts of hers carry."""
TRAINER_DEVICE: Final = "drill-trainer"
FORMAT: Final = 1
DAY_MINUTES: Final = 24 * 60
OF_A_ROLE: Final = 3  # hats that are offered; the others can be given work all the same
MORNING: Final = timedelta(hours=8)
ZONE: Final = timezone(MORNING)  # China's day, which is the system's


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
    trainer: UUID | None = None
    """The id of the trainer's hat: a secret, which the command that serves the drill tells."""

    @property
    def begins(self) -> datetime:
        """The morning of its first day."""
        return datetime.combine(self.first_day, datetime.min.time(), ZONE) + MORNING

    @property
    def ends(self) -> datetime:
        """The morning after its last day."""
        return self.begins + timedelta(days=self.days)

    def day(self, now: datetime) -> int:
        """The how-manieth day it is, from 1; after the end, the last."""
        return max(1, min(self.days, (now.astimezone(ZONE).date() - self.first_day).days + 1))

    @property
    def salts(self) -> bytes:
        """The key of its salts: the same seed gives the same chain."""
        return hashlib.sha256(f"lianfang drill {self.seed}".encode()).digest()


class Pace(NamedTuple):
    """How a live drill's clock goes: it stood ``at`` when the machine's stood at ``since``."""

    at: datetime
    since: datetime
    day_minutes: float
    paused: bool


def here() -> Path:
    """The space that this process works in."""
    return Path(os.environ[SPACE])


def mark(space: Path) -> dict[str, Any]:
    """What a space's mark tells. Raises OSError and ValueError."""
    return dict(json.loads((space / MARK).read_bytes()))


def note(space: Path, *, also: Mapping[str, Any] | None = None, **told: Any) -> dict[str, Any]:
    """Tells more in a space's mark, which other processes tell in too; all that it tells then. ``also``: what is one
    more of a list."""
    folder = os.open(space, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        whole = {**mark(space), **told}
        whole |= {name: [*whole.get(name, ()), one] for name, one in (also or {}).items()}
        put(space / MARK, whole)
    finally:
        os.close(folder)
    return whole


def put(path: Path, told: Any) -> None:
    """Writes JSON, whole or not at all."""
    following = path.with_name(f"{path.name}.next")
    with following.open("w", encoding="utf-8") as file:
        json.dump(told, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    following.replace(path)


def read(space: Path) -> Drill:
    """The drill of a space. Raises OSError, and ValueError or KeyError where a file is not as it was written."""
    told = mark(space)
    drill = of_header(json.loads((space / FILES / MARK).read_bytes()), told["name"])
    return drill._replace(trainer=UUID(told["trainer"]) if "trainer" in told else None)


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


def go_live(drill: Drill, at: datetime, day_minutes: float, *, paused: bool = False) -> None:
    """Lets the clock of every process of the drill go on from ``at`` so fast that a day of the drill passes in so many
    minutes; ``paused``: it stands there."""
    since = datetime.now(UTC).isoformat()
    put(here() / CLOCK, {"at": at.isoformat(), "since": since, "day_minutes": day_minutes, "paused": paused})
    keep_time(drill)


def be_over(drill: Drill) -> None:
    """The drill is not live any more."""
    (here() / CLOCK).unlink(missing_ok=True)
    keep_time(drill)


def pace() -> Pace | None:
    """How the clock goes; None where the drill is not live."""
    try:
        told = json.loads((here() / CLOCK).read_bytes())
    except FileNotFoundError:
        return None
    at, since = (datetime.fromisoformat(told[name]) for name in ("at", "since"))
    return Pace(at, since, told["day_minutes"], told["paused"])


_kept: tuple[Path, int, int] | None = None
"""The file by which this process's clock was set, and which version of it."""


def keep_time(drill: Drill) -> None:
    """Sets this process's clock where the space says another time than before: a live drill's goes fast until its end,
    another's stands on the morning after it."""
    global _kept
    path = here() / CLOCK
    try:
        seen = path.stat()
        version = path, seen.st_ino, seen.st_mtime_ns
    except FileNotFoundError:
        version = path, 0, 0
    if version == _kept:
        return
    its = pace()
    if its is None:
        clock.stand_at(drill.ends)
    else:
        goes = 0 if its.paused else DAY_MINUTES / its.day_minutes
        clock.stand_at(its.at, since=its.since, pace=goes, until=max(its.at, drill.ends))
    _kept = version
