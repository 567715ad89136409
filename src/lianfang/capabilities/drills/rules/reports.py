"""The daily report of each community: what its records of a day come to when it is given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final, NamedTuple

import numpy as np

from lianfang.capabilities.drills.rules import logs, rounds, tally
from lianfang.capabilities.drills.rules.desks import Desk, code
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES
from lianfang.capabilities.drills.rules.duty import MOST_DAYS
from lianfang.capabilities.drills.rules.logs import Log
from lianfang.capabilities.drills.rules.rounds import MET
from lianfang.capabilities.drills.rules.travellers import Stay
from lianfang.capabilities.drills.rules.visits import SENT, SLOT, SLOTS, UNWELL
from lianfang.capabilities.drills.rules.world import Told, World
from lianfang.capabilities.screening import facts as kind
from lianfang.capabilities.screening.rules import daily

GIVEN: Final = 17 * 60 + 40
"""The minute of a day at which a report is given: before the cut-off of the policy of screening."""
assert SENT[0][1] + SLOT * SLOTS < GIVEN
LATER: Final = 170
"""Minutes by which a late one is given after that: when the cut-off is over."""
CATEGORIES: Final = tuple(daily.Category)
PROVINCE: Final = 2
"""Digits of a code of GB/T 2260 that are the province's."""


class Sums(NamedTuple):
    """Households visited, person-times by category, persons unwell, and those of them who were sent to a hospital."""

    households: int
    from_listed: int
    from_elsewhere: int
    local: int
    unwell: int
    hospital: int


class Reports:
    """Writes the reports: of what was sent by noon, since the visits of an afternoon are sent after it is given."""

    def __init__(self, world: World) -> None:
        self.world, self.drill = world, world.drill
        self.area_of = {area: n for n, area in enumerate(world.drill.communities)}
        self._door_area = np.array([self.area_of[area] for area in world.homes.grid_area])[world.homes.grid]

    def day(self, day: int) -> Iterator[Told]:
        desk = Desk(self.drill)
        for log in self._logs(day):
            logs.tell(desk, log)
        yield from desk.told

    def truth(self, day: int) -> Iterator[dict[str, Any]]:
        """The lines of the truth of a day's reports."""
        desk = Desk(self.drill)
        for log in self._logs(day):
            yield from logs.truth(desk, log)

    def _logs(self, day: int) -> Iterator[Log]:
        """The reports of a day. By mistake the households get a digit too many."""
        on = self.drill.day(day)
        for area, sums in zip(self.drill.communities, self.sums(day), strict=True):
            data = _report(on, sums)
            wrong = _report(on, sums._replace(households=sums.households * 10)) if sums.households else None
            yield Log(
                "reports", self.area_of[area] * MOST_DAYS + day, str(kind.report_id(area, on)), area,
                code("cdc", area), day * DAY_MINUTES + GIVEN, data, _row(data), key=[area, on.isoformat()],
                typed=(wrong, _row(wrong)) if wrong else None, later=LATER,
            )  # fmt: skip

    def sums(self, day: int) -> list[Sums]:
        """Of each community what was told of by noon."""
        walked = self.world.walked(day // self.drill.response.round_days + 1)
        one, told = walked.round, walked.tally
        minute = one.minute + told.shift
        there = (one.day == day - one.first) & (tally.tries(one, told) > 0) & (one.late == 0) & (minute <= SENT[0][0])
        met = there & (tally.last_is(one, told) == MET) & (tally.tries(one, told) == 1)
        ill = self._ill(met & (told.error != rounds.INVENTED), walked.codes)
        at = {name: n for n, name in enumerate(tally.COLUMNS)}
        zero = np.zeros(there.size)
        columns = (there, zero, zero, np.where(met, told.held[:, at["seen"]] * self._records(told), 0), *ill)
        size = len(self.drill.communities)
        table = np.stack([np.bincount(self._door_area, column, size).astype(np.int64) for column in columns], 1)
        self._add_travellers(table, day)
        return [Sums(*row) for row in table.tolist()]

    def _add_travellers(self, table: np.ndarray[Any, np.dtype[np.int64]], day: int) -> None:
        """Adds what was seen in the morning in homes to which somebody comes."""
        on, its = self.drill.day(day), self.world.travellers
        for home, visits in its.on[day]:
            morning = [one for one in visits if one.minute % DAY_MINUTES <= SENT[0][0]]
            seen = [(p, int(self.world.walked(one.round).codes[p])) for one in morning for p in one.present]
            came = {stay.person: stay for stay in home.stays if stay.came}
            ill = {person for person, found in seen if found >= UNWELL}
            row = table[self.area_of[home.area]]
            row[0] += bool(morning)
            for person, found in seen:
                row[1 + self._category(on, home.area, came.get(person))] += found > 0
            row[4] += len(ill)
            row[5] += sum(bool(self.world.infected[person]) for person in ill)

    def _category(self, on: date, area: str, stay: Stay | None) -> int:
        """The place of the category of somebody who was seen, by where he or she came from."""
        if stay is None:
            return CATEGORIES.index(daily.Category.LOCAL)
        came_from, arrived = self.world.travellers.origin(stay)
        outside = came_from[:PROVINCE] != area[:PROVINCE]
        return CATEGORIES.index(daily.category(on, [daily.Coming(came_from, daily.noon(arrived), outside)]))

    def _records(self, told: tally.Tally) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.where(told.error == rounds.DOUBLED, 2, 1)

    def _ill(self, met: np.ndarray, codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Of each door how many were recorded as unwell, and how many of them have the disease."""
        population, homes = self.world.population, self.world.homes
        ill = codes >= 1000
        many = tally.summed(population, homes, ill)
        sick = tally.summed(population, homes, ill & self.world.infected)
        return np.where(met, many, 0), np.where(met, sick, 0)


def _report(day: date, sums: Sums) -> kind.Reported:
    times = {name: getattr(sums, name) for name in ("from_listed", "from_elsewhere", "local")}
    return kind.Reported(
        day=day, zero=not (sums.households or sums.unwell or any(times.values())), households=sums.households,
        unwell=sums.unwell, disposals=kind.Disposals(hospital=sums.hospital, home=sums.unwell - sums.hospital), **times,
    )  # fmt: skip


def _row(data: kind.Reported) -> list[Any]:
    """The register's row of a report."""
    times = (data.from_listed, data.from_elsewhere, data.local)
    return [data.zero, data.households, *times, data.unwell, data.disposals.hospital, data.disposals.home]
