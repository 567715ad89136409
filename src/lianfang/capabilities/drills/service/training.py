"""What the trainer does in a drill: reports cases that no file of it has, lets its days pass, opens its truth."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any, BinaryIO, Final, NamedTuple
from uuid import UUID

import orjson

from lianfang.access.security import log as secure
from lianfang.accounts import clock, drills
from lianfang.accounts.drills import TRAINER, TRAINER_DEVICE, Drill, Pace
from lianfang.accounts.refused import Changed, Refused, Wrong, no_area
from lianfang.capabilities.cases.facts import About, Class, Reported
from lianfang.capabilities.drills.queries import review
from lianfang.capabilities.drills.queries.review import Reviewed
from lianfang.facts import log
from lianfang.facts.fact import Days, Fact
from lianfang.places.queries import subtree_range

MOST: Final = 200
"""Cases of one inject."""
SUMMARY, DIFFERENCES = "review.json", "differences.jsonl"
"""What the last review found, in the drill's space."""
MAKING: Final = "reviewing.json"
"""A review that was asked for and is not there yet, in the drill's space: how far it is."""
TOLD_EVERY_S: Final = 1.0
LONGEST_MINUTES, SHORTEST_MINUTES = 1440, 0.01
"""Of a live drill's day."""


class Sealed(Changed):
    """The truth has not been opened."""

    def __init__(self) -> None:
        super().__init__(
            "演练尚未结束或讲评尚未启封，真实情况仍封存",
            "the truth is sealed: the drill is not over, or nobody opened it",
        )


class Making(NamedTuple):
    """A review that is being made: so many rows were compared, ``of`` about so many (None: the truth is still being
    read); ``failed``: it could not be made."""

    compared: int
    of: int | None
    failed: bool


class Inject(NamedTuple):
    """So many cases of a division, who fell ill on a day (None: the day before)."""

    area: str
    cases: int
    onset: date | None


def inject(space: Path, drill: Drill, its: Inject, *, now: datetime) -> list[UUID]:
    """Reports the cases at a time of the drill's; their ids. The mark tells of the inject. Raises Refused."""
    onset = its.onset or (now.astimezone(drills.ZONE) - timedelta(days=1)).date()
    if wrong := list(_wrong(drill, its, onset, now)):
        raise Refused(wrong)
    head, facts = _head(space), []
    for _ in range(its.cases):
        data = Reported(
            person=log.new_id(), disease=head["disease"], edition=head["edition"], as_class=Class.SUSPECTED,
            about=About(onset=Days.exactly(onset)),
        )  # fmt: skip
        facts.append(Fact.of(data, id=log.new_id(), subject=log.new_id(), area=its.area, observed_at=now))
    outcomes = log.append(facts, principal=log.Principal(TRAINER, TRAINER_DEVICE), now=now)
    if why := [one.reason for one in outcomes if one.status is log.Status.SET_ASIDE]:
        raise Refused([Wrong("cases", "set_aside", f"未能入账：{why[0]}", f"the record does not take them: {why[0]}")])
    told = {"at": now.isoformat(), "area": its.area, "cases": its.cases, "onset": onset.isoformat()}
    drills.note(space, also={"injects": told})
    return [fact.subject for fact in facts]


def _wrong(drill: Drill, its: Inject, onset: date, now: datetime) -> Iterator[Wrong]:
    if not 1 <= its.cases <= MOST:
        yield Wrong(
            "cases", "out_of_range", f"应为 1 至 {MOST}，现为 {its.cases}", f"from 1 to {MOST}, here {its.cases}"
        )
    try:
        first, after = subtree_range(drill.area)
        subtree_range(its.area)
    except LookupError:
        yield no_area()
    else:
        if not first <= its.area < after:
            zh = f"{its.area} 不在演练地区 {drill.area} 之内"
            yield Wrong("area", "outside", zh, f"{its.area} lies outside of {drill.area}, where the drill plays")
    today, earliest = now.astimezone(drills.ZONE).date(), drill.first_day - timedelta(days=1)
    if not earliest <= onset <= today:
        zh = f"发病日期应在 {earliest} 至 {today}（演练当日）之间，现为 {onset}"
        en = f"The onset has to be from {earliest} to {today}, the day of the drill; here {onset}"
        yield Wrong("onset", "out_of_range", zh, en)


def _head(space: Path) -> dict[str, Any]:
    return dict(json.loads((space / drills.FILES / drills.MARK).read_bytes()))


def made(space: Path) -> int:
    """How many facts the drill's files have."""
    return int(_head(space)["counts"]["facts"])


def over(space: Path) -> bool:
    """Whether all that the drill's files have is in the record."""
    return drills.mark(space).get("head") is not None


def goes(space: Path, drill: Drill) -> Pace:
    """How the clock of the drill goes. Raises Changed where it is not live, or over."""
    its = drills.pace()
    if its is None or over(space) or clock.now() >= drill.ends:
        raise Changed("演练已结束或未按实时进行，时钟不能再调整", "the drill is over, or not live: its clock stands")
    return its


