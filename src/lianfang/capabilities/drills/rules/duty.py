"""Duty at the checkpoints: who has a shift, how many passed in it, what was aired and disinfected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np

from lianfang.capabilities.drills.rules import logs
from lianfang.capabilities.drills.rules.desks import Desk
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES, Drill
from lianfang.capabilities.drills.rules.logs import Log
from lianfang.capabilities.drills.rules.posts import HOUR, OPENS, SHIFT, SHIFTS, Passing, Post, passing
from lianfang.capabilities.drills.rules.world import World
from lianfang.capabilities.gates import facts as kind

COUNTED: Final = SHIFT - 1
"""The minute of a shift at which those who passed are counted: its last."""
TREATMENTS: Final = (
    (SHIFTS[1], kind.Measure.DISINFECTION, "chlorine", 30),
    (SHIFTS[1], kind.Measure.VENTILATION, None, 30),
    (SHIFTS[2], kind.Measure.VENTILATION, None, 30),
)
"""In which shift something is done, an hour after it begins; by what means, for how many minutes."""
ROOM: Final = "全区"
UNCHECKED: Final = "other"
"""Why somebody was not checked, by the policy's code: he or she refused."""
MOST_DAYS: Final = 1_000


class Duty:
    """Writes the records of duty, and what the registers hold of them."""

    def __init__(self, world: World, all_: Sequence[Post]) -> None:
        self.world, self.drill, self.posts, self.desk = world, world.drill, all_, Desk(world.drill)

    def write(self) -> None:
        """Everything that is recorded of duty."""
        for log in self._logs():
            logs.tell(self.desk, log)

    def truth(self) -> Iterator[dict[str, Any]]:
        """The lines of the truth."""
        for log in self._logs():
            yield from logs.truth(self.desk, log)

    def _logs(self) -> Iterator[Log]:
        for post in self.posts:
            for day in range(self.drill.days):
                today, number = passing(self.world, post, day), (post.number * MOST_DAYS + day) * 10
                for nth, begins in enumerate(SHIFTS):
                    start = day * DAY_MINUTES + begins
                    yield _planned(self.drill, post, start, number + nth)
                    yield _counted(self.drill, post, today, start, number + nth)
                for nth, (begins, measure, agent, minutes) in enumerate(TREATMENTS):
                    at = day * DAY_MINUTES + begins + HOUR
                    yield _treated(post, at, measure, agent, minutes, number + nth)


def _planned(drill: Drill, post: Post, start: int, number: int) -> Log:
    data = kind.ShiftPlanned(begins=drill.at(start), ends=drill.at(start + SHIFT), staff=(post.staff,))
    row = [post.id, *_span(drill, start), post.staff]
    told = max(start, OPENS + 1)
    return Log("shifts", number, post.id, post.area, post.staff, told, data, row)


def _counted(drill: Drill, post: Post, today: Passing, start: int, number: int) -> Log:
    """How many passed in a shift. By mistake a digit too many is written."""
    here = today.real & (today.minute >= start) & (today.minute < start + SHIFT)
    passed, checked = int(np.count_nonzero(here)), int(np.count_nonzero(here & ~today.refused))

    def told(passed: int) -> tuple[kind.Counted, list[Any]]:
        reason = UNCHECKED if checked < passed else None
        data = kind.Counted(
            begins=drill.at(start), ends=drill.at(start + SHIFT), passed=passed, checked=checked, reason=reason
        )
        return data, [post.id, *_span(drill, start), passed, checked, reason]

    typed = told(passed * 10) if passed else None
    return Log("counts", number, post.id, post.area, post.staff, start + COUNTED, *told(passed), typed=typed)


def _treated(post: Post, at: int, measure: kind.Measure, agent: str | None, minutes: int, number: int) -> Log:
    def told(minutes: int) -> tuple[kind.Treated, list[Any]]:
        data = kind.Treated(measure=measure, room=ROOM, agent=agent, minutes=minutes, operator=post.staff)
        return data, [post.id, measure.value, agent, minutes]

    return Log("treatments", number, post.id, post.area, post.staff, at, *told(minutes), typed=told(minutes * 10))


def _span(drill: Drill, start: int) -> list[int]:
    """The seconds since 1970 at which a shift begins and ends."""
    return [int(drill.at(minute).timestamp()) for minute in (start, start + SHIFT)]
