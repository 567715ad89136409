"""The contacts of a drill: whoever is observed is told so before it is over."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lianfang.capabilities.drills.rules import cases, contacts
from lianfang.capabilities.drills.rules.cases import HOUR
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES
from lianfang.capabilities.drills.rules.world import World
from tests.drills import made


@pytest.mark.parametrize("left", [1, 25, 59, 61, 400])
def test_whoever_is_found_on_the_last_day_is_told_before_it_is_over_or_not_observed(left: int) -> None:
    """Everybody is found so many minutes before the end of the last day of a fortnight."""
    outbreak, drill = made.spreading(persons=300), made.drill()
    day = np.floor(outbreak.traced)
    traced = np.float32(day + 1 - left / DAY_MINUTES)
    late = replace(outbreak, traced=traced, contact_last=day - 14)
    world = World.of(drill, made.population(300), late)
    found = contacts.observed(world, cases.cases(world))
    assert all(one.told + HOUR // 2 < one.ends for one in found)
    assert bool(found) == (left > HOUR)
