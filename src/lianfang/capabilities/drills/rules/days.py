"""A day of a drill: what every desk sends on it. And who sends."""

from __future__ import annotations

from collections.abc import Iterator

from lianfang.capabilities.drills.rules import setting
from lianfang.capabilities.drills.rules.drill import Account
from lianfang.capabilities.drills.rules.visits import Visits
from lianfang.capabilities.drills.rules.world import Told, World


def told(world: World, day: int) -> Iterator[Told]:
    """All facts that are sent on a day, in no order."""
    yield from setting.told(world, day)
    yield from Visits(world).day(day)


def accounts(world: World) -> list[Account]:
    """Everybody who works in the drill; the first leads it."""
    return [setting.officer(world.drill), *world.homes.workers]