def set_pace(space: Path, drill: Drill, *, day_minutes: float | None, paused: bool) -> None:
    """Lets the drill's clock go on, so fast or as before, or stand. Raises Changed, and Refused for a speed that is
    none."""
    its = goes(space, drill)
    minutes = its.day_minutes if day_minutes is None else day_minutes
    if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        bounds = f"{SHORTEST_MINUTES}–{LONGEST_MINUTES}"
        zh, en = f"应为 {bounds} 分钟，现为 {minutes}", f"{bounds} minutes, here {minutes}"
        raise Refused([Wrong("day_minutes", "out_of_range", zh, en)])
    drills.go_live(drill, clock.now(), minutes, paused=paused)


def next_day(space: Path, drill: Drill) -> None:
    """Sets the drill's clock to the next morning; what was due by then comes in at once. Raises Changed."""
    its = goes(space, drill)
    passed = (clock.now() - drill.begins) // timedelta(days=1) + 1
    coming = drill.begins + timedelta(days=max(passed, 0))
    drills.go_live(drill, min(coming, drill.ends), its.day_minutes, paused=its.paused)


def open_truth(space: Path, drill: Drill, *, early: bool) -> dict[str, Any]:
    """Opens the sealed truth; that it was opened is kept in the drill's mark and in the security log. When and how it
    was. Raises Sealed where the drill is not over and it is not to be opened ``early``."""
    ended = over(space)
    if not (ended or early):
        raise Sealed
    now, early = clock.now(), not ended
    opened = {"at": now.isoformat(), "day": drill.day(now), "early": early}
    secure("drill.truth_opened", viewer=log.Principal(TRAINER, TRAINER_DEVICE), early=early, day=drill.day(now))
    drills.note(space, also={"opened": opened})
    return opened


def ask_review(space: Path, drill: Drill, *, early: bool) -> None:
    """Opens the truth and asks for a review, which whoever serves the drill makes; while one is being made, that one
    is. Raises Sealed."""
    its = being_made(space)
    if its is None or its.failed:
        drills.put(space / MAKING, {"opened": open_truth(space, drill, early=early), "compared": 0, "of": None})


def being_made(space: Path) -> Making | None:
    """How far a review is that was asked for; None where none was, or it is there."""
    try:
        told = json.loads((space / MAKING).read_bytes())
    except FileNotFoundError:
        return None
    return Making(told["compared"], told["of"], told.get("failed", False))


def give_up(space: Path) -> None:
    """A review that was asked for cannot be made."""
    drills.put(space / MAKING, {**json.loads((space / MAKING).read_bytes()), "failed": True})


def make_asked(space: Path, drill: Drill) -> None:
    """Makes the review that was asked for, and tells how far it is."""
    asked, since = json.loads((space / MAKING).read_bytes()), monotonic()

    def told(compared: int, of: int | None) -> None:
        nonlocal since
        if monotonic() - since >= TOLD_EVERY_S:
            since = monotonic()
            drills.put(space / MAKING, {**asked, "compared": compared, "of": of})

    make_review(space, drill, asked["opened"], told)
    (space / MAKING).unlink()


def make_review(
    space: Path, drill: Drill, opened: dict[str, Any], told: Callable[[int, int | None], object] = lambda *_: None
) -> Reviewed:
    """Compares the truth, which was opened, with the record as it is now; what was found is kept in the drill's space
    in the place of what was found before. ``told``: see ``Comparison``."""
    coming = space / f"{DIFFERENCES}.next"
    with coming.open("wb") as file:
        its = review.reviewed(space, lambda one: file.write(orjson.dumps(one) + b"\n"), told)
    coming.replace(space / DIFFERENCES)
    drills.put(space / SUMMARY, _summary(drill, its, opened))
    return its


def _summary(drill: Drill, its: Reviewed, opened: dict[str, Any]) -> dict[str, Any]:
    found = {
        **opened,
        "facts": its.facts,
        "rows": its.rows,
        "errors": [one._asdict() for one in its.errors],
        "days": [one._asdict() for one in review.days(drill, its)],
        "tasks": [one._asdict() for one in its.tasks],
        "others": its.others,
        "differences": [one._asdict() for one in its.first],
    }
    return dict(orjson.loads(orjson.dumps(found)))


def last_review(space: Path) -> dict[str, Any]:
    """What the last review found. Raises Sealed where the truth is."""
    try:
        return dict(json.loads((space / SUMMARY).read_bytes()))
    except FileNotFoundError:
        raise Sealed from None


def reviewed(space: Path) -> int | None:
    """How many facts the record had at the last review; None where there is none."""
    try:
        return int(last_review(space)["facts"])
    except Sealed:
        return None


def differences(space: Path) -> Iterator[dict[str, Any]]:
    """Every error and difference of the last review. Raises Sealed likewise."""
    try:
        file = (space / DIFFERENCES).open("rb")
    except FileNotFoundError:
        raise Sealed from None
    return _read(file)


def _read(file: BinaryIO) -> Iterator[dict[str, Any]]:
    with file:
        for line in file:
            yield orjson.loads(line)
