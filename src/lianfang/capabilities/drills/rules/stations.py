"""The stations of observation of a drill: one in each county, its rounds and its log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from lianfang.capabilities.drills.rules.desks import Desk, code, counties, county
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES, Drill
from lianfang.capabilities.drills.rules.shapes import ids
from lianfang.capabilities.isolation import facts as kind

if TYPE_CHECKING:
    from lianfang.capabilities.drills.rules.contacts import Observed

OPENS: Final = 7 * 60
ROUND: Final = 4 * 60
"""Minutes from a round to the next, as the policy of isolation has it."""
LOGGED: Final = 21 * 60
STAFF: Final = 6
SPARE: Final = 1.25
"""Places for each who will be there at once."""


def station_id(drill: Drill, area: str) -> str:
    """The id of the station of a community's county."""
    return ids(drill.seed, "station", np.array([counties(drill).index(county(area))], np.int64))[0]


class Stations:
    """Writes the facts of the stations."""

    def __init__(self, drill: Drill, everybody: list[Observed], put: int) -> None:
        """``put``: minutes from when a contact was told until it is in the station."""
        self.drill, self.desk = drill, Desk(drill)
        self.stays: dict[str, list[tuple[int, int]]] = {area: [] for area in counties(drill)}
        for one in everybody:
            if one.at_station and one.told + put < one.ends:
                self.stays[county(one.area)].append((one.told + put, one.ends))

    def residents(self, area: str) -> np.ndarray[Any, np.dtype[np.int64]]:
        """How many are in a station at each minute of a round, from the first on."""
        minutes = np.arange(OPENS + ROUND, self.drill.days * DAY_MINUTES, ROUND)
        came = np.sort(np.array([first for first, _ in self.stays[area]], np.int64))
        left = np.sort(np.array([last for _, last in self.stays[area]], np.int64))
        here = np.searchsorted(came, minutes, side="right") - np.searchsorted(left, minutes, side="right")
        return np.asarray(here, np.int64)

    def write(self) -> None:
        """Everything that is recorded of all stations."""
        for at, area in enumerate(self.stays):
            here, id, staff = self.residents(area), station_id(self.drill, area), code("station", area)
            duty = dict.fromkeys(kind.DUTIES, staff)
            capacity = int(here.max(initial=0) * SPARE) + 10
            opened = kind.StationOpened(
                name=f"演练{at + 1}号留验站", town=area, capacity=capacity, number=f"YL-{at + 1:02}", **duty
            )  # fmt: skip
            self.desk.tell(opened, id, area, code("cdc", area), OPENS, ("station opened", at))
            for n, residents in enumerate(here.tolist()):
                minute = OPENS + (n + 1) * ROUND
                made = kind.RoundMade(residents=residents)
                self.desk.tell(made, id, area, staff, minute, (f"round {n}", at))
                if LOGGED <= minute % DAY_MINUTES < LOGGED + ROUND:
                    day: date = self.drill.day(minute // DAY_MINUTES)
                    log = kind.StationLogged(day=day, on_duty=STAFF, residents=residents)
                    self.desk.tell(log, id, area, staff, minute + 5, (f"log {n}", at))

    def rows(self) -> Iterator[tuple[str, list[int]]]:
        """Each station with its row: rounds and the residents that all of them saw."""
        for area in self.stays:
            here = self.residents(area)
            yield station_id(self.drill, area), [int(here.size), int(here.sum())]
