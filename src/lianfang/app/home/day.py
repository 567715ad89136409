"""The system day: what each role meets at which time, and where it stands. Policy and arithmetic, nothing else."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Annotated, Any, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Title = Annotated[str, Field(min_length=1, max_length=80)]


class Moment(BaseModel):
    """A time of the day that a role works towards; see ``day.toml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    at: Annotated[str, Field(pattern=r"^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$")]
    zh: Title
    en: Title
    roles: frozenset[Code]
    room: Annotated[str, Field(pattern=r"^[a-z][a-z/-]{0,39}$")]
    rules: frozenset[str] = frozenset()
    late_list: bool = False
    notices: bool = False
    shifts: bool = False
    within_h: Annotated[int, Field(ge=0, le=24)] = 0

    @model_validator(mode="after")
    def _told_in_one_way(self) -> Self:
        if bool(self.rules) + self.late_list + self.notices + self.shifts > 1:
            raise ValueError(f"{self.code}: rules, late_list, notices and shifts each tell what came; name one")
        if self.within_h and not self.notices:
            raise ValueError(f"{self.code}: within_h is for notices; a task has a time of its own")
        return self

    def on(self, begins: datetime) -> datetime:
        """When it is, on the day that begins then."""
        hours, minutes = self.at.split(":")
        return begins + timedelta(hours=int(hours), minutes=int(minutes))


class SystemDay(BaseModel):
    """The moments of a day, from a date on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    begins: date
    source: str
    source_zh: str
    moments: tuple[Moment, ...]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        codes = [one.code for one in self.moments]
        if twice := {code for code in codes if codes.count(code) > 1}:
            raise ValueError(f"{self.code}: {', '.join(sorted(twice))} stands twice")
        return self

    def of(self, role: str) -> tuple[Moment, ...]:
        """Those of a role, in the order of the day."""
        return tuple(sorted((one for one in self.moments if role in one.roles), key=lambda one: one.at))


def parse(table: Mapping[str, Any]) -> tuple[SystemDay, ...]:
    """The days of a TOML document, by the date from which they hold. Raises ValueError, which names day and moment."""
    return tuple(sorted(map(SystemDay.model_validate, table["days"]), key=lambda one: one.begins))


@cache
def days() -> tuple[SystemDay, ...]:
    """The days of ``day.toml``."""
    return parse(tomllib.loads(resources.files("lianfang.app.home").joinpath("day.toml").read_text("utf-8")))


def in_force(on: date) -> SystemDay:
    """The day that holds on a date; before the first, the first."""
    return next((one for one in reversed(days()) if one.begins <= on), days()[0])


class Stands(StrEnum):
    """Where a moment stands."""

    AHEAD = "ahead"
    WAITED_FOR = "waited_for"  # its time is over, and what is missing is not late yet
    CAME = "came"
    LATE = "late"
    PASSED = "passed"  # nothing was due, or nothing but the clock tells of it


class Due(NamedTuple):
    """``n`` things that fall due at once, and whether they were done. ``rule`` is that of their tasks."""

    rule: str
    at: datetime
    done: bool
    n: int = 1


class Told(NamedTuple):
    """A moment of one day. ``due`` things were or will be due by then, ``done`` of them are there; None where the clock
    alone tells of it."""

    moment: Moment
    at: datetime
    due: int | None
    done: int | None
    stands: Stands


def told(
    moments: Sequence[Moment],
    begins: datetime,
    now: datetime,
    tasks: Sequence[Due],
    notices: Mapping[datetime, int],
    reporting: int,
    shifts: Mapping[datetime, tuple[int, int]],
) -> list[Told]:
    """The moments of the day that ``begins`` then, as they stand at ``now``.

    ``tasks`` are those of the viewer; ``notices`` has, by the moment as of which they are, how many areas have given
    one, of the ``reporting`` areas that give notices at all.
    """
    found = []
    since: dict[str, datetime] = {}
    for one in moments:
        at = one.on(begins)
        due = done = None
        if one.notices and reporting:
            due, done = reporting, min(notices.get(at, 0), reporting)
        elif one.shifts:
            due, done = shifts.get(at, (0, 0))
        elif one.late_list:
            due, done = _counted(task for task in tasks if task.at <= min(at, now))
            due, done = due - done, 0
        elif one.rules:
            due, done = _counted(
                task for task in tasks if task.rule in one.rules and since.get(task.rule, begins) < task.at <= at
            )
        since |= dict.fromkeys(one.rules, at)
        found.append(Told(one, at, due, done, stands(at, timedelta(hours=one.within_h), due, done, now)))
    return found


def _counted(tasks: Iterable[Due]) -> tuple[int, int]:
    which = list(tasks)
    return sum(task.n for task in which), sum(task.n for task in which if task.done)


def stands(at: datetime, within: timedelta, due: int | None, done: int | None, now: datetime) -> Stands:
    """Where a moment stands, of whose ``due`` things ``done`` are there."""
    if now < at:
        return Stands.AHEAD
    if not due or done is None:
        return Stands.PASSED
    if done >= due:
        return Stands.CAME
    return Stands.LATE if now >= at + within else Stands.WAITED_FOR


def following(moments: Sequence[Moment], begins: datetime, now: datetime) -> tuple[Moment, datetime] | None:
    """The next moment after ``now``, today's or tomorrow's first; None for a role without any."""
    for day in (begins, begins + timedelta(days=1)):
        for one in moments:
            if one.on(day) > now:
                return one, one.on(day)
    return None
