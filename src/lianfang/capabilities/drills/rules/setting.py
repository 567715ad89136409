"""What is set up before anybody is visited: grids with who has them, and the rounds as they begin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from lianfang.capabilities.drills.rules import rounds
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES, Account, Drill
from lianfang.capabilities.drills.rules.shapes import ids, written
from lianfang.capabilities.drills.rules.world import Told, World
from lianfang.capabilities.screening import facts as kind

DUE: Final = 18 * 60


ROLES: Final = {
    "duty_officer": "州市值班员",
    "county_duty_officer": "县级值班员",
    "logistics_officer": "物资保障员",
    "volunteer_coordinator": "志愿服务协调员",
    "volunteer": "志愿者",
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
    at = day * DAY_MINUTES + rounds.OPENED
    if day == 0:
        homes = world.homes
        grids = [(kind.Site.COMMUNITY, *one) for one in
                 zip(homes.grid_ids, homes.grid_names, homes.grid_area, homes.workers, strict=True)]  # fmt: skip
        grids += [(kind.Site.HOTEL, *one) for one in world.travellers.hotels]
        names = iter(ids(drill.seed, "grid", np.arange(2 * len(grids), dtype=np.int64)))
        for site, subject, name, area, worker in grids:
            begun = kind.GridRegistered(community=area, name=name, site=site)
            given = kind.GridAssigned(to=worker.code, begins=drill.at(at))
            for data in (begun, given):
                yield Told(at, by, at, written(drill, data, next(names), subject, area, at, by))
    number, within = day // drill.response.round_days + 1, day % drill.response.round_days
    if within == 0 and number <= rounds.count(drill):
        due = drill.at(at - rounds.OPENED + (drill.response.round_days - 1) * DAY_MINUTES + DUE)
        name = ids(drill.seed, "round", np.array([number]))[0]
        opened = kind.RoundOpened(number=number, due=due)
        yield Told(at, by, at, written(drill, opened, name, str(world.round(number)), drill.area, at, by))
    number = (day - drill.response.late_days) // drill.response.round_days
    if rounds.closes_on(drill, number) == day and (its := world.closed(number)) is not None:
        name, closed = ids(drill.seed, "round closed", np.array([number]))[0], kind.RoundClosed(**its)
        yield Told(at, by, at, written(drill, closed, name, str(world.round(number)), drill.area, at, by))
