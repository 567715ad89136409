"""What is set up before anybody is visited: grids with who has them, and the rounds as they begin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from lianfang.capabilities.drills.rules import rounds, tally
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES, Account, Drill
from lianfang.capabilities.drills.rules.shapes import ids, written
from lianfang.capabilities.drills.rules.world import Told, World
from lianfang.capabilities.screening import facts as kind

OPENED: Final = 420
"""The minute of a day at which grids are given and rounds opened: before the first visit."""
DUE: Final = 18 * 60


ROLES: Final = {
    "duty_officer": "州市值班员",
    "county_duty_officer": "县级值班员",
    "logistics_officer": "物资保障员",
    "volunteer_coordinator": "志愿服务协调员",
    "inspector": "督导检查员",
    "responding_department": "联动部门",
    "counsellor": "心理咨询员",
    "administrator": "管理员",
    "auditor": "审计员",
}
"""Who works for the whole area: roles with their titles. The first leads the drill."""


def officers(drill: Drill) -> list[Account]:
    """Everybody who works for the whole area."""
    codes = {role: f"{role.replace('_', '-')}-{drill.area}" for role in ROLES}
    return [Account(codes[role], role, drill.area, f"{title} {drill.area}") for role, title in ROLES.items()]


def chief(drill: Drill) -> str:
    """The account that leads the screening of the whole area."""
    return officers(drill)[1].code


def officer(drill: Drill, role: str) -> str:
    """The account of a role for the whole area."""
    return next(one.code for one in officers(drill) if one.role == role)


def told(world: World, day: int) -> Iterator[Told]:
    """The facts of a day."""
    drill, by = world.drill, chief(world.drill)
    at = day * DAY_MINUTES + OPENED
    if day == 0:
        homes = world.homes
        names = iter(ids(drill.seed, "grid", np.arange(2 * len(homes.grid_ids), dtype=np.int64)))
        for subject, name, area, worker in zip(
            homes.grid_ids, homes.grid_names, homes.grid_area, homes.workers, strict=True
        ):
            begun = kind.GridRegistered(community=area, name=name)
            given = kind.GridAssigned(to=worker.code, begins=drill.at(at))
            for data in (begun, given):
                yield Told(at, by, at, written(drill, data, next(names), subject, area, at, by))
    number, within = day // drill.response.round_days + 1, day % drill.response.round_days
    if within == 0 and number <= rounds.count(drill):
        due = drill.at(at - OPENED + (drill.response.round_days - 1) * DAY_MINUTES + DUE)
        name = ids(drill.seed, "round", np.array([number]))[0]
        opened = kind.RoundOpened(number=number, due=due)
        yield Told(at, by, at, written(drill, opened, name, str(world.round(number)), drill.area, at, by))
    number = (day - drill.response.late_days) // drill.response.round_days
    if closes_on(drill, number) == day and (its := tally.closed(world.walked(number).tally)) is not None:
        name, closed = ids(drill.seed, "round closed", np.array([number]))[0], kind.RoundClosed(**its)
        yield Told(at, by, at, written(drill, closed, name, str(world.round(number)), drill.area, at, by))


def closes_on(drill: Drill, number: int) -> int:
    """The day on which a round is closed if every household has an outcome: when the last late records are there."""
    return number * drill.response.round_days + drill.response.late_days if number > 0 else -1
