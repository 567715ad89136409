"""The daily report of each community: what its records of a day come to when it is given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from lianfang.capabilities.drills.rules import rounds, tally
from lianfang.capabilities.drills.rules.desks import Desk, code
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES
from lianfang.capabilities.drills.rules.rounds import MET
from lianfang.capabilities.drills.rules.visits import SENT, SLOT, SLOTS
from lianfang.capabilities.drills.rules.world import Told, World
from lianfang.capabilities.screening import facts as kind

GIVEN: Final = 17 * 60 + 40
"""The minute of a day at which a report is given: before the cut-off of the policy of screening."""
assert SENT[0][1] + SLOT * SLOTS < GIVEN


class Reports:
    """Writes the reports: of what was sent by noon, since the visits of an afternoon are sent after it is given."""

    def __init__(self, world: World) -> None:
        self.world, self.drill = world, world.drill
        self.area_of = {area: n for n, area in enumerate(world.drill.communities)}
        self._door_area = np.array([self.area_of[area] for area in world.homes.grid_area])[world.homes.grid]

    def day(self, day: int) -> Iterator[Told]:
        desk = Desk(self.drill)
        for area, (households, times, unwell, hospital) in zip(self.drill.communities, self.sums(day), strict=True):
            data = kind.Reported(
                day=self.drill.day(day), zero=not (households or times or unwell), households=households,
                from_listed=0, from_elsewhere=0, local=times, unwell=unwell,
                disposals=kind.Disposals(hospital=hospital, home=unwell - hospital),
            )  # fmt: skip
            subject = str(kind.report_id(area, self.drill.day(day)))
            by, number = code("cdc", area), self.area_of[area] * 10_000 + day
            desk.tell(data, subject, area, by, day * DAY_MINUTES + GIVEN, ("report", number))
        yield from desk.told

    def sums(self, day: int) -> list[list[int]]:
        """Of each community: households visited in the morning and told of by noon, person-times, persons unwell, and
        those of them who were sent to a hospital."""
        walked = self.world.walked(day // self.drill.response.round_days + 1)
        one, told = walked.round, walked.tally
        minute = one.minute + told.shift
        there = (one.day == day - one.first) & (tally.tries(one, told) > 0) & (one.late == 0) & (minute <= SENT[0][0])
        met = there & (tally.last_is(one, told) == MET) & (tally.tries(one, told) == 1)
        ill = self._ill(met & (told.error != rounds.INVENTED), walked.codes)
        at = {name: n for n, name in enumerate(tally.COLUMNS)}
        columns = (
            there, np.where(met, told.held[:, at["seen"]] * self._records(told), 0), ill[0], ill[1],
        )  # fmt: skip
        size = len(self.drill.communities)
        table = [np.bincount(self._door_area, column, size).astype(np.int64) for column in columns]
        rows: list[list[int]] = np.stack(table, 1).tolist()
        return rows

    def _records(self, told: tally.Tally) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.where(told.error == rounds.DOUBLED, 2, 1)

    def _ill(self, met: np.ndarray, codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Of each door how many were recorded as unwell, and how many of them have the disease."""
        population, homes = self.world.population, self.world.homes
        ill = codes >= 1000
        many = tally.summed(population, homes, ill)
        sick = tally.summed(population, homes, ill & self.world.infected)
        return np.where(met, many, 0), np.where(met, sick, 0)
